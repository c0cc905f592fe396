//! The shutter at work: what it decides becomes stills, and stills that came back are shown to it. In: looks, stills, the button, time.
//! Out: stills asked for, kept or thrown away; the button on screen.

use lichtbild_protocol::{
    case::{ArtifactKind, CaptureOrigin},
    flow::StepKind,
};

use super::{
    Output, Session,
    recording::{Look, Still, Work},
};
use crate::{
    flow::{Duty, Shutter, ShutterInput, ShutterOutput},
    observation::Observation,
    surface::Hint,
    time::{Millis, Timestamp},
};

/// The engine has so long to look at a still.
const LOOKED_AT_WITHIN: Millis = Millis(4_000);

impl Session {
    /// The shutter of a camera that opens now; a recording gets its own when it starts.
    pub(super) fn shutter_for_photo(&self, mirrored: bool) -> Option<Shutter> {
        let photo = matches!(self.step_kind(), Some(StepKind::DocumentPhoto { .. }));
        let wanted = self.wanted().filter(|_| photo)?;
        Some(Shutter::new(self.now, wanted, mirrored, Duty::Photo))
    }

    /// A recording has started: its best stills are to be taken.
    pub(super) fn arm_for_video(&mut self, stills: usize) {
        let (now, wanted) = (self.now, self.wanted());
        if let Some(open) = self.desk.open_mut() {
            open.shutter = wanted.map(|wanted| Shutter::new(now, wanted, open.mirrored, Duty::Video { stills }));
        }
    }

    /// Whether stills are the shutter's business, since the engine finds documents.
    pub(super) fn has_shutter(&self) -> bool {
        self.sees_documents() && self.desk.open().is_some_and(|open| open.shutter.is_some())
    }

    /// Something happened that the shutter may act on.
    pub(super) fn shutter(&mut self, input: ShutterInput) {
        let now = self.now;
        let Some(shutter) = self.desk.open_mut().and_then(|open| open.shutter.as_mut()) else { return };
        for output in shutter.handle(now, input) {
            self.shutter_decided(output);
        }
    }

    fn shutter_decided(&mut self, output: ShutterOutput) {
        match output {
            ShutterOutput::TakeStill { origin, .. } => match self.desk.work {
                Work::Idle => self.take_photo(true, Some(origin)),
                Work::Recording(_) => self.take_video_still(origin),
                _ => {}
            },
            ShutterOutput::OfferManual(_) => {
                if let Some(open) = self.desk.open_mut() {
                    open.offers_button = true;
                }
            }
            ShutterOutput::Accepted { doubt, .. } => self.still_accepted(doubt),
            ShutterOutput::Rejected { hint } => self.still_refused(hint),
        }
    }

    fn take_video_still(&mut self, origin: CaptureOrigin) {
        let now = self.now;
        let Some(artifact) = self.new_artifact(ArtifactKind::Still, String::new()) else { return };
        let still = self.ask_still(artifact, false, Some(origin));
        if let Work::Recording(recording) = &mut self.desk.work {
            recording.last_still = Some(recording.elapsed(now));
            recording.stills.push(still);
        }
    }

    /// A still is there: the engine looks at it, if it can.
    pub(super) fn look_at_still(&mut self, artifact: &str) {
        if !self.has_shutter() {
            return self.still_looked_at(artifact, None);
        }
        let now = self.now;
        if let Some(still) = self.still(artifact) {
            still.look = Look::Awaited { since: now };
            let zone = self.zone_wish();
            self.out.push(Output::LookAtStill { artifact: artifact.to_owned(), zone });
        }
    }

    /// The engine looked at a still, or cannot.
    pub(super) fn still_looked_at(&mut self, artifact: &str, seen: Option<&Observation>) {
        let Some(still) = self.still(artifact).filter(|still| !matches!(still.look, Look::Done { .. })) else { return };
        still.look = Look::Done { quad: seen.and_then(|seen| Some(seen.document?.quad)) };
        still.zone = seen.and_then(Observation::zone_read).cloned().map(Box::new);
        if still.origin.is_some() {
            self.shutter(ShutterInput::Taken(seen));
        }
        self.saved();
    }

    /// The engine takes too long over a still.
    pub(super) fn looks_due(&mut self) {
        let now = self.now;
        let late = |look: &Look| matches!(look, Look::Awaited { since } if *since + LOOKED_AT_WITHIN <= now);
        let overdue: Vec<_> =
            self.stills().filter(|still| late(&still.look)).map(|still| still.artifact.clone()).collect();
        for artifact in overdue {
            self.still_looked_at(&artifact, None);
        }
    }

    /// When the shutter, or a still that is looked at, is due.
    pub(super) fn shutter_deadline(&self) -> Option<Timestamp> {
        let looks = self.stills().filter_map(|still| match still.look {
            Look::Awaited { since } => Some(since + LOOKED_AT_WITHIN),
            Look::None | Look::Done { .. } => None,
        });
        looks.chain(self.desk.open().and_then(|open| open.shutter.as_ref()?.deadline())).min()
    }

    /// The engine is gone, or has no network: the person has the button.
    pub(super) fn disarm(&mut self) {
        self.shutter(ShutterInput::EngineGone);
    }

    /// The newest still the shutter asked for is taken on, whatever may be wrong with it.
    fn still_accepted(&mut self, doubt: Option<Hint>) {
        if let Some(still) = self.newest_of_shutter() {
            still.hint = doubt;
            still.good = doubt.is_none();
        }
    }

    /// It is not. A photograph is as if it had not been taken, and the hint on screen says what to change; a video keeps the still as it is.
    fn still_refused(&mut self, hint: Option<Hint>) {
        if matches!(self.desk.work, Work::Photo { .. }) {
            return self.abort_recording();
        }
        if let Some(still) = self.newest_of_shutter() {
            still.hint = Some(hint.unwrap_or(Hint::ShowDocument));
        }
    }

    fn newest_of_shutter(&mut self) -> Option<&mut Still> {
        match &mut self.desk.work {
            Work::Photo { still, .. } => Some(still),
            Work::Recording(recording) | Work::Saving { recording, .. } => {
                recording.stills.iter_mut().rev().find(|still| still.origin.is_some())
            }
            Work::Idle | Work::Review(_) => None,
        }
    }
}
