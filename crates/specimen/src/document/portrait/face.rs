//! A face: its outline, light and shadow, eyes, nose, mouth, beard and glasses.

use super::{Tint, blend, edge, scaled, spot, tint};
use crate::{
    Rng,
    document::{
        chance::Chance,
        colour::{grey, hsl, mix, rgb},
        noise::noise,
    },
};

/// What makes a face.
#[derive(Clone, Copy, Debug)]
pub struct Face {
    pub(super) skin: Tint,
    /// Half its width, in heads.
    pub(super) width: f32,
    /// How square the jaw is.
    jaw: f32,
    /// Half the distance of the eyes, and how high they stand.
    eyes: [f32; 2],
    /// Half an eye's width and height.
    eye: [f32; 2],
    iris: Tint,
    /// How high brows stand above the eyes, how thick they are, how bent.
    brow: [f32; 3],
    /// Half the nose's width and where it ends.
    nose: [f32; 2],
    /// Half the mouth's width, where it stands, how full the lips are, how much it smiles.
    mouth: [f32; 4],
    lips: Tint,
    /// How dense a beard is, and how high on the cheeks it begins.
    beard: [f32; 2],
    moustache: f32,
    glasses: Option<Glasses>,
    /// Where light comes from: right and above are positive.
    light: [f32; 2],
    /// How strong light and shadow are.
    relief: f32,
    /// How old: lines and shadows.
    age: f32,
    grain: f32,
}

#[derive(Clone, Copy, Debug)]
struct Glasses {
    frame: Tint,
    thickness: f32,
    /// Half a lens's width and height, and how round it is (an exponent).
    lens: [f32; 3],
}

impl Face {
    pub(super) fn draw(rng: &mut Rng, woman: bool) -> Self {
        let skin = skin(rng);
        let red = if woman && rng.likely(0.4) { rgb(0.72, 0.16, 0.2) } else { rgb(0.62, 0.3, 0.28) };
        let full = if woman { rng.between(0.85, 1.3) } else { rng.between(0.55, 1.0) };
        let bearded = !woman && rng.likely(0.45);
        let shadow = if woman { 0.0 } else { rng.between(0.0, 0.22) };
        let beard = if bearded { rng.between(0.3, 0.95) } else { shadow };
        let glasses = rng.likely(0.16).then(|| Glasses {
            frame: tint(rng.one_of(&[
                grey(0.08),
                grey(0.45),
                hsl(0.07, 0.5, 0.2),
                hsl(0.12, 0.5, 0.5),
                hsl(0.0, 0.5, 0.3),
            ])),
            thickness: rng.between(0.007, 0.022),
            lens: [rng.between(0.115, 0.145), rng.between(0.075, 0.115), rng.one_of(&[2.0, 3.0, 5.0])],
        });
        Self {
            skin,
            width: rng.between(0.33, 0.4) - if woman { 0.012 } else { 0.0 },
            jaw: if woman { rng.between(1.8, 2.5) } else { rng.between(2.1, 3.3) },
            eyes: [rng.between(0.148, 0.175), rng.between(0.475, 0.52)],
            eye: [rng.between(0.066, 0.082), rng.between(0.019, 0.034)],
            iris: tint(rng.weighted(&[
                (5, hsl(0.07, 0.5, 0.2)),
                (2, hsl(0.57, 0.4, 0.45)),
                (2, hsl(0.25, 0.3, 0.35)),
                (1, grey(0.4)),
            ])),
            brow: [
                rng.between(0.065, 0.09),
                if woman { rng.between(0.007, 0.013) } else { rng.between(0.011, 0.022) },
                rng.between(0.0, 0.03),
            ],
            nose: [rng.between(0.052, 0.085), rng.between(0.66, 0.715)],
            mouth: [rng.between(0.11, 0.15), rng.between(0.785, 0.82), full, rng.between(-0.004, 0.034)],
            lips: tint(mix(rgb(skin[0], skin[1], skin[2]), red, rng.between(0.35, 0.65))),
            beard: [beard, rng.between(0.6, 0.78)],
            moustache: if bearded { rng.between(0.3, 0.95) } else { beard },
            glasses,
            light: [rng.between(-0.5, 0.5), rng.between(0.0, 0.5)],
            relief: rng.between(0.25, 0.6),
            age: rng.share(),
            grain: rng.between(0.0, 90.0),
        }
    }

    /// Half the face's width at a height.
    pub(super) fn half(&self, fy: f32) -> f32 {
        if fy < 0.5 {
            let up = ((0.5 - fy) / 0.5).min(1.0);
            self.width * (1.0 - up.powf(2.3)).max(0.0).powf(0.46)
        } else {
            let down = ((fy - 0.5) / 0.5).min(1.0);
            let round = (1.0 - down.powf(self.jaw)).max(0.0).sqrt();
            self.width * round * (1.0 - 0.1 * down)
        }
    }

    pub(super) fn outline(&self, fx: f32, fy: f32, soft: f32) -> f32 {
        let near = (-0.05..1.05).contains(&fy) && fx.abs() < self.width + soft;
        if near { edge(self.half(fy) - fx.abs(), soft * 1.5) } else { 0.0 }
    }

    pub(super) fn neck(&self, fy: f32) -> f32 {
        self.width * 0.62 + ((fy - 1.05).max(0.0)).powf(1.4) * 0.9
    }

    pub(super) fn ears(&self, fx: f32, fy: f32, soft: f32) -> f32 {
        let (x, y) = ((fx.abs() - self.width * 0.98) / 0.055, (fy - 0.56) / 0.11);
        edge((1.0 - (x * x + y * y).sqrt()) * 0.06, soft)
    }

    /// The face's colour at a place inside its outline.
    pub(super) fn at(&self, fx: f32, fy: f32, soft: f32, hair: Tint) -> Tint {
        let (nx, ny) = ((fx / self.width).clamp(-1.0, 1.0), ((fy - 0.52) / 0.55).clamp(-1.0, 1.0));
        let forward = (1.0 - 0.8 * nx * nx - 0.5 * ny * ny).max(0.0).sqrt();
        let lambert = self.light[0] * nx - self.light[1] * ny + forward;
        let mut shade = 1.0 + self.relief * (lambert - 0.85) + self.modelling(fx, fy);
        shade += (noise(fx * 70.0 + self.grain, fy * 70.0) - 0.5) * 0.025 * (0.5 + self.age);
        let mut colour = scaled(self.skin, shade.clamp(0.3, 1.25));
        let cheek = spot(fx.abs() - 0.19, fy - 0.68, 0.1, 0.09);
        let flushed = [colour[0], colour[1] * 0.82, colour[2] * 0.8];
        blend(&mut colour, flushed, cheek * 0.5);
        self.hairs(&mut colour, fx, fy, hair);
        self.lips_at(&mut colour, fx, fy, soft, shade);
        self.eye_at(&mut colour, fx, fy, soft, hair);
        colour
    }

    /// Light and shadow of what stands out and lies back.
    fn modelling(&self, fx: f32, fy: f32) -> f32 {
        let side = fx.abs();
        let [apart, eyes] = self.eyes;
        let [nose, tip] = self.nose;
        let [_, mouth, ..] = self.mouth;
        let mut shade = 0.0;
        shade -= 0.2 * spot(side - apart * 0.85, fy - eyes + 0.02, 0.09, 0.05);
        shade -= (0.06 + 0.14 * self.age) * spot(side - apart, fy - eyes - 0.065, 0.08, 0.025);
        shade += 0.16 * spot(fx, fy - 0.58, 0.022, 0.1);
        shade -= 0.13 * spot(fx * self.light[0].signum() + 0.05, fy - 0.6, 0.025, 0.09);
        shade += 0.12 * spot(fx, fy - tip + 0.035, 0.035, 0.03);
        shade -= 0.25 * spot(fx, fy - tip - 0.012, nose * 0.8, 0.016);
        shade -= 0.42 * spot(side - nose * 0.55, fy - tip + 0.004, 0.017, 0.009);
        shade -= 0.14 * spot(side - nose * 1.08, fy - tip + 0.02, 0.014, 0.03);
        shade -= (0.04 + 0.16 * self.age) * spot(side - nose * 1.2 - (fy - tip) * 0.45, fy - tip - 0.06, 0.016, 0.07);
        shade -= 0.15 * spot(fx, fy - mouth - 0.058, 0.07, 0.018);
        shade += 0.08 * spot(fx, fy - 0.93, 0.07, 0.04);
        shade -= 0.05 * spot(fx, fy - mouth + 0.045, 0.012, 0.03);
        shade += 0.06 * spot(side - 0.2, fy - 0.62, 0.08, 0.05);
        if self.age > 0.6 {
            shade -= 0.05 * (fy * 150.0).sin().max(0.0) * spot(fx, fy - 0.33, 0.16, 0.04);
        }
        shade
    }

    /// Brows and beard.
    fn hairs(&self, colour: &mut Tint, fx: f32, fy: f32, hair: Tint) {
        let side = fx.abs();
        let [lift, thick, bend] = self.brow;
        let along = (side - self.eyes[0] - 0.005) / 0.1;
        if along.abs() < 1.0 {
            let middle = self.eyes[1] - lift - bend * (1.0 - (along - 0.25).powi(2)) + 0.01 * along.max(0.0);
            let half = thick * (1.0 - 0.6 * along.max(0.0)) * (1.0 - along.powi(8));
            let share = (1.0 - ((fy - middle) / half.max(0.003)).powi(2)).clamp(0.0, 1.0);
            let strands = 0.6 + 0.4 * noise(fx * 160.0 + fy * 120.0, fy * 60.0);
            blend(colour, scaled(hair, 0.75), share * 0.85 * strands);
        }
        let [dense, high] = self.beard;
        if dense > 0.0 && fy > 0.55 {
            let [mouth, at, ..] = self.mouth;
            let cheek = edge(fy - high - 0.12 * (1.0 - side / self.width).max(0.0), 0.08);
            let lips = spot(fx, fy - at - 0.005, mouth * 0.62, 0.03);
            let under_nose = spot(fx, fy - at + 0.032, mouth * 0.95, 0.027);
            let share = (cheek * dense * (1.0 - (1.8 * lips).min(1.0))).max(under_nose * self.moustache * (1.0 - lips));
            let strands = 0.65 + 0.35 * noise(fx * 110.0, fy * 90.0);
            blend(colour, scaled(hair, 0.9), (share * strands).min(0.93));
        }
    }

    fn lips_at(&self, colour: &mut Tint, fx: f32, fy: f32, soft: f32, shade: f32) {
        let [half, at, full, smile] = self.mouth;
        let along = fx / half;
        if along.abs() >= 1.05 || (fy - at).abs() > 0.09 {
            return;
        }
        let curve = (1.0 - along * along).max(0.0);
        let middle = at - smile * along * along * 1.6 + 0.004 * (along * 6.0).cos() * curve;
        let upper = 0.024 * full * curve * (1.0 - 0.35 * (-(along * 5.0).powi(2)).exp());
        let lower = 0.036 * full * curve.sqrt() * curve;
        let inside = edge((fy - (middle - upper)).min(middle + lower - fy), soft * 2.5) * edge(curve, 0.15);
        let light =
            if fy > middle { 1.05 + 0.12 * spot(fx, fy - middle - lower * 0.5, half * 0.4, 0.008) } else { 0.85 };
        blend(colour, scaled(self.lips, light * (0.35 + 0.65 * shade)), inside * 0.85);
        let seam = (1.0 - ((fy - middle) / (0.0055 + soft * 0.3)).powi(2)).max(0.0) * edge(1.0 - along.abs(), 0.2);
        blend(colour, scaled(self.lips, 0.3), seam * 0.75);
    }

    fn eye_at(&self, colour: &mut Tint, fx: f32, fy: f32, soft: f32, hair: Tint) {
        let [half, open] = self.eye;
        let x = fx.abs() - self.eyes[0];
        let (along, y) = (x / half, fy - self.eyes[1]);
        if along.abs() > 1.2 || y.abs() > 0.075 {
            return;
        }
        let curve = (1.0 - along * along).max(0.0);
        let (lid, under) = (-open * curve.powf(0.7) - 0.004 * along, open * 0.75 * curve);
        let inside = edge((y - lid).min(under - y), soft * 1.5);
        if inside > 0.0 {
            let mut ball = scaled([0.93, 0.91, 0.89], 0.72 + 0.2 * curve + 2.0 * (y - lid).min(0.05));
            // Both eyes look the same way, so the place in the eye is not mirrored.
            let (px, py) = (x, y + open * 0.12);
            let far = (px * px + py * py).sqrt();
            blend(&mut ball, scaled(self.iris, 0.6 + 8.0 * far), edge(0.034 - far, soft));
            blend(&mut ball, [0.02, 0.02, 0.03], edge(0.015 - far, soft));
            let glint = ((px - 0.011 * fx.signum()).powi(2) + (py + 0.012).powi(2)).sqrt();
            blend(&mut ball, [1.0, 1.0, 1.0], edge(0.006 - glint, soft) * 0.9);
            blend(colour, ball, inside);
        }
        let lash = (1.0 - ((y - lid) / (0.006 + soft * 0.4)).powi(2)).max(0.0) * edge(1.08 - along.abs(), 0.12);
        blend(colour, scaled(hair, 0.3), lash * 0.85);
        let fold = (1.0 - ((y - lid + 0.018) / (0.004 + soft * 0.4)).powi(2)).max(0.0) * edge(0.95 - along.abs(), 0.3);
        blend(colour, scaled(self.skin, 0.55), fold * 0.5);
        let rim = (1.0 - ((y - under) / (0.004 + soft * 0.4)).powi(2)).max(0.0) * edge(1.0 - along.abs(), 0.3);
        blend(colour, scaled(self.skin, 0.55), rim * 0.5);
    }

    /// The colour of the glasses' frame at a place and how much of it covers.
    pub(super) fn glasses(&self, fx: f32, fy: f32, soft: f32) -> Option<(Tint, f32)> {
        let Glasses { frame, thickness, lens: [half, high, round] } = self.glasses?;
        let (x, y) = ((fx.abs() - self.eyes[0] - 0.005) / half, (fy - self.eyes[1] - 0.015) / high);
        if y.abs() > 1.5 || x.abs() > 4.0 {
            return None;
        }
        let far = (x.abs().powf(round) + y.abs().powf(round)).powf(1.0 / round);
        let ring = edge(thickness - (far - 1.0).abs() * half.min(high), soft);
        let bridge = edge(thickness - (fy - self.eyes[1] + 0.012 - fx * fx * 4.0).abs(), soft)
            * edge(self.eyes[0] - half - fx.abs(), soft);
        let temple = edge(thickness * 0.8 - (fy - self.eyes[1] + 0.02).abs(), soft)
            * edge(fx.abs() - self.eyes[0] - half, soft)
            * edge(self.width * 1.02 - fx.abs(), soft);
        let share = ring.max(bridge).max(temple);
        (share > 0.0).then_some((frame, share))
    }
}

fn skin(rng: &mut Rng) -> Tint {
    let shades =
        [rgb(0.96, 0.82, 0.74), rgb(0.9, 0.72, 0.6), rgb(0.8, 0.6, 0.46), rgb(0.62, 0.43, 0.31), rgb(0.42, 0.28, 0.2)];
    let first = rng.weighted(&[(4, 0), (4, 1), (3, 2), (2, 3)]);
    let skin = tint(mix(shades[first], shades[first + 1], rng.share()));
    let cast = rng.between(-0.03, 0.03);
    [skin[0] + cast, skin[1], skin[2] - cast]
}
