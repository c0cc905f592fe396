//! What a sighting is worth: five questions about the document on a still. In: what the network saw, what is wanted. Out: an answer to
//! each, in the same order every time. Only what the network is sure of fails anybody. Does not know: pictures, recordings.

use lichtbild_protocol::{ErrorCode, case::CheckKind};
use lichtbild_vision::document::DocumentClass;

use super::{
    answer::{Answer, Asked},
    documents::Sighting,
    limits,
    wanted::Wanted,
};

/// What is asked about the document on a still, in this order.
pub const QUESTIONS: [CheckKind; 5] = [
    CheckKind::DocumentPresent,
    CheckKind::DocumentSide,
    CheckKind::DocumentWhole,
    CheckKind::DocumentCorners,
    CheckKind::DocumentResolution,
];

/// How sure it is that there is a document; what is surer stands before what is less so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// There is none.
    Absent,
    /// There may be one.
    Unclear,
    /// There is one, and where it lies is known.
    Told,
}

impl Sureness {
    /// Of a sighting.
    pub fn of(seen: &Sighting) -> Self {
        let agrees = seen.class != DocumentClass::None && seen.covered <= limits::MOST_COVERED;
        if seen.present < limits::PRESENT {
            Self::Absent
        } else if seen.present >= limits::TOLD && agrees {
            Self::Told
        } else {
            Self::Unclear
        }
    }
}

/// An answer to each of `QUESTIONS`.
pub fn judge(seen: &Sighting, wanted: Wanted) -> [Asked; QUESTIONS.len()] {
    let sureness = Sureness::of(seen);
    let present = Answer::at_least(seen.present, limits::PRESENT, ErrorCode::MediaNoDocument);
    if sureness == Sureness::Absent {
        let pointless = Err(ErrorCode::MediaNoDocument);
        return [Ok(present), pointless, pointless, pointless, pointless];
    }
    let doubt = (sureness == Sureness::Unclear).then_some(ErrorCode::MediaDocumentUnclear);
    let side = side(seen, wanted).unless(doubt);
    // How another thing lies there helps nobody.
    let sized = |answer: Answer| side.failure().map_or(Ok(answer.unless(doubt)), Err);
    let resolution = seen.dpi.map(|dpi| Answer::at_least(dpi, limits::DPI, ErrorCode::MediaDocumentSmall));
    [
        Ok(present.unless(doubt)),
        Ok(side),
        sized(Answer::at_most(seen.cut, limits::CUT, ErrorCode::MediaCutOff)),
        sized(Answer::at_most(seen.corners_hidden.into(), limits::CORNERS_HIDDEN, ErrorCode::MediaCutOff)),
        resolution.map_or(Err(side.failure().unwrap_or(ErrorCode::MediaDocumentUnclear)), sized),
    ]
}

/// Measured as the chance that another thing is shown than what is wanted.
fn side(seen: &Sighting, wanted: Wanted) -> Answer {
    match wanted.objection(seen.class) {
        None => Answer { held: Some((1.0 - seen.sure, limits::ANOTHER)), ..Answer::OK },
        Some(code) => {
            let unsure = seen.sure <= limits::ANOTHER;
            Answer::at_most(seen.sure, limits::ANOTHER, code).unless(unsure.then_some(ErrorCode::MediaDocumentUnclear))
        }
    }
}

#[cfg(test)]
mod tests {
    use lichtbild_protocol::flow::{DocumentKind, Side};
    use lichtbild_vision::document::Readable;

    use super::*;
    use crate::media::answer::Finding;

    const READABLE: Readable =
        Readable { sharpness: 0.4, brightness: 0.6, contrast: 0.5, glare: 0.0, hidden: 0.0, shadow: 0.1 };

    /// A good front of a card.
    const FRONT: Sighting = Sighting {
        present: 0.99,
        class: DocumentClass::IdFront,
        sure: 0.98,
        covered: 0.02,
        cut: 0.0,
        corners_hidden: 0,
        dpi: Some(250.0),
        readable: Some(READABLE),
    };

    /// A letter for each answer: good, failed, unsure, pointless; then the codes of what failed.
    fn told(seen: Sighting, side: Side, kind: DocumentKind) -> String {
        let answers = judge(&seen, Wanted::of(side, Some(kind)));
        let letters = answers.iter().map(|asked| match asked {
            Ok(Answer { finding: Finding::Good, .. }) => 'g',
            Ok(Answer { finding: Finding::Bad(_), .. }) => 'f',
            Ok(Answer { finding: Finding::Unsure(_), .. }) => 'u',
            Err(_) => '-',
        });
        let codes = answers.iter().filter_map(|asked| asked.ok()?.failure());
        let letters: String = letters.collect();
        codes.fold(letters, |told, code| format!("{told} {code}"))
    }

    #[test]
    fn each_fault_has_its_reason() {
        let class = |class| Sighting { class, ..FRONT };
        let table = [
            (FRONT, "ggggg"),
            (Sighting { present: 0.001, ..FRONT }, "f---- media.no_document"),
            (Sighting { present: 0.0, class: DocumentClass::None, readable: None, ..FRONT }, "f---- media.no_document"),
            (Sighting { cut: 0.3, ..FRONT }, "ggfgg media.cut_off"),
            (Sighting { corners_hidden: 2, ..FRONT }, "ggggg"),
            (Sighting { corners_hidden: 3, ..FRONT }, "gggfg media.cut_off"),
            (Sighting { dpi: Some(90.0), ..FRONT }, "ggggf media.document_small"),
            (class(DocumentClass::IdBack), "gf--- media.shows_back"),
            (class(DocumentClass::PassportPage), "gf--- media.other_thing"),
            (class(DocumentClass::OtherCard), "gf--- media.other_thing"),
            (Sighting { class: DocumentClass::Paper, dpi: None, ..FRONT }, "gf--- media.other_thing"),
        ];
        for (seen, expected) in table {
            assert_eq!(told(seen, Side::Front, DocumentKind::GermanIdCard), expected, "{seen:?}");
        }
        assert_eq!(told(FRONT, Side::Back, DocumentKind::GermanIdCard), "gf--- media.shows_front");
        assert_eq!(told(FRONT, Side::Front, DocumentKind::Passport), "gf--- media.no_data_page");
    }

    #[test]
    fn only_what_the_network_is_sure_of_fails_and_what_it_measured_is_told_either_way() {
        let bad = Sighting { class: DocumentClass::IdBack, cut: 0.5, corners_hidden: 4, dpi: Some(40.0), ..FRONT };
        let table = [
            Sighting { present: 0.5, ..bad },
            Sighting { covered: 0.9, ..bad },
            Sighting { class: DocumentClass::None, ..bad },
        ];
        for seen in table {
            assert_eq!(told(seen, Side::Front, DocumentKind::GermanIdCard), "uuuuu", "{seen:?}");
            let answers = judge(&seen, Wanted::of(Side::Front, Some(DocumentKind::GermanIdCard)));
            assert!(answers.iter().all(|asked| asked.is_ok_and(|answer| answer.held.is_some())), "{answers:?}");
        }
        let class_unsure = Sighting { class: DocumentClass::IdBack, sure: 0.6, ..FRONT };
        assert_eq!(told(class_unsure, Side::Front, DocumentKind::GermanIdCard), "guggg");
    }
}
