//! The page's one machine: takes what happened, returns what to do. Routes between flow, capture, upload and hand-off.
//! In: actions, server answers, device facts, observations, time. Out: calls, device commands, a snapshot to draw.
//! Does not know: the browser, HTTP, bytes.

mod answers;
mod calls;
mod camera;
mod case;
mod clock;
pub mod io;
mod picture;
mod place;
mod recording;
mod review;
mod screens;
mod shell;
mod shutter;
mod steps;
mod trouble;

use lichtbild_protocol::{
    ErrorCode, Sensitive,
    capture::{DeviceFacts, SessionSnapshot},
    case::ArtifactId,
    flow::StepId,
};

pub use io::{Input, Output, Reply, Request};

use self::{
    calls::Calls,
    camera::Desk,
    place::{Over, Place},
    shell::{Engine, Events},
    trouble::{Notices, Resume},
};
use crate::{
    capture::{Device, Missing},
    config::{Config, Entry},
    ids::Ids,
    surface::{DocumentPicture, HistoryEntry, Snapshot},
    time::{Millis, Timestamp},
    upload::{self, Upload},
};

/// One page at work on one case.
#[derive(Debug)]
pub struct Session {
    entry: Entry,
    page: Page,
    now: Timestamp,
    out: Vec<Output>,
    ids: Ids,

    case: Option<Box<SessionSnapshot>>,
    place: Place,
    overs: Vec<Over>,
    notices: Notices,
    last_error: Option<ErrorCode>,

    calls: Calls,
    events: Events,
    upload: Upload,
    /// The store was looked at, so nothing unknown waits in it.
    spool_known: bool,
    /// Steps that are taken again though the server has the promise: their recording was lost on its way, or could not be read right.
    again: Vec<StepId>,
    /// Which step each recording belongs to.
    steps_of: Vec<(ArtifactId, StepId)>,
    store_trouble: Option<ErrorCode>,
    /// When an upload last made progress, and how far it was.
    progress: (u64, Timestamp),

    desk: Desk,
    /// The document's pictures, while what was read on them may have to be confirmed.
    shots: Vec<DocumentPicture>,
    engine: Engine,
    cameras: Vec<Device>,
    /// The person's own choice of camera, rear and front.
    picks: [Option<String>; 2],
    ask_permissions_at: Option<Timestamp>,
    awake: bool,

    /// The hand-off was claimed by this page.
    claimed: bool,
    withdrawing: bool,
    asked_with_proof: bool,
    /// The server refused something at this step once; the second time the person hears of it.
    refused_here: bool,
    /// Another tab works on this case.
    elsewhere: bool,
    /// The attempt whose repeat screen the person has left.
    acknowledged: Option<u8>,

    /// What was drawn last; it may show the hand-off's secret.
    drawn: Option<Sensitive<Snapshot>>,
    wake_at: Option<Timestamp>,
}

/// What the page knows about itself.
#[derive(Debug)]
struct Page {
    missing: Missing,
    facts: DeviceFacts,
    history: Vec<HistoryEntry>,
    online: bool,
    visible: bool,
}

impl Session {
    /// Nothing happens before `Input::Opened`. `entropy`: 128 random bits from the shell, for names and jitter.
    pub fn new(config: Config, entropy: u128) -> Self {
        let mut ids = Ids::new(entropy);
        let upload = Upload::new(ids.split());
        let page = Page {
            missing: Missing::new(),
            facts: DeviceFacts::default(),
            history: Vec::new(),
            online: true,
            visible: true,
        };
        Self {
            entry: config.entry,
            page,
            now: Timestamp(0),
            out: Vec::new(),
            ids,
            case: None,
            place: Place::Loading,
            overs: Vec::new(),
            notices: Notices::default(),
            last_error: None,
            calls: Calls::default(),
            events: Events::Off,
            upload,
            spool_known: false,
            again: Vec::new(),
            steps_of: Vec::new(),
            store_trouble: None,
            progress: (0, Timestamp(0)),
            desk: Desk::new(),
            shots: Vec::new(),
            engine: Engine::Off,
            cameras: Vec::new(),
            picks: [None, None],
            ask_permissions_at: None,
            awake: false,
            claimed: false,
            withdrawing: false,
            asked_with_proof: false,
            refused_here: false,
            elsewhere: false,
            acknowledged: None,
            drawn: None,
            wake_at: None,
        }
    }

    /// Takes an input, says what to do, in order. A `WakeAt` replaces the earlier one.
    pub fn handle(&mut self, now: Timestamp, input: Input) -> Vec<Output> {
        self.now = self.now.max(now);
        self.take(input);
        self.everything_due();
        self.keep_awake();
        self.tell_changes();
        if let Some(at) = self.deadline() {
            // Never in the past, so that no shell can spin.
            let at = at.max(self.now + Millis(10));
            if self.wake_at.is_none_or(|wake_at| wake_at != at || wake_at <= self.now) {
                self.wake_at = Some(at);
                self.out.push(Output::WakeAt(at));
            }
        }
        std::mem::take(&mut self.out)
    }

    fn take(&mut self, input: Input) {
        match input {
            Input::Opened { missing, facts, history, online } => {
                self.page = Page { missing, facts, history, online, visible: true };
                self.uploads(upload::Input::Online(online));
                self.begin();
            }
            Input::Acted(action) => self.act(action),
            Input::Tick => {}
            Input::Answered { request, reply } => self.answered(request, reply),
            Input::Failed { request, code, detail } => self.call_failed(request, code, detail),
            Input::Pushed(session) => self.pushed(*session),
            Input::EventsLost => self.events_lost(),
            Input::Online(online) => self.line_changed(online),
            Input::Visible(visible) => {
                self.page_visible(visible);
                if visible {
                    self.line_changed(self.page.online);
                }
            }

            Input::Permissions { camera, microphone } => self.permissions_told(camera, microphone),
            Input::Cameras(devices) => self.cameras_listed(devices),
            Input::StreamOpened { sequence, facts } => self.stream_opened(sequence, facts),
            Input::StreamRefused { sequence, refusal } => self.stream_refused(sequence, &refusal),
            Input::StreamChanged { sequence, facts } => self.stream_changed(sequence, facts),
            Input::Missing(missing) => self.missing_now(missing),
            Input::TrackEnded { audio } => self.track_ended(audio),
            Input::TrackMuted { audio, muted } => self.track_muted(audio, muted),

            Input::EngineProgress(percent) => self.engine_comes(percent),
            Input::EngineReady { documents, reads } => self.engine_ready(documents, reads),
            Input::EngineLost(code) => self.engine_lost(code),
            Input::StillSeen { artifact, seen } => self.still_looked_at(&artifact, seen.as_ref()),
            Input::FrameAvailable { frame } => self.frame(frame),
            Input::Observed(observation) => self.observed(&observation),
            Input::Glanced(glance) => self.glanced(glance),
            Input::Level(level) => {
                let now = self.now;
                if let Some(open) = self.desk.open_mut() {
                    open.sound.level(level, now);
                }
            }

            Input::RecorderOpened(artifact) => self.recorder_opened(artifact),
            Input::RecorderSpooled { artifact, offset, len } => self.recorder_spooled(artifact, offset, len),
            Input::RecorderSealed { artifact, sealed } => self.recorder_sealed(artifact, sealed),
            Input::RecorderFailed { artifact } => self.recorder_failed(&artifact),
            Input::StillTaken { artifact, sealed, picture, .. } => self.still_taken(artifact, sealed, picture),
            Input::StillFailed { artifact } => self.still_failed(&artifact),

            Input::SpoolListed(entries) => self.spool_listed(entries),
            Input::StillKept { artifact, picture } => self.still_kept(&artifact, picture),
            Input::SpoolSealed { artifact, sealed } => self.uploads(upload::Input::Sealed { artifact, sealed }),
            Input::StoreFailed(code) => {
                self.store_trouble = Some(code);
                // A store that cannot be listed holds nothing that could be waited for.
                self.spool_known = true;
            }
            Input::Elsewhere(elsewhere) => self.elsewhere(elsewhere),
            Input::Uploaded { artifact, answer } => self.uploaded(artifact, answer),
        }
    }

    fn everything_due(&mut self) {
        self.calls_due();
        self.uploads(upload::Input::Tick);
        self.camera_due();
        self.recording_due();
        self.looks_due();
        self.shell_due();
        self.advance_evaluation();
        self.look_after();
        self.look_for_reading();
        self.renew_offer();
    }

    fn deadline(&self) -> Option<Timestamp> {
        let due = [
            self.calls.deadline(),
            self.upload.deadline(),
            self.desk.stream_deadline(self.page.visible),
            self.recording_deadline(),
            self.shutter_deadline(),
            self.shell_deadline(),
            self.evaluation_deadline(),
            self.reading_deadline(),
        ];
        due.into_iter().flatten().min()
    }

    /// Another tab works on this case, or has let go of it.
    fn elsewhere(&mut self, elsewhere: bool) {
        let was_elsewhere = std::mem::replace(&mut self.elsewhere, elsewhere);
        if elsewhere {
            self.uploads(upload::Input::Held(true));
            return self.fail(ErrorCode::SessionElsewhere, None, Resume::Lock);
        }
        let shown = |over: &Over| matches!(over, Over::Failed(failure) if failure.code == ErrorCode::SessionElsewhere);
        self.overs.retain(|over| !shown(over));
        if was_elsewhere {
            // What the other tab has sent meanwhile only the store and the server know.
            self.upload = Upload::new(self.ids.split());
            self.uploads(upload::Input::Online(self.page.online));
            self.spool_known = false;
            self.out.push(Output::ListSpool);
            self.ask(Request::Session);
        }
    }
}
