//! Where the lines of a zone stand on a document whose corners are known, by the rhythm of its print: for those that the finder overlooks.
//! In: a flattened document. Out: lines. Does not know: networks, the frame.

use crate::luma::Luma;

/// Capitals of OCR-B in size 1 (ICAO Doc 9303-3).
const CAPITAL_MM: f32 = 2.5;
/// From one line to the next. Doc 9303 has 4.2 (TD1) to 6.35 (TD3).
const PITCH_MM: [f32; 2] = [3.8, 7.0];
const STEP_MM: f32 = 0.1;
/// Share of the document's height below which the zone begins.
const BELOW: f32 = 0.5;
/// Share of its width, from either side, that lines leave free.
pub const MARGIN: f32 = 0.05;
/// A stroke says no more than this, however hard a reflection's edge is.
const STROKE: u8 = 48;
/// How much more of print lines have than what is between them.
const RHYTHM: f32 = 1.25;

/// Middles of so many lines, from the upper edge, and how high they are: all in pixels of the picture, on which a millimetre has
/// `per_mm`. `None` where print has no such rhythm.
pub fn lines(document: &Luma, per_mm: f32, count: usize) -> Option<(Vec<f32>, f32)> {
    let (width, height) = (document.width(), document.height());
    let margin = (width as f32 * MARGIN) as usize;
    let strokes = |y: usize| -> f32 {
        let row = &document.row(y)[margin..width - margin];
        row.windows(2).map(|pair| f32::from(pair[0].abs_diff(pair[1]).min(STROKE))).sum()
    };
    let mut sums = vec![0.0];
    for y in 0..height {
        sums.push(sums[y] + strokes(y));
    }
    let mean = |from: f32, to: f32| {
        let (from, to) = (from.round().max(0.0) as usize, (to.round().max(0.0) as usize).min(height));
        if to > from { (sums[to] - sums[from]) / (to - from) as f32 } else { 0.0 }
    };
    let capital = CAPITAL_MM * per_mm;
    let mut best: Option<(f32, f32, f32)> = None;
    let mut pitch = PITCH_MM[0] * per_mm;
    while pitch <= PITCH_MM[1] * per_mm {
        let last = height as f32 - capital / 2.0 - (count - 1) as f32 * pitch;
        let mut first = height as f32 * BELOW;
        while first < last {
            let (mut line, mut between) = (f32::MAX, 0.0_f32);
            for at in 0..count {
                let middle = first + at as f32 * pitch;
                line = line.min(mean(middle - capital * 0.4, middle + capital * 0.4));
                // Above the first line and below the last one, too.
                for side in [-0.5, 0.5] {
                    let gap = (pitch - capital) * 0.3;
                    let here = middle + side * pitch;
                    between = between.max(mean(here - gap, here + gap));
                }
            }
            let score = line - between;
            if line > RHYTHM * between && best.is_none_or(|(most, ..)| score > most) {
                best = Some((score, first, pitch));
            }
            first += STEP_MM * per_mm;
        }
        pitch += STEP_MM * per_mm;
    }
    best.map(|(_, first, pitch)| ((0..count).map(|at| first + at as f32 * pitch).collect(), capital))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PER_MM: f32 = 8.0;

    /// A white card with lines of strokes at these middles.
    fn card(middles: &[f32]) -> Luma<'static> {
        let (width, height) = (685, 432);
        let print = |x: usize, y: usize| {
            let line = middles.iter().any(|middle| (y as f32 - middle * PER_MM).abs() < CAPITAL_MM / 2.0 * PER_MM);
            line && (60..620).contains(&x) && x % 9 < 3
        };
        let pixels =
            (0..width * height).map(|at| if print(at % width, at / width) { 20 } else { 230 }).collect::<Vec<u8>>();
        Luma::new(width, height, pixels).expect("as many as said")
    }

    #[test]
    fn lines_are_found_where_they_are() {
        let wanted = [36.0, 40.4, 44.8];
        let (found, high) = lines(&card(&wanted), PER_MM, 3).expect("three lines");
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found / PER_MM - wanted).abs() < 0.3, "{found}");
        }
        assert!((high - 20.0).abs() < 0.1);
    }

    #[test]
    fn other_print_has_another_rhythm() {
        assert_eq!(lines(&card(&[]), PER_MM, 3), None);
        assert_eq!(lines(&card(&[40.0]), PER_MM, 3), None);
    }
}
