//! A flow is data: the ordered steps that the backend hands out for one case.

use serde::{Deserialize, Serialize};

use crate::{ErrorCode, document::ReadField};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FlowId {
    /// Unattended identification.
    RoboIdent,
    /// Registration of a SIM card: a document, its data confirmed, a face or a clerk's attestation, and a clerk's review.
    SimRegistration,
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
    /// What was read from the document, beside its picture. The person says of each field whether it is right, never what it should
    /// be; what is not right may have a note for the clerk. The fields are there once `reading` is `ready`, and only for the device
    /// that takes the steps while it is at this step. Until the answer is given the document's steps may be taken again.
    DataConfirmation {
        /// How far the reading is.
        reading: ReadingState,
        /// Which reading this is; goes back with the answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        reading_id: Option<String>,
        /// The fields, in the order they are shown.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        fields: Vec<ReadField>,
    },
    /// In the shop, instead of a face video: the clerk ticks each statement and says who they are.
    ClerkAttestation {
        /// What there is to attest; its words come from the message files (`attest.<id>`). None has a text of its own elsewhere.
        items: Vec<Statement>,
    },
    /// Waiting for the evaluation, with live progress.
    Evaluation,
    /// The end, with a way back to the partner.
    Success,
}

/// How far the server is with reading the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReadingState {
    /// It is at it, or waits for the pictures; another snapshot follows by itself.
    Reading,
    /// There are fields to confirm.
    Ready,
    /// Nothing could be read: take the document's steps again, or go on without; a clerk will look.
    Unreadable,
}

/// One thing a clerk attests: `document_seen` (the original lay before them), `person_matches` (its photograph shows the person).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Statement {
    /// Its name.
    pub id: String,
    /// Version of its words, recorded with the answer.
    pub version: String,
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
    /// Swiss identity card (TD1).
    SwissIdCard,
    /// Swiss foreigner's permit in card format (TD1); it has a `PermitCategory`.
    SwissPermit,
    /// Identity card or residence permit of a state that the flow has no kind of its own for.
    ForeignIdCard,
    /// Driving licence.
    DrivingLicence,
}

impl DocumentKind {
    /// Every kind, in the order the chooser shows them.
    pub const ALL: [Self; 8] = [
        Self::GermanIdCard,
        Self::Passport,
        Self::SwissIdCard,
        Self::SwissPermit,
        Self::GermanResidencePermit,
        Self::GermanIdCardLaminated,
        Self::ForeignIdCard,
        Self::DrivingLicence,
    ];
}

/// Category of a Swiss foreigner's permit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PermitCategory {
    /// Residence.
    B,
    /// Settlement.
    C,
    /// Residence with gainful employment, for families of members of intergovernmental organisations and foreign representations.
    Ci,
    /// Cross-border commuters.
    G,
    /// Short-term residence.
    L,
    /// Asylum seekers.
    N,
    /// Provisionally admitted foreigners.
    F,
    /// People in need of protection.
    S,
}

impl PermitCategory {
    /// Every category, in the order they are shown.
    pub const ALL: [Self; 8] = [Self::B, Self::C, Self::Ci, Self::G, Self::L, Self::N, Self::F, Self::S];
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
    /// Whether its category is chosen with it (`PermitCategory`).
    pub needs_category: bool,
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
