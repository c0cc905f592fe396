//! From the network's numbers to a detection: maps of as many cells across as down, laid over the frame or the part of it that was
//! looked at. In: logits; how unlike a document a quad is. Out: corners in shares of the frame, class, where the document's surface shows.
//! Does not know: the network, pixels, lenses.

use super::DocumentClass;
use crate::geometry::{Point, Quad};

/// Cells around the best one that share in a corner's place.
const REACH: usize = 2;
/// Best cells of a corner that are tried together with the others'.
const CANDIDATES: usize = 3;
/// Share of the best cell's chance that another candidate needs.
const RIVAL: f32 = 0.05;
/// Chance that a corner has at least, wherever it is taken to be: under a finger it may be seen nowhere.
const UNSEEN: f32 = 0.02;
/// How much it counts that opposite sides are equally long, that the quad looks like a flat document (up to a limit: a page may be bent), and
/// that the surface fills it, beside the corners' own chances. On 398 drawn scenes the mean overlap is 0.867 so; without the shape 0.838.
const STRAIGHT: f32 = 2.0;
const SHAPED: f32 = 0.5;
const UNSHAPED: f32 = 8.0;
const FILLED: f32 = 2.0;
/// Quads of likely corners that are compared with the surface.
const TRIED: usize = 24;
/// The best of them is moved corner by corner, in so many rounds, by a cell at first and by less in each, to where all of this agrees best. The
/// surface counts less there: it knows no fractions of cells.
const ROUNDS: usize = 4;
const LESS: f32 = 0.7;
const FILLED_FINELY: f32 = 1.0;
/// Chance that a corner has wherever it is moved to.
const ANYWHERE: f32 = 0.003;

/// What the network says of one frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What is seen; never `None` where there is a quad.
    pub class: DocumentClass,
    /// Chance that a document is there.
    pub present: f32,
    /// Chance of the class.
    pub sure: f32,
    /// Corners in document order, as shares of the frame's width and height.
    pub quad: Quad,
    /// Whether each corner is in the picture and not covered.
    pub corners: [bool; 4],
    /// Where the document shows.
    pub surface: Surface,
    /// How well corners and surface bear each other out, 0 to 1: how narrow the places of the corners in sight are, times the
    /// overlap of surface and quad where all four are.
    pub agreement: f32,
}

/// Chance of each cell of the frame that it shows the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Surface {
    /// Cells across and down.
    side: usize,
    chances: Vec<f32>,
}

/// Reads the network's four outputs: corners `[4, n, n]`, surface `[n, n]`, class `[6]`, corners in sight `[4]`; all logits. `unlike` tells how
/// little a quad of a class looks like a flat document, 0 at best (`shape_error`).
/// `None` if they have another size; an answer whose corners make no convex quad has the class `None`.
pub fn answer(outputs: &[Vec<f32>], unlike: &impl Fn(DocumentClass, &Quad) -> f32) -> Option<Answer> {
    let [corners, surface, kind, inside] = outputs else { return None };
    let side = surface.len().isqrt();
    let sizes = [corners.len(), surface.len(), kind.len(), inside.len()];
    if side == 0 || sizes != [4 * side * side, side * side, DocumentClass::ALL.len(), 4] {
        return None;
    }
    let kind = softmax(kind);
    let best = (1..kind.len()).max_by(|&a, &b| kind[a].total_cmp(&kind[b]))?;
    let class = DocumentClass::ALL[best];
    let maps: Vec<Vec<f32>> = corners.chunks(side * side).map(softmax).collect();
    let surface = Surface { side, chances: surface.iter().map(|&logit| 1.0 / (1.0 + (-logit).exp())).collect() };
    let found = most_likely_quad(&maps, &surface, &|quad| SHAPED * unlike(class, quad).min(UNSHAPED));
    let corners: [bool; 4] = std::array::from_fn(|corner| inside[corner] > 0.0);
    let agreement = found.map_or(0.0, |(quad, narrow)| {
        let seen: Vec<f32> = (0..4).filter(|&corner| corners[corner]).map(|corner| narrow[corner].ln()).collect();
        let narrow = (seen.iter().sum::<f32>() / seen.len().max(1) as f32).exp();
        if seen.len() == 4 { narrow * surface.overlap(&quad) } else { narrow }
    });
    Some(Answer {
        class: if found.is_some() { class } else { DocumentClass::None },
        present: if found.is_some() { 1.0 - kind[0] } else { 0.0 },
        sure: kind[best],
        quad: found.map_or(Quad::of_size(1.0, 1.0), |(quad, _)| quad),
        corners,
        surface,
        agreement,
    })
}

impl Surface {
    /// Share of the frame's left, upper, right and lower edge that the document runs over.
    pub fn cut(&self) -> [f32; 4] {
        let (side, last) = (self.side, self.side - 1);
        let edge = |cell: &dyn Fn(usize) -> usize| {
            (0..side).filter(|&at| self.chances[cell(at)] > 0.5).count() as f32 / side as f32
        };
        [edge(&|at| at * side), edge(&|at| at), edge(&|at| at * side + last), edge(&|at| last * side + at)]
    }

    /// Share of a quad (in shares of the frame, and only what of it lies in the frame) that does not show the document.
    pub fn covered(&self, quad: &Quad) -> f32 {
        let (cells, shown) = self.within(quad);
        if cells > 0.0 { 1.0 - shown / cells } else { 0.0 }
    }

    /// Jaccard index of what shows and a quad (in shares of the frame).
    fn overlap(&self, quad: &Quad) -> f32 {
        let (cells, shown) = self.within(quad);
        shown / (cells + self.chances.iter().sum::<f32>() - shown).max(1.0)
    }

    /// Cells whose middles lie in a quad, and how much of the document they show.
    fn within(&self, quad: &Quad) -> (f32, f32) {
        let share = |cell: usize| (cell as f32 + 0.5) / self.side as f32;
        let middle = |index: usize| Point::new(share(index % self.side), share(index / self.side));
        let inside = self.chances.iter().enumerate().filter(|&(index, _)| quad.contains(middle(index)));
        inside.fold((0.0, 0.0), |(cells, shown), (_, chance)| (cells + 1.0, shown + chance))
    }
}

/// The corners' best places that together go clockwise around a convex quad, and the chance of each. Any one of them may be where the
/// other three say, as on a sheet seen from far away. `cost` is of the quad's shape.
fn most_likely_quad(maps: &[Vec<f32>], surface: &Surface, cost: &impl Fn(&Quad) -> f32) -> Option<(Quad, [f32; 4])> {
    let side = surface.side;
    let peaks: Vec<Vec<(Point, f32)>> = maps.iter().map(|map| candidates(map, side)).collect();
    let mut quads: Vec<(f32, Quad, [f32; 4])> = Vec::new();
    let mut consider = |corners: [(Point, f32); 4]| {
        let quad = Quad(corners.map(|(place, _)| place));
        if quad.is_convex() {
            let chances = corners.map(|(_, chance)| chance);
            let likely: f32 = chances.iter().map(|chance| chance.max(UNSEEN).ln()).sum();
            quads.push((likely - STRAIGHT * slant(&quad) - cost(&quad), quad, chances));
        }
    };
    for &a in &peaks[0] {
        for &b in &peaks[1] {
            for &c in &peaks[2] {
                for &d in &peaks[3] {
                    let corners = [a, b, c, d];
                    consider(corners);
                    // Once for each way to place the three others.
                    for at in (0..4).filter(|&at| corners[at] == peaks[at][0]) {
                        let [next, over, before] = [1, 2, 3].map(|by| corners[(at + by) % 4].0);
                        let place = Point::new(next.x + before.x - over.x, next.y + before.y - over.y);
                        let mut told = corners;
                        told[at] = (place, around(&maps[at], side, place));
                        consider(told);
                    }
                }
            }
        }
    }
    quads.sort_by(|a, b| b.0.total_cmp(&a.0));
    quads.truncate(TRIED);
    let filled = |quad: &Quad| FILLED * surface.overlap(quad).max(1e-3).ln();
    let scored = quads.into_iter().map(|(score, quad, chances)| (score + filled(&quad), quad, chances));
    let (_, quad, chances) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some((settled(quad, maps, surface, cost), chances))
}

/// A quad whose corners have been moved to where their chances, the surface and the shape agree best.
fn settled(mut quad: Quad, maps: &[Vec<f32>], surface: &Surface, cost: &impl Fn(&Quad) -> f32) -> Quad {
    let side = surface.side;
    let mut step = 1.0 / side as f32;
    for _ in 0..ROUNDS {
        for (corner, map) in maps.iter().enumerate() {
            let here = quad.0[corner];
            let mut best = f32::MIN;
            let mut moved = quad;
            for (right, down) in AROUND {
                let mut tried = quad;
                tried.0[corner] = Point::new(here.x + right * step, here.y + down * step);
                if !tried.is_convex() {
                    continue;
                }
                // The surface can only take something away.
                let most = likely(map, side, tried.0[corner]) - cost(&tried);
                if most > best {
                    let score = most + FILLED_FINELY * surface.overlap(&tried).max(1e-3).ln();
                    if score > best {
                        (best, moved) = (score, tried);
                    }
                }
            }
            quad = moved;
        }
        step *= LESS;
    }
    quad
}

/// Where a corner is tried: where it is, and in every direction.
const AROUND: [(f32, f32); 9] =
    [(0.0, 0.0), (-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0), (-1.0, -1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, 1.0)];

/// Logarithm of the chance of the cells around a place, in shares of the frame, those that are near counting more: a bell one cell wide.
fn likely(map: &[f32], side: usize, place: Point) -> f32 {
    const FAR: usize = 3;
    let bell = |share: f32| {
        let at = share * side as f32 - 0.5;
        let first = (at - FAR as f32).max(0.0) as usize;
        let weights: [f32; 2 * FAR + 1] =
            std::array::from_fn(|cell| (-((first + cell) as f32 - at).powi(2) / 2.0).exp());
        (first, weights)
    };
    let ((left, across), (top, down)) = (bell(place.x), bell(place.y));
    let row = |(row, weight): (usize, &f32)| {
        let cells = &map[row * side..][..side];
        weight * cells.iter().skip(left).zip(&across).map(|(chance, weight)| chance * weight).sum::<f32>()
    };
    (ANYWHERE + (top..side).zip(&down).map(row).sum::<f32>()).ln()
}

/// How differently long opposite sides are: squares of the logarithms of their proportions. Squeezing the picture changes little of it.
fn slant(quad: &Quad) -> f32 {
    let side = |at: usize| quad.0[at].distance(quad.0[(at + 1) % 4]);
    (side(0) / side(2)).ln().powi(2) + (side(1) / side(3)).ln().powi(2)
}

/// Chance of the cells around a place, in shares of the frame.
fn around(map: &[f32], side: usize, place: Point) -> f32 {
    let near = |share: f32| {
        let cell = (share * side as f32).floor();
        let bound = |at: f32| at.clamp(0.0, side as f32) as usize;
        bound(cell - REACH as f32)..bound(cell + REACH as f32 + 1.0)
    };
    near(place.y).map(|row| near(place.x).map(|column| map[row * side + column]).sum::<f32>()).sum()
}

/// Likely places of a corner with their chance, best first.
fn candidates(map: &[f32], side: usize) -> Vec<(Point, f32)> {
    let mut rest = map.to_vec();
    let mut found: Vec<(Point, f32)> = Vec::new();
    while found.len() < CANDIDATES {
        let Some(best) = (0..rest.len()).max_by(|&a, &b| rest[a].total_cmp(&rest[b])) else { break };
        let (x, y) = (best % side, best / side);
        let near = |at: usize| at.saturating_sub(REACH)..(at + REACH + 1).min(side);
        let (mut chance, mut across, mut down) = (0.0, 0.0, 0.0);
        for row in near(y) {
            for column in near(x) {
                let share = std::mem::take(&mut rest[row * side + column]);
                chance += share;
                across += share * (column as f32 + 0.5);
                down += share * (row as f32 + 0.5);
            }
        }
        if chance <= 0.0 || found.first().is_some_and(|&(_, most)| chance < RIVAL * most) {
            break;
        }
        found.push((Point::new(across / chance / side as f32, down / chance / side as f32), chance));
    }
    found
}

fn softmax(logits: &[f32]) -> Vec<f32> {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let chances: Vec<f32> = logits.iter().map(|logit| (logit - most).exp()).collect();
    let sum: f32 = chances.iter().sum();
    chances.iter().map(|chance| chance / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELLS: usize = 64;

    /// Outputs that show an identity card's front at these cells, and its surface between them.
    fn outputs(corners: [(usize, usize); 4]) -> Vec<Vec<f32>> {
        let mut maps = vec![-9.0; 4 * CELLS * CELLS];
        for (map, (x, y)) in maps.chunks_mut(CELLS * CELLS).zip(corners) {
            map[y * CELLS + x] = 9.0;
        }
        let quad = Quad(corners.map(|(x, y)| Point::new(x as f32 + 0.5, y as f32 + 0.5)));
        let shows = |cell: usize| quad.contains(Point::new((cell % CELLS) as f32 + 0.5, (cell / CELLS) as f32 + 0.5));
        let surface = (0..CELLS * CELLS).map(|cell| if shows(cell) { 9.0 } else { -9.0 }).collect();
        vec![maps, surface, vec![-9.0, 9.0, -9.0, -9.0, -9.0, -9.0], vec![5.0, 5.0, -5.0, 5.0]]
    }

    /// Every quad is as likely as any other.
    fn flat(_: DocumentClass, _: &Quad) -> f32 {
        0.0
    }

    const CARD: [(usize, usize); 4] = [(10, 20), (50, 22), (48, 50), (12, 47)];

    #[test]
    fn corners_class_and_sight_are_read() {
        let answer = answer(&outputs(CARD), &flat).expect("the right sizes");
        assert_eq!((answer.class, answer.corners), (DocumentClass::IdFront, [true, true, false, true]));
        for (corner, (x, y)) in answer.quad.0.iter().zip(CARD) {
            let expected = Point::new((x as f32 + 0.5) / 64.0, (y as f32 + 0.5) / 64.0);
            assert!(corner.distance(expected) < 1e-4, "{corner:?}");
        }
        assert!(answer.present > 0.99 && answer.surface.covered(&answer.quad) < 0.01);
        assert!(answer.surface.cut().iter().all(|&cut| cut == 0.0));
    }

    #[test]
    fn corners_and_surface_bear_each_other_out_or_do_not() {
        let mut maps = outputs(CARD);
        maps[3] = vec![5.0; 4];
        let agreement = |maps: &[Vec<f32>]| answer(maps, &flat).expect("the right sizes").agreement;
        assert!(agreement(&maps) > 0.9, "{}", agreement(&maps));
        let mut elsewhere = maps.clone();
        elsewhere[1].rotate_right(CELLS * 20 + 20);
        assert!(agreement(&elsewhere) < 0.5);
        let mut vague = maps.clone();
        vague[0].fill(0.0);
        assert!(agreement(&vague) < 0.1);
    }

    #[test]
    fn a_rival_place_wins_where_the_best_makes_no_quad() {
        let mut maps = outputs(CARD);
        // The first corner's best place is beyond the opposite side; its second best is right.
        maps[0][60 * CELLS + 60] = 9.5;
        let answer = answer(&maps, &flat).expect("the right sizes");
        assert!(answer.quad.0[0].distance(Point::new(10.5 / 64.0, 20.5 / 64.0)) < 1e-3);
    }

    #[test]
    fn a_corner_that_is_seen_nowhere_lies_where_the_other_three_say() {
        let mut maps = outputs(CARD);
        maps[0][..CELLS * CELLS].fill(0.0);
        let answer = answer(&maps, &flat).expect("the right sizes");
        let [first, ..] = CARD.map(|(x, y)| Point::new((x as f32 + 0.5) / 64.0, (y as f32 + 0.5) / 64.0));
        assert!(answer.quad.0[0].distance(first) < 5.0 / 64.0, "{:?}", answer.quad);
    }

    #[test]
    fn of_two_likely_places_the_one_is_taken_with_which_it_looks_like_a_document() {
        let mut maps = outputs(CARD);
        let elsewhere = (44, 58);
        maps[0][2 * CELLS * CELLS + elsewhere.1 * CELLS + elsewhere.0] = 9.0;
        let third = |unlike: f32| {
            let rival = Point::new((elsewhere.0 as f32 + 0.5) / 64.0, (elsewhere.1 as f32 + 0.5) / 64.0);
            let shape = |_: DocumentClass, quad: &Quad| if quad.0[2].distance(rival) < 0.05 { unlike } else { 0.0 };
            answer(&maps, &shape).expect("the right sizes").quad.0[2]
        };
        let own = Point::new(48.5 / 64.0, 50.5 / 64.0);
        assert!(third(8.0).distance(own) < 0.03, "{:?}", third(8.0));
        assert!(third(-8.0).distance(own) > 0.1, "{:?}", third(-8.0));
    }

    #[test]
    fn a_corner_settles_where_chances_and_shape_agree() {
        let mut maps = outputs(CARD);
        // The first corner may be anywhere along a stretch, as under a finger.
        for column in 6..15 {
            maps[0][20 * CELLS + column] = 9.0;
        }
        let wanted = Point::new(8.5 / 64.0, 20.5 / 64.0);
        let shape = |_: DocumentClass, quad: &Quad| (quad.0[0].distance(wanted) * 64.0).powi(2) * 2.0;
        let free = answer(&maps, &flat).expect("the right sizes").quad.0[0];
        let settled = answer(&maps, &shape).expect("the right sizes").quad.0[0];
        assert!(settled.distance(wanted) * 64.0 < 0.7 && free.distance(wanted) * 64.0 > 1.0, "{free:?} {settled:?}");
    }

    #[test]
    fn of_two_likely_places_the_one_that_the_surface_fills_is_taken() {
        let mut maps = outputs(CARD);
        // As sharp a peak far from the card, where a lamp is reflected.
        maps[0][2 * CELLS * CELLS + 40 * CELLS + 62] = 9.3;
        let answer = answer(&maps, &flat).expect("the right sizes");
        assert!(answer.quad.0[2].distance(Point::new(48.5 / 64.0, 50.5 / 64.0)) < 1e-3, "{:?}", answer.quad);
    }

    #[test]
    fn without_a_convex_quad_nothing_is_claimed() {
        let nowhere = [CARD[0]; 4];
        assert_eq!(answer(&outputs(nowhere), &flat).expect("the right sizes").class, DocumentClass::None);
        assert_eq!(answer(&[vec![0.0; 3]], &flat), None);
    }

    #[test]
    fn corners_that_cross_bear_nothing_out() {
        let crossed = [CARD[0], CARD[2], CARD[1], CARD[3]];
        assert!(answer(&outputs(crossed), &flat).expect("the right sizes").agreement < 0.1);
    }

    #[test]
    fn opposite_sides_of_a_sheet_seen_straight_on_are_alike() {
        assert!(slant(&Quad::of_size(1.5, 1.0)) < 1e-6);
        let leaning = Quad([Point::new(0.2, 0.0), Point::new(0.8, 0.0), Point::new(1.0, 1.0), Point::new(0.0, 1.0)]);
        assert!((slant(&leaning) - 0.6_f32.ln().powi(2)).abs() < 1e-4, "{}", slant(&leaning));
    }

    #[test]
    fn what_runs_over_an_edge_and_what_is_covered_is_told() {
        let mut maps = outputs([(0, 10), (40, 10), (40, 50), (0, 50)]);
        let seen = answer(&maps, &flat).expect("the right sizes");
        let cut = seen.surface.cut();
        assert!((cut[0] - 0.6).abs() < 0.05 && cut[1..] == [0.0; 3], "{cut:?}");
        for row in 30..50 {
            maps[1][row * CELLS..][..40].fill(-9.0);
        }
        let covered = answer(&maps, &flat).expect("the right sizes").surface.covered(&seen.quad);
        assert!((covered - 0.5).abs() < 0.05, "{covered}");
    }
}
