//! Colours and how they go together.

use tiny_skia::Color;

use super::chance::Chance;
use crate::Rng;

/// A colour from hue (turns), saturation and lightness.
pub fn hsl(hue: f32, saturation: f32, lightness: f32) -> Color {
    let chroma = saturation * lightness.min(1.0 - lightness);
    let channel = |n: f32| {
        let k = (n + hue.rem_euclid(1.0) * 12.0) % 12.0;
        lightness - chroma * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    };
    rgb(channel(0.0), channel(8.0), channel(4.0))
}

/// A colour from red, green and blue, each from 0 to 1; what lies outside is brought inside.
pub fn rgb(red: f32, green: f32, blue: f32) -> Color {
    let inside = |value: f32| value.clamp(0.0, 1.0);
    Color::from_rgba(inside(red), inside(green), inside(blue), 1.0).unwrap_or(Color::BLACK)
}

/// A grey.
pub fn grey(lightness: f32) -> Color {
    rgb(lightness, lightness, lightness)
}

/// The same colour, covering only in part.
pub fn veil(mut colour: Color, opacity: f32) -> Color {
    colour.set_alpha(opacity.clamp(0.0, 1.0));
    colour
}

/// Between two colours: 0 is the first.
pub fn mix(first: Color, second: Color, share: f32) -> Color {
    let between = |a: f32, b: f32| a + (b - a) * share;
    let mixed = rgb(
        between(first.red(), second.red()),
        between(first.green(), second.green()),
        between(first.blue(), second.blue()),
    );
    veil(mixed, between(first.alpha(), second.alpha()))
}

/// How bright a colour looks, from 0 to 1.
pub fn luminance(colour: Color) -> f32 {
    0.3 * colour.red() + 0.59 * colour.green() + 0.11 * colour.blue()
}

/// Colours of one design.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    /// What everything is printed on.
    pub ground: Color,
    /// Three tints that the ground changes into.
    pub tints: [Color; 3],
    /// A full colour, for bars and emblems.
    pub strong: Color,
    /// Another.
    pub second: Color,
    /// Of labels and lines.
    pub soft_ink: Color,
    /// Of what matters.
    pub ink: Color,
}

/// How bright a design is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nearly white.
    White,
    /// Tinted, but light.
    Pale,
    /// Of full colours.
    Full,
    /// Dark, with light ink.
    Dark,
}

impl Palette {
    /// Draws colours of a tone.
    pub fn draw(rng: &mut Rng, tone: Tone) -> Self {
        let hue = rng.share();
        let spread = rng.weighted(&[(4, 0.06), (4, 0.14), (3, 0.33), (2, 0.5)]);
        let strength = rng.between(0.25, 1.0);
        let (least, most) = match tone {
            Tone::White => (0.92, 0.985),
            Tone::Pale => (0.76, 0.93),
            Tone::Full => (0.45, 0.75),
            Tone::Dark => (0.06, 0.3),
        };
        let mut tint = |turn: f32| hsl(hue + turn * spread, strength * rng.between(0.4, 1.0), rng.between(least, most));
        let (ground, tints) = (tint(0.0), [tint(-1.0), tint(1.0), tint(0.4)]);
        let dark = luminance(ground) < 0.38;
        let strong_hue = if rng.likely(0.6) { hue } else { rng.share() };
        let strong_light = if dark { rng.between(0.5, 0.75) } else { rng.between(0.2, 0.48) };
        let saturation = rng.between(0.3, 1.0);
        let ink = if dark { grey(rng.between(0.85, 1.0)) } else { hsl(hue, rng.share() * 0.3, rng.between(0.0, 0.14)) };
        let soft = hsl(strong_hue, saturation * 0.8, if dark { 0.8 } else { rng.between(0.15, 0.42) });
        Self {
            ground,
            tints,
            strong: hsl(strong_hue, saturation, strong_light),
            second: hsl(strong_hue + rng.between(0.2, 0.8), rng.between(0.3, 0.9), strong_light),
            soft_ink: if rng.likely(0.3) { ink } else { soft },
            ink,
        }
    }

    /// Ink that is read on a colour.
    pub fn ink_on(colour: Color) -> Color {
        if luminance(colour) < 0.55 { grey(0.98) } else { grey(0.07) }
    }
}
