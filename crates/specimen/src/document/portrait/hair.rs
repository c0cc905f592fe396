//! Hair and what covers it: shape, colour, strands.

use super::{Tint, edge, face::Face, scaled, tint};
use crate::{
    Rng,
    document::{
        chance::Chance,
        colour::{grey, hsl, luminance, mix, rgb},
        noise::noise,
    },
};

/// Somebody's hair.
#[derive(Clone, Copy, Debug)]
pub struct Hair {
    /// Its colour.
    pub(super) base: Tint,
    /// Whether some falls before the shoulders.
    pub(super) over_shoulders: bool,
    /// Whether the ears are hidden.
    pub(super) covers_ears: bool,
    /// How far it stands off the head, above and at the sides.
    volume: [f32; 2],
    /// How far down it reaches at the sides, in heads.
    length: f32,
    /// Where it begins on the forehead, and how much that line bends down to the temples.
    line: [f32; 2],
    /// How much lower it begins on one side.
    sweep: f32,
    /// Where it is parted, and how strongly.
    part: [f32; 2],
    /// How uneven its edge is, and how fine the unevenness.
    curl: [f32; 2],
    strands: f32,
    bald: bool,
    /// A cloth instead of hair.
    cloth: bool,
    seed: f32,
}

impl Hair {
    pub(super) fn draw(rng: &mut Rng, woman: bool, skin: Tint) -> Self {
        let dark_skin = luminance(rgb(skin[0], skin[1], skin[2])) < 0.5;
        let colours = [
            hsl(0.06, 0.3, 0.06),
            hsl(0.07, 0.4, 0.16),
            hsl(0.08, 0.4, 0.3),
            hsl(0.11, 0.5, 0.55),
            hsl(0.04, 0.6, 0.33),
            grey(0.62),
        ];
        let kind = if dark_skin {
            rng.weighted(&[(8, 0), (2, 1), (1, 5)])
        } else {
            rng.weighted(&[(4, 0), (5, 1), (4, 2), (3, 3), (1, 4), (2, 5)])
        };
        let base = mix(colours[kind], grey(0.5), rng.share() * 0.2);
        let cloth = woman && rng.likely(0.06);
        let bald = !woman && rng.likely(0.15);
        let long = if woman { rng.likely(0.68) } else { rng.likely(0.07) && !bald };
        let curly = rng.likely(if dark_skin { 0.6 } else { 0.22 });
        let tall = if curly { rng.between(0.06, 0.2) } else { rng.between(0.01, 0.09) };
        let length = if long { rng.between(0.85, 1.7) } else { rng.between(0.38, 0.62) };
        Self {
            base: if cloth { tint(hsl(rng.share(), rng.share() * 0.6, rng.between(0.1, 0.8))) } else { tint(base) },
            over_shoulders: cloth || long && length > 1.15 && rng.likely(0.6),
            covers_ears: cloth || long && rng.likely(0.75),
            volume: [tall, if long || curly { rng.between(0.03, 0.12) } else { rng.between(0.0, 0.035) }],
            length: if cloth { 1.5 } else { length },
            sweep: if rng.likely(0.5) { rng.between(-0.5, 0.5) } else { 0.0 },
            line: [
                if rng.likely(0.15) && !bald { rng.between(0.28, 0.38) } else { rng.between(0.14, 0.25) },
                rng.between(0.2, 1.8),
            ],
            part: [rng.between(-0.22, 0.22), if rng.likely(0.5) { rng.between(0.0, 0.16) } else { 0.0 }],
            curl: if cloth {
                [0.0, 1.0]
            } else {
                [if curly { rng.between(0.03, 0.07) } else { rng.between(0.004, 0.025) }, rng.between(7.0, 22.0)]
            },
            strands: if curly { 14.0 } else { rng.between(35.0, 75.0) },
            bald,
            cloth,
            seed: rng.between(0.0, 500.0),
        }
    }

    /// How much of the hair behind head and neck covers a place.
    pub(super) fn behind(&self, fx: f32, fy: f32, soft: f32) -> f32 {
        if self.bald || fy > self.length + 0.15 || fx.abs() > 0.75 {
            return 0.0;
        }
        self.mass(fx, fy, soft * 2.0) * edge(self.length - fy + 0.05 * self.uneven(fx * 3.0, 2.0), 0.06)
    }

    /// How much of the hair before the shoulders covers a place.
    pub(super) fn before(&self, fx: f32, fy: f32, soft: f32) -> f32 {
        if fy < 0.6 || fy > self.length + 0.15 {
            return 0.0;
        }
        let inner = if self.cloth {
            edge(fy - 0.98 + 0.1 * fx.abs(), soft)
        } else {
            edge(fx.abs() - 0.3 + 0.06 * (fy - 0.6), soft * 3.0)
        };
        self.behind(fx, fy, soft) * inner
    }

    /// How much of the hair before the head covers a place.
    pub(super) fn front(&self, fx: f32, fy: f32, soft: f32, face: &Face) -> f32 {
        if !(-0.35..1.0).contains(&fy) || fx.abs() > 0.75 {
            return 0.0;
        }
        let mass = self.mass(fx, fy, soft * 2.0);
        if mass <= 0.0 {
            return 0.0;
        }
        let side = fx.abs() / face.width;
        let temple = if self.cloth {
            0.93
        } else {
            0.97 - 0.1 * (fy - 0.3).clamp(0.0, 0.5) * f32::from(u8::from(self.covers_ears))
        };
        // Beside the face hair reaches down to its length; short hair ends before the ears.
        let lowest = if self.covers_ears || self.cloth { self.length } else { self.length.min(0.52) };
        let beside = edge(side - temple + 0.02 * self.uneven(fy * 2.0, 1.0), soft * 4.0) * edge(lowest - fy, 0.05);
        if self.bald {
            return beside * edge(fy - 0.3, 0.08) * 0.8;
        }
        let parting = self.part[1] * (1.0 - ((fx - self.part[0]).abs() / 0.35).min(1.0));
        let start =
            self.line[0] - parting + self.line[1] * fx * fx + self.sweep * fx + 0.02 * self.uneven(fx * 6.0, 5.0);
        let above = edge(start - fy, soft * 3.0 + 0.02);
        mass * above.max(beside)
    }

    /// Its colour at a place.
    pub(super) fn colour(&self, fx: f32, fy: f32, light: f32) -> Tint {
        if self.cloth {
            let fold = noise(fx * 5.0 + self.seed, fy * 9.0 + fx * 6.0);
            return scaled(self.base, light * (0.75 + 0.45 * fold - 0.4 * fx * fx));
        }
        let sweep = (fx - self.part[0]) * (1.0 + (fy - 0.1).max(0.0) * 0.2);
        let strand = noise(sweep * self.strands + self.seed, fy * self.strands * 0.18 + sweep * 4.0);
        let shine = (-((fy - 0.1 - 0.5 * fx * fx) / 0.09).powi(2)).exp();
        let shade = 0.6 + 0.55 * strand + 0.5 * shine * strand - 0.25 * (fx / 0.45).powi(2);
        scaled(self.base, light * shade).map(|channel| channel + 0.02 * shine)
    }

    /// The outline of head and hair together.
    fn mass(&self, fx: f32, fy: f32, soft: f32) -> f32 {
        let [tall, wide] = self.volume;
        let (middle, half) = (0.46, 0.39 + wide);
        let inside = if fy > middle {
            half + 0.05 * wide * (fy - middle) - fx.abs()
        } else {
            let (across, up) = (fx / half, (middle - fy) / (middle + tall));
            (1.0 - (across * across + up * up).sqrt()) * half
        };
        let reach = 1.3 * self.curl[0] + soft;
        if inside.abs() > reach {
            return f32::from(u8::from(inside > 0.0));
        }
        edge(inside + self.curl[0] * (self.uneven(fx * 2.0 + fy, fy * 2.0 - fx) - 0.3), soft)
    }

    fn uneven(&self, x: f32, y: f32) -> f32 {
        noise(x * self.curl[1] + self.seed, y * self.curl[1]) * 2.0 - 1.0
    }
}
