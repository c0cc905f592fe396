//! Recorders that yield nothing, stills that fail, microphones that are silent.

use lichtbild::{
    capture::RecorderWay,
    session::Output,
    surface::{Action, Hint, Screen},
    time::Millis,
};
use lichtbild_protocol::ErrorCode;

use crate::{good_run::story, support::story::Story};

#[test]
fn a_recorder_without_bytes_is_nudged_and_then_replaced() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    story.device.rate = 0;
    story.act(Action::Record);
    story.wait(3_200);
    assert!(story.outputs.contains(&Output::NudgeRecorder));
    story.device.rate = 30_000;
    story.device.recording = None;
    story.wait(2_200);
    let kinds = story.outputs.iter().filter_map(|output| match output {
        Output::StartRecording { kind, .. } => kind.media_type,
        _ => None,
    });
    let tried = ["video/webm;codecs=vp8,opus", "video/mp4;codecs=avc1.42E01E,mp4a.40.2"];
    assert_eq!(kinds.collect::<Vec<_>>(), tried, "another kind of the same way would yield nothing either");
    story.walk_to("done Success");
}

#[test]
fn a_browser_where_every_way_yields_nothing_is_told() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    story.device.rate = 0;
    story.act(Action::Record);
    story.until(60, "the person is told", |story| story.sees() == "failed recorder.no_data");
    assert!(!story.camera_is_on() && story.store.entries.is_empty());
    assert_eq!(ways(&story), [RecorderWay::WebM, RecorderWay::Mp4, RecorderWay::Codecs, RecorderWay::SoundAndStills]);
}

#[test]
fn the_browsers_encoders_record_where_its_recorder_does_not() {
    let mut story = story(vec![]);
    story.device.refused_kinds = |kind| !matches!(kind.way, RecorderWay::Codecs);
    story.walk_to("done Success");
    assert!(ways(&story).ends_with(&[RecorderWay::Codecs]));
}

#[test]
fn the_last_resort_is_sound_with_many_stills_and_says_so() {
    let mut story = story(vec![]);
    story.device.refused_kinds = |kind| !matches!(kind.way, RecorderWay::SoundAndStills);
    story.walk_to("camera front recording");
    story.wait(6_000);
    story.walk_to("review front");
    let Screen::Review { warnings, .. } = story.snapshot().screen else { unreachable!() };
    assert!(warnings.contains(&ErrorCode::MediaStillsOnly));
    story.act(Action::Confirm);
    story.wait(500);
    assert!(story.server.borrow().promised("front-video").len() >= 6);
}

/// The ways of recording that were tried, in order.
fn ways(story: &Story) -> Vec<RecorderWay> {
    let started = story.outputs.iter().filter_map(|output| match output {
        Output::StartRecording { kind, .. } => Some(kind.way),
        _ => None,
    });
    let mut ways: Vec<_> = started.collect();
    ways.dedup();
    ways
}

#[test]
fn kinds_the_browser_refuses_are_passed_over() {
    let mut story = story(vec![]);
    story.device.refused_kinds = |kind| kind.way != RecorderWay::Mp4;
    story.walk_to("done Success");
    let last = story.outputs.iter().rev().find_map(|output| match output {
        Output::StartRecording { kind, .. } => Some(kind.clone()),
        _ => None,
    });
    let kind = last.expect("something was recorded");
    assert_eq!((kind.media_type, kind.key_frame_millis), (Some("video/mp4;codecs=avc1.42E01E,mp4a.40.2"), 1_000));
}

#[test]
fn a_browser_that_refuses_every_kind_is_told() {
    let mut story = story(vec![]);
    story.device.refused_kinds = |_| true;
    story.walk_to("failed recorder.unsupported");
}

#[test]
fn a_recorder_that_never_ends_is_told_after_five_seconds() {
    let mut story = story(vec![]);
    story.walk_to("camera front recording");
    story.device.seals = false;
    story.walk_to("camera front saving");
    story.wait(5_200);
    story.must_see("failed recorder.failed");
    story.device.seals = true;
    story.act(Action::Take { way: lichtbild_protocol::WayOn::Retry });
    story.walk_to("done Success");
}

#[test]
fn a_recording_ends_by_itself_at_its_limit() {
    let mut story = story(vec![]);
    story.walk_to("camera front recording");
    story.wait(11_500);
    story.must_see("review front");
    let Screen::Review { millis, picture, warnings, .. } = story.snapshot().screen else { unreachable!() };
    assert!((10_000..=10_300).contains(&millis), "{millis}");
    assert!(picture.is_some() && warnings.is_empty());
}

#[test]
fn the_stop_button_is_of_no_use_before_the_shortest_length() {
    let mut story = story(vec![]);
    story.walk_to("camera front recording");
    story.wait(2_000);
    story.act(Action::StopRecording);
    story.wait(500);
    assert!(story.sees().starts_with("camera front recording"));
}

#[test]
fn a_device_without_photographs_gives_the_current_frame_or_says_so() {
    let mut story = story(vec![]);
    story.walk_to("camera back live");
    story.device.stills = false;
    story.act(Action::TakePhoto);
    story.wait(500);
    story.must_see("failed recorder.still_failed");
    let tries = story.outputs.iter().filter_map(|output| match output {
        Output::TakeStill { full, artifact } if artifact.step == "back-photo" => Some(*full),
        _ => None,
    });
    assert_eq!(tries.collect::<Vec<_>>(), [true, false]);
    story.device.stills = true;
    story.act(Action::Take { way: lichtbild_protocol::WayOn::Retry });
    story.walk_to("done Success");
}

#[test]
fn a_video_without_stills_is_handed_in_with_a_warning() {
    let mut story = story(vec![]);
    story.device.stills = false;
    story.walk_to("review front");
    let Screen::Review { picture, warnings, .. } = story.snapshot().screen else { unreachable!() };
    assert_eq!((picture, warnings), (None, vec![ErrorCode::StillFailed]));
}

#[test]
fn a_video_whose_stills_all_failed_gets_one_when_it_is_stopped() {
    let mut story = story(vec![]);
    story.walk_to("camera front recording");
    story.device.stills = false;
    story.wait(6_000);
    story.device.stills = true;
    story.act(Action::StopRecording);
    story.walk_to("review front");
    let Screen::Review { picture, warnings, .. } = story.snapshot().screen else { unreachable!() };
    assert!(picture.is_some() && warnings.is_empty(), "{warnings:?}");
}

#[test]
fn a_still_that_fails_after_the_stop_is_asked_for_again_and_not_for_ever() {
    for (comes_back, warnings_expected) in [(true, 0), (false, 1)] {
        let mut story = story(vec![]);
        story.walk_to("camera front recording");
        story.device.stills = false;
        story.wait(6_000);
        story.device.still_after = Millis(700);
        story.act(Action::StopRecording);
        story.wait(1_000);
        story.must_see("camera front saving");
        story.device.stills = comes_back;
        story.walk_to("review front");
        let Screen::Review { picture, warnings, .. } = story.snapshot().screen else { unreachable!() };
        assert_eq!((picture.is_some(), warnings.len()), (comes_back, warnings_expected), "{warnings:?}");
        assert!(!story.camera_is_on());
    }
}

#[test]
fn a_dead_microphone_is_noticed_and_shown_at_the_review() {
    let mut story = story(vec![]);
    story.walk_to("camera selfie live");
    story.device.level = 0.0;
    story.act(Action::Record);
    story.wait(3_500);
    assert_eq!(story.snapshot().notice, Some(ErrorCode::MicrophoneSilent));
    assert_eq!(story.snapshot().hint, Some(Hint::SpeakUp));
    story.walk_to("review selfie");
    let Screen::Review { warnings, .. } = story.snapshot().screen else { unreachable!() };
    assert!(warnings.contains(&ErrorCode::MicrophoneSilent));
}

#[test]
fn a_retake_throws_the_first_one_away() {
    let mut story = story(vec![]);
    story.walk_to("review front");
    assert!(!story.camera_is_on(), "the camera is off while the person looks at it");
    story.act(Action::Retake);
    story.wait(600);
    story.must_see("camera front live");
    assert!(story.store.entries.is_empty());
    story.walk_to("done Success");
}
