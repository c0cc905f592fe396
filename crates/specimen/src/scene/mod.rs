//! Photographs of documents. In: a flat document, and the conditions under which it is photographed. Out: the picture, and everything
//! that is true about it. The same conditions give the same picture.

mod chance;
mod clip;
mod conditions;
mod film;
mod frames;
mod hand;
mod light;
mod parallel;
mod pattern;
mod photograph;
mod print;
mod props;
mod random;
mod reading;
mod report;
mod reproduction;
mod sheet;
mod supply;
mod texture;
mod truth;
mod view;

pub use clip::{Clip, DocumentChoice, Script};
pub use conditions::{
    Backdrop, Bend, Camera, Conditions, DogEar, Foil, Glare, Ground, Lens, Light, Pose, Shadow, Thing,
};
pub use frames::{Shot, frame_record};
pub use hand::{Hand, Limb};
pub use parallel::{in_order, write_records};
pub use photograph::{Ink, Photograph, photograph};
pub use print::print_record;
pub use reading::{line_record, zone_record};
pub use report::Report;
pub use sheet::Sheet;
pub use supply::{Draw, Supply};
pub use texture::{Edge, Texture};
pub use truth::{LABELS, Truth};

#[cfg(test)]
mod tests;
