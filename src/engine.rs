//! The worker's one machine: a frame in, what was seen in it out. In: pixels as the browser lays them out, with the frame's number and
//! time. Out: an `Observation`, or why the pixels cannot be a frame.
//! Does not know: where frames come from, the clock (`Observation::millis` stays 0; the worker, which has a clock, fills it in).

use lichtbild_protocol::ErrorCode;
use lichtbild_vision::{luma::Luma, quality::Analyser};

use crate::{observation::Observation, time::Timestamp};

/// How pixels lie in their buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A byte of luminance each, 0 to 255.
    Luma,
    /// Four bytes each: red, green, blue, alpha.
    Rgba,
    /// A byte of luminance each, 16 to 235, as cameras and video codings have it.
    StudioLuma,
}

impl Layout {
    /// From the number the worker gives: 0, 1, 2 in the order above.
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::Luma),
            1 => Some(Self::Rgba),
            2 => Some(Self::StudioLuma),
            _ => None,
        }
    }
}

/// One frame's pixels.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    /// At least `stride` bytes for every row but the last.
    pub pixels: &'a [u8],
    /// How they lie.
    pub layout: Layout,
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Bytes from the begin of one row to the begin of the next.
    pub stride: usize,
}

/// Why there is no observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// A side is empty or beyond measure, a row does not fit its stride, or bytes are missing.
    #[error("the buffer does not hold a picture of this size")]
    Malformed,
    /// A layout nobody has agreed on.
    #[error("unknown layout of pixels")]
    Layout,
}

impl FrameError {
    /// The stable code: both are our own faults, and end this worker.
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::Malformed | Self::Layout => ErrorCode::EngineCrashed,
        }
    }
}

/// What looks at frames, one after the other.
#[derive(Debug, Default)]
pub struct Engine {
    analyser: Analyser,
}

impl Engine {
    /// Looks at a frame. A malformed one changes nothing.
    pub fn frame(&mut self, picture: &Picture, frame: u32, at: Timestamp) -> Result<Observation, FrameError> {
        let seen = self.analyser.look(&luma(picture).ok_or(FrameError::Malformed)?);
        Ok(Observation {
            frame,
            at,
            sharpness: seen.quality.sharpness,
            brightness: seen.quality.brightness,
            contrast: seen.quality.contrast,
            glare: seen.quality.glare,
            motion: seen.motion,
            identical: seen.identical,
            millis: 0.0,
        })
    }
}

fn luma(&Picture { pixels, layout, width, height, stride }: &Picture) -> Option<Luma<'static>> {
    let plane = || Some(Luma::with_stride(width, height, stride, pixels)?.for_analysis());
    match layout {
        Layout::Luma => plane(),
        Layout::StudioLuma => Some(plane()?.from_studio_range()),
        Layout::Rgba => Some(Luma::from_rgba(width, height, stride, pixels)?.for_analysis()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_700_000_000_000);

    fn grey(layout: Layout, value: u8) -> Result<Observation, FrameError> {
        let stride = if layout == Layout::Rgba { 4 * 30 } else { 30 };
        let pixels = vec![value; stride * 20];
        Engine::default().frame(&Picture { pixels: &pixels, layout, width: 30, height: 20, stride }, 7, NOW)
    }

    #[test]
    fn white_is_white_in_every_layout() {
        for (layout, white) in [(Layout::Luma, 255), (Layout::Rgba, 255), (Layout::StudioLuma, 235)] {
            let seen = grey(layout, white).expect("a whole picture");
            assert!(seen.brightness > 0.999 && seen.glare > 0.999, "{layout:?} {seen:?}");
            assert_eq!((seen.frame, seen.at, seen.motion), (7, NOW, None));
        }
    }

    #[test]
    fn a_malformed_frame_changes_nothing() {
        let mut engine = Engine::default();
        let pixels = vec![90; 12];
        let good = Picture { pixels: &pixels, layout: Layout::Luma, width: 4, height: 3, stride: 4 };
        engine.frame(&good, 1, NOW).expect("a whole picture");
        for bad in [
            Picture { pixels: &pixels[..11], ..good },
            Picture { layout: Layout::Rgba, ..good },
            Picture { width: 0, ..good },
            Picture { stride: 3, ..good },
        ] {
            let refused = engine.frame(&bad, 2, NOW).expect_err("not a picture");
            assert_eq!(refused.code(), ErrorCode::EngineCrashed);
        }
        let next = engine.frame(&good, 3, NOW).expect("a whole picture");
        assert!(next.identical && next.motion == Some(0.0));
    }

    #[test]
    fn layouts_have_their_numbers() {
        let numbered: Vec<_> = (0..4).map(Layout::from_number).collect();
        assert_eq!(numbered, [Some(Layout::Luma), Some(Layout::Rgba), Some(Layout::StudioLuma), None]);
    }
}
