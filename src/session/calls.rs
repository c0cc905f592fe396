//! Requests to the server: each kind at most once at a time, tried again as long as the case lives when the line is bad, with a
//! fresh token when the old one has ended, and told to the person when the server says no.
//! In: answers and failures by number. Out: calls; what an answer means goes to the other parts of the session.

use std::mem::discriminant;

use lichtbild_protocol::{ErrorCode, case::PersonOutcome};

use super::{Output, Place, Reply, Request, Session, place::Local, recording::Work, trouble::Resume};
use crate::{
    surface::SendState,
    time::{Millis, Timestamp},
    upload,
};

/// The shell's own deadline is 15 s; this one holds should that fail.
const ANSWER_WITHIN: Millis = Millis(30_000);
/// A fault of the server is tried so often, then shown.
const FAULTS_BORNE: u32 = 3;
/// What the person never hears of is tried so often.
const QUIET_TRIES: u32 = 5;
/// Before the evaluation is asked for again, if the server misses something.
const EVALUATE_AGAIN: Millis = Millis(2_000);

#[derive(Debug, Default)]
pub(super) struct Calls {
    last: u32,
    open: Vec<Call>,
}

#[derive(Debug)]
struct Call {
    request: u32,
    what: Request,
    failures: u32,
    renewed: bool,
    trouble: Option<ErrorCode>,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    InFlight { since: Timestamp },
    Waiting { until: Timestamp },
    NeedsToken,
}

impl Calls {
    /// Whether a request like this is on its way.
    pub fn is_open(&self, like: impl Fn(&Request) -> bool) -> bool {
        self.open.iter().any(|call| like(&call.what))
    }

    /// What keeps a request from being answered.
    pub fn trouble(&self) -> Option<ErrorCode> {
        self.open.iter().filter(|call| !is_quiet(&call.what)).find_map(|call| call.trouble)
    }

    pub fn deadline(&self) -> Option<Timestamp> {
        let due = |call: &Call| match call.state {
            State::InFlight { since } => Some(since + ANSWER_WITHIN),
            State::Waiting { until } => Some(until),
            State::NeedsToken => None,
        };
        self.open.iter().filter_map(due).min()
    }

    fn take(&mut self, request: u32) -> Option<Call> {
        let at = self.open.iter().position(|call| call.request == request)?;
        Some(self.open.remove(at))
    }
}

impl Session {
    /// Asks the server, unless the same is on its way.
    pub(super) fn ask(&mut self, what: Request) {
        let kind = discriminant(&what);
        let repeats = is_quiet(&what);
        let open = |calls: &Calls, kind| calls.is_open(|open| discriminant(open) == kind);
        if !repeats && open(&self.calls, kind) {
            return;
        }
        // After a refusal the server is asked where the case is; until then nothing more is tried at the step.
        let unsure = self.refused_here && open(&self.calls, discriminant(&Request::Session));
        if unsure && about_a_step(&what) {
            return;
        }
        let call = Call {
            request: 0,
            what,
            failures: 0,
            renewed: false,
            trouble: None,
            state: State::Waiting { until: self.now },
        };
        self.send(call);
    }

    /// Sends what has waited long enough; gives up on answers that never come.
    pub(super) fn calls_due(&mut self) {
        let now = self.now;
        let due = |call: &Call| matches!(call.state, State::Waiting { until } if until <= now);
        while let Some(at) = self.calls.open.iter().position(due) {
            let call = self.calls.open.remove(at);
            self.send(call);
        }
        let overdue = |call: &&Call| matches!(call.state, State::InFlight { since } if since + ANSWER_WITHIN <= now);
        let late: Vec<u32> = self.calls.open.iter().filter(overdue).map(|call| call.request).collect();
        for request in late {
            self.call_failed(request, ErrorCode::NetworkTimeout, None);
        }
    }

    /// The line is back: what waits goes now.
    pub(super) fn calls_wake(&mut self) {
        for call in &mut self.calls.open {
            if let State::Waiting { until } = &mut call.state {
                *until = self.now;
            }
        }
    }

    /// Forgets every request; their answers will mean nothing.
    pub(super) fn calls_forget(&mut self) {
        self.calls.open.clear();
    }

    fn send(&mut self, mut call: Call) {
        self.calls.last += 1;
        call.request = self.calls.last;
        call.state = State::InFlight { since: self.now };
        self.out.push(Output::Call { request: call.request, what: call.what.clone() });
        self.calls.open.push(call);
    }

    pub(super) fn call_failed(&mut self, request: u32, code: ErrorCode, detail: Option<String>) {
        use ErrorCode as E;
        let Some(mut call) = self.calls.take(request) else { return };
        call.failures += 1;
        let most = if let Request::Report { .. } = call.what { 1 } else { QUIET_TRIES };
        if is_quiet(&call.what) && call.failures >= most {
            return;
        }
        match code {
            E::NetworkOffline
            | E::NetworkUnreachable
            | E::NetworkTimeout
            | E::NetworkBlocked
            | E::InternalUnavailable
            | E::RequestRateLimited => self.call_again(call, code),
            E::InternalUnexpected if call.failures <= FAULTS_BORNE => self.call_again(call, code),
            E::SessionProofInvalid if call.failures <= 1 => self.send(call),
            // A fresh token that has ended before it was used: the next one is asked for after a while.
            E::SessionExpired if call.renewed && needs_token(&call.what) => {
                self.call_again(call, E::InternalUnavailable);
            }
            E::SessionExpired if needs_token(&call.what) => {
                call.renewed = true;
                call.state = State::NeedsToken;
                self.calls.open.push(call);
                self.ask(Request::Token);
            }
            _ => self.refused(call.what, code, detail),
        }
    }

    fn call_again(&mut self, mut call: Call, code: ErrorCode) {
        let wait = upload::wait_after(call.failures, None, &mut self.ids);
        call.trouble = Some(code);
        call.renewed = false;
        call.state = State::Waiting { until: self.now + wait };
        self.calls.open.push(call);
    }

    pub(super) fn answered(&mut self, request: u32, reply: Reply) {
        let Some(call) = self.calls.take(request) else { return };
        match (call.what, reply) {
            (Request::Cancel, Reply::Session(session)) => {
                self.adopt(*session);
                self.end(PersonOutcome::Cancelled);
            }
            (Request::Document(_), Reply::Session(session)) => {
                self.adopt(*session);
                self.document_chosen();
            }
            (Request::Finish { step, .. }, Reply::Session(session)) => {
                self.step_finished(&step);
                self.adopt(*session);
            }
            (_, Reply::Session(session)) => self.adopt(*session),
            (Request::Token, Reply::Token(issued)) => {
                self.out.push(Output::UseToken(issued.token));
                self.calls.open.iter_mut().filter(|call| call.state == State::NeedsToken).for_each(|call| {
                    call.state = State::Waiting { until: self.now };
                });
                self.uploads(upload::Input::Authorised);
            }
            (_, Reply::Token(issued)) => {
                self.claimed = true;
                self.out.push(Output::UseToken(issued.token));
                self.place = Place::Loading;
                self.ask(Request::Session);
            }
            (_, Reply::Offer(offer)) => self.offered(offer),
            (_, Reply::Preview(preview)) => self.previewed(preview),
            (Request::Help { .. }, Reply::Nothing) => self.help_answered(SendState::Sent),
            (_, Reply::Nothing) => {}
        }
    }

    /// The server said no, for good.
    fn refused(&mut self, what: Request, code: ErrorCode, detail: Option<String>) {
        use ErrorCode as E;
        if let (Request::Finish { .. }, Work::Review(review)) = (&what, &mut self.desk.work) {
            // It can be taken again.
            review.sent = false;
        }
        match (what, code) {
            (Request::Report { .. } | Request::Reading(_), _) => {}
            (Request::Help { .. }, code) => {
                self.help_answered(SendState::Open);
                self.notices.stick(code);
            }
            // Whatever the server thinks of it, the person has left.
            (Request::Cancel, _) => self.end(PersonOutcome::Cancelled),
            (Request::Token, _) => {
                self.calls.open.retain(|call| call.state != State::NeedsToken);
                self.fail(E::SessionExpired, detail, Resume::Start);
            }
            (Request::Document(_), E::DocumentNotSupported | E::DocumentNotAccepted) => self.document_refused(code),
            (Request::Evaluate, E::SessionStepUnexpected) => {
                self.evaluation_refused(self.now + EVALUATE_AGAIN);
            }
            (Request::OfferHandoff, _) => {
                self.leave_handoff();
                self.fail(code, detail, Resume::Step);
            }
            (Request::WithdrawHandoff, _) => self.ask(Request::Session),
            (Request::ClaimHandoff { .. }, E::HandoffNumber) => {
                if let Place::Claiming { wrong, .. } = &mut self.place {
                    *wrong = true;
                }
            }
            (Request::PreviewHandoff(_) | Request::ClaimHandoff { .. } | Request::Session, _) => {
                self.fail(code, detail, Resume::Start);
            }
            // The snapshot tells where the case really is; seen twice at the same place, it is told to the person.
            (
                what,
                E::SessionEnded
                | E::SessionAttemptsExhausted
                | E::SessionObserveOnly
                | E::SessionOtherDevice
                | E::SessionStepUnexpected
                | E::ConfirmationIncomplete,
            ) if !self.refused_here => {
                self.refused_here = true;
                if let Place::Step(at) = &mut self.place
                    && matches!(what, Request::Consents(_))
                    && let Local::Consents { .. } = at.local
                {
                    at.stale = true;
                }
                self.ask(Request::Session);
            }
            (what, code) => self.fail(code, detail, Resume::Call(Box::new(what))),
        }
    }
}

const fn about_a_step(what: &Request) -> bool {
    matches!(
        what,
        Request::Device(_)
            | Request::Consents(_)
            | Request::Document(_)
            | Request::Confirm(_)
            | Request::Attest(_)
            | Request::Finish { .. }
    )
}

/// Nothing waits for it, and nobody is told if it fails.
const fn is_quiet(what: &Request) -> bool {
    matches!(what, Request::Report { .. } | Request::Reading(_))
}

const fn needs_token(what: &Request) -> bool {
    !matches!(what, Request::Token | Request::PreviewHandoff(_) | Request::ClaimHandoff { .. })
}
