//! Cards that prove nothing official: of banks, shops, clubs, firms, insurers, universities.

use lichtbild_vision::document::DocumentClass;
use tiny_skia::{BlendMode, Color};

use super::{
    Document,
    canvas::{Area, Canvas},
    chance::Chance,
    colour::{Palette, Tone, grey, hsl, luminance, mix, veil},
    fiction::{self, Person},
    ornament, pattern,
    portrait::{Look, Portrait},
    text::{Face, Type},
    wear,
};
use crate::Rng;

const SANS: &[Face] = &[Face::Grotesk, Face::GroteskBold, Face::Sans, Face::SansBold];
const ANY: &[Face] = &[
    Face::Grotesk,
    Face::GroteskBold,
    Face::Sans,
    Face::SansBold,
    Face::Serif,
    Face::Roman,
    Face::RomanBold,
    Face::Brush,
];
const ID1: [f32; 2] = [85.6, 53.98];

/// Draws one.
pub fn draw(rng: &mut Rng, scale: f32) -> Document {
    match rng.whole(0, 99) {
        0..=23 => bank_front(rng, scale),
        24..=31 => bank_back(rng, scale),
        32..=52 => business(rng, scale),
        53..=72 => key(rng, scale),
        73..=85 => club(rng, scale),
        _ => member(rng, scale),
    }
}

/// A card with a chip, a number and a name.
fn bank_front(rng: &mut Rng, scale: f32) -> Document {
    let upright = rng.likely(0.16);
    let size = if upright { [ID1[1], ID1[0]] } else { ID1 };
    let (mut canvas, palette) = ground(size, scale, rng);
    let [width, height] = size;
    let ink = if rng.likely(0.15) { hsl(0.12, 0.5, 0.6) } else { palette.ink };
    let brand = fiction::brand(rng);
    let set = Type::new(rng.one_of(ANY), rng.between(4.0, 7.5), ink);
    logo(&mut canvas, [5.0, 4.0], 8.0, &brand, &set, rng);
    let chip_y = if upright { rng.between(18.0, 30.0) } else { rng.between(16.0, 21.0) };
    let chip = Area::new(
        if upright { width / 2.0 - 6.0 } else { rng.between(7.0, 11.0) },
        chip_y,
        12.0,
        rng.between(9.0, 10.5),
    );
    if rng.likely(0.88) {
        ornament::chip(&mut canvas, chip, rng);
        if rng.likely(0.6) {
            contactless(&mut canvas, [chip.right() + 4.0, chip.centre()[1]], ink);
        }
    }
    let person = Person::draw(rng);
    let number: Vec<String> = (0..4).map(|_| rng.digits(4)).collect();
    let number = number.join(" ");
    let set = Type::new(rng.one_of(&[Face::OcrB, Face::Mono, Face::Grotesk, Face::Sans]), rng.between(5.0, 7.0), ink);
    let line = if upright { height * 0.68 } else { height * rng.between(0.62, 0.72) };
    let embossed = rng.likely(0.35);
    let print = |canvas: &mut Canvas, y: f32, text: &str, set: &Type| {
        let set = set.fitted(text, width - 14.0);
        if embossed {
            let shine = set.coloured(veil(grey(1.0), 0.7));
            canvas.write(6.8, y - 0.18, text, &shine);
            canvas.write(7.15, y + 0.2, text, &set.coloured(veil(grey(0.0), 0.6)));
        }
        canvas.write(7.0, y, text, &set);
    };
    if rng.likely(0.85) {
        print(&mut canvas, line, &number, &set);
    }
    if rng.likely(0.8) {
        let date = format!("{:02}/{:02}", rng.whole(1, 12), rng.whole(25, 32));
        print(&mut canvas, line + 7.0, &date, &set.sized(3.6));
    }
    print(&mut canvas, height - 5.0, &person.name().to_uppercase(), &set.sized(rng.between(3.4, 4.4)));
    let mark = Area::new(width - 19.0, height - 13.0, 15.0, 9.5);
    scheme(&mut canvas, mark, ink, rng);
    finish(canvas, 3.18, None, rng.between(0.35, 1.0), rng)
}

fn bank_back(rng: &mut Rng, scale: f32) -> Document {
    let (mut canvas, palette) = ground(ID1, scale, rng);
    let stripe = Area::new(0.0, rng.between(3.0, 6.0), ID1[0], rng.between(9.5, 13.0));
    canvas.rect(stripe, rng.one_of(&[grey(0.06), grey(0.12), hsl(0.07, 0.4, 0.13)]));
    let panel = Area::new(rng.between(2.0, 6.0), stripe.bottom() + rng.between(3.0, 6.0), rng.between(45.0, 62.0), 8.5);
    if rng.likely(0.8) {
        canvas.rect(panel, grey(0.96));
        let person = Person::draw(rng);
        ornament::signature(&mut canvas, panel.inset(0.8), &person.name(), grey(0.15), rng);
        let code = Type::new(Face::Mono, 4.0, grey(0.1));
        canvas.write(panel.right() + 1.5, panel.bottom() - 2.5, &rng.digits(3), &code.coloured(palette.ink));
    }
    let set = Type::new(rng.one_of(SANS), rng.between(1.4, 2.2), palette.ink);
    lines(&mut canvas, Area::new(5.0, panel.bottom() + 3.0, 75.0, 14.0), &set, rng);
    if rng.likely(0.3) {
        ornament::foil(&mut canvas, Area::new(64.0, 40.0, 16.0, 11.0), rng);
    }
    finish(canvas, 3.18, None, rng.between(0.35, 1.0), rng)
}

/// A business card: little print on white, mostly.
fn business(rng: &mut Rng, scale: f32) -> Document {
    let size = rng.one_of(&[[85.0, 55.0], [90.0, 50.0], [88.9, 50.8], [85.6, 53.98], [55.0, 85.0]]);
    let tone = rng.weighted(&[(13, Tone::White), (3, Tone::Pale), (2, Tone::Full), (3, Tone::Dark)]);
    let palette = Palette::draw(rng, tone);
    let paper = if tone == Tone::White { grey(rng.between(0.93, 1.0)) } else { palette.ground };
    let mut canvas = Canvas::new(size, scale, paper);
    let [width, height] = size;
    if rng.likely(0.3) {
        let band = match rng.whole(0, 3) {
            0 => Area::new(0.0, 0.0, width, height * rng.between(0.08, 0.4)),
            1 => Area::new(0.0, 0.0, width * rng.between(0.08, 0.4), height),
            2 => Area::new(0.0, height * 0.85, width, height * 0.15),
            _ => Area::new(width * 0.6, 0.0, width * 0.4, height),
        };
        canvas.rect(band, palette.strong);
    }
    let person = Person::draw(rng);
    let brand = fiction::brand(rng);
    let ink = palette.ink;
    let (text, title) = (rng.one_of(ANY), rng.one_of(ANY));
    let set = Type::new(title, rng.between(4.0, 8.0), if rng.likely(0.5) { palette.strong } else { ink });
    if rng.likely(0.3) {
        logo(&mut canvas, [width / 2.0 - 16.0, height / 2.0 - 6.0], rng.between(9.0, 16.0), &brand, &set, rng);
        return finish(canvas, rng.one_of(&[0.0, 0.0, 3.0]), None, rng.between(0.0, 0.5), rng);
    }
    let low = rng.likely(0.5);
    let logo_y = if low { height - 15.0 } else { 5.0 };
    logo(&mut canvas, [6.0, logo_y], rng.between(7.0, 12.0), &brand, &set, rng);
    let y = if low { 9.0 } else { height * 0.5 };
    let name = Type::new(text, rng.between(3.2, 5.0), ink);
    canvas.write(6.0, y, &person.name(), &name.fitted(&person.name(), width * 0.6));
    let small = name.sized(rng.between(2.1, 3.0));
    let job = fiction::words(rng, 2);
    canvas.write(6.0, y + 4.5, &job, &small.fitted(&job, width * 0.5));
    let contact = [
        format!("+00 {} {}", rng.digits(3), rng.digits(6)),
        format!("{}@example.org", mrz_free(&person.surname)),
        "www.example.org".to_owned(),
        person.street.clone(),
        format!("{} {}", rng.digits(5), person.place),
    ];
    let to_right = rng.likely(0.5);
    for (line, text) in (0_u8..).zip(contact.iter().take(rng.whole(2, 5) as usize)) {
        let y = if to_right { 8.0 } else { y + 9.0 } + f32::from(line) * small.size * 1.35;
        if y > height - 2.0 {
            break;
        }
        if to_right {
            canvas.write_to(width - 5.0, y, text, &small.fitted(text, width * 0.4));
        } else {
            _ = canvas.write(6.0, y, text, &small);
        }
    }
    if rng.likely(0.12) {
        let extent = height * 0.3;
        ornament::matrix(
            &mut canvas,
            Area::new(width - extent - 5.0, height - extent - 5.0, extent, extent),
            grey(0.1),
            rng,
        );
    }
    finish(canvas, rng.one_of(&[0.0, 0.0, 0.0, 3.0]), None, rng.between(0.0, 0.5), rng)
}

/// A key or access card: a logo, some lines, nothing else.
fn key(rng: &mut Rng, scale: f32) -> Document {
    let size = if rng.likely(0.25) { [ID1[1], ID1[0]] } else { ID1 };
    let palette = Palette::draw(rng, Tone::White);
    let plastic = if rng.likely(0.75) { grey(rng.between(0.9, 1.0)) } else { palette.strong };
    let mut canvas = Canvas::new(size, scale, plastic);
    let [width, height] = size;
    let ink = if luminance(plastic) > 0.5 { palette.strong } else { grey(0.97) };
    match rng.whole(0, 4) {
        0 => {}
        1 => {
            let (step, extent) = (rng.between(2.0, 4.0), width * 0.25);
            for at in 0..rng.whole(4, 10) {
                let y = height * 0.2 + at as f32 * step;
                canvas.line(&[[width * 0.1, y], [width * 0.6, y]], 0.4, ink);
            }
            canvas.polygon(
                &[[width * 0.7, height * 0.2], [width * 0.7 + extent, height * 0.5], [width * 0.7, height * 0.8]],
                ink,
            );
        }
        2 => {
            let arrow = [[0.1, 0.45], [0.4, 0.45], [0.4, 0.35], [0.55, 0.5], [0.4, 0.65], [0.4, 0.55], [0.1, 0.55]];
            canvas.polygon(&arrow.map(|[x, y]| [x * width, y * height]), ink);
        }
        3 => {
            let extent = width.min(height) * rng.between(0.3, 0.6);
            ornament::emblem(
                &mut canvas,
                Area::new((width - extent) / 2.0, (height - extent) / 2.0, extent, extent),
                ink,
                rng,
            );
        }
        _ => {
            let band = Area::new(0.0, height * rng.between(0.0, 0.7), width, height * rng.between(0.1, 0.3));
            canvas.rect(band, mix(ink, palette.tints[0], 0.2));
        }
    }
    if rng.likely(0.75) {
        let brand = fiction::brand(rng);
        let set = Type::new(rng.one_of(ANY), rng.between(4.0, 9.0), ink).fitted(&brand, width * 0.8);
        canvas.write(width * 0.08, height * rng.between(0.2, 0.9), &brand, &set);
    }
    if rng.likely(0.4) {
        let number = rng.digits(8);
        canvas.write(width * 0.08, height - 3.0, &number, &Type::new(Face::Mono, 2.6, ink));
    }
    finish(canvas, 3.18, None, rng.between(0.2, 0.9), rng)
}

/// A loyalty, gift or transport card: loud colours, a large name, often a code.
fn club(rng: &mut Rng, scale: f32) -> Document {
    let (mut canvas, palette) = ground(ID1, scale, rng);
    let brand = fiction::brand(rng);
    let ink = if rng.likely(0.4) { palette.strong } else { palette.ink };
    let set = Type::new(rng.one_of(ANY), rng.between(7.0, 15.0), ink).fitted(&brand, 70.0);
    if rng.likely(0.5) {
        canvas.write_turned([8.0, rng.between(18.0, 38.0)], rng.between(-12.0, 4.0), &brand, &set);
    } else {
        canvas.write_around(ID1[0] / 2.0, rng.between(18.0, 36.0), &brand, &set);
    }
    if rng.likely(0.45) {
        let code = Area::new(rng.between(5.0, 30.0), rng.between(36.0, 40.0), rng.between(35.0, 50.0), 9.0);
        canvas.rect(code.inset(-1.5), grey(0.98));
        ornament::bars(&mut canvas, code, grey(0.05), rng);
    } else if rng.likely(0.5) {
        let text = rng.digits(13);
        canvas.write(8.0, 48.0, &text, &Type::new(Face::Mono, 3.6, ink));
    }
    if rng.likely(0.4) {
        let side = rng.between(10.0, 22.0);
        let colour = veil(palette.second, rng.between(0.5, 1.0));
        ornament::emblem(&mut canvas, Area::new(60.0, 5.0, side, side), colour, rng);
    }
    finish(canvas, 3.18, None, rng.between(0.2, 0.9), rng)
}

/// A member's, student's or insured person's card, sometimes with a portrait.
fn member(rng: &mut Rng, scale: f32) -> Document {
    let upright = rng.likely(0.15);
    let size = if upright { [ID1[1], ID1[0]] } else { ID1 };
    let tone = rng.weighted(&[(5, Tone::White), (2, Tone::Pale), (2, Tone::Full)]);
    let palette = Palette::draw(rng, tone);
    let mut canvas = Canvas::new(size, scale, palette.ground);
    let [width, height] = size;
    if rng.likely(0.4) {
        let area = Area::new(0.0, 0.0, width, height * rng.between(0.25, 1.0));
        pattern::tinted(&mut canvas, area, &palette, rng);
    }
    let bar = height * rng.between(0.15, 0.3);
    let stripe =
        if rng.likely(0.7) { Area::new(0.0, 0.0, width, bar) } else { Area::new(0.0, height - bar, width, bar) };
    canvas.rect(stripe, palette.strong);
    let brand = fiction::brand(rng);
    let set = Type::new(rng.one_of(ANY), bar * 0.5, Palette::ink_on(palette.strong));
    canvas.write(5.0, stripe.y + bar * 0.68, &brand, &set.fitted(&brand, width - 12.0));
    let person = Person::draw(rng);
    let top = if stripe.y > 0.0 { 5.0 } else { bar + 4.0 };
    let mut portrait = None;
    if rng.likely(0.5) {
        let (w, h) = (rng.between(17.0, 22.0), rng.between(22.0, 27.0));
        let right = rng.likely(0.6);
        let area = Area::new(if right { width - w - 4.0 } else { 4.0 }, top, w, h);
        let look = if rng.likely(0.85) { Look::Colour } else { Look::Grey };
        if let Some(picture) = Portrait::draw(rng, person.woman).render(canvas.pixels_of(area), look) {
            canvas.place(&picture, area, 1.0, BlendMode::SourceOver);
        }
        portrait = Some(area);
    } else if rng.likely(0.45) {
        ornament::chip(&mut canvas, Area::new(8.0, top + 2.0, 12.0, 10.0), rng);
    }
    let set = Type::new(rng.one_of(SANS), rng.between(2.8, 4.0), palette.ink);
    let below = portrait.map_or(height - 18.0, |area| if area.x > 10.0 { top + 6.0 } else { area.bottom() + 4.0 });
    for (row, text) in (0_u8..).zip([person.name(), person.personal.clone(), person.expires.written(person.way)]) {
        let y = below + f32::from(row) * set.size * 1.5;
        if y < height - 1.0 {
            canvas.write(
                5.0,
                y,
                &text,
                &set.fitted(
                    &text,
                    if portrait.is_some_and(|area| area.x > 10.0) { width * 0.55 } else { width - 10.0 },
                ),
            );
        }
    }
    finish(canvas, 3.18, portrait, rng.between(0.2, 0.9), rng)
}

/// The ground of a card: one colour, a wash, lines, or a picture.
fn ground(size: [f32; 2], scale: f32, rng: &mut Rng) -> (Canvas, Palette) {
    let tone = rng.weighted(&[(3, Tone::White), (3, Tone::Pale), (6, Tone::Full), (7, Tone::Dark)]);
    let palette = Palette::draw(rng, tone);
    let mut canvas = Canvas::new(size, scale, palette.ground);
    let all = canvas.area();
    match rng.whole(0, 9) {
        0 | 1 => {}
        2 | 3 => pattern::tinted(&mut canvas, all, &palette, rng),
        4 => pattern::picture(&mut canvas, all, rng),
        5 => {
            pattern::tinted(&mut canvas, all, &palette, rng);
            let colours = [palette.tints[0], palette.strong];
            pattern::waves(&mut canvas, all, colours, rng.between(0.2, 0.7), rng);
        }
        _ => {
            pattern::tinted(&mut canvas, all, &palette, rng);
            for _ in 0..rng.whole(1, 4) {
                let extent = rng.between(20.0, 90.0);
                let area =
                    Area::new(rng.between(-0.3, 0.9) * size[0], rng.between(-0.5, 0.9) * size[1], extent, extent);
                let colour = veil(
                    rng.one_of(&[palette.tints[1], palette.strong, palette.second, grey(1.0)]),
                    rng.between(0.1, 0.6),
                );
                if rng.likely(0.5) {
                    canvas.ellipse(area, colour);
                } else {
                    pattern::blot(&mut canvas, area, colour, rng);
                }
            }
        }
    }
    (canvas, palette)
}

/// A sign and a name beside or below it.
fn logo(canvas: &mut Canvas, [x, y]: [f32; 2], height: f32, brand: &str, set: &Type, rng: &mut Rng) {
    let mut start = x;
    if rng.likely(0.7) {
        let sign = Area::new(x, y, height, height);
        match rng.whole(0, 4) {
            0 => ornament::emblem(canvas, sign, set.colour, rng),
            1 => canvas.ellipse(sign, set.colour),
            2 => {
                for ring in 0..3_u8 {
                    canvas.frame(
                        sign.inset(height * (0.08 + 0.14 * f32::from(ring))),
                        height,
                        height * 0.06,
                        set.colour,
                    );
                }
            }
            3 => canvas.rounded(sign, height * rng.between(0.0, 0.4), set.colour),
            _ => pattern::blot(canvas, sign, set.colour, rng),
        }
        start += height * 1.25;
    }
    let room = canvas.size()[0] - start - 4.0;
    canvas.write(start, y + height * 0.5 + set.size * 0.36, brand, &set.fitted(brand, room));
}

fn contactless(canvas: &mut Canvas, [x, y]: [f32; 2], ink: Color) {
    for arc in 0..4_u8 {
        let far = 1.0 + 1.1 * f32::from(arc);
        let points: Vec<[f32; 2]> = (-4..=4_i8)
            .map(|step| {
                let angle = f32::from(step) * 0.17;
                [x + far * angle.cos(), y + far * angle.sin()]
            })
            .collect();
        canvas.line(&points, 0.45, ink);
    }
}

/// The mark of a way of payment that does not exist.
fn scheme(canvas: &mut Canvas, area: Area, ink: Color, rng: &mut Rng) {
    let (first, second) = (hsl(rng.share(), 0.9, 0.5), hsl(rng.share(), 0.9, 0.5));
    match rng.whole(0, 3) {
        0 => {
            canvas.ellipse(Area::new(area.x, area.y, area.h, area.h), first);
            canvas.ellipse(Area::new(area.right() - area.h, area.y, area.h, area.h), veil(second, 0.85));
        }
        1 => {
            let name = fiction::brand(rng).to_uppercase();
            let set = Type::new(Face::SansBold, area.h * 0.6, ink).fitted(&name, area.w);
            canvas.write(area.x, area.bottom() - 1.0, &name, &set);
        }
        2 => {
            canvas.rounded(area, 1.5, first);
            canvas.rect(Area::new(area.x, area.y + area.h / 3.0, area.w, area.h / 3.0), second);
        }
        _ => {}
    }
}

/// Small print until an area is full.
fn lines(canvas: &mut Canvas, area: Area, set: &Type, rng: &mut Rng) {
    let mut y = area.y + set.size;
    while y < area.bottom() {
        let line = fiction::words(rng, 9);
        canvas.write(area.x, y, &line, &set.fitted(&line, area.w));
        y += set.size * 1.3;
    }
}

fn mrz_free(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase()
}

fn finish(mut canvas: Canvas, corner_mm: f32, portrait: Option<Area>, gloss: f32, rng: &mut Rng) -> Document {
    wear::card(&mut canvas, rng);
    let size_mm = canvas.size();
    let mut document = Document::plain(DocumentClass::OtherCard, corner_mm, gloss, canvas);
    document.portrait = portrait.map(|area| area.shares(size_mm));
    document
}
