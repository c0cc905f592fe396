//! The steps without a recording: registering, explainers, consents, permissions, the kind of document; help and hand-off.
//! In: actions. Out: requests and places.

use lichtbild_protocol::{
    ErrorCode, WayOn,
    capture::{
        ChooseDocument, ConsentGiven, DeviceBinding, FinishStep, GiveConsents, HandoffOffer, HandoffPreview, Role,
    },
    flow::{Availability, DocumentKind, Step, StepId, StepKind},
};

use super::{
    Output, Place, Request, Session,
    clock::rfc3339,
    place::{At, Choice, Local, Over, tick},
    recording::Work,
};
use crate::{
    capture::{Asked, MediaRefusal, MediaRequest, PermissionState, cause, media_request},
    flow,
    handoff::Offering,
    surface::{Action, CaptureEvent, HelpForm, Permission, SendState},
    time::Millis,
};

/// The next code is asked for at this distance if the server does not give one.
const OFFER_AGAIN: Millis = Millis(5_000);
/// While a code is shown the server is asked about the case at this distance, should events not come through.
const LOOK_AGAIN: Millis = Millis(3_000);
/// A blocked camera or microphone is asked about at this distance: people go to the settings and come back.
pub(super) const ASK_PERMISSIONS_AGAIN: Millis = Millis(2_000);

impl Session {
    pub(super) fn act(&mut self, action: Action) {
        match action {
            Action::Help => return self.open_help(),
            Action::HandOff => return self.hand_off(),
            Action::Cancel => return self.cancel(),
            Action::Take { way } => return self.take_way(way),
            _ => {}
        }
        match self.overs.last() {
            Some(Over::Requirements) => {}
            Some(Over::Help { .. }) => self.act_at_help(action),
            Some(Over::Handoff { .. }) => self.act_at_handoff(&action),
            Some(Over::Failed(_)) => self.act_at_failure(&action),
            Some(Over::ConsentRefused) => {
                if matches!(action, Action::Back | Action::Continue) {
                    self.overs.pop();
                }
            }
            Some(Over::Explaining(_)) => match action {
                Action::Back if self.explains_document() => self.overs.push(Over::Choosing(Choice::default())),
                Action::Back | Action::Continue => drop(self.overs.pop()),
                _ => {}
            },
            Some(Over::Choosing(_)) => self.act_at_choice(&action),
            None => self.act_at_place(action),
        }
    }

    fn act_at_place(&mut self, action: Action) {
        match (&self.place, action) {
            (Place::Claiming { secret, preview: Some(_), .. }, Action::AcceptHandoff { number }) => {
                let (secret, facts) = (secret.clone(), self.page.facts.clone());
                self.ask(Request::ClaimHandoff { secret, number, facts });
            }
            (Place::Claiming { .. }, Action::Refuse) => self.cancel(),
            (Place::Ended(_), Action::Continue | Action::Back) => self.leave(),
            (Place::Step(_), action) => self.act_at_step(action),
            _ => {}
        }
    }

    fn act_at_step(&mut self, action: Action) {
        let Place::Step(At { step, local, .. }) = &mut self.place else { return };
        let id = step.id.clone();
        match (local, action) {
            (Local::Repeat, Action::Continue) => self.acknowledge_repeat(),
            (Local::Plain, Action::Continue) => match step.kind {
                StepKind::Device => self.ask(Request::Device(self.page.facts.clone())),
                StepKind::Success => self.leave(),
                _ => self.ask(Request::Finish { step: id, body: FinishStep::default() }),
            },
            (Local::Plain, Action::Back) if chooses_document(&step.kind) => self.choose_again(),
            (Local::Choosing(_), action) => self.act_at_choice(&action),
            (Local::Confirming(_), action) => self.act_at_reading(action),
            (Local::Attesting { .. }, action) => self.act_at_attestation(action),
            (Local::Consents { ticked }, Action::Tick { id, on }) => tick(ticked, id, on),
            (Local::Consents { .. }, Action::Continue) => self.give_consents(),
            (Local::Consents { .. }, Action::Refuse) => {
                self.overs.push(Over::ConsentRefused);
                self.last_error = Some(ErrorCode::ConsentRefused);
            }
            (Local::Permissions { .. }, Action::AskCamera) => self.ask_permission(true),
            (Local::Permissions { .. }, Action::AskMicrophone) => self.ask_permission(false),
            (
                Local::Permissions {
                    camera: Permission::Granted,
                    microphone: Permission::Granted | Permission::NotNeeded,
                },
                Action::Continue,
            ) => {
                self.ask(Request::Finish { step: id, body: FinishStep::default() });
            }
            (Local::Camera, action) => self.act_at_camera(action),
            _ => {}
        }
    }

    // Consents and the document.

    fn give_consents(&mut self) {
        let Place::Step(At { step, local: Local::Consents { ticked }, .. }) = &self.place else { return };
        let StepKind::Consents { items } = &step.kind else { return };
        if !items.iter().all(|item| ticked.contains(&item.id)) {
            return;
        }
        let given =
            items.iter().map(|item| ConsentGiven { id: item.id.clone(), version: item.version.clone() }).collect();
        self.ask(Request::Consents(GiveConsents { given }));
    }

    fn act_at_choice(&mut self, action: &Action) {
        match action {
            Action::ChooseDocument { kind } => self.choose_document(*kind),
            Action::ChooseCategory { category } => {
                if let Some(kind) = self.choice_mut().and_then(|choice| choice.kind) {
                    self.ask(Request::Document(ChooseDocument { kind, category: Some(*category) }));
                }
            }
            Action::Back | Action::Continue => self.leave_choice(),
            _ => {}
        }
    }

    fn choose_document(&mut self, kind: DocumentKind) {
        let options = self.case.as_ref().map(|case| case.documents.as_slice()).unwrap_or_default();
        let option = options.iter().find(|option| option.kind == kind);
        match option.map(|option| (option.availability, option.needs_category)) {
            Some((Availability::NotAccepted, _)) => self.document_refused(ErrorCode::DocumentNotAccepted),
            Some((Availability::NotSupported, _)) => self.document_refused(ErrorCode::DocumentNotSupported),
            Some((Availability::Accepted, true)) => {
                if let Some(choice) = self.choice_mut() {
                    *choice = Choice { refused: None, kind: Some(kind) };
                }
            }
            Some((Availability::Accepted, false)) | None => {
                self.ask(Request::Document(ChooseDocument { kind, category: None }));
            }
        }
    }

    pub(super) fn document_refused(&mut self, code: ErrorCode) {
        self.last_error = Some(code);
        if let Some(choice) = self.choice_mut() {
            *choice = Choice { refused: Some(code), kind: None };
        }
    }

    /// The choice that is being made.
    fn choice_mut(&mut self) -> Option<&mut Choice> {
        match (self.overs.last_mut(), &mut self.place) {
            (Some(Over::Choosing(choice)), _) | (_, Place::Step(At { local: Local::Choosing(choice), .. })) => {
                Some(choice)
            }
            _ => None,
        }
    }

    /// From the category back to the kinds, from these to where the person was.
    fn leave_choice(&mut self) {
        if self.choice_mut().is_some_and(|choice| choice.kind.take().is_some()) {
            return;
        }
        if let Some(Over::Choosing(_)) = self.overs.last() {
            self.overs.pop();
        } else if self.document().is_some() {
            self.set_local(Local::Plain);
        }
    }

    /// The server took the choice: on to the explainer.
    pub(super) fn document_chosen(&mut self) {
        let chosen = self.document().is_some();
        // Over the camera: back to the explainer, which now explains the new document.
        self.overs.retain(|over| !matches!(over, Over::Choosing(_)));
        if let Place::Step(At { local: Local::Choosing(_), .. }) = &self.place
            && chosen
        {
            self.set_local(Local::Plain);
        }
    }

    fn set_local(&mut self, to: Local) {
        if let Place::Step(at) = &mut self.place {
            at.local = to;
        }
    }

    /// Whether one screen back there is something to go to (`Action::Back`).
    pub(super) fn can_go_back(&self) -> bool {
        match (self.overs.last(), &self.place) {
            (Some(Over::Explaining(_)), _) => self.explains_document(),
            (Some(Over::Choosing(_)), _) => true,
            (None, Place::Step(At { local: Local::Camera, .. })) => {
                matches!(self.desk.work, Work::Idle) && (self.explainer_behind().is_some() || self.retakes())
            }
            (None, Place::Step(At { step, local: Local::Plain, .. })) => chooses_document(&step.kind),
            (None, Place::Step(At { local: Local::Choosing(choice), .. })) => {
                choice.kind.is_some() || self.document().is_some()
            }
            _ => false,
        }
    }

    /// Whether the explainer that is looked at again is the one with the choice of document, which can still be made.
    fn explains_document(&self) -> bool {
        let Some(Over::Explaining(id)) = self.overs.last() else { return false };
        let chooses = |step: &Step| chooses_document(&step.kind);
        self.case.as_deref().and_then(|case| flow::step(case, id)).is_some_and(chooses)
    }

    /// Back to the chooser, from its explainer.
    pub(super) fn choose_again(&mut self) {
        if let Place::Step(at) = &mut self.place
            && chooses_document(&at.step.kind)
        {
            at.local = Local::Choosing(Choice::default());
        }
    }

    // Permissions.

    fn ask_permission(&mut self, camera: bool) {
        if self.desk.is_opening() {
            return;
        }
        let media = if camera {
            MediaRequest { audio: false, ..media_request(crate::capture::Facing::Rear, None, false) }
        } else {
            MediaRequest { video: None, audio: true }
        };
        self.set_permission(camera, Permission::Asking);
        self.open_stream(media);
    }

    pub(super) fn permission_answered(&mut self, camera: bool) {
        self.set_permission(camera, Permission::Granted);
        if camera {
            // Labels are told while the leave is fresh: the camera for each step is chosen before it is opened.
            self.out.push(Output::ListCameras);
        }
        self.stop_camera();
    }

    pub(super) fn permission_refused(&mut self, camera: bool, refusal: &MediaRefusal) {
        let code = cause(refusal, if camera { Asked::Camera } else { Asked::Microphone });
        let ways_on = self.ways_on(code);
        self.last_error = Some(code);
        self.set_permission(camera, Permission::Failed { code, ways_on });
        self.note(code);
        self.ask_permissions_at = Some(self.now + ASK_PERMISSIONS_AGAIN);
    }

    /// What the Permissions API says now. A refusal that was taken back in the settings opens the question again.
    pub(super) fn permissions_told(&mut self, camera: PermissionState, microphone: PermissionState) {
        let told = |state: PermissionState, shown: &mut Permission| match (state, &*shown) {
            (PermissionState::Granted, Permission::Open) => *shown = Permission::Granted,
            (PermissionState::Granted | PermissionState::Prompt, Permission::Failed { code, .. })
                if is_refusal(*code) =>
            {
                *shown = Permission::Open;
            }
            _ => {}
        };
        if let Place::Step(At { local: Local::Permissions { camera: shown, microphone: heard }, .. }) = &mut self.place
        {
            told(camera, shown);
            told(microphone, heard);
            let blocked = [&*shown, &*heard].iter().any(|it| matches!(it, Permission::Failed { .. }));
            self.ask_permissions_at = blocked.then_some(self.now + ASK_PERMISSIONS_AGAIN);
            if !blocked {
                self.notices.clear();
            }
        } else if let Some(Over::Failed(failure)) = self.overs.last()
            && is_refusal(failure.code)
            && camera != PermissionState::Denied
            && microphone != PermissionState::Denied
        {
            self.overs.pop();
        }
    }

    /// "Try again" at a failed permission: the first that is not given.
    pub(super) fn retry_permission(&mut self) {
        let Place::Step(At { local: Local::Permissions { camera, .. }, .. }) = &self.place else { return };
        let camera = !matches!(camera, Permission::Granted);
        self.ask_permission(camera);
    }

    fn set_permission(&mut self, camera: bool, to: Permission) {
        if let Place::Step(At { local: Local::Permissions { camera: seen, microphone: heard }, .. }) = &mut self.place {
            *(if camera { seen } else { heard }) = to;
        }
    }

    // Help.

    pub(super) fn open_help(&mut self) {
        let there = self.overs.iter().any(|over| matches!(over, Over::Help { .. }));
        let Some(case) = self.case.as_ref().filter(|_| !there) else { return };
        let form = HelpForm {
            case: Some(case.case.clone()),
            code: self.last_error,
            step: self.step_id(),
            facts: self.page.facts.clone(),
            at: rfc3339(self.now),
        };
        let sending = self.calls.is_open(|what| matches!(what, Request::Help { .. }));
        let state = if sending { SendState::Busy } else { SendState::Open };
        self.overs.push(Over::Help { form: Box::new(form), state });
    }

    fn act_at_help(&mut self, action: Action) {
        let Some(Over::Help { form, state }) = self.overs.last_mut() else { return };
        match action {
            Action::SendHelp { description } if *state == SendState::Open => {
                *state = SendState::Busy;
                let (code, step, facts) = (form.code, form.step.clone(), form.facts.clone());
                self.ask(Request::Help { description, code, step, facts });
            }
            Action::Continue if *state == SendState::Busy => {}
            Action::Back | Action::Continue => {
                self.overs.pop();
            }
            _ => {}
        }
    }

    pub(super) fn help_answered(&mut self, answered: SendState) {
        for over in &mut self.overs {
            if let Over::Help { state, .. } = over {
                *state = answered;
            }
        }
    }

    // Hand-off.

    /// Whether the phone can be offered from anywhere in this case.
    pub(super) fn can_hand_off_now(&self) -> bool {
        let proves = !self.page.missing.iter().any(|code| {
            matches!(code, ErrorCode::UnsupportedCrypto | ErrorCode::UnsupportedInsecure | ErrorCode::UnsupportedWasm)
        });
        let case = self.case.as_ref();
        proves
            && case.is_some_and(|case| {
                case.role == Role::Capture && case.device != DeviceBinding::Other && case.outcome.is_none()
            })
    }

    pub(super) fn hand_off(&mut self) {
        if !self.can_hand_off_now() || matches!(self.overs.last(), Some(Over::Handoff { .. })) {
            return;
        }
        self.stop_camera();
        self.desk_reset();
        self.overs.retain(|over| !matches!(over, Over::Help { .. }));
        self.overs.push(Over::Handoff {
            offering: Offering::default(),
            ask_at: self.now,
            look_at: self.now + LOOK_AGAIN,
        });
        self.listen();
        self.withdrawing = false;
        self.renew_offer();
    }

    /// Asks for the next code when it is time, and whether a phone has the case.
    pub(super) fn renew_offer(&mut self) {
        let now = self.now;
        for over in &mut self.overs {
            if let Over::Handoff { look_at, .. } = over
                && *look_at <= now
            {
                *look_at = now + LOOK_AGAIN;
                self.ask(Request::Session);
                break;
            }
        }
        let due = self.overs.iter_mut().any(|over| match over {
            Over::Handoff { offering, ask_at, .. } if offering.is_stale(now) && *ask_at <= now => {
                *ask_at = now + OFFER_AGAIN;
                true
            }
            _ => false,
        });
        if due {
            self.ask(Request::OfferHandoff);
        }
    }

    pub(super) fn offered(&mut self, offer: HandoffOffer) {
        for over in &mut self.overs {
            if let Over::Handoff { offering, .. } = over {
                offering.offered(offer, self.now);
                return;
            }
        }
        // The person has left the screen: nobody may use the code.
        self.ask(Request::WithdrawHandoff);
    }

    fn act_at_handoff(&mut self, action: &Action) {
        if matches!(action, Action::Back | Action::Continue) {
            self.leave_handoff();
            self.withdrawing = true;
            self.ask(Request::WithdrawHandoff);
        }
    }

    pub(super) fn leave_handoff(&mut self) {
        self.overs.retain(|over| !matches!(over, Over::Handoff { .. }));
    }

    pub(super) fn previewed(&mut self, told: HandoffPreview) {
        if let Place::Claiming { preview, .. } = &mut self.place {
            *preview = Some(told);
        }
    }

    fn act_at_failure(&mut self, action: &Action) {
        match action {
            Action::Continue | Action::Back | Action::OpenCamera | Action::AskCamera | Action::AskMicrophone => {
                self.retry();
            }
            Action::Retake => self.take_way(WayOn::Retake),
            Action::SwitchCamera => self.take_way(WayOn::OtherCamera),
            _ => {}
        }
    }

    /// Back to the partner.
    pub(super) fn leave(&mut self) {
        let url = self.case.as_ref().and_then(|case| case.return_url.clone());
        self.out.push(Output::Emit(CaptureEvent::Leave { url }));
    }

    /// Shows the explainer before the step at hand once more.
    pub(super) fn explain_again(&mut self) {
        if let Some(id) = self.explainer_behind() {
            self.stop_camera();
            self.desk_reset();
            self.overs.push(Over::Explaining(id));
        }
    }

    fn explainer_behind(&self) -> Option<StepId> {
        let case = self.case.as_deref()?;
        flow::explainer_before(case, &self.step_id()?).map(|step| step.id.clone())
    }
}

const fn chooses_document(kind: &StepKind) -> bool {
    matches!(kind, StepKind::Explainer { chooses_document: true, .. })
}

const fn is_refusal(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::CameraRefused
            | ErrorCode::CameraBlocked
            | ErrorCode::MicrophoneRefused
            | ErrorCode::MicrophoneBlocked
    )
}
