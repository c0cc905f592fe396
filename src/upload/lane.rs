//! One recording on its way: what is spooled, what is confirmed, what is asked of the server now.
//! In: answers about this recording. Out: the next request. At most one request is in flight.
//! Does not know: the other recordings, the network's state.

use lichtbild_protocol::ErrorCode;

use super::{Answer, Entry, Output, wait_after};
use crate::{
    artifact::{Artifact, Sealed},
    ids::Ids,
    time::{Millis, Timestamp},
};

/// A request without an answer for so long is taken as lost, should the shell's own deadline have failed.
const ANSWER_DEADLINE: Millis = Millis(180_000);
/// While offline, a try at this distance all the same: browsers are wrong about it at times.
const OFFLINE_PROBE: Millis = Millis(30_000);
/// Answers in a row that lie behind what was confirmed before it is believed.
const BEHIND_BELIEVED: u8 = 3;
/// Failures in a row to read from the store before its bytes are taken as lost.
const UNREADABLE_BELIEVED: u8 = 5;

#[derive(Debug)]
pub(super) struct Lane {
    pub artifact: Artifact,
    pub location: Option<String>,
    /// First byte that is still in the store.
    kept_from: u64,
    pub confirmed: u64,
    pub spooled: u64,
    pub sealed: Option<Sealed>,
    /// When the oldest byte that is not sent was spooled.
    waiting_since: Option<Timestamp>,
    pub phase: Phase,
    failures: u32,
    /// The server may know the upload although no answer said so: ask before trusting a creation.
    created_unsure: bool,
    /// The server knows the final length, or refuses to hear it again.
    length_set: bool,
    length_refused: bool,
    behind: u8,
    unreadable: u8,
    /// An earlier page left nothing of it here: all that it had recorded is confirmed, and only the server knows how much that is.
    emptied: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Ready,
    InFlight {
        what: Ask,
        since: Timestamp,
    },
    Waiting {
        until: Timestamp,
        what: Again,
    },
    /// Until the session has a fresh token.
    Unauthorised {
        what: Again,
    },
    Done,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    Create { len: u64, length: Option<u64> },
    Send { offset: u64, len: u64, length: Option<u64> },
    Offset,
}

/// What comes after a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    Send,
    AskOffset,
}

/// What an answer means for the whole lane.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    GoesOn,
    Lost(ErrorCode),
}

impl Lane {
    pub fn new(artifact: Artifact) -> Self {
        Self {
            artifact,
            location: None,
            kept_from: 0,
            confirmed: 0,
            spooled: 0,
            sealed: None,
            waiting_since: None,
            phase: Phase::Ready,
            failures: 0,
            created_unsure: false,
            length_set: false,
            length_refused: false,
            behind: 0,
            unreadable: 0,
            emptied: false,
        }
    }

    pub fn resumed(entry: Entry, now: Timestamp) -> Self {
        let phase = match entry.location {
            Some(_) => Phase::Waiting { until: now, what: Again::AskOffset },
            None => Phase::Ready,
        };
        Self {
            location: entry.location,
            kept_from: entry.kept_from,
            confirmed: entry.kept_from,
            spooled: entry.spooled,
            sealed: entry.sealed,
            waiting_since: Some(now),
            phase,
            created_unsure: true,
            emptied: entry.kept_from == entry.spooled,
            ..Self::new(entry.artifact)
        }
    }

    pub fn spooled(&mut self, offset: u64, len: u64, now: Timestamp) {
        let end = offset + len;
        if end > self.spooled {
            self.spooled = end;
            self.waiting_since.get_or_insert(now);
        }
    }

    pub fn sealed(&mut self, sealed: Sealed, now: Timestamp) {
        self.spooled(0, sealed.length, now);
        self.waiting_since.get_or_insert(now);
        self.sealed = Some(sealed);
        self.trust_the_server();
    }

    /// A recording that was cut off after its last confirmed byte ends there; its digest is not known any more.
    fn trust_the_server(&mut self) {
        if let Some(sealed) = &mut self.sealed
            && self.emptied
            && sealed.length < self.spooled
        {
            *sealed = Sealed { length: self.spooled, sha256: String::new() };
        }
    }

    pub fn is_busy(&self) -> bool {
        matches!(self.phase, Phase::InFlight { .. })
    }

    /// When this lane wants to be looked at again, offline or not.
    pub fn deadline(&self, flush: Flush, online: bool) -> Option<Timestamp> {
        match self.phase {
            Phase::InFlight { since, .. } => Some(since + ANSWER_DEADLINE),
            Phase::Waiting { until, .. } => Some(until),
            Phase::Ready if !self.has_work() => None,
            Phase::Ready => self.waiting_since.map(|since| since + if online { flush.age } else { OFFLINE_PROBE }),
            Phase::Unauthorised { .. } | Phase::Done => None,
        }
    }

    /// The next request, if one is due.
    pub fn next(&mut self, flush: Flush, online: bool, now: Timestamp) -> Option<Output> {
        match self.phase {
            Phase::Waiting { until, what } if until <= now => {
                self.phase = Phase::Ready;
                if what == Again::AskOffset {
                    return Some(self.ask_offset(now));
                }
                self.send(flush, now)
            }
            Phase::Ready => {
                let age = now.since(self.waiting_since.unwrap_or(now));
                let full = self.spooled - self.confirmed >= flush.size.min(flush.piece_max);
                let due = if online { full || self.sealed.is_some() || age >= flush.age } else { age >= OFFLINE_PROBE };
                if due { self.send(flush, now) } else { None }
            }
            _ => None,
        }
    }

    /// A request whose answer is overdue.
    pub fn overdue(&self, now: Timestamp) -> bool {
        matches!(self.phase, Phase::InFlight { since, .. } if since + ANSWER_DEADLINE <= now)
    }

    /// Ends a wait.
    pub fn wake(&mut self, now: Timestamp) {
        if let Phase::Waiting { until, .. } = &mut self.phase {
            *until = now;
        }
    }

    pub fn authorised(&mut self, now: Timestamp) {
        if let Phase::Unauthorised { what } = self.phase {
            self.phase = Phase::Waiting { until: now, what };
        }
    }

    /// Takes an answer; `out` receives what has to be done about the bytes.
    pub fn answered(
        &mut self,
        answer: Answer,
        now: Timestamp,
        ids: &mut Ids,
        flush: &mut Flush,
        out: &mut Vec<Output>,
    ) -> Verdict {
        match answer {
            Answer::Created { location, offset } => self.created(location, offset, now, out),
            Answer::Offset { offset, complete } => self.offset(offset, complete, now, ids, out),
            Answer::Gone => self.gone(now, ids),
            Answer::TooLarge => self.too_large(now, flush),
            Answer::Refused(code) => self.refused(code, now, ids, flush),
            Answer::Conflict => self.again(Again::AskOffset, None, now, ids),
            Answer::ChecksumMismatch => self.again(Again::Send, None, now, ids),
            Answer::Unreachable { after, .. } => self.again(Again::AskOffset, after, now, ids),
            Answer::Unauthorised => {
                if self.is_busy() {
                    self.note_unsure();
                    self.phase = Phase::Unauthorised { what: Again::AskOffset };
                }
                Verdict::GoesOn
            }
        }
    }

    fn has_work(&self) -> bool {
        self.spooled > self.confirmed || self.sealed.is_some()
    }

    fn send(&mut self, flush: Flush, now: Timestamp) -> Option<Output> {
        if !self.has_work() {
            return None;
        }
        // After failures, smaller pieces: on a line that keeps breaking they have a chance to arrive.
        let most = if self.failures == 0 {
            flush.piece_max
        } else {
            (flush.size >> (self.failures - 1).min(3)).clamp(flush.piece_min.min(flush.piece_max), flush.piece_max)
        };
        let len = (self.spooled - self.confirmed).min(most);
        let end = self.confirmed + len;
        let length = self.sealed.as_ref().map(|sealed| sealed.length).filter(|&length| length == end);
        let Some(location) = self.location.clone() else {
            // A creation that may have happened already is asked for without bytes: its answer is a place, not a promise.
            let (len, length) = if self.created_unsure { (0, None) } else { (len, length) };
            self.phase = Phase::InFlight { what: Ask::Create { len, length }, since: now };
            self.waiting_since = None;
            return Some(Output::Create { artifact: self.artifact.clone(), len, length });
        };
        let length = length.filter(|_| !self.length_set);
        if len == 0 && length.is_none() {
            return Some(self.ask_offset(now));
        }
        self.phase = Phase::InFlight { what: Ask::Send { offset: self.confirmed, len, length }, since: now };
        self.waiting_since = None;
        Some(Output::Send { artifact: self.artifact.id.clone(), location, offset: self.confirmed, len, length })
    }

    fn ask_offset(&mut self, now: Timestamp) -> Output {
        let Some(location) = self.location.clone() else {
            self.phase = Phase::InFlight { what: Ask::Create { len: 0, length: None }, since: now };
            return Output::Create { artifact: self.artifact.clone(), len: 0, length: None };
        };
        self.phase = Phase::InFlight { what: Ask::Offset, since: now };
        Output::AskOffset { artifact: self.artifact.id.clone(), location }
    }

    fn created(&mut self, location: String, offset: u64, now: Timestamp, out: &mut Vec<Output>) -> Verdict {
        let Phase::InFlight { what: Ask::Create { len, length }, .. } = self.phase else {
            return Verdict::GoesOn;
        };
        out.push(Output::Remember { artifact: self.artifact.id.clone(), location: location.clone() });
        self.location = Some(location);
        self.failures = 0;
        if self.created_unsure {
            self.created_unsure = false;
            self.phase = Phase::Waiting { until: now, what: Again::AskOffset };
            return Verdict::GoesOn;
        }
        self.phase = Phase::Ready;
        self.length_set = length.is_some();
        if offset > len {
            return Verdict::Lost(ErrorCode::UploadOffsetMismatch);
        }
        self.advance(offset, length == Some(offset), now, out);
        Verdict::GoesOn
    }

    fn offset(&mut self, offset: u64, complete: bool, now: Timestamp, ids: &mut Ids, out: &mut Vec<Output>) -> Verdict {
        let asked = match &self.phase {
            Phase::Done => return Verdict::GoesOn,
            Phase::InFlight { what, .. } => Some(*what),
            _ => None,
        };
        if matches!(asked, Some(Ask::Create { .. }) | None) {
            return Verdict::GoesOn;
        }
        if offset > self.spooled && self.emptied {
            self.spooled = offset;
            self.trust_the_server();
        }
        if offset > self.spooled && !complete {
            return Verdict::Lost(ErrorCode::UploadOffsetMismatch);
        }
        if offset < self.confirmed {
            // An answer to an older request says nothing; only a fresh question does.
            if asked != Some(Ask::Offset) {
                return Verdict::GoesOn;
            }
            self.behind += 1;
            return if self.behind < BEHIND_BELIEVED {
                self.again(Again::AskOffset, None, now, ids)
            } else {
                self.gone(now, ids)
            };
        }
        // Some of it has left the store: the server has not got it, and never will.
        if !complete && self.sealed.as_ref().is_some_and(|sealed| sealed.length > self.spooled) {
            return Verdict::Lost(ErrorCode::MediaIncomplete);
        }
        let whole = self.sealed.as_ref().is_some_and(|sealed| sealed.length == offset);
        let told = if let Some(Ask::Send { offset: from, length, .. }) = asked {
            // Nothing was stored; or an empty piece that only brought the length, which the offset cannot confirm.
            if offset == from && !complete {
                return self.again(Again::AskOffset, None, now, ids);
            }
            self.length_set |= length.is_some();
            whole && self.length_set
        } else {
            // Bytes can arrive without their length; then the length is sent once more.
            self.length_set &= !whole || complete;
            false
        };
        self.failures = 0;
        self.behind = 0;
        self.phase = Phase::Ready;
        self.advance(offset, complete || told, now, out);
        Verdict::GoesOn
    }

    fn advance(&mut self, offset: u64, complete: bool, now: Timestamp, out: &mut Vec<Output>) {
        if offset > self.confirmed {
            self.unreadable = 0;
            self.confirmed = offset;
            self.kept_from = offset;
            out.push(Output::Forget { artifact: self.artifact.id.clone(), up_to: offset });
        }
        if self.has_work() {
            self.waiting_since.get_or_insert(now);
        }
        if complete {
            self.phase = Phase::Done;
            out.push(Output::Done { artifact: self.artifact.id.clone() });
        }
    }

    fn gone(&mut self, now: Timestamp, ids: &mut Ids) -> Verdict {
        if !self.is_busy() {
            return Verdict::GoesOn;
        }
        if self.kept_from > 0 {
            return Verdict::Lost(ErrorCode::UploadGone);
        }
        self.location = None;
        self.confirmed = 0;
        self.length_set = false;
        self.behind = 0;
        self.created_unsure = false;
        self.again(Again::Send, None, now, ids)
    }

    fn too_large(&mut self, now: Timestamp, flush: &mut Flush) -> Verdict {
        let Phase::InFlight { what: Ask::Create { len, .. } | Ask::Send { len, .. }, .. } = self.phase else {
            return Verdict::GoesOn;
        };
        if len <= flush.piece_min {
            return Verdict::Lost(ErrorCode::UploadTooLarge);
        }
        flush.piece_max = flush.piece_max.min(len) / 2;
        self.phase = Phase::Waiting { until: now, what: Again::Send };
        Verdict::GoesOn
    }

    fn refused(&mut self, code: ErrorCode, now: Timestamp, ids: &mut Ids, flush: &mut Flush) -> Verdict {
        use ErrorCode as E;
        match code {
            E::UploadOffsetMismatch | E::UploadSuperseded => self.again(Again::AskOffset, None, now, ids),
            E::UploadGone | E::UploadNotFound => self.gone(now, ids),
            E::UploadChecksumMismatch => self.again(Again::Send, None, now, ids),
            E::UploadTooLarge | E::RequestTooLarge => self.too_large(now, flush),
            E::StoreUnavailable if self.is_busy() && self.unreadable + 1 >= UNREADABLE_BELIEVED => {
                Verdict::Lost(E::MediaIncomplete)
            }
            E::StoreUnavailable => {
                self.unreadable += u8::from(self.is_busy());
                self.again(Again::AskOffset, None, now, ids)
            }
            code if code.retryable() => self.again(Again::AskOffset, None, now, ids),
            code => match self.phase {
                // Some servers refuse to hear the length a second time.
                Phase::InFlight { what: Ask::Send { length: Some(_), .. }, .. } if !self.length_refused => {
                    self.length_refused = true;
                    self.length_set = true;
                    self.again(Again::AskOffset, None, now, ids)
                }
                Phase::InFlight { .. } => Verdict::Lost(code),
                _ => Verdict::GoesOn,
            },
        }
    }

    fn again(&mut self, what: Again, after: Option<Millis>, now: Timestamp, ids: &mut Ids) -> Verdict {
        if self.is_busy() {
            self.note_unsure();
            self.failures = self.failures.saturating_add(1);
            self.phase = Phase::Waiting { until: now + wait_after(self.failures, after, ids), what };
        }
        Verdict::GoesOn
    }

    fn note_unsure(&mut self) {
        if matches!(self.phase, Phase::InFlight { what: Ask::Create { .. }, .. }) {
            self.created_unsure = true;
        }
    }
}

/// When a piece is full or old enough, and how large it may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flush {
    pub size: u64,
    pub age: Millis,
    pub piece_max: u64,
    /// A piece of this size that is still too large means the upload itself is.
    pub piece_min: u64,
}
