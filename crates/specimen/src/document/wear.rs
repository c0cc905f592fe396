//! What use and printing leave on a surface: scratches, fading, dirt, folds, grain.

use tiny_skia::{BlendMode, GradientStop, LinearGradient, Point, Shader, SpreadMode, Transform};

use super::{
    canvas::{Area, Canvas, rounded},
    chance::Chance,
    colour::{grey, hsl, veil},
    pattern,
};
use crate::Rng;

/// Wears a card: mostly little.
pub fn card(canvas: &mut Canvas, rng: &mut Rng) {
    let [width, height] = canvas.size();
    if rng.likely(0.12) {
        // The laminate's welded edge.
        let inset = rng.between(0.8, 2.2);
        let colour = veil(grey(rng.one_of(&[1.0, 0.7])), rng.between(0.15, 0.45));
        canvas.frame(canvas.area().inset(inset / 2.0), 2.5, inset, colour);
    }
    if rng.likely(0.15) {
        let colour = veil(grey(rng.between(0.6, 1.0)), rng.between(0.05, 0.25));
        canvas.rect(canvas.area(), colour);
    }
    if rng.likely(0.3) {
        for _ in 0..rng.whole(1, 14) {
            let (x, y) = (rng.share() * width, rng.share() * height);
            let (dx, dy) = (rng.between(-18.0, 18.0), rng.between(-8.0, 8.0));
            let colour = veil(grey(rng.one_of(&[0.98, 0.98, 0.3])), rng.between(0.1, 0.4));
            canvas.line(&[[x, y], [x + dx, y + dy]], rng.between(0.05, 0.2), colour);
        }
    }
    dirt(canvas, 0.1, rng);
    if rng.likely(0.4) {
        grain(canvas, rng);
    }
}

/// Wears a sheet: folds, crumples, stains.
pub fn sheet(canvas: &mut Canvas, rng: &mut Rng) {
    let [width, height] = canvas.size();
    if rng.likely(0.3) {
        for part in rng.one_of(&[&[0.5][..], &[1.0 / 3.0, 2.0 / 3.0], &[0.25, 0.5, 0.75]]) {
            let y = height * part + rng.between(-2.0, 2.0);
            shadow(canvas, Area::new(0.0, y - 4.0, width, 4.0), [0.0, rng.between(0.03, 0.12)], true);
            canvas.line(&[[0.0, y], [width, y]], 0.25, veil(grey(rng.one_of(&[0.4, 1.0])), 0.35));
        }
    }
    if rng.likely(0.12) {
        let x = width * rng.between(0.4, 0.6);
        shadow(canvas, Area::new(x - 4.0, 0.0, 4.0, height), [0.0, 0.1], false);
    }
    if rng.likely(0.12) {
        for _ in 0..rng.whole(3, 12) {
            let from = [rng.share() * width, rng.share() * height];
            let to = [from[0] + rng.between(-0.5, 0.5) * width, from[1] + rng.between(-0.5, 0.5) * height];
            canvas.line(
                &[from, to],
                rng.between(0.3, 1.2),
                veil(grey(rng.one_of(&[0.0, 1.0])), rng.between(0.03, 0.1)),
            );
        }
    }
    dirt(canvas, 0.08, rng);
}

/// Darkens a page towards its lower edge, where an open book folds.
pub fn fold(canvas: &mut Canvas, rng: &mut Rng) {
    let [width, height] = canvas.size();
    let deep = rng.between(3.0, 10.0);
    shadow(canvas, Area::new(0.0, height - deep, width, deep), [0.0, rng.between(0.1, 0.45)], true);
}

/// A shadow that changes from the first darkness to the second, downwards or to the right.
pub fn shadow(canvas: &mut Canvas, area: Area, [first, last]: [f32; 2], down: bool) {
    let stops = [first, last].map(|dark| veil(grey(0.0), dark));
    let stops = vec![GradientStop::new(0.0, stops[0]), GradientStop::new(1.0, stops[1])];
    let end = if down { Point::from_xy(area.x, area.bottom()) } else { Point::from_xy(area.right(), area.y) };
    let gradient =
        LinearGradient::new(Point::from_xy(area.x, area.y), end, stops, SpreadMode::Pad, Transform::identity());
    let shader = gradient.unwrap_or(Shader::SolidColor(veil(grey(0.0), last)));
    canvas.fill_with(&rounded(area, 0.0), shader, BlendMode::SourceOver);
}

fn dirt(canvas: &mut Canvas, share: f32, rng: &mut Rng) {
    if rng.likely(share) {
        let [width, height] = canvas.size();
        for _ in 0..rng.whole(1, 4) {
            let side = rng.between(2.0, 0.3 * height);
            let area = Area::new(rng.share() * width - side / 2.0, rng.share() * height - side / 2.0, side, side);
            let colour = veil(hsl(rng.between(0.05, 0.12), 0.4, rng.between(0.2, 0.5)), rng.between(0.03, 0.14));
            pattern::blot(canvas, area, colour, rng);
        }
    }
}

/// Grain of print: some grey levels up and down, the same on every canvas of a size.
fn grain(canvas: &mut Canvas, rng: &mut Rng) {
    let strength = rng.whole(2, 6);
    let mut state = rng.whole(1, u32::MAX - 1);
    canvas.rows(canvas.area(), |_, _, row| {
        for pixel in row.chunks_exact_mut(4) {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            let step = (((state >> 8) * strength) >> 24) as i16 - (strength / 2) as i16;
            for channel in &mut pixel[..3] {
                *channel = (i16::from(*channel) + step).clamp(0, 255) as u8;
            }
        }
    });
}
