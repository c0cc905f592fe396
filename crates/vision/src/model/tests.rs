use super::{
    kernels::{self, Matrix, Size, Window},
    *,
};

/// Numbers between −1 and 1 that look like nothing.
fn noise(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as f32 / u32::MAX as f32 * 2.0 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

fn assert_close(a: &[f32], b: &[f32]) {
    assert_eq!(a.len(), b.len());
    for (at, (a, b)) in a.iter().zip(b).enumerate() {
        assert!((a - b).abs() < 1e-4, "{at}: {a} for {b}");
    }
}

/// A convolution as its definition says, number by number.
fn convolved(input: &[f32], size: Size, weights: &[f32], bias: &[f32], window: Window, groups: usize) -> Vec<f32> {
    let out = window.over(size);
    let (outputs, each) = (bias.len(), size.channels / groups);
    let border = (window.side / 2).cast_signed();
    let mut sums = Vec::new();
    for output in 0..outputs {
        for at in 0..out.plane() {
            let (x, y) = (at % out.width, at / out.width);
            let mut sum = bias[output];
            for input_of_group in 0..each {
                let channel = output / (outputs / groups) * each + input_of_group;
                for tap in 0..window.side * window.side {
                    let row = (y * window.stride + tap / window.side).cast_signed() - border;
                    let column = (x * window.stride + tap % window.side).cast_signed() - border;
                    let inside = (0..size.height.cast_signed()).contains(&row)
                        && (0..size.width.cast_signed()).contains(&column);
                    if inside {
                        let pixel =
                            input[channel * size.plane() + row.cast_unsigned() * size.width + column.cast_unsigned()];
                        sum += pixel * weights[(output * each + input_of_group) * window.side * window.side + tap];
                    }
                }
            }
            sums.push(sum);
        }
    }
    sums
}

const SIZES: [(usize, usize, usize); 5] = [(1, 1, 1), (3, 5, 7), (4, 8, 16), (6, 9, 24), (2, 5, 47)];

#[test]
fn depthwise_convolutions_are_what_their_definition_says() {
    for (channels, height, width) in SIZES {
        let size = Size { channels, height, width };
        let input = noise(size.len(), 1);
        for (side, stride) in [(3, 1), (3, 2), (5, 1), (5, 2)] {
            let window = Window { side, stride };
            let (weights, bias) = (noise(channels * side * side, 2), noise(channels, 3));
            let mut output = vec![0.0; window.over(size).len()];
            window.depthwise(&input, size, &weights, &bias, false, &mut output);
            assert_close(&output, &convolved(&input, size, &weights, &bias, window, channels));
        }
    }
}

#[test]
fn full_convolutions_are_what_their_definition_says() {
    for (channels, height, width) in SIZES {
        let size = Size { channels, height, width };
        let input = noise(size.len(), 4);
        for (side, stride, outputs) in [(1, 1, 5), (1, 2, 4), (3, 1, 3), (3, 2, 9)] {
            let window = Window { side, stride };
            let (weights, bias) = (noise(outputs * channels * side * side, 5), noise(outputs, 6));
            let matrix = Matrix::new(outputs, channels * side * side, &weights, &bias);
            let mut unfolded = Vec::new();
            window.unfold(&input, size, &mut unfolded);
            let mut output = vec![0.0; outputs * window.over(size).plane()];
            matrix.apply(&unfolded, window.over(size).plane(), false, &mut output);
            assert_close(&output, &convolved(&input, size, &weights, &bias, window, 1));
        }
    }
}

#[test]
fn a_planes_peak_may_be_negative() {
    let mut output = [0.0; 2];
    kernels::peaks(&[-3.0, -2.0, 1.0, 4.0], Size { channels: 2, height: 1, width: 2 }, &mut output);
    assert_close(&output, &[-2.0, 4.0]);
}

#[test]
fn what_is_no_network_is_refused() {
    assert_eq!(Model::load(b"").err(), Some(ModelError::Malformed));
    assert_eq!(Model::load(b"no network").err(), Some(ModelError::Malformed));
    let cut = &SMALL[..SMALL.len() / 2];
    assert!(Model::load(cut).is_err());
}

/// Every operator once, with random weights, and what onnxruntime answers to the numbers 0, 1/1024, 2/1024 …; written by
/// models/train/fixture.py.
const SMALL: &[u8] = include_bytes!("../../tests/fixtures/small.onnx");
const SMALL_ANSWERS: &str = include_str!("../../tests/fixtures/small.json");

#[test]
fn a_network_answers_as_onnxruntime_does() {
    let answers: Vec<Vec<f32>> = serde_json::from_str(SMALL_ANSWERS).expect("a list of lists");
    let input: Vec<f32> = (0..32 * 32).map(|at| at as f32 / 1024.0).collect();
    let mut model = Model::load(SMALL).expect("a network of known operators");
    for _ in 0..2 {
        let told = model.run(&input).expect("the right count");
        assert_eq!(told.len(), answers.len());
        told.iter().zip(&answers).for_each(|(told, answer)| assert_close(told, answer));
    }
    assert_eq!(model.run(&input[1..]).err(), Some(ModelError::Shape));
}
