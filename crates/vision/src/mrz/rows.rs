//! From a map of chances to the lines it shows. In: the chance of each cell that it shows a line of a zone. Out: rows.
//! Does not know: the network, pixels.

use crate::geometry::{Point, Quad};

/// A line of print: straight, from its first character's left to its last one's right, as high as its capitals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Left end, half-way up, in cells.
    pub from: Point,
    /// Right end.
    pub to: Point,
    /// Height in cells.
    pub height: f32,
    /// Sum of the chances of its cells.
    pub weight: f32,
}

/// Chances of cells, row by row.
#[derive(Clone, Copy, Debug)]
pub struct Map<'a> {
    /// Cells across.
    pub width: usize,
    /// Chances, 0 to 1.
    pub chances: &'a [f32],
}

/// Chance from which a cell counts as shown.
const SHOWN: f32 = 0.5;
/// Cells that are noise.
const FEW: usize = 5;
/// A line is at least so many times as long as it is high, also where several run together.
const LEAST_LONG: f32 = 2.5;

impl Row {
    /// From one end to the other.
    pub fn length(&self) -> f32 {
        self.from.distance(self.to)
    }

    /// Where it runs, a vector of length 1.
    pub fn way(&self) -> [f32; 2] {
        let length = self.length().max(1e-6);
        [(self.to.x - self.from.x) / length, (self.to.y - self.from.y) / length]
    }

    /// Half-way between its ends.
    pub fn middle(&self) -> Point {
        self.from.towards(self.to, 0.5)
    }

    /// Its corners, clockwise from the reader's top left.
    pub fn quad(&self) -> Quad {
        let [x, y] = self.way().map(|along| along * self.height / 2.0);
        let above = |at: Point| Point::new(at.x + y, at.y - x);
        let below = |at: Point| Point::new(at.x - y, at.y + x);
        Quad([above(self.from), above(self.to), below(self.to), below(self.from)])
    }

    /// Where a place lies along the row from its middle, and how far below it.
    pub fn locate(&self, at: Point) -> [f32; 2] {
        let ([x, y], middle) = (self.way(), self.middle());
        let (dx, dy) = (at.x - middle.x, at.y - middle.y);
        [dx * x + dy * y, dy * x - dx * y]
    }
}

/// Every patch of shown cells that is long enough to be a line, the heaviest first.
pub fn rows(map: Map) -> Vec<Row> {
    let mut patch_of = vec![0_u16; map.chances.len()];
    let mut found = Vec::new();
    for start in 0..map.chances.len() {
        if map.chances[start] < SHOWN || patch_of[start] != 0 {
            continue;
        }
        let patch = found.len() as u16 + 1;
        let mut cells = vec![start];
        patch_of[start] = patch;
        let mut next = 0;
        while let Some(&cell) = cells.get(next) {
            next += 1;
            for near in map.around(cell) {
                if map.chances[near] >= SHOWN && patch_of[near] == 0 {
                    patch_of[near] = patch;
                    cells.push(near);
                }
            }
        }
        found.push(cells);
        if found.len() >= usize::from(u16::MAX) - 1 {
            break;
        }
    }
    let mut rows: Vec<Row> = found
        .iter()
        .filter(|cells| cells.len() >= FEW)
        .filter_map(|cells| map.row(cells))
        .filter(|row| row.length() >= LEAST_LONG * row.height)
        .collect();
    rows.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    rows
}

/// Lines of a map on which they run across: what lies at the same height is one line, however often it is interrupted.
pub fn level_rows(map: Map) -> Vec<Row> {
    let mut lines: Vec<Vec<Row>> = Vec::new();
    for row in rows(map) {
        let same = |line: &&mut Vec<Row>| {
            let [_, below] = line[0].locate(row.middle());
            below.abs() < 0.6 * line[0].height.max(row.height)
        };
        match lines.iter_mut().find(same) {
            Some(line) => line.push(row),
            None => lines.push(vec![row]),
        }
    }
    let mut rows: Vec<Row> = lines.iter().map(|line| joined(line)).collect();
    rows.sort_by(|a, b| a.middle().y.total_cmp(&b.middle().y));
    rows
}

/// One row of several pieces; the heaviest says where it runs and how high it is.
fn joined(pieces: &[Row]) -> Row {
    let main = pieces[0];
    let ends = pieces.iter().flat_map(|piece| [main.locate(piece.from)[0], main.locate(piece.to)[0]]);
    let (least, most) = ends.fold((f32::MAX, f32::MIN), |(least, most), at| (least.min(at), most.max(at)));
    let ([x, y], middle) = (main.way(), main.middle());
    let at = |along: f32| Point::new(middle.x + along * x, middle.y + along * y);
    Row { from: at(least), to: at(most), weight: pieces.iter().map(|piece| piece.weight).sum(), ..main }
}

impl Map<'_> {
    /// The up to eight cells around one.
    fn around(&self, cell: usize) -> impl Iterator<Item = usize> {
        let (width, height) = (self.width, self.chances.len() / self.width);
        let (x, y) = (cell % width, cell / width);
        let rows = y.saturating_sub(1)..(y + 2).min(height);
        rows.flat_map(move |row| (x.saturating_sub(1)..(x + 2).min(width)).map(move |column| row * width + column))
            .filter(move |&near| near != cell)
    }

    fn middle_of(&self, cell: usize) -> [f32; 2] {
        [(cell % self.width) as f32 + 0.5, (cell / self.width) as f32 + 0.5]
    }

    /// The row that a patch of cells is: along its longer axis.
    fn row(&self, cells: &[usize]) -> Option<Row> {
        let chance = |cell: usize| self.chances[cell];
        let weight: f32 = cells.iter().map(|&cell| chance(cell)).sum();
        let mean: [f32; 2] = std::array::from_fn(|axis| {
            cells.iter().map(|&cell| self.middle_of(cell)[axis] * chance(cell)).sum::<f32>() / weight
        });
        let spread = |a: usize, b: usize| {
            let off = |cell: usize, axis: usize| self.middle_of(cell)[axis] - mean[axis];
            cells.iter().map(|&cell| off(cell, a) * off(cell, b) * chance(cell)).sum::<f32>() / weight
        };
        let angle = 0.5 * (2.0 * spread(0, 1)).atan2(spread(0, 0) - spread(1, 1));
        // Upright as far as can be told here: to the right.
        let (sin, cos) = angle.sin_cos();
        let along = |cell: usize| {
            let [x, y] = self.middle_of(cell);
            (x - mean[0]) * cos + (y - mean[1]) * sin
        };
        let half = 0.5 * cos.abs().max(sin.abs());
        let least = cells.iter().map(|&cell| along(cell)).fold(f32::MAX, f32::min) - half;
        let most = cells.iter().map(|&cell| along(cell)).fold(f32::MIN, f32::max) + half;
        // Of a line's edge, cells that are less than half covered count too.
        let edge: std::collections::BTreeSet<usize> =
            cells.iter().flat_map(|&cell| self.around(cell)).filter(|&cell| chance(cell) < SHOWN).collect();
        let area = weight + edge.iter().map(|&cell| chance(cell)).sum::<f32>();
        let at = |along: f32| Point::new(mean[0] + along * cos, mean[1] + along * sin);
        (most > least).then(|| Row { from: at(least), to: at(most), height: area / (most - least), weight })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: usize = 64;

    /// A map on which these rows are drawn.
    fn map(rows: &[Row]) -> Vec<f32> {
        let shown = |at: usize| {
            let place = Point::new((at % SIDE) as f32 + 0.5, (at / SIDE) as f32 + 0.5);
            let near = |row: &Row| {
                let [along, below] = row.locate(place);
                let inside = along.abs() <= row.length() / 2.0;
                if inside { (row.height / 2.0 + 0.5 - below.abs()).clamp(0.0, 1.0) } else { 0.0 }
            };
            rows.iter().map(near).fold(0.0, f32::max)
        };
        (0..SIDE * SIDE).map(shown).collect()
    }

    fn row(from: [f32; 2], to: [f32; 2], height: f32) -> Row {
        Row { from: Point::new(from[0], from[1]), to: Point::new(to[0], to[1]), height, weight: 0.0 }
    }

    #[test]
    fn rows_are_found_where_they_are_at_any_turn() {
        for (from, to) in [([8.0, 30.0], [56.0, 34.0]), ([12.0, 10.0], [52.0, 50.0]), ([40.0, 8.0], [34.0, 58.0])] {
            let wanted = row(from, to, 2.6);
            let chances = map(&[wanted]);
            let found = rows(Map { width: SIDE, chances: &chances });
            let [found] = found.as_slice() else { panic!("{} rows", found.len()) };
            let ends = found.from.distance(wanted.from).min(found.from.distance(wanted.to));
            assert!(ends < 1.5, "{ends} cells off");
            assert!((found.height - wanted.height).abs() < 0.5, "{}", found.height);
        }
    }

    #[test]
    fn what_lies_at_one_height_is_one_line_and_blots_are_none() {
        let pieces = [row([4.0, 20.0], [20.0, 20.0], 2.5), row([26.0, 20.5], [60.0, 20.5], 2.5)];
        let below = row([4.0, 28.0], [60.0, 28.0], 2.5);
        let blot = row([30.0, 45.0], [36.0, 45.0], 6.0);
        let chances = map(&[pieces[0], pieces[1], below, blot]);
        let found = level_rows(Map { width: SIDE, chances: &chances });
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|row| (row.length() - 56.0).abs() < 2.5));
    }
}
