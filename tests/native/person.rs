//! What people decide otherwise: no consent, another document, help, going back, the end.

use std::{cell::RefCell, rc::Rc};

use lichtbild::{
    config::Entry,
    session::{Input, Output, Request},
    surface::{Action, CaptureEvent, Screen, SendState},
};
use lichtbild_protocol::{ErrorCode, Sensitive, WayOn, flow::DocumentKind};

use crate::{
    good_run::story,
    support::{
        server::Server,
        story::{PLANTED, Story},
    },
};

#[test]
fn who_does_not_agree_can_think_again() {
    let mut story = story(vec![]);
    story.walk_to("consents");
    story.act(Action::Continue);
    story.must_see("consents");
    story.act(Action::Refuse);
    story.must_see("consent refused");
    story.act(Action::Back);
    story.must_see("consents");
    story.walk_to("done Success");
}

#[test]
fn who_does_not_agree_can_end_the_case() {
    let mut story = story(vec![]);
    story.walk_to("consents");
    story.act(Action::Refuse);
    story.act(Action::Cancel);
    story.wait(500);
    story.must_see("done Cancelled");
}

#[test]
fn a_tick_can_be_taken_back() {
    let mut story = story(vec![]);
    story.walk_to("consents");
    for id in ["terms", "privacy", "processing"] {
        story.act(Action::Tick { id: id.into(), on: true });
    }
    story.act(Action::Tick { id: "terms".into(), on: false });
    story.act(Action::Continue);
    let Screen::Consents { busy, items } = story.snapshot().screen else { unreachable!() };
    assert!(!busy && !items[0].ticked && items[1].ticked);
}

#[test]
fn two_refusals_of_a_document_are_told_apart() {
    let mut story = story(vec![]);
    story.walk_to("choose");
    story.act(Action::ChooseDocument { kind: DocumentKind::GermanIdCardLaminated });
    story.must_see("choose document.not_accepted");
    story.act(Action::ChooseDocument { kind: DocumentKind::DrivingLicence });
    story.must_see("choose document.not_supported");
    story.walk_to("done Success");
}

#[test]
fn a_passport_needs_no_back() {
    let mut story = story(vec![]);
    story.document = DocumentKind::Passport;
    story.walk_to("review front");
    story.act(Action::Confirm);
    story.wait(500);
    story.must_see("explain selfie");
    story.walk_to("done Success");
}

#[test]
fn the_document_can_be_chosen_again_before_it_is_filmed() {
    let mut story = story(vec![]);
    story.walk_to("explain front");
    story.act(Action::Back);
    story.must_see("choose");
    story.document = DocumentKind::Passport;
    story.walk_to("explain front");
    let Screen::Explainer { document, .. } = story.snapshot().screen else { unreachable!() };
    assert_eq!(document, Some(DocumentKind::Passport));
}

#[test]
fn back_leads_from_the_camera_to_the_explainer_and_on_to_another_document() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    for (screen, goes_back) in [("explain front", true), ("choose", true)] {
        assert!(story.snapshot().can_go_back);
        story.act(Action::Back);
        story.must_see(screen);
        assert_eq!(story.snapshot().can_go_back, goes_back);
    }
    story.act(Action::ChooseDocument { kind: DocumentKind::DrivingLicence });
    story.must_see("choose document.not_supported");
    story.act(Action::Back);
    story.must_see("explain front");
    story.act(Action::Back);
    story.act(Action::ChooseDocument { kind: DocumentKind::Passport });
    story.wait(500);
    let Screen::Explainer { document, .. } = story.snapshot().screen else { panic!("{}", story.sees()) };
    assert_eq!(document, Some(DocumentKind::Passport));
    story.act(Action::Continue);
    story.must_see("camera front closed");
    story.document = DocumentKind::Passport;
    story.walk_to("camera selfie recording");
    assert!(!story.snapshot().can_go_back);
    story.walk_to("done Success");
    assert!(!story.snapshot().can_go_back);
}

#[test]
fn the_explainer_can_be_seen_again_from_the_camera() {
    let mut story = story(vec![]);
    story.walk_to("camera front live");
    story.act(Action::Back);
    story.must_see("explain front");
    assert!(!story.camera_is_on());
    story.act(Action::Continue);
    story.must_see("camera front closed");
}

#[test]
fn help_is_filled_in_but_for_the_words() {
    let mut story = story(vec![]);
    story.walk_to("camera front closed");
    story.device.refusals = vec!["NotFoundError", "NotFoundError"];
    story.act(Action::OpenCamera);
    story.wait(1_500);
    story.must_see("failed camera.missing");
    story.act(Action::Take { way: WayOn::Help });
    let Screen::Help { form, .. } = story.snapshot().screen else { panic!("{}", story.sees()) };
    assert_eq!(form.code, Some(ErrorCode::CameraMissing));
    assert_eq!(form.step.as_deref(), Some("front-video"));
    assert_eq!(form.facts.browser, "Chromium 156");
    assert!(form.at.starts_with("2026-11-24T") && form.case.is_some());
    story.act(Action::SendHelp { description: Sensitive::new(PLANTED.into()) });
    story.wait(500);
    story.must_see("help sent");
    assert_eq!(story.server.borrow().helps, 1);
    story.act(Action::Back);
    story.must_see("failed camera.missing");
    assert!(story.server.borrow().reports.contains(&ErrorCode::CameraMissing));
}

#[test]
fn ending_the_case_removes_what_was_recorded() {
    let mut story = story(vec![]);
    story.walk_to("review front");
    story.line.online = false;
    story.act(Action::Cancel);
    story.wait(2_000);
    assert!(story.store.entries.is_empty(), "at once, with or without a line");
    story.line.online = true;
    story.feed(Input::Online(true));
    story.wait(2_000);
    story.must_see("done Cancelled");
}

#[test]
fn the_history_has_the_case_from_registration_to_its_end() {
    let mut story = story(vec![]);
    story.walk_to("register");
    assert!(story.snapshot().history.is_empty());
    story.walk_to("explain whole");
    assert_eq!(story.snapshot().history[0].outcome, None);
    story.walk_to("done Success");
    let history = story.snapshot().history;
    assert_eq!((history.len(), history[0].kennung.as_str()), (1, "82d82c7"));
    assert!(history[0].outcome.is_some() && history[0].at.starts_with("2026-11-24T"));
}

#[test]
fn what_the_browser_lacks_is_told_before_anything_is_asked() {
    let mut story = Story::new(Rc::new(RefCell::new(Server::new(vec![]))));
    story.missing = vec![ErrorCode::UnsupportedMediaRecorder];
    story.open();
    story.wait(500);
    story.must_see("requirements");
    assert!(story.snapshot().can_hand_off);
    story.act(Action::HandOff);
    story.wait(300);
    story.must_see("handoff code");
}

#[test]
fn a_camera_that_is_plugged_in_meets_the_requirement() {
    let mut story = Story::new(Rc::new(RefCell::new(Server::new(vec![]))));
    story.missing = vec![ErrorCode::CameraMissing];
    story.open();
    story.wait(500);
    story.must_see("requirements");
    story.missing.clear();
    story.act(Action::Take { way: WayOn::Retry });
    story.wait(500);
    story.must_see("register");
}

#[test]
fn without_a_session_there_is_a_home() {
    let mut story = Story::with(Rc::new(RefCell::new(Server::new(vec![]))), "desktop", &Entry::Home);
    story.open();
    story.wait(500);
    story.must_see("home");
}

#[test]
fn the_engine_is_loaded_while_the_leave_is_asked_for_and_not_before() {
    let mut story = story(vec![]);
    story.walk_to("consents");
    assert!(!story.outputs.contains(&Output::LoadEngine));
    story.walk_to("permissions");
    assert!(story.outputs.contains(&Output::LoadEngine));
}

#[test]
fn each_step_is_finished_once_and_in_order() {
    let mut story = story(vec![]);
    story.walk_to("done Success");
    let finished: Vec<_> = story
        .outputs
        .iter()
        .filter_map(|output| match output {
            Output::Call { what: Request::Finish { step, .. }, .. } => Some(step.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(
        finished,
        [
            "explain",
            "permissions",
            "explain-front",
            "front-video",
            "explain-back",
            "back-photo",
            "explain-selfie",
            "selfie-video"
        ]
    );
    assert_eq!(story.events.iter().filter(|event| matches!(event, CaptureEvent::StepChanged { .. })).count(), 11);
}

#[test]
fn help_that_is_being_sent_can_be_left() {
    let mut story = story(vec![]);
    story.walk_to("consents");
    story.act(Action::Help);
    story.line.online = false;
    story.act(Action::SendHelp { description: Sensitive::new(PLANTED.into()) });
    story.wait(500);
    story.act(Action::Back);
    story.must_see("consents");
    story.act(Action::Help);
    let Screen::Help { state, .. } = story.snapshot().screen else { panic!("{}", story.sees()) };
    assert_eq!(state, SendState::Busy);
}

#[test]
fn no_failure_offers_a_way_that_leads_nowhere() {
    let mut story = story(vec![]);
    story.server.borrow_mut().snapshot.return_url = None;
    story.walk_to("explain whole");
    story.server.borrow_mut().expire_tokens();
    story.server.borrow_mut().forget_keys();
    story.act(Action::Continue);
    story.wait(1_000);
    story.must_see("failed session.expired");
    let Screen::Failed { ways_on, .. } = story.snapshot().screen else { unreachable!() };
    assert!(!ways_on.contains(&WayOn::BackToPartner) && !ways_on.contains(&WayOn::OpenInBrowser));
    assert!(ways_on.iter().any(|way| !matches!(way, WayOn::Wait | WayOn::Settings)), "{ways_on:?}");
}

#[test]
fn nothing_of_an_ended_case_is_left_to_open_its_recordings_or_to_come_back() {
    let mut story = story(vec![]);
    story.walk_to("done Success");
    let closed = story.outputs.iter().filter(|it| matches!(it, Output::CloseCase(_))).count();
    assert_eq!(closed, 1);
}

#[test]
fn a_browser_without_camera_interfaces_leads_to_a_phone_and_to_help() {
    for code in [ErrorCode::UnsupportedGetUserMedia, ErrorCode::UnsupportedMediaRecorder, ErrorCode::MicrophoneMissing]
    {
        let mut story = story(vec![]);
        story.missing = vec![code];
        story.open();
        story.wait(500);
        story.must_see("requirements");
        let snapshot = story.snapshot();
        assert!(snapshot.can_help && snapshot.can_hand_off);
        story.act(Action::Help);
        story.must_see("help");
        story.act(Action::Back);
        story.act(Action::HandOff);
        story.wait(500);
        story.must_see("handoff code");
        assert!(!story.outputs.contains(&Output::LoadEngine), "nothing heavy is loaded");
    }
}
