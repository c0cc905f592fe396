//! A case as it is kept, and what of it the partner is told. What happens to it is in `steps` and `verdict`.

use std::collections::BTreeMap;

use lichtbild_mrz::State;
use lichtbild_protocol::{
    ErrorCode,
    capture::{ArtifactReceipt, DeviceFacts, EvaluationProgress},
    case::{
        ArtifactId, AttemptReport, CaptureOrigin, CaseId, CaseState, CaseSummary, Channel, Mode, SandboxPlan, kennung,
    },
    document::{Attestation, Confirmation, MasterData},
    flow::{DocumentKind, FlowId, PermitCategory, StepId, StepState},
    partner::{ConsentRecord, CreateCase, StepReport, TimelineItem, WebhookData, WebhookEvent},
    review::{AuditAction, AuditEntry, Decision, Judgement, RuleKind},
};
use serde::{Deserialize, Serialize};

use super::{expected, flow, retention::Retention};
use crate::clock::{Millis, rfc3339};

/// How often a person may try.
pub const ATTEMPTS: u8 = 5;

/// A case, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// UUID.
    pub id: CaseId,
    /// Whose it is.
    pub partner: String,
    /// The partner's name as people know it.
    pub partner_name: String,
    /// Live or sandbox.
    pub mode: Mode,
    /// Which flow.
    pub flow: FlowId,
    /// Where it stands.
    pub state: CaseState,
    /// Counts changes; the store refuses a change made on an older one.
    pub revision: u64,
    /// The partner's own name for it.
    pub reference: Option<String>,
    /// Fixed by the partner, or by the first device.
    pub lang: Option<String>,
    /// Kinds the partner takes.
    pub accepted: Vec<DocumentKind>,
    /// Codes of the states whose passports the partner takes; `None`: all that are taken by default.
    #[serde(default)]
    pub accepted_passports: Option<Vec<String>>,
    /// Where a SIM card is sold.
    pub channel: Channel,
    /// What the partner knows of the customer.
    pub expected: MasterData,
    /// Where the button at the end leads.
    pub return_url: Option<String>,
    /// The outcome a sandbox key asked for.
    pub plan: Option<SandboxPlan>,
    /// When it was made.
    pub created_at: Millis,
    /// When it last changed.
    pub updated_at: Millis,
    /// When it ends by itself.
    pub expires_at: Millis,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// How long it is kept.
    pub retention: Retention,
    /// When the contract ends, `YYYY-MM-DD`.
    pub contract_end: Option<String>,
    /// Current attempt, from 1.
    pub attempt: u8,
    /// How many there are; each that a clerk puts back adds one.
    pub attempts_allowed: u8,
    /// The chosen kind of document.
    pub document: Option<DocumentKind>,
    /// Its category, where it has one.
    pub category: Option<PermitCategory>,
    /// The steps, in order.
    pub steps: Vec<StepRecord>,
    /// Which words are spoken in this attempt, as places in the list.
    pub words: [u16; 2],
    /// The device that captures.
    pub device: Option<Device>,
    /// What was agreed to.
    pub consents: Vec<ConsentRecord>,
    /// How far the running evaluation is.
    pub progress: Option<EvaluationProgress>,
    /// Every evaluated attempt.
    pub attempts: Vec<AttemptReport>,
    /// Every recording that was ever handed in.
    pub submitted: Vec<ArtifactId>,
    /// What made each still of them be taken, as the browser says.
    #[serde(default)]
    pub origins: BTreeMap<ArtifactId, CaptureOrigin>,
    /// What the person said to the data that was read.
    pub confirmation: Option<Confirmation>,
    /// What the clerk in the shop attested.
    pub attestation: Option<Attestation>,
    /// What a clerk judged, each with what it was about (`rules::basis`).
    pub judgements: BTreeMap<RuleKind, (Judgement, String)>,
    /// What clerks decided, with the key each came by.
    pub decisions: Vec<(Decision, String)>,
}

/// A step of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRecord {
    /// Name.
    pub id: StepId,
    /// How far it has come.
    pub state: StepState,
    /// Why it has to be repeated.
    pub reasons: Vec<ErrorCode>,
    /// What was handed in.
    pub artifacts: Vec<ArtifactReceipt>,
    /// In which attempt; 0: not yet.
    pub attempt: u8,
}

/// The device that captures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Device {
    /// RFC 7638 thumbprint of its public key.
    pub key: String,
    /// What support may need to see.
    pub facts: DeviceFacts,
}

/// What a change of a case brings about besides, in the same transaction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    /// Lines for support.
    pub timeline: Vec<TimelineItem>,
    /// Events for the partner.
    pub events: Vec<WebhookEvent>,
    /// Lines of the audit log.
    pub audit: Vec<AuditEntry>,
}

impl Effects {
    /// Adds a line for support.
    pub fn note(&mut self, at: Millis, event: &str, step: Option<&str>, code: Option<ErrorCode>) {
        self.timeline.push(TimelineItem { at: rfc3339(at), event: event.into(), step: step.map(Into::into), code });
    }

    /// Adds a line to the audit log; who did it may be filled in.
    pub fn record(&mut self, at: Millis, action: AuditAction) -> &mut AuditEntry {
        self.audit.push(AuditEntry {
            at: rfc3339(at),
            action,
            key: None,
            about: Vec::new(),
            outcome: None,
            clerk: None,
            note: None,
        });
        let last = self.audit.len() - 1;
        &mut self.audit[last]
    }
}

/// Who makes a case, as the API key says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maker {
    /// Id of the partner.
    pub partner: String,
    /// Name as people know it.
    pub name: String,
    /// Kind of key.
    pub mode: Mode,
    /// Id of the key.
    pub key: String,
    /// The clerk it belongs to, if it is somebody's own.
    pub clerk: Option<String>,
}

impl Case {
    /// A new case of a partner; the request is checked here.
    pub fn create(
        id: CaseId,
        maker: &Maker,
        wish: CreateCase,
        now: Millis,
        expires_at: Millis,
        words: [u16; 2],
        retention: Retention,
    ) -> Result<(Self, Effects), (ErrorCode, &'static str)> {
        check(&wish, maker.mode)?;
        let expected = expected::checked(wish.expected.unwrap_or_default())?;
        let channel = wish.channel.unwrap_or_default();
        let accepted = flow::choosable(wish.flow, wish.accepted_documents.as_deref());
        let case = Self {
            id,
            partner: maker.partner.clone(),
            partner_name: maker.name.clone(),
            mode: maker.mode,
            flow: wish.flow,
            state: CaseState::Created,
            revision: 1,
            reference: wish.reference,
            lang: wish.lang,
            accepted,
            accepted_passports: wish.accepted_passports,
            channel,
            expected,
            return_url: wish.return_url,
            plan: wish.sandbox,
            created_at: now,
            updated_at: now,
            expires_at,
            ended_at: None,
            retention,
            contract_end: None,
            attempt: 1,
            attempts_allowed: ATTEMPTS,
            document: None,
            category: None,
            steps: flow::ids(wish.flow, channel).iter().copied().map(StepRecord::open).collect(),
            words,
            device: None,
            consents: Vec::new(),
            progress: None,
            attempts: Vec::new(),
            submitted: Vec::new(),
            origins: BTreeMap::new(),
            confirmation: None,
            attestation: None,
            judgements: BTreeMap::new(),
            decisions: Vec::new(),
        };
        let mut effects = Effects::default();
        effects.note(now, "case.created", None, None);
        effects.record(now, AuditAction::Created).key = Some(maker.key.clone());
        Ok((case, effects))
    }

    /// For lists.
    pub fn summary(&self) -> CaseSummary {
        CaseSummary {
            id: self.id.clone(),
            kennung: kennung(&self.id).to_owned(),
            flow: self.flow,
            mode: self.mode,
            state: self.state,
            reference: self.reference.clone(),
            created_at: rfc3339(self.created_at),
            updated_at: rfc3339(self.updated_at),
            expires_at: rfc3339(self.expires_at),
            attempt: self.attempt,
            attempts_allowed: self.attempts_allowed,
        }
    }

    /// Where the sale takes place, if it is one.
    pub fn channel(&self) -> Option<Channel> {
        (self.flow == FlowId::SimRegistration).then_some(self.channel)
    }

    /// The steps, for the partner.
    pub fn step_reports(&self) -> Vec<StepReport> {
        let report =
            |step: &StepRecord| StepReport { id: step.id.clone(), state: step.state, reasons: step.reasons.clone() };
        self.steps.iter().map(report).collect()
    }

    /// A webhook about this case as it stands.
    pub fn event(&self, kind: &str, now: Millis) -> WebhookEvent {
        WebhookEvent {
            kind: kind.into(),
            timestamp: rfc3339(now),
            data: WebhookData {
                case: self.id.clone(),
                mode: self.mode,
                kennung: kennung(&self.id).to_owned(),
                state: self.state,
                reference: self.reference.clone(),
            },
        }
    }

    pub(super) fn step_mut(&mut self, id: &str) -> Option<&mut StepRecord> {
        self.steps.iter_mut().find(|step| step.id == id)
    }
}

impl StepRecord {
    /// Not taken yet.
    pub(super) fn open(id: impl Into<StepId>) -> Self {
        Self { id: id.into(), state: StepState::Open, reasons: Vec::new(), artifacts: Vec::new(), attempt: 0 }
    }

    /// Whether the person has it before them.
    pub fn waits(&self) -> bool {
        matches!(self.state, StepState::Open | StepState::Repeat)
    }
}

fn check(wish: &CreateCase, mode: Mode) -> Result<(), (ErrorCode, &'static str)> {
    let invalid = |field| Err((ErrorCode::RequestInvalid, field));
    let text = |text: &Option<String>, limit: usize| {
        text.as_ref()
            .is_none_or(|text| !text.is_empty() && text.chars().count() <= limit && !text.chars().any(char::is_control))
    };
    if !text(&wish.reference, 64) {
        return invalid("reference: 1 to 64 characters");
    }
    if wish.lang.as_ref().is_some_and(|lang| !flow::LANGS.contains(&lang.as_str())) {
        return invalid("lang: de or en");
    }
    if flow::choosable(wish.flow, wish.accepted_documents.as_deref()).is_empty() {
        return invalid(flow::NOTHING_TO_CHOOSE);
    }
    if let Some(states) = &wish.accepted_passports {
        are_states(states)?;
    }
    if wish.channel.is_some() && wish.flow != FlowId::SimRegistration {
        return invalid("channel: with sim-registration only");
    }
    if !text(&wish.return_url, 2000) || !wish.return_url.as_ref().is_none_or(|url| returns(url)) {
        return invalid("returnUrl: https, or http on localhost");
    }
    if wish.sandbox.is_some() && mode != Mode::Sandbox {
        return Err((ErrorCode::PartnerForbidden, "sandbox"));
    }
    let ids = flow::ids(wish.flow, wish.channel.unwrap_or_default());
    if let Some(SandboxPlan::Repeat { steps, times }) = &wish.sandbox
        && (*times == 0
            || steps.is_empty()
            || !steps.iter().all(|step| flow::captures(step) && ids.contains(&step.as_str())))
    {
        return invalid("sandbox: capturing steps, at least once");
    }
    Ok(())
}

/// Whether passports can be of these states.
pub(super) fn are_states(codes: &[String]) -> Result<(), (ErrorCode, &'static str)> {
    let known = !codes.is_empty() && codes.iter().all(|code| State::of(code).is_some());
    let refusal = (ErrorCode::RequestInvalid, "acceptedPassports: at least one ICAO code, such as D or CHE");
    if known { Ok(()) } else { Err(refusal) }
}

fn returns(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| match (url.scheme(), url.host_str()) {
        ("https", Some(_)) => true,
        ("http", Some(host)) => {
            host == "localhost" || host.ends_with(".localhost") || host == "127.0.0.1" || host == "[::1]"
        }
        _ => false,
    })
}
