//! One snapshot of every screen, every stage of the camera and every state of an upload.

use lichtbild::surface::{
    CameraScreen, CameraStage, CaseFacts, ConsentFacts, DocumentPicture, FieldFacts, HelpForm, Hint, HistoryEntry,
    Permission, Purpose, RepeatFacts, Screen, SendState, Snapshot, StatementFacts, StepFacts, UploadFacts, UploadState,
    WordFacts,
};
use lichtbild_protocol::{
    ErrorCode, Sensitive, WayOn,
    capture::{DeviceFacts, EvaluationProgress, QrMatrix},
    case::{Mode, PersonOutcome},
    document::{FieldName, ReadField},
    flow::{
        Availability, Consent, DocumentKind, DocumentOption, PermitCategory, ReadingState, Side, Statement, StepState,
        Topic,
    },
};

use super::examples::CASE;

const FRONT: Purpose = Purpose::DocumentVideo { side: Side::Front };

fn case() -> CaseFacts {
    CaseFacts {
        id: CASE.into(),
        kennung: "82d82c7".into(),
        partner: "Musterversicherung".into(),
        mode: Mode::Live,
        lang: "de".into(),
        return_url: Some("https://portal.example/fertig".into()),
        attempt: 1,
        attempts_allowed: 5,
        expires_at: "2026-11-25T10:00:00Z".into(),
        document: Some(DocumentKind::GermanIdCard),
    }
}

fn bare(screen: Screen) -> Snapshot {
    Snapshot {
        screen,
        case: None,
        steps: Vec::new(),
        hint: None,
        upload: UploadFacts { confirmed: 0, recorded: 0, state: UploadState::Idle },
        notice: None,
        engine_loading: None,
        can_help: false,
        can_go_back: false,
        can_hand_off: false,
        history: Vec::new(),
    }
}

fn within(screen: Screen) -> Snapshot {
    let step = |id: &str, state, current| StepFacts { id: id.into(), state, current };
    let steps = vec![
        step("device", StepState::Done, false),
        step("front-video", StepState::Repeat, true),
        step("back-photo", StepState::Skipped, false),
        step("success", StepState::Open, false),
    ];
    Snapshot { case: Some(case()), steps, can_help: true, can_go_back: true, ..bare(screen) }
}

fn uploading(state: UploadState, screen: Screen) -> Snapshot {
    Snapshot { upload: UploadFacts { confirmed: 1_640_000, recorded: 4_300_000, state }, ..within(screen) }
}

fn camera(purpose: Purpose, stage: CameraStage) -> CameraScreen {
    CameraScreen {
        purpose,
        stage,
        mirrored: false,
        can_switch: true,
        torch: None,
        aspect: None,
        level: 0.0,
        reasons: Vec::new(),
        by_hand: true,
        without_hints: false,
        zone_read: false,
    }
}

fn device() -> DeviceFacts {
    DeviceFacts {
        model: "Pixel 9".into(),
        os: "Android 16".into(),
        browser: "Chrome 156".into(),
        language: "de-DE".into(),
        viewport: "390x844".into(),
        missing: Vec::new(),
    }
}

fn help(state: SendState) -> Snapshot {
    let form = HelpForm {
        case: Some(CASE.into()),
        code: Some(ErrorCode::CameraBlack),
        step: Some("front-video".into()),
        facts: device(),
        at: "2026-11-24T09:30:00Z".into(),
    };
    within(Screen::Help { form, state })
}

fn history() -> Vec<HistoryEntry> {
    vec![
        HistoryEntry {
            case: CASE.into(),
            kennung: "82d82c7".into(),
            partner: "Musterversicherung".into(),
            at: "2026-11-24T09:12:00Z".into(),
            outcome: None,
        },
        HistoryEntry {
            case: "1f09b3a4-0000-4000-8000-000000000000".into(),
            kennung: "1f09b3a".into(),
            partner: "Musterbank".into(),
            at: "2026-11-02T17:40:00Z".into(),
            outcome: Some(PersonOutcome::Success),
        },
    ]
}

fn consent() -> Consent {
    Consent { id: "terms".into(), version: "2026-10".into(), url: "/legal/terms".into() }
}

fn options() -> Vec<DocumentOption> {
    let option = |kind, availability, needs_back| DocumentOption {
        kind,
        availability,
        needs_back,
        needs_category: DocumentKind::has_category(kind),
    };
    vec![
        option(DocumentKind::GermanIdCard, Availability::Accepted, true),
        option(DocumentKind::GermanIdCardLaminated, Availability::NotAccepted, false),
        option(DocumentKind::DrivingLicence, Availability::NotSupported, false),
    ]
}

fn fields() -> Vec<FieldFacts> {
    let facts = |name, value: &str, plain: Option<&str>, checked, wrong| {
        let plain = plain.map(|plain| Sensitive::new(plain.to_owned()));
        FieldFacts { field: ReadField { name, value: Sensitive::new(value.into()), plain, checked }, wrong }
    };
    vec![
        facts(FieldName::Surname, "MUSTERMANN", None, false, true),
        facts(FieldName::BirthDate, "1964-08-12", None, true, false),
        facts(FieldName::Nationality, "D", Some("Deutschland"), false, false),
    ]
}

fn unread(reading: ReadingState) -> Screen {
    Screen::DataConfirmation { reading, fields: Vec::new(), pictures: Vec::new(), slow: true, busy: false }
}

/// Every screen, every stage of the camera, every state of an upload.
#[allow(clippy::too_many_lines, reason = "it is a list")]
pub fn all() -> Vec<(&'static str, Snapshot)> {
    let blocked = Permission::Failed { code: ErrorCode::CameraBlocked, ways_on: vec![WayOn::Settings, WayOn::Retry] };
    let mut shown = vec![
        ("loading", bare(Screen::Loading)),
        ("home", Snapshot { history: history(), ..bare(Screen::Home) }),
        (
            "handoffClaim",
            bare(Screen::HandoffClaim {
                partner: "Musterbank".into(),
                kennung: "82d82c7".into(),
                wrong: false,
                busy: false,
            }),
        ),
        ("requirements", bare(Screen::Requirements { missing: vec![ErrorCode::UnsupportedSimd] })),
        ("register", Snapshot { can_hand_off: true, ..within(Screen::Register { busy: true }) }),
        (
            "explainer",
            within(Screen::Explainer {
                topic: Topic::Front,
                document: Some(DocumentKind::Passport),
                reasons: vec![ErrorCode::MediaBlurred],
                busy: false,
            }),
        ),
        (
            "explainer, no document",
            Snapshot {
                engine_loading: Some(35),
                ..within(Screen::Explainer { topic: Topic::Whole, document: None, reasons: Vec::new(), busy: false })
            },
        ),
        (
            "consents",
            within(Screen::Consents { items: vec![ConsentFacts { consent: consent(), ticked: true }], busy: false }),
        ),
        ("consentRefused", within(Screen::ConsentRefused)),
        ("permissions", within(Screen::Permissions { camera: Permission::Granted, microphone: Permission::Open })),
        (
            "permissions, asking",
            within(Screen::Permissions { camera: Permission::Asking, microphone: Permission::Open }),
        ),
        (
            "permissions, no sound",
            within(Screen::Permissions { camera: Permission::Open, microphone: Permission::NotNeeded }),
        ),
        ("permissions, failed", within(Screen::Permissions { camera: blocked, microphone: Permission::Open })),
        (
            "documentChoice",
            within(Screen::DocumentChoice {
                options: options(),
                refused: Some(ErrorCode::DocumentNotAccepted),
                busy: false,
            }),
        ),
        ("categoryChoice", within(Screen::CategoryChoice { categories: PermitCategory::ALL.to_vec(), busy: false })),
        (
            "dataConfirmation",
            within(Screen::DataConfirmation {
                reading: ReadingState::Ready,
                fields: fields(),
                pictures: vec![DocumentPicture {
                    side: Side::Back,
                    picture: "blob:https://ident.example/5c0e".into(),
                    outline: Some([[0.25, 0.25], [0.75, 0.25], [0.75, 0.5], [0.25, 0.5]]),
                }],
                slow: false,
                busy: false,
            }),
        ),
        ("dataConfirmation, reading", within(unread(ReadingState::Reading))),
        ("dataConfirmation, unreadable", within(unread(ReadingState::Unreadable))),
        (
            "attestation",
            within(Screen::Attestation {
                items: vec![StatementFacts {
                    statement: Statement { id: "document_seen".into(), version: "2026-11".into() },
                    ticked: true,
                }],
                busy: false,
            }),
        ),
        (
            "review",
            within(Screen::Review {
                purpose: FRONT,
                picture: Some("blob:https://ident.example/5c0e".into()),
                outline: Some([[0.25, 0.3], [0.75, 0.25], [0.8, 0.75], [0.2, 0.7]]),
                millis: 8200,
                warnings: vec![ErrorCode::MediaGlare],
                busy: false,
            }),
        ),
        ("evaluation, sending", uploading(UploadState::Sending, Screen::Evaluation { progress: None })),
        ("evaluation, waiting", uploading(UploadState::Waiting, Screen::Evaluation { progress: None })),
        ("evaluation, offline", uploading(UploadState::Offline, Screen::Evaluation { progress: None })),
        ("evaluation", within(Screen::Evaluation { progress: Some(EvaluationProgress { done: 9, total: 14 }) })),
        (
            "repeat",
            within(Screen::Repeat {
                steps: vec![RepeatFacts { step: "selfie-video".into(), reasons: vec![ErrorCode::MediaSilent] }],
                attempts_left: 4,
            }),
        ),
        ("done", within(Screen::Done { outcome: PersonOutcome::Success })),
        (
            "handoff",
            within(Screen::Handoff {
                qr: Some(QrMatrix { size: 2, rows: vec!["10".into(), "01".into()] }),
                link: Some(Sensitive::new("https://ident.example/jump/#h=abc".into())),
                number: Some("47".into()),
                millis_left: 17_400,
            }),
        ),
        ("handoff, not yet", within(Screen::Handoff { qr: None, link: None, number: None, millis_left: 0 })),
        (
            "observing",
            within(Screen::Observing {
                phone: Some(DeviceFacts { browser: "Chromium 156".into(), ..DeviceFacts::default() }),
            }),
        ),
        ("help", help(SendState::Open)),
        ("help, busy", help(SendState::Busy)),
        ("help, sent", help(SendState::Sent)),
        (
            "failed",
            within(Screen::Failed {
                code: ErrorCode::CameraInUse,
                ways_on: vec![WayOn::Retry, WayOn::OtherCamera],
                detail: Some("NotReadableError".into()),
            }),
        ),
    ];
    shown.extend(cameras());
    shown
}

fn cameras() -> Vec<(&'static str, Snapshot)> {
    let screen = |camera| within(Screen::Camera(camera));
    let live = CameraScreen {
        torch: Some(false),
        aspect: Some(1.5),
        without_hints: true,
        zone_read: true,
        ..camera(Purpose::DocumentPhoto { side: Side::Back }, CameraStage::Live)
    };
    let recording = |word| CameraStage::Recording { millis: 2600, limit_millis: 9000, can_stop: false, word };
    let word = WordFacts { text: "Sommer".into(), number: 1, of: 2 };
    let selfie = CameraScreen { mirrored: true, level: 0.125, ..camera(Purpose::SelfieVideo, recording(Some(word))) };
    let closed = CameraScreen { reasons: vec![ErrorCode::MediaBlurred], ..camera(FRONT, CameraStage::Closed) };
    vec![
        ("camera, closed", screen(closed)),
        ("camera, opening", screen(camera(FRONT, CameraStage::Opening))),
        ("camera, live", Snapshot { notice: Some(ErrorCode::EngineUnavailable), ..screen(live) }),
        ("camera, recording", Snapshot { hint: Some(Hint::HoldStill), ..screen(camera(FRONT, recording(None))) }),
        ("camera, word", screen(selfie)),
        ("camera, recovering", screen(camera(FRONT, CameraStage::Recovering { code: ErrorCode::CameraMuted }))),
        ("camera, saving", screen(camera(FRONT, CameraStage::Saving))),
    ]
}
