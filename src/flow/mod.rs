//! The steps as the backend hands them out: which is current, what may be left out, what the person is told about them.
//! In: the flow of a session snapshot. Out: steps, plans for recordings, hints. Does not know: screens, the camera, the network.

mod guidance;
#[cfg(test)]
mod looks;
mod plan;
mod shutter;
mod wanted;
mod words;

use lichtbild_protocol::{
    capture::SessionSnapshot,
    flow::{DocumentKind, Side, Step, StepId, StepKind, StepState},
};

pub use self::{
    guidance::{Guidance, Subject},
    plan::{Plan, STILLS_WANTED},
    shutter::{Duty, Offer, Shutter, ShutterInput, ShutterOutput},
    wanted::{Objection, Wanted, wanted},
    words::{LEAD_IN, Words},
};
use crate::surface::{Purpose, RepeatFacts};

/// The first step that is not behind the person.
pub fn current(session: &SessionSnapshot) -> Option<&Step> {
    session.flow.steps.iter().find(|step| is_ahead(step, session.document))
}

/// Whether a step records sound; photographs alone need no microphone.
pub fn records_sound(session: &SessionSnapshot) -> bool {
    let heard = |step: &Step| matches!(purpose(&step.kind), Some(Purpose::DocumentVideo { .. } | Purpose::SelfieVideo));
    session.flow.steps.iter().any(heard)
}

/// The steps the evaluation wants again.
pub fn to_repeat(session: &SessionSnapshot) -> Vec<RepeatFacts> {
    let answered =
        |kind: &StepKind| matches!(kind, StepKind::DataConfirmation { .. } | StepKind::ClerkAttestation { .. });
    let again = session
        .flow
        .steps
        .iter()
        .filter(|step| step.state == StepState::Repeat && (purpose(&step.kind).is_some() || answered(&step.kind)));
    again.map(|step| RepeatFacts { step: step.id.clone(), reasons: step.reasons.clone() }).collect()
}

/// The nearest explainer before a step, to look at again.
pub fn explainer_before<'a>(session: &'a SessionSnapshot, step: &str) -> Option<&'a Step> {
    let at = session.flow.steps.iter().position(|candidate| candidate.id == step)?;
    session.flow.steps[..at]
        .iter()
        .rev()
        .find(|step| matches!(step.kind, StepKind::Explainer { .. }) && step.state != StepState::Skipped)
}

/// The steps that photograph sides on which the chosen document may have its machine-readable zone; all that see it, if it has none.
pub fn read_steps(session: &SessionSnapshot) -> Vec<StepId> {
    let zones = session.document.map_or(&[][..], |kind| kind.facts().zones);
    let may_have_it = |side: Side| zones.is_empty() || zones.iter().any(|zone| zone.side == side);
    let reads = |step: &&Step| match purpose(&step.kind) {
        Some(Purpose::DocumentPhoto { side } | Purpose::DocumentVideo { side }) => {
            step.state != StepState::Skipped && may_have_it(side)
        }
        _ => false,
    };
    session.flow.steps.iter().filter(reads).map(|step| step.id.clone()).collect()
}

/// A step by its name.
pub fn step<'a>(session: &'a SessionSnapshot, id: &str) -> Option<&'a Step> {
    session.flow.steps.iter().find(|step| step.id == id)
}

/// What the camera is for in this kind of step; `None`: it needs none.
pub const fn purpose(kind: &StepKind) -> Option<Purpose> {
    Some(match kind {
        StepKind::DocumentVideo { side, .. } => Purpose::DocumentVideo { side: *side },
        StepKind::DocumentPhoto { side } => Purpose::DocumentPhoto { side: *side },
        StepKind::SelfieVideo { .. } => Purpose::SelfieVideo,
        _ => return None,
    })
}

fn is_ahead(step: &Step, document: Option<DocumentKind>) -> bool {
    match step.state {
        StepState::Repeat => true,
        StepState::Open => !needless(&step.kind, document),
        StepState::Done | StepState::Skipped => false,
    }
}

/// The server marks what a document does not need; this holds until it has.
fn needless(kind: &StepKind, document: Option<DocumentKind>) -> bool {
    let back =
        matches!(kind, StepKind::DocumentPhoto { side: Side::Back } | StepKind::DocumentVideo { side: Side::Back, .. });
    let explains_back = matches!(kind, StepKind::Explainer { topic: lichtbild_protocol::flow::Topic::Back, .. });
    (back || explains_back) && document.is_some_and(|document| !document.needs_back())
}
