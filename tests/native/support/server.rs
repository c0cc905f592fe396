//! A server of one case that keeps the rules of `docs/protocol.md`, without bytes: lengths stand for them.

use std::collections::BTreeMap;

use lichtbild::{
    artifact::Artifact,
    session::{Reply, Request},
    time::{Millis, Timestamp},
    upload::Answer,
};
use lichtbild_protocol::{
    ErrorCode, PROTOCOL_VERSION, Sensitive,
    capture::{
        ArtifactReceipt, ChooseDocument, DeviceBinding, DeviceFacts, EvaluationProgress, FinishStep, HandoffOffer,
        HandoffPreview, QrMatrix, ReportReading, Role, SessionSnapshot, TokenIssued, UploadStatus,
    },
    case::{ArtifactKind, Mode, PersonOutcome},
    flow::{Availability, Consent, DocumentKind, DocumentOption, Flow, FlowId, Side, Step, StepKind, StepState, Topic},
};

use super::registration::{self, Registration};

pub const CASE: &str = "82d82c7e-0000-4000-8000-000000000000";
/// The number beside the code.
pub const NUMBER: &str = "47";
pub const TOKEN: &str = "secret-token-of-the-partner";

/// How an evaluation ends.
#[derive(Clone, Debug)]
pub enum Verdict {
    Success,
    Repeat(&'static [(&'static str, ErrorCode)]),
}

#[derive(Clone, Debug)]
struct Upload {
    step: String,
    kind: ArtifactKind,
    bytes: u64,
    length: Option<u64>,
    complete: bool,
}

pub struct Server {
    pub snapshot: SessionSnapshot,
    /// Keys that may capture and observe: the last one captures.
    keys: Vec<String>,
    phone: Option<DeviceFacts>,
    tokens: BTreeMap<String, bool>,
    issued: u32,
    uploads: BTreeMap<String, Upload>,
    promised: BTreeMap<String, Vec<ArtifactReceipt>>,
    offer: Option<(String, Timestamp)>,
    pub verdicts: Vec<Verdict>,
    evaluated_at: Option<Timestamp>,
    pub now: Timestamp,
    pub reports: Vec<ErrorCode>,
    pub helps: u32,
    pub browser_readings: Vec<ReportReading>,
    pub registration: Registration,
    /// The next step that is handed in is refused.
    pub refuses_finish: bool,
}

fn explainer(topic: Topic, chooses_document: bool) -> StepKind {
    StepKind::Explainer { topic, chooses_document }
}

pub fn words(attempt: u8) -> Vec<String> {
    vec![format!("Apfel{attempt}"), format!("Wolke{attempt}")]
}

fn steps() -> Vec<Step> {
    let consent = |id: &str| Consent { id: id.into(), version: "2026-01".into(), url: format!("/legal/{id}") };
    let items = ["terms", "privacy", "processing"].map(consent).to_vec();
    let kinds = [
        ("device", StepKind::Device),
        ("explain", explainer(Topic::Whole, false)),
        ("consents", StepKind::Consents { items }),
        ("permissions", StepKind::Permissions),
        ("explain-front", explainer(Topic::Front, true)),
        ("front-video", StepKind::DocumentVideo { side: Side::Front, min_millis: 4_000, max_millis: 10_000 }),
        ("explain-back", explainer(Topic::Back, false)),
        ("back-photo", StepKind::DocumentPhoto { side: Side::Back }),
        ("explain-selfie", explainer(Topic::Selfie, false)),
        ("selfie-video", StepKind::SelfieVideo { words: words(1), word_millis: 3_000 }),
        ("evaluation", StepKind::Evaluation),
        ("success", StepKind::Success),
    ];
    let step = |(id, kind): (&str, StepKind)| Step { id: id.into(), kind, state: StepState::Open, reasons: Vec::new() };
    kinds.map(step).into()
}

impl Server {
    pub fn new(verdicts: Vec<Verdict>) -> Self {
        let documents = DocumentKind::ALL.map(|kind| DocumentOption {
            kind,
            availability: match kind {
                DocumentKind::GermanIdCardLaminated => Availability::NotAccepted,
                kind if kind.supported() => Availability::Accepted,
                _ => Availability::NotSupported,
            },
            needs_back: kind.needs_back(),
            needs_category: kind.has_category(),
        });
        let snapshot = SessionSnapshot {
            protocol: PROTOCOL_VERSION.into(),
            revision: 1,
            case: CASE.into(),
            kennung: "82d82c7".into(),
            partner: "Musterversicherung".into(),
            mode: Mode::Live,
            role: Role::Capture,
            lang: "de".into(),
            return_url: Some("https://partner.example/done".into()),
            expires_at: "2026-11-25T09:30:00Z".into(),
            token_expires_at: "2026-11-24T10:00:00Z".into(),
            device: DeviceBinding::None,
            taken_by: None,
            attempt: 1,
            attempts_allowed: 5,
            flow: Flow { id: FlowId::RoboIdent, steps: steps() },
            documents: documents.to_vec(),
            document: None,
            category: None,
            uploads_url: "/v1/uploads".into(),
            uploads: Vec::new(),
            evaluation: None,
            outcome: None,
        };
        Self {
            snapshot,
            keys: Vec::new(),
            phone: None,
            tokens: BTreeMap::from([(TOKEN.to_owned(), true)]),
            issued: 0,
            uploads: BTreeMap::new(),
            promised: BTreeMap::new(),
            offer: None,
            verdicts,
            evaluated_at: None,
            now: Timestamp(0),
            reports: Vec::new(),
            helps: 0,
            browser_readings: Vec::new(),
            registration: Registration::default(),
            refuses_finish: false,
        }
    }

    /// A SIM card is registered: at the customer's, or in the shop.
    pub fn registration(shop: bool) -> Self {
        let mut server = Self::new(vec![Verdict::Success]);
        let plain = std::mem::take(&mut server.snapshot.flow.steps);
        server.snapshot.flow = Flow { id: FlowId::SimRegistration, steps: registration::steps(plain, shop) };
        server
    }

    fn finish(&mut self, step: &str, body: &FinishStep) -> Result<(), ErrorCode> {
        if std::mem::take(&mut self.refuses_finish) {
            return Err(ErrorCode::SessionStepUnexpected);
        }
        self.done(step)?;
        self.promised.insert(step.to_owned(), body.artifacts.clone());
        Ok(())
    }

    /// The case as this key sees it.
    pub fn seen_by(&self, key: &str) -> SessionSnapshot {
        let last = self.keys.last().map(String::as_str);
        let device = match last {
            None => DeviceBinding::None,
            Some(last) if last == key => DeviceBinding::This,
            Some(_) => DeviceBinding::Other,
        };
        let handed_over = self.keys.iter().rev().skip(1).any(|older| older == key);
        let role = if handed_over && device == DeviceBinding::Other { Role::Observe } else { Role::Capture };
        let uploads = self.uploads.iter().map(|(artifact, upload)| UploadStatus {
            artifact: artifact.clone(),
            step: upload.step.clone(),
            kind: upload.kind,
            offset: upload.bytes,
            length: upload.length,
            complete: upload.complete,
        });
        let taken_by = self.phone.clone().filter(|_| role == Role::Observe);
        SessionSnapshot { device, role, taken_by, uploads: uploads.collect(), ..self.snapshot.clone() }
    }

    /// No browser is known any more.
    pub fn forget_keys(&mut self) {
        self.keys.clear();
    }

    pub fn expire_tokens(&mut self) {
        self.tokens.values_mut().for_each(|alive| *alive = false);
    }

    /// Bytes the server holds of everything that was promised, and of all that is there.
    pub fn promised_is_complete(&self) -> bool {
        self.promised.values().flatten().all(|receipt| {
            self.uploads.get(&receipt.artifact).is_some_and(|upload| upload.complete && upload.bytes == receipt.length)
        })
    }

    pub fn promised(&self, step: &str) -> &[ArtifactReceipt] {
        self.promised.get(step).map(Vec::as_slice).unwrap_or_default()
    }

    /// Uploads of a step that nobody promised.
    pub fn unpromised(&self, step: &str) -> usize {
        let promised =
            |artifact: &String| self.promised.values().flatten().any(|receipt| receipt.artifact == *artifact);
        self.uploads.iter().filter(|(artifact, upload)| upload.step == step && !promised(artifact)).count()
    }

    pub fn forget_uploads(&mut self) {
        self.uploads.clear();
    }

    pub fn tick(&mut self, now: Timestamp) {
        self.now = now;
        if self.evaluated_at.is_some_and(|at| at <= now) {
            self.evaluated_at = None;
            self.evaluate();
        }
        self.read();
    }

    pub(super) fn changed(&mut self) {
        self.snapshot.revision += 1;
    }

    pub fn call(&mut self, what: &Request, key: &str, token: &str) -> Result<Reply, ErrorCode> {
        match what {
            Request::PreviewHandoff(secret) => return self.preview(secret.expose()),
            Request::ClaimHandoff { number, .. } if number != NUMBER => return Err(ErrorCode::HandoffNumber),
            Request::ClaimHandoff { secret, facts, .. } => {
                self.phone = Some(facts.clone());
                return self.claim(secret.expose(), key);
            }
            _ => {}
        }
        let alive = *self.tokens.get(token).ok_or(ErrorCode::SessionUnknown)?;
        if let Request::Token = what {
            return if self.keys.iter().any(|known| known == key) {
                Ok(Reply::Token(self.issue()))
            } else {
                Err(ErrorCode::SessionExpired)
            };
        }
        if !alive {
            return Err(ErrorCode::SessionExpired);
        }
        let me = self.seen_by(key);
        // The partner's link belongs to the device that used it first.
        let strange = token == TOKEN && !self.keys.is_empty() && !self.keys.iter().any(|known| known == key);
        if strange {
            return Err(ErrorCode::SessionOtherDevice);
        }
        if let Request::Session = what {
            return Ok(Reply::Session(Box::new(me)));
        }
        if me.outcome.is_some() {
            return Err(ErrorCode::SessionEnded);
        }
        match what {
            Request::Report { code, .. } => {
                self.reports.push(*code);
                return Ok(Reply::Nothing);
            }
            Request::Reading(reading) => {
                self.browser_readings.push((**reading).clone());
                return Ok(Reply::Nothing);
            }
            Request::Help { .. } => {
                self.helps += 1;
                return Ok(Reply::Nothing);
            }
            Request::WithdrawHandoff => {
                self.offer = None;
                return Ok(Reply::Session(Box::new(me)));
            }
            _ if me.role == Role::Observe => return Err(ErrorCode::SessionObserveOnly),
            _ if me.device == DeviceBinding::Other => return Err(ErrorCode::SessionOtherDevice),
            Request::Device(_) => {
                self.keys.push(key.to_owned());
                self.done("device")?;
            }
            Request::OfferHandoff => {
                let secret = format!("handoff-secret-{}", self.snapshot.revision);
                self.offer = Some((secret.clone(), self.now + Millis(35_000)));
                self.changed();
                let url = Sensitive::new(format!("https://ident.example/jump/#h={secret}"));
                let qr = Sensitive::new(QrMatrix { size: 1, rows: vec!["1".into()] });
                return Ok(Reply::Offer(HandoffOffer { url, qr, number: NUMBER.into(), expires_at: String::new() }));
            }
            _ if me.device != DeviceBinding::This => return Err(ErrorCode::SessionProofInvalid),
            Request::Consents(given) => {
                if given.given.len() != 3 {
                    return Err(ErrorCode::ConsentIncomplete);
                }
                self.done("consents")?;
            }
            Request::Document(choice) => self.choose(*choice)?,
            Request::Confirm(body) => {
                self.confirm(body)?;
                self.done("data-confirmation")?;
            }
            Request::Attest(body) => {
                self.registration.attested = Some(body.clone());
                self.done("attestation")?;
            }
            // The same again changes nothing.
            Request::Finish { step, body } if self.is_finished(step, &body.artifacts) => {}
            Request::Finish { step, body } => self.finish(step, body)?,
            Request::Evaluate => {
                if !self.promised_is_complete() {
                    return Err(ErrorCode::SessionStepUnexpected);
                }
                if self.evaluated_at.is_none() {
                    self.evaluated_at = Some(self.now + Millis(3_000));
                }
                self.snapshot.evaluation = Some(EvaluationProgress { done: 1, total: 9 });
                self.changed();
            }
            Request::Cancel => {
                self.snapshot.outcome = Some(PersonOutcome::Cancelled);
                self.changed();
            }
            other => unreachable!("{other:?}"),
        }
        Ok(Reply::Session(Box::new(self.seen_by(key))))
    }

    /// Steps are finished in order; a lost recording's step may be promised anew.
    fn done(&mut self, id: &str) -> Result<(), ErrorCode> {
        let ahead = |step: &Step| matches!(step.state, StepState::Open | StepState::Repeat);
        let again = self.promised.contains_key(id) && (!self.promised_is_complete() || self.confirms());
        let next = self.snapshot.flow.steps.iter().position(ahead).ok_or(ErrorCode::SessionEnded)?;
        let step = &mut self.snapshot.flow.steps[next];
        if step.id == id {
            step.state = StepState::Done;
            step.reasons.clear();
        } else if !again {
            return Err(ErrorCode::SessionStepUnexpected);
        }
        self.changed();
        Ok(())
    }

    fn is_finished(&self, id: &str, artifacts: &[ArtifactReceipt]) -> bool {
        let done = self.snapshot.flow.steps.iter().any(|step| step.id == id && step.state == StepState::Done);
        done && self.promised(id) == artifacts
    }

    fn choose(&mut self, ChooseDocument { kind, category }: ChooseDocument) -> Result<(), ErrorCode> {
        if !kind.supported() {
            return Err(ErrorCode::DocumentNotSupported);
        }
        if kind.has_category() != category.is_some() {
            return Err(ErrorCode::RequestInvalid);
        }
        (self.snapshot.document, self.snapshot.category) = (Some(kind), category);
        for step in &mut self.snapshot.flow.steps {
            if matches!(step.id.as_str(), "explain-back" | "back-photo") && step.state != StepState::Done {
                step.state = if kind.needs_back() { StepState::Open } else { StepState::Skipped };
            }
        }
        self.changed();
        Ok(())
    }

    fn evaluate(&mut self) {
        self.snapshot.evaluation = None;
        let verdict = if self.verdicts.is_empty() { Verdict::Success } else { self.verdicts.remove(0) };
        match verdict {
            Verdict::Success => self.snapshot.outcome = Some(PersonOutcome::Success),
            Verdict::Repeat(_) if self.snapshot.attempt == self.snapshot.attempts_allowed => {
                self.snapshot.outcome = Some(PersonOutcome::AttemptsExhausted);
            }
            Verdict::Repeat(steps) => {
                self.snapshot.attempt += 1;
                let attempt = self.snapshot.attempt;
                for step in &mut self.snapshot.flow.steps {
                    if let Some((_, reason)) = steps.iter().find(|(id, _)| *id == step.id) {
                        step.state = StepState::Repeat;
                        step.reasons = vec![*reason];
                        if *reason == ErrorCode::DocumentExpired {
                            self.snapshot.document = None;
                        }
                        self.promised.remove(&step.id);
                    }
                    if let StepKind::SelfieVideo { words: spoken, .. } = &mut step.kind {
                        *spoken = words(attempt);
                    }
                }
            }
        }
        self.changed();
    }

    fn issue(&mut self) -> TokenIssued {
        self.issued += 1;
        let token = format!("secret-token-{}", self.issued);
        self.tokens.insert(token.clone(), true);
        TokenIssued { token: Sensitive::new(token), expires_at: String::new() }
    }

    fn preview(&self, secret: &str) -> Result<Reply, ErrorCode> {
        self.offer
            .as_ref()
            .filter(|(known, dies)| known == secret && self.now < *dies)
            .ok_or(ErrorCode::HandoffUnknown)?;
        let (partner, kennung) = (self.snapshot.partner.clone(), self.snapshot.kennung.clone());
        Ok(Reply::Preview(HandoffPreview { partner, kennung }))
    }

    fn claim(&mut self, secret: &str, key: &str) -> Result<Reply, ErrorCode> {
        self.preview(secret)?;
        if self.keys.is_empty() {
            self.keys.push("desktop".into());
        }
        self.keys.push(key.to_owned());
        let device = &mut self.snapshot.flow.steps[0];
        device.state = StepState::Done;
        self.changed();
        Ok(Reply::Token(self.issue()))
    }

    // tus.

    pub fn create(&mut self, artifact: &Artifact, len: u64, length: Option<u64>, token: &str) -> Answer {
        if !self.tokens.get(token).copied().unwrap_or_default() {
            return Answer::Unauthorised;
        }
        let upload = self.uploads.entry(artifact.id.clone()).or_insert_with(|| Upload {
            step: artifact.step.clone(),
            kind: artifact.kind,
            bytes: len,
            length,
            complete: length == Some(len),
        });
        Answer::Created { location: format!("/v1/uploads/{}", artifact.id), offset: upload.bytes }
    }

    pub fn patch(&mut self, artifact: &str, offset: u64, len: u64, length: Option<u64>, token: &str) -> Answer {
        if !self.tokens.get(token).copied().unwrap_or_default() {
            return Answer::Unauthorised;
        }
        let Some(upload) = self.uploads.get_mut(artifact) else { return Answer::Gone };
        if offset != upload.bytes {
            return Answer::Conflict;
        }
        upload.bytes += len;
        upload.length = upload.length.or(length);
        upload.complete = upload.length == Some(upload.bytes);
        Answer::Offset { offset: upload.bytes, complete: upload.complete }
    }

    pub fn head(&self, artifact: &str, token: &str) -> Answer {
        if !self.tokens.get(token).copied().unwrap_or_default() {
            return Answer::Unauthorised;
        }
        self.uploads
            .get(artifact)
            .map_or(Answer::Gone, |upload| Answer::Offset { offset: upload.bytes, complete: upload.complete })
    }
}
