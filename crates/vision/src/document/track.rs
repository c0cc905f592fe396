//! An outline that is calm when the document is still and follows when it moves. In: quads with their time. Out: the quad to draw, and
//! how fast the document moves. Does not know: how quads are found.

use crate::geometry::{Point, Quad};

/// Cut-off of the filter for a still document, hertz: trembling of the detection is gone.
const CALM: f32 = 1.2;
/// How much the cut-off rises with speed, hertz per diagonal a second: a moving document drags no tail.
const EAGER: f32 = 8.0;
/// Cut-off for the speed itself, hertz.
const SPEED_CUT_OFF: f32 = 2.0;
/// Another document, or the same one elsewhere: the outline jumps.
const LEAST_OVERLAP: f32 = 0.3;
/// After so many milliseconds without it the document is a new one.
const FORGET_AFTER: u64 = 600;

/// The "1 € filter" on four corners (Casiez, Roussel and Vogel 2012, CHI).
#[derive(Clone, Debug, Default)]
pub struct Tracker {
    last: Option<Seen>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    at: u64,
    raw: Quad,
    smooth: Quad,
    /// Of each corner, in the quad's units a second.
    speed: [Point; 4],
}

impl Tracker {
    /// The outline now, and the mean way of its corners a second as a share of its diagonal; `None` where it is seen for the first time.
    /// `at` is in milliseconds; frames that come out of order count as one.
    pub fn follow(&mut self, at: u64, raw: &Quad) -> (Quad, Option<f32>) {
        let before = self
            .last
            .filter(|last| at.saturating_sub(last.at) <= FORGET_AFTER && last.smooth.overlap(raw) >= LEAST_OVERLAP)
            .map(|last| last.as_it_lies(raw));
        let Some(before) = before else {
            self.last = Some(Seen { at, raw: *raw, smooth: *raw, speed: [Point::default(); 4] });
            return (*raw, None);
        };
        let seconds = (at.saturating_sub(before.at).max(1)) as f32 / 1000.0;
        let diagonal = raw.0[0].distance(raw.0[2]).max(raw.0[1].distance(raw.0[3])).max(1e-6);
        let mut speed = before.speed;
        let mut smooth = before.smooth;
        let corners = speed.iter_mut().zip(&mut smooth.0).zip(before.raw.0.iter().zip(&raw.0));
        for ((speed, smooth), (old, &new)) in corners {
            let now = Point::new((new.x - old.x) / seconds, (new.y - old.y) / seconds);
            *speed = speed.towards(now, share(SPEED_CUT_OFF, seconds));
            let pace = speed.distance(Point::default()) / diagonal;
            *smooth = smooth.towards(new, share(CALM + EAGER * pace, seconds));
        }
        let way = speed.iter().map(|speed| speed.distance(Point::default())).sum::<f32>() / 4.0;
        self.last = Some(Seen { at, raw: *raw, smooth, speed });
        (smooth, Some(way / diagonal))
    }

    /// No document in this frame.
    pub fn lost(&mut self, at: u64) {
        self.last = self.last.filter(|last| at.saturating_sub(last.at) <= FORGET_AFTER);
    }
}

impl Seen {
    /// With each corner as the one that `now` has nearest to it. Nobody turns a document so far in one frame that another one is nearer: it was
    /// taken to lie another way up, which is no motion.
    fn as_it_lies(mut self, now: &Quad) -> Self {
        let way = |turn: usize| (0..4).map(|at| self.smooth.0[(at + turn) % 4].distance(now.0[at])).sum::<f32>();
        let turn = (1..4).fold(0, |best, turn| if way(turn) < way(best) { turn } else { best });
        self.raw.0.rotate_left(turn);
        self.smooth.0.rotate_left(turn);
        self.speed.rotate_left(turn);
        self
    }
}

/// Share of a new value in a first-order low-pass with this cut-off.
fn share(cut_off: f32, seconds: f32) -> f32 {
    let lag = 1.0 / (std::f32::consts::TAU * cut_off);
    1.0 / (1.0 + lag / seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(x: f32) -> Quad {
        Quad::of_size(856.0, 540.0).map(|corner| Point::new(corner.x + x, corner.y))
    }

    #[test]
    fn a_trembling_detection_is_calmed() {
        let mut tracker = Tracker::default();
        let moved = (0..100).map(|frame| {
            let tremble = if frame % 2 == 0 { 2.0 } else { -2.0 };
            tracker.follow(frame * 66, &card(tremble)).0.0[0].x
        });
        let late: Vec<f32> = moved.skip(20).collect();
        assert!(late.iter().all(|x| x.abs() < 0.8), "{late:?}");
    }

    #[test]
    fn a_moving_document_is_followed_and_its_speed_told() {
        let mut tracker = Tracker::default();
        let mut last = (card(0.0), None);
        for frame in 0..30_u64 {
            last = tracker.follow(frame * 66, &card(frame as f32 * 66.0));
        }
        // 1000 pixels a second over a diagonal of 1012; the outline lags by less than a frame.
        assert!((last.1.expect("seen before") - 0.988).abs() < 0.03, "{last:?}");
        assert!(29.0 * 66.0 - last.0.0[0].x < 66.0, "{last:?}");
    }

    #[test]
    fn another_way_up_is_no_motion() {
        let Quad([a, b, c, d]) = card(0.0);
        for turned in [Quad([b, c, d, a]), Quad([c, d, a, b]), Quad([d, a, b, c])] {
            let mut tracker = Tracker::default();
            tracker.follow(0, &card(0.0));
            assert_eq!(tracker.follow(66, &turned), (turned, Some(0.0)));
        }
    }

    #[test]
    fn another_place_or_a_long_absence_begins_anew() {
        let mut tracker = Tracker::default();
        tracker.follow(0, &card(0.0));
        assert_eq!(tracker.follow(66, &card(2000.0)), (card(2000.0), None));
        tracker.lost(1000);
        assert_eq!(tracker.follow(1001, &card(2000.0)).1, None);
    }
}
