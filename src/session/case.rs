//! The case as the server tells it: taking snapshots over, following it from step to step, its end.
//! In: session snapshots in any order, from answers and events. Out: the place the person is at.

use lichtbild_protocol::{
    ErrorCode, PROTOCOL_VERSION,
    capture::{DeviceBinding, Role, SessionSnapshot, UploadStatus},
    case::{ArtifactKind, PersonOutcome},
    flow::{Step, StepId, StepKind, StepState},
};

use super::{
    Output, Place, Request, Session,
    answers::Confirming,
    clock::rfc3339,
    place::{At, Choice, Local, Over},
    trouble::Resume,
};
use crate::{
    config::Entry,
    flow,
    surface::{HistoryEntry, Permission, Purpose},
    time::Millis,
    upload,
};

/// While waiting for the evaluation, or for the phone that has the case, the session is asked for at this distance, should events not come through.
const POLL: Millis = Millis(20_000);

impl Session {
    /// From the beginning, as the person came in.
    pub(super) fn begin(&mut self) {
        self.place = match self.entry.clone() {
            Entry::Home => Place::Home,
            Entry::Session(token) => {
                self.out.push(Output::UseToken(token));
                self.ask(Request::Session);
                Place::Loading
            }
            // A claimed hand-off has its own token since.
            Entry::Handoff(_) if self.claimed => {
                self.ask(Request::Session);
                Place::Loading
            }
            Entry::Handoff(secret) => {
                self.ask(Request::PreviewHandoff(secret.clone()));
                Place::Claiming { secret, preview: None, wrong: false }
            }
        };
    }

    /// Takes over what the server says, unless something newer is known.
    pub(super) fn adopt(&mut self, session: SessionSnapshot) {
        if major(&session.protocol) != major(PROTOCOL_VERSION) {
            return self.fail(ErrorCode::SessionVersionMismatch, Some(session.protocol), Resume::Start);
        }
        if self.case.as_ref().is_some_and(|known| session.revision < known.revision) || self.has_ended() {
            return;
        }
        let confirming = self.is_to_confirm();
        let before = self.case.replace(Box::new(session));
        if confirming {
            self.discard_photographs();
            if !self.is_to_confirm() {
                self.drop_shots();
            }
        }
        let known = before.as_ref().map(|before| (before.device, before.role));
        self.settle_in(before.is_none(), known);
        if matches!(self.overs.last(), Some(Over::Failed(failure)) if failure.resume == Resume::Start) {
            self.overs.pop();
        }
        self.follow();
    }

    fn records_sound(&self) -> bool {
        self.case.as_deref().is_none_or(flow::records_sound)
    }

    /// Something is missing without which this case cannot be taken here.
    pub(super) fn lacks_something(&self) -> bool {
        let only_for_sound = |code| matches!(code, ErrorCode::MicrophoneMissing | ErrorCode::UnsupportedMediaRecorder);
        self.page.missing.iter().any(|&code| self.records_sound() || !only_for_sound(code))
    }

    /// Binds the page to the case, listens, looks at what earlier pages left.
    fn settle_in(&mut self, first: bool, before: Option<(DeviceBinding, Role)>) {
        let Some(case) = &self.case else { return };
        let (id, url, now) = (case.case.clone(), case.uploads_url.clone(), (case.device, case.role));
        if first {
            self.out.push(Output::Bind(id));
            if self.lacks_something() && now.1 == Role::Capture && case.outcome.is_none() {
                self.overs.push(Over::Requirements);
            }
        }
        let capturing = now == (DeviceBinding::This, Role::Capture);
        if capturing && before != Some(now) {
            self.out.push(Output::UploadTo { url });
            self.out.push(Output::ListSpool);
        }
        if capturing || now.1 == Role::Observe {
            self.listen();
        }
        self.remember();
    }

    /// This device's history has the case from the moment it takes part.
    fn remember(&mut self) {
        let Some(case) = &self.case else { return };
        if case.device != DeviceBinding::This && case.role == Role::Capture {
            return;
        }
        let known = self.page.history.iter().position(|entry| entry.case == case.case);
        let entry = HistoryEntry {
            case: case.case.clone(),
            kennung: case.kennung.clone(),
            partner: case.partner.clone(),
            at: known.map_or_else(|| rfc3339(self.now), |at| self.page.history[at].at.clone()),
            outcome: case.outcome,
        };
        if known.is_some_and(|at| self.page.history[at] == entry) {
            return;
        }
        if let Some(at) = known {
            self.page.history.remove(at);
        }
        self.page.history.insert(0, entry.clone());
        self.out.push(Output::Record(entry));
    }

    /// Goes to where the case is.
    pub(super) fn follow(&mut self) {
        let Some(case) = &self.case else { return };
        if let Some(outcome) = case.outcome {
            return self.end(outcome);
        }
        if case.role == Role::Observe {
            if !matches!(self.place, Place::Observing { .. }) {
                self.stop_camera();
                self.overs.retain(|over| matches!(over, Over::Help { .. }));
                self.place = Place::Observing { poll_at: self.now + POLL };
            }
            return;
        }
        if case.device == DeviceBinding::Other {
            // The first question may have gone without the key's proof; the second tells.
            if self.asked_with_proof {
                return self.fail(ErrorCode::SessionOtherDevice, None, Resume::Start);
            }
            self.asked_with_proof = true;
            return self.ask(Request::Session);
        }
        self.overs.retain(|over| !matches!(over, Over::Handoff { .. }) || !self.withdrawing);
        let attempt = case.attempt;
        let Some(step) = self.step_at_hand() else {
            self.place = Place::Loading;
            return self.ask(Request::Session);
        };
        match &mut self.place {
            Place::Step(at) if at.step.id == step.id && at.attempt == attempt && !at.stale => {
                at.step = step;
                self.advance_evaluation();
                self.reading_told();
            }
            _ => self.enter(step, attempt),
        }
    }

    /// The first step that is taken again, else the first one that is ahead.
    fn step_at_hand(&self) -> Option<Step> {
        let case = self.case.as_deref()?;
        let current = flow::current(case);
        let again = case.flow.steps.iter().find(|step| self.again.contains(&step.id));
        let waits = |step: &Step| matches!(step.kind, StepKind::Evaluation | StepKind::DataConfirmation { .. });
        match (again, current) {
            (Some(again), Some(current)) if waits(current) => Some(again.clone()),
            (_, current) => current.cloned(),
        }
    }

    fn enter(&mut self, step: Step, attempt: u8) {
        self.leave_step();
        let again = step.state == StepState::Repeat && self.acknowledged != Some(attempt);
        let local = match &step.kind {
            _ if again => Local::Repeat,
            StepKind::Explainer { chooses_document: true, .. } if self.document().is_none() => {
                Local::Choosing(Choice::default())
            }
            StepKind::DataConfirmation { .. } => Local::Confirming(Confirming::since(self.now)),
            StepKind::ClerkAttestation { .. } => Local::Attesting { ticked: Vec::new() },
            StepKind::Consents { .. } => Local::Consents { ticked: Vec::new() },
            StepKind::Permissions => {
                self.load_engine();
                self.out.push(Output::QueryPermissions);
                let microphone = if self.records_sound() { Permission::Open } else { Permission::NotNeeded };
                Local::Permissions { camera: Permission::Open, microphone }
            }
            kind if flow::purpose(kind).is_some() => {
                self.load_engine();
                Local::Camera
            }
            StepKind::Evaluation => Local::Evaluation { refusals: 0, again_at: None, poll_at: self.now + POLL },
            _ => Local::Plain,
        };
        self.place = Place::Step(At { step, attempt, local, stale: false });
        self.refused_here = false;
        self.advance_evaluation();
        self.reading_told();
    }

    /// Begins the step at hand anew, with nothing done at it.
    pub(super) fn begin_step(&mut self) {
        if let Place::Step(at) = &mut self.place {
            let (step, attempt) = (at.step.clone(), at.attempt);
            self.enter(step, attempt);
        } else if self.case.is_some() {
            self.follow();
        } else {
            self.begin();
        }
    }

    /// The person goes on to the steps that are needed again.
    pub(super) fn acknowledge_repeat(&mut self) {
        if let Place::Step(at) = &self.place {
            self.acknowledged = Some(at.attempt);
            self.begin_step();
        }
    }

    fn leave_step(&mut self) {
        self.stop_camera();
        self.desk_reset();
        self.desk_fresh();
        // What failed at the step is over with it; what failed about the whole case is not.
        self.overs.retain(|over| match over {
            Over::Explaining(_) | Over::Choosing(_) | Over::ConsentRefused => false,
            Over::Failed(failure) => matches!(failure.resume, Resume::Start | Resume::Lock),
            Over::Requirements | Over::Handoff { .. } | Over::Help { .. } => true,
        });
    }

    /// The server took a step: what was noticed about it is history.
    pub(super) fn step_finished(&mut self, step: &StepId) {
        self.again.retain(|again| again != step);
        self.notices.clear();
    }

    /// At the evaluation: asks for it once everything is there; looks after it now and then.
    pub(super) fn advance_evaluation(&mut self) {
        let now = self.now;
        let nothing_left = self.upload.all_confirmed() && self.spool_known;
        let running = self.case.as_ref().is_some_and(|case| case.evaluation.is_some());
        let Place::Step(At { local: Local::Evaluation { again_at, poll_at, .. }, .. }) = &mut self.place else {
            return;
        };
        if *poll_at <= now {
            *poll_at = now + POLL;
            self.ask(Request::Session);
        } else if !running && nothing_left && again_at.is_none_or(|at| at <= now) {
            // Asked again only when a snapshot still does not show it running.
            *again_at = Some(now + POLL);
            self.ask(Request::Evaluate);
        }
    }

    /// The server misses something it was promised: a moment later it may be there.
    pub(super) fn evaluation_refused(&mut self, again: crate::time::Timestamp) {
        let Place::Step(At { local: Local::Evaluation { refusals, again_at, .. }, .. }) = &mut self.place else {
            return;
        };
        *refusals += 1;
        *again_at = Some(again);
        let (believed, too_often) = (*refusals > 2, *refusals > 5);
        let lost = if believed { self.lost_on_the_way() } else { Vec::new() };
        if !lost.is_empty() {
            self.again.extend(lost);
            self.note(ErrorCode::UploadGone);
            return self.follow();
        }
        self.ask(Request::Session);
        if too_often {
            self.fail(ErrorCode::SessionStepUnexpected, None, Resume::Step);
        }
    }

    /// Promised steps whose recordings the server does not have whole, when nothing is left here that could be sent: those
    /// without the recording that was asked for, else those with any that is cut off.
    fn lost_on_the_way(&self) -> Vec<StepId> {
        let Some(case) = self.case.as_ref().filter(|_| self.spool_known && self.upload.all_confirmed()) else {
            return Vec::new();
        };
        let promised = || case.flow.steps.iter().filter(|step| step.state == StepState::Done);
        let has = |step: &Step, like: &dyn Fn(&UploadStatus) -> bool| {
            case.uploads.iter().any(|upload| upload.step == step.id && like(upload))
        };
        let missing = |step: &&Step| {
            let asked = match flow::purpose(&step.kind) {
                Some(Purpose::DocumentPhoto { .. }) => ArtifactKind::Still,
                Some(Purpose::DocumentVideo { .. } | Purpose::SelfieVideo) => ArtifactKind::Video,
                None => return false,
            };
            !has(step, &|upload| upload.kind == asked && upload.complete)
        };
        let cut_off = |step: &&Step| flow::purpose(&step.kind).is_some() && has(step, &|upload| !upload.complete);
        let ids = |step: &Step| step.id.clone();
        let lost: Vec<StepId> = promised().filter(missing).map(ids).collect();
        if lost.is_empty() { promised().filter(cut_off).map(ids).collect() } else { lost }
    }

    /// While a phone has the case: asks now and then, should events not come through.
    pub(super) fn look_after(&mut self) {
        let now = self.now;
        if let Place::Observing { poll_at } = &mut self.place
            && *poll_at <= now
        {
            *poll_at = now + POLL;
            self.ask(Request::Session);
        }
    }

    /// When the evaluation, or the phone's progress, wants to be looked at.
    pub(super) fn evaluation_deadline(&self) -> Option<crate::time::Timestamp> {
        match &self.place {
            Place::Step(At { local: Local::Evaluation { again_at, poll_at, .. }, .. }) => {
                let asks =
                    self.upload.all_confirmed() && self.case.as_ref().is_some_and(|case| case.evaluation.is_none());
                Some(again_at.filter(|_| asks).map_or(*poll_at, |at| at.min(*poll_at)))
            }
            Place::Observing { poll_at } => Some(*poll_at),
            _ => None,
        }
    }

    /// The case is over for the person: nothing of it stays on the device.
    pub(super) fn end(&mut self, outcome: PersonOutcome) {
        if self.has_ended() {
            return;
        }
        if let Some(case) = &mut self.case {
            case.outcome = Some(outcome);
        }
        self.clear_device();
        self.calls_forget();
        self.notices.clear();
        self.stop_listening();
        self.drop_engine();
        self.place = Place::Ended(outcome);
        if let Some(case) = &self.case {
            self.out.push(Output::CloseCase(case.case.clone()));
        }
        self.remember();
    }

    /// Throws away what this page shows and stores of the case.
    fn clear_device(&mut self) {
        self.stop_camera();
        self.desk_reset();
        self.drop_shots();
        self.overs.clear();
        self.uploads(upload::Input::Abandon);
        for (artifact, _) in std::mem::take(&mut self.steps_of) {
            self.out.push(Output::Upload(upload::Output::Discard { artifact }));
        }
    }

    /// Ends the case for the person's wish. The server hears of it as soon as it can be reached.
    pub(super) fn cancel(&mut self) {
        match self.place {
            Place::Home | Place::Ended(_) => self.leave(),
            _ if self.case.is_none() => {
                self.calls_forget();
                self.overs.clear();
                self.place = Place::Home;
            }
            _ => {
                self.clear_device();
                self.place = Place::Loading;
                self.ask(Request::Cancel);
            }
        }
    }

    pub(super) fn has_ended(&self) -> bool {
        matches!(self.place, Place::Ended(_))
    }

    pub(super) fn document(&self) -> Option<lichtbild_protocol::flow::DocumentKind> {
        self.case.as_ref().and_then(|case| case.document)
    }

    pub(super) fn step_id(&self) -> Option<StepId> {
        match &self.place {
            Place::Step(at) => Some(at.step.id.clone()),
            _ => None,
        }
    }
}

fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or(version)
}
