//! Evaluations that want some steps again, up to the fifth attempt.

use lichtbild::surface::{Action, CaptureEvent, Screen};
use lichtbild_protocol::{ErrorCode, case::PersonOutcome};

use crate::{
    good_run::story,
    support::server::{Verdict, words},
};

const SELFIE: Verdict = Verdict::Repeat(&[("selfie-video", ErrorCode::MediaSilent)]);
const FRONT_AND_BACK: Verdict =
    Verdict::Repeat(&[("front-video", ErrorCode::MediaBlurred), ("back-photo", ErrorCode::MediaGlare)]);

#[test]
fn only_the_failed_steps_are_taken_again() {
    let mut story = story(vec![FRONT_AND_BACK]);
    story.walk_to("repeat front-video back-photo");
    let Screen::Repeat { steps, attempts_left } = story.snapshot().screen else { unreachable!() };
    assert_eq!(attempts_left, 4);
    assert_eq!(steps[0].reasons, [ErrorCode::MediaBlurred]);
    story.events.clear();
    story.act(Action::Continue);
    story.must_see("camera front closed");
    let Screen::Camera(camera) = story.snapshot().screen else { unreachable!() };
    assert_eq!(camera.reasons, [ErrorCode::MediaBlurred]);
    story.walk_to("done Success");
    let steps: Vec<_> = story
        .events
        .iter()
        .filter_map(|event| match event {
            CaptureEvent::StepChanged { step } => Some(step.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(steps, ["back-photo", "evaluation"]);
    assert!(story.server.borrow().promised_is_complete());
}

#[test]
fn a_repeated_selfie_brings_new_words() {
    let mut story = story(vec![SELFIE]);
    story.walk_to("repeat selfie-video");
    story.walk_to(&format!("camera selfie recording {}", words(2)[0]));
    story.walk_to("done Success");
}

#[test]
fn the_fifth_attempt_is_the_last() {
    let mut story = story(vec![SELFIE; 5]);
    for left in [4, 3, 2, 1] {
        story.walk_to("repeat selfie-video");
        let Screen::Repeat { attempts_left, .. } = story.snapshot().screen else { unreachable!() };
        assert_eq!(attempts_left, left);
        story.act(Action::Continue);
    }
    story.walk_to("done AttemptsExhausted");
    let done =
        |event: &CaptureEvent| matches!(event, CaptureEvent::Done { outcome: PersonOutcome::AttemptsExhausted, .. });
    assert_eq!(story.events.iter().filter(|event| done(event)).count(), 1);
    assert!(story.store.entries.is_empty());
    story.act(Action::Continue);
    assert!(story.events.iter().any(|event| matches!(event, CaptureEvent::Leave { url: Some(_) })));
}
