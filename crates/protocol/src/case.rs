//! A case: one person's identification for one partner.

use serde::{Deserialize, Serialize};

use crate::{
    ErrorCode, Rfc3339,
    flow::{FlowId, StepId},
};

/// UUID of a case.
pub type CaseId = String;

/// UUID of one recorded thing: a video or a still. Made by the browser, once per recording.
pub type ArtifactId = String;

/// The *Identifikations-Kennung*: the first seven characters of the case UUID, which people read out.
pub fn kennung(case: &str) -> &str {
    case.get(..7).unwrap_or(case)
}

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CaseState {
    /// Made by the partner; nobody has opened it.
    Created,
    /// A device is registered and the person is at it.
    Started,
    /// Everything is in; the evaluation runs.
    Evaluating,
    /// Some steps have to be taken again.
    Repeat,
    /// Everything is in and evaluated; a clerk of the partner decides. The person is through.
    InReview,
    /// Ended: identified.
    Verified,
    /// Ended: refused.
    Rejected,
    /// Ended: suspected fraud. Told to the partner only; the person sees success.
    FraudSuspected,
    /// Ended: five attempts without success.
    AttemptsExhausted,
    /// Ended: the document is not one the system can read.
    DocumentNotSupported,
    /// Ended: the document is not one this partner takes.
    DocumentNotAccepted,
    /// Ended by the person.
    Cancelled,
    /// Ended by time.
    Expired,
}

impl CaseState {
    /// Whether nothing more can happen to the case, erasure aside.
    pub const fn ended(self) -> bool {
        !matches!(self, Self::Created | Self::Started | Self::Evaluating | Self::Repeat | Self::InReview)
    }
}

/// What the person is told at the end. It has no word for suspected fraud, on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PersonOutcome {
    /// Identified.
    Success,
    /// Everything is in; the partner looks at it and tells the result itself. Steps may still be asked for again.
    InReview,
    /// Refused.
    Rejected,
    /// Five attempts without success.
    AttemptsExhausted,
    /// The system cannot read this document.
    DocumentNotSupported,
    /// The partner does not take this document.
    DocumentNotAccepted,
    /// Ended by the person.
    Cancelled,
    /// Ended by time.
    Expired,
}

impl PersonOutcome {
    /// What the person may know of a state; `None` while the case is open.
    pub const fn of(state: CaseState) -> Option<Self> {
        Some(match state {
            CaseState::Created | CaseState::Started | CaseState::Evaluating | CaseState::Repeat => return None,
            CaseState::Verified | CaseState::FraudSuspected => Self::Success,
            CaseState::InReview => Self::InReview,
            CaseState::Rejected => Self::Rejected,
            CaseState::AttemptsExhausted => Self::AttemptsExhausted,
            CaseState::DocumentNotSupported => Self::DocumentNotSupported,
            CaseState::DocumentNotAccepted => Self::DocumentNotAccepted,
            CaseState::Cancelled => Self::Cancelled,
            CaseState::Expired => Self::Expired,
        })
    }
}

/// Whether a case is real or a rehearsal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Mode {
    /// Made with a live key.
    Live,
    /// Made with a sandbox key; the partner may have chosen the outcome.
    Sandbox,
}

/// Where a SIM card is sold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Channel {
    /// Anywhere: the customer opens the link and films their face.
    #[default]
    Customer,
    /// In the shop: staff open the link and attest that document and person belong together.
    Shop,
}

/// The outcome a sandbox key asks for in advance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SandboxPlan {
    /// Identified at once.
    Success,
    /// The named steps have to be repeated this many times; then success.
    Repeat {
        /// Which capturing steps.
        steps: Vec<StepId>,
        /// How often; 5 or more ends in `attempts_exhausted`.
        times: u8,
    },
    /// Refused.
    Rejected,
    /// The person sees success, the partner gets `fraud_suspected`.
    FraudSuspected,
    /// As if the document could not be read by the system.
    DocumentNotSupported,
    /// As if the partner did not take the document.
    DocumentNotAccepted,
}

/// What kind of thing was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ArtifactKind {
    /// Picture and sound over time.
    Video,
    /// One picture.
    Still,
}

/// What made a still be taken. Evidence, as all that a browser says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CaptureOrigin {
    /// The shutter, at the best moment it saw.
    Automatic,
    /// A set time of the recording.
    Timed,
    /// The person, unasked.
    Manual,
    /// The person, since the shutter found no good moment for long.
    ManualLate,
    /// The person, since the engine could not look.
    ManualNoEngine,
    /// The person, since the shutter's stills failed or were no good.
    ManualRefused,
}

/// What one check of the evaluation looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CheckKind {
    /// Everything the step needs is there, with the promised length and SHA-256.
    Complete,
    /// The container is one we know and can be read to its end.
    Container,
    /// The recording is long enough.
    Duration,
    /// The picture is large enough.
    PictureSize,
    /// There is a sound track.
    SoundPresent,
    /// Something can be heard.
    SoundAudible,
    /// The picture is not black.
    PictureNotBlack,
    /// The picture moves.
    PictureNotFrozen,
    /// A still of the step is sharp: the document in its own plane where one is surely seen, else the whole picture.
    Sharpness,
    /// It is neither too dark nor too bright; of the same.
    Brightness,
    /// Little of it is lost to glare: of the document, what glare hides of the print; of a whole picture, what is blown out.
    Glare,
    /// A document can be seen on a still.
    DocumentPresent,
    /// It is the wanted side of the chosen kind.
    DocumentSide,
    /// It does not run over the picture's edge.
    DocumentWhole,
    /// Its corners are in sight.
    DocumentCorners,
    /// It is large enough in the picture to be read.
    DocumentResolution,
    /// The machine-readable zone was read, and every check digit fits.
    MrzReadable,
    /// The zone is that of the chosen kind of document.
    DocumentKind,
    /// The system supports this kind, and the partner takes it; of passports also the issuing state.
    DocumentAccepted,
    /// The document's last day has not passed.
    DocumentUnexpired,
    /// Zones on several sides and pictures are those of one document.
    SidesMatch,
    /// What was read is what the partner expects; measured: fields that differ.
    DataExpected,
    /// The browser read what the server reads.
    ReadingsAgree,
    /// A sandbox key asked for this outcome.
    Sandbox,
}

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CheckResult {
    /// Passed.
    Ok,
    /// Failed: the step has to be repeated, or the case ends by it.
    Failed,
    /// Could not be made for this recording, with the reason as its code; never counted as passed or failed.
    NotApplicable,
}

/// One line of the evaluation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Check {
    /// What was looked at.
    pub kind: CheckKind,
    /// Which step it belongs to.
    pub step: StepId,
    /// Which recording, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub artifact: Option<ArtifactId>,
    /// How it went.
    pub result: CheckResult,
    /// Why it did not pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub code: Option<ErrorCode>,
    /// What was measured, in the unit the documentation of the check names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub measured: Option<f64>,
    /// The limit it was held against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub limit: Option<f64>,
}

/// One evaluated attempt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttemptReport {
    /// From 1.
    pub attempt: u8,
    /// When the evaluation ended.
    pub evaluated_at: Rfc3339,
    /// What the case became.
    pub state: CaseState,
    /// Every check made.
    pub checks: Vec<Check>,
}

/// What the flow of a case is called in lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseSummary {
    /// UUID.
    pub id: CaseId,
    /// First seven characters of the UUID.
    pub kennung: String,
    /// Which flow.
    pub flow: FlowId,
    /// Live or sandbox.
    pub mode: Mode,
    /// Where it stands.
    pub state: CaseState,
    /// The partner's own name for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub reference: Option<String>,
    /// When it was made.
    pub created_at: Rfc3339,
    /// When it last changed.
    pub updated_at: Rfc3339,
    /// When it ends by itself.
    pub expires_at: Rfc3339,
    /// Current attempt, from 1.
    pub attempt: u8,
    /// How many attempts there are.
    pub attempts_allowed: u8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kennung_is_the_first_seven_characters() {
        assert_eq!(kennung("82d82c7e-0000-4000-8000-000000000000"), "82d82c7");
    }

    #[test]
    fn suspected_fraud_looks_like_success_to_the_person() {
        assert_eq!(PersonOutcome::of(CaseState::FraudSuspected), PersonOutcome::of(CaseState::Verified));
    }
}
