//! The arithmetic of networks on planes of 32-bit numbers: channel after channel, row after row. Loops run over blocks of fixed length,
//! which the compiler turns into SIMD. Does not know: the network.

/// Pixels computed together: two registers of four lanes.
const LANES: usize = 8;
/// Blocks of pixels that are laid out together: a line of the cache and more.
const STRIP: usize = 8;
/// Output channels computed together.
const OUTS: usize = 4;

/// Channels, height and width of planes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Planes.
    pub channels: usize,
    /// Rows of a plane.
    pub height: usize,
    /// Numbers of a row.
    pub width: usize,
}

impl Size {
    /// Numbers of one plane.
    pub const fn plane(self) -> usize {
        self.height * self.width
    }

    /// Numbers of all planes.
    pub const fn len(self) -> usize {
        self.channels * self.plane()
    }
}

/// Weights of a matrix `[outputs, inputs]`, laid out so that those used together lie together.
#[derive(Clone, Debug)]
pub struct Matrix {
    inputs: usize,
    /// Per block of `OUTS` outputs, per input: the weights of these outputs. The last block is filled up with zeros.
    packed: Vec<[f32; OUTS]>,
    bias: Vec<f32>,
}

impl Matrix {
    /// From row-major weights.
    pub fn new(outputs: usize, inputs: usize, weights: &[f32], bias: &[f32]) -> Self {
        let blocks = outputs.div_ceil(OUTS);
        let weight =
            |output: usize, input: usize| if output < outputs { weights[output * inputs + input] } else { 0.0 };
        let packed = (0..blocks * inputs)
            .map(|at| std::array::from_fn(|out| weight(at / inputs * OUTS + out, at % inputs)))
            .collect();
        let mut bias = bias.to_vec();
        bias.resize(blocks * OUTS, 0.0);
        Self { inputs, packed, bias }
    }

    /// Weighted sums over channels, pixel by pixel: `inputs` planes of `plane` numbers to `outputs` planes.
    pub fn apply(&self, input: &[f32], plane: usize, relu: bool, output: &mut [f32]) {
        // The same pixels of all channels come to lie side by side: planes apart they would push each other out of the cache.
        let mut strip = vec![[0.0; LANES]; STRIP * self.inputs];
        let mut rest = [0.0; LANES];
        for from in (0..plane).step_by(STRIP * LANES) {
            let count = (STRIP * LANES).min(plane - from);
            for (at, channel) in input.chunks_exact(plane).enumerate() {
                let (blocks, tail) = channel[from..from + count].as_chunks();
                rest[..tail.len()].copy_from_slice(tail);
                let tail = (!tail.is_empty()).then_some(&rest);
                for (block, pixels) in blocks.iter().chain(tail).enumerate() {
                    strip[block * self.inputs + at] = *pixels;
                }
            }
            for (block, pixels) in strip.chunks_exact(self.inputs).take(count.div_ceil(LANES)).enumerate() {
                self.mix(pixels, from + block * LANES, plane, relu, output);
            }
        }
    }

    /// All outputs for a block of pixels.
    fn mix(&self, pixels: &[[f32; LANES]], at: usize, plane: usize, relu: bool, output: &mut [f32]) {
        let blocks = self.packed.chunks_exact(self.inputs).zip(self.bias.as_chunks::<OUTS>().0);
        for ((weights, bias), planes) in blocks.zip(output.chunks_mut(OUTS * plane)) {
            let sums = products(pixels, weights);
            for ((sum, bias), row) in sums.iter().zip(bias).zip(planes.chunks_exact_mut(plane)) {
                let sum = sum.map(|value| value + bias);
                let sum = if relu { positive(sum) } else { sum };
                let row = &mut row[at..];
                if let Some(row) = row.first_chunk_mut() {
                    *row = sum;
                } else {
                    row.iter_mut().zip(sum).for_each(|(value, sum)| *value = sum);
                }
            }
        }
    }
}

/// Negative numbers become 0.
fn positive<const WIDE: usize>(values: [f32; WIDE]) -> [f32; WIDE] {
    // Unlike `max`, which has to think of what is not a number, this is one instruction.
    values.map(|value| if value > 0.0 { value } else { 0.0 })
}

/// For each of `OUTS` outputs the weighted sum of a block of pixels over all inputs.
#[inline]
fn products(pixels: &[[f32; LANES]], weights: &[[f32; OUTS]]) -> [[f32; LANES]; OUTS] {
    let mut sums = [[0.0; LANES]; OUTS];
    for (pixels, weights) in pixels.iter().zip(weights) {
        for (sum, weight) in sums.iter_mut().zip(weights) {
            for (sum, pixel) in sum.iter_mut().zip(pixels) {
                *sum += weight * pixel;
            }
        }
    }
    sums
}

/// A square window of odd side that moves over planes; what lies beyond their edges is 0.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Its side.
    pub side: usize,
    /// How far it moves.
    pub stride: usize,
}

impl Window {
    /// Size of what comes out of planes of this size, channels unchanged.
    pub const fn over(self, size: Size) -> Size {
        Size { height: size.height.div_ceil(self.stride), width: size.width.div_ceil(self.stride), ..size }
    }

    /// Room for a plane with a border of zeros, `side / 2` wide, and the numbers of a phase. Rows are laid out by phase, columns 0,
    /// stride, 2 stride … first: what a window sees of them, place after place, lies together.
    fn bordered(self, size: Size) -> (Vec<f32>, usize) {
        let border = 2 * (self.side / 2);
        // Blocks at the end of a row may be read beyond it.
        let phase = (size.width + border).div_ceil(self.stride) + LANES;
        (vec![0.0; phase * self.stride * (size.height + border)], phase)
    }

    /// Puts a plane inside its border.
    fn fill(self, plane: &[f32], size: Size, phase: usize, bordered: &mut [f32]) {
        let border = self.side / 2;
        for (y, row) in plane.chunks_exact(size.width).enumerate() {
            for first in 0..self.stride.min(size.width) {
                let line = (y + border) * self.stride + (first + border) % self.stride;
                let kept = &mut bordered[line * phase + (first + border) / self.stride..];
                if self.stride == 1 {
                    kept[..row.len()].copy_from_slice(row);
                } else {
                    let pixels = row[first..].iter().step_by(self.stride);
                    kept.iter_mut().zip(pixels).for_each(|(kept, pixel)| *kept = *pixel);
                }
            }
        }
    }

    /// Convolves each plane with its own window: `weights` is `[channels, side, side]`.
    pub fn depthwise(self, input: &[f32], size: Size, weights: &[f32], bias: &[f32], relu: bool, output: &mut [f32]) {
        match (self.side, self.stride) {
            (3, 1) => self.depthwise_of::<3, 1>(input, size, weights, bias, relu, output),
            (5, 1) => self.depthwise_of::<5, 1>(input, size, weights, bias, relu, output),
            (3, _) => self.depthwise_of::<3, 2>(input, size, weights, bias, relu, output),
            _ => self.depthwise_of::<5, 2>(input, size, weights, bias, relu, output),
        }
    }

    fn depthwise_of<const SIDE: usize, const STRIDE: usize>(
        self,
        input: &[f32],
        size: Size,
        weights: &[f32],
        bias: &[f32],
        relu: bool,
        output: &mut [f32],
    ) {
        let out = self.over(size);
        let (mut bordered, phase) = self.bordered(size);
        let planes = input.chunks_exact(size.plane()).zip(output.chunks_exact_mut(out.plane()));
        for (((plane, output), weights), &bias) in planes.zip(weights.chunks_exact(SIDE * SIDE)).zip(bias) {
            self.fill(plane, size, phase, &mut bordered);
            for (y, row) in output.chunks_exact_mut(out.width).enumerate() {
                let lines = &bordered[y * STRIDE * STRIDE * phase..][..SIDE * STRIDE * phase];
                let (wide, rest) = row.as_chunks_mut::<{ 2 * LANES }>();
                let mut at = 0;
                for pixels in wide {
                    let sums = seen::<SIDE, STRIDE, { 2 * LANES }>(lines, phase, at, weights, bias);
                    *pixels = if relu { positive(sums) } else { sums };
                    at += 2 * LANES;
                }
                for pixels in rest.chunks_mut(LANES) {
                    let sums = seen::<SIDE, STRIDE, LANES>(lines, phase, at, weights, bias);
                    let sums = if relu { positive(sums) } else { sums };
                    if let Some(pixels) = pixels.first_chunk_mut() {
                        *pixels = sums;
                    } else {
                        pixels.iter_mut().zip(sums).for_each(|(pixel, sum)| *pixel = sum);
                    }
                    at += LANES;
                }
            }
        }
    }

    /// What each window sees, as planes: `channels × side × side` planes of the output's size. A matrix over them is a convolution.
    pub fn unfold(self, input: &[f32], size: Size, output: &mut Vec<f32>) {
        let out = self.over(size);
        let (mut bordered, phase) = self.bordered(size);
        output.clear();
        for plane in input.chunks_exact(size.plane()) {
            self.fill(plane, size, phase, &mut bordered);
            for dy in 0..self.side {
                for dx in 0..self.side {
                    for y in 0..out.height {
                        let line = (y * self.stride + dy) * self.stride + dx % self.stride;
                        output.extend_from_slice(&bordered[line * phase + dx / self.stride..][..out.width]);
                    }
                }
            }
        }
    }
}

/// Weighted sums of what `WIDE` windows side by side see of their lines.
#[expect(
    clippy::inline_always,
    reason = "called for every eight or sixteen pixels, the call would take a tenth of the network's time"
)]
#[inline(always)]
fn seen<const SIDE: usize, const STRIDE: usize, const WIDE: usize>(
    lines: &[f32],
    phase: usize,
    at: usize,
    weights: &[f32],
    bias: f32,
) -> [f32; WIDE] {
    let mut sums = [bias; WIDE];
    for (line, weights) in lines.chunks_exact(STRIDE * phase).zip(weights.as_chunks::<SIDE>().0) {
        for (dx, weight) in weights.iter().enumerate() {
            let begin = dx % STRIDE * phase + dx / STRIDE + at;
            let seen: &[f32; WIDE] = line[begin..].first_chunk().expect("rows are longer than windows reach");
            for (sum, seen) in sums.iter_mut().zip(seen) {
                *sum += weight * seen;
            }
        }
    }
    sums
}

/// Sum of two, number by number.
pub fn add(a: &[f32], b: &[f32], relu: bool, output: &mut [f32]) {
    let pairs = output.iter_mut().zip(a.iter().zip(b));
    if relu {
        pairs.for_each(|(output, (a, b))| *output = if a + b > 0.0 { a + b } else { 0.0 });
    } else {
        pairs.for_each(|(output, (a, b))| *output = a + b);
    }
}

/// Negative numbers become 0.
pub fn relu(input: &[f32], output: &mut [f32]) {
    output.iter_mut().zip(input).for_each(|(output, &input)| *output = if input > 0.0 { input } else { 0.0 });
}

/// Each pixel becomes two by two.
pub fn doubled(input: &[f32], size: Size, output: &mut [f32]) {
    let rows = input.chunks_exact(size.width).zip(output.chunks_exact_mut(4 * size.width));
    for (row, two) in rows {
        let (upper, lower) = two.split_at_mut(2 * size.width);
        for (pair, &pixel) in upper.as_chunks_mut::<2>().0.iter_mut().zip(row) {
            *pair = [pixel; 2];
        }
        lower.copy_from_slice(upper);
    }
}

/// Mean of each plane.
pub fn means(input: &[f32], size: Size, output: &mut [f32]) {
    for (plane, output) in input.chunks_exact(size.plane()).zip(output) {
        *output = plane.iter().sum::<f32>() / size.plane() as f32;
    }
}

/// Greatest number of each plane.
pub fn peaks(input: &[f32], size: Size, output: &mut [f32]) {
    for (plane, output) in input.chunks_exact(size.plane()).zip(output) {
        *output = plane.iter().copied().fold(f32::NEG_INFINITY, |peak, value| if value > peak { value } else { peak });
    }
}
