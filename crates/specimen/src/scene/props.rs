//! Things that lie on desks, seen from above. In: chance. Out: pictures with holes, and their sides.

use std::sync::Arc;

use image::{Rgba, RgbaImage};
use rand::Rng as _;
use tiny_skia::{Color, FillRule, LineCap, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};

use super::chance::{between, chance, one_of};
use super::pattern::colour;
use super::texture::{Texture, stored};
use crate::Rng;

/// Something flat with an outline of its own.
#[derive(Clone, Debug)]
pub struct Prop {
    /// What it looks like.
    pub texture: Arc<Texture>,
    /// Its sides, with room for its shadow.
    pub size_mm: [f32; 2],
}

/// Millimetres of shadow around a thing.
const MARGIN_MM: f32 = 6.0;

struct Board {
    pixmap: Pixmap,
    scale: f32,
    size_mm: [f32; 2],
}

/// Something that lies on a desk.
pub fn prop(rng: &mut Rng) -> Prop {
    match rng.random_range(0..10) {
        0 | 1 => phone(rng),
        2 => keyboard(rng),
        3 | 4 => pen(rng),
        5 => cable(rng),
        6 => cup(rng),
        7 => book(rng),
        8 => barcode(rng),
        _ => block(rng),
    }
}

fn phone(rng: &mut Rng) -> Prop {
    let (width, height) = (between(rng, 64.0, 80.0), between(rng, 130.0, 168.0));
    let mut board = Board::new(width, height, 2.5);
    board.rounded(0.0, 0.0, width, height, 9.0, dark(rng));
    let lit = chance(rng, 0.4);
    let screen = if lit { colour(rng) } else { [between(rng, 0.004, 0.02); 3] };
    board.rounded(2.5, 4.0, width - 5.0, height - 8.0, 6.0, screen);
    if lit {
        for row in 0..rng.random_range(3..9) {
            let top = 14.0 + row as f32 * 15.0;
            let ink = colour(rng);
            board.rounded(7.0, top, (width - 14.0) * between(rng, 0.3, 1.0), between(rng, 2.0, 11.0), 1.5, ink);
        }
    } else if chance(rng, 0.4) {
        let lens = dark(rng);
        board.rounded(6.0, 7.0, 24.0, 24.0, 6.0, lens.map(|value| value * 2.0 + 0.02));
        board.circle(13.0, 14.0, 5.0, [0.01; 3]);
        board.circle(13.0, 25.0, 5.0, [0.01; 3]);
    }
    board.done()
}

fn keyboard(rng: &mut Rng) -> Prop {
    let (columns, rows) = (rng.random_range(8..15), rng.random_range(4..6));
    let (width, height) = (columns as f32 * 19.0 + 6.0, rows as f32 * 19.0 + 6.0);
    let mut board = Board::new(width, height, 1.6);
    let (case, key) = if chance(rng, 0.6) { (dark(rng), [between(rng, 0.01, 0.05); 3]) } else { ([0.5; 3], [0.75; 3]) };
    board.rounded(0.0, 0.0, width, height, 4.0, case);
    let ink = if key[0] < 0.3 { [0.7; 3] } else { [0.05; 3] };
    for row in 0..rows {
        for column in 0..columns {
            let (left, top) = (4.0 + column as f32 * 19.0, 4.0 + row as f32 * 19.0);
            board.rounded(left, top, 17.0, 17.0, 2.0, key.map(|value| value * 0.6));
            board.rounded(left + 1.5, top + 0.8, 14.0, 14.0, 2.0, key);
            board.rounded(left + 4.0, top + 4.0, between(rng, 2.0, 5.0), between(rng, 3.0, 5.0), 0.5, ink);
        }
    }
    board.done()
}

fn pen(rng: &mut Rng) -> Prop {
    let (width, height) = (between(rng, 120.0, 150.0), between(rng, 7.0, 14.0));
    let mut board = Board::new(width, height, 2.5);
    let body = colour(rng);
    let slices = 9;
    for slice in 0..slices {
        let share = slice as f32 / slices as f32;
        let lit = 0.5 + 0.6 * (1.0 - (share * 2.0 - 0.8).abs());
        let top = height * share;
        board.rounded(0.0, top, width - height * 1.2, height / slices as f32 + 0.2, 0.2, body.map(|value| value * lit));
    }
    let tip = dark(rng);
    board.polygon(&[(width - height * 1.2, 0.0), (width, height / 2.0), (width - height * 1.2, height)], tip);
    let cap = colour(rng);
    board.rounded(0.0, height * 0.1, width * 0.3, height * 0.8, 1.0, cap);
    board.done()
}

fn cable(rng: &mut Rng) -> Prop {
    let (width, height) = (between(rng, 120.0, 260.0), between(rng, 80.0, 200.0));
    let mut board = Board::new(width, height, 1.6);
    let mut at = |width: f32, height: f32| (between(rng, 5.0, width - 5.0), between(rng, 5.0, height - 5.0));
    let mut path = PathBuilder::new();
    let start = at(width, height);
    path.move_to(start.0, start.1);
    for _ in 0..3 {
        let (a, b, c) = (at(width, height), at(width, height), at(width, height));
        path.cubic_to(a.0, a.1, b.0, b.1, c.0, c.1);
    }
    let ink = if chance(rng, 0.6) { [0.012; 3] } else { [0.75; 3] };
    let thick = between(rng, 2.5, 5.0);
    if let Some(path) = path.finish() {
        board.stroke(&path, thick, ink);
        board.stroke(&path, thick * 0.3, ink.map(|value| value * 1.4 + 0.02));
    }
    board.done()
}

fn cup(rng: &mut Rng) -> Prop {
    let size = between(rng, 75.0, 100.0);
    let mut board = Board::new(size + 25.0, size, 2.0);
    let ware = colour(rng);
    let half = size / 2.0;
    board.rounded(size - 8.0, half - 5.0, 30.0, 10.0, 4.0, ware.map(|value| value * 0.7));
    board.circle(half, half, half, ware);
    board.circle(half, half, half * 0.9, ware.map(|value| value * 0.45));
    let drink = one_of(rng, &[[0.02, 0.01, 0.006], [0.3, 0.17, 0.08], [0.5, 0.5, 0.5], [0.2, 0.08, 0.02]]);
    board.circle(half + 2.0, half + 2.0, half * 0.8, drink);
    board.done()
}

fn book(rng: &mut Rng) -> Prop {
    let (width, height) = (between(rng, 100.0, 210.0), between(rng, 150.0, 290.0));
    let mut board = Board::new(width, height, 1.5);
    let cover = colour(rng);
    board.rounded(0.0, 0.0, width, height, 1.5, cover);
    board.rounded(0.0, 0.0, 9.0, height, 1.0, cover.map(|value| value * 0.6));
    for _ in 0..rng.random_range(1..6) {
        let ink = colour(rng);
        let (left, top) = (between(rng, 15.0, width * 0.5), between(rng, 10.0, height * 0.9));
        board.rounded(left, top, (width - left) * between(rng, 0.3, 0.9), between(rng, 4.0, 50.0), 0.5, ink);
    }
    board.done()
}

/// A package with a barcode.
fn barcode(rng: &mut Rng) -> Prop {
    let (width, height) = (between(rng, 50.0, 130.0), between(rng, 40.0, 110.0));
    let mut board = Board::new(width, height, 4.0);
    let pack = colour(rng);
    board.rounded(0.0, 0.0, width, height, 2.0, pack);
    let (left, top, wide, high) = (width * 0.15, height * 0.2, width * 0.65, height * 0.5);
    board.rounded(left, top, wide, high, 0.5, [0.85; 3]);
    let mut at = left + 3.0;
    while at < left + wide - 3.0 {
        let bar = one_of(rng, &[0.35, 0.7, 1.05, 1.4]);
        board.rounded(at, top + 2.0, bar, high - 7.0, 0.01, [0.01; 3]);
        at += bar + one_of(rng, &[0.35, 0.7, 1.05]);
    }
    for digit in 0..12 {
        board.rounded(left + 4.0 + digit as f32 * (wide - 8.0) / 12.0, top + high - 4.0, 1.4, 2.6, 0.4, [0.02; 3]);
    }
    board.done()
}

/// An eraser, a box, a note.
fn block(rng: &mut Rng) -> Prop {
    let (width, height) = (between(rng, 15.0, 90.0), between(rng, 15.0, 90.0));
    let mut board = Board::new(width, height, 2.0);
    let paint = colour(rng);
    let radius = between(rng, 0.5, width.min(height) * 0.5);
    board.rounded(0.0, 0.0, width, height, radius, paint.map(|value| value * 0.7));
    board.rounded(0.0, 0.0, width * 0.94, height * 0.92, radius, paint);
    board.done()
}

fn dark(rng: &mut Rng) -> [f32; 3] {
    let grey = between(rng, 0.005, 0.06);
    std::array::from_fn(|_| grey * between(rng, 0.8, 1.2))
}

impl Board {
    fn new(width: f32, height: f32, scale: f32) -> Self {
        let size_mm = [width + 2.0 * MARGIN_MM, height + 2.0 * MARGIN_MM];
        let [across, down] = size_mm.map(|side| (side * scale) as u32 + 1);
        let pixmap = Pixmap::new(across, down).expect("things have sides of some millimetres");
        Self { pixmap, scale, size_mm }
    }

    fn place(&self) -> Transform {
        Transform::from_translate(MARGIN_MM, MARGIN_MM).post_scale(self.scale, self.scale)
    }

    fn fill(&mut self, path: &Path, ink: Color) {
        let mut paint = Paint::default();
        paint.set_color(ink);
        let place = self.place();
        self.pixmap.fill_path(path, &paint, FillRule::Winding, place, None);
    }

    fn rounded(&mut self, left: f32, top: f32, width: f32, height: f32, radius: f32, ink: [f32; 3]) {
        if let Some(path) = round_box(left, top, width, height, radius) {
            self.fill(&path, solid(ink));
        }
    }

    fn circle(&mut self, x: f32, y: f32, radius: f32, ink: [f32; 3]) {
        if let Some(path) = PathBuilder::from_circle(x, y, radius) {
            self.fill(&path, solid(ink));
        }
    }

    fn polygon(&mut self, corners: &[(f32, f32)], ink: [f32; 3]) {
        let mut path = PathBuilder::new();
        for (at, &(x, y)) in corners.iter().enumerate() {
            if at == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
        path.close();
        if let Some(path) = path.finish() {
            self.fill(&path, solid(ink));
        }
    }

    fn stroke(&mut self, path: &Path, width: f32, ink: [f32; 3]) {
        let mut paint = Paint::default();
        paint.set_color(solid(ink));
        let stroke = Stroke { width, line_cap: LineCap::Round, ..Stroke::default() };
        let place = self.place();
        self.pixmap.stroke_path(path, &paint, &stroke, place, None);
    }

    fn done(self) -> Prop {
        let (width, height) = (self.pixmap.width(), self.pixmap.height());
        let straight = self.pixmap.take_demultiplied();
        let picture = RgbaImage::from_raw(width, height, straight).expect("a pixmap has four bytes a pixel");
        Prop { texture: Arc::new(Texture::new(shadowed(&picture, self.scale))), size_mm: self.size_mm }
    }
}

/// With a soft shadow to the lower right.
fn shadowed(picture: &RgbaImage, scale: f32) -> RgbaImage {
    let (width, height) = picture.dimensions();
    let reach = (MARGIN_MM * 0.5 * scale) as u32;
    // Running means of the opacity, across and then down.
    let mean = |from: &[f32], length: u32, step: usize, start: usize| -> Vec<f32> {
        let at = |place: i64| {
            if (0..i64::from(length)).contains(&place) { from[start + place as usize * step] } else { 0.0 }
        };
        let span = i64::from(2 * reach + 1);
        let mut sum: f32 = (0..=i64::from(reach)).map(at).sum();
        (0..i64::from(length))
            .map(|place| {
                let mean = sum / span as f32;
                sum += at(place + i64::from(reach) + 1) - at(place - i64::from(reach));
                mean
            })
            .collect()
    };
    let mut soft: Vec<f32> = picture.pixels().map(|pixel| f32::from(pixel.0[3]) / 255.0).collect();
    for y in 0..height as usize {
        let row = mean(&soft, width, 1, y * width as usize);
        soft[y * width as usize..(y + 1) * width as usize].copy_from_slice(&row);
    }
    for x in 0..width as usize {
        for (y, value) in mean(&soft, height, width as usize, x).into_iter().enumerate() {
            soft[y * width as usize + x] = value;
        }
    }
    let shift = reach / 2;
    RgbaImage::from_fn(width, height, |x, y| {
        let [r, g, b, a] = picture.get_pixel(x, y).0;
        let under = soft[(y.saturating_sub(shift) * width + x.saturating_sub(shift)) as usize] * 0.6;
        let own = f32::from(a) / 255.0;
        let all = own + under * (1.0 - own);
        // What is half the thing and half its shadow has half its colour.
        let part = own / all.max(1e-3);
        Rgba([
            (f32::from(r) * part) as u8,
            (f32::from(g) * part) as u8,
            (f32::from(b) * part) as u8,
            (all * 255.0) as u8,
        ])
    })
}

fn solid(ink: [f32; 3]) -> Color {
    let [r, g, b] = ink.map(stored);
    Color::from_rgba8(r, g, b, 255)
}

fn round_box(left: f32, top: f32, width: f32, height: f32, radius: f32) -> Option<Path> {
    let radius = radius.min(width / 2.0).min(height / 2.0);
    if radius < 0.3 {
        return Rect::from_xywh(left, top, width, height).map(PathBuilder::from_rect);
    }
    let (right, bottom) = (left + width, top + height);
    let mut path = PathBuilder::new();
    path.move_to(left + radius, top);
    path.line_to(right - radius, top);
    path.quad_to(right, top, right, top + radius);
    path.line_to(right, bottom - radius);
    path.quad_to(right, bottom, right - radius, bottom);
    path.line_to(left + radius, bottom);
    path.quad_to(left, bottom, left, bottom - radius);
    path.line_to(left, top + radius);
    path.quad_to(left, top, left + radius, top);
    path.close();
    path.finish()
}
