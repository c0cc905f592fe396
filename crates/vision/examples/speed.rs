//! Time per frame of everything the worker does with it: `cargo run --release -p lichtbild-vision --example speed`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a program that measures, for a person to read")]

use std::time::Instant;

use lichtbild_vision::{luma::Luma, quality::Analyser};

const FRAMES: usize = 200;

fn main() {
    for (width, height) in [(1_280, 720), (1_920, 1_080)] {
        let pixels: Vec<u8> =
            (0..width * height).map(|at: usize| (at.wrapping_mul(2_654_435_761) >> 16) as u8).collect();
        let mut analyser = Analyser::default();
        let start = Instant::now();
        for _ in 0..FRAMES {
            let frame = Luma::new(width, height, &pixels[..]).expect("as many pixels as the sides say");
            std::hint::black_box(analyser.look(&frame));
        }
        println!("{width}×{height}: {:.2} ms", start.elapsed().as_secs_f64() * 1_000.0 / FRAMES as f64);
    }
}
