//! The checks themselves: each question answered from the bytes, held against its limit, and reported as it is answered.
//! When an earlier answer makes a question pointless, the check is not applicable and carries the earlier answer's code.

use lichtbild_protocol::{
    ErrorCode,
    case::{ArtifactId, ArtifactKind, Check, CheckKind, CheckResult},
    flow::{Step, StepKind},
};
use sha2::{Digest as _, Sha256};

use super::{
    Recording, container,
    guard::Fault,
    limits::{AUDIBLE, BLACK_SHARE, DURATION_SLACK, SHORT_SIDE, STILL_SHARE},
    picture, sound,
    still::{self, Photograph},
};

/// Checks of a video, but for `SoundAudible`: only who was asked to speak has to be heard.
pub const OF_VIDEO: usize = 7;
/// Checks of each still.
pub const OF_STILL: usize = 3;
/// Checks of the best still.
pub const OF_BEST_STILL: usize = 3;

/// Gathers the checks of one step, one recording after the other; holds none of their bytes.
pub struct Report {
    step: Step,
    made: Vec<Check>,
    best: Option<(ArtifactId, Photograph)>,
    unread: Option<ErrorCode>,
}

/// Sees each check as it is made.
pub type OnCheck<'a> = &'a mut dyn FnMut(&Check);

/// One answer; `Err` where an earlier answer, whose code it is, makes the question pointless.
type Asked = Result<Answer, ErrorCode>;

#[derive(Clone, Copy)]
struct Answer {
    failure: Option<ErrorCode>,
    /// What was measured, and its limit.
    held: Option<(f64, f64)>,
}

impl Answer {
    const OK: Self = Self { failure: None, held: None };

    const fn failed(code: ErrorCode) -> Self {
        Self { failure: Some(code), held: None }
    }

    fn at_least(measured: f64, limit: f64, otherwise: ErrorCode) -> Self {
        Self { failure: (measured < limit).then_some(otherwise), held: Some((measured, limit)) }
    }

    fn at_most(measured: f64, limit: f64, otherwise: ErrorCode) -> Self {
        Self { failure: (measured > limit).then_some(otherwise), held: Some((measured, limit)) }
    }
}

/// What cannot be looked at fails, be it damaged or of a coding we have no decoder for: nobody has seen it.
fn judged<T>(found: &Result<T, Fault>, judge: impl FnOnce(&T) -> Answer) -> Answer {
    match found {
        Ok(found) => judge(found),
        Err(fault) => Answer::failed(fault.code()),
    }
}

impl Report {
    /// Of a step to which this was handed in.
    pub fn begin(step: Step, recordings: &[Recording], on_check: OnCheck<'_>) -> Self {
        let needed = everything_needed(&step, recordings);
        let mut report = Self { step, made: Vec::new(), best: None, unread: None };
        report.add(on_check, CheckKind::Complete, None, Ok(needed));
        report
    }

    /// Looks at one of them.
    pub fn look(&mut self, recording: &Recording, on_check: OnCheck<'_>) {
        let arrived = arrived(recording);
        self.add(on_check, CheckKind::Complete, Some(&recording.artifact), Ok(arrived));
        let bytes = arrived.failure.map_or(Ok(&*recording.bytes), Err);
        match recording.kind {
            ArtifactKind::Video => self.video(on_check, &recording.artifact, bytes),
            ArtifactKind::Still => match self.still(on_check, &recording.artifact, bytes) {
                Ok(photograph) if self.best.as_ref().is_none_or(|(_, best)| photograph.beats(best)) => {
                    self.best = Some((recording.artifact.clone(), photograph));
                }
                Ok(_) => {}
                Err(code) => self.unread = Some(code),
            },
        }
    }

    /// How many checks were made so far.
    pub fn made(&self) -> u16 {
        u16::try_from(self.made.len()).unwrap_or(u16::MAX)
    }

    /// The checks, once each recording was looked at.
    pub fn end(mut self, on_check: OnCheck<'_>) -> Vec<Check> {
        match (self.best.take(), self.unread) {
            (Some((artifact, photograph)), _) => self.quality(on_check, Some(&artifact), Ok(&photograph)),
            (None, Some(code)) => self.quality(on_check, None, Err(code)),
            (None, None) => {}
        }
        self.made
    }

    fn video(&mut self, on_check: OnCheck<'_>, artifact: &ArtifactId, bytes: Result<&[u8], ErrorCode>) {
        let film = bytes.map(container::open);
        self.add(
            on_check,
            CheckKind::Container,
            Some(artifact),
            film.as_ref().map(|film| judged(film, |_| Answer::OK)).map_err(|code| *code),
        );
        let film = film.and_then(|film| film.map_err(Fault::code));
        let film = film.as_ref().map_err(|code| *code);
        let seen = film.and_then(|film| film.picture.as_ref().ok_or(ErrorCode::MediaNoPicture));
        let heard = film.and_then(|film| film.sound.as_ref().ok_or(ErrorCode::MediaNoSound));

        let shortest = f64::from(shortest(&self.step));
        let duration = seen.map(|track| Answer::at_least(track.duration(), shortest, ErrorCode::MediaTooShort));
        self.add(on_check, CheckKind::Duration, Some(artifact), duration);

        let present =
            film.map(|film| if film.sound.is_some() { Answer::OK } else { Answer::failed(ErrorCode::MediaNoSound) });
        self.add(on_check, CheckKind::SoundPresent, Some(artifact), present);
        if speaks(&self.step) {
            let audible = |level: &f64| Answer::at_least(*level, AUDIBLE, ErrorCode::MediaSilent);
            let heard = heard.map(|track| judged(&sound::loudest(track), audible));
            self.add(on_check, CheckKind::SoundAudible, Some(artifact), heard);
        }

        let sight = seen.map(picture::look);
        let size = film.map(|film| match (&film.picture, &sight) {
            (_, Ok(Ok(sight))) => size(sight.size),
            (Some(track), _) => size(track.coding.size),
            (None, _) => Answer::failed(ErrorCode::MediaNoPicture),
        });
        self.add(on_check, CheckKind::PictureSize, Some(artifact), size);
        let sight = sight.as_ref().map_err(|code| *code);
        let black = |sight: &picture::Sight| Answer::at_most(sight.black, BLACK_SHARE, ErrorCode::MediaBlack);
        let black = sight.map(|sight| judged(sight, black));
        self.add(on_check, CheckKind::PictureNotBlack, Some(artifact), black);
        // A black picture does not move either; saying so twice helps nobody.
        let visible = black.and_then(|black| black.failure.map_or(Ok(()), Err)).and(sight);
        let frozen = |sight: &picture::Sight| Answer::at_most(sight.still, STILL_SHARE, ErrorCode::MediaFrozen);
        self.add(on_check, CheckKind::PictureNotFrozen, Some(artifact), visible.map(|sight| judged(sight, frozen)));
    }

    fn still(
        &mut self,
        on_check: OnCheck<'_>,
        artifact: &ArtifactId,
        bytes: Result<&[u8], ErrorCode>,
    ) -> Result<Photograph, ErrorCode> {
        let limits = still::limits_of(&self.step);
        let read = bytes.map(|bytes| still::open(bytes, limits));
        self.add(
            on_check,
            CheckKind::Container,
            Some(artifact),
            read.as_ref().map(|read| judged(read, |_| Answer::OK)).map_err(|code| *code),
        );
        let read = read.and_then(|read| read.map_err(Fault::code));
        self.add(
            on_check,
            CheckKind::PictureSize,
            Some(artifact),
            read.as_ref().map(|photograph| size(photograph.size)).map_err(|code| *code),
        );
        read
    }

    /// One good still is what a step needs, so the best of them stands for all.
    fn quality(&mut self, on_check: OnCheck<'_>, artifact: Option<&ArtifactId>, best: Result<&Photograph, ErrorCode>) {
        let sharp = |best: &Photograph| Answer::at_least(best.sharpness, best.limits.sharp, ErrorCode::MediaBlurred);
        self.add(on_check, CheckKind::Sharpness, artifact, best.map(sharp));
        self.add(on_check, CheckKind::Brightness, artifact, best.map(brightness));
        let glare = |best: &Photograph| Answer::at_most(best.glare, best.limits.glare, ErrorCode::MediaGlare);
        self.add(on_check, CheckKind::Glare, artifact, best.map(glare));
    }

    fn add(&mut self, on_check: OnCheck<'_>, kind: CheckKind, artifact: Option<&ArtifactId>, asked: Asked) {
        let (result, code) = match asked {
            Ok(Answer { failure: None, .. }) => (CheckResult::Ok, None),
            Ok(Answer { failure, .. }) => (CheckResult::Failed, failure),
            Err(code) => (CheckResult::NotApplicable, Some(code)),
        };
        let held = asked.ok().and_then(|answer| answer.held);
        let check = Check {
            kind,
            step: self.step.id.clone(),
            artifact: artifact.cloned(),
            result,
            code,
            measured: held.map(|(measured, _)| measured),
            limit: held.map(|(_, limit)| limit),
        };
        on_check(&check);
        self.made.push(check);
    }
}

/// Whether the person was asked to speak.
pub const fn speaks(step: &Step) -> bool {
    matches!(step.kind, StepKind::SelfieVideo { .. })
}

fn everything_needed(step: &Step, recordings: &[Recording]) -> Answer {
    let needed = match step.kind {
        StepKind::DocumentVideo { .. } | StepKind::SelfieVideo { .. } => ArtifactKind::Video,
        StepKind::DocumentPhoto { .. } => ArtifactKind::Still,
        _ => return Answer::OK,
    };
    if recordings.iter().any(|recording| recording.kind == needed) {
        Answer::OK
    } else {
        Answer::failed(ErrorCode::MediaMissing)
    }
}

fn arrived(recording: &Recording) -> Answer {
    let Recording { artifact, kind, promised, bytes, .. } = recording;
    let as_promised = promised.artifact == *artifact
        && promised.kind == *kind
        && promised.length == bytes.len() as u64
        && promised.sha256 == hex::encode(Sha256::digest(bytes));
    if as_promised { Answer::OK } else { Answer::failed(ErrorCode::MediaIncomplete) }
}

/// Shortest allowed video of a step, in milliseconds.
fn shortest(step: &Step) -> u32 {
    let asked = match &step.kind {
        StepKind::DocumentVideo { min_millis, .. } => *min_millis,
        StepKind::SelfieVideo { words, word_millis } => word_millis.saturating_mul(words.len() as u32),
        _ => 0,
    };
    asked.saturating_sub(DURATION_SLACK)
}

/// Measured on the shorter side, in pixels: devices are held both ways.
fn size((width, height): (u32, u32)) -> Answer {
    Answer::at_least(width.min(height).into(), SHORT_SIDE.into(), ErrorCode::MediaPictureSmall)
}

fn brightness(best: &Photograph) -> Answer {
    let dark = Answer::at_least(best.brightness, best.limits.dark, ErrorCode::MediaTooDark);
    if dark.failure.is_some() {
        dark
    } else {
        Answer::at_most(best.brightness, best.limits.bright, ErrorCode::MediaTooBright)
    }
}
