//! What the server does in a SIM registration: reads the document some time after its pictures have arrived, and takes answers.

use lichtbild::time::{Millis, Timestamp};
use lichtbild_protocol::{
    ErrorCode, Sensitive,
    capture::{Attest, ConfirmData},
    document::{FieldName, ReadField},
    flow::{ReadingState, Side, Statement, Step, StepKind, StepState},
};

use super::server::Server;

/// What the server was told, and what it reads.
#[derive(Default)]
pub struct Registration {
    /// What comes of the readings, in turn; after these it reads everything.
    pub readings: Vec<ReadingState>,
    pub confirmed: Option<ConfirmData>,
    pub attested: Option<Attest>,
    read_at: Option<Timestamp>,
    pictures: Vec<String>,
    count: u32,
}

/// The steps of the flow, made from those of an identification.
pub fn steps(plain: Vec<Step>, shop: bool) -> Vec<Step> {
    let own = |id: &str, kind| Step { id: id.into(), kind, state: StepState::Open, reasons: Vec::new() };
    let mut steps: Vec<Step> = plain.into_iter().filter(|step| step.id != "front-video").collect();
    let mut insert = |before: &str, step| {
        let at = steps.iter().position(|it| it.id == before).expect("a step of the flow");
        steps.insert(at, step);
    };
    insert("explain-back", own("front-photo", StepKind::DocumentPhoto { side: Side::Front }));
    let reading = ReadingState::Reading;
    let confirmation = StepKind::DataConfirmation { reading, reading_id: None, fields: Vec::new() };
    insert("explain-selfie", own("data-confirmation", confirmation));
    if shop {
        let items = ["document_seen", "person_matches"].map(|id| Statement { id: id.into(), version: "1".into() });
        insert("evaluation", own("attestation", StepKind::ClerkAttestation { items: items.into() }));
        steps.retain(|step| !matches!(step.id.as_str(), "explain-selfie" | "selfie-video"));
    }
    steps
}

fn fields() -> Vec<ReadField> {
    let field =
        |name, value: &str, checked| ReadField { name, value: Sensitive::new(value.into()), plain: None, checked };
    vec![field(FieldName::Surname, "MUSTERMANN", false), field(FieldName::BirthDate, "1964-08-12", true)]
}

impl Server {
    /// Whether the answer to what was read is waited for.
    pub fn confirms(&self) -> bool {
        let ahead = |step: &&Step| matches!(step.state, StepState::Open | StepState::Repeat);
        let next = self.snapshot.flow.steps.iter().find(ahead);
        next.is_some_and(|step| matches!(step.kind, StepKind::DataConfirmation { .. }))
    }

    /// Reads the document's pictures once they are there, and anew when there are others.
    pub(super) fn read(&mut self) {
        if !self.confirms() || !self.promised_is_complete() {
            return;
        }
        let pictures: Vec<String> = ["front-photo", "back-photo"]
            .iter()
            .flat_map(|step| self.promised(step))
            .map(|receipt| receipt.artifact.clone())
            .collect();
        if pictures != self.registration.pictures {
            self.registration.pictures = pictures;
            self.registration.read_at = Some(self.now + Millis(2_000));
            self.tell(ReadingState::Reading);
        }
        if self.registration.read_at.is_some_and(|at| at <= self.now) {
            self.registration.read_at = None;
            let queue = &mut self.registration.readings;
            let state = if queue.is_empty() { ReadingState::Ready } else { queue.remove(0) };
            self.tell(state);
        }
    }

    fn tell(&mut self, state: ReadingState) {
        self.registration.count += 1;
        let count = self.registration.count;
        let ready = state == ReadingState::Ready;
        for step in &mut self.snapshot.flow.steps {
            if let StepKind::DataConfirmation { reading, reading_id, fields: shown } = &mut step.kind {
                *reading = state;
                *reading_id = ready.then(|| format!("reading-{count}"));
                *shown = if ready { fields() } else { Vec::new() };
            }
        }
        self.changed();
    }

    pub(super) fn confirm(&mut self, body: &ConfirmData) -> Result<(), ErrorCode> {
        let shown = self.snapshot.flow.steps.iter().find_map(|step| match &step.kind {
            StepKind::DataConfirmation { reading_id, fields, .. } => Some((reading_id, fields)),
            _ => None,
        });
        let Some((reading_id, fields)) = shown else { return Err(ErrorCode::SessionStepUnexpected) };
        let answered: Vec<_> = body.answers.iter().map(|answer| answer.name).collect();
        if *reading_id != body.reading_id || answered != fields.iter().map(|field| field.name).collect::<Vec<_>>() {
            return Err(ErrorCode::ConfirmationIncomplete);
        }
        self.registration.confirmed = Some(body.clone());
        Ok(())
    }
}
