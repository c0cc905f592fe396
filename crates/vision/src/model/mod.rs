//! Running a trained network. In: its ONNX file, then numbers. Out: numbers.
//! Our networks are made of ten operators (one of them only in the one that waits); these run here on kernels of our own, written for SIMD of four lanes
//! (docs/decisions/0010-own-kernels.md). Does not know: what the numbers mean.

mod kernels;
mod onnx;
mod plan;

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use plan::Plan;

/// A network, ready to run; its input's shape is fixed in the file.
#[derive(Clone, Debug)]
pub struct Model {
    plan: Plan,
}

/// Why a network gives no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The file is not an ONNX file, or contradicts itself.
    #[error("the file is not a network")]
    Malformed,
    /// It needs an operator, or a use of one, that is not known here.
    #[error("the network needs an operator that is not known")]
    Operator,
    /// It is not the file its card names.
    #[error("the file's digest is not the one on its card")]
    Digest,
    /// What goes in or comes out has not the shape that was agreed.
    #[error("the network's input or output has another shape")]
    Shape,
}

impl Model {
    /// Reads an ONNX file (opset 13) with one input `[1, channels, height, width]` and any number of outputs, all of 32-bit numbers.
    ///
    /// # Errors
    /// `Malformed`, `Operator` or `Shape`.
    pub fn load(file: &[u8]) -> Result<Self, ModelError> {
        Ok(Self { plan: Plan::of(&onnx::read(file)?)? })
    }

    /// Reads the file that a card (`models/*/card.toml`) names by its digest.
    ///
    /// # Errors
    /// `Digest` for another file, else as `load`.
    pub fn load_named(card: &str, file: &[u8]) -> Result<Self, ModelError> {
        named(card, file)?;
        Self::load(file)
    }

    /// As `load`, for an input of another height and width. Networks without fully connected layers take any that all their halvings
    /// divide.
    ///
    /// # Errors
    /// As `load`.
    pub fn load_sized(file: &[u8], [height, width]: [usize; 2]) -> Result<Self, ModelError> {
        let mut graph = onnx::read(file)?;
        if let [_, _, own_height, own_width] = graph.input.1.as_mut_slice() {
            (*own_height, *own_width) = (height, width);
        }
        Ok(Self { plan: Plan::of(&graph)? })
    }

    /// Channels, height and width of the input.
    pub fn input(&self) -> [usize; 3] {
        self.plan.input()
    }

    /// The outputs for one input, each in row-major order.
    ///
    /// # Errors
    /// `Shape` for another count of numbers than the input's shape has.
    pub fn run(&mut self, input: &[f32]) -> Result<Vec<Vec<f32>>, ModelError> {
        self.plan.run(input)
    }
}

/// Whether a card names this file.
///
/// # Errors
/// `Digest`, if it does not.
pub fn named(card: &str, file: &[u8]) -> Result<(), ModelError> {
    let mut entry = String::from("sha256 = \"");
    for byte in Sha256::digest(file) {
        let _ = write!(entry, "{byte:02x}");
    }
    let is_it = card.lines().any(|line| line.strip_suffix('"') == Some(&entry));
    if is_it { Ok(()) } else { Err(ModelError::Digest) }
}

#[cfg(test)]
mod tests;
