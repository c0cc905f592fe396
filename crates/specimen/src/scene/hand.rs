//! Hands as a camera sees them: round limbs in the picture, shaded as cylinders. In: places in the picture. Out: colours, and how much is
//! covered. Does not know: documents.

use rand::Rng as _;

use super::chance::{between, chance, one_of};
use crate::Rng;

type Place = [f32; 2];

/// A hand, or a part of one. Places and lengths are in the picture's longer side from its middle.
#[derive(Clone, Debug)]
pub struct Hand {
    /// Fingers, palm, arm; the later covers the earlier.
    pub limbs: Vec<Limb>,
    /// Colour of its skin in linear light.
    pub skin: [f32; 3],
    /// Whether it is before the document.
    pub before: bool,
    /// Direction of the light.
    pub lit_from: Place,
}

/// A round limb that gets thinner (or thicker).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limb {
    /// Where it begins.
    pub from: Place,
    /// Where it ends.
    pub to: Place,
    /// Half its width where it begins and ends.
    pub radii: [f32; 2],
    /// Whether a nail is seen at its end.
    pub nail: bool,
    /// Whether it is a sleeve: its colour, instead of the skin's.
    pub sleeve: Option<[f32; 3]>,
}

/// What a hand shows at a place.
#[derive(Clone, Copy, Debug)]
pub struct Touch {
    /// Linear light.
    pub colour: [f32; 3],
    /// Share of the picture element that it covers.
    pub cover: f32,
    /// Share of light that its shadow takes from what lies under it.
    pub shade: f32,
}

/// Skin from light to dark, linear light.
const SKINS: [[f32; 3]; 8] = [
    [0.74, 0.50, 0.39],
    [0.66, 0.41, 0.30],
    [0.58, 0.35, 0.25],
    [0.47, 0.27, 0.18],
    [0.36, 0.20, 0.12],
    [0.24, 0.12, 0.07],
    [0.15, 0.075, 0.045],
    [0.08, 0.045, 0.03],
];

impl Limb {
    /// How far outside (negative: inside), how far along (0 to 1), how far to the side (-1 to 1).
    fn distance(&self, at: Place) -> (f32, f32, f32) {
        let along = [self.to[0] - self.from[0], self.to[1] - self.from[1]];
        let rel = [at[0] - self.from[0], at[1] - self.from[1]];
        let square = (along[0] * along[0] + along[1] * along[1]).max(1e-9);
        let share = ((rel[0] * along[0] + rel[1] * along[1]) / square).clamp(0.0, 1.0);
        let off = [rel[0] - along[0] * share, rel[1] - along[1] * share];
        let radius = self.radii[0] + (self.radii[1] - self.radii[0]) * share;
        let side = (off[1] * along[0] - off[0] * along[1]) / (square.sqrt() * radius);
        ((off[0] * off[0] + off[1] * off[1]).sqrt() - radius, share, side)
    }

    fn length(&self) -> f32 {
        ((self.to[0] - self.from[0]).powi(2) + (self.to[1] - self.from[1]).powi(2)).sqrt()
    }
}

impl Hand {
    /// Least and greatest x and y that it or its shadow reaches.
    pub fn reach(&self) -> [f32; 4] {
        self.limbs.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |reach, limb| {
            let radius = limb.radii[0].max(limb.radii[1]) * 1.6;
            [
                reach[0].min(limb.from[0].min(limb.to[0]) - radius),
                reach[1].min(limb.from[1].min(limb.to[1]) - radius),
                reach[2].max(limb.from[0].max(limb.to[0]) + radius),
                reach[3].max(limb.from[1].max(limb.to[1]) + radius),
            ]
        })
    }

    /// What it shows at a place; `pixel` is the size of a picture element.
    pub fn touch(&self, at: Place, pixel: f32) -> Touch {
        let mut touch = Touch { colour: [0.0; 3], cover: 0.0, shade: 0.0 };
        for limb in &self.limbs {
            let (outside, along, side) = limb.distance(at);
            let radius = limb.radii[0] + (limb.radii[1] - limb.radii[0]) * along;
            if outside > radius * 0.6 {
                continue;
            }
            let near = (1.0 - outside.max(0.0) / (radius * 0.6)).max(0.0);
            touch.shade = touch.shade.max(0.45 * near * near);
            let cover = (0.5 - outside / pixel).clamp(0.0, 1.0);
            if cover <= 0.0 {
                continue;
            }
            let colour = self.colour(limb, at, (outside + radius) / radius, along, side);
            // A limb lies on the one before with a dark seam.
            let seam = 1.0 - 0.35 * (1.0 - (-outside / (radius * 0.25)).clamp(0.0, 1.0));
            for (old, new) in touch.colour.iter_mut().zip(colour) {
                *old = if touch.cover > 0.0 { *old * (1.0 - cover) + new * seam * cover } else { new };
            }
            touch.cover = touch.cover.max(cover);
        }
        touch
    }

    fn colour(&self, limb: &Limb, at: Place, off_axis: f32, along: f32, side: f32) -> [f32; 3] {
        let off_axis = off_axis.clamp(0.0, 1.0);
        let facing = (1.0 - off_axis * off_axis * 0.92).sqrt();
        let dir = [limb.to[0] - limb.from[0], limb.to[1] - limb.from[1]];
        let length = limb.length().max(1e-4);
        let normal = [-dir[1] / length * side, dir[0] / length * side];
        let lit = 0.72 * facing + 0.4 * (normal[0] * self.lit_from[0] + normal[1] * self.lit_from[1]);
        let mut shade = 0.42 + 0.62 * lit.max(0.0);
        // Uneven skin, and creases at the joints.
        let radius = limb.radii[1];
        let mottle = (at[0] * 61.0 + (at[1] * 47.0).sin() * 2.0).sin() * (at[1] * 83.0 - at[0] * 29.0).sin();
        shade *= 1.0 + 0.035 * mottle;
        if limb.sleeve.is_none() && length > radius * 2.5 {
            for joint in [0.38, 0.42, 0.7, 0.73] {
                let off = (along - joint) * length / (radius * 0.09) + side * side * 2.0;
                shade *= 1.0 - 0.13 / (1.0 + off * off);
            }
        }
        let base = limb.sleeve.unwrap_or(self.skin);
        // Light that went through skin comes out red where little falls on it.
        let blood = if limb.sleeve.is_some() { 0.0 } else { 0.12 * (1.0 - shade).clamp(0.0, 1.0) };
        let mut colour = [base[0] * (shade + blood), base[1] * shade, base[2] * shade];
        if limb.nail {
            let forward = (along - 1.0) * length / radius;
            let tip = [at[0] - limb.to[0], at[1] - limb.to[1]];
            let ahead = (tip[0] * dir[0] + tip[1] * dir[1]) / (length * radius);
            let forward = if forward < 0.0 { forward } else { ahead };
            let (a, b) = ((forward - 0.1) / 0.72, side / 0.62);
            let round = a * a * (1.0 + 0.3 * a * a) + b * b;
            if round < 1.0 {
                let edge = (1.0 - (round - 0.8).max(0.0) * 3.0).clamp(0.4, 1.0);
                let white = if forward > 0.62 { 0.35 } else { 0.0 };
                let shine = 0.12 * (1.0 - (b + 0.3).abs()).max(0.0);
                for (value, nail) in colour.iter_mut().zip([0.72, 0.46, 0.40]) {
                    let mixed = *value * 0.55 + nail * shade * 0.45 * self.skin[0].max(0.35) / 0.6;
                    *value = mixed * edge + white * shade * 0.5 + shine * shade * 0.4;
                }
            }
        }
        colour
    }
}

/// One of the skins there are, and a direction of light.
fn blank(rng: &mut Rng, before: bool) -> Hand {
    let shift = between(rng, 0.85, 1.15);
    let skin = one_of(rng, &SKINS).map(|value| value * shift);
    Hand { limbs: Vec::new(), skin, before, lit_from: [between(rng, -0.9, 0.9), between(rng, -1.0, 0.2)] }
}

/// A thumb or several fingers that lie over an edge: `edge` is a place on it, `inwards` the direction over the document, `width` a
/// finger's width, `depth` how far it reaches in; with the hand that they belong to, or without.
pub fn over_edge(
    rng: &mut Rng,
    edge: Place,
    inwards: Place,
    width: f32,
    depth: f32,
    fingers: usize,
    whole: bool,
) -> Hand {
    let mut hand = blank(rng, true);
    let sideways = [-inwards[1], inwards[0]];
    let lean = between(rng, -0.5, 0.5);
    let way = unit([inwards[0] + sideways[0] * lean, inwards[1] + sideways[1] * lean]);
    let behind = |from: Place, widths: f32| [from[0] - way[0] * width * widths, from[1] - way[1] * width * widths];
    if whole {
        let knuckles = behind(edge, 4.0);
        let (wrist, elbow) = (behind(edge, 8.5), behind(edge, 50.0));
        let sleeve = sleeve(rng);
        hand.limbs.push(Limb { from: wrist, to: elbow, radii: [width * 1.6, width * 3.6], nail: false, sleeve });
        let wide = if fingers == 1 { 1.7 } else { 2.2 };
        hand.limbs.push(Limb {
            from: wrist,
            to: knuckles,
            radii: [width * 1.6, width * wide],
            nail: false,
            sleeve: None,
        });
    }
    for finger in 0..fingers {
        let aside = (finger as f32 - (fingers as f32 - 1.0) / 2.0) * width * between(rng, 0.95, 1.1);
        let reach = depth * between(rng, 0.75, 1.05) - width * 0.5;
        let tip = [edge[0] + sideways[0] * aside + way[0] * reach, edge[1] + sideways[1] * aside + way[1] * reach];
        let (root, knuckle) = (behind(tip, 4.8), behind(tip, 1.4));
        hand.limbs.push(Limb {
            from: root,
            to: knuckle,
            radii: [width * 0.62, width * 0.54],
            nail: false,
            sleeve: None,
        });
        let nail = chance(rng, 0.8);
        hand.limbs.push(Limb { from: knuckle, to: tip, radii: [width * 0.55, width * 0.46], nail, sleeve: None });
    }
    hand
}

/// The colour of a sleeve, or none.
fn sleeve(rng: &mut Rng) -> Option<[f32; 3]> {
    let grey = between(rng, 0.01, 0.6);
    chance(rng, 0.5).then(|| std::array::from_fn(|_| (grey * between(rng, 0.6, 1.4)).min(0.9)))
}

/// Palm, fingers and forearm behind a document whose edge is at `edge`; `outwards` points away from the document.
pub fn behind(rng: &mut Rng, edge: Place, outwards: Place, width: f32, like: Option<&Hand>) -> Hand {
    let mut hand = blank(rng, false);
    if let Some(like) = like {
        (hand.skin, hand.lit_from) = (like.skin, like.lit_from);
    }
    let sideways = [-outwards[1], outwards[0]];
    let at = |out: f32, aside: f32| -> Place {
        [
            edge[0] + (outwards[0] * out + sideways[0] * aside) * width,
            edge[1] + (outwards[1] * out + sideways[1] * aside) * width,
        ]
    };
    let lean = between(rng, -3.0, 3.0);
    let sleeve = sleeve(rng);
    let wrist = at(between(rng, 4.5, 6.5), lean * 0.5);
    let elbow = at(45.0, lean * 4.0);
    hand.limbs.push(Limb { from: wrist, to: elbow, radii: [width * 1.6, width * 3.6], nail: false, sleeve });
    hand.limbs.push(Limb {
        from: wrist,
        to: at(1.5, 0.0),
        radii: [width * 1.7, width * 2.2],
        nail: false,
        sleeve: None,
    });
    for finger in 0..4 {
        let aside = (finger as f32 - 1.5) * 1.05;
        let (root, tip) = (at(1.2, aside), at(-between(rng, 1.5, 5.0), aside + lean * 0.2));
        hand.limbs.push(Limb { from: root, to: tip, radii: [width * 0.58, width * 0.46], nail: false, sleeve: None });
    }
    hand
}

/// A hand with spread fingers that holds nothing, coming from `from` towards `to`.
pub fn alone(rng: &mut Rng, from: Place, to: Place, width: f32) -> Hand {
    let out = unit([from[0] - to[0], from[1] - to[1]]);
    let mut hand = behind(rng, to, out, width, None);
    hand.before = true;
    let sideways = [-out[1], out[0]];
    let side = if chance(rng, 0.5) { 1.0 } else { -1.0 };
    let root = [
        to[0] + (out[0] * 2.5 + sideways[0] * side * 1.4) * width,
        to[1] + (out[1] * 2.5 + sideways[1] * side * 1.4) * width,
    ];
    let tip = [
        to[0] + (sideways[0] * side * 3.6 - out[0] * 0.3) * width,
        to[1] + (sideways[1] * side * 3.6 - out[1] * 0.3) * width,
    ];
    let nails = rng.random_bool(0.6);
    hand.limbs.push(Limb { from: root, to: tip, radii: [width * 0.7, width * 0.55], nail: nails, sleeve: None });
    for limb in hand.limbs.iter_mut().skip(2) {
        limb.nail = nails;
    }
    hand
}

fn unit([x, y]: Place) -> Place {
    let length = (x * x + y * y).sqrt().max(1e-6);
    [x / length, y / length]
}
