//! The page part as JavaScript sees it, and the one place where outputs of the session are performed.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use gloo_events::EventListener;
use js_sys::{Array, Function};
use lichtbild_protocol::{
    ErrorCode,
    case::{ArtifactId, CaseId},
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlVideoElement;

use super::convert::{from_js, thrown};
use crate::{
    artifact::Artifact,
    config::{Config, ConfigInput},
    observation::ZoneWish,
    session::{Input, Output, Session},
    surface::CaptureEvent,
    upload,
    web::{
        Feed,
        backend::{Backend, token_of_this_tab},
        calls,
        camera::{CameraStream, Slot},
        crypto,
        db::Db,
        devices, dom,
        events::Listening,
        facts,
        frames::{self, Frames},
        js::{from_json, to_js},
        level::LevelMeter,
        lock::TabLock,
        page_events, panic,
        recorder::Recorder,
        still,
        store::Store,
        timer::{Timer, now},
        tus::{self, Tus},
        wakelock::WakeLock,
        worker::{Engine, EngineAssets},
    },
};

/// One person's way through one case, in one page.
#[wasm_bindgen]
pub struct Page {
    desk: Rc<Desk>,
}

#[wasm_bindgen]
impl Page {
    /// `config_json`: `ConfigInput`; `assets_json`: `{workerUrl, engineWasmUrl, documentModelUrl, finderModelUrl, readerModelUrl,
    /// version}`; `emit` hears every `CaptureEvent`, never during a call into the page. `shell`: `{streams, stopped, record}`. Whenever
    /// a stream is open it is in `streams`; `stopped` is called once, should the page part panic: it does nothing any more, and what is in
    /// `streams` has to be stopped. `record` is
    /// the recorder for browsers whose own yields nothing (`web::codecs`).
    ///
    /// # Errors
    /// `config.invalid`.
    #[wasm_bindgen(constructor)]
    pub fn new(config_json: &str, assets_json: &str, emit: Function, shell: &JsValue) -> Result<Page, JsValue> {
        panic::watch(dom::get(shell, "stopped").dyn_into()?);
        let invalid = |message: &str| thrown(ErrorCode::ConfigInvalid, message);
        let mut input: ConfigInput = from_json(config_json).map_err(|error| invalid(&error.to_string()))?;
        let assets: EngineAssets = from_json(assets_json).map_err(|error| invalid(&error.to_string()))?;
        if input.session.is_none() && input.handoff.is_none() {
            input.session = token_of_this_tab();
        }
        let origin = dom::window().location().origin()?;
        let config =
            Config::complete(input, &origin).map_err(|code| thrown(code, "endpoint, or both session and handoff"))?;
        Ok(Self { desk: Desk::open(config, assets, emit, shell) })
    }

    /// Does what the person chose, at once: what needs a user's gesture is asked within this call.
    ///
    /// # Errors
    /// `request.invalid` for what is no `Action`.
    pub fn act(&self, action: &JsValue) -> Result<(), JsValue> {
        let action = from_js(action)?;
        self.desk.take(Input::Acted(action));
        Ok(())
    }

    /// Shows the camera's picture in this element.
    pub fn attach(&self, video: HtmlVideoElement) {
        self.desk.frames.show_in(video, &self.desk.feed);
    }

    /// What there is to draw.
    pub fn snapshot(&self) -> JsValue {
        to_js(&self.desk.session.borrow().snapshot(now()))
    }

    /// Lets go of camera, worker, timers and listeners. What was recorded stays in the store.
    pub fn dispose(&self) {
        self.desk.close();
    }
}

/// The session and every part of the shell it commands.
struct Desk {
    session: RefCell<Session>,
    inputs: RefCell<VecDeque<Input>>,
    busy: Cell<bool>,
    closed: Cell<bool>,
    feed: Feed,
    assets: EngineAssets,
    shell: JsValue,
    case: RefCell<CaseId>,

    emit: Function,
    events: RefCell<Vec<CaptureEvent>>,

    backend: Rc<Backend>,
    store: Rc<Store>,
    tus: Rc<Tus>,
    timer: Timer,
    camera: Rc<Slot>,
    frames: Rc<Frames>,
    engine: RefCell<Option<Rc<Engine>>>,
    stills: Rc<still::Stills>,
    recorder: RefCell<Option<Recorder>>,
    meter: RefCell<Option<LevelMeter>>,
    awake: RefCell<Option<WakeLock>>,
    lock: RefCell<Option<TabLock>>,
    listening: RefCell<Option<Listening>>,
    listeners: RefCell<Vec<EventListener>>,
}

impl Desk {
    fn open(config: Config, assets: EngineAssets, emit: Function, shell: &JsValue) -> Rc<Self> {
        let desk = Rc::new_cyclic(|weak: &std::rc::Weak<Self>| {
            let weak = weak.clone();
            let feed = Feed::new(move |input| {
                if let Some(desk) = weak.upgrade() {
                    desk.take(input);
                }
            });
            let db = Rc::new(Db::default());
            Self {
                backend: Rc::new(Backend::new(config.endpoint.clone(), db.clone())),
                store: Rc::new(Store::new(db, feed.clone())),
                session: RefCell::new(Session::new(config, u128::from_le_bytes(crypto::random()))),
                inputs: RefCell::default(),
                busy: Cell::new(false),
                closed: Cell::new(false),
                feed,
                assets,
                shell: shell.clone(),
                case: RefCell::default(),
                emit,
                events: RefCell::default(),
                tus: Rc::default(),
                timer: Timer::default(),
                camera: Rc::new(Slot::listed_in(dom::get(shell, "streams").unchecked_into())),
                frames: Rc::default(),
                engine: RefCell::default(),
                stills: Rc::default(),
                recorder: RefCell::default(),
                meter: RefCell::default(),
                awake: RefCell::default(),
                lock: RefCell::default(),
                listening: RefCell::default(),
                listeners: RefCell::default(),
            }
        });
        *desk.listeners.borrow_mut() = page_events::listen(&desk.feed);
        let (store, feed) = (desk.store.clone(), desk.feed.clone());
        spawn_local(async move {
            let missing = facts::missing().await;
            let facts = facts::device(&missing).await;
            let history = store.history().await;
            feed.give(Input::Opened { missing, facts, history, online: page_events::online() });
        });
        desk
    }

    /// Takes an input, and whatever its outputs bring about at once, in order.
    fn take(self: &Rc<Self>, input: Input) {
        if self.closed.get() {
            return;
        }
        self.inputs.borrow_mut().push_back(input);
        if self.busy.replace(true) {
            return;
        }
        while let Some(input) = self.next_input() {
            if let Input::StreamOpened { facts, .. } = &input {
                self.stream_opened(facts.has_audio);
            }
            let outputs = self.session.borrow_mut().handle(now(), input);
            for output in outputs {
                self.perform(output);
            }
        }
        self.busy.set(false);
    }

    fn next_input(&self) -> Option<Input> {
        self.inputs.borrow_mut().pop_front()
    }

    fn perform(self: &Rc<Self>, output: Output) {
        let feed = self.feed.clone();
        match output {
            Output::Emit(event) => self.tell(event),
            Output::WakeAt(at) => self.timer.wake_at(at, feed),

            Output::Call { request, what } => {
                let backend = self.backend.clone();
                spawn_local(async move { calls::call(&backend, request, what, feed).await });
            }
            Output::UseToken(token) => self.backend.use_token(token),
            Output::Bind(case) => {
                self.backend.bind();
                self.lock.take();
                self.case.borrow_mut().clone_from(&case);
                *self.lock.borrow_mut() = Some(TabLock::take(&case, &feed));
            }
            Output::Listen => *self.listening.borrow_mut() = Some(Listening::start(self.backend.clone(), feed)),
            Output::StopListening => drop(self.listening.take()),
            Output::Record(entry) => self.with_store(async move |store| store.record(entry).await),
            Output::CloseCase(case) => {
                self.backend.forget_token();
                self.with_store(async move |store| store.close(&case).await);
            }
            Output::ListSpool => {
                let (case, stills) = (self.case.borrow().clone(), self.stills.clone());
                self.with_store(async move |store| {
                    for (still, len) in store.list(&case).await {
                        if let Some(bytes) = store.read(&still, 0..len).await {
                            stills.bring_back(still, &bytes, &feed);
                        }
                    }
                });
            }
            Output::UploadTo { url } => self.tus.create_at(url),
            Output::Upload(output) => self.upload(output),

            Output::QueryPermissions => spawn_local(async move {
                let camera = devices::permission("camera").await;
                let microphone = devices::permission("microphone").await;
                feed.give(Input::Permissions { camera, microphone });
            }),
            Output::ListCameras => spawn_local(async move { page_events::tell_devices(&feed).await }),
            Output::OpenStream { sequence, media } => {
                self.stream_closed();
                self.camera.open(sequence, &media, feed);
            }
            Output::CloseStream => {
                self.stream_closed();
                self.camera.close();
            }
            Output::Tune { torch, zoom } => self.camera.tune(torch, zoom, feed),
            Output::KeepAwake(wanted) => *self.awake.borrow_mut() = wanted.then(WakeLock::take),
            Output::LoadEngine => self.load_engine(),
            Output::DropEngine => drop(self.engine.take()),
            Output::LookAt { frame, zone } => self.look_at(frame, zone),
            Output::LookAtStill { artifact, zone } => self.look_at_still(artifact, zone),
            Output::Glance => {
                if let Some(seen) = self.frames.glance() {
                    feed.give(Input::Glanced(seen));
                }
            }
            Output::StartRecording { artifact, kind } => {
                let id = artifact.id.clone();
                let open = self.camera.open.borrow();
                let by = dom::get(&self.shell, "record");
                let start = |open: &CameraStream| {
                    Recorder::start(open.stream(), artifact, &kind, &by, self.store.clone(), &feed)
                };
                let recorder = open.as_ref().and_then(|open| start(open).ok());
                if recorder.is_none() {
                    feed.give(Input::RecorderFailed { artifact: id });
                }
                *self.recorder.borrow_mut() = recorder;
            }
            Output::NudgeRecorder => self.with_recorder(Recorder::nudge),
            Output::StopRecording => self.with_recorder(Recorder::stop),
            Output::AbortRecording => drop(self.recorder.take()),
            Output::TakeStill { artifact, full } => self.take_still(artifact, full),
            Output::ReleasePicture { picture } => self.stills.release(&picture),
            Output::Tick => {
                dom::call(&dom::window().navigator(), "vibrate", &Array::of1(&15.into()));
            }
        }
    }

    fn upload(&self, output: upload::Output) {
        use upload::Output as Out;
        match output {
            Out::Create { .. } | Out::Send { .. } | Out::AskOffset { .. } => {
                let (tus, backend, feed) = (self.tus.clone(), self.backend.clone(), self.feed.clone());
                self.with_store(async move |store| tus.perform(output, &backend, &store, &feed).await);
            }
            Out::Terminate { location } => {
                let backend = self.backend.clone();
                spawn_local(async move { tus::terminate(&location, &backend).await });
            }
            Out::Remember { artifact, location } => {
                self.with_store(async move |store| store.remember(&artifact, location).await);
            }
            Out::Forget { artifact, up_to } => self.with_store(async move |store| store.forget(&artifact, up_to).await),
            Out::Done { artifact } | Out::Lost { artifact, .. } | Out::Discard { artifact } => {
                self.with_store(async move |store| store.remove(&artifact).await);
            }
            // The session has one clock for all its parts.
            Out::WakeAt(_) => {}
        }
    }

    fn with_store(&self, work: impl AsyncFnOnce(Rc<Store>) + 'static) {
        let store = self.store.clone();
        spawn_local(async move { work(store).await });
    }

    fn with_recorder(&self, work: impl FnOnce(&Recorder)) {
        if let Some(recorder) = &*self.recorder.borrow() {
            work(recorder);
        }
    }

    fn stream_opened(&self, has_audio: bool) {
        let open = self.camera.open.borrow();
        let Some(open) = &*open else { return };
        self.frames.play(open.stream(), &self.feed);
        // Without a meter the recording is as good; only nothing moves.
        *self.meter.borrow_mut() =
            has_audio.then(|| LevelMeter::start(open.stream(), self.feed.clone()).ok()).flatten();
    }

    fn stream_closed(&self) {
        self.meter.take();
        self.frames.stop();
    }

    fn load_engine(&self) {
        let engine = Engine::load(&self.assets, &self.feed);
        if engine.is_err() {
            self.feed.give(Input::EngineLost(ErrorCode::EngineUnavailable));
        }
        *self.engine.borrow_mut() = engine.ok().map(Rc::new);
    }

    fn look_at(&self, frame: u32, zone: ZoneWish) {
        let Some(engine) = self.engine.borrow().clone() else { return };
        let (frames, at) = (self.frames.clone(), now());
        spawn_local(async move {
            let Some(source) = frames.current().await else { return };
            if engine.look(frame, at, zone, &source).is_err() {
                // It stayed here; the session notices that no answer comes.
                frames::close(&source);
            }
        });
    }

    fn look_at_still(&self, artifact: ArtifactId, zone: ZoneWish) {
        let picture = self.stills.of(&artifact);
        let engine = self.engine.borrow();
        let handed = engine
            .as_ref()
            .zip(picture.as_ref())
            .is_some_and(|(engine, picture)| engine.look_at_still(artifact.clone(), now(), zone, picture).is_ok());
        if !handed {
            picture.iter().for_each(frames::close);
            self.feed.give(Input::StillSeen { artifact, seen: None });
        }
    }

    fn take_still(&self, artifact: Artifact, full: bool) {
        let track = || self.camera.open.borrow().as_ref()?.video_track().map(still::Source::Photograph);
        let frame = || self.frames.video().map(still::Source::Frame);
        match if full { track() } else { frame() } {
            Some(source) => {
                spawn_local(still::take(source, artifact, self.store.clone(), self.stills.clone(), self.feed.clone()));
            }
            None => self.feed.give(Input::StillFailed { artifact: artifact.id }),
        }
    }

    /// Events are told together in a microtask, outside every borrow.
    fn tell(self: &Rc<Self>, event: CaptureEvent) {
        let mut events = self.events.borrow_mut();
        events.push(event);
        if events.len() == 1 {
            let desk = self.clone();
            spawn_local(async move {
                let events = desk.events.take();
                for event in events.iter().filter(|_| !desk.closed.get()) {
                    if let Err(thrown) = desk.emit.call1(&JsValue::UNDEFINED, &to_js(event)) {
                        wasm_bindgen::throw_val(thrown);
                    }
                }
            });
        }
    }

    fn close(&self) {
        self.closed.set(true);
        self.timer.stop();
        self.recorder.take();
        self.stream_closed();
        self.camera.close();
        self.stills.release_all();
        self.engine.take();
        self.awake.take();
        self.lock.take();
        self.listening.take();
        self.listeners.take();
    }
}
