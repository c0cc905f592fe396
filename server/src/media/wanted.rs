//! Which side of which document a step wants, and what is wrong with another one that is shown instead.
//! In: the side, the chosen kind of document, what the network takes the thing in the picture for. Out: a code, or none.
//! Does not know: pictures, how sure the network is; what kinds look like is in `lichtbild_protocol::kind`.

use lichtbild_protocol::{
    ErrorCode,
    flow::{DocumentKind, Side},
    kind::{self, DocumentClass, Objection},
};
use lichtbild_vision::document;

/// What a step wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted(kind::Wanted);

impl Wanted {
    /// A side of the chosen kind; of any supported kind where none is known.
    pub const fn of(side: Side, kind: Option<DocumentKind>) -> Self {
        Self(kind::Wanted::of(side, kind))
    }

    /// What is wrong with this; `None`: it is what is wanted.
    pub fn objection(self, seen: document::DocumentClass) -> Option<ErrorCode> {
        // Nothing is as wrong as a sheet.
        self.0.objection(seen.seen().unwrap_or(DocumentClass::Paper)).map(|objection| match objection {
            Objection::NoDataPage => ErrorCode::MediaNoDataPage,
            Objection::Back => ErrorCode::MediaShowsBack,
            Objection::Front => ErrorCode::MediaShowsFront,
            Objection::Another => ErrorCode::MediaOtherThing,
        })
    }
}

#[cfg(test)]
mod tests {
    use document::DocumentClass::{IdBack, IdFront, None as Nothing, OtherCard, Paper, PassportPage};

    use super::*;

    #[test]
    fn what_is_wrong_has_its_code() {
        let card = Some(DocumentKind::GermanIdCard);
        let other = Some(ErrorCode::MediaOtherThing);
        for (side, kind, seen, expected) in [
            (Side::Front, card, IdFront, None),
            (Side::Front, card, IdBack, Some(ErrorCode::MediaShowsBack)),
            (Side::Back, card, IdFront, Some(ErrorCode::MediaShowsFront)),
            (Side::Front, Some(DocumentKind::Passport), IdFront, Some(ErrorCode::MediaNoDataPage)),
            (Side::Front, None, PassportPage, None),
            (Side::Front, card, OtherCard, other),
            (Side::Back, card, Paper, other),
            (Side::Back, card, Nothing, other),
            (Side::Front, Some(DocumentKind::Passport), Nothing, Some(ErrorCode::MediaNoDataPage)),
        ] {
            assert_eq!(Wanted::of(side, kind).objection(seen), expected, "{side:?} {kind:?} {seen:?}");
        }
    }
}
