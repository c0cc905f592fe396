//! Zones of drawn documents are read back from photographs of them.

use std::path::Path;

use lichtbild_mrz::vote::{Limits, Verdict, vote};
use lichtbild_specimen::{
    document,
    scene::{Conditions, Ink, Photograph, Pose, Shot, Supply, photograph},
};
use lichtbild_vision::{
    document::{Detector, DocumentClass},
    geometry::{Point, Quad},
    luma::Luma,
    mrz::MrzReader,
};

const SIZE: [usize; 2] = [1024, 768];
/// Of scenes as `specimen scenes` draws them, and pixels a millimetre of their cards.
const SCENE: [usize; 2] = [1280, 960];
const SCALE: f32 = SCENE[0] as f32 / 51.0;

fn reader() -> MrzReader {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/mrz");
    let file = |name: &str| std::fs::read(models.join(name)).expect("the project has its networks");
    MrzReader::load(&file("finder.onnx"), &file("reader.onnx")).expect("they are those of the card")
}

fn taken(conditions: &Conditions, class: DocumentClass, seed: u64) -> (Photograph, Vec<String>) {
    let supply = Supply::new(None, document::draw, 10.0).expect("nothing is read");
    let sheet = supply.sheet(seed, class);
    (photograph(Some(&sheet), conditions, SIZE, Ink::Luma), sheet.mrz.0.clone())
}

fn read(reader: &mut MrzReader, photograph: &Photograph, corners: bool) -> Option<Verdict> {
    let frame = Luma::new(SIZE[0], SIZE[1], photograph.pixels.as_slice()).expect("a picture");
    let [width, height] = SIZE.map(|side| side as f32);
    let quad: Quad = photograph.truth.quad.scaled(width, height);
    let document = corners.then_some((photograph.truth.class, &quad));
    let sighting = reader.read(&frame, document).expect("the networks answer")?;
    vote(&[sighting.reading], &Limits::default())
}

fn conditions(seed: u64, turn: f32) -> Conditions {
    Conditions {
        aspect: SIZE[0] as f32 / SIZE[1] as f32,
        pose: Pose {
            size: 0.85,
            centre: Point::new(0.5, 0.5),
            roll_degrees: turn + (seed % 7) as f32 - 3.0,
            tilt_degrees: (seed % 4) as f32 * 6.0,
            tilt_towards_degrees: seed as f32 * 77.0,
        },
        seed,
        ..Conditions::default()
    }
}

#[test]
fn zones_are_read_back_and_never_valid_but_wrong() {
    let mut reader = reader();
    let (mut all, mut exact) = (0, 0);
    for seed in 0..12 {
        for class in [DocumentClass::IdBack, DocumentClass::PassportPage] {
            let (picture, lines) = taken(&conditions(seed, 0.0), class, seed);
            if lines.is_empty() {
                continue;
            }
            let Some(verdict) = read(&mut reader, &picture, true) else {
                all += 1;
                continue;
            };
            all += 1;
            let right = verdict.zone.lines() == lines;
            exact += usize::from(right);
            assert!(right || !verdict.valid(), "{:?} for {lines:?}", verdict.zone.lines());
        }
    }
    assert!(all >= 20 && exact * 10 >= all * 9, "{exact} of {all}");
}

#[test]
fn corners_in_the_wrong_order_and_the_wrong_class_cost_nothing() {
    let mut reader = reader();
    let exact = (0..12).filter(|&seed| {
        let (mut picture, lines) = taken(&conditions(seed, 0.0), DocumentClass::IdBack, seed);
        let Quad([a, b, c, d]) = picture.truth.quad;
        (picture.truth.quad, picture.truth.class) = (Quad([c, d, a, b]), DocumentClass::IdFront);
        read(&mut reader, &picture, true).is_some_and(|verdict| verdict.zone.lines() == lines)
    });
    let exact = exact.count();
    assert!(exact >= 9, "{exact} of 12");
}

#[test]
fn a_photograph_without_known_corners_is_read_at_any_of_four_turns() {
    let mut reader = reader();
    for turn in [0.0, 90.0, 180.0, 270.0] {
        let exact = (20..26).filter(|&seed| {
            let (picture, lines) = taken(&conditions(seed, turn), DocumentClass::PassportPage, seed);
            read(&mut reader, &picture, false).is_some_and(|verdict| verdict.zone.lines() == lines)
        });
        let exact = exact.count();
        assert!(exact >= 3, "{exact} of 6 at {turn}°");
    }
}

/// The zone of a scene as a server sees it, and what stands there.
fn of_scene(reader: &mut MrzReader, seed: u64, class: DocumentClass) -> (Vec<String>, Vec<String>) {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/document/model.onnx");
    let model = std::fs::read(model).expect("the project has its network");
    let mut detector = Detector::load(&model).expect("it is that of the card");
    let supply = Supply::new(None, document::draw, SCALE).expect("nothing is read");
    let shot = Shot::new(seed, Some(SCENE[0] as f32 / SCENE[1] as f32), &supply, Some(class));
    let picture = photograph(shot.sheet.as_deref(), &shot.conditions, SCENE, Ink::Luma);
    let frame = Luma::new(SCENE[0], SCENE[1], picture.pixels).expect("a picture");
    let found = detector.search(&frame).expect("the network answers");
    let sighting = reader.read(&frame, Some((found.class, &found.quad))).expect("the networks answer");
    let lines = sighting.map_or_else(Vec::new, |sighting| {
        let verdict = vote(std::slice::from_ref(&sighting.reading), &Limits::default());
        verdict.map_or_else(|| sighting.lines(), |verdict| verdict.zone.lines().to_vec())
    });
    (lines, shot.sheet.map_or_else(Vec::new, |sheet| sheet.mrz.0.clone()))
}

#[test]
fn lines_that_are_found_too_short_or_not_at_all_are_read() {
    let mut reader = reader();
    for (seed, class) in [
        (9_200_001_036, DocumentClass::IdBack),
        (9_200_007_183, DocumentClass::IdBack),
        (9_200_008_960, DocumentClass::PassportPage),
    ] {
        let (lines, wanted) = of_scene(&mut reader, seed, class);
        assert_eq!(lines, wanted, "{seed}");
    }
}

#[test]
fn what_has_no_zone_has_no_valid_one() {
    let mut reader = reader();
    for seed in 0..12 {
        for class in [DocumentClass::OtherCard, DocumentClass::Paper] {
            let (picture, _) = taken(&conditions(seed, 0.0), class, seed);
            assert!(!read(&mut reader, &picture, false).is_some_and(|verdict| verdict.valid()));
        }
    }
}
