//! What went wrong and how it goes on: every failure screen has at least one way, and each way leads somewhere.
//! In: codes with what to do on "try again". Out: the failure over the place, a line for support.

use lichtbild_protocol::{
    ErrorCode, WayOn,
    capture::DeviceBinding,
    flow::{StepId, StepKind},
};

use super::{Output, Place, Request, Session, place::Over};
use crate::surface::CaptureEvent;

/// A failure the person sees.
#[derive(Debug)]
pub(super) struct Failure {
    pub code: ErrorCode,
    pub detail: Option<String>,
    pub resume: Resume,
}

/// What "try again" means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Resume {
    /// From the beginning: ask for the session.
    Start,
    /// The same request.
    Call(Box<Request>),
    /// Open the camera for the step at hand.
    Camera,
    /// Begin the step at hand anew.
    Step,
    /// Ask for the case's lock.
    Lock,
}

/// What the person should know beside the screen.
#[derive(Debug, Default)]
pub(super) struct Notices {
    /// Until the step is over.
    sticky: Vec<ErrorCode>,
    reported: Vec<(ErrorCode, Option<StepId>)>,
}

impl Notices {
    pub fn stick(&mut self, code: ErrorCode) {
        if !self.sticky.contains(&code) {
            self.sticky.push(code);
        }
    }

    pub fn unstick(&mut self, code: ErrorCode) {
        self.sticky.retain(|&held| held != code);
    }

    pub fn clear(&mut self) {
        self.sticky.clear();
    }

    pub fn holds(&self, code: ErrorCode) -> bool {
        self.sticky.contains(&code)
    }

    /// The newest.
    pub fn newest(&self) -> Option<ErrorCode> {
        self.sticky.last().copied()
    }
}

impl Session {
    /// Shows a failure. The camera goes off: a person who reads a failure does not need it.
    pub(super) fn fail(&mut self, code: ErrorCode, detail: Option<String>, resume: Resume) {
        self.stop_camera();
        self.overs.retain(|over| !matches!(over, Over::Failed(_) | Over::Handoff { .. }));
        self.overs.push(Over::Failed(Failure { code, detail, resume }));
        self.last_error = Some(code);
        self.report(code);
        self.out.push(Output::Emit(CaptureEvent::Failed { code, retryable: code.retryable() }));
    }

    /// Shows a notice until the step is over.
    pub(super) fn note(&mut self, code: ErrorCode) {
        if self.notices.holds(code) {
            return;
        }
        self.notices.stick(code);
        self.report(code);
        self.out.push(Output::Emit(CaptureEvent::Failed { code, retryable: code.retryable() }));
    }

    /// A line for support, once per code and step.
    fn report(&mut self, code: ErrorCode) {
        let step = self.step_id();
        let known = self.is_bound_here();
        let about_the_line = code.as_str().starts_with("network.") || code.as_str().starts_with("session.");
        let told = (code, step.clone());
        if known && !about_the_line && !self.notices.reported.contains(&told) {
            self.notices.reported.push(told);
            self.ask(Request::Report { code, step });
        }
    }

    /// The ways on from a code, as far as they are open here; never none.
    pub(super) fn ways_on(&self, code: ErrorCode) -> Vec<WayOn> {
        let open = |way: &WayOn| match way {
            WayOn::OtherCamera => self.can_switch(),
            WayOn::OtherDevice => self.can_hand_off_now(),
            WayOn::Help => self.case.is_some(),
            WayOn::OtherDocument => self.chooser_is_near(),
            WayOn::BackToPartner => self.case.as_ref().is_some_and(|case| case.return_url.is_some()),
            // The key stays in this browser; another one would not be let in.
            WayOn::OpenInBrowser => !self.is_bound_here(),
            _ => true,
        };
        let mut ways: Vec<WayOn> = code.ways_on().iter().copied().filter(open).collect();
        // Neither of these is a button.
        if ways.iter().all(|way| matches!(way, WayOn::Wait | WayOn::Settings)) {
            ways.push(WayOn::Retry);
        }
        ways
    }

    /// The person takes a way on.
    pub(super) fn take_way(&mut self, way: WayOn) {
        if let Some(Over::Failed(failure)) = self.overs.last()
            && !self.ways_on(failure.code).contains(&way)
        {
            return;
        }
        match way {
            WayOn::OtherDevice => self.hand_off(),
            WayOn::Help => self.open_help(),
            WayOn::BackToPartner => self.leave(),
            // The page shows how; nothing changes here until the person comes back.
            WayOn::OpenInBrowser => {}
            WayOn::Settings => self.out.push(Output::QueryPermissions),
            WayOn::OtherDocument => {
                self.drop_failure();
                self.choose_again();
            }
            WayOn::OtherCamera => {
                self.drop_failure();
                self.pick_next_camera();
                self.open_camera();
            }
            WayOn::Retake => {
                self.drop_failure();
                self.retake();
            }
            WayOn::Retry | WayOn::Wait => self.retry(),
        }
    }

    /// Tries again what failed.
    pub(super) fn retry(&mut self) {
        if let Some(Over::Requirements) = self.overs.last() {
            self.out.push(Output::ListCameras);
            return;
        }
        match self.drop_failure() {
            Some(Resume::Start) => self.begin(),
            Some(Resume::Call(what)) => self.ask(*what),
            Some(Resume::Camera) => self.open_camera(),
            Some(Resume::Step) => self.begin_step(),
            Some(Resume::Lock) => {
                if let Some(case) = &self.case {
                    self.out.push(Output::Bind(case.case.clone()));
                }
                self.ask(Request::Session);
            }
            None => self.retry_permission(),
        }
    }

    fn drop_failure(&mut self) -> Option<Resume> {
        match self.overs.pop() {
            Some(Over::Failed(failure)) => {
                self.refused_here = false;
                Some(failure.resume)
            }
            Some(other) => {
                self.overs.push(other);
                None
            }
            None => None,
        }
    }

    /// Whether the case is bound to this browser's key.
    fn is_bound_here(&self) -> bool {
        self.case.as_ref().is_some_and(|case| case.device == DeviceBinding::This)
    }

    fn chooser_is_near(&self) -> bool {
        matches!(&self.place, Place::Step(at) if matches!(at.step.kind, StepKind::Explainer { chooses_document: true, .. }))
    }
}
