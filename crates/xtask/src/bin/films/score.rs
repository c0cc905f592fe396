//! What is counted of looks with the state that held and the hint that was on screen. Pure.

use std::collections::BTreeMap;

use lichtbild::surface::Hint;
use serde::Serialize;

use crate::script::{Segment, State};

/// A hint that is on screen stays for 1.2 s; 0.4 s are for the right one to come. Looks before say nothing about a state.
pub const SETTLED_MILLIS: u64 = 1_600;

/// A look: when, and what was on screen after it.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    pub at: u64,
    pub hint: Option<Hint>,
}

/// Counts of one state over all films.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    pub hints: Vec<Hint>,
    /// Settled looks at it with a right hint, with another, and at other states with one of its hints.
    pub right: usize,
    pub missed: usize,
    pub false_alarms: usize,
    /// From its begin until a right hint was on screen, milliseconds; of those that saw one.
    pub reactions: Vec<u64>,
    pub never: usize,
    /// What was on screen instead, in settled looks.
    pub instead: BTreeMap<String, usize>,
}

/// Everything counted so far.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Score {
    pub films: usize,
    pub looks: usize,
    pub states: BTreeMap<&'static str, Counts>,
    /// Shortest time between two changes of the hint, milliseconds.
    pub shortest_between_changes: Option<u64>,
    pub changes: usize,
}

impl Score {
    /// Adds a film.
    pub fn add(&mut self, segments: &[Segment], shown: &[Shown]) {
        self.films += 1;
        self.looks += shown.len();
        let changes: Vec<u64> =
            shown.windows(2).filter(|pair| pair[0].hint != pair[1].hint).map(|pair| pair[1].at).collect();
        let shortest = changes.windows(2).map(|pair| pair[1] - pair[0]).min();
        self.shortest_between_changes = self.shortest_between_changes.into_iter().chain(shortest).min();
        self.changes += changes.len();
        for segment in segments {
            let within = shown.iter().filter(|look| segment.from < look.at && look.at <= segment.to);
            let right = |hint: Option<Hint>| hint.is_some_and(|hint| segment.state.right.contains(&hint));
            let first = within.clone().find(|look| right(look.hint)).map(|look| look.at - segment.from);
            let counts = self.of(&segment.state);
            match first {
                Some(millis) => counts.reactions.push(millis),
                None => counts.never += 1,
            }
            for look in within.filter(|look| look.at - segment.from > SETTLED_MILLIS) {
                self.look(segments, &segment.state, look.hint);
            }
        }
    }

    fn look(&mut self, segments: &[Segment], state: &State, hint: Option<Hint>) {
        let counts = self.of(state);
        if hint.is_some_and(|hint| state.right.contains(&hint)) {
            counts.right += 1;
            return;
        }
        counts.missed += 1;
        *counts.instead.entry(hint.map_or_else(|| "nothing".to_owned(), |hint| format!("{hint:?}"))).or_default() += 1;
        // A hint belongs to the state it is meant for, if the corpus has one.
        let meant = segments.iter().map(|segment| segment.state).chain(crate::script::BAD.iter().copied());
        if let Some(meant) = meant.into_iter().find(|meant| hint.is_some_and(|hint| meant.right.contains(&hint))) {
            self.of(&meant).false_alarms += 1;
        }
    }

    fn of(&mut self, state: &State) -> &mut Counts {
        self.states.entry(state.name).or_insert_with(|| Counts { hints: state.right.to_vec(), ..Counts::default() })
    }

    /// Adds what another counted.
    pub fn merge(&mut self, other: Self) {
        self.films += other.films;
        self.looks += other.looks;
        self.changes += other.changes;
        self.shortest_between_changes =
            self.shortest_between_changes.into_iter().chain(other.shortest_between_changes).min();
        for (name, counts) in other.states {
            let own = self.states.entry(name).or_default();
            own.hints = counts.hints;
            own.right += counts.right;
            own.missed += counts.missed;
            own.false_alarms += counts.false_alarms;
            own.never += counts.never;
            own.reactions.extend(counts.reactions);
            for (hint, times) in counts.instead {
                *own.instead.entry(hint).or_default() += times;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{BAD, GOOD};

    #[test]
    fn settled_looks_are_right_missed_or_another_states_false_alarm() {
        let [nothing, far] = [BAD[0], BAD[1]];
        let segments = [Segment { state: GOOD, from: 0, to: 3_000 }, Segment { state: far, from: 3_000, to: 6_000 }];
        let shown: Vec<Shown> = (1..=60)
            .map(|look| Shown {
                at: look * 100,
                hint: Some(match look {
                    0..=33 => Hint::KeepStill,
                    34..=50 => Hint::MoveCloser,
                    _ => Hint::ShowDocument,
                }),
            })
            .collect();
        let mut score = Score::default();
        score.add(&segments, &shown);
        let of = |state: &State| score.states[state.name].clone();
        assert_eq!((of(&GOOD).right, of(&GOOD).missed, of(&GOOD).reactions), (14, 0, vec![100]));
        assert_eq!((of(&far).right, of(&far).missed, of(&far).reactions), (4, 10, vec![400]));
        assert_eq!((of(&nothing).false_alarms, of(&far).instead["ShowDocument"]), (10, 10));
        assert_eq!((score.changes, score.shortest_between_changes), (2, Some(1_700)));
    }
}
