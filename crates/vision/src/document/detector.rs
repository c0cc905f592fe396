//! Finds the document in a frame. In: luminance. Out: what it is and where, to a fraction of a pixel.

use super::{
    DocumentClass, Surface,
    heat::{self, Answer},
    refined,
};
use crate::{
    geometry::Quad,
    luma::Luma,
    model::{Model, ModelError},
};

/// Says which file is meant.
const CARD: &str = include_str!("../../../../models/document/card.toml");

/// A trained network that finds documents.
#[derive(Clone, Debug)]
pub struct Detector {
    model: Model,
}

/// A document in a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Detection {
    /// What it most likely is; never `None` where one is claimed.
    pub class: DocumentClass,
    /// Chance that a document is there, 0 to 1.
    pub score: f32,
    /// Chance that it is of this class, 0 to 1.
    pub sure: f32,
    /// Its corners in document order, pixels of the frame.
    pub quad: Quad,
    /// Whether each corner is in the picture and not covered.
    pub corners: [bool; 4],
    /// Where it shows, over the whole frame.
    pub surface: Surface,
    /// How well corners and surface bear each other out, 0 to 1.
    pub agreement: f32,
}

impl Detector {
    /// Below this chance nothing is claimed.
    pub const LEAST_SCORE: f32 = 0.5;
    /// Below this agreement a single picture shows something else: what looks like a document in photographs of houses, animals and packages has
    /// no clear corners. Of 1500 drawn frames it keeps 90 % of those without a document from being claimed, and costs a fifth of the hard whole ones;
    /// so in a film, where frames bear each other out, it is not asked.
    pub const LEAST_AGREEMENT: f32 = 0.35;

    /// From `models/document/model.onnx`, as its card names it.
    ///
    /// # Errors
    /// `Digest` for another file; `Malformed`, `Operator` or `Shape` if it cannot be run.
    pub fn load(onnx: &[u8]) -> Result<Self, ModelError> {
        Ok(Self { model: Model::load_named(CARD, onnx)? })
    }

    /// From a file without a card: a network in training.
    ///
    /// # Errors
    /// As `Model::load`.
    pub fn load_unchecked(onnx: &[u8]) -> Result<Self, ModelError> {
        Ok(Self { model: Model::load(onnx)? })
    }

    /// The document in a frame of any size; `None` if there is none.
    ///
    /// # Errors
    /// `Shape`, if the network does not answer as agreed.
    pub fn detect(&mut self, frame: &Luma) -> Result<Option<Detection>, ModelError> {
        let answer = self.answer(frame)?;
        let claimed = answer.class != DocumentClass::None && answer.present >= Self::LEAST_SCORE;
        Ok(claimed.then(|| self.found(frame, answer)))
    }

    /// What the network says of a frame, however unlikely it finds a document there: for reports of how sure it was.
    ///
    /// # Errors
    /// As `detect`.
    pub fn look(&mut self, frame: &Luma) -> Result<Detection, ModelError> {
        let answer = self.answer(frame)?;
        Ok(self.found(frame, answer))
    }

    fn answer(&mut self, frame: &Luma) -> Result<Answer, ModelError> {
        // The whole frame goes in, whatever its proportions.
        let [_, height, width] = self.model.input();
        let squeezed = frame.squeezed(width, height);
        let input: Vec<f32> = squeezed.rows().flatten().map(|&pixel| f32::from(pixel) / 255.0 - 0.5).collect();
        heat::answer(&self.model.run(&input)?).ok_or(ModelError::Shape)
    }

    fn found(&self, frame: &Luma, answer: Answer) -> Detection {
        let [_, height, width] = self.model.input();
        let rough = answer.quad.scaled(frame.width() as f32, frame.height() as f32);
        Detection {
            class: answer.class,
            score: answer.present,
            sure: answer.sure,
            quad: refined(frame, &rough, answer.corners, height.max(width)),
            corners: answer.corners,
            surface: answer.surface,
            agreement: answer.agreement,
        }
    }
}
