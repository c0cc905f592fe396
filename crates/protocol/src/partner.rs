//! The partner API: server to server, by API key.

use serde::{Deserialize, Serialize};

use crate::{
    Rfc3339, Sensitive,
    capture::DeviceFacts,
    case::{
        ArtifactId, ArtifactKind, AttemptReport, CaptureOrigin, CaseId, CaseState, CaseSummary, Channel, Mode,
        SandboxPlan,
    },
    code::ErrorCode,
    document::{DocumentInStill, MasterData, ReadField, Reading},
    flow::{DocumentKind, FlowId, StepId, StepState},
    review::Compared,
};

/// `POST /v1/cases`. Send an `Idempotency-Key` header to make a repeated call harmless.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateCase {
    /// Which flow.
    pub flow: FlowId,
    /// The partner's own name for the case, at most 64 characters; not personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub reference: Option<String>,
    /// Language of words and messages, `de` or `en`; default: the browser's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub lang: Option<String>,
    /// Kinds this partner takes in this case; default: every supported kind of the flow but `foreignIdCard`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub accepted_documents: Option<Vec<DocumentKind>>,
    /// States whose passports this partner takes in this case, by their ICAO 9303 codes, such as `CHE` or `D`; default: every state of
    /// ISO 3166-1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub accepted_passports: Option<Vec<String>>,
    /// `sim-registration` only: where the sale takes place; default: with the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub channel: Option<Channel>,
    /// The customer's master data, which the document is held against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub expected: Option<MasterData>,
    /// Where the button at the end leads; `https:` (or `http:` on localhost).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub return_url: Option<String>,
    /// Sandbox keys only: the outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub sandbox: Option<SandboxPlan>,
}

/// Answer of `POST /v1/cases`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseCreated {
    /// The case.
    pub case: CaseSummary,
    /// How the person gets in.
    pub session: SessionLink,
}

/// How a person gets into a case; also the answer of `POST /v1/cases/{id}/session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionLink {
    /// For the element's `session` attribute.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub token: Sensitive<String>,
    /// The jump page with the token in its fragment, for a redirect or a message (`…/jump/#s=…`).
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub url: Sensitive<String>,
    /// When the token ends.
    pub expires_at: Rfc3339,
}

/// Answer of `GET /v1/cases/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseReport {
    /// The summary, in place.
    #[serde(flatten)]
    pub case: CaseSummary,
    /// The chosen kind of document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub document: Option<DocumentKind>,
    /// Where the sale takes place, of a `sim-registration`: what the document says and the rules are at `GET …/review`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub channel: Option<Channel>,
    /// The steps.
    pub steps: Vec<StepReport>,
    /// The consents that were given.
    pub consents: Vec<ConsentRecord>,
    /// Every evaluated attempt, oldest first.
    pub attempts: Vec<AttemptReport>,
    /// What was recorded.
    pub media: Vec<MediaItem>,
    /// Which device took the steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub device: Option<DeviceFacts>,
    /// What happened, oldest first: codes and step names, no personal data.
    pub timeline: Vec<TimelineItem>,
    /// What the person wrote to support, oldest first. May hold personal data.
    #[serde(default)]
    pub help: Vec<HelpMessage>,
}

/// Answer of `GET /v1/cases/{id}/document`: personal data, which no list and no other report has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentReport {
    /// The chosen kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub kind: Option<DocumentKind>,
    /// What the server last read and is sure of; none: nothing.
    pub fields: Vec<ReadField>,
    /// How sure that reading is: the mean of what its characters are worth, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub confidence: Option<f64>,
    /// The expected data beside what was read.
    pub comparison: Vec<Compared>,
    /// Every reading, by server and browser, oldest first; the browser's are evidence and count for nothing.
    pub readings: Vec<Reading>,
}

/// A message to support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HelpMessage {
    /// When it came.
    pub at: Rfc3339,
    /// The last error that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub code: Option<ErrorCode>,
    /// At which step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub step: Option<StepId>,
    /// In the person's own words.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub description: Sensitive<String>,
}

/// One step of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepReport {
    /// Name.
    pub id: StepId,
    /// How far it has come.
    pub state: StepState,
    /// Why it has to be repeated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<ErrorCode>,
}

/// A consent as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentRecord {
    /// Id of the consent.
    pub id: String,
    /// Version that was shown.
    pub version: String,
    /// When.
    pub at: Rfc3339,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineItem {
    /// When.
    pub at: Rfc3339,
    /// What: `case.created`, `step.finished`, `error.reported` …
    pub event: String,
    /// At which step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub step: Option<StepId>,
    /// The error, for `error.reported`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub code: Option<ErrorCode>,
}

/// One recording. Its bytes are at `GET /v1/cases/{id}/media/{artifact}`, with ranges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MediaItem {
    /// UUID.
    pub artifact: ArtifactId,
    /// Which step it belongs to.
    pub step: StepId,
    /// In which attempt, from 1.
    pub attempt: u8,
    /// What it is.
    pub kind: ArtifactKind,
    /// Media type as recorded.
    pub media_type: String,
    /// Bytes so far.
    pub length: u64,
    /// SHA-256 of all bytes, lower-case hex, once complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub sha256: Option<String>,
    /// Whether all of it is there.
    pub complete: bool,
    /// Whether the person handed it in; a recording cut off by a reload is kept but not handed in.
    pub submitted: bool,
    /// Of a still that was handed in: what made it be taken, as the browser says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub capture_origin: Option<CaptureOrigin>,
    /// Of a still of the document, once the server has read it: where the document lies in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub document: Option<DocumentInStill>,
    /// When its first byte came.
    pub created_at: Rfc3339,
}

/// A page of a list, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CasePage {
    /// The cases.
    pub items: Vec<CaseSummary>,
    /// Cursor of the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub next: Option<String>,
}

/// `PUT /v1/webhook`: where events about cases of the key's kind go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetWebhook {
    /// `https:` URL on a public address (the operator may allow private ones).
    pub url: String,
}

/// Answer of `GET` and `PUT /v1/webhook`. The secret is shown when it is made, not again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Webhook {
    /// Where events go.
    pub url: String,
    /// `whsec_…`, only in the answer that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub secret: Option<Sensitive<String>>,
    /// Off after the receiver answered 410; events wait until it is set again.
    pub enabled: bool,
}

/// Body of a webhook: ids only, the receiver fetches the rest. Signed by the Standard Webhooks specification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookEvent {
    /// `case.started`, `case.evaluated` (an attempt was evaluated, or the rules ran again), `case.repeat`, `case.ended`.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened.
    pub timestamp: Rfc3339,
    /// About what.
    pub data: WebhookData,
}

/// What a webhook is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookData {
    /// UUID of the case.
    pub case: CaseId,
    /// First seven characters of it.
    pub kennung: String,
    /// Live, or a rehearsal by a sandbox key.
    pub mode: Mode,
    /// Where it stands.
    pub state: CaseState,
    /// The partner's own name for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub reference: Option<String>,
}

/// One attempt to deliver an event, for `GET /v1/webhook/deliveries`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delivery {
    /// The same on every retry.
    pub id: String,
    /// The event's type.
    pub event: String,
    /// About which case.
    pub case: CaseId,
    /// Attempts made.
    pub attempts: u16,
    /// Last HTTP status, none if the receiver could not be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub status: Option<u16>,
    /// When it got through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub delivered_at: Option<Rfc3339>,
    /// When it is tried next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub next_at: Option<Rfc3339>,
}
