//! What the person's browser does to a case: register, agree, choose, finish a step, hand over, start the evaluation, end.
//! Each function checks that it may happen now, changes the case and returns what else comes of it.

use std::collections::HashSet;

use lichtbild_protocol::{
    ErrorCode,
    capture::{ArtifactReceipt, DeviceFacts, FinishStep, GiveConsents},
    case::{ArtifactKind, CaseState},
    document::MasterData,
    flow::{DocumentKind, PermitCategory, StepState},
    partner::ConsentRecord,
};

use super::{
    Case, Effects,
    case::{Device, StepRecord},
    flow,
};
use crate::clock::{Millis, rfc3339};

/// What may be handed in with one step.
const ARTIFACTS_MAX: usize = 8;

/// Largest recording of a kind, in bytes: one is in memory while it is looked at. A photograph of 48 megapixels has up to 20 MiB,
/// 20 s of video at the 2.5 Mbit/s that browsers choose have 6.
pub const fn largest(kind: ArtifactKind) -> u64 {
    match kind {
        ArtifactKind::Still => 24 << 20,
        ArtifactKind::Video => 64 << 20,
    }
}

type Change = Result<Effects, ErrorCode>;

impl Case {
    /// Registers the key of the first device, or the facts of the registered one.
    pub fn register(&mut self, key: &str, facts: DeviceFacts, lang: &str, now: Millis) -> Change {
        self.open()?;
        let mut effects = Effects::default();
        match &mut self.device {
            Some(device) if device.key != key => return Err(ErrorCode::SessionOtherDevice),
            Some(device) => device.facts = facts,
            None => self.device = Some(Device { key: key.into(), facts }),
        }
        if self.lang.is_none() {
            self.lang = Some(lang.into());
        }
        if self.state == CaseState::Created {
            self.state = CaseState::Started;
            effects.events.push(self.event("case.started", now));
        }
        if let Some(step) = self.step_mut("device").filter(|step| step.waits()) {
            step.state = StepState::Done;
            effects.note(now, "step.finished", Some("device"), None);
        }
        Ok(effects)
    }

    /// Takes the consents: exactly the items of the step in the version that was shown.
    pub fn consent(&mut self, given: &GiveConsents, now: Millis) -> Change {
        let asked = flow::consents("en");
        let complete = asked.len() == given.given.len()
            && asked.iter().all(|ask| given.given.iter().any(|got| got.id == ask.id && got.version == ask.version));
        if self.steps.iter().any(|step| step.id == "consents" && step.state == StepState::Done) && complete {
            return Ok(Effects::default());
        }
        self.at("consents")?;
        if !complete {
            return Err(ErrorCode::ConsentIncomplete);
        }
        let at = rfc3339(now);
        self.consents =
            asked.into_iter().map(|ask| ConsentRecord { id: ask.id, version: ask.version, at: at.clone() }).collect();
        Ok(self.finish("consents", Vec::new(), now))
    }

    /// Takes the kind of document, until its front has been filmed; and again when it has to be filmed again.
    pub fn choose(&mut self, kind: DocumentKind, category: Option<PermitCategory>, now: Millis) -> Change {
        self.open()?;
        if (self.document, self.category) == (Some(kind), category) {
            return Ok(Effects::default());
        }
        if !matches!(self.next().map(|step| step.id.as_str()), Some("explain-front" | "front-video" | "front-photo")) {
            return Err(ErrorCode::SessionStepUnexpected);
        }
        if !kind.supported() {
            return Err(ErrorCode::DocumentNotSupported);
        }
        if !self.accepted.contains(&kind) {
            return Err(ErrorCode::DocumentNotAccepted);
        }
        if kind.has_category() != category.is_some() {
            return Err(ErrorCode::DocumentCategory);
        }
        (self.document, self.category) = (Some(kind), category);
        for step in self.steps.iter_mut().filter(|step| flow::is_back(&step.id)) {
            *step = StepRecord::open(std::mem::take(&mut step.id));
            if !kind.needs_back() {
                step.state = StepState::Skipped;
            }
        }
        let mut effects = Effects::default();
        effects.note(now, "document.chosen", Some("explain-front"), None);
        Ok(effects)
    }

    /// Finishes the step the person is at. A finished one again with the same body changes nothing; with other recordings it
    /// replaces them: as long as only the evaluation is ahead, since the first ones were lost on their way; those of the document also
    /// while what was read from it is being confirmed.
    pub fn finish_step(&mut self, id: &str, body: &FinishStep, now: Millis) -> Change {
        self.open()?;
        let done = self.steps.iter().find(|step| step.id == id).ok_or(ErrorCode::SessionStepUnexpected)?;
        if done.state == StepState::Done && done.artifacts == body.artifacts {
            return Ok(Effects::default());
        }
        let confirming = flow::is_of_document(id) && self.at("data-confirmation").is_ok();
        let anew = flow::captures(id) && done.state == StepState::Done && (done.attempt == self.attempt || confirming);
        self.at(match anew {
            true if confirming => "data-confirmation",
            true => "evaluation",
            false => id,
        })?;
        if matches!(id, "device" | "consents") || flow::is_answered(id) || flow::is_of_server(id) {
            return Err(ErrorCode::SessionStepUnexpected);
        }
        if id == "explain-front" && self.document.is_none() {
            return Err(ErrorCode::SessionStepUnexpected);
        }
        self.check_receipts(id, &body.artifacts)?;
        if flow::is_of_document(id) {
            self.confirm_anew();
        }
        Ok(self.finish(id, body.artifacts.clone(), now))
    }

    /// Hands the case to the phone with this key. What the desktop asked the person for its own hardware is asked again.
    pub fn hand_over(&mut self, key: &str, facts: DeviceFacts, now: Millis) -> Change {
        self.open()?;
        let mut effects = Effects::default();
        if self.device.as_ref().is_some_and(|device| device.key == key) {
            return Ok(effects);
        }
        self.device = Some(Device { key: key.into(), facts });
        for step in self.steps.iter_mut().filter(|step| flow::is_of_device(&step.id)) {
            step.state = StepState::Open;
        }
        effects.note(now, "handoff.claimed", None, None);
        Ok(effects)
    }

    /// Starts the evaluation; `false`: it runs already.
    pub fn start_evaluation(&mut self, now: Millis) -> Result<(bool, Effects), ErrorCode> {
        if self.state == CaseState::Evaluating {
            return Ok((false, Effects::default()));
        }
        self.at("evaluation")?;
        self.state = CaseState::Evaluating;
        self.progress = None;
        let mut effects = Effects::default();
        effects.note(now, "evaluation.started", Some("evaluation"), None);
        Ok((true, effects))
    }

    /// Ends the case: by the person (`Cancelled`) or by time (`Expired`). What it knows of the person goes as the recordings do.
    pub fn end(&mut self, state: CaseState, now: Millis) -> Change {
        if self.state.ended() {
            return if self.state == state { Ok(Effects::default()) } else { Err(ErrorCode::SessionEnded) };
        }
        if self.state == CaseState::InReview {
            return Err(ErrorCode::SessionEnded);
        }
        (self.expected, self.confirmation, self.attestation) = (MasterData::default(), None, None);
        Ok(self.over(state, now))
    }

    /// The case has ended, whoever ended it.
    pub(super) fn over(&mut self, state: CaseState, now: Millis) -> Effects {
        (self.state, self.ended_at, self.progress) = (state, Some(now), None);
        let mut effects = Effects::default();
        effects.note(now, "case.ended", None, None);
        effects.events.push(self.event("case.ended", now));
        effects
    }

    /// Whether a recording may be uploaded for this step now. Its bytes may arrive after the step was finished.
    pub fn takes_upload(&self, step: &str, kind: ArtifactKind) -> Result<(), ErrorCode> {
        self.open()?;
        let record = self.steps.iter().find(|record| record.id == step).ok_or(ErrorCode::SessionStepUnexpected)?;
        let fits = flow::captures(step) && (flow::asked(step) == ArtifactKind::Video || kind == ArtifactKind::Still);
        if !fits || record.state == StepState::Skipped || self.state == CaseState::Evaluating {
            return Err(ErrorCode::SessionStepUnexpected);
        }
        Ok(())
    }

    /// The step the person is at.
    pub fn next(&self) -> Option<&StepRecord> {
        self.steps.iter().find(|step| step.waits())
    }

    pub(super) fn open(&self) -> Result<(), ErrorCode> {
        match self.state {
            CaseState::AttemptsExhausted => Err(ErrorCode::SessionAttemptsExhausted),
            state if state.ended() || state == CaseState::InReview => Err(ErrorCode::SessionEnded),
            _ => Ok(()),
        }
    }

    pub(super) fn at(&self, id: &str) -> Result<(), ErrorCode> {
        self.open()?;
        if self.state == CaseState::Evaluating || self.next().is_none_or(|step| step.id != id) {
            return Err(ErrorCode::SessionStepUnexpected);
        }
        Ok(())
    }

    pub(super) fn finish(&mut self, id: &str, artifacts: Vec<ArtifactReceipt>, now: Millis) -> Effects {
        let attempt = self.attempt;
        self.submitted.extend(artifacts.iter().map(|receipt| receipt.artifact.clone()));
        self.origins
            .extend(artifacts.iter().filter_map(|receipt| Some((receipt.artifact.clone(), receipt.capture_origin?))));
        if let Some(step) = self.step_mut(id) {
            (step.state, step.attempt, step.artifacts) = (StepState::Done, attempt, artifacts);
            step.reasons.clear();
        }
        let mut effects = Effects::default();
        effects.note(now, "step.finished", Some(id), None);
        effects
    }

    fn check_receipts(&self, id: &str, receipts: &[ArtifactReceipt]) -> Result<(), ErrorCode> {
        let (captures, asked) = (flow::captures(id), flow::asked(id));
        let sound = |receipt: &ArtifactReceipt| {
            uuid::Uuid::try_parse(&receipt.artifact).is_ok()
                && receipt.sha256.len() == 64
                && receipt.sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
                && (1..=largest(receipt.kind)).contains(&receipt.length)
                && receipt.media_type.len() <= 200
        };
        // A recording counts for the step and the attempt it was made for.
        if receipts.iter().any(|receipt| self.submitted.contains(&receipt.artifact)) {
            return Err(ErrorCode::SessionStepUnexpected);
        }
        let ids: HashSet<_> = receipts.iter().map(|receipt| &receipt.artifact).collect();
        let fits = if captures {
            receipts.len() <= ARTIFACTS_MAX && receipts.iter().any(|receipt| receipt.kind == asked)
        } else {
            receipts.is_empty()
        };
        if fits && ids.len() == receipts.len() && receipts.iter().all(sound) {
            Ok(())
        } else {
            Err(ErrorCode::RequestInvalid)
        }
    }
}
