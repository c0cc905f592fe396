//! What one question of an evaluation was answered with. In: what was measured, and the limit. Out: passed, failed with a code, or not
//! sure enough to count. Does not know: what was asked.

use lichtbild_protocol::ErrorCode;

use super::guard::Fault;

/// One answer; `Err` where an earlier answer, whose code it is, makes the question pointless.
pub type Asked = Result<Answer, ErrorCode>;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// How it counts.
    pub finding: Finding,
    /// What was measured, and its limit.
    pub held: Option<(f64, f64)>,
}

/// How an answer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Passed.
    Good,
    /// The step has to be repeated.
    Bad(ErrorCode),
    /// Neither: nobody can be sure of it, for this reason.
    Unsure(ErrorCode),
}

impl Answer {
    /// Passed; there is nothing to measure.
    pub const OK: Self = Self { finding: Finding::Good, held: None };

    /// Failed; there is nothing to measure.
    pub const fn failed(code: ErrorCode) -> Self {
        Self { finding: Finding::Bad(code), held: None }
    }

    /// Passes from the limit on.
    pub fn at_least(measured: f64, limit: f64, otherwise: ErrorCode) -> Self {
        Self { finding: Finding::of(measured >= limit, otherwise), held: Some((measured, limit)) }
    }

    /// Passes up to the limit.
    pub fn at_most(measured: f64, limit: f64, otherwise: ErrorCode) -> Self {
        Self { finding: Finding::of(measured <= limit, otherwise), held: Some((measured, limit)) }
    }

    /// The same measures, counting only where there is no doubt.
    #[must_use]
    pub fn unless(self, doubt: Option<ErrorCode>) -> Self {
        doubt.map_or(self, |doubt| Self { finding: Finding::Unsure(doubt), ..self })
    }

    /// Why it failed; `None` if it did not.
    pub const fn failure(&self) -> Option<ErrorCode> {
        match self.finding {
            Finding::Bad(code) => Some(code),
            Finding::Good | Finding::Unsure(_) => None,
        }
    }
}

impl Finding {
    const fn of(good: bool, otherwise: ErrorCode) -> Self {
        if good { Self::Good } else { Self::Bad(otherwise) }
    }
}

/// Whether a question was answered well.
pub fn is_good(asked: &Asked) -> bool {
    matches!(asked, Ok(Answer { finding: Finding::Good, .. }))
}

/// What cannot be looked at fails, be it damaged or of a coding we have no decoder for: nobody has seen it.
pub fn judged<T>(found: &Result<T, Fault>, judge: impl FnOnce(&T) -> Answer) -> Answer {
    match found {
        Ok(found) => judge(found),
        Err(fault) => Answer::failed(fault.code()),
    }
}
