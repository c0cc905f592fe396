//! Where the person is: the place behind every screen, and what may lie over it. Plain data.

use lichtbild_protocol::{
    ErrorCode, Sensitive,
    capture::HandoffPreview,
    case::PersonOutcome,
    flow::{Step, StepId},
};

use super::trouble::Failure;
use crate::{
    handoff::Offering,
    surface::{HelpForm, Permission, SendState},
    time::Timestamp,
};

/// The place behind every screen.
#[derive(Debug)]
pub(super) enum Place {
    Loading,
    Home,
    Claiming { secret: Sensitive<String>, preview: Option<HandoffPreview> },
    Step(At),
    Observing { poll_at: Timestamp },
    Ended(PersonOutcome),
}

/// A step of the flow, and what the person has done at it.
#[derive(Debug)]
pub(super) struct At {
    pub step: Step,
    pub attempt: u8,
    pub local: Local,
    /// The server saw the step differently: begin it anew with its next snapshot.
    pub stale: bool,
}

/// What the person has done at a step, as far as the server does not know it.
#[derive(Debug, PartialEq)]
pub(super) enum Local {
    /// One button, nothing to remember.
    Plain,
    /// Choosing the document.
    Choosing {
        refused: Option<ErrorCode>,
    },
    Consents {
        ticked: Vec<String>,
    },
    Permissions {
        camera: Permission,
        microphone: Permission,
    },
    /// The desk (camera, recorder) has the rest.
    Camera,
    /// Steps are needed again; the person has not gone on yet.
    Repeat,
    Evaluation {
        refusals: u8,
        again_at: Option<Timestamp>,
        poll_at: Timestamp,
    },
}

/// What lies over the place; the last one is seen.
#[derive(Debug)]
pub(super) enum Over {
    Requirements,
    ConsentRefused,
    /// An explainer to look at again.
    Explaining(StepId),
    Handoff {
        offering: Offering,
        ask_at: Timestamp,
        look_at: Timestamp,
    },
    Help {
        form: Box<HelpForm>,
        state: SendState,
    },
    Failed(Failure),
}
