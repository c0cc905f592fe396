//! A sheet with sights without documents to look at: `cargo run --release -p lichtbild-specimen --example sights -- sheet.jpg
//! [first seed] [columns] [rows] [cell in pixels]`.

use image::{RgbImage, imageops};
use lichtbild_specimen::{document, rng};

fn main() -> Result<(), image::ImageError> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.first().map_or("sights.jpg", String::as_str);
    let number = |at: usize, otherwise: u32| arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let (first, columns, rows, cell) = (number(1, 0), number(2, 10), number(3, 7), number(4, 192));
    let mut sheet = RgbImage::new(columns * cell, rows * cell);
    for at in 0..columns * rows {
        let sight = document::draw_sight(&mut rng(u64::from(first + at)), cell);
        imageops::replace(&mut sheet, &sight, i64::from(at % columns * cell), i64::from(at / columns * cell));
    }
    sheet.save(path)
}
