//! Conditions at random, as people photograph documents: mostly well, sometimes badly, in places of all kinds.

use std::f32::consts::PI;
use std::sync::Arc;

use lichtbild_vision::document::DocumentClass;
use lichtbild_vision::geometry::Point;
use rand::Rng as _;

use super::chance::{any_angle, between, chance, mostly, normal, one_of, weighted};
use super::conditions::{
    Backdrop, Bend, Camera, Conditions, DogEar, Foil, Glare, Ground, Lens, Light, Pose, Shadow, Thing,
};
use super::hand;
use super::sheet::Sheet;
use super::supply::Supply;
use super::texture::Edge;
use super::view::View;
use crate::Rng;

/// Documents, surfaces, … of a group of frames.
const PER_GROUP: u64 = 16;
/// Sights without documents of a group of frames.
const SIGHTS: u64 = 32;
/// Documents of each class that lie beside the main one in a group of frames.
const RIVALS: u64 = 5;
/// Width of a thumb.
const FINGER_MM: f32 = 18.0;
/// Sides that stand for a document where there is none.
const CARD_MM: [f32; 2] = [85.6, 54.0];

impl Conditions {
    /// Conditions for a document, or for a picture without one, in a frame of an aspect (width ÷ height). What surrounds it is taken
    /// from what `supply` has for `group`.
    pub fn random(rng: &mut Rng, sheet: Option<&Sheet>, supply: &Supply, group: u64, aspect: f32) -> Self {
        let mut conditions = Self {
            aspect,
            lens: Lens { focal: between(rng, 0.6, 1.6), bulge: normal(rng) * 0.035 },
            seed: rng.random(),
            ..Self::default()
        };
        let held = chance(rng, 0.35);
        if let Some(sheet) = sheet {
            conditions.bend = bend(rng, sheet, held);
            conditions.pose = pose(rng, sheet, &conditions);
            if sheet.class == DocumentClass::Paper && chance(rng, 0.12) {
                conditions.dog_ear = Some(DogEar { corner: rng.random_range(0..4), share: between(rng, 0.05, 0.22) });
            }
        } else {
            conditions.pose = Pose {
                size: between(rng, 0.2, 0.9),
                centre: Point::new(between(rng, 0.2, 0.8), between(rng, 0.2, 0.8)),
                roll_degrees: any_angle(rng),
                tilt_degrees: mostly(rng, 0.0, 60.0, 2),
                tilt_towards_degrees: any_angle(rng),
            };
        }
        // Nobody shows a document: mostly the camera looks at something else altogether.
        let afar = sheet.is_none() && chance(rng, 0.85);
        let room = afar || held && chance(rng, 0.6);
        conditions.backdrop = if afar { sight(rng, supply, group) } else { backdrop(rng, supply, group) };
        if !room {
            let mut ground = ground(rng, supply, group, sheet);
            if held {
                ground.depth_mm = between(rng, 20.0, 350.0);
            }
            if !held {
                things(rng, &mut conditions, sheet, supply, group);
            }
            conditions.ground = Some(ground);
        }
        let size_mm = sheet.map_or(CARD_MM, |sheet| sheet.size_mm);
        let view = View::new(conditions.aspect, conditions.lens, conditions.pose, size_mm, conditions.bend);
        match sheet {
            Some(sheet) if held => hold(rng, &mut conditions, sheet, &view),
            Some(sheet) if chance(rng, 0.12) => touch(rng, &mut conditions, sheet, &view),
            None if chance(rng, if afar { 0.08 } else { 0.25 }) => {
                let angle = between(rng, 0.0, 2.0 * PI);
                let to = [between(rng, -0.2, 0.2), between(rng, -0.2, 0.2)];
                let from = [to[0] + angle.cos(), to[1] + angle.sin()];
                let width = between(rng, 0.03, 0.12);
                conditions.hands.push(hand::alone(rng, from, to, width));
            }
            _ => {}
        }
        conditions.light = light(rng, sheet, &conditions);
        conditions.camera = camera(rng, conditions.light.level);
        conditions
    }
}

/// Width ÷ height of the frame of some camera.
pub fn aspect(rng: &mut Rng) -> f32 {
    [16.0 / 9.0, 4.0 / 3.0, 1.0, 3.0 / 4.0, 9.0 / 16.0][weighted(rng, &[0.3, 0.25, 0.06, 0.16, 0.23])]
}

fn pose(rng: &mut Rng, sheet: &Sheet, conditions: &Conditions) -> Pose {
    let size = match weighted(rng, &[0.7, 0.12, 0.18]) {
        0 => between(rng, 0.35, 0.9),
        1 => between(rng, 0.12, 0.35),
        _ => between(rng, 0.75, 1.05),
    };
    let roll_degrees = match weighted(rng, &[0.6, 0.3, 0.1]) {
        0 => normal(rng) * 7.0,
        1 => one_of(rng, &[90.0, 180.0, -90.0]) + normal(rng) * 8.0,
        _ => any_angle(rng),
    };
    let mut pose = Pose {
        size,
        centre: Point::new(0.5, 0.5),
        roll_degrees,
        tilt_degrees: mostly(rng, 0.0, 50.0, 2),
        tilt_towards_degrees: any_angle(rng),
    };
    // As seen from the middle, to know how much room there is.
    let view = View::new(conditions.aspect, conditions.lens, pose, sheet.size_mm, conditions.bend);
    let [half_width, half_height] = sheet.size_mm.map(|side| side / 2.0);
    let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
        .map(|(x, y)| view.project(x * half_width, y * half_height));
    let span = |of: fn(&Point) -> f32| {
        let all = corners.iter().map(of);
        (all.clone().fold(f32::MAX, f32::min), all.fold(f32::MIN, f32::max))
    };
    let spans = [span(|corner| corner.x), span(|corner| corner.y)];
    let mut centre = spans.map(|(low, high)| {
        let room = (1.0 - (high - low)).max(0.0);
        let slack = if room > 0.0 { between(rng, -0.5, 0.5) * room } else { between(rng, -0.03, 0.03) };
        0.5 + slack + 0.5 - f32::midpoint(low, high)
    });
    if chance(rng, 0.15) {
        let axis = rng.random_range(0..2);
        let (low, high) = spans[axis];
        let cut = (high - low) * mostly(rng, 0.02, 0.5, 2);
        centre[axis] = if chance(rng, 0.5) { 0.5 - low - cut } else { 1.5 - high + cut };
    }
    pose.centre = Point::new(centre[0], centre[1]);
    while inside(&View::new(conditions.aspect, conditions.lens, pose, sheet.size_mm, conditions.bend), sheet) < 0.45 {
        pose.centre = pose.centre.towards(Point::new(0.5, 0.5), 0.25);
    }
    pose
}

/// Share of a document that is in the frame, roughly.
fn inside(view: &View, sheet: &Sheet) -> f32 {
    let places = (0..64).filter(|place| {
        let (x, y) = ((place % 8) as f32 / 7.0 - 0.5, (place / 8) as f32 / 7.0 - 0.5);
        let at = view.project(x * sheet.size_mm[0], y * sheet.size_mm[1]);
        (0.0..1.0).contains(&at.x) && (0.0..1.0).contains(&at.y)
    });
    places.count() as f32 / 64.0
}

fn bend(rng: &mut Rng, sheet: &Sheet, held: bool) -> Bend {
    let reach = sheet.size_mm[0].max(sheet.size_mm[1]);
    match sheet.class {
        DocumentClass::PassportPage => match weighted(rng, &[0.5, 0.25, 0.25]) {
            0 => Bend::Flat,
            1 => Bend::Spine { height_mm: mostly(rng, 1.0, 12.0, 2) },
            _ => Bend::Arch { along_degrees: one_of(rng, &[0.0, 90.0]), height_mm: normal(rng) * 3.0 },
        },
        DocumentClass::Paper => match weighted(rng, &[if held { 0.2 } else { 0.5 }, 0.3, 0.2]) {
            0 => Bend::Flat,
            1 => Bend::Arch {
                along_degrees: one_of(rng, &[0.0, 90.0, 45.0, 135.0]),
                height_mm: normal(rng) * reach * 0.03,
            },
            _ => Bend::Wave {
                along_degrees: any_angle(rng),
                height_mm: reach * mostly(rng, 0.002, 0.012, 2),
                length_mm: reach * between(rng, 0.4, 1.5),
                phase: between(rng, 0.0, 2.0 * PI),
            },
        },
        _ if held && chance(rng, 0.2) => Bend::Arch { along_degrees: 0.0, height_mm: normal(rng) * 1.2 },
        _ => Bend::Flat,
    }
}

fn ground(rng: &mut Rng, supply: &Supply, group: u64, sheet: Option<&Sheet>) -> Ground {
    let one = rng.random_range(0..PER_GROUP);
    let key = group * PER_GROUP + one;
    let paper = sheet.is_some_and(|sheet| matches!(sheet.class, DocumentClass::Paper | DocumentClass::OtherCard));
    let (texture, photo) = match weighted(rng, &[0.8, 0.08, 0.12]) {
        0 => supply.surface(key),
        // What is printed or built lies beneath, too: carpets, posters, tiles, keys.
        1 => (supply.sight(group * SIGHTS + one), true),
        _ => (supply.cloth(key), false),
    };
    let tile_mm = 60.0 * 8.0_f32.powf(rng.random());
    let bright = 2.0_f32.powf(between(rng, -1.0, 0.8));
    let mut ground = Ground {
        edge: if photo { Edge::Mirror } else { Edge::Repeat },
        tile_mm,
        turn_degrees: if chance(rng, 0.5) { one_of(rng, &[0.0, 90.0]) + normal(rng) * 4.0 } else { any_angle(rng) },
        offset_mm: [between(rng, 0.0, 1000.0), between(rng, 0.0, 1000.0)],
        gain: std::array::from_fn(|_| bright * between(rng, 0.85, 1.15)),
        contrast: mostly(rng, 1.0, 0.1, 2),
        gloss: mostly(rng, 0.0, 0.8, 2),
        depth_mm: between(rng, 0.2, 2.5),
        end: chance(rng, 0.15).then(|| (any_angle(rng), between(rng, 60.0, 320.0))),
        texture,
    };
    let even = |ground: &mut Ground, wanted: f32| {
        let [r, g, b, _] = ground.texture.mean();
        let gain = wanted / (0.299 * r + 0.587 * g + 0.114 * b).max(0.01);
        ground.gain = ground.gain.map(|tint| tint / bright * gain);
    };
    if let Some(sheet) = sheet
        && chance(rng, if paper { 0.25 } else { 0.15 })
    {
        // Nearly as bright as the document's edge.
        let wanted = (sheet.border * between(rng, 0.72, 1.15)).min(0.9);
        even(&mut ground, wanted);
        ground.contrast = between(rng, 0.0, 0.6);
    } else if chance(rng, if paper { 0.2 } else { 0.1 }) {
        // A dark desk.
        even(&mut ground, mostly(rng, 0.006, 0.06, 2));
        ground.contrast = between(rng, 0.0, 0.8);
    }
    ground
}

fn backdrop(rng: &mut Rng, supply: &Supply, group: u64) -> Backdrop {
    let bright = between(rng, 0.4, 1.2);
    if chance(rng, 0.08) {
        return Backdrop { gain: super::pattern::colour(rng), share: 1.0, ..Backdrop::default() };
    }
    let one = rng.random_range(0..PER_GROUP);
    let texture =
        if chance(rng, 0.5) { supply.sight(group * SIGHTS + one) } else { supply.room(group * PER_GROUP + one) };
    Backdrop {
        texture: Some(texture),
        gain: std::array::from_fn(|_| bright * between(rng, 0.9, 1.1)),
        share: between(rng, 0.4, 1.0),
        offset: [between(rng, 0.2, 0.8), between(rng, 0.2, 0.8)],
        blur: mostly(rng, 0.0, 0.06, 2),
        turn_degrees: normal(rng) * 8.0,
        mirrored: chance(rng, 0.5),
        lean: [normal(rng) * 0.15, normal(rng) * 0.15],
    }
}

/// What is seen where nobody shows a document: near and far, straight and from the side.
fn sight(rng: &mut Rng, supply: &Supply, group: u64) -> Backdrop {
    let bright = between(rng, 0.5, 1.3);
    let share = match weighted(rng, &[0.15, 0.65, 0.2]) {
        0 => between(rng, 0.25, 0.55),
        1 => between(rng, 0.55, 1.0),
        _ => between(rng, 1.0, 1.6),
    };
    let slack = ((1.0 - share) / 2.0).max(0.08);
    Backdrop {
        texture: Some(supply.sight(group * SIGHTS + rng.random_range(0..SIGHTS))),
        gain: std::array::from_fn(|_| bright * between(rng, 0.9, 1.1)),
        share,
        offset: [0.5 + between(rng, -slack, slack), 0.5 + between(rng, -slack, slack)],
        blur: mostly(rng, 0.0, 0.03, 4),
        turn_degrees: if chance(rng, 0.85) { normal(rng) * 6.0 } else { any_angle(rng) },
        mirrored: chance(rng, 0.5),
        lean: [normal(rng) * 0.22, normal(rng) * 0.22],
    }
}

/// Puts other things around the document, or anywhere if there is none.
fn things(rng: &mut Rng, conditions: &mut Conditions, sheet: Option<&Sheet>, supply: &Supply, group: u64) {
    let count = [0, 1, 2, 4, 7][weighted(rng, &[0.4, 0.2, 0.15, 0.15, 0.1])];
    let key = |rng: &mut Rng, of: u64| group * PER_GROUP + rng.random_range(0..of);
    let shown = sheet.is_some_and(|sheet| sheet.class != DocumentClass::None);
    let identity = sheet.is_some_and(|sheet| is_identity(sheet.class));
    // Something larger beneath is no rival of an identity document.
    if identity && chance(rng, 0.12) {
        let below = supply.sheet(key(rng, RIVALS) ^ 0x1000_0000, DocumentClass::Paper);
        let centre_mm = [normal(rng) * 40.0, normal(rng) * 60.0];
        conditions.things.push(lying(rng, &below, centre_mm));
    }
    // A stack, or pages beneath.
    if let Some(sheet) = sheet
        && sheet.class == DocumentClass::Paper
        && chance(rng, 0.12)
    {
        for _ in 0..rng.random_range(1..4) {
            let other = supply.sheet(key(rng, RIVALS) ^ 0x1000_0000, DocumentClass::Paper);
            let centre_mm = [normal(rng) * 12.0, normal(rng) * 16.0];
            let turn_degrees = normal(rng) * 12.0;
            let size_mm = if chance(rng, 0.7) { sheet.size_mm } else { other.size_mm };
            conditions.things.push(Thing { size_mm, turn_degrees, ..lying(rng, &other, centre_mm) });
        }
    }
    for _ in 0..count {
        let angle = between(rng, 0.0, 2.0 * PI);
        let way = [angle.cos(), angle.sin()];
        let clear = sheet.map_or(0.0, |sheet| reach(sheet.size_mm, way));
        let document = chance(rng, 0.3) && conditions.pose.size > 0.4;
        let mut thing = if document {
            // Where nobody shows a document none lies about, or the label would not be true.
            let class = if shown {
                one_of(rng, &[DocumentClass::OtherCard, DocumentClass::Paper, DocumentClass::None])
            } else {
                DocumentClass::None
            };
            let other = supply.sheet(key(rng, RIVALS) ^ 0x1000_0000, class);
            lying(rng, &other, [0.0; 2])
        } else {
            let prop = supply.prop(key(rng, PER_GROUP));
            Thing {
                texture: Arc::clone(&prop.texture),
                size_mm: prop.size_mm,
                centre_mm: [0.0; 2],
                turn_degrees: any_angle(rng),
                gain: between(rng, 0.7, 1.1),
            }
        };
        // A rival lies far enough away to be cut off or small.
        let room =
            if document { reach(thing.size_mm, [1.0, 1.0]) * 0.75 + 10.0 } else { reach(thing.size_mm, way) * 0.6 };
        let far = if sheet.is_some() { clear + room + mostly(rng, 0.0, 120.0, 2) } else { between(rng, 0.0, 150.0) };
        thing.centre_mm = way.map(|share| share * far);
        conditions.things.push(thing);
    }
}

fn lying(rng: &mut Rng, sheet: &Sheet, centre_mm: [f32; 2]) -> Thing {
    Thing {
        texture: Arc::clone(&sheet.texture),
        size_mm: sheet.size_mm,
        centre_mm,
        turn_degrees: any_angle(rng),
        gain: between(rng, 0.75, 1.0),
    }
}

/// How far a rectangle reaches from its middle in a direction.
fn reach(size_mm: [f32; 2], way: [f32; 2]) -> f32 {
    f32::midpoint(size_mm[0] * way[0].abs(), size_mm[1] * way[1].abs())
}

fn is_identity(class: DocumentClass) -> bool {
    matches!(class, DocumentClass::IdFront | DocumentClass::IdBack | DocumentClass::PassportPage)
}

/// A hand that holds the document: thumb before it, palm behind.
pub fn hold(rng: &mut Rng, conditions: &mut Conditions, sheet: &Sheet, view: &View) {
    let width = FINGER_MM * view.scale() * between(rng, 0.85, 1.25);
    let hands = if chance(rng, 0.25) { 2 } else { 1 };
    let first = rng.random_range(0..4);
    for hand in 0..hands {
        let (edge, inwards) = place_on_edge(rng, sheet, view, first + hand * 2);
        let reach_mm = mostly(rng, 5.0, 34.0, 2).min(sheet.size_mm[0].min(sheet.size_mm[1]) * 0.55);
        let fingers = if chance(rng, 0.8) { 1 } else { rng.random_range(2..4) };
        let before = hand::over_edge(rng, edge, inwards, width, reach_mm * view.scale() + width * 0.2, fingers, false);
        let outwards = inwards.map(|share| -share);
        conditions.hands.push(hand::behind(rng, edge, outwards, width, Some(&before)));
        if chance(rng, 0.88) {
            conditions.hands.push(before);
        }
    }
}

/// Fingers on a document that lies.
fn touch(rng: &mut Rng, conditions: &mut Conditions, sheet: &Sheet, view: &View) {
    let width = FINGER_MM * view.scale() * between(rng, 0.85, 1.2);
    let side = rng.random_range(0..4);
    let (edge, inwards) = place_on_edge(rng, sheet, view, side);
    let fingers = rng.random_range(1..4);
    let reach_mm = mostly(rng, 4.0, 30.0, 2);
    conditions.hands.push(hand::over_edge(
        rng,
        edge,
        inwards,
        width,
        reach_mm * view.scale() + width * 0.2,
        fingers,
        true,
    ));
}

/// A place on one of four sides, and the direction from it to the middle, in the picture.
fn place_on_edge(rng: &mut Rng, sheet: &Sheet, view: &View, side: usize) -> ([f32; 2], [f32; 2]) {
    let [half_width, half_height] = sheet.size_mm.map(|side| side / 2.0);
    let along = normal(rng) * 0.35;
    let (x, y) = match side % 4 {
        0 => (half_width, along * half_height),
        1 => (along * half_width, half_height),
        2 => (-half_width, along * half_height),
        _ => (along * half_width, -half_height),
    };
    let edge = view.of_share(view.project(x, y));
    let (inner_x, inner_y) = if side.is_multiple_of(2) { (x * 0.5, y) } else { (x, y * 0.5) };
    let inner = view.of_share(view.project(inner_x, inner_y));
    let (dx, dy) = (inner[0] - edge[0], inner[1] - edge[1]);
    let length = dx.hypot(dy).max(1e-6);
    (edge, [dx / length, dy / length])
}

fn light(rng: &mut Rng, sheet: Option<&Sheet>, conditions: &Conditions) -> Light {
    let level = match weighted(rng, &[0.7, 0.14, 0.16]) {
        0 => between(rng, 0.7, 1.25),
        1 => between(rng, 0.04, 0.7),
        _ => mostly(rng, 1.25, 1.9, 3),
    };
    let warmth = normal(rng) * 0.12;
    let green = normal(rng) * 0.04;
    let mut light = Light {
        level,
        tint: [1.0 + warmth, 1.0 + green, 1.0 - warmth],
        slope: [normal(rng) * 0.3, normal(rng) * 0.3],
        vignette: mostly(rng, 0.0, 0.8, 3),
        haze: if chance(rng, 0.08) { between(rng, 0.02, 0.3) } else { 0.0 },
        cast: [normal(rng) * 0.7, normal(rng) * 0.7],
        cast_depth: between(rng, 0.15, 0.75),
        ..Light::default()
    };
    let centre = [
        (conditions.pose.centre.x - 0.5) * conditions.aspect.min(1.0),
        (conditions.pose.centre.y - 0.5) / conditions.aspect.max(1.0),
    ];
    let near = |rng: &mut Rng, spread: f32| [centre[0] + normal(rng) * spread, centre[1] + normal(rng) * spread];
    for _ in 0..[0, 1, 2][weighted(rng, &[0.65, 0.25, 0.1])] {
        let at = near(rng, 0.25);
        light.shadows.push(shadow(rng, at));
    }
    let shiny = sheet.map_or(0.3, |sheet| sheet.gloss);
    if chance(rng, 0.12 + 0.3 * f64::from(shiny)) {
        for _ in 0..rng.random_range(1..3) {
            let size = mostly(rng, 0.02, 0.25, 2);
            light.glares.push(Glare {
                at: near(rng, 0.2),
                radii: [size, size * between(rng, 0.3, 1.0)],
                turn_degrees: any_angle(rng),
                strength: mostly(rng, 0.2, 4.0, 2),
                softness: mostly(rng, 0.1, 1.6, 1),
                window: chance(rng, 0.25),
            });
        }
    }
    if sheet.is_some_and(|sheet| !sheet.foil.is_empty()) && chance(rng, 0.55) {
        light.foil = Some(Foil {
            strength: mostly(rng, 0.05, 0.9, 2),
            phase: between(rng, 0.0, 6.0),
            stripes: between(rng, 3.0, 30.0),
        });
    }
    light
}

/// A shadow with one to four sides, one of which passes by a place.
fn shadow(rng: &mut Rng, at: [f32; 2]) -> Shadow {
    let first = between(rng, 0.0, 2.0 * PI);
    let count = rng.random_range(1..5);
    let sides = (0..count)
        .map(|side| {
            let turn = [0.0, PI, PI / 2.0, -PI / 2.0][side] + normal(rng) * 0.2;
            let way = [(first + turn).cos(), (first + turn).sin()];
            let out = if side == 0 { 0.0 } else { between(rng, 0.05, 0.5) };
            (way, way[0] * at[0] + way[1] * at[1] + out)
        })
        .collect();
    Shadow { sides, depth: between(rng, 0.15, 0.75), softness: mostly(rng, 0.004, 0.35, 2) }
}

fn camera(rng: &mut Rng, level: f32) -> Camera {
    let dark = (0.5 - level).max(0.0) * 2.0;
    // Thousandths of the longer side: 3.9 is a pixel at 256.
    let focus_blur = if chance(rng, 0.85) { mostly(rng, 0.0, 3.0, 1) } else { mostly(rng, 3.0, 15.6, 3) };
    let motion_blur = if chance(rng, 0.14 + 0.2 * f64::from(dark)) { mostly(rng, 1.0, 47.0, 3) } else { 0.0 };
    Camera {
        focus_blur,
        motion_blur,
        motion_degrees: any_angle(rng),
        coarseness: if chance(rng, 0.12) { between(rng, 1.1, 2.2) } else { 1.0 },
        noise: mostly(rng, 0.002, 0.05, 5) * (1.0 + 2.0 * dark),
        sharpening: if chance(rng, 0.25) { between(rng, 0.1, 1.2) } else { 0.0 },
        contrast: normal(rng) * 0.3,
        black: mostly(rng, 0.0, 0.12, 3),
        jpeg: chance(rng, 0.3).then(|| rng.random_range(25..92)),
    }
}

/// A sheet of which hardly more than a corner is in the frame.
pub fn corner_only(rng: &mut Rng, sheet: &Sheet, conditions: &Conditions) -> Thing {
    let angle = between(rng, 0.0, 2.0 * PI);
    // Millimetres from the middle of the frame to its corner, roughly.
    let frame_mm = CARD_MM[0] / conditions.pose.size * 0.5;
    let far = frame_mm * between(rng, 0.55, 0.9) + sheet.size_mm[0].hypot(sheet.size_mm[1]) / 2.0;
    lying(rng, sheet, [angle.cos() * far, angle.sin() * far])
}
