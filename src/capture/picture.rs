//! Whether the picture is alive: black, covered, frozen or muted pictures are noticed within two seconds.
//!
//! In: that a frame came, what was seen in it by the engine or, without one, in a tiny drawing; that the system muted the track.
//! Out: the fault, or none.
//! Does not know: what is done about it.

use lichtbild_protocol::ErrorCode;

use crate::{
    observation::Observation,
    time::{Millis, Timestamp},
};

/// No new frame for so long is a frozen picture.
const FROZEN_AFTER: Millis = Millis(1_800);
/// The first frame of a fresh camera may take longer: phones warm up.
const FIRST_FRAME_WITHIN: Millis = Millis(6_000);
/// Black, even or identical pictures for so long are believed.
const DULL_AFTER: Millis = Millis(1_500);

const BLACK_BRIGHTNESS: f32 = 0.04;
const BLACK_CONTRAST: f32 = 0.06;
const COVERED_CONTRAST: f32 = 0.03;

/// What is wrong with the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFault {
    /// No new frames, or the same one again and again.
    Frozen,
    /// The system paused the track.
    Muted,
    /// Black.
    Black,
    /// Even, without detail.
    Covered,
}

impl PictureFault {
    /// Its code.
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::Frozen => ErrorCode::CameraFrozen,
            Self::Muted => ErrorCode::CameraMuted,
            Self::Black => ErrorCode::CameraBlack,
            Self::Covered => ErrorCode::CameraCovered,
        }
    }
}

/// What tells a picture from none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glance {
    /// Mean luminance, 0 to 1.
    pub brightness: f32,
    /// Spread of luminance (5th to 95th percentile), 0 to 1.
    pub contrast: f32,
    /// Bit for bit the picture before.
    pub identical: bool,
}

impl Glance {
    /// At a tiny drawing of a frame, four bytes a pixel (red, green, blue, alpha). Nothing is said about change: so few pixels may
    /// repeat although the camera lives.
    pub fn at(rgba: &[u8]) -> Self {
        // Luma of ITU-R BT.601, in thousandths.
        let luma = |pixel: &[u8]| 299 * u32::from(pixel[0]) + 587 * u32::from(pixel[1]) + 114 * u32::from(pixel[2]);
        let mut levels = [0_usize; 256];
        let (mut sum, mut count) = (0.0, 0);
        for luma in rgba.chunks_exact(4).map(luma) {
            levels[(luma / 1000) as usize] += 1;
            sum += luma as f32 / 255_000.0;
            count += 1;
        }
        let percentile = |percent: usize| {
            let mut below = count * percent / 100;
            let level = levels.iter().position(|&pixels| {
                let here = below < pixels;
                below = below.saturating_sub(pixels);
                here
            });
            level.unwrap_or_default() as f32 / 255.0
        };
        Self { brightness: sum / count.max(1) as f32, contrast: percentile(95) - percentile(5), identical: false }
    }
}

impl From<&Observation> for Glance {
    fn from(seen: &Observation) -> Self {
        Self { brightness: seen.brightness, contrast: seen.contrast, identical: seen.identical }
    }
}

/// Watches one open camera.
#[derive(Clone, Debug)]
pub struct PictureWatch {
    last_frame: Timestamp,
    seen_any: bool,
    muted: bool,
    visible: bool,
    dull: Option<(PictureFault, Timestamp)>,
}

impl PictureWatch {
    /// The camera was opened now.
    pub const fn opened(now: Timestamp, visible: bool) -> Self {
        Self { last_frame: now, seen_any: false, muted: false, visible, dull: None }
    }

    /// A new frame came.
    pub const fn frame(&mut self, now: Timestamp) {
        self.last_frame = now;
        self.seen_any = true;
    }

    /// One was looked at.
    pub fn observed(&mut self, seen: Glance, now: Timestamp) {
        let fault = if seen.brightness < BLACK_BRIGHTNESS && seen.contrast < BLACK_CONTRAST {
            Some(PictureFault::Black)
        } else if seen.contrast < COVERED_CONTRAST {
            Some(PictureFault::Covered)
        } else if seen.identical {
            Some(PictureFault::Frozen)
        } else {
            None
        };
        self.dull = fault.map(|fault| match self.dull {
            Some((before, since)) if before == fault => (fault, since),
            _ => (fault, now),
        });
    }

    /// The system muted or unmuted the track. After an unmute the picture has to prove itself.
    pub const fn muted(&mut self, muted: bool, now: Timestamp) {
        self.muted = muted;
        self.last_frame = now;
        self.dull = None;
    }

    /// The page was hidden or shown; a hidden page gets no frames.
    pub const fn visible(&mut self, visible: bool, now: Timestamp) {
        self.visible = visible;
        self.last_frame = now;
        self.dull = None;
    }

    /// Frames are expected again, after a time in which none were.
    pub const fn resumed(&mut self, now: Timestamp) {
        self.last_frame = now;
        self.dull = None;
    }

    /// What is wrong now.
    pub fn fault(&self, now: Timestamp) -> Option<PictureFault> {
        if self.muted {
            return Some(PictureFault::Muted);
        }
        if !self.visible {
            return None;
        }
        if now.since(self.last_frame) >= self.patience() {
            return Some(PictureFault::Frozen);
        }
        self.dull.filter(|&(_, since)| now.since(since) >= DULL_AFTER).map(|(fault, _)| fault)
    }

    /// When the answer may change by itself.
    pub fn deadline(&self) -> Option<Timestamp> {
        if self.muted || !self.visible {
            return None;
        }
        let frozen = self.last_frame + self.patience();
        Some(self.dull.map_or(frozen, |(_, since)| frozen.min((since + DULL_AFTER).max(self.last_frame))))
    }

    const fn patience(&self) -> Millis {
        if self.seen_any { FROZEN_AFTER } else { FIRST_FRAME_WITHIN }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(brightness: f32, contrast: f32, identical: bool) -> Glance {
        Glance { brightness, contrast, identical }
    }

    /// Plays ten frames a second of one kind for two seconds.
    fn after_two_seconds(seen: Glance) -> Option<PictureFault> {
        let mut watch = PictureWatch::opened(Timestamp(0), true);
        for tenth in 1..=20 {
            let now = Timestamp(tenth * 100);
            watch.frame(now);
            watch.observed(seen, now);
        }
        watch.fault(Timestamp(2_000))
    }

    #[test]
    fn every_bad_picture_is_noticed_within_two_seconds() {
        assert_eq!(after_two_seconds(seen(0.01, 0.01, false)), Some(PictureFault::Black));
        assert_eq!(after_two_seconds(seen(0.4, 0.01, false)), Some(PictureFault::Covered));
        assert_eq!(after_two_seconds(seen(0.4, 0.4, true)), Some(PictureFault::Frozen));
        assert_eq!(after_two_seconds(seen(0.4, 0.4, false)), None);
    }

    #[test]
    fn a_tiny_drawing_tells_black_covered_and_lively_pictures_apart() {
        let drawn =
            |grey: &dyn Fn(u8) -> u8| (0..=255).flat_map(|at| [grey(at), grey(at), grey(at), 255]).collect::<Vec<_>>();
        let fault = |rgba: &[u8]| after_two_seconds(Glance::at(rgba));
        assert_eq!(fault(&drawn(&|_| 3)), Some(PictureFault::Black));
        assert_eq!(fault(&drawn(&|at| 120 + at % 4)), Some(PictureFault::Covered));
        assert_eq!(fault(&drawn(&|at| at)), None);
        assert!(Glance::at(&drawn(&|_| 255)).brightness > 0.999);
    }

    #[test]
    fn no_new_frame_is_a_frozen_picture() {
        let mut watch = PictureWatch::opened(Timestamp(0), true);
        watch.frame(Timestamp(100));
        assert_eq!(watch.fault(Timestamp(1_800)), None);
        assert_eq!(watch.fault(watch.deadline().expect("it is watched")), Some(PictureFault::Frozen));
    }

    #[test]
    fn the_first_frame_may_take_longer() {
        let watch = PictureWatch::opened(Timestamp(0), true);
        assert_eq!(watch.fault(Timestamp(3_000)), None);
        assert_eq!(watch.fault(Timestamp(6_000)), Some(PictureFault::Frozen));
    }

    #[test]
    fn a_hidden_page_has_no_picture_to_miss() {
        let mut watch = PictureWatch::opened(Timestamp(0), true);
        watch.frame(Timestamp(100));
        watch.visible(false, Timestamp(200));
        assert_eq!(watch.fault(Timestamp(60_000)), None);
        watch.visible(true, Timestamp(60_000));
        assert_eq!(watch.fault(Timestamp(61_000)), None);
        assert_eq!(watch.fault(Timestamp(62_000)), Some(PictureFault::Frozen));
    }

    #[test]
    fn a_muted_track_is_noticed_at_once_and_must_prove_itself_afterwards() {
        let mut watch = PictureWatch::opened(Timestamp(0), true);
        watch.frame(Timestamp(100));
        watch.muted(true, Timestamp(200));
        assert_eq!(watch.fault(Timestamp(200)), Some(PictureFault::Muted));
        watch.muted(false, Timestamp(5_000));
        assert_eq!(watch.fault(Timestamp(5_000)), None);
        assert_eq!(watch.fault(Timestamp(6_900)), Some(PictureFault::Frozen));
    }
}
