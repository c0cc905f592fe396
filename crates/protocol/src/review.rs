//! The partner's review of a case: rules that hold document and master data together, a clerk's judgements and decision, and the
//! log of who did what.

use serde::{Deserialize, Serialize};

use crate::{
    Rfc3339, Sensitive,
    case::{ArtifactId, CaseId, CaseState, Channel},
    document::{Attestation, Confirmation, FieldName, MasterData, OutputError, Reading},
    flow::{DocumentKind, PermitCategory, StepId},
};

/// Longest note or reason, in characters.
pub const NOTE_MAX: usize = 500;

/// Longest name of a clerk, in characters.
pub const CLERK_MAX: usize = 64;

/// The rules of a SIM registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RuleKind {
    /// The face in the video is the one on the document's photograph; in the shop: the clerk attested it.
    FaceMatch,
    /// The birth date in the machine-readable zone is the one that was ordered with.
    BirthDate,
    /// The document's number is there, and the expected one where one is expected.
    DocumentNumber,
    /// What was read is without error.
    OutputErrors,
    /// The person confirmed the data.
    DataConfirmed,
    /// The machine-readable zone could be read.
    MrzReadable,
    /// The permit's category is the one that was ordered with.
    PermitCategory,
}

/// How a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RuleResult {
    /// It holds.
    Ok,
    /// It does not.
    NotOk,
    /// It is not about this case.
    NotApplicable,
    /// Not known yet: something is still to come, or a clerk has to judge.
    Pending,
}

/// Why a rule stands as it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RuleReason {
    /// Both are the same.
    Equal,
    /// They differ.
    Different,
    /// It is there.
    Present,
    /// It was looked for and is not there.
    Missing,
    /// The partner expects nothing here.
    NotExpected,
    /// The server has not read the document; what the browser read is no verdict.
    NotReadYet,
    /// The server found no machine-readable zone on the pictures.
    Unreadable,
    /// A check digit does not fit.
    CheckDigit,
    /// Part of it is unknown on the document.
    PartlyUnknown,
    /// Nothing is wrong.
    NoErrors,
    /// The output has the errors that are named.
    HasErrors,
    /// The person confirmed everything that was shown.
    Confirmed,
    /// The person said that something is not right.
    Contradicted,
    /// The person has not answered yet.
    NotAnsweredYet,
    /// No machine compares faces here: a clerk looks at video and photograph.
    ClerkCompares,
    /// Only the person has said so; a clerk looks at the document.
    ClaimedByPerson,
    /// The chosen document is no permit.
    NoPermit,
    /// The clerk in the shop attested it.
    Attested,
    /// The clerk in the shop has not attested it yet.
    NotAttestedYet,
}

/// What somebody should do about a rule that is not good yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RuleTodo {
    /// Wait: the person or the server is not through yet.
    Wait,
    /// Look at the media, then judge the rule.
    Judge,
    /// Correct the master data, or put the document's steps back if the document is the wrong one.
    CorrectMasterData,
    /// Put the document's steps back: better pictures are needed.
    PutBackDocument,
    /// Another document is needed: put the document's steps back, and the person chooses another one. Or change what is accepted.
    AnotherDocument,
    /// Read the person's note; correct the master data, put back, or judge the rule.
    ReadNotes,
}

/// What a rule was decided by. Values stand here, and only here, side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// About which field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub field: Option<FieldName>,
    /// An error of the output.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub error: Option<OutputError>,
    /// In which recording.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub artifact: Option<ArtifactId>,
    /// What was expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub expected: Option<Sensitive<String>>,
    /// What was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub found: Option<Sensitive<String>>,
    /// What the person wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub note: Option<Sensitive<String>>,
}

/// One rule, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rule {
    /// Which.
    pub kind: RuleKind,
    /// How it stands, a clerk's judgement included.
    pub result: RuleResult,
    /// Why, as the server found it.
    pub reason: RuleReason,
    /// By what.
    pub evidence: Vec<Evidence>,
    /// What to do; none: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub todo: Option<RuleTodo>,
    /// A clerk may judge it now.
    pub judgeable: bool,
    /// The clerk's judgement that holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub judgement: Option<Judgement>,
}

/// A clerk's judgement of a rule. It falls when what it was about changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Judgement {
    /// Whether it holds.
    pub good: bool,
    /// Why.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub reason: Sensitive<String>,
    /// Who.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub clerk: Sensitive<String>,
    /// When.
    pub at: Rfc3339,
}

/// The customer's state in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Light {
    /// Registered: verified.
    Green,
    /// Pending: handed in, and not decided.
    Amber,
    /// None: nothing handed in, or refused.
    Red,
}

impl Light {
    /// Of a case in this state.
    pub const fn of(state: CaseState) -> Self {
        match state {
            CaseState::Verified => Self::Green,
            CaseState::Evaluating | CaseState::InReview | CaseState::Repeat => Self::Amber,
            _ => Self::Red,
        }
    }
}

/// What a clerk decides about the whole case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Verdict {
    /// Verified; only when every rule is good.
    Approve,
    /// Refused.
    Reject,
}

/// A decision as it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decision {
    /// What.
    pub verdict: Verdict,
    /// Why.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub reason: Sensitive<String>,
    /// Who.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub clerk: Sensitive<String>,
    /// When.
    pub at: Rfc3339,
}

/// `GET /v1/cases/{case}/review`: everything a clerk needs to decide. Personal data throughout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewReport {
    /// UUID.
    pub case: CaseId,
    /// Where the case stands.
    pub state: CaseState,
    /// The same in one word.
    pub light: Light,
    /// Where the sale takes place.
    pub channel: Channel,
    /// The chosen kind of document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub document: Option<DocumentKind>,
    /// The chosen category of a permit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub category: Option<PermitCategory>,
    /// The partner's master data.
    pub expected: MasterData,
    /// Master data beside what the server read, field by field.
    pub comparison: Vec<Compared>,
    /// Every reading of the current attempt's documents, oldest first.
    pub readings: Vec<Reading>,
    /// What the person confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub confirmation: Option<Confirmation>,
    /// What the clerk in the shop attested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub attestation: Option<Attestation>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// Decisions that stand, oldest first; with four eyes a first approval waits here for the second.
    pub decisions: Vec<Decision>,
    /// Whether two clerks have to approve.
    pub four_eyes: bool,
    /// The clerk this key belongs to; none: each call names its clerk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub clerk: Option<Sensitive<String>>,
    /// Steps that can be put back.
    pub steps: Vec<StepId>,
    /// When the contract ended or will end, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub contract_end: Option<String>,
    /// When the case is erased by itself, as far as that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub erase_at: Option<Rfc3339>,
    /// Who did what and when, oldest first. Lines are only ever added.
    pub audit: Vec<AuditEntry>,
}

/// One field of the master data beside what was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Compared {
    /// Which.
    pub name: FieldName,
    /// What the partner expects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub expected: Option<Sensitive<String>>,
    /// What was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub found: Option<Sensitive<String>>,
    /// Whether they are the same, as documents write them; none: one of them is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub same: Option<bool>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AuditAction {
    /// The case was made.
    Created,
    /// The person confirmed or contradicted the data.
    DataAnswered,
    /// The clerk in the shop attested.
    Attested,
    /// The rules ran after the evaluation, or again.
    RulesRan,
    /// The master data was changed.
    MasterDataChanged,
    /// Accepted kinds, or states of passports, were changed.
    AcceptanceChanged,
    /// The contract's end was told.
    ContractEnded,
    /// A rule was judged.
    RuleJudged,
    /// A first of two approvals was given.
    ApprovedOnce,
    /// The case was approved.
    Approved,
    /// The case was rejected.
    Rejected,
    /// Steps were put back.
    PutBack,
    /// A new session was begun.
    Restarted,
    /// The case was erased by somebody.
    Erased,
    /// The case was erased because its time was over.
    Expired,
}

/// One line of the audit log. What is about a person is in `clerk`, `note` and goes when the case is erased; the rest stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// When.
    pub at: Rfc3339,
    /// What.
    pub action: AuditAction,
    /// By which API key; none: by the person, or by time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub key: Option<String>,
    /// About which rules, steps, fields or kinds of document, by their names, or issuing states, by their codes; put back: every step
    /// that is asked for anew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
    /// How it came out, as a word of this API.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub outcome: Option<String>,
    /// Who.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub clerk: Option<Sensitive<String>>,
    /// Why, in their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub note: Option<Sensitive<String>>,
}

/// `PATCH /v1/cases/{case}`. What is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeCase {
    /// The master data, whole: what is absent in it is no longer expected. The rules run again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub expected: Option<MasterData>,
    /// Kinds this partner takes in this case. The rules run again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub accepted_documents: Option<Vec<DocumentKind>>,
    /// States whose passports this partner takes in this case, at least one; as in `CreateCase`. The rules run again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub accepted_passports: Option<Vec<String>>,
    /// When the contract ends, `YYYY-MM-DD`: the retention counts from here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub contract_end: Option<String>,
    /// Who changes it; required where the key belongs to nobody and the change is a clerk's. At most 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub clerk: Option<Sensitive<String>>,
}

/// `POST /v1/cases/{case}/review/rules/{rule}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JudgeRule {
    /// Whether it holds.
    pub good: bool,
    /// Why: 1 to 500 characters.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub reason: Sensitive<String>,
    /// Who; required where the key belongs to nobody. At most 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub clerk: Option<Sensitive<String>>,
}

/// `POST /v1/cases/{case}/review/decision`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decide {
    /// What.
    pub verdict: Verdict,
    /// Why: 1 to 500 characters.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub reason: Sensitive<String>,
    /// Who; required where the key belongs to nobody. At most 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub clerk: Option<Sensitive<String>>,
}

/// `POST /v1/cases/{case}/review/put-back`: these steps are to be taken again. `POST /v1/cases/{case}/review/restart`: every step is. Either
/// way with any device that holds the new link of the answer; older ones open nothing any more. With a step of the document its data are
/// confirmed anew; of a document that will not do, all its steps are taken again, another is chosen, and the attestation given anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PutBack {
    /// Which, of the review's `steps`; at least one. For a restart: none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepId>,
    /// Why: 1 to 500 characters. Not shown to the person.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub reason: Sensitive<String>,
    /// Who; required where the key belongs to nobody. At most 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub clerk: Option<Sensitive<String>>,
}
