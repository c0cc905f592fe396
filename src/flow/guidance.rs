//! From what the engine saw to one instruction: the most useful one, steady, and gone when obeyed.
//!
//! In: observations and whether a voice is missed, with the time. Out: one hint, on screen for at least its minimum time.
//! Measures are smoothed over about half a second; a hint is left only when its measure is clearly better than what raised it.
//! Does not know: pictures, sound, words.

use crate::{
    observation::Observation,
    surface::Hint,
    time::{Millis, Timestamp},
};

/// A hint stays so long, whatever happens: time to read it.
const ON_SCREEN: Millis = Millis(1_200);
/// A new instruction has to hold for so long before it is shown.
const BELIEVED_AFTER: Millis = Millis(300);
/// Share of a new value in the smoothed one.
const SMOOTHING: f32 = 0.35;
/// Without observations for so long nothing is claimed.
const STALE_AFTER: Millis = Millis(3_000);

/// What is being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A document in the hand.
    Document,
    /// A face.
    Face,
}

/// The state of guidance for one open camera.
#[derive(Clone, Debug)]
pub struct Guidance {
    subject: Subject,
    seen: Option<Seen>,
    misses_voice: bool,
    shown: Option<(Hint, Timestamp)>,
    coming: Option<(Hint, Timestamp)>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    sharpness: f32,
    brightness: f32,
    contrast: f32,
    glare: f32,
    motion: f32,
    at: Timestamp,
}

impl Guidance {
    /// Nothing seen yet.
    pub const fn new(subject: Subject) -> Self {
        Self { subject, seen: None, misses_voice: false, shown: None, coming: None }
    }

    /// What is on screen.
    pub fn hint(&self) -> Option<Hint> {
        self.shown.map(|(hint, _)| hint)
    }

    /// The engine looked at a frame.
    pub fn observed(&mut self, now: Timestamp, observation: &Observation) {
        let new = Seen {
            sharpness: observation.sharpness,
            brightness: observation.brightness,
            contrast: observation.contrast,
            glare: observation.glare,
            motion: observation.motion.unwrap_or_default(),
            at: now,
        };
        let mix = |old: f32, new: f32| old + (new - old) * SMOOTHING;
        self.seen = Some(self.seen.map_or(new, |old| Seen {
            sharpness: mix(old.sharpness, new.sharpness),
            brightness: mix(old.brightness, new.brightness),
            contrast: mix(old.contrast, new.contrast),
            glare: mix(old.glare, new.glare),
            motion: mix(old.motion, new.motion),
            at: now,
        }));
        self.settle(now);
    }

    /// Somebody who should speak is not heard, or is again.
    pub fn voice(&mut self, now: Timestamp, missed: bool) {
        self.misses_voice = missed;
        self.settle(now);
    }

    /// Looks at the clock.
    pub fn tick(&mut self, now: Timestamp) {
        self.settle(now);
    }

    /// When the hint may change by itself.
    pub fn deadline(&self) -> Option<Timestamp> {
        let change = self.coming.map(|(_, since)| {
            let believed = since + BELIEVED_AFTER;
            self.shown.map_or(believed, |(_, at)| believed.max(at + ON_SCREEN))
        });
        let stale = self.shown.and(self.seen).map(|seen| seen.at + STALE_AFTER);
        change.into_iter().chain(stale).min()
    }

    fn settle(&mut self, now: Timestamp) {
        let Some(wanted) = self.wanted(now) else {
            self.shown = None;
            self.coming = None;
            return;
        };
        if self.hint() == Some(wanted) {
            self.coming = None;
            return;
        }
        let since = match self.coming {
            Some((hint, since)) if hint == wanted => since,
            _ => now,
        };
        self.coming = Some((wanted, since));
        let read = self.shown.is_none_or(|(_, at)| now.since(at) >= ON_SCREEN);
        if read && now.since(since) >= BELIEVED_AFTER {
            self.shown = Some((wanted, now));
            self.coming = None;
        }
    }

    fn wanted(&self, now: Timestamp) -> Option<Hint> {
        let seen = self.seen.filter(|seen| now.since(seen.at) < STALE_AFTER);
        let Some(seen) = seen else {
            return self.misses_voice.then_some(Hint::SpeakUp);
        };
        let order = [
            (Hint::Uncover, self.below(Hint::Uncover, seen.contrast, limits::UNCOVER)),
            (Hint::SpeakUp, self.misses_voice),
            (Hint::TooDark, self.below(Hint::TooDark, seen.brightness, limits::DARK)),
            (Hint::TooBright, self.above(Hint::TooBright, seen.brightness, limits::BRIGHT)),
            (Hint::HoldStill, self.above(Hint::HoldStill, seen.motion, limits::MOTION)),
            (Hint::Glare, self.subject == Subject::Document && self.above(Hint::Glare, seen.glare, limits::GLARE)),
            (Hint::OutOfFocus, self.below(Hint::OutOfFocus, seen.sharpness, self.sharpness())),
            (Hint::LowContrast, self.below(Hint::LowContrast, seen.contrast, limits::DULL)),
        ];
        Some(order.into_iter().find(|&(_, raised)| raised).map_or(Hint::Good, |(hint, _)| hint))
    }

    const fn sharpness(&self) -> f32 {
        match self.subject {
            Subject::Document => limits::SHARP_DOCUMENT,
            Subject::Face => limits::SHARP_FACE,
        }
    }

    fn below(&self, hint: Hint, value: f32, limit: f32) -> bool {
        value < if self.hint() == Some(hint) { limit * (1.0 + limits::SLACK) } else { limit }
    }

    fn above(&self, hint: Hint, value: f32, limit: f32) -> bool {
        value > if self.hint() == Some(hint) { limit * (1.0 - limits::SLACK) } else { limit }
    }
}

/// Where each measure of `Observation` raises its hint.
mod limits {
    pub const UNCOVER: f32 = 0.05;
    pub const DARK: f32 = 0.20;
    pub const BRIGHT: f32 = 0.88;
    pub const GLARE: f32 = 0.02;
    pub const MOTION: f32 = 0.06;
    pub const SHARP_DOCUMENT: f32 = 0.25;
    pub const SHARP_FACE: f32 = 0.15;
    pub const DULL: f32 = 0.12;
    /// A hint is left only when its measure is better than its limit by this share.
    pub const SLACK: f32 = 0.12;
}

#[cfg(test)]
#[path = "guidance_tests.rs"]
mod tests;
