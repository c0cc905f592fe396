//! What runs beside the person's way: uploads, the event stream, the engine, the store, the line.
//! In: their news. Out: their commands, and notices when something does not go well.

use lichtbild_protocol::{
    ErrorCode,
    capture::SessionSnapshot,
    case::ArtifactId,
    flow::{StepId, StepState},
};

use super::{
    Output, Place, Request, Session,
    camera::Stream,
    place::{At, Local, Over},
    recording::Work,
    trouble::Resume,
};
use crate::{
    surface::UploadState,
    time::{Millis, Timestamp},
    upload,
};

/// The engine may come to a halt for so long while it loads; then capture goes on without hints.
const ENGINE_WITHIN: Millis = Millis(20_000);
/// Bytes that wait so long without progress are a slow upload.
const SLOW_AFTER: Millis = Millis(20_000);
/// While a QR code is shown its time counts down at this distance.
const COUNTDOWN: Millis = Millis(1_000);

/// The server's events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Events {
    Off,
    On { failures: u32 },
    Broken { failures: u32, again_at: Timestamp },
}

/// The engine in its worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Engine {
    Off,
    Loading {
        /// When more of it came.
        since: Timestamp,
        percent: u8,
        restarted: bool,
    },
    Ready {
        restarted: bool,
        documents: bool,
        reads: bool,
    },
    /// It cannot run here.
    Missing,
}

impl Session {
    // Uploads and what is left in the store.

    pub(super) fn uploads(&mut self, input: upload::Input) {
        for output in self.upload.handle(self.now, input) {
            match output {
                // The session has one clock for all its parts.
                upload::Output::WakeAt(_) => {}
                upload::Output::Forget { ref artifact, .. } | upload::Output::Done { ref artifact }
                    if self.keeps(artifact).is_some() => {}
                upload::Output::Lost { ref artifact, code } => {
                    let artifact = artifact.clone();
                    self.out.push(Output::Upload(output));
                    self.upload_lost(&artifact, code);
                }
                output => self.out.push(Output::Upload(output)),
            }
        }
        let confirmed = self.upload.facts().confirmed;
        if confirmed != self.progress.0 || self.upload.all_confirmed() {
            self.progress = (confirmed, self.now);
        }
    }

    pub(super) fn uploaded(&mut self, artifact: ArtifactId, answer: upload::Answer) {
        match &answer {
            upload::Answer::Unauthorised => self.ask(Request::Token),
            upload::Answer::Refused(ErrorCode::SessionEnded | ErrorCode::SessionObserveOnly) => {
                self.ask(Request::Session);
            }
            _ => {}
        }
        self.uploads(upload::Input::Answered { artifact, answer });
    }

    /// A recording can never arrive: its step is taken again.
    fn upload_lost(&mut self, artifact: &str, code: ErrorCode) {
        if self.has_ended() {
            return;
        }
        if self.desk.work.holds(artifact) {
            self.stop_camera();
            self.desk_reset();
            return self.fail(code, None, Resume::Camera);
        }
        let Some(case) = &self.case else { return };
        let step = self.steps_of.iter().find(|(of, _)| of == artifact).map(|(_, step)| step.clone());
        let promised = |step: &StepId| crate::flow::step(case, step).is_some_and(|step| step.state == StepState::Done);
        if let Some(step) = step.filter(promised) {
            self.again.push(step);
            self.note(code);
            self.follow();
        }
    }

    pub(super) fn spool_listed(&mut self, entries: Vec<upload::Entry>) {
        self.spool_known = true;
        let mine = self.case.as_ref().map(|case| case.case.clone());
        for entry in entries {
            let id = entry.artifact.id.clone();
            if self.has_ended() || Some(&entry.artifact.case) != mine.as_ref() {
                self.out.push(Output::Upload(upload::Output::Discard { artifact: id }));
                continue;
            }
            if entry.sealed.is_none() && !self.desk.work.holds(&id) {
                self.note(ErrorCode::RecorderInterrupted);
            }
            self.steps_of.push((id, entry.artifact.step.clone()));
            self.uploads(upload::Input::Resumed(Box::new(entry)));
        }
        self.advance_evaluation();
    }

    /// Whether bytes wait without progress although there seems to be a line.
    pub(super) fn upload_is_slow(&self) -> bool {
        let facts = self.upload.facts();
        facts.state != UploadState::Idle
            && facts.state != UploadState::Offline
            && self.now.since(self.progress.1) >= SLOW_AFTER
    }

    // The server's events and the line.

    pub(super) fn listen(&mut self) {
        if self.events == Events::Off {
            self.events = Events::On { failures: 0 };
            self.out.push(Output::Listen);
        }
    }

    pub(super) fn stop_listening(&mut self) {
        if self.events != Events::Off {
            self.events = Events::Off;
            self.out.push(Output::StopListening);
        }
    }

    pub(super) fn pushed(&mut self, session: SessionSnapshot) {
        if let Events::On { failures } = &mut self.events {
            *failures = 0;
        }
        self.adopt(session);
    }

    pub(super) fn events_lost(&mut self) {
        if let Events::On { failures } = self.events {
            let failures = failures.saturating_add(1);
            let again_at = self.now + upload::wait_after(failures, None, &mut self.ids);
            self.events = Events::Broken { failures, again_at };
            // Whatever broke the stream, a request tells what it was, and renews the token if that was it.
            if matches!(self.place, Place::Observing { .. }) {
                self.ask(Request::Session);
            }
        }
    }

    pub(super) fn line_changed(&mut self, online: bool) {
        self.page.online = online;
        self.uploads(upload::Input::Online(online));
        if online {
            self.calls_wake();
            if let Events::Broken { again_at, .. } = &mut self.events {
                *again_at = self.now;
            }
        }
    }

    // The engine.

    pub(super) fn load_engine(&mut self) {
        if self.engine == Engine::Off {
            self.engine = Engine::Loading { since: self.now, percent: 0, restarted: false };
            self.out.push(Output::LoadEngine);
        }
    }

    pub(super) fn drop_engine(&mut self) {
        if !matches!(self.engine, Engine::Off | Engine::Missing) {
            self.out.push(Output::DropEngine);
        }
        self.engine = Engine::Off;
    }

    pub(super) const fn engine_comes(&mut self, percent: u8) {
        if let Engine::Loading { restarted, .. } = self.engine {
            self.engine = Engine::Loading { since: self.now, percent, restarted };
        }
    }

    /// How much of it is there, in percent, while it loads.
    pub(super) const fn engine_loading(&self) -> Option<u8> {
        match self.engine {
            Engine::Loading { percent, .. } => Some(percent),
            _ => None,
        }
    }

    pub(super) fn engine_ready(&mut self, documents: bool, reads: bool) {
        if let Engine::Ready { reads: known, .. } = &mut self.engine {
            *known = reads;
        } else if let Engine::Loading { restarted, .. } = self.engine {
            self.engine = Engine::Ready { restarted, documents, reads };
            if !documents {
                self.note(ErrorCode::ModelUnusable);
                self.disarm();
            }
            self.desk.forget_looks();
        }
    }

    pub(super) const fn engine_is_ready(&self) -> bool {
        matches!(self.engine, Engine::Ready { .. })
    }

    /// Whether the engine finds documents.
    pub(super) const fn sees_documents(&self) -> bool {
        matches!(self.engine, Engine::Ready { documents: true, .. })
    }

    /// Whether the engine reads machine-readable zones.
    pub(super) const fn reads_zones(&self) -> bool {
        matches!(self.engine, Engine::Ready { reads: true, .. })
    }

    pub(super) fn engine_is_missing(&self) -> bool {
        self.engine == Engine::Missing
    }

    /// Restarted once; then capture goes on without hints.
    pub(super) fn engine_lost(&mut self, code: ErrorCode) {
        let restarted = match self.engine {
            Engine::Loading { restarted, .. } | Engine::Ready { restarted, .. } => restarted,
            Engine::Off | Engine::Missing => return,
        };
        self.desk.forget_looks();
        self.out.push(Output::DropEngine);
        if restarted || code == ErrorCode::EngineVersionMismatch {
            self.engine = Engine::Missing;
            self.note(code);
            self.disarm();
        } else {
            self.engine = Engine::Loading { since: self.now, percent: 0, restarted: true };
            self.out.push(Output::LoadEngine);
        }
    }

    // What is due.

    pub(super) fn shell_due(&mut self) {
        let now = self.now;
        if let Engine::Loading { since, .. } = self.engine
            && since + ENGINE_WITHIN <= now
        {
            self.engine = Engine::Loading { since, percent: 0, restarted: true };
            self.engine_lost(ErrorCode::EngineUnavailable);
        }
        if let Events::Broken { failures, again_at } = self.events
            && again_at <= now
        {
            self.events = Events::On { failures };
            self.out.push(Output::Listen);
        }
        if self.ask_permissions_at.is_some_and(|at| at <= now) {
            let waiting = matches!(&self.place, Place::Step(At { local: Local::Permissions { .. }, .. }));
            self.ask_permissions_at = waiting.then_some(now + super::steps::ASK_PERMISSIONS_AGAIN);
            if waiting {
                self.out.push(Output::QueryPermissions);
            }
        }
    }

    pub(super) fn shell_deadline(&self) -> Option<Timestamp> {
        let engine = match self.engine {
            Engine::Loading { since, .. } => Some(since + ENGINE_WITHIN),
            _ => None,
        };
        let events = match self.events {
            Events::Broken { again_at, .. } => Some(again_at),
            _ => None,
        };
        let counts = self.overs.iter().any(|over| matches!(over, Over::Handoff { .. }));
        let slow = (!self.upload.all_confirmed() && !self.upload_is_slow()).then_some(self.progress.1 + SLOW_AFTER);
        [engine, events, self.ask_permissions_at, counts.then_some(self.now + COUNTDOWN), slow]
            .into_iter()
            .flatten()
            .min()
    }

    /// The screen stays on while the camera is, and while a person waits for the upload.
    pub(super) fn keep_awake(&mut self) {
        let waiting = matches!(&self.place, Place::Step(At { local: Local::Evaluation { .. }, .. }));
        let wanted = !matches!(self.desk.stream, Stream::Closed) || waiting && !self.upload.all_confirmed();
        if wanted != self.awake {
            self.awake = wanted;
            self.out.push(Output::KeepAwake(wanted));
        }
    }
}

impl Work {
    /// Whether this recording is being made or looked at.
    pub(super) fn holds(&self, artifact: &str) -> bool {
        match self {
            Self::Idle => false,
            Self::Recording(recording) | Self::Saving { recording, .. } => recording.holds(artifact),
            Self::Photo { still, .. } => still.is(artifact),
            Self::Review(review) => review.holds(artifact),
        }
    }
}
