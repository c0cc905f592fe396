//! When a picture of the document is taken by itself: once it is whole, the right side, readable and steady, at the best moment soon after.
//!
//! In: observations, stills that came back and what the engine saw in them, the person's button, time. Out: take one, offer the
//! button, a verdict on what came back. Every decision says whether the person or the shutter made it.
//! Nothing here waits for the camera or holds up a recording. Does not know: the camera, hints on screen, pictures.
//!
//! A window opens at the first look that nothing is wrong with. It takes half a second to be sure that this is no chance; then
//! the shutter fires as soon as looks no longer get better (see `worth`), and after 0.9 s at any look that is nearly the best so far.

use lichtbild_protocol::case::CaptureOrigin;

use super::{
    Wanted,
    guidance::{IN_VIEW_SCORE, Measures, Scope, first_raised, share_after},
};
use crate::{
    observation::{DocumentSeen, Observation},
    surface::Hint,
    time::{Millis, Timestamp},
};

/// No window is shorter …
const WINDOW: Millis = Millis(500);
/// … or has fewer looks.
const LOOKS: u32 = 5;
/// After this any look near the best so far will do.
const PATIENCE: Millis = Millis(900);
/// Looks have stopped getting better when none was for so long.
const SETTLED: Millis = Millis(180);
/// What counts as better.
const BETTER: f32 = 0.02;
/// Looks so near to the best are at the best moment; after `PATIENCE` the second.
const NEAR_BEST: [f32; 2] = [0.97, 0.90];
/// Single bad looks do not close a window; this time without a good one does.
const LOST_AFTER: Millis = Millis(150);
/// Good looks further apart than this are no row.
const LONGEST_GAP: Millis = Millis(550);
/// At most one look in so many may be bad when it fires.
const BAD_ONE_IN: u32 = 6;
/// Surer than for a hint: what is on the table in detectors' mistakes rarely passes, and never for half a second.
const SURE_SCORE: f32 = 0.75;
/// A detector's mistakes come and go and leap about: at most this share of looks lately may show no such document, or one that
/// moves by so many diagonals a second. It is remembered about so long.
const DOUBT: f32 = 0.3;
const LEAP: f32 = 0.5;
const MEMORY: Millis = Millis(1_000);
/// The person is offered the button. Competitors wait 20 to 80 s.
const OFFERED_AFTER: Millis = Millis(8_000);
/// … or after so many stills that were worse than the looks before them.
const REFUSED_STILLS: u8 = 3;
/// After a still that was no good.
const TRY_AGAIN_AFTER: Millis = Millis(500);
/// Between two stills of a video: another moment, not the same one twice.
const BETWEEN_STILLS: Millis = Millis(1_200);

/// What the pictures are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// One photograph.
    Photo,
    /// The best stills of a running recording. It has no button: it goes on by itself.
    Video {
        /// At most so many.
        stills: usize,
    },
}

/// What happens to the shutter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ShutterInput<'a> {
    /// The engine looked at a frame.
    Seen(&'a Observation),
    /// The engine cannot look any more, or never could.
    EngineGone,
    /// The person pressed the button.
    Pressed,
    /// The still came back, with what the engine saw in it, if it could look.
    Taken(Option<&'a Observation>),
    /// No still could be taken. Whoever takes them says one or the other in the end.
    Failed,
    /// Time passed.
    Tick,
}

/// What is to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShutterOutput {
    /// Take a still now.
    TakeStill {
        /// Whose decision that is.
        origin: CaptureOrigin,
        /// The frame that was found best, if looks decided.
        frame: Option<u32>,
    },
    /// Show the button.
    OfferManual(Offer),
    /// The still is taken on.
    Accepted {
        /// Whose it is.
        origin: CaptureOrigin,
        /// Whether the engine looked at it.
        verified: bool,
        /// What is wrong with it, though the person wanted it.
        doubt: Option<Hint>,
    },
    /// The still is worse than the looks before it, or did not come; it goes on.
    Rejected {
        /// What was wrong with it; `None`: there is none.
        hint: Option<Hint>,
    },
}

/// Why the button is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// It takes long.
    Late,
    /// The engine is gone.
    EngineGone,
    /// Stills were refused, or could not be taken.
    Refused,
}

/// The shutter of one open camera.
#[derive(Clone, Debug)]
pub struct Shutter {
    wanted: Wanted,
    mirrored: bool,
    duty: Duty,
    opened: Timestamp,
    accepted: usize,
    refused: u8,
    offered: Option<Offer>,
    /// Share of looks lately that did not show what is wanted, and when the last one was.
    doubt: f32,
    looked: Timestamp,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// Nothing is looked for before `from`.
    Watching {
        from: Timestamp,
    },
    Window(Window),
    Taking {
        origin: CaptureOrigin,
    },
    Done,
}

/// Good looks in a row.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Window {
    since: Timestamp,
    good_at: Timestamp,
    good: u32,
    bad: u32,
    best: f32,
    /// What the last look was worth that was clearly better than those before, and when that was.
    step: f32,
    step_at: Timestamp,
}

impl Shutter {
    /// The camera is open now. `mirrored`: the person sees the picture so.
    pub const fn new(now: Timestamp, wanted: Wanted, mirrored: bool, duty: Duty) -> Self {
        let state = State::Watching { from: now };
        Self {
            wanted,
            mirrored,
            duty,
            opened: now,
            accepted: 0,
            refused: 0,
            offered: None,
            doubt: 0.5,
            looked: now,
            state,
        }
    }

    /// The person sees the picture so now.
    pub const fn mirror(&mut self, mirrored: bool) {
        self.mirrored = mirrored;
    }

    /// When time alone changes something.
    pub fn deadline(&self) -> Option<Timestamp> {
        match self.state {
            State::Watching { .. } | State::Window(_) if self.has_button() && self.offered.is_none() => {
                Some(self.opened + OFFERED_AFTER)
            }
            _ => None,
        }
    }

    /// Takes an input; returns what is to happen, in this order.
    pub fn handle(&mut self, now: Timestamp, input: ShutterInput) -> Vec<ShutterOutput> {
        let mut out = Vec::new();
        match (self.state, input) {
            (State::Done, _) => return out,
            (State::Taking { origin }, ShutterInput::Taken(seen)) => self.judge(now, origin, seen, &mut out),
            (State::Taking { .. }, ShutterInput::Failed) => self.refuse(now, None, &mut out),
            (State::Taking { .. }, ShutterInput::EngineGone) => self.offer(Offer::EngineGone, &mut out),
            (State::Taking { .. }, _) | (_, ShutterInput::Tick | ShutterInput::Taken(_) | ShutterInput::Failed) => {}
            (_, ShutterInput::Seen(seen)) => self.look(now, seen, &mut out),
            (_, ShutterInput::Pressed) => self.take(self.by_hand(), None, &mut out),
            (_, ShutterInput::EngineGone) => {
                self.state = State::Watching { from: now };
                self.offer(Offer::EngineGone, &mut out);
            }
        }
        let waits = matches!(self.state, State::Watching { .. } | State::Window(_));
        if waits && now.since(self.opened) >= OFFERED_AFTER {
            self.offer(Offer::Late, &mut out);
        }
        out
    }

    fn look(&mut self, now: Timestamp, seen: &Observation, out: &mut Vec<ShutterOutput>) {
        self.weigh(now, seen);
        let worth = self.worth(seen);
        self.state = match (self.state, worth) {
            (State::Watching { from }, Some(worth)) if from <= now => State::Window(Window::opened(now, worth)),
            (State::Window(window), Some(worth)) if now.since(window.good_at) > LONGEST_GAP => {
                State::Window(Window::opened(now, worth))
            }
            (State::Window(window), Some(worth)) => {
                let window = window.with(now, worth);
                if self.doubt <= DOUBT && window.is_best(now, worth) {
                    return self.take(CaptureOrigin::Automatic, Some(seen.frame), out);
                }
                State::Window(window)
            }
            (State::Window(window), None) if now.since(window.good_at) > LOST_AFTER => State::Watching { from: now },
            (State::Window(window), None) => State::Window(Window { bad: window.bad + 1, ..window }),
            (state, _) => state,
        };
    }

    fn weigh(&mut self, now: Timestamp, seen: &Observation) {
        let fits = |document: &DocumentSeen| {
            document.score >= SURE_SCORE
                && self.wanted.objection(document.class).is_none()
                && document.motion.is_some_and(|motion| motion < LEAP)
        };
        let target = if seen.document.as_ref().is_some_and(fits) { 0.0 } else { 1.0 };
        self.doubt += (target - self.doubt) * share_after(now.since(self.looked), MEMORY);
        self.looked = now;
    }

    /// What a look is worth, 0 to 1; `None`: something is wrong with it.
    ///
    /// Sharpness weighs most (0.40): it alone cannot be made good afterwards. Then resolution (0.25, 150 to 400 dpi), a straight view
    /// (0.15, 30 to 0 degrees), stillness (0.10, 0.3 to 0 diagonals a second) and what glare leaves (0.10).
    fn worth(&self, seen: &Observation) -> Option<f32> {
        let document = seen.document.as_ref()?;
        let motion = document.motion?;
        if document.score < SURE_SCORE || self.fault(seen).is_some() {
            return None;
        }
        let resolution = document.dpi.map_or(document.fill, |dpi| (dpi - 150.0) / 250.0).clamp(0.0, 1.0);
        let straight = (1.0 - document.tilt / 30.0).clamp(0.0, 1.0);
        let still = (1.0 - motion / 0.3).clamp(0.0, 1.0);
        let clear = (1.0 - document.hidden / 0.02).clamp(0.0, 1.0);
        Some(0.40 * document.sharpness + 0.25 * resolution + 0.15 * straight + 0.10 * still + 0.10 * clear)
    }

    /// What is wrong with a look: what its hint would be.
    fn fault(&self, seen: &Observation) -> Option<Hint> {
        let Some(document) = seen.document.as_ref().filter(|document| document.score >= IN_VIEW_SCORE) else {
            return Some(Hint::ShowDocument);
        };
        let measures = Measures::of(seen, Some(document), Some(self.wanted), self.mirrored);
        first_raised(&measures, Scope::Present)
    }

    fn take(&mut self, origin: CaptureOrigin, frame: Option<u32>, out: &mut Vec<ShutterOutput>) {
        self.state = State::Taking { origin };
        out.push(ShutterOutput::TakeStill { origin, frame });
    }

    fn judge(
        &mut self,
        now: Timestamp,
        origin: CaptureOrigin,
        seen: Option<&Observation>,
        out: &mut Vec<ShutterOutput>,
    ) {
        let doubt = seen.and_then(|seen| self.fault(seen));
        if origin == CaptureOrigin::Automatic && doubt.is_some() {
            return self.refuse(now, doubt, out);
        }
        out.push(ShutterOutput::Accepted { origin, verified: seen.is_some(), doubt });
        self.accepted += 1;
        let enough = match self.duty {
            Duty::Photo => true,
            Duty::Video { stills } => self.accepted >= stills,
        };
        self.state = if enough { State::Done } else { State::Watching { from: now + BETWEEN_STILLS } };
    }

    fn refuse(&mut self, now: Timestamp, hint: Option<Hint>, out: &mut Vec<ShutterOutput>) {
        out.push(ShutterOutput::Rejected { hint });
        self.state = State::Watching { from: now + TRY_AGAIN_AFTER };
        self.refused = self.refused.saturating_add(1);
        if hint.is_none() || self.refused >= REFUSED_STILLS {
            self.offer(Offer::Refused, out);
        }
    }

    fn offer(&mut self, offer: Offer, out: &mut Vec<ShutterOutput>) {
        if self.has_button() && self.offered.is_none() {
            self.offered = Some(offer);
            out.push(ShutterOutput::OfferManual(offer));
        }
    }

    const fn by_hand(&self) -> CaptureOrigin {
        match self.offered {
            None => CaptureOrigin::Manual,
            Some(Offer::Late) => CaptureOrigin::ManualLate,
            Some(Offer::EngineGone) => CaptureOrigin::ManualNoEngine,
            Some(Offer::Refused) => CaptureOrigin::ManualRefused,
        }
    }

    const fn has_button(&self) -> bool {
        matches!(self.duty, Duty::Photo)
    }
}

impl Window {
    const fn opened(now: Timestamp, worth: f32) -> Self {
        Self { since: now, good_at: now, good: 1, bad: 0, best: worth, step: worth, step_at: now }
    }

    fn with(self, now: Timestamp, worth: f32) -> Self {
        let (step, step_at) = if worth > self.step + BETTER { (worth, now) } else { (self.step, self.step_at) };
        Self { good_at: now, good: self.good + 1, best: self.best.max(worth), step, step_at, ..self }
    }

    /// Whether this look, worth so much, is the moment.
    fn is_best(&self, now: Timestamp, worth: f32) -> bool {
        let waited = now.since(self.since);
        let sure = waited >= WINDOW && self.good >= LOOKS && self.bad * BAD_ONE_IN <= self.good + self.bad;
        let settled = now.since(self.step_at) >= SETTLED && worth >= self.best * NEAR_BEST[0];
        sure && (settled || (waited >= PATIENCE && worth >= self.best * NEAR_BEST[1]))
    }
}

#[cfg(test)]
#[path = "shutter_tests.rs"]
mod tests;
