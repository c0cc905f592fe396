//! Prints machine-readable zones: OCR-B of size 1, ten characters an inch, at the lower edge (ICAO Doc 9303-3, 4; 9303-4 to -6).

use super::{Page, zone_ink};
use crate::{
    Rng,
    document::{
        canvas::Area,
        chance::Chance,
        colour::{grey, luminance, veil},
        text::{CAPITAL, Face, Type},
    },
};

/// Millimetres a character, ten an inch.
const PITCH: f32 = 2.54;
/// The em that makes the font's characters as wide as the pitch.
const EM: f32 = PITCH / 0.723;

impl Page {
    /// Lightens the strip that a zone of so many lines needs, in one of the ways that documents do; gives its upper edge.
    pub(super) fn ready_for_zone(&mut self, lines: usize, rng: &mut Rng) -> f32 {
        let [width, height] = self.canvas.size();
        // 23.2 mm above the lower edge, as all formats have it.
        let top = height - if lines == 3 { rng.between(17.5, 21.0) } else { rng.between(17.0, 23.2) };
        let strip = Area::new(0.0, top, width, height - top);
        let dark = luminance(self.palette.ground) < 0.62;
        if dark || rng.likely(0.4) {
            let white = grey(rng.between(0.9, 1.0));
            self.canvas.rect(strip, veil(white, if dark { rng.between(0.93, 1.0) } else { rng.between(0.4, 1.0) }));
        }
        if rng.likely(0.15) {
            self.canvas.line(&[[0.0, top], [width, top]], 0.25, self.palette.soft_ink);
        }
        top
    }

    /// Prints the lines of a zone.
    pub(super) fn print_zone(&mut self, lines: Vec<String>, rng: &mut Rng) {
        let [width, height] = self.canvas.size();
        let three = lines.len() == 3;
        let pitch = PITCH * rng.weighted(&[(8, 1.0), (1, 0.985), (1, 1.01)]);
        let leading = if three { rng.between(4.0, 4.6) } else { rng.between(5.6, 6.9) };
        let columns = lines.iter().map(String::len).max().unwrap_or(0) as f32;
        let long = pitch * columns;
        let spare = (width - long).max(0.4);
        let left = (spare * rng.between(0.38, 0.62)).max(0.2);
        let margin = if three { rng.between(3.2, 6.0) } else { rng.between(5.0, 8.0) };
        let face = if rng.likely(0.85) { Face::OcrB } else { Face::OcrBSharp };
        let ink = veil(zone_ink(rng), rng.between(0.8, 1.0));
        let tall = rng.between(0.94, 1.03);
        let set = Type::new(face, EM * tall, ink).stretched(pitch / PITCH / tall);
        let last = height - margin;
        let first = last - leading * (lines.len() - 1) as f32;
        let capital = CAPITAL * set.size;
        for (at, line) in (0_u8..).zip(&lines) {
            let foot = first + leading * f32::from(at);
            self.rows.push(Area::new(left, foot - capital, pitch * line.len() as f32, capital));
            for (column, letter) in (0_u8..).zip(line.chars()) {
                let x = left + pitch * f32::from(column);
                self.canvas.write(x, foot, letter.encode_utf8(&mut [0; 4]), &set);
            }
        }
        let top = first - capital;
        self.zone = Some(Area::new(left, top, long, last - top));
        self.lines = lines;
    }
}
