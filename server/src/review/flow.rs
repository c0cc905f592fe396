//! The flows as data: which steps there are, what each asks for, and how long it may take.

use lichtbild_protocol::flow::{
    Availability, Consent, DocumentKind, DocumentOption, Flow, FlowId, Side, Step, StepKind, Topic,
};

use super::{Case, words};

/// Languages there are words and texts in; the last is the fallback.
pub const LANGS: [&str; 2] = ["de", "en"];

/// Version of the texts under `/legal`, recorded with each consent.
pub const LEGAL_VERSION: &str = "2026-11-24";

const ROBO_IDENT: [&str; 12] = [
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

/// Names of a flow's steps, in order.
pub fn ids(flow: FlowId) -> impl Iterator<Item = &'static str> {
    match flow {
        FlowId::RoboIdent => ROBO_IDENT.into_iter(),
    }
}

/// Whether a step of a flow records something.
pub fn captures(flow: FlowId, step: &str) -> bool {
    ids(flow).any(|id| id == step) && matches!(step, "front-video" | "back-photo" | "selfie-video")
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
        "front-video" => StepKind::DocumentVideo { side: Side::Front, min_millis: 4_000, max_millis: 20_000 },
        "explain-back" => explain(Topic::Back, false),
        "back-photo" => StepKind::DocumentPhoto { side: Side::Back },
        "explain-selfie" => explain(Topic::Selfie, false),
        "selfie-video" => StepKind::SelfieVideo { words, word_millis: 3_500 },
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
pub fn documents(accepted: &[DocumentKind]) -> Vec<DocumentOption> {
    DocumentKind::ALL
        .into_iter()
        .map(|kind| DocumentOption {
            kind,
            availability: match (kind.supported(), accepted.contains(&kind)) {
                (false, _) => Availability::NotSupported,
                (true, false) => Availability::NotAccepted,
                (true, true) => Availability::Accepted,
            },
            needs_back: kind.needs_back(),
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
