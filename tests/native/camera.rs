//! Cameras that are refused, taken away, covered or stuck.

use lichtbild::{
    capture::{
        PermissionState::{Denied, Granted, Prompt},
        StreamFacts,
    },
    observation::{DocumentSeen, Observation},
    session::{Input, Output},
    surface::{Action, CameraStage, Hint, Permission, Screen},
    time::Millis,
};
use lichtbild_protocol::{ErrorCode, WayOn};

use crate::{
    good_run::story,
    support::{
        device::{CARD, FakeCameras, GOOD},
        story::Story,
    },
};

#[test]
fn each_refusal_is_told_apart_and_can_be_tried_again() {
    for (name, state, policy, code) in [
        ("NotAllowedError", Prompt, true, ErrorCode::CameraRefused),
        ("NotAllowedError", Denied, true, ErrorCode::CameraBlocked),
        ("NotAllowedError", Granted, true, ErrorCode::CameraBlocked),
        ("NotAllowedError", Prompt, false, ErrorCode::CameraPolicy),
        ("NotFoundError", Prompt, true, ErrorCode::CameraMissing),
        ("NotReadableError", Granted, true, ErrorCode::CameraInUse),
        ("TypeError", Prompt, true, ErrorCode::UnsupportedGetUserMedia),
    ] {
        let mut story = story(vec![]);
        story.walk_to("permissions");
        story.device.camera = state;
        story.device.policy_allows = policy;
        story.device.refusals = vec![name];
        story.act(Action::AskCamera);
        assert_eq!(story.sees(), "permissions asking open");
        story.wait(1_500);
        let snapshot = story.snapshot();
        let Screen::Permissions { camera: Permission::Failed { code: seen, ways_on }, .. } = snapshot.screen else {
            panic!("{name} {state:?}: {}", story.sees());
        };
        assert_eq!(seen, code);
        assert!(!ways_on.is_empty() && snapshot.can_help);
        story.device.camera = Prompt;
        story.device.policy_allows = true;
        story.walk_to("done Success");
    }
}

#[test]
fn a_block_that_is_lifted_in_the_settings_opens_the_question_by_itself() {
    let mut story = story(vec![]);
    story.walk_to("permissions");
    story.device.camera = Denied;
    story.act(Action::AskCamera);
    story.wait(1_000);
    story.must_see("permissions camera.blocked open");
    story.act(Action::Take { way: WayOn::Settings });
    story.wait(5_000);
    story.must_see("permissions camera.blocked open");
    story.device.camera = Prompt;
    story.wait(3_000);
    story.must_see("permissions open open");
}

#[test]
fn what_is_granted_already_is_shown_as_granted() {
    let mut story = story(vec![]);
    story.allow_everything();
    story.walk_to("permissions granted granted");
    assert!(!story.outputs.iter().any(|output| matches!(output, Output::OpenStream { .. })));
}

#[test]
fn the_light_goes_off_as_soon_as_the_leave_is_given() {
    let mut story = story(vec![]);
    story.walk_to("permissions granted");
    assert!(!story.camera_is_on());
}

#[test]
fn a_refusal_at_the_step_leads_on() {
    let mut story = story(vec![]);
    story.walk_to("camera front closed");
    story.device.refusals = vec!["NotAllowedError"];
    story.act(Action::OpenCamera);
    story.wait(1_000);
    story.must_see("failed camera.blocked");
    let Screen::Failed { ways_on, detail, .. } = story.snapshot().screen else { unreachable!() };
    assert_eq!(detail.as_deref(), Some("NotAllowedError"));
    assert!(ways_on.contains(&WayOn::OtherDevice));
    story.act(Action::Take { way: WayOn::Retry });
    story.wait(1_000);
    story.must_see("camera front live");
}

#[test]
fn a_camera_that_was_just_let_go_of_is_asked_for_twice() {
    let mut story = story(vec![]);
    story.walk_to("camera front closed");
    story.device.refusals = vec!["NotReadableError"];
    story.act(Action::OpenCamera);
    story.wait(1_600);
    story.must_see("camera front live");
    let mut story = crate::good_run::story(vec![]);
    story.walk_to("camera front closed");
    story.device.refusals = vec!["NotReadableError", "NotReadableError"];
    story.act(Action::OpenCamera);
    story.wait(2_000);
    story.must_see("failed camera.in_use");
}

#[test]
fn an_exact_camera_that_is_not_there_is_dropped_once() {
    let mut story = story(vec![]);
    story.walk_to("camera front closed");
    story.device.refusals = vec!["OverconstrainedError"];
    story.act(Action::OpenCamera);
    story.wait(1_500);
    story.must_see("camera front live");
    let devices = story.outputs.iter().filter_map(|output| match output {
        Output::OpenStream { media, .. } => media.video.as_ref().map(|video| video.device.clone()),
        _ => None,
    });
    let asked: Vec<_> = devices.collect();
    assert!(asked.windows(2).any(|pair| pair == [Some("rear-0".to_owned()), None]), "{asked:?}");
}

#[test]
fn a_browser_that_never_answers_is_a_timeout() {
    let mut story = story(vec![]);
    story.walk_to("camera front closed");
    story.device.hangs = true;
    story.act(Action::OpenCamera);
    story.wait(64_000);
    story.must_see("camera front opening");
    story.wait(2_000);
    story.must_see("failed camera.timeout");
}

#[test]
fn a_stream_that_comes_too_late_is_closed_again() {
    let mut story = story(vec![]);
    story.walk_to("camera front closed");
    story.device.hangs = true;
    story.act(Action::OpenCamera);
    story.wait(66_000);
    story.outputs.clear();
    let facts = lichtbild::capture::StreamFacts::default();
    story.feed(Input::StreamOpened { sequence: 99, facts });
    assert!(matches!(story.outputs[..], [Output::CloseStream]));
}

#[test]
fn the_main_rear_camera_is_chosen_and_the_front_one_for_the_face() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    let opened = |story: &crate::support::story::Story| {
        story.device.open.as_ref().and_then(|media| media.video.as_ref()).and_then(|video| video.device.clone())
    };
    assert_eq!(opened(&story).as_deref(), Some("rear-0"));
    story.walk_to("camera selfie live");
    assert_eq!(opened(&story).as_deref(), Some("front-1"));
    let Screen::Camera(camera) = story.snapshot().screen else { unreachable!() };
    assert!(camera.mirrored && camera.can_switch && camera.torch.is_none());
}

#[test]
fn the_switch_button_takes_each_camera_in_turn_and_is_remembered() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    story.act(Action::SwitchCamera);
    story.wait(1_000);
    let device = |story: &crate::support::story::Story| {
        story.device.open.as_ref().and_then(|media| media.video.clone()).and_then(|video| video.device)
    };
    assert_eq!(device(&story).as_deref(), Some("rear-2"));
    story.walk_to("camera back live");
    assert_eq!(device(&story).as_deref(), Some("rear-2"));
}

#[test]
fn a_photograph_is_taken_only_where_one_is_wanted() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    story.act(Action::TakePhoto);
    story.wait(500);
    story.must_see("camera front live");
}

#[test]
fn the_torch_is_offered_where_there_is_one() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    story.act(Action::Torch { on: true });
    let Screen::Camera(camera) = story.snapshot().screen else { unreachable!() };
    assert_eq!(camera.torch, Some(true));
    assert!(story.outputs.contains(&Output::Tune { torch: Some(true), zoom: None }));
}

#[test]
fn an_unplugged_camera_is_brought_back_and_told_when_it_stays_away() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    story.feed(Input::TrackEnded { audio: false });
    story.must_see("camera front recovering camera.ended");
    assert!(story.heard_failure(ErrorCode::CameraEnded));
    story.wait(1_000);
    story.must_see("camera front live");
    story.feed(Input::TrackEnded { audio: false });
    story.wait(1_000);
    story.must_see("camera front live");
    story.feed(Input::TrackEnded { audio: false });
    story.must_see("failed camera.ended");
    assert!(!story.camera_is_on());
    story.act(Action::Take { way: WayOn::OtherCamera });
    story.wait(1_000);
    story.must_see("camera front live");
}

#[test]
fn a_camera_lost_while_recording_throws_the_recording_away() {
    let mut story = story(vec![]);
    story.walk_to("camera front recording");
    story.wait(2_500);
    story.feed(Input::TrackEnded { audio: false });
    story.wait(1_500);
    story.must_see("camera front live");
    assert_eq!(story.snapshot().notice, Some(ErrorCode::CameraEnded));
    assert!(story.store.entries.is_empty());
    story.walk_to("done Success");
}

#[test]
fn a_camera_the_system_takes_away_comes_back_or_is_told() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    story.feed(Input::TrackMuted { audio: false, muted: true });
    story.must_see("camera front recovering camera.muted");
    story.wait(3_000);
    story.feed(Input::TrackMuted { audio: false, muted: false });
    story.wait(500);
    story.must_see("camera front live");
    story.device.frames = false;
    story.feed(Input::TrackMuted { audio: false, muted: true });
    story.until(60, "the person is told", |story| story.sees().starts_with("failed camera."));
}

#[test]
fn a_black_picture_is_noticed_within_two_seconds_and_forgotten_when_it_is_over() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    story.wait(1_000);
    story.device.picture = Observation { brightness: 0.0, contrast: 0.0, ..GOOD };
    story.wait(2_000);
    assert_eq!(story.snapshot().notice, Some(ErrorCode::CameraBlack));
    assert_eq!(story.snapshot().hint, Some(Hint::Uncover));
    story.device.picture = GOOD;
    story.wait(2_000);
    assert_eq!(story.snapshot().notice, None);
    assert!(story.snapshot().hint.is_some_and(Hint::is_good));
}

#[test]
fn a_picture_that_stays_black_or_covered_is_told() {
    for (picture, code) in [
        (Observation { brightness: 0.0, contrast: 0.0, ..GOOD }, "failed camera.black"),
        (Observation { contrast: 0.01, ..GOOD }, "failed camera.covered"),
    ] {
        let mut story = story(vec![]);
        story.walk_to("camera front live");
        story.device.picture = picture;
        story.until(60, code, |story| story.sees() == code);
        assert!(!story.camera_is_on());
    }
}

#[test]
fn a_frozen_picture_is_noticed_within_two_seconds() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    story.wait(500);
    story.device.frames = false;
    story.wait(2_000);
    story.must_see("camera front recovering camera.frozen");
    story.device.frames = true;
    story.wait(1_000);
    story.must_see("camera front live");
}

#[test]
fn the_same_picture_again_and_again_is_frozen_too() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    story.device.picture = Observation { identical: true, ..GOOD };
    story.wait(2_000);
    story.must_see("camera front recovering camera.frozen");
}

#[test]
fn hints_say_one_thing_at_a_time() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    let shaky = DocumentSeen { motion: Some(0.5), ..CARD };
    story.device.picture = Observation { document: Some(shaky), ..GOOD };
    story.wait(1_500);
    assert_eq!(story.snapshot().hint, Some(Hint::HoldStill));
    story.device.picture = GOOD;
    story.wait(3_000);
    assert!(story.snapshot().hint.is_some_and(Hint::is_good));
}

#[test]
fn an_engine_that_cannot_be_loaded_leaves_capture_without_hints() {
    let mut story = story(vec![]);
    story.device.engine = false;
    story.walk_to("camera front live");
    let snapshot = story.snapshot();
    let Screen::Camera(camera) = snapshot.screen else { unreachable!() };
    assert!(camera.without_hints);
    assert!(story.heard_failure(ErrorCode::EngineUnavailable));
    let loads = story.outputs.iter().filter(|output| matches!(output, Output::LoadEngine)).count();
    assert_eq!(loads, 2, "it is restarted once");
    story.walk_to("done Success");
    assert!(story.server.borrow().promised("front-video").len() >= 2, "a still is taken all the same");
}

#[test]
fn how_far_the_engine_is_shows_until_it_is_there_or_comes_to_a_halt() {
    let waiting = || {
        let mut story = story(vec![]);
        story.device.engine_comes = false;
        story.walk_to("explain front");
        story
    };
    let mut story = waiting();
    assert_eq!(story.snapshot().engine_loading, Some(0));
    story.feed(Input::EngineProgress(35));
    assert_eq!(story.snapshot().engine_loading, Some(35));
    story.feed(Input::EngineReady { documents: true, reads: true });
    assert_eq!(story.snapshot().engine_loading, None);

    let mut story = waiting();
    story.wait(12_000);
    story.feed(Input::EngineProgress(60));
    story.wait(19_000);
    assert_eq!(story.snapshot().engine_loading, Some(60), "it comes slowly, but it comes");
    story.wait(1_500);
    assert_eq!(story.snapshot().engine_loading, None);
    assert!(story.heard_failure(ErrorCode::EngineUnavailable));
    story.walk_to("camera front live");
    let Screen::Camera(camera) = story.snapshot().screen else { unreachable!() };
    assert!(camera.without_hints);
}

#[test]
fn an_engine_that_falls_silent_is_restarted_once() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    story.device.engine_answers = false;
    story.wait(30_000);
    let Screen::Camera(camera) = story.snapshot().screen else { unreachable!() };
    assert!(camera.without_hints && camera.stage == CameraStage::Live);
    assert_eq!(story.snapshot().hint, None);
    assert!(story.heard_failure(ErrorCode::EngineCrashed));
}

#[test]
fn a_hidden_page_keeps_its_recording() {
    let mut story = story(vec![]);
    story.walk_to("camera front recording");
    story.feed(Input::Visible(false));
    story.device.frames = false;
    story.wait(3_000);
    assert!(story.sees().starts_with("camera front recording"));
    story.device.frames = true;
    story.feed(Input::Visible(true));
    story.walk_to("done Success");
}

#[test]
fn an_engine_that_crashed_is_not_counted_lost_again_five_seconds_later() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    story.device.engine_answers = false;
    story.wait(300);
    story.feed(Input::EngineLost(ErrorCode::EngineCrashed));
    story.device.engine_answers = true;
    story.wait(10_000);
    let Screen::Camera(camera) = story.snapshot().screen else { unreachable!() };
    assert!(!camera.without_hints);
    assert!(story.snapshot().hint.is_some_and(Hint::is_good));
}

#[test]
fn a_preview_that_stands_still_while_a_photograph_is_taken_is_no_fault() {
    let mut story = story(vec![]);
    story.walk_to("camera back live");
    story.device.still_after = Millis(4_000);
    story.act(Action::TakePhoto);
    story.device.frames = false;
    story.wait(3_000);
    story.must_see("camera back saving");
    story.feed(Input::TrackEnded { audio: false });
    story.must_see("camera back saving");
    story.wait(1_500);
    story.must_see("review back");
    assert!(!story.heard_failure(ErrorCode::CameraFrozen) && !story.heard_failure(ErrorCode::CameraEnded));
}

#[test]
fn a_camera_that_ends_while_its_video_is_put_away_does_not_throw_the_video_away() {
    let mut story = story(vec![]);
    story.walk_to("camera front recording");
    story.wait(5_000);
    story.act(Action::StopRecording);
    story.feed(Input::TrackEnded { audio: false });
    story.wait(500);
    story.must_see("review front");
}

#[test]
fn a_torch_that_does_not_obey_is_not_shown_as_lit() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    let torch = |story: &Story| match story.snapshot().screen {
        Screen::Camera(camera) => camera.torch,
        _ => None,
    };
    let (sequence, facts) = opened(&story);
    let told = |torch, lit| Input::StreamChanged { sequence, facts: StreamFacts { torch, lit, ..facts.clone() } };
    story.act(Action::Torch { on: true });
    assert_eq!(torch(&story), Some(true));
    story.feed(told(true, false));
    assert_eq!(torch(&story), Some(false));
    story.feed(told(true, true));
    assert_eq!(torch(&story), Some(true));
    story.feed(told(false, false));
    assert_eq!(torch(&story), None);
}

#[test]
fn a_camera_that_tells_late_about_its_torch_gets_its_button_late() {
    let mut story = story(vec![]);
    story.walk_to("camera selfie live");
    let (sequence, facts) = opened(&story);
    let Screen::Camera(before) = story.snapshot().screen else { unreachable!() };
    story.feed(Input::StreamChanged { sequence: sequence - 1, facts: StreamFacts { torch: true, ..facts.clone() } });
    story.feed(Input::StreamChanged { sequence, facts: StreamFacts { torch: true, width: 720, ..facts } });
    let Screen::Camera(after) = story.snapshot().screen else { unreachable!() };
    assert_eq!((before.torch, after.torch), (None, Some(false)));
    assert_eq!(after.aspect, Some(720.0 / 1_080.0));
}

/// The stream that is open, as the device described it.
pub fn opened(story: &Story) -> (u32, StreamFacts) {
    let of = |output: &Output| match output {
        Output::OpenStream { sequence, media } => Some((*sequence, media.clone())),
        _ => None,
    };
    let (sequence, media) = story.outputs.iter().rev().find_map(of).expect("a camera was opened");
    (sequence, FakeCameras::phone().open(media).expect("it opens"))
}

#[test]
fn a_camera_lost_in_a_hidden_page_is_brought_back_when_it_is_seen_again() {
    let opened = |story: &Story| story.outputs.iter().filter(|it| matches!(it, Output::OpenStream { .. })).count();
    for lost in [Input::TrackEnded { audio: false }, Input::TrackMuted { audio: false, muted: true }] {
        let mut story = story(vec![]);
        story.walk_to("camera front live");
        let before = opened(&story);
        story.feed(Input::Visible(false));
        story.feed(lost);
        story.device.frames = false;
        story.wait(30_000);
        assert_eq!(opened(&story), before, "nobody sees it");
        story.device.frames = true;
        story.feed(Input::Visible(true));
        story.feed(Input::TrackMuted { audio: false, muted: false });
        story.wait(1_500);
        story.must_see("camera front live");
    }
}

#[test]
fn a_camera_in_use_is_not_asked_for_again_by_a_hidden_page() {
    let mut story = story(vec![]);
    story.walk_to("camera front closed");
    story.device.refusals = vec!["NotReadableError"];
    story.act(Action::OpenCamera);
    story.wait(450);
    story.feed(Input::Visible(false));
    story.wait(5_000);
    story.must_see("camera front opening");
    assert!(!story.camera_is_on());
    story.feed(Input::Visible(true));
    story.wait(1_000);
    story.must_see("camera front live");
}

#[test]
fn the_screen_is_kept_awake_again_after_the_page_was_hidden() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    story.feed(Input::Visible(false));
    let before = story.outputs.len();
    story.feed(Input::Visible(true));
    assert!(story.outputs[before..].contains(&Output::KeepAwake(true)));
    story.walk_to("review front");
    story.feed(Input::Visible(false));
    let before = story.outputs.len();
    story.feed(Input::Visible(true));
    assert!(!story.outputs[before..].contains(&Output::KeepAwake(true)), "nothing needs the screen");
}

#[test]
fn a_black_or_covered_picture_is_noticed_within_two_seconds_without_an_engine_too() {
    for (brightness, code) in [(0.0, ErrorCode::CameraBlack), (0.5, ErrorCode::CameraCovered)] {
        for lively in [1_000, 1_110, 1_230, 1_390] {
            let mut story = story(vec![]);
            story.device.engine = false;
            story.walk_to("camera front live");
            story.wait(lively);
            assert_eq!(story.snapshot().notice, None);
            story.device.picture = Observation { brightness, contrast: 0.0, ..GOOD };
            story.wait(2_000);
            assert_eq!(story.snapshot().notice, Some(code), "after {lively} ms");
        }
    }
}

#[test]
fn who_keeps_the_lens_black_is_told_without_an_engine_too() {
    let mut story = story(vec![]);
    story.device.engine = false;
    story.walk_to("camera front live");
    story.device.picture = Observation { brightness: 0.0, contrast: 0.0, ..GOOD };
    story.until(60, "the person is told", |story| story.sees() == "failed camera.black");
}
