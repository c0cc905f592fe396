//! Finds the document in a frame. In: luminance. Out: what it is and where, to a fraction of a pixel.

use super::{
    DocumentClass, edged,
    heat::{self, Answer},
    refined, shape_error,
};
use crate::{
    geometry::{Homography, Point, Quad},
    luma::Luma,
    model::{Model, ModelError},
};

/// Says which file is meant.
const CARD: &str = include_str!("../../../../models/document/card.toml");

/// How much larger than the box around a document the window is through which it is looked at again.
const AROUND: f32 = 1.35;
/// Shares of the frame's sides that such a window has at least; and at most, since of a larger one there is hardly more to see.
const WINDOW: [f32; 2] = [0.12, 0.9];
/// Chance that something is there from which on it is looked at more closely.
const WORTH_A_LOOK: f32 = 0.2;
/// Space between a document that is seen square-on and the sides of that picture, as a share of the picture's.
const INSET: f32 = 0.13;
/// What lies around a document has no more pixels than this for each of the network's before it is looked at square-on.
const FINE: usize = 2;
/// Overlap with what was found before, from which on that is what is seen square-on.
const SAME: f32 = 0.5;
/// Parts of a picture that are looked at one by one: their share of its sides, and where they lie, from its left and top (0) to its right and
/// bottom (1).
const PART: f32 = 0.6;
const PLACES: [[f32; 2]; 5] = [[0.5, 0.5], [0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]];
/// What shows only in a part needs more evidence than what the whole shows: one of five looks like a document more often. Of 448 drawn documents
/// and 758 scenes without one 413 and 76 have enough at a glance, 419 and 78 by search. If parts needed no more than the whole, a third more of
/// the scenes without one would have enough.
const LEAST_IN_PART: f32 = 4.5;
/// What is followed in a film lies this share of the frame's longer side from its edges, and overlaps so much with where it lay.
const CLEAR: f32 = 0.01;
const STILL_THERE: f32 = 0.6;
/// How much agreement and edges count in the evidence: chosen on 785 drawn scenes without a document and 398 with a whole one, of which 80 % have
/// more evidence than all but 7 % of these; by agreement alone it was 66 %.
const AGREEING: f32 = 2.0;
const EDGED: f32 = 3.0;
/// No chance counts as less than this, or as certain.
const UNLIKELY: f32 = 0.002;
/// A closer look that finds something elsewhere is not believed.
const LEAST_OVERLAP: f32 = 0.1;

/// A trained network that finds documents.
#[derive(Clone, Debug)]
pub struct Detector {
    model: Model,
}

/// A document in a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Detection {
    /// What it most likely is; never `None` where one is claimed.
    pub class: DocumentClass,
    /// Chance that a document is there, 0 to 1.
    pub score: f32,
    /// Chance that it is of this class, 0 to 1.
    pub sure: f32,
    /// Its corners in document order, pixels of the frame.
    pub quad: Quad,
    /// Whether each corner is in the picture and not covered.
    pub corners: [bool; 4],
    /// Share of the frame's left, upper, right and lower edge that it runs over.
    pub cut: [f32; 4],
    /// Share of it, as far as it lies in the picture, that something else hides.
    pub covered: f32,
    /// How much speaks for it: the logarithm of the chance's odds, more the better corners and surface bear each other out, less the less
    /// its sides are edges.
    pub evidence: f32,
}

/// What one look says.
struct Seen {
    answer: Answer,
    /// The answer's corners, pixels of the frame.
    quad: Quad,
    /// Side of one of the network's pixels in the frame.
    pixel: f32,
}

impl Detector {
    /// Below this chance nothing is claimed.
    pub const LEAST_SCORE: f32 = 0.5;
    /// Below this evidence a single picture shows something else: what looks like a document in photographs of houses, animals and packages has
    /// no clear corners, and no edges. In a film, where frames bear each other out, it is not asked.
    pub const LEAST_EVIDENCE: f32 = 2.7;

    /// From `models/document/model.onnx`, as its card names it.
    ///
    /// # Errors
    /// `Digest` for another file; `Malformed`, `Operator` or `Shape` if it cannot be run.
    pub fn load(onnx: &[u8]) -> Result<Self, ModelError> {
        Ok(Self { model: Model::load_named(CARD, onnx)? })
    }

    /// From a file without a card: a network in training.
    ///
    /// # Errors
    /// As `Model::load`.
    pub fn load_unchecked(onnx: &[u8]) -> Result<Self, ModelError> {
        Ok(Self { model: Model::load(onnx)? })
    }

    /// The document in a frame of any size; `None` if there is none.
    ///
    /// # Errors
    /// `Shape`, if the network does not answer as agreed.
    pub fn detect(&mut self, frame: &Luma) -> Result<Option<Detection>, ModelError> {
        Ok(self.look(frame)?.claimed())
    }

    /// What the network says of a frame, however unlikely it finds a document there: for reports of how sure it was. What takes up little
    /// of the frame is looked at again from nearer, where there is more of it to see; and what was found, once more as if it lay straight
    /// before the camera, where all documents look alike.
    ///
    /// # Errors
    /// As `detect`.
    pub fn look(&mut self, frame: &Luma) -> Result<Detection, ModelError> {
        self.look_from(frame, [0, 0, frame.width(), frame.height()])
    }

    /// As `look`, of a single picture, for which there is time: where the whole shows nothing for sure, its middle and its corners are looked at
    /// too, and the likeliest of it is told. Up to eighteen runs of the network.
    ///
    /// # Errors
    /// As `detect`.
    pub fn search(&mut self, picture: &Luma) -> Result<Detection, ModelError> {
        let mut best = self.look(picture)?;
        if best.evidence >= Self::LEAST_EVIDENCE {
            return Ok(best);
        }
        for part in parts(picture.width(), picture.height()) {
            let found = self.look_from(picture, part)?;
            if found.is_claimed() && found.evidence >= best.evidence.max(LEAST_IN_PART) {
                let over = reaches(&found.quad, picture);
                let cut = std::array::from_fn(|edge| if over[edge] { best.cut[edge] } else { 0.0 });
                best = Detection { cut, ..found };
            }
        }
        Ok(best)
    }

    /// The document in the next frame of a film, if it still lies about where it lay, wholly in the frame; one look square-on does. `None` says
    /// nothing: it has to be looked for.
    ///
    /// # Errors
    /// As `detect`.
    pub fn follow(&mut self, frame: &Luma, last: &Quad) -> Result<Option<Detection>, ModelError> {
        if reaches(last, frame).contains(&true) {
            return Ok(None);
        }
        let seen = self.seen_square_on(frame, last)?.filter(|seen| seen.quad.overlap(last) >= STILL_THERE);
        let found = seen.and_then(|seen| seen.measured(frame, [0.0; 4]).claimed());
        Ok(found.filter(|found| !reaches(&found.quad, frame).contains(&true)))
    }

    /// As `look`, at first at the part of the frame between these pixels (left, top, right, bottom).
    fn look_from(&mut self, frame: &Luma, part: [usize; 4]) -> Result<Detection, ModelError> {
        let mut seen = self.seen(frame, part)?;
        let cut = seen.answer.surface.cut();
        if seen.is_worth_a_look() {
            if let Some(window) = window(&seen.quad, [frame.width() as f32, frame.height() as f32]) {
                let closer = self.seen(frame, window)?;
                if closer.is_worth_a_look() && closer.quad.overlap(&seen.quad) >= LEAST_OVERLAP {
                    seen = closer;
                }
            }
            if let Some(straight) = self.seen_square_on(frame, &seen.quad)? {
                seen = seen.with(straight);
            }
        }
        Ok(seen.measured(frame, cut))
    }

    /// What the network says of the part of a frame between these pixels (left, top, right, bottom).
    fn seen(&mut self, frame: &Luma, window: [usize; 4]) -> Result<Seen, ModelError> {
        let part = frame.part(window).ok_or(ModelError::Shape)?;
        let (across, down) = (part.width() as f32, part.height() as f32);
        // All of it goes in, whatever its proportions.
        let [_, height, width] = self.model.input();
        let [left, top] = [window[0] as f32, window[1] as f32];
        let in_frame = |quad: &Quad| quad.scaled(across, down).map(|at| Point::new(at.x + left, at.y + top));
        let pixel = across.max(down) / height.max(width) as f32;
        self.answered(frame, &part.squeezed(width, height), in_frame, pixel)
    }

    /// What the network says of a quad and what lies around it, as if it were a square straight before the camera; `None` for what cannot be the
    /// picture of one.
    fn seen_square_on(&mut self, frame: &Luma, quad: &Quad) -> Result<Option<Seen>, ModelError> {
        let far = 1.0 - INSET;
        let inner = Quad([(INSET, INSET), (far, INSET), (far, far), (INSET, far)].map(|(x, y)| Point::new(x, y)));
        let Some(frame_from_square) = Homography::between(&inner, quad).filter(|_| quad.is_convex()) else {
            return Ok(None);
        };
        let in_frame = |quad: &Quad| quad.map(|at| frame_from_square.apply(at));
        let around = in_frame(&Quad::of_size(1.0, 1.0));
        // So steep that what lies around it is beyond the horizon.
        if !around.is_convex() {
            return Ok(None);
        }
        let [_, height, width] = self.model.input();
        let [left, top, right, bottom] = extent(&around);
        let (left, top) = (left.max(0.0).floor(), top.max(0.0).floor());
        let Some(part) = frame.part([left, top, right.ceil(), bottom.ceil()].map(|at| at as usize)) else {
            return Ok(None);
        };
        let small = part.squeezed(part.width().min(FINE * width), part.height().min(FINE * height));
        let scale = [small.width() as f32 / part.width() as f32, small.height() as f32 / part.height() as f32];
        let in_small = around.map(|at| Point::new((at.x - left) * scale[0], (at.y - top) * scale[1]));
        let Some(small_from_square) = Homography::between(&Quad::of_size(width as f32, height as f32), &in_small)
        else {
            return Ok(None);
        };
        let square = small.seen_through(&small_from_square, [width, height]);
        let pixel = quad.area().sqrt() / (1.0 - 2.0 * INSET) / height.max(width) as f32;
        self.answered(frame, &square, in_frame, pixel).map(Some)
    }

    /// What the network says of a picture as large as it takes; `in_frame` tells where a quad of it, in shares of its sides, lies in the frame.
    fn answered(
        &mut self,
        frame: &Luma,
        picture: &Luma,
        in_frame: impl Fn(&Quad) -> Quad,
        pixel: f32,
    ) -> Result<Seen, ModelError> {
        let input: Vec<f32> = picture.rows().flatten().map(|&pixel| f32::from(pixel) / 255.0 - 0.5).collect();
        let unlike = |class, quad: &Quad| shape_error(class, &in_frame(quad), frame.width(), frame.height());
        let answer = heat::answer(&self.model.run(&input)?, &unlike).ok_or(ModelError::Shape)?;
        Ok(Seen { quad: in_frame(&answer.quad), answer, pixel })
    }
}

impl Seen {
    fn is_worth_a_look(&self) -> bool {
        self.answer.present >= WORTH_A_LOOK
    }

    fn measured(self, frame: &Luma, cut: [f32; 4]) -> Detection {
        let Self { answer, quad, pixel } = self;
        let quad = refined(frame, &quad, answer.corners, pixel);
        let odds = ((answer.present + UNLIKELY) / (1.0 - answer.present + UNLIKELY)).ln();
        let edges = edged(frame, &quad, pixel) - 1.0;
        Detection {
            class: answer.class,
            score: answer.present,
            sure: answer.sure,
            quad,
            corners: answer.corners,
            cut,
            covered: answer.surface.covered(&answer.quad),
            evidence: odds + AGREEING * answer.agreement + EDGED * edges,
        }
    }

    /// What this and a look square-on say together.
    fn with(self, straight: Self) -> Self {
        let same = straight.is_worth_a_look() && straight.quad.overlap(&self.quad) >= SAME;
        // Something else that is seen there speaks for nothing.
        let most = if same { 1.0 } else { self.answer.present };
        let present = f32::midpoint(self.answer.present, straight.answer.present.min(most));
        let (mut kept, other) = if same { (straight, self) } else { (self, straight) };
        kept.answer.present = present;
        if same {
            kept.answer.agreement = kept.answer.agreement.max(other.answer.agreement);
            if other.answer.sure > kept.answer.sure {
                (kept.answer.class, kept.answer.sure) = (other.answer.class, other.answer.sure);
            }
        }
        kept
    }
}

impl Detection {
    /// Itself, if it is likelier than not that a document is there.
    pub fn claimed(self) -> Option<Self> {
        self.is_claimed().then_some(self)
    }

    fn is_claimed(&self) -> bool {
        self.class != DocumentClass::None && self.score >= Detector::LEAST_SCORE
    }
}

/// Left, top, right and bottom of parts of a picture.
fn parts(width: usize, height: usize) -> impl Iterator<Item = [usize; 4]> {
    let [across, down] = [width, height].map(|side| (side as f32 * PART).ceil() as usize);
    PLACES.into_iter().map(move |[x, y]| {
        let (left, top) = ((x * (width - across) as f32) as usize, (y * (height - down) as f32) as usize);
        [left, top, left + across, top + down]
    })
}

/// Whether a quad lies at or beyond the frame's left, upper, right and lower edge.
fn reaches(quad: &Quad, frame: &Luma) -> [bool; 4] {
    let [left, top, right, bottom] = extent(quad);
    let [width, height] = [frame.width() as f32, frame.height() as f32];
    let margin = CLEAR * width.max(height);
    [left < margin, top < margin, right > width - margin, bottom > height - margin]
}

/// Left, top, right and bottom of a quad.
fn extent(quad: &Quad) -> [f32; 4] {
    let least = |of: fn(&Point) -> f32| quad.0.iter().map(of).fold(f32::MAX, f32::min);
    let most = |of: fn(&Point) -> f32| quad.0.iter().map(of).fold(f32::MIN, f32::max);
    [least(|corner| corner.x), least(|corner| corner.y), most(|corner| corner.x), most(|corner| corner.y)]
}

/// Left, top, right and bottom of the part of a frame that shows a document and a little around it, of the frame's proportions; `None` if
/// that is nearly all of it.
fn window(quad: &Quad, [width, height]: [f32; 2]) -> Option<[usize; 4]> {
    let [left, top, right, bottom] = extent(quad);
    let span = |from: f32, to: f32, side: f32| {
        let (from, to) = (from.max(0.0), to.min(side));
        (f32::midpoint(from, to), (to - from) / side)
    };
    let ((x, wide), (y, high)) = (span(left, right, width), span(top, bottom, height));
    let share = (wide.max(high) * AROUND).max(WINDOW[0]);
    if share > WINDOW[1] {
        return None;
    }
    let place = |middle: f32, side: f32| (middle - share * side / 2.0).clamp(0.0, (1.0 - share) * side);
    let (left, top) = (place(x, width), place(y, height));
    Some([left, top, left + share * width, top + share * height].map(|at| at.round() as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: [f32; 2] = [1280.0, 720.0];

    fn at(x: f32, y: f32, width: f32, height: f32) -> Quad {
        Quad::of_size(width, height).map(|corner| Point::new(corner.x + x, corner.y + y))
    }

    #[test]
    fn a_window_shows_the_document_and_some_of_what_lies_around_it_in_the_frames_proportions() {
        let [left, top, right, bottom] = window(&at(600.0, 300.0, 320.0, 200.0), FRAME).expect("a small one");
        assert!(left < 560 && top < 290 && right > 960 && bottom > 510, "{left} {top} {right} {bottom}");
        let proportions = (right - left) as f32 / (bottom - top) as f32;
        assert!((proportions - 16.0 / 9.0).abs() < 0.02, "{proportions}");
    }

    #[test]
    fn a_window_stays_in_the_frame() {
        for (x, y) in [(-200.0, -100.0), (1100.0, -100.0), (1100.0, 600.0), (-200.0, 600.0)] {
            let [left, top, right, bottom] = window(&at(x, y, 320.0, 200.0), FRAME).expect("a small one");
            assert!(left < right && right <= 1280 && top < bottom && bottom <= 720, "{left} {top} {right} {bottom}");
        }
    }

    #[test]
    fn a_document_that_fills_the_frame_is_not_looked_at_twice() {
        assert_eq!(window(&at(100.0, 50.0, 1000.0, 630.0), FRAME), None);
        assert_eq!(window(&at(-300.0, -300.0, 2000.0, 2000.0), FRAME), None);
    }

    #[test]
    fn not_even_a_dot_is_looked_at_from_nearer_than_there_are_pixels_for() {
        let [left, _, right, _] = window(&at(640.0, 360.0, 4.0, 3.0), FRAME).expect("a small one");
        assert_eq!(right - left, 154);
    }
}
