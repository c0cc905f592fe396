//! What a camera sees where nobody shows a document: streets, bridges, landscapes, creatures, rooms, shelves, packages, screens.
//! In: chance, pixels along a side. Out: a square picture. Does not know: how it is photographed.

mod built;
mod creature;
mod indoors;
mod nature;
mod ware;

use image::RgbImage;
use tiny_skia::{BlendMode, Color, GradientStop, LinearGradient, Point, Shader, SpreadMode, Transform};

use super::{
    canvas::{Area, Canvas, rounded},
    chance::Chance,
    colour::{grey, hsl, mix},
    noise::noise,
};
use crate::Rng;

/// Sides of a sight, in millimetres as a canvas counts them.
const SIDE: f32 = 100.0;

/// Draws one of `side` by `side` pixels.
pub fn draw(rng: &mut Rng, side: u32) -> RgbImage {
    let mut canvas = Canvas::new([SIDE; 2], side as f32 / SIDE, grey(0.5));
    let all = canvas.area();
    let paint: fn(&mut Canvas, &mut Rng) = rng.weighted(&[
        (6, built::street),
        (6, built::front),
        (6, built::bridge),
        (4, built::monument),
        (3, built::sign),
        (3, built::vehicle),
        (6, nature::land),
        (6, nature::wood),
        (4, nature::rock),
        (4, nature::flower),
        (3, nature::water),
        (6, creature::muzzle),
        (5, creature::beast),
        (6, creature::person),
        (4, creature::shirt),
        (4, creature::face),
        (7, indoors::room),
        (7, indoors::boards),
        (5, indoors::screen),
        (3, indoors::keys),
        (3, indoors::tiles),
        (6, ware::shelves),
        (9, ware::package),
        (5, ware::food),
        (4, ware::heap),
    ]);
    paint(&mut canvas, rng);
    if rng.likely(0.6) {
        let (strength, cell) = (rng.between(0.03, 0.2), rng.between(0.5, 8.0));
        mottle(&mut canvas, all, strength, [cell; 2], rng);
    }
    canvas.finish()
}

/// A colour of any kind.
fn any(rng: &mut Rng) -> Color {
    hsl(rng.share(), rng.between(0.1, 0.9), rng.between(0.1, 0.85))
}

/// A colour as walls, stones and wood have it.
fn dull(rng: &mut Rng) -> Color {
    let hue = if rng.likely(0.7) { rng.between(0.02, 0.15) } else { rng.share() };
    hsl(hue, rng.between(0.0, 0.4), rng.between(0.12, 0.85))
}

/// A colour made darker or, above 1, lighter.
fn lit(colour: Color, gain: f32) -> Color {
    if gain < 1.0 { mix(grey(0.0), colour, gain) } else { mix(colour, grey(1.0), (gain - 1.0).min(1.0)) }
}

/// Fills an area from the first colour above to the second below.
fn fade(canvas: &mut Canvas, area: Area, [above, below]: [Color; 2]) {
    let stops = vec![GradientStop::new(0.0, above), GradientStop::new(1.0, below)];
    let (from, to) = (Point::from_xy(area.x, area.y), Point::from_xy(area.x, area.bottom()));
    let gradient = LinearGradient::new(from, to, stops, SpreadMode::Pad, Transform::identity());
    let shader = gradient.unwrap_or(Shader::SolidColor(below));
    canvas.fill_with(&rounded(area, 0.0), shader, BlendMode::SourceOver);
}

/// Makes an area uneven: lighter and darker by a share, in cells so many millimetres wide and high and in smaller ones.
fn mottle(canvas: &mut Canvas, area: Area, strength: f32, [wide, high]: [f32; 2], rng: &mut Rng) {
    let seed = rng.between(0.0, 900.0);
    let scale = canvas.scale();
    canvas.rows(area, |left, y, row| {
        let down = y as f32 / scale / high + seed;
        for (x, pixel) in (left..).zip(row.chunks_exact_mut(4)) {
            let across = x as f32 / scale / wide + seed;
            let value = noise(across, down) * 0.6 + noise(across * 3.1, down * 3.1) * 0.4;
            let gain = 1.0 + strength * (value - 0.5) * 2.0;
            for channel in &mut pixel[..3] {
                *channel = (f32::from(*channel) * gain).clamp(0.0, 255.0) as u8;
            }
        }
    });
}

/// Short lines all over an area: hair, grass, straw. `lean` is their direction in radians.
fn strokes(canvas: &mut Canvas, area: Area, count: u32, length: f32, lean: f32, colours: [Color; 2], rng: &mut Rng) {
    for _ in 0..count {
        let [x, y] = [area.x + rng.share() * area.w, area.y + rng.share() * area.h];
        let (sin, cos) = (lean + rng.between(-0.5, 0.5)).sin_cos();
        let far = length * rng.between(0.4, 1.0);
        let colour = mix(colours[0], colours[1], rng.share());
        canvas.line(&[[x, y], [x + cos * far, y + sin * far]], length * rng.between(0.04, 0.14), colour);
    }
}

/// Leaves, stones, crumbs: blobs all over a round area.
fn blobs(canvas: &mut Canvas, area: Area, count: u32, size: f32, colours: [Color; 2], rng: &mut Rng) {
    let [x, y] = area.centre();
    for _ in 0..count {
        let (sin, cos) = rng.between(0.0, std::f32::consts::TAU).sin_cos();
        let far = rng.share().sqrt() * 0.5;
        let (w, h) = (size * rng.between(0.4, 1.3), size * rng.between(0.4, 1.1));
        // Light comes from above.
        let colour = mix(colours[0], colours[1], (0.5 - sin * far + rng.between(-0.4, 0.4)).clamp(0.0, 1.0));
        let place = Area::new(x + cos * far * area.w - w / 2.0, y + sin * far * area.h - h / 2.0, w, h);
        canvas.ellipse(place, colour);
    }
}
