//! Documents in a picture: what there is to see, where it lies, which way up, and how well it can be read.

mod detector;
pub mod heat;
mod plane;
mod readable;
mod refine;
mod track;

pub use detector::{Detection, Detector};
pub use plane::{Pose, pose, rectified, shape_error};
pub use readable::{READABLE_WIDTH, Readable, readable};
pub use refine::{edged, refined};
pub use track::Tracker;

use lichtbild_protocol::kind;

/// What kind of flat thing is seen: an answer of the network, which may be that there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentClass {
    /// Nothing that a person could mean.
    None,
    /// The side of an identity document with the portrait: cards of format ID-1 (TD1), and TD2.
    IdFront,
    /// The other side, with the machine-readable zone on cards of format TD1.
    IdBack,
    /// The data page of a passport (TD3).
    PassportPage,
    /// Another card of format ID-1: bank, club, business.
    OtherCard,
    /// A sheet: letter, form, receipt, bank note, book.
    Paper,
}

impl From<kind::DocumentClass> for DocumentClass {
    fn from(class: kind::DocumentClass) -> Self {
        match class {
            kind::DocumentClass::IdFront => Self::IdFront,
            kind::DocumentClass::IdBack => Self::IdBack,
            kind::DocumentClass::PassportPage => Self::PassportPage,
            kind::DocumentClass::OtherCard => Self::OtherCard,
            kind::DocumentClass::Paper => Self::Paper,
        }
    }
}

impl DocumentClass {
    /// What is seen, as others are told of it; `None`: nothing.
    pub const fn seen(self) -> Option<kind::DocumentClass> {
        Some(match self {
            Self::None => return None,
            Self::IdFront => kind::DocumentClass::IdFront,
            Self::IdBack => kind::DocumentClass::IdBack,
            Self::PassportPage => kind::DocumentClass::PassportPage,
            Self::OtherCard => kind::DocumentClass::OtherCard,
            Self::Paper => kind::DocumentClass::Paper,
        })
    }

    /// All of them, in the order of the network's output.
    pub const ALL: [Self; 6] =
        [Self::None, Self::IdFront, Self::IdBack, Self::PassportPage, Self::OtherCard, Self::Paper];

    /// Width and height in millimetres, of formats that have them: ID-1 (ISO/IEC 7810) and TD3 (ICAO 9303-4 §2.2). A TD2 front is
    /// measured as if it were ID-1: the proportions differ by a tenth.
    pub const fn size_mm(self) -> Option<[f32; 2]> {
        match self {
            Self::IdFront | Self::IdBack | Self::OtherCard => Some([85.6, 53.98]),
            Self::PassportPage => Some([125.0, 88.0]),
            Self::None | Self::Paper => None,
        }
    }
}
