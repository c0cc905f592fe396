//! How well a document can be read, in its own plane. In: the rectified document (`plane::rectified`) of `READABLE_WIDTH` pixels across, its class.
//! Out: measures from 0 to 1. Does not know: where it was in the frame, which limits hold.

use super::DocumentClass;
use crate::{luma::Luma, quality};

/// Pixels across at which documents are judged, so that a limit means the same at every distance.
pub const READABLE_WIDTH: usize = 640;

/// Luminance that is blown out, as ISO/IEC 29794-5 counts over-exposure.
const BLOWN_OUT: u8 = 247;
/// Within a blown-out blob print shows as at least this difference to its surroundings of 25 pixels.
const PRINT_SHOWS: u8 = 24;
const AROUND: usize = 12;
/// Cells to each side for the light that falls on the document.
const LIGHT_CELLS: usize = 10;

/// What can be read of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Readable {
    /// As `quality::Quality::sharpness`, of the rectified document: what is too small in the frame counts as blurred.
    pub sharpness: f32,
    /// Mean luminance ÷ 255.
    pub brightness: f32,
    /// (95th − 5th percentile of luminance) ÷ 255.
    pub contrast: f32,
    /// Share of the document that is blown out (247 or more) in blobs of at least 1 ‰.
    pub glare: f32,
    /// Share of the zones that are to be read in which glare hides print: blown-out pixels whose surroundings of 25 × 25 pixels differ by
    /// less than 24. A foil's highlight through which print shows does not count.
    pub hidden: f32,
    /// 1 − the darkest tenth ÷ the brightest tenth of the light that falls on it; the light is the 90th percentile of luminance in each of
    /// 10 × 10 cells, so that print does not count.
    pub shadow: f32,
}

/// Measures a rectified document.
pub fn readable(document: &Luma, class: DocumentClass) -> Readable {
    let quality = quality::measure(document);
    Readable {
        sharpness: quality.sharpness,
        brightness: quality.brightness,
        contrast: quality.contrast,
        glare: quality.glare,
        hidden: if quality.glare > 0.0 { hidden(document, class) } else { 0.0 },
        shadow: shadow(document),
    }
}

/// Left, top, width and height of what is to be read, as shares of the document: ICAO 9303-3 §4 (machine-readable zone), 9303-4 and
/// 9303-5 (zones of the data page and of cards).
const fn zones(class: DocumentClass) -> &'static [[f32; 4]] {
    match class {
        DocumentClass::IdFront => &[[0.03, 0.15, 0.32, 0.7], [0.36, 0.1, 0.6, 0.8]],
        DocumentClass::IdBack => &[[0.03, 0.6, 0.94, 0.37], [0.05, 0.05, 0.9, 0.5]],
        DocumentClass::PassportPage => &[[0.02, 0.72, 0.96, 0.26], [0.03, 0.12, 0.3, 0.55], [0.34, 0.08, 0.62, 0.62]],
        DocumentClass::None | DocumentClass::OtherCard | DocumentClass::Paper => &[[0.05, 0.05, 0.9, 0.9]],
    }
}

fn hidden(document: &Luma, class: DocumentClass) -> f32 {
    let (width, height) = (document.width(), document.height());
    let darkest: Vec<Vec<u8>> = document.rows().map(darkest_beside).collect();
    // Whether nothing is printed around a pixel, as far as can be seen.
    let is_blank = |x: usize, y: usize| {
        let rows = darkest[y.saturating_sub(AROUND)..(y + AROUND + 1).min(height)].iter().step_by(3);
        rows.map(|row| row[x]).min().is_some_and(|darkest| document.row(y)[x].saturating_sub(darkest) < PRINT_SHOWS)
    };
    let (mut area, mut lost) = (0, 0);
    for [left, top, across, down] in zones(class) {
        let span = |from: f32, length: f32, of: usize| {
            ((from * of as f32) as usize)..(((from + length) * of as f32) as usize).min(of)
        };
        // Every other pixel both ways: a quarter of the work, the same share.
        for y in span(*top, *down, height).step_by(2) {
            for x in span(*left, *across, width).step_by(2) {
                area += 1;
                lost += usize::from(document.row(y)[x] >= BLOWN_OUT && is_blank(x, y));
            }
        }
    }
    lost as f32 / area.max(1) as f32
}

/// The least of each pixel and those up to `AROUND` beside it.
fn darkest_beside(row: &[u8]) -> Vec<u8> {
    let mut least = vec![u8::MAX; row.len() + 2 * AROUND];
    least[AROUND..AROUND + row.len()].copy_from_slice(row);
    // Of 2, 4, 8, 16, and of 25 from here on.
    for more in [1, 2, 4, 8, 2 * AROUND + 1 - 16] {
        for at in 0..least.len() - more {
            least[at] = least[at].min(least[at + more]);
        }
    }
    least.truncate(row.len());
    least
}

fn shadow(document: &Luma) -> f32 {
    let mut light = Vec::with_capacity(LIGHT_CELLS * LIGHT_CELLS);
    let edge = |cell: usize, length: usize| cell * length / LIGHT_CELLS;
    for row in 0..LIGHT_CELLS {
        for column in 0..LIGHT_CELLS {
            let rows = edge(row, document.height())..edge(row + 1, document.height());
            let columns = edge(column, document.width())..edge(column + 1, document.width());
            let Some(cell) = document.part([columns.start, rows.start, columns.end, rows.end]) else { return 0.0 };
            light.push(quality::percentile(&quality::histogram(&cell), rows.len() * columns.len(), 90));
        }
    }
    light.sort_unstable();
    let tenth = light.len() / 10;
    1.0 - light[tenth] as f32 / light[light.len() - 1 - tenth].max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Grey lines of print on light paper, changed by `change`.
    fn page(change: impl Fn(usize, usize, u8) -> u8) -> Luma<'static> {
        let (width, height) = (READABLE_WIDTH, 404);
        let pixels = (0..width * height).map(|at| {
            let (x, y) = (at % width, at / width);
            let ink = y % 24 < 8 && (x / 5) % 3 != 0;
            change(x, y, if ink { 60 } else { 190 })
        });
        Luma::new(width, height, pixels.collect::<Vec<_>>()).expect("whole")
    }

    fn measured(change: impl Fn(usize, usize, u8) -> u8) -> Readable {
        readable(&page(change), DocumentClass::IdBack)
    }

    #[test]
    fn glare_that_hides_print_is_told_from_glare_that_does_not() {
        let spot = |x: usize, y: usize| (200..400).contains(&x) && (250..400).contains(&y);
        let clean = measured(|_, _, grey| grey);
        let hiding = measured(|x, y, grey| if spot(x, y) { 255 } else { grey });
        let shining = measured(|x, y, grey| if spot(x, y) && grey > 100 { 255 } else { grey });
        assert_eq!((clean.glare, clean.hidden), (0.0, 0.0));
        assert!(hiding.hidden > 0.08 && hiding.glare > 0.1, "{hiding:?}");
        assert!(shining.hidden < 0.02 && shining.glare > 0.05, "{shining:?}");
    }

    #[test]
    fn a_shadow_is_seen_and_print_is_not() {
        let clean = measured(|_, _, grey| grey);
        let shaded = measured(|x, y, grey| if x + y > 500 { grey / 2 } else { grey });
        assert!(clean.shadow < 0.02 && shaded.shadow > 0.4, "{} {}", clean.shadow, shaded.shadow);
    }
}
