//! What there is to draw: one snapshot from everything the session knows, and the events that say what changed.

use lichtbild_protocol::{
    ErrorCode, Sensitive,
    flow::{PermitCategory, Step, StepKind},
};

use super::{
    Output, Place, Request, Session,
    camera::{Stream, facing},
    place::{At, Choice, Local, Over},
    recording::Work,
};
use crate::{
    capture::Facing,
    flow,
    surface::{
        CameraScreen, CameraStage, CaptureEvent, CaseFacts, ConsentFacts, Hint, Purpose, Screen, Snapshot, StepFacts,
    },
    time::Timestamp,
};

impl Session {
    /// What there is to draw at this time.
    pub fn snapshot(&self, now: Timestamp) -> Snapshot {
        let screen = self.screen(now);
        let can_help = self.case.is_some() && !matches!(screen, Screen::Help { .. });
        let can_hand_off = self.can_hand_off_now() && Self::offers_phone(&screen);
        Snapshot {
            hint: matches!(screen, Screen::Camera(_)).then(|| self.hint()).flatten(),
            case: self.case_facts(),
            steps: self.step_facts(),
            upload: self.upload.facts(),
            notice: self.notice(),
            engine_loading: self.engine_loading(),
            can_help,
            can_go_back: self.can_go_back(),
            can_hand_off,
            history: self.page.history.clone(),
            screen,
        }
    }

    /// Tells the listeners what is different since the last time.
    pub(super) fn tell_changes(&mut self) {
        let snapshot = self.snapshot(self.now);
        let current = |snapshot: &Snapshot| snapshot.steps.iter().find(|step| step.current).map(|step| step.id.clone());
        let before = self.drawn.as_ref().map(Sensitive::expose);
        if before == Some(&snapshot) {
            return;
        }
        let step = current(&snapshot).filter(|step| before.and_then(current).as_ref() != Some(step));
        let hint = (before.and_then(|before| before.hint) != snapshot.hint).then_some(snapshot.hint);
        let done = match (&snapshot.screen, before.map(|before| &before.screen)) {
            (Screen::Done { .. }, Some(Screen::Done { .. })) => None,
            (Screen::Done { outcome }, _) => Some(*outcome),
            _ => None,
        };
        self.drawn = Some(Sensitive::new(snapshot));
        self.out.extend(step.map(|step| Output::Emit(CaptureEvent::StepChanged { step })));
        self.out.extend(hint.map(|hint| Output::Emit(CaptureEvent::HintChanged { hint })));
        self.out.push(Output::Emit(CaptureEvent::Changed));
        if let Some(outcome) = done {
            let kennung = self.case.as_ref().map(|case| case.kennung.clone()).unwrap_or_default();
            self.out.push(Output::Emit(CaptureEvent::Done { outcome, kennung }));
        }
    }

    fn screen(&self, now: Timestamp) -> Screen {
        match self.overs.last() {
            Some(Over::Requirements) => Screen::Requirements { missing: self.page.missing.clone() },
            Some(Over::ConsentRefused) => Screen::ConsentRefused,
            Some(Over::Explaining(step)) => {
                let step = self.case.as_ref().and_then(|case| flow::step(case, step));
                step.map_or(Screen::Loading, |step| self.plain_screen(step, false))
            }
            Some(Over::Choosing(choice)) => self.choice_screen(choice),
            Some(Over::Handoff { offering, .. }) => Screen::Handoff {
                qr: offering.qr(now),
                link: offering.link(now),
                number: offering.number(now),
                millis_left: u32::try_from(offering.left(now).0.div_ceil(1_000) * 1_000).unwrap_or(0),
            },
            Some(Over::Help { form, state }) => Screen::Help { form: (**form).clone(), state: *state },
            Some(Over::Failed(failure)) => Screen::Failed {
                code: failure.code,
                ways_on: self.ways_on(failure.code),
                detail: failure.detail.clone(),
            },
            None => self.place_screen(now),
        }
    }

    fn place_screen(&self, now: Timestamp) -> Screen {
        match &self.place {
            Place::Loading | Place::Claiming { preview: None, .. } => Screen::Loading,
            Place::Home => Screen::Home,
            Place::Claiming { preview: Some(preview), wrong, .. } => Screen::HandoffClaim {
                partner: preview.partner.clone(),
                kennung: preview.kennung.clone(),
                wrong: *wrong,
                busy: self.calls.is_open(|what| matches!(what, Request::ClaimHandoff { .. })),
            },
            Place::Observing { .. } => {
                Screen::Observing { phone: self.case.as_ref().and_then(|case| case.taken_by.clone()) }
            }
            Place::Ended(outcome) => Screen::Done { outcome: *outcome },
            Place::Step(at) => self.step_screen(at, now),
        }
    }

    fn step_screen(&self, At { step, local, .. }: &At, now: Timestamp) -> Screen {
        let finishing = self.calls.is_open(|what| matches!(what, Request::Finish { .. }));
        match local {
            Local::Plain if step.kind == StepKind::Device => {
                Screen::Register { busy: self.calls.is_open(|what| matches!(what, Request::Device(_))) }
            }
            Local::Plain => self.plain_screen(step, finishing),
            Local::Choosing(choice) => self.choice_screen(choice),
            Local::Confirming(confirming) => self.reading_screen(step, confirming),
            Local::Attesting { ticked } => self.attestation_screen(step, ticked),
            Local::Consents { ticked } => {
                let items = match &step.kind {
                    StepKind::Consents { items } => items.as_slice(),
                    _ => &[],
                };
                let facts = |item: &lichtbild_protocol::flow::Consent| ConsentFacts {
                    ticked: ticked.contains(&item.id),
                    consent: item.clone(),
                };
                let busy = self.calls.is_open(|what| matches!(what, Request::Consents(_)));
                Screen::Consents { items: items.iter().map(facts).collect(), busy }
            }
            Local::Permissions { camera, microphone } => {
                Screen::Permissions { camera: camera.clone(), microphone: microphone.clone() }
            }
            Local::Camera => self.camera_screen(step, now),
            Local::Repeat => {
                let case = self.case.as_deref();
                let left = case.map_or(0, |case| (case.attempts_allowed + 1).saturating_sub(case.attempt));
                Screen::Repeat { steps: case.map(flow::to_repeat).unwrap_or_default(), attempts_left: left }
            }
            Local::Evaluation { .. } => {
                Screen::Evaluation { progress: self.case.as_ref().and_then(|case| case.evaluation) }
            }
        }
    }

    fn choice_screen(&self, choice: &Choice) -> Screen {
        let busy = self.calls.is_open(|what| matches!(what, Request::Document(_)));
        if choice.kind.is_some() {
            return Screen::CategoryChoice { categories: PermitCategory::ALL.to_vec(), busy };
        }
        let options = self.case.as_ref().map(|case| case.documents.clone()).unwrap_or_default();
        Screen::DocumentChoice { options, refused: choice.refused, busy }
    }

    fn plain_screen(&self, step: &Step, busy: bool) -> Screen {
        match &step.kind {
            StepKind::Explainer { topic, .. } => {
                Screen::Explainer { topic: *topic, document: self.document(), reasons: step.reasons.clone(), busy }
            }
            // The server ends a case in the same breath as it reaches this step.
            _ => Screen::Loading,
        }
    }

    fn camera_screen(&self, step: &Step, now: Timestamp) -> Screen {
        let Some(purpose) = flow::purpose(&step.kind) else { return Screen::Loading };
        if let Work::Review(review) = &self.desk.work {
            return Screen::Review {
                purpose,
                picture: review.picture.clone(),
                outline: review.outline,
                millis: review.millis,
                warnings: review.warnings.clone(),
                busy: self.calls.is_open(|what| matches!(what, Request::Finish { .. })),
            };
        }
        let open = self.desk.open();
        let level = open.map_or(0.0, |open| open.sound.shown());
        Screen::Camera(CameraScreen {
            purpose,
            stage: self.stage(now),
            mirrored: open.map_or(facing(purpose) == Facing::Front, |open| open.mirrored),
            can_switch: self.can_switch(),
            by_hand: self.wanted().is_none()
                || !matches!(purpose, Purpose::DocumentPhoto { .. })
                || open.is_some_and(|open| open.offers_button),
            torch: open.and_then(|open| open.torch),
            aspect: open
                .filter(|open| open.facts.height > 0)
                .map(|open| f64::from(open.facts.width) / f64::from(open.facts.height)),
            level: (level * 64.0).round() / 64.0,
            reasons: step.reasons.clone(),
            without_hints: self.engine_is_missing(),
            zone_read: open.is_some_and(|open| open.zone.is_some()),
        })
    }

    fn stage(&self, now: Timestamp) -> CameraStage {
        match (&self.desk.stream, &self.desk.work) {
            (Stream::Closed, Work::Idle | Work::Review(_)) => CameraStage::Closed,
            (Stream::Opening(opening), _) => match opening.because {
                Some(code) => CameraStage::Recovering { code },
                None => CameraStage::Opening,
            },
            (_, Work::Saving { .. } | Work::Photo { .. }) => CameraStage::Saving,
            (Stream::Open(open), _) if open.picture.is_muted(now) => {
                CameraStage::Recovering { code: ErrorCode::CameraMuted }
            }
            (_, Work::Recording(recording)) => {
                let elapsed = recording.elapsed(now);
                CameraStage::Recording {
                    millis: elapsed.0 / 100 * 100,
                    limit_millis: recording.plan.limit().0,
                    can_stop: recording.plan.can_stop(elapsed),
                    word: recording.first_bytes.and_then(|_| recording.plan.word(elapsed)),
                }
            }
            (Stream::Open(_), Work::Idle | Work::Review(_)) => CameraStage::Live,
        }
    }

    fn hint(&self) -> Option<Hint> {
        self.desk.open().and_then(|open| open.guidance.hint())
    }

    fn notice(&self) -> Option<ErrorCode> {
        let offline = (!self.page.online).then_some(ErrorCode::NetworkOffline);
        let slow = self.upload_is_slow().then_some(ErrorCode::UploadSlow);
        if self.has_ended() {
            return None;
        }
        offline.or(self.calls.trouble()).or(self.notices.newest()).or(self.store_trouble).or(slow)
    }

    /// Where going on with a phone helps: at the start, and when this device lacks something.
    fn offers_phone(screen: &Screen) -> bool {
        match screen {
            Screen::Register { .. } | Screen::Requirements { .. } | Screen::Permissions { .. } => true,
            Screen::Failed { ways_on, .. } => ways_on.contains(&lichtbild_protocol::WayOn::OtherDevice),
            Screen::Camera(camera) => camera.stage == CameraStage::Closed,
            _ => false,
        }
    }

    fn case_facts(&self) -> Option<CaseFacts> {
        self.case.as_ref().map(|case| CaseFacts {
            id: case.case.clone(),
            kennung: case.kennung.clone(),
            partner: case.partner.clone(),
            mode: case.mode,
            lang: case.lang.clone(),
            return_url: case.return_url.clone(),
            attempt: case.attempt,
            attempts_allowed: case.attempts_allowed,
            expires_at: case.expires_at.clone(),
            document: case.document,
        })
    }

    fn step_facts(&self) -> Vec<StepFacts> {
        let Some(case) = &self.case else { return Vec::new() };
        let at = match &self.place {
            Place::Step(at) => Some(at.step.id.as_str()),
            Place::Observing { .. } => flow::current(case).map(|step| step.id.as_str()),
            _ => None,
        };
        let facts =
            |step: &Step| StepFacts { id: step.id.clone(), state: step.state, current: Some(step.id.as_str()) == at };
        case.flow.steps.iter().map(facts).collect()
    }
}
