use lichtbild_protocol::flow::{DocumentKind, Side};

use super::*;
use crate::{
    flow::{
        Guidance, Subject,
        looks::{CARD, TABLE_TOP, looks, tilted, wanted, with},
    },
    observation::{DocumentClass, DocumentSeen},
};

const START: Timestamp = Timestamp(1_000);
const AUTO: CaptureOrigin = CaptureOrigin::Automatic;

fn front() -> Wanted {
    wanted(Side::Front, DocumentKind::GermanIdCard)
}

fn photo() -> Shutter {
    Shutter::new(START, front(), false, Duty::Photo)
}

fn is_auto(output: &ShutterOutput) -> bool {
    matches!(output, ShutterOutput::TakeStill { origin: CaptureOrigin::Automatic, .. })
}

/// Looks at pictures, so many a second; when the shutter fired, since then.
fn fires(shutter: &mut Shutter, from: Timestamp, rate: u64, picture: impl Fn(Millis) -> Observation) -> Option<Millis> {
    looks(from, rate, rate * 6).find_map(|now| {
        let seen = picture(now.since(from));
        shutter.handle(now, ShutterInput::Seen(&seen)).iter().any(is_auto).then(|| now.since(from))
    })
}

/// Fires at a good card; returns when.
fn fired(shutter: &mut Shutter, from: Timestamp) -> Timestamp {
    let since = fires(shutter, from, 10, |_| with(CARD));
    from + since.expect("nothing is wrong with it")
}

/// Numbers that look like chance and are the same each time (PCG, O'Neill 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let shifted = ((self.0 >> 18) ^ self.0) >> 27;
        (shifted as u32).rotate_right((self.0 >> 59) as u32) as f32 / u32::MAX as f32
    }
}

#[test]
fn a_steady_card_is_taken_within_a_second_at_every_rate() {
    for rate in [5, 8, 10, 15, 24, 30] {
        let after = fires(&mut photo(), START, rate, |_| with(CARD)).expect("it fires");
        assert!((Millis(500)..=Millis(1_000)).contains(&after), "{after:?} at {rate}");
    }
}

#[test]
fn it_waits_for_the_best_moment_but_not_for_ever() {
    // The focus still runs: it gets better until 0.8 s.
    let focusing = |passed: Millis| {
        let sharpness = 0.35 + 0.5 * (passed.0.min(800) as f32 / 800.0);
        with(DocumentSeen { sharpness, ..CARD })
    };
    let after = fires(&mut photo(), START, 30, focusing).expect("it fires");
    assert!((Millis(800)..=Millis(1_100)).contains(&after), "{after:?}");
    let endless = |passed: Millis| with(DocumentSeen { sharpness: 0.3 + passed.0 as f32 / 6_000.0, ..CARD });
    let after = fires(&mut photo(), START, 10, endless).expect("it fires");
    assert!(after <= Millis(1_100), "{after:?}");
}

#[test]
fn it_fires_at_a_look_near_the_best_not_in_a_dip() {
    let mut shutter = photo();
    let blurs = |passed: Millis| {
        let sharpness = if (400..900).contains(&passed.0) { 0.3 } else { 0.8 };
        with(DocumentSeen { sharpness, ..CARD })
    };
    let after = fires(&mut shutter, START, 10, blurs).expect("it fires");
    assert!(after >= Millis(900), "{after:?}");
}

#[test]
fn a_trembling_hand_still_gets_its_picture_in_a_second_and_a_half_at_the_median() {
    let mut chance = Chance(7);
    let mut times: Vec<_> = (0..200)
        .map(|run| {
            let rate = [5, 10, 15, 30][run % 4];
            let mut shutter = photo();
            let taken = looks(START, rate, rate * 8).find_map(|now| {
                let lost = chance.next() < 0.03;
                let seen = DocumentSeen {
                    motion: Some(0.05 + 0.27 * chance.next() * chance.next()),
                    sharpness: 0.45 + 0.4 * chance.next(),
                    tilt: 4.0 + 10.0 * chance.next(),
                    dpi: Some(280.0 + 30.0 * chance.next()),
                    score: 0.80 + 0.19 * chance.next(),
                    ..CARD
                };
                let picture = if lost { TABLE_TOP } else { with(seen) };
                shutter.handle(now, ShutterInput::Seen(&picture)).iter().any(is_auto).then(|| now.since(START))
            });
            taken.unwrap_or(Millis(u64::MAX))
        })
        .collect();
    times.sort_unstable();
    assert!(times[100] <= Millis(1_200) && times[190] <= Millis(3_000), "{:?} {:?}", times[100], times[190]);
}

#[test]
fn nothing_wrong_is_ever_taken() {
    let wrong = [
        TABLE_TOP,
        with(DocumentSeen { class: DocumentClass::IdBack, ..CARD }),
        with(DocumentSeen { class: DocumentClass::OtherCard, ..CARD }),
        with(DocumentSeen { class: DocumentClass::Paper, ..CARD }),
        with(DocumentSeen { score: 0.7, ..CARD }),
        with(DocumentSeen { cut: [0.1, 0.0, 0.0, 0.0], ..CARD }),
        with(DocumentSeen { dpi: Some(120.0), fill: 0.4, ..CARD }),
        with(DocumentSeen { turn: 180.0, ..CARD }),
        with(tilted(45.0, 0.1, 0.0)),
        with(DocumentSeen { covered: 0.2, ..CARD }),
        with(DocumentSeen { motion: Some(0.5), ..CARD }),
        with(DocumentSeen { motion: None, ..CARD }),
        with(DocumentSeen { sharpness: 0.1, ..CARD }),
        with(DocumentSeen { hidden: 0.1, ..CARD }),
        with(DocumentSeen { brightness: 0.1, ..CARD }),
    ];
    for picture in wrong {
        for rate in [5, 30] {
            assert_eq!(fires(&mut photo(), START, rate, |_| picture.clone()), None, "{picture:?}");
        }
    }
}

#[test]
fn a_highlight_of_the_foil_that_hides_nothing_holds_nothing_up() {
    let foil = with(DocumentSeen { glare: 0.3, hidden: 0.0, ..CARD });
    assert!(fires(&mut photo(), START, 10, |_| foil.clone()).is_some());
}

/// Ten minutes of what a detector may take for a document where there is none.
fn negatives(seed: u64, rate: u64, picture: impl Fn(&mut Chance) -> Observation) {
    let (mut shutter, mut chance) = (photo(), Chance(seed));
    for now in looks(START, rate, rate * 600) {
        let out = shutter.handle(now, ShutterInput::Seen(&picture(&mut chance)));
        assert!(!out.iter().any(is_auto), "fired after {:?} at {rate}, seed {seed}", now.since(START));
    }
}

#[test]
fn ten_minutes_of_noise_make_no_picture() {
    let ghost = |chance: &mut Chance| DocumentSeen {
        score: chance.next(),
        cut: [0, 1, 2, 3].map(|_| (chance.next() - 0.8).max(0.0)),
        fill: chance.next() * 1.2,
        dpi: Some(50.0 + 350.0 * chance.next()),
        tilt: 60.0 * chance.next(),
        turn: 360.0 * chance.next() - 180.0,
        motion: Some(3.0 * chance.next()),
        sharpness: chance.next(),
        hidden: 0.1 * chance.next(),
        ..CARD
    };
    for seed in 0..4 {
        for rate in [5, 10, 30] {
            negatives(seed, rate, |chance| with(ghost(chance)));
            // Perfect, but only now and then.
            negatives(seed, rate, |chance| if chance.next() < 0.1 { with(CARD) } else { TABLE_TOP });
            // Certain and still, but of changing kinds.
            negatives(seed, rate, |chance| {
                let class = if chance.next() < 0.1 { DocumentClass::IdFront } else { DocumentClass::OtherCard };
                with(DocumentSeen { class, ..CARD })
            });
            // Jumps about, as mistakes of detectors do.
            negatives(seed, rate, |chance| with(DocumentSeen { motion: Some(0.1 + 2.0 * chance.next()), ..CARD }));
        }
    }
}

#[test]
fn a_still_that_is_good_ends_it() {
    let mut shutter = photo();
    let now = fired(&mut shutter, START);
    let out =
        shutter.handle(now + Millis(300), ShutterInput::Taken(Some(&with(DocumentSeen { motion: None, ..CARD }))));
    assert_eq!(out, [ShutterOutput::Accepted { origin: AUTO, verified: true, doubt: None }]);
    assert_eq!(shutter.deadline(), None);
    assert_eq!(fires(&mut shutter, now + Millis(400), 10, |_| with(CARD)), None);
}

#[test]
fn a_still_that_nobody_could_look_at_is_taken_on_and_says_so() {
    let mut shutter = photo();
    let now = fired(&mut shutter, START);
    let out = shutter.handle(now, ShutterInput::Taken(None));
    assert_eq!(out, [ShutterOutput::Accepted { origin: AUTO, verified: false, doubt: None }]);
}

#[test]
fn a_bad_still_is_refused_with_its_reason_and_it_goes_on() {
    let mut shutter = photo();
    let mut now = START;
    for number in 1..=3 {
        now = fired(&mut shutter, now) + Millis(200);
        let blurred = with(DocumentSeen { sharpness: 0.1, ..CARD });
        let out = shutter.handle(now, ShutterInput::Taken(Some(&blurred)));
        assert_eq!(out[0], ShutterOutput::Rejected { hint: Some(Hint::WaitForFocus) });
        let offered = out.contains(&ShutterOutput::OfferManual(Offer::Refused));
        assert_eq!(offered, number == 3, "after still {number}");
    }
    let now = fired(&mut shutter, now);
    assert!(matches!(shutter.handle(now, ShutterInput::Taken(None))[..], [ShutterOutput::Accepted { .. }]));
}

#[test]
fn a_still_that_does_not_come_is_no_dead_end() {
    let mut shutter = photo();
    let now = fired(&mut shutter, START);
    let out = shutter.handle(now, ShutterInput::Failed);
    let offer = ShutterOutput::OfferManual(Offer::Refused);
    assert_eq!(out, [ShutterOutput::Rejected { hint: None }, offer]);
    let now = fired(&mut shutter, now);
    assert_eq!(shutter.handle(now, ShutterInput::Failed), [ShutterOutput::Rejected { hint: None }]);
}

#[test]
fn the_button_is_offered_after_eight_seconds_once() {
    let mut shutter = photo();
    let at = shutter.deadline().expect("it is offered some day");
    assert_eq!(at, START + Millis(8_000));
    assert_eq!(shutter.handle(at - Millis(1), ShutterInput::Tick), []);
    assert_eq!(shutter.handle(at, ShutterInput::Tick), [ShutterOutput::OfferManual(Offer::Late)]);
    assert_eq!(shutter.handle(at + Millis(1), ShutterInput::Tick), []);
    assert_eq!(shutter.deadline(), None);
    let out = shutter.handle(at + Millis(2), ShutterInput::Pressed);
    assert_eq!(out, [ShutterOutput::TakeStill { origin: CaptureOrigin::ManualLate, frame: None }]);
}

#[test]
fn the_button_is_offered_at_once_without_an_engine() {
    let mut shutter = photo();
    let out = shutter.handle(START, ShutterInput::EngineGone);
    assert_eq!(out, [ShutterOutput::OfferManual(Offer::EngineGone)]);
}

#[test]
fn what_the_person_takes_is_taken_on_with_its_doubt() {
    let mut shutter = photo();
    let out = shutter.handle(START, ShutterInput::Pressed);
    assert_eq!(out, [ShutterOutput::TakeStill { origin: CaptureOrigin::Manual, frame: None }]);
    assert_eq!(shutter.handle(START, ShutterInput::Pressed), []);
    let out = shutter.handle(START, ShutterInput::Taken(Some(&with(DocumentSeen { hidden: 0.2, ..CARD }))));
    let doubt = Some(Hint::Glare);
    assert_eq!(out, [ShutterOutput::Accepted { origin: CaptureOrigin::Manual, verified: true, doubt }]);
}

#[test]
fn a_video_gets_its_best_stills_at_different_moments_and_no_button() {
    let mut shutter = Shutter::new(START, front(), false, Duty::Video { stills: 3 });
    let (mut taken, mut pending) = (Vec::new(), None::<Timestamp>);
    for now in looks(START, 10, 200) {
        if pending.take_if(|at| *at <= now).is_some() {
            let out = shutter.handle(now, ShutterInput::Taken(Some(&with(CARD))));
            assert!(matches!(out[..], [ShutterOutput::Accepted { .. }]));
        }
        let out = shutter.handle(now, ShutterInput::Seen(&with(CARD)));
        if out.iter().any(is_auto) {
            taken.push(now);
            pending = Some(now + Millis(250));
        }
        assert!(!out.iter().any(|output| matches!(output, ShutterOutput::OfferManual(_))));
    }
    assert_eq!(taken.len(), 3);
    assert!(taken.windows(2).all(|pair| pair[1].since(pair[0]) >= Millis(1_200)), "{taken:?}");
    assert_eq!(shutter.handle(START, ShutterInput::EngineGone), []);
    assert_eq!(shutter.deadline(), None);
}

/// A scene: how long, what is seen, and what is on screen at its end.
type Scene = (u64, Observation, Hint);

#[test]
fn from_the_empty_table_to_the_picture_and_away() {
    let scenes: [Scene; 8] = [
        (2_000, TABLE_TOP, Hint::ShowDocument),
        (1_500, with(DocumentSeen { motion: Some(1.4), fill: 0.3, dpi: Some(110.0), ..CARD }), Hint::MoveSlower),
        (2_000, with(DocumentSeen { fill: 0.3, dpi: Some(110.0), ..CARD }), Hint::MoveCloser),
        (1_500, with(DocumentSeen { motion: Some(0.5), sharpness: 0.2, ..CARD }), Hint::HoldStill),
        (2_000, with(CARD), Hint::KeepStill),
        (1_500, with(tilted(42.0, 0.12, 0.0)), Hint::TopCloser),
        (1_500, with(tilted(42.0, 0.0, -0.12)), Hint::RightCloser),
        (2_000, TABLE_TOP, Hint::ShowDocument),
    ];
    for rate in [5, 10, 30] {
        let (mut guidance, mut shutter) = (Guidance::new(Subject::Document(front()), false), photo());
        guidance.expect_documents(true);
        let (mut now, mut hints, mut stills) = (START, Vec::new(), Vec::new());
        for (millis, picture, _) in &scenes {
            for at in looks(now, rate, rate * millis / 1_000) {
                guidance.observed(at, picture);
                if shutter.handle(at, ShutterInput::Seen(picture)).iter().any(is_auto) {
                    stills.push(picture.clone());
                    let out = shutter.handle(at, ShutterInput::Taken(Some(picture)));
                    assert_eq!(out, [ShutterOutput::Accepted { origin: AUTO, verified: true, doubt: None }]);
                }
                hints.extend(guidance.hint().filter(|hint| hints.last() != Some(hint)));
            }
            now = now + Millis(*millis);
        }
        let expected: Vec<_> = scenes.iter().map(|(.., hint)| *hint).collect();
        assert_eq!(hints, expected, "at {rate}");
        assert_eq!(stills, [with(CARD)], "at {rate}");
    }
}
