//! Where each character of a line stands. In: for each column of a strip the chances of all signs and of none. Out: for each place of a
//! line of known length the chance of each sign. Does not know: the network, what lines mean.

use super::strip::{CELL, MARGIN};

/// Pixels of a strip's column.
pub const COLUMN: usize = 8;
/// Signs, and none.
pub const OUTCOMES: usize = 38;
const NONE: usize = OUTCOMES - 1;
/// Pixels between two borders of characters that are tried.
const STEP: usize = 2;
/// Least width of a character in steps, and how many widths there are.
const NARROW: usize = 6;
const WIDTHS: usize = 13;
/// How much a character costs that is a step wider or narrower than a cell, by its square.
const UNEVEN: f32 = 0.03;
/// The same for one that is wider or narrower than the last, and by how much it may be.
const UNSTEADY: f32 = 0.15;
const TURN: usize = 4;
/// Share of a character's width, to either side of its middle, in which its sign shows; beside that there may be nothing.
const INNER: f32 = 0.2;
/// Weight of a column of the row that belongs to no character.
const OUTSIDE: f32 = 0.4;
/// Weight of how sure the signs are: those that are cut at wrong places look like none.
const SURENESS: f32 = 8.0;
/// No place says more than this against a line.
const FLOOR: f32 = -4.0;
/// Columns that speak for a sign as if they knew nothing of each other.
const WITNESSES: f32 = 2.0;
/// Columns without a sign that do not end a line.
const HOLE: usize = 3;
/// Steps of a character from where it stands in an even line, beyond which it is not looked for.
const STRAY: usize = 6 * CELL / STEP;
/// Cells from the strip's left end within which the first character begins.
const FIRST: usize = 2 * MARGIN;

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
                    let most = greatest(mean);
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

    /// The likeliest borders between so many characters: every column shows the sign of the character it belongs to, or lies beside it.
    pub fn line(&self, cells: usize) -> Option<Line> {
        let places = self.0.len() * COLUMN / STEP;
        let shown = Shown::of(self, places);
        // Of the row itself, what lies before its first character and after its last.
        let row = MARGIN * CELL / STEP..((MARGIN + cells) * CELL / STEP).min(places);
        let outside = |from: usize, to: usize| {
            let (from, to) = (from.clamp(row.start, row.end), to.clamp(row.start, row.end));
            OUTSIDE * shown.nothing(from, to)
        };
        // The best way to a border after a character of a width, for each border and width.
        let mut best: Vec<[f32; WIDTHS]> = (0..=places)
            .map(|border| {
                std::array::from_fn(|_| if border < FIRST * CELL / STEP { outside(0, border) } else { f32::MIN })
            })
            .collect();
        let mut came_by = vec![[0_u8; WIDTHS]; cells * (places + 1)];
        let unsteady: [f32; TURN + 1] = std::array::from_fn(|turn| UNSTEADY * (turn as f32).powi(2));
        let fits: Vec<[f32; WIDTHS]> = (0..=places).map(|border| shown.fits(border)).collect();
        for cell in 0..cells {
            let mut next = vec![[f32::MIN; WIDTHS]; places + 1];
            let even = (MARGIN + cell + 1) * CELL / STEP;
            for border in even.saturating_sub(STRAY)..=places.min(even + STRAY) {
                for at in 0..WIDTHS.min((border + 1).saturating_sub(NARROW)) {
                    let from = &best[border - NARROW - at];
                    let (mut best_way, mut by) = (f32::MIN, at);
                    for last in at.saturating_sub(TURN)..=(at + TURN).min(WIDTHS - 1) {
                        let way = from[last] - if cell > 0 { unsteady[last.abs_diff(at)] } else { 0.0 };
                        if way > best_way {
                            (best_way, by) = (way, last);
                        }
                    }
                    next[border][at] = best_way + fits[border][at];
                    came_by[cell * (places + 1) + border][at] = by as u8;
                }
            }
            best = next;
        }
        let ends = best.iter().enumerate().flat_map(|(border, ways)| {
            let after = outside(border, places);
            ways.iter().enumerate().map(move |(at, fit)| (fit + after, border, at))
        });
        let (fit, mut border, mut at) =
            ends.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(fit, ..)| *fit > f32::MIN / 2.0)?;
        let mut signs = Vec::with_capacity(cells);
        for cell in (0..cells).rev() {
            signs.push(shown.sign(border, NARROW + at));
            let last = came_by[cell * (places + 1) + border][at];
            border -= NARROW + at;
            at = usize::from(last);
        }
        signs.reverse();
        let sure = signs.iter().map(|&chances| greatest(chances)).sum::<f32>() / cells as f32;
        Some(Line { signs, fit: fit / cells as f32 + SURENESS * sure.ln(), sure })
    }
}

/// Unlike `f32::max`, a comparison is one instruction in WebAssembly.
fn greatest<const N: usize>(values: [f32; N]) -> f32 {
    values.into_iter().fold(f32::MIN, |most, value| if value > most { value } else { most })
}

/// Logarithms of chances, summed from the strip's left end to each border.
struct Shown {
    /// Of each sign.
    sign: Vec<[f32; NONE]>,
    /// Of each sign or none.
    beside: Vec<[f32; NONE]>,
    /// Of none.
    none: Vec<f32>,
}

impl Shown {
    fn of(columns: &Columns, places: usize) -> Self {
        let mut sums = Self { sign: vec![[0.0; NONE]], beside: vec![[0.0; NONE]], none: vec![0.0] };
        let least = FLOOR.exp();
        let log = |chance: f32| {
            let log = if chance > least { chance.ln() } else { FLOOR };
            log * STEP as f32 / COLUMN as f32
        };
        for place in 0..places {
            let chances = columns.at((place * STEP) as f32 + STEP as f32 / 2.0);
            let (sign, beside) = (sums.sign[place], sums.beside[place]);
            sums.sign.push(std::array::from_fn(|at| sign[at] + log(chances[at])));
            sums.beside.push(std::array::from_fn(|at| beside[at] + log(chances[at] + chances[NONE])));
            sums.none.push(sums.none[place] + log(chances[NONE]));
        }
        sums
    }

    fn nothing(&self, from: usize, to: usize) -> f32 {
        self.none[to.max(from)] - self.none[from]
    }

    /// How well characters of each width that end at a border fit.
    fn fits(&self, border: usize) -> [f32; WIDTHS] {
        std::array::from_fn(|at| {
            let width = NARROW + at;
            let Some(from) = border.checked_sub(width) else { return f32::MIN };
            let [left, right] = inner(border, width);
            let fit = |sign: usize| {
                let beside = self.beside[left][sign] - self.beside[from][sign] + self.beside[border][sign]
                    - self.beside[right][sign];
                beside + self.sign[right][sign] - self.sign[left][sign]
            };
            let best = greatest(std::array::from_fn::<_, NONE, _>(fit));
            best - UNEVEN * (width as f32 - (CELL / STEP) as f32).powi(2)
        })
    }

    /// The chance of each sign where a character stands: what its inner columns say together.
    fn sign(&self, border: usize, width: usize) -> [f32; NONE] {
        let [left, right] = inner(border, width);
        let mean = |sign: usize| {
            (self.sign[right][sign] - self.sign[left][sign]) * COLUMN as f32 / (STEP * (right - left)) as f32
        };
        let chances: [f32; NONE] = std::array::from_fn(|sign| (WITNESSES * mean(sign)).exp());
        let sum: f32 = chances.iter().sum();
        chances.map(|chance| chance / sum)
    }
}

/// Where the sign of a character shows that ends at a border: borders to the left and right.
fn inner(border: usize, width: usize) -> [usize; 2] {
    let reach = (INNER * width as f32).round().max(1.0) as usize;
    let middle = border - width / 2;
    [middle - reach, middle + reach]
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
