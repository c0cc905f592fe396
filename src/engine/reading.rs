//! The machine-readable zone of the document in view: when it is worth an attempt to read it, and what several attempts say together.
//! In: frames with the document that was seen in them, how long attempts take. Out: `ZoneFound`.
//! Does not know: the clock, which document is wanted, who is told.

use std::collections::VecDeque;

use lichtbild_mrz::vote::{Limits, Reading, vote};
use lichtbild_vision::{
    geometry::{Point, Quad},
    luma::Luma,
    model::ModelError,
    mrz::{Found, MrzReader, Sighting},
};

use crate::{
    observation::{DocumentClass, DocumentSeen, ZoneFound, ZoneRead, ZoneWish},
    time::{Millis, Timestamp},
};

/// Between two attempts at least.
const EVERY: Millis = Millis(400);
/// The same where the zone stands on the other side, and where it has been read.
const SELDOM: Millis = Millis(1_200);
/// Attempts take no more than one in so many parts of the time.
const PARTS: f32 = 4.0;
/// How fast a longer attempt is forgotten: the next one counts with at least this share of it.
const FADING: f32 = 0.6;
/// Frames that vote.
const VOTES: usize = 5;

/// Reads zones in one frame after the other.
#[derive(Debug)]
pub struct Zones {
    reader: MrzReader,
    attempts: Attempts,
    readings: VecDeque<Reading>,
    class: Option<DocumentClass>,
}

impl Zones {
    /// With the networks in these ONNX files.
    ///
    /// # Errors
    /// As `MrzReader::load`.
    pub fn load(finder: &[u8], reader: &[u8]) -> Result<Self, ModelError> {
        Ok(Self {
            reader: MrzReader::load(finder, reader)?,
            attempts: Attempts::default(),
            readings: VecDeque::with_capacity(VOTES),
            class: None,
        })
    }

    /// Whether the zone of the document in the next frame is worth an attempt, and it is the time for one; `look` follows.
    pub fn begin(&mut self, seen: Option<&DocumentSeen>, at: Timestamp, wish: ZoneWish) -> bool {
        let Some(document) = seen.filter(|_| wish != ZoneWish::None) else {
            if wish == ZoneWish::None {
                self.forget();
            }
            return false;
        };
        // Another document, or the same one elsewhere.
        if document.motion.is_none() || self.class != Some(document.class) {
            self.forget();
            self.class = Some(document.class);
        }
        is_legible(document) && self.attempts.begin(at, wish)
    }

    /// Attempts to read the zone of the document in this frame.
    ///
    /// # Errors
    /// If a network does not answer as agreed.
    pub fn look(&mut self, frame: &Luma, document: &DocumentSeen) -> Result<ZoneFound, ModelError> {
        Ok(match self.follow(frame, document)? {
            Ok(sighting) => self.voted(sighting),
            Err(nothing) => nothing,
        })
    }

    /// Reads the zone of the document in a picture that is no frame of the stream.
    ///
    /// # Errors
    /// As `look`.
    pub fn look_once(&mut self, picture: &Luma, document: &DocumentSeen) -> Result<ZoneFound, ModelError> {
        Ok(match self.follow(picture, document)? {
            Ok(Sighting { reading, sure, .. }) => said(&[reading], sure),
            Err(nothing) => nothing,
        })
    }

    /// The last attempt took so many milliseconds.
    pub fn took(&mut self, millis: f32) {
        self.attempts.took(millis);
    }

    fn follow(&mut self, frame: &Luma, document: &DocumentSeen) -> Result<Result<Sighting, ZoneFound>, ModelError> {
        let (width, height) = (frame.width() as f32, frame.height() as f32);
        let quad = Quad(document.quad.map(|[x, y]| Point::new(x * width, y * height)));
        Ok(match self.reader.follow(frame, document.class.into(), &quad)? {
            Found::Zone(sighting) => Ok(sighting),
            Found::Nothing => Err(ZoneFound::Missing),
            Found::Part => Err(ZoneFound::Cut),
            Found::Blurred => Err(ZoneFound::Unreadable),
        })
    }

    fn voted(&mut self, Sighting { reading, sure, .. }: Sighting) -> ZoneFound {
        if self.readings.len() == VOTES {
            self.readings.pop_front();
        }
        self.readings.push_back(reading);
        let found = said(self.readings.make_contiguous(), sure);
        if matches!(found, ZoneFound::Read(_)) {
            // What is read next is read anew: it may be another document by then.
            self.readings.clear();
            self.attempts.succeeded();
        }
        found
    }

    fn forget(&mut self) {
        self.readings.clear();
        self.class = None;
        self.attempts.again();
    }
}

/// When attempts are made.
#[derive(Clone, Copy, Debug, Default)]
struct Attempts {
    last: Option<Timestamp>,
    /// What an attempt takes, milliseconds.
    cost: f32,
    /// The last one read the zone.
    read: bool,
}

impl Attempts {
    /// Whether one is made now.
    fn begin(&mut self, now: Timestamp, wish: ZoneWish) -> bool {
        let seldom = self.read || wish == ZoneWish::Elsewhere;
        let rest = if seldom { SELDOM } else { EVERY }.max(Millis((PARTS * self.cost).ceil() as u64));
        // A clock that was set back starts anew.
        let due = self.last.is_none_or(|last| now < last || now.since(last) >= rest);
        if due {
            self.last = Some(now);
            self.read = false;
        }
        due
    }

    fn took(&mut self, millis: f32) {
        self.cost = millis.clamp(0.0, 10_000.0).max(self.cost * FADING);
    }

    const fn succeeded(&mut self) {
        self.read = true;
    }

    /// There is something new to read; what an attempt takes is still true.
    const fn again(&mut self) {
        self.read = false;
    }
}

/// Whether print of a document can be read at all: beyond these limits attempts would only cost. At 150 dpi the 2.4 mm of an OCR-B
/// character (ICAO Doc 9303-3) are 14 pixels; the others are those of guidance, which says what is to change.
fn is_legible(document: &DocumentSeen) -> bool {
    document.class != DocumentClass::Paper
        && document.score >= 0.6
        && document.cut.iter().all(|&cut| cut <= 0.02)
        && document.dpi.is_none_or(|dpi| dpi >= 150.0)
        && document.sharpness >= 0.25
        && document.tilt <= 40.0
        && document.motion.is_none_or(|motion| motion <= 0.8)
}

/// What readings of one zone say together.
fn said(readings: &[Reading], confidence: f32) -> ZoneFound {
    let verdict = vote(readings, &Limits::default()).filter(lichtbild_mrz::vote::Verdict::valid);
    verdict.map_or(ZoneFound::Unreadable, |verdict| {
        ZoneFound::Read(ZoneRead {
            format: verdict.zone.format(),
            lines: lichtbild_protocol::Sensitive::new(verdict.zone.lines().to_vec()),
            confidence,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Attempts within ten seconds of frames, thirty a second, each of which takes so long.
    fn attempts(wish: ZoneWish, millis: f32) -> usize {
        let mut attempts = Attempts::default();
        let begun = |at: &u64| {
            let begun = attempts.begin(Timestamp(1_000 + at * 33), wish);
            if begun {
                attempts.took(millis);
            }
            begun
        };
        (0..303).filter(begun).count()
    }

    #[test]
    fn attempts_are_made_every_400_ms_and_take_no_more_than_a_quarter_of_the_time() {
        assert_eq!(attempts(ZoneWish::Wanted, 20.0), 24);
        assert_eq!(attempts(ZoneWish::Elsewhere, 20.0), 9);
        for millis in [80.0, 150.0, 400.0, 900.0] {
            let share = (attempts(ZoneWish::Wanted, millis) - 1) as f32 * millis / 10_000.0;
            assert!(share <= 0.25, "{share} of the time at {millis} ms each");
        }
    }

    #[test]
    fn a_long_attempt_is_remembered_for_a_while() {
        let mut attempts = Attempts::default();
        assert!(attempts.begin(Timestamp(0), ZoneWish::Wanted));
        attempts.took(500.0);
        assert!(!attempts.begin(Timestamp(1_999), ZoneWish::Wanted));
        assert!(attempts.begin(Timestamp(2_000), ZoneWish::Wanted));
        attempts.took(10.0);
        assert!(!attempts.begin(Timestamp(3_199), ZoneWish::Wanted));
        assert!(attempts.begin(Timestamp(3_200), ZoneWish::Wanted));
    }

    #[test]
    fn what_was_read_is_read_again_seldom_until_there_is_something_new() {
        let mut attempts = Attempts::default();
        assert!(attempts.begin(Timestamp(0), ZoneWish::Wanted));
        attempts.succeeded();
        assert!(!attempts.begin(Timestamp(500), ZoneWish::Wanted));
        attempts.again();
        assert!(attempts.begin(Timestamp(500), ZoneWish::Wanted));
    }
}
