//! What the partner's clerks do to a case: correct the master data, judge a rule, decide, put steps back, begin anew. Each function checks
//! that it may happen now, changes the case and returns what else comes of it, the audit log's lines among it.

use lichtbild_protocol::{
    ErrorCode, Sensitive,
    case::CaseState,
    document::{FieldName, Reading},
    flow::{StepId, StepState},
    review::{
        AuditAction, AuditEntry, ChangeCase, Decide, Decision, JudgeRule, Judgement, NOTE_MAX, PutBack, RuleKind,
        RuleResult, Verdict,
    },
};

use super::{
    Case, Effects, acceptance,
    case::{Maker, StepRecord, are_states},
    confirm::is_clerk,
    expected, flow, name_of,
    retention::date,
    rules,
};
use crate::clock::{Millis, rfc3339};

/// A refusal: its code, and for developers what exactly.
pub type Refusal = (ErrorCode, &'static str);

type Change = Result<Effects, Refusal>;

/// What another attempt gets.
#[derive(Clone, Copy, Debug)]
pub struct Again {
    /// The words to be spoken, as places in the list.
    pub words: [u16; 2],
    /// When the case ends by itself.
    pub expires_at: Millis,
    /// When this happens.
    pub now: Millis,
}

/// Who acts, as the API key and the call say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clerk {
    /// Id of the key.
    pub key: String,
    /// The key is this clerk's own: nobody else can act with it.
    pub own_key: bool,
    /// Who.
    pub name: Sensitive<String>,
}

impl Clerk {
    /// The clerk of a call: whose the key is, else whom the call names.
    pub fn of(maker: &Maker, named: Option<&Sensitive<String>>) -> Result<Self, Refusal> {
        let own_key = maker.clerk.is_some();
        let name = match (&maker.clerk, named) {
            (Some(own), Some(other)) if own != other.expose().trim() => {
                return Err((ErrorCode::RequestInvalid, "clerk: this key is somebody else's own"));
            }
            (Some(own), _) => own.clone(),
            (None, Some(named)) if is_clerk(named.expose()) => named.expose().trim().to_owned(),
            (None, _) => return Err((ErrorCode::RequestInvalid, "clerk: 1 to 64 characters")),
        };
        Ok(Self { key: maker.key.clone(), own_key, name: Sensitive::new(name) })
    }

    /// Whether the same person may have made this earlier decision.
    fn may_be_who_made(&self, decision: &Decision, key: &str) -> bool {
        let same_name = decision.clerk.expose().to_lowercase() == self.name.expose().to_lowercase();
        same_name || self.own_key && key == self.key
    }

    fn signs(&self, line: &mut AuditEntry, note: Option<&Sensitive<String>>) {
        line.key = Some(self.key.clone());
        line.clerk = Some(self.name.clone());
        line.note = note.cloned();
    }
}

impl Case {
    /// Changes what the partner said when it made the case; the rules run again where they have run.
    pub fn change(
        &mut self,
        change: &ChangeCase,
        maker: &Maker,
        clerk: Option<&Clerk>,
        readings: &[Reading],
        now: Millis,
    ) -> Change {
        let mut effects = Effects::default();
        let mut record = |action, about| {
            let line = effects.record(now, action);
            line.about = about;
            line.key = Some(maker.key.clone());
            line.clerk = clerk.map(|clerk| clerk.name.clone());
        };
        let corrects =
            change.expected.is_some() || change.accepted_documents.is_some() || change.accepted_passports.is_some();
        if corrects && self.state.ended() {
            return Err((ErrorCode::ReviewClosed, "the case has ended"));
        }
        let mut rerun = false;
        let expected = change.expected.clone().map(expected::checked).transpose()?;
        if let Some(data) = expected.filter(|data| *data != self.expected) {
            let differs = |name: &FieldName| expected::value(&data, *name) != expected::value(&self.expected, *name);
            record(
                AuditAction::MasterDataChanged,
                expected::FIELDS.iter().filter(|name| differs(name)).map(name_of).collect(),
            );
            self.expected = data;
            rerun = true;
        }
        if let Some(kinds) = &change.accepted_documents {
            let accepted = flow::choosable(self.flow, Some(kinds));
            if accepted.is_empty() {
                return Err((ErrorCode::RequestInvalid, flow::NOTHING_TO_CHOOSE));
            }
            rerun |= self.accepted != accepted;
            self.accepted = accepted;
            record(AuditAction::AcceptanceChanged, kinds.iter().map(name_of).collect());
        }
        if let Some(states) = &change.accepted_passports {
            are_states(states)?;
            rerun |= self.accepted_passports.as_ref() != Some(states);
            self.accepted_passports = Some(states.clone());
            record(AuditAction::AcceptanceChanged, states.clone());
        }
        if let Some(end) = &change.contract_end {
            date(end).ok_or((ErrorCode::RequestInvalid, "contractEnd: YYYY-MM-DD"))?;
            self.contract_end = Some(end.clone());
            record(AuditAction::ContractEnded, Vec::new());
        }
        if rerun && self.state == CaseState::InReview {
            self.decisions.clear();
            effects.events.push(self.event("case.evaluated", now));
            self.note_rules(&mut effects, readings, now);
        }
        Ok(effects)
    }

    /// Writes down how the rules stand.
    pub(super) fn note_rules(&self, effects: &mut Effects, readings: &[Reading], now: Millis) {
        let rules = rules::rules(self, readings);
        let line = effects.record(now, AuditAction::RulesRan);
        line.outcome = Some(name_of(&rules::worst(&rules)));
        let good = |result| matches!(result, RuleResult::Ok | RuleResult::NotApplicable);
        line.about = rules.iter().filter(|rule| !good(rule.result)).map(|rule| name_of(&rule.kind)).collect();
    }

    /// A clerk judges a rule.
    pub fn judge_rule(
        &mut self,
        kind: RuleKind,
        body: &JudgeRule,
        clerk: &Clerk,
        readings: &[Reading],
        now: Millis,
    ) -> Change {
        self.in_review()?;
        reason(&body.reason)?;
        let rule = rules::found(self, readings, kind);
        if !rule.judgeable {
            return Err((ErrorCode::ReviewNotJudgeable, "the rule follows from the data"));
        }
        let judgement =
            Judgement { good: body.good, reason: body.reason.clone(), clerk: clerk.name.clone(), at: rfc3339(now) };
        self.judgements.insert(kind, (judgement, rules::basis(&rule)));
        self.decisions.clear();
        let mut effects = Effects::default();
        let line = effects.record(now, AuditAction::RuleJudged);
        line.about = vec![name_of(&kind)];
        line.outcome = Some(name_of(if body.good { &RuleResult::Ok } else { &RuleResult::NotOk }));
        clerk.signs(line, Some(&body.reason));
        Ok(effects)
    }

    /// A clerk approves or rejects the case; with four eyes a second one has to approve too.
    pub fn decide(
        &mut self,
        body: &Decide,
        clerk: &Clerk,
        four_eyes: bool,
        readings: &[Reading],
        now: Millis,
    ) -> Change {
        self.in_review()?;
        reason(&body.reason)?;
        let approves = body.verdict == Verdict::Approve;
        if approves && !rules::all_good(&rules::rules(self, readings)) {
            return Err((ErrorCode::ReviewRulesOpen, "not every rule is good"));
        }
        if approves && self.decisions.iter().any(|(earlier, key)| clerk.may_be_who_made(earlier, key)) {
            return Err((ErrorCode::ReviewSameClerk, "another clerk has to approve"));
        }
        let (verdict, reason) = (body.verdict, body.reason.clone());
        let decision = Decision { verdict, reason, clerk: clerk.name.clone(), at: rfc3339(now) };
        self.decisions.push((decision, clerk.key.clone()));
        let waits = approves && four_eyes && self.decisions.len() < 2;
        let mut effects = match (approves, waits) {
            (true, true) => Effects::default(),
            (true, false) => self.over(CaseState::Verified, now),
            (false, _) => self.over(CaseState::Rejected, now),
        };
        let action = match (approves, waits) {
            (true, true) => AuditAction::ApprovedOnce,
            (true, false) => AuditAction::Approved,
            (false, _) => AuditAction::Rejected,
        };
        clerk.signs(effects.record(now, action), Some(&body.reason));
        Ok(effects)
    }

    /// Steps a clerk may put back now.
    pub fn can_be_put_back(&self) -> Vec<StepId> {
        if self.state != CaseState::InReview {
            return Vec::new();
        }
        let asks = |step: &&StepRecord| flow::captures(&step.id) || flow::is_answered(&step.id);
        let taken = self.steps.iter().filter(|step| step.state != StepState::Skipped).filter(asks);
        taken.map(|step| step.id.clone()).collect()
    }

    /// Asks for steps again. The browser forgot its key when it was through, so any device that holds a fresh link may take them. Of a
    /// document that will not do, all is asked for again, and another one is chosen.
    pub fn put_back(&mut self, body: &PutBack, clerk: &Clerk, readings: &[Reading], again: Again) -> Change {
        let now = again.now;
        self.in_review()?;
        reason(&body.reason)?;
        let possible = self.can_be_put_back();
        if body.steps.is_empty() || !body.steps.iter().all(|step| possible.contains(step)) {
            return Err((ErrorCode::RequestInvalid, "steps: at least one of the review's"));
        }
        let of_document = body.steps.iter().any(|id| flow::is_of_document(id));
        let why = if of_document { acceptance::another_document(self, readings) } else { Vec::new() };
        let another = !why.is_empty();
        let had = |step: &&StepRecord| step.state == StepState::Done;
        let done: Vec<StepId> = self.steps.iter().filter(had).map(|step| step.id.clone()).collect();
        self.once_more(CaseState::Repeat, again);
        let mut effects = Effects::default();
        if another && let Some(front) = self.ask_for_another_document() {
            effects.note(now, "step.repeat", Some(&front), why.first().copied());
            self.ask_once_more(&front, why);
        }
        for id in body.steps.iter().filter(|id| !another || !flow::is_of_document(id)) {
            effects.note(now, "step.repeat", Some(id), Some(ErrorCode::ReviewPutBack));
            self.ask_once_more(id, vec![ErrorCode::ReviewPutBack]);
        }
        let asked = |step: &&StepRecord| step.waits() && done.contains(&step.id);
        let about: Vec<StepId> = self.steps.iter().filter(asked).map(|step| step.id.clone()).collect();
        // The camera is asked for only where there is something to be taken.
        let takes = body.steps.iter().any(|step| flow::captures(step));
        let anew = |id: &str| flow::is_of_server(id) || (flow::is_of_device(id) && (takes || id != "permissions"));
        for step in self.steps.iter_mut().filter(|step| anew(&step.id)) {
            step.state = StepState::Open;
        }
        effects.events.push(self.event("case.repeat", now));
        let line = effects.record(now, AuditAction::PutBack);
        line.about = about;
        clerk.signs(line, Some(&body.reason));
        Ok(effects)
    }

    /// Begins the whole anew, with any device. What was recorded so far stays as evidence.
    pub fn restart(&mut self, body: &PutBack, clerk: &Clerk, again: Again) -> Change {
        if self.state.ended() || self.state == CaseState::Evaluating || self.channel().is_none() {
            return Err((ErrorCode::ReviewClosed, "the case has ended or is being evaluated"));
        }
        reason(&body.reason)?;
        if !body.steps.is_empty() {
            return Err((ErrorCode::RequestInvalid, "steps: a restart asks for all of them"));
        }
        self.once_more(CaseState::Created, again);
        self.steps = flow::ids(self.flow, self.channel).iter().copied().map(StepRecord::open).collect();
        (self.document, self.category, self.confirmation, self.attestation) = (None, None, None, None);
        self.consents.clear();
        let mut effects = Effects::default();
        effects.note(again.now, "case.restarted", None, None);
        clerk.signs(effects.record(again.now, AuditAction::Restarted), Some(&body.reason));
        Ok(effects)
    }

    /// Another attempt, which costs the person none of theirs.
    fn once_more(&mut self, state: CaseState, Again { words, expires_at, .. }: Again) {
        (self.state, self.words, self.expires_at, self.device) = (state, words, expires_at, None);
        self.attempt = self.attempt.saturating_add(1);
        self.attempts_allowed = self.attempts_allowed.saturating_add(1);
        self.judgements.clear();
        self.decisions.clear();
    }

    fn ask_once_more(&mut self, id: &str, reasons: Vec<ErrorCode>) {
        if flow::is_of_document(id) {
            self.confirm_anew();
        }
        match id {
            "data-confirmation" => self.confirmation = None,
            "attestation" => self.attestation = None,
            _ => {}
        }
        if let Some(step) = self.step_mut(id) {
            (step.state, step.reasons) = (StepState::Repeat, reasons);
            step.artifacts.clear();
        }
    }

    fn in_review(&self) -> Result<(), Refusal> {
        if self.state == CaseState::InReview { Ok(()) } else { Err((ErrorCode::ReviewClosed, "not in review")) }
    }
}

fn reason(text: &Sensitive<String>) -> Result<(), Refusal> {
    let text = text.expose();
    let fits = !text.trim().is_empty() && text.chars().count() <= NOTE_MAX;
    if fits { Ok(()) } else { Err((ErrorCode::RequestInvalid, "reason: 1 to 500 characters")) }
}
