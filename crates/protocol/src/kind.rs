//! Kinds of documents: which sides are needed, what they look like, where their machine-readable zone stands and what it begins with. The
//! one table that page, server and reader share. In: a kind. Out: facts. Does not know: pictures, zones that were read.

use serde::{Deserialize, Serialize};

use crate::flow::{DocumentKind, Side};

/// What kind of flat thing is in view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DocumentClass {
    /// The side of an identity card with the portrait.
    IdFront,
    /// The other side of it.
    IdBack,
    /// The data page of a passport.
    PassportPage,
    /// Another card.
    OtherCard,
    /// A sheet.
    Paper,
}

impl DocumentClass {
    /// From its name in JavaScript.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "idFront" => Self::IdFront,
            "idBack" => Self::IdBack,
            "passportPage" => Self::PassportPage,
            "otherCard" => Self::OtherCard,
            "paper" => Self::Paper,
            _ => return None,
        })
    }
}

/// How a machine-readable zone is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ZoneFormat {
    /// Three lines of 30: cards of format ID-1 (ICAO Doc 9303-5).
    Td1,
    /// Two lines of 36: larger cards (Doc 9303-6), among them the laminated German identity card.
    Td2,
    /// Two lines of 44: passports (Doc 9303-4).
    Td3,
    /// Two lines of 44: visas of format A (Doc 9303-7).
    MrvA,
    /// Two lines of 36: visas of format B (Doc 9303-7).
    MrvB,
    /// Two lines of 36: the French identity card of 1988, which is no format of Doc 9303.
    FrenchIdentityCard,
}

impl ZoneFormat {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Td1, Self::Td2, Self::Td3, Self::MrvA, Self::MrvB, Self::FrenchIdentityCard];

    /// How many lines of how many signs.
    pub const fn size(self) -> (usize, usize) {
        match self {
            Self::Td1 => (3, 30),
            Self::Td2 | Self::MrvB | Self::FrenchIdentityCard => (2, 36),
            Self::Td3 | Self::MrvA => (2, 44),
        }
    }

    /// From its name in JavaScript.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Its name, as it stands in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Td1 => "td1",
            Self::Td2 => "td2",
            Self::Td3 => "td3",
            Self::MrvA => "mrvA",
            Self::MrvB => "mrvB",
            Self::FrenchIdentityCard => "frenchIdentityCard",
        }
    }
}

/// A zone that documents of a kind have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZonePlace {
    /// Its format.
    pub format: ZoneFormat,
    /// On which side it stands.
    pub side: Side,
}

/// Everything that the system knows of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindFacts {
    /// Whether the system can evaluate it at all.
    pub supported: bool,
    /// Whether the back is photographed too.
    pub needs_back: bool,
    /// Whether the person says which category it is of (`PermitCategory`): that stands on the document's face, not in its zone.
    pub has_category: bool,
    /// What the engine may take its front for; a passport's data page is its front.
    pub front: &'static [DocumentClass],
    /// What the engine may take its back for.
    pub back: &'static [DocumentClass],
    /// Zones, of which it has one; empty: it has none that the system reads.
    pub zones: &'static [ZonePlace],
    /// What its document code begins with (Doc 9303-5 to -7; `AC` is left to crews).
    pub codes: &'static [&'static str],
    /// Code of the state that issues it; `None`: any state.
    pub issuer: Option<&'static str>,
}

use DocumentClass::{IdBack, IdFront, OtherCard, PassportPage};

const TD1_BACK: &[ZonePlace] = &[ZonePlace { format: ZoneFormat::Td1, side: Side::Back }];

const CARD: KindFacts = KindFacts {
    supported: true,
    needs_back: true,
    has_category: false,
    front: &[IdFront],
    back: &[IdBack],
    zones: TD1_BACK,
    codes: &["ID"],
    issuer: None,
};

/// Residence permits are `AR` or `AF` by the older, `IR` by the newer form of the European Union.
const PERMIT: KindFacts = KindFacts { codes: &["AR", "AF", "A<", "IR"], ..CARD };

const GERMAN_ID_CARD: KindFacts = KindFacts { issuer: Some("D"), ..CARD };
const GERMAN_ID_CARD_LAMINATED: KindFacts = KindFacts {
    needs_back: false,
    zones: &[ZonePlace { format: ZoneFormat::Td2, side: Side::Front }],
    issuer: Some("D"),
    ..CARD
};
const GERMAN_RESIDENCE_PERMIT: KindFacts = KindFacts { issuer: Some("D"), ..PERMIT };
const SWISS_ID_CARD: KindFacts = KindFacts { issuer: Some("CHE"), ..CARD };
/// Cards for citizens of the European Union and for border crossers have other codes than those for citizens of other states.
const SWISS_PERMIT: KindFacts =
    KindFacts { has_category: true, codes: &["A", "IR", "I<"], issuer: Some("CHE"), ..CARD };
const PASSPORT: KindFacts = KindFacts {
    needs_back: false,
    front: &[PassportPage],
    back: &[PassportPage],
    zones: &[ZonePlace { format: ZoneFormat::Td3, side: Side::Front }],
    codes: &["P"],
    ..CARD
};
/// The designs of other states, and of licences, vary too much to tell them from any other card. The zones of states do not; which side has
/// it is seen when it is read.
const FOREIGN_ID_CARD: KindFacts = KindFacts {
    front: &[IdFront, OtherCard],
    back: &[IdBack, OtherCard],
    zones: &[
        ZonePlace { format: ZoneFormat::Td1, side: Side::Back },
        ZonePlace { format: ZoneFormat::Td2, side: Side::Front },
        ZonePlace { format: ZoneFormat::FrenchIdentityCard, side: Side::Front },
    ],
    codes: &["I", "A", "C"],
    ..CARD
};
const DRIVING_LICENCE: KindFacts =
    KindFacts { supported: false, needs_back: false, zones: &[], codes: &[], ..FOREIGN_ID_CARD };

/// Zones of supported kinds.
const ANY_ZONE: &[ZonePlace] = &[
    ZonePlace { format: ZoneFormat::Td1, side: Side::Back },
    ZonePlace { format: ZoneFormat::Td2, side: Side::Front },
    ZonePlace { format: ZoneFormat::Td3, side: Side::Front },
    ZonePlace { format: ZoneFormat::FrenchIdentityCard, side: Side::Front },
];

impl DocumentKind {
    /// What is known of it.
    pub const fn facts(self) -> &'static KindFacts {
        match self {
            Self::GermanIdCard => &GERMAN_ID_CARD,
            Self::GermanIdCardLaminated => &GERMAN_ID_CARD_LAMINATED,
            Self::Passport => &PASSPORT,
            Self::GermanResidencePermit => &GERMAN_RESIDENCE_PERMIT,
            Self::SwissIdCard => &SWISS_ID_CARD,
            Self::SwissPermit => &SWISS_PERMIT,
            Self::ForeignIdCard => &FOREIGN_ID_CARD,
            Self::DrivingLicence => &DRIVING_LICENCE,
        }
    }

    /// Whether the system can evaluate this kind at all.
    pub const fn supported(self) -> bool {
        self.facts().supported
    }

    /// Whether the back is photographed too.
    pub const fn needs_back(self) -> bool {
        self.facts().needs_back
    }

    /// Whether the person also says which category it is of.
    pub const fn has_category(self) -> bool {
        self.facts().has_category
    }
}

/// What a step wants to see: a side of the chosen kind, or of any supported kind where none is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    side: Side,
    /// What the engine may take it for.
    pub classes: &'static [DocumentClass],
    /// Zones that the document may have, on any side.
    zones: &'static [ZonePlace],
}

/// Where the zone of a document stands, seen from a side of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoneSide {
    /// On this one.
    This,
    /// On the other one.
    Other,
    /// On one of them.
    Either,
}

/// What is wrong with a document that is in view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objection {
    /// Its back is in view, its front is wanted.
    Back,
    /// Its front is in view, its back is wanted.
    Front,
    /// Not the data page of a passport.
    NoDataPage,
    /// Another kind of document.
    Another,
}

impl Wanted {
    /// A side of the chosen kind.
    pub const fn of(side: Side, kind: Option<DocumentKind>) -> Self {
        let classes: &[DocumentClass] = match (kind, side) {
            (Some(kind), Side::Front) => kind.facts().front,
            (Some(kind), Side::Back) => kind.facts().back,
            (None, Side::Front) => &[IdFront, PassportPage],
            (None, Side::Back) => &[IdBack],
        };
        let zones: &[ZonePlace] = match kind {
            Some(kind) => kind.facts().zones,
            None => ANY_ZONE,
        };
        Self { side, classes, zones }
    }

    /// The side itself.
    pub const fn side(self) -> Side {
        self.side
    }

    /// Where the document's zone stands; `None`: it has none that the system reads.
    pub fn zone(self) -> Option<ZoneSide> {
        self.zones.iter().fold(None, |known, place| {
            let seen = if place.side == self.side { ZoneSide::This } else { ZoneSide::Other };
            Some(if known.is_none_or(|known| known == seen) { seen } else { ZoneSide::Either })
        })
    }

    /// What is wrong if the document in view has a zone of this format; `None`: nothing.
    pub fn objection_to_zone(self, format: ZoneFormat) -> Option<Objection> {
        let mut places = self.zones.iter().filter(|place| place.format == format).peekable();
        let other_side = match self.side {
            Side::Front => Objection::Back,
            Side::Back => Objection::Front,
        };
        match (places.peek(), self.classes) {
            (Some(_), _) => (!places.any(|place| place.side == self.side)).then_some(other_side),
            (None, [PassportPage]) => Some(Objection::NoDataPage),
            (None, _) => Some(Objection::Another),
        }
    }

    /// What is wrong with this in view; `None`: it is what is wanted.
    pub fn objection(self, seen: DocumentClass) -> Option<Objection> {
        if self.classes.contains(&seen) {
            return None;
        }
        Some(match (self.classes, self.side, seen) {
            ([PassportPage], _, _) => Objection::NoDataPage,
            (_, Side::Front, IdBack) => Objection::Back,
            (_, Side::Back, IdFront) => Objection::Front,
            _ => Objection::Another,
        })
    }
}

#[cfg(test)]
mod tests {
    use DocumentClass::Paper;

    use super::*;

    #[test]
    fn every_kind_has_its_right_side() {
        const FINE: Option<Objection> = None;
        const BACK: Option<Objection> = Some(Objection::Back);
        const FRONT: Option<Objection> = Some(Objection::Front);
        const CLOSED: Option<Objection> = Some(Objection::NoDataPage);
        const OTHER: Option<Objection> = Some(Objection::Another);
        let classes = [IdFront, IdBack, PassportPage, OtherCard, Paper];
        let card = ([FINE, BACK, OTHER, OTHER, OTHER], [FRONT, FINE, OTHER, OTHER, OTHER]);
        let any_card = ([FINE, BACK, OTHER, FINE, OTHER], [FRONT, FINE, OTHER, FINE, OTHER]);
        let page = [CLOSED, CLOSED, FINE, CLOSED, CLOSED];
        let expected = |kind: Option<DocumentKind>| match kind {
            None => ([FINE, BACK, FINE, OTHER, OTHER], card.1),
            Some(DocumentKind::Passport) => (page, page),
            Some(DocumentKind::ForeignIdCard | DocumentKind::DrivingLicence) => any_card,
            Some(_) => card,
        };
        for kind in DocumentKind::ALL.into_iter().map(Some).chain([None]) {
            let (front, back) = expected(kind);
            for (side, expected) in [(Side::Front, front), (Side::Back, back)] {
                let wanted = Wanted::of(side, kind);
                assert_eq!(classes.map(|class| wanted.objection(class)), expected, "{kind:?} {side:?}");
            }
        }
    }

    #[test]
    fn a_zone_tells_which_side_and_which_document_is_in_view() {
        use DocumentKind::{DrivingLicence, ForeignIdCard, GermanIdCard, GermanIdCardLaminated, Passport};
        let formats = [ZoneFormat::Td1, ZoneFormat::Td2, ZoneFormat::Td3];
        let (this, other, either) = (Some(ZoneSide::This), Some(ZoneSide::Other), Some(ZoneSide::Either));
        for (kind, side, zone, [td1, td2, td3]) in [
            (Some(GermanIdCard), Side::Back, this, [None, Some(Objection::Another), Some(Objection::Another)]),
            (
                Some(GermanIdCard),
                Side::Front,
                other,
                [Some(Objection::Back), Some(Objection::Another), Some(Objection::Another)],
            ),
            (
                Some(GermanIdCardLaminated),
                Side::Front,
                this,
                [Some(Objection::Another), None, Some(Objection::Another)],
            ),
            (Some(Passport), Side::Front, this, [Some(Objection::NoDataPage), Some(Objection::NoDataPage), None]),
            (Some(ForeignIdCard), Side::Front, either, [Some(Objection::Back), None, Some(Objection::Another)]),
            (Some(ForeignIdCard), Side::Back, either, [None, Some(Objection::Front), Some(Objection::Another)]),
            (None, Side::Front, either, [Some(Objection::Back), None, None]),
            (None, Side::Back, either, [None, Some(Objection::Front), Some(Objection::Front)]),
        ] {
            let wanted = Wanted::of(side, kind);
            assert_eq!(wanted.zone(), zone, "{kind:?} {side:?}");
            assert_eq!(formats.map(|format| wanted.objection_to_zone(format)), [td1, td2, td3], "{kind:?} {side:?}");
        }
        assert_eq!(Wanted::of(Side::Front, Some(DrivingLicence)).zone(), None);
        let supported = DocumentKind::ALL.into_iter().filter(|kind| kind.supported());
        let mut zones = supported.flat_map(|kind| kind.facts().zones);
        assert!(zones.all(|place| ANY_ZONE.contains(place)));
    }

    #[test]
    fn facts_of_a_kind_agree_with_one_another() {
        for kind in DocumentKind::ALL {
            let facts = kind.facts();
            assert_eq!(facts.zones.is_empty(), facts.codes.is_empty(), "{kind:?}");
            assert!(!facts.supported || !facts.zones.is_empty(), "{kind:?}");
            assert!(!facts.needs_back || facts.zones.iter().any(|zone| zone.side == Side::Back), "{kind:?}");
            let shown = |side| side == Side::Front || facts.needs_back;
            assert!(!facts.supported || facts.zones.iter().all(|zone| shown(zone.side)), "{kind:?} cannot be read");
            assert!(facts.codes.iter().all(|code| (1..=2).contains(&code.len())), "{kind:?}");
        }
    }

    #[test]
    fn names_of_formats_are_those_of_json() {
        for format in ZoneFormat::ALL {
            assert_eq!(serde_json::to_string(&format).expect("a name"), format!("\"{}\"", format.name()));
        }
    }
}
