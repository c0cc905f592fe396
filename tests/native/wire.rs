//! What crosses to JavaScript, held against the golden JSON in `tests/fixtures/wire`, which the package's tests hold against
//! the TypeScript types. A file is named after its type and holds named examples; every variant appears in one of them.
//!
//! To change a format on purpose: run with `LICHTBILD_WRITE_GOLDEN=1`, then read the difference before you commit it.

mod examples;
mod golden;
mod snapshots;

use std::{collections::BTreeMap, env, fmt::Debug, fs};

use lichtbild::{
    config::ConfigInput,
    observation::Observation,
    surface::{Action, CameraStage, CaptureEvent, Hint, Permission, Purpose, Screen, SendState, UploadState},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use self::golden::{NONE, golden, path, round_trip, unseen};

/// What we send: our values written as JSON are the golden ones, no more and no fewer.
fn writes<T: Serialize>(name: &str, examples: &[(&str, T)]) {
    let ours: BTreeMap<String, Value> = examples
        .iter()
        .map(|(example, value)| ((*example).to_owned(), serde_json::to_value(value).expect("plain data")))
        .collect();
    if env::var_os("LICHTBILD_WRITE_GOLDEN").is_some() {
        let text = serde_json::to_string_pretty(&ours).expect("plain data") + "\n";
        fs::write(path(name), text).expect("the folder of fixtures can be written");
    }
    let golden = golden(name);
    assert_eq!(ours.keys().collect::<Vec<_>>(), golden.keys().collect::<Vec<_>>(), "examples of {name}");
    for (example, ours) in ours {
        assert_eq!(ours, golden[&example], "{name}, {example}");
    }
}

/// What we are sent: the golden JSON is understood as our values.
fn reads<T: DeserializeOwned + Debug + PartialEq>(name: &str, examples: &[(&str, T)]) {
    let golden = golden(name);
    let names: BTreeMap<_, _> = examples.iter().map(|(example, value)| ((*example).to_owned(), value)).collect();
    assert_eq!(names.keys().collect::<Vec<_>>(), golden.keys().collect::<Vec<_>>(), "examples of {name}");
    for (example, json) in golden {
        let read: T = serde_json::from_value(json).unwrap_or_else(|error| panic!("{name}, {example}: {error}"));
        assert_eq!(&read, names[&example], "{name}, {example}");
    }
}

#[test]
fn snapshots_are_written_as_agreed() {
    writes("Snapshot", &snapshots::all());
}

#[test]
fn events_are_written_as_agreed() {
    writes("CaptureEvent", &examples::events());
}

#[test]
fn receipts_are_written_as_agreed() {
    writes("Receipt", &examples::receipts());
}

#[test]
fn actions_are_read_as_agreed() {
    reads("Action", &examples::actions());
}

#[test]
fn configurations_are_read_as_agreed() {
    reads("ConfigInput", &examples::configurations());
}

#[test]
fn observations_are_written_and_read_as_agreed() {
    reads("Observation", &examples::observations());
    round_trip::<Observation>("Observation");
}

#[test]
fn an_absent_value_is_left_out_and_never_null() {
    fn has_null(value: &Value) -> bool {
        match value {
            Value::Null => true,
            Value::Array(items) => items.iter().any(has_null),
            Value::Object(fields) => fields.values().any(has_null),
            _ => false,
        }
    }
    for (example, snapshot) in snapshots::all() {
        assert!(!has_null(&serde_json::to_value(snapshot).expect("plain data")), "{example}");
    }
    for (example, event) in examples::events() {
        assert!(!has_null(&serde_json::to_value(event).expect("plain data")), "{example}");
    }
}

#[test]
fn unknown_keys_are_refused_in_actions_and_configurations() {
    assert!(serde_json::from_str::<Action>(r#"{"type":"torch","on":true,"dim":1}"#).is_err());
    assert!(serde_json::from_str::<ConfigInput>(r#"{"endpont":"https://ident.example"}"#).is_err());
}

#[test]
fn every_screen_has_an_example() {
    let screens = || snapshots::all().into_iter().map(|(_, snapshot)| snapshot.screen);
    let unseen = unseen!(Screen [
        Loading Home HandoffClaim Requirements Register Explainer Consents ConsentRefused Permissions DocumentChoice CategoryChoice Camera Review
        DataConfirmation Attestation Evaluation Repeat Done Handoff Observing Help Failed
    ] in screens());
    assert_eq!(unseen, NONE);
    let cameras =
        || screens().filter_map(|screen| if let Screen::Camera(camera) = screen { Some(camera) } else { None });
    let stages = cameras().map(|camera| camera.stage);
    assert_eq!(unseen!(CameraStage [Closed Opening Live Recording Recovering Saving] in stages), NONE);
    let purposes = cameras().map(|camera| camera.purpose);
    assert_eq!(unseen!(Purpose [DocumentVideo DocumentPhoto SelfieVideo] in purposes), NONE);
    let permissions = screens().flat_map(|screen| match screen {
        Screen::Permissions { camera, microphone } => vec![camera, microphone],
        _ => Vec::new(),
    });
    assert_eq!(unseen!(Permission [Open Asking Granted Failed NotNeeded] in permissions), NONE);
    let sending =
        screens().filter_map(|screen| if let Screen::Help { state, .. } = screen { Some(state) } else { None });
    assert_eq!(unseen!(SendState [Open Busy Sent] in sending), NONE);
    let uploads = snapshots::all().into_iter().map(|(_, snapshot)| snapshot.upload.state);
    assert_eq!(unseen!(UploadState [Idle Sending Waiting Offline] in uploads), NONE);
}

#[test]
fn every_event_and_every_action_has_an_example() {
    let events = || examples::events().into_iter().map(|(_, event)| event);
    assert_eq!(
        unseen!(CaptureEvent [Changed StepChanged HintChanged DocumentSeen Failed Done Leave] in events()),
        NONE
    );
    let hints = events().filter_map(|event| if let CaptureEvent::HintChanged { hint } = event { hint } else { None });
    let unseen = unseen!(Hint [
        Uncover TooDark TorchOn TooBright Glare Shadow HoldStill MoveSlower OutOfFocus WaitForFocus
        LowContrast OtherBackground ShowDocument MoveCloser MoveBack MoveLeft MoveRight MoveUp
        MoveDown WholeDocument TurnUpright TurnClockwise TurnCounterclockwise TurnToFront TurnToBack
        ShowDataPage OtherDocument HoldFlat TopCloser BottomCloser LeftCloser RightCloser FingersOff ShowZone ZoneCovered
        SpeakUp KeepStill Good
    ] in hints);
    assert_eq!(unseen, NONE);
    let actions = examples::actions().into_iter().map(|(_, action)| action);
    let unseen = unseen!(Action [
        Continue Back Tick Refuse AskCamera AskMicrophone ChooseDocument ChooseCategory Doubt Note Attest OpenCamera Record StopRecording TakePhoto Confirm Retake
        SwitchCamera Torch Take HandOff AcceptHandoff Help SendHelp Cancel
    ] in actions);
    assert_eq!(unseen, NONE);
}
