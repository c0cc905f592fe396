//! Which side of which document a step wants. In: the step, the chosen kind of document. Out: what may be in view.
//! Does not know: frames, words; what kinds look like is in `lichtbild_protocol::kind`.

use lichtbild_protocol::flow::{DocumentKind, StepKind};
pub use lichtbild_protocol::kind::{Objection, Wanted};

/// What a step wants of the chosen kind; `None` if the step looks at no document.
pub const fn wanted(step: &StepKind, kind: Option<DocumentKind>) -> Option<Wanted> {
    match step {
        StepKind::DocumentVideo { side, .. } | StepKind::DocumentPhoto { side } => Some(Wanted::of(*side, kind)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use lichtbild_protocol::flow::Side;

    use super::*;

    #[test]
    fn a_step_wants_its_side_of_the_chosen_kind() {
        let kind = Some(DocumentKind::GermanIdCard);
        for side in [Side::Front, Side::Back] {
            let video = StepKind::DocumentVideo { side, min_millis: 1, max_millis: 2 };
            for step in [video, StepKind::DocumentPhoto { side }] {
                assert_eq!(wanted(&step, kind), Some(Wanted::of(side, kind)));
            }
        }
        assert_eq!(wanted(&StepKind::SelfieVideo { words: Vec::new(), word_millis: 1 }, kind), None);
    }
}
