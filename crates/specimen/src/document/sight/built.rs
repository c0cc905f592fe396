//! Sights of what people built outdoors: houses, bridges, monuments, signs, vehicles.

use std::f32::consts::{PI, TAU};

use tiny_skia::Color;

use super::{SIDE, any, dull, fade, lit, mottle, nature};
use crate::{
    Rng,
    document::{
        canvas::{Area, Canvas},
        chance::Chance,
        colour::{grey, hsl, mix, veil},
        fiction, ornament, pattern,
        text::{Face, Type},
    },
};

/// Faces that signs are lettered in.
pub const LETTERING: &[Face] =
    &[Face::SansBold, Face::GroteskBold, Face::RomanBold, Face::Brush, Face::Serif, Face::Grotesk];

fn sky(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    let blue = hsl(rng.one_of(&[0.58, 0.6, 0.55, 0.08, 0.0]), rng.between(0.0, 0.7), rng.between(0.4, 0.95));
    if rng.likely(0.5) {
        fade(canvas, all, [blue, lit(blue, 1.6)]);
    } else {
        pattern::clouds(canvas, all, [blue, lit(blue, 1.4), grey(rng.between(0.7, 1.0))], rng);
    }
}

/// Houses side by side under the sky, on a street or a canal.
pub fn street(canvas: &mut Canvas, rng: &mut Rng) {
    sky(canvas, rng);
    let foot = rng.between(60.0, 95.0);
    let mut x = rng.between(-20.0, 0.0);
    while x < SIDE {
        let wide = rng.between(10.0, 45.0);
        let high = rng.between(20.0, 75.0);
        house(canvas, Area::new(x, foot - high, wide, high), rng);
        x += wide + if rng.likely(0.2) { rng.between(0.0, 15.0) } else { 0.0 };
    }
    let below = Area::new(0.0, foot, SIDE, SIDE - foot);
    if rng.likely(0.4) {
        nature::lake(canvas, below, rng);
    } else {
        canvas.rect(below, lit(dull(rng), 0.7));
        mottle(canvas, below, 0.3, [3.0, 1.0], rng);
    }
    for _ in 0..rng.whole(0, 3) {
        let (x, high) = (rng.share() * SIDE, rng.between(20.0, 60.0));
        nature::tree(canvas, [x, foot + 3.0], high, rng);
    }
}

fn house(canvas: &mut Canvas, area: Area, rng: &mut Rng) {
    let wall = if rng.likely(0.3) { any(rng) } else { dull(rng) };
    canvas.rect(area, wall);
    if rng.likely(0.6) {
        let top = area.w * rng.between(0.2, 0.6);
        let [middle, _] = area.centre();
        let roof = hsl(rng.between(0.0, 0.1), rng.between(0.1, 0.5), rng.between(0.15, 0.45));
        canvas.polygon(&[[area.x - 1.0, area.y], [middle, area.y - top], [area.right() + 1.0, area.y]], roof);
    }
    if rng.likely(0.25) {
        timber(canvas, area, rng);
    }
    windows(canvas, area, rng);
    if rng.likely(0.6) {
        let (w, h) = (area.w * 0.2, area.h * 0.18);
        let door = Area::new(area.x + area.w * rng.between(0.1, 0.7), area.bottom() - h, w, h);
        canvas.rect(door, lit(any(rng), 0.5));
    }
    if rng.likely(0.35) {
        let board = Area::new(
            area.x + area.w * 0.1,
            area.bottom() - area.h * rng.between(0.22, 0.3),
            area.w * 0.8,
            area.w * 0.14,
        );
        lettered(canvas, board, rng);
    }
    canvas.rect(Area::new(area.right() - 0.5, area.y, 0.5, area.h), veil(grey(0.0), 0.4));
}

fn timber(canvas: &mut Canvas, area: Area, rng: &mut Rng) {
    let beam = hsl(0.06, 0.4, rng.between(0.08, 0.3));
    let wide = area.w * 0.04;
    for step in 0..=4_u8 {
        let (x, y) = (area.x + area.w * f32::from(step) / 4.0, area.y + area.h * f32::from(step) / 4.0);
        canvas.line(&[[x, area.y], [x, area.bottom()]], wide, beam);
        canvas.line(&[[area.x, y], [area.right(), y]], wide, beam);
        if step < 4 && rng.likely(0.6) {
            canvas.line(&[[x, y], [x + area.w / 4.0, y + area.h / 4.0]], wide, beam);
        }
    }
}

/// Rows of windows on a wall.
fn windows(canvas: &mut Canvas, area: Area, rng: &mut Rng) {
    let (columns, rows) = (rng.whole(1, 6), rng.whole(2, 7));
    let (step_x, step_y) = (area.w / columns as f32, area.h / (rows as f32 + 0.5));
    let (wide, high) = (step_x * rng.between(0.35, 0.8), step_y * rng.between(0.45, 0.8));
    let frame = if rng.likely(0.6) { grey(rng.between(0.8, 1.0)) } else { lit(dull(rng), 0.5) };
    let glass = hsl(rng.between(0.5, 0.65), rng.between(0.0, 0.4), rng.between(0.05, 0.7));
    let (panes, shutters, round) = (rng.whole(0, 2), rng.likely(0.25), rng.likely(0.2));
    let shutter = any(rng);
    let rim = wide.min(high) * rng.between(0.04, 0.14);
    for row in 0..rows {
        for column in 0..columns {
            let x = area.x + step_x * (column as f32 + 0.5) - wide / 2.0;
            let y = area.y + step_y * (row as f32 + 0.3);
            let hole = Area::new(x, y, wide, high);
            canvas.rounded(hole, if round { wide / 2.0 } else { 0.0 }, frame);
            let shade = lit(glass, rng.between(0.6, 1.4));
            canvas.rounded(hole.inset(rim), if round { wide / 2.0 } else { 0.0 }, shade);
            let [middle, centre] = hole.centre();
            if panes > 0 {
                canvas.line(&[[middle, y], [middle, y + high]], rim, frame);
            }
            if panes > 1 {
                canvas.line(&[[x, centre], [x + wide, centre]], rim, frame);
            }
            if shutters {
                canvas.rect(Area::new(x - wide * 0.25, y, wide * 0.22, high), shutter);
                canvas.rect(Area::new(x + wide * 1.03, y, wide * 0.22, high), shutter);
            }
            canvas.rect(Area::new(x, y + high, wide * 1.05, rim), veil(grey(0.0), 0.4));
        }
    }
}

/// One wall that fills the picture: brick, plaster, glass, or a door.
pub fn front(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    let wall = if rng.likely(0.2) { any(rng) } else { dull(rng) };
    canvas.rect(all, wall);
    if rng.likely(0.4) {
        let (high, joint) = (rng.between(1.5, 6.0), lit(wall, rng.one_of(&[0.6, 1.4])));
        let mut y = 0.0;
        while y < SIDE {
            canvas.line(&[[0.0, y], [SIDE, y]], high * 0.1, joint);
            let mut x = if ((y / high) as u32).is_multiple_of(2) { 0.0 } else { high * 1.2 };
            while x < SIDE {
                canvas.line(&[[x, y], [x, y + high]], high * 0.1, joint);
                x += high * 2.4;
            }
            y += high;
        }
    }
    mottle(canvas, all, 0.2, [rng.between(1.0, 20.0), rng.between(1.0, 20.0)], rng);
    match rng.whole(0, 3) {
        0 => {
            let door = Area::new(rng.between(10.0, 50.0), rng.between(5.0, 30.0), rng.between(25.0, 45.0), SIDE);
            let wood = any(rng);
            canvas.rect(door.inset(-3.0), lit(wood, 1.4));
            canvas.rect(door, wood);
            for panel in 0..rng.whole(0, 3) {
                let at = Area::new(door.x + 4.0, door.y + 4.0 + panel as f32 * 26.0, door.w - 8.0, 22.0);
                canvas.frame(at, 0.0, 1.0, lit(wood, 0.6));
            }
            canvas.ellipse(Area::new(door.right() - 5.0, 60.0, 3.0, 3.0), grey(0.8));
        }
        1 => {
            let window = Area::new(rng.between(5.0, 30.0), rng.between(5.0, 30.0), rng.between(40.0, 65.0), 60.0);
            canvas.rect(window.inset(-3.0), grey(rng.between(0.6, 1.0)));
            pattern::picture(canvas, window, rng);
            let [x, y] = window.centre();
            canvas.line(&[[x, window.y], [x, window.bottom()]], 3.0, grey(0.85));
            canvas.line(&[[window.x, y], [window.right(), y]], 2.0, grey(0.85));
        }
        _ => windows(canvas, all.inset(rng.between(-30.0, 5.0)), rng),
    }
    if rng.likely(0.3) {
        let (y, high) = (rng.between(5.0, 80.0), rng.between(6.0, 18.0));
        lettered(canvas, Area::new(rng.between(0.0, 30.0), y, rng.between(40.0, 80.0), high), rng);
    }
}

/// A board with a name on it.
pub fn lettered(canvas: &mut Canvas, board: Area, rng: &mut Rng) {
    let ground = any(rng);
    canvas.rounded(board, if rng.likely(0.3) { board.h * 0.2 } else { 0.0 }, ground);
    let ink = if rng.likely(0.5) { grey(0.97) } else { lit(ground, 0.2) };
    if rng.likely(0.3) {
        canvas.frame(board.inset(board.h * 0.08), 0.0, board.h * 0.05, ink);
    }
    let name = fiction::brand(rng);
    let set = Type::new(rng.one_of(LETTERING), board.h * 0.75, ink).fitted(&name, board.w * 0.85);
    canvas.write_around(board.centre()[0], board.y + board.h * 0.72, &name, &set);
}

/// A bridge over a valley or water: arches, trusses, ropes, or a wall of arches up a slope.
pub fn bridge(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    if rng.likely(0.5) {
        pattern::landscape(canvas, all, rng);
    } else {
        sky(canvas, rng);
    }
    for _ in 0..rng.whole(0, 5) {
        let (x, high) = (rng.share() * SIDE, rng.between(25.0, 70.0));
        nature::tree(canvas, [x, rng.between(70.0, 100.0)], high, rng);
    }
    let steel = lit(dull(rng), rng.between(0.15, 0.9));
    let (left, right) = (rng.between(25.0, 65.0), rng.between(25.0, 65.0));
    let deck = |x: f32| left + (right - left) * x / SIDE;
    let (thick, bays) = (rng.between(1.0, 5.0), rng.whole(2, 12));
    let step = SIDE / bays as f32;
    match rng.whole(0, 3) {
        0 => {
            // A truss.
            let high = rng.between(8.0, 25.0);
            for bay in 0..bays {
                let (x, next) = (bay as f32 * step, (bay + 1) as f32 * step);
                canvas.line(&[[x, deck(x)], [x, deck(x) - high], [next, deck(next)]], thick * 0.5, steel);
                canvas.line(&[[x, deck(x)], [next, deck(next) - high]], thick * 0.5, steel);
            }
            canvas.line(&[[0.0, deck(0.0) - high], [SIDE, deck(SIDE) - high]], thick, steel);
        }
        1 => {
            // One arch below the deck, with posts.
            let rise = rng.between(20.0, 50.0);
            let arch = |x: f32| deck(x) + 3.0 + rise * ((x / SIDE - 0.5) * 2.0).powi(2);
            for bay in 0..=bays * 2 {
                let x = bay as f32 * step / 2.0;
                canvas.line(&[[x, deck(x)], [x, arch(x)]], thick * 0.4, steel);
                let next = x + step / 2.0;
                canvas.line(&[[x, arch(x)], [next, arch(next)]], thick, steel);
            }
        }
        2 => {
            // A wall with arches.
            canvas.polygon(&[[0.0, deck(0.0)], [SIDE, deck(SIDE)], [SIDE, 90.0], [0.0, 90.0]], steel);
            mottle(canvas, Area::new(0.0, left.min(right), SIDE, SIDE), 0.5, [4.0, 1.6], rng);
            for bay in 0..bays {
                let x = (bay as f32 + 0.2) * step;
                let high = (86.0 - deck(x)).max(6.0) * 0.8;
                let hole = Area::new(x, 90.0 - high, step * 0.6, high + 10.0);
                canvas.rounded(hole, step * 0.3, lit(steel, rng.between(0.1, 0.5)));
            }
        }
        _ => {
            // Ropes from towers.
            for tower in [25.0, 75.0] {
                let top = deck(tower) - rng.between(20.0, 40.0);
                canvas.line(&[[tower, top], [tower, 95.0]], thick * 1.2, steel);
                for rope in 0..bays * 2 {
                    let x = tower + (rope as f32 - bays as f32) * 25.0 / bays as f32;
                    canvas.line(&[[tower, top], [x, deck(x)]], 0.4, steel);
                }
            }
        }
    }
    canvas.line(&[[0.0, deck(0.0)], [SIDE, deck(SIDE)]], thick, steel);
    if rng.likely(0.5) {
        let foot = rng.between(75.0, 90.0);
        nature::lake(canvas, Area::new(0.0, foot, SIDE, SIDE - foot), rng);
    }
}

/// A building of the same sides left and right, with towers, domes or columns, before it a pool or a square.
pub fn monument(canvas: &mut Canvas, rng: &mut Rng) {
    sky(canvas, rng);
    let stone = hsl(rng.between(0.05, 0.14), rng.between(0.05, 0.4), rng.between(0.5, 0.92));
    let dark = lit(stone, 0.5);
    let foot = rng.between(55.0, 75.0);
    let (half, high) = (rng.between(12.0, 35.0), rng.between(10.0, 35.0));
    let body = Area::new(50.0 - half, foot - high, half * 2.0, high);
    canvas.rect(body, stone);
    match rng.whole(0, 2) {
        0 => {
            let dome = half * rng.between(0.6, 1.2);
            canvas.ellipse(Area::new(50.0 - dome / 2.0, body.y - dome * 0.75, dome, dome), lit(stone, 1.2));
            canvas.line(&[[50.0, body.y - dome * 1.1], [50.0, body.y]], 0.6, dark);
        }
        1 => {
            let tip = [50.0, body.y - half * 0.5];
            canvas.polygon(&[[body.x - 2.0, body.y], tip, [body.right() + 2.0, body.y]], lit(stone, 0.8));
        }
        _ => windows(canvas, body, rng),
    }
    let count = rng.whole(3, 9);
    for column in 0..count {
        let wide = body.w / count as f32;
        let hole = Area::new(body.x + wide * (column as f32 + 0.25), body.y + high * 0.3, wide * 0.5, high * 0.7);
        canvas.rounded(hole, wide * 0.25, lit(dark, rng.between(0.5, 1.0)));
    }
    for away in [half + rng.between(2.0, 6.0), half + rng.between(9.0, 16.0)] {
        let (wide, tall) = (rng.between(1.5, 5.0), rng.between(15.0, 45.0));
        for x in [50.0 - away, 50.0 + away] {
            canvas.rect(Area::new(x - wide / 2.0, foot - tall, wide, tall), stone);
            canvas.ellipse(Area::new(x - wide * 0.7, foot - tall - wide, wide * 1.4, wide * 1.6), dark);
        }
    }
    let lawn = hsl(rng.between(0.1, 0.35), rng.between(0.1, 0.6), rng.between(0.15, 0.6));
    canvas.rect(Area::new(0.0, foot, SIDE, SIDE - foot), lawn);
    mottle(canvas, Area::new(0.0, foot, SIDE, SIDE - foot), 0.3, [2.0, 1.0], rng);
    let (near, far) = (rng.between(20.0, 60.0), rng.between(2.0, 14.0));
    let pool = [[50.0 - far, foot + 3.0], [50.0 + far, foot + 3.0], [50.0 + near, SIDE], [50.0 - near, SIDE]];
    canvas.polygon(&pool, mix(stone, hsl(0.5, 0.4, 0.6), 0.4));
    canvas.polygon(&[pool[0], [50.0, foot + 3.0], [50.0, SIDE], pool[3]], veil(stone, 0.3));
}

/// A sign or poster on a pole or wall.
pub fn sign(canvas: &mut Canvas, rng: &mut Rng) {
    if rng.likely(0.6) {
        street(canvas, rng);
    } else {
        front(canvas, rng);
    }
    let (x, y) = (rng.between(15.0, 60.0), rng.between(5.0, 40.0));
    let (w, h) = (rng.between(18.0, 50.0), rng.between(10.0, 40.0));
    canvas.rect(Area::new(x + w / 2.0 - 1.0, y, 2.0, SIDE), grey(rng.between(0.3, 0.7)));
    let board = Area::new(x, y, w, h);
    let colour = rng.one_of(&[hsl(0.0, 0.8, 0.45), hsl(0.6, 0.8, 0.35), hsl(0.14, 0.9, 0.5), grey(0.95), grey(0.1)]);
    match rng.whole(0, 2) {
        0 => canvas.ellipse(Area::new(x, y, w, w), colour),
        1 => canvas.polygon(&[[x, y + w * 0.9], [x + w / 2.0, y], [x + w, y + w * 0.9]], colour),
        _ => {
            canvas.rounded(board, 1.5, colour);
            canvas.frame(board.inset(1.2), 1.0, 0.7, grey(rng.one_of(&[0.98, 0.05])));
        }
    }
    if rng.likely(0.5) {
        ornament::emblem(canvas, board.inset(h * 0.3), grey(rng.one_of(&[0.98, 0.05])), rng);
    } else {
        let set = Type::new(rng.one_of(LETTERING), h * 0.3, grey(rng.one_of(&[0.98, 0.05])));
        for line in 1..=rng.whole(1, 2) {
            let text = fiction::words(rng, 2);
            canvas.write_around(x + w / 2.0, y + h * 0.38 * line as f32, &text, &set.fitted(&text, w * 0.8));
        }
    }
}

/// A motorcycle, bicycle, car or train in a yard.
pub fn vehicle(canvas: &mut Canvas, rng: &mut Rng) {
    if rng.likely(0.5) {
        street(canvas, rng);
    } else {
        front(canvas, rng);
    }
    let floor = rng.between(55.0, 75.0);
    fade(canvas, Area::new(0.0, floor, SIDE, SIDE - floor), [lit(dull(rng), 0.8), dull(rng)]);
    let paint = any(rng);
    let (radius, y) = (rng.between(8.0, 17.0), rng.between(72.0, 82.0));
    if rng.likely(0.5) {
        let body = Area::new(12.0, y - radius * 2.2, 76.0, radius * 2.2);
        canvas.rounded(body, radius * 0.5, paint);
        let glass = hsl(0.58, 0.2, rng.between(0.1, 0.6));
        let cab = Area::new(25.0, y - radius * 3.2, 46.0, radius * 1.7);
        canvas.rounded(cab, radius * 0.5, lit(paint, 0.8));
        canvas.rounded(Area::new(cab.x + 3.0, cab.y + 2.0, 18.0, cab.h - 4.0), 1.0, glass);
        canvas.rounded(Area::new(cab.x + 24.0, cab.y + 2.0, 18.0, cab.h - 4.0), 1.0, glass);
    } else {
        for _ in 0..rng.whole(8, 22) {
            let (x, top) = (rng.between(25.0, 70.0), y - rng.between(0.0, 30.0));
            let blob = Area::new(x, top, rng.between(3.0, 18.0), rng.between(3.0, 12.0));
            let colour = if rng.likely(0.4) { paint } else { grey(rng.between(0.02, 0.9)) };
            canvas.rounded(blob, rng.between(0.5, 5.0), colour);
        }
        let bars = [([28.0, y], [45.0, y - 25.0]), ([45.0, y - 25.0], [72.0, y]), ([40.0, y - 6.0], [65.0, y - 20.0])];
        for (from, to) in bars {
            let (thick, metal) = (rng.between(0.8, 3.0), grey(rng.between(0.05, 0.9)));
            canvas.line(&[from, [f32::midpoint(from[0], to[0]), from[1] - 3.0], to], thick, metal);
        }
    }
    for x in [28.0, 73.0] {
        wheel(canvas, [x, y], radius, rng);
    }
}

fn wheel(canvas: &mut Canvas, [x, y]: [f32; 2], radius: f32, rng: &mut Rng) {
    let round = |far: f32| Area::new(x - far, y - far, far * 2.0, far * 2.0);
    canvas.ellipse(round(radius), grey(0.06));
    let rim: Color = grey(rng.between(0.3, 0.7));
    canvas.ellipse(round(radius * 0.75), rim);
    let spokes = rng.whole(4, 14);
    for spoke in 0..spokes {
        let (sin, cos) = (TAU * spoke as f32 / spokes as f32 + PI / 7.0).sin_cos();
        canvas.line(&[[x, y], [x + cos * radius * 0.74, y + sin * radius * 0.74]], radius * 0.05, grey(0.1));
    }
    canvas.ellipse(round(radius * 0.2), grey(0.2));
}
