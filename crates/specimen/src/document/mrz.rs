//! Lines of machine-readable zones.

pub use lichtbild_mrz::write::{Entry, mrv_a, mrv_b, td1, td2, td3};
