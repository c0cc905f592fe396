//! What the engine saw in one frame: plain data, made in the worker, read by the page.

use lichtbild_protocol::Sensitive;
pub use lichtbild_protocol::kind::{DocumentClass, ZoneFormat};
use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// Measures of one frame. Each has its formula in `lichtbild_vision::quality`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Observation {
    /// Which frame, as the page numbered it.
    pub frame: u32,
    /// When the page took it.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub at: Timestamp,
    /// Detail at fine scale relative to coarse scale, 0 (blurred) to 1 (sharp).
    pub sharpness: f32,
    /// Mean luminance, 0 to 1.
    pub brightness: f32,
    /// Spread of luminance (5th to 95th percentile), 0 to 1.
    pub contrast: f32,
    /// Share of pixels in blown-out blobs, 0 to 1.
    pub glare: f32,
    /// Mean absolute change against the frame before, 0 to 1; `None` for the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub motion: Option<f32>,
    /// The picture is bit for bit the one before (at analysis size).
    pub identical: bool,
    /// The document in view; absent if there is none, or the engine has no model to see it with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub document: Option<DocumentSeen>,
    /// What came of an attempt to read the document's machine-readable zone; absent if none was made in this frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub zone: Option<ZoneSeen>,
    /// Time the engine took, milliseconds, without such an attempt.
    pub millis: f32,
}

impl Observation {
    /// The zone, if it was read in this frame.
    pub const fn zone_read(&self) -> Option<&ZoneRead> {
        match &self.zone {
            Some(ZoneSeen { found: ZoneFound::Read(zone), .. }) => Some(zone),
            _ => None,
        }
    }
}

/// Whether the machine-readable zone of the document in a frame is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ZoneWish {
    /// No document with a zone is wanted.
    #[default]
    None,
    /// It stands on the side that is wanted.
    Wanted,
    /// It stands on the other side, or it is not known on which: it is looked for now and then, and not missed.
    Elsewhere,
}

impl ZoneWish {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::None, Self::Wanted, Self::Elsewhere];

    /// Its name in the worker's messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Wanted => "wanted",
            Self::Elsewhere => "elsewhere",
        }
    }

    /// From that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wish| wish.name() == name)
    }
}

/// An attempt to read a machine-readable zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ZoneSeen {
    /// What came of it.
    #[serde(flatten)]
    pub found: ZoneFound,
    /// Time it took, milliseconds.
    pub millis: f32,
}

/// What was found where a machine-readable zone was looked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ZoneFound {
    /// No lines.
    Missing,
    /// Parts of lines: something covers the rest, or it is not in the picture.
    Cut,
    /// Lines that cannot be read surely, not even those of several frames together.
    Unreadable,
    /// A zone that is valid, and sure.
    Read(ZoneRead),
}

/// A zone as it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ZoneRead {
    /// How it is laid out.
    pub format: ZoneFormat,
    /// Its lines, top first.
    #[cfg_attr(feature = "ts", ts(type = "Array<string>"))]
    pub lines: Sensitive<Vec<String>>,
    /// How sure the reader was of its characters, 0 to 1.
    pub confidence: f32,
}

/// Corners of a document, clockwise from its own top left, as shares of the picture's width and height.
pub type Corners = [[f32; 2]; 4];

/// A document in a frame. Measures are taken in its own plane, as if it were seen straight on; each has its formula in
/// `lichtbild_vision::document`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DocumentSeen {
    /// What it is.
    pub class: DocumentClass,
    /// How sure the engine is that it is there and what it is, 0 to 1.
    pub score: f32,
    /// Its corners.
    pub quad: Corners,
    /// Whether each corner is in the picture and not covered.
    pub corners: [bool; 4],
    /// How much of the frame's left, upper, right and lower edge it runs over, 0 to 1.
    pub cut: [f32; 4],
    /// Share of it that something covers (fingers), 0 to 1.
    pub covered: f32,
    /// Its longer side as a share of what would just fit into the frame, 0 to 1 and above if cut.
    pub fill: f32,
    /// Dots per inch on it, from the size of its format; absent for formats without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub dpi: Option<f32>,
    /// Angle between its normal and the line of sight, degrees, 0 to 90.
    pub tilt: f32,
    /// How far it is turned clockwise in the picture, degrees, −180 to 180; 0 is upright.
    pub turn: f32,
    /// Mean way of its corners a second, as a share of its diagonal; absent in the first frame it is seen in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub motion: Option<f32>,
    /// Detail at fine scale relative to coarse scale, 0 (blurred) to 1 (sharp).
    pub sharpness: f32,
    /// Mean luminance, 0 to 1.
    pub brightness: f32,
    /// Spread of luminance, 0 to 1.
    pub contrast: f32,
    /// Share of it that is blown out, 0 to 1.
    pub glare: f32,
    /// Share of what is to be read (portrait, text, machine-readable zone) that glare hides, 0 to 1.
    pub hidden: f32,
    /// How strong the strongest edge of a shadow over it is, 0 to 1.
    pub shadow: f32,
}
