//! Flat things that lie about and are no documents: playing cards, telephones, keyboards, envelopes, coasters and their like.

use lichtbild_vision::document::DocumentClass;
use tiny_skia::{BlendMode, Color};

use super::{
    Document,
    canvas::{Area, Canvas},
    chance::Chance,
    colour::{Palette, Tone, grey, hsl, mix, veil},
    fiction, ornament, pattern,
    portrait::{Look, Portrait},
    text::{Face, Type},
    wear,
};
use crate::Rng;

/// Draws one.
pub fn draw(rng: &mut Rng, scale: f32) -> Document {
    match rng.whole(0, 15) {
        0 => playing_card(rng, scale),
        2 | 3 => telephone(rng, scale),
        4 => tablet(rng, scale),
        5 | 6 => keyboard(rng, scale),
        7 => spine(rng, scale),
        8 => envelope(rng, scale),
        9 => coaster(rng, scale),
        10 => ruler(rng, scale),
        11 => remote(rng, scale),
        12 => photograph(rng, scale),
        13 => purse(rng, scale),
        14 => note(rng, scale),
        _ => parcel(rng, scale),
    }
}

fn finish(canvas: Canvas, corner_mm: f32, gloss: f32) -> Document {
    Document::plain(DocumentClass::None, corner_mm, gloss, canvas)
}

fn any_colour(rng: &mut Rng) -> Color {
    hsl(rng.share(), rng.between(0.1, 0.9), rng.between(0.1, 0.85))
}

fn playing_card(rng: &mut Rng, scale: f32) -> Document {
    let size = rng.one_of(&[[57.0, 89.0], [63.0, 88.0], [59.0, 91.0]]);
    let mut canvas = Canvas::new(size, scale, grey(rng.between(0.92, 1.0)));
    let [width, height] = size;
    let inner = canvas.area().inset(4.0);
    let colour = if rng.likely(0.5) { hsl(0.99, 0.8, 0.42) } else { grey(0.08) };
    match rng.whole(0, 2) {
        0 => {
            let back = any_colour(rng);
            canvas.rounded(inner, 1.0, back);
            pattern::waves(&mut canvas, inner, [grey(1.0), mix(back, grey(1.0), 0.5)], 0.8, rng);
            pattern::rosette(&mut canvas, inner.centre(), width * 0.35, grey(1.0), rng);
        }
        1 => {
            for _ in 0..rng.whole(1, 10) {
                let extent = rng.between(9.0, 12.0);
                let place = Area::new(rng.between(0.2, 0.65) * width, rng.between(0.12, 0.75) * height, extent, extent);
                if rng.likely(0.5) {
                    canvas.ellipse(place, colour);
                } else {
                    ornament::star(&mut canvas, place.centre(), extent / 2.0, 4, colour, 0.6);
                }
            }
        }
        _ => {
            canvas.frame(inner.inset(5.0), 0.0, 0.4, hsl(0.62, 0.7, 0.4));
            pattern::picture(&mut canvas, inner.inset(6.0), rng);
            ornament::emblem(&mut canvas, inner.inset(14.0), colour, rng);
        }
    }
    let rank = rng.one_of(&["A", "K", "Q", "J", "B", "D", "10", "9", "8", "7", "6", "5", "4", "3", "2"]);
    let set = Type::new(Face::RomanBold, 9.0, colour);
    canvas.write(3.0, 10.0, rank, &set);
    canvas.write_turned([width - 3.0, height - 10.0], 180.0, rank, &set);
    finish(canvas, 3.5, rng.between(0.1, 0.6))
}

fn telephone(rng: &mut Rng, scale: f32) -> Document {
    let size = [rng.between(64.0, 78.0), rng.between(135.0, 165.0)];
    let body = if rng.likely(0.6) { grey(rng.between(0.02, 0.15)) } else { any_colour(rng) };
    let mut canvas = Canvas::new(size, scale, body);
    let [width, height] = size;
    if rng.likely(0.25) {
        // Its back: cameras and a sign.
        for lens in 0..rng.whole(1, 3) {
            let place = Area::new(5.0, 6.0 + lens as f32 * 13.0, 11.0, 11.0);
            canvas.ellipse(place, grey(0.1));
            canvas.ellipse(place.inset(3.0), hsl(0.6, 0.3, 0.2));
        }
        let extent = width * 0.2;
        let colour = mix(body, grey(0.7), 0.4);
        ornament::emblem(&mut canvas, Area::new((width - extent) / 2.0, height * 0.4, extent, extent), colour, rng);
        return finish(canvas, rng.between(6.0, 11.0), rng.between(0.4, 1.0));
    }
    let screen = canvas.area().inset(rng.between(1.5, 4.0));
    let screen = if rng.likely(0.3) { Area::new(screen.x, screen.y + 12.0, screen.w, screen.h - 24.0) } else { screen };
    display(&mut canvas, screen, rng);
    canvas.rounded(Area::new(width / 2.0 - 8.0, screen.y + 1.5, 16.0, 3.0), 1.5, grey(0.02));
    finish(canvas, rng.between(5.0, 11.0), rng.between(0.6, 1.0))
}

fn tablet(rng: &mut Rng, scale: f32) -> Document {
    let size = if rng.likely(0.5) { [170.0, 240.0] } else { [rng.between(200.0, 300.0), rng.between(130.0, 190.0)] };
    let mut canvas = Canvas::new(size, scale.min(8.0), grey(rng.one_of(&[0.03, 0.08, 0.95])));
    let screen = canvas.area().inset(rng.between(5.0, 12.0));
    display(&mut canvas, screen, rng);
    finish(canvas, rng.between(2.0, 9.0), rng.between(0.6, 1.0))
}

/// A display: dark, with a picture, with a list, a conversation, or icons.
fn display(canvas: &mut Canvas, screen: Area, rng: &mut Rng) {
    let dark = rng.likely(0.4);
    let ground = if dark { grey(rng.between(0.0, 0.12)) } else { grey(rng.between(0.9, 1.0)) };
    let ink = if dark { grey(0.85) } else { grey(0.15) };
    canvas.rounded(screen, 2.0, ground);
    let accent = any_colour(rng);
    let set = Type::new(Face::Grotesk, rng.between(2.2, 3.6), ink);
    match rng.whole(0, 4) {
        0 => {}
        1 => {
            pattern::picture(canvas, screen, rng);
            let cell = screen.w / 4.0;
            for row in 0..(screen.h / cell) as u32 {
                for column in 0..4_u32 {
                    if rng.likely(0.6) {
                        let icon = Area::new(
                            screen.x + cell * (column as f32 + 0.18),
                            screen.y + cell * (row as f32 + 0.4),
                            cell * 0.64,
                            cell * 0.64,
                        );
                        let colour = any_colour(rng);
                        canvas.rounded(icon, cell * 0.15, colour);
                    }
                }
            }
        }
        2 => {
            let mut y = screen.y + 8.0;
            while y < screen.bottom() - 10.0 {
                let own = rng.likely(0.5);
                let (w, h) = (screen.w * rng.between(0.3, 0.7), rng.between(6.0, 18.0).min(screen.bottom() - y));
                let x = if own { screen.right() - w - 2.0 } else { screen.x + 2.0 };
                canvas.rounded(Area::new(x, y, w, h), 2.5, if own { accent } else { mix(ground, grey(0.5), 0.3) });
                let text = fiction::words(rng, 4);
                canvas.write(x + 2.0, y + 4.0, &text, &set.fitted(&text, w - 4.0));
                y += h + 2.5;
            }
        }
        _ => {
            canvas.rect(Area::new(screen.x, screen.y, screen.w, 12.0), accent);
            let mut y = screen.y + 20.0;
            while y < screen.bottom() - 4.0 {
                if rng.likely(0.12) {
                    let picture = Area::new(
                        screen.x + 3.0,
                        y,
                        screen.w - 6.0,
                        rng.between(10.0, 40.0).min(screen.bottom() - y - 2.0),
                    );
                    pattern::picture(canvas, picture, rng);
                    y += picture.h + 5.0;
                }
                let text = fiction::words(rng, 6);
                canvas.write(screen.x + 3.0, y, &text, &set.fitted(&text, screen.w - 8.0));
                y += set.size * 1.7;
            }
        }
    }
}

fn keyboard(rng: &mut Rng, scale: f32) -> Document {
    let rows = rng.whole(3, 6);
    let columns = rng.whole(6, 16);
    let pitch = rng.between(15.0, 19.0);
    let size = [columns as f32 * pitch + 6.0, rows as f32 * pitch + 6.0];
    let dark = rng.likely(0.7);
    let base = grey(if dark { rng.between(0.03, 0.2) } else { rng.between(0.7, 0.95) });
    let mut canvas = Canvas::new(size, scale.min(8.0), base);
    let cap = mix(base, grey(if dark { 0.3 } else { 1.0 }), rng.between(0.1, 0.5));
    let set = Type::new(Face::Grotesk, pitch * 0.24, grey(if dark { 0.85 } else { 0.2 }));
    for row in 0..rows {
        for column in 0..columns {
            let key = Area::new(3.0 + column as f32 * pitch, 3.0 + row as f32 * pitch, pitch * 0.9, pitch * 0.9);
            canvas.rounded(key, 1.5, cap);
            canvas.frame(key, 1.5, 0.3, mix(cap, grey(0.0), 0.3));
            canvas.write(key.x + 2.5, key.y + 6.0, &fiction::serial(rng, 1), &set);
        }
    }
    finish(canvas, rng.between(1.0, 5.0), rng.between(0.0, 0.4))
}

fn spine(rng: &mut Rng, scale: f32) -> Document {
    let size = [rng.between(150.0, 240.0), rng.between(12.0, 45.0)];
    let tone = rng.one_of(&[Tone::Full, Tone::Dark, Tone::Pale]);
    let palette = Palette::draw(rng, tone);
    let mut canvas = Canvas::new(size, scale, palette.ground);
    let [width, height] = size;
    let title = fiction::words(rng, 3);
    let set =
        Type::new(rng.one_of(&[Face::RomanBold, Face::SansBold, Face::Serif, Face::Brush]), height * 0.5, palette.ink);
    canvas.write(width * 0.15, height * 0.68, &title, &set.fitted(&title, width * 0.6));
    for share in [0.05, 0.9] {
        canvas.rect(Area::new(width * share, 0.0, width * 0.02, height), palette.strong);
    }
    wear::shadow(&mut canvas, Area::new(0.0, 0.0, width, height * 0.3), [0.4, 0.0], true);
    wear::shadow(&mut canvas, Area::new(0.0, height * 0.7, width, height * 0.3), [0.0, 0.4], true);
    finish(canvas, 1.0, rng.between(0.0, 0.4))
}

fn envelope(rng: &mut Rng, scale: f32) -> Document {
    let size = rng.one_of(&[[220.0, 110.0], [162.0, 114.0], [229.0, 162.0]]);
    // A white one would be taken for a sheet of paper.
    let paper = rng.one_of(&[hsl(0.09, 0.35, 0.62), hsl(0.1, 0.5, 0.7), hsl(0.6, 0.3, 0.6), hsl(0.97, 0.5, 0.45)]);
    let mut canvas = Canvas::new(size, scale, paper);
    let [width, height] = size;
    let line = veil(grey(0.2), 0.4);
    if rng.likely(0.7) {
        let tip = height * rng.between(0.35, 0.6);
        canvas.polygon(&[[0.0, 0.0], [width, 0.0], [width / 2.0, tip]], veil(grey(0.0), 0.05));
        canvas.line(&[[0.0, 0.0], [width / 2.0, tip], [width, 0.0]], 0.4, line);
        canvas.line(&[[0.0, height], [width * 0.42, tip * 0.85]], 0.3, line);
        canvas.line(&[[width, height], [width * 0.58, tip * 0.85]], 0.3, line);
    } else {
        canvas.rounded(Area::new(20.0, height - 55.0, 90.0, 40.0), 3.0, veil(grey(0.9), 0.9));
        canvas.rect(Area::new(width - 28.0, 6.0, 21.0, 25.0), any_colour(rng));
    }
    finish(canvas, 0.0, rng.between(0.0, 0.1))
}

fn coaster(rng: &mut Rng, scale: f32) -> Document {
    let side = rng.between(85.0, 110.0);
    let tone = rng.one_of(&[Tone::Pale, Tone::Full, Tone::Dark, Tone::White]);
    let palette = Palette::draw(rng, tone);
    let mut canvas = Canvas::new([side, side], scale, palette.ground);
    let all = canvas.area();
    let round = rng.likely(0.6);
    canvas.frame(all.inset(side * 0.06), if round { side } else { 4.0 }, side * 0.03, palette.strong);
    ornament::emblem(&mut canvas, all.inset(side * rng.between(0.2, 0.35)), palette.strong, rng);
    let brand = fiction::brand(rng);
    canvas.write_around(
        side / 2.0,
        side * 0.85,
        &brand,
        &Type::new(Face::Brush, side / 9.0, palette.ink).fitted(&brand, side * 0.6),
    );
    finish(canvas, if round { side / 2.0 } else { 5.0 }, rng.between(0.0, 0.2))
}

fn ruler(rng: &mut Rng, scale: f32) -> Document {
    let size = [rng.between(100.0, 210.0), rng.between(22.0, 38.0)];
    let tone = rng.one_of(&[Tone::White, Tone::Full, Tone::Pale]);
    let palette = Palette::draw(rng, tone);
    let mut canvas = Canvas::new(size, scale, palette.ground);
    let ink = palette.ink;
    let set = Type::new(Face::Grotesk, 3.5, ink);
    for millimetre in 0..(size[0] as u32 - 10) {
        let x = 5.0 + millimetre as f32;
        let long = if millimetre % 10 == 0 {
            6.0
        } else if millimetre % 5 == 0 {
            4.5
        } else {
            3.0
        };
        canvas.line(&[[x, 0.0], [x, long]], 0.15, ink);
        if millimetre % 10 == 0 {
            canvas.write_around(x, 10.0, &(millimetre / 10).to_string(), &set);
        }
    }
    finish(canvas, 1.0, rng.between(0.1, 0.7))
}

fn remote(rng: &mut Rng, scale: f32) -> Document {
    let size = [rng.between(38.0, 55.0), rng.between(130.0, 200.0)];
    let body = grey(rng.weighted(&[(4, 0.08), (2, 0.2), (1, 0.75)]));
    let mut canvas = Canvas::new(size, scale, body);
    let [width, height] = size;
    let columns = rng.whole(3, 4);
    let pitch = width / (columns as f32 + 0.6);
    let rows = (height * rng.between(0.5, 0.9) / pitch) as u32;
    for row in 0..rows {
        for column in 0..columns {
            if rng.likely(0.88) {
                let key =
                    Area::new(pitch * (column as f32 + 0.4), pitch * (row as f32 + 0.6), pitch * 0.7, pitch * 0.6);
                let colour = if rng.likely(0.12) { any_colour(rng) } else { mix(body, grey(0.55), 0.5) };
                canvas.rounded(key, pitch * rng.between(0.05, 0.3), colour);
            }
        }
    }
    finish(canvas, rng.between(3.0, 14.0), rng.between(0.1, 0.5))
}

/// A photograph on paper, with people on it or not.
fn photograph(rng: &mut Rng, scale: f32) -> Document {
    let size = rng.one_of(&[[150.0, 100.0], [100.0, 150.0], [89.0, 108.0], [35.0, 45.0], [54.0, 86.0]]);
    let mut canvas = Canvas::new(size, scale, grey(0.96));
    let area = canvas.area().inset(rng.one_of(&[0.0, 3.0, 5.0]));
    pattern::picture(&mut canvas, area, rng);
    for _ in 0..rng.whole(0, 2) {
        let height = area.h * rng.between(0.5, 0.9);
        let place = Area::new(
            area.x + rng.share() * (area.w - height * 0.8).max(0.0),
            area.bottom() - height,
            height * 0.8,
            height,
        );
        let woman = rng.likely(0.5);
        if let Some(picture) = Portrait::draw(rng, woman).render(canvas.pixels_of(place), Look::ColourCut) {
            canvas.place(&picture, place, 1.0, BlendMode::SourceOver);
        }
    }
    finish(canvas, 0.0, rng.between(0.3, 0.9))
}

/// A purse of leather, closed.
fn purse(rng: &mut Rng, scale: f32) -> Document {
    let size = [rng.between(95.0, 120.0), rng.between(80.0, 100.0)];
    let leather = hsl(rng.between(0.02, 0.1), rng.between(0.1, 0.6), rng.between(0.06, 0.4));
    let mut canvas = Canvas::new(size, scale, leather);
    let all = canvas.area();
    for _ in 0..40 {
        let extent = rng.between(2.0, 16.0);
        let place = Area::new(rng.share() * size[0], rng.share() * size[1], extent, extent);
        pattern::blot(&mut canvas, place, veil(grey(rng.one_of(&[0.0, 0.6])), 0.06), rng);
    }
    let seam = mix(leather, grey(0.8), 0.4);
    for extent in [all.y + 3.0, all.bottom() - 3.0] {
        let mut x = 3.0;
        while x < size[0] - 4.0 {
            canvas.line(&[[x, extent], [x + 1.6, extent]], 0.5, seam);
            x += 2.8;
        }
    }
    wear::shadow(&mut canvas, Area::new(0.0, 0.0, size[0] * 0.12, size[1]), [0.5, 0.0], false);
    finish(canvas, 6.0, rng.between(0.1, 0.5))
}

/// A sticky note.
fn note(rng: &mut Rng, scale: f32) -> Document {
    let colour = hsl(rng.one_of(&[0.15, 0.92, 0.25, 0.55, 0.08]), 0.85, rng.between(0.65, 0.8));
    let mut canvas = Canvas::new([76.0, rng.one_of(&[76.0, 51.0, 127.0])], scale, colour);
    let [width, height] = canvas.size();
    let set = Type::new(Face::Pen, rng.between(9.0, 16.0), hsl(0.62, 0.6, 0.2));
    let mut y = 14.0;
    while y < height * rng.between(0.3, 1.0) {
        let text = fiction::words(rng, 3);
        canvas.write(5.0, y, &text, &set.fitted(&text, width - 10.0));
        y += set.size * 0.9;
    }
    wear::shadow(&mut canvas, Area::new(0.0, height * 0.8, width, height * 0.2), [0.0, 0.12], true);
    finish(canvas, 0.0, 0.0)
}

/// A box: one colour, a name, a picture.
fn parcel(rng: &mut Rng, scale: f32) -> Document {
    let size = [rng.between(50.0, 180.0), rng.between(35.0, 120.0)];
    let tone = rng.one_of(&[Tone::Full, Tone::Dark, Tone::Pale]);
    let palette = Palette::draw(rng, tone);
    let mut canvas = Canvas::new(size, scale, palette.ground);
    let [width, height] = size;
    if rng.likely(0.5) {
        let area = Area::new(width * 0.4, height * 0.1, width * 0.55, height * 0.8);
        pattern::picture(&mut canvas, area, rng);
    }
    let brand = fiction::brand(rng);
    let set = Type::new(rng.one_of(&[Face::SansBold, Face::Brush, Face::GroteskBold]), height * 0.25, palette.ink);
    canvas.write(width * 0.06, height * 0.4, &brand, &set.fitted(&brand, width * 0.8));
    if rng.likely(0.4) {
        let code = Area::new(width * 0.06, height * 0.7, width * 0.25, height * 0.2);
        canvas.rect(code.inset(-1.0), grey(0.97));
        ornament::bars(&mut canvas, code, grey(0.05), rng);
    }
    finish(canvas, rng.between(0.0, 4.0), rng.between(0.0, 0.6))
}
