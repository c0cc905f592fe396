//! Lines that lose, stall, lie or end in a sign-in page.

use lichtbild::{
    session::Input,
    surface::{Action, Screen, UploadState},
};
use lichtbild_protocol::{ErrorCode, WayOn, capture::DeviceBinding};

use crate::{good_run::story, support::story::Story};

fn finishes_whole(story: &Story) {
    story.must_see("done Success");
    assert!(story.server.borrow().promised_is_complete());
    assert!(story.store.entries.is_empty());
}

#[test]
fn a_line_that_loses_a_third_of_everything_loses_nothing() {
    for dice in 1..6 {
        let mut story = story(vec![]);
        story.line.loss = 30;
        story.shake(dice);
        story.walk("done Success", 3_000);
        finishes_whole(&story);
    }
}

#[test]
fn a_minute_offline_in_the_middle_of_a_video_is_a_notice_and_no_more() {
    let mut story = story(vec![]);
    story.walk_to("camera front recording");
    story.wait(1_500);
    story.line.online = false;
    story.feed(Input::Online(false));
    assert_eq!(story.snapshot().notice, Some(ErrorCode::NetworkOffline));
    story.wait(12_000);
    story.must_see("review front");
    assert_eq!(story.snapshot().upload.state, UploadState::Offline);
    story.act(Action::Confirm);
    story.wait(48_000);
    let Screen::Review { busy, .. } = story.snapshot().screen else { panic!("{}", story.sees()) };
    assert!(busy);
    story.line.online = true;
    story.feed(Input::Online(true));
    story.wait(1_000);
    story.must_see("explain back");
    assert_eq!(story.snapshot().notice, None);
    story.walk_to("done Success");
    finishes_whole(&story);
}

#[test]
fn a_sign_in_page_in_the_way_is_named() {
    let mut story = story(vec![]);
    story.walk_to("explain whole");
    story.line.captive = true;
    story.act(Action::Continue);
    story.wait(5_000);
    assert_eq!(story.snapshot().notice, Some(ErrorCode::NetworkBlocked));
    story.line.captive = false;
    story.wait(10_000);
    story.walk_to("done Success");
    finishes_whole(&story);
}

#[test]
fn a_token_that_ends_in_mid_upload_is_renewed() {
    let mut story = story(vec![]);
    story.walk_to("camera front recording");
    story.wait(2_000);
    story.server.borrow_mut().expire_tokens();
    story.walk_to("explain back");
    story.server.borrow_mut().expire_tokens();
    story.walk_to("done Success");
    finishes_whole(&story);
    assert!(!story.heard_failure(ErrorCode::SessionExpired));
}

#[test]
fn a_token_that_cannot_be_renewed_is_the_end_here_with_a_way_back() {
    let mut story = story(vec![]);
    story.walk_to("register");
    story.server.borrow_mut().expire_tokens();
    story.act(Action::Continue);
    story.wait(1_000);
    story.must_see("failed session.expired");
    let Screen::Failed { ways_on, .. } = story.snapshot().screen else { unreachable!() };
    assert_eq!(ways_on, [WayOn::BackToPartner]);
    story.act(Action::Take { way: WayOn::BackToPartner });
    assert!(story.events.iter().any(|event| matches!(event, lichtbild::surface::CaptureEvent::Leave { url: Some(_) })));
}

#[test]
fn an_upload_the_server_lost_leads_back_to_its_step() {
    let mut story = story(vec![]);
    story.walk_to("camera front recording");
    story.wait(2_000);
    story.server.borrow_mut().forget_uploads();
    story.until(30, "the loss is told", |story| story.heard_failure(ErrorCode::UploadGone));
    story.must_see("failed upload.gone");
    story.act(Action::Take { way: WayOn::Retake });
    story.walk_to("done Success");
    finishes_whole(&story);
}

#[test]
fn an_upload_lost_after_it_was_promised_is_taken_again_before_the_evaluation() {
    let mut story = story(vec![]);
    story.walk_to("camera selfie recording");
    story.wait(3_000);
    story.walk_to("review selfie");
    story.line.online = false;
    story.feed(Input::Online(false));
    story.act(Action::Confirm);
    story.server.borrow_mut().forget_uploads();
    story.line.online = true;
    story.feed(Input::Online(true));
    story.wait(2_000);
    // Everything promised so far is gone; what the server misses is asked for until the person is told.
    story.until(200, "the person is told or the step is taken again", |story| {
        story.sees().starts_with("camera") || story.sees().starts_with("failed") || story.sees().starts_with("explain")
    });
}

#[test]
fn bytes_that_do_not_move_are_a_slow_upload() {
    let mut story = story(vec![]);
    story.walk_to("camera front recording");
    story.line.loss = 100;
    story.walk_to("review front");
    story.wait(22_000);
    assert_eq!(story.snapshot().notice, Some(ErrorCode::UploadSlow));
    story.line.loss = 0;
    story.wait(31_000);
    assert_ne!(story.snapshot().notice, Some(ErrorCode::UploadSlow));
}

#[test]
fn events_that_break_off_are_listened_to_again_and_waiting_ends_without_them_too() {
    let mut story = story(vec![]);
    story.walk_to("evaluation running");
    story.deafen();
    story.until(60, "the end is found by asking", |story| story.sees() == "done Success");
}

#[test]
fn an_older_snapshot_that_arrives_late_is_ignored() {
    let mut story = story(vec![]);
    story.walk_to("explain whole");
    let old = story.server.borrow().seen_by("desktop");
    story.walk_to("camera front closed");
    story.feed(Input::Pushed(Box::new(old)));
    story.must_see("camera front closed");
}

#[test]
fn a_case_of_another_device_is_not_taken_over() {
    let mut story = story(vec![]);
    story.walk_to("explain whole");
    let mut second = Story::with(
        story.server.clone(),
        "thief",
        &lichtbild::config::Entry::Session(lichtbild_protocol::Sensitive::new(crate::support::server::TOKEN.into())),
    );
    second.open();
    second.wait(2_000);
    assert_eq!(second.server.borrow().seen_by("thief").device, DeviceBinding::Other);
    second.must_see("failed session.other_device");
}

#[test]
fn a_server_of_another_major_version_is_told() {
    let mut story = Story::new(std::rc::Rc::new(std::cell::RefCell::new(crate::support::server::Server::new(vec![]))));
    story.server.borrow_mut().snapshot.protocol = "2.0".into();
    story.open();
    story.wait(500);
    story.must_see("failed session.version_mismatch");
}
