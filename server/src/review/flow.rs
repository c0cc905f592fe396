//! The flows as data: which steps there are, what each asks for, and how long it may take.

use lichtbild_protocol::{
    case::{ArtifactKind, Channel},
    flow::{
        Availability, Consent, DocumentKind, DocumentOption, Flow, FlowId, ReadingState, Side, Statement, Step,
        StepKind, Topic,
    },
};

use super::{Case, words};

/// Languages there are words and texts in; the last is the fallback.
pub const LANGS: [&str; 2] = ["de", "en"];

/// Version of the texts under `/legal`, recorded with each consent.
pub const LEGAL_VERSION: &str = "2026-11-25";

/// Version of what a clerk in the shop attests, recorded with it.
pub const ATTESTATION_VERSION: &str = "2026-11-24";

const ROBO_IDENT: &[&str] = &[
    "device",
    "explain",
    "consents",
    "permissions",
    "explain-front",
    "front-video",
    "explain-back",
    "back-photo",
    "explain-selfie",
    "selfie-video",
    "evaluation",
    "success",
];

const SIM_AT_THE_CUSTOMERS: &[&str] = &[
    "device",
    "explain",
    "consents",
    "permissions",
    "explain-front",
    "front-photo",
    "explain-back",
    "back-photo",
    "data-confirmation",
    "explain-selfie",
    "selfie-video",
    "evaluation",
    "success",
];

const SIM_IN_THE_SHOP: &[&str] = &[
    "device",
    "consents",
    "permissions",
    "explain-front",
    "front-photo",
    "explain-back",
    "back-photo",
    "data-confirmation",
    "attestation",
    "evaluation",
    "success",
];

/// Names of a flow's steps, in order.
pub const fn ids(flow: FlowId, channel: Channel) -> &'static [&'static str] {
    match (flow, channel) {
        (FlowId::RoboIdent, _) => ROBO_IDENT,
        (FlowId::SimRegistration, Channel::Customer) => SIM_AT_THE_CUSTOMERS,
        (FlowId::SimRegistration, Channel::Shop) => SIM_IN_THE_SHOP,
    }
}

/// The kinds that a flow's chooser shows, in order.
pub const fn kinds(flow: FlowId) -> &'static [DocumentKind] {
    use DocumentKind as Kind;
    match flow {
        FlowId::RoboIdent => &[
            Kind::GermanIdCard,
            Kind::Passport,
            Kind::GermanResidencePermit,
            Kind::GermanIdCardLaminated,
            Kind::ForeignIdCard,
            Kind::DrivingLicence,
        ],
        FlowId::SimRegistration => {
            &[Kind::SwissIdCard, Kind::Passport, Kind::SwissPermit, Kind::GermanIdCard, Kind::ForeignIdCard]
        }
    }
}

/// Those of these kinds that people can choose in a flow. Cards of other states only where they are wished for by name.
pub fn choosable(flow: FlowId, wished: Option<&[DocumentKind]>) -> Vec<DocumentKind> {
    let is_wished =
        |kind: &DocumentKind| wished.map_or(*kind != DocumentKind::ForeignIdCard, |wished| wished.contains(kind));
    kinds(flow).iter().copied().filter(|kind| kind.supported() && is_wished(kind)).collect()
}

/// What is refused where none is left.
pub const NOTHING_TO_CHOOSE: &str = "acceptedDocuments: at least one supported kind of the flow";

/// Whether a step records something.
pub fn captures(step: &str) -> bool {
    is_of_document(step) || step == "selfie-video"
}

/// Whether a step records a side of the document.
pub fn is_of_document(step: &str) -> bool {
    side(step).is_some()
}

/// The side of the document that a step records.
pub fn side(step: &str) -> Option<Side> {
    match step {
        "front-video" | "front-photo" => Some(Side::Front),
        "back-photo" => Some(Side::Back),
        _ => None,
    }
}

/// Whether a step asks somebody for a statement instead of a recording.
pub fn is_answered(step: &str) -> bool {
    matches!(step, "data-confirmation" | "attestation")
}

/// Whether a step is about the device that is used.
pub fn is_of_device(step: &str) -> bool {
    matches!(step, "device" | "permissions")
}

/// Whether a step is taken by the server.
pub fn is_of_server(step: &str) -> bool {
    matches!(step, "evaluation" | "success")
}

/// What a recording step has to hand in, besides whatever else.
pub fn asked(step: &str) -> ArtifactKind {
    if step.ends_with("-photo") { ArtifactKind::Still } else { ArtifactKind::Video }
}

/// Whether a step is about the document's back, which most kinds do not need.
pub fn is_back(step: &str) -> bool {
    matches!(step, "explain-back" | "back-photo")
}

/// What a step asks for.
fn kind(step: &str, words: Vec<String>, lang: &str) -> StepKind {
    let explain = |topic, chooses_document| StepKind::Explainer { topic, chooses_document };
    match step {
        "device" => StepKind::Device,
        "explain" => explain(Topic::Whole, false),
        "consents" => StepKind::Consents { items: consents(lang) },
        "permissions" => StepKind::Permissions,
        "explain-front" => explain(Topic::Front, true),
        "front-photo" => StepKind::DocumentPhoto { side: Side::Front },
        "front-video" => StepKind::DocumentVideo { side: Side::Front, min_millis: 4_000, max_millis: 20_000 },
        "explain-back" => explain(Topic::Back, false),
        "back-photo" => StepKind::DocumentPhoto { side: Side::Back },
        "explain-selfie" => explain(Topic::Selfie, false),
        "selfie-video" => StepKind::SelfieVideo { words, word_millis: 3_500 },
        // What was read is put in by whoever has it and may show it.
        "data-confirmation" => {
            StepKind::DataConfirmation { reading: ReadingState::Reading, reading_id: None, fields: Vec::new() }
        }
        "attestation" => StepKind::ClerkAttestation { items: statements() },
        "evaluation" => StepKind::Evaluation,
        _ => StepKind::Success,
    }
}

/// What there is to agree to.
pub fn consents(lang: &str) -> Vec<Consent> {
    let consent =
        |id: &str| Consent { id: id.into(), version: LEGAL_VERSION.into(), url: format!("/legal/{id}?lang={lang}") };
    ["terms", "privacy", "processing"].map(consent).to_vec()
}

/// What a clerk in the shop attests.
pub fn statements() -> Vec<Statement> {
    let statement = |id: &str| Statement { id: id.into(), version: ATTESTATION_VERSION.into() };
    ["document_seen", "person_matches"].map(statement).to_vec()
}

/// The steps of a case with their states, in a language.
pub fn of(case: &Case, lang: &str) -> Flow {
    let step = |record: &super::case::StepRecord| Step {
        id: record.id.clone(),
        kind: kind(&record.id, words::pick(lang, case.words), lang),
        state: record.state,
        reasons: record.reasons.clone(),
    };
    Flow { id: case.flow, steps: case.steps.iter().map(step).collect() }
}

/// The lines of the document chooser.
pub fn documents(flow: FlowId, accepted: &[DocumentKind]) -> Vec<DocumentOption> {
    kinds(flow)
        .iter()
        .map(|&kind| DocumentOption {
            kind,
            availability: match (kind.supported(), accepted.contains(&kind)) {
                (false, _) => Availability::NotSupported,
                (true, false) => Availability::NotAccepted,
                (true, true) => Availability::Accepted,
            },
            needs_back: kind.needs_back(),
            needs_category: kind.has_category(),
        })
        .collect()
}

/// The language for somebody whose case names none: the first of their list (as in `Accept-Language`) that we speak.
pub fn lang_of(wishes: &str) -> &'static str {
    let mut ranked: Vec<(f32, &str)> = wishes
        .split(',')
        .filter_map(|wish| {
            let (tag, rest) = wish.split_once(';').unwrap_or((wish, ""));
            let weight = rest.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse().ok())?;
            (weight > 0.0).then_some((weight, tag.trim()))
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked
        .iter()
        .find_map(|(_, tag)| {
            let primary = tag.split('-').next().unwrap_or_default();
            LANGS.into_iter().find(|lang| primary.eq_ignore_ascii_case(lang))
        })
        .unwrap_or("en")
}
