//! What an evaluation makes of a case: by the checks alone, or as a sandbox key asked for. The checks are made and reported
//! either way. Suspected fraud goes before everything, then what trying again cannot mend; the rest is repeated.

use std::collections::BTreeMap;

use lichtbild_protocol::{
    ErrorCode, WayOn,
    case::{AttemptReport, CaseState, Check, CheckKind, CheckResult, SandboxPlan},
    document::Reading,
    flow::{FlowId, Side, StepId, StepState},
};

use super::{Case, Effects, case::StepRecord, flow};
use crate::clock::{Millis, rfc3339};

type Reasons = BTreeMap<StepId, Vec<ErrorCode>>;

/// Nobody does these by mistake. Told to the partner only.
const FRAUD: [ErrorCode; 2] = [ErrorCode::DocumentForeignBack, ErrorCode::DocumentReadingsDiffer];
/// Another picture of the same document would say the same.
const REFUSAL: [ErrorCode; 1] = [ErrorCode::DocumentDataMismatch];

impl Case {
    /// The handed-in steps this evaluation is about: those of this attempt.
    pub fn to_examine(&self) -> Vec<&StepRecord> {
        let due = |step: &&StepRecord| {
            flow::captures(&step.id) && step.state == StepState::Done && step.attempt == self.attempt
        };
        self.steps.iter().filter(due).collect()
    }

    /// Ends the attempt by its checks. `words` are the next attempt's, should there be one.
    pub fn judge(
        &mut self,
        mut checks: Vec<Check>,
        words: [u16; 2],
        readings: &[Reading],
        now: Millis,
    ) -> Result<Effects, ErrorCode> {
        if self.state != CaseState::Evaluating {
            return Err(ErrorCode::SessionStepUnexpected);
        }
        let failed = match self.plan.clone() {
            None => match at_once(&checks) {
                Some(state) => return Ok(self.close(state, checks, now)),
                None => reasons(&checks),
            },
            Some(plan) => {
                let (state, asked) = self.planned(&plan);
                checks.extend(sandbox_checks(&asked));
                if let Some(state) = state {
                    return Ok(self.close(state, checks, now));
                }
                asked
            }
        };
        if failed.is_empty() && self.flow == FlowId::SimRegistration {
            return Ok(self.hand_to_clerks(checks, readings, now));
        }
        if failed.is_empty() {
            return Ok(self.close(CaseState::Verified, checks, now));
        }
        if self.attempt >= self.attempts_allowed {
            return Ok(self.close(CaseState::AttemptsExhausted, checks, now));
        }
        Ok(self.ask_again(failed, checks, words, now))
    }

    /// The state a plan ends in, or the steps it wants again.
    fn planned(&self, plan: &SandboxPlan) -> (Option<CaseState>, Reasons) {
        match plan {
            SandboxPlan::Repeat { steps, times } if self.attempt <= *times => {
                let taken = |step: &StepId| {
                    self.steps.iter().any(|record| record.id == *step && record.state == StepState::Done)
                };
                let again: Reasons = steps
                    .iter()
                    .filter(|step| taken(step))
                    .map(|step| (step.clone(), vec![ErrorCode::SandboxRequested]))
                    .collect();
                (again.is_empty().then_some(CaseState::Verified), again)
            }
            SandboxPlan::Success | SandboxPlan::Repeat { .. } => (Some(CaseState::Verified), Reasons::new()),
            SandboxPlan::Rejected => (Some(CaseState::Rejected), Reasons::new()),
            SandboxPlan::FraudSuspected => (Some(CaseState::FraudSuspected), Reasons::new()),
            SandboxPlan::DocumentNotSupported => (Some(CaseState::DocumentNotSupported), Reasons::new()),
            SandboxPlan::DocumentNotAccepted => (Some(CaseState::DocumentNotAccepted), Reasons::new()),
        }
    }

    fn close(&mut self, state: CaseState, checks: Vec<Check>, now: Millis) -> Effects {
        let mut effects = self.report(state, checks, now);
        self.nothing_waits();
        let over = self.over(state, now);
        effects.timeline.extend(over.timeline);
        effects.events.extend(over.events);
        effects.audit.extend(over.audit);
        effects
    }

    fn hand_to_clerks(&mut self, checks: Vec<Check>, readings: &[Reading], now: Millis) -> Effects {
        let mut effects = self.report(CaseState::InReview, checks, now);
        self.nothing_waits();
        self.note_rules(&mut effects, readings, now);
        effects
    }

    fn nothing_waits(&mut self) {
        for step in self.steps.iter_mut().filter(|step| step.waits()) {
            step.state = StepState::Done;
        }
    }

    fn ask_again(&mut self, mut failed: Reasons, checks: Vec<Check>, words: [u16; 2], now: Millis) -> Effects {
        let mut effects = self.report(CaseState::Repeat, checks, now);
        self.attempt += 1;
        self.choose_anew(&mut failed);
        for (id, reasons) in failed {
            if id == "selfie-video" {
                self.words = words;
            }
            effects.note(now, "step.repeat", Some(&id), reasons.first().copied());
            if let Some(step) = self.step_mut(&id) {
                (step.state, step.reasons) = (StepState::Repeat, reasons);
                step.artifacts.clear();
            }
        }
        effects.events.push(self.event("case.repeat", now));
        effects
    }

    /// Where another document is needed, its front says why.
    fn choose_anew(&mut self, failed: &mut Reasons) {
        let needs_another = |code: &ErrorCode| code.ways_on().first() == Some(&WayOn::OtherDocument);
        let mut why = Vec::new();
        for code in failed.values().flatten().filter(|code| needs_another(code)) {
            if !why.contains(code) {
                why.push(*code);
            }
        }
        if why.is_empty() {
            return;
        }
        failed.retain(|step, _| !flow::is_of_document(step));
        failed.extend(self.ask_for_another_document().map(|front| (front, why)));
    }

    /// The document is chosen again, and all that was recorded and said of it is asked for anew. Returns the step of its front, which is
    /// left as it is.
    pub(super) fn ask_for_another_document(&mut self) -> Option<StepId> {
        (self.document, self.category, self.attestation) = (None, None, None);
        self.confirm_anew();
        for step in &mut self.steps {
            if flow::is_back(&step.id) || step.id == "attestation" {
                *step = StepRecord::open(std::mem::take(&mut step.id));
            } else if step.id == "explain-front" {
                step.state = StepState::Repeat;
            }
        }
        self.steps.iter().find(|step| flow::side(&step.id) == Some(Side::Front)).map(|step| step.id.clone())
    }

    /// Writes the attempt down.
    fn report(&mut self, state: CaseState, checks: Vec<Check>, now: Millis) -> Effects {
        self.state = state;
        self.progress = None;
        self.attempts.push(AttemptReport { attempt: self.attempt, evaluated_at: rfc3339(now), state, checks });
        let mut effects = Effects::default();
        effects.note(now, "case.evaluated", None, None);
        effects.events.push(self.event("case.evaluated", now));
        effects
    }
}

/// The end that no further attempt would change.
fn at_once(checks: &[Check]) -> Option<CaseState> {
    let failed = |codes: &[ErrorCode]| {
        let is_one = |check: &Check| check.code.is_some_and(|code| codes.contains(&code));
        checks.iter().any(|check| check.result == CheckResult::Failed && is_one(check))
    };
    if failed(&FRAUD) {
        return Some(CaseState::FraudSuspected);
    }
    failed(&REFUSAL).then_some(CaseState::Rejected)
}

/// Failed steps with their reasons, each reason once.
fn reasons(checks: &[Check]) -> Reasons {
    let mut failed = Reasons::new();
    for check in checks.iter().filter(|check| check.result == CheckResult::Failed) {
        let codes = failed.entry(check.step.clone()).or_default();
        let code = check.code.unwrap_or(ErrorCode::MediaIncomplete);
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    failed
}

/// The lines that mark a rehearsal: one per step wanted again, or one for the whole.
fn sandbox_checks(asked: &Reasons) -> Vec<Check> {
    let line = |step: &str, result| Check {
        kind: CheckKind::Sandbox,
        step: step.into(),
        artifact: None,
        result,
        code: Some(ErrorCode::SandboxRequested),
        measured: None,
        limit: None,
    };
    if asked.is_empty() {
        return vec![line("evaluation", CheckResult::NotApplicable)];
    }
    asked.keys().map(|step| line(step, CheckResult::Failed)).collect()
}
