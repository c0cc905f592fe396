//! What the checks hold recordings against, and how much work a recording may cause. Every number says where it comes from.
//! Bytes come from a browser nobody vouches for: the `MOST_…` limits bound memory and time before a parser or decoder runs.

/// Shorter side of a picture in pixels: 640×480, the least that any webcam in use gives.
pub const SHORT_SIDE: u32 = 480;

/// How much shorter than asked a video may be, in milliseconds. The page counts from the recorder's start; a slow camera's
/// first frame comes up to 0.3 s later, and the last frame's own length stands in no WebM.
pub const DURATION_SLACK: u32 = 500;

/// Loudest 100 ms of speech, RMS in dBFS. Speech into a microphone at arm's length, with the browser's gain control, lies
/// between −35 and −15; a quiet room below −55.
pub const AUDIBLE: f64 = -50.0;

/// What digital silence is written as, since JSON has no minus infinity.
pub const SILENCE: f64 = -120.0;

/// Luma of the brightest cell of a frame that counts as black. Black is coded as 16; sensor noise behind a covered lens stays below 30.
pub const BLACK: u8 = 32;

/// Share of black frames: cameras open their exposure for up to a second, a quarter of the shortest video.
pub const BLACK_SHARE: f64 = 0.25;

/// Levels of luma by which the mean of one cell of the picture (a 32nd by an 18th of it) has to change to count as movement.
/// Eight still pictures recorded by Chromium (VP8 and H.264, 640×480 to 1280×720, 0.1 to 2.5 Mbit/s) drifted by 6 at most, their
/// first frame being the coarsest; what really moves changes by tens.
pub const MOVED: u8 = 10;

/// Longest stretch without movement, as a share of the video. Who holds a document still does so for seconds, not for most of it.
pub const STILL_SHARE: f64 = 0.75;

/// Milliseconds between two looks at the picture: four a second tell a frozen camera from a calm hand, and frames in between
/// are decoded but not measured.
pub const LOOK_EVERY: f64 = 200.0;

/// Share of frames that have to decode; an encoder's own stream decodes wholly.
pub const DECODED_SHARE: f64 = 0.95;

/// Frames and sound packets of one video: two minutes at 60 + 100 a second. Videos end by themselves after 20 s.
pub const MOST_PACKETS: usize = 20_000;

/// Elements or boxes walked in one file.
pub const MOST_ELEMENTS: usize = 4 * MOST_PACKETS;

/// Bytes of an MP4's index or of one fragment's header, all of which is unpacked. Browsers write 1 to 60 kB.
pub const MOST_INDEX: u64 = 512 * 1024;

/// Pixels of one still: 48 megapixels are what phones photograph with today.
pub const MOST_PIXELS_STILL: u64 = 50_000_000;

/// Pixels of one video frame: 3840×2160.
pub const MOST_PIXELS_FRAME: u64 = 3_840 * 2_160;

/// Pixels decoded of one video: 25 s of 1920×1080 at 30 frames a second. What comes after is not looked at.
pub const MOST_PIXELS_VIDEO: u64 = 25 * 30 * 1_920 * 1_080;

/// What a still is held against, in the units of `lichtbild_vision::quality`.
pub struct StillLimits {
    /// Least sharpness.
    pub sharp: f64,
    /// Least brightness.
    pub dark: f64,
    /// Most brightness.
    pub bright: f64,
    /// Largest share of blown-out pixels.
    pub glare: f64,
}

/// A document. The browser hints at 0.25, 0.20, 0.88 and 0.02 of its smoothed measures (`src/flow/guidance.rs`); what passed
/// there has to pass here, so each limit lies a fifth of the way further out.
pub const DOCUMENT: StillLimits = StillLimits { sharp: 0.20, dark: 0.16, bright: 0.90, glare: 0.04 };

/// A face. The browser hints at 0.15 for sharpness, and not at all at glare: only a picture half lost to it fails.
pub const FACE: StillLimits = StillLimits { sharp: 0.12, dark: 0.16, bright: 0.90, glare: 0.50 };
