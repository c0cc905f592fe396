//! One value of everything else that crosses between Rust and JavaScript, by name. Numbers are ones that JSON holds exactly.

use lichtbild::{
    config::ConfigInput,
    observation::Observation,
    surface::{Action, CaptureEvent, Hint, Receipt},
    time::Timestamp,
};
use lichtbild_protocol::{ErrorCode, Sensitive, WayOn, case::PersonOutcome, flow::DocumentKind};

/// UUID of the case that all examples are about.
pub const CASE: &str = "82d82c7e-51f0-4c43-9a55-3f0c6d0e4b11";

/// Every event, every hint.
pub fn events() -> Vec<(&'static str, CaptureEvent)> {
    let hint = |hint| CaptureEvent::HintChanged { hint: Some(hint) };
    vec![
        ("changed", CaptureEvent::Changed),
        ("stepChanged", CaptureEvent::StepChanged { step: "front-video".into() }),
        ("hintChanged, none", CaptureEvent::HintChanged { hint: None }),
        ("hintChanged, uncover", hint(Hint::Uncover)),
        ("hintChanged, tooDark", hint(Hint::TooDark)),
        ("hintChanged, tooBright", hint(Hint::TooBright)),
        ("hintChanged, glare", hint(Hint::Glare)),
        ("hintChanged, holdStill", hint(Hint::HoldStill)),
        ("hintChanged, outOfFocus", hint(Hint::OutOfFocus)),
        ("hintChanged, lowContrast", hint(Hint::LowContrast)),
        ("hintChanged, speakUp", hint(Hint::SpeakUp)),
        ("hintChanged, good", hint(Hint::Good)),
        ("failed", CaptureEvent::Failed { code: ErrorCode::CameraRefused, retryable: true }),
        ("done", CaptureEvent::Done { outcome: PersonOutcome::Success, kennung: "82d82c7".into() }),
        ("leave", CaptureEvent::Leave { url: Some("https://portal.example/fertig".into()) }),
        ("leave, nowhere", CaptureEvent::Leave { url: None }),
    ]
}

/// What `start()` resolves to.
pub fn receipts() -> Vec<(&'static str, Receipt)> {
    vec![("success", Receipt { case: CASE.into(), kennung: "82d82c7".into(), outcome: PersonOutcome::Success })]
}

/// Every action.
pub fn actions() -> Vec<(&'static str, Action)> {
    vec![
        ("continue", Action::Continue),
        ("back", Action::Back),
        ("tick", Action::Tick { id: "terms".into(), on: true }),
        ("refuse", Action::Refuse),
        ("askCamera", Action::AskCamera),
        ("askMicrophone", Action::AskMicrophone),
        ("chooseDocument", Action::ChooseDocument { kind: DocumentKind::Passport }),
        ("openCamera", Action::OpenCamera),
        ("record", Action::Record),
        ("stopRecording", Action::StopRecording),
        ("takePhoto", Action::TakePhoto),
        ("confirm", Action::Confirm),
        ("retake", Action::Retake),
        ("switchCamera", Action::SwitchCamera),
        ("torch", Action::Torch { on: false }),
        ("take", Action::Take { way: WayOn::OtherDevice }),
        ("handOff", Action::HandOff),
        ("acceptHandoff", Action::AcceptHandoff),
        ("help", Action::Help),
        ("sendHelp", Action::SendHelp { description: Sensitive::new("Das Bild bleibt schwarz.".into()) }),
        ("cancel", Action::Cancel),
    ]
}

/// Settings, from nothing to all.
pub fn configurations() -> Vec<(&'static str, ConfigInput)> {
    let some = |text: &str| Some(text.to_owned());
    vec![
        ("nothing", ConfigInput::default()),
        (
            "session",
            ConfigInput {
                endpoint: some("https://ident.example"),
                session: some("lbs_abc"),
                handoff: None,
                lang: some("de"),
            },
        ),
        ("handoff", ConfigInput { handoff: some("abc"), ..ConfigInput::default() }),
    ]
}

/// A first frame, which has nothing before it, and a later one.
pub fn observations() -> Vec<(&'static str, Observation)> {
    let first = Observation {
        frame: 1,
        at: Timestamp(1_795_509_000_000),
        sharpness: 0.5,
        brightness: 0.625,
        contrast: 0.75,
        glare: 0.0,
        motion: None,
        identical: false,
        millis: 6.5,
    };
    vec![("first", first), ("later", Observation { frame: 2, motion: Some(0.25), identical: true, ..first })]
}
