//! What is filmed: a document that lies well, and between that each way in which it can lie badly, with the hints that are right for it.
//! In: which film. Out: a script for the generator, and when which state holds.

use std::fmt::Write as _;

use lichtbild::{flow::Wanted, surface::Hint};
use lichtbild_protocol::flow::{DocumentKind, Side};
use lichtbild_vision::document::DocumentClass;

#[allow(clippy::enum_glob_use, reason = "the table is nothing but hints")]
use Hint::*;

/// How long a state holds: past the least time of the hint before it, so that its own can be seen.
const BAD_SECONDS: f32 = 2.8;
const GOOD_SECONDS: f32 = 2.6;
/// States change between two looks: within a thirtieth of a second, so that no look sees the change itself.
const LOOKS_A_SECOND: f32 = 10.0;
const CHANGE_SECONDS: [f32; 2] = [0.02, 0.05];

/// Something that can be wrong, and what may be said of it.
#[derive(Clone, Copy, Debug)]
pub struct State {
    pub name: &'static str,
    pub right: &'static [Hint],
    /// Keys of the script that differ from a document that lies well.
    keys: &'static str,
}

/// All is well.
pub const GOOD: State = State { name: "good", right: &[KeepStill, Good], keys: "" };

/// Each way in which it can lie badly.
pub const BAD: &[State] = &[
    State { name: "nothing there", right: &[ShowDocument], keys: "centre = [2.6, 0.5]" },
    State { name: "too far", right: &[MoveCloser], keys: "size = 0.3" },
    State { name: "too near", right: &[MoveBack], keys: "size = 1.05" },
    State { name: "over the right edge", right: &[MoveLeft], keys: "size = 0.6\ncentre = [0.8, 0.5]" },
    State { name: "over the left edge", right: &[MoveRight], keys: "size = 0.6\ncentre = [0.2, 0.5]" },
    State { name: "over the lower edge", right: &[MoveUp], keys: "size = 0.6\ncentre = [0.5, 0.82]" },
    State { name: "over the upper edge", right: &[MoveDown], keys: "size = 0.6\ncentre = [0.5, 0.18]" },
    State { name: "over two edges", right: &[WholeDocument], keys: "size = 0.6\ncentre = [0.82, 0.84]" },
    State { name: "upside down", right: &[TurnUpright], keys: "roll_degrees = 180.0" },
    State { name: "turned right", right: &[TurnCounterclockwise], keys: "size = 0.86\nroll_degrees = 90.0" },
    State { name: "turned left", right: &[TurnClockwise], keys: "size = 0.86\nroll_degrees = -90.0" },
    State { name: "upper edge far", right: &[TopCloser], keys: "tilt_degrees = 42.0\ntilt_towards_degrees = -90.0" },
    State { name: "lower edge far", right: &[BottomCloser], keys: "tilt_degrees = 42.0\ntilt_towards_degrees = 90.0" },
    State { name: "left edge far", right: &[LeftCloser], keys: "tilt_degrees = 42.0\ntilt_towards_degrees = 180.0" },
    State { name: "right edge far", right: &[RightCloser], keys: "tilt_degrees = 42.0\ntilt_towards_degrees = 0.0" },
    State { name: "dark", right: &[TooDark], keys: "light = 0.02" },
    State { name: "glaring", right: &[TooBright], keys: "light = 2.4" },
    State { name: "shaken", right: &[HoldStill, MoveSlower], keys: "shake = 30.0" },
    State { name: "blurred", right: &[OutOfFocus, WaitForFocus], keys: "focus_blur = 7.0" },
    State { name: "reflection", right: &[Glare], keys: "glare = 3.0\nglare_at = [0.5, 0.55]" },
    State { name: "shadow", right: &[Shadow], keys: "shadow = 0.8" },
];

/// What a film shows, and what is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    pub shown: DocumentClass,
    side: Side,
    kind: DocumentKind,
    /// How much of the frame it fills where it lies well.
    size: f32,
}

impl Subject {
    pub fn wanted(self) -> Wanted {
        Wanted::of(self.side, Some(self.kind))
    }
}

const CARD: Subject =
    Subject { shown: DocumentClass::IdFront, side: Side::Front, kind: DocumentKind::GermanIdCard, size: 0.74 };
const BACK: Subject = Subject { shown: DocumentClass::IdBack, side: Side::Back, ..CARD };
const PASSPORT: Subject =
    Subject { shown: DocumentClass::PassportPage, kind: DocumentKind::Passport, size: 0.86, ..CARD };

/// What is shown where it is wanted.
pub const RIGHT: [Subject; 3] = [CARD, BACK, PASSPORT];

/// What is shown where something else is wanted, each with its state.
pub const WRONG: [(Subject, State); 6] = [
    (Subject { shown: DocumentClass::IdBack, ..CARD }, wrong("back for front", &[TurnToFront])),
    (Subject { shown: DocumentClass::IdFront, ..BACK }, wrong("front for back", &[TurnToBack])),
    (Subject { shown: DocumentClass::IdFront, ..PASSPORT }, wrong("card for passport", &[ShowDataPage])),
    (Subject { size: 0.86, shown: DocumentClass::PassportPage, ..CARD }, wrong("passport for card", &[OtherDocument])),
    (Subject { shown: DocumentClass::OtherCard, ..CARD }, wrong("other card", &[OtherDocument])),
    (Subject { size: 0.6, shown: DocumentClass::Paper, ..CARD }, wrong("sheet for card", &[OtherDocument])),
];

const fn wrong(name: &'static str, right: &'static [Hint]) -> State {
    State { name, right, keys: "" }
}

/// A state, and from when to when it holds, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Segment {
    pub state: State,
    pub from: u64,
    pub to: u64,
}

/// A film in which all states follow one another, each after one in which all is well.
pub fn of_states(subject: Subject, states: &[State], seed: u64) -> (String, Vec<Segment>) {
    film(subject, states.iter().flat_map(|&state| [(GOOD, GOOD_SECONDS), (state, BAD_SECONDS)]), seed)
}

/// A film in which the wrong thing is brought before an empty camera.
pub fn of_wrong(subject: Subject, state: State, seed: u64) -> (String, Vec<Segment>) {
    film(subject, [(BAD[0], BAD_SECONDS), (state, BAD_SECONDS)].into_iter(), seed)
}

fn film(subject: Subject, parts: impl Iterator<Item = (State, f32)>, seed: u64) -> (String, Vec<Segment>) {
    let mut script = format!(
        "size = [1280, 720]\nrate = 30.0\nseed = {seed}\n[document]\nclass = \"{:?}\"\nseed = {seed}\n[place]\nsurface = {seed}\n",
        subject.shown
    );
    let well = format!(
        "size = {}\ncentre = [0.5, 0.5]\nroll_degrees = 2.0\ntilt_degrees = 5.0\ntilt_towards_degrees = 30.0\nlight = 0.75\nshadow = 0.0\n\
         glare = 0.0\nfocus_blur = 0.3\nnoise = 0.006\nshake = 0.5\n",
        subject.size
    );
    let (mut at, mut segments) = (0.0, Vec::new());
    for (state, seconds) in parts {
        let differs = |key: &str| state.keys.lines().any(|line| line.split(' ').next() == Some(key));
        let mut keys = format!("{}\n", state.keys);
        for line in well.lines().filter(|line| !differs(line.split(' ').next().unwrap_or_default())) {
            let _ = writeln!(keys, "{line}");
        }
        let begin = if at == 0.0 { 0.0 } else { at + CHANGE_SECONDS[1] };
        let _ = write!(script, "[[key]]\nat = {begin}\n{keys}[[key]]\nat = {}\n", at + seconds + CHANGE_SECONDS[0]);
        let millis = |seconds: f32| (seconds * 1000.0).round() as u64;
        segments.push(Segment { state, from: millis(at), to: millis(at + seconds) });
        at += seconds;
    }
    (script, segments)
}

/// Milliseconds at which the engine looks, up to the last segment's end.
pub fn looks(segments: &[Segment]) -> impl Iterator<Item = u64> + use<> {
    let end = segments.last().map_or(0, |last| last.to);
    // The first look at a state comes a tenth of a second after it began.
    (1..).map(|look| (look as f32 * 1000.0 / LOOKS_A_SECOND) as u64).take_while(move |&at| at <= end)
}
