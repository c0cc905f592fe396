//! The reference verification backend.
fn main() {}
