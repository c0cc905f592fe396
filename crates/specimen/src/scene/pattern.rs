//! Surfaces that are drawn instead of photographed: wood, cloth, stone, tiles, paper. In: chance. Out: square pictures that continue
//! beyond their edges.

use image::{Rgb, RgbImage};
use rand::Rng as _;

use super::chance::{between, chance, weighted};
use super::texture::stored;
use crate::Rng;

/// Pixels along a side.
const SIDE: u32 = 256;

/// Smooth noise that repeats after the picture's side.
struct Clouds {
    cells: usize,
    values: Vec<f32>,
}

impl Clouds {
    fn new(rng: &mut Rng, cells: usize) -> Self {
        Self { cells, values: (0..cells * cells).map(|_| rng.random::<f32>() - 0.5).collect() }
    }

    /// From -0.5 to 0.5; `x` and `y` are shares of the side.
    fn at(&self, x: f32, y: f32) -> f32 {
        // Some sides further on is the same, and positive.
        let (x, y) = ((x + 8.0) * self.cells as f32, (y + 8.0) * self.cells as f32);
        let (left, top) = (x.floor(), y.floor());
        let (dx, dy) = (super::light::smooth(x - left), super::light::smooth(y - top));
        let value = |x: f32, y: f32| {
            let column = (x as usize) % self.cells;
            let row = (y as usize) % self.cells;
            self.values[row * self.cells + column]
        };
        let above = value(left, top) + (value(left + 1.0, top) - value(left, top)) * dx;
        let below = value(left, top + 1.0) + (value(left + 1.0, top + 1.0) - value(left, top + 1.0)) * dx;
        above + (below - above) * dy
    }
}

/// A surface of any kind.
pub fn surface(rng: &mut Rng) -> RgbImage {
    let base = colour(rng);
    let other = if chance(rng, 0.5) { colour(rng) } else { base.map(|value| value * between(rng, 0.3, 0.9)) };
    let coarse = Clouds::new(rng, 4);
    let middle = Clouds::new(rng, 17);
    let fine = Clouds::new(rng, 96);
    let grain = between(rng, 0.02, 0.25);
    let count = rng.random_range(2..14) as f32;
    let gap = between(rng, 0.02, 0.12);
    let twist = between(rng, 0.5, 6.0);
    let kind = weighted(rng, &[4.0, 2.0, 3.0, 2.0, 1.0, 1.5, 2.0, 1.0, 1.0]);
    picture(|x, y| {
        // Share of the second colour.
        let share = match kind {
            // Wood: rings drawn out along the grain.
            0 => {
                let bent = y + 0.15 * coarse.at(x * 0.5, y) + 0.03 * middle.at(x * 0.3, y);
                let year = (bent * count * 4.0 + twist * coarse.at(x, y * 2.0)).fract();
                let pores = fine.at(x * 0.06, y) + 0.5 * middle.at(x * 0.1, y * 3.0);
                (year * year * 0.6 + pores * 0.7 + 0.2).clamp(0.0, 1.0)
            }
            // Cloth.
            1 => {
                let thread = |at: f32| ((at * count * 8.0).fract() - 0.5).abs() * 2.0;
                let over = ((x * count * 8.0) as i32 + (y * count * 8.0) as i32) % 2 == 0;
                (if over { thread(x) } else { thread(y) }) * 0.8 + fine.at(x, y) * 0.4
            }
            // Plain, with stains.
            2 => coarse.at(x, y) * 0.4 + 0.3,
            // Marble.
            3 => {
                let vein = (coarse.at(x, y) * 2.0 + middle.at(x, y) * 0.7 + x * 2.0).fract() - 0.5;
                (1.0 - vein.abs() * twist * 4.0).max(0.0) * 0.8
            }
            // Checks.
            4 => f32::from(u8::from(((x * count) as i32 + (y * count) as i32) % 2 == 0)) * 0.9 + 0.05,
            // Stripes.
            5 => f32::from(u8::from((y * count).fract() < 0.5)) * 0.8 + coarse.at(x, y) * 0.2,
            // Tiles with joints.
            6 => {
                let row = (y * count).floor();
                let along = (x * count / 2.0 + row * 0.5).fract();
                let joint = (y * count).fract() < gap || along < gap / 2.0;
                (if joint { 0.9 } else { 0.1 }) + middle.at(x, y) * 0.15
            }
            // Ruled paper, or a mat with a grid.
            7 => {
                let line = (y * count * 2.0).fract() < gap || (count > 7.0 && (x * count * 2.0).fract() < gap);
                f32::from(u8::from(line)) * 0.7
            }
            // Speckles.
            _ => f32::from(u8::from(fine.at(x, y) > 0.22)) * 0.8,
        };
        let uneven = 1.0 + grain * (fine.at(x, y) + 0.6 * middle.at(x, y));
        std::array::from_fn(|channel| {
            (base[channel] + (other[channel] - base[channel]) * share.clamp(0.0, 1.0)) * uneven
        })
    })
}

/// Cloth as on sofas and cushions: a weave over soft folds, with seams or without.
pub fn cloth(rng: &mut Rng) -> RgbImage {
    let base = colour(rng);
    let (large, small, fine) = (Clouds::new(rng, 3), Clouds::new(rng, 9), Clouds::new(rng, 96));
    let threads = rng.random_range(20..90) as f32;
    let (weave, folds) = (between(rng, 0.0, 0.35), between(rng, 0.3, 2.2));
    let seam = chance(rng, 0.4).then(|| (between(rng, 0.2, 0.8), between(rng, -0.3, 0.3)));
    let rib = if chance(rng, 0.3) { 0.0 } else { 1.0 };
    let height = |x: f32, y: f32| large.at(x, y) + 0.35 * small.at(x, y);
    picture(|x, y| {
        let thread = |at: f32| ((at * threads).fract() - 0.5).abs();
        let woven = thread(x) + rib * thread(y) - 0.5 + 0.5 * fine.at(x, y);
        // Folds are lit from the upper left.
        let lit = (height(x, y) - height(x + 0.02, y + 0.02)) * folds * 8.0;
        let sewn = seam.map_or(1.0, |(place, lean)| {
            let off = (y - place - lean * (x - 0.5)).abs();
            1.0 - 0.6 * (1.0 - super::light::smooth(off / 0.02))
        });
        base.map(|value| value * (1.0 + lit + weave * woven).clamp(0.15, 2.0) * sewn)
    })
}

/// Rectangles of many sizes: windows, doors, shelves, screens, seen from the front.
pub fn rectangles(rng: &mut Rng) -> RgbImage {
    let base = colour(rng);
    let boxes: Vec<([f32; 4], [f32; 3], bool)> = (0..rng.random_range(2..14))
        .map(|_| {
            let (width, height) = (between(rng, 0.05, 0.6), between(rng, 0.05, 0.6));
            let place = [between(rng, -0.1, 0.9), between(rng, -0.1, 0.9), width, height];
            (place, colour(rng), chance(rng, 0.4))
        })
        .collect();
    let clouds = Clouds::new(rng, 5);
    picture(|x, y| {
        let mut seen = base;
        for ([left, top, width, height], colour, hollow) in &boxes {
            let (across, down) = ((x - left) / width, (y - top) / height);
            let inside = (0.0..1.0).contains(&across) && (0.0..1.0).contains(&down);
            let rim = across.min(1.0 - across) * width < 0.02 || down.min(1.0 - down) * height < 0.02;
            if inside && (!hollow || rim) {
                seen = *colour;
            }
        }
        seen.map(|value| value * (1.0 + 0.4 * clouds.at(x, y)))
    })
}

/// A colour that things in rooms have: mostly dull.
pub fn colour(rng: &mut Rng) -> [f32; 3] {
    let grey = between(rng, 0.1, 0.95).powi(2);
    let dull = between(rng, 0.0, 1.0).powi(2);
    let warm = if chance(rng, 0.6) { [1.25, 1.0, 0.7] } else { std::array::from_fn(|_| between(rng, 0.3, 1.6)) };
    std::array::from_fn(|channel| (grey * (1.0 + (warm[channel] - 1.0) * dull * 1.5)).clamp(0.005, 0.92))
}

fn picture(at: impl Fn(f32, f32) -> [f32; 3]) -> RgbImage {
    RgbImage::from_fn(SIDE, SIDE, |x, y| {
        Rgb(at((x as f32 + 0.5) / SIDE as f32, (y as f32 + 0.5) / SIDE as f32).map(stored))
    })
}
