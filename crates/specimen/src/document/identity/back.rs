//! Backs of identity cards: with a machine-readable zone of three lines, or without.

use lichtbild_vision::document::DocumentClass;

use super::{ID1, Page, TD2, fields, fields::Setting, tone};
use crate::{
    Rng,
    document::{
        Document, Says,
        canvas::Area,
        chance::Chance,
        colour::{Palette, grey, mix, veil},
        fiction::{self, Person, State},
        mrz, ornament, pattern,
        portrait::{Look, Portrait},
        text::{Face, Type},
    },
};

/// Draws one.
pub fn draw(says: &Says, rng: &mut Rng, scale: f32) -> Document {
    let by_chance = rng.likely(0.8);
    let with_zone = says.zone.unwrap_or(by_chance);
    let (size, corner) = if !with_zone && rng.likely(0.5) { TD2 } else { ID1 };
    let (state, person) = (State::draw(rng), says.person(rng));
    let mut page = Page::new(size, scale, tone(rng), rng);
    let all = page.canvas.area();
    pattern::security(&mut page.canvas, all, &page.palette.clone(), page.tone, rng);
    let bottom = if with_zone { page.ready_for_zone(3, rng) } else { size[1] - 2.0 };
    let mut free = Area::new(3.5, rng.between(2.0, 4.5), size[0] - 7.0, 0.0);
    free.h = bottom - free.y;
    if rng.likely(0.12) {
        let stripe = Area::new(0.0, rng.between(2.5, 4.5), size[0], rng.between(7.0, 11.0));
        page.canvas.rect(stripe, grey(rng.between(0.05, 0.15)));
        free = Area::new(free.x, stripe.bottom() + 1.0, free.w, free.bottom() - stripe.bottom() - 1.0);
    } else if rng.likely(0.3) {
        let bar = Area::new(0.0, 0.0, size[0], rng.between(3.5, 7.5));
        page.canvas.rect(bar, veil(page.palette.strong, rng.between(0.5, 1.0)));
        let set = Type::new(Face::GroteskBold, bar.h * 0.5, Palette::ink_on(page.palette.strong));
        page.canvas.write(
            free.x,
            bar.h * 0.68,
            &state.full.to_uppercase(),
            &set.fitted(&state.full.to_uppercase(), free.w),
        );
        free = Area::new(free.x, bar.bottom() + 1.0, free.w, free.bottom() - bar.bottom() - 1.0);
    }
    if !with_zone && rng.likely(0.45) {
        table(&mut page, free, rng);
    } else {
        let free = side_figure(&mut page, &person, free, rng);
        let setting = Setting::draw(&page, rng);
        let fields = fields::of_back(&person, rng);
        page.write_fields(&fields, free, &setting, rng);
    }
    if with_zone && rng.likely(0.35) {
        foot(&mut page, &person, Area::new(3.5, bottom - 6.0, size[0] - 7.0, 5.5), rng);
    }
    if rng.likely(0.25) {
        page.along_side(&person.number, rng);
    }
    if rng.likely(0.3) {
        let extent = rng.between(7.0, 15.0);
        let area =
            Area::new(rng.share() * (size[0] - extent), rng.share() * (bottom - extent).max(0.0), extent, extent);
        page.lay_foil(area, rng);
    }
    if with_zone {
        let lines = person.zone(rng, &["I", "ID", "AR", "IR", "AC"], &state, mrz::td1);
        page.print_zone(lines, rng);
    }
    page.finish(DocumentClass::IdBack, corner, None, rng)
}

/// A chip, a code, an emblem, a fingerprint or a small portrait at one side; gives what remains.
fn side_figure(page: &mut Page, person: &Person, free: Area, rng: &mut Rng) -> Area {
    let ink = page.palette.ink;
    let tall = free.h.min(rng.between(10.0, 24.0));
    let at = |width: f32, height: f32, left: bool, rng: &mut Rng| {
        let x = if left { free.x } else { free.right() - width };
        Area::new(x, free.y + (free.h - height).max(0.0) * rng.share(), width, height)
    };
    let left = rng.likely(0.3);
    let place = match rng.whole(0, 9) {
        0 | 1 => {
            let place = at(rng.between(11.5, 13.5), rng.between(9.5, 12.0), left, rng);
            ornament::chip(&mut page.canvas, place, rng);
            place
        }
        2 => {
            let place = at(tall * 0.9, tall * 0.9, left, rng);
            page.canvas.rect(place.inset(-0.8), grey(0.97));
            ornament::matrix(&mut page.canvas, place, grey(0.1), rng);
            place
        }
        3 => {
            let place = at(rng.between(24.0, 40.0), rng.between(6.0, 10.0), left, rng);
            page.canvas.rect(place.inset(-0.8), grey(0.97));
            if rng.likely(0.5) {
                ornament::bars(&mut page.canvas, place, grey(0.1), rng);
            } else {
                ornament::matrix(&mut page.canvas, place, grey(0.1), rng);
            }
            place
        }
        4 | 5 => {
            let place = at(tall * 0.85, tall * 0.85, left, rng);
            let colour = veil(mix(page.palette.strong, ink, 0.2), rng.between(0.25, 0.9));
            ornament::emblem(&mut page.canvas, place, colour, rng);
            place
        }
        6 => {
            let place = at(tall * 0.62, tall * 0.8, left, rng);
            let portrait = Portrait::draw(rng, person.woman);
            page.print_portrait(
                &portrait,
                place,
                if rng.likely(0.6) { Look::GreyCut } else { Look::Colour },
                rng.between(0.4, 1.0),
            );
            place
        }
        7 => {
            let place = at(tall * 0.7, tall * 0.9, left, rng);
            fingerprint(page, place, rng);
            place
        }
        _ => return free,
    };
    if left {
        Area::new(place.right() + 2.0, free.y, free.right() - place.right() - 2.0, free.h)
    } else {
        Area::new(free.x, free.y, place.x - 2.0 - free.x, free.h)
    }
}

/// What stands right above the zone: a number and its bars, a signature, or an official's.
fn foot(page: &mut Page, person: &Person, area: Area, rng: &mut Rng) {
    let ink = page.palette.ink;
    if rng.likely(0.5) {
        let set = Type::new(rng.one_of(&[Face::Mono, Face::OcrB, Face::GroteskBold]), rng.between(2.8, 4.2), ink);
        page.canvas.write_to(
            area.right(),
            area.bottom() - 1.0,
            &person.number,
            &set.fitted(&person.number, area.w * 0.4),
        );
    } else {
        let code = Area::new(area.x + area.w * 0.5, area.y, area.w * 0.5, area.h - 1.0);
        ornament::bars(&mut page.canvas, code, ink, rng);
    }
    if rng.likely(0.5) {
        let place = Area::new(area.x, area.y, area.w * 0.35, area.h);
        ornament::signature(&mut page.canvas, place, &person.name(), ink, rng);
    }
}

fn fingerprint(page: &mut Page, area: Area, rng: &mut Rng) {
    let ink = veil(page.palette.ink, 0.7);
    let rings = (area.w / 0.9) as u32;
    for ring in 1..rings {
        let share = ring as f32 / rings as f32;
        let [x, y] = area.centre();
        let (w, h) = (area.w * share, area.h * share);
        let moved = Area::new(x - w / 2.0 + rng.between(-0.2, 0.2), y - h * 0.42 + rng.between(-0.2, 0.2), w, h);
        page.canvas.frame(moved, w, 0.3, ink);
    }
}

/// Rows and columns, as on the back of a driving licence.
fn table(page: &mut Page, area: Area, rng: &mut Rng) {
    let (rows, ink) = (rng.whole(6, 13), page.palette.soft_ink);
    let columns = [0.0, 0.14, 0.34, 0.56, 0.78, 1.0].map(|share| area.x + area.w * share);
    let step = area.h / rows as f32;
    let set = Type::new(Face::Grotesk, step * 0.62, page.palette.ink);
    for row in 0..=rows {
        let y = area.y + step * row as f32;
        canvas_line(page, [area.x, y], [area.right(), y], ink);
        if row < rows {
            let name = rng.one_of(&["AM", "A1", "A2", "A", "B", "BE", "C1", "C", "CE", "D", "T", "L"]);
            page.canvas.write(columns[0] + 0.6, y + step * 0.75, name, &set);
            for &x in &columns[2..5] {
                if rng.likely(0.45) {
                    let date = fiction::Date::draw(rng, 2000, 2030).written(4);
                    page.canvas.write(x + 0.5, y + step * 0.75, &date, &set.fitted(&date, area.w * 0.2));
                } else if rng.likely(0.3) {
                    canvas_line(page, [x + 2.0, y + step * 0.5], [x + 9.0, y + step * 0.5], ink);
                }
            }
        }
    }
    for x in columns {
        canvas_line(page, [x, area.y], [x, area.bottom()], ink);
    }
}

fn canvas_line(page: &mut Page, from: [f32; 2], to: [f32; 2], colour: tiny_skia::Color) {
    page.canvas.line(&[from, to], 0.15, colour);
}
