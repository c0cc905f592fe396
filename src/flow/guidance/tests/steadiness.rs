//! A hint stays long enough to be read, single frames change nothing, and nothing is claimed that is not seen.

use super::*;
use crate::{
    flow::looks::{CARD, with},
    observation::DocumentSeen,
};

/// How often the hint changes while these pictures come by turns, so many a second, for twenty seconds.
fn changes(mut guidance: Guidance, rate: u64, pictures: &[Observation; 2]) -> usize {
    let mut shown = vec![guidance.hint()];
    for number in 0..rate * 20 {
        guidance.observed(Timestamp(number * 1_000 / rate), &pictures[number as usize % 2]);
        shown.push(guidance.hint());
    }
    shown.dedup();
    shown.len() - 1
}

#[test]
fn a_hint_stays_long_enough_to_be_read() {
    let mut guidance = front();
    let now = play(&mut guidance, Timestamp(0), 4, &with(DocumentSeen { motion: Some(0.6), ..CARD }));
    assert_eq!(guidance.hint(), Some(Hint::HoldStill));
    let now = play(&mut guidance, now, 11, &with(CARD));
    assert_eq!(guidance.hint(), Some(Hint::HoldStill));
    play(&mut guidance, now, 1, &with(CARD));
    assert_eq!(guidance.hint(), Some(Hint::KeepStill));
}

#[test]
fn a_single_bad_frame_changes_nothing() {
    for rate in [5, 10, 30] {
        let mut guidance = front();
        let step = Millis(1_000 / rate);
        let mut now = Timestamp(0);
        for number in 0..20 * rate {
            let odd = number % rate == rate - 1;
            let bad = DocumentSeen { motion: Some(2.0), sharpness: 0.0, hidden: 0.5, ..CARD };
            guidance.observed(now, &with(if odd { bad } else { CARD }));
            assert!(matches!(guidance.hint(), None | Some(Hint::KeepStill)), "at {rate}: {:?}", guidance.hint());
            now = now + step;
        }
    }
}

#[test]
fn a_document_that_blinks_for_less_than_300_ms_is_still_there() {
    for rate in [5_u64, 10, 15, 30] {
        let mut guidance = front();
        let missing = (300 * rate).div_ceil(1_000) - 1;
        for number in 0..rate * 20 {
            let gone = number > rate && number % (missing + 4) < missing;
            let picture = if gone { TABLE_TOP } else { with(DocumentSeen { fill: 0.2, ..CARD }) };
            guidance.observed(Timestamp(number * 1_000 / rate), &picture);
            assert!(matches!(guidance.hint(), None | Some(Hint::MoveCloser)), "at {rate}: {:?}", guidance.hint());
        }
    }
}

#[test]
fn a_detector_that_sees_ghosts_does_not_hide_that_there_is_nothing() {
    let mut guidance = front();
    for tenth in 0..300_u64 {
        let ghost = tenth % 6 == 5;
        let picture = if ghost { with(CARD) } else { TABLE_TOP };
        guidance.observed(Timestamp(tenth * 100), &picture);
        assert!(tenth < 5 || guidance.hint() == Some(Hint::ShowDocument), "{tenth}: {:?}", guidance.hint());
    }
}

#[test]
fn a_measure_on_its_border_does_not_flicker() {
    let wobble = |one: DocumentSeen, other: DocumentSeen| [with(one), with(other)];
    let pictures = [
        wobble(DocumentSeen { brightness: 0.19, ..CARD }, DocumentSeen { brightness: 0.21, ..CARD }),
        wobble(DocumentSeen { tilt: 29.0, ..CARD }, DocumentSeen { tilt: 31.0, ..CARD }),
        wobble(DocumentSeen { turn: 48.0, ..CARD }, DocumentSeen { turn: 52.0, ..CARD }),
        wobble(DocumentSeen { turn: 179.0, ..CARD }, DocumentSeen { turn: -179.0, ..CARD }),
        wobble(DocumentSeen { sharpness: 0.24, ..CARD }, DocumentSeen { sharpness: 0.26, ..CARD }),
        wobble(DocumentSeen { hidden: 0.017, ..CARD }, DocumentSeen { hidden: 0.023, ..CARD }),
        wobble(DocumentSeen { score: 0.58, ..CARD }, DocumentSeen { score: 0.62, ..CARD }),
    ];
    for pair in pictures {
        for rate in [5, 10, 30] {
            let changes = changes(front(), rate, &pair);
            assert!(changes <= 2, "{changes} changes in twenty seconds at {rate}: {pair:?}");
        }
    }
    let frame = [0.19, 0.21].map(|brightness| Observation { brightness, ..TABLE_TOP });
    assert!(changes(face(), 10, &frame) <= 2);
}

#[test]
fn what_is_obeyed_goes_though_nothing_is_sure_afterwards() {
    let mut guidance = front();
    let now = play(&mut guidance, Timestamp(0), 20, &with(DocumentSeen { fill: 0.2, ..CARD }));
    assert_eq!(guidance.hint(), Some(Hint::MoveCloser));
    // Neither good nor bad for long enough: glare comes and goes.
    for tenth in 1..=30_u64 {
        let hidden = if tenth % 2 == 0 { 0.3 } else { 0.0 };
        guidance.observed(now + Millis(tenth * 100), &with(DocumentSeen { hidden, ..CARD }));
    }
    assert_ne!(guidance.hint(), Some(Hint::MoveCloser));
}

#[test]
fn a_focus_that_does_not_come_is_a_dirty_lens() {
    let mut guidance = front();
    let blurred = with(DocumentSeen { sharpness: 0.1, ..CARD });
    let now = play(&mut guidance, Timestamp(0), 20, &blurred);
    assert_eq!(guidance.hint(), Some(Hint::WaitForFocus));
    play(&mut guidance, now, 30, &blurred);
    assert_eq!(guidance.hint(), Some(Hint::LowContrast));
}

#[test]
fn a_slow_engine_is_enough_for_steady_hints() {
    let mut guidance = front();
    let mut now = Timestamp(0);
    for number in 0..40 {
        now = now + Millis(500);
        guidance.observed(now, &with(CARD));
        guidance.tick(now + Millis(450));
        assert!(number < 3 || guidance.hint() == Some(Hint::KeepStill), "{number}: {:?}", guidance.hint());
    }
}

#[test]
fn a_missed_voice_is_asked_for_even_without_an_engine() {
    let mut guidance = face();
    guidance.voice(Timestamp(0), true);
    assert_eq!(guidance.hint(), Some(Hint::SpeakUp));
    guidance.voice(Timestamp(500), false);
    assert_eq!(guidance.hint(), Some(Hint::SpeakUp));
    guidance.tick(guidance.deadline().expect("it can be read until then"));
    assert_eq!(guidance.hint(), None);
    assert_eq!(guidance.deadline(), None);
}

#[test]
fn an_engine_that_fell_silent_claims_nothing() {
    let mut guidance = front();
    let now = play(&mut guidance, Timestamp(0), 10, &with(CARD));
    let stale = now + Millis(3_000);
    assert_eq!(guidance.deadline(), Some(stale));
    guidance.tick(stale);
    assert_eq!(guidance.hint(), None);
    assert_eq!(guidance.deadline(), None);
}

#[test]
fn the_deadline_is_when_the_next_hint_may_come() {
    let mut guidance = front();
    let now = play(&mut guidance, Timestamp(0), 4, &with(DocumentSeen { fill: 0.2, ..CARD }));
    assert_eq!(guidance.hint(), Some(Hint::MoveCloser));
    play(&mut guidance, now, 5, &with(CARD));
    assert_eq!(guidance.hint(), Some(Hint::MoveCloser));
    guidance.tick(guidance.deadline().expect("the next one waits"));
    assert_eq!(guidance.hint(), Some(Hint::KeepStill));
}
