//! How good a picture is to look at, and how much it differs from the one before. In: luminance. Out: measures from 0 to 1.
//! All are taken at analysis size (`Luma::for_analysis`), so that a limit means the same for every camera.
//! Does not know: what is in the picture, which limits hold, what time it is.

use crate::luma::Luma;

/// Steps of grey between neighbours that are the sensor's noise or the coder's, not detail.
const NOISE: u8 = 3;
/// Pixels of the blur that sharp pictures lose most detail to; odd (Crete et al. use 9).
const BLUR: u8 = 9;
/// Mean step of grey below which there is too little detail to judge by; keeps empty pictures near 0.
const LEAST_DETAIL: f32 = 0.1;
/// Luminance that is blown out, as ISO/IEC 29794-5 counts over-exposure.
const BLOWN_OUT: u8 = 247;
/// Steps of grey that are added up together, and how many such blocks: their sums fit in 16 bits.
const ABREAST: usize = 16;
const BLOCKS: usize = 24;
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
        let now = now.for_analysis().into_owned();
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
    let histogram = histogram(luma);
    let pixels = luma.width() * luma.height();
    let sum: usize = histogram.iter().enumerate().map(|(value, count)| value * count).sum();
    let spread = percentile(&histogram, pixels, 95) - percentile(&histogram, pixels, 5);
    Quality {
        sharpness: sharpness(luma),
        brightness: sum as f32 / (255 * pixels) as f32,
        contrast: spread as f32 / 255.0,
        glare: if histogram[usize::from(BLOWN_OUT)..].iter().sum::<usize>() * LEAST_BLOB < pixels {
            0.0
        } else {
            glare(luma)
        },
    }
}

/// How often each value of luminance occurs.
pub fn histogram(luma: &Luma) -> [usize; 256] {
    // Neighbours are often alike; in one table each count would wait for the one before it.
    let mut tables = [[0_u32; 256]; 4];
    for row in luma.rows() {
        for pixels in row.chunks(tables.len()) {
            pixels.iter().zip(&mut tables).for_each(|(&pixel, table)| table[usize::from(pixel)] += 1);
        }
    }
    std::array::from_fn(|value| tables.iter().map(|table| table[value] as usize).sum())
}

/// The smallest value that at least this share of pixels does not exceed.
pub fn percentile(histogram: &[usize; 256], pixels: usize, percent: usize) -> usize {
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
    let (mut across, mut down) = (Detail::default(), Detail::default());
    let half = usize::from(BLUR / 2);
    // The step of a running mean is the pixel that enters less the pixel that leaves; beyond the ends the last pixel repeats.
    let mut line = vec![0; luma.width() + 2 * half];
    for row in luma.rows() {
        line[half..half + row.len()].copy_from_slice(row);
        line[..half].fill(row[0]);
        line[half + row.len()..].fill(row[row.len() - 1]);
        across.add([&line, row, &row[1..], &line[2 * half + 1..]]);
    }
    let last = luma.height() - 1;
    for y in 0..last {
        down.add([y.saturating_sub(half), y, y + 1, (y + 1 + half).min(last)].map(|y| luma.row(y)));
    }
    across.share().min(down.share())
}

/// Steps of grey, and how much of them a blur takes away; in ninths of a grey level, as the running mean has them.
#[derive(Default)]
struct Detail {
    lost: u64,
    all: u64,
    steps: usize,
}

impl Detail {
    /// Adds the steps from each pixel to the next, by the pixels that leave and enter the running mean with them; as many as there are of each.
    fn add(&mut self, lines: [&[u8]; 4]) {
        let count = lines.iter().map(|line| line.len()).min().unwrap_or(0);
        self.steps += count;
        for from in (0..count).step_by(BLOCKS * ABREAST) {
            let to = count.min(from + BLOCKS * ABREAST);
            self.add_blocks(lines.map(|line| line[from..to].as_chunks()));
        }
    }

    fn add_blocks(&mut self, [leaving, here, next, entering]: [(&[[u8; ABREAST]], &[u8]); 4]) {
        // Where there is no step there is nothing to add.
        let rests = [leaving.1, here.1, next.1, entering.1].map(|rest| {
            let mut block = [0; ABREAST];
            block[..rest.len()].copy_from_slice(rest);
            block
        });
        let blocks = leaving.0.iter().zip(here.0).zip(next.0.iter().zip(entering.0));
        let [ref leaving, ref here, ref next, ref entering] = rests;
        let (mut all, mut lost) = ([0_u16; ABREAST], [0_u16; ABREAST]);
        for ((leaving, here), (next, entering)) in blocks.chain([((leaving, here), (next, entering))]) {
            for at in 0..ABREAST {
                let step = u16::from(next[at].abs_diff(here[at]).saturating_sub(NOISE)) * u16::from(BLUR);
                all[at] += step;
                lost[at] += step.saturating_sub(u16::from(entering[at].abs_diff(leaving[at])));
            }
        }
        self.all += all.map(u64::from).iter().sum::<u64>();
        self.lost += lost.map(u64::from).iter().sum::<u64>();
    }

    fn share(&self) -> f32 {
        if self.steps == 0 {
            return 0.0;
        }
        self.lost as f32 / (self.all as f32 + LEAST_DETAIL * (usize::from(BLUR) * self.steps) as f32)
    }
}

fn glare(luma: &Luma) -> f32 {
    let (width, pixels) = (luma.width(), luma.width() * luma.height());
    let mut blown = Vec::with_capacity(pixels);
    for row in luma.rows() {
        blown.extend(row.iter().map(|&pixel| pixel >= BLOWN_OUT));
    }
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
