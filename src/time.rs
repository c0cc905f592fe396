//! Time as the machines see it. Nobody here reads a clock; the shell passes the time in.

use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970 (UTC), from the shell's clock. Monotonic within a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub u64);

/// A length of time in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub u64);

impl Timestamp {
    /// Time passed since `earlier`, zero if that is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Millis {
        Millis(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Millis> for Timestamp {
    type Output = Self;

    fn add(self, by: Millis) -> Self {
        Self(self.0 + by.0)
    }
}

impl Sub<Millis> for Timestamp {
    type Output = Self;

    fn sub(self, by: Millis) -> Self {
        Self(self.0.saturating_sub(by.0))
    }
}
