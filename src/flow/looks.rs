//! What an engine may see, for the tests of guidance and shutter.

use lichtbild_protocol::flow::{DocumentKind, Side};

use super::Wanted;
use crate::{
    observation::{DocumentClass, DocumentSeen, Observation},
    time::{Millis, Timestamp},
};

/// A good picture without a document.
pub const TABLE_TOP: Observation = Observation {
    frame: 0,
    at: Timestamp(0),
    sharpness: 0.6,
    brightness: 0.5,
    contrast: 0.6,
    glare: 0.0,
    motion: Some(0.01),
    identical: false,
    document: None,
    zone: None,
    millis: 5.0,
};

/// The front of a card, seen well.
pub const CARD: DocumentSeen = DocumentSeen {
    class: DocumentClass::IdFront,
    score: 0.95,
    quad: [[0.15, 0.2], [0.85, 0.2], [0.85, 0.8], [0.15, 0.8]],
    corners: [true; 4],
    cut: [0.0; 4],
    covered: 0.0,
    fill: 0.7,
    dpi: Some(300.0),
    tilt: 4.0,
    turn: 1.0,
    motion: Some(0.05),
    sharpness: 0.7,
    brightness: 0.55,
    contrast: 0.6,
    glare: 0.0,
    hidden: 0.0,
    shadow: 0.05,
};

/// A table with a document on it.
pub fn with(document: DocumentSeen) -> Observation {
    Observation { document: Some(document), ..TABLE_TOP }
}

/// What a step wants that looks at this side.
pub fn wanted(side: Side, kind: DocumentKind) -> Wanted {
    Wanted::of(side, Some(kind))
}

/// A card whose four edges look so long: a quad with this keystone, tilted by so many degrees.
pub fn tilted(tilt: f32, top_far: f32, left_far: f32) -> DocumentSeen {
    let [[left, top], _, [right, bottom], _] = CARD.quad;
    let (x, y) = (top_far * 0.35, left_far * 0.3);
    let quad = [
        [left + x.max(0.0), top + y.max(0.0)],
        [right - x.max(0.0), top - y.min(0.0)],
        [right + x.min(0.0), bottom + y.min(0.0)],
        [left - x.min(0.0), bottom - y.max(0.0)],
    ];
    DocumentSeen { quad, tilt, ..CARD }
}

/// Times of `count` looks after `from`, so many a second.
pub fn looks(from: Timestamp, rate: u64, count: u64) -> impl Iterator<Item = Timestamp> {
    (1..=count).map(move |number| from + Millis(number * 1_000 / rate))
}
