//! A SIM card is registered: what was read is confirmed or doubted, photographed again, or left to a clerk; the shop attests.

use std::{cell::RefCell, rc::Rc};

use lichtbild::{
    session::{Input, Output},
    surface::{Action, Permission, Screen},
};
use lichtbild_protocol::{
    ErrorCode, Sensitive, WayOn,
    case::PersonOutcome,
    document::FieldName,
    flow::{DocumentKind, PermitCategory, ReadingState, Side},
};

use crate::support::{
    server::{Server, Verdict},
    story::{PLANTED, Story},
};

pub fn story(shop: bool, readings: Vec<ReadingState>) -> Story {
    story_of(DocumentKind::SwissIdCard, shop, readings)
}

fn story_of(document: DocumentKind, shop: bool, readings: Vec<ReadingState>) -> Story {
    let mut server = Server::registration(shop);
    server.registration.readings = readings;
    let mut story = Story::new(Rc::new(RefCell::new(server)));
    story.document = document;
    story.open();
    story
}

fn wrong(story: &Story) -> Vec<FieldName> {
    let Screen::DataConfirmation { fields, .. } = story.snapshot().screen else { panic!("{}", story.sees()) };
    fields.into_iter().filter(|facts| facts.wrong).map(|facts| facts.field.name).collect()
}

#[test]
fn at_the_customers_what_was_read_is_confirmed_beside_both_pictures() {
    let mut story = story(false, vec![]);
    story.walk_to("confirm reading");
    story.walk_to("confirm ready");
    let Screen::DataConfirmation { fields, pictures, slow, .. } = story.snapshot().screen else { unreachable!() };
    assert_eq!(fields.len(), 2);
    assert_eq!(pictures.iter().map(|shot| shot.side).collect::<Vec<_>>(), [Side::Front, Side::Back]);
    assert!(!slow && !story.camera_is_on());
    story.walk_to("camera selfie recording");
    story.walk_to("done Success");
    let server = story.server.borrow();
    let confirmed = server.registration.confirmed.as_ref().expect("an answer");
    assert!(confirmed.reading_id.is_some() && confirmed.answers.iter().all(|answer| answer.right));
    let released =
        |url: &str| story.outputs.iter().any(|it| matches!(it, Output::ReleasePicture { picture } if picture == url));
    assert!(pictures.iter().all(|shot| released(&shot.picture)), "nothing is kept after the end");
}

#[test]
fn a_doubt_goes_to_the_clerk_with_its_note_and_can_be_taken_back() {
    let mut story = story(false, vec![]);
    story.walk_to("confirm ready");
    for field in [FieldName::Surname, FieldName::BirthDate] {
        story.act(Action::Doubt { field, wrong: true });
    }
    story.act(Action::Note { field: FieldName::Surname, note: Sensitive::new(format!("  {PLANTED} ")) });
    story.act(Action::Doubt { field: FieldName::BirthDate, wrong: false });
    assert_eq!(wrong(&story), [FieldName::Surname]);
    story.act(Action::Doubt { field: FieldName::Address, wrong: true });
    assert_eq!(wrong(&story), [FieldName::Surname], "what was not read cannot be doubted");
    story.act(Action::Continue);
    story.wait(500);
    story.must_see("explain selfie");
    let server = story.server.borrow();
    let [surname, birth] = &server.registration.confirmed.as_ref().expect("an answer").answers[..] else { panic!() };
    assert_eq!((surname.right, surname.note.as_ref().map(|note| note.expose().as_str())), (false, Some(PLANTED)));
    assert!(birth.right && birth.note.is_none());
}

#[test]
fn the_document_can_be_photographed_again_and_doubts_of_the_old_reading_are_gone() {
    let mut story = story(false, vec![]);
    story.walk_to("confirm ready");
    let Screen::DataConfirmation { pictures: before, .. } = story.snapshot().screen else { unreachable!() };
    story.act(Action::Doubt { field: FieldName::Surname, wrong: true });
    story.act(Action::Retake);
    story.must_see("camera back closed");
    assert!(story.snapshot().can_go_back);
    story.walk_to("confirm reading");
    story.walk_to("confirm ready");
    assert_eq!(wrong(&story), []);
    let Screen::DataConfirmation { pictures, .. } = story.snapshot().screen else { unreachable!() };
    assert_eq!((pictures.len(), &pictures[0]), (2, &before[0]));
    assert_ne!(pictures[1], before[1]);
    story.walk_to("done Success");
}

#[test]
fn who_thinks_better_of_photographing_again_goes_back_to_what_was_read() {
    let mut story = story(false, vec![]);
    story.walk_to("confirm ready");
    story.act(Action::Retake);
    story.walk_to("camera back live");
    story.act(Action::Back);
    story.must_see("confirm ready");
    assert!(!story.camera_is_on());
}

#[test]
fn an_unreadable_document_is_photographed_again_or_left_to_a_clerk() {
    let mut story = story(false, vec![ReadingState::Unreadable, ReadingState::Unreadable]);
    story.walk_to("confirm unreadable");
    story.act(Action::Retake);
    story.walk_to("confirm reading");
    story.walk_to("confirm unreadable");
    story.act(Action::Continue);
    story.wait(500);
    story.must_see("explain selfie");
    let server = story.server.borrow();
    let confirmed = server.registration.confirmed.as_ref().expect("an answer");
    assert!(confirmed.reading_id.is_none() && confirmed.answers.is_empty());
}

#[test]
fn both_sides_are_photographed_again_where_either_may_have_the_zone() {
    let mut story = story_of(DocumentKind::ForeignIdCard, false, vec![ReadingState::Unreadable]);
    story.walk_to("confirm unreadable");
    story.act(Action::Retake);
    story.must_see("camera front closed");
    story.walk_to("camera back closed");
    story.walk_to("confirm ready");
    story.walk_to("done Success");
}

#[test]
fn a_photograph_that_the_server_refuses_can_be_taken_again() {
    let mut story = story(false, vec![]);
    story.walk_to("confirm ready");
    story.act(Action::Retake);
    story.walk_to("review back");
    for _ in 0..2 {
        story.server.borrow_mut().refuses_finish = true;
        story.act(Action::Confirm);
        story.wait(1_000);
    }
    story.act(Action::Take { way: WayOn::Retry });
    story.wait(1_000);
    story.walk_to("confirm ready");
    story.walk_to("done Success");
}

#[test]
fn a_reading_that_never_comes_is_no_dead_end() {
    let mut story = story(false, vec![]);
    story.walk_to("camera back live");
    story.hold_uploads = true;
    story.walk_to("confirm reading");
    story.act(Action::Continue);
    story.wait(20_000);
    story.must_see("confirm reading");
    assert!(matches!(story.snapshot().screen, Screen::DataConfirmation { slow: false, .. }));
    story.wait(15_000);
    assert!(matches!(story.snapshot().screen, Screen::DataConfirmation { slow: true, .. }));
    story.act(Action::Retake);
    story.must_see("camera back closed");
    story.hold_uploads = false;
    story.walk_to("confirm ready");
}

#[test]
fn a_reload_at_what_was_read_leads_back_to_it() {
    let mut story = story(false, vec![]);
    story.walk_to("confirm ready");
    story.reload();
    story.walk_to("confirm ready");
    story.walk_to("done Success");
}

#[test]
fn a_reload_at_what_was_read_shows_the_documents_pictures_again() {
    let mut story = story(false, vec![]);
    story.walk_to("confirm ready");
    let again = |(side, picture): (Side, String)| (side, format!("{picture}, again"));
    let expected: Vec<_> = pictures(&story).into_iter().map(again).collect();
    for _ in 0..2 {
        story.reload();
        story.until(5, "both pictures", |story| story.sees() == "confirm ready" && pictures(story).len() == 2);
        assert_eq!(pictures(&story), expected);
        story.wait(5_000);
        assert_eq!(kept(&story).len(), 2, "the next reload finds them, too");
    }
}

#[test]
fn of_a_picture_taken_again_only_the_newest_is_kept() {
    let mut story = story(false, vec![]);
    story.walk_to("confirm ready");
    let front = pictures(&story).remove(0);
    story.act(Action::Retake);
    story.walk_to("confirm reading");
    story.walk_to("confirm ready");
    let [_, (_, back)] = &pictures(&story)[..] else { panic!("{:?}", pictures(&story)) };
    assert_eq!(kept(&story), [&front.1, back].map(|url| url.trim_start_matches("blob:").to_owned()));
}

#[test]
fn the_back_of_the_document_before_is_not_shown_beside_another_one() {
    let mut story = story(false, vec![]);
    let repeat = ["explain-front", "front-photo", "back-photo", "data-confirmation"];
    let repeat = repeat.map(|step| (step, ErrorCode::DocumentExpired));
    story.server.borrow_mut().verdicts = vec![Verdict::Repeat(repeat.to_vec().leak()), Verdict::Success];
    story.walk_to("confirm ready");
    let card = pictures(&story);
    story.walk_to("explain selfie");
    let released =
        |it: &Output| matches!(it, Output::ReleasePicture { picture } if card.iter().any(|(_, url)| url == picture));
    assert_eq!(story.outputs.iter().filter(|it| released(it)).count(), 2, "it was answered whether they are right");
    story.walk_to("choose");
    story.document = DocumentKind::Passport;
    story.walk_to("confirm ready");
    let shown = pictures(&story);
    assert_eq!(shown.iter().map(|(side, _)| *side).collect::<Vec<_>>(), [Side::Front]);
    assert_ne!(shown[0], card[0]);
    story.walk_to("done Success");
}

#[test]
fn after_a_reload_the_newest_picture_of_a_side_is_the_last_that_was_taken() {
    // Names are random: whether one sorts before the other is chance.
    for again in 1..=4 {
        let mut story = story(false, vec![]);
        story.walk_to("confirm ready");
        for _ in 0..again {
            let left = story.store.listed();
            story.act(Action::Retake);
            story.walk_to("confirm reading");
            story.walk_to("confirm ready");
            let newest = kept(&story);
            // The removal of the older ones got lost.
            story.store.put_back(left);
            story.reload();
            story.until(5, "both pictures", |story| story.sees() == "confirm ready" && pictures(story).len() == 2);
            story.wait(5_000);
            assert_eq!(kept(&story), newest);
        }
    }
}

#[test]
fn who_cancels_without_a_line_leaves_nothing_on_the_device() {
    for screen in ["review back", "confirm reading", "confirm ready"] {
        let mut story = story(false, vec![]);
        story.walk_to(screen);
        assert!(!story.store.entries.is_empty());
        story.line.online = false;
        story.feed(Input::Online(false));
        story.act(Action::Cancel);
        assert!(story.store.entries.is_empty(), "cancelled at {screen}");
        story.line.online = true;
        story.feed(Input::Online(true));
        story.walk_to("done Cancelled");
    }
}

#[test]
fn no_picture_stays_on_the_device_once_it_was_answered_whether_what_was_read_is_right() {
    let mut story = story(false, vec![]);
    story.walk_to("confirm ready");
    assert_eq!(kept(&story).len(), 2);
    story.walk_to("explain selfie");
    assert!(kept(&story).is_empty());
    story.walk_to("done Success");
    assert!(story.store.entries.is_empty());
}

#[test]
fn no_picture_stays_on_the_device_when_the_case_ends_before_that() {
    let reach = |screen| {
        let mut story = story(false, vec![]);
        story.walk_to(screen);
        story
    };
    for screen in ["review back", "confirm reading", "confirm ready"] {
        let mut story = reach(screen);
        story.act(Action::Cancel);
        story.walk_to("done Cancelled");
        assert!(story.store.entries.is_empty(), "cancelled at {screen}");
    }
    // It ended while nobody had the page open.
    let mut story = reach("confirm ready");
    story.server.borrow_mut().snapshot.outcome = Some(PersonOutcome::Expired);
    story.reload();
    story.wait(1_000);
    story.must_see("done Expired");
    assert!(story.store.entries.is_empty());
}

#[test]
fn a_picture_that_nobody_asks_about_any_more_is_not_shown_and_leaves_the_store() {
    let mut story = story(false, vec![]);
    story.walk_to("confirm ready");
    let left = story.store.listed();
    story.walk_to("explain selfie");
    story.store.put_back(left);
    story.reload();
    story.walk_to("explain selfie");
    story.wait(2_000);
    assert!(story.store.entries.is_empty());
    let released = |it: &&Output| matches!(it, Output::ReleasePicture { picture } if picture.ends_with("again"));
    assert_eq!(story.outputs.iter().filter(released).count(), 2);
}

fn pictures(story: &Story) -> Vec<(Side, String)> {
    let Screen::DataConfirmation { pictures, .. } = story.snapshot().screen else { panic!("{}", story.sees()) };
    pictures.into_iter().map(|shot| (shot.side, shot.picture)).collect()
}

/// What the store has of the document, front first.
fn kept(story: &Story) -> Vec<String> {
    ["front-photo", "back-photo"].iter().flat_map(|step| story.store.stills(step)).collect()
}

#[test]
fn in_the_shop_the_clerk_ticks_every_statement_and_says_who_they_are() {
    let mut story = story(true, vec![]);
    story.walk_to("attest");
    let attest = |clerk: &str| Action::Attest { clerk: Sensitive::new(clerk.into()) };
    story.act(attest("Verkauf 12"));
    for id in ["document_seen", "person_matches"] {
        story.act(Action::Tick { id: id.into(), on: true });
    }
    story.act(attest("  "));
    story.wait(500);
    story.must_see("attest");
    assert!(story.server.borrow().registration.attested.is_none());
    story.act(attest(" Verkauf 12 "));
    story.walk_to("done Success");
    let server = story.server.borrow();
    let attested = server.registration.attested.as_ref().expect("an attestation");
    assert_eq!((attested.clerk.expose().as_str(), attested.given.len()), ("Verkauf 12", 2));
}

#[test]
fn where_only_photographs_are_taken_nobody_needs_a_microphone() {
    let mut server = Server::registration(true);
    server.registration.readings = vec![];
    let mut story = Story::new(Rc::new(RefCell::new(server)));
    story.document = DocumentKind::SwissIdCard;
    story.feed(Input::Missing(vec![ErrorCode::MicrophoneMissing]));
    story.open();
    story.walk_to("permissions");
    let Screen::Permissions { microphone, .. } = story.snapshot().screen else { panic!("{}", story.sees()) };
    assert_eq!(microphone, Permission::NotNeeded);
    story.walk_to("done Success");
    assert!(!story.outputs.iter().any(|output| matches!(output, Output::OpenStream { media, .. } if media.audio)));
}

#[test]
fn a_permit_is_chosen_with_its_category() {
    let mut story = story(false, vec![]);
    story.document = DocumentKind::SwissPermit;
    story.walk_to("choose");
    story.act(Action::ChooseDocument { kind: DocumentKind::SwissPermit });
    story.must_see("choose category");
    assert!(story.snapshot().can_go_back);
    story.act(Action::Back);
    story.must_see("choose");
    story.act(Action::ChooseDocument { kind: DocumentKind::SwissPermit });
    story.act(Action::ChooseCategory { category: PermitCategory::G });
    story.wait(500);
    story.must_see("explain front");
    let chosen = |story: &Story| (story.server.borrow().snapshot.document, story.server.borrow().snapshot.category);
    assert_eq!(chosen(&story), (Some(DocumentKind::SwissPermit), Some(PermitCategory::G)));
    story.act(Action::Back);
    story.act(Action::ChooseDocument { kind: DocumentKind::SwissIdCard });
    story.wait(500);
    assert_eq!(chosen(&story), (Some(DocumentKind::SwissIdCard), None));
}

#[test]
fn what_is_told_late_about_the_reading_needs_no_event() {
    let mut story = story(false, vec![]);
    story.walk_to("confirm reading");
    story.feed(Input::EventsLost);
    story.wait(8_000);
    story.must_see("confirm ready");
}
