//! The capture API: what the browser of the person says to the server. See `docs/protocol.md` for paths and headers.

use serde::{Deserialize, Serialize};

use crate::{
    Rfc3339, Sensitive,
    case::{ArtifactId, ArtifactKind, CaptureOrigin, CaseId, Mode, PersonOutcome},
    code::ErrorCode,
    document::FieldAnswer,
    flow::{DocumentKind, DocumentOption, Flow, PermitCategory, Side, StepId},
};

/// What a token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Role {
    /// Take the steps.
    Capture,
    /// Watch: the desktop after it handed the case to a phone.
    Observe,
}

/// Everything a browser needs to draw and to go on, at any time and after any reload: answer of `GET /v1/capture/session`
/// and payload of every `session` event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionSnapshot {
    /// The server's `PROTOCOL_VERSION`.
    pub protocol: String,
    /// Grows with every change of the case; an older snapshot that arrives late is ignored.
    pub revision: u64,
    /// UUID of the case.
    pub case: CaseId,
    /// First seven characters of it.
    pub kennung: String,
    /// The partner's name as people know it.
    pub partner: String,
    /// Live or sandbox.
    pub mode: Mode,
    /// What this token may do.
    pub role: Role,
    /// Language of words and messages, `de` or `en`.
    pub lang: String,
    /// Where the button at the end leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub return_url: Option<String>,
    /// When the case ends by itself.
    pub expires_at: Rfc3339,
    /// When this token ends; it can be renewed with the device's key.
    pub token_expires_at: Rfc3339,
    /// Whether a device key is registered, and whether it is the asking one.
    pub device: DeviceBinding,
    /// For who only observes: what the device that has the case says about itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub taken_by: Option<DeviceFacts>,
    /// Current attempt, from 1.
    pub attempt: u8,
    /// How many attempts there are.
    pub attempts_allowed: u8,
    /// The steps, with their state.
    pub flow: Flow,
    /// The document chooser's lines.
    pub documents: Vec<DocumentOption>,
    /// The chosen kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub document: Option<DocumentKind>,
    /// The chosen category, where the kind has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub category: Option<PermitCategory>,
    /// Where tus uploads are created, absolute or relative to the endpoint.
    pub uploads_url: String,
    /// What the server has of this attempt's recordings.
    pub uploads: Vec<UploadStatus>,
    /// The running evaluation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub evaluation: Option<EvaluationProgress>,
    /// What the person is told at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub outcome: Option<PersonOutcome>,
}

/// Whose case this is, seen from the asking browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DeviceBinding {
    /// Nobody's yet.
    None,
    /// This browser's: the request carried a proof by the registered key.
    This,
    /// Another browser's.
    Other,
}

/// What the server holds of one recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadStatus {
    /// Which recording.
    pub artifact: ArtifactId,
    /// Which step it belongs to.
    pub step: StepId,
    /// What it is.
    pub kind: ArtifactKind,
    /// Bytes that survive power loss.
    pub offset: u64,
    /// Its length, once known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub length: Option<u64>,
    /// Whether all of it is there.
    pub complete: bool,
}

/// How far the evaluation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EvaluationProgress {
    /// Checks made.
    pub done: u16,
    /// Checks to make.
    pub total: u16,
}

/// `POST /v1/capture/device`: registers the key whose proof the request carries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterDevice {
    /// What support may need to see; no personal data.
    pub facts: DeviceFacts,
}

/// Device and browser, as far as a page can tell. Shown to support and in the help form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceFacts {
    /// Model where the browser tells it (user-agent client hints), else empty.
    pub model: String,
    /// Operating system with version.
    pub os: String,
    /// Browser with version.
    pub browser: String,
    /// BCP 47.
    pub language: String,
    /// CSS pixels, `390x844`.
    pub viewport: String,
    /// Missing requirements, as codes.
    #[serde(default)]
    pub missing: Vec<ErrorCode>,
}

/// `POST /v1/capture/consents`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GiveConsents {
    /// Exactly the items of the step.
    pub given: Vec<ConsentGiven>,
}

/// One ticked box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentGiven {
    /// Id of the consent.
    pub id: String,
    /// Version that was shown.
    pub version: String,
}

/// `POST /v1/capture/document`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChooseDocument {
    /// The kind the person holds.
    pub kind: DocumentKind,
    /// Its category, where the kind has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub category: Option<PermitCategory>,
}

/// `POST /v1/capture/reading`: what the browser's engine read on a document. Evidence: the server parses the lines itself, reads
/// the pictures itself, and keeps what differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportReading {
    /// At which step.
    pub step: StepId,
    /// Which side.
    pub side: Side,
    /// On which still, if it was one that is handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub artifact: Option<ArtifactId>,
    /// The lines of the machine-readable zone: two or three, of 30, 36 or 44 characters each.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    #[cfg_attr(feature = "ts", ts(type = "Array<string>"))]
    pub lines: Sensitive<Vec<String>>,
    /// How sure the engine was: the mean of what its characters are worth, 0 to 1.
    pub confidence: f64,
}

/// `POST /v1/capture/confirmation`: the person's answer to the data-confirmation step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfirmData {
    /// The step's `readingId`; absent where nothing could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub reading_id: Option<String>,
    /// Exactly one for each field of the step.
    pub answers: Vec<FieldAnswer>,
}

/// `POST /v1/capture/attestation`: the clerk in the shop attests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attest {
    /// Who attests, as the shop knows them (name or staff number): 1 to 64 characters.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub clerk: Sensitive<String>,
    /// Exactly the items of the step.
    pub given: Vec<ConsentGiven>,
}

/// `POST /v1/capture/steps/{step}`: the person is through with a step. For steps that record, it names what belongs to it;
/// the bytes may still be on their way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FinishStep {
    /// What was recorded, in order; empty for steps that record nothing.
    #[serde(default)]
    pub artifacts: Vec<ArtifactReceipt>,
}

/// The promise the server checks completeness against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArtifactReceipt {
    /// Which recording.
    pub artifact: ArtifactId,
    /// What it is.
    pub kind: ArtifactKind,
    /// Media type as recorded, for example `video/webm;codecs=vp8,opus`.
    pub media_type: String,
    /// Bytes.
    pub length: u64,
    /// SHA-256 of all bytes, lower-case hex.
    pub sha256: String,
    /// Of a still: what made it be taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub capture_origin: Option<CaptureOrigin>,
}

/// Answer of `POST /v1/capture/token` and of a claimed hand-off: a fresh token for the same case and key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenIssued {
    /// Opaque, at least 128 random bits. Never in a path or query.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub token: Sensitive<String>,
    /// When it ends.
    pub expires_at: Rfc3339,
}

/// Answer of `POST /v1/capture/handoff`: what the QR code holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandoffOffer {
    /// The jump page with the secret in its fragment (`…/jump/#h=…`).
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub url: Sensitive<String>,
    /// The same as a QR code.
    #[cfg_attr(feature = "openapi", schema(value_type = QrMatrix))]
    #[cfg_attr(feature = "ts", ts(as = "QrMatrix"))]
    pub qr: Sensitive<QrMatrix>,
    /// Two digits, shown beside the code and typed on the phone: who was sent a link by somebody else does not see them. The same
    /// for every code of a case while one is shown.
    pub number: String,
    /// When the code dies, some time after the next one is asked for; a phone that has opened it by then has longer.
    pub expires_at: Rfc3339,
}

/// A QR code as modules, without its quiet zone (leave four modules around it).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QrMatrix {
    /// Modules per side.
    pub size: u8,
    /// Rows from the top, each module `1` (dark) or `0`.
    pub rows: Vec<String>,
}

/// `POST /v1/handoff/preview`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandoffLook {
    /// From the fragment of the scanned link.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub secret: Sensitive<String>,
}

/// `POST /v1/handoff/claim`, with a proof by the phone's own key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandoffClaim {
    /// From the fragment of the scanned link.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub secret: Sensitive<String>,
    /// What the person reads on the desktop.
    pub number: String,
    /// The phone, for the desktop to show who has taken over.
    pub facts: DeviceFacts,
}

/// Answer of `POST /v1/handoff/preview`: what the phone shows before anything is claimed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandoffPreview {
    /// Who asks.
    pub partner: String,
    /// First seven characters of the case's UUID, also on the desktop's screen.
    pub kennung: String,
}

/// `POST /v1/capture/help`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HelpRequest {
    /// What the person wrote.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub description: Sensitive<String>,
    /// Last error shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub code: Option<ErrorCode>,
    /// Step at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub step: Option<StepId>,
    /// Device and browser.
    pub facts: DeviceFacts,
    /// When it was written.
    pub at: Rfc3339,
}

/// `POST /v1/capture/timeline`: a line for support's timeline. Codes and step names only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineEntry {
    /// What went wrong.
    pub code: ErrorCode,
    /// At which step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub step: Option<StepId>,
}
