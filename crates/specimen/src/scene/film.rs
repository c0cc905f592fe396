//! From light to stored values: blur, tone, the sensor's noise, sharpening, compression. In: linear light. Out: bytes.
//! Does not know: what is pictured.

use std::sync::LazyLock;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder as _, ImageFormat};
use rand::Rng as _;

use super::conditions::Camera;
use super::texture::{encoded, nearly_linear};

/// One colour (or luminance) of a picture.
#[derive(Clone, Debug)]
pub struct Plane {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Row by row.
    pub values: Vec<f32>,
}

/// Steps of the table of stored values for a light of 1.
const STEPS: usize = 2048;

/// Stored values of light from 0 to 2.
static STORED: LazyLock<Box<[f32; 2 * STEPS + 2]>> =
    LazyLock::new(|| Box::new(std::array::from_fn(|step| encoded(step as f32 / STEPS as f32))));

static NORMAL: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let mut rng = crate::rng(7);
    (0..4096).map(|_| super::chance::normal(&mut rng)).collect()
});

/// Stored value (1 is white, more is lost light) of linear light.
#[inline]
pub fn stored_value(light: f32) -> f32 {
    let at = light.max(0.0) * STEPS as f32;
    let step = at as i32 as usize;
    if step >= 2 * STEPS {
        return 1.353 + (light - 2.0) * 0.28;
    }
    let table: &[f32; 2 * STEPS + 2] = &STORED;
    let (low, high) = (table[step], table[step + 1]);
    low + (high - low) * (at - step as f32)
}

/// Light whose stored value is the luma (ITU-R BT.601) of a colour.
#[inline]
pub fn luma_light(colour: [f32; 3]) -> f32 {
    let [r, g, b] = colour.map(stored_value);
    let luma = 0.299 * r + 0.587 * g + 0.114 * b;
    if luma <= 1.0 { nearly_linear(luma) } else { 1.0 + (luma - 1.0) * 2.3 }
}

impl Plane {
    /// Black.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, values: vec![0.0; width * height] }
    }

    fn row(&self, y: usize) -> &[f32] {
        &self.values[y * self.width..(y + 1) * self.width]
    }

    /// Gaussian blur with standard deviations in pixels.
    fn blurred(self, across: f32, down: f32) -> Self {
        let mut plane = self;
        if let Some(kernel) = gaussian(across) {
            let half = kernel.len() / 2;
            let mut padded = vec![0.0; plane.width + 2 * half];
            for row in plane.values.chunks_exact_mut(plane.width) {
                let (first, last) = (row[0], row[row.len() - 1]);
                padded[..half].fill(first);
                padded[half..half + row.len()].copy_from_slice(row);
                padded[half + row.len()..].fill(last);
                row.fill(0.0);
                for (offset, weight) in kernel.iter().enumerate() {
                    for (to, from) in row.iter_mut().zip(&padded[offset..]) {
                        *to += from * weight;
                    }
                }
            }
        }
        if let Some(kernel) = gaussian(down) {
            let half = kernel.len() / 2;
            let mut out = Self::new(plane.width, plane.height);
            for (y, row) in out.values.chunks_exact_mut(plane.width).enumerate() {
                for (offset, weight) in kernel.iter().enumerate() {
                    let from = plane.row((y + offset).saturating_sub(half).min(plane.height - 1));
                    for (to, from) in row.iter_mut().zip(from) {
                        *to += from * weight;
                    }
                }
            }
            plane = out;
        }
        plane
    }

    /// Mean along a line of `dx`, `dy` pixels.
    fn smeared(self, dx: f32, dy: f32) -> Self {
        let length = dx.hypot(dy);
        if length < 0.3 {
            return self;
        }
        let taps = (length.ceil() as usize + 1).max(2);
        let mut out = Self::new(self.width, self.height);
        let weight = 1.0 / taps as f32;
        for tap in 0..taps {
            let share = tap as f32 / (taps - 1) as f32 - 0.5;
            self.add_shifted(&mut out, dx * share, dy * share, weight);
        }
        out
    }

    fn add_shifted(&self, out: &mut Self, dx: f32, dy: f32, weight: f32) {
        let (fx, fy) = (dx.floor(), dy.floor());
        let (sx, sy) = (dx - fx, dy - fy);
        let (right, bottom) = (self.width.cast_signed() - 1, self.height.cast_signed() - 1);
        let columns: Vec<usize> =
            (0..=self.width).map(|x| (x.cast_signed() + fx as isize).clamp(0, right) as usize).collect();
        for (y, row) in out.values.chunks_exact_mut(self.width).enumerate() {
            let at = |y: isize| self.row(y.clamp(0, bottom) as usize);
            let (above, below) = (at(y.cast_signed() + fy as isize), at(y.cast_signed() + fy as isize + 1));
            let between = |x: usize| above[x] + (below[x] - above[x]) * sy;
            let mut left = between(columns[0]);
            for (to, &next) in row.iter_mut().zip(&columns[1..]) {
                let right = between(next);
                *to += (left + (right - left) * sx) * weight;
                left = right;
            }
        }
    }

    /// Mean over `factor` by `factor` pixels, for a coarser sensor.
    fn coarser(&self, factor: f32) -> Self {
        let width = ((self.width as f32 / factor).round() as usize).max(8);
        let height = ((self.height as f32 / factor).round() as usize).max(8);
        let mut across = Self::new(width, self.height);
        let spans = spans(self.width, width);
        for (to, from) in across.values.chunks_exact_mut(width).zip(self.values.chunks_exact(self.width)) {
            for (to, span) in to.iter_mut().zip(&spans) {
                *to = span.iter().map(|&(at, share)| from[at] * share).sum();
            }
        }
        let mut out = Self::new(width, height);
        for (to, span) in out.values.chunks_exact_mut(width).zip(self::spans(self.height, height)) {
            for (y, share) in span {
                for (to, from) in to.iter_mut().zip(across.row(y)) {
                    *to += from * share;
                }
            }
        }
        out
    }

    /// Stretched to another size.
    fn stretched(&self, width: usize, height: usize) -> Self {
        let mut out = Self::new(width, height);
        let place = |at: usize, from: usize, to: usize| {
            let at = ((at as f32 + 0.5) * from as f32 / to as f32 - 0.5).clamp(0.0, from as f32 - 1.0);
            (at as usize, (at as usize + 1).min(from - 1), at.fract())
        };
        let columns: Vec<_> = (0..width).map(|x| place(x, self.width, width)).collect();
        for (y, row) in out.values.chunks_exact_mut(width).enumerate() {
            let (above, below, dy) = place(y, self.height, height);
            let (above, below) = (self.row(above), self.row(below));
            for (to, &(left, right, dx)) in row.iter_mut().zip(&columns) {
                let a = above[left] + (above[right] - above[left]) * dx;
                let b = below[left] + (below[right] - below[left]) * dx;
                *to = a + (b - a) * dy;
            }
        }
        out
    }

    fn bytes(&self) -> Vec<u8> {
        self.values.iter().map(|value| (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8).collect()
    }
}

/// Which pixels, and what share of each, make up each of `parts`.
fn spans(pixels: usize, parts: usize) -> Vec<Vec<(usize, f32)>> {
    let step = pixels as f32 / parts as f32;
    (0..parts)
        .map(|part| {
            let (from, to) = (part as f32 * step, (part + 1) as f32 * step);
            (from as usize..(to.ceil() as usize).min(pixels))
                .map(|at| (at, ((to.min(at as f32 + 1.0) - from.max(at as f32)) / step).max(0.0)))
                .collect()
        })
        .collect()
}

fn gaussian(sigma: f32) -> Option<Vec<f32>> {
    if sigma < 0.15 {
        return None;
    }
    let half = (sigma * 3.0).ceil() as i32;
    let mut kernel: Vec<f32> = (-half..=half).map(|at| (-0.5 * (at as f32 / sigma).powi(2)).exp()).collect();
    let sum: f32 = kernel.iter().sum();
    for weight in &mut kernel {
        *weight /= sum;
    }
    Some(kernel)
}

/// Develops one or three planes of linear light; `extent` is width and height of the frame in its longer side. Bytes, channel by channel
/// next to each other.
pub fn develop(planes: Vec<Plane>, extent: [f32; 2], camera: &Camera, rng: &mut crate::Rng) -> Vec<u8> {
    let Some(first) = planes.first() else { return Vec::new() };
    let (width, height) = (first.width, first.height);
    // Pixels for a thousandth of the longer side.
    let mille = [width as f32 / extent[0] / 1000.0, height as f32 / extent[1] / 1000.0];
    let (motion_sin, motion_cos) = camera.motion_degrees.to_radians().sin_cos();
    let developed: Vec<Plane> = planes
        .into_iter()
        .map(|plane| {
            let motion = [camera.motion_blur * motion_cos * mille[0], camera.motion_blur * motion_sin * mille[1]];
            let mut plane =
                plane.blurred(camera.focus_blur * mille[0], camera.focus_blur * mille[1]).smeared(motion[0], motion[1]);
            let coarse = camera.coarseness > 1.01;
            if coarse {
                plane = plane.coarser(camera.coarseness);
            }
            for value in &mut plane.values {
                *value = toned(stored_value(*value), camera);
            }
            add_noise(&mut plane, camera.noise, rng);
            if coarse {
                plane = plane.stretched(width, height);
            }
            sharpened(plane, camera.sharpening)
        })
        .collect();
    let bytes = interleaved(&developed);
    match camera.jpeg {
        Some(quality) => recompressed(bytes, width, height, quality),
        None => bytes,
    }
}

fn toned(value: f32, camera: &Camera) -> f32 {
    let value = value.min(1.0);
    let value = value + camera.contrast * 4.0 * value * (1.0 - value) * (value - 0.5);
    camera.black + value * (1.0 - camera.black)
}

fn add_noise(plane: &mut Plane, sigma: f32, rng: &mut crate::Rng) {
    if sigma <= 0.0 {
        return;
    }
    let table: &[f32; 4096] = NORMAL.as_slice().try_into().expect("it has 4096 entries");
    for values in plane.values.chunks_mut(5) {
        let mut bits = rng.random::<u64>();
        for value in values {
            // In the dark the tone curve draws the noise apart.
            *value += table[(bits & 4095) as usize] * sigma * (1.3 - 0.6 * *value);
            bits >>= 12;
        }
    }
}

fn sharpened(plane: Plane, strength: f32) -> Plane {
    if strength < 0.01 {
        return plane;
    }
    let soft = plane.clone().blurred(0.9, 0.9);
    let mut plane = plane;
    for (value, soft) in plane.values.iter_mut().zip(&soft.values) {
        *value += (*value - soft) * strength;
    }
    plane
}

fn interleaved(planes: &[Plane]) -> Vec<u8> {
    if let [only] = planes {
        return only.bytes();
    }
    let all: Vec<Vec<u8>> = planes.iter().map(Plane::bytes).collect();
    let pixels = all.first().map_or(0, Vec::len);
    (0..pixels).flat_map(|at| all.iter().map(move |plane| plane[at])).collect()
}

fn recompressed(bytes: Vec<u8>, width: usize, height: usize, quality: u8) -> Vec<u8> {
    let grey = bytes.len() == width * height;
    let colours = if grey { ExtendedColorType::L8 } else { ExtendedColorType::Rgb8 };
    let mut file = Vec::new();
    let written =
        JpegEncoder::new_with_quality(&mut file, quality).write_image(&bytes, width as u32, height as u32, colours);
    let read = written.and_then(|()| image::load_from_memory_with_format(&file, ImageFormat::Jpeg));
    match read {
        Ok(picture) if grey => picture.into_luma8().into_raw(),
        Ok(picture) => picture.into_rgb8().into_raw(),
        Err(_) => bytes,
    }
}
