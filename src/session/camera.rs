//! The camera: asking for it, choosing a better one, and letting go of it.
//! In: streams, refusals, the list of cameras, time. Out: device commands. What is seen in it: `picture.rs`. What is recorded from it:
//! `recording.rs`.

use lichtbild_protocol::{ErrorCode, flow::Side, kind::ZoneSide};

use super::{
    Output, Place, Session,
    picture::Picture,
    place::{At, Local, Over},
    recording::Work,
    trouble::Resume,
};
use crate::{
    audio::Sound,
    capture::{
        Asked, Device, Facing, MediaRefusal, MediaRequest, Missing, Pacing, RecorderWay, StreamFacts, better_than,
        cameras_facing, cause, choose, facing_of, media_request, next_camera,
    },
    flow::{Guidance, Shutter, ShutterInput, Subject, Wanted, wanted},
    observation::{ZoneRead, ZoneWish},
    surface::{Permission, Purpose},
    time::{Millis, Timestamp},
};

/// The shell's own deadline is 60 s; this one holds should that fail.
const OPEN_WITHIN: Millis = Millis(65_000);
/// A camera that another program just let go of is asked for once more after this.
const IN_USE_AGAIN: Millis = Millis(700);

/// Camera, recorder and what they are at.
#[derive(Debug)]
pub(super) struct Desk {
    sequence: u32,
    pub stream: Stream,
    pub work: Work,
    /// Which kind of recording works here.
    pub kind: usize,
    /// Ways of recording that ran and yielded nothing.
    pub silent: Vec<RecorderWay>,
    pub tries: u8,
    /// The better camera was changed to once; the person's own choice stands afterwards.
    improved: bool,
    /// What took the picture away while nobody saw the page; brought back when somebody does.
    pub lost_unseen: Option<ErrorCode>,
}

#[derive(Debug)]
pub(super) enum Stream {
    Closed,
    Opening(Opening),
    Open(Box<Open>),
}

#[derive(Debug)]
pub(super) struct Opening {
    sequence: u32,
    since: Timestamp,
    media: MediaRequest,
    relaxed: bool,
    /// `Some`: asked again at that time, because it was in use.
    again_at: Option<Timestamp>,
    retried: bool,
    /// It is being brought back after this.
    pub because: Option<ErrorCode>,
}

#[derive(Debug)]
pub(super) struct Open {
    pub facts: StreamFacts,
    pub picture: Picture,
    pub pacing: Pacing,
    pub guidance: Guidance,
    pub sound: Sound,
    pub torch: Option<bool>,
    /// It magnifies, since its lens cannot focus as near as the document was.
    pub zoom: Option<f32>,
    pub mirrored: bool,
    /// Takes stills of documents by itself.
    pub shutter: Option<Shutter>,
    /// The person may take the photograph.
    pub offers_button: bool,
    /// The zone on the side that is wanted, as it was last read.
    pub zone: Option<ZoneRead>,
}

impl Desk {
    pub const fn new() -> Self {
        Self {
            sequence: 0,
            stream: Stream::Closed,
            work: Work::Idle,
            kind: 0,
            silent: Vec::new(),
            tries: 0,
            improved: false,
            lost_unseen: None,
        }
    }

    pub const fn is_opening(&self) -> bool {
        matches!(self.stream, Stream::Opening(_))
    }

    pub fn open(&self) -> Option<&Open> {
        match &self.stream {
            Stream::Open(open) => Some(open),
            _ => None,
        }
    }

    pub fn open_mut(&mut self) -> Option<&mut Open> {
        match &mut self.stream {
            Stream::Open(open) => Some(open),
            _ => None,
        }
    }

    /// Nothing that was asked of an engine before counts for the next one.
    pub fn forget_looks(&mut self) {
        if let Some(open) = self.open_mut() {
            open.pacing = Pacing::default();
        }
    }

    /// A photograph is being taken or a recording put away: `takePhoto` may stop the preview, the end of a track may be ours.
    pub const fn is_putting_away(&self) -> bool {
        matches!(self.work, Work::Photo { .. } | Work::Saving { .. })
    }

    /// What is due only in a page that is seen does not count in a hidden one.
    pub fn stream_deadline(&self, visible: bool) -> Option<Timestamp> {
        match &self.stream {
            Stream::Closed => None,
            Stream::Opening(Opening { again_at: Some(at), .. }) => visible.then_some(*at),
            Stream::Opening(opening) => Some(opening.since + OPEN_WITHIN),
            Stream::Open(open) => {
                let picture = open.picture.deadline();
                [
                    picture.filter(|_| visible && !self.is_putting_away()),
                    open.guidance.deadline(),
                    open.pacing.deadline(),
                ]
                .into_iter()
                .flatten()
                .min()
            }
        }
    }
}

impl Session {
    /// What the camera is for at the step at hand.
    pub(super) fn purpose(&self) -> Option<Purpose> {
        match &self.place {
            Place::Step(At { step, local: Local::Camera, .. }) => crate::flow::purpose(&step.kind),
            _ => None,
        }
    }

    /// Which side of which document is to be seen at the step at hand, if any.
    pub(super) fn wanted(&self) -> Option<Wanted> {
        match &self.place {
            Place::Step(At { step, local: Local::Camera, .. }) => {
                wanted(&step.kind, self.case.as_ref().and_then(|case| case.document))
            }
            _ => None,
        }
    }

    /// What the engine is to make of a machine-readable zone at the step at hand.
    pub(super) fn zone_wish(&self) -> ZoneWish {
        match self.wanted().filter(|_| self.reads_zones()).and_then(Wanted::zone) {
            Some(ZoneSide::This) => ZoneWish::Wanted,
            Some(ZoneSide::Other | ZoneSide::Either) => ZoneWish::Elsewhere,
            None => ZoneWish::None,
        }
    }

    /// Opens the camera for the step at hand; the person asked for it.
    pub(super) fn open_camera(&mut self) {
        let Some(purpose) = self.purpose() else { return };
        if !matches!(self.desk.work, Work::Idle) {
            return;
        }
        self.desk.tries = 0;
        self.open_stream(self.media_for(purpose));
    }

    pub(super) fn media_for(&self, purpose: Purpose) -> MediaRequest {
        let facing = facing(purpose);
        let device = self.picked(facing).or_else(|| choose(&self.cameras, facing));
        media_request(facing, device, !matches!(purpose, Purpose::DocumentPhoto { .. }))
    }

    pub(super) fn open_stream(&mut self, media: MediaRequest) {
        self.open_stream_because(media, None);
    }

    pub(super) fn open_stream_because(&mut self, media: MediaRequest, because: Option<ErrorCode>) {
        self.desk.sequence += 1;
        let sequence = self.desk.sequence;
        self.out.push(Output::OpenStream { sequence, media: media.clone() });
        self.desk.stream = Stream::Opening(Opening {
            sequence,
            since: self.now,
            media,
            relaxed: false,
            again_at: None,
            retried: false,
            because,
        });
    }

    /// Another step: what happened to the camera in the last one does not count.
    pub(super) const fn desk_fresh(&mut self) {
        self.desk.tries = 0;
        self.desk.improved = false;
    }

    /// Camera and microphone off; a running recording is thrown away, an unanswered question can be asked again.
    pub(super) fn stop_camera(&mut self) {
        self.abort_recording();
        self.desk.lost_unseen = None;
        if !matches!(self.desk.stream, Stream::Closed) {
            self.desk.stream = Stream::Closed;
            self.out.push(Output::CloseStream);
        }
        if let Place::Step(At { local: Local::Permissions { camera, microphone }, .. }) = &mut self.place {
            for permission in [camera, microphone] {
                if *permission == Permission::Asking {
                    *permission = Permission::Open;
                }
            }
        }
    }

    pub(super) fn stream_opened(&mut self, sequence: u32, facts: StreamFacts) {
        let media = match &self.desk.stream {
            Stream::Opening(opening) if opening.sequence == sequence => opening.media.clone(),
            Stream::Closed => return self.out.push(Output::CloseStream),
            _ => return,
        };
        if matches!(&self.place, Place::Step(At { local: Local::Permissions { .. }, .. })) {
            return self.permission_answered(media.video.is_some());
        }
        let Some(purpose) = self.purpose() else { return self.stop_camera() };
        let subject = self.wanted().map_or(Subject::Face, Subject::Document);
        let mirrored = mirrored(&facts, purpose);
        self.desk.stream = Stream::Open(Box::new(Open {
            torch: facts.torch.then_some(facts.lit),
            zoom: None,
            facts,
            picture: Picture::opened(self.now, self.page.visible),
            pacing: Pacing::default(),
            guidance: Guidance::new(subject, mirrored),
            mirrored,
            shutter: self.shutter_for_photo(mirrored),
            offers_button: false,
            zone: None,
            sound: Sound::from(self.now),
        }));
        self.out.push(Output::ListCameras);
        if self.engine_is_missing() {
            self.disarm();
        }
    }

    /// The open camera says anew what it is and what its torch does.
    pub(super) fn stream_changed(&mut self, sequence: u32, facts: StreamFacts) {
        let purpose = self.purpose();
        if sequence == self.desk.sequence
            && let Some(open) = self.desk.open_mut()
        {
            if let Some(purpose) = purpose {
                open.mirrored = mirrored(&facts, purpose);
                open.guidance.mirror(open.mirrored);
                open.shutter.iter_mut().for_each(|shutter| shutter.mirror(open.mirrored));
            }
            open.torch = facts.torch.then_some(facts.lit);
            open.facts = facts;
        }
    }

    pub(super) fn stream_refused(&mut self, sequence: u32, refusal: &MediaRefusal) {
        let Stream::Opening(opening) = &mut self.desk.stream else { return };
        if opening.sequence != sequence {
            return;
        }
        let video = opening.media.video.is_some();
        if matches!(&self.place, Place::Step(At { local: Local::Permissions { .. }, .. })) {
            self.desk.stream = Stream::Closed;
            return self.permission_refused(video, refusal);
        }
        let device = opening.media.video.as_mut().and_then(|video| video.device.take());
        if device.is_some()
            && !opening.relaxed
            && matches!(refusal.name.as_str(), "OverconstrainedError" | "NotFoundError")
        {
            let (media, because) = (opening.media.clone(), opening.because);
            if let Some(purpose) = self.purpose() {
                self.pick(facing(purpose), None);
            }
            self.open_stream_because(media, because);
            if let Stream::Opening(opening) = &mut self.desk.stream {
                opening.relaxed = true;
            }
            return;
        }
        if let Some(video) = &mut opening.media.video {
            video.device = device;
        }
        if !opening.retried && matches!(refusal.name.as_str(), "NotReadableError" | "AbortError") {
            opening.again_at = Some(self.now + IN_USE_AGAIN);
            return;
        }
        let asked = if opening.media.audio && video { Asked::Both } else { Asked::Camera };
        let code = cause(refusal, asked);
        self.desk.stream = Stream::Closed;
        self.fail(code, Some(refusal.name.clone()), Resume::Camera);
    }

    /// The list of cameras is new: a better one may be in it.
    pub(super) fn cameras_listed(&mut self, devices: Vec<Device>) {
        self.cameras = devices;
        let Some(purpose) = self.purpose() else { return };
        let facing = facing(purpose);
        let idle = matches!(self.desk.work, Work::Idle) && !self.desk.improved && self.picked(facing).is_none();
        let better = self
            .desk
            .open()
            .filter(|_| idle)
            .and_then(|open| better_than(&self.cameras, &open.facts.device.id, facing));
        if better.is_some() {
            self.desk.improved = true;
            self.open_stream(self.media_for(purpose));
        }
    }

    /// A camera was plugged in, or out.
    pub(super) fn missing_now(&mut self, missing: Missing) {
        self.page.missing = missing;
        if !self.lacks_something() {
            self.overs.retain(|over| !matches!(over, Over::Requirements));
        }
    }

    pub(super) fn can_switch(&self) -> bool {
        let usable = |purpose| cameras_facing(&self.cameras, facing(purpose)).len() > 1;
        self.purpose().is_some_and(usable)
    }

    /// Makes the next camera the person's choice.
    pub(super) fn pick_next_camera(&mut self) {
        let Some(purpose) = self.purpose() else { return };
        let facing = facing(purpose);
        let open = self.desk.open().map(|open| open.facts.device.id.clone());
        let current = open.or_else(|| self.picked(facing)).or_else(|| choose(&self.cameras, facing));
        if let Some(next) = next_camera(&self.cameras, current.as_deref(), facing) {
            self.pick(facing, Some(next));
        }
    }

    fn picked(&self, facing: Facing) -> Option<String> {
        let picked = &self.picks[usize::from(facing == Facing::Front)];
        picked.clone().filter(|id| self.cameras.iter().any(|device| device.id == *id))
    }

    fn pick(&mut self, facing: Facing, device: Option<String>) {
        self.picks[usize::from(facing == Facing::Front)] = device;
    }

    pub(super) fn set_torch(&mut self, on: bool) {
        if let Some(open) = self.desk.open_mut()
            && open.torch.is_some()
        {
            open.torch = Some(on);
            self.out.push(Output::Tune { torch: open.torch, zoom: open.zoom });
        }
    }

    pub(super) fn page_visible(&mut self, visible: bool) {
        let now = self.now;
        self.page.visible = visible;
        if let Some(open) = self.desk.open_mut() {
            open.picture.visible(visible, now);
        }
        if !visible {
            return;
        }
        if let Some(code) = self.desk.lost_unseen.take() {
            self.recover(code);
        }
        if self.awake {
            // The browser lets go of the lock with every page that is hidden.
            self.out.push(Output::KeepAwake(true));
        }
    }

    /// Everything about the stream that is due.
    pub(super) fn camera_due(&mut self) {
        let now = self.now;
        match &mut self.desk.stream {
            Stream::Closed => {}
            Stream::Opening(opening) => {
                if let Some(at) = opening.again_at {
                    if at <= now && self.page.visible {
                        let (media, because) = (opening.media.clone(), opening.because);
                        self.open_stream_because(media, because);
                        if let Stream::Opening(opening) = &mut self.desk.stream {
                            opening.retried = true;
                        }
                    }
                } else if opening.since + OPEN_WITHIN <= now {
                    let sequence = opening.sequence;
                    self.out.push(Output::CloseStream);
                    self.stream_refused(sequence, &timed_out());
                }
            }
            Stream::Open(open) => {
                open.guidance.tick(now);
                let silent_engine = open.pacing.overdue(now);
                self.shutter(ShutterInput::Tick);
                self.picture_due();
                if silent_engine {
                    self.engine_lost(ErrorCode::EngineCrashed);
                }
            }
        }
    }
}

/// Documents are seen by the rear camera, faces by the front one.
pub(super) const fn facing(purpose: Purpose) -> Facing {
    match purpose {
        Purpose::DocumentVideo { side: Side::Front | Side::Back } | Purpose::DocumentPhoto { .. } => Facing::Rear,
        Purpose::SelfieVideo => Facing::Front,
    }
}

/// The person sees the picture of a camera that looks at them as in a mirror.
fn mirrored(facts: &StreamFacts, purpose: Purpose) -> bool {
    facing_of(&facts.device, facts.facing).unwrap_or(facing(purpose)) == Facing::Front
}

fn timed_out() -> MediaRefusal {
    MediaRefusal {
        name: "Timeout".to_owned(),
        camera: crate::capture::PermissionState::Unknown,
        microphone: crate::capture::PermissionState::Unknown,
        policy_allows: true,
    }
}
