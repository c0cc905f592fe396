//! The worker's one machine: a frame in, what was seen in it out. In: pixels as the browser lays them out, with the frame's number and
//! time. Out: an `Observation`, or why the pixels cannot be a frame.
//! Does not know: where frames come from, the clock (`Observation::millis` stays 0; the worker, which has a clock, fills it in).

mod documents;
mod reading;

use lichtbild_protocol::ErrorCode;
use lichtbild_vision::{
    luma::Luma,
    model::ModelError,
    quality::{Analyser, Seen},
};

use self::{documents::Documents, reading::Zones};

use crate::{
    observation::{DocumentSeen, Observation, ZoneFound, ZoneWish},
    time::Timestamp,
};

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
    /// The network cannot be read, is another than its card names, or does not answer as agreed.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl FrameError {
    /// The stable code. All are our own faults, and end this worker.
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::Malformed | Self::Layout => ErrorCode::EngineCrashed,
            Self::Model(_) => ErrorCode::ModelUnusable,
        }
    }
}

/// What looks at frames, one after the other.
#[derive(Debug, Default)]
pub struct Engine {
    analyser: Analyser,
    documents: Option<Documents>,
    zones: Option<Zones>,
}

impl Engine {
    /// Sees documents from now on, with the network of `models/document/model.onnx`.
    pub fn load_documents(&mut self, onnx: &[u8]) -> Result<(), FrameError> {
        self.documents = Some(Documents::load(onnx)?);
        Ok(())
    }

    /// Reads machine-readable zones from now on, with the networks `models/mrz/finder.onnx` and `models/mrz/reader.onnx`.
    pub fn load_reader(&mut self, finder: &[u8], reader: &[u8]) -> Result<(), FrameError> {
        self.zones = Some(Zones::load(finder, reader)?);
        Ok(())
    }

    /// Looks at a frame. A malformed one changes nothing.
    pub fn frame(&mut self, picture: &Picture, frame: u32, at: Timestamp) -> Result<Observation, FrameError> {
        let luma = luma(picture).ok_or(FrameError::Malformed)?;
        let document = self.documents.as_mut().map(|documents| documents.look(&luma, at)).transpose()?.flatten();
        Ok(observation(frame, at, self.analyser.look(&luma), document))
    }

    /// Looks at a still, which is no frame of the stream: nothing is said of motion, and the next frame is compared with the last one.
    pub fn still(&mut self, picture: &Picture, number: u32, at: Timestamp) -> Result<Observation, FrameError> {
        let luma = luma(picture).ok_or(FrameError::Malformed)?;
        let document = self.documents.as_mut().map(|documents| documents.look_once(&luma)).transpose()?.flatten();
        Ok(observation(number, at, Analyser::default().look(&luma), document))
    }

    /// Attempts to read the zone of the document that was `seen` in this frame, if it is the time to; in a still, in any case. An attempt
    /// is followed by `read_took`.
    pub fn read(
        &mut self,
        picture: &Picture,
        seen: &Observation,
        wish: ZoneWish,
        still: bool,
    ) -> Result<Option<ZoneFound>, FrameError> {
        let Some(zones) = &mut self.zones else { return Ok(None) };
        let due = if still { wish != ZoneWish::None } else { zones.begin(seen.document.as_ref(), seen.at, wish) };
        let Some(document) = seen.document.as_ref().filter(|_| due) else { return Ok(None) };
        let luma = luma(picture).ok_or(FrameError::Malformed)?;
        Ok(Some(if still { zones.look_once(&luma, document)? } else { zones.look(&luma, document)? }))
    }

    /// An attempt to read took so many milliseconds.
    pub fn read_took(&mut self, millis: f32) {
        if let Some(zones) = &mut self.zones {
            zones.took(millis);
        }
    }
}

fn observation(frame: u32, at: Timestamp, seen: Seen, document: Option<DocumentSeen>) -> Observation {
    Observation {
        frame,
        at,
        sharpness: seen.quality.sharpness,
        brightness: seen.quality.brightness,
        contrast: seen.quality.contrast,
        glare: seen.quality.glare,
        motion: seen.motion,
        identical: seen.identical,
        document,
        zone: None,
        millis: 0.0,
    }
}

fn luma<'a>(&Picture { pixels, layout, width, height, stride }: &Picture<'a>) -> Option<Luma<'a>> {
    let plane = || Luma::with_stride(width, height, stride, pixels);
    match layout {
        Layout::Luma => plane(),
        Layout::StudioLuma => Some(plane()?.from_studio_range()),
        Layout::Rgba => Luma::from_rgba(width, height, stride, pixels),
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
