//! Identity documents of states that do not exist: what their pages have in common.

pub mod back;
mod fields;
pub mod front;
pub mod passport;
pub mod strip;
mod zone;

use image::RgbImage;
use lichtbild_vision::document::DocumentClass;
use tiny_skia::BlendMode;

use super::{
    Document,
    canvas::{Area, Canvas},
    chance::Chance,
    colour::{Palette, Tone, grey, mix, veil},
    ornament,
    portrait::{Look, Portrait},
    text::{Face, Type},
    wear,
};
use crate::Rng;

/// ID-1: width, height and radius of the corners (ISO/IEC 7810).
pub const ID1: ([f32; 2], f32) = ([85.6, 53.98], 3.18);
/// TD2, the same as ID-2.
pub const TD2: ([f32; 2], f32) = ([105.0, 74.0], 3.18);
/// TD3, the same as ID-3: a passport's page.
pub const TD3: [f32; 2] = [125.0, 88.0];

/// A page that is being drawn.
struct Page {
    canvas: Canvas,
    palette: Palette,
    tone: Tone,
    portrait: Option<Area>,
    zone: Option<Area>,
    lines: Vec<String>,
    rows: Vec<Area>,
    foil: Vec<Area>,
}

impl Page {
    fn new(size: [f32; 2], scale: f32, tone: Tone, rng: &mut Rng) -> Self {
        let palette = Palette::draw(rng, tone);
        let canvas = Canvas::new(size, scale, palette.ground);
        Self {
            canvas,
            palette,
            tone,
            portrait: None,
            zone: None,
            lines: Vec::new(),
            rows: Vec::new(),
            foil: Vec::new(),
        }
    }

    /// Places somebody's portrait, framed in one of the ways that documents do.
    fn place_portrait(&mut self, portrait: &Portrait, area: Area, look: Look, rng: &mut Rng) {
        let opacity = if rng.likely(0.8) { 1.0 } else { rng.between(0.75, 0.95) };
        self.print_portrait(portrait, area, look, opacity);
        if rng.likely(0.15) {
            let colour = if rng.likely(0.5) { grey(1.0) } else { self.palette.strong };
            self.canvas.frame(area, 0.0, rng.between(0.2, 0.7), colour);
        }
        if rng.likely(0.3) {
            // Fine lines of the ground run on over the picture's edge.
            let colour = veil(self.palette.tints[0], 0.25);
            ornament_over(&mut self.canvas, area, colour, rng);
        }
        self.portrait = Some(area);
    }

    /// Prints a portrait without saying that it is the document's.
    fn print_portrait(&mut self, portrait: &Portrait, area: Area, look: Look, opacity: f32) {
        let cut = matches!(look, Look::ColourCut | Look::GreyCut);
        let blend = if cut { BlendMode::SourceOver } else { BlendMode::Multiply };
        let blend = if self.tone == Tone::Dark || opacity >= 1.0 && look == Look::Colour {
            BlendMode::SourceOver
        } else {
            blend
        };
        if let Some(picture) = portrait.render(self.canvas.pixels_of(area), look) {
            self.canvas.place(&picture, area, opacity, blend);
        }
    }

    /// Lays foil over an area.
    fn lay_foil(&mut self, area: Area, rng: &mut Rng) {
        ornament::foil(&mut self.canvas, area, rng);
        self.foil.push(area);
    }

    /// A word in capitals along a side.
    fn along_side(&mut self, words: &str, rng: &mut Rng) {
        let [width, height] = self.canvas.size();
        let ink = veil(self.palette.soft_ink, rng.between(0.4, 1.0));
        let set = Type::new(
            rng.one_of(&[Face::Grotesk, Face::SansBold, Face::Mono, Face::GroteskBold]),
            rng.between(1.8, 3.6),
            ink,
        )
        .fitted(words, height * 0.7);
        let long = set.width(words);
        if rng.likely(0.6) {
            self.canvas.write_turned([width - 1.2, height * 0.5 + long / 2.0], -90.0, words, &set);
        } else {
            self.canvas.write_turned([1.2, height * 0.5 - long / 2.0], 90.0, words, &set);
        }
    }

    fn finish(mut self, class: DocumentClass, corner_mm: f32, spread: Option<RgbImage>, rng: &mut Rng) -> Document {
        wear::card(&mut self.canvas, rng);
        let size_mm = self.canvas.size();
        Document {
            class,
            size_mm,
            corner_mm,
            written: std::mem::take(&mut self.canvas.written),
            print: self.canvas.finish(),
            mrz_zone: self.zone.map(|zone| zone.shares(size_mm)),
            mrz: self.lines,
            mrz_rows: self.rows.into_iter().map(|row| row.shares(size_mm)).collect(),
            portrait: self.portrait.map(|portrait| portrait.shares(size_mm)),
            foil: self.foil.into_iter().map(|foil| foil.shares(size_mm)).collect(),
            gloss: rng.between(0.3, 1.0),
            spread,
        }
    }
}

fn ornament_over(canvas: &mut Canvas, area: Area, colour: tiny_skia::Color, rng: &mut Rng) {
    let centre = [area.x + area.w * rng.share(), area.bottom() - area.h * rng.share() * 0.4];
    super::pattern::rosette(canvas, centre, area.w * 0.6, colour, rng);
}

/// The tone of an identity document's ground.
fn tone(rng: &mut Rng) -> Tone {
    rng.weighted(&[(30, Tone::White), (56, Tone::Pale), (10, Tone::Full), (4, Tone::Dark)])
}

/// How portraits are printed.
fn look(rng: &mut Rng) -> Look {
    rng.weighted(&[(9, Look::Colour), (5, Look::Grey), (4, Look::GreyCut), (2, Look::ColourCut)])
}

/// Ink of a machine-readable zone.
fn zone_ink(rng: &mut Rng) -> tiny_skia::Color {
    mix(grey(rng.between(0.02, 0.18)), super::colour::hsl(0.63, 0.5, 0.2), rng.share() * 0.4)
}
