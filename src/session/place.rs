//! Where the person is: the place behind every screen, and what may lie over it. Plain data.

use lichtbild_protocol::{
    ErrorCode, Sensitive,
    capture::HandoffPreview,
    case::PersonOutcome,
    flow::{DocumentKind, Step, StepId},
};

use super::{answers::Confirming, trouble::Failure};
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
    Claiming {
        secret: Sensitive<String>,
        preview: Option<HandoffPreview>,
        /// Another number than the desktop's was typed.
        wrong: bool,
    },
    Step(At),
    Observing {
        poll_at: Timestamp,
    },
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
    Choosing(Choice),
    Consents {
        ticked: Vec<String>,
    },
    Permissions {
        camera: Permission,
        microphone: Permission,
    },
    /// The desk (camera, recorder) has the rest.
    Camera,
    /// What was read is looked at.
    Confirming(Confirming),
    /// The clerk in the shop attests.
    Attesting {
        ticked: Vec<String>,
    },
    /// Steps are needed again; the person has not gone on yet.
    Repeat,
    Evaluation {
        refusals: u8,
        again_at: Option<Timestamp>,
        poll_at: Timestamp,
    },
}

/// Ticks or unticks one of several.
pub(super) fn tick(ticked: &mut Vec<String>, id: String, on: bool) {
    ticked.retain(|ticked| *ticked != id);
    if on {
        ticked.push(id);
    }
}

/// Choosing the document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// Why the one that was wanted cannot be taken.
    pub refused: Option<ErrorCode>,
    /// This one, of which the category is not known yet.
    pub kind: Option<DocumentKind>,
}

/// What lies over the place; the last one is seen.
#[derive(Debug)]
pub(super) enum Over {
    Requirements,
    ConsentRefused,
    /// An explainer to look at again.
    Explaining(StepId),
    /// Another document, before its front is filmed.
    Choosing(Choice),
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
