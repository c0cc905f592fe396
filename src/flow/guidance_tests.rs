use super::*;

const GOOD: Observation = Observation {
    frame: 0,
    at: Timestamp(0),
    sharpness: 0.6,
    brightness: 0.5,
    contrast: 0.6,
    glare: 0.0,
    motion: Some(0.01),
    identical: false,
    millis: 5.0,
};

/// Shows the same picture ten times a second; returns the time afterwards.
fn play(guidance: &mut Guidance, from: Timestamp, tenths: u64, observation: &Observation) -> Timestamp {
    for tenth in 1..=tenths {
        guidance.observed(from + Millis(tenth * 100), observation);
    }
    from + Millis(tenths * 100)
}

#[test]
fn each_trouble_has_its_hint() {
    let table = [
        (Observation { contrast: 0.02, ..GOOD }, Hint::Uncover),
        (Observation { brightness: 0.1, ..GOOD }, Hint::TooDark),
        (Observation { brightness: 0.95, ..GOOD }, Hint::TooBright),
        (Observation { motion: Some(0.3), ..GOOD }, Hint::HoldStill),
        (Observation { glare: 0.1, ..GOOD }, Hint::Glare),
        (Observation { sharpness: 0.05, ..GOOD }, Hint::OutOfFocus),
        (Observation { contrast: 0.08, ..GOOD }, Hint::LowContrast),
        (GOOD, Hint::Good),
    ];
    for (observation, expected) in table {
        let mut guidance = Guidance::new(Subject::Document);
        play(&mut guidance, Timestamp(0), 10, &observation);
        assert_eq!(guidance.hint(), Some(expected));
    }
}

#[test]
fn the_most_useful_instruction_comes_first() {
    let mut guidance = Guidance::new(Subject::Document);
    play(&mut guidance, Timestamp(0), 10, &Observation { brightness: 0.1, motion: Some(0.3), sharpness: 0.0, ..GOOD });
    assert_eq!(guidance.hint(), Some(Hint::TooDark));
}

#[test]
fn a_reflection_on_a_face_is_none_of_our_business() {
    let mut guidance = Guidance::new(Subject::Face);
    play(&mut guidance, Timestamp(0), 10, &Observation { glare: 0.1, ..GOOD });
    assert_eq!(guidance.hint(), Some(Hint::Good));
}

#[test]
fn a_hint_stays_long_enough_to_be_read() {
    let mut guidance = Guidance::new(Subject::Document);
    let now = play(&mut guidance, Timestamp(0), 4, &Observation { motion: Some(0.3), ..GOOD });
    assert_eq!(guidance.hint(), Some(Hint::HoldStill));
    let now = play(&mut guidance, now, 10, &GOOD);
    assert_eq!(guidance.hint(), Some(Hint::HoldStill));
    play(&mut guidance, now, 5, &GOOD);
    assert_eq!(guidance.hint(), Some(Hint::Good));
}

#[test]
fn a_single_bad_frame_changes_nothing() {
    let mut guidance = Guidance::new(Subject::Document);
    let now = play(&mut guidance, Timestamp(0), 30, &GOOD);
    let now = play(&mut guidance, now, 1, &Observation { motion: Some(0.15), ..GOOD });
    let mut hints = Vec::new();
    for tenth in 1..=20 {
        guidance.observed(now + Millis(tenth * 100), &GOOD);
        hints.push(guidance.hint());
    }
    assert!(hints.iter().all(|&hint| hint == Some(Hint::Good)));
}

#[test]
fn a_measure_on_the_border_does_not_flicker() {
    let mut guidance = Guidance::new(Subject::Document);
    let mut changes = 0;
    let mut last = None;
    for tenth in 0..200_u64 {
        let wobble = if tenth % 2 == 0 { 0.19 } else { 0.21 };
        guidance.observed(Timestamp(tenth * 100), &Observation { brightness: wobble, ..GOOD });
        changes += u32::from(guidance.hint() != last);
        last = guidance.hint();
    }
    assert!(changes <= 2, "{changes} changes in twenty seconds");
}

#[test]
fn a_missed_voice_is_asked_for_even_without_an_engine() {
    let mut guidance = Guidance::new(Subject::Face);
    guidance.voice(Timestamp(0), true);
    guidance.tick(guidance.deadline().expect("it is coming"));
    assert_eq!(guidance.hint(), Some(Hint::SpeakUp));
}

#[test]
fn an_engine_that_fell_silent_claims_nothing() {
    let mut guidance = Guidance::new(Subject::Document);
    let now = play(&mut guidance, Timestamp(0), 10, &GOOD);
    guidance.tick(now + Millis(3_000));
    assert_eq!(guidance.hint(), None);
}
