//! A sheet with documents of every class to look at: `cargo run --release -p lichtbild-specimen --example documents --
//! sheet.jpg [class or -] [first seed] [pixels a millimetre] [columns] [rows] [cell in pixels]`. Without a class there is a row
//! for each.

use image::{Rgb, RgbImage, imageops};
use lichtbild_specimen::{document, rng};
use lichtbild_vision::document::DocumentClass;

fn main() -> Result<(), image::ImageError> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.first().map_or("documents.jpg", String::as_str);
    let number = |at: usize, otherwise: u32| arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let class = arguments.get(1).and_then(|text| text.parse::<usize>().ok());
    let (first, scale, columns) = (number(2, 0), number(3, 5), number(4, 8));
    let (rows, cell) = (number(5, 6), number(6, 260));
    let mut sheet = RgbImage::from_pixel(columns * cell, rows * cell, Rgb([90, 90, 95]));
    for row in 0..rows {
        for column in 0..columns {
            let class = DocumentClass::ALL[class.unwrap_or(row as usize) % DocumentClass::ALL.len()];
            let seed = u64::from(first + row * columns + column);
            let drawn = document::draw(class, &mut rng(seed), scale as f32);
            let (width, height) = drawn.print.dimensions();
            let share = f64::from(cell - 8) / f64::from(width.max(height));
            let side = |pixels: u32| (f64::from(pixels) * share).max(1.0) as u32;
            let small = imageops::thumbnail(&drawn.print, side(width), side(height));
            imageops::replace(&mut sheet, &small, i64::from(column * cell + 4), i64::from(row * cell + 4));
        }
    }
    sheet.save(path)
}
