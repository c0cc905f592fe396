//! Drawn documents are found in photographs of them.

use std::path::Path;

use lichtbild_specimen::{
    document,
    scene::{Camera, Conditions, Ink, Photograph, Pose, Shot, Supply, photograph},
};
use lichtbild_vision::{
    document::{Detection, Detector, DocumentClass},
    geometry::{Point, Quad},
    luma::Luma,
};

const SIZE: [usize; 2] = [1280, 960];
const ASPECT: f32 = SIZE[0] as f32 / SIZE[1] as f32;

fn detector() -> Detector {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/document/model.onnx");
    Detector::load(&std::fs::read(path).expect("the project has its network")).expect("it is that of the card")
}

fn supply() -> Supply {
    Supply::new(None, document::draw, 10.0).expect("nothing is read")
}

fn looked(detector: &mut Detector, picture: &Photograph) -> Detection {
    let frame = Luma::new(SIZE[0], SIZE[1], picture.pixels.as_slice()).expect("a picture");
    detector.look(&frame).expect("the network answers")
}

fn quad(picture: &Photograph) -> Quad {
    picture.truth.quad.scaled(SIZE[0] as f32, SIZE[1] as f32)
}

/// A card that fills half of the frame, its middle here.
fn card(seed: u64, centre: Point) -> Photograph {
    let pose = Pose {
        size: 0.5,
        centre,
        roll_degrees: (seed * 7 % 31) as f32 - 15.0,
        tilt_degrees: (seed % 4) as f32 * 6.0,
        tilt_towards_degrees: seed as f32 * 77.0,
    };
    let conditions = Conditions { aspect: ASPECT, pose, seed, ..Conditions::default() };
    photograph(Some(&supply().sheet(seed, DocumentClass::IdFront)), &conditions, SIZE, Ink::Luma)
}

fn followed(detector: &mut Detector, picture: &Photograph, last: &Quad) -> Option<Detection> {
    let frame = Luma::new(SIZE[0], SIZE[1], picture.pixels.as_slice()).expect("a picture");
    detector.follow(&frame, last).expect("the network answers")
}

/// Cards and pages that take up an eighth of the frame's width, somewhere in it.
fn small() -> impl Iterator<Item = Photograph> {
    let supply = supply();
    (0..16).map(move |seed| {
        let class = [DocumentClass::IdFront, DocumentClass::IdBack, DocumentClass::PassportPage][seed as usize % 3];
        let away = |turn: u64| 0.2 + 0.6 * (seed * turn % 16) as f32 / 15.0;
        let pose = Pose {
            size: 0.125,
            centre: Point::new(away(5), away(11)),
            roll_degrees: (seed * 7 % 31) as f32 - 15.0,
            tilt_degrees: (seed % 4) as f32 * 6.0,
            tilt_towards_degrees: seed as f32 * 77.0,
        };
        let conditions = Conditions { aspect: ASPECT, pose, seed, ..Conditions::default() };
        photograph(Some(&supply.sheet(seed, class)), &conditions, SIZE, Ink::Luma)
    })
}

#[test]
fn what_is_small_is_looked_at_again_from_nearer() {
    let mut detector = detector();
    let mut overlaps: Vec<f32> =
        small().map(|picture| looked(&mut detector, &picture).quad.overlap(&quad(&picture))).collect();
    overlaps.sort_by(f32::total_cmp);
    let (mean, median) = (overlaps.iter().sum::<f32>() / overlaps.len() as f32, overlaps[overlaps.len() / 2]);
    // In a single look a card is sixteen of the network's pixels long.
    assert!(mean > 0.95 && median > 0.98, "mean {mean}, median {median}: {overlaps:?}");
}

#[test]
fn in_single_pictures_more_is_found_than_at_a_glance() {
    let (mut detector, supply) = (detector(), supply());
    let (mut glance, mut search) = (0, 0);
    for seed in 0..48 {
        let shot = Shot::new(9_900_000_000 + seed * 256, Some(ASPECT), &supply, Some(DocumentClass::IdBack));
        let picture = photograph(shot.sheet.as_deref(), &shot.conditions, SIZE, Ink::Luma);
        let frame = Luma::new(SIZE[0], SIZE[1], picture.pixels.as_slice()).expect("a picture");
        let is_found = |found: Detection| {
            usize::from(found.evidence >= Detector::LEAST_EVIDENCE && found.quad.overlap(&quad(&picture)) > 0.8)
        };
        glance += is_found(detector.look(&frame).expect("the network answers"));
        search += is_found(detector.search(&frame).expect("the network answers"));
    }
    assert!(search >= 36 && search > glance, "{glance} at a glance, {search} by search, of 48");
}

/// Cards and pages that are tilted far and turned any way.
fn slanted() -> impl Iterator<Item = Photograph> {
    let supply = supply();
    (0..24).map(move |seed| {
        let class = [DocumentClass::IdFront, DocumentClass::IdBack, DocumentClass::PassportPage][seed as usize % 3];
        let pose = Pose {
            size: 0.55,
            centre: Point::new(0.5, 0.5),
            roll_degrees: (seed * 137 % 360) as f32,
            tilt_degrees: 30.0 + (seed % 4) as f32 * 5.0,
            tilt_towards_degrees: seed as f32 * 77.0,
        };
        let camera = Camera { focus_blur: 1.2, noise: 0.03, ..Camera::default() };
        let conditions = Conditions { aspect: ASPECT, pose, camera, seed, ..Conditions::default() };
        photograph(Some(&supply.sheet(100 + seed, class)), &conditions, SIZE, Ink::Luma)
    })
}

#[test]
fn what_is_tilted_far_is_looked_at_again_square_on() {
    let mut detector = detector();
    let overlaps: Vec<f32> =
        slanted().map(|picture| looked(&mut detector, &picture).quad.overlap(&quad(&picture))).collect();
    // From nearer alone, three of them are up to a seventh off.
    assert!(overlaps.iter().all(|&overlap| overlap > 0.95), "{overlaps:?}");
}

#[test]
fn more_speaks_for_documents_than_for_what_only_looks_like_one() {
    let (mut detector, supply) = (detector(), supply());
    let mut enough = |class: DocumentClass| {
        let speaks = |seed: &u64| {
            let shot = Shot::new(9_800_000_000 + seed * 256, Some(ASPECT), &supply, Some(class));
            let picture = photograph(shot.sheet.as_deref(), &shot.conditions, SIZE, Ink::Luma);
            looked(&mut detector, &picture).evidence >= Detector::LEAST_EVIDENCE
        };
        (0..24).filter(speaks).count()
    };
    let [cards, pages, nothing] =
        [DocumentClass::IdFront, DocumentClass::PassportPage, DocumentClass::None].map(&mut enough);
    assert!(cards >= 18 && pages >= 18 && nothing <= 4, "of 24: {cards} cards, {pages} pages, {nothing} of nothing");
}

#[test]
fn what_moves_a_little_is_followed_and_what_moves_far_has_to_be_looked_for() {
    let mut detector = detector();
    for seed in 0..6 {
        let last = quad(&card(seed, Point::new(0.45, 0.5)));
        let next = card(seed, Point::new(0.48, 0.49));
        let found = followed(&mut detector, &next, &last).expect("it is still there");
        let overlap = found.quad.overlap(&quad(&next));
        assert!(overlap > 0.93 && found.class == DocumentClass::IdFront, "{seed}: {overlap} {:?}", found.class);
        for elsewhere in [Point::new(0.7, 0.6), Point::new(0.3, 0.3)] {
            assert_eq!(followed(&mut detector, &card(seed, elsewhere), &last), None, "{seed}");
        }
    }
}

#[test]
fn what_lay_at_the_edge_of_the_frame_has_to_be_looked_for() {
    let picture = card(1, Point::new(0.25, 0.5));
    assert_eq!(followed(&mut detector(), &picture, &quad(&picture)), None);
}

#[test]
fn where_nothing_lies_any_more_nothing_is_followed() {
    let empty = Luma::new(SIZE[0], SIZE[1], vec![128; SIZE[0] * SIZE[1]]).expect("a picture");
    let middle = quad(&card(1, Point::new(0.5, 0.5)));
    assert_eq!(detector().follow(&empty, &middle).expect("it answers"), None, "there is nothing");
}
