//! How long a recording lasts and when stills are taken in it.
//! In: the kind of step, hints, time. Out: limits and "take one now". Does not know: the recorder.

use lichtbild_protocol::flow::StepKind;

use super::Words;
use crate::{
    surface::{Hint, WordFacts},
    time::Millis,
};

/// Stills wanted from a video of a document.
pub const STILLS_WANTED: usize = 3;
/// Stills wanted from a video of a face: one, for the review.
const FACE_STILLS_WANTED: usize = 1;
/// Between two stills.
const STILL_DISTANCE: Millis = Millis(1_200);
/// Stills of a burst, with the sound as many recordings as a step may have; and the time between them.
const BURST: usize = 7;
const BURST_DISTANCE: Millis = Millis(500);
/// Before the first one the picture may still settle.
const FIRST_STILL: Millis = Millis(600);
/// Near the end one is taken as it is, if none was good.
const LAST_MOMENT: Millis = Millis(1_000);

/// The plan of one recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    min: Millis,
    max: Millis,
    stills: usize,
    words: Option<Words>,
    /// Stills stand for the video: as many as the step may have, whatever they show.
    burst: bool,
}

impl Plan {
    /// For a step; `None` if it records no video.
    pub fn of(kind: &StepKind) -> Option<Self> {
        match kind {
            StepKind::DocumentVideo { min_millis, max_millis, .. } => {
                let (min, max) = (Millis((*min_millis).into()), Millis((*max_millis).max(*min_millis).into()));
                Some(Self { min, max, stills: STILLS_WANTED, words: None, burst: false })
            }
            StepKind::SelfieVideo { words, word_millis } => {
                let words = Words::new(words, Millis((*word_millis).into()));
                let (min, max) = (words.spoken_after(), words.ends_after());
                Some(Self { min, max, stills: FACE_STILLS_WANTED, words: Some(words), burst: false })
            }
            _ => None,
        }
    }

    /// The same with a burst of stills, for a recording without a picture of its own.
    #[must_use]
    pub fn with_burst(self) -> Self {
        Self { stills: BURST, burst: true, ..self }
    }

    /// The recording ends by itself here.
    pub const fn limit(&self) -> Millis {
        self.max
    }

    /// Whether it may be stopped.
    pub fn can_stop(&self, elapsed: Millis) -> bool {
        elapsed >= self.min
    }

    /// Whether words are to be spoken.
    pub const fn has_words(&self) -> bool {
        self.words.is_some()
    }

    /// The word to be spoken now.
    pub fn word(&self, elapsed: Millis) -> Option<WordFacts> {
        self.words.as_ref().and_then(|words| words.at(elapsed))
    }

    /// Whether somebody should be heard now.
    pub fn wants_voice(&self, elapsed: Millis) -> bool {
        self.word(elapsed).is_some()
    }

    /// Whether to take a still now. `taken`: those asked for so far; `last`: when the newest was, since the first byte.
    pub fn wants_still(&self, elapsed: Millis, hint: Option<Hint>, taken: usize, last: Option<Millis>) -> bool {
        if taken >= self.stills || elapsed < FIRST_STILL {
            return false;
        }
        if self.burst {
            return last.is_none_or(|last| elapsed.0 >= last.0 + BURST_DISTANCE.0);
        }
        let rested = last.is_none_or(|last| elapsed.0 >= last.0 + STILL_DISTANCE.0);
        let last_moment = taken == 0 && elapsed.0 + LAST_MOMENT.0 >= self.min.0.max(FIRST_STILL.0 + LAST_MOMENT.0);
        rested && (hint.is_some_and(Hint::is_good) || last_moment)
    }
}

#[cfg(test)]
mod tests {
    use lichtbild_protocol::flow::Side;

    use super::*;

    fn document() -> Plan {
        Plan::of(&StepKind::DocumentVideo { side: Side::Front, min_millis: 4_000, max_millis: 10_000 })
            .expect("a video")
    }

    #[test]
    fn the_stop_button_comes_after_the_shortest_useful_length() {
        assert!(!document().can_stop(Millis(3_999)));
        assert!(document().can_stop(Millis(4_000)));
        assert_eq!(document().limit(), Millis(10_000));
    }

    #[test]
    fn a_burst_takes_what_comes() {
        let plan = document().with_burst();
        assert!(plan.wants_still(Millis(700), Some(Hint::HoldStill), 0, None));
        assert!(!plan.wants_still(Millis(1_100), Some(Hint::Good), 1, Some(Millis(700))));
        assert!(plan.wants_still(Millis(1_200), None, 1, Some(Millis(700))));
        assert!(!plan.wants_still(Millis(9_000), None, BURST, Some(Millis(700))));
    }

    #[test]
    fn stills_are_taken_when_all_is_well_and_not_too_close_together() {
        let plan = document();
        assert!(!plan.wants_still(Millis(500), Some(Hint::Good), 0, None));
        assert!(plan.wants_still(Millis(700), Some(Hint::Good), 0, None));
        assert!(!plan.wants_still(Millis(1_500), Some(Hint::Good), 1, Some(Millis(700))));
        assert!(plan.wants_still(Millis(1_900), Some(Hint::Good), 1, Some(Millis(700))));
        assert!(!plan.wants_still(Millis(9_000), Some(Hint::Good), 3, Some(Millis(5_000))));
    }

    #[test]
    fn one_still_is_taken_at_the_last_moment_though_nothing_was_good() {
        let plan = document();
        assert!(!plan.wants_still(Millis(2_500), Some(Hint::HoldStill), 0, None));
        assert!(plan.wants_still(Millis(3_000), Some(Hint::HoldStill), 0, None));
        assert!(!plan.wants_still(Millis(5_000), Some(Hint::HoldStill), 1, Some(Millis(3_000))));
    }

    #[test]
    fn a_selfie_ends_when_the_words_are_spoken() {
        let words = vec!["Apfel".to_owned(), "Wolke".to_owned()];
        let plan = Plan::of(&StepKind::SelfieVideo { words, word_millis: 3_000 }).expect("a video");
        assert!(!plan.can_stop(Millis(6_700)) && plan.can_stop(Millis(6_800)));
        assert_eq!(plan.limit(), Millis(7_500));
        assert!(plan.wants_voice(Millis(1_000)) && !plan.wants_voice(Millis(7_000)));
    }

    #[test]
    fn a_photograph_has_no_plan() {
        assert_eq!(Plan::of(&StepKind::DocumentPhoto { side: Side::Back }), None);
    }
}
