//! Sights indoors: rooms, boards and pictures on walls, screens, keys, tiles.

use tiny_skia::Color;

use super::{SIDE, any, built, dull, fade, lit, mottle, ware};
use crate::{
    Rng,
    document::{
        canvas::{Area, Canvas},
        chance::Chance,
        colour::{grey, hsl, luminance, mix, veil},
        fiction, ornament, pattern,
        text::{Face, Type},
    },
};

/// A wall and a floor, with a door, a window, pictures, furniture.
pub fn room(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    let wall = if rng.likely(0.5) { grey(rng.between(0.5, 0.98)) } else { dull(rng) };
    fade(canvas, all, [wall, lit(wall, rng.between(0.7, 1.1))]);
    let floor = rng.between(55.0, 95.0);
    let below = Area::new(0.0, floor, SIDE, SIDE - floor);
    tiled(canvas, below, rng);
    canvas.rect(Area::new(0.0, floor - 1.5, SIDE, 1.5), lit(wall, rng.one_of(&[0.6, 1.3])));
    if rng.likely(0.3) {
        // The next wall.
        let x = rng.between(5.0, 30.0);
        canvas.polygon(&[[0.0, 0.0], [x, 0.0], [x, floor], [0.0, floor + x * 0.6]], lit(wall, 0.8));
    }
    if rng.likely(0.45) {
        let window = Area::new(rng.between(5.0, 60.0), rng.between(5.0, 20.0), rng.between(15.0, 45.0), floor * 0.5);
        let frame = grey(rng.between(0.6, 1.0));
        canvas.rect(window.inset(-1.5), frame);
        if rng.likely(0.5) {
            canvas.rect(window, grey(1.0));
        } else {
            pattern::picture(canvas, window, rng);
        }
        let [x, y] = window.centre();
        canvas.line(&[[x, window.y], [x, window.bottom()]], 1.5, frame);
        canvas.line(&[[window.x, y], [window.right(), y]], 1.0, frame);
        if rng.likely(0.4) {
            let curtain = any(rng);
            for fold in 0..6_u8 {
                let x = window.x - 6.0 + f32::from(fold) * 2.0;
                canvas.rect(Area::new(x, 0.0, 2.0, floor), lit(curtain, 0.7 + 0.1 * f32::from(fold % 3)));
            }
        }
    }
    if rng.likely(0.4) {
        let wide = rng.between(14.0, 30.0);
        let door = Area::new(rng.between(0.0, 75.0), floor * 0.15, wide, floor * 0.85);
        let wood = dull(rng);
        canvas.rect(door.inset(-1.5), lit(wood, rng.one_of(&[0.7, 1.4])));
        canvas.rect(door, wood);
        canvas.frame(door.inset(wide * 0.15), 0.0, 0.6, lit(wood, 0.7));
        canvas.ellipse(Area::new(door.right() - 3.0, door.centre()[1], 1.8, 1.8), grey(0.7));
    }
    for _ in 0..rng.whole(0, 4) {
        let (w, h) = (rng.between(6.0, 30.0), rng.between(6.0, 30.0));
        framed(canvas, Area::new(rng.share() * 80.0, rng.share() * floor * 0.5, w, h), rng);
    }
    for _ in 0..rng.whole(0, 3) {
        let (w, h) = (rng.between(15.0, 55.0), rng.between(10.0, 40.0));
        let piece = Area::new(rng.between(-10.0, 80.0), floor + rng.between(0.0, 12.0) - h, w, h);
        let stuff = dull(rng);
        canvas.rounded(piece, rng.one_of(&[0.0, 3.0]), stuff);
        for drawer in 1..rng.whole(1, 5) {
            let y = piece.y + h * drawer as f32 / 5.0;
            canvas.line(&[[piece.x, y], [piece.right(), y]], 0.5, lit(stuff, 0.6));
        }
        canvas.polygon(
            &[
                [piece.x, piece.y],
                [piece.x + 4.0, piece.y - 4.0],
                [piece.right() + 4.0, piece.y - 4.0],
                [piece.right(), piece.y],
            ],
            lit(stuff, 1.25),
        );
    }
}

/// A picture in a frame, or a poster.
fn framed(canvas: &mut Canvas, area: Area, rng: &mut Rng) {
    canvas.rect(Area::new(area.x + 1.0, area.y + 1.0, area.w, area.h), veil(grey(0.0), 0.3));
    let frame = if rng.likely(0.5) { grey(rng.one_of(&[0.05, 0.95])) } else { dull(rng) };
    canvas.rect(area, frame);
    let inner = area.inset(area.w.min(area.h) * rng.between(0.03, 0.12));
    if rng.likely(0.4) {
        canvas.rect(inner, grey(0.96));
        pattern::picture(canvas, inner.inset(inner.w.min(inner.h) * 0.15), rng);
    } else {
        pattern::picture(canvas, inner, rng);
    }
}

/// Boards with writing, posters and pictures side by side on a wall.
pub fn boards(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    let wall = dull(rng);
    canvas.rect(all, wall);
    mottle(canvas, all, 0.25, [rng.between(1.0, 10.0), rng.between(1.0, 10.0)], rng);
    let (columns, rows) = (rng.whole(1, 4), rng.whole(1, 3));
    let (step_x, step_y) = (SIDE / columns as f32, rng.between(45.0, 100.0) / rows as f32);
    let dark = rng.likely(0.5);
    for place in 0..columns * rows {
        let (column, row) = (place % columns, place / columns);
        let gap = rng.between(1.0, 6.0);
        let area = Area::new(column as f32 * step_x, row as f32 * step_y, step_x, step_y).inset(gap);
        if rng.likely(0.3) {
            framed(canvas, area, rng);
            continue;
        }
        let ground = if dark { grey(rng.between(0.03, 0.15)) } else { any(rng) };
        canvas.rect(area, lit(dull(rng), 0.7));
        canvas.rect(area.inset(step_x.min(step_y) * 0.04), ground);
        written(canvas, area.inset(step_x.min(step_y) * 0.1), ground, rng);
    }
    if rng.likely(0.5) {
        let shelf = rng.between(60.0, 90.0);
        canvas.rect(Area::new(0.0, shelf, SIDE, 3.0), lit(dull(rng), 0.7));
        let mut x = rng.between(0.0, 6.0);
        while x < SIDE {
            let high = rng.between(8.0, 22.0);
            ware::bottle(canvas, [x, shelf], high, rng);
            x += high * rng.between(0.35, 0.9);
        }
    }
}

/// A heading and lines with words and prices.
fn written(canvas: &mut Canvas, area: Area, ground: Color, rng: &mut Rng) {
    let ink = if luminance(ground) < 0.5 { grey(0.92) } else { grey(0.08) };
    let face = rng.one_of(&[Face::Brush, Face::Pen, Face::SansBold, Face::Grotesk, Face::Roman, Face::Mono]);
    let set = Type::new(face, area.h / rng.between(5.0, 14.0), ink);
    let title = fiction::brand(rng).to_uppercase();
    canvas.write_around(area.centre()[0], area.y + set.size, &title, &set.fitted(&title, area.w));
    let mut y = area.y + set.size * 2.4;
    while y < area.bottom() {
        let words = fiction::words(rng, 2);
        canvas.write(area.x, y, &words, &set.sized(set.size * 0.8).fitted(&words, area.w * 0.7));
        let price = fiction::amount(rng);
        canvas.write_to(area.right(), y, &price, &set.sized(set.size * 0.8).fitted(&price, area.w * 0.25));
        y += set.size * rng.between(1.0, 1.5);
    }
}

/// A display with windows, near by or on a desk.
pub fn screen(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    let desk = dull(rng);
    fade(canvas, all, [lit(desk, 0.8), desk]);
    let place = if rng.likely(0.5) {
        all.inset(rng.between(-15.0, 6.0))
    } else {
        Area::new(rng.between(5.0, 25.0), rng.between(5.0, 20.0), rng.between(50.0, 70.0), rng.between(35.0, 50.0))
    };
    canvas.rounded(place.inset(-2.0), 1.5, grey(rng.one_of(&[0.03, 0.1, 0.6, 0.95])));
    let [middle, _] = place.centre();
    canvas.rect(Area::new(middle - 3.0, place.bottom() + 2.0, 6.0, 15.0), grey(0.2));
    if rng.likely(0.5) {
        pattern::picture(canvas, place, rng);
    } else {
        canvas.rect(place, grey(rng.between(0.0, 1.0)));
    }
    for _ in 0..rng.whole(2, 6) {
        let (w, h) = (place.w * rng.between(0.25, 0.9), place.h * rng.between(0.25, 0.9));
        let window = Area::new(place.x + rng.share() * (place.w - w), place.y + rng.share() * (place.h - h), w, h);
        let dark = rng.likely(0.4);
        let ground = if dark { grey(rng.between(0.05, 0.2)) } else { grey(rng.between(0.9, 1.0)) };
        canvas.rect(window, ground);
        canvas.rect(Area::new(window.x, window.y, w, h * 0.08), mix(ground, any(rng), 0.9));
        let set = Type::new(
            rng.one_of(&[Face::Mono, Face::Grotesk]),
            rng.between(1.6, 3.2),
            grey(if dark { 0.85 } else { 0.15 }),
        );
        let mut y = window.y + h * 0.08 + set.size * 1.5;
        while y < window.bottom() - 1.0 {
            let count = rng.whole(1, 6);
            let text = fiction::words(rng, count);
            let x = window.x + 1.5 + 2.5 * rng.whole(0, 3) as f32;
            let colour = if rng.likely(0.3) { any(rng) } else { set.colour };
            canvas.write(x, y, &text, &set.coloured(colour).fitted(&text, (window.right() - x - 1.0).max(3.0)));
            y += set.size * 1.5;
        }
        if rng.likely(0.3) {
            pattern::picture(canvas, Area::new(window.x + w * 0.5, window.y + h * 0.3, w * 0.45, h * 0.5), rng);
        }
    }
}

/// Keys of a keyboard, a till or an instrument, near by.
pub fn keys(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    let base = grey(rng.between(0.02, 0.9));
    canvas.rect(all, base);
    let pitch = rng.between(6.0, 22.0);
    let cap = lit(base, rng.one_of(&[0.7, 1.2, 1.5]));
    let light = luminance(cap) > 0.5;
    let set = Type::new(rng.one_of(&[Face::Grotesk, Face::SansBold]), pitch * 0.3, grey(if light { 0.1 } else { 0.9 }));
    let mut y = rng.between(-pitch, 0.0);
    while y < SIDE {
        let mut x = rng.between(-pitch, 0.0);
        while x < SIDE {
            let wide = pitch * rng.weighted(&[(9, 1.0), (2, 1.5), (1, 3.0)]);
            let key = Area::new(x, y, wide * 0.93, pitch * 0.9);
            canvas.rounded(key, pitch * 0.1, lit(cap, 0.8));
            canvas.rounded(Area::new(key.x + 0.4, key.y + 0.2, key.w - 0.8, key.h - 1.0), pitch * 0.1, cap);
            canvas.write(key.x + pitch * 0.2, key.y + pitch * 0.45, &fiction::serial(rng, 1), &set);
            x += wide;
        }
        y += pitch;
    }
}

/// A floor, wall or ceiling of tiles, boards or slats.
pub fn tiles(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    tiled(canvas, all, rng);
    if rng.likely(0.3) {
        let grate = Area::new(rng.share() * 60.0, rng.share() * 60.0, rng.between(15.0, 40.0), rng.between(15.0, 40.0));
        canvas.rect(grate, grey(rng.between(0.1, 0.8)));
        let mut y = grate.y + 1.0;
        while y < grate.bottom() {
            canvas.rect(Area::new(grate.x + 1.0, y, grate.w - 2.0, 1.0), grey(0.05));
            y += 2.5;
        }
    }
    if rng.likely(0.3) {
        let round = Area::new(rng.share() * 60.0, rng.share() * 60.0, 35.0, 35.0);
        canvas.ellipse(round, lit(dull(rng), 0.6));
        ornament::emblem(canvas, round.inset(8.0), lit(dull(rng), 1.2), rng);
    }
}

/// Tiles on an area, that get smaller towards its upper edge if the floor is seen from the side.
fn tiled(canvas: &mut Canvas, area: Area, rng: &mut Rng) {
    let (one, other) = (dull(rng), if rng.likely(0.4) { dull(rng) } else { grey(rng.between(0.2, 0.9)) });
    let joint = lit(one, rng.one_of(&[0.4, 0.7, 1.5]));
    let checked = rng.likely(0.3);
    canvas.rect(area, one);
    let deep = rng.likely(0.6);
    let count = rng.whole(3, 9);
    let [middle, _] = area.centre();
    let down = |row: f32| {
        let share = row / count as f32;
        area.y + area.h * if deep { share * share } else { share }
    };
    let across = |column: f32, y: f32| {
        let share = (y - area.y) / area.h;
        let spread = if deep { 0.35 + share } else { 1.0 };
        middle + (column / count as f32 - 0.5) * area.w * 1.6 * spread
    };
    for row in 0..count {
        let (top, foot) = (down(row as f32), down(row as f32 + 1.0));
        for column in 0..count {
            if checked && (row + column) % 2 == 0 {
                let (left, right) = (column as f32, column as f32 + 1.0);
                let tile = [
                    [across(left, top), top],
                    [across(right, top), top],
                    [across(right, foot), foot],
                    [across(left, foot), foot],
                ];
                canvas.polygon(&tile, other);
            }
        }
        canvas.line(&[[area.x, foot], [area.right(), foot]], 0.4, joint);
    }
    for column in 0..=count {
        let column = column as f32;
        canvas.line(&[[across(column, area.y), area.y], [across(column, area.bottom()), area.bottom()]], 0.4, joint);
    }
    mottle(canvas, area, 0.15, [6.0, 3.0], rng);
    if rng.likely(0.3) {
        let shine = Area::new(area.x + area.w * rng.share(), area.y, area.w * 0.2, area.h);
        fade(canvas, shine, [veil(hsl(0.12, 0.4, 0.95), 0.6), veil(grey(1.0), 0.0)]);
    }
    if rng.likely(0.1) {
        built::lettered(
            canvas,
            Area::new(area.x + area.w * 0.3, area.y + area.h * 0.5, area.w * 0.4, area.h * 0.2),
            rng,
        );
    }
}
