//! Sights of animals and people: fur, faces, printed shirts.

use std::f32::consts::{PI, TAU};

use tiny_skia::{BlendMode, Color};

use super::{SIDE, any, blobs, built, dull, indoors, lit, mottle, nature, strokes, ware};
use crate::{
    Rng,
    document::{
        canvas::{Area, Canvas},
        chance::Chance,
        colour::{grey, hsl, veil},
        fiction, ornament, pattern,
        portrait::{Look, Portrait},
        text::Type,
    },
};

/// What is behind a creature: out of focus, outdoors, or a room.
fn behind(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    match rng.whole(0, 7) {
        0 => nature::land(canvas, rng),
        1 => built::street(canvas, rng),
        2 => indoors::room(canvas, rng),
        3 => indoors::boards(canvas, rng),
        4 => ware::shelves(canvas, rng),
        5 => canvas.rect(all, grey(rng.between(0.0, 1.0))),
        _ => {
            let colours = [any(rng), dull(rng), dull(rng)];
            pattern::clouds(canvas, all, colours, rng);
        }
    }
}

fn fur(rng: &mut Rng) -> Color {
    hsl(rng.between(0.03, 0.12), rng.between(0.0, 0.6), rng.between(0.06, 0.85))
}

/// Hair that grows away from the middle of a round area, striped or not.
fn pelt(canvas: &mut Canvas, area: Area, colour: Color, count: u32, rng: &mut Rng) {
    canvas.ellipse(area, colour);
    let [x, y] = area.centre();
    let stripes = if rng.likely(0.5) { rng.between(3.0, 9.0) } else { 0.0 };
    for _ in 0..count {
        let angle = rng.between(0.0, TAU);
        let far = rng.share().sqrt() * 0.52;
        let (sin, cos) = angle.sin_cos();
        let root = [x + cos * far * area.w, y + sin * far * area.h];
        let long = area.w * rng.between(0.03, 0.1);
        let dark = (far * 12.0 + angle * stripes).sin() * 0.35 * f32::from(u8::from(stripes > 0.0));
        let hair = lit(colour, (1.0 + dark + rng.between(-0.35, 0.35)).max(0.1));
        canvas.line(&[root, [root[0] + cos * long, root[1] + sin * long + long * 0.3]], area.w * 0.008, hair);
    }
}

/// The head of an animal that fills the picture.
pub fn muzzle(canvas: &mut Canvas, rng: &mut Rng) {
    behind(canvas, rng);
    let colour = fur(rng);
    let (x, y, half) = (rng.between(30.0, 70.0), rng.between(35.0, 65.0), rng.between(20.0, 55.0));
    let tip = rng.between(0.3, 1.1);
    for side in [-1.0, 1.0] {
        let at = |across: f32, up: f32| [x + side * half * across, y - half * up];
        canvas.polygon(&[at(0.35, 0.6), at(0.85, 0.6 + tip), at(0.98, 0.2)], lit(colour, 0.75));
        canvas.polygon(&[at(0.5, 0.6), at(0.8, 0.4 + tip), at(0.9, 0.3)], lit(colour, 1.25));
    }
    pelt(canvas, Area::new(x - half, y - half * 0.95, half * 2.0, half * 1.9), colour, 650, rng);
    let iris = rng.one_of(&[hsl(0.2, 0.5, 0.5), hsl(0.1, 0.7, 0.4), hsl(0.07, 0.6, 0.15), hsl(0.55, 0.5, 0.6)]);
    let eye = half * rng.between(0.12, 0.26);
    let slit = rng.likely(0.5);
    for side in [-1.0, 1.0] {
        let middle = [x + side * half * 0.42, y - half * 0.12];
        let round = |w: f32, h: f32| Area::new(middle[0] - w, middle[1] - h, w * 2.0, h * 2.0);
        canvas.ellipse(round(eye * 1.15, eye), grey(0.03));
        canvas.ellipse(round(eye, eye * 0.85), iris);
        canvas.ellipse(round(eye * if slit { 0.25 } else { 0.6 }, eye * 0.7), grey(0.02));
        canvas.ellipse(Area::new(middle[0] - eye * 0.4, middle[1] - eye * 0.5, eye * 0.3, eye * 0.3), grey(0.98));
    }
    let snout = Area::new(x - half * 0.45, y + half * 0.2, half * 0.9, half * 0.6);
    pelt(canvas, snout, lit(colour, 1.35), 150, rng);
    let nose = if rng.likely(0.5) { grey(0.05) } else { hsl(0.02, 0.4, 0.55) };
    let wide = half * 0.2;
    canvas.polygon(&[[x - wide, y + half * 0.22], [x + wide, y + half * 0.22], [x, y + half * 0.42]], nose);
    canvas.line(&[[x, y + half * 0.42], [x, y + half * 0.6]], 0.6, grey(0.1));
    for whisker in 0..rng.whole(0, 10) {
        let side = if whisker % 2 == 0 { -1.0 } else { 1.0 };
        let from = [x + side * half * 0.3, y + half * 0.5];
        let to = [from[0] + side * half * 0.8, from[1] + rng.between(-0.3, 0.4) * half];
        canvas.line(&[from, to], 0.3, veil(grey(0.95), 0.8));
    }
}

/// An animal that stands, lies or flies.
pub fn beast(canvas: &mut Canvas, rng: &mut Rng) {
    match rng.whole(0, 2) {
        0 => nature::land(canvas, rng),
        1 => nature::rock(canvas, rng),
        _ => nature::water(canvas, rng),
    }
    let colour = fur(rng);
    let (x, y) = (rng.between(20.0, 45.0), rng.between(35.0, 60.0));
    let (long, high) = (rng.between(25.0, 45.0), rng.between(12.0, 26.0));
    if rng.likely(0.3) {
        // Wings.
        for side in [-1.0, 1.0] {
            let tip = [x + long / 2.0 + side * long, y - rng.between(-5.0, 25.0)];
            for feather in 0..9_u8 {
                let share = f32::from(feather) / 8.0;
                let root = [x + long / 2.0 + side * long * 0.1 * share, y + high * 0.2];
                let end = [tip[0] - side * long * 0.5 * share, tip[1] + high * share];
                canvas.line(&[root, end], high * 0.16, lit(colour, rng.between(0.5, 1.3)));
            }
        }
        pelt(canvas, Area::new(x + long * 0.3, y, long * 0.4, high * 0.6), colour, 120, rng);
        return;
    }
    for leg in 0..4_u8 {
        let at = x + long * (0.12 + 0.25 * f32::from(leg));
        canvas.line(
            &[[at, y + high * 0.5], [at + rng.between(-3.0, 3.0), y + high * 1.7]],
            high * 0.2,
            lit(colour, 0.8),
        );
    }
    canvas.line(&[[x, y + high * 0.3], [x - long * 0.3, y - high * rng.between(0.0, 0.6)]], high * 0.12, colour);
    pelt(canvas, Area::new(x, y, long, high), colour, 350, rng);
    let head = high * rng.between(0.6, 0.9);
    let place = Area::new(x + long * 0.9, y - head * 0.7, head, head);
    pelt(canvas, place, colour, 150, rng);
    canvas.ellipse(Area::new(place.x + head * 0.6, place.y + head * 0.4, head * 0.5, head * 0.35), lit(colour, 0.8));
    canvas.ellipse(Area::new(place.x + head * 0.1, place.y + head * 0.2, head * 0.3, head * 0.7), lit(colour, 0.6));
    canvas.ellipse(Area::new(place.x + head * 0.55, place.y + head * 0.3, head * 0.12, head * 0.12), grey(0.02));
}

fn skin(rng: &mut Rng) -> Color {
    hsl(rng.between(0.04, 0.08), rng.between(0.25, 0.6), rng.between(0.2, 0.8))
}

/// Somebody in a printed shirt before a bar, a street, a room.
pub fn person(canvas: &mut Canvas, rng: &mut Rng) {
    behind(canvas, rng);
    let people = rng.weighted(&[(5, 1), (2, 2), (1, 4)]);
    for at in 0..people {
        let share = (at as f32 + 0.5) / people as f32;
        let x = SIDE * share + rng.between(-12.0, 12.0);
        let half = rng.between(8.0, 24.0) / (people as f32).sqrt();
        let top = rng.between(25.0, 60.0);
        let cloth = if rng.likely(0.5) { grey(rng.between(0.03, 0.95)) } else { any(rng) };
        let body = Area::new(x - half, top, half * 2.0, SIDE);
        let arm = skin(rng);
        for side in [-1.0, 1.0] {
            let elbow = [x + side * half * 1.5, top + half * 1.8];
            canvas.line(&[[x + side * half * 0.9, top + half * 0.4], elbow], half * 0.45, cloth);
            canvas.line(&[elbow, [x + side * half * rng.between(0.2, 1.4), top + half * 2.8]], half * 0.32, arm);
        }
        canvas.rounded(body, half * 0.5, cloth);
        print(canvas, Area::new(x - half * 0.6, top + half * 0.5, half * 1.2, half * 0.9), cloth, rng);
        let head = half * rng.between(1.3, 1.8);
        let place = Area::new(x - head * 0.5, top - head * 0.92, head, head * 1.25);
        let woman = rng.likely(0.5);
        if let Some(picture) = Portrait::draw(rng, woman).render(canvas.pixels_of(place), Look::ColourCut) {
            canvas.place(&picture, place, 1.0, BlendMode::SourceOver);
        }
    }
    if rng.likely(0.5) {
        let bar = Area::new(0.0, rng.between(75.0, 92.0), SIDE, 30.0);
        canvas.rect(bar, lit(dull(rng), 0.6));
        mottle(canvas, bar, 0.3, [20.0, 1.0], rng);
        for _ in 0..rng.whole(0, 5) {
            let (x, high) = (rng.share() * SIDE, rng.between(6.0, 16.0));
            ware::bottle(canvas, [x, bar.y + 4.0], high, rng);
        }
    }
}

/// Words, an emblem or a code on cloth.
fn print(canvas: &mut Canvas, area: Area, cloth: Color, rng: &mut Rng) {
    let ink = if rng.likely(0.5) { any(rng) } else { grey(rng.one_of(&[0.02, 0.95])) };
    match rng.whole(0, 4) {
        0 => {}
        1 => {
            let side = area.w.min(area.h);
            ornament::matrix(canvas, Area::new(area.x, area.y, side, side), ink, rng);
        }
        2 => ornament::emblem(canvas, area, ink, rng),
        _ => {
            let count = rng.whole(1, 3);
            let set = Type::new(rng.one_of(built::LETTERING), area.h / count as f32 * 0.9, ink);
            for line in 1..=count {
                let text = fiction::brand(rng).to_uppercase();
                let y = area.y + area.h * line as f32 / count as f32;
                canvas.write_around(area.centre()[0], y, &text, &set.fitted(&text, area.w));
            }
            canvas.rect(Area::new(area.x, area.bottom() + 1.0, area.w, 0.6), veil(cloth, 0.5));
        }
    }
}

/// A shirt laid out, hung up or drawn in a catalogue.
pub fn shirt(canvas: &mut Canvas, rng: &mut Rng) {
    let all = canvas.area();
    let ground = if rng.likely(0.5) { grey(rng.between(0.85, 1.0)) } else { dull(rng) };
    canvas.rect(all, ground);
    let cloth = any(rng);
    let (left, right) = (rng.between(15.0, 30.0), rng.between(70.0, 85.0));
    let (top, foot) = (rng.between(0.0, 15.0), rng.between(85.0, 120.0));
    let middle = f32::midpoint(left, right);
    let outline = [
        [middle - 10.0, top],
        [middle, top + 4.0],
        [middle + 10.0, top],
        [right, top + 6.0],
        [right + 18.0, top + 32.0],
        [right + 4.0, top + 40.0],
        [right - 1.0, top + 30.0],
        [right, foot],
        [left, foot],
        [left + 1.0, top + 30.0],
        [left - 4.0, top + 40.0],
        [left - 18.0, top + 32.0],
        [left, top + 6.0],
    ];
    canvas.polygon(&outline, cloth);
    let mut closed = outline.to_vec();
    closed.push(outline[0]);
    canvas.line(&closed, rng.between(0.3, 1.0), lit(cloth, 0.3));
    let side = rng.between(25.0, 45.0);
    print(canvas, Area::new(middle - side / 2.0, top + rng.between(15.0, 30.0), side, side), cloth, rng);
    if rng.likely(0.5) {
        mottle(canvas, all, rng.between(0.1, 0.4), [rng.between(4.0, 14.0), rng.between(10.0, 40.0)], rng);
    }
}

/// One or several faces near by.
pub fn face(canvas: &mut Canvas, rng: &mut Rng) {
    behind(canvas, rng);
    for _ in 0..rng.weighted(&[(5, 1), (3, 2), (1, 4)]) {
        let wide = rng.between(25.0, 85.0);
        let place = Area::new(rng.between(-10.0, SIDE - wide + 10.0), rng.between(0.0, 40.0), wide, wide * 1.28);
        let woman = rng.likely(0.5);
        let look = if rng.likely(0.9) { Look::ColourCut } else { Look::GreyCut };
        if let Some(picture) = Portrait::draw(rng, woman).render(canvas.pixels_of(place), look) {
            canvas.place(&picture, place, 1.0, BlendMode::SourceOver);
        }
    }
    match rng.whole(0, 5) {
        0 => {
            let hair = fur(rng);
            let lock = Area::new(rng.share() * 60.0, 0.0, 40.0, SIDE);
            strokes(canvas, lock, 200, 30.0, PI / 2.0, [lit(hair, 0.4), hair], rng);
        }
        1 => {
            let leaf = any(rng);
            blobs(canvas, Area::new(rng.share() * 50.0, 50.0, 60.0, 60.0), 80, 5.0, [lit(leaf, 0.5), leaf], rng);
        }
        _ => {}
    }
}
