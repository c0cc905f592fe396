//! What the engine saw in one frame: plain data, made in the worker, read by the page.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// Measures of one frame. Each has its formula in `lichtbild_vision::quality`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Observation {
    /// Which frame, as the page numbered it.
    pub frame: u32,
    /// When the page took it.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub at: Timestamp,
    /// Detail at fine scale relative to coarse scale, 0 (blurred) to 1 (sharp).
    pub sharpness: f32,
    /// Mean luminance, 0 to 1.
    pub brightness: f32,
    /// Spread of luminance (5th to 95th percentile), 0 to 1.
    pub contrast: f32,
    /// Share of pixels in blown-out blobs, 0 to 1.
    pub glare: f32,
    /// Mean absolute change against the frame before, 0 to 1; `None` for the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub motion: Option<f32>,
    /// The picture is bit for bit the one before (at analysis size).
    pub identical: bool,
    /// Time the engine took, milliseconds.
    pub millis: f32,
}
