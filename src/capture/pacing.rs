//! Which frames the engine looks at: one at a time, the newest, as often as the engine can without taking the page's breath.
//! In: that a frame came, that the engine answered. Out: look or skip. Does not know: pixels.

use crate::time::{Millis, Timestamp};

/// At most ten looks a second …
const FASTEST: Millis = Millis(100);
/// … and at least two, however slow the engine is.
const SLOWEST: Millis = Millis(500);
/// An answer that takes longer is none.
const ANSWER_WITHIN: Millis = Millis(5_000);

/// The pace of one open camera.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pacing {
    in_flight: Option<Timestamp>,
    last_look: Option<Timestamp>,
    /// Smoothed time of the engine, milliseconds.
    engine_millis: f32,
}

impl Pacing {
    /// A frame is there: look at it?
    pub fn look(&mut self, now: Timestamp) -> bool {
        let rested = self.last_look.is_none_or(|at| now.since(at) >= self.interval());
        if self.in_flight.is_some() || !rested {
            return false;
        }
        self.in_flight = Some(now);
        self.last_look = Some(now);
        true
    }

    /// The engine answered after `millis` of its own time.
    pub fn answered(&mut self, millis: f32) {
        self.in_flight = None;
        self.engine_millis += (millis.clamp(0.0, 5_000.0) - self.engine_millis) * 0.3;
    }

    /// Whether an answer is overdue.
    pub fn overdue(&self, now: Timestamp) -> bool {
        self.in_flight.is_some_and(|since| now.since(since) >= ANSWER_WITHIN)
    }

    /// When an answer would be overdue.
    pub fn deadline(&self) -> Option<Timestamp> {
        self.in_flight.map(|since| since + ANSWER_WITHIN)
    }

    /// Half of the time is left to the page.
    fn interval(&self) -> Millis {
        Millis((f64::from(self.engine_millis) * 2.0) as u64).clamp(FASTEST, SLOWEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_frame_is_in_flight_and_the_newest_wins() {
        let mut pacing = Pacing::default();
        assert!(pacing.look(Timestamp(0)));
        assert!(!pacing.look(Timestamp(400)));
        pacing.answered(10.0);
        assert!(pacing.look(Timestamp(433)));
    }

    #[test]
    fn a_slow_engine_is_asked_less_often() {
        let mut pacing = Pacing::default();
        let mut looks = 0;
        for frame in 0..300 {
            if pacing.look(Timestamp(frame * 33)) {
                looks += 1;
                pacing.answered(200.0);
            }
        }
        assert!((20..=50).contains(&looks), "{looks} looks in ten seconds");
    }

    #[test]
    fn a_silent_engine_is_noticed() {
        let mut pacing = Pacing::default();
        pacing.look(Timestamp(0));
        assert!(!pacing.overdue(Timestamp(4_999)));
        assert!(pacing.overdue(pacing.deadline().expect("in flight")));
    }
}
