//! The engine reads the zones of drawn documents in films of them: at its own rate, several frames together, and never wrong.

use lichtbild::{
    engine::{Engine, Layout, Picture},
    observation::{ZoneFound, ZoneWish},
    time::Timestamp,
};
use lichtbild_specimen::{
    document,
    scene::{Camera, Conditions, Ink, Pose, Sheet, Supply, photograph},
};
use lichtbild_vision::{document::DocumentClass, geometry::Point};

const DOCUMENT: &[u8] = include_bytes!("../../../models/document/model.onnx");
const FINDER: &[u8] = include_bytes!("../../../models/mrz/finder.onnx");
const READER: &[u8] = include_bytes!("../../../models/mrz/reader.onnx");
const SIZE: [usize; 2] = [1280, 720];
/// Between two looks, milliseconds.
const LOOKS: u64 = 200;

/// A frame of a card in a hand that is not quite still, with a camera's noise.
fn frame(sheet: &Sheet, number: u64) -> Vec<u8> {
    let sway = |period: u64| (number % period) as f32 / period as f32 - 0.5;
    let conditions = Conditions {
        pose: Pose {
            size: 0.72,
            centre: Point::new(0.5 + 0.01 * sway(5), 0.5 + 0.01 * sway(7)),
            roll_degrees: 1.0 + sway(3),
            tilt_degrees: 8.0,
            tilt_towards_degrees: 70.0,
        },
        camera: Camera { noise: 0.1, focus_blur: 1.0 + 0.3 * sway(4), ..Camera::default() },
        seed: number,
        ..Conditions::default()
    };
    photograph(Some(sheet), &conditions, SIZE, Ink::Luma).pixels
}

/// What attempts find in a second and a half of film, each with its time.
fn attempts(engine: &mut Engine, sheet: &Sheet, from: u64) -> Vec<(u64, ZoneFound)> {
    let looks = (0..8).filter_map(|look| {
        let (pixels, at) = (frame(sheet, look), from + look * LOOKS);
        let picture =
            Picture { pixels: &pixels, layout: Layout::Luma, width: SIZE[0], height: SIZE[1], stride: SIZE[0] };
        let seen = engine.frame(&picture, look as u32, Timestamp(at)).expect("a picture");
        let found = engine.read(&picture, &seen, ZoneWish::Wanted, false).expect("a picture")?;
        engine.read_took(60.0);
        Some((at, found))
    });
    looks.collect()
}

#[test]
fn zones_are_read_in_films_more_often_than_in_single_frames_and_never_wrong() {
    let mut engine = Engine::default();
    engine.load_documents(DOCUMENT).expect("the network of the card");
    engine.load_reader(FINDER, READER).expect("the networks of the card");
    let supply = Supply::new(None, document::draw, 12.0).expect("nothing is read");
    let (mut films, mut at_first, mut at_last) = (0, 0, 0);
    for seed in 0..16 {
        let sheet = supply.sheet(seed, DocumentClass::IdBack);
        let found = attempts(&mut engine, &sheet, seed * 60_000);
        for pair in found.windows(2) {
            assert!(pair[1].0 - pair[0].0 >= 400, "attempts at {} and {}", pair[0].0, pair[1].0);
        }
        let read = |found: &ZoneFound| match found {
            ZoneFound::Read(zone) => {
                assert_eq!(zone.lines.expose(), &sheet.mrz.0, "seed {seed}");
                true
            }
            _ => false,
        };
        let all: Vec<bool> = found.iter().map(|(_, found)| read(found)).collect();
        if sheet.mrz.0.is_empty() {
            assert!(!all.contains(&true), "seed {seed}");
        } else {
            films += 1;
            at_first += usize::from(all.first() == Some(&true));
            at_last += usize::from(all.contains(&true));
        }
    }
    println!("{films} films: {at_first} read in the first frame, {at_last} within a second and a half");
    assert!(films >= 8 && at_last > at_first && at_last * 10 >= films * 8, "{at_first}, {at_last} of {films}");
}
