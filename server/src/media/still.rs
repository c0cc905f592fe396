//! A photograph: decoded as JPEG, PNG or WebP, never larger than we allow, and measured by the very code the browser hints with: the
//! document in its own plane where one is surely seen, else the whole picture.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits};
use lichtbild_protocol::{
    ErrorCode,
    case::CheckKind,
    flow::{DocumentKind, Step, StepKind},
};
use lichtbild_vision::{luma::Luma, quality};

use super::{
    answer::{Answer, Asked, is_good},
    documents::{Documents, Sighting},
    guard::{Fault, guarded},
    judgement::{QUESTIONS, Sureness, judge},
    limits::{self, MOST_PIXELS_STILL, StillLimits},
    wanted::Wanted,
};

/// What the stills of a step are to show.
#[derive(Clone, Copy)]
pub enum Subject {
    /// A person's face.
    Face,
    /// A side of a document.
    Document(Wanted),
}

impl Subject {
    /// Of a step, for the chosen kind of document.
    pub const fn of(step: &Step, kind: Option<DocumentKind>) -> Self {
        match step.kind {
            StepKind::DocumentVideo { side, .. } | StepKind::DocumentPhoto { side } => {
                Self::Document(Wanted::of(side, kind))
            }
            _ => Self::Face,
        }
    }

    /// Whether a document is to be seen.
    pub const fn is_document(self) -> bool {
        matches!(self, Self::Document(_))
    }

    /// What is asked of the best still, in this order.
    pub fn questions(self) -> impl Iterator<Item = CheckKind> {
        let of_document: &[CheckKind] = match self {
            Self::Face => &[],
            Self::Document(_) => &QUESTIONS,
        };
        [CheckKind::Sharpness, CheckKind::Brightness, CheckKind::Glare].into_iter().chain(of_document.iter().copied())
    }
}

/// One photograph, looked at.
pub struct Photograph {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// An answer to each of its subject's questions.
    pub answers: Vec<Asked>,
    /// How sure it is that its document is there.
    sureness: Sureness,
    /// As `quality::Quality`, of what was measured.
    sharpness: f64,
}

impl Photograph {
    /// Whether it shows its document more surely than another, or leaves fewer questions open, or as many and is sharper.
    pub fn beats(&self, other: &Self) -> bool {
        let good = |photograph: &Self| photograph.answers.iter().filter(|asked| is_good(asked)).count();
        (self.sureness, good(self), self.sharpness) > (other.sureness, good(other), other.sharpness)
    }
}

/// Reads and measures a photograph.
pub fn open(bytes: &[u8], subject: Subject, documents: &Documents) -> Result<Photograph, Fault> {
    guarded(|| {
        let (size, luma) = decoded(bytes)?;
        Ok(look(&luma, size, subject, documents))
    })
}

/// A photograph's luminance.
pub fn luminance(bytes: &[u8]) -> Result<Luma<'static>, Fault> {
    guarded(|| decoded(bytes).map(|(_, luma)| luma))
}

fn decoded(bytes: &[u8]) -> Result<((u32, u32), Luma<'static>), Fault> {
    let size = reader(bytes)?.into_dimensions().map_err(|_| Fault::Damaged)?;
    if u64::from(size.0) * u64::from(size.1) > MOST_PIXELS_STILL {
        return Err(Fault::Damaged);
    }
    let mut reader = reader(bytes)?;
    let mut bounds = Limits::default();
    // Four channels of 16 bits, and as much again for the decoder's own tables.
    bounds.max_alloc = Some(MOST_PIXELS_STILL * 16);
    reader.limits(bounds);
    let picture = reader.decode().map_err(|_| Fault::Damaged)?.into_luma8();
    let luma = Luma::new(size.0 as usize, size.1 as usize, picture.into_raw()).ok_or(Fault::Damaged)?;
    Ok((size, luma))
}

fn look(luma: &Luma<'_>, size: (u32, u32), subject: Subject, documents: &Documents) -> Photograph {
    let (seen, wanted) = match subject {
        Subject::Face => (None, None),
        Subject::Document(wanted) => (Some(documents.look(luma)), Some(wanted)),
    };
    let sureness = match &seen {
        Some(Ok(sighting)) => Sureness::of(sighting),
        _ => Sureness::Unclear,
    };
    let measures = match &seen {
        Some(Ok(Sighting { readable: Some(readable), .. })) if sureness == Sureness::Told => Measures {
            sharpness: readable.sharpness.into(),
            brightness: readable.brightness.into(),
            glare: readable.hidden.into(),
            limits: &limits::IN_PLANE,
        },
        _ => {
            let quality = quality::measure(luma);
            Measures {
                sharpness: quality.sharpness.into(),
                brightness: quality.brightness.into(),
                glare: quality.glare.into(),
                limits: if wanted.is_some() { &limits::DOCUMENT } else { &limits::FACE },
            }
        }
    };
    let mut answers = measures.answers().to_vec();
    match (seen, wanted) {
        (Some(Ok(sighting)), Some(wanted)) => answers.extend(judge(&sighting, wanted)),
        (Some(Err(code)), _) => answers.extend([Err(code); QUESTIONS.len()]),
        _ => {}
    }
    Photograph { size, answers, sureness, sharpness: measures.sharpness }
}

/// How good it is to look at, and what that is held against.
struct Measures {
    sharpness: f64,
    brightness: f64,
    glare: f64,
    limits: &'static StillLimits,
}

impl Measures {
    fn answers(&self) -> [Asked; 3] {
        let Self { sharpness, brightness, glare, limits } = *self;
        let dark = Answer::at_least(brightness, limits.dark, ErrorCode::MediaTooDark);
        [
            Ok(Answer::at_least(sharpness, limits.sharp, ErrorCode::MediaBlurred)),
            Ok(if dark.failure().is_some() {
                dark
            } else {
                Answer::at_most(brightness, limits.bright, ErrorCode::MediaTooBright)
            }),
            Ok(Answer::at_most(glare, limits.glare, ErrorCode::MediaGlare)),
        ]
    }
}

fn reader(bytes: &[u8]) -> Result<ImageReader<Cursor<&[u8]>>, Fault> {
    let format = image::guess_format(bytes).map_err(|_| Fault::Damaged)?;
    match format {
        ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP => {
            Ok(ImageReader::with_format(Cursor::new(bytes), format))
        }
        _ => Err(Fault::Damaged),
    }
}
