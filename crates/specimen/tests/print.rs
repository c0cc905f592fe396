#![allow(clippy::print_stdout, reason = "it tells what it measured")]
//! Fronts without a zone are held against backs: their own, and other people's. `LICHTBILD_FRONTS=40 cargo test --release --package
//! lichtbild-specimen --test print -- --nocapture` measures more of them, and tells how many.

use std::{env, fmt::Debug, path::Path};

use lichtbild_mrz::{
    Date, Zone, parse,
    print::{Printed, printed, printed_on_all},
};
use lichtbild_specimen::{
    document::{Document, Says, draw_saying},
    rng,
    scene::{Camera, Conditions, Ink, Light, Photograph, Pose, Sheet, photograph},
};
use lichtbild_vision::{document::DocumentClass, geometry::Point, luma::Luma, print::PrintReader};

const TODAY: Date = Date::new(2026, 11, 30);
const SIZE: [usize; 2] = [1280, 960];
/// Pictures of each front.
const TAKES: u64 = 3;
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
fn front(person: u64, take: u64) -> Photograph {
    let conditions = Conditions {
        aspect: SIZE[0] as f32 / SIZE[1] as f32,
        pose: Pose {
            size: 0.8,
            centre: Point::new(0.5, 0.5),
            roll_degrees: ((person + take) % 7) as f32 - 3.0,
            tilt_degrees: ((person + take) % 5) as f32 * 5.0,
            tilt_towards_degrees: (person + 3 * take) as f32 * 77.0,
        },
        light: Light { level: 0.85, ..Light::default() },
        camera: Camera { focus_blur: 0.6 + ((person + take) % 3) as f32 * 0.4, noise: 0.008, ..Camera::default() },
        seed: person + 100 * take,
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
    let count = env::var("LICHTBILD_FRONTS").ok().and_then(|count| count.parse().ok()).unwrap_or(4);
    let mut read = |person, take| -> Vec<String> {
        let picture = front(person, take);
        let quad = picture.truth.quad.scaled(SIZE[0] as f32, SIZE[1] as f32);
        let frame = Luma::new(SIZE[0], SIZE[1], picture.pixels).expect("a picture");
        let phrases = reader.read(&frame, DocumentClass::IdFront, &quad).expect("the network answers");
        phrases.into_iter().map(|phrase| phrase.text).collect()
    };
    let (mut alone, mut together) = (Told::default(), Told::default());
    for person in 0..count {
        let pictures: Vec<Vec<String>> = (0..TAKES).map(|take| read(person, take)).collect();
        let backs = [person, person + ANOTHER].map(back);
        for phrases in &pictures {
            alone.count(person, backs.each_ref().map(|back| printed(phrases, back, TODAY)), phrases);
        }
        together.count(person, backs.each_ref().map(|back| printed_on_all(&pictures, back, TODAY)), &pictures);
    }
    println!(
        "of {} fronts {} go with their own back, and {} are told from another's",
        count * TAKES,
        alone.same,
        alone.other
    );
    println!("of {count} in {TAKES} pictures {} and {}", together.same, together.other);
    assert!(alone.same * 3 >= count * TAKES * 2 && alone.other > 0, "{alone:?} of {}", count * TAKES);
    assert!(together.same * 10 >= count * 9 && together.other * TAKES >= alone.other, "{together:?} of {count}");
}

/// How often fronts were found to go with their own back, and with none of another.
#[derive(Debug, Default)]
struct Told {
    same: u64,
    other: u64,
}

impl Told {
    fn count(&mut self, person: u64, [own, foreign]: [Printed; 2], print: &impl Debug) {
        assert!(own != Printed::Other && foreign != Printed::Same, "{person}: {own:?} {foreign:?} {print:?}");
        self.same += u64::from(own == Printed::Same);
        self.other += u64::from(foreign == Printed::Other);
    }
}
