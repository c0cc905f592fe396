//! The one place where a panic is caught: containers and codecs are parsed by other people's code on bytes a stranger sent, and what is
//! seen in them is read. All of it is written to return errors; should it panic instead, the recording is damaged and the server goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lichtbild_protocol::ErrorCode;

#[cfg(not(panic = "unwind"))]
compile_error!("recordings of strangers could end the server: build it with panic = \"unwind\"");

/// Why something could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It contradicts its own format, or exceeds what a browser records.
    #[error("the recording is damaged or of an unknown kind")]
    Damaged,
    /// It may be fine, but we have no decoder for its coding: nobody can look at it.
    #[error("no decoder for this coding")]
    NoDecoder,
}

impl Fault {
    /// The code a check carries.
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::Damaged => ErrorCode::MediaContainer,
            Self::NoDecoder => ErrorCode::MediaUndecodable,
        }
    }
}

/// Runs what a stranger's bytes are given to; its state is dropped with the panic, so nothing half-changed is seen afterwards.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Fault::Damaged))
}
