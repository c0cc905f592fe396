//! What is said about a case without a camera: by the person, whether what was read is right; by the clerk in the shop, that document
//! and person belong together.

use std::collections::BTreeSet;

use lichtbild_mrz::Date;
use lichtbild_protocol::{
    ErrorCode, Sensitive,
    capture::{Attest, ConfirmData, ReportReading},
    document::{Attestation, Confirmation, Reading, ReadingOrigin},
    flow::StepState,
    review::{AuditAction, CLERK_MAX, NOTE_MAX},
};

use super::{Case, Effects, flow, reading};
use crate::clock::{Millis, rfc3339};

impl Case {
    /// What a browser says it read, as a reading of its own. Its lines are read here; what it makes of them does not count. It may be late:
    /// an evaluation counts what has come before its verdict.
    pub fn claim(&self, body: &ReportReading, id: String, now: Millis, today: Date) -> Result<Reading, ErrorCode> {
        self.open()?;
        let step = self.steps.iter().find(|step| step.id == body.step && flow::side(&step.id) == Some(body.side));
        if step.is_none() {
            return Err(ErrorCode::SessionStepUnexpected);
        }
        let said = reading::said(body.lines.expose(), self.document, flow::kinds(self.flow), today);
        Ok(Reading {
            id,
            origin: ReadingOrigin::Browser,
            attempt: self.attempt,
            step: body.step.clone(),
            side: body.side,
            artifact: body.artifact.clone(),
            stills: Vec::new(),
            document: None,
            at: rfc3339(now),
            lines: body.lines.clone(),
            print: Sensitive::new(Vec::new()),
            valid: said.valid,
            fields: said.fields,
            errors: said.errors,
            confidence: Some(body.confidence),
        })
    }

    /// Takes the person's answer to each field of the reading that was shown, if anything could be read.
    pub fn confirm(&mut self, body: &ConfirmData, shown: Option<&Reading>, now: Millis) -> Result<Effects, ErrorCode> {
        let same = |given: &Confirmation| given.reading == body.reading_id && given.answers == body.answers;
        if self.confirmation.as_ref().is_some_and(same) && self.at("data-confirmation").is_err() {
            return Ok(Effects::default());
        }
        self.at("data-confirmation")?;
        let asked: BTreeSet<_> = shown.into_iter().flat_map(reading::asked).map(|field| field.name).collect();
        let answered: BTreeSet<_> = body.answers.iter().map(|answer| answer.name).collect();
        let whole = asked == answered && answered.len() == body.answers.len();
        if !whole || body.reading_id.as_deref() != shown.map(|reading| reading.id.as_str()) {
            return Err(ErrorCode::ConfirmationIncomplete);
        }
        let plain = |note: &str| !note.trim().is_empty() && note.chars().count() <= NOTE_MAX;
        if body.answers.iter().any(|it| it.note.as_ref().is_some_and(|note| it.right || !plain(note.expose()))) {
            return Err(ErrorCode::RequestInvalid);
        }
        let (reading, answers) = (body.reading_id.clone(), body.answers.clone());
        self.confirmation = Some(Confirmation { at: rfc3339(now), reading, answers });
        let mut effects = self.finish("data-confirmation", Vec::new(), now);
        let wrong = body.answers.iter().filter(|answer| !answer.right).map(|answer| name_of(&answer.name)).collect();
        effects.record(now, AuditAction::DataAnswered).about = wrong;
        Ok(effects)
    }

    /// Takes the clerk's attestation: exactly the items of the step in the version that was shown.
    pub fn attest(&mut self, body: &Attest, now: Millis) -> Result<Effects, ErrorCode> {
        let same = |given: &Attestation| given.clerk == body.clerk && given.statements == body.given;
        if self.attestation.as_ref().is_some_and(same) && self.at("attestation").is_err() {
            return Ok(Effects::default());
        }
        self.at("attestation")?;
        let asked = flow::statements();
        let whole = asked.len() == body.given.len()
            && asked.iter().all(|ask| body.given.iter().any(|got| got.id == ask.id && got.version == ask.version));
        if !whole || !is_clerk(body.clerk.expose()) {
            return Err(ErrorCode::AttestationIncomplete);
        }
        self.attestation =
            Some(Attestation { at: rfc3339(now), clerk: body.clerk.clone(), statements: body.given.clone() });
        let mut effects = self.finish("attestation", Vec::new(), now);
        effects.record(now, AuditAction::Attested).clerk = Some(body.clerk.clone());
        Ok(effects)
    }

    /// The document is another picture now: what was said about the old one no longer counts.
    pub(super) fn confirm_anew(&mut self) {
        self.confirmation = None;
        if let Some(step) = self.step_mut("data-confirmation").filter(|step| step.state == StepState::Done) {
            step.state = StepState::Open;
        }
    }
}

/// Whether this can be the name or number of a clerk.
pub fn is_clerk(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= CLERK_MAX && !text.chars().any(char::is_control)
}

/// A wire name, as the audit log writes it.
pub fn name_of<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
