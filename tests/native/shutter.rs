//! Photographs that are taken by themselves, and those that are not.

use lichtbild::{
    capture::{Facing, StreamFacts},
    observation::{DocumentClass, DocumentSeen, Observation},
    session::{Input, Output},
    surface::{Action, Hint, Screen},
    time::Millis,
};
use lichtbild_protocol::{ErrorCode, case::CaptureOrigin};

use crate::{
    camera::opened,
    good_run::story,
    support::{
        device::{CARD, GOOD},
        story::Story,
    },
};

/// At the live camera of the back photo, with nothing in the picture.
fn before_the_card() -> Story {
    let mut story = story(vec![]);
    story.walk_to("explain back");
    story.device.picture = Observation { document: None, ..GOOD };
    story.walk_to("camera back live");
    story
}

fn by_hand(story: &Story) -> bool {
    let Screen::Camera(camera) = story.snapshot().screen else { panic!("{}", story.sees()) };
    camera.by_hand
}

/// Hands in what lies on the review screen; what made it be taken, as the server hears.
fn origin_told(story: &mut Story) -> Option<CaptureOrigin> {
    story.act(Action::Confirm);
    story.wait(1_000);
    let server = story.server.borrow();
    let [receipt] = server.promised("back-photo") else { panic!("{}", story.sees()) };
    receipt.capture_origin
}

fn stills_asked_for(story: &Story) -> usize {
    story.outputs.iter().filter(|output| matches!(output, Output::TakeStill { .. })).count()
}

#[test]
fn a_card_that_lies_well_is_taken_by_itself_and_shown_straight() {
    let mut story = before_the_card();
    story.wait(2_000);
    assert!(!by_hand(&story));
    assert_eq!(story.snapshot().hint, Some(Hint::ShowDocument));
    let before = stills_asked_for(&story);
    story.device.picture = GOOD;
    story.wait(1_500);
    assert_eq!(stills_asked_for(&story), before + 1, "it was taken within one and a half seconds");
    story.wait(1_000);
    let Screen::Review { outline, warnings, .. } = story.snapshot().screen else { panic!("{}", story.sees()) };
    assert_eq!((outline, warnings), (Some(CARD.quad), vec![]));
    assert!(!story.camera_is_on());
    assert_eq!(origin_told(&mut story), Some(CaptureOrigin::Automatic));
}

#[test]
fn nothing_is_taken_of_an_empty_table_and_the_button_comes_after_eight_seconds() {
    let mut story = before_the_card();
    let before = stills_asked_for(&story);
    story.wait(7_000);
    assert!(!by_hand(&story));
    story.wait(1_500);
    assert!(by_hand(&story));
    assert_eq!(stills_asked_for(&story), before);
    story.act(Action::TakePhoto);
    story.wait(2_000);
    assert!(matches!(story.snapshot().screen, Screen::Review { outline: None, .. }), "{}", story.sees());
    assert_eq!(origin_told(&mut story), Some(CaptureOrigin::ManualLate));
}

#[test]
fn a_lens_that_cannot_focus_near_magnifies_once_and_keeps_its_torch() {
    let mut story = before_the_card();
    let tuned = |story: &Story| -> Vec<_> {
        let told = |output: &Output| match output {
            Output::Tune { torch, zoom } => Some((*torch, *zoom)),
            _ => None,
        };
        story.outputs.iter().filter_map(told).collect()
    };
    let near = DocumentSeen { fill: 0.9, sharpness: 0.1, ..CARD };
    story.device.picture = Observation { document: Some(near), ..GOOD };
    story.wait(6_000);
    assert_eq!(story.snapshot().hint, Some(Hint::OutOfFocus));
    assert_eq!(tuned(&story), [(Some(false), Some(2.0))]);
    story.act(Action::Torch { on: true });
    assert_eq!(tuned(&story)[1..], [(Some(true), Some(2.0))]);
}

#[test]
fn a_face_that_is_out_of_focus_is_not_magnified() {
    let mut story = story(vec![]);
    story.walk_to("camera selfie live");
    story.device.picture = Observation { sharpness: 0.05, ..GOOD };
    story.wait(6_000);
    assert!(!story.outputs.iter().any(|output| matches!(output, Output::Tune { .. })));
}

#[test]
fn a_device_that_photographs_slowly_is_waited_for() {
    let mut story = before_the_card();
    story.device.still_after = Millis(11_000);
    story.device.picture = GOOD;
    story.wait(14_000);
    assert!(matches!(story.snapshot().screen, Screen::Review { .. }), "{}", story.sees());
}

#[test]
fn a_still_of_a_video_that_fails_makes_room_for_the_next() {
    let mut story = story(vec![]);
    story.device.stills = false;
    story.walk_to("camera front live");
    let before = stills_asked_for(&story);
    story.act(Action::Record);
    story.wait(4_000);
    assert!(stills_asked_for(&story) - before >= 2, "{}", stills_asked_for(&story) - before);
}

#[test]
fn a_camera_that_tells_late_which_way_it_looks_turns_picture_and_hints_together() {
    let mut story = before_the_card();
    let over_the_edge = DocumentSeen { cut: [0.1, 0.0, 0.0, 0.0], ..CARD };
    story.device.picture = Observation { document: Some(over_the_edge), ..GOOD };
    story.wait(3_000);
    let shown = |story: &Story| match story.snapshot() {
        snapshot if matches!(&snapshot.screen, Screen::Camera(camera) if camera.mirrored) => (true, snapshot.hint),
        snapshot => (false, snapshot.hint),
    };
    let (mirrored, hint) = shown(&story);
    assert!(!mirrored);
    let (sequence, facts) = opened(&story);
    let facts = StreamFacts { facing: Some(Facing::Front), ..facts };
    story.feed(Input::StreamChanged { sequence, facts });
    story.wait(3_000);
    let (mirrored, turned) = shown(&story);
    assert!(mirrored);
    assert_eq!([hint, turned].map(|hint| hint.expect("a hint")), [Hint::MoveRight, Hint::MoveLeft]);
}

#[test]
fn the_wrong_side_is_not_taken() {
    let mut story = before_the_card();
    let before = stills_asked_for(&story);
    let paper = DocumentSeen { class: DocumentClass::Paper, ..CARD };
    story.device.picture = Observation { document: Some(paper), ..GOOD };
    story.wait(6_000);
    assert_eq!(stills_asked_for(&story), before);
    assert_eq!(story.snapshot().hint, Some(Hint::OtherDocument));
}

#[test]
fn without_its_network_the_button_is_there_at_once() {
    let mut story = before_the_card();
    assert!(!by_hand(&story));
    story.feed(Input::EngineLost(ErrorCode::EngineCrashed));
    story.feed(Input::EngineReady { documents: false, reads: false });
    assert!(by_hand(&story));
    assert!(story.heard_failure(ErrorCode::ModelUnusable));
    story.act(Action::TakePhoto);
    story.wait(1_500);
    assert!(matches!(story.snapshot().screen, Screen::Review { .. }), "{}", story.sees());
    assert_eq!(origin_told(&mut story), Some(CaptureOrigin::ManualNoEngine));
}

#[test]
fn a_still_the_engine_never_looks_at_is_taken_on_all_the_same() {
    let mut story = before_the_card();
    story.device.picture = GOOD;
    story.until(3, "a still", |story| matches!(story.outputs.last(), Some(Output::Tick)));
    story.device.engine_answers = false;
    story.wait(6_000);
    assert!(matches!(story.snapshot().screen, Screen::Review { .. }), "{}", story.sees());
}

#[test]
fn a_still_that_turned_out_blurred_is_dropped_and_the_next_one_taken() {
    let mut story = before_the_card();
    story.device.picture = GOOD;
    let before = stills_asked_for(&story);
    story.until(3, "a still", |story| stills_asked_for(story) > before);
    story.device.picture = Observation { document: Some(DocumentSeen { sharpness: 0.05, ..CARD }), ..GOOD };
    story.wait(1_000);
    story.must_see("camera back live");
    story.device.picture = GOOD;
    story.wait(4_000);
    assert!(matches!(story.snapshot().screen, Screen::Review { .. }), "{}", story.sees());
    assert_eq!(stills_asked_for(&story), before + 2);
}

#[test]
fn the_document_is_outlined_while_it_is_seen() {
    let mut story = before_the_card();
    let outlines = |story: &Story| {
        let seen = |event: &_| matches!(event, lichtbild::surface::CaptureEvent::DocumentSeen { quad: Some(_) });
        story.events.iter().filter(|event| seen(event)).count()
    };
    let before = outlines(&story);
    story.device.picture = Observation { document: Some(DocumentSeen { motion: Some(0.6), ..CARD }), ..GOOD };
    story.wait(1_000);
    assert!(outlines(&story) > before);
    story.device.picture = Observation { document: None, ..GOOD };
    story.wait(500);
    let last =
        story.events.iter().rev().find(|event| matches!(event, lichtbild::surface::CaptureEvent::DocumentSeen { .. }));
    assert!(matches!(last, Some(lichtbild::surface::CaptureEvent::DocumentSeen { quad: None })));
}
