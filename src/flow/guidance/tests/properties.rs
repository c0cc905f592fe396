//! Whatever is seen, the hint does not flicker, and nothing is said that did not just hold.

use std::collections::VecDeque;

use proptest::prelude::*;

use super::*;
use crate::{
    flow::{
        guidance::table::{Bound, TABLE},
        looks::{CARD, with},
    },
    observation::{DocumentClass, DocumentSeen},
};

/// A document with up to three things wrong, by a little or by much.
fn documents() -> impl Strategy<Value = DocumentSeen> {
    let class = prop::sample::select(vec![
        DocumentClass::IdFront,
        DocumentClass::IdFront,
        DocumentClass::IdFront,
        DocumentClass::IdBack,
        DocumentClass::Paper,
    ]);
    let wrong = prop::collection::vec((0..14_usize, 0.0_f32..1.0), 0..3);
    (class, wrong).prop_map(|(class, wrong)| {
        let mut seen = DocumentSeen { class, ..CARD };
        for (what, value) in wrong {
            match what {
                0 => seen.score = value,
                1 => seen.cut = [value - 0.5, 0.0, 0.0, value - 0.8].map(|cut| cut.max(0.0)),
                2 => seen.covered = value * 0.1,
                3 => seen.fill = value * 1.2,
                4 => seen.dpi = Some(100.0 + value * 200.0),
                5 => seen.tilt = value * 60.0,
                6 => seen.turn = (value - 0.5) * 360.0,
                7 => seen.motion = Some(value * 1.5),
                8 => seen.sharpness = value,
                9 => seen.brightness = value,
                10 => seen.contrast = value * 0.3,
                11 => seen.hidden = value * 0.05,
                12 => seen.shadow = value,
                _ => seen.corners = [value > 0.3, value > 0.5, value > 0.7, true],
            }
        }
        seen
    })
}

/// Runs of the same picture, each with its length, the time between two looks, and whether one of them is lost.
fn films() -> impl Strategy<Value = Vec<(Observation, u64, u64)>> {
    let picture = prop_oneof![
        5 => documents().prop_map(with),
        1 => Just(TABLE_TOP),
        1 => (0.0_f32..1.0, 0.0_f32..0.5)
            .prop_map(|(brightness, contrast)| Observation { brightness, contrast, ..TABLE_TOP }),
    ];
    prop::collection::vec((picture, 1..20_u64, 15..400_u64), 1..80)
}

/// What was measured in the last second.
#[derive(Default)]
struct Past {
    looks: VecDeque<(Timestamp, Measures)>,
    seen: Option<Timestamp>,
    first: Option<Timestamp>,
}

impl Past {
    fn add(&mut self, now: Timestamp, observation: &Observation) {
        let document = observation.document.as_ref().filter(|document| document.score >= IN_VIEW_SCORE);
        let wanted = wanted(Side::Front, DocumentKind::GermanIdCard);
        let mut measures = Measures::of(observation, document, Some(wanted), false);
        self.first.get_or_insert(now);
        if document.is_some() {
            self.seen = Some(now);
        }
        let absence = now.since(self.seen.or(self.first).unwrap_or(now));
        measures.set(Measure::Absence, absence.0 as f32);
        self.looks.push_back((now, measures));
        self.looks.retain(|&(at, _)| now.since(at) <= Millis(1_000));
    }

    fn met(&self, bound: &Bound) -> bool {
        self.looks.iter().any(|(_, measures)| {
            let value = measures.get(bound.measure);
            if bound.above { value >= bound.release } else { value <= bound.release }
        })
    }

    /// Whether all that this hint claims was seen in the last second.
    fn supports(&self, hint: Hint) -> bool {
        if hint == Hint::KeepStill {
            return self.looks.iter().any(|(_, measures)| first_raised(measures, Scope::Present).is_none());
        }
        let mut rows = TABLE.iter().filter(|row| {
            let document = row.scopes.contains(&Scope::Present) || row.scopes.contains(&Scope::Absent);
            document && (row.hint == hint || row.later.is_some_and(|(_, later)| later == hint))
        });
        rows.any(|row| row.bounds.iter().all(|bound| self.met(bound)))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_hint_changes_at_most_once_in_1200_ms_and_says_what_just_held(film in films(), ticks in any::<bool>()) {
        let (mut guidance, mut now, mut past) = (front(), Timestamp(5_000), Past::default());
        let (mut shown, mut changed) = (None, None::<Timestamp>);
        for (observation, count, step) in film {
            for _ in 0..count {
                let next = now + Millis(step);
                while let Some(deadline) = guidance.deadline().filter(|&at| ticks && at > now && at < next) {
                    now = deadline;
                    guidance.tick(now);
                    if guidance.hint() != shown {
                        prop_assert!(changed.is_none_or(|at| now.since(at) >= Millis(1_200)));
                        (shown, changed) = (guidance.hint(), Some(now));
                    }
                    prop_assert!(guidance.deadline().is_none_or(|at| at > now), "it would wake for ever");
                }
                now = next;
                past.add(now, &observation);
                guidance.observed(now, &observation);
                if guidance.hint() != shown {
                    prop_assert!(changed.is_none_or(|at| now.since(at) >= Millis(1_200)), "{shown:?}");
                    (shown, changed) = (guidance.hint(), Some(now));
                    prop_assert!(shown.is_none_or(|hint| past.supports(hint)), "{shown:?} {observation:?}");
                }
            }
        }
    }
}
