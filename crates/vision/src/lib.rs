//! What a picture is worth: the same measures in the browser's worker and on the server.

pub mod document;
pub mod geometry;
pub mod luma;
pub mod model;
pub mod mrz;
pub mod print;
pub mod quality;
