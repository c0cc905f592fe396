//! What an evaluation makes of a case: by the checks alone, or as a sandbox key asked for. The checks are made and reported
//! either way.

use std::collections::BTreeMap;

use lichtbild_protocol::{
    ErrorCode,
    case::{AttemptReport, CaseState, Check, CheckKind, CheckResult, SandboxPlan},
    flow::{StepId, StepState},
};

use super::{
    Case, Effects,
    case::{ATTEMPTS, StepRecord},
    flow,
};
use crate::clock::{Millis, rfc3339};

type Reasons = BTreeMap<StepId, Vec<ErrorCode>>;

impl Case {
    /// The handed-in steps this evaluation is about: those of this attempt.
    pub fn to_examine(&self) -> Vec<&StepRecord> {
        let due = |step: &&StepRecord| {
            flow::captures(self.flow, &step.id) && step.state == StepState::Done && step.attempt == self.attempt
        };
        self.steps.iter().filter(due).collect()
    }

    /// Ends the attempt by its checks. `words` are the next attempt's, should there be one.
    pub fn judge(&mut self, mut checks: Vec<Check>, words: [u16; 2], now: Millis) -> Result<Effects, ErrorCode> {
        if self.state != CaseState::Evaluating {
            return Err(ErrorCode::SessionStepUnexpected);
        }
        let failed = match self.plan.clone() {
            None => reasons(&checks),
            Some(plan) => {
                let (state, asked) = self.planned(&plan);
                checks.extend(sandbox_checks(&asked));
                if let Some(state) = state {
                    return Ok(self.close(state, checks, now));
                }
                asked
            }
        };
        if failed.is_empty() {
            return Ok(self.close(CaseState::Verified, checks, now));
        }
        if self.attempt >= ATTEMPTS {
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
        self.report(state, checks, now);
        for step in self.steps.iter_mut().filter(|step| step.waits()) {
            step.state = StepState::Done;
        }
        let mut effects = Effects::default();
        effects.note(now, "case.ended", None, None);
        effects.events.push(self.event("case.ended", now));
        effects
    }

    fn ask_again(&mut self, failed: Reasons, checks: Vec<Check>, words: [u16; 2], now: Millis) -> Effects {
        self.report(CaseState::Repeat, checks, now);
        self.attempt += 1;
        let mut effects = Effects::default();
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

    fn report(&mut self, state: CaseState, checks: Vec<Check>, now: Millis) {
        self.state = state;
        self.progress = None;
        self.attempts.push(AttemptReport { attempt: self.attempt, evaluated_at: rfc3339(now), state, checks });
    }
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
