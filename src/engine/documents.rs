//! The document in each frame: found by the network, followed, and measured in its own plane.
//! In: luminance of the whole frame, with its time. Out: `DocumentSeen`. Does not know: what is wanted of it.

use lichtbild_vision::{
    document::{Detection, Detector, READABLE_WIDTH, Tracker, pose, readable, rectified},
    geometry::Quad,
    luma::Luma,
    model::ModelError,
};

use crate::{observation::DocumentSeen, time::Timestamp};

/// Frames in which the document is only followed before it is looked for anew: it may be another one by then, or none.
const FOLLOWED: u32 = 8;
/// Milliseconds after which it may be anywhere.
const ANYWHERE_AFTER: u64 = 500;

/// Looks for documents in one frame after the other.
#[derive(Debug)]
pub struct Documents {
    detector: Detector,
    tracker: Tracker,
    last: Option<Last>,
}

/// Where the document lay.
#[derive(Clone, Copy, Debug)]
struct Last {
    at: Timestamp,
    /// Width and height of the frame.
    size: [usize; 2],
    quad: Quad,
    /// Frames since it was looked for.
    followed: u32,
}

impl Documents {
    /// With the network in this ONNX file.
    ///
    /// # Errors
    /// As `Detector::load`.
    pub fn load(onnx: &[u8]) -> Result<Self, ModelError> {
        Ok(Self { detector: Detector::load(onnx)?, tracker: Tracker::default(), last: None })
    }

    /// The document in the next frame.
    ///
    /// # Errors
    /// If the network does not answer as agreed.
    pub fn look(&mut self, frame: &Luma, at: Timestamp) -> Result<Option<DocumentSeen>, ModelError> {
        let (found, followed) = self.found(frame, at)?;
        let size = [frame.width(), frame.height()];
        self.last = found.as_ref().map(|found| Last { at, size, quad: found.quad, followed });
        let Some(found) = found else {
            self.tracker.lost(at.0);
            return Ok(None);
        };
        let (outline, motion) = self.tracker.follow(at.0, &found.quad);
        Ok(seen(frame, &found, &outline, motion))
    }

    /// The document in the next frame, and for how many it has only been followed.
    fn found(&mut self, frame: &Luma, at: Timestamp) -> Result<(Option<Detection>, u32), ModelError> {
        let is_followed = |last: &Last| last.is_followed(at, [frame.width(), frame.height()]);
        if let Some(Last { quad, followed, .. }) = self.last.filter(is_followed)
            && let Some(found) = self.detector.follow(frame, &quad)?
        {
            return Ok((Some(found), followed + 1));
        }
        Ok((self.detector.detect(frame)?, 0))
    }

    /// The document in a picture that is no frame of the stream.
    ///
    /// # Errors
    /// As `look`.
    pub fn look_once(&mut self, picture: &Luma) -> Result<Option<DocumentSeen>, ModelError> {
        Ok(self.detector.search(picture)?.claimed().and_then(|found| seen(picture, &found, &found.quad, None)))
    }
}

impl Last {
    /// Whether it need not be looked for in the next frame.
    fn is_followed(&self, at: Timestamp, size: [usize; 2]) -> bool {
        self.followed < FOLLOWED && self.size == size && at.0.saturating_sub(self.at.0) <= ANYWHERE_AFTER
    }
}

fn seen(frame: &Luma, found: &Detection, outline: &Quad, motion: Option<f32>) -> Option<DocumentSeen> {
    let (width, height) = (frame.width() as f32, frame.height() as f32);
    let flat = rectified(frame, found.class, &found.quad, READABLE_WIDTH)?;
    let pose = pose(found.class, &found.quad, frame.width(), frame.height());
    let readable = readable(&flat, found.class);
    Some(DocumentSeen {
        class: found.class.seen()?,
        score: found.score,
        quad: outline.0.map(|corner| [corner.x / width, corner.y / height]),
        corners: found.corners,
        cut: found.cut,
        covered: found.covered,
        fill: pose.fill,
        dpi: pose.dpi,
        tilt: pose.tilt,
        turn: pose.turn,
        motion,
        sharpness: readable.sharpness,
        brightness: readable.brightness,
        contrast: readable.contrast,
        glare: readable.glare,
        hidden: readable.hidden,
        shadow: readable.shadow,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_looked_for_anew_after_a_while_and_in_frames_of_another_size() {
        let last = |followed| Last { at: Timestamp(1000), size: [1280, 720], quad: Quad::of_size(1.0, 1.0), followed };
        assert!(last(0).is_followed(Timestamp(1100), [1280, 720]));
        assert!(last(7).is_followed(Timestamp(1500), [1280, 720]));
        assert!(!last(8).is_followed(Timestamp(1100), [1280, 720]));
        assert!(!last(0).is_followed(Timestamp(1501), [1280, 720]));
        assert!(!last(0).is_followed(Timestamp(1100), [720, 1280]));
    }
}
