//! Sights without anything built: hills, woods, rocks, flowers, water.

use std::f32::consts::{PI, TAU};

use tiny_skia::Color;

use super::{SIDE, any, blobs, dull, fade, lit, mottle, strokes};
use crate::{
    Rng,
    document::{
        canvas::{Area, Canvas, curve},
        chance::Chance,
        colour::{grey, hsl, mix, veil},
        pattern,
    },
};

/// Sky over hills, with a road, planks, a fence, a waterfall, trees or a lake before them.
pub fn land(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    pattern::landscape(canvas, all, rng);
    let horizon = rng.between(35.0, 70.0);
    let ground = Area::new(0.0, horizon, SIDE, SIDE - horizon);
    match rng.whole(0, 5) {
        0 => {
            let colour = dull(rng);
            let (x, wide) = (rng.between(20.0, 80.0), rng.between(10.0, 60.0));
            canvas.polygon(&[[x, horizon], [x + 1.5, horizon], [x + wide, SIDE], [x - wide, SIDE]], colour);
            canvas.line(&[[x + 0.7, horizon], [x, SIDE]], 0.8, veil(grey(0.95), 0.8));
        }
        1 => planks(canvas, ground, rng),
        2 => {
            let x = rng.between(30.0, 80.0);
            let cliff = hsl(0.08, 0.1, rng.between(0.08, 0.25));
            canvas.polygon(&[[x - 30.0, 100.0], [x - 8.0, 22.0], [100.0, 5.0], [100.0, 100.0]], cliff);
            mottle(canvas, Area::new(x - 30.0, 5.0, SIDE, SIDE), 0.6, [2.0, 9.0], rng);
            for _ in 0..40 {
                let at = x + rng.between(-4.0, 4.0);
                canvas.line(&[[x, 20.0], [at, rng.between(60.0, 90.0)]], 1.2, veil(grey(0.95), 0.35));
            }
        }
        3 => lake(canvas, ground, rng),
        _ => {
            for _ in 0..rng.whole(1, 6) {
                let (x, height) = (rng.share() * SIDE, rng.between(15.0, 60.0));
                tree(canvas, [x, horizon + rng.between(0.0, 15.0)], height, rng);
            }
            mottle(canvas, ground, 0.5, [3.0, 1.0], rng);
        }
    }
    if rng.likely(0.35) {
        rails(canvas, horizon, rng);
    }
}

/// A deck of boards that run to the horizon or along it.
fn planks(canvas: &mut Canvas, area: Area, rng: &mut Rng) {
    let wood = dull(rng);
    canvas.rect(area, wood);
    mottle(canvas, area, 0.35, [25.0, 0.8], rng);
    let count = rng.whole(5, 14);
    let gap = lit(wood, 0.3);
    for board in 0..=count {
        let share = board as f32 / count as f32;
        if count.is_multiple_of(2) {
            let y = area.y + area.h * share * share;
            canvas.line(&[[0.0, y], [SIDE, y]], 0.3 + share, gap);
        } else {
            canvas.line(&[[SIDE * share, area.y], [SIDE * (share * 3.0 - 1.0), SIDE]], 0.6, gap);
        }
    }
}

/// A railing or fence before the horizon.
fn rails(canvas: &mut Canvas, horizon: f32, rng: &mut Rng) {
    let colour = lit(dull(rng), rng.between(0.2, 0.9));
    let (high, step) = (rng.between(8.0, 30.0), rng.between(4.0, 30.0));
    for bar in 0..rng.whole(1, 4) {
        let y = horizon - high + bar as f32 * high * 0.3;
        canvas.line(&[[0.0, y], [SIDE, y + rng.between(-2.0, 2.0)]], rng.between(0.5, 1.6), colour);
    }
    let mut x = rng.between(0.0, step);
    while x < SIDE {
        canvas.line(&[[x, horizon - high], [x, horizon + 3.0]], 1.2, colour);
        if step > 15.0 {
            canvas.line(&[[x, horizon - high], [x + step, horizon]], 0.7, colour);
        }
        x += step;
    }
}

/// Water that mirrors what stands above it, in ripples.
pub fn lake(canvas: &mut Canvas, area: Area, rng: &mut Rng) {
    let deep = hsl(rng.between(0.45, 0.62), rng.between(0.1, 0.5), rng.between(0.1, 0.5));
    fade(canvas, area, [veil(lit(deep, 1.3), 0.9), deep]);
    for _ in 0..rng.whole(6, 25) {
        let (x, wide) = (rng.share() * SIDE, rng.between(2.0, 14.0));
        let colour = veil(lit(dull(rng), rng.between(0.5, 1.4)), 0.5);
        fade(canvas, Area::new(x, area.y, wide, area.h * rng.between(0.2, 1.0)), [colour, veil(colour, 0.0)]);
    }
    mottle(canvas, area, rng.between(0.1, 0.5), [7.0, 0.7], rng);
}

/// Nothing but water, or sand, or grass.
pub fn water(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    if rng.likely(0.5) {
        lake(canvas, all, rng);
        return;
    }
    let grass = hsl(rng.between(0.08, 0.35), rng.between(0.2, 0.6), rng.between(0.15, 0.5));
    canvas.rect(all, grass);
    mottle(canvas, all, 0.5, [4.0, 2.0], rng);
    strokes(canvas, all, 500, rng.between(2.0, 9.0), -PI / 2.0, [lit(grass, 0.4), lit(grass, 1.5)], rng);
}

/// Trunks, leaves, and their shadows on the ground.
pub fn wood(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    let leaf = hsl(rng.between(0.06, 0.38), rng.between(0.15, 0.7), rng.between(0.15, 0.5));
    pattern::clouds(canvas, all, [lit(leaf, 0.3), leaf, lit(leaf, 1.6)], rng);
    let horizon = rng.between(5.0, 60.0);
    let ground = Area::new(0.0, horizon, SIDE, SIDE - horizon);
    fade(canvas, ground, [lit(leaf, 0.8), lit(leaf, 1.2)]);
    mottle(canvas, ground, 0.8, [1.6, 1.0], rng);
    let slant = rng.between(-50.0, 50.0);
    let bark = lit(dull(rng), 0.25);
    for _ in 0..rng.whole(3, 12) {
        let (x, wide) = (rng.share() * SIDE, rng.between(0.8, 5.0));
        let foot = horizon + rng.share().powi(2) * 30.0;
        let shadow = [[x, foot], [x + wide, foot], [x + slant + wide * 3.0, SIDE], [x + slant - wide, SIDE]];
        canvas.polygon(&shadow, veil(grey(0.0), rng.between(0.2, 0.6)));
        canvas.polygon(&[[x + wide * 0.2, 0.0], [x + wide * 0.8, 0.0], [x + wide, foot], [x, foot]], bark);
    }
    let speck = if rng.likely(0.4) { grey(0.9) } else { lit(leaf, 1.4) };
    blobs(canvas, ground.inset(-10.0), 160, rng.between(0.6, 2.0), [lit(leaf, 0.5), speck], rng);
    for _ in 0..rng.whole(0, 5) {
        let extent = rng.between(15.0, 50.0);
        let crown = Area::new(rng.share() * SIDE - 15.0, rng.between(-20.0, 30.0), extent, extent);
        blobs(canvas, crown, 110, extent * 0.08, [lit(leaf, 0.3), lit(leaf, 1.5)], rng);
    }
}

/// A tree that stands at a place.
pub fn tree(canvas: &mut Canvas, [x, foot]: [f32; 2], height: f32, rng: &mut Rng) {
    let leaf = hsl(rng.between(0.05, 0.38), rng.between(0.2, 0.7), rng.between(0.1, 0.4));
    let wide = height * 0.04;
    canvas.rect(Area::new(x - wide / 2.0, foot - height * 0.6, wide, height * 0.6), lit(dull(rng), 0.3));
    let crown = Area::new(x - height * 0.3, foot - height, height * rng.between(0.3, 0.7), height * 0.75);
    blobs(canvas, crown, 120, height * 0.09, [lit(leaf, 0.4), lit(leaf, 1.35)], rng);
}

/// A wall of rock with ledges, cracks and bushes.
pub fn rock(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    let stone = hsl(rng.between(0.03, 0.13), rng.between(0.02, 0.35), rng.between(0.3, 0.85));
    pattern::clouds(canvas, all, [lit(stone, 0.55), stone, lit(stone, 1.3)], rng);
    mottle(canvas, all, 0.45, [3.0, 6.0], rng);
    for _ in 0..rng.whole(2, 8) {
        let (x, wide) = (rng.share() * SIDE, rng.between(1.0, 14.0));
        let (top, long) = (rng.between(-10.0, 40.0), rng.between(30.0, 110.0));
        let sway = rng.between(-10.0, 10.0);
        let crack = [[x, top], [x + wide, top + 4.0], [x + wide + sway, top + long], [x + sway, top + long]];
        canvas.polygon(&crack, lit(veil(stone, 0.8), rng.between(0.1, 0.6)));
    }
    for _ in 0..rng.whole(0, 6) {
        let extent = rng.between(8.0, 35.0);
        let leaf = hsl(rng.between(0.1, 0.3), 0.3, rng.between(0.1, 0.35));
        let bush = Area::new(rng.share() * SIDE - extent / 2.0, rng.between(40.0, 95.0), extent, extent * 0.6);
        strokes(canvas, bush, 120, extent * 0.3, -PI / 2.0, [lit(leaf, 0.4), lit(leaf, 1.4)], rng);
    }
}

/// Petals and a stem near by, all else out of focus.
pub fn flower(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    let dark = hsl(rng.share(), 0.4, rng.between(0.05, 0.6));
    pattern::clouds(canvas, all, [lit(dark, 0.5), dark, any(rng)], rng);
    let petal = hsl(rng.share(), rng.between(0.3, 0.9), rng.between(0.5, 0.85));
    let [x, y] = [rng.between(25.0, 75.0), rng.between(20.0, 65.0)];
    let stem = hsl(rng.between(0.05, 0.35), 0.4, rng.between(0.2, 0.4));
    let foot = rng.between(10.0, 90.0);
    if let Some(path) = curve(&[[x, y], [f32::midpoint(x, foot) + 12.0, y + 10.0], [foot, SIDE]], false) {
        canvas.stroke(&path, rng.between(1.5, 6.0), stem);
    }
    let (count, long) = (rng.whole(3, 9), rng.between(15.0, 50.0));
    let (start, spread) = (rng.between(0.0, TAU), if rng.likely(0.5) { TAU } else { 1.2 });
    for leaf in 0..count {
        let way = start + spread * leaf as f32 / count as f32;
        leaf_of(canvas, [x, y], long, way, lit(petal, rng.between(0.6, 1.25)));
    }
    blobs(canvas, Area::new(x - 5.0, y - 5.0, 10.0, 10.0), 30, 2.0, [stem, lit(petal, 1.4)], rng);
}

fn leaf_of(canvas: &mut Canvas, [x, y]: [f32; 2], long: f32, way: f32, colour: Color) {
    let at = |along: f32, aside: f32| {
        let (sin, cos) = way.sin_cos();
        [x + long * (along * cos - aside * sin), y + long * (along * sin + aside * cos)]
    };
    if let Some(path) = curve(&[at(0.0, 0.0), at(0.4, 0.22), at(0.9, 0.2), at(1.0, 0.0), at(0.6, -0.24)], true) {
        canvas.fill(&path, colour);
        canvas.stroke(&path, 0.4, veil(lit(colour, 0.6), 0.7));
    }
    for vein in [-0.1, 0.0, 0.1] {
        canvas.line(&[at(0.1, 0.0), at(0.9, vein)], 0.3, veil(mix(colour, grey(0.0), 0.4), 0.4));
    }
}
