//! Looks for a document in a still, with the network the browser's engine looks with. In: luminance of the whole picture. Out: what is
//! seen, as numbers. Does not know: what is wanted, which limits hold.

use std::sync::Arc;

use lichtbild_protocol::ErrorCode;
use lichtbild_vision::{
    document::{Detection, Detector, DocumentClass, READABLE_WIDTH, Readable, pose, readable, rectified},
    luma::Luma,
    model::ModelError,
};

/// Part of the program, so that program and network are of one version.
pub const NETWORK: &[u8] = include_bytes!("../../../models/document/model.onnx");

/// What a picture shows of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sighting {
    /// Chance that a document, another card or a sheet is there, 0 to 1.
    pub present: f64,
    /// What it most likely is.
    pub class: DocumentClass,
    /// Chance that it is that, 0 to 1.
    pub sure: f64,
    /// Share of the area between its corners in which it does not show: fingers, or the network contradicts itself.
    pub covered: f64,
    /// Largest share of an edge of the picture that it runs over.
    pub cut: f64,
    /// How many of its corners are out of sight, 0 to 4.
    pub corners_hidden: u8,
    /// Dots per inch; `None` for classes without a format.
    pub dpi: Option<f64>,
    /// How well it can be read, in its own plane; `None` if nothing is seen.
    pub readable: Option<Readable>,
}

type Look = dyn Fn(&Luma<'_>) -> Result<Sighting, ModelError> + Send + Sync;

/// Whoever looks for documents; `None`: nobody can.
#[derive(Clone)]
pub struct Documents(Option<Arc<Look>>);

impl Documents {
    /// With the network in this program, which has to answer on an empty picture.
    ///
    /// # Errors
    /// As `Detector::load` and `Detector::search`.
    pub fn load() -> Result<Self, ModelError> {
        let detector = Detector::load(NETWORK)?;
        let documents = Self::seen_by(move |picture| Ok(sighting(picture, &detector.clone().search(picture)?)));
        let empty = Luma::new(640, 480, vec![128; 640 * 480]).ok_or(ModelError::Shape)?;
        documents.ask(&empty).unwrap_or(Err(ModelError::Malformed))?;
        Ok(documents)
    }

    /// Nobody looks: every check of a document says that it was not made.
    pub const fn unusable() -> Self {
        Self(None)
    }

    /// Somebody else looks.
    pub fn seen_by(look: impl Fn(&Luma<'_>) -> Result<Sighting, ModelError> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(look)))
    }

    /// Whether anybody looks.
    pub const fn usable(&self) -> bool {
        self.0.is_some()
    }

    /// What a picture shows; `Err`: the code of checks that cannot be made.
    pub(super) fn look(&self, picture: &Luma<'_>) -> Result<Sighting, ErrorCode> {
        let Some(seen) = self.ask(picture) else { return Err(ErrorCode::ModelUnusable) };
        seen.map_err(|error| {
            tracing::error!(%error, "the network does not answer");
            ErrorCode::ModelUnusable
        })
    }

    fn ask(&self, picture: &Luma<'_>) -> Option<Result<Sighting, ModelError>> {
        self.0.as_ref().map(|look| look(picture))
    }
}

fn sighting(picture: &Luma<'_>, seen: &Detection) -> Sighting {
    let (width, height) = (picture.width(), picture.height());
    let class = seen.class;
    let flat = if class == DocumentClass::None { None } else { rectified(picture, class, &seen.quad, READABLE_WIDTH) };
    Sighting {
        present: seen.score.into(),
        class,
        sure: seen.sure.into(),
        covered: seen.covered.into(),
        cut: seen.cut.into_iter().fold(0.0, f32::max).into(),
        corners_hidden: seen.corners.iter().map(|in_sight| u8::from(!in_sight)).sum(),
        dpi: pose(class, &seen.quad, width, height).dpi.map(Into::into),
        readable: flat.map(|flat| readable(&flat, class)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_network_of_this_program_is_the_one_on_its_card_and_sees_what_the_browser_sees() {
        let documents = Documents::load().expect("the network of this program");
        let mut detector = Detector::load(NETWORK).expect("the same");
        for pattern in [
            |_: usize, _: usize| 128_u8,
            |x, y| if (100..540).contains(&x) && (90..370).contains(&y) { 210 } else { 60 },
        ] {
            let pixels: Vec<u8> = (0..640 * 480).map(|at| pattern(at % 640, at / 640)).collect();
            let picture = Luma::new(640, 480, pixels).expect("whole");
            let seen = documents.look(&picture).expect("it answers");
            let found = detector.search(&picture).expect("it answers");
            assert_eq!((seen.class, seen.present), (found.class, f64::from(found.score)));
            assert!(seen.readable.is_some() || found.claimed().is_none());
            assert!(
                (0.0..=1.0).contains(&seen.present) && (0.0..=1.0).contains(&seen.sure) && seen.corners_hidden <= 4
            );
        }
    }

    #[test]
    fn where_nobody_looks_or_the_network_fails_that_is_said() {
        let picture = Luma::new(2, 2, vec![0; 4]).expect("whole");
        assert_eq!(Documents::unusable().look(&picture), Err(ErrorCode::ModelUnusable));
        assert_eq!(Documents::seen_by(|_| Err(ModelError::Shape)).look(&picture), Err(ErrorCode::ModelUnusable));
    }
}
