//! The honest evaluation of recordings: what the server itself finds in the bytes, whatever the browser said about them.
//! In: a step, and the recordings handed in with it. Out: one check per question, in the same order and number every time.
//! A check that an earlier answer makes pointless says which; what nobody here can decode fails. A report is made recording by
//! recording, each of which takes seconds of one core. Does not know: cases, verdicts, storage, clocks.
//!
//! Units of what is measured: `Duration` milliseconds, `PictureSize` pixels of the shorter side, `SoundAudible` dBFS of the loudest
//! 100 ms, `PictureNotBlack` and `PictureNotFrozen` a share of the video, `Sharpness`, `Brightness` and `Glare` as in
//! `lichtbild_vision::quality` (glare in a document's plane: `Readable::hidden`), `DocumentPresent` a chance, `DocumentSide` the chance
//! of another thing, `DocumentWhole` a share of an edge of the picture, `DocumentCorners` how many are out of sight,
//! `DocumentResolution` dots per inch.

mod answer;
mod checks;
mod container;
mod documents;
mod guard;
mod h264;
mod judgement;
mod layout;
mod limits;
mod mp4;
mod picture;
mod sound;
mod still;
#[cfg(test)]
mod tests;
mod wanted;
mod webm;

use lichtbild_protocol::{
    capture::ArtifactReceipt,
    case::{ArtifactId, ArtifactKind},
    flow::Step,
};
#[cfg(test)]
use lichtbild_protocol::{case::Check, flow::DocumentKind};

use lichtbild_vision::luma::Luma;

use self::still::Subject;
pub use self::{
    checks::{OnCheck, Report},
    documents::{Documents, NETWORK, Sighting},
    guard::guarded,
};

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
fn examine(
    step: &Step,
    kind: Option<DocumentKind>,
    documents: &Documents,
    recordings: &[Recording],
    on_check: OnCheck<'_>,
) -> Vec<Check> {
    let mut report = Report::begin(step.clone(), kind, documents.clone(), recordings, on_check);
    for recording in recordings {
        report.look(recording, on_check);
    }
    report.end(on_check)
}

/// The luminance of a photograph; `None` if it cannot be decoded.
pub fn luminance(bytes: &[u8]) -> Option<Luma<'static>> {
    still::luminance(bytes).ok()
}

/// How many checks a report will have.
pub fn planned_checks(step: &Step, recordings: &[Recording]) -> u16 {
    let count = |kind| recordings.iter().filter(|recording| recording.kind == kind).count();
    let (videos, stills) = (count(ArtifactKind::Video), count(ArtifactKind::Still));
    let of_video = checks::OF_VIDEO + usize::from(checks::speaks(step));
    let subject = Subject::of(step, None);
    let best = if stills > 0 || subject.is_document() { subject.questions().count() } else { 0 };
    u16::try_from(1 + videos * of_video + stills * checks::OF_STILL + best).unwrap_or(u16::MAX)
}
