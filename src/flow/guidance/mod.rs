//! From what the engine saw to one instruction: the most useful one, steady, and gone when obeyed.
//!
//! In: observations, whether a voice is missed, the torch, with the time. Out: one hint, on screen for at least its minimum time.
//! What raises which hint is in `table.rs`; what single frames say settles in `belief.rs`; here it is decided what is shown.
//! Does not know: pictures, sound, words.

mod belief;
mod measure;
mod table;
mod zone;

pub(super) use self::{
    belief::first_raised,
    measure::{Measures, share_after},
    table::{IN_VIEW_SCORE, Scope},
};
use self::{
    belief::{Beliefs, Look},
    measure::Measure,
    table::{GONE_AFTER, ON_SCREEN, SMOOTHING, STALE_AFTER, UNSURE_FOR},
    zone::ZoneKnown,
};
use super::Wanted;
use crate::{
    observation::Observation,
    surface::Hint,
    time::{Millis, Timestamp},
};

/// What is being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A document.
    Document(Wanted),
    /// A face.
    Face,
}

/// The state of guidance for one open camera.
#[derive(Clone, Debug)]
pub struct Guidance {
    subject: Subject,
    /// The person sees the picture mirrored, so left is right.
    mirrored: bool,
    sees_documents: bool,
    seen: Option<Seen>,
    measures: Measures,
    zone: ZoneKnown,
    beliefs: Beliefs,
    shown: Option<Hint>,
    /// When `shown` became what it is; `None`: nothing was ever shown.
    changed: Option<Timestamp>,
    /// What is said and not yet obeyed, and since when it is on screen.
    told: Option<(Hint, Timestamp)>,
    claim: Claim,
    settled: Timestamp,
}

/// What was seen when.
#[derive(Clone, Copy, Debug)]
struct Seen {
    at: Timestamp,
    /// Documents are looked for since then.
    looking: Option<Timestamp>,
    document: Option<Timestamp>,
    scope: Scope,
}

/// What there is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claim {
    Say(Hint),
    /// What was said is obeyed, and nothing new is sure.
    Unsure {
        since: Timestamp,
    },
    Nothing,
}

impl Guidance {
    /// Nothing seen yet, by an engine of which is not known whether it tells documents. `mirrored`: the person sees the picture so.
    pub const fn new(subject: Subject, mirrored: bool) -> Self {
        Self {
            subject,
            mirrored,
            sees_documents: false,
            seen: None,
            measures: Measures::NONE,
            zone: ZoneKnown::NONE,
            beliefs: Beliefs::NONE,
            shown: None,
            changed: None,
            told: None,
            claim: Claim::Nothing,
            settled: Timestamp(0),
        }
    }

    /// What is on screen.
    pub const fn hint(&self) -> Option<Hint> {
        self.shown
    }

    /// The person sees the picture so now.
    pub const fn mirror(&mut self, mirrored: bool) {
        self.mirrored = mirrored;
    }

    /// Whether the engine can tell documents: then one that is not seen is not there. The first document it reports says so, too.
    pub const fn expect_documents(&mut self, yes: bool) {
        self.sees_documents = yes;
    }

    /// The torch, where there is one, is on or off.
    pub fn torch(&mut self, on: Option<bool>) {
        self.measures.set(Measure::TorchOff, f32::from(u8::from(on == Some(false))));
    }

    /// The engine looked at a frame.
    pub fn observed(&mut self, now: Timestamp, observation: &Observation) {
        let (wanted, document) = match self.subject {
            Subject::Document(wanted) => (Some(wanted), observation.document.as_ref()),
            Subject::Face => (None, None),
        };
        self.sees_documents |= document.is_some();
        let document = document.filter(|document| document.score >= IN_VIEW_SCORE);
        let mut new = Measures::of(observation, document, wanted, self.mirrored);
        let before = self.seen.filter(|seen| now.since(seen.at) < STALE_AFTER);
        let passed = before.map_or(Millis(0), |seen| now.since(seen.at));
        if before.is_none() {
            self.beliefs = Beliefs::NONE;
            self.measures.replace_frame(&new);
        }
        if let (Some(wanted), Some(document)) = (wanted, document) {
            self.zone.follow(now, document, observation.zone.as_ref(), wanted);
            new.object(self.zone.objection());
        }
        let known = before.and_then(|seen| seen.document).is_some_and(|at| now.since(at) <= GONE_AFTER.max(passed));
        self.measures.follow(&new, document.is_some() && known, passed, SMOOTHING);
        if document.is_some() && !known {
            self.measures.replace_document(&new);
        }
        let looking = before.and_then(|seen| seen.looking).or(self.sees_documents.then_some(now));
        let last = document.map(|_| now).or(before.and_then(|seen| seen.document));
        let absence = last.or(looking).map_or(Millis(0), |since| now.since(since));
        let scope = match (self.subject, last) {
            (Subject::Face, _) => Scope::Face,
            (Subject::Document(_), _) if !self.sees_documents => Scope::Sheet,
            (Subject::Document(_), Some(_)) if absence < GONE_AFTER => Scope::Present,
            (Subject::Document(_), _) => Scope::Absent,
        };
        if scope != Scope::Present {
            self.zone = ZoneKnown::NONE;
        }
        for measures in [&mut self.measures, &mut new] {
            measures.set(Measure::Absence, absence.0 as f32);
            measures.set(Measure::ZoneMissing, self.zone.missing_for(now).0 as f32);
            measures.set(Measure::ZoneCut, f32::from(u8::from(self.zone.is_cut())));
        }
        self.seen = Some(Seen { at: now, looking, document: last, scope });
        let look = Look { passed, scope, blink: scope == Scope::Present && document.is_none() };
        self.beliefs.look(look, &self.measures, &new);
        self.settle(now);
    }

    /// Somebody who should speak is not heard, or is again.
    pub fn voice(&mut self, now: Timestamp, missed: bool) {
        self.measures.set(Measure::VoiceMissed, f32::from(u8::from(missed)));
        self.beliefs.update(self.scope(), &self.measures);
        self.settle(now);
    }

    /// Looks at the clock.
    pub fn tick(&mut self, now: Timestamp) {
        self.settle(now);
    }

    /// When the hint may change by itself.
    pub fn deadline(&self) -> Option<Timestamp> {
        let readable = |at: Timestamp| self.changed.map_or(at, |changed| at.max(changed + ON_SCREEN));
        let change = match self.claim {
            Claim::Say(hint) if self.shown != Some(hint) => Some(readable(self.settled)),
            Claim::Nothing if self.shown.is_some() => Some(readable(self.settled)),
            Claim::Unsure { since } => Some(readable(since + UNSURE_FOR)),
            Claim::Say(_) | Claim::Nothing => None,
        };
        let stale = self.seen.map(|seen| seen.at + STALE_AFTER);
        let in_vain = self.told.and_then(|(_, since)| Some(since + self.beliefs.first()?.later?.0));
        change.into_iter().chain(stale).chain(in_vain.filter(|&at| at > self.settled)).min()
    }

    fn scope(&self) -> Scope {
        self.seen.map_or(Scope::Unseen, |seen| seen.scope)
    }

    /// Decides what is to be said, and says it if what is on screen could be read.
    fn settle(&mut self, now: Timestamp) {
        self.settled = now;
        if self.seen.is_some_and(|seen| now.since(seen.at) >= STALE_AFTER) {
            self.seen = None;
            self.beliefs = Beliefs::NONE;
            self.beliefs.update(Scope::Unseen, &self.measures);
        }
        self.claim = self.claim(now);
        let new = match self.claim {
            Claim::Say(hint) => Some(hint),
            Claim::Unsure { .. } => return,
            Claim::Nothing => None,
        };
        if new != self.shown && self.changed.is_none_or(|at| now.since(at) >= ON_SCREEN) {
            self.shown = new;
            self.changed = Some(now);
        }
    }

    fn claim(&mut self, now: Timestamp) -> Claim {
        let first = self.beliefs.first();
        self.told = self.told.filter(|&(hint, _)| first.is_some_and(|row| row.hint == hint));
        if let Some(row) = first {
            if self.told.is_none() && self.shown == Some(row.hint) {
                self.told = self.changed.map(|changed| (row.hint, changed));
            }
            let told_for = self.told.map_or(Millis(0), |(_, since)| now.since(since));
            return Claim::Say(row.later.filter(|&(after, _)| told_for >= after).map_or(row.hint, |(_, later)| later));
        }
        if self.beliefs.calm() {
            return Claim::Say(if self.scope() == Scope::Present { Hint::KeepStill } else { Hint::Good });
        }
        let since = if let Claim::Unsure { since } = self.claim { since } else { now };
        if self.seen.is_none() || self.shown.is_none() || now.since(since) >= UNSURE_FOR {
            return Claim::Nothing;
        }
        Claim::Unsure { since }
    }
}

#[cfg(test)]
mod tests;
