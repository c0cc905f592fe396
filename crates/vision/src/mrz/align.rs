//! Where each character of a line stands. In: for each column of a strip the chances of all signs and of none. Out: for each place of a
//! line of known length the chance of each sign. Does not know: the network, what lines mean.

use super::strip::{CELL, MARGIN};

/// Pixels of a strip's column.
pub const COLUMN: usize = 8;
/// Signs, and none.
pub const OUTCOMES: usize = 38;
const NONE: usize = OUTCOMES - 1;
/// Pixels between two places that are tried.
const STEP: usize = 2;
/// Least distance of two neighbours in steps, and how many distances there are.
const NEAR: usize = 8;
const DISTANCES: usize = 9;
/// How much a distance that is a step longer or shorter than a cell costs, by its square.
const UNEVEN: f32 = 0.08;
/// The same for one that is longer or shorter than the last, and by how much it may be.
const UNSTEADY: f32 = 0.15;
const TURN: usize = 2;
/// Weight of what stands half-way between two characters.
const BETWEEN: f32 = 0.1;
/// Weight of a column of the row that belongs to no character.
const OUTSIDE: f32 = 0.4;
/// Weight of how sure the signs are: those that are cut at wrong places look like none.
const SURENESS: f32 = 8.0;
/// No place says more than this against a line.
const FLOOR: f32 = -4.0;
/// Pixels beside a character's middle at which it is looked at again.
const SIDE: f32 = 6.0;
/// Columns without a sign that do not end a line.
const HOLE: usize = 3;
/// Steps of a character from where it stands in an even line, beyond which it is not looked for.
const STRAY: usize = 6 * CELL / STEP;
/// Cells from the strip's left end within which the first character stands.
const FIRST: usize = 2 * MARGIN + 1;

/// A line whose characters have been told apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// For each place the chance of each of the 37 signs.
    pub signs: Vec<[f32; OUTCOMES - 1]>,
    /// How well so many characters fit, a character: 0 at best.
    pub fit: f32,
    /// Mean chance of the likeliest signs.
    pub sure: f32,
}

/// Chances of each column.
#[derive(Clone, Debug)]
pub struct Columns(Vec<[f32; OUTCOMES]>);

impl Columns {
    /// From the network's answer, `[38, rows, columns]` logits: the mean of the rows.
    pub fn of(logits: &[f32], columns: usize) -> Self {
        let plane = logits.len() / OUTCOMES;
        let rows = plane / columns;
        Self(
            (0..columns)
                .map(|column| {
                    let mean: [f32; OUTCOMES] = std::array::from_fn(|sign| {
                        (0..rows).map(|row| logits[sign * plane + row * columns + column]).sum::<f32>() / rows as f32
                    });
                    let most = mean.iter().copied().fold(f32::MIN, f32::max);
                    let chances = mean.map(|logit| (logit - most).exp());
                    let sum: f32 = chances.iter().sum();
                    chances.map(|chance| chance / sum)
                })
                .collect(),
        )
    }

    /// Chances at a place between columns' middles, in pixels.
    fn at(&self, x: f32) -> [f32; OUTCOMES] {
        let place = (x / COLUMN as f32 - 0.5).clamp(0.0, (self.0.len() - 1) as f32);
        let (left, share) = (place as usize, place.fract());
        let right = (left + 1).min(self.0.len() - 1);
        std::array::from_fn(|sign| self.0[left][sign] * (1.0 - share) + self.0[right][sign] * share)
    }

    /// The chance of each sign at a place: what the columns near it say together.
    fn sign(&self, x: f32) -> [f32; NONE] {
        let sides = [-SIDE, 0.0, SIDE].map(|off| self.at(x + off));
        let product: [f32; NONE] =
            std::array::from_fn(|sign| sides[1][sign] * (sides[0][sign] * sides[2][sign]).max(1e-12).sqrt());
        let sum: f32 = product.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        product.map(|chance| chance / sum)
    }

    /// Where the longest run of characters begins and ends, in pixels: the left of the first one's cell, the right of the last one's.
    pub fn extent(&self) -> Option<[f32; 2]> {
        let shows: Vec<bool> = self.0.iter().map(|chances| chances[NONE] < 0.5).collect();
        let (mut longest, mut run): (Option<[usize; 2]>, Option<[usize; 2]>) = (None, None);
        for column in (0..shows.len()).filter(|&column| shows[column]) {
            run = Some(match run {
                Some([first, last]) if column - last <= HOLE => [first, column],
                _ => [column, column],
            });
            if longest.is_none_or(|[first, last]| run.is_some_and(|[from, to]| to - from > last - first)) {
                longest = run;
            }
        }
        let [first, last] = longest?;
        // A sign shows for about the columns of one cell; where two run into each other, it is the outer one that counts.
        let most = CELL / COLUMN;
        let wide = (first..shows.len()).take_while(|&column| shows[column]).count().min(most) * COLUMN;
        let narrow = (0..=last).rev().take_while(|&column| shows[column]).count().min(most) * COLUMN;
        let left = (first * COLUMN) as f32 + wide as f32 / 2.0 - CELL as f32 / 2.0;
        let right = ((last + 1) * COLUMN) as f32 - narrow as f32 / 2.0 + CELL as f32 / 2.0;
        Some([left, right])
    }

    /// The likeliest places of so many characters, evenly apart as far as can be.
    pub fn line(&self, cells: usize) -> Option<Line> {
        let places = self.0.len() * COLUMN / STEP;
        let none: Vec<f32> = (0..places).map(|place| self.at((place * STEP) as f32)[NONE]).collect();
        let gap: Vec<f32> = none.iter().map(|chance| chance.max(1e-6).ln().max(FLOOR)).collect();
        let sign: Vec<f32> = none.iter().map(|chance| (1.0 - chance).max(1e-6).ln().max(FLOOR)).collect();
        // Of the row itself, what lies before its first character and after its last.
        let half = CELL / 2 / STEP;
        let row = MARGIN * CELL / STEP..((MARGIN + cells) * CELL / STEP).min(places);
        let mut before = vec![0.0; places + 1];
        for place in 0..places {
            let weight = if row.contains(&place) { OUTSIDE * STEP as f32 / COLUMN as f32 } else { 0.0 };
            before[place + 1] = before[place] + weight * gap[place];
        }
        let after = |place: usize| before[places] - before[(place + half).min(places)];
        // The best way to a place by a distance, for each place and distance.
        let start = |place: usize| {
            let first = place < FIRST * CELL / STEP;
            if first { sign[place] + before[place.saturating_sub(half)] } else { f32::MIN }
        };
        let mut best: Vec<[f32; DISTANCES]> = (0..places).map(|place| [start(place); DISTANCES]).collect();
        let mut came_by = vec![[0_u8; DISTANCES]; cells * places];
        let unsteady: [f32; TURN + 1] = std::array::from_fn(|turn| UNSTEADY * (turn as f32).powi(2));
        for cell in 1..cells {
            let mut next = vec![[f32::MIN; DISTANCES]; places];
            let even = (MARGIN + cell) * CELL / STEP + half;
            for place in NEAR.max(even.saturating_sub(STRAY))..places.min(even + STRAY) {
                for at in 0..DISTANCES.min(place - NEAR + 1) {
                    let step = NEAR + at;
                    let from = &best[place - step];
                    let way = |last: usize| from[last] - unsteady[last.abs_diff(at)];
                    let ways = at.saturating_sub(TURN)..=(at + TURN).min(DISTANCES - 1);
                    let Some(last) = ways.max_by(|&a, &b| way(a).total_cmp(&way(b))) else { continue };
                    let uneven = UNEVEN * (step as f32 - (CELL / STEP) as f32).powi(2);
                    next[place][at] = way(last) + BETWEEN * gap[place - step / 2] - uneven + sign[place];
                    came_by[cell * places + place][at] = last as u8;
                }
            }
            best = next;
        }
        let ends = best.iter().enumerate().flat_map(|(place, ways)| {
            let after = after(place);
            ways.iter().enumerate().map(move |(at, fit)| (fit + after, place, at))
        });
        let (fit, mut place, mut at) =
            ends.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(fit, ..)| *fit > f32::MIN / 2.0)?;
        let mut signs = Vec::with_capacity(cells);
        for cell in (0..cells).rev() {
            signs.push(self.sign((place * STEP) as f32));
            if cell > 0 {
                let last = came_by[cell * places + place][at];
                place -= NEAR + at;
                at = usize::from(last);
            }
        }
        signs.reverse();
        let likeliest = |chances: &[f32; NONE]| chances.iter().copied().fold(0.0, f32::max);
        let sure = signs.iter().map(likeliest).sum::<f32>() / cells as f32;
        Some(Line { signs, fit: fit / cells as f32 + SURENESS * sure.ln(), sure })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns of a line whose characters stand at these places, each with its sign.
    fn columns(characters: &[(f32, usize)]) -> Columns {
        let column = |at: usize| {
            let x = (at as f32 + 0.5) * COLUMN as f32;
            let mut chances = [0.001; OUTCOMES];
            let near = characters.iter().find(|(place, _)| (place - x).abs() < 8.0);
            chances[near.map_or(NONE, |(_, sign)| *sign)] = 0.963;
            chances
        };
        Columns((0..144).map(column).collect())
    }

    fn told(line: &Line) -> Vec<usize> {
        let likeliest =
            |chances: &[f32; NONE]| (0..NONE).max_by(|&a, &b| chances[a].total_cmp(&chances[b])).unwrap_or(0);
        line.signs.iter().map(likeliest).collect()
    }

    #[test]
    fn characters_are_told_apart_also_where_equal_ones_follow_each_other() {
        let signs: Vec<usize> = (0..30).map(|at| if at < 12 { at * 3 % 36 } else { 36 }).collect();
        let even: Vec<_> = (0..30).map(|at| (60.0 + 24.0 * at as f32, signs[at])).collect();
        assert_eq!(told(&columns(&even).line(30).expect("a line")), signs);
        // Going away from the camera: the last ones stand closer.
        let shrinking: Vec<_> =
            (0..30).map(|at| (60.0 + 26.5 * at as f32 - 0.09 * (at * at) as f32, signs[at])).collect();
        assert_eq!(told(&columns(&shrinking).line(30).expect("a line")), signs);
    }

    #[test]
    fn the_right_length_fits_best() {
        for cells in [30_usize, 36, 44] {
            let wide = (cells * CELL) as f32;
            let fit = |length: usize| {
                // Each length is asked of a strip that is as long as it says.
                let scale = (length * CELL) as f32 / wide;
                let characters: Vec<_> =
                    (0..cells).map(|at| (48.0 + (at as f32 + 0.5) * 24.0 * scale, at * 7 % 37)).collect();
                columns(&characters).line(length).map_or(f32::MIN, |line| line.fit)
            };
            let best = [30, 36, 44].into_iter().max_by(|&a, &b| fit(a).total_cmp(&fit(b)));
            assert_eq!(best, Some(cells));
        }
    }

    #[test]
    fn a_line_begins_and_ends_with_its_characters() {
        let characters: Vec<_> = (0..30).map(|at| (108.0 + 24.0 * at as f32, at)).collect();
        let [left, right] = columns(&characters).extent().expect("a line");
        assert!((left - 96.0).abs() < 6.0 && (right - 816.0).abs() < 6.0, "{left} to {right}");
        assert_eq!(columns(&[]).extent(), None);
    }
}
