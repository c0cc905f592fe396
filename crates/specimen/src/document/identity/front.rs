//! Fronts of identity cards, residence permits and licences.

use lichtbild_vision::document::DocumentClass;

use super::{ID1, Page, TD2, fields, fields::Setting, look, tone};
use crate::{
    Rng,
    document::{
        Document, Says,
        canvas::Area,
        chance::Chance,
        colour::{Palette, Tone, veil},
        fiction::{self, Person, State},
        mrz, ornament, pattern,
        portrait::{Look, Portrait},
        text::{Face, Type},
    },
};

const TITLES: &[&str] = &[
    "IDENTITY CARD",
    "PERSONALAUSWEIS",
    "CARTE D'IDENTITÉ",
    "CARTA DI IDENTITÀ",
    "DOCUMENTO DE IDENTIDAD",
    "DOWÓD OSOBISTY",
    "OBČANSKÝ PRŮKAZ",
    "IDENTITETSKORT",
    "IDENTITEITSKAART",
    "RESIDENCE PERMIT",
    "AUFENTHALTSTITEL",
    "TITRE DE SÉJOUR",
    "DRIVING LICENCE",
    "FÜHRERSCHEIN",
    "PERMIS DE CONDUIRE",
    "CARTÃO DE CIDADÃO",
    "REISEAUSWEIS",
    "УДОСТОВЕРЕНИЕ ЛИЧНОСТИ",
    "ЛИЧНА КАРТА / IDENTITY CARD",
    "ΔΕΛΤΙΟ ΤΑΥΤΟΤΗΤΑΣ",
    "NATIONAL ID",
    "PERMIS DE SÉJOUR / RESIDENCE PERMIT",
];

/// Draws one.
pub fn draw(says: &Says, rng: &mut Rng, scale: f32) -> Document {
    let by_chance = rng.likely(0.16);
    let large = says.zone.unwrap_or(by_chance);
    let (size, corner) = if large { TD2 } else { ID1 };
    let (state, person) = (State::draw(rng), says.person(rng));
    let mut page = Page::new(size, scale, tone(rng), rng);
    let all = page.canvas.area();
    pattern::security(&mut page.canvas, all, &page.palette.clone(), page.tone, rng);
    let bottom = if large { page.ready_for_zone(2, rng) } else { size[1] - rng.between(1.5, 5.0) };
    let (left, top) = if rng.likely(0.1) {
        (side_title(&mut page, &state, bottom, rng), 3.0)
    } else {
        (3.0, title(&mut page, &state, rng))
    };
    let portrait = Portrait::draw(rng, person.woman);
    let inner = Area::new(left, top + 0.8, size[0] - left - 3.0, bottom - top - 0.8);
    let text = place_portrait(&mut page, &portrait, &person, inner, rng);
    let setting = Setting::draw(&page, rng);
    let fields = fields::of_front(&person, &state, rng);
    let end = page.write_fields(&fields, text, &setting, rng);
    extras(&mut page, &portrait, &person, Area::new(text.x, end, text.w, bottom - end), rng);
    if large {
        let lines = person.zone(rng, &["I", "ID", "IR", "AC"], &state, mrz::td2);
        page.print_zone(lines, rng);
    }
    page.finish(DocumentClass::IdFront, corner, None, rng)
}

/// The title in one of its places; gives where it ends.
fn title(page: &mut Page, state: &State, rng: &mut Rng) -> f32 {
    let [width, _] = page.canvas.size();
    let title = rng.one_of(TITLES);
    let bar = rng.between(5.5, 9.5);
    let filled = rng.likely(0.4);
    let mut ink = page.palette.strong;
    if filled {
        let colour = veil(page.palette.strong, rng.between(0.55, 1.0));
        let inset = if rng.likely(0.7) { 0.0 } else { 2.0 };
        page.canvas.rect(Area::new(inset, inset, width - 2.0 * inset, bar - inset), colour);
        ink = Palette::ink_on(page.palette.strong);
    } else if rng.likely(0.4) || page.tone == Tone::Dark {
        ink = page.palette.ink;
    }
    let mut left = rng.between(3.0, 6.0);
    let mut right = width - 3.0;
    if rng.likely(0.45) {
        let flag = Area::new(left, 1.6, (bar - 2.6) * rng.between(1.3, 1.6), bar - 2.6);
        ornament::flag(&mut page.canvas, flag, rng);
        left = flag.right() + 1.5;
    } else if rng.likely(0.35) {
        ornament::emblem(&mut page.canvas, Area::new(left, 1.0, bar - 1.6, bar - 1.6), ink, rng);
        left += bar;
    }
    if rng.likely(0.2) {
        let side = bar - 2.4;
        ornament::flag(&mut page.canvas, Area::new(right - side * 1.5, 1.6, side * 1.5, side), rng);
        right -= side * 1.5 + 1.5;
    }
    let face =
        rng.one_of(&[Face::GroteskBold, Face::SansBold, Face::Grotesk, Face::Roman, Face::RomanBold, Face::Serif]);
    let set = Type::new(face, rng.between(2.6, 4.2), ink).spaced(rng.share() * 0.3);
    let room = right - left;
    let name = if rng.likely(0.7) { state.full.to_uppercase() } else { state.full.clone() };
    if rng.likely(0.5) {
        let (first, second) = (set.fitted(&name, room), set.sized(set.size * 0.72).fitted(title, room));
        if rng.likely(0.3) {
            page.canvas.write_around(left + room / 2.0, bar * 0.5, &name, &first);
            page.canvas.write_around(left + room / 2.0, bar * 0.92, title, &second);
        } else {
            page.canvas.write(left, bar * 0.5, &name, &first);
            page.canvas.write(left, bar * 0.92, title, &second);
        }
    } else {
        let line = if rng.likely(0.4) { title.to_owned() } else { format!("{name}  {title}") };
        page.canvas.write(left, bar * 0.7, &line, &set.fitted(&line, room));
    }
    bar + rng.between(0.4, 2.5)
}

/// The title in a band along the left side; gives where the band ends.
fn side_title(page: &mut Page, state: &State, bottom: f32, rng: &mut Rng) -> f32 {
    let [_, height] = page.canvas.size();
    let height = if height - bottom > 10.0 { bottom } else { height };
    let wide = rng.between(6.0, 13.0);
    page.canvas.rect(Area::new(0.0, 0.0, wide, height), veil(page.palette.strong, rng.between(0.5, 1.0)));
    let words = format!("{}  {}", state.full.to_uppercase(), rng.one_of(TITLES));
    let set = Type::new(
        rng.one_of(&[Face::GroteskBold, Face::SansBold, Face::Roman]),
        wide * 0.5,
        Palette::ink_on(page.palette.strong),
    );
    let set = set.fitted(&words, height - 6.0);
    page.canvas.write_turned([wide * 0.68, height - 3.0], -90.0, &words, &set);
    wide + 1.5
}

/// The portrait and what stands around it; gives where text goes.
fn place_portrait(page: &mut Page, portrait: &Portrait, person: &Person, inner: Area, rng: &mut Rng) -> Area {
    let bleed = rng.likely(0.12);
    let mut height = (inner.h * rng.between(0.62, 1.0)).min(rng.between(30.0, 42.0));
    let mut width = height * rng.between(0.74, 0.82);
    let most = inner.w * 0.42;
    if width > most {
        (width, height) = (most, height * most / width);
    }
    let right_side = rng.likely(0.14);
    let edge = if bleed { -3.0 } else { rng.between(-1.0, 2.5) };
    let x = if right_side { inner.right() - width - edge } else { inner.x + edge };
    let area = Area::new(x, inner.y + (inner.h - height) * rng.share() * 0.4, width, height);
    let look = look(rng);
    page.place_portrait(portrait, area, look, rng);
    let below = inner.bottom() - area.bottom();
    if below > 4.0 {
        let place = Area::new(area.x.max(2.0), area.bottom() + 0.6, width, below.min(8.0) - 1.0);
        if rng.likely(0.6) {
            ornament::signature(&mut page.canvas, place, &person.name(), page.palette.ink, rng);
        } else {
            let set = Type::new(Face::Mono, 2.6, page.palette.ink).fitted(&person.number, width);
            page.canvas.write(place.x, place.y + 3.0, &person.number, &set);
        }
    }
    let mut inner = inner;
    if rng.likely(0.35) {
        let face = rng.one_of(&[Face::Mono, Face::OcrB, Face::GroteskBold, Face::SansBold]);
        let ink = if rng.likely(0.3) { page.palette.second } else { page.palette.ink };
        let set = Type::new(face, rng.between(2.6, 4.2), ink).fitted(&person.number, inner.w * 0.35);
        page.canvas.write_to(inner.right(), inner.y + set.size * 0.8, &person.number, &set);
        inner = Area::new(inner.x, inner.y + set.size, inner.w, inner.h - set.size);
    }
    let gap = rng.between(1.5, 4.0);
    if right_side {
        Area::new(inner.x, inner.y, area.x - gap - inner.x, inner.h)
    } else {
        Area::new(area.right() + gap, inner.y, inner.right() - area.right() - gap, inner.h)
    }
}

/// What some have: a second small portrait, a chip, a signature, foil, numbers along the side.
fn extras(page: &mut Page, portrait: &Portrait, person: &Person, free: Area, rng: &mut Rng) {
    let [width, height] = page.canvas.size();
    let right = free.right();
    let corner = |w: f32, h: f32, rng: &mut Rng| {
        Area::new(right - w - rng.between(-1.0, 4.0), height * rng.between(0.3, 0.6), w, h)
    };
    if rng.likely(0.35) {
        let tall = rng.between(9.0, 17.0);
        let place = corner(tall * 0.78, tall, rng);
        let look = if rng.likely(0.7) { Look::GreyCut } else { Look::ColourCut };
        page.print_portrait(portrait, place, look, rng.between(0.25, 0.8));
    } else if rng.likely(0.25) {
        let place = corner(rng.between(11.0, 14.0), rng.between(9.0, 12.0), rng);
        ornament::chip(&mut page.canvas, place, rng);
    } else if rng.likely(0.3) {
        let side = rng.between(8.0, 18.0);
        let (place, colour) = (corner(side, side, rng), veil(page.palette.strong, rng.between(0.2, 0.8)));
        ornament::emblem(&mut page.canvas, place, colour, rng);
    }
    if free.h > 4.0 && rng.likely(0.75) {
        let place = Area::new(
            free.x + free.w * rng.between(0.0, 0.35),
            free.y + 0.4,
            free.w * rng.between(0.4, 0.65),
            (free.h - 0.8).min(9.0),
        );
        ornament::signature(&mut page.canvas, place, &person.name(), page.palette.ink, rng);
    }
    if rng.likely(0.3) {
        let words = if rng.likely(0.5) { person.number.clone() } else { fiction::brand(rng).to_uppercase() };
        page.along_side(&words, rng);
    }
    for _ in 0..rng.weighted(&[(5, 0), (4, 1), (1, 2)]) {
        let side = rng.between(7.0, 26.0);
        let strip = rng.likely(0.2);
        let (x, y) = (rng.share() * (width - side), rng.share() * (height - side).max(0.0));
        let area = if strip {
            Area::new(x, 0.0, rng.between(4.0, 9.0), height)
        } else {
            Area::new(x, y, side, side * rng.between(0.7, 1.2))
        };
        page.lay_foil(area, rng);
    }
    if rng.likely(0.05) {
        let colour = veil(page.palette.second, 0.25);
        let set = Type::new(Face::SansBold, rng.between(8.0, 14.0), colour);
        page.canvas.write_turned([width * 0.2, height * 0.8], rng.between(-35.0, -10.0), "SPECIMEN", &set);
    }
}
