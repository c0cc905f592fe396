//! Brightness of a picture, one byte a pixel: borrowed from a decoder's plane or made from RGBA, and shrunk to the size it is
//! judged at. In: pixels with their stride. Out: a plane that is known to be whole.
//! Does not know: what is in the picture.

use std::borrow::Cow;

use crate::geometry::{Homography, Point, Quad};

/// The longest side at which pictures are judged, in pixels: print of a document that fills the picture still has its strokes,
/// and a frame of any camera takes about the same time.
pub const ANALYSIS_SIDE: usize = 640;

/// Longest side that is taken; no still and no camera has more (JPEG's own limit).
const MOST_SIDE: usize = 65_535;

/// Parts of a pixel that shrinking tells apart.
const PARTS: usize = 256;

/// Places that are sampled together.
const ABREAST: usize = 8;

/// Most places along a side of which a pixel of `seen_through` is the mean.
const MOST_PLACES: usize = 6;

/// A plane of luminance, 0 (black) to 255 (white), coded as sRGB is (not linear).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Luma<'a> {
    width: usize,
    height: usize,
    stride: usize,
    pixels: Cow<'a, [u8]>,
}

impl<'a> Luma<'a> {
    /// Rows without gaps. `None` for an empty or too long side or too few bytes.
    pub fn new(width: usize, height: usize, pixels: impl Into<Cow<'a, [u8]>>) -> Option<Self> {
        Self::with_stride(width, height, width, pixels)
    }

    /// Rows that begin every `stride` bytes. `None` as above, and for a stride smaller than the width.
    pub fn with_stride(width: usize, height: usize, stride: usize, pixels: impl Into<Cow<'a, [u8]>>) -> Option<Self> {
        let pixels = pixels.into();
        whole(width, height, width, stride, pixels.len()).then_some(Self { width, height, stride, pixels })
    }

    /// Pixels across.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Pixels down.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The rows from top to bottom, without what lies between them.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.height).map(|y| self.row(y))
    }

    /// One row.
    ///
    /// # Panics
    /// If `y` is not smaller than the height.
    pub fn row(&self, y: usize) -> &[u8] {
        &self.pixels[y * self.stride..][..self.width]
    }

    /// Luminance at places between pixels, from the four nearest each; beyond the border the last pixel repeats.
    #[inline]
    pub fn samples<const N: usize>(&self, places: [Point; N]) -> [f32; N] {
        let last = [self.width - 1, self.height - 1];
        let within = |at: f32, last: usize| (at - 0.5).clamp(0.0, last as f32);
        let xs = places.map(|place| within(place.x, last[0]));
        let ys = places.map(|place| within(place.y, last[1]));
        let [lefts, tops] = [xs, ys].map(|at| at.map(|at| at as i32));
        let plane: &[u8] = &self.pixels;
        let mut pixels = [[0.0; N]; 4];
        for at in 0..N {
            let (left, top) = (lefts[at] as usize, tops[at] as usize);
            let right = usize::from(left < last[0]);
            let row = &plane[top * self.stride + left..];
            let below = if top < last[1] { &row[self.stride..] } else { row };
            for (of, pixel) in pixels.iter_mut().zip([row[0], row[right], below[0], below[right]]) {
                of[at] = f32::from(pixel);
            }
        }
        std::array::from_fn(|at| {
            let across = |left: f32, right: f32| left + (right - left) * (xs[at] - lefts[at] as f32);
            let (upper, lower) = (across(pixels[0][at], pixels[1][at]), across(pixels[2][at], pixels[3][at]));
            upper + (lower - upper) * (ys[at] - tops[at] as f32)
        })
    }

    /// The picture between a left, top, right and bottom pixel; what of that lies outside is left out. `None` if nothing is left.
    pub fn part(&self, [left, top, right, bottom]: [usize; 4]) -> Option<Luma<'_>> {
        let (right, bottom) = (right.min(self.width), bottom.min(self.height));
        if left >= right || top >= bottom {
            return None;
        }
        let pixels = Cow::Borrowed(&self.pixels[top * self.stride + left..]);
        Some(Luma { width: right - left, height: bottom - top, stride: self.stride, pixels })
    }

    /// The picture at the size it is judged at. A smaller one keeps its size: nothing is invented.
    pub fn for_analysis(&self) -> Luma<'_> {
        self.shrunk(ANALYSIS_SIDE)
    }

    /// The picture with no side longer than `longest`, each pixel the mean of the area it covers.
    pub fn shrunk(&self, longest: usize) -> Luma<'_> {
        let side = self.width.max(self.height);
        if side <= longest {
            return Luma { pixels: Cow::Borrowed(&self.pixels), ..*self };
        }
        let scaled = |length: usize| ((length * longest + side / 2) / side).max(1);
        self.squeezed(scaled(self.width), scaled(self.height))
    }

    /// The same picture, with pixels of its own and nothing between its rows.
    pub fn into_owned(self) -> Luma<'static> {
        let pixels = match self.pixels {
            Cow::Owned(pixels) if self.stride == self.width => pixels,
            _ => self.rows().collect::<Vec<_>>().concat(),
        };
        Luma { width: self.width, height: self.height, stride: self.width, pixels: Cow::Owned(pixels) }
    }

    /// The picture at another size and, if so, of other proportions; each pixel the mean of the area it covers.
    pub fn squeezed(&self, width: usize, height: usize) -> Luma<'static> {
        let columns: Vec<usize> = edges(self.width, width).collect();
        let rows: Vec<usize> = edges(self.height, height).collect();
        let whole = self.width / width;
        let mut pixels = Vec::with_capacity(width * height);
        let mut line = vec![0_u32; self.width + 1];
        let mut sums = vec![0_u64; self.width + 1];
        for row in rows.windows(2) {
            line.fill(0);
            for y in row[0] / PARTS..row[1].div_ceil(PARTS) {
                let weight = (row[1].min((y + 1) * PARTS) - row[0].max(y * PARTS)) as u16;
                for (sum, &pixel) in line.iter_mut().zip(self.row(y)) {
                    *sum += u32::from(weight * u16::from(pixel));
                }
            }
            if self.width == whole * width {
                let scale = 1.0 / ((row[1] - row[0]) * whole) as f32;
                let means = line
                    .chunks_exact(whole)
                    .map(|sums| sums.iter().map(|&sum| u64::from(sum)).sum::<u64>() as f32 * scale);
                pixels.extend(means.take(width).map(|mean| (mean + 0.5) as u8));
                continue;
            }
            let mut all = 0;
            for (sum, &value) in sums.iter_mut().zip(&line) {
                *sum = all;
                all += PARTS as u64 * u64::from(value);
            }
            let left_of = |edge: usize| sums[edge / PARTS] + (edge % PARTS) as u64 * u64::from(line[edge / PARTS]);
            pixels.extend(columns.windows(2).map(|column| {
                let area = (row[1] - row[0]) as f64 * (column[1] - column[0]) as f64;
                ((left_of(column[1]) - left_of(column[0])) as f64 / area + 0.5) as u8
            }));
        }
        Luma { width, height, stride: width, pixels: Cow::Owned(pixels) }
    }

    /// The picture as it is seen through a map from places of the new picture, of `width` by `height` pixels, to places of this one. Each
    /// pixel is the mean of up to 6 by 6 places, as many as it takes to miss none.
    pub fn seen_through(&self, here_from_there: &Homography, [width, height]: [usize; 2]) -> Luma<'static> {
        let places = places_a_pixel(here_from_there, [width as f32, height as f32]);
        self.sampled_through(here_from_there, [width, height], places)
    }

    /// As `seen_through`, each pixel the mean of so many places across and down.
    pub fn sampled_through(
        &self,
        here_from_there: &Homography,
        [width, height]: [usize; 2],
        [across, down]: [usize; 2],
    ) -> Luma<'static> {
        let within = |place: usize, places: usize| (place as f32 + 0.5) / places as f32;
        let mut pixels = Vec::with_capacity(width * height);
        let mut sums = vec![[0.0; ABREAST]; width.div_ceil(ABREAST)];
        for y in 0..height {
            sums.fill([0.0; ABREAST]);
            for row in 0..down {
                let here = here_from_there.along(y as f32 + within(row, down));
                for column in 0..across {
                    for (block, sums) in sums.iter_mut().enumerate() {
                        let first = (block * ABREAST) as f32 + within(column, across);
                        let seen: [f32; ABREAST] = self.samples(std::array::from_fn(|at| here(first + at as f32)));
                        sums.iter_mut().zip(seen).for_each(|(sum, seen)| *sum += seen);
                    }
                }
            }
            let mean = |sum: &f32| (sum / (across * down) as f32 + 0.5) as u8;
            pixels.extend(sums.as_flattened()[..width].iter().map(mean));
        }
        Luma { width, height, stride: width, pixels: Cow::Owned(pixels) }
    }

    /// A plane whose black is 16 and whose white is 235 (ITU-R BT.601 and BT.709), stretched to 0 to 255.
    #[must_use]
    pub fn from_studio_range(mut self) -> Self {
        let stretched: [u8; 256] = std::array::from_fn(|pixel| (pixel.saturating_sub(16) * 255 / 219).min(255) as u8);
        for pixel in self.pixels.to_mut() {
            *pixel = stretched[usize::from(*pixel)];
        }
        self
    }
}

/// How many places along each side of a new pixel it takes to miss none of the old.
fn places_a_pixel(here_from_there: &Homography, [width, height]: [f32; 2]) -> [usize; 2] {
    let [a, b, c, d] = Quad::of_size(width, height).map(|corner| here_from_there.apply(corner)).0;
    let steps = [a.distance(b).max(d.distance(c)) / width, a.distance(d).max(b.distance(c)) / height];
    steps.map(|step| step.ceil().clamp(1.0, MOST_PLACES as f32) as usize)
}

impl Luma<'static> {
    /// From four bytes a pixel, rows beginning every `stride` bytes, weighted as ITU-R BT.709-6 §3.2 says.
    pub fn from_rgba(width: usize, height: usize, stride: usize, rgba: &[u8]) -> Option<Self> {
        if !whole(width, height, width.checked_mul(4)?, stride, rgba.len()) {
            return None;
        }
        let rows = rgba.chunks(stride).take(height);
        let pixels = rows.flat_map(|row| row[..width * 4].as_chunks::<4>().0).map(|&[red, green, blue, _]| {
            ((54 * u32::from(red) + 183 * u32::from(green) + 19 * u32::from(blue) + 128) / 256) as u8
        });
        Self::new(width, height, pixels.collect::<Vec<_>>())
    }
}

/// The last row may end where its pixels end.
fn whole(width: usize, height: usize, row_bytes: usize, stride: usize, bytes: usize) -> bool {
    (1..=MOST_SIDE).contains(&width)
        && (1..=MOST_SIDE).contains(&height)
        && stride >= row_bytes
        && stride.checked_mul(height - 1).and_then(|begin| begin.checked_add(row_bytes)).is_some_and(|end| end <= bytes)
}

/// Where the pixels of a side of another length begin and end on the original side, in parts of its pixels.
fn edges(from: usize, to: usize) -> impl Iterator<Item = usize> {
    (0..=to).map(move |at| at * from * PARTS / to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_keeps_the_rows_apart_and_ends_with_the_picture() {
        let picture = Luma::with_stride(4, 3, 5, (0..15).collect::<Vec<u8>>()).expect("whole");
        let part = picture.part([1, 1, 3, 9]).expect("some of it");
        assert_eq!(part.rows().collect::<Vec<_>>(), [[6, 7], [11, 12]]);
        assert_eq!(part.squeezed(1, 1).row(0), [9]);
        assert_eq!(picture.part([4, 0, 9, 3]), None);
        assert_eq!(picture.part([2, 2, 2, 3]), None);
    }

    #[test]
    fn what_is_not_whole_is_refused() {
        let table = [(0, 1, 1, 9, false), (1, 0, 1, 9, false), (3, 3, 3, 8, false), (3, 3, 2, 99, false)];
        let good = [(3, 3, 3, 9, true), (3, 3, 5, 13, true), (1, 1, 1, 1, true)];
        let huge = [(MOST_SIDE + 1, 1, MOST_SIDE + 1, MOST_SIDE + 1, false), (3, 3, usize::MAX, 99, false)];
        for (width, height, stride, bytes, taken) in table.into_iter().chain(good).chain(huge) {
            let luma = Luma::with_stride(width, height, stride, vec![0; bytes]);
            assert_eq!(luma.is_some(), taken, "{width}×{height}, {stride}, {bytes}");
        }
    }

    #[test]
    fn shrinking_is_the_mean_of_the_area() {
        let picture = Luma::new(4, 2, vec![0, 10, 100, 200, 20, 30, 100, 200]).expect("whole");
        assert_eq!(picture.shrunk(2), Luma::new(2, 1, vec![15, 150]).expect("whole"));
        let thirds = Luma::new(3, 1, vec![0, 90, 180]).expect("whole");
        assert_eq!(thirds.shrunk(2), Luma::new(2, 1, vec![30, 150]).expect("whole"));
    }

    #[test]
    fn each_pixel_of_any_other_size_is_the_mean_of_what_it_covers() {
        let (width, height) = (37, 23);
        let noise: Vec<u8> = (0..width * height).map(|at| (at * at * 31 + at * 7) as u8).collect();
        let picture = Luma::new(width, height, noise).expect("whole");
        // How much of a pixel lies between two places.
        let within = |pixel: usize, from: f64, to: f64| (to.min(pixel as f64 + 1.0) - from.max(pixel as f64)).max(0.0);
        for (across, down) in [(37, 5), (18, 23), (12, 7), (1, 1), (5, 4), (50, 30)] {
            let mut errors = 0.0;
            let small = picture.squeezed(across, down);
            let area = |at: usize, of: usize, to: usize| [at * of, (at + 1) * of].map(|edge| edge as f64 / to as f64);
            for (x, y) in (0..across * down).map(|at| (at % across, at / across)) {
                let ([left, right], [top, bottom]) = (area(x, width, across), area(y, height, down));
                let (mut sum, mut weight) = (0.0, 0.0);
                for (column, row) in (0..width * height).map(|at| (at % width, at / width)) {
                    let part = within(column, left, right) * within(row, top, bottom);
                    sum += part * f64::from(picture.row(row)[column]);
                    weight += part;
                }
                let (mean, found) = (sum / weight, f64::from(small.row(y)[x]));
                assert!((found - mean).abs() < 2.0, "{across}×{down}: {found} for {mean} at {x}, {y}");
                errors += found - mean;
            }
            assert!(errors.abs() < 0.6 + 0.1 * (across * down) as f64, "{across}×{down}: {errors}");
        }
    }

    #[test]
    fn a_picture_seen_through_a_map_is_what_its_places_say() {
        for (width, height) in [(1, 1), (23, 17)] {
            let pixels: Vec<u8> = (0..width * height).map(|at| (at * 53 % 251) as u8).collect();
            let picture = Luma::new(width, height, pixels).expect("whole");
            let leaning = Quad([(-2.0, 1.0), (20.0, -3.0), (26.0, 19.0), (3.0, 15.0)].map(|(x, y)| Point::new(x, y)));
            let here_from_there = Homography::between(&Quad::of_size(13.0, 9.0), &leaning).expect("convex");
            let seen = picture.sampled_through(&here_from_there, [13, 9], [1, 1]);
            for (x, y) in (0..13 * 9).map(|at| (at % 13, at / 13)) {
                let place = here_from_there.apply(Point::new(x as f32 + 0.5, y as f32 + 0.5));
                let near = |at: f32, count: usize| (at.max(0.0) as usize).min(count - 1);
                let pixel = |dx: f32, dy: f32| {
                    f32::from(picture.row(near(place.y - 0.5 + dy, height))[near(place.x - 0.5 + dx, width)])
                };
                let share = |at: f32, count: usize| (at - 0.5).clamp(0.0, (count - 1) as f32).fract();
                let (right, down) = (share(place.x, width), share(place.y, height));
                let upper = pixel(0.0, 0.0) * (1.0 - right) + pixel(1.0, 0.0) * right;
                let lower = pixel(0.0, 1.0) * (1.0 - right) + pixel(1.0, 1.0) * right;
                let expected = upper * (1.0 - down) + lower * down;
                let found = f32::from(seen.row(y)[x]);
                assert!((found - expected).abs() < 0.6, "{width}×{height}: {found} for {expected} at {x}, {y}");
            }
        }
    }

    #[test]
    fn the_largest_picture_fits_in_the_smallest() {
        let (width, height) = (MOST_SIDE, 300);
        let white = Luma::new(width, height, vec![255; width * height]).expect("whole");
        assert_eq!(white.squeezed(1, 1).row(0), [255]);
        assert_eq!(white.squeezed(2, 1).row(0), [255; 2]);
    }

    #[test]
    fn what_lies_between_rows_is_not_looked_at() {
        let gaps = Luma::with_stride(2, 2, 3, vec![1, 2, 255, 3, 4]).expect("whole");
        assert_eq!(gaps.for_analysis().into_owned(), Luma::new(2, 2, vec![1, 2, 3, 4]).expect("whole"));
    }

    #[test]
    fn colours_weigh_as_the_eye_sees_them() {
        let rgba = [255, 0, 0, 0, 0, 255, 0, 0, 9, 9, 0, 0, 255, 0, 255, 255, 255, 0];
        let luma = Luma::from_rgba(2, 2, 10, &rgba).expect("whole");
        assert_eq!(luma, Luma::new(2, 2, vec![54, 182, 19, 255]).expect("whole"));
        assert_eq!(Luma::from_rgba(2, 2, 7, &rgba), None);
    }

    #[test]
    fn studio_range_is_stretched() {
        let luma = Luma::new(4, 1, vec![0, 16, 235, 255]).expect("whole").from_studio_range();
        assert_eq!(luma.row(0), [0, 0, 255, 255]);
    }
}
