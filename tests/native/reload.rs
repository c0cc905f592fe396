//! Pages that are loaded again, at every screen, in mid-upload and while recording; and two tabs at once.

use lichtbild::{session::Input, surface::Action};
use lichtbild_protocol::{ErrorCode, WayOn};

use crate::{good_run::story, support::server::Verdict};

#[test]
fn a_reload_at_any_screen_comes_back_to_the_same_step() {
    for (screen, after) in [
        ("register", "register"),
        ("explain whole", "explain whole"),
        ("consents", "consents"),
        ("permissions open open", "permissions"),
        ("permissions granted granted", "permissions"),
        ("choose", "choose"),
        ("explain front", "explain front"),
        ("camera front live", "camera front closed"),
        ("review front", "camera front closed"),
        ("camera back closed", "camera back closed"),
        ("review selfie", "camera selfie closed"),
        ("evaluation running", "evaluation running"),
    ] {
        let mut story = story(vec![]);
        story.walk_to(screen);
        story.reload();
        story.wait(500);
        assert!(story.sees().starts_with(after), "reloaded at {screen}: {}", story.sees());
        story.walk_to("done Success");
        assert!(story.server.borrow().promised_is_complete(), "reloaded at {screen}");
        assert!(story.store.entries.is_empty(), "reloaded at {screen}");
    }
}

#[test]
fn a_reload_in_mid_upload_loses_nothing() {
    let mut story = story(vec![]);
    story.walk_to("camera selfie recording");
    story.wait(2_000);
    // Requests of the last step get through, bytes do not.
    story.walk_to("review selfie");
    story.hold_uploads = true;
    story.act(Action::Retake);
    story.wait(600);
    story.walk_to("evaluation");
    story.wait(3_000);
    story.must_see("evaluation");
    assert!(!story.store.entries.is_empty());
    story.reload();
    story.hold_uploads = false;
    story.walk_to("done Success");
    assert!(story.server.borrow().promised_is_complete() && story.store.entries.is_empty());
    assert!(!story.heard_failure(ErrorCode::RecorderInterrupted), "nothing was cut off");
}

#[test]
fn a_reload_while_recording_keeps_what_there_is_as_evidence_and_takes_the_step_again() {
    let mut story = story(vec![]);
    story.walk_to("camera front recording");
    story.wait(2_500);
    story.reload();
    story.wait(1_000);
    story.must_see("camera front closed");
    assert_eq!(story.snapshot().notice, Some(ErrorCode::RecorderInterrupted));
    story.walk_to("explain back");
    assert_eq!(story.snapshot().notice, None);
    story.walk_to("done Success");
    let server = story.server.borrow();
    assert!(server.unpromised("front-video") >= 1, "the cut-off recording is there and was not handed in");
    assert!(server.promised_is_complete() && story.store.entries.is_empty());
}

#[test]
fn a_reload_after_the_end_shows_the_end_and_leaves_nothing_behind() {
    let mut story = story(vec![]);
    story.walk_to("done Success");
    story.reload();
    story.wait(500);
    story.must_see("done Success");
    assert!(story.store.entries.is_empty());
}

#[test]
fn a_reload_between_attempts_shows_what_is_needed_again() {
    let mut story = story(vec![Verdict::Repeat(&[("selfie-video", ErrorCode::MediaSilent)])]);
    story.walk_to("repeat selfie-video");
    story.reload();
    story.wait(500);
    story.must_see("repeat selfie-video");
    story.walk_to("done Success");
}

#[test]
fn a_second_tab_stops_this_one_until_it_is_closed() {
    let mut story = story(vec![]);
    story.walk_to("camera front recording");
    story.wait(1_500);
    story.feed(Input::Elsewhere(true));
    story.must_see("failed session.elsewhere");
    assert!(!story.camera_is_on());
    story.act(Action::Take { way: WayOn::Retry });
    story.feed(Input::Elsewhere(true));
    story.must_see("failed session.elsewhere");
    story.feed(Input::Elsewhere(false));
    story.wait(1_000);
    story.must_see("camera front closed");
    story.walk_to("done Success");
}

#[test]
fn a_store_that_fails_is_told_and_capture_goes_on() {
    let mut story = story(vec![]);
    story.walk_to("camera front closed");
    story.feed(Input::StoreFailed(ErrorCode::StoreFull));
    assert_eq!(story.snapshot().notice, Some(ErrorCode::StoreFull));
    story.walk_to("done Success");
}

#[test]
fn what_neither_the_server_nor_this_device_has_is_taken_again() {
    let mut story = story(vec![]);
    story.walk_to("camera selfie recording");
    story.hold_uploads = true;
    story.walk_to("evaluation");
    story.store.entries.clear();
    story.reload();
    story.hold_uploads = false;
    story.until(60, "the step is taken again", |story| story.sees() == "camera selfie closed");
    assert_eq!(story.snapshot().notice, Some(ErrorCode::UploadGone));
    story.walk_to("done Success");
    assert!(story.server.borrow().promised_is_complete());
}
