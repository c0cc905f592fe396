//! Cameras, microphone, recorder, engine and store of a device that exists only in time.

use std::collections::BTreeMap;

use lichtbild::{
    artifact::{Artifact, Sealed},
    capture::{Capabilities, Device, Facing, MediaRefusal, MediaRequest, PermissionState, RecorderKind, StreamFacts},
    observation::{DocumentClass, DocumentSeen, Observation, ZoneWish},
    time::{Millis, Timestamp},
    upload::Entry,
};
use lichtbild_protocol::case::ArtifactKind;

/// What the picture looks like.
pub const GOOD: Observation = Observation {
    frame: 0,
    at: Timestamp(0),
    sharpness: 0.9,
    brightness: 0.5,
    contrast: 0.6,
    glare: 0.0,
    motion: Some(0.01),
    identical: false,
    document: Some(CARD),
    zone: None,
    millis: 12.0,
};

/// A document that nothing is wrong with; the story gives it the side that is asked for.
pub const CARD: DocumentSeen = DocumentSeen {
    class: DocumentClass::IdFront,
    score: 0.98,
    quad: [[0.2, 0.2], [0.8, 0.2], [0.8, 0.85], [0.2, 0.85]],
    corners: [true; 4],
    cut: [0.0; 4],
    covered: 0.02,
    fill: 0.65,
    dpi: Some(320.0),
    tilt: 4.0,
    turn: 1.0,
    motion: Some(0.02),
    sharpness: 0.6,
    brightness: 0.55,
    contrast: 0.6,
    glare: 0.0,
    hidden: 0.0,
    shadow: 0.05,
};

pub struct FakeCameras {
    pub cameras: Vec<Device>,
    pub camera: PermissionState,
    pub microphone: PermissionState,
    pub policy_allows: bool,
    /// `getUserMedia` refuses with these names, one after the other; empty: it works.
    pub refusals: Vec<&'static str>,
    /// `getUserMedia` never answers.
    pub hangs: bool,
    pub picture: Observation,
    pub frames: bool,
    pub level: f32,
    /// Kinds of recording this browser refuses.
    pub refused_kinds: fn(&RecorderKind) -> bool,
    /// Bytes each tenth of a second.
    pub rate: u64,
    /// The recorder never seals.
    pub seals: bool,
    pub stills: bool,
    /// How long taking one lasts.
    pub still_after: Millis,
    /// The engine loads.
    pub engine: bool,
    /// Whether it loads is heard at all.
    pub engine_comes: bool,
    /// The engine answers about frames.
    pub engine_answers: bool,
    /// What it was to make of zones, look by look.
    pub wishes: Vec<ZoneWish>,
    pub open: Option<MediaRequest>,
    pub recording: Option<Recording>,
}

pub struct Recording {
    pub artifact: Artifact,
    pub bytes: u64,
    pub pending: u64,
    pub since_slice: u64,
    pub slice: u64,
}

fn camera(id: &str, label: &str, facing: &str) -> Device {
    let capabilities = Capabilities {
        facing_mode: vec![facing.to_owned()],
        focus_mode: vec!["continuous".into()],
        zoom_max: Some(8.0),
        ..Default::default()
    };
    Device { id: id.into(), label: label.into(), capabilities: Some(capabilities) }
}

impl FakeCameras {
    pub fn phone() -> Self {
        Self {
            cameras: vec![
                camera("front-1", "camera2 1, facing front", "user"),
                camera("rear-0", "camera2 0, facing back", "environment"),
                camera("rear-2", "camera2 2, facing back", "environment"),
            ],
            camera: PermissionState::Prompt,
            microphone: PermissionState::Prompt,
            policy_allows: true,
            refusals: Vec::new(),
            hangs: false,
            picture: GOOD,
            frames: true,
            level: 0.2,
            refused_kinds: |_| false,
            rate: 30_000,
            seals: true,
            stills: true,
            still_after: Millis(150),
            engine: true,
            engine_comes: true,
            engine_answers: true,
            wishes: Vec::new(),
            open: None,
            recording: None,
        }
    }

    pub fn listed(&self) -> Vec<Device> {
        if self.camera == PermissionState::Granted {
            return self.cameras.clone();
        }
        self.cameras.iter().map(|_| Device::default()).collect()
    }

    pub fn open(&mut self, media: MediaRequest) -> Result<StreamFacts, MediaRefusal> {
        let refused = (!self.refusals.is_empty()).then(|| self.refusals.remove(0));
        let asks = [(media.video.is_some(), self.camera), (media.audio, self.microphone)];
        let denied = asks.iter().any(|(asked, state)| *asked && *state == PermissionState::Denied);
        let name = refused.or_else(|| (denied || !self.policy_allows).then_some("NotAllowedError"));
        if let Some(name) = name {
            return Err(MediaRefusal {
                name: name.to_owned(),
                camera: self.camera,
                microphone: self.microphone,
                policy_allows: self.policy_allows,
            });
        }
        let video = media.video.clone();
        if video.is_some() {
            self.camera = PermissionState::Granted;
        }
        if media.audio {
            self.microphone = PermissionState::Granted;
        }
        let facts = video.map(|video| {
            let wanted = if video.facing == Facing::Front { "front-1" } else { "rear-2" };
            let id = video.device.unwrap_or_else(|| wanted.to_owned());
            let device =
                self.cameras.iter().find(|it| it.id == id).or(self.cameras.first()).cloned().unwrap_or_default();
            StreamFacts {
                facing: None,
                torch: device.id.starts_with("rear"),
                device,
                width: 1920,
                height: 1080,
                has_audio: media.audio,
                lit: false,
            }
        });
        self.open = Some(media);
        Ok(facts.unwrap_or_default())
    }
}

/// The browser's store: it outlives the page.
#[derive(Default)]
pub struct Store {
    pub entries: BTreeMap<String, Kept>,
}

pub struct Kept {
    pub artifact: Artifact,
    pub location: Option<String>,
    pub from: u64,
    pub spooled: u64,
    pub sealed: Option<Sealed>,
    age: usize,
}

impl Store {
    pub fn put(&mut self, artifact: &Artifact, len: u64) -> u64 {
        let age = self.entries.values().map(|kept| kept.age + 1).max().unwrap_or_default();
        let kept = self.entries.entry(artifact.id.clone()).or_insert_with(|| Kept {
            artifact: artifact.clone(),
            location: None,
            from: 0,
            spooled: 0,
            sealed: None,
            age,
        });
        let offset = kept.spooled;
        kept.spooled += len;
        offset
    }

    pub fn seal(&mut self, artifact: &str) -> Option<Sealed> {
        let kept = self.entries.get_mut(artifact)?;
        kept.sealed = Some(Sealed { length: kept.spooled, sha256: format!("{:064x}", kept.spooled) });
        kept.sealed.clone()
    }

    /// Names of the stills of a step that are whole.
    pub fn stills(&self, step: &str) -> Vec<String> {
        let whole =
            |kept: &&Kept| kept.artifact.kind == ArtifactKind::Still && kept.artifact.step == step && kept.from == 0;
        self.entries.values().filter(whole).map(|kept| kept.artifact.id.clone()).collect()
    }

    /// The removal of these got lost: what is not there any more comes back, in its place.
    pub fn put_back(&mut self, left: Vec<Entry>) {
        let gone: Vec<_> = left.into_iter().filter(|it| !self.entries.contains_key(&it.artifact.id)).collect();
        self.entries.values_mut().for_each(|kept| kept.age += gone.len());
        for (age, Entry { artifact, location, kept_from, spooled, sealed }) in gone.into_iter().enumerate() {
            let kept = Kept { location, from: kept_from, spooled, sealed, age, artifact };
            self.entries.insert(kept.artifact.id.clone(), kept);
        }
    }

    /// Oldest first.
    pub fn listed(&self) -> Vec<Entry> {
        let entry = |kept: &Kept| Entry {
            artifact: kept.artifact.clone(),
            location: kept.location.clone(),
            kept_from: kept.from,
            spooled: kept.spooled,
            sealed: kept.sealed.clone(),
        };
        let mut kept: Vec<_> = self.entries.values().collect();
        kept.sort_by_key(|kept| kept.age);
        kept.into_iter().map(entry).collect()
    }
}
