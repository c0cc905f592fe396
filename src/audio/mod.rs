//! How loud it is, and whether anybody is heard.
//! In: sound levels about ten times a second, 0 to 1. Out: a smooth level for the meter, silence, "speak up".
//! Where the browser measures no levels nothing is known, and nothing is complained about.
//! Does not know: samples, the microphone.

use crate::time::{Millis, Timestamp};

/// Below this a microphone gives nothing: muted, covered or broken (about −54 dBFS).
const SILENT: f32 = 0.002;
/// A voice at arm's length is above this (about −34 dBFS).
const HEARD: f32 = 0.02;
/// Dead silence for so long is believed.
const SILENT_AFTER: Millis = Millis(2_500);
/// A voice gone for so long is asked for.
const UNHEARD_AFTER: Millis = Millis(1_800);
const ATTACK: f32 = 0.6;
const RELEASE: f32 = 0.2;

/// The sound of one recording.
#[derive(Clone, Copy, Debug)]
pub struct Sound {
    level: f32,
    peak: f32,
    last_alive: Timestamp,
    last_heard: Timestamp,
    heard_any: bool,
    measured: bool,
}

impl Sound {
    /// Listens from now on.
    pub const fn from(now: Timestamp) -> Self {
        Self { level: 0.0, peak: 0.0, last_alive: now, last_heard: now, heard_any: false, measured: false }
    }

    /// Takes a level from 0 to 1.
    pub fn level(&mut self, level: f32, now: Timestamp) {
        let level = if level.is_finite() { level.clamp(0.0, 1.0) } else { 0.0 };
        let share = if level > self.level { ATTACK } else { RELEASE };
        self.level += (level - self.level) * share;
        self.peak = self.peak.max(level);
        self.measured = true;
        if level >= SILENT {
            self.last_alive = now;
        }
        if level >= HEARD {
            self.last_heard = now;
            self.heard_any = true;
        }
    }

    /// For the meter, 0 to 1.
    pub const fn shown(&self) -> f32 {
        self.level
    }

    /// The microphone gives nothing at all.
    pub fn is_silent(&self, now: Timestamp) -> bool {
        self.measured && now.since(self.last_alive) >= SILENT_AFTER
    }

    /// Somebody who should speak is not heard.
    pub fn wants_voice(&self, now: Timestamp) -> bool {
        self.measured && now.since(self.last_heard) >= UNHEARD_AFTER
    }

    /// Whether a voice was heard at all, as far as it is known.
    pub const fn was_heard(&self) -> bool {
        self.heard_any || !self.measured
    }

    /// Whether the microphone gave anything at all, as far as it is known.
    pub const fn was_alive(&self) -> bool {
        self.peak >= SILENT || !self.measured
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn play(level: f32, tenths: u64) -> (Sound, Timestamp) {
        let mut sound = Sound::from(Timestamp(0));
        for tenth in 1..=tenths {
            sound.level(level, Timestamp(tenth * 100));
        }
        (sound, Timestamp(tenths * 100))
    }

    #[test]
    fn a_dead_microphone_is_noticed() {
        let (sound, now) = play(0.0, 26);
        assert!(sound.is_silent(now) && sound.wants_voice(now) && !sound.was_alive());
    }

    #[test]
    fn a_browser_that_measures_nothing_accuses_no_microphone() {
        let (sound, later) = (Sound::from(Timestamp(0)), Timestamp(60_000));
        assert!(!sound.is_silent(later) && !sound.wants_voice(later) && sound.was_alive() && sound.was_heard());
    }

    #[test]
    fn a_quiet_room_is_no_dead_microphone_but_wants_a_voice() {
        let (sound, now) = play(0.005, 30);
        assert!(!sound.is_silent(now) && sound.wants_voice(now) && sound.was_alive() && !sound.was_heard());
    }

    #[test]
    fn a_voice_is_heard() {
        let (sound, now) = play(0.2, 30);
        assert!(!sound.wants_voice(now) && sound.was_heard());
        assert!((sound.shown() - 0.2).abs() < 0.01);
    }

    #[test]
    fn nonsense_is_taken_as_silence() {
        let (sound, _) = play(f32::NAN, 3);
        assert!(sound.shown().abs() < f32::EPSILON);
    }
}
