//! Sheets of paper: letters, forms, receipts, tickets, notes of money, covers.

mod bound;
mod letter;
mod slip;

use super::{Document, chance::Chance, fiction};
use crate::{
    Rng,
    document::{
        canvas::{Area, Canvas},
        text::{Face, Type},
    },
};

/// Draws one.
pub fn draw(rng: &mut Rng, scale: f32) -> Document {
    match rng.whole(0, 99) {
        0..=19 => letter::letter(rng, scale),
        20..=31 => letter::form(rng, scale),
        32..=40 => letter::handwritten(rng, scale),
        41..=46 => letter::article(rng, scale),
        47..=50 => letter::blank(rng, scale),
        51..=67 => slip::receipt(rng, scale),
        68..=73 => slip::ticket(rng, scale),
        74..=78 => slip::money(rng, scale),
        79..=83 => slip::banknote(rng, scale),
        84..=87 => slip::cheque(rng, scale),
        _ => bound::cover(rng, scale),
    }
}

/// Faces that letters are set in.
const TEXT: &[Face] = &[Face::Roman, Face::Roman, Face::Grotesk, Face::Grotesk, Face::Sans, Face::Serif, Face::Mono];

/// Sets a paragraph; gives where the next line would stand.
fn paragraph(canvas: &mut Canvas, [x, y]: [f32; 2], width: f32, bottom: f32, set: &Type, rng: &mut Rng) -> f32 {
    let leading = set.size * 1.3;
    let mut baseline = y;
    let count = rng.whole(12, 110);
    let text = fiction::words(rng, count);
    let mut pen = x;
    for word in text.split(' ') {
        let long = set.width(word);
        if pen > x && pen + long > x + width {
            (pen, baseline) = (x, baseline + leading);
        }
        if baseline > bottom {
            break;
        }
        pen += canvas.write(pen, baseline, word, set) + set.size * 0.28;
    }
    baseline + leading
}

/// A table with lines, or without.
fn table(canvas: &mut Canvas, area: Area, rows: u32, set: &Type, ruled: bool, rng: &mut Rng) {
    let columns = rng.whole(2, 6);
    let step = area.h / rows as f32;
    let edges: Vec<f32> =
        (0..=columns).map(|column| area.x + area.w * (column as f32 / columns as f32).powf(0.8)).collect();
    for row in 0..rows {
        let y = area.y + step * row as f32;
        if ruled || row == 1 {
            canvas.line(&[[area.x, y], [area.right(), y]], 0.2, set.colour);
        }
        for pair in edges.windows(2) {
            let text = if pair[0] > area.x { fiction::amount(rng) } else { fiction::words(rng, 3) };
            if rng.likely(0.8) {
                let set = set.fitted(&text, pair[1] - pair[0] - 2.0);
                canvas.write(pair[0] + 1.0, y + step * 0.5 + set.size * 0.36, &text, &set);
            }
        }
    }
    if ruled {
        canvas.frame(area, 0.0, 0.2, set.colour);
        for &x in &edges {
            canvas.line(&[[x, area.y], [x, area.bottom()]], 0.2, set.colour);
        }
    }
}
