//! One line of a zone as the reader sees it: straight, its characters equally wide, its capitals equally high.

use std::ops::Range;

use crate::{
    geometry::{Homography, Point, Quad},
    luma::Luma,
};

/// Pixels across a character's cell.
pub const CELL: usize = 24;
/// Cells before the first character and after the last one of the longest line.
pub const MARGIN: usize = 2;
/// Rows on which capitals stand.
pub const CAPITALS: Range<usize> = 8..24;
/// Width and height of a strip.
pub const STRIP: [usize; 2] = [(44 + 2 * MARGIN) * CELL, 32];

/// Parts of a line whose height is looked at.
const LEANED: usize = 4;

/// Cuts a line out of a picture. `row` goes from the first character's cell to the last one's and is as high as capitals are: its
/// corners clockwise from the reader's top left, in pixels; `cells` is how many characters stand there. `None` for a row that is not
/// convex.
pub fn strip(frame: &Luma, row: &Quad, cells: usize) -> Option<Luma<'static>> {
    Some(frame.seen_through(&from_strip(row, cells)?, STRIP))
}

/// As `strip`, no longer than `cells` characters and their margins.
pub fn short_strip(frame: &Luma, row: &Quad, cells: usize) -> Option<Luma<'static>> {
    Some(frame.seen_through(&from_strip(row, cells)?, [(cells + 2 * MARGIN) * CELL, STRIP[1]]))
}

/// From places on a strip to places in the picture.
pub fn from_strip(row: &Quad, cells: usize) -> Option<Homography> {
    if !row.is_convex() {
        return None;
    }
    let (left, top) = ((MARGIN * CELL) as f32, CAPITALS.start as f32);
    let on_strip = Quad::of_size((cells * CELL) as f32, CAPITALS.len() as f32)
        .map(|corner| Point::new(corner.x + left, corner.y + top));
    Homography::between(&on_strip, row)
}

/// A strip as the network takes it: less the mean of where `cells` characters stand, by twice its deviation.
pub fn normalised(strip: &Luma, cells: usize) -> Vec<f32> {
    let columns = MARGIN * CELL..(MARGIN + cells) * CELL;
    let text = || CAPITALS.flat_map(|y| &strip.row(y)[columns.clone()]).map(|&pixel| f32::from(pixel));
    let count = (CAPITALS.len() * columns.len()) as f32;
    let mean = text().sum::<f32>() / count;
    let deviation = (text().map(|value| (value - mean).powi(2)).sum::<f32>() / count).sqrt();
    let scale = 1.0 / (2.0 * deviation + 4.0);
    strip.rows().flatten().map(|&pixel| ((f32::from(pixel) - mean) * scale).clamp(-3.0, 3.0)).collect()
}

/// How far below its place print stands at the left and at the right end of `cells` characters, in pixels: by where strokes begin and
/// end, in each of four parts.
pub fn lean(strip: &Luma, cells: usize) -> [f32; 2] {
    let part = cells * CELL / LEANED;
    let place = |at: usize| {
        let columns = MARGIN * CELL + at * part..MARGIN * CELL + (at + 1) * part;
        let strokes: Vec<f32> = strip
            .rows()
            .map(|row| row[columns.clone()].windows(2).map(|pair| f32::from(pair[0].abs_diff(pair[1]))).sum())
            .collect();
        let least = strokes.iter().copied().fold(f32::MAX, f32::min);
        let weight: f32 = strokes.iter().map(|value| value - least).sum::<f32>().max(1.0);
        let sum: f32 = strokes.iter().enumerate().map(|(y, value)| (y as f32 + 0.5) * (value - least)).sum();
        sum / weight - f32::midpoint(CAPITALS.start as f32, CAPITALS.end as f32)
    };
    let places: [f32; LEANED] = std::array::from_fn(place);
    // A straight line through four places as far from each other.
    let mean = places.iter().sum::<f32>() / LEANED as f32;
    let rise = (3.0 * (places[3] - places[0]) + (places[2] - places[1])) / 10.0;
    [-2.0, 2.0].map(|at| mean + rise * at)
}
