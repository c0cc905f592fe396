//! A sheet to draw on. In: shapes, text and pictures, measured in millimetres from the upper left corner. Out: pixels.
//! Does not know: what is drawn.

use image::{Rgb, RgbImage};
use tiny_skia::{
    BlendMode, Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, PixmapPaint, Rect, Shader, Stroke,
    Transform,
};

use super::text::{Glyphs, Written};

/// A rectangle in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

impl Area {
    /// From left, top, width and height.
    pub fn new(x: f32, y: f32, w: f32, h: f32) -> Self {
        Self { x, y, w: w.max(0.01), h: h.max(0.01) }
    }

    /// What remains when a margin is taken off on every side; negative margins add.
    pub fn inset(self, margin: f32) -> Self {
        Self::new(self.x + margin, self.y + margin, self.w - 2.0 * margin, self.h - 2.0 * margin)
    }

    /// Right edge.
    pub fn right(self) -> f32 {
        self.x + self.w
    }

    /// Lower edge.
    pub fn bottom(self) -> f32 {
        self.y + self.h
    }

    /// Its middle.
    pub fn centre(self) -> [f32; 2] {
        [self.x + self.w / 2.0, self.y + self.h / 2.0]
    }

    /// Left, top, width and height as shares of a sheet's sides, cut at its edges.
    pub fn shares(self, [width, height]: [f32; 2]) -> [f32; 4] {
        let [left, right] = [self.x, self.right()].map(|x| (x / width).clamp(0.0, 1.0));
        let [top, bottom] = [self.y, self.bottom()].map(|y| (y / height).clamp(0.0, 1.0));
        [left, top, right - left, bottom - top]
    }
}

/// A sheet to draw on.
pub struct Canvas {
    pixmap: Pixmap,
    scale: f32,
    size: [f32; 2],
    pub(super) glyphs: Glyphs,
    /// Every level line of text so far.
    pub(super) written: Vec<Written>,
}

impl Canvas {
    /// A sheet of a size in millimetres, all of one colour; `scale` is pixels a millimetre.
    pub fn new(size: [f32; 2], scale: f32, colour: Color) -> Self {
        let [width, height] = size.map(|side| (side * scale).round().clamp(1.0, 20_000.0) as u32);
        let mut pixmap = Pixmap::new(width, height).expect("sides lie between 1 and 20,000 pixels");
        pixmap.fill(colour);
        Self { pixmap, scale, size, glyphs: Glyphs::default(), written: Vec::new() }
    }

    /// Pixels a millimetre.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// Width and height in millimetres.
    pub fn size(&self) -> [f32; 2] {
        self.size
    }

    /// All of it.
    pub fn area(&self) -> Area {
        Area::new(0.0, 0.0, self.size[0], self.size[1])
    }

    /// What was drawn.
    pub fn finish(self) -> RgbImage {
        let (width, height) = (self.pixmap.width(), self.pixmap.height());
        let data = self.pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        RgbImage::from_raw(width, height, data).unwrap_or_else(|| RgbImage::from_pixel(1, 1, Rgb([0; 3])))
    }

    /// Fills a shape.
    pub fn fill(&mut self, path: &Path, colour: Color) {
        self.fill_with(path, Shader::SolidColor(colour), BlendMode::SourceOver);
    }

    /// Fills a shape with a gradient, or mixes it in another way.
    pub fn fill_with(&mut self, path: &Path, shader: Shader, blend_mode: BlendMode) {
        let paint = Paint { shader, blend_mode, anti_alias: true, ..Paint::default() };
        self.pixmap.fill_path(path, &paint, FillRule::EvenOdd, Transform::from_scale(self.scale, self.scale), None);
    }

    /// Fills a shape that overlaps itself.
    pub fn fill_whole(&mut self, path: &Path, colour: Color) {
        let paint = Paint { shader: Shader::SolidColor(colour), anti_alias: true, ..Paint::default() };
        self.pixmap.fill_path(path, &paint, FillRule::Winding, Transform::from_scale(self.scale, self.scale), None);
    }

    /// Draws along a path with a round pen.
    pub fn stroke(&mut self, path: &Path, width: f32, colour: Color) {
        let paint = Paint { shader: Shader::SolidColor(colour), anti_alias: true, ..Paint::default() };
        let stroke = Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
        self.pixmap.stroke_path(path, &paint, &stroke, Transform::from_scale(self.scale, self.scale), None);
    }

    /// Fills a rectangle.
    pub fn rect(&mut self, area: Area, colour: Color) {
        let paint = Paint { shader: Shader::SolidColor(colour), anti_alias: true, ..Paint::default() };
        if let Some(rect) = Rect::from_xywh(area.x, area.y, area.w, area.h) {
            self.pixmap.fill_rect(rect, &paint, Transform::from_scale(self.scale, self.scale), None);
        }
    }

    /// Fills a rectangle with round corners.
    pub fn rounded(&mut self, area: Area, radius: f32, colour: Color) {
        self.fill(&rounded(area, radius), colour);
    }

    /// Fills an ellipse.
    pub fn ellipse(&mut self, area: Area, colour: Color) {
        self.fill(&ellipse(area), colour);
    }

    /// Fills a polygon.
    pub fn polygon(&mut self, points: &[[f32; 2]], colour: Color) {
        if let Some(path) = line(points, true) {
            self.fill(&path, colour);
        }
    }

    /// Draws a line through points.
    pub fn line(&mut self, points: &[[f32; 2]], width: f32, colour: Color) {
        if let Some(path) = line(points, false) {
            self.stroke(&path, width, colour);
        }
    }

    /// Draws the edge of a rectangle.
    pub fn frame(&mut self, area: Area, radius: f32, width: f32, colour: Color) {
        self.stroke(&rounded(area, radius), width, colour);
    }

    /// Places a picture that has as many pixels as the area (`pixels_of`).
    pub fn place(&mut self, picture: &Pixmap, area: Area, opacity: f32, blend_mode: BlendMode) {
        let paint = PixmapPaint { opacity, blend_mode, ..PixmapPaint::default() };
        let [x, y] = [area.x, area.y].map(|at| (at * self.scale).round() as i32);
        self.pixmap.draw_pixmap(x, y, picture.as_ref(), &paint, Transform::identity(), None);
    }

    /// How many pixels across and down an area has, at least one each.
    pub fn pixels_of(&self, area: Area) -> [u32; 2] {
        [area.w, area.h].map(|side| (side * self.scale).round().clamp(1.0, 20_000.0) as u32)
    }

    /// Hands out the pixels of an area row by row: its first pixel's column and row, and four bytes a pixel.
    pub fn rows(&mut self, area: Area, mut paint: impl FnMut(usize, usize, &mut [u8])) {
        let (width, height) = (self.pixmap.width() as usize, self.pixmap.height() as usize);
        let pixel = |mm: f32, most: usize| ((mm * self.scale).round().max(0.0) as usize).min(most);
        let (left, right) = (pixel(area.x, width), pixel(area.right(), width));
        let (top, bottom) = (pixel(area.y, height), pixel(area.bottom(), height));
        if left < right {
            let rows = self.pixmap.data_mut().chunks_exact_mut(4 * width);
            for (y, row) in rows.enumerate().take(bottom).skip(top) {
                paint(left, y, &mut row[4 * left..4 * right]);
            }
        }
    }

    /// The bytes of all pixels, four each, and how many pixels a row has.
    pub(super) fn bytes(&mut self) -> (&mut [u8], usize) {
        let width = self.pixmap.width() as usize;
        (self.pixmap.data_mut(), width)
    }
}

/// Lays a colour over a pixel; `cover` goes from 0 to 256.
pub fn over(pixel: &mut [u8], colour: [u8; 3], cover: u32) {
    for (below, above) in pixel.iter_mut().zip(colour) {
        let (from, to) = (u32::from(*below), u32::from(above));
        *below = ((from * (256 - cover) + to * cover + 128) >> 8) as u8;
    }
}

/// A colour's red, green and blue as bytes.
pub fn bytes_of(colour: Color) -> [u8; 3] {
    let bytes = colour.to_color_u8();
    [bytes.red(), bytes.green(), bytes.blue()]
}

/// A rectangle with round corners.
pub fn rounded(area: Area, radius: f32) -> Path {
    let radius = radius.min(area.w / 2.0).min(area.h / 2.0);
    let Area { x, y, w, h } = area;
    let mut path = PathBuilder::new();
    if radius <= 0.0 {
        path.move_to(x, y);
        path.line_to(x + w, y);
        path.line_to(x + w, y + h);
        path.line_to(x, y + h);
    } else {
        // A quarter of a circle as a Bézier curve.
        let pull = radius * 0.448;
        path.move_to(x + radius, y);
        path.line_to(x + w - radius, y);
        path.cubic_to(x + w - pull, y, x + w, y + pull, x + w, y + radius);
        path.line_to(x + w, y + h - radius);
        path.cubic_to(x + w, y + h - pull, x + w - pull, y + h, x + w - radius, y + h);
        path.line_to(x + radius, y + h);
        path.cubic_to(x + pull, y + h, x, y + h - pull, x, y + h - radius);
        path.line_to(x, y + radius);
        path.cubic_to(x, y + pull, x + pull, y, x + radius, y);
    }
    path.close();
    path.finish().expect("a rectangle has an extent")
}

/// An ellipse that fills an area.
pub fn ellipse(Area { x, y, w, h }: Area) -> Path {
    let (kx, ky) = (w * 0.276, h * 0.276);
    let (cx, cy) = (x + w / 2.0, y + h / 2.0);
    let mut path = PathBuilder::new();
    path.move_to(cx, y);
    path.cubic_to(cx + kx, y, x + w, cy - ky, x + w, cy);
    path.cubic_to(x + w, cy + ky, cx + kx, y + h, cx, y + h);
    path.cubic_to(cx - kx, y + h, x, cy + ky, x, cy);
    path.cubic_to(x, cy - ky, cx - kx, y, cx, y);
    path.close();
    path.finish().expect("an ellipse has an extent")
}

/// Straight lines through points, closed to a polygon or not; none through fewer than two.
pub fn line(points: &[[f32; 2]], closed: bool) -> Option<Path> {
    let (&[x, y], rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(x, y);
    for &[x, y] in rest {
        path.line_to(x, y);
    }
    if closed {
        path.close();
    }
    path.finish()
}

/// A smooth curve through points, closed or not; none through fewer than two.
pub fn curve(points: &[[f32; 2]], closed: bool) -> Option<Path> {
    let count = points.len();
    if count < 2 {
        return None;
    }
    let before = |index: usize| {
        if closed { points[(index + count - 1) % count] } else { points[index.saturating_sub(1).min(count - 1)] }
    };
    let mut path = PathBuilder::new();
    path.move_to(points[0][0], points[0][1]);
    let pieces = if closed { count } else { count - 1 };
    for piece in 0..pieces {
        // Catmull-Rom as Bézier curves.
        let [last, from, to, next] = [0, 1, 2, 3].map(|step| before(piece + step));
        path.cubic_to(
            from[0] + (to[0] - last[0]) / 6.0,
            from[1] + (to[1] - last[1]) / 6.0,
            to[0] - (next[0] - from[0]) / 6.0,
            to[1] - (next[1] - from[1]) / 6.0,
            to[0],
            to[1],
        );
    }
    if closed {
        path.close();
    }
    path.finish()
}
