//! Data pages of passports, and the page above in an open one.

use image::RgbImage;
use lichtbild_vision::document::DocumentClass;
use tiny_skia::Color;

use super::{Page, TD3, fields, fields::Setting, look, tone};
use crate::{
    Rng,
    document::{
        Document, Says,
        canvas::{Area, Canvas},
        chance::Chance,
        colour::{Palette, Tone, grey, hsl, mix, veil},
        fiction::{self, Person, State},
        mrz, ornament, pattern,
        portrait::{Look, Portrait},
        text::{Face, Type},
        wear,
    },
};

const TITLES: &[&str] = &[
    "PASSPORT",
    "REISEPASS",
    "PASSEPORT",
    "PASAPORTE",
    "PASSAPORTO",
    "PASZPORT",
    "CESTOVNÍ PAS",
    "PASS",
    "ПАСПОРТ",
    "ΔΙΑΒΑΤΗΡΙΟ",
];

/// Draws one.
pub fn draw(says: &Says, rng: &mut Rng, scale: f32) -> Document {
    let (state, person) = (State::draw(rng), says.person(rng));
    let mut page = Page::new(TD3, scale, tone(rng), rng);
    let all = page.canvas.area();
    pattern::security(&mut page.canvas, all, &page.palette.clone(), page.tone, rng);
    let bottom = page.ready_for_zone(2, rng) - 0.5;
    let top = title(&mut page, &state, &person, rng);
    let portrait = Portrait::draw(rng, person.woman);
    // Doc 9303-4: the picture is 45 by 35 mm, and in the left part.
    let height = rng.between(36.0, 46.0).min(bottom - top - 0.5);
    let area = Area::new(
        rng.between(3.0, 7.0),
        top + (bottom - top - height) * rng.share(),
        height * rng.between(0.75, 0.82),
        height,
    );
    let look = look(rng);
    page.place_portrait(&portrait, area, look, rng);
    let start = area.right() + rng.between(2.5, 6.0);
    let text = Area::new(start, top, TD3[0] - start - rng.between(3.0, 18.0), bottom - top);
    let setting = Setting::draw(&page, rng).enlarged(1.15);
    let fields = fields::of_front(&person, &state, rng);
    let end = page.write_fields(&fields, text, &setting, rng);
    extras(&mut page, &portrait, &person, Area::new(text.x, end, text.w, bottom - end), rng);
    let lines = person.zone(rng, &["P", "P", "P", "PA", "PP", "PO", "PD", "PM"], &state, mrz::td3);
    page.print_zone(lines, rng);
    let spread = rng.likely(0.55).then(|| page_above(&page.palette, &state, scale, rng));
    let corner = rng.one_of(&[0.0, 1.0, 3.0, 3.18]);
    page.finish(DocumentClass::PassportPage, corner, spread, rng)
}

/// The heading; gives where it ends.
fn title(page: &mut Page, state: &State, person: &Person, rng: &mut Rng) -> f32 {
    let title = rng.one_of(TITLES);
    let bar = rng.between(8.0, 14.0);
    let mut ink = if rng.likely(0.5) { page.palette.strong } else { page.palette.ink };
    if rng.likely(0.3) {
        page.canvas.rect(Area::new(0.0, 0.0, TD3[0], bar), veil(page.palette.strong, rng.between(0.35, 1.0)));
        ink = Palette::ink_on(page.palette.strong);
    } else if page.tone == Tone::Dark {
        ink = page.palette.ink;
    }
    let face =
        rng.one_of(&[Face::GroteskBold, Face::SansBold, Face::RomanBold, Face::Roman, Face::Serif, Face::Grotesk]);
    let set = Type::new(face, rng.between(3.2, 5.0), ink).spaced(rng.share() * 0.4);
    let small = set.sized(set.size * 0.65).spaced(0.0);
    page.canvas.write(5.0, bar * 0.55, title, &set.fitted(title, 38.0));
    if rng.likely(0.7) {
        let other = rng.one_of(TITLES);
        page.canvas.write(5.0, bar * 0.92, other, &small.fitted(other, 38.0));
    }
    let name = if rng.likely(0.7) { state.full.to_uppercase() } else { state.full.clone() };
    let fitted = set.fitted(&name, 50.0);
    if rng.likely(0.5) {
        page.canvas.write_around(70.0, bar * 0.55, &name, &fitted);
    } else {
        page.canvas.write(46.0, bar * 0.55, &name, &fitted);
    }
    page.canvas.write(46.0, bar * 0.95, "P", &small.sized(2.8));
    page.canvas.write(54.0, bar * 0.95, state.code, &small.sized(2.8));
    let number =
        Type::new(rng.one_of(&[Face::Mono, Face::OcrB, Face::GroteskBold]), rng.between(3.0, 4.4), page.palette.ink);
    page.canvas.write_to(TD3[0] - 4.0, bar * 0.9, &person.number, &number.fitted(&person.number, 30.0));
    if rng.likely(0.5) {
        let sign = Area::new(rng.one_of(&[36.0, 88.0, 112.0]), 2.0, 6.4, 4.0);
        ornament::chip_sign(&mut page.canvas, sign, ink);
    }
    if rng.likely(0.12) {
        ornament::script(&mut page.canvas, [5.0, bar + 2.6], 3.4, 7, ink, rng);
    }
    bar + rng.between(1.0, 3.0)
}

fn extras(page: &mut Page, portrait: &Portrait, person: &Person, free: Area, rng: &mut Rng) {
    if rng.likely(0.45) {
        let tall = rng.between(12.0, 24.0);
        let place = Area::new(TD3[0] - tall * 0.78 - rng.between(2.0, 8.0), rng.between(22.0, 40.0), tall * 0.78, tall);
        page.print_portrait(
            portrait,
            place,
            if rng.likely(0.6) { Look::GreyCut } else { Look::ColourCut },
            rng.between(0.2, 0.75),
        );
    }
    if rng.likely(0.8) {
        let height = if free.h > 5.0 { free.h.min(10.0) } else { 7.0 };
        let y = (free.bottom() - height).max(free.y.min(50.0));
        let place = Area::new(free.x + free.w * rng.between(0.1, 0.5), y, free.w * 0.45, height);
        ornament::signature(&mut page.canvas, place, &person.name(), page.palette.ink, rng);
    }
    if rng.likely(0.35) {
        page.along_side(&person.number, rng);
    }
    for _ in 0..rng.weighted(&[(4, 0), (4, 1), (2, 2)]) {
        let side = rng.between(12.0, 38.0);
        let area = Area::new(
            rng.share() * (TD3[0] - side),
            rng.share() * (62.0 - side * 0.8),
            side,
            side * rng.between(0.6, 1.1),
        );
        page.lay_foil(area, rng);
    }
    if rng.likely(0.1) {
        let area = Area::new(rng.between(40.0, 85.0), rng.between(30.0, 45.0), 22.0, 22.0);
        ornament::rubber(&mut page.canvas, area, "Specimen office", rng);
    }
}

/// The page above: empty with numbers, with a text, with an emblem, dark as a cover's inside, or with a stamp.
fn page_above(below: &Palette, state: &State, scale: f32, rng: &mut Rng) -> RgbImage {
    let own = tone(rng);
    let palette = if rng.likely(0.6) { *below } else { Palette::draw(rng, own) };
    let mut canvas = Canvas::new(TD3, scale, palette.ground);
    let all = canvas.area();
    pattern::security(&mut canvas, all, &palette, Tone::Pale, rng);
    let ink = mix(palette.ink, palette.strong, rng.share());
    match rng.whole(0, 5) {
        0 | 1 => paragraphs(&mut canvas, ink, rng),
        2 => {
            let side = rng.between(30.0, 60.0);
            let place = Area::new((TD3[0] - side) / 2.0, (TD3[1] - side) / 2.0, side, side);
            ornament::emblem(&mut canvas, place, veil(palette.strong, rng.between(0.2, 0.9)), rng);
            let set = Type::new(Face::RomanBold, 5.0, ink);
            canvas.write_around(
                TD3[0] / 2.0,
                12.0,
                &state.full.to_uppercase(),
                &set.fitted(&state.full.to_uppercase(), 110.0),
            );
        }
        3 => {
            let side = rng.between(20.0, 34.0);
            for _ in 0..rng.whole(1, 4) {
                let place = Area::new(rng.share() * 90.0, rng.share() * 55.0, side, side);
                ornament::rubber(&mut canvas, place, &fiction::brand(rng), rng);
            }
        }
        4 => pattern::picture(&mut canvas, all, rng),
        _ => {
            let cover = hsl(rng.one_of(&[0.0, 0.62, 0.35, 0.97]), rng.between(0.2, 0.7), rng.between(0.1, 0.35));
            canvas.rect(all, cover);
        }
    }
    let set = Type::new(Face::Mono, 3.0, ink);
    let number = rng.digits(2);
    canvas.write(TD3[0] / 2.0, 5.0, &number, &set);
    wear::fold(&mut canvas, rng);
    canvas.finish()
}

fn paragraphs(canvas: &mut Canvas, ink: Color, rng: &mut Rng) {
    let set = Type::new(Face::Roman, rng.between(2.4, 3.4), ink);
    let mut y = rng.between(8.0, 24.0);
    while y < TD3[1] - 8.0 {
        let line = fiction::words(rng, 12);
        canvas.write(10.0, y, &line, &set.fitted(&line, 105.0));
        y += set.size * if rng.likely(0.2) { 2.6 } else { 1.4 };
        if rng.likely(0.05) {
            canvas.line(&[[10.0, y], [115.0, y]], 0.2, grey(0.5));
        }
    }
}
