//! The machine-readable zone is read while the camera films: the tick on screen, and what the server is told.

use lichtbild::{
    observation::{DocumentSeen, Observation, ZoneFormat, ZoneFound, ZoneRead, ZoneSeen, ZoneWish},
    session::Input,
    surface::{Action, Hint, Screen},
};
use lichtbild_protocol::{
    Sensitive,
    capture::ReportReading,
    flow::{DocumentKind, Side},
};

use crate::{
    good_run::story,
    support::{
        device::{CARD, GOOD},
        story::Story,
    },
};

fn zone(found: ZoneFound) -> Observation {
    Observation { zone: Some(ZoneSeen { found, millis: 40.0 }), ..GOOD }
}

fn read(number: u8) -> Observation {
    let lines = Sensitive::new(vec![format!("line {number}")]);
    zone(ZoneFound::Read(ZoneRead { format: ZoneFormat::Td1, lines, confidence: 0.5 }))
}

/// At the live camera of the back photo, with nothing in the picture.
fn before_the_card() -> Story {
    let mut story = story(vec![]);
    story.walk_to("explain back");
    story.device.picture = Observation { document: None, ..GOOD };
    story.walk_to("camera back live");
    story
}

fn zone_read(story: &Story) -> bool {
    matches!(story.snapshot().screen, Screen::Camera(camera) if camera.zone_read)
}

fn told(story: &Story) -> Vec<ReportReading> {
    story.server.borrow().browser_readings.clone()
}

fn wishes(story: &Story) -> Vec<ZoneWish> {
    let mut wishes = story.device.wishes.clone();
    wishes.dedup();
    wishes
}

#[test]
fn a_zone_that_is_read_is_ticked_and_told_once_when_the_picture_is_confirmed() {
    let mut story = before_the_card();
    story.wait(500);
    assert!(!zone_read(&story));
    story.device.picture = read(1);
    story.wait(300);
    assert!(zone_read(&story));
    story.until(5, "the review", |story| matches!(story.snapshot().screen, Screen::Review { .. }));
    assert_eq!(told(&story), []);
    story.act(Action::Confirm);
    story.wait(1_000);
    let [ReportReading { step, side: Side::Back, artifact: Some(artifact), lines, confidence }] = &told(&story)[..]
    else {
        panic!("{:?}", told(&story))
    };
    assert_eq!(
        (step.as_str(), lines.expose().as_slice(), *confidence),
        ("back-photo", &["line 1".to_owned()][..], 0.5)
    );
    let server = story.server.borrow();
    assert_eq!(server.promised("back-photo").iter().map(|receipt| &receipt.artifact).collect::<Vec<_>>(), [artifact]);
}

#[test]
fn what_the_still_shows_counts_more_than_what_was_read_before() {
    let mut story = before_the_card();
    story.device.picture = read(1);
    story.wait(300);
    story.device.picture = read(2);
    story.until(5, "the review", |story| matches!(story.snapshot().screen, Screen::Review { .. }));
    story.act(Action::Confirm);
    story.wait(1_000);
    assert_eq!(told(&story)[0].lines.expose(), &["line 2"]);
}

#[test]
fn a_picture_taken_again_forgets_what_was_read_on_the_one_before() {
    let mut story = before_the_card();
    story.device.picture = read(1);
    story.until(5, "the review", |story| matches!(story.snapshot().screen, Screen::Review { .. }));
    story.device.picture = zone(ZoneFound::Unreadable);
    story.act(Action::Retake);
    story.until(5, "the camera", |story| story.sees() == "camera back live");
    assert!(!zone_read(&story));
    story.until(5, "the review", |story| matches!(story.snapshot().screen, Screen::Review { .. }));
    story.act(Action::Confirm);
    story.wait(1_000);
    assert_eq!(told(&story), []);
}

#[test]
fn what_was_read_goes_with_its_document() {
    let mut story = before_the_card();
    let fresh = |motion| DocumentSeen { motion, sharpness: 0.1, ..CARD };
    story.device.picture = Observation { document: Some(fresh(Some(0.02))), ..read(1) };
    story.wait(300);
    assert!(zone_read(&story));
    story.device.picture = Observation { document: Some(fresh(None)), ..GOOD };
    story.wait(300);
    assert!(!zone_read(&story));
}

#[test]
fn a_zone_of_another_document_is_neither_ticked_nor_told() {
    let mut story = story(vec![]);
    story.document = DocumentKind::Passport;
    story.device.picture = read(1);
    story.walk_to("camera front live");
    story.wait(2_000);
    assert!(!zone_read(&story));
    assert_eq!(story.snapshot().hint, Some(Hint::ShowDataPage));
}

#[test]
fn the_engine_reads_only_where_the_document_has_its_zone() {
    let mut story = story(vec![]);
    story.walk_to("explain selfie");
    assert_eq!(wishes(&story), [ZoneWish::Elsewhere, ZoneWish::Wanted]);
    story.walk_to("camera selfie live");
    story.wait(500);
    assert_eq!(wishes(&story), [ZoneWish::Elsewhere, ZoneWish::Wanted, ZoneWish::None]);
}

#[test]
fn an_engine_whose_reader_comes_late_or_never_sees_documents_all_the_same() {
    let mut story = before_the_card();
    story.feed(Input::EngineReady { documents: true, reads: false });
    story.device.wishes.clear();
    story.wait(300);
    assert_eq!(wishes(&story), [ZoneWish::None]);
    story.feed(Input::EngineReady { documents: true, reads: true });
    story.device.wishes.clear();
    story.wait(300);
    assert_eq!(wishes(&story), [ZoneWish::Wanted]);
    story.device.picture = GOOD;
    story.until(5, "the review", |story| matches!(story.snapshot().screen, Screen::Review { .. }));
}
