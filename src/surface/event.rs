//! Everything that listeners hear. Plain data.

use lichtbild_protocol::{ErrorCode, case::PersonOutcome, flow::StepId};
use serde::Serialize;

use super::Hint;
use crate::observation::Corners;

/// What a listener hears.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum CaptureEvent {
    /// Something to draw has changed; the new snapshot is on the capture.
    Changed,
    /// The person is at another step.
    StepChanged {
        /// Which.
        step: StepId,
    },
    /// Another instruction, or none.
    HintChanged {
        /// Which.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        hint: Option<Hint>,
    },
    /// The document in the picture, to be outlined: at each frame that the engine looked at, and once when it is gone. Corners
    /// clockwise from its own top left, as shares of the frame's width and height, not mirrored.
    DocumentSeen {
        /// Where.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        quad: Option<Corners>,
    },
    /// Something failed, or was noticed and is being recovered.
    Failed {
        /// What.
        code: ErrorCode,
        /// Whether trying again may help.
        retryable: bool,
    },
    /// The case has ended for the person.
    Done {
        /// What the person was told.
        outcome: PersonOutcome,
        /// First seven characters of the case's UUID.
        kennung: String,
    },
    /// The person wants to go back to the partner.
    Leave {
        /// Where to, if the partner said.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        url: Option<String>,
    },
}
