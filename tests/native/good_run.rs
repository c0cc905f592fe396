//! Everything goes well, from the first button to the way back.

use std::{cell::RefCell, rc::Rc};

use lichtbild::surface::{CaptureEvent, UploadState};
use lichtbild_protocol::case::{ArtifactKind, PersonOutcome};

use crate::support::{
    server::{Server, Verdict},
    story::Story,
};

pub fn story(verdicts: Vec<Verdict>) -> Story {
    let mut story = Story::new(Rc::new(RefCell::new(Server::new(verdicts))));
    story.open();
    story
}

#[test]
fn all_twelve_steps_lead_to_success() {
    let mut story = story(vec![]);
    let mut seen = Vec::new();
    for screen in [
        "register",
        "explain whole",
        "consents",
        "permissions open open",
        "permissions granted open",
        "permissions granted granted",
        "choose",
        "explain front",
        "camera front closed",
        "camera front live",
        "camera front recording",
        "review front",
        "explain back",
        "camera back closed",
        "review back",
        "explain selfie",
        "camera selfie closed",
        "camera selfie recording Apfel1",
        "camera selfie recording Wolke1",
        "review selfie",
        "evaluation",
        "evaluation running",
        "done Success",
    ] {
        story.walk_to(screen);
        seen.push(screen);
    }
    assert!(!story.camera_is_on());
    let server = story.server.borrow();
    assert!(server.promised_is_complete());
    let kinds = |step| server.promised(step).iter().map(|it| it.kind).collect::<Vec<_>>();
    assert_eq!(kinds("front-video")[0], ArtifactKind::Video);
    assert!((3..=4).contains(&kinds("front-video").len()), "its best moments were taken");
    assert_eq!(kinds("back-photo"), [ArtifactKind::Still]);
    assert_eq!(kinds("selfie-video")[0], ArtifactKind::Video);
    assert!(story.store.entries.is_empty(), "nothing stays on the device");
    assert_eq!(story.snapshot().upload.state, UploadState::Idle);
    let done = CaptureEvent::Done { outcome: PersonOutcome::Success, kennung: "82d82c7".into() };
    assert_eq!(story.events.iter().filter(|event| **event == done).count(), 1);
    assert!(!story.events.iter().any(|event| matches!(event, CaptureEvent::Failed { .. })));
}
