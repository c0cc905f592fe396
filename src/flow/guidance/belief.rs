//! Which rows of the table are raised, and whether that is believed: what single frames say settles here.
//! In: measures, the scope, the time between two looks. Out: the first row that is believed, whether all is calm.
//! Does not know: what is on screen.

use super::{
    measure::{Measures, share_after},
    table::{BELIEF, Bound, LONGEST_STEP, Pace, Row, SURE, Scope, TABLE},
};
use crate::{surface::Hint, time::Millis};

/// One look at the measures.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Since the look before.
    pub passed: Millis,
    /// What applies.
    pub scope: Scope,
    /// The document was lost for this frame: nothing new is known of it.
    pub blink: bool,
}

/// What is believed of every row.
#[derive(Clone, Debug)]
pub struct Beliefs {
    rows: [Belief; TABLE.len()],
    calm: Belief,
}

/// How sure it is that something holds, and whether that counts.
#[derive(Clone, Copy, Debug)]
struct Belief {
    share: f32,
    holds: bool,
}

impl Beliefs {
    /// Nothing is believed.
    pub const NONE: Self = Self { rows: [Belief::NONE; TABLE.len()], calm: Belief::NONE };

    /// Weighs a look at the frame: smoothed measures, and those of this frame alone, which must be fine as well to be calm.
    pub fn look(&mut self, look: Look, measures: &Measures, alone: &Measures) {
        let mut calm = !matches!(look.scope, Scope::Absent | Scope::Unseen);
        for (belief, row) in self.rows.iter_mut().zip(TABLE) {
            if !row.scopes.contains(&look.scope) {
                *belief = Belief::NONE;
            } else if !look.blink || !row.is_of_document() {
                let raised = is_raised(row, measures, belief.holds);
                belief.weigh(raised, look, row.pace);
                calm &= !raised && !is_raised(row, alone, false);
            }
        }
        if !look.blink {
            self.calm.weigh(calm, look, Pace::Looks);
        }
    }

    /// Weighs what needs no look: rows that are believed at once.
    pub fn update(&mut self, scope: Scope, measures: &Measures) {
        let look = Look { passed: Millis(0), scope, blink: false };
        let rows = self.rows.iter_mut().zip(TABLE);
        for (belief, row) in rows.filter(|(_, row)| row.pace == Pace::Once && row.scopes.contains(&scope)) {
            let raised = is_raised(row, measures, belief.holds);
            belief.weigh(raised, look, Pace::Once);
        }
    }

    /// The most useful row that is believed.
    pub fn first(&self) -> Option<&'static Row> {
        self.rows.iter().zip(TABLE).find(|(belief, _)| belief.holds).map(|(_, row)| row)
    }

    /// Nothing is raised, and that is believed.
    pub const fn calm(&self) -> bool {
        self.calm.holds
    }
}

impl Belief {
    const NONE: Self = Self { share: 0.0, holds: false };

    fn weigh(&mut self, holds: bool, look: Look, pace: Pace) {
        let target = if holds { 1.0 } else { 0.0 };
        let share = if pace == Pace::Once { 1.0 } else { share_after(look.passed.min(LONGEST_STEP), BELIEF) };
        self.share += (target - self.share) * share;
        if self.share >= SURE {
            self.holds = true;
        } else if self.share <= 1.0 - SURE {
            self.holds = false;
        }
    }
}

/// The hint of the first row that a single look raises.
pub fn first_raised(measures: &Measures, scope: Scope) -> Option<Hint> {
    let mut rows = TABLE.iter().filter(|row| row.scopes.contains(&scope));
    rows.find(|row| is_raised(row, measures, false)).map(|row| row.hint)
}

fn is_raised(row: &Row, measures: &Measures, before: bool) -> bool {
    row.bounds.iter().all(|bound| is_met(bound, measures, before))
}

fn is_met(bound: &Bound, measures: &Measures, before: bool) -> bool {
    let value = measures.get(bound.measure);
    let limit = if before { bound.release } else { bound.limit };
    if bound.above { value >= limit } else { value <= limit }
}
