//! What stands on documents beside text: emblems, flags, chips, codes, signatures, foil, stamps.

use std::f32::consts::TAU;

use tiny_skia::{BlendMode, Color, GradientStop, LinearGradient, Point, Shader, SpreadMode, Transform};

use super::{
    canvas::{Area, Canvas, curve, ellipse, line, rounded},
    chance::Chance,
    colour::{grey, hsl, mix, veil},
    pattern,
    text::{Face, Type},
};
use crate::Rng;

/// A coat of arms, beast, star, tree or crown, in one colour.
pub fn emblem(canvas: &mut Canvas, area: Area, colour: Color, rng: &mut Rng) {
    let [x, y] = area.centre();
    match rng.whole(0, 7) {
        0 => shield(canvas, area, colour, rng),
        1 | 2 => beast(canvas, area, colour, rng),
        3 => star(canvas, [x, y], area.w / 2.0, rng.whole(4, 16), colour, rng.between(0.3, 0.7)),
        4 => {
            canvas.frame(area.inset(area.w * 0.04), area.w, area.w * 0.04, colour);
            beast(canvas, area.inset(area.w * 0.2), colour, rng);
        }
        5 => ring_of_stars(canvas, area, rng.whole(6, 15), colour),
        6 => {
            let crown = [[0.0, 0.8], [0.0, 0.3], [0.25, 0.55], [0.5, 0.1], [0.75, 0.55], [1.0, 0.3], [1.0, 0.8]];
            let points = crown.map(|[across, down]| [area.x + across * area.w, area.y + down * area.h]);
            canvas.polygon(&points, colour);
            canvas.rect(Area::new(area.x, area.y + 0.84 * area.h, area.w, 0.1 * area.h), colour);
        }
        _ => {
            for level in 0..3_u8 {
                let (top, half) = (area.h * 0.22 * f32::from(level), area.w * (0.22 + 0.12 * f32::from(level)));
                canvas.polygon(
                    &[
                        [x, area.y + top],
                        [x + half, area.y + top + area.h * 0.4],
                        [x - half, area.y + top + area.h * 0.4],
                    ],
                    colour,
                );
            }
            canvas.rect(Area::new(x - area.w * 0.06, area.y + area.h * 0.8, area.w * 0.12, area.h * 0.2), colour);
        }
    }
}

fn shield(canvas: &mut Canvas, area: Area, colour: Color, rng: &mut Rng) {
    let at = |across: f32, down: f32| [area.x + across * area.w, area.y + down * area.h];
    let edge = [at(0.1, 0.0), at(0.9, 0.0), at(0.9, 0.5), at(0.75, 0.8), at(0.5, 1.0), at(0.25, 0.8), at(0.1, 0.5)];
    if let Some(path) = line(&edge, true) {
        canvas.stroke(&path, area.w * 0.06, colour);
    }
    match rng.whole(0, 2) {
        0 => {
            canvas.polygon(&[at(0.1, 0.0), at(0.5, 0.0), at(0.5, 0.45), at(0.1, 0.45)], colour);
            canvas.polygon(&[at(0.5, 0.45), at(0.9, 0.45), at(0.75, 0.8), at(0.5, 1.0)], colour);
        }
        1 => beast(canvas, area.inset(area.w * 0.22), colour, rng),
        _ => canvas.polygon(&[at(0.1, 0.35), at(0.9, 0.1), at(0.9, 0.4), at(0.1, 0.65)], colour),
    }
}

/// Something with wings, or a tree: an irregular outline and its mirror image.
fn beast(canvas: &mut Canvas, area: Area, colour: Color, rng: &mut Rng) {
    let x = area.centre()[0];
    let count = rng.whole(8, 22);
    let half: Vec<[f32; 2]> = (0..=count)
        .map(|at| {
            let down = at as f32 / count as f32;
            let wide = (down * 3.0).min((1.0 - down) * 2.0).clamp(0.12, 1.0);
            [area.w / 2.0 * wide * rng.between(0.15, 1.0), area.y + area.h * down]
        })
        .collect();
    let right = half.iter().map(|&[far, y]| [x + far, y]);
    let left = half.iter().rev().map(|&[far, y]| [x - far, y]);
    let points: Vec<[f32; 2]> = right.chain(left).collect();
    canvas.polygon(&points, colour);
}

/// A star with rays of a length in relation to its inner radius.
pub fn star(canvas: &mut Canvas, [x, y]: [f32; 2], radius: f32, rays: u32, colour: Color, inner: f32) {
    let points: Vec<[f32; 2]> = (0..2 * rays)
        .map(|corner| {
            let angle = corner as f32 / (2 * rays) as f32 * TAU - TAU / 4.0;
            let far = if corner % 2 == 0 { radius } else { radius * inner };
            [x + far * angle.cos(), y + far * angle.sin()]
        })
        .collect();
    canvas.polygon(&points, colour);
}

/// Stars in a circle.
pub fn ring_of_stars(canvas: &mut Canvas, area: Area, count: u32, colour: Color) {
    let [x, y] = area.centre();
    let side = area.w.min(area.h);
    for at in 0..count {
        let angle = at as f32 / count as f32 * TAU;
        let far = side * 0.4;
        star(canvas, [x + far * angle.cos(), y + far * angle.sin()], side * 0.09, 5, colour, 0.4);
    }
}

/// A flag of no state.
pub fn flag(canvas: &mut Canvas, area: Area, rng: &mut Rng) {
    let mut colour = || {
        let full = hsl(rng.share(), rng.between(0.6, 1.0), rng.between(0.25, 0.55));
        rng.weighted(&[(5, full), (2, grey(0.98)), (1, grey(0.06))])
    };
    let colours = [colour(), colour(), colour()];
    let Area { x, y, w, h } = area;
    canvas.rect(area, colours[0]);
    match rng.whole(0, 5) {
        0 => {
            canvas.rect(Area::new(x, y + h / 3.0, w, h / 3.0), colours[1]);
            canvas.rect(Area::new(x, y + h / 1.5, w, h / 3.0), colours[2]);
        }
        1 => {
            canvas.rect(Area::new(x + w / 3.0, y, w / 3.0, h), colours[1]);
            canvas.rect(Area::new(x + w / 1.5, y, w / 3.0, h), colours[2]);
        }
        2 => {
            canvas.rect(Area::new(x + w * 0.3, y, w * 0.14, h), colours[1]);
            canvas.rect(Area::new(x, y + h * 0.4, w, h * 0.2), colours[1]);
        }
        3 => canvas.ellipse(Area::new(x + w / 2.0 - h * 0.3, y + h * 0.2, h * 0.6, h * 0.6), colours[1]),
        4 => {
            canvas.rect(Area::new(x, y + h / 2.0, w, h / 2.0), colours[1]);
            canvas.polygon(&[[x, y], [x + w * 0.45, y + h / 2.0], [x, y + h]], colours[2]);
        }
        _ => ring_of_stars(canvas, area, 12, colours[1]),
    }
    if rng.likely(0.3) {
        canvas.frame(area, 0.0, 0.15, grey(0.5));
    }
}

/// The contacts of a chip.
pub fn chip(canvas: &mut Canvas, area: Area, rng: &mut Rng) {
    let metal = if rng.likely(0.75) { hsl(0.12, 0.5, rng.between(0.55, 0.72)) } else { grey(rng.between(0.66, 0.85)) };
    let radius = area.h * rng.between(0.08, 0.22);
    shaded(canvas, area, radius, [mix(metal, grey(1.0), 0.35), metal, mix(metal, grey(0.2), 0.2)]);
    let (dark, Area { x, y, w, h }) = (veil(grey(0.15), 0.7), area);
    let middle = Area::new(x + w * 0.35, y + h * rng.between(0.2, 0.35), w * 0.3, h * rng.between(0.3, 0.5));
    canvas.frame(middle, h * 0.08, 0.18, dark);
    for part in [0.33, 0.66] {
        canvas.line(&[[x, y + h * part], [middle.x, y + h * part]], 0.18, dark);
        canvas.line(&[[middle.right(), y + h * part], [x + w, y + h * part]], 0.18, dark);
    }
    canvas.line(&[[x + w / 2.0, y], [x + w / 2.0, middle.y]], 0.18, dark);
    canvas.line(&[[x + w / 2.0, middle.bottom()], [x + w / 2.0, y + h]], 0.18, dark);
}

/// The sign of documents with a chip (ICAO Doc 9303-9): a disc between two bars.
pub fn chip_sign(canvas: &mut Canvas, area: Area, colour: Color) {
    let Area { x, y, w, h } = area;
    canvas.frame(area, h * 0.08, h * 0.11, colour);
    let side = h * 0.48;
    canvas.frame(Area::new(x + (w - side) / 2.0, y + (h - side) / 2.0, side, side), side, h * 0.11, colour);
    for x in [[x, x + w / 2.0 - side / 2.0], [x + w / 2.0 + side / 2.0, x + w]] {
        canvas.line(&[[x[0], y + h / 2.0], [x[1], y + h / 2.0]], h * 0.11, colour);
    }
}

/// A line in signs of no script: squares of strokes, or one that runs on; gives its width.
pub fn script(
    canvas: &mut Canvas,
    [x, baseline]: [f32; 2],
    size: f32,
    count: u32,
    colour: Color,
    rng: &mut Rng,
) -> f32 {
    let thick = size * rng.between(0.07, 0.1);
    let mut pen = x;
    if rng.likely(0.5) {
        for _ in 0..count {
            for _ in 0..rng.whole(3, 7) {
                let at = |share: f32, up: f32| [pen + size * 0.88 * share, baseline - size * 0.85 * up];
                let (a, b, c) = (rng.share(), rng.share(), rng.share());
                let stroke = match rng.whole(0, 4) {
                    0 | 1 => [at(a.min(b) * 0.8, c), at(a.max(b).max(0.4), c)],
                    2 | 3 => [at(c, a.min(b)), at(c, a.max(b).max(0.4))],
                    _ => [at(a, b), at(c, b * 0.4)],
                };
                canvas.line(&stroke, thick, colour);
            }
            pen += size;
        }
    } else {
        for _ in 0..count {
            let long = size * rng.between(0.5, 1.4);
            let points: Vec<[f32; 2]> = (0..=4_u8)
                .map(|step| {
                    let up = if step % 2 == 1 { rng.between(-0.35, 0.7) } else { 0.0 };
                    [pen + long * f32::from(step) / 4.0, baseline - size * up]
                })
                .collect();
            if let Some(path) = curve(&points, false) {
                canvas.stroke(&path, thick, colour);
            }
            if rng.likely(0.6) {
                let extent = size * 0.13;
                canvas.rect(
                    Area::new(pen + long / 2.0, baseline - size * rng.one_of(&[-0.3, 0.85]), extent, extent),
                    colour,
                );
            }
            pen += long + if rng.likely(0.35) { size * 0.35 } else { 0.0 };
        }
    }
    pen - x
}

/// A rectangle with round corners whose colour changes from the upper left to the lower right.
pub fn shaded(canvas: &mut Canvas, area: Area, radius: f32, [first, middle, last]: [Color; 3]) {
    let stops = vec![GradientStop::new(0.0, first), GradientStop::new(0.5, middle), GradientStop::new(1.0, last)];
    let (from, to) = (Point::from_xy(area.x, area.y), Point::from_xy(area.right(), area.bottom()));
    let gradient = LinearGradient::new(from, to, stops, SpreadMode::Pad, Transform::identity());
    let shader = gradient.unwrap_or(Shader::SolidColor(middle));
    canvas.fill_with(&rounded(area, radius), shader, BlendMode::SourceOver);
}

/// A code of bars.
pub fn bars(canvas: &mut Canvas, area: Area, colour: Color, rng: &mut Rng) {
    let module = rng.between(0.22, 0.42).min(area.w / 40.0);
    let mut x = area.x;
    while x < area.right() - module {
        let width = module * rng.weighted(&[(5, 1.0), (3, 2.0), (2, 3.0)]);
        canvas.rect(Area::new(x, area.y, width.min(area.right() - x), area.h), colour);
        x += width + module * rng.weighted(&[(5, 1.0), (3, 2.0), (2, 3.0)]);
    }
}

/// A code of squares: with three corner marks as QR codes, or in rows of bars as PDF417.
pub fn matrix(canvas: &mut Canvas, area: Area, colour: Color, rng: &mut Rng) {
    let square = (area.w / area.h - 1.0).abs() < 0.2;
    let side = if square { area.w / rng.whole(21, 37) as f32 } else { area.h / rng.whole(8, 22) as f32 };
    let (columns, rows) = ((area.w / side) as u32, (area.h / side) as u32);
    let corner = |column: u32, row: u32| {
        let (left, top) = (column < 8, row < 8);
        (left && (top || row + 8 >= rows)) || (top && column + 8 >= columns)
    };
    for row in 0..rows {
        let mut column = 0;
        while column < columns {
            let run = rng.weighted(&[(5, 1), (3, 2), (1, 4)]);
            if rng.likely(0.5) && !(square && corner(column, row)) {
                let run = run.min(columns - column) as f32;
                let at = Area::new(area.x + column as f32 * side, area.y + row as f32 * side, run * side, side);
                canvas.rect(at, colour);
            }
            column += run;
        }
    }
    if square {
        for (column, row) in [(0, 0), (columns.saturating_sub(7), 0), (0, rows.saturating_sub(7))] {
            let at = |from: f32, size: f32| {
                let [x, y] = [(area.x, column), (area.y, row)].map(|(start, cell)| start + (cell as f32 + from) * side);
                Area::new(x, y, size * side, size * side)
            };
            canvas.frame(at(0.5, 6.0), 0.0, side, colour);
            canvas.rect(at(2.0, 3.0), colour);
        }
    }
}

/// A name signed by hand.
pub fn signature(canvas: &mut Canvas, area: Area, name: &str, colour: Color, rng: &mut Rng) {
    if rng.likely(0.55) {
        let face = if rng.likely(0.75) { Face::Pen } else { Face::Brush };
        let set = Type::new(face, area.h * rng.between(0.8, 1.3), colour).fitted(name, area.w);
        canvas.write_turned([area.x, area.bottom() - area.h * 0.25], rng.between(-9.0, 3.0), name, &set);
    } else {
        scribble(canvas, area, colour, rng);
    }
    if rng.likely(0.3) {
        let y = area.bottom() - area.h * 0.15;
        canvas.line(&[[area.x, y], [area.right(), y + area.h * rng.between(-0.3, 0.1)]], 0.25, colour);
    }
}

/// Loops of a pen along an area.
pub fn scribble(canvas: &mut Canvas, area: Area, colour: Color, rng: &mut Rng) {
    let count = ((area.w / area.h * rng.between(4.0, 9.0)) as usize).clamp(4, 60);
    let lean = rng.between(0.1, 0.5);
    let mut reach = 0.9;
    let points: Vec<[f32; 2]> = (0..count)
        .map(|at| {
            reach = (reach * rng.between(0.8, 1.15)).clamp(0.2, 1.0);
            let up = if at % 2 == 0 { rng.between(0.5, 1.0) * reach } else { rng.between(0.0, 0.25) };
            let x = at as f32 / count as f32 + up * lean * area.h / area.w + rng.between(-0.04, 0.02);
            [area.x + x * area.w * 0.9, area.bottom() - up * area.h]
        })
        .collect();
    if let Some(path) = curve(&points, false) {
        canvas.stroke(&path, rng.between(0.2, 0.45), colour);
    }
}

/// Foil that shimmers in all colours: a disc, a band, a rosette or a figure.
pub fn foil(canvas: &mut Canvas, area: Area, rng: &mut Rng) {
    let opacity = rng.between(0.12, 0.5);
    let hue = rng.share();
    let stops: Vec<GradientStop> = (0..7_u8)
        .map(|stop| {
            let along = f32::from(stop) / 6.0;
            let colour = hsl(hue + along * 1.3, rng.between(0.2, 0.7), rng.between(0.55, 0.9));
            GradientStop::new(along, veil(colour, opacity * rng.between(0.4, 1.0)))
        })
        .collect();
    let (from, to) = (Point::from_xy(area.x, area.y), Point::from_xy(area.right(), area.bottom()));
    let Some(shader) = LinearGradient::new(from, to, stops, SpreadMode::Pad, Transform::identity()) else { return };
    let shape = match rng.whole(0, 2) {
        0 => ellipse(area),
        1 => rounded(area, area.w.min(area.h) * rng.between(0.0, 0.4)),
        _ => ellipse(area.inset(area.w.min(area.h) * 0.15)),
    };
    canvas.fill_with(&shape, shader, BlendMode::SourceOver);
    let bright = veil(hsl(hue + 0.5, 0.4, 0.85), opacity);
    if rng.likely(0.6) {
        pattern::rosette(canvas, area.centre(), area.w.min(area.h) * 0.45, bright, rng);
    }
    if rng.likely(0.4) {
        let side = area.w.min(area.h) * 0.5;
        let [x, y] = area.centre();
        emblem(canvas, Area::new(x - side / 2.0, y - side / 2.0, side, side), bright, rng);
    }
}

/// A round or square stamp of an office, a little turned.
pub fn rubber(canvas: &mut Canvas, area: Area, words: &str, rng: &mut Rng) {
    let colour = veil(hsl(rng.one_of(&[0.0, 0.62, 0.7, 0.4]), 0.7, 0.35), rng.between(0.35, 0.8));
    let set = Type::new(Face::GroteskBold, area.h * 0.16, colour);
    if rng.likely(0.5) {
        canvas.frame(area, area.w, 0.4, colour);
        canvas.frame(area.inset(area.h * 0.2), area.w, 0.25, colour);
        let [x, y] = area.centre();
        let mut angle = rng.between(0.0, 360.0);
        for letter in words.to_uppercase().chars().take(26) {
            let (sin, cos) = angle.to_radians().sin_cos();
            let far = area.h * 0.33;
            canvas.write_turned([x + far * sin, y - far * cos], angle, &letter.to_string(), &set);
            angle += 13.0;
        }
        let side = area.h * 0.4;
        emblem(canvas, Area::new(x - side / 2.0, y - side / 2.0, side, side), colour, rng);
    } else {
        let turn = rng.between(-12.0, 12.0);
        let set = set.sized(area.h * 0.3).fitted(words, area.w);
        canvas.write_turned([area.x, area.centre()[1]], turn, words, &set);
        canvas.write_turned(
            [area.x, area.centre()[1] + set.size * 1.2],
            turn,
            "0 4. 0 2. 2 0 2 1",
            &set.sized(set.size * 0.7),
        );
    }
}
