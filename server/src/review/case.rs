//! A case as it is kept, and what of it the partner is told. What happens to it is in `steps` and `verdict`.

use lichtbild_protocol::{
    ErrorCode,
    capture::{ArtifactReceipt, DeviceFacts, EvaluationProgress},
    case::{ArtifactId, AttemptReport, CaseId, CaseState, CaseSummary, Mode, SandboxPlan, kennung},
    flow::{DocumentKind, FlowId, StepId, StepState},
    partner::{ConsentRecord, CreateCase, StepReport, TimelineItem, WebhookData, WebhookEvent},
};
use serde::{Deserialize, Serialize};

use super::flow;
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
    /// Current attempt, from 1.
    pub attempt: u8,
    /// The chosen kind of document.
    pub document: Option<DocumentKind>,
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
}

impl Effects {
    /// Adds a line for support.
    pub fn note(&mut self, at: Millis, event: &str, step: Option<&str>, code: Option<ErrorCode>) {
        self.timeline.push(TimelineItem { at: rfc3339(at), event: event.into(), step: step.map(Into::into), code });
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
    ) -> Result<(Self, Effects), (ErrorCode, &'static str)> {
        check(&wish, maker.mode)?;
        let accepted = wish.accepted_documents.unwrap_or_else(|| DocumentKind::ALL.to_vec());
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
            accepted: accepted.into_iter().filter(|kind| kind.supported()).collect(),
            return_url: wish.return_url,
            plan: wish.sandbox,
            created_at: now,
            updated_at: now,
            expires_at,
            attempt: 1,
            document: None,
            steps: flow::ids(wish.flow).map(StepRecord::open).collect(),
            words,
            device: None,
            consents: Vec::new(),
            progress: None,
            attempts: Vec::new(),
            submitted: Vec::new(),
        };
        let mut effects = Effects::default();
        effects.note(now, "case.created", None, None);
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
            attempts_allowed: ATTEMPTS,
        }
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
    fn open(id: &'static str) -> Self {
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
    if wish.accepted_documents.as_ref().is_some_and(|kinds| !kinds.iter().any(|kind| kind.supported())) {
        return invalid("acceptedDocuments: at least one supported kind");
    }
    if !text(&wish.return_url, 2000) || !wish.return_url.as_ref().is_none_or(|url| returns(url)) {
        return invalid("returnUrl: https, or http on localhost");
    }
    if wish.sandbox.is_some() && mode != Mode::Sandbox {
        return Err((ErrorCode::PartnerForbidden, "sandbox"));
    }
    if let Some(SandboxPlan::Repeat { steps, times }) = &wish.sandbox
        && (*times == 0 || steps.is_empty() || !steps.iter().all(|step| flow::captures(wish.flow, step)))
    {
        return invalid("sandbox: capturing steps, at least once");
    }
    Ok(())
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
