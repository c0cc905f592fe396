//! How long drawing takes, in milliseconds a document, for every class: `cargo run --release -p lichtbild-specimen --example pace
//! -- [pixels a millimetre]`.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a program that measures time and says so")]

use std::time::Instant;

use lichtbild_specimen::{document, rng};
use lichtbild_vision::document::DocumentClass;

const SEEDS: u16 = 150;

fn main() {
    let scale = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(5.0);
    for class in DocumentClass::ALL {
        let start = Instant::now();
        for seed in 0..SEEDS {
            std::hint::black_box(document::draw(class, &mut rng(u64::from(seed)), scale));
        }
        println!("{class:?}: {:.1} ms", start.elapsed().as_secs_f64() * 1000.0 / f64::from(SEEDS));
    }
}
