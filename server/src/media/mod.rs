//! The honest evaluation of recordings: what the server itself finds in the bytes, whatever the browser said about them.
//! In: a step, and the recordings handed in with it. Out: one check per question, in the same order and number every time.
//! A check that an earlier answer makes pointless says which; what nobody here can decode fails. A report is made recording by
//! recording, each of which takes seconds of one core. Does not know: cases, verdicts, storage, clocks.
//!
//! Units of what is measured: `Duration` milliseconds, `PictureSize` pixels of the shorter side, `SoundAudible` dBFS of the loudest
//! 100 ms, `PictureNotBlack` and `PictureNotFrozen` a share of the video, the stills' measures as in `lichtbild_vision::quality`.

mod checks;
mod container;
mod guard;
mod h264;
mod layout;
mod limits;
mod mp4;
mod picture;
mod sound;
mod still;
#[cfg(test)]
mod tests;
mod webm;

#[cfg(test)]
use lichtbild_protocol::case::Check;
use lichtbild_protocol::{
    capture::ArtifactReceipt,
    case::{ArtifactId, ArtifactKind},
    flow::Step,
};

pub use self::checks::{OnCheck, Report};

/// One recording as it lies in the store, with what was promised for it.
pub struct Recording {
    /// Which one.
    pub artifact: ArtifactId,
    /// As what it was uploaded, or promised where nothing was.
    pub kind: ArtifactKind,
    /// As what it was recorded. Nothing here believes it: the bytes say what they are.
    pub media_type: String,
    /// What the browser promised when the step was finished.
    pub promised: ArtifactReceipt,
    /// All of it, once it is its turn.
    pub bytes: Vec<u8>,
}

/// Makes every check of a step whose recordings are all at hand; `on_check` sees each as it is made.
#[cfg(test)]
fn examine(step: &Step, recordings: &[Recording], on_check: OnCheck<'_>) -> Vec<Check> {
    let mut report = Report::begin(step.clone(), recordings, on_check);
    for recording in recordings {
        report.look(recording, on_check);
    }
    report.end(on_check)
}

/// How many checks a report will have.
pub fn planned_checks(step: &Step, recordings: &[Recording]) -> u16 {
    let count = |kind| recordings.iter().filter(|recording| recording.kind == kind).count();
    let (videos, stills) = (count(ArtifactKind::Video), count(ArtifactKind::Still));
    let of_video = checks::OF_VIDEO + usize::from(checks::speaks(step));
    let best = if stills > 0 { checks::OF_BEST_STILL } else { 0 };
    u16::try_from(1 + videos * of_video + stills * checks::OF_STILL + best).unwrap_or(u16::MAX)
}
