use std::sync::Arc;

use image::{Rgb, RgbImage};
use lichtbild_vision::document::DocumentClass;
use lichtbild_vision::geometry::{Point, Quad};

use super::*;
use crate::Rng;
use crate::document::Document;

const SIZE: [usize; 2] = [640, 360];

/// A black card with a white mark of 4 by 4 mm in each corner.
fn marked() -> Document {
    let print = RgbImage::from_fn(856, 540, |x, y| {
        let corner = (!(40..816).contains(&x)) && (!(40..500).contains(&y));
        Rgb(if corner { [255; 3] } else { [0; 3] })
    });
    Document {
        class: DocumentClass::IdFront,
        size_mm: [85.6, 54.0],
        corner_mm: 0.0,
        print,
        written: Vec::new(),
        mrz_zone: None,
        mrz: Vec::new(),
        mrz_rows: Vec::new(),
        portrait: None,
        foil: Vec::new(),
        gloss: 1.0,
        spread: None,
    }
}

/// A card of one colour, of any class.
pub fn plain(class: DocumentClass, _: &mut Rng, scale: f32) -> Document {
    let print = RgbImage::from_pixel((85.6 * scale) as u32, (54.0 * scale) as u32, Rgb([200, 180, 160]));
    Document { class, print, ..marked() }
}

fn conditions() -> Conditions {
    Conditions { backdrop: Backdrop { gain: [0.0; 3], ..Backdrop::default() }, ..Conditions::default() }
}

fn taken(conditions: &Conditions) -> Photograph {
    photograph(Some(&Sheet::new(&marked())), conditions, SIZE, Ink::Luma)
}

fn shoot(seed: u64, supply: &Supply, class: Option<DocumentClass>) -> Photograph {
    let shot = Shot::new(seed, None, supply, class);
    photograph(shot.sheet.as_deref(), &shot.conditions, [96, 96], Ink::Luma)
}

fn truth(change: impl FnOnce(&mut Conditions)) -> Truth {
    let mut conditions = conditions();
    change(&mut conditions);
    taken(&conditions).truth
}

/// Where the white mark nearest to a place has its middle, in pixels.
fn mark_near(photograph: &Photograph, place: Point) -> Point {
    let (mut x, mut y, mut weight) = (0.0, 0.0, 0.0);
    for (at, &pixel) in photograph.pixels.iter().enumerate() {
        let here = Point::new((at % SIZE[0]) as f32 + 0.5, (at / SIZE[0]) as f32 + 0.5);
        if here.distance(place) < 40.0 && pixel > 20 {
            // The mark's light, not its stored value.
            let light = (f32::from(pixel) / 255.0).powf(2.2);
            (x, y, weight) = (x + here.x * light, y + here.y * light, weight + light);
        }
    }
    Point::new(x / weight, y / weight)
}

fn near(value: f32, wanted: f32, by: f32) {
    assert!((value - wanted).abs() <= by, "{value} is not {wanted} ± {by}");
}

#[test]
fn corners_are_where_the_label_says() {
    let poses = [
        Pose::default(),
        Pose { roll_degrees: 25.0, tilt_degrees: 35.0, tilt_towards_degrees: 60.0, ..Pose::default() },
        Pose { roll_degrees: 180.0, size: 0.5, centre: Point::new(0.35, 0.6), ..Pose::default() },
        Pose { roll_degrees: -90.0, tilt_degrees: 20.0, centre: Point::new(0.6, 0.45), ..Pose::default() },
    ];
    for (pose, bulge, bend) in poses.into_iter().flat_map(|pose| {
        let arch = Bend::Arch { along_degrees: 0.0, height_mm: 4.0 };
        [(pose, 0.0, Bend::Flat), (pose, 0.1, Bend::Flat), (pose, -0.1, arch)]
    }) {
        let conditions = Conditions { pose, bend, lens: Lens { focal: 0.8, bulge }, ..conditions() };
        let photograph = taken(&conditions);
        let quad = photograph.truth.quad.scaled(SIZE[0] as f32, SIZE[1] as f32);
        // Middle of each mark, 2 mm inside its corner.
        let marks = lichtbild_vision::geometry::Homography::between(&Quad::of_size(85.6, 54.0), &quad)
            .expect("a document that is seen has four corners");
        let inside = [(2.0, 2.0), (83.6, 2.0), (83.6, 52.0), (2.0, 52.0)];
        for ((x, y), corner) in inside.into_iter().zip(quad.0) {
            let expected = marks.apply(Point::new(x, y));
            let found = mark_near(&photograph, corner);
            let off = found.distance(expected);
            let allowed = if bend == Bend::Flat { 0.5 } else { 1.0 };
            assert!(off < allowed, "{off} pixels off at {corner:?} with {pose:?}, bulge {bulge}, {bend:?}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_frame() {
    let of = |seed| {
        let supply = Supply::new(None, plain, 5.0).expect("no folder is read");
        shoot(seed, &supply, None)
    };
    let supply = Supply::new(None, plain, 5.0).expect("no folder is read");
    for seed in [0, 5, 300] {
        let (one, other) = (of(seed), shoot(seed, &supply, None));
        assert_eq!(one.pixels, other.pixels, "seed {seed}");
        assert_eq!(one.truth, other.truth, "seed {seed}");
    }
    assert_ne!(of(1).pixels, of(2).pixels);
}

#[test]
fn records_come_in_order_whatever_the_threads() {
    let write = |threads| {
        let supply = Supply::new(None, plain, 2.0).expect("no folder is read");
        let mut out = Vec::new();
        write_records(threads, 250, 12, |seed| frame_record(seed, 32, None, &supply), &mut out)
            .expect("memory takes everything");
        out
    };
    let records = write(1);
    assert_eq!(records.len(), 12 * (LABELS * 4 + 32 * 32 + 8 * 8));
    assert_eq!(records, write(3));
}

#[test]
fn what_is_cut_off_is_not_inside() {
    let whole = truth(|_| ());
    near(whole.inside, 1.0, 0.0);
    assert_eq!(whole.corners, [true; 4]);
    let half = truth(|conditions| conditions.pose.centre = Point::new(0.0, 0.5));
    near(half.inside, 0.5, 0.03);
    near(half.visible, 0.5, 0.03);
    assert_eq!(half.corners, [false, true, true, false]);
    assert!(half.quad.0[0].x < 0.0, "a corner that is cut off lies outside");
}

#[test]
fn what_a_hand_covers_is_not_visible() {
    // A limb over the left quarter of the document.
    let hand = |before| Hand {
        limbs: vec![Limb { from: [-0.35, -0.6], to: [-0.35, 0.6], radii: [0.15, 0.15], nail: false, sleeve: None }],
        skin: [0.5, 0.3, 0.2],
        before,
        lit_from: [0.0, -1.0],
    };
    let over = truth(|conditions| conditions.hands.push(hand(true)));
    let left = over.quad.0[0].x - 0.5;
    let right = over.quad.0[1].x - 0.5;
    near(over.covered, (-0.2 - left) / (right - left), 0.03);
    near(over.visible, 1.0 - over.covered, 1e-3);
    assert_eq!(over.corners, [false, true, true, false]);
    near(truth(|conditions| conditions.hands.push(hand(false))).covered, 0.0, 0.0);
}

#[test]
fn the_mask_is_what_is_seen_of_the_document() {
    let photograph = taken(&conditions());
    let mask = photograph.mask(4);
    assert_eq!(mask.len(), 160 * 90);
    let seen: f32 = mask.iter().map(|&share| f32::from(share) / 255.0).sum::<f32>() / mask.len() as f32;
    near(seen, photograph.truth.quad.area(), 0.003);
    assert_eq!((mask[45 * 160 + 80], mask[0]), (255, 0));
}

#[test]
fn angles_and_scale_are_those_of_the_pose() {
    let tilted = truth(|conditions| conditions.pose.tilt_degrees = 30.0);
    near(tilted.tilt_degrees, 30.0, 0.0);
    // Seven tenths of the frame's height: 720 × 0.7 pixels for 54 mm if the longer side has 1280.
    let straight = truth(|_| ());
    near(straight.dpi, 720.0 * 0.7 / 54.0 * 25.4, 1.0);
    let [a, b, c, d] = straight.quad.0;
    near(a.y, 0.15, 1e-3);
    near(c.y, 0.85, 1e-3);
    near((b.x - a.x) * 16.0 / 9.0 / (d.y - a.y), 85.6 / 54.0, 1e-3);
}

#[test]
fn light_and_shadow_are_those_that_fall() {
    let dim = truth(|conditions| conditions.light.level = 0.2);
    let bright = truth(|conditions| conditions.light.level = 0.9);
    near(dim.brightness, 0.485, 0.01);
    near(bright.brightness, 0.955, 0.01);
    near(bright.shadow, 0.0, 0.0);
    let shadowed = truth(|conditions| {
        conditions.light.shadows.push(Shadow { sides: vec![([1.0, 0.0], 0.0)], depth: 0.6, softness: 0.01 });
    });
    near(shadowed.shadow, 0.6, 0.02);
    let everywhere = truth(|conditions| {
        conditions.light.shadows.push(Shadow { sides: vec![([1.0, 0.0], 9.0)], depth: 0.6, softness: 0.01 });
    });
    near(everywhere.shadow, 0.0, 0.02);
}

#[test]
fn glare_is_what_a_reflection_drives_to_white() {
    let glare = |at: [f32; 2]| {
        truth(|conditions| {
            let spot =
                Glare { at, radii: [0.05, 0.05], turn_degrees: 0.0, strength: 3.0, softness: 0.05, window: false };
            conditions.light.glares.push(spot);
        })
    };
    let middle = glare([0.0, 0.0]);
    // Area of the spot ÷ area of the document, both in longer sides.
    let document = middle.quad.scaled(1.0, 9.0 / 16.0).area();
    near(middle.glare, std::f32::consts::PI * 0.05 * 0.05 / document, 0.01);
    near(middle.glare_on_print, 0.0, 0.0);
    near(glare([0.45, 0.25]).glare, 0.0, 0.0);
    let corner = middle.quad.0[0];
    assert!(glare([corner.x - 0.49, (corner.y - 0.49) * 9.0 / 16.0]).glare_on_print > 0.1);
}

#[test]
fn of_a_zone_counts_what_can_be_read() {
    let zone = |change: &dyn Fn(&mut Conditions)| {
        let mut conditions = conditions();
        change(&mut conditions);
        let lower_half = Document { mrz_zone: Some([0.0, 0.5, 1.0, 0.5]), ..marked() };
        photograph(Some(&Sheet::new(&lower_half)), &conditions, SIZE, Ink::Luma).truth.mrz_visible
    };
    let spot =
        |y| Glare { at: [0.0, y], radii: [9.0, 0.1], turn_degrees: 0.0, strength: 3.0, softness: 0.01, window: false };
    near(zone(&|_| ()), 1.0, 0.0);
    near(zone(&|conditions| conditions.light.glares.push(spot(-0.12))), 1.0, 0.1);
    assert!(zone(&|conditions| conditions.light.glares.push(spot(0.12))) < 0.4);
    assert!(zone(&|conditions| conditions.pose.centre.y = 0.9) < 0.7);
    near(truth(|_| ()).mrz_visible, 0.0, 0.0);
}

#[test]
fn a_folded_corner_is_not_visible() {
    let folded = truth(|conditions| conditions.dog_ear = Some(DogEar { corner: 2, share: 0.3 }));
    assert_eq!(folded.corners, [true, true, false, true]);
    near(folded.visible, 1.0 - (54.0_f32 * 0.3).powi(2) / 2.0 / (85.6 * 54.0), 0.01);
}

#[test]
fn the_page_beyond_the_fold_is_not_the_document() {
    let mut open = marked();
    open.spread = Some(RgbImage::from_pixel(856, 540, Rgb([255; 3])));
    let conditions = Conditions { pose: Pose { size: 0.4, ..Pose::default() }, ..conditions() };
    let photograph = photograph(Some(&Sheet::new(&open)), &conditions, SIZE, Ink::Luma);
    let seen = photograph.seen.iter().sum::<f32>() / photograph.seen.len() as f32;
    near(seen, photograph.truth.quad.area(), 0.003);
    let above = photograph.truth.quad.0[0].towards(photograph.truth.quad.0[1], 0.5);
    let at = ((above.y * SIZE[1] as f32) as usize - 20) * SIZE[0] + (above.x * SIZE[0] as f32) as usize;
    assert!(photograph.pixels[at] > 200, "the page above is white");
}

#[test]
fn a_picture_without_a_document_has_no_quad() {
    let supply = Supply::new(None, plain, 3.0).expect("no folder is read");
    for seed in 0..6 {
        let photograph = shoot(seed, &supply, Some(DocumentClass::None));
        assert_eq!(photograph.truth.quad, Quad([Point::default(); 4]));
        assert!(photograph.mask(4).iter().all(|&share| share == 0));
    }
}

#[test]
fn most_pictures_without_a_document_show_something_else_altogether() {
    let supply = Supply::new(None, plain, 1.0).expect("no folder is read");
    let shots: Vec<Shot> = (0..400).map(|seed| Shot::new(seed, None, &supply, None)).collect();
    let documents = |shot: &&Shot| shot.sheet.as_ref().is_some_and(|sheet| sheet.class != DocumentClass::None);
    let without = shots.len() - shots.iter().filter(documents).count();
    let sights = shots.iter().filter(|shot| shot.sheet.is_none() && shot.conditions.ground.is_none()).count();
    assert!((96..160).contains(&without), "{without} of 400 without a document");
    assert!((68..110).contains(&sights), "{sights} of 400 are views of something else");
}

#[test]
fn no_sheet_of_paper_lies_about_where_the_label_says_that_there_is_no_document() {
    // Paper is drawn black, everything else white.
    let draw = |class: DocumentClass, _: &mut Rng, scale: f32| {
        let ink = if class == DocumentClass::Paper || class == DocumentClass::OtherCard { 0 } else { 255 };
        let print = RgbImage::from_pixel((85.6 * scale) as u32, (54.0 * scale) as u32, Rgb([ink; 3]));
        Document { class, print, ..marked() }
    };
    let supply = Supply::new(None, draw, 1.0).expect("no folder is read");
    let without = (0..1500).map(|seed| Shot::new(seed, None, &supply, Some(DocumentClass::None)));
    for (seed, shot) in without.enumerate() {
        for thing in shot.conditions.things.iter().filter(|thing| thing.size_mm.iter().eq(&[85.6, 54.0])) {
            let black = thing.texture.mean()[0] < 0.01;
            let corner = thing.centre_mm[0].hypot(thing.centre_mm[1]) > 60.0;
            assert!(!black || corner, "seed {seed}: a document lies in the picture");
        }
    }
}

/// Luma of a backdrop that is white in its left half, in the middle of the picture's left and right halves.
fn halves(change: impl FnOnce(&mut Backdrop)) -> [u8; 2] {
    let print = RgbImage::from_fn(64, 64, |x, _| Rgb([if x < 32 { 255 } else { 0 }; 3]));
    let mut backdrop = Backdrop {
        texture: Some(Arc::new(Texture::opaque(&print))),
        gain: [1.0; 3],
        share: 0.8,
        offset: [0.5; 2],
        ..Backdrop::default()
    };
    change(&mut backdrop);
    let taken = photograph(None, &Conditions { backdrop, ..Conditions::default() }, SIZE, Ink::Luma);
    [SIZE[0] / 4, SIZE[0] * 3 / 4].map(|x| taken.pixels[SIZE[1] / 2 * SIZE[0] + x])
}

#[test]
fn a_backdrop_is_seen_as_in_a_mirror_and_from_the_side() {
    let [left, right] = halves(|_| ());
    assert!(left > 200 && right < 20);
    let [left, right] = halves(|backdrop| backdrop.mirrored = true);
    assert!(left < 20 && right > 200);
    // Farther away to the right: there more of it is seen, up to the mirror image beyond its edge.
    let [_, right] = halves(|backdrop| (backdrop.lean, backdrop.share) = ([2.9, 0.0], 1.2));
    assert!(right > 200, "what lies beyond the edge is seen: {right}");
}

#[test]
fn a_shadow_falls_where_the_light_casts_it() {
    let beside = |cast: [f32; 2], right: bool| {
        let texture = Arc::new(Texture::opaque(&RgbImage::from_pixel(4, 4, Rgb([200; 3]))));
        let ground = Ground {
            texture,
            edge: Edge::Repeat,
            tile_mm: 100.0,
            turn_degrees: 0.0,
            offset_mm: [0.0; 2],
            gain: [1.0; 3],
            contrast: 1.0,
            gloss: 0.0,
            depth_mm: 4.0,
            end: None,
        };
        let light = Light { cast, ..Light::default() };
        let photograph = taken(&Conditions { ground: Some(ground), light, ..conditions() });
        let quad = photograph.truth.quad.scaled(SIZE[0] as f32, SIZE[1] as f32);
        let x = if right { quad.0[1].x + 6.0 } else { quad.0[0].x - 6.0 };
        photograph.pixels[SIZE[1] / 2 * SIZE[0] + x as usize]
    };
    assert!(beside([1.0, 0.0], true) + 20 < beside([1.0, 0.0], false));
    assert!(beside([-1.0, 0.0], false) + 20 < beside([-1.0, 0.0], true));
}

#[test]
fn fine_print_turns_grey_from_afar() {
    let lines = RgbImage::from_fn(1024, 1024, |x, _| Rgb([if x % 2 == 0 { 0 } else { 255 }; 3]));
    let texture = Arc::new(Texture::opaque(&lines));
    for offset in 0..8 {
        let at = [500.0 + offset as f32 * 0.37, 500.0];
        let [light, ..] = texture.sample(at, [[8.0, 0.0], [0.0, 8.0]], Edge::Clamp);
        near(light, 0.5, 0.01);
    }
}

/// Standard deviation, in pixels, of what a step from dark to light became.
fn width_of_step(camera: &Camera) -> f32 {
    let mut plane = super::film::Plane::new(256, 16);
    for row in plane.values.chunks_exact_mut(256) {
        row[128..].fill(0.8);
    }
    let bytes = super::film::develop(vec![plane], [1.0, 1.0 / 16.0], camera, &mut crate::rng(1));
    let row: Vec<f32> = bytes[256 * 8..256 * 9].iter().map(|&value| super::texture::linear(value)).collect();
    let steps: Vec<(f32, f32)> = row.windows(2).zip(0..).map(|(pair, at)| (at as f32, pair[1] - pair[0])).collect();
    let all: f32 = steps.iter().map(|(_, step)| step).sum();
    let middle = steps.iter().map(|(at, step)| at * step).sum::<f32>() / all;
    (steps.iter().map(|(at, step)| (at - middle).powi(2) * step).sum::<f32>() / all).sqrt()
}

#[test]
fn blur_is_as_wide_as_the_label_says() {
    // A thousandth of the longer side is 0.256 pixels.
    let focus = |focus_blur| width_of_step(&Camera { focus_blur, ..Camera::default() });
    near(focus(4.0), 4.0 * 0.256, 0.05);
    near(focus(15.0), 15.0 * 0.256, 0.1);
    // An even line has a standard deviation of its length ÷ √12.
    let motion = |motion_degrees| width_of_step(&Camera { motion_blur: 40.0, motion_degrees, ..Camera::default() });
    near(motion(0.0), 40.0 * 0.256 / 12.0_f32.sqrt(), 0.3);
    near(motion(90.0), 0.0, 0.1);
    let coarse = width_of_step(&Camera { coarseness: 3.0, ..Camera::default() });
    near(coarse, 3.0 / 2.0, 0.1);
}
