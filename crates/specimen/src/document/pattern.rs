//! Grounds that documents are printed on: washes of colour, fine lines, rosettes, rasters, and pictures of nothing in particular.

use std::f32::consts::TAU;

use tiny_skia::Color;

use super::{
    canvas::{Area, Canvas, bytes_of, curve, line, over},
    chance::Chance,
    colour::{Palette, Tone, hsl, luminance, mix, rgb, veil},
    fiction,
    noise::noise,
    ornament,
    text::{Face, Type},
};
use crate::Rng;

/// Columns and rows of colours that a smooth wash is interpolated from.
const WASH: [usize; 2] = [17, 11];

/// A ground as identity documents have them: a wash, and layers of lines, rosettes and pale figures.
pub fn security(canvas: &mut Canvas, area: Area, palette: &Palette, tone: Tone, rng: &mut Rng) {
    tinted(canvas, area, palette, rng);
    if rng.likely(0.1) {
        // A pale landscape, as many data pages have.
        landscape(canvas, area, rng);
        canvas.rect(area, veil(palette.ground, rng.between(0.55, 0.85)));
    }
    let most = if tone == Tone::White { 0.3 } else { 0.5 };
    for _ in 0..rng.weighted(&[(1, 0), (4, 1), (4, 2), (3, 3)]) {
        let light = luminance(palette.ground);
        let away = if light < 0.35 || rng.likely(0.15) { rgb(1.0, 1.0, 1.0) } else { palette.strong };
        let colour = mix(rng.one_of(&palette.tints), away, rng.between(0.2, 0.9));
        let strength = rng.between(0.1, most);
        match rng.whole(0, 9) {
            0..=3 => waves(canvas, area, [colour, rng.one_of(&palette.tints)], strength, rng),
            4 | 5 => rosettes(canvas, area, veil(colour, strength), rng),
            6 => figure(canvas, area, veil(colour, strength * 0.5), rng),
            7 => small_print(canvas, area, veil(colour, strength), rng),
            8 => raster(canvas, area, veil(colour, strength * 0.7), rng),
            _ => rays(canvas, area, veil(colour, strength * 0.5), rng),
        }
    }
}

/// A wash of a palette's ground and tints: across, down, or around places.
pub fn tinted(canvas: &mut Canvas, area: Area, palette: &Palette, rng: &mut Rng) {
    let (angle, way) = (rng.between(0.0, TAU), rng.whole(0, 4));
    let (sin, cos) = if rng.likely(0.5) { angle.sin_cos() } else { rng.one_of(&[(0.0, 1.0), (1.0, 0.0)]) };
    let places: Vec<[f32; 3]> =
        (0..rng.whole(1, 4)).map(|_| [rng.share(), rng.share(), rng.between(0.15, 0.6)]).collect();
    let bands = rng.between(0.6, 2.2);
    let start = rng.share();
    wash(canvas, area, WASH, |x, y| {
        let along = (x - 0.5) * cos + (y - 0.5) * sin;
        let mut colour = palette.ground;
        match way {
            0 => {}
            1 => colour = mix(palette.tints[0], palette.tints[1], along + 0.5),
            2 => {
                let phase = ((along * bands + start) * TAU).sin();
                colour = mix(colour, palette.tints[usize::from(phase > 0.0)], phase.abs());
            }
            _ => {
                for (&[px, py, reach], &tint) in places.iter().zip(palette.tints.iter().cycle()) {
                    let far = ((x - px).powi(2) + (y - py).powi(2)) / (reach * reach);
                    colour = mix(colour, tint, (-far).exp());
                }
            }
        }
        colour
    });
}

/// Colours every pixel of an area from a function of its place, each side from 0 to 1, that is asked at so many columns and rows.
pub fn wash(
    canvas: &mut Canvas,
    area: Area,
    [columns, rows]: [usize; 2],
    mut colour_at: impl FnMut(f32, f32) -> Color,
) {
    let grid: Vec<[f32; 3]> = (0..columns * rows)
        .map(|at| {
            let (x, y) = ((at % columns) as f32 / (columns - 1) as f32, (at / columns) as f32 / (rows - 1) as f32);
            let colour = colour_at(x, y);
            [colour.red(), colour.green(), colour.blue()].map(|channel| channel * 255.0)
        })
        .collect();
    let [_, height] = canvas.pixels_of(area);
    let mut down = 0;
    let mut mixed = vec![[0.0_f32; 3]; columns];
    canvas.rows(area, |_, _, row| {
        let at = (down as f32 / height as f32).min(0.999) * (rows - 1) as f32;
        let (above, share) = (at as usize * columns, at.fract());
        for (column, mixed) in mixed.iter_mut().enumerate() {
            let (a, b) = (grid[above + column], grid[above + column + columns]);
            *mixed = std::array::from_fn(|channel| a[channel] + (b[channel] - a[channel]) * share);
        }
        let width = row.len() / 4;
        for piece in 0..columns - 1 {
            let (from, to) = (piece * width / (columns - 1), (piece + 1) * width / (columns - 1));
            let (a, b) = (mixed[piece], mixed[piece + 1]);
            let steps = (to - from).max(1) as f32;
            let step: [f32; 3] = std::array::from_fn(|channel| (b[channel] - a[channel]) / steps);
            let mut now = a.map(|channel| channel + 0.5);
            for pixel in row[4 * from..4 * to].chunks_exact_mut(4) {
                for channel in 0..3 {
                    pixel[channel] = now[channel] as u8;
                    now[channel] += step[channel];
                }
                pixel[3] = 255;
            }
        }
        down += 1;
    });
}

/// Clouds, marble, foliage: noise of several sizes between three colours.
pub fn clouds(canvas: &mut Canvas, area: Area, colours: [Color; 3], rng: &mut Rng) {
    let (size, lie) = (rng.between(1.5, 7.0), rng.between(0.4, 2.5));
    let seed = rng.between(0.0, 900.0);
    let sharp = rng.between(1.0, 3.5);
    wash(canvas, area, [97, 97], |x, y| {
        let (x, y) = (x * size + seed, y * size * lie + seed);
        let value = noise(x, y) * 0.5 + noise(x * 2.3, y * 2.3) * 0.28 + noise(x * 5.1, y * 5.1) * 0.22;
        let value = ((value - 0.5) * sharp + 0.5).clamp(0.0, 1.0);
        if value < 0.5 {
            mix(colours[0], colours[1], value * 2.0)
        } else {
            mix(colours[1], colours[2], value * 2.0 - 1.0)
        }
    });
}

/// Fine lines that sway, in one colour that changes into another (rainbow print).
pub fn waves(canvas: &mut Canvas, area: Area, colours: [Color; 2], strength: f32, rng: &mut Rng) {
    let pitch = rng.between(0.35, 1.6) * if rng.likely(0.15) { 3.0 } else { 1.0 };
    let duty = rng.between(0.2, 0.6);
    let (sin, cos) =
        if rng.likely(0.4) { rng.one_of(&[(0.0, 1.0), (1.0, 0.0)]) } else { rng.between(0.0, TAU).sin_cos() };
    let sway = |rng: &mut Rng, strength: f32| {
        let (length, phase, height) = (rng.between(5.0, 45.0), rng.between(0.0, TAU), rng.share() * strength);
        move |at: f32| height * (at / length * TAU + phase).sin()
    };
    let (down, across) = (sway(rng, 2.5), sway(rng, 2.5));
    let (tall, wide) = (sway(rng, 1.8), sway(rng, 1.8));
    let scale = canvas.scale();
    let [width, _] = canvas.pixels_of(area);
    // What a pixel covers of a line, by the place in a line's period; lines finer than pixels become a tint.
    let soft = (1.0 / (pitch * scale)).min(0.5);
    let cover: Vec<u32> = (0..256)
        .map(|at| {
            let from_middle = (at as f32 / 256.0 - 0.5).abs();
            let share = ((duty / 2.0 - from_middle) / soft + 0.5).clamp(0.0, 1.0);
            let share = if soft > 0.45 { duty } else { share };
            (share * strength * 256.0) as u32
        })
        .collect();
    let table: Vec<(f32, f32, [u8; 3])> = (0..width)
        .map(|x| {
            let at = x as f32 / scale;
            let colour = mix(colours[0], colours[1], x as f32 / width as f32);
            (at * sin / pitch + down(at) / pitch, wide(at) / pitch, bytes_of(colour))
        })
        .collect();
    let mut y = 0;
    canvas.rows(area, |_, _, row| {
        let at = y as f32 / scale;
        let (start, more) = (at * cos / pitch + across(at) / pitch, tall(at));
        for (pixel, &(along, sway, colour)) in row.chunks_exact_mut(4).zip(&table) {
            let phase = start + along + more * sway;
            let cover = cover[((phase * 256.0) as i32 & 255) as usize];
            if cover > 0 {
                over(&mut pixel[..3], colour, cover);
            }
        }
        y += 1;
    });
}

/// One to four rosettes.
pub fn rosettes(canvas: &mut Canvas, area: Area, colour: Color, rng: &mut Rng) {
    for _ in 0..rng.weighted(&[(4, 1), (2, 2), (1, 4)]) {
        let centre = [area.x + area.w * rng.share(), area.y + area.h * rng.share()];
        rosette(canvas, centre, area.h * rng.between(0.12, 0.75), colour, rng);
    }
}

/// A closed curve that winds around a centre.
pub fn rosette(canvas: &mut Canvas, [x, y]: [f32; 2], radius: f32, colour: Color, rng: &mut Rng) {
    let petals = rng.whole(3, 17) as f32;
    let (depth, inner) = (rng.between(0.1, 0.5), rng.between(0.2, 0.8));
    let turns = rng.whole(3, 9);
    let squash = if rng.likely(0.6) { 1.0 } else { rng.between(0.5, 1.4) };
    for ring in 0..turns {
        let base = inner + (1.0 - inner) * ring as f32 / turns as f32;
        let steps = 90 + 8 * petals as usize;
        let phase = ring as f32 * TAU / petals / turns as f32 * 2.0;
        let points: Vec<[f32; 2]> = (0..steps)
            .map(|step| {
                let angle = step as f32 / steps as f32 * TAU;
                let far = radius * base * (1.0 - depth + depth * (petals * angle + phase * petals).sin());
                [x + far * angle.cos() * squash, y + far * angle.sin()]
            })
            .collect();
        if let Some(path) = line(&points, true) {
            canvas.stroke(&path, 0.12, colour);
        }
    }
}

/// A large pale figure: hills, a shield, a blot like a map, a leaf.
pub fn figure(canvas: &mut Canvas, area: Area, colour: Color, rng: &mut Rng) {
    let side = area.h * rng.between(0.4, 0.95);
    let place =
        Area::new(area.x + (area.w - side) * rng.between(0.1, 1.0), area.y + (area.h - side) * rng.share(), side, side);
    match rng.whole(0, 3) {
        0 => hills(canvas, area, colour, rng),
        1 | 2 => ornament::emblem(canvas, place, colour, rng),
        _ => blot(canvas, place, colour, rng),
    }
}

/// An irregular closed shape.
pub fn blot(canvas: &mut Canvas, area: Area, colour: Color, rng: &mut Rng) {
    let [x, y] = area.centre();
    let corners = rng.whole(5, 26);
    let rough = rng.between(0.1, 0.6);
    let points: Vec<[f32; 2]> = (0..corners)
        .map(|corner| {
            let angle = corner as f32 / corners as f32 * TAU;
            let far = 0.5 * (1.0 - rough * rng.share());
            [x + area.w * far * angle.cos(), y + area.h * far * angle.sin()]
        })
        .collect();
    if let Some(path) = curve(&points, true) {
        canvas.fill(&path, colour);
    }
}

/// A line of hills along an area's lower edge.
pub fn hills(canvas: &mut Canvas, area: Area, colour: Color, rng: &mut Rng) {
    let count = rng.whole(3, 12);
    let base = area.bottom() - area.h * rng.between(0.15, 0.45);
    let height = area.h * rng.between(0.1, 0.4);
    let mut points: Vec<[f32; 2]> = (0..=count)
        .map(|at| [area.x + area.w * at as f32 / count as f32, base - height * (rng.share() - 0.4)])
        .collect();
    points.push([area.right(), area.bottom()]);
    points.push([area.x, area.bottom()]);
    canvas.polygon(&points, colour);
}

fn small_print(canvas: &mut Canvas, area: Area, colour: Color, rng: &mut Rng) {
    let word = format!("{} ", fiction::brand(rng)).to_uppercase();
    let set = Type::new(Face::Grotesk, rng.between(0.9, 2.4), colour);
    let repeated = word.repeat((area.w / set.width(&word)) as usize + 2);
    let step = set.size * rng.between(1.2, 5.0);
    let mut y = area.y + step;
    while y < area.bottom() {
        canvas.write(area.x - rng.share() * set.size * 4.0, y, &repeated, &set);
        y += step;
    }
}

/// Dots or squares that grow to one side, every second row shifted.
fn raster(canvas: &mut Canvas, area: Area, colour: Color, rng: &mut Rng) {
    let pitch = rng.between(1.6, 4.0);
    let grow = rng.between(-1.0, 1.0);
    let round = rng.likely(0.6);
    let scale = canvas.scale();
    let ([width, _], soft) = (canvas.pixels_of(area), 1.0 / scale);
    let (ink, most) = (bytes_of(colour), colour.alpha() * 256.0);
    // Of every column: its distance from a dot's middle in even rows, and in odd ones, and half a dot's size.
    let columns: Vec<[f32; 3]> = (0..width)
        .map(|x| {
            let at = x as f32 / scale;
            let from_middle = |at: f32| ((at / pitch).fract() - 0.5).abs() * pitch;
            [from_middle(at), from_middle(at + pitch / 2.0), pitch * (0.18 + 0.15 * grow * (at / area.w - 0.5))]
        })
        .collect();
    let mut y = 0;
    canvas.rows(area, |_, _, row| {
        let at = y as f32 / scale / pitch;
        let (odd, down) = (at as usize % 2, (at.fract() - 0.5).abs() * pitch);
        for (pixel, column) in row.chunks_exact_mut(4).zip(&columns) {
            let (across, half) = (column[odd], column[2]);
            let far = if round { (across * across + down * down).sqrt() } else { across.max(down) };
            let share = ((half - far) / soft + 0.5).min(1.0);
            if share > 0.0 {
                over(&mut pixel[..3], ink, (share * most) as u32);
            }
        }
        y += 1;
    });
}

fn rays(canvas: &mut Canvas, area: Area, colour: Color, rng: &mut Rng) {
    let [x, y] = [area.x + area.w * rng.share(), area.y + area.h * rng.share()];
    let count = rng.whole(8, 40);
    let far = area.w + area.h;
    for ray in 0..count {
        let angle = |part: f32| (ray as f32 + part) / count as f32 * TAU;
        let (a, b) = (angle(0.0), angle(0.5));
        canvas
            .polygon(&[[x, y], [x + far * a.cos(), y + far * a.sin()], [x + far * b.cos(), y + far * b.sin()]], colour);
    }
}

/// Something like a picture: a landscape, lights out of focus, shapes, stripes.
pub fn picture(canvas: &mut Canvas, area: Area, rng: &mut Rng) {
    let tone = rng.one_of(&[Tone::Full, Tone::Full, Tone::Dark, Tone::Pale]);
    let palette = Palette::draw(rng, tone);
    tinted(canvas, area, &palette, rng);
    let any = |rng: &mut Rng| hsl(rng.share(), rng.between(0.2, 0.95), rng.between(0.15, 0.85));
    match rng.whole(0, 7) {
        0 => {
            let sun = area.h * rng.between(0.1, 0.3);
            let at = [area.x + rng.share() * (area.w - sun), area.y + rng.share() * area.h * 0.4];
            canvas.ellipse(Area::new(at[0], at[1], sun, sun), any(rng));
            for _ in 0..rng.whole(1, 4) {
                let colour = any(rng);
                hills(canvas, area, colour, rng);
            }
        }
        1 => {
            for _ in 0..rng.whole(10, 40) {
                let side = area.w * rng.between(0.02, 0.2);
                let at = Area::new(
                    area.x + rng.share() * (area.w - side),
                    area.y + rng.share() * (area.h - side).max(0.0),
                    side,
                    side,
                );
                canvas.ellipse(at, veil(any(rng), rng.between(0.1, 0.6)));
            }
        }
        2 => {
            for _ in 0..rng.whole(2, 9) {
                let (w, h) = (area.w * rng.between(0.1, 0.7), area.h * rng.between(0.1, 0.7));
                let at = Area::new(area.x + rng.share() * (area.w - w), area.y + rng.share() * (area.h - h), w, h);
                let colour = veil(any(rng), rng.between(0.4, 1.0));
                match rng.whole(0, 2) {
                    0 => canvas.rect(at, colour),
                    1 => canvas.ellipse(at, colour),
                    _ => blot(canvas, at, colour, rng),
                }
            }
        }
        3 => {
            for _ in 0..rng.whole(1, 3) {
                let colours = [any(rng), any(rng)];
                let strength = rng.between(0.2, 0.8);
                waves(canvas, area, colours, strength, rng);
            }
        }
        4 | 5 => {
            let colours = [any(rng), any(rng), any(rng)];
            clouds(canvas, area, colours, rng);
        }
        6 => landscape(canvas, area, rng),
        _ => {}
    }
}

/// Sky, ridges behind one another that fade with distance, ground.
pub fn landscape(canvas: &mut Canvas, area: Area, rng: &mut Rng) {
    let sky = hsl(rng.one_of(&[0.58, 0.55, 0.08, 0.95, 0.62]), rng.between(0.2, 0.8), rng.between(0.4, 0.85));
    let low = mix(sky, hsl(rng.share(), 0.4, 0.9), 0.7);
    clouds(canvas, area, [sky, mix(sky, low, 0.4), low], rng);
    let land = hsl(rng.one_of(&[0.3, 0.25, 0.1, 0.6, 0.05]), rng.between(0.15, 0.6), rng.between(0.08, 0.35));
    let ridges = rng.whole(2, 5);
    for ridge in 0..ridges {
        let near = (ridge + 1) as f32 / ridges as f32;
        let top = area.h * (0.25 + 0.55 * near) * rng.between(0.85, 1.0);
        let (length, phase) = (rng.between(0.15, 0.9) * area.w, rng.between(0.0, 900.0));
        let mut points: Vec<[f32; 2]> = (0..=48_u8)
            .map(|at| {
                let x = area.w * f32::from(at) / 48.0;
                let high =
                    noise(x / length + phase, near * 7.0) * 0.7 + noise(x / length * 5.0 + phase, near * 3.0) * 0.3;
                [area.x + x, (area.y + top - high * area.h * 0.3).max(area.y)]
            })
            .collect();
        points.extend([[area.right(), area.bottom()], [area.x, area.bottom()]]);
        canvas.polygon(&points, mix(low, land, 0.25 + 0.75 * near));
    }
}
