//! How much light falls on a place, and what shines. In: places in the picture (longer sides from its middle). Out: linear light.

use super::conditions::{Foil, Glare, Light, Shadow};
use super::view::Turn;

/// The light on one scene.
#[derive(Clone, Debug)]
pub struct Lighting<'a> {
    light: &'a Light,
    turns: Vec<Turn>,
}

impl<'a> Lighting<'a> {
    /// Ready to be asked at many places.
    pub fn new(light: &'a Light) -> Self {
        Self { light, turns: light.glares.iter().map(|glare| Turn::by(glare.turn_degrees)).collect() }
    }

    /// Light on a surface there, without shadows; 1 lets a white surface just saturate.
    pub fn falling(&self, [x, y]: [f32; 2]) -> f32 {
        let light = self.light;
        let slope = (1.0 + light.slope[0] * x + light.slope[1] * y).max(0.15);
        light.level * slope * (1.0 - light.vignette * (x * x + y * y)).max(0.1)
    }

    /// Share of the light that shadows leave.
    pub fn open(&self, at: [f32; 2]) -> f32 {
        self.light.shadows.iter().map(|shadow| shadow.leaves(at)).product()
    }

    /// Light that a mirror would send from there.
    pub fn glare(&self, at: [f32; 2]) -> f32 {
        self.light.glares.iter().zip(&self.turns).map(|(glare, turn)| glare.at(at, *turn)).sum()
    }
}

impl Shadow {
    fn leaves(&self, [x, y]: [f32; 2]) -> f32 {
        let outside = self.sides.iter().map(|&([nx, ny], from)| nx * x + ny * y - from).fold(f32::MIN, f32::max);
        1.0 - self.depth * (1.0 - smooth(outside / self.softness.max(1e-4) + 0.5))
    }
}

impl Glare {
    fn at(&self, [x, y]: [f32; 2], turn: Turn) -> f32 {
        let [a, b] = turn.see([x - self.at[0], y - self.at[1]]);
        let (a, b) = (a / self.radii[0], b / self.radii[1]);
        let square = a * a + b * b;
        let halo = 0.1 / (1.0 + 3.0 * square);
        if square > 16.0 {
            return self.strength * halo;
        }
        let off = if self.window { a.abs().max(b.abs()) } else { square.sqrt() };
        let mut core = 1.0 - smooth((off - 1.0) / self.softness.max(1e-3) + 0.5);
        if self.window {
            let frame = a.abs().min(b.abs() * 1.4);
            core *= smooth((frame - 0.06) / 0.08);
        }
        self.strength * (core + halo)
    }
}

impl Foil {
    /// Coloured light of foil at a place in its box (shares); `glare` is what a mirror would show there.
    pub fn at(&self, x: f32, y: f32, glare: f32) -> [f32; 3] {
        let (wave, _) = ((x * 0.6 + y) * self.stripes + self.phase).sin_cos();
        let across = ((x - y * 0.7) * self.stripes * 0.37 + self.phase * 2.0).sin();
        let shine = (0.35 + 0.65 * wave.max(0.0)) * (0.5 + 0.5 * across) * self.strength * (0.6 + glare.min(1.0));
        let hue = self.phase + x * 3.0 + y * 4.0;
        [0.0, 2.1, 4.2].map(|turn| shine * (0.55 + 0.45 * (hue + turn).sin()))
    }
}

/// 0 below 0, 1 above 1, smooth between.
#[inline]
pub fn smooth(value: f32) -> f32 {
    let value = value.clamp(0.0, 1.0);
    value * value * (3.0 - 2.0 * value)
}
