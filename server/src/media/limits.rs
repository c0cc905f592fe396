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
    /// Largest share lost to glare.
    pub glare: f64,
}

/// A document's step, judged by the whole picture: what is blown out counts as lost. The browser hints at 0.25, 0.20, 0.88 and 0.02 of
/// its smoothed measures (`src/flow/guidance/table.rs`); what passed there has to pass here, so each limit lies a fifth of the way
/// further out.
pub const DOCUMENT: StillLimits = StillLimits { sharp: 0.20, dark: 0.16, bright: 0.90, glare: 0.04 };

/// A document in its own plane: what glare hides of the print counts as lost (`Readable::hidden`). The browser hints at the same values;
/// half as much again may be hidden here.
pub const IN_PLANE: StillLimits = StillLimits { sharp: 0.20, dark: 0.16, bright: 0.90, glare: 0.03 };

/// A face. The browser hints at 0.15 for sharpness, and not at all at glare: only a picture half lost to it fails.
pub const FACE: StillLimits = StillLimits { sharp: 0.12, dark: 0.16, bright: 0.90, glare: 0.50 };

/// Least chance that a document is there: below it on every still, none was shown. A twentieth leaves no network of use any doubt; it
/// is not the threshold at which something is claimed (`TOLD`), so that what lies between counts neither way.
pub const PRESENT: f64 = 0.05;

/// Chance from which on the document is judged by what the network says of it. A threshold of one half claims as much wrongly as it
/// misses; who is asked to try again has to be asked rightly.
pub const TOLD: f64 = 0.90;

/// Largest share of the area between its corners in which the document does not show. A hand that holds a card covers up to a fifth of
/// it; where more is bare, corners and surface contradict each other, and neither is believed.
pub const MOST_COVERED: f64 = 0.30;

/// Chance of another thing than what is wanted up to which nobody is asked for the right one.
pub const ANOTHER: f64 = 0.95;

/// Largest share of an edge of the picture that the document runs over. A whole side beyond the edge shows as a third of it, since so
/// long a card of `DPI` is in 1280×720. A lone corner shows as less: 0.15 at 250 dpi are 20 mm, and a corner turned by 20° is then lost to
/// a depth of 6 mm, a passport's margin (ICAO 9303-4). The browser hints at 0.02, before any corner is lost.
pub const CUT: f64 = 0.15;

/// Corners that may be out of sight. Thumbs lie on two when a card is held with both hands; beyond the edge of the picture they show as
/// `CUT`.
pub const CORNERS_HIDDEN: f64 = 2.0;

/// Least resolution in the document's plane, dots per inch. Its machine-readable zone is printed in OCR-B of size 1 (ICAO 9303-3 §4),
/// whose capitals are 2.4 mm high (ISO 1073-2); reading wants 12 to 15 pixels of height, and 12 × 25.4 ÷ 2.4 are 127 dpi: a twentieth
/// less, since corners are found up to a hundredth of the picture beside their place. A card is 404 pixels across then, a passport 591.
pub const DPI: f64 = 120.0;
