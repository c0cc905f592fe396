//! Pictures that are looked at from near and far: with smaller copies, so that fine print turns grey instead of flickering.
//! In: pictures as they are stored (sRGB). Out: linear light.

use std::sync::LazyLock;

use image::{RgbImage, Rgba, RgbaImage};

/// Red, green, blue in linear light, 1 is a white surface; and how opaque, from 0 to 1.
pub type Colour = [f32; 4];

/// A picture and its copies at half, quarter, … size.
#[derive(Clone, Debug)]
pub struct Texture {
    levels: Vec<Level>,
    mean: Colour,
}

/// Texels row by row; red in the lowest byte, then green, blue and how opaque.
#[derive(Clone, Debug)]
struct Level {
    width: i32,
    height: i32,
    /// Its sides as shares of the first level's.
    scale: [f32; 2],
    texels: Vec<u32>,
}

/// What lies beyond a picture's edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Its last pixels, on and on.
    Clamp,
    /// Its mirror image.
    Mirror,
    /// The picture again.
    Repeat,
}

static LINEAR: LazyLock<[f32; 256]> = LazyLock::new(|| {
    std::array::from_fn(|value| {
        let value = value as f32 / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
});

/// Linear light of a stored value (IEC 61966-2-1).
pub fn linear(value: u8) -> f32 {
    LINEAR[usize::from(value)]
}

/// Stored value from 0 to 1 of linear light (IEC 61966-2-1); more than 1 goes on above 1.
pub fn encoded(light: f32) -> f32 {
    if light <= 0.003_130_8 { light.max(0.0) * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

/// `linear` of a share from 0 to 1, off by less than 0.002; quick.
#[inline]
pub fn nearly_linear(value: f32) -> f32 {
    value * (value * (value * 0.305_306_01 + 0.682_171_1) + 0.012_522_878)
}

impl Texture {
    /// Of a picture without holes.
    pub fn opaque(picture: &RgbImage) -> Self {
        let mut whole = RgbaImage::new(picture.width(), picture.height());
        for (to, from) in whole.pixels_mut().zip(picture.pixels()) {
            let [r, g, b] = from.0;
            *to = Rgba([r, g, b, 255]);
        }
        Self::new(whole)
    }

    /// Of a picture of at least one pixel, alpha not multiplied in.
    pub fn new(picture: RgbaImage) -> Self {
        let mut levels = Vec::new();
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        let mut picture = picture;
        loop {
            levels.push(Level::new(&picture, [width, height]));
            if picture.width().max(picture.height()) == 1 {
                break;
            }
            picture = halved(&picture);
        }
        Self { levels, mean: lit(picture.get_pixel(0, 0).0.map(f32::from)) }
    }

    /// Width and height in texels.
    pub fn size(&self) -> [f32; 2] {
        [self.levels[0].width as f32, self.levels[0].height as f32]
    }

    /// Mean colour.
    pub fn mean(&self) -> Colour {
        self.mean
    }

    /// What a picture element sees that looks at texel `at` and spans the two `steps` (in texels), from corner to corner.
    pub fn sample(&self, at: [f32; 2], steps: [[f32; 2]; 2], edge: Edge) -> Colour {
        let [width, height] = self.size();
        let at = match edge {
            Edge::Clamp => at,
            Edge::Repeat => {
                [at[0] - width * floor(at[0] / width) as f32, at[1] - height * floor(at[1] / height) as f32]
            }
            Edge::Mirror => [
                at[0] - 2.0 * width * floor(at[0] / (2.0 * width)) as f32,
                at[1] - 2.0 * height * floor(at[1] / (2.0 * height)) as f32,
            ],
        };
        let [across, down] = steps.map(|[x, y]| x * x + y * y);
        if across.max(down) < 0.5 {
            let level = &self.levels[0];
            return lit(values(level.look(level.parts(at, 4), 4, edge)));
        }
        // Each of four looks stands for a half by a half of the picture element.
        let spread = across.min(down).max(across.max(down) / 4.0) / 4.0;
        let level = ((exponent(spread * 2.0) / 2).max(0) as usize).min(self.levels.len() - 1);
        let level = &self.levels[level];
        let [x, y] = level.parts(at, 3);
        let step = |along: f32, scale: f32| (along * scale * 2.0 + 1024.5) as i32 - 1024;
        let [ax, ay] =
            [step(steps[0][0] + steps[1][0], level.scale[0]), step(steps[0][1] + steps[1][1], level.scale[1])];
        let [bx, by] =
            [step(steps[0][0] - steps[1][0], level.scale[0]), step(steps[0][1] - steps[1][1], level.scale[1])];
        let sum = level.look([x - ax, y - ay], 3, edge)
            + level.look([x + ax, y + ay], 3, edge)
            + level.look([x - bx, y - by], 3, edge)
            + level.look([x + bx, y + by], 3, edge);
        lit(values(sum))
    }
}

impl Level {
    fn new(picture: &RgbaImage, [whole_width, whole_height]: [f32; 2]) -> Self {
        let texels = picture.pixels().map(|pixel| u32::from_le_bytes(pixel.0)).collect();
        let (width, height) = picture.dimensions();
        let scale = [width as f32 / whole_width, height as f32 / whole_height];
        Self { width: width.cast_signed(), height: height.cast_signed(), scale, texels }
    }

    /// A place of the first level in parts of this level's texels (2 to the power of `bits`), from the first texel's middle.
    #[inline]
    fn parts(&self, at: [f32; 2], bits: i32) -> [i32; 2] {
        let parts = (1 << bits) as f32;
        [0, 1].map(|axis| floor((at[axis] * self.scale[axis] - 0.5) * parts + 0.5))
    }

    /// Stored values between the four texels nearest to a place, times the parts squared; each has 16 bits.
    #[expect(clippy::inline_always, reason = "it is asked up to four times a pixel; a tenth of a frame's time")]
    #[inline(always)]
    fn look(&self, place: [i32; 2], bits: i32, edge: Edge) -> u64 {
        let parts = 1 << bits;
        let [dx, dy] = place.map(|along| (along & (parts - 1)) as u64);
        let [a, b, c, d] = self.four(place[0] >> bits, place[1] >> bits, edge).map(spread);
        let parts = parts as u64;
        let above = a * (parts - dx) + b * dx;
        let below = c * (parts - dx) + d * dx;
        above * (parts - dy) + below * dy
    }

    #[expect(clippy::inline_always, reason = "it is asked up to four times a pixel; a tenth of a frame's time")]
    #[inline(always)]
    fn four(&self, left: i32, top: i32, edge: Edge) -> [u32; 4] {
        if (0..self.width - 1).contains(&left) && (0..self.height - 1).contains(&top) {
            let start = (top * self.width + left) as usize;
            let below = start + self.width as usize;
            if let (Some(&[a, b]), Some(&[c, d])) =
                (self.texels[start..].first_chunk(), self.texels[below..].first_chunk())
            {
                return [a, b, c, d];
            }
        }
        let columns = [folded(left, self.width, edge), folded(left + 1, self.width, edge)];
        let rows = [folded(top, self.height, edge), folded(top + 1, self.height, edge)];
        let texel = |column: i32, row: i32| self.texels[(row * self.width + column) as usize];
        [texel(columns[0], rows[0]), texel(columns[1], rows[0]), texel(columns[0], rows[1]), texel(columns[1], rows[1])]
    }
}

/// A texel with 16 bits for each colour: red, blue, green, how opaque.
#[inline]
fn spread(texel: u32) -> u64 {
    (u64::from(texel) | u64::from(texel) << 24) & 0x00ff_00ff_00ff_00ff
}

/// Red, green, blue and opacity, from 0 to 255, of 256 spread texels.
#[inline]
fn values(sum: u64) -> [f32; 4] {
    [sum & 0xffff, sum >> 32 & 0xffff, sum >> 16 & 0xffff, sum >> 48].map(|value| value as f32 * (1.0 / 256.0))
}

/// As `f32::floor`, which is a call on machines that have no instruction for it.
#[inline]
fn floor(value: f32) -> i32 {
    let whole = value as i32;
    if whole as f32 > value { whole - 1 } else { whole }
}

/// The texel at a place that may lie beyond the picture by less than its side.
fn folded(place: i32, size: i32, edge: Edge) -> i32 {
    if (0..size).contains(&place) {
        return place;
    }
    let there = match edge {
        Edge::Clamp => place,
        Edge::Repeat => place.rem_euclid(size),
        Edge::Mirror if place < 0 => -1 - place,
        Edge::Mirror => (2 * size - 1 - place).max(place - 2 * size),
    };
    there.clamp(0, size - 1)
}

#[inline]
fn lit(stored: [f32; 4]) -> Colour {
    let [r, g, b, a] = stored.map(|value| value * (1.0 / 255.0));
    [nearly_linear(r), nearly_linear(g), nearly_linear(b), a]
}

/// Whole part of the logarithm to base 2 of a positive number; the same on every machine.
#[inline]
fn exponent(value: f32) -> i32 {
    ((value.to_bits() >> 23) & 0xff).cast_signed() - 127
}

fn halved(picture: &RgbaImage) -> RgbaImage {
    let (width, height) = ((picture.width() / 2).max(1), (picture.height() / 2).max(1));
    let (right, bottom) = (picture.width() - 1, picture.height() - 1);
    RgbaImage::from_fn(width, height, |x, y| {
        let mut sum = [0.0; 4];
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let [r, g, b, a] = picture.get_pixel((x * 2 + dx).min(right), (y * 2 + dy).min(bottom)).0;
            let alpha = f32::from(a);
            for (sum, value) in sum.iter_mut().zip([linear(r) * alpha, linear(g) * alpha, linear(b) * alpha, alpha]) {
                *sum += value;
            }
        }
        let alpha = sum[3].max(1e-3);
        let value = |at: usize| stored(sum[at] / alpha);
        Rgba([value(0), value(1), value(2), (sum[3] / 4.0 + 0.5) as u8])
    })
}

/// The stored value of linear light.
pub fn stored(light: f32) -> u8 {
    static STORED: LazyLock<Vec<u8>> =
        LazyLock::new(|| (0..=4096).map(|step| (encoded(step as f32 / 4096.0) * 255.0 + 0.5) as u8).collect());
    STORED[(light.clamp(0.0, 1.0) * 4096.0 + 0.5) as usize]
}
