#![allow(clippy::print_stdout, reason = "it tells what it measured")]
//! Fronts without a zone are held against backs: their own, and other people's. `LICHTBILD_FRONTS=40 cargo test --release --package
//! lichtbild-specimen --test print -- --nocapture` measures more of them, and tells how many.

use std::{env, path::Path};

use lichtbild_mrz::{
    Date, Zone, parse,
    print::{Printed, printed},
};
use lichtbild_specimen::{
    document::{Document, Says, draw_saying},
    rng,
    scene::{Camera, Conditions, Ink, Light, Photograph, Pose, Sheet, photograph},
};
use lichtbild_vision::{document::DocumentClass, geometry::Point, luma::Luma, print::PrintReader};

const TODAY: Date = Date::new(2026, 11, 30);
const SIZE: [usize; 2] = [1280, 960];
/// Seeds between a person and the other one whose back is shown.
const ANOTHER: u64 = 1000;

fn document(class: DocumentClass, person: u64, scale: f32) -> Document {
    let says = Says {
        zone: Some(class == DocumentClass::IdBack),
        person: Some(person),
        issuer: Some("D".into()),
        code: Some("ID".into()),
        expires: Some(2031 + person as u32 % 4),
    };
    draw_saying(class, &says, &mut rng(person), scale)
}

fn back(person: u64) -> Zone {
    let lines = document(DocumentClass::IdBack, person, 2.0).mrz;
    parse(&lines.iter().map(String::as_str).collect::<Vec<_>>()).expect("a zone")
}

/// A card about as long as four fifths of the picture, in no matter what type.
fn front(person: u64) -> Photograph {
    let conditions = Conditions {
        aspect: SIZE[0] as f32 / SIZE[1] as f32,
        pose: Pose {
            size: 0.8,
            centre: Point::new(0.5, 0.5),
            roll_degrees: (person % 7) as f32 - 3.0,
            tilt_degrees: (person % 5) as f32 * 5.0,
            tilt_towards_degrees: person as f32 * 77.0,
        },
        light: Light { level: 0.85, ..Light::default() },
        camera: Camera { focus_blur: 0.6 + (person % 3) as f32 * 0.4, noise: 0.008, ..Camera::default() },
        seed: person,
        ..Conditions::default()
    };
    let sheet = Sheet::new(&document(DocumentClass::IdFront, person, 12.0));
    photograph(Some(&sheet), &conditions, SIZE, Ink::Luma)
}

#[test]
fn a_front_is_never_taken_for_anothers_nor_another_back_for_its_own() {
    let file = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/mrz/print.onnx"));
    let mut reader =
        PrintReader::load(&file.expect("the project has its networks")).expect("it is the one of the card");
    let count = env::var("LICHTBILD_FRONTS").ok().and_then(|count| count.parse().ok()).unwrap_or(8);
    let (mut same, mut other) = (0, 0);
    for person in 0..count {
        let picture = front(person);
        let quad = picture.truth.quad.scaled(SIZE[0] as f32, SIZE[1] as f32);
        let frame = Luma::new(SIZE[0], SIZE[1], picture.pixels).expect("a picture");
        let phrases = reader.read(&frame, DocumentClass::IdFront, &quad).expect("the network answers");
        let phrases: Vec<String> = phrases.into_iter().map(|phrase| phrase.text).collect();
        let [own, foreign] = [person, person + ANOTHER].map(|person| printed(&phrases, &back(person), TODAY));
        assert!(own != Printed::Other && foreign != Printed::Same, "{person}: {own:?} {foreign:?} {phrases:?}");
        same += u64::from(own == Printed::Same);
        other += u64::from(foreign == Printed::Other);
    }
    println!("of {count} fronts {same} go with their own back, and {other} are told from another's");
    assert!(same * 3 >= count * 2 && other > 0, "{same} and {other} of {count}");
}
