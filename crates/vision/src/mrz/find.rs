//! Finds the lines of a zone: in what the network says of a picture, in a picture of one line, on a document that lies anywhere.
//! In: pictures, rows of a map. Out: quads, maps to the frame. Does not know: characters.

use super::rows::Row;
use crate::{
    document::DocumentClass,
    geometry::{Homography, Point, Quad},
    luma::Luma,
    model::{Model, ModelError},
};

/// Pixels along a side of a cell of the finder's map.
pub const CELL: usize = 4;
/// Sides of the picture in which the lines of a document whose corners are known are looked for, and of a photograph of anything.
pub const DOCUMENT_SIDE: usize = 256;
pub const PHOTOGRAPH_SIDE: usize = 384;
/// Width and height of the picture of a zone, turned so that its lines run across.
pub const ZONE: [usize; 2] = [512, 128];
/// How much longer than what was found the second look is.
const LONGER: f32 = 1.14;
/// Parts of a picture of one line whose height is looked at.
const PARTS: usize = 12;
/// Share of the longest line that another one needs.
const LEAST_LENGTH: f32 = 0.6;

/// Chances of the finder's cells.
pub fn lines(finder: &mut Model, view: &Luma) -> Result<Vec<f32>, ModelError> {
    let input: Vec<f32> = view.rows().flatten().map(|&pixel| f32::from(pixel) / 255.0 - 0.5).collect();
    let mut outputs = finder.run(&input)?;
    let mut chances = if outputs.is_empty() { return Err(ModelError::Shape) } else { outputs.swap_remove(0) };
    for logit in &mut chances {
        *logit = 1.0 / (1.0 + (-*logit).exp());
    }
    Ok(chances)
}

/// Where the print of a picture of one line stands, which may run up or down a little.
pub fn print_of(frame: &Luma) -> Option<Quad> {
    let mut levels: Vec<u8> = frame.rows().flatten().copied().collect();
    levels.sort_unstable();
    let middle = u8::midpoint(levels[levels.len() / 50], levels[levels.len() - 1 - levels.len() / 50]);
    let print = |x: usize| {
        let dark = |y: &usize| frame.row(*y)[x] < middle;
        Some([(0..frame.height()).find(dark)?, (0..frame.height()).rfind(dark)? + 1])
    };
    let spans: Vec<(f32, [usize; 2])> = (0..frame.width()).filter_map(|x| Some((x as f32 + 0.5, print(x)?))).collect();
    let ((left, _), (right, _)) = (spans.first()?, spans.last()?);
    // Parts of the line say where its upper and lower edges are; letters of all heights are in each.
    let part = (right - left) / PARTS as f32;
    let edges: Vec<[f32; 3]> = (0..PARTS)
        .filter_map(|at| {
            let from = left + at as f32 * part;
            let inside = || spans.iter().filter(|(x, _)| (from..from + part).contains(x)).map(|(_, span)| span);
            let (top, bottom) = (inside().map(|span| span[0]).min()?, inside().map(|span| span[1]).max()?);
            Some([from + part / 2.0, top as f32, bottom as f32])
        })
        .collect();
    if edges.is_empty() {
        return None;
    }
    let count = edges.len() as f32;
    let mean = |of: fn(&[f32; 3]) -> f32| edges.iter().map(of).sum::<f32>() / count;
    let (x, y) = (mean(|edge| edge[0]), mean(|edge| f32::midpoint(edge[1], edge[2])));
    let both = edges.iter().map(|edge| (edge[0] - x) * (f32::midpoint(edge[1], edge[2]) - y)).sum::<f32>();
    let slope = both / edges.iter().map(|edge| (edge[0] - x).powi(2)).sum::<f32>().max(1.0);
    let mut heights: Vec<f32> = edges.iter().map(|edge| edge[2] - edge[1]).collect();
    heights.sort_by(f32::total_cmp);
    let height = heights[heights.len() / 2];
    let end = |at: f32| Point::new(at, y + slope * (at - x));
    let (from, to) = (end(left - 0.12 * height), end(right + 0.12 * height));
    Some(Row { from, to, height, weight: 1.0 }.quad())
}

/// From a square picture of the document, upright and not stretched, to the frame.
pub fn upright(class: DocumentClass, quad: &Quad) -> Option<Homography> {
    let [across, down] = class.size_mm()?;
    let side = DOCUMENT_SIDE as f32;
    let (width, height) = (side * (across / down).min(1.0), side * (down / across).min(1.0));
    Homography::between(&Quad::of_size(width, height), quad)
}

/// From a square picture of the whole frame, not stretched, to the frame.
pub fn whole(frame: &Luma) -> Homography {
    let (width, height) = (frame.width() as f32, frame.height() as f32);
    let scale = PHOTOGRAPH_SIDE as f32 / width.max(height);
    let (left, top) = ((PHOTOGRAPH_SIDE as f32 - width * scale) / 2.0, (PHOTOGRAPH_SIDE as f32 - height * scale) / 2.0);
    let there = Quad::of_size(width * scale, height * scale).map(|corner| Point::new(corner.x + left, corner.y + top));
    Homography::between(&there, &Quad::of_size(width, height)).expect("a frame has two sides")
}

/// Corners around groups of lines that run the same way beside each other, the heaviest first, in the proportions of `ZONE`.
pub fn zones(rows: &[Row]) -> Vec<Quad> {
    let mut left: Vec<Row> = rows.to_vec();
    let mut zones = Vec::new();
    while let Some(&main) = left.first() {
        let together = |row: &Row| {
            let ([x, y], [u, v]) = (main.way(), row.way());
            let [along, below] = main.locate(row.middle());
            let reach = f32::midpoint(main.length(), row.length());
            (x * u + y * v).abs() > 0.97 && below.abs() < 9.0 * main.height && along.abs() < reach + 4.0 * main.height
        };
        let group: Vec<Row> = left.iter().copied().filter(together).collect();
        left.retain(|row| !together(row));
        let places = group.iter().flat_map(|row| row.quad().0).map(|corner| main.locate(corner));
        let mut bounds = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        for [along, below] in places {
            bounds = [bounds[0].min(along), bounds[1].min(below), bounds[2].max(along), bounds[3].max(below)];
        }
        let high = (bounds[3] - bounds[1]) + 2.4 * main.height;
        let proportions = ZONE[0] as f32 / ZONE[1] as f32;
        let length = ((bounds[2] - bounds[0]) * LONGER).max(high * proportions);
        let ([x, y], middle) = (main.way(), main.middle());
        let (along, below) = (f32::midpoint(bounds[0], bounds[2]), f32::midpoint(bounds[1], bounds[3]));
        let centre = Point::new(middle.x + along * x - below * y, middle.y + along * y + below * x);
        zones.push(
            Row {
                from: Point::new(centre.x - x * length / 2.0, centre.y - y * length / 2.0),
                to: Point::new(centre.x + x * length / 2.0, centre.y + y * length / 2.0),
                height: length / proportions,
                weight: main.weight,
            }
            .quad(),
        );
    }
    zones
}

/// The lines that make a zone, top first: up to three neighbours of about the same length.
pub fn of_a_zone(rows: &[Row]) -> Vec<Row> {
    let longest = rows.iter().map(Row::length).fold(0.0, f32::max);
    let long: Vec<Row> = rows.iter().copied().filter(|row| row.length() >= LEAST_LENGTH * longest).collect();
    let first = long.len().saturating_sub(3);
    long[first..].to_vec()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A picture of one line, white where nothing is said.
    fn strip(width: usize, height: usize, dark: impl Fn(usize, usize) -> bool) -> Luma<'static> {
        let pixels: Vec<u8> =
            (0..width * height).map(|at| if dark(at % width, at / width) { 0 } else { 255 }).collect();
        Luma::new(width, height, pixels).expect("as many as said")
    }

    #[test]
    fn a_single_stroke_is_no_line() {
        assert!(print_of(&strip(900, 100, |x, _| x == 450)).is_none());
        assert!(print_of(&strip(900, 100, |_, _| false)).is_none());
        assert!(print_of(&strip(900, 100, |x, y| (100..800).contains(&x) && (40..60).contains(&y))).is_some());
    }

    proptest! {
        #[test]
        fn no_picture_is_too_odd(width in 1_usize..200, height in 1_usize..24, marks in prop::collection::vec(any::<u8>(), 0..64)) {
            let dark = |x, y| marks.get((x * 7 + y * 13) % 97).is_some_and(|mark| mark % 3 == 0);
            print_of(&strip(width, height, dark));
        }
    }
}
