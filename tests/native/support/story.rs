//! One page in virtual time: performs the session's outputs with fakes, feeds back what they answer, and knows how a patient
//! person walks through the screens.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use lichtbild::{
    capture::{Glance, PermissionState},
    config::{Config, Entry},
    observation::{DocumentClass, DocumentSeen, Observation},
    session::{Input, Output, Session},
    surface::{Action, CameraStage, CaptureEvent, Permission, Purpose, Screen, Snapshot},
    time::{Millis, Timestamp},
    upload::{self, Answer},
};
use lichtbild_protocol::{
    ErrorCode, Sensitive,
    capture::DeviceFacts,
    flow::{DocumentKind, PermitCategory, ReadingState, Side},
};

use super::{
    device::{FakeCameras, Recording, Store},
    server::{NUMBER, Server, TOKEN},
    words::name,
};

const START: Timestamp = Timestamp(1_795_512_600_000);
const ROUND_TRIP: Millis = Millis(60);
const DEVICE_TICK: Millis = Millis(100);

/// The line between page and server.
pub struct Line {
    pub online: bool,
    /// Share of requests and of answers that are lost, in percent.
    pub loss: u64,
    /// Something answers in the server's place.
    pub captive: bool,
}

pub struct Story {
    pub now: Timestamp,
    pub session: Session,
    pub server: Rc<RefCell<Server>>,
    pub device: FakeCameras,
    pub store: Store,
    pub line: Line,
    pub events: Vec<CaptureEvent>,
    pub outputs: Vec<Output>,
    pub missing: Vec<ErrorCode>,
    key: &'static str,
    token: String,
    listening: bool,
    seen_revision: u64,
    queue: BTreeMap<(Timestamp, u64), Input>,
    queued: u64,
    wake_at: Option<Timestamp>,
    next_tick: Timestamp,
    frames: u32,
    dice: u64,
    pages: u128,
    pub document: DocumentKind,
    /// Bytes do not get through, requests do.
    pub hold_uploads: bool,
    deaf: bool,
}

impl Story {
    pub fn new(server: Rc<RefCell<Server>>) -> Self {
        Self::with(server, "desktop", &Entry::Session(Sensitive::new(TOKEN.to_owned())))
    }

    pub fn with(server: Rc<RefCell<Server>>, key: &'static str, entry: &Entry) -> Self {
        let story = Self {
            now: START,
            session: page(entry, 1),
            server,
            device: FakeCameras::phone(),
            store: Store::default(),
            line: Line { online: true, loss: 0, captive: false },
            events: Vec::new(),
            outputs: Vec::new(),
            missing: Vec::new(),
            key,
            token: String::new(),
            listening: false,
            seen_revision: 0,
            queue: BTreeMap::new(),
            queued: 0,
            wake_at: None,
            next_tick: START,
            frames: 0,
            dice: 7,
            pages: 1,
            document: DocumentKind::GermanIdCard,
            hold_uploads: false,
            deaf: false,
        };
        story.server.borrow_mut().tick(START);
        story
    }

    /// The page is loaded.
    pub fn open(&mut self) {
        let facts = DeviceFacts { browser: "Chromium 156".into(), ..DeviceFacts::default() };
        let missing = self.missing.clone();
        self.feed(Input::Opened { missing, facts, history: Vec::new(), online: self.line.online });
    }

    /// The page is loaded again: everything in memory is gone, the store and the key stay.
    pub fn reload(&mut self) {
        self.pages += 1;
        // A claimed hand-off left its token for the reload.
        let entry = Entry::Session(Sensitive::new(self.token.clone()));
        self.session = page(&entry, self.pages);
        self.queue.clear();
        self.wake_at = None;
        self.listening = false;
        self.seen_revision = 0;
        self.device.open = None;
        self.device.recording = None;
        self.open();
    }

    pub fn snapshot(&self) -> Snapshot {
        self.session.snapshot(self.now)
    }

    pub fn act(&mut self, action: Action) {
        self.feed(Input::Acted(action));
    }

    pub fn feed(&mut self, input: Input) {
        let quiet = matches!(input, Input::FrameAvailable { .. } | Input::Level(_) | Input::Tick);
        let heard = format!("{input:?}");
        let outputs = self.session.handle(self.now, input);
        if !quiet {
            keeps_secrets(&heard);
            keeps_secrets(&format!("{outputs:?} {:?}", self.session));
        }
        for output in outputs {
            self.perform(output);
        }
    }

    pub fn later(&mut self, after: Millis, input: Input) {
        self.queued += 1;
        self.queue.insert((self.now + after, self.queued), input);
    }

    /// Lets time pass.
    pub fn wait(&mut self, millis: u64) {
        let until = self.now + Millis(millis);
        loop {
            let queued = self.queue.keys().next().map(|(at, _)| *at);
            let at =
                [queued, self.wake_at, Some(self.next_tick)].into_iter().flatten().min().expect("the device ticks");
            if at > until {
                break;
            }
            self.now = self.now.max(at);
            self.server.borrow_mut().tick(self.now);
            if self.next_tick <= self.now {
                self.next_tick = self.now + DEVICE_TICK;
                self.device_tick();
            }
            if self.wake_at.is_some_and(|at| at <= self.now) {
                self.wake_at = None;
                self.feed(Input::Tick);
            }
            while let Some(entry) = self.queue.first_entry()
                && entry.key().0 <= self.now
            {
                let input = entry.remove();
                self.feed(input);
            }
        }
        self.now = until;
    }

    /// Waits until something holds, at most so many seconds.
    #[track_caller]
    pub fn until(&mut self, seconds: u64, what: &str, holds: impl Fn(&Self) -> bool) {
        for _ in 0..seconds * 10 {
            if holds(self) {
                return;
            }
            self.wait(100);
        }
        panic!("{seconds} s passed without: {what}; the screen is {:?}", self.sees());
    }

    /// The screen in words.
    pub fn sees(&self) -> String {
        name(&self.snapshot().screen)
    }

    #[track_caller]
    pub fn must_see(&self, expected: &str) {
        assert_eq!(self.sees(), expected);
    }

    /// Walks on like a patient person until a screen whose words begin like this, at most so many seconds.
    #[track_caller]
    pub fn walk_to(&mut self, screen: &str) {
        self.walk(screen, 600);
    }

    #[track_caller]
    pub fn walk(&mut self, screen: &str, seconds: u64) {
        for _ in 0..seconds * 4 {
            if self.sees().starts_with(screen) {
                return;
            }
            self.next_step();
            if self.sees().starts_with(screen) {
                return;
            }
            self.wait(250);
        }
        panic!("never came to {screen:?}; the screen is {:?}", self.sees());
    }

    /// What a patient person does at this screen.
    pub fn next_step(&mut self) {
        let action = match self.snapshot().screen {
            Screen::Register { busy: false } | Screen::Explainer { busy: false, .. } | Screen::Repeat { .. } => {
                Action::Continue
            }
            Screen::HandoffClaim { busy: false, .. } => Action::AcceptHandoff { number: NUMBER.into() },
            Screen::Consents { items, busy: false } => match items.into_iter().find(|item| !item.ticked) {
                Some(item) => Action::Tick { id: item.consent.id, on: true },
                None => Action::Continue,
            },
            Screen::ConsentRefused => Action::Back,
            Screen::Permissions { camera: Permission::Open | Permission::Failed { .. }, .. } => Action::AskCamera,
            Screen::Permissions {
                microphone: Permission::Open | Permission::Failed { .. },
                camera: Permission::Granted,
            } => Action::AskMicrophone,
            Screen::Permissions {
                camera: Permission::Granted,
                microphone: Permission::Granted | Permission::NotNeeded,
            }
            | Screen::DataConfirmation {
                reading: ReadingState::Ready | ReadingState::Unreadable, busy: false, ..
            } => Action::Continue,
            Screen::DocumentChoice { busy: false, .. } => Action::ChooseDocument { kind: self.document },
            Screen::CategoryChoice { busy: false, .. } => Action::ChooseCategory { category: PermitCategory::B },
            Screen::DataConfirmation { reading: ReadingState::Reading, slow: true, .. } => Action::Retake,
            Screen::Attestation { items, busy: false } => match items.into_iter().find(|item| !item.ticked) {
                Some(item) => Action::Tick { id: item.statement.id, on: true },
                None => Action::Attest { clerk: Sensitive::new("Verkauf 12".into()) },
            },
            Screen::Camera(camera) => match camera.stage {
                CameraStage::Closed => Action::OpenCamera,
                CameraStage::Live if matches!(camera.purpose, Purpose::DocumentPhoto { .. }) => Action::TakePhoto,
                CameraStage::Live => Action::Record,
                CameraStage::Recording { can_stop: true, .. } => Action::StopRecording,
                _ => return,
            },
            Screen::Review { busy: false, .. } => Action::Confirm,
            _ => return,
        };
        self.act(action);
    }

    // The fakes.

    fn perform(&mut self, output: Output) {
        match &output {
            Output::WakeAt(at) => self.wake_at = Some(*at),
            Output::Emit(event) => self.events.push(event.clone()),
            Output::Call { request, what } => self.call(*request, what),
            Output::UseToken(token) => self.token.clone_from(token.expose()),
            Output::Listen => {
                self.listening = self.line.online && !self.line.captive && !self.deaf;
                self.seen_revision = 0;
                if !self.listening {
                    self.later(ROUND_TRIP, Input::EventsLost);
                }
            }
            Output::StopListening => self.listening = false,
            Output::ListSpool => self.list_spool(),
            Output::Upload(output) => self.upload(output),
            Output::QueryPermissions => {
                let (camera, microphone) = (self.device.camera, self.device.microphone);
                self.later(Millis(5), Input::Permissions { camera, microphone });
            }
            Output::ListCameras => {
                self.later(Millis(10), Input::Cameras(self.device.listed()));
                self.later(Millis(10), Input::Missing(self.missing.clone()));
            }
            Output::OpenStream { sequence, media } if !self.device.hangs => {
                let sequence = *sequence;
                let input = match self.device.open(media.clone()) {
                    Ok(facts) => Input::StreamOpened { sequence, facts },
                    Err(refusal) => Input::StreamRefused { sequence, refusal },
                };
                self.later(Millis(400), input);
            }
            Output::CloseStream => {
                self.device.open = None;
                self.device.recording = None;
            }
            Output::LoadEngine if self.device.engine_comes => {
                let input = if self.device.engine {
                    Input::EngineReady { documents: true, reads: true }
                } else {
                    Input::EngineLost(ErrorCode::EngineUnavailable)
                };
                self.later(Millis(800), input);
            }
            Output::LookAt { frame, zone } if self.device.engine_answers => {
                self.device.wishes.push(*zone);
                let seen = Observation { frame: *frame, at: self.now, ..self.picture() };
                self.later(Millis(12), Input::Observed(seen));
            }
            Output::LookAtStill { artifact, .. } if self.device.engine_answers => {
                let seen = Some(Observation { at: self.now, motion: None, ..self.picture() });
                self.later(Millis(60), Input::StillSeen { artifact: artifact.clone(), seen });
            }
            Output::Glance => {
                let seen = Glance::from(&self.device.picture);
                self.later(Millis(5), Input::Glanced(seen));
            }
            Output::StartRecording { artifact, kind } => {
                if (self.device.refused_kinds)(kind) {
                    self.later(Millis(1), Input::RecorderFailed { artifact: artifact.id.clone() });
                } else {
                    let slice = (u64::from(kind.timeslice_millis) / 100).max(1);
                    let artifact = artifact.clone();
                    self.device.recording = Some(Recording { artifact, bytes: 0, pending: 0, since_slice: 0, slice });
                }
            }
            Output::StopRecording => self.stop_recorder(),
            Output::AbortRecording => self.device.recording = None,
            Output::TakeStill { artifact, .. } => {
                if self.device.stills {
                    let mut artifact = artifact.clone();
                    artifact.media_type = "image/jpeg".into();
                    self.store.put(&artifact, 400_000);
                    let sealed = self.store.seal(&artifact.id).expect("it was just put there");
                    let picture = format!("blob:{}", artifact.id);
                    self.later(
                        self.device.still_after,
                        Input::StillTaken { artifact, sealed, width: 1920, height: 1080, picture },
                    );
                } else {
                    self.later(self.device.still_after, Input::StillFailed { artifact: artifact.id.clone() });
                }
            }
            _ => {}
        }
        if !matches!(output, Output::WakeAt(_) | Output::LookAt { .. } | Output::Emit(_)) {
            self.outputs.push(output);
        }
    }

    fn list_spool(&mut self) {
        let listed = self.store.listed();
        let cut_off: Vec<String> =
            listed.iter().filter(|it| it.sealed.is_none()).map(|it| it.artifact.id.clone()).collect();
        self.later(Millis(20), Input::SpoolListed(listed));
        let stills: Vec<String> =
            ["front-photo", "back-photo"].iter().flat_map(|step| self.store.stills(step)).collect();
        for artifact in stills {
            let picture = format!("blob:{artifact}, again");
            self.later(Millis(30), Input::StillKept { artifact, picture });
        }
        for artifact in cut_off {
            if let Some(sealed) = self.store.seal(&artifact) {
                self.later(Millis(40), Input::SpoolSealed { artifact, sealed });
            }
        }
    }

    /// What the camera shows: whoever is asked for a side shows that side.
    fn picture(&self) -> Observation {
        let asked = match self.snapshot().screen {
            Screen::Camera(camera) => match camera.purpose {
                Purpose::DocumentVideo { side } | Purpose::DocumentPhoto { side } => Some(side),
                Purpose::SelfieVideo => None,
            },
            _ => None,
        };
        let class = match asked {
            Some(Side::Back) => DocumentClass::IdBack,
            _ if self.document == DocumentKind::Passport => DocumentClass::PassportPage,
            _ => DocumentClass::IdFront,
        };
        let document = self.device.picture.document.map(|document| DocumentSeen {
            class: if document.class == DocumentClass::IdFront { class } else { document.class },
            ..document
        });
        Observation { document, ..self.device.picture.clone() }
    }

    fn roll(&mut self) -> bool {
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.dice >> 33) % 100 < self.line.loss
    }

    /// Whether a request reaches the server, and whether its answer comes back.
    fn passes(&mut self) -> (Result<(), ErrorCode>, bool) {
        let there = if !self.line.online {
            Err(ErrorCode::NetworkOffline)
        } else if self.line.captive {
            Err(ErrorCode::NetworkBlocked)
        } else if self.roll() {
            Err(ErrorCode::NetworkUnreachable)
        } else {
            Ok(())
        };
        let back = !self.roll();
        (there, back)
    }

    fn call(&mut self, request: u32, what: &lichtbild::session::Request) {
        let input = match self.passes() {
            (Err(code), _) => Input::Failed { request, code, detail: None },
            (Ok(()), back) => {
                let answer = self.server.borrow_mut().call(what, self.key, &self.token);
                match answer {
                    _ if !back => Input::Failed { request, code: ErrorCode::NetworkTimeout, detail: None },
                    Ok(reply) => Input::Answered { request, reply },
                    Err(code) => Input::Failed { request, code, detail: None },
                }
            }
        };
        self.later(ROUND_TRIP, input);
    }

    fn upload(&mut self, output: &upload::Output) {
        use upload::Output as Out;
        let (artifact, request) = match output {
            Out::Create { artifact, .. } => (artifact.id.clone(), true),
            Out::Send { artifact, .. } | Out::AskOffset { artifact, .. } => (artifact.clone(), true),
            Out::Remember { artifact, location } => {
                if let Some(kept) = self.store.entries.get_mut(artifact) {
                    kept.location = Some(location.clone());
                }
                return;
            }
            Out::Forget { artifact, up_to } => {
                if let Some(kept) = self.store.entries.get_mut(artifact) {
                    kept.from = *up_to;
                }
                return;
            }
            Out::Done { artifact } | Out::Discard { artifact } => {
                self.store.entries.remove(artifact);
                return;
            }
            Out::Lost { artifact, .. } => (artifact.clone(), false),
            Out::Terminate { .. } => return,
            Out::WakeAt(_) => panic!("the session has one clock"),
        };
        if !request {
            return;
        }
        let unreachable = |code| Answer::Unreachable { code, after: None };
        let answer = match self.passes() {
            (Err(code), _) => unreachable(code),
            (Ok(()), _) if self.hold_uploads => unreachable(ErrorCode::NetworkUnreachable),
            (Ok(()), back) => {
                let mut server = self.server.borrow_mut();
                let answer = match output {
                    Out::Create { artifact, len, length } => server.create(artifact, *len, *length, &self.token),
                    Out::Send { artifact, offset, len, length, .. } => {
                        server.patch(artifact, *offset, *len, *length, &self.token)
                    }
                    _ => server.head(&artifact, &self.token),
                };
                if back { answer } else { unreachable(ErrorCode::NetworkTimeout) }
            }
        };
        self.later(ROUND_TRIP, Input::Uploaded { artifact, answer });
    }

    fn device_tick(&mut self) {
        let revision = self.server.borrow().snapshot.revision;
        if self.listening && self.line.online && !self.line.captive && revision != self.seen_revision {
            self.seen_revision = revision;
            let seen = self.server.borrow().seen_by(self.key);
            self.later(Millis(30), Input::Pushed(Box::new(seen)));
        }
        if self.device.open.is_none() {
            return;
        }
        if self.device.frames && self.device.open.as_ref().is_some_and(|media| media.video.is_some()) {
            self.frames += 1;
            self.feed(Input::FrameAvailable { frame: self.frames });
        }
        if self.device.open.as_ref().is_some_and(|media| media.audio) {
            self.feed(Input::Level(self.device.level));
        }
        let rate = self.device.rate;
        if let Some(recording) = &mut self.device.recording {
            recording.pending += rate;
            recording.since_slice += 1;
            if recording.since_slice >= recording.slice {
                recording.since_slice = 0;
                self.flush_recorder();
            }
        }
    }

    fn flush_recorder(&mut self) {
        let Some(recording) = &mut self.device.recording else { return };
        let len = std::mem::take(&mut recording.pending);
        if len == 0 {
            return;
        }
        if recording.bytes == 0 {
            recording.artifact.media_type = "video/webm;codecs=vp8,opus".into();
        }
        let first = recording.bytes == 0;
        recording.bytes += len;
        let artifact = recording.artifact.clone();
        let offset = self.store.put(&artifact, len);
        if first {
            self.feed(Input::RecorderOpened(artifact.clone()));
        }
        self.feed(Input::RecorderSpooled { artifact: artifact.id, offset, len });
    }

    fn stop_recorder(&mut self) {
        self.flush_recorder();
        if !self.device.seals {
            return;
        }
        if let Some(recording) = self.device.recording.take() {
            let artifact = recording.artifact.id;
            if let Some(sealed) = self.store.seal(&artifact) {
                self.later(Millis(80), Input::RecorderSealed { artifact, sealed });
            }
        }
    }

    // What stories ask.

    pub fn camera_is_on(&self) -> bool {
        self.device.open.is_some()
    }

    pub fn heard_failure(&self, code: ErrorCode) -> bool {
        self.events.iter().any(|event| matches!(event, CaptureEvent::Failed { code: heard, .. } if *heard == code))
    }

    pub fn allow_everything(&mut self) {
        self.device.camera = PermissionState::Granted;
        self.device.microphone = PermissionState::Granted;
    }

    /// Other luck on the line.
    pub fn shake(&mut self, dice: u64) {
        self.dice = dice;
    }

    /// Events do not come through any more.
    pub fn deafen(&mut self) {
        self.deaf = true;
        self.listening = false;
        self.feed(Input::EventsLost);
    }

    /// Whether something will happen by itself: a clock, an answer, an event.
    pub fn goes_on(&self) -> bool {
        self.wake_at.is_some() || !self.queue.is_empty() || self.listening
    }
}

/// What a person wrote for support, and names that every secret here begins with: nothing that is printed may hold them.
pub const PLANTED: &str = "Erika Mustermann, born 12 August 1983";
const SECRETS: [&str; 4] = [PLANTED, "secret-token", "handoff-secret", "Mustermann"];

fn keeps_secrets(printed: &str) {
    for secret in SECRETS {
        assert!(!printed.contains(secret), "{secret:?} was printed: {printed}");
    }
}

fn page(entry: &Entry, entropy: u128) -> Session {
    let config = Config { endpoint: "https://ident.example".into(), entry: entry.clone() };
    Session::new(config, entropy << 64 | 0x5eed)
}
