//! Whatever a person does and whatever fails: there is always something to press or something that goes on by itself, and a
//! patient person still gets through.

use lichtbild::{
    session::Input,
    surface::{Action, CameraStage, Permission, Screen, SendState},
};
use lichtbild_protocol::{
    ErrorCode, Sensitive, WayOn,
    document::FieldName,
    flow::{DocumentKind, PermitCategory, ReadingState, StepState},
};
use proptest::{prelude::*, test_runner::RngSeed};

use crate::{
    good_run::story,
    registration,
    support::{
        device::GOOD,
        server::Verdict,
        story::{PLANTED, Story},
    },
};

#[derive(Clone, Debug)]
enum Event {
    /// What a patient person does.
    Patient,
    /// Any button, fitting or not.
    Press(Action),
    Wait(u64),
    Offline,
    Online,
    Loss(u64),
    Refuse(&'static str),
    TrackEnds(bool),
    Mute(bool),
    EngineLost,
    EngineSilent,
    Freeze(bool),
    Black(bool),
    NoBytes(bool),
    TokenEnds,
    Reload,
    Elsewhere(bool),
    Hide(bool),
}

fn action() -> impl Strategy<Value = Action> {
    let ways = [
        WayOn::Retry,
        WayOn::OtherCamera,
        WayOn::OtherDevice,
        WayOn::OpenInBrowser,
        WayOn::Settings,
        WayOn::Retake,
        WayOn::OtherDocument,
        WayOn::Wait,
        WayOn::BackToPartner,
        WayOn::Help,
    ];
    prop_oneof![
        prop::sample::select(vec![
            Action::Continue,
            Action::Back,
            Action::Refuse,
            Action::AskCamera,
            Action::AskMicrophone,
            Action::OpenCamera,
            Action::Record,
            Action::StopRecording,
            Action::TakePhoto,
            Action::Confirm,
            Action::Retake,
            Action::SwitchCamera,
            Action::HandOff,
            Action::Help,
            Action::AcceptHandoff { number: "11".into() },
        ]),
        prop::sample::select(ways.to_vec()).prop_map(|way| Action::Take { way }),
        prop::sample::select(DocumentKind::ALL.to_vec()).prop_map(|kind| Action::ChooseDocument { kind }),
        any::<bool>().prop_map(|on| Action::Torch { on }),
        any::<bool>().prop_map(|on| Action::Tick { id: "terms".into(), on }),
        Just(Action::SendHelp { description: Sensitive::new(PLANTED.into()) }),
        prop::sample::select(PermitCategory::ALL.to_vec()).prop_map(|category| Action::ChooseCategory { category }),
        any::<bool>().prop_map(|wrong| Action::Doubt { field: FieldName::Surname, wrong }),
        Just(Action::Note { field: FieldName::Surname, note: Sensitive::new(PLANTED.into()) }),
        Just(Action::Attest { clerk: Sensitive::new(PLANTED.into()) }),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    // A browser without getUserMedia (`TypeError`) does not get it by waiting: `camera.rs` has that table.
    let names = ["NotAllowedError", "NotFoundError", "NotReadableError", "OverconstrainedError", "AbortError", "Odd"];
    prop_oneof![
        12 => Just(Event::Patient),
        4 => action().prop_map(Event::Press),
        8 => (50..4_000_u64).prop_map(Event::Wait),
        1 => Just(Event::Offline),
        2 => Just(Event::Online),
        1 => (0..60_u64).prop_map(Event::Loss),
        1 => prop::sample::select(names.to_vec()).prop_map(Event::Refuse),
        1 => any::<bool>().prop_map(Event::TrackEnds),
        1 => any::<bool>().prop_map(Event::Mute),
        1 => Just(Event::EngineLost),
        1 => Just(Event::EngineSilent),
        1 => any::<bool>().prop_map(Event::Freeze),
        1 => any::<bool>().prop_map(Event::Black),
        1 => any::<bool>().prop_map(Event::NoBytes),
        1 => Just(Event::TokenEnds),
        1 => Just(Event::Reload),
        1 => any::<bool>().prop_map(Event::Elsewhere),
        1 => any::<bool>().prop_map(Event::Hide),
    ]
}

fn happen(story: &mut Story, event: &Event) {
    match event {
        Event::Patient => story.next_step(),
        Event::Press(action) => story.act(action.clone()),
        Event::Wait(millis) => story.wait(*millis),
        Event::Offline => {
            story.line.online = false;
            story.feed(Input::Online(false));
        }
        Event::Online => {
            story.line.online = true;
            story.feed(Input::Online(true));
        }
        Event::Loss(loss) => story.line.loss = *loss,
        Event::Refuse(name) => story.device.refusals.push(name),
        Event::TrackEnds(audio) => story.feed(Input::TrackEnded { audio: *audio }),
        Event::Mute(muted) => story.feed(Input::TrackMuted { audio: false, muted: *muted }),
        Event::EngineLost => story.feed(Input::EngineLost(ErrorCode::EngineCrashed)),
        Event::EngineSilent => story.device.engine_answers = false,
        Event::Freeze(frozen) => story.device.frames = !frozen,
        Event::Black(black) => story.device.picture.contrast = if *black { 0.0 } else { GOOD.contrast },
        Event::NoBytes(none) => story.device.rate = if *none { 0 } else { 30_000 },
        // Before a device is registered an ended token means a new link from the partner; `network.rs` has that story.
        Event::TokenEnds => {
            let mut server = story.server.borrow_mut();
            if server.snapshot.flow.steps[0].state == StepState::Done {
                server.expire_tokens();
            }
        }
        Event::Reload => story.reload(),
        Event::Elsewhere(elsewhere) => story.feed(Input::Elsewhere(*elsewhere)),
        Event::Hide(hidden) => story.feed(Input::Visible(!hidden)),
    }
}

/// Something to press that leads on from here, or `None` if the screen goes on by itself.
fn ways_out(screen: &Screen) -> Option<Vec<&'static str>> {
    Some(match screen {
        Screen::Failed { ways_on, .. } => ways_on.iter().map(|_| "way on").collect(),
        Screen::Permissions { camera: Permission::Asking, .. }
        | Screen::Permissions { microphone: Permission::Asking, .. } => {
            return None;
        }
        Screen::Camera(camera) => match camera.stage {
            CameraStage::Closed | CameraStage::Live => vec!["button"],
            _ => return None,
        },
        Screen::Loading
        | Screen::Observing { .. }
        | Screen::Evaluation { .. }
        | Screen::Register { busy: true }
        | Screen::Explainer { busy: true, .. }
        | Screen::Consents { busy: true, .. }
        | Screen::DocumentChoice { busy: true, .. }
        | Screen::CategoryChoice { busy: true, .. }
        | Screen::DataConfirmation { busy: true, .. }
        | Screen::DataConfirmation { reading: ReadingState::Reading, slow: false, .. }
        | Screen::Attestation { busy: true, .. }
        | Screen::Review { busy: true, .. }
        | Screen::HandoffClaim { busy: true, .. }
        | Screen::Help { state: SendState::Busy, .. } => return None,
        _ => vec!["button"],
    })
}

/// The world is kind again; a patient person takes the first useful way on.
fn recover(story: &mut Story) {
    story.line.online = true;
    story.line.loss = 0;
    story.device.refusals.clear();
    story.device.frames = true;
    story.device.picture = GOOD;
    story.device.rate = 30_000;
    story.device.engine_answers = true;
    story.allow_everything();
    story.feed(Input::Elsewhere(false));
    story.feed(Input::Visible(true));
    story.feed(Input::TrackMuted { audio: false, muted: false });
    story.feed(Input::Online(true));
    for _ in 0..2_400 {
        match story.snapshot().screen {
            Screen::Done { .. } => return,
            Screen::Failed { ways_on, code, .. } => {
                let useful = [WayOn::Retry, WayOn::Retake, WayOn::Wait, WayOn::OtherCamera];
                let way = ways_on.iter().find(|way| useful.contains(way));
                let way = *way.unwrap_or_else(|| panic!("no useful way on from {code}: {ways_on:?}"));
                story.act(Action::Take { way });
            }
            Screen::Help { .. } | Screen::Handoff { .. } | Screen::ConsentRefused => story.act(Action::Back),
            _ => story.next_step(),
        }
        story.wait(500);
    }
    panic!("a patient person never got through: {}", story.sees());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, rng_seed: RngSeed::Fixed(9303), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn there_is_never_a_dead_end(flow in 0..3, events in prop::collection::vec(event(), 0..120)) {
        let mut story = match flow {
            0 => story(vec![Verdict::Repeat(&[("selfie-video", ErrorCode::MediaSilent)])]),
            1 => registration::story(false, vec![ReadingState::Unreadable]),
            _ => registration::story(true, vec![]),
        };
        for event in &events {
            happen(&mut story, event);
            let screen = story.snapshot().screen;
            match ways_out(&screen) {
                Some(ways) => prop_assert!(!ways.is_empty(), "nothing to press at {}", story.sees()),
                None => prop_assert!(story.goes_on(), "nothing goes on at {}", story.sees()),
            }
        }
        recover(&mut story);
        prop_assert!(story.sees() == "done Success", "{}", story.sees());
        let whole = story.server.borrow().promised_is_complete();
        prop_assert!(whole, "everything promised is there");
        prop_assert!(story.store.entries.is_empty(), "nothing stays on the device");
        prop_assert!(!story.camera_is_on(), "the camera is off");
    }
}
