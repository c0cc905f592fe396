//! What is made from the open camera: a video with stills in it, or one photograph; then the look at it, and handing it in.
//! In: recorder and still events, time. Out: recorder commands, uploads, the finished step.

use lichtbild_protocol::{
    ErrorCode,
    capture::ArtifactReceipt,
    case::{ArtifactId, ArtifactKind, CaptureOrigin},
};

use super::{
    Output, Place, Session,
    place::{At, Local},
    review::Review,
    trouble::Resume,
};
use crate::{
    artifact::{Artifact, Sealed},
    capture::{RecorderWay, Watchdog, WatchdogVerdict, kinds, next_kind},
    flow::{Plan, STILLS_WANTED, ShutterInput},
    observation::{Corners, ZoneRead},
    surface::{Action, Hint, Purpose},
    time::{Millis, Timestamp},
    upload,
};

/// Sealing a recording and taking a still each have so long.
const SEAL_WITHIN: Millis = Millis(5_000);
const STILL_WITHIN: Millis = Millis(12_000);
/// A video without a still asks for one more so often.
const LAST_CHANCES: u8 = 3;
/// While recording the clock on screen moves at this distance.
const CLOCK: Millis = Millis(200);

/// What the desk is at.
#[derive(Debug)]
pub(super) enum Work {
    Idle,
    Recording(Box<Recording>),
    /// Stopped at `since`; the last bytes are put away.
    Saving {
        recording: Box<Recording>,
        since: Timestamp,
    },
    Photo {
        still: Still,
        full: bool,
    },
    Review(Box<Review>),
}

#[derive(Debug)]
pub(super) struct Recording {
    pub artifact: Artifact,
    pub plan: Plan,
    pub way: RecorderWay,
    dog: Watchdog,
    /// When the first bytes were in the store.
    pub first_bytes: Option<Timestamp>,
    pub stopped_after: Millis,
    pub sealed: Option<Sealed>,
    pub stills: Vec<Still>,
    pub last_still: Option<Millis>,
    /// How often one more is asked for when there is none at the end.
    chances: u8,
}

#[derive(Debug)]
pub(super) struct Still {
    pub artifact: ArtifactId,
    asked_at: Timestamp,
    /// Who decided it, where the shutter was at work.
    pub origin: Option<CaptureOrigin>,
    /// What may be wrong with it: what was on screen when it was taken, or what the engine saw in it.
    pub hint: Option<Hint>,
    /// The engine found nothing wrong with it.
    pub good: bool,
    pub taken: Option<Taken>,
    pub look: Look,
    /// What was read on it.
    pub zone: Option<Box<ZoneRead>>,
    failed: bool,
}

/// Whether the engine has looked at a still.
#[derive(Debug)]
pub(super) enum Look {
    /// Nobody asked it.
    None,
    Awaited {
        since: Timestamp,
    },
    /// It has, or could not. `quad`: where it saw the document.
    Done {
        quad: Option<Corners>,
    },
}

#[derive(Debug)]
pub(super) struct Taken {
    pub receipt: ArtifactReceipt,
    pub picture: String,
}

impl Recording {
    pub fn elapsed(&self, now: Timestamp) -> Millis {
        self.first_bytes.map_or(Millis(0), |since| now.since(since))
    }

    pub fn holds(&self, artifact: &str) -> bool {
        self.artifact.id == artifact || self.stills.iter().any(|still| still.is(artifact))
    }
}

impl Still {
    pub fn is(&self, artifact: &str) -> bool {
        self.artifact == artifact
    }

    pub const fn is_pending(&self) -> bool {
        !self.failed && (self.taken.is_none() || !matches!(self.look, Look::Done { .. }))
    }

    const fn is_awaited(&self) -> bool {
        !self.failed && self.taken.is_none()
    }
}

impl Session {
    pub(super) fn act_at_camera(&mut self, action: Action) {
        let now = self.now;
        let can_stop = matches!(&self.desk.work, Work::Recording(it) if it.plan.can_stop(it.elapsed(now)));
        match (&self.desk.work, action) {
            (Work::Idle, Action::OpenCamera | Action::Continue) if self.desk.open().is_none() => self.open_camera(),
            (Work::Idle, Action::Record) => self.start_recording(),
            (Work::Idle, Action::TakePhoto) if self.desk.open().is_some_and(|open| open.shutter.is_some()) => {
                self.shutter(ShutterInput::Pressed);
            }
            (Work::Idle, Action::TakePhoto) => self.take_photo(true, None),
            (Work::Idle, Action::SwitchCamera) => {
                self.pick_next_camera();
                self.open_camera();
            }
            (Work::Idle, Action::Back) if self.retakes() => self.leave_retake(),
            (Work::Idle, Action::Back) => self.explain_again(),
            (Work::Recording(_), Action::StopRecording) if can_stop => self.stop_recording(),
            (Work::Recording(_), Action::Back | Action::Retake) => self.abort_recording(),
            (Work::Idle | Work::Recording(_), Action::Torch { on }) => self.set_torch(on),
            (Work::Review(_), Action::Confirm | Action::Continue) => self.confirm(),
            (Work::Review(review), Action::Retake | Action::Back) if !review.sent => self.retake(),
            _ => {}
        }
    }

    // Video.

    pub(super) fn start_recording(&mut self) {
        if self.desk.open().is_none() || !matches!(self.desk.work, Work::Idle) {
            return;
        }
        let Some(mut plan) = self.step_kind().and_then(Plan::of) else { return };
        let kind = kinds()[self.desk.kind].clone();
        if kind.way == RecorderWay::SoundAndStills {
            plan = plan.with_burst();
        }
        let media_type = kind.media_type.unwrap_or_default().to_owned();
        let Some(artifact) = self.new_artifact(ArtifactKind::Video, media_type) else { return };
        let now = self.now;
        if let Some(open) = self.desk.open_mut() {
            open.sound = crate::audio::Sound::from(now);
        }
        let way = kind.way;
        self.out.push(Output::StartRecording { artifact: artifact.clone(), kind });
        self.desk.work = Work::Recording(Box::new(Recording {
            artifact,
            plan,
            way,
            dog: Watchdog::of(way, now),
            first_bytes: None,
            stopped_after: Millis(0),
            sealed: None,
            stills: Vec::new(),
            last_still: None,
            chances: LAST_CHANCES,
        }));
    }

    pub(super) fn recorder_opened(&mut self, artifact: Artifact) {
        if let Some(recording) = self.recording(&artifact.id) {
            recording.artifact = artifact.clone();
            self.uploads(upload::Input::Opened(artifact));
        }
    }

    pub(super) fn recorder_spooled(&mut self, artifact: ArtifactId, offset: u64, len: u64) {
        let now = self.now;
        if let Some(recording) = self.recording(&artifact) {
            recording.dog.bytes(len, now);
            if len > 0 && recording.first_bytes.replace(recording.first_bytes.unwrap_or(now)).is_none() {
                self.arm_for_video(STILLS_WANTED);
            }
        }
        self.uploads(upload::Input::Spooled { artifact, offset, len });
    }

    pub(super) fn recorder_sealed(&mut self, artifact: ArtifactId, sealed: Sealed) {
        let now = self.now;
        let Some(recording) = self.recording(&artifact) else {
            return self.uploads(upload::Input::Sealed { artifact, sealed });
        };
        if sealed.length == 0 {
            return self.recorder_failed(&artifact);
        }
        recording.sealed = Some(sealed.clone());
        self.uploads(upload::Input::Sealed { artifact, sealed });
        if let Work::Recording(recording) = &self.desk.work {
            // It stopped by itself: good enough, or to be taken again.
            if recording.plan.can_stop(recording.elapsed(now)) {
                self.save();
            } else {
                self.abort_recording();
                self.note(ErrorCode::RecorderFailed);
            }
        }
        self.saved();
    }

    /// The recorder failed or refuses this kind: the next kind while nothing was recorded, else the person is told.
    pub(super) fn recorder_failed(&mut self, artifact: &str) {
        let Some(recording) = self.recording(artifact) else { return };
        let had_bytes = recording.first_bytes.is_some();
        let stopping = matches!(self.desk.work, Work::Saving { .. });
        self.abort_recording();
        if had_bytes || stopping {
            return self.fail(ErrorCode::RecorderFailed, None, Resume::Camera);
        }
        if let Some(next) = next_kind(self.desk.kind, &self.desk.silent) {
            self.desk.kind = next;
            return self.start_recording();
        }
        self.desk.kind = 0;
        let silent = !std::mem::take(&mut self.desk.silent).is_empty();
        let code = if silent { ErrorCode::RecorderNoData } else { ErrorCode::RecorderUnsupported };
        self.fail(code, None, Resume::Camera);
    }

    fn stop_recording(&mut self) {
        self.still_for_sure();
        self.out.push(Output::StopRecording);
        self.save();
    }

    /// On a busy device the last moment may have passed unseen, and stills may fail, also when all is over: no video goes without one
    /// as long as there is hope.
    fn still_for_sure(&mut self) {
        let now = self.now;
        let (Work::Recording(recording) | Work::Saving { recording, .. }) = &mut self.desk.work else { return };
        if recording.chances > 0 && recording.stills.iter().all(|still| still.failed) {
            recording.chances -= 1;
            let elapsed = recording.elapsed(now);
            self.timed_still(elapsed);
        }
    }

    fn save(&mut self) {
        let now = self.now;
        match std::mem::replace(&mut self.desk.work, Work::Idle) {
            Work::Recording(mut recording) => {
                recording.stopped_after = recording.elapsed(now);
                self.desk.work = Work::Saving { recording, since: now };
            }
            other => self.desk.work = other,
        }
    }

    /// Throws a running recording away, and everything that belongs to it.
    pub(super) fn abort_recording(&mut self) {
        match std::mem::replace(&mut self.desk.work, Work::Idle) {
            Work::Recording(recording) | Work::Saving { recording, .. } => {
                self.out.push(Output::AbortRecording);
                self.uploads(upload::Input::Dropped { artifact: recording.artifact.id });
                recording.stills.into_iter().for_each(|still| self.drop_still(still));
            }
            Work::Photo { still, .. } => self.drop_still(still),
            other => self.desk.work = other,
        }
    }

    fn drop_still(&mut self, still: Still) {
        self.uploads(upload::Input::Dropped { artifact: still.artifact });
        if let Some(taken) = still.taken {
            self.out.push(Output::ReleasePicture { picture: taken.picture });
        }
    }

    // Stills.

    pub(super) fn take_photo(&mut self, full: bool, origin: Option<CaptureOrigin>) {
        let wanted = matches!(self.purpose(), Some(Purpose::DocumentPhoto { .. }));
        if !wanted || self.desk.open().is_none() {
            return;
        }
        let Some(artifact) = self.new_artifact(ArtifactKind::Still, String::new()) else { return };
        let still = self.ask_still(artifact, full, origin);
        self.desk.work = Work::Photo { still, full };
    }

    pub(super) fn ask_still(&mut self, artifact: Artifact, full: bool, origin: Option<CaptureOrigin>) -> Still {
        let hint = self.desk.open().and_then(|open| open.guidance.hint());
        let (artifact_id, asked_at) = (artifact.id.clone(), self.now);
        let still = Still {
            artifact: artifact_id,
            asked_at,
            origin,
            hint,
            good: false,
            taken: None,
            look: Look::None,
            zone: None,
            failed: false,
        };
        self.out.push(Output::TakeStill { artifact, full });
        if full {
            self.out.push(Output::Tick);
        }
        still
    }

    pub(super) fn still_taken(&mut self, artifact: Artifact, sealed: Sealed, picture: String) {
        let receipt = ArtifactReceipt {
            artifact: artifact.id.clone(),
            kind: artifact.kind,
            media_type: artifact.media_type.clone(),
            length: sealed.length,
            sha256: sealed.sha256.clone(),
            capture_origin: None,
        };
        // Without a shutter a photograph is the person's, and stills of a video come at set times.
        let unguided = match self.desk.work {
            Work::Photo { .. } => CaptureOrigin::ManualNoEngine,
            _ => CaptureOrigin::Timed,
        };
        let Some(still) = self.still(&artifact.id).filter(|still| still.is_awaited()) else {
            self.uploads(upload::Input::Dropped { artifact: artifact.id });
            return self.out.push(Output::ReleasePicture { picture });
        };
        let capture_origin = Some(still.origin.unwrap_or(unguided));
        still.taken = Some(Taken { receipt: ArtifactReceipt { capture_origin, ..receipt }, picture });
        let (id, len) = (artifact.id.clone(), sealed.length);
        self.uploads(upload::Input::Opened(artifact));
        self.uploads(upload::Input::Spooled { artifact: id.clone(), offset: 0, len });
        self.uploads(upload::Input::Sealed { artifact: id.clone(), sealed });
        self.look_at_still(&id);
    }

    pub(super) fn still_failed(&mut self, artifact: &str) {
        let Some(still) = self.still(artifact).filter(|still| still.is_awaited()) else { return };
        still.failed = true;
        let guided = still.origin.is_some();
        if let Work::Photo { still, full } = &self.desk.work
            && still.failed
        {
            // What the device's photograph could not give, the current frame may.
            let (full, origin) = (*full, still.origin);
            self.desk.work = Work::Idle;
            if full {
                return self.take_photo(false, origin);
            }
            self.shutter(ShutterInput::Failed);
            return self.fail(ErrorCode::StillFailed, None, Resume::Camera);
        }
        if guided {
            self.shutter(ShutterInput::Failed);
        }
        if let Work::Saving { .. } = &self.desk.work {
            self.still_for_sure();
        }
        self.saved();
    }

    /// Everything about recordings that is due.
    pub(super) fn recording_due(&mut self) {
        let now = self.now;
        let late = |still: &&Still| still.is_awaited() && still.asked_at + STILL_WITHIN <= now;
        let late: Vec<_> = self.stills().filter(late).map(|still| still.artifact.clone()).collect();
        for artifact in late {
            self.still_failed(&artifact);
        }
        match &mut self.desk.work {
            Work::Recording(recording) => {
                let elapsed = recording.elapsed(now);
                match recording.dog.check(now) {
                    WatchdogVerdict::Fine => {}
                    WatchdogVerdict::Nudge => self.out.push(Output::NudgeRecorder),
                    WatchdogVerdict::GiveUp if recording.first_bytes.is_some() => {
                        recording.dog = Watchdog::started(now);
                    }
                    WatchdogVerdict::GiveUp => {
                        let id = recording.artifact.id.clone();
                        let way = recording.way;
                        self.desk.silent.push(way);
                        return self.recorder_failed(&id);
                    }
                }
                if elapsed >= recording.plan.limit() {
                    return self.stop_recording();
                }
                self.listen_for_voice(elapsed);
                self.still_due(elapsed);
            }
            Work::Saving { recording, since } => {
                if recording.sealed.is_none() && *since + SEAL_WITHIN <= now {
                    self.abort_recording();
                    return self.fail(ErrorCode::RecorderFailed, None, Resume::Camera);
                }
                self.still_for_sure();
                self.saved();
            }
            _ => {}
        }
    }

    fn listen_for_voice(&mut self, elapsed: Millis) {
        let now = self.now;
        let Work::Recording(recording) = &self.desk.work else { return };
        let wanted = recording.plan.wants_voice(elapsed);
        let Some(open) = self.desk.open_mut() else { return };
        if !open.facts.has_audio {
            return;
        }
        let missed = wanted && open.sound.wants_voice(now);
        let silent = open.sound.is_silent(now);
        open.guidance.voice(now, missed);
        if silent {
            self.note(ErrorCode::MicrophoneSilent);
        } else {
            self.notices.unstick(ErrorCode::MicrophoneSilent);
        }
    }

    fn still_due(&mut self, elapsed: Millis) {
        // Where the shutter is at work, only the last moment is left to the plan.
        let hint = self.desk.open().and_then(|open| open.guidance.hint()).filter(|_| !self.has_shutter());
        let Work::Recording(recording) = &self.desk.work else { return };
        if recording.first_bytes.is_none()
            || recording.stills.iter().any(Still::is_pending)
            || !recording.plan.wants_still(elapsed, hint, recording.stills.len(), recording.last_still)
        {
            return;
        }
        self.timed_still(elapsed);
    }

    fn timed_still(&mut self, elapsed: Millis) {
        let Some(artifact) = self.new_artifact(ArtifactKind::Still, String::new()) else { return };
        let still = self.ask_still(artifact, false, None);
        if let Work::Recording(recording) | Work::Saving { recording, .. } = &mut self.desk.work {
            recording.last_still = Some(elapsed);
            recording.stills.push(still);
        }
    }

    pub(super) fn recording_deadline(&self) -> Option<Timestamp> {
        match &self.desk.work {
            Work::Recording(recording) => Some(recording.dog.deadline().min(self.now + CLOCK)),
            Work::Saving { recording, since } => {
                let stills = recording.stills.iter().filter(|still| still.is_awaited());
                let seal = recording.sealed.is_none().then_some(*since + SEAL_WITHIN);
                stills.map(|still| still.asked_at + STILL_WITHIN).chain(seal).min()
            }
            Work::Photo { still, .. } => still.is_awaited().then_some(still.asked_at + STILL_WITHIN),
            Work::Idle | Work::Review(_) => None,
        }
    }

    pub(super) fn new_artifact(&mut self, kind: ArtifactKind, media_type: String) -> Option<Artifact> {
        let case = self.case.as_ref()?.case.clone();
        let step = self.step_id()?;
        let id = self.ids.uuid();
        self.steps_of.push((id.clone(), step.clone()));
        Some(Artifact { id, case, step, kind, media_type })
    }

    fn recording(&mut self, artifact: &str) -> Option<&mut Recording> {
        match &mut self.desk.work {
            Work::Recording(recording) | Work::Saving { recording, .. } if recording.artifact.id == artifact => {
                Some(recording)
            }
            _ => None,
        }
    }

    pub(super) fn stills(&self) -> impl Iterator<Item = &Still> {
        let (many, one) = match &self.desk.work {
            Work::Recording(recording) | Work::Saving { recording, .. } => (recording.stills.as_slice(), None),
            Work::Photo { still, .. } => (&[][..], Some(still)),
            Work::Idle | Work::Review(_) => (&[][..], None),
        };
        many.iter().chain(one)
    }

    pub(super) fn still(&mut self, artifact: &str) -> Option<&mut Still> {
        match &mut self.desk.work {
            Work::Recording(recording) | Work::Saving { recording, .. } => {
                recording.stills.iter_mut().find(|still| still.artifact == artifact)
            }
            Work::Photo { still, .. } => Some(still).filter(|still| still.artifact == artifact),
            Work::Idle | Work::Review(_) => None,
        }
    }

    pub(super) fn step_kind(&self) -> Option<&lichtbild_protocol::flow::StepKind> {
        match &self.place {
            Place::Step(At { step, local: Local::Camera, .. }) => Some(&step.kind),
            _ => None,
        }
    }
}
