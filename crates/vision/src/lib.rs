//! What a picture is worth: the same measures in the browser's worker and on the server.

pub mod luma;
pub mod quality;
