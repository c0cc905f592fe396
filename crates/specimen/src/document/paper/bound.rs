//! Covers of books, magazines and notebooks, and leaflets in full colour.

use lichtbild_vision::document::DocumentClass;

use super::paragraph;
use crate::{
    Rng,
    document::{
        Document,
        canvas::{Area, Canvas},
        chance::Chance,
        colour::{Palette, Tone, grey, mix, veil},
        fiction, ornament, pattern,
        text::{Face, Type},
        wear,
    },
};

/// A cover.
pub fn cover(rng: &mut Rng, scale: f32) -> Document {
    let size = rng.weighted(&[
        (4, [210.0, 280.0]),
        (4, [148.0, 210.0]),
        (3, [125.0, 190.0]),
        (2, [105.0, 148.0]),
        (2, [210.0, 297.0]),
    ]);
    let tone = rng.weighted(&[(5, Tone::Full), (4, Tone::Dark), (3, Tone::Pale), (2, Tone::White)]);
    let palette = Palette::draw(rng, tone);
    let mut canvas = Canvas::new(size, scale, palette.ground);
    let [width, height] = size;
    let all = canvas.area();
    let notebook = rng.likely(0.2);
    if notebook {
        let band = height * rng.between(0.1, 0.4);
        canvas.rect(Area::new(0.0, height - band, width, band), palette.strong);
        let set = Type::new(Face::SansBold, width / 10.0, Palette::ink_on(palette.strong));
        canvas.write_around(width / 2.0, height - band * 0.4, "NOTEBOOK", &set);
        if rng.likely(0.4) {
            let mut y = height * 0.1;
            while y < height - band {
                canvas.line(&[[0.0, y], [width, y]], 0.3, veil(palette.ink, 0.3));
                y += 8.0;
            }
        }
        return finish(canvas, rng);
    }
    match rng.whole(0, 3) {
        0 => pattern::picture(&mut canvas, all, rng),
        1 => {
            let area =
                Area::new(width * 0.1, height * rng.between(0.25, 0.4), width * 0.8, height * rng.between(0.3, 0.5));
            pattern::picture(&mut canvas, area, rng);
        }
        2 => pattern::tinted(&mut canvas, all, &palette, rng),
        _ => {
            let extent = width * rng.between(0.3, 0.7);
            ornament::emblem(
                &mut canvas,
                Area::new((width - extent) / 2.0, height * 0.4, extent, extent),
                palette.strong,
                rng,
            );
        }
    }
    let faces = [Face::SansBold, Face::GroteskBold, Face::RomanBold, Face::Brush, Face::Serif];
    let ink = if rng.likely(0.5) { mix(palette.ink, palette.second, 0.3) } else { palette.strong };
    let set = Type::new(rng.one_of(&faces), width / rng.between(5.0, 9.0), ink);
    let mut y = height * rng.between(0.1, 0.2);
    for _ in 0..rng.whole(1, 3) {
        let title = fiction::brand(rng);
        canvas.write(width * 0.07, y, &title, &set.fitted(&title, width * 0.86));
        y += set.size;
    }
    let small =
        Type::new(rng.one_of(&[Face::Grotesk, Face::Roman, Face::Sans]), width / rng.between(24.0, 40.0), palette.ink);
    if rng.likely(0.5) {
        paragraph(&mut canvas, [width * 0.08, height * 0.8], width * rng.between(0.4, 0.8), height * 0.92, &small, rng);
    }
    let author = fiction::words(rng, 2);
    canvas.write_around(width / 2.0, height * 0.95, &author, &small.sized(small.size * 1.4));
    if rng.likely(0.35) {
        let code = Area::new(width * 0.75, height * 0.84, width * 0.2, height * 0.08);
        canvas.rect(code.inset(-2.0), grey(0.98));
        ornament::bars(&mut canvas, code, grey(0.05), rng);
    }
    finish(canvas, rng)
}

fn finish(mut canvas: Canvas, rng: &mut Rng) -> Document {
    let [_, height] = canvas.size();
    if rng.likely(0.5) {
        let groove = Area::new(0.0, 0.0, rng.between(2.0, 8.0), height);
        wear::shadow(&mut canvas, groove, [rng.between(0.1, 0.4), 0.0], false);
    }
    Document::plain(DocumentClass::Paper, if rng.likely(0.2) { 3.0 } else { 0.0 }, rng.between(0.05, 0.6), canvas)
}
