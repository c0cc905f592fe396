//! Drawn stand-ins for photographs: a specimen card on a wooden table, and a face. Flat colours with texture and print,
//! so that sharpness, contrast and brightness are those of a real picture.

use image::{Rgb, RgbImage};

const WIDTH: u32 = 1400;
const HEIGHT: u32 = 800;

/// A specimen card of an invented state, with a machine-readable zone, lying on a table.
pub fn document() -> RgbImage {
    let mut picture = table();
    let (left, top, width, height) = (240, 120, 920, 580);
    fill(&mut picture, [left, top, width, height], |x, y| {
        let wave = ((x as f32 / 9.0).sin() + (y as f32 / 7.0).cos()) * 9.0;
        grey(206.0 + wave, [1.0, 1.02, 1.08])
    });
    fill(&mut picture, [left, top, width, 70], |_, _| [38, 70, 120]);
    text(&mut picture, left + 24, top + 18, 5, [236, 240, 246], "UTOPIA  IDENTITY CARD");
    fill(&mut picture, [left + 40, top + 110, 230, 290], |x, y| portrait(x as f32 / 230.0, y as f32 / 290.0));
    let lines = ["MUSTERMANN", "ERIKA", "12 08 1964", "UTOPIA", "T22000129", "31 10 2031"];
    for (row, line) in (0..).zip(lines) {
        text(&mut picture, left + 320, top + 110 + row * 48, 4, [30, 34, 46], line);
    }
    let zone = ["IDUTOT220001293<<<<<<<<<<<<<<<", "6408125F3110319UTO<<<<<<<<<<<4", "MUSTERMANN<<ERIKA<<<<<<<<<<<<<"];
    for (row, line) in (0..).zip(zone) {
        text(&mut picture, left + 40, top + 430 + row * 46, 4, [18, 18, 20], line);
    }
    picture
}

/// A face before a wall.
pub fn face() -> RgbImage {
    let mut picture = RgbImage::new(WIDTH, HEIGHT);
    fill(&mut picture, [0, 0, WIDTH, HEIGHT], |x, y| {
        grey(150.0 + 20.0 * (x as f32 / 90.0).sin() + grain(x, y), [0.95, 1.0, 1.05])
    });
    fill(&mut picture, [450, 60, 500, 720], |x, y| portrait(x as f32 / 500.0, y as f32 / 720.0));
    picture
}

fn table() -> RgbImage {
    let mut picture = RgbImage::new(WIDTH, HEIGHT);
    fill(&mut picture, [0, 0, WIDTH, HEIGHT], |x, y| {
        let rings = ((y as f32 + 14.0 * (x as f32 / 160.0).sin()) / 5.0).sin() * 16.0;
        grey(112.0 + rings + grain(x, y), [1.22, 0.94, 0.7])
    });
    picture
}

/// Head, hair, eyes, mouth and shoulders; `x` and `y` from 0 to 1.
fn portrait(x: f32, y: f32) -> [u8; 3] {
    let inside = |centre: [f32; 2], radius: [f32; 2]| {
        ((x - centre[0]) / radius[0]).powi(2) + ((y - centre[1]) / radius[1]).powi(2) < 1.0
    };
    if inside([0.38, 0.4], [0.05, 0.025]) || inside([0.62, 0.4], [0.05, 0.025]) {
        [32, 30, 38]
    } else if inside([0.5, 0.6], [0.11, 0.025]) {
        [150, 66, 66]
    } else if inside([0.5, 0.45], [0.25, 0.29]) {
        grey(196.0 - 60.0 * (x - 0.4).abs(), [1.08, 0.88, 0.76])
    } else if inside([0.5, 0.38], [0.32, 0.33]) {
        grey(64.0 + 12.0 * (x * 90.0).sin(), [1.1, 0.85, 0.66])
    } else if inside([0.5, 1.05], [0.48, 0.3]) {
        [44, 62, 92]
    } else {
        [168, 176, 182]
    }
}

fn fill(picture: &mut RgbImage, [left, top, width, height]: [u32; 4], colour: impl Fn(u32, u32) -> [u8; 3]) {
    for y in 0..height {
        for x in 0..width {
            picture.put_pixel(left + x, top + y, Rgb(colour(x, y)));
        }
    }
}

fn grey(level: f32, tint: [f32; 3]) -> [u8; 3] {
    tint.map(|share| (level * share).clamp(0.0, 255.0) as u8)
}

fn grain(x: u32, y: u32) -> f32 {
    let mixed = x.wrapping_mul(374_761_393).wrapping_add(y.wrapping_mul(668_265_263));
    ((mixed ^ (mixed >> 13)).wrapping_mul(1_274_126_177) >> 24) as f32 / 16.0 - 8.0
}

fn text(picture: &mut RgbImage, left: u32, top: u32, scale: u32, colour: [u8; 3], line: &str) {
    for (place, letter) in (0..).zip(line.chars()) {
        let Some((_, columns)) = FONT.iter().find(|(known, _)| *known == letter) else { continue };
        for (x, column) in (0..).zip(columns) {
            for y in (0..7).filter(|y| column >> y & 1 == 1) {
                fill(picture, [left + place * 6 * scale + x * scale, top + y * scale, scale, scale], |_, _| colour);
            }
        }
    }
}

/// Letters of 5 by 7 dots: five columns, the lowest bit on top.
const FONT: [(char, [u8; 5]); 37] = [
    ('A', [0x7C, 0x12, 0x11, 0x12, 0x7C]),
    ('B', [0x7F, 0x49, 0x49, 0x49, 0x36]),
    ('C', [0x3E, 0x41, 0x41, 0x41, 0x22]),
    ('D', [0x7F, 0x41, 0x41, 0x41, 0x3E]),
    ('E', [0x7F, 0x49, 0x49, 0x49, 0x41]),
    ('F', [0x7F, 0x09, 0x09, 0x09, 0x01]),
    ('G', [0x3E, 0x41, 0x41, 0x51, 0x73]),
    ('H', [0x7F, 0x08, 0x08, 0x08, 0x7F]),
    ('I', [0x00, 0x41, 0x7F, 0x41, 0x00]),
    ('J', [0x20, 0x40, 0x41, 0x3F, 0x01]),
    ('K', [0x7F, 0x08, 0x14, 0x22, 0x41]),
    ('L', [0x7F, 0x40, 0x40, 0x40, 0x40]),
    ('M', [0x7F, 0x02, 0x1C, 0x02, 0x7F]),
    ('N', [0x7F, 0x04, 0x08, 0x10, 0x7F]),
    ('O', [0x3E, 0x41, 0x41, 0x41, 0x3E]),
    ('P', [0x7F, 0x09, 0x09, 0x09, 0x06]),
    ('Q', [0x3E, 0x41, 0x51, 0x21, 0x5E]),
    ('R', [0x7F, 0x09, 0x19, 0x29, 0x46]),
    ('S', [0x26, 0x49, 0x49, 0x49, 0x32]),
    ('T', [0x03, 0x01, 0x7F, 0x01, 0x03]),
    ('U', [0x3F, 0x40, 0x40, 0x40, 0x3F]),
    ('V', [0x1F, 0x20, 0x40, 0x20, 0x1F]),
    ('W', [0x3F, 0x40, 0x38, 0x40, 0x3F]),
    ('X', [0x63, 0x14, 0x08, 0x14, 0x63]),
    ('Y', [0x03, 0x04, 0x78, 0x04, 0x03]),
    ('Z', [0x61, 0x59, 0x49, 0x4D, 0x43]),
    ('0', [0x3E, 0x51, 0x49, 0x45, 0x3E]),
    ('1', [0x00, 0x42, 0x7F, 0x40, 0x00]),
    ('2', [0x72, 0x49, 0x49, 0x49, 0x46]),
    ('3', [0x21, 0x41, 0x49, 0x4D, 0x33]),
    ('4', [0x18, 0x14, 0x12, 0x7F, 0x10]),
    ('5', [0x27, 0x45, 0x45, 0x45, 0x39]),
    ('6', [0x3C, 0x4A, 0x49, 0x49, 0x31]),
    ('7', [0x41, 0x21, 0x11, 0x09, 0x07]),
    ('8', [0x36, 0x49, 0x49, 0x49, 0x36]),
    ('9', [0x46, 0x49, 0x49, 0x29, 0x1E]),
    ('<', [0x08, 0x14, 0x22, 0x41, 0x00]),
];
