//! A photograph: decoded as JPEG, PNG or WebP, never larger than we allow, and measured by the very code the browser hints with.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits};
use lichtbild_protocol::flow::{Step, StepKind};
use lichtbild_vision::{luma::Luma, quality};

use super::{
    guard::{Fault, guarded},
    limits::{self, MOST_PIXELS_STILL, StillLimits},
};

/// One photograph, measured.
pub struct Photograph {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// As `quality::Quality`.
    pub sharpness: f64,
    /// As `quality::Quality`.
    pub brightness: f64,
    /// As `quality::Quality`.
    pub glare: f64,
    /// What it is held against.
    pub limits: &'static StillLimits,
}

impl Photograph {
    /// Whether it keeps more of its limits than another, or as many and is sharper.
    pub fn beats(&self, other: &Self) -> bool {
        (self.kept(), self.sharpness) > (other.kept(), other.sharpness)
    }

    fn kept(&self) -> usize {
        let bright_enough = (self.limits.dark..=self.limits.bright).contains(&self.brightness);
        [self.sharpness >= self.limits.sharp, bright_enough, self.glare <= self.limits.glare]
            .into_iter()
            .filter(|kept| *kept)
            .count()
    }
}

/// What the stills of a step are held against: a face has less fine detail than print, and skin may shine.
pub const fn limits_of(step: &Step) -> &'static StillLimits {
    match step.kind {
        StepKind::SelfieVideo { .. } => &limits::FACE,
        _ => &limits::DOCUMENT,
    }
}

/// Reads and measures a photograph.
pub fn open(bytes: &[u8], limits: &'static StillLimits) -> Result<Photograph, Fault> {
    guarded(|| {
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
        let quality::Quality { sharpness, brightness, glare, .. } = quality::measure(&luma);
        Ok(Photograph { size, sharpness: sharpness.into(), brightness: brightness.into(), glare: glare.into(), limits })
    })
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
