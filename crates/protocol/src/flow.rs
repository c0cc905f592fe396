//! A flow is data: the ordered steps that the backend hands out for one case.

use serde::{Deserialize, Serialize};

use crate::ErrorCode;

/// The steps of one case, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Flow {
    /// Which flow this is.
    pub id: FlowId,
    /// Its steps, in the order a person takes them.
    pub steps: Vec<Step>,
}

/// The flows the product knows. Others join as they are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FlowId {
    /// Unattended identification.
    RoboIdent,
}

/// Name of a step within its flow, stable over attempts: `device`, `front-video`, …
pub type StepId = String;

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Step {
    /// Its name within the flow.
    pub id: StepId,
    /// What it is, with what it needs.
    #[serde(flatten)]
    pub kind: StepKind,
    /// How far it has come, as the server knows it.
    pub state: StepState,
    /// Why it has to be repeated; empty otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<ErrorCode>,
}

/// What a step asks of the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StepKind {
    /// Registers this browser's key by one button.
    Device,
    /// A short animated picture of what comes next.
    Explainer {
        /// What it explains.
        topic: Topic,
        /// The person first chooses the kind of document here.
        chooses_document: bool,
    },
    /// Terms and notices, each ticked as read on its own.
    Consents {
        /// What there is to agree to.
        items: Vec<Consent>,
    },
    /// Camera and microphone, one at a time, asked by a button.
    Permissions,
    /// A video of one side of the document, with live hints.
    DocumentVideo {
        /// Which side.
        side: Side,
        /// Shortest useful length in milliseconds; the stop button appears then.
        min_millis: u32,
        /// The recording ends by itself here, in milliseconds.
        max_millis: u32,
    },
    /// A photograph of one side of the document, with live hints.
    DocumentPhoto {
        /// Which side.
        side: Side,
    },
    /// A video of the person speaking words that are shown one after the other.
    SelfieVideo {
        /// The words, in the person's language.
        words: Vec<String>,
        /// How long each word stays on screen, in milliseconds.
        word_millis: u32,
    },
    /// Waiting for the evaluation, with live progress.
    Evaluation,
    /// The end, with a way back to the partner.
    Success,
}

/// What an explainer explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Topic {
    /// The whole procedure.
    Whole,
    /// Filming the front.
    Front,
    /// Photographing the back.
    Back,
    /// Filming oneself while speaking two words.
    Selfie,
}

/// A side of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Side {
    /// The side with the portrait; the data page of a passport.
    Front,
    /// The other side.
    Back,
}

/// How far a step has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StepState {
    /// Not yet taken.
    Open,
    /// Taken, and not in question.
    Done,
    /// Taken, but the evaluation wants it again.
    Repeat,
    /// Not needed for the chosen document.
    Skipped,
}

/// One thing to agree to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Consent {
    /// `terms`, `privacy` or `processing`; its words come from the message files (`consent.<id>.…`).
    pub id: String,
    /// Version of the text, recorded with the answer.
    pub version: String,
    /// Where the full text is, same origin.
    pub url: String,
}

/// The kinds of document a person may choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DocumentKind {
    /// German identity card in card format (TD1, since 2010).
    GermanIdCard,
    /// German identity card, laminated (TD2, before 2010).
    GermanIdCardLaminated,
    /// Passport after ICAO 9303 (TD3).
    Passport,
    /// German residence permit in card format (TD1).
    GermanResidencePermit,
    /// Identity card of another state.
    ForeignIdCard,
    /// Driving licence.
    DrivingLicence,
}

impl DocumentKind {
    /// Every kind, in the order the chooser shows them.
    pub const ALL: [Self; 6] = [
        Self::GermanIdCard,
        Self::Passport,
        Self::GermanResidencePermit,
        Self::GermanIdCardLaminated,
        Self::ForeignIdCard,
        Self::DrivingLicence,
    ];

    /// Whether the system can evaluate this kind at all.
    pub const fn supported(self) -> bool {
        !matches!(self, Self::ForeignIdCard | Self::DrivingLicence)
    }

    /// Whether the back is photographed too: only where it holds the machine-readable zone.
    pub const fn needs_back(self) -> bool {
        matches!(self, Self::GermanIdCard)
    }
}

/// One line of the document chooser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentOption {
    /// The kind.
    pub kind: DocumentKind,
    /// Whether it may be chosen, and if not, why.
    pub availability: Availability,
    /// Whether its back is needed.
    pub needs_back: bool,
}

/// Whether a kind of document may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Availability {
    /// It may.
    Accepted,
    /// The system reads it, this partner does not take it: `document.not_accepted`.
    NotAccepted,
    /// The system cannot read it: `document.not_supported`.
    NotSupported,
}
