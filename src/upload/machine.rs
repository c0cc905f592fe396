//! All recordings on their way to the server: up to three at once, the oldest first, one request in flight for each.
//! In and out: see the parent module. Does not know: HTTP, storage, the browser.

use lichtbild_protocol::{ErrorCode, case::ArtifactId};

use super::{
    Answer, Input, Output,
    lane::{Flush, Lane, Phase, Verdict},
};
use crate::{
    ids::Ids,
    surface::{UploadFacts, UploadState},
    time::{Millis, Timestamp},
};

/// A piece is sent when so many bytes wait …
pub const FLUSH_SIZE: u64 = 256 * 1024;
/// … or the oldest of them waits so long.
pub const FLUSH_AGE: Millis = Millis(1_000);
/// Largest piece the server takes.
pub const PIECE_MAX: u64 = 1024 * 1024;
/// Recordings on their way at the same time.
pub const PARALLEL: usize = 3;

/// The uploads of one case.
#[derive(Debug)]
pub struct Upload {
    flush: Flush,
    lanes: Vec<Lane>,
    /// Recordings whose creation may still be answered.
    thrown_away: Vec<ArtifactId>,
    /// Bytes of recordings that were confirmed whole and are not kept as lanes any more.
    finished: u64,
    online: bool,
    held: bool,
    ids: Ids,
    wake_at: Option<Timestamp>,
}

impl Upload {
    /// With the product's own piece sizes.
    pub const fn new(ids: Ids) -> Self {
        Self::with_pieces(ids, FLUSH_SIZE, PIECE_MAX)
    }

    /// With other piece sizes, in bytes.
    pub const fn with_pieces(ids: Ids, flush_size: u64, piece_max: u64) -> Self {
        let piece_min = if piece_max < 256 { 1 } else { piece_max / 256 };
        let flush = Flush { size: flush_size, age: FLUSH_AGE, piece_max, piece_min };
        Self {
            flush,
            lanes: Vec::new(),
            thrown_away: Vec::new(),
            finished: 0,
            online: true,
            held: false,
            ids,
            wake_at: None,
        }
    }

    /// Takes an input, says what to do. The last output may be a `WakeAt`, which replaces the earlier one.
    pub fn handle(&mut self, now: Timestamp, input: Input) -> Vec<Output> {
        let mut out = Vec::new();
        self.take(now, input, &mut out);
        self.expire(now, &mut out);
        self.dispatch(now, &mut out);
        let wake_at = self.deadline();
        if wake_at != self.wake_at {
            self.wake_at = wake_at;
            out.extend(wake_at.map(Output::WakeAt));
        }
        out
    }

    /// When `Tick` is wanted next.
    pub fn deadline(&self) -> Option<Timestamp> {
        if self.held {
            return None;
        }
        let free = self.lanes.iter().filter(|lane| lane.is_busy()).count() < PARALLEL;
        let due = self.lanes.iter().filter(|lane| free || lane.is_busy());
        due.filter_map(|lane| lane.deadline(self.flush, self.online)).min()
    }

    /// Progress over all recordings.
    pub fn facts(&self) -> UploadFacts {
        let open = || self.lanes.iter();
        let sum = |bytes: fn(&Lane) -> u64| self.finished + open().map(bytes).sum::<u64>();
        let state = if self.all_confirmed() {
            UploadState::Idle
        } else if !self.online {
            UploadState::Offline
        } else if open().any(|lane| matches!(lane.phase, Phase::Waiting { .. } | Phase::Unauthorised { .. }))
            && !open().any(Lane::is_busy)
        {
            UploadState::Waiting
        } else {
            UploadState::Sending
        };
        UploadFacts { confirmed: sum(|lane| lane.confirmed), recorded: sum(|lane| lane.spooled), state }
    }

    /// Whether nothing is left to send.
    pub fn all_confirmed(&self) -> bool {
        self.lanes.is_empty()
    }

    /// Whether this recording is still on its way.
    pub fn is_pending(&self, artifact: &str) -> bool {
        self.lanes.iter().any(|lane| lane.artifact.id == artifact)
    }

    fn take(&mut self, now: Timestamp, input: Input, out: &mut Vec<Output>) {
        match input {
            Input::Opened(artifact) => {
                if !self.is_pending(&artifact.id) {
                    self.lanes.push(Lane::new(artifact));
                }
            }
            Input::Spooled { artifact, offset, len } => {
                if let Some(lane) = self.lane(&artifact) {
                    lane.spooled(offset, len, now);
                }
            }
            Input::Sealed { artifact, sealed } => {
                if let Some(lane) = self.lane(&artifact) {
                    lane.sealed(sealed, now);
                }
            }
            Input::Resumed(entry) => {
                if !self.is_pending(&entry.artifact.id) {
                    self.lanes.push(Lane::resumed(*entry, now));
                }
            }
            Input::Answered { artifact, answer } => self.answered(now, &artifact, answer, out),
            Input::Tick => {}
            Input::Online(online) => {
                self.online = online;
                if online {
                    self.lanes.iter_mut().for_each(|lane| lane.wake(now));
                }
            }
            Input::Authorised => self.lanes.iter_mut().for_each(|lane| lane.authorised(now)),
            Input::Held(held) => self.held = held,
            Input::Dropped { artifact } => {
                if let Some(at) = self.lanes.iter().position(|lane| lane.artifact.id == artifact) {
                    let location = self.lanes.remove(at).location;
                    out.extend(location.map(|location| Output::Terminate { location }));
                    self.thrown_away.push(artifact.clone());
                }
                out.push(Output::Discard { artifact });
            }
            Input::Abandon => {
                let left = self.lanes.drain(..).map(|lane| Output::Discard { artifact: lane.artifact.id });
                out.extend(left);
                self.finished = 0;
            }
        }
    }

    fn answered(&mut self, now: Timestamp, artifact: &str, answer: Answer, out: &mut Vec<Output>) {
        let Some(at) = self.lanes.iter().position(|lane| lane.artifact.id == artifact) else {
            if let Answer::Created { location, .. } = answer
                && self.thrown_away.iter().any(|thrown| thrown == artifact)
            {
                out.push(Output::Terminate { location });
            }
            return;
        };
        let lane = &mut self.lanes[at];
        let verdict = lane.answered(answer, now, &mut self.ids, &mut self.flush, out);
        match verdict {
            Verdict::Lost(code) => {
                let id = self.lanes.remove(at).artifact.id;
                out.push(Output::Lost { artifact: id.clone(), code });
                out.push(Output::Discard { artifact: id });
            }
            Verdict::GoesOn if lane.phase == Phase::Done => {
                self.finished += lane.confirmed;
                self.lanes.remove(at);
            }
            Verdict::GoesOn => {}
        }
    }

    fn expire(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        let overdue: Vec<ArtifactId> =
            self.lanes.iter().filter(|lane| lane.overdue(now)).map(|lane| lane.artifact.id.clone()).collect();
        for artifact in overdue {
            let answer = Answer::Unreachable { code: ErrorCode::NetworkTimeout, after: None };
            self.answered(now, &artifact, answer, out);
        }
    }

    fn dispatch(&mut self, now: Timestamp, out: &mut Vec<Output>) {
        if self.held {
            return;
        }
        let mut free = PARALLEL.saturating_sub(self.lanes.iter().filter(|lane| lane.is_busy()).count());
        for lane in &mut self.lanes {
            if free == 0 {
                break;
            }
            if let Some(request) = lane.next(self.flush, self.online, now) {
                out.push(request);
                free -= 1;
            }
        }
    }

    fn lane(&mut self, artifact: &str) -> Option<&mut Lane> {
        self.lanes.iter_mut().find(|lane| lane.artifact.id == artifact)
    }
}
