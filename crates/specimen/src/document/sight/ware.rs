//! Sights of wares: shelves, bottles, packages with their labels and codes, food.

use std::f32::consts::TAU;

use tiny_skia::Color;

use super::{SIDE, any, blobs, built, dull, fade, lit, mottle};
use crate::{
    Rng,
    document::{
        canvas::{Area, Canvas},
        chance::Chance,
        colour::{grey, hsl, luminance, veil},
        fiction, ornament, pattern,
        text::{Face, Type},
    },
};

/// A bottle, glass or can that stands at a place.
pub fn bottle(canvas: &mut Canvas, [x, foot]: [f32; 2], high: f32, rng: &mut Rng) {
    let glass = any(rng);
    let wide = high * rng.between(0.25, 0.45);
    let shoulder = high * rng.between(0.4, 1.0);
    canvas.rounded(Area::new(x, foot - shoulder, wide, shoulder), wide * 0.2, glass);
    canvas.rect(Area::new(x + wide * 0.32, foot - high, wide * 0.36, high - shoulder + 1.0), lit(glass, 0.8));
    canvas.rect(Area::new(x + wide * 0.1, foot - shoulder * 0.9, wide * 0.12, shoulder * 0.8), veil(grey(1.0), 0.5));
    canvas.rect(Area::new(x + wide * 0.75, foot - shoulder, wide * 0.25, shoulder), veil(grey(0.0), 0.3));
    if rng.likely(0.6) {
        let label = Area::new(x, foot - shoulder * 0.75, wide, shoulder * 0.45);
        canvas.rect(label, if rng.likely(0.5) { grey(0.95) } else { any(rng) });
        let name = fiction::brand(rng);
        let set = Type::new(rng.one_of(built::LETTERING), label.h * 0.5, grey(0.1)).fitted(&name, wide * 0.9);
        canvas.write_around(label.centre()[0], label.y + label.h * 0.6, &name, &set);
    }
}

/// Boards with bottles, boxes, books and baskets.
pub fn shelves(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    let back = lit(dull(rng), rng.between(0.2, 0.9));
    canvas.rect(all, back);
    let board = dull(rng);
    let step = rng.between(16.0, 45.0);
    let mut foot = rng.between(5.0, step);
    while foot < SIDE + step {
        let mut x = rng.between(-4.0, 4.0);
        let kind = rng.whole(0, 3);
        while x < SIDE {
            let high = step * rng.between(0.45, 0.9);
            match kind {
                0 => {
                    bottle(canvas, [x, foot], high, rng);
                    x += high * rng.between(0.3, 0.6);
                }
                1 => {
                    let wide = high * rng.between(0.08, 0.3);
                    spine(canvas, Area::new(x, foot - high, wide, high), rng);
                    x += wide + 0.1;
                }
                2 => {
                    let wide = high * rng.between(0.5, 1.8);
                    boxed(canvas, Area::new(x, foot - high, wide, high), rng);
                    x += wide + rng.between(0.2, 6.0);
                }
                _ => {
                    if rng.likely(0.5) {
                        boxed(canvas, Area::new(x, foot - high, high, high), rng);
                    } else {
                        bottle(canvas, [x, foot], high, rng);
                    }
                    x += high * rng.between(1.0, 1.6);
                }
            }
        }
        canvas.rect(Area::new(0.0, foot, SIDE, rng.between(1.0, 3.5)), board);
        canvas.rect(Area::new(0.0, foot + 3.0, SIDE, 3.0), veil(grey(0.0), 0.35));
        foot += step;
    }
    for post in 0..rng.whole(0, 3) {
        canvas.rect(Area::new(post as f32 * 48.0 - 1.0, 0.0, 3.0, SIDE), lit(board, 0.8));
    }
}

fn spine(canvas: &mut Canvas, area: Area, rng: &mut Rng) {
    let cover = any(rng);
    canvas.rect(area, cover);
    canvas.rect(Area::new(area.x, area.y, area.w * 0.15, area.h), veil(grey(0.0), 0.4));
    let title = fiction::words(rng, 2);
    let set = Type::new(rng.one_of(built::LETTERING), area.w * 0.7, lit(cover, rng.one_of(&[0.2, 1.8])));
    canvas.write_turned(
        [area.x + area.w * 0.25, area.y + area.h * 0.1],
        90.0,
        &title,
        &set.fitted(&title, area.h * 0.8),
    );
}

/// A box from the front, with a name, a picture or a label.
fn boxed(canvas: &mut Canvas, area: Area, rng: &mut Rng) {
    let pack = if rng.likely(0.3) { hsl(0.09, 0.35, rng.between(0.45, 0.65)) } else { any(rng) };
    canvas.rect(area, pack);
    if rng.likely(0.4) {
        pattern::picture(canvas, area.inset(area.h * 0.15), rng);
    }
    if rng.likely(0.7) {
        let label = Area::new(area.x + area.w * 0.1, area.y + area.h * 0.2, area.w * 0.8, area.h * 0.3);
        built::lettered(canvas, label, rng);
    }
    canvas.rect(Area::new(area.right() - area.w * 0.06, area.y, area.w * 0.06, area.h), veil(grey(0.0), 0.3));
}

/// A package near by: its colours, its small print, the label with its code.
pub fn package(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    let behind = dull(rng);
    pattern::clouds(canvas, all, [lit(behind, 0.4), behind, any(rng)], rng);
    let pack = any(rng);
    let body = Area::new(
        rng.between(-25.0, 15.0),
        rng.between(-25.0, 15.0),
        rng.between(80.0, 130.0),
        rng.between(70.0, 130.0),
    );
    canvas.rounded(body, rng.one_of(&[0.0, 1.0, 8.0]), pack);
    match rng.whole(0, 4) {
        0 => pattern::picture(canvas, body.inset(rng.between(0.0, 15.0)), rng),
        1 => {
            let colour = any(rng);
            let field = Area::new(body.x, body.y, body.w * rng.between(0.3, 1.0), body.h);
            blobs(canvas, field, 180, rng.between(4.0, 14.0), [lit(colour, 0.5), lit(colour, 1.3)], rng);
        }
        2 => {
            for _ in 0..rng.whole(1, 4) {
                let band = Area::new(body.x, body.y + rng.share() * body.h, body.w, rng.between(3.0, 25.0));
                let colour = any(rng);
                canvas.rect(band, colour);
            }
        }
        _ => {}
    }
    for _ in 0..rng.whole(0, 3) {
        let [x, y] = [body.x + rng.share() * body.w * 0.6, body.y + rng.share() * body.h * 0.8];
        small_print(canvas, Area::new(x, y, rng.between(15.0, 50.0), rng.between(8.0, 35.0)), pack, rng);
    }
    if rng.likely(0.6) {
        let plate = Area::new(
            rng.between(-10.0, 60.0),
            rng.between(0.0, 85.0),
            rng.between(25.0, 60.0),
            rng.between(8.0, 20.0),
        );
        built::lettered(canvas, plate, rng);
    }
    if rng.likely(0.85) {
        code(canvas, pack, rng);
    }
    // Round, creased or shining.
    match rng.whole(0, 3) {
        0 => {
            for share in 0..10_u8 {
                let dark = (f32::from(share) / 9.0 * 2.0 - 1.0).powi(2) * 0.5;
                let strip = Area::new(body.x + body.w * f32::from(share) / 10.0, body.y, body.w / 10.0 + 0.1, body.h);
                canvas.rect(strip, veil(grey(0.0), dark));
            }
        }
        1 => mottle(canvas, all, 0.5, [rng.between(5.0, 20.0), rng.between(5.0, 20.0)], rng),
        2 => {
            let shine = Area::new(rng.share() * 70.0, 0.0, rng.between(4.0, 25.0), SIDE);
            canvas.rect(shine, veil(grey(1.0), rng.between(0.1, 0.5)));
        }
        _ => {}
    }
}

/// A field, mostly white, with bars or squares and their number.
fn code(canvas: &mut Canvas, pack: Color, rng: &mut Rng) {
    let (w, h) = (rng.between(25.0, 75.0), rng.between(18.0, 50.0));
    let field = Area::new(rng.between(0.0, 95.0 - w), rng.between(0.0, 95.0 - h), w, h);
    let paper = rng.weighted(&[(6, grey(0.95)), (3, pack), (1, hsl(0.15, 0.6, 0.8))]);
    canvas.rounded(field, rng.one_of(&[0.0, 0.0, 3.0]), paper);
    let ink = grey(rng.between(0.0, 0.2));
    if rng.likely(0.25) {
        let side = h * 0.8;
        ornament::matrix(canvas, Area::new(field.x + h * 0.1, field.y + h * 0.1, side, side), ink, rng);
        small_print(canvas, Area::new(field.x + h, field.y + 3.0, (w - h - 2.0).max(4.0), h - 6.0), paper, rng);
        return;
    }
    let mut x = field.x + w * 0.1;
    let module = w * 0.8 / 95.0;
    let foot = field.bottom() - h * rng.between(0.14, 0.24);
    while x < field.right() - w * 0.1 {
        let wide = module * rng.whole(1, 4) as f32;
        canvas.rect(Area::new(x, field.y + h * 0.1, wide, foot - field.y - h * 0.1), ink);
        x += wide + module * rng.whole(1, 4) as f32;
    }
    let number = rng.digits(13);
    let set = Type::new(rng.one_of(&[Face::OcrB, Face::Grotesk, Face::Mono]), h * 0.16, ink);
    canvas.write(field.x + w * 0.1, field.bottom() - h * 0.04, &number, &set.fitted(&number, w * 0.8));
}

fn small_print(canvas: &mut Canvas, area: Area, ground: Color, rng: &mut Rng) {
    let ink = if luminance(ground) < 0.5 { grey(0.95) } else { grey(0.1) };
    let set = Type::new(rng.one_of(&[Face::Grotesk, Face::Sans, Face::GroteskBold]), rng.between(1.8, 4.5), ink);
    let mut y = area.y + set.size;
    while y < area.bottom() {
        let count = rng.whole(2, 5);
        let text = fiction::words(rng, count);
        canvas.write(area.x, y, &text, &set.fitted(&text, area.w));
        y += set.size * 1.25;
    }
}

/// A dish on a cloth, or something eaten from the hand.
pub fn food(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    let cloth = if rng.likely(0.5) { any(rng) } else { grey(rng.between(0.0, 1.0)) };
    canvas.rect(all, cloth);
    if rng.likely(0.4) {
        let step = rng.between(4.0, 14.0);
        let other = lit(cloth, rng.one_of(&[0.6, 1.5]));
        let mut at = 0.0;
        while at < SIDE {
            canvas.rect(Area::new(at, 0.0, step / 2.0, SIDE), veil(other, 0.6));
            canvas.rect(Area::new(0.0, at, SIDE, step / 2.0), veil(other, 0.6));
            at += step;
        }
    }
    mottle(canvas, all, 0.15, [5.0, 5.0], rng);
    let (w, h) = (rng.between(40.0, 85.0), rng.between(25.0, 70.0));
    let dish = Area::new(rng.between(0.0, 100.0 - w), rng.between(5.0, 95.0 - h), w, h);
    canvas.ellipse(Area::new(dish.x + 2.0, dish.y + 3.0, w, h), veil(grey(0.0), 0.4));
    if rng.likely(0.4) {
        // Paper beneath.
        let napkin = grey(rng.between(0.75, 1.0));
        let [x, y] = dish.centre();
        let corners: Vec<[f32; 2]> = (0..rng.whole(4, 9))
            .map(|corner| {
                let (sin, cos) = (TAU * corner as f32 / 7.0 + rng.share()).sin_cos();
                [x + cos * w * 0.6, y + sin * h * 0.6]
            })
            .collect();
        canvas.polygon(&corners, napkin);
    } else {
        canvas.ellipse(dish, grey(rng.between(0.6, 1.0)));
        canvas.ellipse(dish.inset(w.min(h) * 0.1), grey(rng.between(0.7, 1.0)));
    }
    for _ in 0..rng.whole(1, 4) {
        let crust = hsl(rng.between(0.0, 0.3), rng.between(0.3, 0.9), rng.between(0.2, 0.7));
        let part = Area::new(
            dish.x + w * rng.between(0.05, 0.5),
            dish.y + h * rng.between(0.1, 0.5),
            w * rng.between(0.2, 0.5),
            h * rng.between(0.2, 0.5),
        );
        canvas.ellipse(part, crust);
        blobs(canvas, part, 60, rng.between(1.0, 6.0), [lit(crust, 0.5), lit(crust, 1.4)], rng);
    }
    if rng.likely(0.4) {
        let x = rng.between(2.0, 95.0);
        canvas.line(&[[x, 10.0], [x + rng.between(-5.0, 5.0), 90.0]], 1.8, grey(rng.between(0.5, 0.9)));
    }
}

/// Many things of a kind in a heap: fruit, stones, bricks, cartons, cables.
pub fn heap(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    let (one, other) = (any(rng), dull(rng));
    fade(canvas, all, [lit(one, 0.2), lit(one, 0.4)]);
    let size = rng.between(4.0, 22.0);
    let angular = rng.likely(0.5);
    let mut y = -size * 0.5;
    while y < SIDE {
        let mut x = -rng.between(0.0, size);
        while x < SIDE {
            let colour = lit(if rng.likely(0.8) { one } else { other }, rng.between(0.6, 1.4));
            let (w, h) = (size * rng.between(0.7, 1.6), size * rng.between(0.7, 1.2));
            let place = Area::new(x, y + rng.between(-0.3, 0.3) * size, w, h);
            if angular {
                let lean = rng.between(-0.25, 0.25) * w;
                let [top, foot] = [place.y, place.bottom()];
                canvas.polygon(&[[x + lean, top], [x + w, top + lean], [x + w - lean, foot], [x, foot - lean]], colour);
                canvas.polygon(&[[x, foot - lean], [x + w - lean, foot], [x + w, foot + h * 0.2]], lit(colour, 0.4));
            } else {
                canvas.ellipse(place, lit(colour, 0.6));
                canvas.ellipse(Area::new(x + w * 0.05, place.y, w * 0.8, h * 0.8), colour);
                canvas.ellipse(Area::new(x + w * 0.2, place.y + h * 0.1, w * 0.2, h * 0.15), veil(grey(1.0), 0.5));
            }
            x += w * 0.85;
        }
        y += size * 0.7;
    }
}
