//! How good a picture is to look at, and how much it differs from the one before. In: luminance. Out: measures from 0 to 1.
//! All are taken at analysis size (`Luma::for_analysis`), so that a limit means the same for every camera.
//! Does not know: what is in the picture, which limits hold, what time it is.

use crate::luma::Luma;

/// Steps of grey between neighbours that are the sensor's noise or the coder's, not detail.
const NOISE: i32 = 3;
/// Pixels of the blur that sharp pictures lose most detail to; odd (Crete et al. use 9).
const BLUR: u8 = 9;
/// Mean step of grey below which there is too little detail to judge by; keeps empty pictures near 0.
const LEAST_DETAIL: f32 = 0.1;
/// Luminance that is blown out, as ISO/IEC 29794-5 counts over-exposure.
const BLOWN_OUT: u8 = 247;
/// A blob of glare covers at least this part of the picture (1 ‰): grain and print on white paper are smaller.
const LEAST_BLOB: usize = 1_000;

/// Measures of one picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// Detail at fine scale relative to coarse scale, 0 (blurred, or nothing to judge by) to 1 (sharp).
    ///
    /// With d = max(0, |step between neighbours| − 3 grey levels) and b = |the same step after a running mean of 9 pixels|:
    /// Σ max(0, d − b) ÷ (Σ d + 0.1 n), the smaller of across and down. This is 1 − the blur effect of Crete, Dolmière,
    /// Ladret and Nicolas (2007, SPIE 6492, "The blur effect: perception and estimation with a new no-reference perceptual blur
    /// metric"), with a floor for noise.
    pub sharpness: f32,
    /// Mean luminance ÷ 255.
    pub brightness: f32,
    /// (95th − 5th percentile of luminance) ÷ 255.
    pub contrast: f32,
    /// Share of pixels with luminance of 247 or more (over-exposure in ISO/IEC 29794-5) that hang together, side by side, in blobs
    /// of at least 1 ‰ of the picture.
    pub glare: f32,
}

/// Measures a picture of any size.
pub fn measure(luma: &Luma) -> Quality {
    measure_at_size(&luma.for_analysis())
}

/// Mean absolute difference of luminance ÷ 255, pixel by pixel; `None` if the pictures differ in size. Take both at one size.
pub fn motion(before: &Luma, now: &Luma) -> Option<f32> {
    let same_size = (before.width(), before.height()) == (now.width(), now.height());
    same_size.then(|| {
        let pairs = before.rows().zip(now.rows());
        let sum: u64 = pairs.map(|(a, b)| a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>()).sum();
        sum as f32 / (255 * now.width() * now.height()) as f32
    })
}

/// What a frame is and how it differs from the one before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// The frame alone.
    pub quality: Quality,
    /// As `motion`; `None` for the first frame and after a change of size.
    pub motion: Option<f32>,
    /// Bit for bit the frame before, at analysis size. A live sensor's noise never repeats.
    pub identical: bool,
}

/// Looks at one frame after the other.
#[derive(Clone, Debug, Default)]
pub struct Analyser {
    before: Option<Luma<'static>>,
}

impl Analyser {
    /// The next frame. It is measured at analysis size (`Luma::for_analysis`).
    pub fn look(&mut self, now: &Luma) -> Seen {
        let now = now.for_analysis();
        let seen = Seen {
            quality: measure_at_size(&now),
            motion: self.before.as_ref().and_then(|before| motion(before, &now)),
            identical: self.before.as_ref() == Some(&now),
        };
        self.before = Some(now);
        seen
    }
}

fn measure_at_size(luma: &Luma) -> Quality {
    let mut histogram = [0_usize; 256];
    for &pixel in luma.rows().flatten() {
        histogram[usize::from(pixel)] += 1;
    }
    let pixels = luma.width() * luma.height();
    let sum: usize = histogram.iter().enumerate().map(|(value, count)| value * count).sum();
    let spread = percentile(&histogram, pixels, 95) - percentile(&histogram, pixels, 5);
    Quality {
        sharpness: sharpness(luma),
        brightness: sum as f32 / (255 * pixels) as f32,
        contrast: spread as f32 / 255.0,
        glare: glare(luma),
    }
}

/// The smallest value that at least this share of pixels does not exceed.
fn percentile(histogram: &[usize; 256], pixels: usize, percent: usize) -> usize {
    let wanted = (pixels * percent).div_ceil(100);
    let mut counted = 0;
    histogram
        .iter()
        .position(|count| {
            counted += count;
            counted >= wanted
        })
        .unwrap_or(255)
}

fn sharpness(luma: &Luma) -> f32 {
    let across = luma.rows().fold(Detail::default(), Detail::with);
    let mut column = vec![0; luma.height()];
    let down = (0..luma.width()).fold(Detail::default(), |detail, x| {
        for (pixel, row) in column.iter_mut().zip(luma.rows()) {
            *pixel = row[x];
        }
        detail.with(&column)
    });
    across.share().min(down.share())
}

/// Steps of grey along lines, and how much of them a blur takes away; in ninths of a grey level, as the running mean has them.
#[derive(Default)]
struct Detail {
    lost: i64,
    all: i64,
    steps: usize,
}

impl Detail {
    fn with(mut self, line: &[u8]) -> Self {
        // The step of a running mean is the pixel that enters less the pixel that leaves; beyond the ends the last pixel repeats.
        let half = usize::from(BLUR / 2);
        let last = line.len() - 1;
        for at in 0..last {
            let all = (difference(line[at + 1], line[at]) - NOISE).max(0) * i32::from(BLUR);
            let kept = difference(line[(at + 1 + half).min(last)], line[at.saturating_sub(half)]);
            self.all += i64::from(all);
            self.lost += i64::from((all - kept).max(0));
        }
        self.steps += last;
        self
    }

    fn share(&self) -> f32 {
        if self.steps == 0 {
            return 0.0;
        }
        self.lost as f32 / (self.all as f32 + LEAST_DETAIL * (usize::from(BLUR) * self.steps) as f32)
    }
}

fn difference(a: u8, b: u8) -> i32 {
    i32::from(a.abs_diff(b))
}

fn glare(luma: &Luma) -> f32 {
    let (width, pixels) = (luma.width(), luma.width() * luma.height());
    let mut blown: Vec<bool> = luma.rows().flatten().map(|&pixel| pixel >= BLOWN_OUT).collect();
    let mut glaring = 0;
    let mut blob = Vec::new();
    for start in 0..pixels {
        if !std::mem::take(&mut blown[start]) {
            continue;
        }
        blob.push(start);
        let mut size = 0;
        while let Some(at) = blob.pop() {
            size += 1;
            let beside = [
                (at % width > 0).then(|| at - 1),
                (at % width + 1 < width).then_some(at + 1),
                at.checked_sub(width),
                (at + width < pixels).then_some(at + width),
            ];
            blob.extend(beside.into_iter().flatten().filter(|&next| std::mem::take(&mut blown[next])));
        }
        if size * LEAST_BLOB >= pixels {
            glaring += size;
        }
    }
    glaring as f32 / pixels as f32
}

#[cfg(test)]
#[path = "quality_tests.rs"]
mod tests;
