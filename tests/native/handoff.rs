//! From desktop to phone and back, with reloads on either side.

use std::rc::Rc;

use lichtbild::{
    config::Entry,
    session::{Output, Request},
    surface::{Action, Screen},
};
use lichtbild_protocol::{Sensitive, WayOn};

use crate::{
    good_run::story,
    support::{server::NUMBER, story::Story},
};

fn link(desktop: &Story) -> String {
    let Screen::Handoff { link: Some(link), qr: Some(qr), number: Some(_), millis_left } = desktop.snapshot().screen
    else {
        panic!("no code is shown: {}", desktop.sees());
    };
    assert!(millis_left > 0 && qr.rows.len() == usize::from(qr.size));
    link.into_inner()
}

fn phone(desktop: &Story, link: &str) -> Story {
    let (_, secret) = link.split_once("#h=").expect("the secret is in the fragment");
    let entry = Entry::Handoff(Sensitive::new(secret.to_owned()));
    let mut phone = Story::with(Rc::clone(&desktop.server), "phone", &entry);
    phone.now = desktop.now;
    phone.open();
    phone.wait(300);
    phone
}

/// Both clocks run.
fn both(desktop: &mut Story, phone: &mut Story, millis: u64) {
    phone.wait(millis);
    let ahead = phone.now.since(desktop.now).0;
    desktop.wait(ahead);
}

#[test]
fn the_phone_takes_the_case_and_the_desktop_follows_to_the_end() {
    let mut desktop = story(vec![]);
    desktop.walk_to("register");
    assert!(desktop.snapshot().can_hand_off);
    desktop.act(Action::HandOff);
    desktop.wait(300);
    let mut phone = phone(&desktop, &link(&desktop));
    phone.must_see("claim");
    let Screen::HandoffClaim { partner, kennung, .. } = phone.snapshot().screen else { unreachable!() };
    assert_eq!((partner.as_str(), kennung.as_str()), ("Musterversicherung", "82d82c7"));
    phone.act(Action::AcceptHandoff { number: NUMBER.into() });
    both(&mut desktop, &mut phone, 500);
    phone.must_see("explain whole");
    desktop.must_see("observing");
    assert!(!desktop.snapshot().can_hand_off);
    let Screen::Observing { phone: Some(facts) } = desktop.snapshot().screen else { panic!("nobody knows the phone") };
    assert_eq!(facts.browser, "Chromium 156");
    phone.walk_to("camera back closed");
    both(&mut desktop, &mut phone, 500);
    let current = desktop.snapshot().steps.into_iter().find(|step| step.current).map(|step| step.id);
    assert_eq!(current.as_deref(), Some("back-photo"));
    phone.walk_to("done Success");
    both(&mut desktop, &mut phone, 500);
    desktop.must_see("done Success");
}

#[test]
fn either_side_may_be_loaded_again() {
    let mut desktop = story(vec![]);
    desktop.walk_to("explain whole");
    desktop.walk_to("permissions");
    desktop.act(Action::HandOff);
    desktop.wait(300);
    let mut phone = phone(&desktop, &link(&desktop));
    phone.walk_to("permissions");
    both(&mut desktop, &mut phone, 500);
    desktop.reload();
    desktop.wait(500);
    desktop.must_see("observing");
    phone.reload();
    phone.wait(500);
    assert!(phone.sees().starts_with("permissions"));
    phone.walk_to("done Success");
    both(&mut desktop, &mut phone, 500);
    desktop.must_see("done Success");
}

#[test]
fn the_code_is_renewed_before_it_dies() {
    let mut desktop = story(vec![]);
    desktop.walk_to("register");
    desktop.act(Action::HandOff);
    desktop.wait(300);
    let first = link(&desktop);
    desktop.wait(19_000);
    assert_eq!(link(&desktop), first);
    desktop.wait(2_000);
    let second = link(&desktop);
    assert_ne!(second, first);
    desktop.wait(300_000);
    assert_ne!(link(&desktop), second);
}

#[test]
fn a_wrong_code_says_so() {
    let desktop = story(vec![]);
    let phone = phone(&desktop, "https://ident.example/jump/#h=handoff-secret-of-yesterday");
    phone.must_see("failed handoff.unknown");
}

#[test]
fn going_back_takes_the_code_back() {
    let mut desktop = story(vec![]);
    desktop.walk_to("register");
    desktop.act(Action::HandOff);
    desktop.wait(300);
    let shown = link(&desktop);
    desktop.act(Action::Back);
    desktop.wait(300);
    desktop.must_see("register");
    phone(&desktop, &shown).must_see("failed handoff.unknown");
    desktop.walk_to("done Success");
}

#[test]
fn a_device_without_a_camera_goes_on_with_the_phone() {
    let mut desktop = story(vec![]);
    desktop.walk_to("permissions");
    desktop.device.refusals = vec!["NotFoundError"];
    desktop.act(Action::AskCamera);
    desktop.wait(800);
    desktop.must_see("permissions camera.missing open");
    desktop.act(Action::Take { way: WayOn::OtherDevice });
    desktop.wait(300);
    let mut phone = phone(&desktop, &link(&desktop));
    phone.walk_to("done Success");
}

#[test]
fn who_does_not_want_the_case_on_this_phone_can_leave() {
    let mut desktop = story(vec![]);
    desktop.walk_to("register");
    desktop.act(Action::HandOff);
    desktop.wait(300);
    let mut phone = phone(&desktop, &link(&desktop));
    phone.must_see("claim");
    phone.act(Action::Refuse);
    phone.wait(300);
    phone.must_see("home");
}

#[test]
fn a_claim_that_was_refused_is_not_taken_for_one_that_was_granted() {
    let mut desktop = story(vec![]);
    desktop.walk_to("register");
    desktop.act(Action::HandOff);
    desktop.wait(300);
    let mut phone = phone(&desktop, &link(&desktop));
    desktop.act(Action::Back);
    desktop.wait(300);
    phone.act(Action::AcceptHandoff { number: NUMBER.into() });
    phone.wait(300);
    phone.must_see("failed handoff.unknown");
    phone.outputs.clear();
    phone.act(Action::Continue);
    let asked = |output: &Output| matches!(output, Output::Call { what: Request::PreviewHandoff(_), .. });
    assert!(phone.outputs.iter().any(asked));
}

#[test]
fn a_desktop_whose_events_and_token_have_ended_still_sees_the_end() {
    let mut desktop = story(vec![]);
    desktop.walk_to("register");
    desktop.act(Action::HandOff);
    desktop.wait(300);
    let mut phone = phone(&desktop, &link(&desktop));
    phone.act(Action::AcceptHandoff { number: NUMBER.into() });
    both(&mut desktop, &mut phone, 500);
    desktop.must_see("observing");
    desktop.server.borrow_mut().expire_tokens();
    desktop.deafen();
    phone.walk_to("done Success");
    both(&mut desktop, &mut phone, 25_000);
    desktop.must_see("done Success");
    assert!(!desktop.heard_failure(lichtbild_protocol::ErrorCode::SessionExpired));
}

#[test]
fn a_number_that_is_not_the_desktops_claims_nothing_and_can_be_typed_again() {
    let mut desktop = story(vec![]);
    desktop.walk_to("register");
    desktop.act(Action::HandOff);
    desktop.wait(300);
    let mut phone = phone(&desktop, &link(&desktop));
    phone.act(Action::Continue);
    phone.must_see("claim");
    phone.act(Action::AcceptHandoff { number: "11".into() });
    both(&mut desktop, &mut phone, 500);
    phone.must_see("claim");
    let Screen::HandoffClaim { wrong, busy, .. } = phone.snapshot().screen else { unreachable!() };
    assert!(wrong && !busy);
    desktop.must_see("handoff code");
    phone.act(Action::AcceptHandoff { number: NUMBER.into() });
    both(&mut desktop, &mut phone, 500);
    phone.must_see("explain whole");
    desktop.must_see("observing");
}
