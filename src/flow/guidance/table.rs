//! Which measure raises which hint, in the order of their usefulness: the first that is raised is shown. Data only.
//!
//! A row is raised when all its bounds are met, and stays so until one is no longer met by its second limit. Beside the limits is what
//! chose them: *computed* from sizes, *published* by others, *measured* here, or *assumed* until the benchmark of hints has measured it.

use super::measure::Measure;
use crate::{surface::Hint, time::Millis};

/// A hint stays so long, whatever happens: time to read it. Published stabilisers keep errors 1.5 s, successes 0.8 s.
pub const ON_SCREEN: Millis = Millis(1_200);
/// Without observations for so long nothing is claimed.
pub const STALE_AFTER: Millis = Millis(3_000);
/// A hint that was obeyed, with nothing sure to follow it, goes after this.
pub const UNSURE_FOR: Millis = Millis(1_000);
/// Measures follow their observations over this time: it takes the noise of single frames at 30 a second, and delays nothing at 15
/// and fewer, where belief and second limits do that alone.
pub const SMOOTHING: Millis = Millis(60);
/// Time constant in which it is believed that a row is raised, or is no longer. With `SURE`: three frames at 5 to 10 a second, seven at 30,
/// thus 230 to 300 ms; a single frame decides nothing.
pub const BELIEF: Millis = Millis(120);
/// Share of belief at which a row counts as raised, and below whose rest it no longer does.
pub const SURE: f32 = 0.75;
/// A longer gap between two looks weighs no more than this.
pub const LONGEST_STEP: Millis = Millis(250);
/// Detectors lose a document for single frames; it is gone only after this, longer than rows before need to be believed.
pub const GONE_AFTER: Millis = Millis(330);
/// A document is in view from this score on. Assumed.
pub const IN_VIEW_SCORE: f32 = 0.30;

/// Where the document's class is believed, and it counts as told from its background. Assumed.
const TOLD_SCORE: f32 = 0.60;

/// When a row applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// No fresh observation.
    Unseen,
    /// A face is looked at.
    Face,
    /// A document is looked at by an engine that cannot tell documents.
    Sheet,
    /// No document is in view.
    Absent,
    /// One is.
    Present,
}

/// A limit on one measure.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// Of what.
    pub measure: Measure,
    /// Met by values above the limit; otherwise by those below it.
    pub above: bool,
    /// Met from here on …
    pub limit: f32,
    /// … until here.
    pub release: f32,
}

/// How fast a row is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// After looks of about a quarter of a second.
    Looks,
    /// At once: its measure has waited already.
    Once,
}

/// One condition and its hint.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// What to say.
    pub hint: Hint,
    /// When it applies.
    pub scopes: &'static [Scope],
    /// All have to be met.
    pub bounds: &'static [Bound],
    /// How fast it is believed.
    pub pace: Pace,
    /// What to say when it was said for so long and has not helped.
    pub later: Option<(Millis, Hint)>,
}

impl Row {
    /// It says something only while a document is seen.
    pub fn is_of_document(&self) -> bool {
        self.scopes == PRESENT
    }
}

const fn row(hint: Hint, scopes: &'static [Scope], bounds: &'static [Bound]) -> Row {
    Row { hint, scopes, bounds, pace: Pace::Looks, later: None }
}

const fn above(measure: Measure, limit: f32, release: f32) -> Bound {
    Bound { measure, above: true, limit, release }
}

const fn below(measure: Measure, limit: f32, release: f32) -> Bound {
    Bound { measure, above: false, limit, release }
}

/// A measure that is 0 or 1.
const fn is(measure: Measure) -> Bound {
    above(measure, 0.5, 0.5)
}

const ALWAYS: &[Scope] = &[Scope::Unseen, Scope::Face, Scope::Sheet, Scope::Absent, Scope::Present];
const SEEN: &[Scope] = &[Scope::Face, Scope::Sheet, Scope::Absent, Scope::Present];
/// The engine tells documents. A document may be out of view for single frames only.
const LOOKED_FOR: &[Scope] = &[Scope::Absent, Scope::Present];
const PRESENT: &[Scope] = &[Scope::Present];
const WHOLE_FRAME: &[Scope] = &[Scope::Face, Scope::Sheet];
const FACE: &[Scope] = &[Scope::Face];
const SHEET: &[Scope] = &[Scope::Sheet];

/// Every condition, the most useful first.
pub const TABLE: &[Row] = &[
    // Assumed: fingers and cases leave an even picture that is not bright. Measured: lit tables of one colour are as even.
    row(
        Hint::Uncover,
        SEEN,
        &[below(Measure::FrameContrast, 0.05, 0.056), below(Measure::FrameBrightness, 0.45, 0.50)],
    ),
    Row { pace: Pace::Once, ..row(Hint::SpeakUp, ALWAYS, &[is(Measure::VoiceMissed)]) },
    //
    // No document in view. Only a room that is dark or glaring as a whole explains that: black and white tables are none. Assumed.
    row(
        Hint::TorchOn,
        LOOKED_FOR,
        &[
            above(Measure::Absence, 1.0, 1.0),
            below(Measure::FrameBrightness, 0.10, 0.12),
            below(Measure::FrameContrast, 0.25, 0.30),
            is(Measure::TorchOff),
        ],
    ),
    row(
        Hint::TooDark,
        LOOKED_FOR,
        &[
            above(Measure::Absence, 1.0, 1.0),
            below(Measure::FrameBrightness, 0.10, 0.12),
            below(Measure::FrameContrast, 0.25, 0.30),
        ],
    ),
    row(Hint::TooBright, LOOKED_FOR, &[above(Measure::Absence, 1.0, 1.0), above(Measure::FrameBrightness, 0.93, 0.91)]),
    Row {
        pace: Pace::Once,
        ..row(Hint::ShowDocument, LOOKED_FOR, &[above(Measure::Absence, GONE_AFTER.0 as f32, GONE_AFTER.0 as f32)])
    },
    //
    // Light on the document. Published for its mean: 0.25 and 0.90, on a scale that may differ.
    row(Hint::TorchOn, PRESENT, &[below(Measure::Brightness, 0.20, 0.24), is(Measure::TorchOff)]),
    row(Hint::TooDark, PRESENT, &[below(Measure::Brightness, 0.20, 0.24)]),
    row(Hint::TooBright, PRESENT, &[above(Measure::Brightness, 0.88, 0.85)]),
    //
    // The wrong thing. Measured: in the dark one thing is taken for another, so light comes first. Assumed: more certain than not is
    // certain enough to say so.
    row(Hint::ShowDataPage, PRESENT, &[is(Measure::NoDataPage), above(Measure::Score, TOLD_SCORE, 0.50)]),
    row(Hint::TurnToFront, PRESENT, &[is(Measure::BackInView), above(Measure::Score, TOLD_SCORE, 0.50)]),
    row(Hint::TurnToBack, PRESENT, &[is(Measure::FrontInView), above(Measure::Score, TOLD_SCORE, 0.50)]),
    row(Hint::OtherDocument, PRESENT, &[is(Measure::AnotherDocument), above(Measure::Score, TOLD_SCORE, 0.50)]),
    //
    // Computed: 80 mm/s on a card are 1.3 mm in 1/60 s, half a character.
    row(Hint::MoveSlower, PRESENT, &[above(Measure::Motion, 0.80, 0.60)]),
    //
    // Where it is. Published: margins of 2 to 3 % of the frame; here only what is over the edge counts.
    row(Hint::MoveBack, PRESENT, &[above(Measure::CutAcross, 0.02, 0.01)]),
    row(Hint::WholeDocument, PRESENT, &[above(Measure::CutTwice, 0.02, 0.01)]),
    row(Hint::MoveRight, PRESENT, &[above(Measure::CutLeft, 0.02, 0.01)]),
    row(Hint::MoveDown, PRESENT, &[above(Measure::CutTop, 0.02, 0.01)]),
    row(Hint::MoveLeft, PRESENT, &[above(Measure::CutRight, 0.02, 0.01)]),
    row(Hint::MoveUp, PRESENT, &[above(Measure::CutBottom, 0.02, 0.01)]),
    // Computed: at 200 dpi a passport's 125 mm are 1000 pixels and the 2.4 mm of an OCR-B character (ICAO 9303-3) 19; reading wants 12 to
    // 15, the rest is for tilt and blur. Once it fills the frame a small camera gives no more, and nothing more is asked.
    row(Hint::MoveCloser, PRESENT, &[below(Measure::Dpi, 200.0, 212.0), below(Measure::Fill, 0.78, 0.82)]),
    // Formats without a size. Published: 0.43 of the frame, 0.65 of a guide.
    row(Hint::MoveCloser, PRESENT, &[below(Measure::Fill, 0.40, 0.44)]),
    // Assumed: the next breath would cut it.
    row(Hint::MoveBack, PRESENT, &[above(Measure::Fill, 0.98, 0.95)]),
    //
    // How it is held. Computed: a quarter turn begins half-way.
    row(Hint::TurnUpright, PRESENT, &[above(Measure::TurnEitherWay, 135.0, 125.0)]),
    row(Hint::TurnCounterclockwise, PRESENT, &[above(Measure::Turn, 50.0, 40.0)]),
    row(Hint::TurnClockwise, PRESENT, &[below(Measure::Turn, -50.0, -40.0)]),
    // Computed: at 30° characters lose 13 % of their height; a card tilted so, two of its widths from the lens, has edges that differ by
    // 8 to 12 % of their sum. Assumed: below 3 % the direction is not certain.
    row(
        Hint::TopCloser,
        PRESENT,
        &[above(Measure::Tilt, 30.0, 25.0), above(Measure::TopFar, 0.03, 0.02), above(Measure::Upended, 0.0, -0.02)],
    ),
    row(
        Hint::BottomCloser,
        PRESENT,
        &[above(Measure::Tilt, 30.0, 25.0), below(Measure::TopFar, -0.03, -0.02), above(Measure::Upended, 0.0, -0.02)],
    ),
    row(Hint::LeftCloser, PRESENT, &[above(Measure::Tilt, 30.0, 25.0), above(Measure::LeftFar, 0.03, 0.02)]),
    row(Hint::RightCloser, PRESENT, &[above(Measure::Tilt, 30.0, 25.0), below(Measure::LeftFar, -0.03, -0.02)]),
    row(Hint::HoldFlat, PRESENT, &[above(Measure::Tilt, 30.0, 25.0)]),
    // Measured: the network leaves up to 0.14 of drawn documents bare that nothing covers. A thumb's tip on a corner, 15 by 10 mm, covers
    // 3 % of a card: that is how cards are held, and it hides nothing.
    row(Hint::FingersOff, PRESENT, &[above(Measure::Covered, 0.18, 0.15)]),
    row(Hint::FingersOff, PRESENT, &[above(Measure::CornersCovered, 1.6, 1.4)]),
    //
    // Sharpness. Assumed: found corners tremble by up to 0.2 diagonals a second on a document that lies still. What moves faster than 0.8
    // is told to be slower, and not first to hold still.
    row(Hint::HoldStill, PRESENT, &[above(Measure::Motion, 0.30, 0.22), below(Measure::Motion, 0.80, 0.80)]),
    row(
        Hint::HoldStill,
        PRESENT,
        &[
            below(Measure::Sharpness, 0.25, 0.29),
            above(Measure::Motion, 0.20, 0.15),
            below(Measure::Motion, 0.80, 0.80),
        ],
    ),
    // Assumed: held still, filling the frame and blurred is nearer than the lens can focus.
    row(Hint::OutOfFocus, PRESENT, &[below(Measure::Sharpness, 0.25, 0.29), above(Measure::Fill, 0.75, 0.70)]),
    // Assumed: a focus run is over in less; then it is the lens.
    Row {
        later: Some((Millis(4_000), Hint::LowContrast)),
        ..row(Hint::WaitForFocus, PRESENT, &[below(Measure::Sharpness, 0.25, 0.29)])
    },
    //
    // The machine-readable zone of a document that is seen well. Assumed: four attempts, so that one frame's blur says nothing.
    Row { pace: Pace::Once, ..row(Hint::ZoneCovered, PRESENT, &[is(Measure::ZoneCut)]) },
    Row { pace: Pace::Once, ..row(Hint::ShowZone, PRESENT, &[above(Measure::ZoneMissing, 1_500.0, 1_500.0)]) },
    //
    // Assumed. Only what hides something: highlights of foils and holograms belong to a document.
    row(Hint::Glare, PRESENT, &[above(Measure::Hidden, 0.02, 0.012)]),
    // Measured on drawn documents: below 0.02 without a shadow, above 0.4 with one.
    row(Hint::Shadow, PRESENT, &[above(Measure::Shadow, 0.35, 0.28)]),
    // Assumed: less spread than any print on a document leaves.
    row(Hint::LowContrast, PRESENT, &[below(Measure::Contrast, 0.12, 0.15)]),
    row(Hint::OtherBackground, PRESENT, &[below(Measure::Score, TOLD_SCORE, 0.65)]),
    //
    // The whole frame: faces, and documents where no engine tells them. Assumed.
    row(Hint::TooDark, WHOLE_FRAME, &[below(Measure::FrameBrightness, 0.20, 0.224)]),
    row(Hint::TooBright, WHOLE_FRAME, &[above(Measure::FrameBrightness, 0.88, 0.774)]),
    row(Hint::HoldStill, WHOLE_FRAME, &[above(Measure::FrameMotion, 0.06, 0.053)]),
    row(Hint::Glare, SHEET, &[above(Measure::FrameGlare, 0.02, 0.018)]),
    row(Hint::OutOfFocus, SHEET, &[below(Measure::FrameSharpness, 0.25, 0.28)]),
    row(Hint::OutOfFocus, FACE, &[below(Measure::FrameSharpness, 0.15, 0.168)]),
    row(Hint::LowContrast, WHOLE_FRAME, &[below(Measure::FrameContrast, 0.12, 0.134)]),
];
