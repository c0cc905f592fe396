//! What is made from the open camera: a video with stills in it, or one photograph; then the look at it, and handing it in.
//! In: recorder and still events, time. Out: recorder commands, uploads, the finished step.

use lichtbild_protocol::{
    ErrorCode,
    capture::{ArtifactReceipt, FinishStep},
    case::{ArtifactId, ArtifactKind},
};

use super::{
    Output, Place, Request, Session,
    place::{At, Local},
    trouble::Resume,
};
use crate::{
    artifact::{Artifact, Sealed},
    capture::{Watchdog, WatchdogVerdict, kinds},
    flow::Plan,
    surface::{Action, Hint},
    time::{Millis, Timestamp},
    upload,
};

/// Sealing a recording and taking a still each have so long.
const SEAL_WITHIN: Millis = Millis(5_000);
const STILL_WITHIN: Millis = Millis(12_000);
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
    dog: Watchdog,
    /// When the first bytes were in the store.
    pub first_bytes: Option<Timestamp>,
    stopped_after: Millis,
    sealed: Option<Sealed>,
    stills: Vec<Still>,
    last_still: Option<Millis>,
}

#[derive(Debug)]
pub(super) struct Still {
    artifact: ArtifactId,
    asked_at: Timestamp,
    /// What was on screen when it was taken.
    hint: Option<Hint>,
    taken: Option<Taken>,
    failed: bool,
}

#[derive(Debug)]
struct Taken {
    receipt: ArtifactReceipt,
    picture: String,
}

#[derive(Debug)]
pub(super) struct Review {
    receipts: Vec<ArtifactReceipt>,
    pub picture: Option<String>,
    pub millis: u64,
    pub warnings: Vec<ErrorCode>,
    /// The server was told.
    sent: bool,
}

impl Recording {
    pub fn elapsed(&self, now: Timestamp) -> Millis {
        self.first_bytes.map_or(Millis(0), |since| now.since(since))
    }
}

impl Recording {
    pub fn holds(&self, artifact: &str) -> bool {
        self.artifact.id == artifact || self.stills.iter().any(|still| still.is(artifact))
    }
}

impl Review {
    pub fn holds(&self, artifact: &str) -> bool {
        self.receipts.iter().any(|receipt| receipt.artifact == artifact)
    }
}

impl Still {
    pub fn is(&self, artifact: &str) -> bool {
        self.artifact == artifact
    }

    const fn is_pending(&self) -> bool {
        self.taken.is_none() && !self.failed
    }
}

impl Session {
    pub(super) fn act_at_camera(&mut self, action: Action) {
        let now = self.now;
        let can_stop = matches!(&self.desk.work, Work::Recording(it) if it.plan.can_stop(it.elapsed(now)));
        match (&self.desk.work, action) {
            (Work::Idle, Action::OpenCamera | Action::Continue) if self.desk.open().is_none() => self.open_camera(),
            (Work::Idle, Action::Record) => self.start_recording(),
            (Work::Idle, Action::TakePhoto) => self.take_photo(true),
            (Work::Idle, Action::SwitchCamera) => {
                self.pick_next_camera();
                self.open_camera();
            }
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
        let Some(plan) = self.step_kind().and_then(Plan::of) else { return };
        let kind = kinds()[self.desk.kind].clone();
        let media_type = kind.media_type.unwrap_or_default().to_owned();
        let Some(artifact) = self.new_artifact(ArtifactKind::Video, media_type) else { return };
        let now = self.now;
        if let Some(open) = self.desk.open_mut() {
            open.sound = crate::audio::Sound::from(now);
        }
        self.out.push(Output::StartRecording { artifact: artifact.clone(), kind });
        self.desk.work = Work::Recording(Box::new(Recording {
            artifact,
            plan,
            dog: Watchdog::started(now),
            first_bytes: None,
            stopped_after: Millis(0),
            sealed: None,
            stills: Vec::new(),
            last_still: None,
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
            if len > 0 {
                recording.first_bytes.get_or_insert(now);
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
        self.desk.kind += 1;
        if self.desk.kind < kinds().len() {
            return self.start_recording();
        }
        self.desk.kind = 0;
        let code = if self.desk.no_data { ErrorCode::RecorderNoData } else { ErrorCode::RecorderUnsupported };
        self.fail(code, None, Resume::Camera);
    }

    fn stop_recording(&mut self) {
        self.out.push(Output::StopRecording);
        self.save();
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

    fn take_photo(&mut self, full: bool) {
        if self.desk.open().is_none() {
            return;
        }
        let Some(artifact) = self.new_artifact(ArtifactKind::Still, String::new()) else { return };
        let still = self.ask_still(artifact, full);
        self.desk.work = Work::Photo { still, full };
    }

    fn ask_still(&mut self, artifact: Artifact, full: bool) -> Still {
        let hint = self.desk.open().and_then(|open| open.guidance.hint());
        let still = Still { artifact: artifact.id.clone(), asked_at: self.now, hint, taken: None, failed: false };
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
        };
        let Some(still) = self.still(&artifact.id).filter(|still| still.is_pending()) else {
            self.uploads(upload::Input::Dropped { artifact: artifact.id });
            return self.out.push(Output::ReleasePicture { picture });
        };
        still.taken = Some(Taken { receipt, picture });
        let (id, len) = (artifact.id.clone(), sealed.length);
        self.uploads(upload::Input::Opened(artifact));
        self.uploads(upload::Input::Spooled { artifact: id.clone(), offset: 0, len });
        self.uploads(upload::Input::Sealed { artifact: id, sealed });
        self.saved();
    }

    pub(super) fn still_failed(&mut self, artifact: &str) {
        if let Some(still) = self.still(artifact) {
            still.failed = true;
        }
        if let Work::Photo { still, full } = &self.desk.work
            && still.failed
        {
            // What the device's photograph could not give, the current frame may.
            let full = *full;
            self.desk.work = Work::Idle;
            if full {
                return self.take_photo(false);
            }
            return self.fail(ErrorCode::StillFailed, None, Resume::Camera);
        }
        self.saved();
    }

    // The look at it.

    /// Everything is put away: the camera goes off and the person looks at it.
    fn saved(&mut self) {
        let ready = match &self.desk.work {
            Work::Saving { recording, .. } => {
                recording.sealed.is_some() && !recording.stills.iter().any(Still::is_pending)
            }
            Work::Photo { still, .. } => still.taken.is_some(),
            _ => false,
        };
        if !ready {
            return;
        }
        let review = match std::mem::replace(&mut self.desk.work, Work::Idle) {
            Work::Saving { recording, .. } => self.review_of_video(*recording),
            Work::Photo { still, .. } => self.review_of_stills(Vec::new(), vec![still], 0, Vec::new()),
            _ => return,
        };
        self.desk.work = Work::Review(Box::new(review));
        self.stop_camera();
    }

    fn review_of_video(&mut self, recording: Recording) -> Review {
        let Recording { artifact, sealed, stills, stopped_after, plan, .. } = recording;
        let mut warnings = Vec::new();
        if let Some(open) = self.desk.open()
            && open.facts.has_audio
        {
            if !open.sound.was_alive() {
                warnings.push(ErrorCode::MicrophoneSilent);
            } else if plan.has_words() && !open.sound.was_heard() {
                warnings.push(ErrorCode::MediaSilent);
            }
        }
        let sealed = sealed.unwrap_or(Sealed { length: 0, sha256: String::new() });
        let receipt = ArtifactReceipt {
            artifact: artifact.id,
            kind: ArtifactKind::Video,
            media_type: artifact.media_type,
            length: sealed.length,
            sha256: sealed.sha256,
        };
        self.review_of_stills(vec![receipt], stills, stopped_after.0, warnings)
    }

    fn review_of_stills(
        &mut self,
        mut receipts: Vec<ArtifactReceipt>,
        stills: Vec<Still>,
        millis: u64,
        mut warnings: Vec<ErrorCode>,
    ) -> Review {
        let mut picture = None;
        let good = stills.iter().any(|still| still.taken.is_some() && matches!(still.hint, Some(Hint::Good) | None));
        for still in stills {
            let doubt = still.hint.and_then(doubt).filter(|_| !good);
            match still.taken {
                Some(taken) => {
                    receipts.push(taken.receipt);
                    warnings.extend(doubt.filter(|doubt| !warnings.contains(doubt)));
                    if picture.is_none() {
                        picture = Some(taken.picture);
                    } else {
                        self.out.push(Output::ReleasePicture { picture: taken.picture });
                    }
                }
                None => self.uploads(upload::Input::Dropped { artifact: still.artifact }),
            }
        }
        if picture.is_none() {
            warnings.push(ErrorCode::StillFailed);
        }
        Review { receipts, picture, millis, warnings, sent: false }
    }

    fn confirm(&mut self) {
        let Some(step) = self.step_id() else { return };
        if let Work::Review(review) = &mut self.desk.work {
            review.sent = true;
            let body = FinishStep { artifacts: review.receipts.clone() };
            self.ask(Request::Finish { step, body });
        }
    }

    /// Throws away what was made and opens the camera again.
    pub(super) fn retake(&mut self) {
        self.desk_reset();
        self.open_camera();
    }

    /// Leaves what was made: the server has it, or it is thrown away.
    pub(super) fn desk_reset(&mut self) {
        self.abort_recording();
        let Work::Review(review) = std::mem::replace(&mut self.desk.work, Work::Idle) else { return };
        if let Some(picture) = review.picture {
            self.out.push(Output::ReleasePicture { picture });
        }
        if review.sent && self.server_took(&review.receipts) {
            return;
        }
        for receipt in review.receipts {
            self.uploads(upload::Input::Dropped { artifact: receipt.artifact });
        }
    }

    /// Whether the step these belong to is behind the person, as the server says.
    fn server_took(&self, receipts: &[ArtifactReceipt]) -> bool {
        use lichtbild_protocol::flow::StepState;
        let (Some(case), Some(step), false) = (&self.case, self.step_id(), receipts.is_empty()) else { return false };
        crate::flow::step(case, &step).is_some_and(|step| step.state == StepState::Done)
    }

    /// Everything about recordings that is due.
    pub(super) fn recording_due(&mut self) {
        let now = self.now;
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
                        self.desk.no_data = true;
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
                for still in recording.stills.iter_mut().filter(|still| still.asked_at + STILL_WITHIN <= now) {
                    still.failed |= still.taken.is_none();
                }
                if recording.sealed.is_none() && *since + SEAL_WITHIN <= now {
                    self.abort_recording();
                    return self.fail(ErrorCode::RecorderFailed, None, Resume::Camera);
                }
                self.saved();
            }
            Work::Photo { still, .. } if still.is_pending() && still.asked_at + STILL_WITHIN <= now => {
                let id = still.artifact.clone();
                self.still_failed(&id);
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
        let hint = self.desk.open().and_then(|open| open.guidance.hint());
        let Work::Recording(recording) = &self.desk.work else { return };
        if recording.first_bytes.is_none()
            || recording.stills.iter().any(Still::is_pending)
            || !recording.plan.wants_still(elapsed, hint, recording.stills.len(), recording.last_still)
        {
            return;
        }
        let Some(artifact) = self.new_artifact(ArtifactKind::Still, String::new()) else { return };
        let still = self.ask_still(artifact, false);
        if let Work::Recording(recording) = &mut self.desk.work {
            recording.last_still = Some(elapsed);
            recording.stills.push(still);
        }
    }

    pub(super) fn recording_deadline(&self) -> Option<Timestamp> {
        match &self.desk.work {
            Work::Recording(recording) => Some(recording.dog.deadline().min(self.now + CLOCK)),
            Work::Saving { recording, since } => {
                let stills = recording.stills.iter().filter(|still| still.is_pending());
                let seal = recording.sealed.is_none().then_some(*since + SEAL_WITHIN);
                stills.map(|still| still.asked_at + STILL_WITHIN).chain(seal).min()
            }
            Work::Photo { still, .. } => Some(still.asked_at + STILL_WITHIN),
            Work::Idle | Work::Review(_) => None,
        }
    }

    fn new_artifact(&mut self, kind: ArtifactKind, media_type: String) -> Option<Artifact> {
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

    fn still(&mut self, artifact: &str) -> Option<&mut Still> {
        match &mut self.desk.work {
            Work::Recording(recording) | Work::Saving { recording, .. } => {
                recording.stills.iter_mut().find(|still| still.artifact == artifact)
            }
            Work::Photo { still, .. } => Some(still).filter(|still| still.artifact == artifact),
            Work::Idle | Work::Review(_) => None,
        }
    }

    fn step_kind(&self) -> Option<&lichtbild_protocol::flow::StepKind> {
        match &self.place {
            Place::Step(At { step, local: Local::Camera, .. }) => Some(&step.kind),
            _ => None,
        }
    }
}

/// What a still that was taken under this hint may suffer from.
const fn doubt(hint: Hint) -> Option<ErrorCode> {
    Some(match hint {
        Hint::Uncover => ErrorCode::MediaBlack,
        Hint::TooDark => ErrorCode::MediaTooDark,
        Hint::TooBright => ErrorCode::MediaTooBright,
        Hint::Glare => ErrorCode::MediaGlare,
        Hint::HoldStill | Hint::OutOfFocus | Hint::LowContrast => ErrorCode::MediaBlurred,
        Hint::SpeakUp | Hint::Good => return None,
    })
}
