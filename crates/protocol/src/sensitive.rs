//! A value that cannot be printed by accident.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Personal data or a secret. `Debug` and `Display` print `[redacted]` in every build; serde passes the value through,
/// since the payload somebody asked for is the one place where it belongs.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sensitive<T>(T);

impl<T> Sensitive<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Hands the value to code that needs it; the name makes every use easy to find.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// Unwraps the value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T> fmt::Display for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_prints_its_value() {
        let name = Sensitive::new("Erika Mustermann");
        assert_eq!(format!("{name} {name:?}"), "[redacted] [redacted]");
    }
}
