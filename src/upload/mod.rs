//! Decides when the next piece of a recording is sent, and what a bad answer means.
//! In: what was spooled, what the server said, what time it is. Out: what to send, when to wake.
//! Does not know: HTTP, storage, the browser.

mod backoff;
mod lane;
mod machine;
#[cfg(test)]
mod tests;

use lichtbild_protocol::{ErrorCode, case::ArtifactId};

use crate::{
    artifact::{Artifact, Sealed},
    time::{Millis, Timestamp},
};

pub use self::{
    backoff::wait_after,
    machine::{FLUSH_AGE, FLUSH_SIZE, PARALLEL, PIECE_MAX, Upload},
};

/// What the upload machine is told.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each variant's sentence names its fields")]
pub enum Input {
    /// The first bytes of a recording are in the store.
    Opened(Artifact),
    /// More bytes are in the store: `len` bytes from `offset` on.
    Spooled { artifact: ArtifactId, offset: u64, len: u64 },
    /// The recording has ended; nothing more is spooled.
    Sealed { artifact: ArtifactId, sealed: Sealed },
    /// Left over from an earlier page: everything from `kept_from` to `spooled` is still in the store.
    Resumed(Box<Entry>),
    /// The server answered a request about this recording.
    Answered { artifact: ArtifactId, answer: Answer },
    /// Time has come, or may have.
    Tick,
    /// The browser went online or offline.
    Online(bool),
    /// The session has a fresh token: what was refused as unauthorised goes on.
    Authorised,
    /// Another tab works on this case: send nothing while it does.
    Held(bool),
    /// Not wanted any more, as after a retake: remove it.
    Dropped { artifact: ArtifactId },
    /// Give everything up: the case has ended or was cancelled.
    Abandon,
}

/// A recording left over in the store.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Which.
    pub artifact: Artifact,
    /// Where the server keeps it, if it ever said.
    pub location: Option<String>,
    /// First byte that is still in the store.
    pub kept_from: u64,
    /// End of what was spooled.
    pub spooled: u64,
    /// What is final; `None`: the page died while recording, and what is there is all there will be. The shell
    /// computes the digest and passes `Sealed` afterwards.
    pub sealed: Option<Sealed>,
}

/// What the server said.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant's sentence names its fields")]
pub enum Answer {
    /// Created, at this location, with this offset.
    Created { location: String, offset: u64 },
    /// The piece is stored, or the offset was asked for: everything before this is safe.
    Offset { offset: u64, complete: bool },
    /// 409, with or without the true offset.
    Conflict,
    /// 404 or 410: the upload is gone.
    Gone,
    /// 413.
    TooLarge,
    /// 460.
    ChecksumMismatch,
    /// 401 or 403: the session answers for it.
    Unauthorised,
    /// Another refusal, for good.
    Refused(ErrorCode),
    /// No answer, a timeout, a 5xx, a 423 or 429, or an answer that is not the server's; try again, not before `after` if given.
    Unreachable { code: ErrorCode, after: Option<Millis> },
}

/// What the shell has to do.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each variant's sentence names its fields")]
pub enum Output {
    /// Create the upload, with the first `len` bytes (0: none) as `creation-with-upload`. `length` when the whole is sealed and within.
    Create { artifact: Artifact, len: u64, length: Option<u64> },
    /// Send `len` bytes from `offset` with their SHA-256; `length`: set the final length with this piece.
    Send { artifact: ArtifactId, location: String, offset: u64, len: u64, length: Option<u64> },
    /// Ask for the offset.
    AskOffset { artifact: ArtifactId, location: String },
    /// Keep the location beside the spooled bytes, for a later page.
    Remember { artifact: ArtifactId, location: String },
    /// Bytes before `up_to` are confirmed: remove them from the store.
    Forget { artifact: ArtifactId, up_to: u64 },
    /// All of it is confirmed: remove the entry.
    Done { artifact: ArtifactId },
    /// Nothing can be done about this recording any more; the step has to be taken again.
    Lost { artifact: ArtifactId, code: ErrorCode },
    /// Tell the server to remove what it has: the recording was thrown away. Should that get lost, it stays there until the case ends.
    Terminate { location: String },
    /// Remove everything that is left of these recordings.
    Discard { artifact: ArtifactId },
    /// Wake me then.
    WakeAt(Timestamp),
}
