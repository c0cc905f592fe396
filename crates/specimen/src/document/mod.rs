//! Flat documents as they are printed. In: a class, chance, a scale. Out: pixels, and everything that is true about them.
//! Does not know: how they are photographed.

mod canvas;
mod card;
mod chance;
mod clutter;
mod colour;
mod fiction;
mod identity;
pub mod mrz;
mod noise;
mod ornament;
mod paper;
mod pattern;
mod portrait;
mod says;
mod sight;
#[cfg(test)]
mod tests;
mod text;
mod wear;

use image::RgbImage;
use lichtbild_vision::document::DocumentClass;

use canvas::Canvas;
pub use says::Says;
pub use text::Written;

use crate::Rng;

/// A document (or something that is taken for one) lying flat.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is.
    pub class: DocumentClass,
    /// Width and height in millimetres, in its own orientation (upright as it is read).
    pub size_mm: [f32; 2],
    /// Radius of its corners in millimetres.
    pub corner_mm: f32,
    /// What is printed; the whole rectangle of `size_mm`, upright.
    pub print: RgbImage,
    /// Its level lines of text, those of the zone letter by letter.
    pub written: Vec<Written>,
    /// Where the machine-readable zone stands: left, top, width, height as shares of the document's sides. It reaches from the
    /// first character's cell to the last one's, and from the first line's capitals to the last line's foot.
    pub mrz_zone: Option<[f32; 4]>,
    /// The lines of the machine-readable zone.
    pub mrz: Vec<String>,
    /// Where each of them stands, as `mrz_zone`: from the first character's cell to the last one's, capitals' height.
    pub mrz_rows: Vec<[f32; 4]>,
    /// Where the portrait stands, as `mrz_zone`.
    pub portrait: Option<[f32; 4]>,
    /// Where foil lies that shines with the light, as `mrz_zone`.
    pub foil: Vec<[f32; 4]>,
    /// How glossy its surface is, from 0 (paper) to 1 (laminate).
    pub gloss: f32,
    /// The page that joins the upper edge at a fold, upright and as wide, of a passport that lies open. It is not part of the
    /// document.
    pub spread: Option<RgbImage>,
}

/// Draws one of a class; `scale` is pixels a millimetre (12 is 300 dpi). The same chance draws the same at every scale.
pub fn draw(class: DocumentClass, rng: &mut Rng, scale: f32) -> Document {
    draw_saying(class, &Says::default(), rng, scale)
}

/// As [`draw`], with what an identity document says; nothing of it holds for other classes.
pub fn draw_saying(class: DocumentClass, says: &Says, rng: &mut Rng, scale: f32) -> Document {
    match class {
        DocumentClass::None => clutter::draw(rng, scale),
        DocumentClass::IdFront => identity::front::draw(says, rng, scale),
        DocumentClass::IdBack => identity::back::draw(says, rng, scale),
        DocumentClass::PassportPage => identity::passport::draw(says, rng, scale),
        DocumentClass::OtherCard => card::draw(rng, scale),
        DocumentClass::Paper => paper::draw(rng, scale),
    }
}

/// Draws what a camera sees where nobody shows a document, `side` by `side` pixels.
pub fn draw_sight(rng: &mut Rng, side: u32) -> RgbImage {
    sight::draw(rng, side)
}

/// Draws the strip of a document on which its machine-readable zone stands, without the rest.
pub fn draw_zone(rng: &mut Rng, scale: f32) -> Document {
    identity::strip::draw(rng, scale)
}

impl Document {
    /// One without zone, portrait and foil.
    fn plain(class: DocumentClass, corner_mm: f32, gloss: f32, mut canvas: Canvas) -> Self {
        Self {
            class,
            size_mm: canvas.size(),
            corner_mm,
            written: std::mem::take(&mut canvas.written),
            print: canvas.finish(),
            mrz_zone: None,
            mrz: Vec::new(),
            mrz_rows: Vec::new(),
            portrait: None,
            foil: Vec::new(),
            gloss,
            spread: None,
        }
    }
}
