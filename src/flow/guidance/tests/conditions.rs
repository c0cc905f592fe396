//! Each condition raises its hint and no other, soon, at every rate of looks; the most useful one comes first.

use super::*;
use crate::{
    flow::{
        guidance::table::TABLE,
        looks::{CARD, looks, tilted, with},
    },
    observation::{DocumentClass, DocumentSeen},
};

type Change = fn(&mut DocumentSeen);

/// A good card with one thing changed.
fn card(change: Change) -> Observation {
    let mut seen = CARD;
    change(&mut seen);
    with(seen)
}

/// Every way in which a document can be wrong, with its hint.
fn conditions() -> Vec<(Hint, Observation)> {
    vec![
        (Hint::Uncover, Observation { contrast: 0.02, brightness: 0.2, ..TABLE_TOP }),
        (Hint::ShowDocument, Observation { contrast: 0.03, brightness: 0.53, ..TABLE_TOP }),
        (Hint::TooDark, dark()),
        (Hint::TooBright, Observation { brightness: 0.97, ..TABLE_TOP }),
        (Hint::ShowDocument, TABLE_TOP),
        (Hint::ShowDocument, card(|it| it.score = 0.2)),
        (Hint::TurnToFront, card(|it| it.class = DocumentClass::IdBack)),
        (Hint::OtherDocument, card(|it| it.class = DocumentClass::OtherCard)),
        (Hint::OtherDocument, card(|it| it.class = DocumentClass::Paper)),
        (Hint::OtherDocument, card(|it| it.class = DocumentClass::PassportPage)),
        (Hint::TooDark, card(|it| it.brightness = 0.1)),
        (Hint::TooBright, card(|it| it.brightness = 0.95)),
        (Hint::MoveSlower, card(|it| it.motion = Some(1.5))),
        (Hint::MoveRight, card(|it| it.cut = [0.3, 0.0, 0.0, 0.0])),
        (Hint::MoveDown, card(|it| it.cut = [0.0, 0.3, 0.0, 0.0])),
        (Hint::MoveLeft, card(|it| it.cut = [0.0, 0.0, 0.3, 0.0])),
        (Hint::MoveUp, card(|it| it.cut = [0.0, 0.0, 0.0, 0.3])),
        (Hint::WholeDocument, card(|it| it.cut = [0.3, 0.3, 0.0, 0.0])),
        (Hint::MoveBack, card(|it| it.cut = [0.3, 0.0, 0.3, 0.0])),
        (Hint::MoveBack, card(|it| it.cut = [0.3; 4])),
        (Hint::MoveBack, card(|it| it.fill = 1.0)),
        (Hint::MoveCloser, card(|it| (it.dpi, it.fill) = (Some(120.0), 0.35))),
        (Hint::MoveCloser, card(|it| (it.dpi, it.fill) = (None, 0.25))),
        (Hint::TurnUpright, card(|it| it.turn = 178.0)),
        (Hint::TurnUpright, card(|it| it.turn = -170.0)),
        (Hint::TurnCounterclockwise, card(|it| it.turn = 88.0)),
        (Hint::TurnClockwise, card(|it| it.turn = -95.0)),
        (Hint::TopCloser, with(tilted(40.0, 0.15, 0.03))),
        (Hint::BottomCloser, with(tilted(40.0, -0.15, 0.03))),
        (Hint::LeftCloser, with(tilted(40.0, 0.03, 0.15))),
        (Hint::RightCloser, with(tilted(40.0, 0.03, -0.15))),
        (Hint::HoldFlat, with(tilted(40.0, 0.0, 0.0))),
        (Hint::FingersOff, card(|it| it.covered = 0.3)),
        (Hint::FingersOff, card(|it| it.corners = [false, true, true, false])),
        (Hint::HoldStill, card(|it| it.motion = Some(0.6))),
        (Hint::HoldStill, card(|it| (it.motion, it.sharpness) = (Some(0.25), 0.1))),
        (Hint::OutOfFocus, card(|it| (it.fill, it.sharpness) = (0.9, 0.1))),
        (Hint::WaitForFocus, card(|it| it.sharpness = 0.1)),
        (Hint::Glare, card(|it| (it.glare, it.hidden) = (0.1, 0.08))),
        (Hint::Shadow, card(|it| it.shadow = 0.6)),
        (Hint::LowContrast, card(|it| it.contrast = 0.05)),
        (Hint::OtherBackground, card(|it| it.score = 0.4)),
    ]
}

/// The hints that are shown while a picture stays, after all was well, with how long after the change each came.
fn shown(mut guidance: Guidance, rate: u64, observation: &Observation) -> Vec<(Hint, Millis)> {
    let from = Timestamp(10_000);
    for now in looks(from, rate, 3 * rate) {
        guidance.observed(now, &with(CARD));
    }
    assert_eq!(guidance.hint(), Some(Hint::KeepStill));
    // The change comes right after a look: the worst moment.
    let from = from + Millis(3_000);
    let mut shown = Vec::new();
    for now in looks(from, rate, 4 * rate) {
        guidance.observed(now, observation);
        let hint = guidance.hint().expect("there is always one");
        if hint != Hint::KeepStill && shown.last().is_none_or(|&(last, _)| last != hint) {
            shown.push((hint, now.since(from)));
        }
    }
    shown
}

#[test]
fn each_condition_raises_exactly_its_hint_within_400_ms_at_every_rate() {
    for (hint, observation) in conditions() {
        for rate in [5, 8, 10, 12, 15, 20, 24, 25, 30, 60] {
            let shown = shown(front(), rate, &observation);
            assert_eq!(shown.len(), 1, "{hint:?} at {rate}: {shown:?} {observation:?}");
            assert_eq!(shown[0].0, hint, "at {rate}: {observation:?}");
            assert!(shown[0].1 <= Millis(400), "{hint:?} at {rate} after {:?}", shown[0].1);
        }
    }
}

#[test]
fn every_hint_of_a_document_is_in_the_table_above() {
    let elsewhere =
        [Hint::SpeakUp, Hint::TorchOn, Hint::TurnToBack, Hint::ShowDataPage, Hint::ShowZone, Hint::ZoneCovered];
    for row in TABLE.iter().filter(|row| row.scopes.contains(&Scope::Present)) {
        let here = conditions().iter().any(|&(hint, _)| hint == row.hint);
        assert!(here || elsewhere.contains(&row.hint), "{:?}", row.hint);
    }
    let mut hints: Vec<_> = TABLE.iter().map(|row| format!("{:?}", row.hint)).collect();
    hints.sort_unstable();
    hints.dedup();
    assert!(hints.len() >= 30, "{} hints", hints.len());
}

#[test]
fn the_wrong_side_and_the_wrong_document_are_told() {
    let class = |class| with(DocumentSeen { class, ..CARD });
    let table = [
        (Side::Back, DocumentKind::GermanIdCard, DocumentClass::IdFront, Hint::TurnToBack),
        (Side::Back, DocumentKind::GermanIdCard, DocumentClass::IdBack, Hint::KeepStill),
        (Side::Front, DocumentKind::Passport, DocumentClass::Paper, Hint::ShowDataPage),
        (Side::Front, DocumentKind::Passport, DocumentClass::IdFront, Hint::ShowDataPage),
        (Side::Front, DocumentKind::Passport, DocumentClass::PassportPage, Hint::KeepStill),
    ];
    for (side, kind, seen, hint) in table {
        let mut guidance = Guidance::new(Subject::Document(wanted(side, kind)), false);
        play(&mut guidance, Timestamp(0), 10, &class(seen));
        assert_eq!(guidance.hint(), Some(hint), "{kind:?} {side:?} {seen:?}");
    }
}

#[test]
fn a_class_that_is_not_certain_is_not_objected_to() {
    let mut guidance = front();
    play(&mut guidance, Timestamp(0), 20, &with(DocumentSeen { class: DocumentClass::Paper, score: 0.5, ..CARD }));
    assert_eq!(guidance.hint(), Some(Hint::OtherBackground));
}

#[test]
fn the_torch_is_asked_for_where_there_is_one_that_is_off() {
    for (torch, hint) in [(Some(false), Hint::TorchOn), (Some(true), Hint::TooDark), (None, Hint::TooDark)] {
        for picture in [with(DocumentSeen { brightness: 0.1, ..CARD }), dark()] {
            let mut guidance = front();
            guidance.torch(torch);
            play(&mut guidance, Timestamp(0), 10, &picture);
            assert_eq!(guidance.hint(), Some(hint), "{torch:?}");
        }
    }
}

#[test]
fn a_black_table_in_good_light_is_no_dark_room() {
    let mut guidance = front();
    play(&mut guidance, Timestamp(0), 10, &Observation { brightness: 0.08, contrast: 0.4, ..TABLE_TOP });
    assert_eq!(guidance.hint(), Some(Hint::ShowDocument));
}

#[test]
fn left_is_right_in_a_mirrored_picture() {
    let table = [
        (card(|it| it.cut = [0.3, 0.0, 0.0, 0.0]), Hint::MoveLeft),
        (card(|it| it.cut = [0.0, 0.3, 0.0, 0.0]), Hint::MoveDown),
        (card(|it| it.turn = 90.0), Hint::TurnClockwise),
        (with(tilted(40.0, 0.0, 0.15)), Hint::RightCloser),
        (with(tilted(40.0, 0.15, 0.0)), Hint::TopCloser),
    ];
    for (observation, hint) in table {
        let mut guidance = Guidance::new(Subject::Document(wanted(Side::Front, DocumentKind::GermanIdCard)), true);
        play(&mut guidance, Timestamp(0), 10, &observation);
        assert_eq!(guidance.hint(), Some(hint));
    }
}

#[test]
fn a_highlight_of_the_foil_that_hides_nothing_is_no_trouble() {
    let mut guidance = front();
    for tenth in 1..=100_u64 {
        let glare = if tenth % 7 < 4 { 0.3 } else { 0.05 };
        guidance.observed(Timestamp(tenth * 100), &with(DocumentSeen { glare, hidden: 0.0, ..CARD }));
        assert!(matches!(guidance.hint(), None | Some(Hint::KeepStill)), "{:?}", guidance.hint());
    }
    assert_eq!(guidance.hint(), Some(Hint::KeepStill));
}

#[test]
fn a_small_camera_is_not_asked_for_more_than_it_has() {
    let mut guidance = front();
    play(&mut guidance, Timestamp(0), 10, &with(DocumentSeen { dpi: Some(150.0), fill: 0.9, ..CARD }));
    assert_eq!(guidance.hint(), Some(Hint::KeepStill));
}

#[test]
fn the_most_useful_instruction_comes_first() {
    let worst = DocumentSeen {
        class: DocumentClass::IdBack,
        brightness: 0.1,
        motion: Some(1.5),
        cut: [0.2, 0.0, 0.0, 0.0],
        turn: 90.0,
        tilt: 50.0,
        covered: 0.2,
        sharpness: 0.1,
        hidden: 0.2,
        shadow: 0.7,
        ..CARD
    };
    // What is shown, and how it is obeyed.
    let obeyed: [(Hint, Change); 9] = [
        (Hint::TooDark, |it| it.brightness = 0.5),
        (Hint::TurnToFront, |it| it.class = DocumentClass::IdFront),
        (Hint::MoveSlower, |it| it.motion = Some(0.05)),
        (Hint::MoveRight, |it| it.cut = [0.0; 4]),
        (Hint::TurnCounterclockwise, |it| it.turn = 2.0),
        (Hint::HoldFlat, |it| it.tilt = 5.0),
        (Hint::FingersOff, |it| it.covered = 0.0),
        (Hint::WaitForFocus, |it| it.sharpness = 0.7),
        (Hint::Glare, |it| it.hidden = 0.0),
    ];
    let (mut guidance, mut seen, mut now) = (front(), worst, Timestamp(0));
    for (hint, obey) in obeyed {
        now = play(&mut guidance, now, 15, &with(seen));
        assert_eq!(guidance.hint(), Some(hint));
        obey(&mut seen);
    }
    now = play(&mut guidance, now, 15, &with(seen));
    assert_eq!(guidance.hint(), Some(Hint::Shadow));
    play(&mut guidance, now, 15, &with(CARD));
    assert_eq!(guidance.hint(), Some(Hint::KeepStill));
}

#[test]
fn without_an_engine_that_tells_documents_the_whole_frame_counts() {
    let table = [
        (Observation { contrast: 0.02, brightness: 0.2, ..TABLE_TOP }, Hint::Uncover),
        (Observation { brightness: 0.1, ..TABLE_TOP }, Hint::TooDark),
        (Observation { brightness: 0.95, ..TABLE_TOP }, Hint::TooBright),
        (Observation { motion: Some(0.3), ..TABLE_TOP }, Hint::HoldStill),
        (Observation { glare: 0.1, ..TABLE_TOP }, Hint::Glare),
        (Observation { sharpness: 0.05, ..TABLE_TOP }, Hint::OutOfFocus),
        (Observation { contrast: 0.08, ..TABLE_TOP }, Hint::LowContrast),
        (TABLE_TOP, Hint::Good),
    ];
    for (observation, expected) in table {
        for mut guidance in [sheet(), face()] {
            play(&mut guidance, Timestamp(0), 10, &observation);
            let spared = guidance.subject == Subject::Face && expected == Hint::Glare;
            assert_eq!(guidance.hint(), Some(if spared { Hint::Good } else { expected }));
        }
    }
}

#[test]
fn the_first_document_shows_that_the_engine_tells_them() {
    let mut guidance = sheet();
    let now = play(&mut guidance, Timestamp(0), 10, &TABLE_TOP);
    assert_eq!(guidance.hint(), Some(Hint::Good));
    let now = play(&mut guidance, now, 15, &with(CARD));
    assert_eq!(guidance.hint(), Some(Hint::KeepStill));
    play(&mut guidance, now, 15, &TABLE_TOP);
    assert_eq!(guidance.hint(), Some(Hint::ShowDocument));
}

#[test]
fn a_document_beside_a_face_is_none_of_our_business() {
    let mut guidance = face();
    play(&mut guidance, Timestamp(0), 10, &with(DocumentSeen { cut: [0.5; 4], ..CARD }));
    assert_eq!(guidance.hint(), Some(Hint::Good));
}
