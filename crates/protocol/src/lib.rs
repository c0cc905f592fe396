//! What the browser, the server and the partner say to each other, and the one catalogue of error codes.
//!
//! Plain data with serde; no behaviour beyond lookups, no clock, no network. JSON is camelCase; times are
//! RFC 3339 text in UTC; lengths are bytes and stay below 2^53; languages are BCP 47.

pub mod capture;
pub mod case;
pub mod code;
pub mod document;
pub mod flow;
pub mod kind;
pub mod partner;
pub mod problem;
pub mod review;
pub mod sensitive;

pub use code::{ErrorCode, WayOn};
pub use sensitive::Sensitive;

/// Version of this protocol. The page, the engine worker and the server each state theirs first; a difference in the
/// major number is `engine.version_mismatch` or `session.version_mismatch`.
pub const PROTOCOL_VERSION: &str = "1.0";

/// A time as RFC 3339 text in UTC, for example `2026-11-24T09:30:00Z`.
pub type Rfc3339 = String;
