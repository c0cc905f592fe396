//! Small sheets: receipts, tickets, notes of money, cheques.

use lichtbild_vision::document::DocumentClass;

use crate::{
    Rng,
    document::{
        Document,
        canvas::{Area, Canvas},
        chance::Chance,
        colour::{Palette, Tone, grey, hsl, mix, veil},
        fiction::{self, Date, Person},
        ornament, pattern,
        portrait::{Look, Portrait},
        text::{Face, Type},
        wear,
    },
};

/// A receipt on thermal paper.
pub fn receipt(rng: &mut Rng, scale: f32) -> Document {
    let size = [rng.one_of(&[57.0, 58.0, 70.0, 80.0]), rng.between(90.0, 260.0)];
    let paper = mix(grey(rng.between(0.9, 1.0)), hsl(0.13, 0.4, 0.85), rng.share() * 0.3);
    let mut canvas = Canvas::new(size, scale, paper);
    let [width, height] = size;
    let ink = mix(grey(rng.between(0.05, 0.4)), hsl(0.7, 0.4, 0.4), rng.share() * 0.4);
    let set = Type::new(
        rng.one_of(&[Face::Mono, Face::Mono, Face::Grotesk, Face::Sans, Face::OcrB]),
        width / rng.between(19.0, 27.0),
        ink,
    )
    .stretched(0.85);
    let leading = set.size * rng.between(1.2, 1.6);
    let (left, right, middle) = (3.5, width - 3.5, width / 2.0);
    let brand = fiction::brand(rng);
    let large = Type {
        face: rng.one_of(&[Face::GroteskBold, Face::SansBold, Face::RomanBold, Face::Brush]),
        ..set.sized(set.size * 2.0)
    };
    if rng.likely(0.25) {
        canvas.rect(Area::new(middle - 15.0, 5.0, 30.0, large.size * 1.3), ink);
        canvas.write_around(middle, 5.0 + large.size, &brand, &large.coloured(paper).fitted(&brand, 28.0));
    } else {
        canvas.write_around(middle, 5.0 + large.size, &brand, &large.fitted(&brand, width - 8.0));
    }
    let mut y = 12.0 + large.size;
    let person = Person::draw(rng);
    for line in [
        person.street.clone(),
        person.place.to_owned(),
        format!("Tel. {}", rng.digits(9)),
        Date::draw(rng, 2018, 2026).written(0),
    ] {
        canvas.write_around(middle, y, &line, &set.fitted(&line, width - 8.0));
        y += leading;
    }
    while y < height - leading * 7.0 {
        if rng.likely(0.08) {
            canvas.write(left, y, &"-".repeat(60), &set.fitted(&"-".repeat(60), right - left));
        } else {
            let count = rng.whole(1, 3);
            let name = fiction::words(rng, count);
            let amount = fiction::amount(rng);
            canvas.write(left, y, &name, &set.fitted(&name, width * 0.6));
            canvas.write_to(right, y, &amount, &set);
        }
        y += leading * if rng.likely(0.05) { 2.0 } else { 1.0 };
    }
    let total = Type { face: Face::GroteskBold, ..set.sized(set.size * 1.4) };
    canvas.line(&[[left, y - leading * 0.5], [right, y - leading * 0.5]], 0.3, ink);
    canvas.write(left, y + leading, "TOTAL", &total);
    canvas.write_to(right, y + leading, &fiction::amount(rng), &total);
    let room = height - y - leading * 2.0;
    if room > 6.0 && rng.likely(0.5) {
        ornament::bars(&mut canvas, Area::new(middle - 18.0, y + leading * 2.0, 36.0, room.min(10.0)), ink, rng);
    } else {
        canvas.write_around(middle, y + leading * 3.0, "* * *", &set);
    }
    finish(canvas, rng)
}

/// A ticket or a voucher.
pub fn ticket(rng: &mut Rng, scale: f32) -> Document {
    let size = [rng.between(80.0, 205.0), rng.between(50.0, 85.0)];
    let tone = rng.weighted(&[(4, Tone::White), (4, Tone::Pale), (2, Tone::Full)]);
    let palette = Palette::draw(rng, tone);
    let mut canvas = Canvas::new(size, scale, palette.ground);
    let [width, height] = size;
    let all = canvas.area();
    if rng.likely(0.4) {
        pattern::security(&mut canvas, all, &palette, tone, rng);
    }
    let bar = height * rng.between(0.12, 0.25);
    canvas.rect(Area::new(0.0, 0.0, width, bar), palette.strong);
    let brand = fiction::brand(rng);
    let set = Type::new(
        rng.one_of(&[Face::GroteskBold, Face::SansBold, Face::Serif]),
        bar * 0.6,
        Palette::ink_on(palette.strong),
    );
    canvas.write(4.0, bar * 0.75, &brand, &set.fitted(&brand, width * 0.8));
    let text = Type::new(rng.one_of(&[Face::Mono, Face::Grotesk, Face::Sans]), rng.between(2.6, 4.5), palette.ink);
    let stub = width * rng.between(0.65, 0.8);
    let mut y = bar + text.size * 1.6;
    while y < height - 3.0 {
        let count = rng.whole(2, 5);
        let line = fiction::words(rng, count);
        canvas.write(4.0, y, &line, &text.fitted(&line, stub * 0.8));
        if rng.likely(0.5) {
            let number = rng.digits(6);
            canvas.write(stub + 3.0, y, &number, &text.fitted(&number, width - stub - 5.0));
        }
        y += text.size * rng.between(1.3, 2.4);
    }
    let mut dash = 0.0;
    while dash < height {
        canvas.line(&[[stub, dash], [stub, dash + 1.2]], 0.3, palette.soft_ink);
        dash += 2.4;
    }
    let extent = (height - bar - 6.0).min(22.0);
    let code = Area::new(stub - extent - 3.0, bar + 3.0, extent, extent);
    canvas.rect(code.inset(-1.0), grey(0.98));
    if rng.likely(0.6) {
        ornament::matrix(&mut canvas, code, grey(0.05), rng);
    } else {
        ornament::bars(&mut canvas, code, grey(0.05), rng);
    }
    finish(canvas, rng)
}

/// A note of money of no bank.
pub fn money(rng: &mut Rng, scale: f32) -> Document {
    let size = [rng.between(120.0, 160.0), rng.between(62.0, 82.0)];
    let palette = Palette::draw(rng, Tone::Pale);
    let mut canvas = Canvas::new(size, scale, palette.ground);
    let [width, height] = size;
    let all = canvas.area();
    pattern::security(&mut canvas, all, &palette, Tone::Pale, rng);
    let frame = all.inset(rng.between(2.0, 6.0));
    if rng.likely(0.6) {
        canvas.frame(frame, 2.0, rng.between(0.4, 2.5), palette.strong);
    }
    for _ in 0..rng.whole(1, 3) {
        let centre = [rng.between(0.15, 0.85) * width, height * rng.between(0.35, 0.65)];
        pattern::rosette(&mut canvas, centre, height * rng.between(0.2, 0.42), veil(palette.strong, 0.7), rng);
    }
    let value = rng.one_of(&["1", "5", "10", "20", "50", "100", "200", "500"]);
    let set = Type::new(
        rng.one_of(&[Face::RomanBold, Face::SansBold, Face::Serif]),
        height * rng.between(0.18, 0.4),
        palette.strong,
    );
    canvas.write(frame.x + 2.0, frame.y + set.size * 0.85, value, &set);
    canvas.write_to(frame.right() - 2.0, frame.bottom() - 2.0, value, &set);
    let small = set.sized(set.size * 0.4);
    canvas.write_to(frame.right() - 2.0, frame.y + small.size, value, &small);
    let name = fiction::brand(rng).to_uppercase();
    canvas.write_around(width / 2.0, frame.y + small.size, &name, &small.fitted(&name, width * 0.5));
    if rng.likely(0.6) {
        let (w, h) = (height * 0.5, height * 0.64);
        let area = Area::new(width * rng.between(0.25, 0.55), (height - h) / 2.0, w, h);
        let woman = rng.likely(0.5);
        if let Some(picture) = Portrait::draw(rng, woman).render(canvas.pixels_of(area), Look::GreyCut) {
            canvas.place(&picture, area, 0.85, tiny_skia::BlendMode::SourceOver);
        }
        canvas.rect(area, veil(palette.strong, 0.3));
    } else {
        pattern::figure(&mut canvas, all, veil(palette.strong, 0.5), rng);
    }
    let serial = fiction::serial(rng, 10);
    canvas.write(frame.x + 2.0, frame.bottom() - 2.0, &serial, &Type::new(Face::Mono, 3.4, palette.ink));
    if rng.likely(0.4) {
        ornament::foil(&mut canvas, Area::new(width * 0.85, 0.0, 9.0, height), rng);
    }
    finish(canvas, rng)
}

/// An old-fashioned note: a dense dark border with its value in every corner, a portrait in an oval, a seal, serial numbers.
pub fn banknote(rng: &mut Rng, scale: f32) -> Document {
    let width = rng.between(130.0, 160.0);
    let size = [width, width / rng.between(1.8, 2.45)];
    let paper = hsl(rng.between(0.1, 0.3), rng.between(0.05, 0.3), rng.between(0.78, 0.93));
    let mut canvas = Canvas::new(size, scale, paper);
    let [width, height] = size;
    let ink = hsl(rng.share(), rng.between(0.0, 0.4), rng.between(0.08, 0.3));
    let all = canvas.area();
    let (outer, band) = (all.inset(rng.between(1.5, 5.0)), rng.between(3.0, 9.0));
    canvas.rect(outer, ink);
    pattern::waves(&mut canvas, outer, [paper, mix(paper, ink, 0.4)], rng.between(0.3, 0.8), rng);
    let inner = outer.inset(band);
    canvas.rect(inner, paper);
    canvas.frame(inner, 0.0, 0.6, ink);
    pattern::waves(&mut canvas, inner, [ink, ink], rng.between(0.05, 0.25), rng);
    let value = rng.one_of(&["1", "2", "5", "10", "20", "50", "100"]);
    let faces = [Face::RomanBold, Face::SansBold, Face::Serif];
    let set = Type::new(rng.one_of(&faces), rng.between(9.0, 16.0), paper);
    let square = set.size * 1.15;
    let middle = height / 2.0;
    for (x, y) in [
        (outer.x, outer.y),
        (outer.right() - square, outer.y),
        (outer.x, outer.bottom() - square),
        (outer.right() - square, outer.bottom() - square),
    ] {
        canvas.rounded(Area::new(x, y, square, square), rng.one_of(&[0.0, 2.0]), ink);
        canvas.write_around(x + square / 2.0, y + square * 0.78, value, &set.fitted(value, square * 0.9));
    }
    let title = fiction::brand(rng).to_uppercase();
    let line = Type::new(rng.one_of(&faces), rng.between(4.0, 7.0), ink).fitted(&title, width * 0.5);
    canvas.write_around(width / 2.0, inner.y + line.size, &title, &line);
    let words = fiction::words(rng, 2).to_uppercase();
    canvas.write_around(
        width / 2.0,
        outer.bottom() - band * 0.25,
        &words,
        &line.coloured(paper).fitted(&words, width * 0.4),
    );
    let (w, h) = (height * 0.42, height * 0.56);
    let oval = Area::new(width * rng.between(0.36, 0.44), middle - h / 2.0, w, h);
    canvas.ellipse(oval.inset(-1.5), ink);
    canvas.ellipse(oval, mix(paper, ink, 0.35));
    let woman = rng.likely(0.4);
    if let Some(picture) = Portrait::draw(rng, woman).render(canvas.pixels_of(oval), Look::GreyCut) {
        canvas.place(&picture, oval, 0.9, tiny_skia::BlendMode::SourceOver);
    }
    canvas.rect(Area::new(oval.x + w * 0.1, oval.bottom(), w * 0.8, 2.5), ink);
    let seal = hsl(rng.one_of(&[0.4, 0.0, 0.6, 0.1]), 0.6, 0.35);
    for (x, colour) in [(width * 0.24, ink), (width * 0.73, seal)] {
        ornament::star(&mut canvas, [x, middle], height * 0.13, 24, colour, 0.85);
        canvas.write_around(x, middle + 2.0, &fiction::serial(rng, 1), &set.sized(6.0));
    }
    let serial = fiction::serial(rng, 10);
    let small = Type::new(Face::Mono, 4.0, seal);
    canvas.write(inner.x + square, inner.y + 11.0, &serial, &small.fitted(&serial, width * 0.2));
    canvas.write(width * 0.66, inner.bottom() - 7.0, &serial, &small.fitted(&serial, width * 0.2));
    finish(canvas, rng)
}

/// A cheque.
pub fn cheque(rng: &mut Rng, scale: f32) -> Document {
    let size = [rng.between(150.0, 178.0), rng.between(70.0, 82.0)];
    let palette = Palette::draw(rng, Tone::Pale);
    let mut canvas = Canvas::new(size, scale, palette.ground);
    let [width, height] = size;
    let all = canvas.area();
    pattern::security(&mut canvas, all, &palette, Tone::White, rng);
    let bold = Type::new(Face::RomanBold, 6.0, palette.strong);
    canvas.write(6.0, 10.0, &fiction::brand(rng), &bold);
    let set = Type::new(Face::Roman, 3.2, palette.ink);
    let person = Person::draw(rng);
    for (row, label) in (0_u8..).zip(["Pay to the order of", "Amount in words", "Memo"]) {
        let y = height * (0.36 + 0.17 * f32::from(row));
        let x = 6.0 + canvas.write(6.0, y, label, &set) + 2.0;
        canvas.line(&[[x, y + 0.6], [width * 0.7, y + 0.6]], 0.2, palette.ink);
        let pen = Type::new(Face::Pen, 8.0, hsl(0.62, 0.6, 0.25));
        canvas.write(x + 2.0, y, &person.name(), &pen.fitted(&person.name(), width * 0.35));
    }
    let amount = Area::new(width * 0.75, height * 0.28, width * 0.2, 9.0);
    canvas.frame(amount, 0.0, 0.3, palette.ink);
    canvas.write(amount.x + 2.0, amount.bottom() - 2.5, &fiction::amount(rng), &set.sized(5.0));
    ornament::signature(
        &mut canvas,
        Area::new(width * 0.68, height * 0.6, width * 0.25, 10.0),
        &person.name(),
        hsl(0.62, 0.6, 0.2),
        rng,
    );
    let line = format!("<{}<  {}+ {}", rng.digits(6), rng.digits(9), rng.digits(3));
    canvas.write(10.0, height - 5.0, &line, &Type::new(Face::OcrB, 4.0, palette.ink));
    finish(canvas, rng)
}

fn finish(mut canvas: Canvas, rng: &mut Rng) -> Document {
    wear::sheet(&mut canvas, rng);
    Document::plain(DocumentClass::Paper, 0.0, rng.between(0.0, 0.2), canvas)
}
