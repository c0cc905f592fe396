//! Steps that ask for an answer instead of a recording: whether what was read is right, and what the clerk in the shop attests.
//! In: the step as the server tells it, the person's words. Out: answers, and the step of the document that is taken again.

use lichtbild_protocol::{
    Sensitive,
    capture::{Attest, ConfirmData, ConsentGiven},
    document::{FieldAnswer, FieldName},
    flow::{ReadingState, Side, Step, StepId, StepKind, StepState},
    review::NOTE_MAX,
};

use super::{
    Output, Place, Request, Session,
    place::{At, Local, tick},
};
use crate::{
    flow,
    observation::Corners,
    surface::{Action, DocumentPicture, FieldFacts, Purpose, Screen, StatementFacts},
    time::{Millis, Timestamp},
    upload,
};

/// While the server reads, the session is asked for at this distance, should events not come through.
const POLL: Millis = Millis(5_000);
/// A reading that is not there by then takes long: the pictures may have been lost on their way.
const SLOW_AFTER: Millis = Millis(30_000);

/// What the person says to what was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Confirming {
    since: Timestamp,
    poll_at: Timestamp,
    /// To which reading the doubts belong.
    reading: Option<String>,
    doubts: Vec<Doubt>,
}

#[derive(Debug, PartialEq, Eq)]
struct Doubt {
    field: FieldName,
    note: Sensitive<String>,
}

impl Confirming {
    pub fn since(now: Timestamp) -> Self {
        Self { since: now, poll_at: now + POLL, reading: None, doubts: Vec::new() }
    }

    fn doubt(&self, field: FieldName) -> Option<&Doubt> {
        self.doubts.iter().find(|doubt| doubt.field == field)
    }

    fn answer(&self, field: FieldName) -> FieldAnswer {
        let doubt = self.doubt(field);
        let note = doubt.map(|doubt| doubt.note.expose().trim()).filter(|note| !note.is_empty());
        let note = note.map(|note| Sensitive::new(note.chars().take(NOTE_MAX).collect()));
        FieldAnswer { name: field, right: doubt.is_none(), note }
    }
}

impl Session {
    pub(super) fn act_at_reading(&mut self, action: Action) {
        let Place::Step(At { step, local: Local::Confirming(confirming), .. }) = &mut self.place else { return };
        let StepKind::DataConfirmation { reading, reading_id, fields } = &step.kind else { return };
        match action {
            Action::Doubt { field, wrong } if fields.iter().any(|it| it.name == field) => {
                let known = confirming.doubt(field).is_some();
                if !wrong {
                    confirming.doubts.retain(|doubt| doubt.field != field);
                } else if !known {
                    confirming.doubts.push(Doubt { field, note: Sensitive::new(String::new()) });
                }
            }
            Action::Note { field, note } => {
                if let Some(doubt) = confirming.doubts.iter_mut().find(|doubt| doubt.field == field) {
                    doubt.note = note;
                }
            }
            Action::Continue if *reading != ReadingState::Reading => {
                let answers = fields.iter().map(|field| confirming.answer(field.name)).collect();
                let body = ConfirmData { reading_id: reading_id.clone(), answers };
                self.ask(Request::Confirm(body));
            }
            Action::Retake if !self.is_answering() => self.retake_document(),
            _ => {}
        }
    }

    pub(super) fn act_at_attestation(&mut self, action: Action) {
        let Place::Step(At { step, local: Local::Attesting { ticked }, .. }) = &mut self.place else { return };
        let StepKind::ClerkAttestation { items } = &step.kind else { return };
        match action {
            Action::Tick { id, on } => tick(ticked, id, on),
            Action::Attest { clerk }
                if !clerk.expose().trim().is_empty() && items.iter().all(|item| ticked.contains(&item.id)) =>
            {
                let given = |item: &lichtbild_protocol::flow::Statement| ConsentGiven {
                    id: item.id.clone(),
                    version: item.version.clone(),
                };
                let given = items.iter().map(given).collect();
                self.ask(Request::Attest(Attest { clerk: Sensitive::new(clerk.expose().trim().to_owned()), given }));
            }
            _ => {}
        }
    }

    pub(super) fn reading_screen(&self, step: &Step, confirming: &Confirming) -> Screen {
        let StepKind::DataConfirmation { reading, fields, .. } = &step.kind else { return Screen::Loading };
        let facts = fields
            .iter()
            .map(|field| FieldFacts { field: field.clone(), wrong: confirming.doubt(field.name).is_some() });
        Screen::DataConfirmation {
            reading: *reading,
            fields: facts.collect(),
            pictures: self.shots.clone(),
            slow: confirming.since + SLOW_AFTER <= self.now,
            busy: self.is_answering(),
        }
    }

    pub(super) fn attestation_screen(&self, step: &Step, ticked: &[String]) -> Screen {
        let StepKind::ClerkAttestation { items } = &step.kind else { return Screen::Loading };
        let facts = items
            .iter()
            .map(|item| StatementFacts { statement: item.clone(), ticked: ticked.contains(&item.id) })
            .collect();
        Screen::Attestation { items: facts, busy: self.is_answering() }
    }

    fn is_answering(&self) -> bool {
        self.calls.is_open(|what| matches!(what, Request::Confirm(_) | Request::Attest(_)))
    }

    /// The step was told anew: what was said to another reading is void.
    pub(super) fn reading_told(&mut self) {
        if let Place::Step(At { step, local: Local::Confirming(confirming), .. }) = &mut self.place
            && let StepKind::DataConfirmation { reading_id, .. } = &step.kind
            && confirming.reading != *reading_id
        {
            confirming.reading.clone_from(reading_id);
            confirming.doubts.clear();
        }
    }

    /// While the server reads: asks now and then, should events not come through.
    pub(super) fn look_for_reading(&mut self) {
        let now = self.now;
        if self.waits_for_reading()
            && let Place::Step(At { local: Local::Confirming(confirming), .. }) = &mut self.place
            && confirming.poll_at <= now
        {
            confirming.poll_at = now + POLL;
            self.ask(Request::Session);
        }
    }

    pub(super) fn reading_deadline(&self) -> Option<Timestamp> {
        match &self.place {
            Place::Step(At { local: Local::Confirming(confirming), .. }) if self.waits_for_reading() => {
                Some(confirming.poll_at)
            }
            _ => None,
        }
    }

    fn waits_for_reading(&self) -> bool {
        matches!(&self.place, Place::Step(At { step, .. })
            if matches!(step.kind, StepKind::DataConfirmation { reading: ReadingState::Reading, .. }))
    }

    // The document's pictures.

    /// Photographs again the side with the machine-readable zone, or both that may have it.
    fn retake_document(&mut self) {
        let Some(case) = self.case.as_deref() else { return };
        self.again = flow::read_steps(case);
        self.follow();
    }

    /// Whether the step at hand is taken again by the person's wish.
    pub(super) fn retakes(&self) -> bool {
        let waits = self.case.as_deref().and_then(flow::current);
        let waits = waits.is_some_and(|step| matches!(step.kind, StepKind::DataConfirmation { .. }));
        waits && self.step_id().is_some_and(|step: StepId| self.again.contains(&step))
    }

    /// The picture there is will do after all.
    pub(super) fn leave_retake(&mut self) {
        self.again.clear();
        self.follow();
    }

    /// A picture that is not looked at any more: kept to compare with if the server took it and asks about it later.
    pub(super) fn keep_shot(&mut self, picture: String, outline: Option<Corners>, taken: bool) {
        let asks = |step: &Step| matches!(step.kind, StepKind::DataConfirmation { .. });
        let asked = self.case.as_ref().is_some_and(|case| case.flow.steps.iter().any(asks));
        match self.step_kind().and_then(flow::purpose) {
            Some(Purpose::DocumentPhoto { side } | Purpose::DocumentVideo { side }) if taken && asked => {
                self.add_shot(DocumentPicture { side, picture, outline });
            }
            _ => self.out.push(Output::ReleasePicture { picture }),
        }
    }

    fn add_shot(&mut self, shot: DocumentPicture) {
        let (old, kept) = std::mem::take(&mut self.shots).into_iter().partition(|old| old.side == shot.side);
        self.shots = kept;
        self.release(old);
        let at = if shot.side == Side::Front { 0 } else { self.shots.len() };
        self.shots.insert(at, shot);
    }

    /// The side on a photograph that stays in the store although the server has it: for a reload, until the person has said whether
    /// what was read on it is right. Of each step the newest.
    pub(super) fn keeps(&self, artifact: &str) -> Option<Side> {
        let (_, step) = self.steps_of.iter().find(|(of, _)| of == artifact)?;
        let (newest, _) = self.steps_of.iter().rfind(|(_, of)| of == step)?;
        self.photographed(step).filter(|_| newest == artifact && self.is_to_confirm())
    }

    /// Photographs of the document that nobody compares with any more leave the store, as far as the server has them.
    pub(super) fn discard_photographs(&mut self) {
        for (artifact, step) in &self.steps_of {
            let busy = self.upload.is_pending(artifact) || self.desk.work.holds(artifact);
            if !busy && self.photographed(step).is_some() && self.keeps(artifact).is_none() {
                let artifact = artifact.clone();
                self.out.push(Output::Upload(upload::Output::Discard { artifact }));
            }
        }
    }

    /// What an earlier page photographed is shown to compare with.
    pub(super) fn still_kept(&mut self, artifact: &str, picture: String) {
        match self.keeps(artifact) {
            Some(side) => self.add_shot(DocumentPicture { side, picture, outline: None }),
            None => self.out.push(Output::ReleasePicture { picture }),
        }
    }

    /// The side that is photographed at a step.
    fn photographed(&self, step: &str) -> Option<Side> {
        let step = flow::step(self.case.as_deref()?, step)?;
        match step.kind {
            StepKind::DocumentPhoto { side } if step.state != StepState::Skipped => Some(side),
            _ => None,
        }
    }

    /// Whether the person has still to say whether what was read is right.
    pub(super) fn is_to_confirm(&self) -> bool {
        let open = |step: &Step| {
            matches!(step.kind, StepKind::DataConfirmation { .. })
                && matches!(step.state, StepState::Open | StepState::Repeat)
        };
        let case = self.case.as_ref().filter(|case| case.outcome.is_none());
        case.is_some_and(|case| case.flow.steps.iter().any(open))
    }

    pub(super) fn drop_shots(&mut self) {
        let shots = std::mem::take(&mut self.shots);
        self.release(shots);
    }

    fn release(&mut self, shots: Vec<DocumentPicture>) {
        self.out.extend(shots.into_iter().map(|shot| Output::ReleasePicture { picture: shot.picture }));
    }
}
