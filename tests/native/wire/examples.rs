//! One value of everything else that crosses between Rust and JavaScript, by name. Numbers are ones that JSON holds exactly.

use lichtbild::{
    config::ConfigInput,
    observation::{Observation, ZoneFormat, ZoneFound, ZoneRead, ZoneSeen},
    surface::{Action, CaptureEvent, Hint, Receipt},
    time::Timestamp,
};
use lichtbild_protocol::{
    ErrorCode, Sensitive, WayOn,
    case::PersonOutcome,
    document::FieldName,
    flow::{DocumentKind, PermitCategory},
};

/// UUID of the case that all examples are about.
pub const CASE: &str = "82d82c7e-51f0-4c43-9a55-3f0c6d0e4b11";

/// Every event, every hint.
pub fn events() -> Vec<(&'static str, CaptureEvent)> {
    let hint = |hint| CaptureEvent::HintChanged { hint: Some(hint) };
    vec![
        ("changed", CaptureEvent::Changed),
        ("stepChanged", CaptureEvent::StepChanged { step: "front-video".into() }),
        (
            "documentSeen",
            CaptureEvent::DocumentSeen { quad: Some([[0.25, 0.3], [0.75, 0.25], [0.8, 0.75], [0.2, 0.7]]) },
        ),
        ("documentSeen, gone", CaptureEvent::DocumentSeen { quad: None }),
        ("hintChanged, none", CaptureEvent::HintChanged { hint: None }),
        ("hintChanged, uncover", hint(Hint::Uncover)),
        ("hintChanged, tooDark", hint(Hint::TooDark)),
        ("hintChanged, torchOn", hint(Hint::TorchOn)),
        ("hintChanged, tooBright", hint(Hint::TooBright)),
        ("hintChanged, glare", hint(Hint::Glare)),
        ("hintChanged, shadow", hint(Hint::Shadow)),
        ("hintChanged, holdStill", hint(Hint::HoldStill)),
        ("hintChanged, moveSlower", hint(Hint::MoveSlower)),
        ("hintChanged, outOfFocus", hint(Hint::OutOfFocus)),
        ("hintChanged, waitForFocus", hint(Hint::WaitForFocus)),
        ("hintChanged, lowContrast", hint(Hint::LowContrast)),
        ("hintChanged, otherBackground", hint(Hint::OtherBackground)),
        ("hintChanged, showDocument", hint(Hint::ShowDocument)),
        ("hintChanged, moveCloser", hint(Hint::MoveCloser)),
        ("hintChanged, moveBack", hint(Hint::MoveBack)),
        ("hintChanged, moveLeft", hint(Hint::MoveLeft)),
        ("hintChanged, moveRight", hint(Hint::MoveRight)),
        ("hintChanged, moveUp", hint(Hint::MoveUp)),
        ("hintChanged, moveDown", hint(Hint::MoveDown)),
        ("hintChanged, wholeDocument", hint(Hint::WholeDocument)),
        ("hintChanged, turnUpright", hint(Hint::TurnUpright)),
        ("hintChanged, turnClockwise", hint(Hint::TurnClockwise)),
        ("hintChanged, turnCounterclockwise", hint(Hint::TurnCounterclockwise)),
        ("hintChanged, turnToFront", hint(Hint::TurnToFront)),
        ("hintChanged, turnToBack", hint(Hint::TurnToBack)),
        ("hintChanged, showDataPage", hint(Hint::ShowDataPage)),
        ("hintChanged, otherDocument", hint(Hint::OtherDocument)),
        ("hintChanged, holdFlat", hint(Hint::HoldFlat)),
        ("hintChanged, topCloser", hint(Hint::TopCloser)),
        ("hintChanged, bottomCloser", hint(Hint::BottomCloser)),
        ("hintChanged, leftCloser", hint(Hint::LeftCloser)),
        ("hintChanged, rightCloser", hint(Hint::RightCloser)),
        ("hintChanged, fingersOff", hint(Hint::FingersOff)),
        ("hintChanged, showZone", hint(Hint::ShowZone)),
        ("hintChanged, zoneCovered", hint(Hint::ZoneCovered)),
        ("hintChanged, speakUp", hint(Hint::SpeakUp)),
        ("hintChanged, keepStill", hint(Hint::KeepStill)),
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
        ("chooseCategory", Action::ChooseCategory { category: PermitCategory::Ci }),
        ("doubt", Action::Doubt { field: FieldName::BirthDate, wrong: true }),
        ("note", Action::Note { field: FieldName::BirthDate, note: Sensitive::new("Es ist der 12. August.".into()) }),
        ("attest", Action::Attest { clerk: Sensitive::new("Verkauf 12".into()) }),
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
        ("acceptHandoff", Action::AcceptHandoff { number: "47".into() }),
        ("help", Action::Help),
        ("sendHelp", Action::SendHelp { description: Sensitive::new("Das Bild bleibt schwarz.".into()) }),
        ("cancel", Action::Cancel),
    ]
}

/// Settings, from nothing to all.
pub fn configurations() -> Vec<(&'static str, ConfigInput)> {
    let some = |text: &str| Some(text.to_owned());
    let secret = |text: &str| some(text).map(Sensitive::new);
    vec![
        ("nothing", ConfigInput::default()),
        ("session", ConfigInput { endpoint: some("https://ident.example"), session: secret("lbs_abc"), handoff: None }),
        ("handoff", ConfigInput { handoff: secret("abc"), ..ConfigInput::default() }),
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
        document: None,
        zone: None,
        millis: 6.5,
    };
    let later = Observation { frame: 2, motion: Some(0.25), identical: true, ..first.clone() };
    let attempt = |found| Observation { zone: Some(ZoneSeen { found, millis: 42.5 }), ..first.clone() };
    let zone = ZoneRead {
        format: ZoneFormat::Td1,
        lines: Sensitive::new(
            ["IDD<<T220001293<<<<<<<<<<<<<<<", "6408125<2010315D<<<<<<<<<<<<<4", "MUSTERMANN<<ERIKA<<<<<<<<<<<<<"]
                .map(str::to_owned)
                .to_vec(),
        ),
        confidence: 0.96875,
    };
    vec![
        ("first", first.clone()),
        ("later", later),
        ("zone, missing", attempt(ZoneFound::Missing)),
        ("zone, cut", attempt(ZoneFound::Cut)),
        ("zone, unreadable", attempt(ZoneFound::Unreadable)),
        ("zone, read", attempt(ZoneFound::Read(zone))),
    ]
}
