//! Reading machine-readable zones. In: a picture. Out: its lines, character by character, with how sure that is.
//! Does not know: what the lines mean (crates/mrz).

mod align;
mod band;
mod find;
mod reader;
mod rows;
mod sighting;
pub mod strip;

pub use self::{
    reader::{Found, MrzReader},
    sighting::Sighting,
};
