//! Text on a canvas. In: words, a face, sizes in millimetres. Out: their pixels, or their outlines to fill and to turn.

use std::{collections::HashMap, sync::LazyLock};

use ab_glyph::{Font as _, FontRef, Glyph, GlyphId, OutlineCurve, PxScale, point};
use tiny_skia::{Color, Path, PathBuilder, Transform};

use super::canvas::{Canvas, bytes_of, over};

/// Height of capitals in ems, about, in every face.
pub const CAPITAL: f32 = 0.72;

/// The fonts in `assets/fonts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Face {
    /// OCR-B, as machine-readable zones are printed.
    OcrB,
    /// OCR-B with sharp ends of strokes.
    OcrBSharp,
    /// Broad, without serifs.
    Sans,
    /// Broad, without serifs, bold.
    SansBold,
    /// With serifs, sturdy.
    Serif,
    /// All letters equally wide.
    Mono,
    /// Without serifs, as most forms and cards are set.
    Grotesk,
    /// The same, bold.
    GroteskBold,
    /// With serifs, as books and letters are set.
    Roman,
    /// The same, bold.
    RomanBold,
    /// As written with a pen.
    Pen,
    /// As written with a brush.
    Brush,
}

/// How text is set.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    /// The font.
    pub face: Face,
    /// Height of the em in millimetres.
    pub size: f32,
    /// Width in relation to the font's own.
    pub stretch: f32,
    /// Millimetres added between letters.
    pub gap: f32,
    /// Of the ink.
    pub colour: Color,
}

/// A level line of text on a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// Where the tops of its capitals and where their feet stand, in millimetres from the upper edge.
    pub rows_mm: [f32; 2],
    /// Its letters, without spaces, and where the middle of each lies, in millimetres from the left edge.
    pub letters: Vec<(char, f32)>,
}

impl Type {
    /// A face in its own proportions.
    pub fn new(face: Face, size: f32, colour: Color) -> Self {
        Self { face, size, stretch: 1.0, gap: 0.0, colour }
    }

    /// The same in another colour.
    pub fn coloured(self, colour: Color) -> Self {
        Self { colour, ..self }
    }

    /// The same in another size.
    pub fn sized(self, size: f32) -> Self {
        Self { size, ..self }
    }

    /// The same, narrower or wider.
    pub fn stretched(self, stretch: f32) -> Self {
        Self { stretch, ..self }
    }

    /// The same, with letters further apart.
    pub fn spaced(self, gap: f32) -> Self {
        Self { gap, ..self }
    }

    /// Width of a line of text in millimetres.
    pub fn width(&self, text: &str) -> f32 {
        text.chars().map(|letter| self.advance(letter)).sum()
    }

    /// The same type, narrowed (and below two thirds made smaller) until a text fits into a width.
    pub fn fitted(self, text: &str, width: f32) -> Self {
        let share = (width / self.width(text).max(0.01)).min(1.0);
        let narrow = share.max(0.7);
        Self { stretch: self.stretch * narrow, size: self.size * share / narrow, gap: self.gap * share, ..self }
    }

    fn advance(&self, letter: char) -> f32 {
        let (font, glyph) = glyph(self.face, letter);
        let units = font.units_per_em().unwrap_or(1000.0);
        font.h_advance_unscaled(glyph) / units * self.size * self.stretch + self.gap
    }
}

impl Canvas {
    /// Writes a line that begins at `x` and stands on `baseline`; returns its width.
    pub fn write(&mut self, x: f32, baseline: f32, text: &str, set: &Type) -> f32 {
        let scale = self.scale();
        let mut pen = x;
        let mut letters = Vec::new();
        for letter in text.chars() {
            let advance = set.advance(letter);
            if letter != ' ' {
                self.stamp([pen * scale, baseline * scale], letter, set);
                letters.push((letter, pen + (advance - set.gap) / 2.0));
            }
            pen += advance;
        }
        self.written.push(Written { rows_mm: [baseline - CAPITAL * set.size, baseline], letters });
        pen - x
    }

    /// Writes a line that ends at `x`.
    pub fn write_to(&mut self, x: f32, baseline: f32, text: &str, set: &Type) {
        self.write(x - set.width(text), baseline, text, set);
    }

    /// Writes a line around `x`.
    pub fn write_around(&mut self, x: f32, baseline: f32, text: &str, set: &Type) {
        self.write(x - set.width(text) / 2.0, baseline, text, set);
    }

    /// Writes a line that begins at a point and runs in a direction, in degrees clockwise from level.
    pub fn write_turned(&mut self, [x, y]: [f32; 2], degrees: f32, text: &str, set: &Type) {
        let turn = Transform::from_translate(x, y).pre_rotate(degrees);
        if let Some(path) = outline(text, set).and_then(|path| path.transform(turn)) {
            self.fill_whole(&path, set.colour);
        }
    }

    fn stamp(&mut self, [x, y]: [f32; 2], letter: char, set: &Type) {
        // Four places between pixels are enough for even spacing.
        let quarter = (x * 4.0).round() as i32;
        let (column, part) = (quarter.div_euclid(4), quarter.rem_euclid(4));
        let row = y.round() as i32;
        let height = set.size * self.scale();
        let key = Key {
            face: set.face,
            letter,
            height: (height * 16.0) as u32,
            width: (height * set.stretch * 16.0) as u32,
            part: part as u8,
        };
        let (cover, colour) = ((set.colour.alpha() * 256.0) as u32, bytes_of(set.colour));
        let mut glyphs = std::mem::take(&mut self.glyphs);
        let mask = glyphs.0.entry(key).or_insert_with(|| Mask::draw(letter, set, height, part as f32 / 4.0));
        let (bytes, stride) = self.bytes();
        let rows = bytes.len() / (4 * stride);
        for (down, line) in (0..).zip(mask.cover.chunks_exact(mask.width.max(1))) {
            let at = row + mask.top + down;
            if at < 0 || at as usize >= rows {
                continue;
            }
            for (across, &ink) in (0..).zip(line) {
                let to = column + mask.left + across;
                if ink > 0 && to >= 0 && (to as usize) < stride {
                    let pixel = 4 * (at as usize * stride + to as usize);
                    over(&mut bytes[pixel..pixel + 3], colour, (u32::from(ink) * cover + 127) / 255);
                }
            }
        }
        self.glyphs = glyphs;
    }
}

/// The outlines of a line of text that begins at the origin, in millimetres; none if it has no ink.
pub fn outline(text: &str, set: &Type) -> Option<Path> {
    let mut path = PathBuilder::new();
    let mut pen = 0.0;
    for letter in text.chars() {
        let (font, glyph) = glyph(set.face, letter);
        let unit = set.size / font.units_per_em().unwrap_or(1000.0);
        let place = |at: ab_glyph::Point| (pen + at.x * unit * set.stretch, -at.y * unit);
        add(&mut path, font, glyph, place);
        pen += set.advance(letter);
    }
    path.finish()
}

fn add(path: &mut PathBuilder, font: &FontRef, glyph: GlyphId, place: impl Fn(ab_glyph::Point) -> (f32, f32)) {
    let Some(outline) = font.outline(glyph) else { return };
    let mut last = None;
    for curve in outline.curves {
        let (OutlineCurve::Line(start, _) | OutlineCurve::Quad(start, ..) | OutlineCurve::Cubic(start, ..)) = curve;
        if last != Some(start) {
            let (x, y) = place(start);
            path.move_to(x, y);
        }
        last = Some(match curve {
            OutlineCurve::Line(_, to) => {
                let (x, y) = place(to);
                path.line_to(x, y);
                to
            }
            OutlineCurve::Quad(_, by, to) => {
                let ((bx, by), (x, y)) = (place(by), place(to));
                path.quad_to(bx, by, x, y);
                to
            }
            OutlineCurve::Cubic(_, by, and, to) => {
                let ((bx, by), (ax, ay), (x, y)) = (place(by), place(and), place(to));
                path.cubic_to(bx, by, ax, ay, x, y);
                to
            }
        });
    }
}

/// Letters that were drawn before.
#[derive(Default)]
pub(super) struct Glyphs(HashMap<Key, Mask>);

#[derive(PartialEq, Eq, Hash)]
struct Key {
    face: Face,
    letter: char,
    height: u32,
    width: u32,
    part: u8,
}

/// How much of each pixel a letter covers; its place is relative to the pen.
struct Mask {
    left: i32,
    top: i32,
    width: usize,
    cover: Vec<u8>,
}

impl Mask {
    fn draw(letter: char, set: &Type, height: f32, part: f32) -> Self {
        let (font, id) = glyph(set.face, letter);
        // ab_glyph scales by the line's height, not by the em.
        let line = height * font.height_unscaled() / font.units_per_em().unwrap_or(1000.0);
        let glyph = Glyph { id, scale: PxScale { x: line * set.stretch, y: line }, position: point(part, 0.0) };
        let Some(outlined) = font.outline_glyph(glyph) else {
            return Self { left: 0, top: 0, width: 0, cover: Vec::new() };
        };
        let bounds = outlined.px_bounds();
        let (width, rows) = (bounds.width() as usize, bounds.height() as usize);
        let mut cover = vec![0; width * rows];
        outlined.draw(|x, y, share| {
            if let Some(pixel) = cover.get_mut(y as usize * width + x as usize) {
                *pixel = (share.clamp(0.0, 1.0) * 255.0) as u8;
            }
        });
        Self { left: bounds.min.x as i32, top: bounds.min.y as i32, width, cover }
    }
}

/// A letter's glyph in a face, or, where the face lacks it, in the one that has most.
fn glyph(face: Face, letter: char) -> (&'static FontRef<'static>, GlyphId) {
    let own = font(face);
    let id = own.glyph_id(letter);
    if id.0 > 0 {
        return (own, id);
    }
    let most = font(Face::Sans);
    (most, most.glyph_id(letter))
}

fn font(face: Face) -> &'static FontRef<'static> {
    macro_rules! loaded {
        ($($file:literal),*) => {
            [$(FontRef::try_from_slice(include_bytes!(concat!("../../assets/fonts/", $file))).expect("the font is whole")),*]
        };
    }
    // In the order of `Face`.
    static FONTS: LazyLock<[FontRef<'static>; 12]> = LazyLock::new(|| {
        loaded![
            "ocr-b.otf",
            "ocr-b-sharp.otf",
            "dejavu-sans.ttf",
            "dejavu-sans-bold.ttf",
            "dejavu-serif.ttf",
            "dejavu-mono.ttf",
            "grotesk.ttf",
            "grotesk-bold.ttf",
            "roman.ttf",
            "roman-bold.ttf",
            "pen.ttf",
            "brush.otf"
        ]
    });
    &FONTS[face as usize]
}
