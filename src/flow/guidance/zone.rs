//! What attempts to read the machine-readable zone say of the document in view, until the next one or the next document.
//! In: observations. Out: since when no zone is found, whether it is covered, what is wrong with the document by its zone.
//! Does not know: hints, limits, what the zone says.

use lichtbild_protocol::kind::ZoneSide;

use super::super::{Objection, Wanted};
use crate::{
    observation::{DocumentClass, DocumentSeen, ZoneFound, ZoneSeen},
    time::{Millis, Timestamp},
};

/// Attempts further apart than this are no row: between them the document was not seen well enough for one.
const LONGEST_GAP: Millis = Millis(1_500);

/// What is known of the zone of the document in view.
#[derive(Clone, Copy, Debug, Default)]
pub struct ZoneKnown {
    class: Option<DocumentClass>,
    /// Since when attempts find none, and the last one that did.
    missing: Option<[Timestamp; 2]>,
    /// How many attempts in a row found a part of it only.
    cut: u8,
    objection: Option<Objection>,
    read: bool,
}

impl ZoneKnown {
    /// Nothing is known.
    pub const NONE: Self = Self { class: None, missing: None, cut: 0, objection: None, read: false };

    /// The document in view, and an attempt if one was made.
    pub fn follow(&mut self, now: Timestamp, document: &DocumentSeen, attempt: Option<&ZoneSeen>, wanted: Wanted) {
        if self.class != Some(document.class) {
            *self = Self { class: Some(document.class), ..Self::NONE };
        }
        let Some(ZoneSeen { found, .. }) = attempt else { return };
        let here = wanted.zone() == Some(ZoneSide::This);
        let missing = self.missing.filter(|[_, last]| now.since(*last) <= LONGEST_GAP);
        (self.missing, self.cut) = match found {
            ZoneFound::Missing if here => (Some([missing.map_or(now, |[since, _]| since), now]), 0),
            ZoneFound::Cut if here => (None, self.cut.saturating_add(1)),
            _ => (None, 0),
        };
        match found {
            ZoneFound::Read(zone) => {
                self.objection = wanted.objection_to_zone(zone.format);
                self.read = self.objection.is_none();
            }
            ZoneFound::Missing => self.objection = None,
            ZoneFound::Cut | ZoneFound::Unreadable => {}
        }
    }

    /// How long attempts have been finding none where it should be.
    pub fn missing_for(&self, now: Timestamp) -> Millis {
        let since = self.missing.filter(|[_, last]| !self.read && now.since(*last) <= LONGEST_GAP);
        since.map_or(Millis(0), |[since, _]| now.since(since))
    }

    /// Whether a part of it was found, more than once, and not the rest.
    pub const fn is_cut(&self) -> bool {
        !self.read && self.cut >= 2
    }

    /// What is wrong with the document, by its zone.
    pub const fn objection(&self) -> Option<Objection> {
        self.objection
    }
}
