//! What has to survive: partners, cases, tokens, uploads, deliveries. One seam with one implementation per database; only this
//! folder knows SQL. Every write that returns survives power loss. Times are Unix milliseconds.

mod sqlite;

use std::collections::BTreeMap;

use lichtbild_protocol::{
    Sensitive,
    capture::{HelpRequest, Role},
    case::{ArtifactId, ArtifactKind, CaseId, CaseState, Mode},
    document::Reading,
    flow::{FlowId, StepId},
    partner::{Delivery, HelpMessage, TimelineItem},
    review::AuditEntry,
};
use serde::{Deserialize, Serialize};

use crate::{
    clock::Millis,
    review::{Case, Effects, case::Maker, retention::Retention},
};

pub use self::sqlite::Sqlite;

/// The store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be reached, is busy beyond its patience, or is full.
    #[error("database: {0}")]
    Unavailable(#[from] sqlx::Error),
    /// A row that we cannot have written.
    #[error("row of {0}")]
    Corrupt(&'static str),
}

type Result<T> = std::result::Result<T, StoreError>;

/// A partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Opaque.
    pub id: String,
    /// As people know it.
    pub name: String,
    /// Origins that may show the capture page in a frame.
    pub origins: Vec<String>,
}

/// What a partner has agreed with the operator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Policy {
    /// Two clerks have to approve a case.
    pub four_eyes: bool,
    /// How long cases are kept, where another rule than the flow's holds.
    pub retention: BTreeMap<FlowId, Retention>,
}

impl Policy {
    /// How long cases of a flow are kept.
    pub fn keeps(&self, flow: FlowId) -> Retention {
        self.retention.get(&flow).copied().unwrap_or(Retention::of(flow))
    }
}

/// A partner's API key, as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The first characters of its hash.
    pub id: String,
    /// What it is for.
    pub mode: Mode,
    /// The clerk it belongs to, if it is somebody's own.
    pub clerk: Option<String>,
    /// When it was made.
    pub created_at: Millis,
    /// Since when it opens nothing any more.
    pub revoked_at: Option<Millis>,
}

/// What a case uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// Uploads, those that were terminated included.
    pub uploads: u64,
    /// Bytes that are there.
    pub bytes: u64,
}

/// Where a partner's events about cases of one mode go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// Address.
    pub url: String,
    /// `whsec_…`
    pub secret: Sensitive<String>,
    /// Whether events are sent.
    pub enabled: bool,
}

/// A browser's token, by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// SHA-256, hex.
    pub hash: String,
    /// Which case it opens.
    pub case: CaseId,
    /// What it may do.
    pub role: Role,
    /// Thumbprint of the key it is bound to, once it is.
    pub key: Option<String>,
    /// When it ends.
    pub expires_at: Millis,
}

/// A hand-off, by the hash of its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handoff {
    /// SHA-256, hex.
    pub hash: String,
    /// Which case it hands over.
    pub case: CaseId,
    /// Until when it can be claimed.
    pub expires_at: Millis,
    /// Thumbprint of the key that claimed it.
    pub claimed_by: Option<String>,
    /// What the claiming person has to type.
    pub number: String,
    /// How often something else was typed.
    pub wrong: u8,
}

/// What happens in one transaction with a change of a case.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// A new token.
    AddToken(Token),
    /// Binds a token that is not bound yet.
    BindToken(String, String),
    /// All tokens of the case that are not of this key may only observe from now on.
    ObserveAllBut(String),
    /// Adds a hand-off; of the case's older unclaimed ones the two that live longest stay until they end.
    OfferHandoff(Handoff),
    /// A phone has opened a hand-off: it lives until then, once.
    OpenHandoff(String, Millis),
    /// The wrong number was typed for it.
    MissHandoff(String),
    /// Removes the case's unclaimed hand-offs.
    WithdrawHandoff,
    /// Claims a hand-off for a key, once; nothing is changed at all if somebody else has it or it has ended.
    ClaimHandoff(String, String, Millis),
    /// A message to support.
    Help(Box<HelpRequest>, Millis),
    /// A document was read; of the server's readings of one still, and of its votes of the same stills, the first stays.
    AddReading(Box<Reading>),
    /// Tokens and open hand-offs of the case open nothing any more.
    CutOff,
}

/// A change of a case, whole or not at all.
#[derive(Clone, Debug)]
pub struct Commit<'a> {
    /// The case as it is to be, its revision one more than that of the row.
    pub case: &'a Case,
    /// What comes of it: timeline and webhooks.
    pub effects: &'a Effects,
    /// And besides.
    pub ops: &'a [Op],
}

/// What a partner asked for when it listed cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseQuery {
    /// Only those in this state.
    pub state: Option<CaseState>,
    /// Only those before this one: time of making and id.
    pub before: Option<(Millis, CaseId)>,
    /// At most so many.
    pub limit: u32,
}

/// An upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// UUID of the recording, and name of the upload.
    pub artifact: ArtifactId,
    /// Which case.
    pub case: CaseId,
    /// Which step.
    pub step: StepId,
    /// What it is.
    pub kind: ArtifactKind,
    /// Media type as recorded.
    pub media_type: String,
    /// In which attempt.
    pub attempt: u8,
    /// Bytes that survive power loss.
    pub offset: u64,
    /// Length, once known.
    pub length: Option<u64>,
    /// Who takes an upload over raises it; an older request can then commit nothing.
    pub epoch: u64,
    /// Terminated.
    pub gone: bool,
    /// SHA-256 of all bytes, hex, once complete and counted.
    pub sha256: Option<String>,
    /// When it was created.
    pub created_at: Millis,
}

impl Upload {
    /// Whether all of it is there.
    pub fn complete(&self) -> bool {
        self.length == Some(self.offset)
    }
}

/// A stored piece of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Where it starts.
    pub offset: u64,
    /// Bytes.
    pub length: u64,
    /// Key of its object.
    pub object: String,
}

/// A webhook that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The same on every retry.
    pub id: String,
    /// Whose.
    pub partner: String,
    /// About cases of which mode.
    pub mode: Mode,
    /// JSON.
    pub body: String,
    /// Attempts made so far.
    pub attempts: u16,
    /// Where to.
    pub hook: Hook,
}

/// How an attempt to deliver went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempted {
    /// Which delivery.
    pub id: String,
    /// HTTP status, if anybody answered.
    pub status: Option<u16>,
    /// It got through.
    pub delivered: bool,
    /// Otherwise: when it is tried next; never, if none.
    pub next_at: Option<Millis>,
    /// The receiver wants no more: the webhook goes off.
    pub disable: bool,
    /// When the attempt was made.
    pub at: Millis,
}

/// Partners, their keys and webhooks.
#[async_trait::async_trait]
pub trait Partners: Send + Sync {
    /// A new partner with the hashes of its keys.
    async fn add_partner(&self, partner: &Partner, keys: &[(String, Mode)], now: Millis) -> Result<()>;
    /// Whose key this is.
    async fn partner_of_key(&self, hash: &str) -> Result<Option<Maker>>;
    /// Origins of all partners.
    async fn origins(&self) -> Result<Vec<String>>;
    /// All partners with their keys, oldest first.
    async fn partners(&self) -> Result<Vec<(Partner, Vec<Key>)>>;
    /// Another key of a partner, by its hash, perhaps a clerk's own; `false`: there is no such partner.
    async fn add_key(&self, partner: &str, hash: &str, mode: Mode, clerk: Option<&str>, now: Millis) -> Result<bool>;
    /// What a partner has agreed; the default of one that is not there.
    async fn policy(&self, partner: &str) -> Result<Policy>;
    /// Sets it; `false`: there is no such partner.
    async fn set_policy(&self, partner: &str, policy: &Policy) -> Result<bool>;
    /// The key with this id opens nothing any more; `false`: the partner has no such key, or it was revoked before.
    async fn revoke_key(&self, partner: &str, id: &str, now: Millis) -> Result<bool>;
    /// Another origin of a partner; `false`: there is no such partner.
    async fn add_origin(&self, partner: &str, origin: &str) -> Result<bool>;
    /// Where a partner's events about cases of a mode go.
    async fn hook(&self, partner: &str, mode: Mode) -> Result<Option<Hook>>;
    /// Sets or removes it.
    async fn set_hook(&self, partner: &str, mode: Mode, hook: Option<&Hook>) -> Result<()>;
    /// Last hundred deliveries of a partner and mode, newest first.
    async fn deliveries(&self, partner: &str, mode: Mode) -> Result<Vec<Delivery>>;
    /// Sends one again, as if it were new; `false`: there is none.
    async fn replay(&self, partner: &str, mode: Mode, id: &str, now: Millis) -> Result<bool>;
    /// Deliveries to make now: at most so many, and at most so many for each webhook.
    async fn due(&self, now: Millis, limit: u32, each: u32) -> Result<Vec<Due>>;
    /// When the first one is due that is not yet.
    async fn next_due(&self, now: Millis) -> Result<Option<Millis>>;
    /// Notes how one went.
    async fn attempted(&self, attempted: &Attempted) -> Result<()>;
}

/// Cases and what belongs to them.
#[async_trait::async_trait]
pub trait Cases: Send + Sync {
    /// A new case with its first token. With an idempotency key that was used before: that case and the hash of its request.
    async fn create_case(
        &self,
        commit: Commit<'_>,
        idempotency: Option<(&str, &str)>,
    ) -> Result<Option<(CaseId, String)>>;
    /// A case.
    async fn case(&self, id: &str) -> Result<Option<Case>>;
    /// Cases of a partner and mode, newest first.
    async fn cases(&self, partner: &str, mode: Mode, query: &CaseQuery) -> Result<Vec<Case>>;
    /// Changes a case; `false`: somebody else changed it before, or a hand-off could not be claimed.
    async fn commit(&self, commit: Commit<'_>) -> Result<bool>;
    /// What happened in a case.
    async fn timeline(&self, case: &str) -> Result<Vec<TimelineItem>>;
    /// What the person wrote to support.
    async fn help(&self, case: &str) -> Result<Vec<HelpMessage>>;
    /// Removes a case with everything that names it; a tombstone stays, and of the audit log what is about nobody, with this line.
    async fn erase(&self, case: &Case, line: &AuditEntry, now: Millis) -> Result<()>;
    /// Erased cases whose objects may still be there.
    async fn unfinished_erasures(&self) -> Result<Vec<CaseId>>;
    /// The objects of an erased case are gone: empties what the store itself still holds; `false`: not yet, try again.
    async fn finish_erasure(&self, case: &str) -> Result<bool>;
    /// Open cases whose time is over; those under evaluation are left alone.
    async fn overdue(&self, now: Millis) -> Result<Vec<CaseId>>;
    /// Cases to be evaluated, oldest first.
    async fn evaluating(&self) -> Result<Vec<CaseId>>;
    /// Cases that ended unfinished and still have recordings.
    async fn unpurged(&self) -> Result<Vec<CaseId>>;
    /// Removes the uploads of a case, and what was read on them.
    async fn forget_recordings(&self, case: &str) -> Result<()>;
    /// Notes that its objects are gone too.
    async fn purged(&self, case: &str, now: Millis) -> Result<()>;
}

/// What clerks look at. It changes with its case (`Op`, `Effects`).
#[async_trait::async_trait]
pub trait Reviews: Send + Sync {
    /// Every reading of a case's documents, oldest first.
    async fn readings(&self, case: &str) -> Result<Vec<Reading>>;
    /// The audit log of a case of this partner and mode, oldest first; also of an erased one.
    async fn audit(&self, case: &str, partner: &str, mode: Mode) -> Result<Vec<AuditEntry>>;
    /// Cases whose time to be kept is over.
    async fn outlived(&self, now: Millis) -> Result<Vec<CaseId>>;
}

/// Tokens and hand-offs. They change with their case (`Op`).
#[async_trait::async_trait]
pub trait Tokens: Send + Sync {
    /// A token by its hash.
    async fn token(&self, hash: &str) -> Result<Option<Token>>;
    /// A hand-off by the hash of its secret.
    async fn handoff(&self, hash: &str) -> Result<Option<Handoff>>;

    /// The number of a case's hand-off that can be claimed now.
    async fn handoff_number(&self, case: &str, now: Millis) -> Result<Option<String>>;
    /// Whether a hand-off of this case was claimed by somebody.
    async fn handed_off(&self, case: &str) -> Result<bool>;
    /// Removes tokens and hand-offs that ended before this time and can no longer be renewed.
    async fn forget_tokens(&self, before: Millis) -> Result<()>;
}

/// Uploads, with fencing by offset and epoch.
#[async_trait::async_trait]
pub trait Uploads: Send + Sync {
    /// Creates an upload, or returns the one there is; a terminated one starts anew. `None`: its case takes no recordings now.
    async fn create_upload(&self, upload: &Upload) -> Result<Option<Upload>>;
    /// An upload.
    async fn upload(&self, artifact: &str) -> Result<Option<Upload>>;
    /// Uploads of a case that are not terminated, oldest first.
    async fn uploads(&self, case: &str) -> Result<Vec<Upload>>;
    /// What a case uses.
    async fn used(&self, case: &str) -> Result<Used>;
    /// Takes an upload over: raises its epoch. With an offset only if that is where it stands.
    async fn take_over(&self, artifact: &str, offset: Option<u64>) -> Result<Option<Upload>>;
    /// Appends a piece (or none) and sets the length, if nobody took over since; `None`: somebody did.
    async fn append(&self, upload: &Upload, chunk: Option<&Chunk>, length: Option<u64>) -> Result<Option<Upload>>;
    /// Pieces of an upload, in order.
    async fn chunks(&self, artifact: &str) -> Result<Vec<Chunk>>;
    /// Notes the digest of a complete upload.
    async fn set_digest(&self, artifact: &str, sha256: &str) -> Result<()>;
    /// Terminates an upload and names its objects.
    async fn terminate(&self, artifact: &str) -> Result<Vec<String>>;
    /// Whether an object belongs to a piece.
    async fn knows_object(&self, object: &str) -> Result<bool>;
}

/// The whole store.
#[async_trait::async_trait]
pub trait Store: Partners + Cases + Reviews + Tokens + Uploads {
    /// Reads and writes.
    async fn ping(&self) -> Result<()>;
    /// Writes everything out and closes.
    async fn close(&self);
}
