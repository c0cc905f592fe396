//! What is said of the machine-readable zone: not found, covered, on the wrong side.

use lichtbild_protocol::Sensitive;

use super::*;
use crate::{
    flow::looks::{CARD, with},
    observation::{DocumentClass, DocumentSeen, ZoneFormat, ZoneFound, ZoneRead, ZoneSeen},
};

const ATTEMPTS: Millis = Millis(400);
const BACK: DocumentSeen = DocumentSeen { class: DocumentClass::IdBack, ..CARD };

fn read(format: ZoneFormat) -> ZoneFound {
    ZoneFound::Read(ZoneRead { format, lines: Sensitive::new(Vec::new()), confidence: 0.9 })
}

fn guidance(side: Side, kind: DocumentKind) -> Guidance {
    let mut guidance = Guidance::new(Subject::Document(wanted(side, kind)), false);
    guidance.expect_documents(true);
    guidance
}

/// Shows a document ten times a second, with what attempts find on it; the hints one after the other, with how long after the begin each
/// came, and the time afterwards.
fn show(
    guidance: &mut Guidance,
    from: Timestamp,
    tenths: u64,
    document: DocumentSeen,
    found: &ZoneFound,
) -> (Vec<(Hint, Millis)>, Timestamp) {
    let mut hints: Vec<(Hint, Millis)> = Vec::new();
    for tenth in 0..tenths {
        let passed = Millis(tenth * 100);
        let attempted = passed.0.is_multiple_of(ATTEMPTS.0);
        let zone = attempted.then(|| ZoneSeen { found: found.clone(), millis: 40.0 });
        guidance.observed(from + passed, &Observation { zone, ..with(document) });
        if let Some(hint) = guidance.hint()
            && hints.last().is_none_or(|&(last, _)| last != hint)
        {
            hints.push((hint, passed));
        }
    }
    (hints, from + Millis(tenths * 100))
}

fn last(hints: &[(Hint, Millis)]) -> Option<Hint> {
    hints.last().map(|&(hint, _)| hint)
}

#[test]
fn a_zone_that_is_not_found_on_a_document_seen_well_is_asked_for_after_a_second_and_a_half() {
    let mut back = guidance(Side::Back, DocumentKind::GermanIdCard);
    let (hints, now) = show(&mut back, Timestamp(0), 40, BACK, &ZoneFound::Missing);
    let [(Hint::KeepStill, _), (Hint::ShowZone, after)] = hints[..] else { panic!("{hints:?}") };
    assert!((Millis(1_500)..=Millis(2_000)).contains(&after), "{after:?}");
    let (hints, _) = show(&mut back, now, 20, BACK, &read(ZoneFormat::Td1));
    assert_eq!(last(&hints), Some(Hint::KeepStill));
}

#[test]
fn nothing_is_missed_where_none_is_wanted_or_lines_are_there() {
    for (side, document, found) in [
        (Side::Front, CARD, ZoneFound::Missing),
        (Side::Front, CARD, ZoneFound::Cut),
        (Side::Back, BACK, ZoneFound::Unreadable),
        (Side::Back, BACK, read(ZoneFormat::Td1)),
    ] {
        let (hints, _) = show(&mut guidance(side, DocumentKind::GermanIdCard), Timestamp(0), 60, document, &found);
        assert_eq!(hints.iter().map(|(hint, _)| *hint).collect::<Vec<_>>(), [Hint::KeepStill], "{side:?} {found:?}");
    }
}

#[test]
fn what_has_been_read_is_not_missed_again_while_the_document_stays() {
    let mut back = guidance(Side::Back, DocumentKind::GermanIdCard);
    let (_, now) = show(&mut back, Timestamp(0), 10, BACK, &read(ZoneFormat::Td1));
    let (hints, _) = show(&mut back, now, 40, BACK, &ZoneFound::Missing);
    assert_eq!(last(&hints), Some(Hint::KeepStill));
}

#[test]
fn a_document_that_is_seen_badly_in_between_is_given_time_anew() {
    let mut back = guidance(Side::Back, DocumentKind::GermanIdCard);
    let (_, mut now) = show(&mut back, Timestamp(0), 10, BACK, &ZoneFound::Missing);
    for _ in 0..20 {
        back.observed(now, &with(DocumentSeen { motion: Some(1.5), ..BACK }));
        now = now + Millis(100);
    }
    let (hints, _) = show(&mut back, now, 14, BACK, &ZoneFound::Missing);
    assert_ne!(last(&hints), Some(Hint::ShowZone));
}

#[test]
fn a_covered_zone_is_told_after_two_attempts() {
    let mut back = guidance(Side::Back, DocumentKind::GermanIdCard);
    let (hints, now) = show(&mut back, Timestamp(0), 25, BACK, &ZoneFound::Cut);
    assert_eq!(last(&hints), Some(Hint::ZoneCovered));
    let (hints, _) = show(&mut back, now, 20, BACK, &ZoneFound::Unreadable);
    assert_eq!(last(&hints), Some(Hint::KeepStill));
}

#[test]
fn the_zone_tells_the_wrong_side_and_the_wrong_document_whatever_they_look_like() {
    let page = DocumentSeen { class: DocumentClass::PassportPage, ..CARD };
    for (side, kind, document, format, hint) in [
        (Side::Front, DocumentKind::GermanIdCard, CARD, ZoneFormat::Td1, Hint::TurnToFront),
        (Side::Front, DocumentKind::GermanIdCardLaminated, CARD, ZoneFormat::Td2, Hint::KeepStill),
        (Side::Back, DocumentKind::GermanIdCard, BACK, ZoneFormat::Td3, Hint::OtherDocument),
        (Side::Front, DocumentKind::Passport, page, ZoneFormat::Td1, Hint::ShowDataPage),
        (Side::Front, DocumentKind::Passport, page, ZoneFormat::Td3, Hint::KeepStill),
    ] {
        let (hints, _) = show(&mut guidance(side, kind), Timestamp(0), 30, document, &read(format));
        assert_eq!(last(&hints), Some(hint), "{kind:?} {side:?} {format:?}");
    }
}

#[test]
fn a_document_that_was_turned_over_is_not_objected_to_any_more() {
    let mut front = guidance(Side::Front, DocumentKind::GermanIdCard);
    let (hints, now) = show(&mut front, Timestamp(0), 20, CARD, &read(ZoneFormat::Td1));
    assert_eq!(last(&hints), Some(Hint::TurnToFront));
    let (hints, _) = show(&mut front, now, 20, CARD, &ZoneFound::Missing);
    assert_eq!(last(&hints), Some(Hint::KeepStill));
}
