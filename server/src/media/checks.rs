//! The checks themselves: each question answered from the bytes, held against its limit, and reported as it is answered.
//! When an earlier answer makes a question pointless, the check is not applicable and carries the earlier answer's code.

use lichtbild_protocol::{
    ErrorCode,
    case::{ArtifactId, ArtifactKind, Check, CheckKind, CheckResult},
    flow::{DocumentKind, Step, StepKind},
};
use sha2::{Digest as _, Sha256};

use super::{
    Recording,
    answer::{Answer, Asked, Finding, judged},
    container,
    documents::Documents,
    guard::Fault,
    limits::{AUDIBLE, BLACK_SHARE, DURATION_SLACK, SHORT_SIDE, STILL_SHARE},
    picture, sound,
    still::{self, Photograph, Subject},
};

/// Checks of a video, but for `SoundAudible`: only who was asked to speak has to be heard.
pub const OF_VIDEO: usize = 7;
/// Checks of each still.
pub const OF_STILL: usize = 3;

/// Gathers the checks of one step, one recording after the other; holds none of their bytes.
pub struct Report {
    step: Step,
    subject: Subject,
    documents: Documents,
    made: Vec<Check>,
    best: Option<(ArtifactId, Photograph)>,
    unread: Option<ErrorCode>,
}

/// Sees each check as it is made.
pub type OnCheck<'a> = &'a mut dyn FnMut(&Check);

impl Report {
    /// Of a step to which this was handed in, for the chosen kind of document.
    pub fn begin(
        step: Step,
        kind: Option<DocumentKind>,
        documents: Documents,
        recordings: &[Recording],
        on_check: OnCheck<'_>,
    ) -> Self {
        let needed = everything_needed(&step, recordings);
        let subject = Subject::of(&step, kind);
        let mut report = Self { step, subject, documents, made: Vec::new(), best: None, unread: None };
        report.add(on_check, CheckKind::Complete, None, Ok(needed));
        report
    }

    /// Looks at one of them.
    pub fn look(&mut self, recording: &Recording, on_check: OnCheck<'_>) {
        let arrived = arrived(recording);
        self.add(on_check, CheckKind::Complete, Some(&recording.artifact), Ok(arrived));
        let bytes = arrived.failure().map_or(Ok(&*recording.bytes), Err);
        match recording.kind {
            ArtifactKind::Video => self.video(on_check, recording, bytes),
            ArtifactKind::Still => match self.still(on_check, &recording.artifact, bytes) {
                Ok(photograph) if self.best.as_ref().is_none_or(|(_, best)| photograph.beats(best)) => {
                    self.best = Some((recording.artifact.clone(), photograph));
                }
                Ok(_) => {}
                Err(code) => self.unread = Some(code),
            },
        }
    }

    /// Name of the step.
    pub fn step(&self) -> &str {
        &self.step.id
    }

    /// How many checks were made so far.
    pub fn made(&self) -> u16 {
        u16::try_from(self.made.len()).unwrap_or(u16::MAX)
    }

    /// The checks, once each recording was looked at. One good still is what a step needs, so the best of them stands for all.
    pub fn end(mut self, on_check: OnCheck<'_>) -> Vec<Check> {
        match (self.best.take(), self.unread) {
            (Some((artifact, best)), _) => {
                for (kind, asked) in self.subject.questions().zip(best.answers) {
                    self.add(on_check, kind, Some(&artifact), asked);
                }
            }
            (None, code) if code.is_some() || self.subject.is_document() => {
                for kind in self.subject.questions() {
                    self.add(on_check, kind, None, Err(code.unwrap_or(ErrorCode::MediaMissing)));
                }
            }
            (None, _) => {}
        }
        self.made
    }

    fn video(&mut self, on_check: OnCheck<'_>, recording: &Recording, bytes: Result<&[u8], ErrorCode>) {
        let artifact = &recording.artifact;
        // That there is no picture the bytes say; why there is none, only who made them can.
        let no_picture = if recording.media_type.starts_with("audio/") {
            ErrorCode::MediaStillsOnly
        } else {
            ErrorCode::MediaNoPicture
        };
        let film = bytes.map(container::open);
        self.add(
            on_check,
            CheckKind::Container,
            Some(artifact),
            film.as_ref().map(|film| judged(film, |_| Answer::OK)).map_err(|code| *code),
        );
        let film = film.and_then(|film| film.map_err(Fault::code));
        let film = film.as_ref().map_err(|code| *code);
        let seen = film.and_then(|film| film.picture.as_ref().ok_or(no_picture));
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
            (None, _) => Answer::failed(no_picture),
        });
        self.add(on_check, CheckKind::PictureSize, Some(artifact), size);
        let sight = sight.as_ref().map_err(|code| *code);
        let black = |sight: &picture::Sight| Answer::at_most(sight.black, BLACK_SHARE, ErrorCode::MediaBlack);
        let black = sight.map(|sight| judged(sight, black));
        self.add(on_check, CheckKind::PictureNotBlack, Some(artifact), black);
        // A black picture does not move either; saying so twice helps nobody.
        let visible = black.and_then(|black| black.failure().map_or(Ok(()), Err)).and(sight);
        let frozen = |sight: &picture::Sight| Answer::at_most(sight.still, STILL_SHARE, ErrorCode::MediaFrozen);
        self.add(on_check, CheckKind::PictureNotFrozen, Some(artifact), visible.map(|sight| judged(sight, frozen)));
    }

    fn still(
        &mut self,
        on_check: OnCheck<'_>,
        artifact: &ArtifactId,
        bytes: Result<&[u8], ErrorCode>,
    ) -> Result<Photograph, ErrorCode> {
        let read = bytes.map(|bytes| still::open(bytes, self.subject, &self.documents));
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

    fn add(&mut self, on_check: OnCheck<'_>, kind: CheckKind, artifact: Option<&ArtifactId>, asked: Asked) {
        let (result, code) = match asked.map(|answer| answer.finding) {
            Ok(Finding::Good) => (CheckResult::Ok, None),
            Ok(Finding::Bad(code)) => (CheckResult::Failed, Some(code)),
            Ok(Finding::Unsure(code)) | Err(code) => (CheckResult::NotApplicable, Some(code)),
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
