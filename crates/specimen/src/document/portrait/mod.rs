//! Portraits of people who do not exist. In: chance. Out: a picture of a head and shoulders, in colour or grey, with its
//! background or cut out. The same portrait can be drawn several times, in several sizes.
//! Does not know: where on a document it is placed.
//!
//! A face is measured in heads: across from the middle line, down from the crown (0) to the chin (1).

mod face;
mod hair;

use tiny_skia::{Color, Pixmap};

use super::{
    chance::Chance,
    colour::{grey, hsl, mix},
};
use crate::Rng;
use face::Face;
use hair::Hair;

/// A colour while it is worked on: red, green, blue from 0 to 1.
type Tint = [f32; 3];

/// Somebody's portrait.
#[derive(Clone, Debug)]
pub struct Portrait {
    face: Face,
    hair: Hair,
    clothes: Clothes,
    /// At the top and at the bottom.
    background: [Tint; 2],
    /// Height of the head as a share of the picture's.
    zoom: f32,
    /// Where the middle line stands, as a share of the width, and the crown, as a share of the height.
    place: [f32; 2],
    /// Sine of the head's lean.
    lean: f32,
    /// Darkest grey and contrast of the print.
    exposure: [f32; 2],
}

/// How a portrait is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// In colour, with its background.
    Colour,
    /// In grey, with its background.
    Grey,
    /// In colour, cut out.
    ColourCut,
    /// In grey, cut out.
    GreyCut,
}

#[derive(Clone, Copy, Debug)]
struct Clothes {
    colour: Tint,
    shirt: Tint,
    /// Half the collar's opening at the neck, in heads.
    opening: f32,
    /// How far down it goes.
    depth: f32,
    tie: Option<Tint>,
    width: f32,
    slope: f32,
}

impl Portrait {
    /// Draws one of somebody.
    pub fn draw(rng: &mut Rng, woman: bool) -> Self {
        let light = rng.between(0.72, 0.98);
        let cast = hsl(rng.one_of(&[0.58, 0.1, 0.55, 0.62]), rng.between(0.0, 0.25), light);
        let ground = if rng.likely(0.08) { hsl(rng.share(), 0.4, rng.between(0.3, 0.6)) } else { cast };
        let face = Face::draw(rng, woman);
        let hair = Hair::draw(rng, woman, face.skin);
        Self {
            face,
            hair,
            clothes: Clothes::draw(rng, woman),
            background: [tint(ground), tint(mix(ground, grey(0.4), rng.between(0.0, 0.25)))],
            zoom: rng.between(0.56, 0.72),
            place: [0.5 + rng.between(-0.03, 0.03), rng.between(0.08, 0.16)],
            lean: rng.between(-0.06, 0.06),
            exposure: [rng.between(-0.02, 0.16), rng.between(0.8, 1.08)],
        }
    }

    /// Draws it so many pixels wide and high.
    pub fn render(&self, [width, height]: [u32; 2], look: Look) -> Option<Pixmap> {
        let mut pixmap = Pixmap::new(width, height)?;
        let head = self.zoom * height as f32;
        let soft = 1.4 / head;
        let (middle, crown) = (self.place[0] * width as f32, self.place[1] * height as f32);
        let cut = matches!(look, Look::ColourCut | Look::GreyCut);
        let plain = matches!(look, Look::Grey | Look::GreyCut);
        let rows = pixmap.data_mut().chunks_exact_mut(4 * width as usize);
        for (y, row) in rows.enumerate() {
            let down = (y as f32 + 0.5 - crown) / head;
            let along = y as f32 / height as f32;
            let ground: Tint = std::array::from_fn(|c| {
                self.background[0][c] + (self.background[1][c] - self.background[0][c]) * along
            });
            for (x, pixel) in row.chunks_exact_mut(4).enumerate() {
                let across = (x as f32 + 0.5 - middle) / head;
                let (fx, fy) = (across - (down - 0.7) * self.lean, down + across * self.lean);
                let (colour, cover) = self.at(fx, fy, [across, down], soft, ground);
                let colour = if plain { [0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]; 3] } else { colour };
                let cover = if cut { cover } else { 1.0 };
                for (byte, channel) in pixel.iter_mut().zip(colour) {
                    let printed = self.exposure[0] + channel * (self.exposure[1] - self.exposure[0]);
                    *byte = (printed.clamp(0.0, 1.0) * cover * 255.0) as u8;
                }
                pixel[3] = (cover * 255.0) as u8;
            }
        }
        Some(pixmap)
    }

    /// The colour at a place of the head, and how much of the person covers it.
    fn at(&self, fx: f32, fy: f32, body: [f32; 2], soft: f32, ground: Tint) -> (Tint, f32) {
        let mut colour = ground;
        let mut cover = 0.0_f32;
        let mut lay = |above: Tint, share: f32| {
            if share > 0.0 {
                blend(&mut colour, above, share);
                cover = cover.max(share);
            }
        };
        let behind = self.hair.behind(fx, fy, soft);
        if behind > 0.0 {
            lay(self.hair.colour(fx, fy, 0.72), behind);
        }
        let near = (0.55..1.6).contains(&fy);
        let neck = if near { edge(self.face.neck(fy) - fx.abs(), soft) * edge(fy - 0.6, soft) } else { 0.0 };
        if neck > 0.0 {
            let shade = 0.62 + 0.3 * ((fy - 0.95) * 3.0).clamp(0.0, 1.0) - 0.15 * (fx / 0.25).powi(2) + 0.08 * fx;
            lay(scaled(self.face.skin, shade), neck);
        }
        let (clothes, share) = self.clothes.at(body[0], body[1], soft);
        lay(clothes, share);
        if self.hair.over_shoulders {
            let before = self.hair.before(fx, fy, soft);
            if before > 0.0 {
                lay(self.hair.colour(fx, fy, 0.85), before);
            }
        }
        let ears = self.face.ears(fx, fy, soft);
        if ears > 0.0 && !self.hair.covers_ears {
            lay(scaled(self.face.skin, 0.8), ears);
        }
        let face = self.face.outline(fx, fy, soft);
        if face > 0.0 {
            lay(self.face.at(fx, fy, soft, self.hair.base), face);
        }
        let front = self.hair.front(fx, fy, soft, &self.face);
        if front > 0.0 {
            lay(self.hair.colour(fx, fy, 1.0), front);
        }
        if let Some((frame, share)) = self.face.glasses(fx, fy, soft) {
            blend(&mut colour, frame, share);
        }
        (colour, cover)
    }
}

impl Clothes {
    fn draw(rng: &mut Rng, woman: bool) -> Self {
        let dark = rng.likely(0.6);
        let colour =
            hsl(rng.share(), rng.share() * 0.7, if dark { rng.between(0.05, 0.3) } else { rng.between(0.3, 0.9) });
        let shirt = mix(grey(0.95), hsl(rng.share(), 0.5, 0.7), rng.share() * 0.6);
        let suit = !woman && rng.likely(0.4);
        Self {
            colour: tint(colour),
            shirt: tint(shirt),
            opening: if suit { 0.24 } else { rng.between(0.16, 0.3) },
            depth: if suit { 0.75 } else { rng.between(0.05, 0.5) },
            tie: (suit && rng.likely(0.7)).then(|| tint(hsl(rng.share(), 0.6, rng.between(0.15, 0.5)))),
            width: if woman { rng.between(0.68, 0.82) } else { rng.between(0.78, 1.0) },
            slope: rng.between(0.22, 0.4),
        }
    }

    fn at(&self, x: f32, y: f32, soft: f32) -> (Tint, f32) {
        if y < 1.0 {
            return (self.colour, 0.0);
        }
        let far = x.abs() / self.width;
        let top = 1.1 + self.slope * far.min(1.0).powf(1.5) - 0.06 * (1.0 - (far * 3.0).min(1.0));
        let share = edge(y - top, soft) * edge(1.04 - far + (y - top) * 0.1, soft * 2.0);
        if share <= 0.0 {
            return (self.colour, 0.0);
        }
        let fold = 0.06 * (x * 23.0 + y * 6.0).sin() * ((y - top) * 3.0).min(1.0);
        let light = 1.0 - 0.35 * far * far + fold + 0.12 * x;
        let opening = self.opening * (1.0 - (y - 1.05) / self.depth.max(0.01));
        let inside = edge(opening - x.abs(), soft);
        let mut colour = scaled(self.colour, light);
        if self.depth > 0.4 {
            blend(&mut colour, scaled(self.shirt, light - 0.25 * (x.abs() / self.opening)), inside);
            if let Some(tie) = self.tie {
                blend(
                    &mut colour,
                    scaled(tie, light),
                    edge(0.045 + (y - 1.2).max(0.0) * 0.05 - x.abs(), soft) * edge(y - 1.17, soft),
                );
            }
            return (colour, share);
        }
        // Without a shirt the neck shows in the opening.
        (colour, share * (1.0 - inside))
    }
}

/// How far inside something lies, as a cover from 0 to 1 over a soft edge.
fn edge(inside: f32, soft: f32) -> f32 {
    (inside / soft + 0.5).clamp(0.0, 1.0)
}

/// A soft spot: 1 in its middle, vanishing a little beyond its radii.
fn spot(x: f32, y: f32, rx: f32, ry: f32) -> f32 {
    let far = (x / rx).powi(2) + (y / ry).powi(2);
    if far >= 4.0 { 0.0 } else { (1.0 - far / 4.0).powi(4) }
}

fn blend(colour: &mut Tint, above: Tint, share: f32) {
    for (below, above) in colour.iter_mut().zip(above) {
        *below += (above - *below) * share;
    }
}

fn scaled(colour: Tint, by: f32) -> Tint {
    colour.map(|channel| channel * by)
}

fn tint(colour: Color) -> Tint {
    [colour.red(), colour.green(), colour.blue()]
}
