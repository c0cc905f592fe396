//! Full sheets: letters, forms, notes by hand, printed articles, empty paper.

use lichtbild_vision::document::DocumentClass;
use tiny_skia::Color;

use super::{TEXT, paragraph, table};
use crate::{
    Rng,
    document::{
        Document,
        canvas::{Area, Canvas},
        chance::Chance,
        colour::{grey, hsl, mix, veil},
        fiction::{self, Date, Person},
        ornament, pattern,
        text::{Face, Type},
        wear,
    },
};

const A4: [f32; 2] = [210.0, 297.0];

/// A letter of an office or a firm.
pub fn letter(rng: &mut Rng, scale: f32) -> Document {
    let mut canvas = sheet(rng, scale);
    let [width, height] = canvas.size();
    let unit = width / 210.0;
    let (ink, strong) = inks(rng);
    let set = Type::new(rng.one_of(TEXT), rng.between(3.4, 4.8) * unit.max(0.75), ink);
    let (left, right) = (width * rng.between(0.08, 0.13), width * rng.between(0.88, 0.94));
    head(&mut canvas, left, right, strong, rng);
    let person = Person::draw(rng);
    let mut y = height * rng.between(0.16, 0.2);
    if rng.likely(0.8) {
        for line in [person.name(), person.street.clone(), format!("{} {}", rng.digits(5), person.place)] {
            canvas.write(left, y, &line, &set);
            y += set.size * 1.3;
        }
        let date = format!("{}, {}", person.place, Date::draw(rng, 2018, 2026).written(person.way));
        canvas.write_to(right, y, &date, &set.fitted(&date, width * 0.4));
        y += height * 0.05;
    }
    let bold = Type { face: rng.one_of(&[Face::GroteskBold, Face::RomanBold, Face::SansBold]), ..set };
    let subject = fiction::words(rng, 6);
    canvas.write(left, y, &subject, &bold.fitted(&subject, right - left));
    y += set.size * 2.6;
    let end = height * rng.between(0.45, 0.88);
    while y < end {
        y = paragraph(&mut canvas, [left, y], right - left, end, &set, rng) + set.size * rng.between(0.0, 0.9);
        if rng.likely(0.15) && y + 30.0 < end {
            let area = Area::new(left, y, right - left, rng.between(18.0, 60.0).min(end - y));
            table(&mut canvas, area, (area.h / (set.size * 1.7)).max(2.0) as u32, &set, rng.likely(0.5), rng);
            y = area.bottom() + set.size * 2.0;
        }
    }
    if rng.likely(0.7) {
        let place = Area::new(left, end + 4.0, width * 0.22, height * 0.045);
        ornament::signature(&mut canvas, place, &person.name(), hsl(0.63, rng.share(), 0.25), rng);
    }
    if rng.likely(0.2) {
        let place = Area::new(width * 0.6, end, 30.0, 30.0);
        ornament::rubber(&mut canvas, place, &fiction::brand(rng), rng);
    }
    if rng.likely(0.6) {
        let small = set.sized(set.size * 0.6);
        for column in 0..3_u8 {
            for row in 0..rng.whole(2, 4) {
                let line = fiction::words(rng, 3);
                let x = left + f32::from(column) * (right - left) / 3.0;
                canvas.write(
                    x,
                    height - 16.0 * unit + row as f32 * small.size * 1.3,
                    &line,
                    &small.fitted(&line, width * 0.25),
                );
            }
        }
    }
    finish(canvas, rng)
}

/// A form: boxes, ticks, tables.
pub fn form(rng: &mut Rng, scale: f32) -> Document {
    let mut canvas = sheet(rng, scale);
    let [width, height] = canvas.size();
    let (ink, strong) = inks(rng);
    let line = if rng.likely(0.5) { strong } else { ink };
    let set = Type::new(rng.one_of(TEXT), width / rng.between(55.0, 75.0), ink);
    let (left, right) = (width * 0.07, width * 0.93);
    head(&mut canvas, left, right, strong, rng);
    let mut y = height * rng.between(0.1, 0.16);
    let tint = veil(strong, rng.between(0.05, 0.25));
    let shaded = rng.likely(0.4);
    while y < height * 0.9 {
        let room = rng.between(0.03, 0.16) * height;
        match rng.whole(0, 4) {
            0 => {
                let title = fiction::words(rng, 4);
                canvas.rect(Area::new(left, y, right - left, set.size * 1.6), if shaded { strong } else { tint });
                let bold = Type { face: Face::GroteskBold, colour: if shaded { grey(0.98) } else { ink }, ..set };
                canvas.write(left + 1.5, y + set.size * 1.15, &title, &bold);
                y += set.size * 2.4;
            }
            1 => {
                table(
                    &mut canvas,
                    Area::new(left, y, right - left, room.max(set.size * 4.0)),
                    (room / (set.size * 1.8)).max(2.0) as u32,
                    &set,
                    true,
                    rng,
                );
                y += room.max(set.size * 4.0) + set.size;
            }
            2 => {
                for _ in 0..rng.whole(1, 4) {
                    let tick = Area::new(left, y, set.size, set.size);
                    canvas.frame(tick, 0.0, 0.25, line);
                    if rng.likely(0.4) {
                        canvas.line(&[[tick.x, tick.y], [tick.right(), tick.bottom()]], 0.4, ink);
                        canvas.line(&[[tick.right(), tick.y], [tick.x, tick.bottom()]], 0.4, ink);
                    }
                    let text = fiction::words(rng, 8);
                    canvas.write(
                        left + set.size * 1.6,
                        y + set.size * 0.85,
                        &text,
                        &set.fitted(&text, right - left - set.size * 2.0),
                    );
                    y += set.size * 1.7;
                }
            }
            _ => {
                let count = rng.whole(1, 3);
                let cell = (right - left) / count as f32;
                for column in 0..count {
                    let area = Area::new(left + cell * column as f32, y, cell - 1.5, set.size * 2.6);
                    canvas.frame(area, 0.0, 0.25, line);
                    let label = fiction::words(rng, 2);
                    canvas.write(area.x + 0.8, area.y + set.size * 0.7, &label, &set.sized(set.size * 0.65));
                    if rng.likely(0.6) {
                        let pen = Type::new(Face::Pen, set.size * 2.2, hsl(0.62, 0.7, 0.3));
                        let text = fiction::words(rng, 2);
                        canvas.write(area.x + 2.0, area.bottom() - 0.8, &text, &pen.fitted(&text, cell - 5.0));
                    }
                }
                y += set.size * 3.4;
            }
        }
    }
    finish(canvas, rng)
}

/// A page written by hand, on plain, ruled or squared paper.
pub fn handwritten(rng: &mut Rng, scale: f32) -> Document {
    let mut canvas = sheet(rng, scale);
    let [width, height] = canvas.size();
    let step = rng.between(6.5, 10.0) * (width / 210.0).max(0.7);
    let rule = veil(hsl(0.6, 0.5, 0.6), rng.between(0.3, 0.8));
    let ruled = rng.whole(0, 3);
    let mut y = step * 2.0;
    while ruled > 0 && y < height {
        canvas.line(&[[0.0, y], [width, y]], 0.2, rule);
        y += if ruled == 2 { 5.0 } else { step };
    }
    let mut x = 5.0;
    while ruled == 2 && x < width {
        canvas.line(&[[x, 0.0], [x, height]], 0.2, rule);
        x += 5.0;
    }
    let ink = rng.one_of(&[grey(0.15), hsl(0.63, 0.7, 0.3), hsl(0.6, 0.8, 0.4), grey(0.35)]);
    let set = Type::new(if rng.likely(0.8) { Face::Pen } else { Face::Brush }, step * rng.between(0.75, 1.2), ink);
    let end = height * rng.between(0.2, 1.0);
    let mut y = step * 3.0;
    while y < end {
        if rng.likely(0.8) {
            let count = rng.whole(4, 14);
            let text = fiction::words(rng, count);
            canvas.write(width * 0.08, y - step * 0.1, &text, &set.fitted(&text, width * rng.between(0.5, 0.85)));
        } else if rng.likely(0.3) {
            ornament::scribble(
                &mut canvas,
                Area::new(width * 0.1, y - step, width * rng.between(0.2, 0.7), step * 0.8),
                ink,
                rng,
            );
        }
        y += step;
    }
    finish(canvas, rng)
}

/// A page of a newspaper or a leaflet: columns, headlines, pictures.
pub fn article(rng: &mut Rng, scale: f32) -> Document {
    let mut canvas = sheet(rng, scale);
    let [width, height] = canvas.size();
    let (ink, strong) = inks(rng);
    let columns = rng.whole(2, 4);
    let set = Type::new(
        rng.one_of(&[Face::Roman, Face::Roman, Face::Serif, Face::Grotesk]),
        width / rng.between(60.0, 85.0),
        ink,
    );
    let headline = Type { face: rng.one_of(&[Face::RomanBold, Face::GroteskBold, Face::SansBold]), ..set };
    let title = fiction::words(rng, 4);
    canvas.write(
        width * 0.06,
        height * 0.09,
        &title,
        &headline.sized(width / 12.0).coloured(strong).fitted(&title, width * 0.88),
    );
    let cell = width * 0.9 / columns as f32;
    for column in 0..columns {
        let x = width * 0.06 + cell * column as f32;
        let mut y = height * 0.13;
        while y < height * 0.94 {
            if rng.likely(0.2) {
                let area = Area::new(x, y, cell * 0.92, (cell * rng.between(0.5, 1.0)).min(height * 0.95 - y));
                pattern::picture(&mut canvas, area, rng);
                y = area.bottom() + set.size * 1.5;
            } else if rng.likely(0.25) {
                let text = fiction::words(rng, 3);
                canvas.write(x, y + set.size, &text, &headline.sized(set.size * 1.7).fitted(&text, cell * 0.92));
                y += set.size * 2.6;
            }
            y = paragraph(&mut canvas, [x, y], cell * 0.92, height * 0.95, &set, rng);
        }
    }
    finish(canvas, rng)
}

/// Hardly anything on a sheet.
pub fn blank(rng: &mut Rng, scale: f32) -> Document {
    let mut canvas = sheet(rng, scale);
    if rng.likely(0.6) {
        let [width, height] = canvas.size();
        let set = Type::new(rng.one_of(&[Face::Pen, Face::Roman, Face::Grotesk]), rng.between(5.0, 12.0), inks(rng).0);
        let text = fiction::words(rng, 3);
        canvas.write(width * 0.1, height * rng.between(0.1, 0.5), &text, &set.fitted(&text, width * 0.8));
    }
    finish(canvas, rng)
}

fn sheet(rng: &mut Rng, scale: f32) -> Canvas {
    let [width, height] = rng.weighted(&[(12, A4), (3, [148.0, 210.0]), (4, [215.9, 279.4]), (1, [105.0, 148.0])]);
    let size = if rng.likely(0.06) { [height, width] } else { [width, height] };
    let white = grey(rng.between(0.9, 1.0));
    let cream = mix(white, hsl(0.12, 0.5, 0.85), rng.share());
    let coloured = hsl(rng.share(), 0.5, rng.between(0.75, 0.92));
    let recycled = grey(rng.between(0.75, 0.88));
    let colour = rng.weighted(&[(14, white), (4, cream), (1, coloured), (1, recycled)]);
    Canvas::new(size, scale, colour)
}

/// Ink of the text, and of what stands out.
fn inks(rng: &mut Rng) -> (Color, Color) {
    let ink = grey(rng.between(0.03, 0.3));
    let strong = hsl(rng.share(), rng.between(0.3, 0.9), rng.between(0.2, 0.5));
    (ink, if rng.likely(0.4) { ink } else { strong })
}

/// A letterhead: a sign, a name, a bar.
fn head(canvas: &mut Canvas, left: f32, right: f32, strong: Color, rng: &mut Rng) {
    let [width, height] = canvas.size();
    let brand = fiction::brand(rng);
    let set = Type::new(
        rng.one_of(&[Face::GroteskBold, Face::SansBold, Face::RomanBold, Face::Brush]),
        width / rng.between(18.0, 32.0),
        strong,
    );
    let baseline = height * rng.between(0.05, 0.08);
    if rng.likely(0.12) {
        canvas.rect(Area::new(0.0, 0.0, width, height * 0.09), strong);
        canvas.write(left, baseline, &brand, &set.coloured(grey(0.98)));
        return;
    }
    let side = set.size * rng.between(1.2, 2.4);
    match rng.whole(0, 3) {
        0 => canvas.write_to(right, baseline, &brand, &set),
        1 => {
            ornament::emblem(canvas, Area::new(left, baseline - side * 0.7, side, side), strong, rng);
            canvas.write(left + side * 1.3, baseline, &brand, &set);
        }
        2 => {
            ornament::emblem(canvas, Area::new((left + right - side) / 2.0, baseline - side, side, side), strong, rng);
            canvas.write_around(f32::midpoint(left, right), baseline + side * 0.5, &brand, &set.sized(set.size * 0.7));
        }
        _ => {
            canvas.write(left, baseline, &brand, &set);
        }
    }
    if rng.likely(0.3) {
        canvas.line(&[[left, baseline + 3.0], [right, baseline + 3.0]], rng.between(0.2, 1.2), strong);
    }
}

fn finish(mut canvas: Canvas, rng: &mut Rng) -> Document {
    wear::sheet(&mut canvas, rng);
    Document::plain(DocumentClass::Paper, 0.0, rng.between(0.0, 0.15), canvas)
}
