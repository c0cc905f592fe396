//! Drawn documents are found in photographs of them.

use std::path::Path;

use lichtbild_specimen::{
    document,
    scene::{Conditions, Ink, Photograph, Pose, Shot, Supply, photograph},
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
