//! Zones of drawn documents are read back from photographs of them.

use std::path::Path;

use lichtbild_mrz::vote::{Limits, Verdict, vote};
use lichtbild_specimen::{
    document,
    scene::{Conditions, Ink, Photograph, Pose, Supply, photograph},
};
use lichtbild_vision::{
    document::DocumentClass,
    geometry::{Point, Quad},
    luma::Luma,
    mrz::MrzReader,
};

const SIZE: [usize; 2] = [1024, 768];

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
