//! What hints are decided on: the numbers of one observation by name, and how they are smoothed over time.
//! In: observations, what is wanted, whether the picture is mirrored. Out: a number for every `Measure`.
//! Does not know: limits, hints.

use crate::{
    flow::wanted::{Objection, Wanted},
    observation::{DocumentSeen, Observation},
    time::Millis,
};

/// A number that a limit may be held against. Directions are those of the picture as the person sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Mean luminance of the frame.
    FrameBrightness,
    /// Spread of luminance in the frame.
    FrameContrast,
    /// Detail in the frame.
    FrameSharpness,
    /// Blown-out share of the frame.
    FrameGlare,
    /// Change against the frame before.
    FrameMotion,
    /// 1: somebody who should speak is not heard.
    VoiceMissed,
    /// 1: there is a torch, and it is off.
    TorchOff,
    /// Milliseconds since a document was seen, or since the first look.
    Absence,
    /// Milliseconds for which no machine-readable zone is found on a side that has one.
    ZoneMissing,
    /// 1: only a part of it is found.
    ZoneCut,
    /// How sure the engine is of the document.
    Score,
    /// 1: the back is in view, the front is wanted; by looks or by the zone.
    BackInView,
    /// 1: the front is in view, the back is wanted.
    FrontInView,
    /// 1: something else than a passport's data page.
    NoDataPage,
    /// 1: another kind of document.
    AnotherDocument,
    /// Share of the picture's left edge that the document runs over; the next three likewise.
    CutLeft,
    /// See `CutLeft`.
    CutTop,
    /// See `CutLeft`.
    CutRight,
    /// See `CutLeft`.
    CutBottom,
    /// The second largest of the four.
    CutTwice,
    /// What it runs over at both of two opposite edges.
    CutAcross,
    /// Its longer side as a share of what would fit.
    Fill,
    /// Dots per inch; huge for formats without a size.
    Dpi,
    /// Degrees that it is turned clockwise, −180 to 180.
    Turn,
    /// The same without its sign.
    TurnEitherWay,
    /// Degrees between its normal and the line of sight.
    Tilt,
    /// How much shorter the upper edge is than the lower one: it is further away.
    TopFar,
    /// How much shorter the left edge is than the right one.
    LeftFar,
    /// `TopFar` less `LeftFar`, both without their signs.
    Upended,
    /// Covered share of the document.
    Covered,
    /// Corners that are covered, though the document is whole in the picture.
    CornersCovered,
    /// Way of its corners a second.
    Motion,
    /// Detail on it.
    Sharpness,
    /// Its mean luminance.
    Brightness,
    /// Spread of luminance on it.
    Contrast,
    /// Share of what is to be read that glare hides.
    Hidden,
    /// The strongest edge of a shadow.
    Shadow,
}

const COUNT: usize = Measure::Shadow as usize + 1;
/// Measures before this one are of the frame …
const OF_FRAME: usize = Measure::VoiceMissed as usize;
/// … and from here on of the document.
const OF_DOCUMENT: usize = Measure::Score as usize;

/// A number for every measure.
#[derive(Clone, Copy, Debug)]
pub struct Measures([f32; COUNT]);

impl Measures {
    /// Nothing measured.
    pub const NONE: Self = Self([0.0; COUNT]);

    /// What one observation says. `document`: the one in it, if it counts; without one its measures are 0.
    pub fn of(seen: &Observation, document: Option<&DocumentSeen>, wanted: Option<Wanted>, mirrored: bool) -> Self {
        let mut new = Self::NONE;
        new.set(Measure::FrameBrightness, seen.brightness);
        new.set(Measure::FrameContrast, seen.contrast);
        new.set(Measure::FrameSharpness, seen.sharpness);
        new.set(Measure::FrameGlare, seen.glare);
        new.set(Measure::FrameMotion, seen.motion.unwrap_or_default());
        if let Some(document) = document {
            new.set_document(document, wanted, mirrored);
        }
        new
    }

    /// The value of a measure.
    pub const fn get(&self, measure: Measure) -> f32 {
        self.0[measure as usize]
    }

    /// Puts a value in.
    pub const fn set(&mut self, measure: Measure, value: f32) {
        self.0[measure as usize] = value;
    }

    /// What the document's zone says is wrong with it; what its looks say stays.
    pub fn object(&mut self, objection: Option<Objection>) {
        if let Some(objection) = objection {
            self.set(measure_of(objection), 1.0);
        }
    }

    /// Moves towards `new`, which was measured `passed` later; after `within` it is there. Without a document in `new` what was
    /// known of it stays.
    pub fn follow(&mut self, new: &Self, with_document: bool, passed: Millis, within: Millis) {
        let share = (passed.0 as f32 / within.0 as f32).min(1.0);
        let turn = self.get(Measure::Turn);
        let by = wrapped(new.get(Measure::Turn) - turn);
        // Nobody turns a document by more in one frame: the engine has changed its mind.
        let turned = if by.abs() > 90.0 { new.get(Measure::Turn) } else { wrapped(turn + share * by) };
        for (index, (old, new)) in self.0.iter_mut().zip(new.0).enumerate() {
            let of_document = index >= OF_DOCUMENT;
            if index < OF_FRAME || (of_document && with_document) {
                *old += (new - *old) * share;
            }
        }
        if with_document {
            self.set(Measure::Turn, turned);
            self.set(Measure::TurnEitherWay, turned.abs());
        }
    }

    /// Takes over what `new` says of the document, as it is: another one, or the first.
    pub fn replace_document(&mut self, new: &Self) {
        self.0[OF_DOCUMENT..].copy_from_slice(&new.0[OF_DOCUMENT..]);
    }

    /// Takes over what `new` says of the frame, as it is.
    pub fn replace_frame(&mut self, new: &Self) {
        self.0[..OF_FRAME].copy_from_slice(&new.0[..OF_FRAME]);
    }

    fn set_document(&mut self, seen: &DocumentSeen, wanted: Option<Wanted>, mirrored: bool) {
        let [mut left, top, mut right, bottom] = seen.cut;
        let mut left_far = shorter(edge(seen, 3, 0), edge(seen, 1, 2));
        let mut turn = seen.turn;
        if mirrored {
            (left, right, left_far, turn) = (right, left, -left_far, -turn);
        }
        let top_far = shorter(edge(seen, 0, 1), edge(seen, 2, 3));
        let whole = seen.cut.iter().all(|&cut| cut <= 0.0);
        let (_, cut_twice) =
            seen.cut.iter().fold(
                (f32::MIN, f32::MIN),
                |(most, second), &cut| {
                    if cut > most { (cut, most) } else { (most, second.max(cut)) }
                },
            );
        self.set(Measure::Score, seen.score);
        self.object(wanted.and_then(|wanted| wanted.objection(seen.class)));
        self.set(Measure::CutLeft, left);
        self.set(Measure::CutTop, top);
        self.set(Measure::CutRight, right);
        self.set(Measure::CutBottom, bottom);
        self.set(Measure::CutTwice, cut_twice);
        self.set(Measure::CutAcross, left.min(right).max(top.min(bottom)));
        self.set(Measure::Fill, seen.fill);
        self.set(Measure::Dpi, seen.dpi.unwrap_or(NO_SIZE));
        self.set(Measure::Turn, turn);
        self.set(Measure::TurnEitherWay, turn.abs());
        self.set(Measure::Tilt, seen.tilt);
        self.set(Measure::TopFar, top_far);
        self.set(Measure::LeftFar, left_far);
        self.set(Measure::Upended, top_far.abs() - left_far.abs());
        self.set(Measure::Covered, seen.covered);
        let covered = seen.corners.iter().filter(|&&visible| whole && !visible).count();
        self.set(Measure::CornersCovered, covered as f32);
        self.set(Measure::Motion, seen.motion.unwrap_or_default());
        self.set(Measure::Sharpness, seen.sharpness);
        self.set(Measure::Brightness, seen.brightness);
        self.set(Measure::Contrast, seen.contrast);
        self.set(Measure::Hidden, seen.hidden);
        self.set(Measure::Shadow, seen.shadow);
    }
}

const fn measure_of(objection: Objection) -> Measure {
    match objection {
        Objection::Back => Measure::BackInView,
        Objection::Front => Measure::FrontInView,
        Objection::NoDataPage => Measure::NoDataPage,
        Objection::Another => Measure::AnotherDocument,
    }
}

/// Stands for the resolution of a format whose size nobody knows: it is never too small.
const NO_SIZE: f32 = 1_000.0;

/// Share of a new value after `passed`, for a time constant of `tau`. Many short steps weigh about as much as one long one, and
/// it needs no exponential function.
pub fn share_after(passed: Millis, tau: Millis) -> f32 {
    let (passed, tau) = (passed.0 as f32, tau.0 as f32);
    passed / (passed + tau)
}

/// Length of an edge in shares of the frame. Where edges are nearly parallel, their ratio is that in pixels.
fn edge(seen: &DocumentSeen, from: usize, to: usize) -> f32 {
    let ([x, y], [to_x, to_y]) = (seen.quad[from], seen.quad[to]);
    ((to_x - x) * (to_x - x) + (to_y - y) * (to_y - y)).sqrt()
}

/// How much shorter one is than the other, −1 to 1.
fn shorter(one: f32, other: f32) -> f32 {
    let sum = one + other;
    if sum > 0.0 { (other - one) / sum } else { 0.0 }
}

fn wrapped(degrees: f32) -> f32 {
    match degrees {
        over if over > 180.0 => over - 360.0,
        under if under < -180.0 => under + 360.0,
        within => within,
    }
}
