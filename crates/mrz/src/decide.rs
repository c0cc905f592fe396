//! What a zone makes of a document: its kind, and what speaks against it. In: a zone, what the picture looks like, what the partner takes,
//! today. Out: a kind, codes. Does not know: how sure the reading is ([`crate::vote`]), faces, holograms.

use lichtbild_protocol::{ErrorCode, flow::DocumentKind, kind::DocumentClass};

use crate::{Date, Format, State, Zone, ZoneDate, name, sign::Sign};

/// Most years that French cards are good for.
const FRENCH_YEARS: u16 = 15;

/// What a partner takes.
#[derive(Clone, Copy, Debug)]
pub struct Accepted<'a> {
    /// Kinds of documents.
    pub kinds: &'a [DocumentKind],
    /// Kinds that are told apart: all that people are offered, whether they are taken or not.
    pub offered: &'a [DocumentKind],
    /// Codes of the states whose passports are taken; `None`: all that are by default ([`State::passports_by_default`]).
    pub passports: Option<&'a [&'a str]>,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What it is; `None` for what no kind describes.
    pub kind: Option<DocumentKind>,
    /// What speaks against it, the weightiest first: `document.not_supported`, `document.not_accepted`, `document.expired`.
    pub objections: Vec<ErrorCode>,
}

/// Decides about a zone that was read and, if something was seen of its document, what that looks like.
pub fn decide(zone: &Zone, seen: Option<DocumentClass>, accepted: &Accepted, today: Date) -> Decision {
    let kind = kind(zone, seen, accepted.offered);
    let refused = match kind {
        Some(kind) if kind.supported() => (!accepted.takes(kind, zone)).then_some(ErrorCode::DocumentNotAccepted),
        _ => Some(ErrorCode::DocumentNotSupported),
    };
    let expired = is_expired(zone, today).then_some(ErrorCode::DocumentExpired);
    Decision { kind, objections: refused.into_iter().chain(expired).collect() }
}

/// The kind of a zone's document among those that are offered: by format, issuing state and document code. A kind of one state goes before
/// the same of any state. If something was seen of the document that cannot be of that kind, it is none.
pub fn kind(zone: &Zone, seen: Option<DocumentClass>, offered: &[DocumentKind]) -> Option<DocumentKind> {
    let code = &zone.lines()[0][..2];
    let fits = |kind: &DocumentKind| {
        let facts = kind.facts();
        facts.zones.iter().any(|place| place.format == zone.format())
            && facts.codes.iter().any(|begin| code.starts_with(begin))
            && code != "AC"
            && facts.issuer.is_none_or(|issuer| issuer == zone.issuing_state())
            && seen.is_none_or(|seen| facts.front.contains(&seen) || facts.back.contains(&seen))
    };
    let of_one_state = |kind: &DocumentKind| kind.facts().issuer.is_some();
    let kinds = || offered.iter().copied().filter(fits);
    kinds().find(of_one_state).or_else(|| kinds().next())
}

/// Whether its last day has passed. French cards name the month of issue only (the number's first four digits), from which no last day
/// follows (ten years; fifteen for those of adults from 2004 on): they have surely expired after fifteen years.
pub fn is_expired(zone: &Zone, today: Date) -> bool {
    let last = match zone.format() {
        Format::FrenchIdentityCard => issued(zone)
            .and_then(|date| date.birth(today))
            .map(|issued| Date { year: issued.year + FRENCH_YEARS, ..issued }),
        _ => zone.expiry_date().and_then(|date| date.expiry(today)),
    };
    last.is_some_and(|last| last.is_before(today))
}

fn issued(french: &Zone) -> Option<ZoneDate> {
    ZoneDate::read(&format!("{}<<", french.document_number().get(..4)?))
}

/// What one side of a document tells, by a zone or in print; what it does not tell is `None`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Number of the document.
    pub number: Option<String>,
    /// Surname.
    pub surname: Option<String>,
    /// Given names.
    pub given_names: Option<String>,
    /// Date of birth.
    pub birth: Option<Date>,
}

impl Told {
    /// What a zone tells.
    pub fn by(zone: &Zone, today: Date) -> Self {
        Self {
            number: Some(zone.document_number()),
            surname: Some(zone.surname()),
            given_names: Some(zone.given_names()).filter(|names| !names.is_empty()),
            birth: zone.birth_date().and_then(|date| date.birth(today)),
        }
    }
}

/// `document.foreign_back` if what one side tells and the zone of the other side are not of one document: number, names and date of birth,
/// where both have them.
pub fn belong_together(told: &Told, zone: &Zone, today: Date) -> Result<(), ErrorCode> {
    let number = told.number.as_ref().is_none_or(|told| number(told) == zone.document_number());
    let surname = told.surname.as_ref().is_none_or(|surname| name::same_surname(surname, zone));
    let given = told.given_names.as_ref().is_none_or(|names| name::same_given_names(names, zone));
    let read = zone.birth_date().and_then(|date| date.birth(today));
    let birth = told.birth.zip(read).is_none_or(|(told, read)| told.agrees(read));
    if number && surname && given && birth { Ok(()) } else { Err(ErrorCode::DocumentForeignBack) }
}

/// A document's number without what people write between its signs.
pub fn number(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase()
}

/// Signs in which two readings of the same may differ: those that no check digit watches, as names have them.
const SLIPS: usize = 2;

/// Whether two readings are of one and the same zone: what check digits tell apart is the same, and of the rest nothing but a slip of a
/// reader differs.
pub fn same_zone(a: &Zone, b: &Zone) -> bool {
    a.format() == b.format()
        && is_slip_in_number(&a.document_number(), &b.document_number())
        && (a.birth_date(), a.expiry_date()) == (b.birth_date(), b.expiry_date())
        && is_slip(&a.lines().concat(), &b.lines().concat())
}

/// As [`belong_together`], of two zones; a slip of a reader in a name or number makes no other document.
pub fn of_one_document(a: &Zone, b: &Zone, today: Date) -> Result<(), ErrorCode> {
    let names = |zone: &Zone| format!("{}<<{}", zone.surname(), zone.given_names());
    let mut told = Told::by(a, today);
    if is_slip(&names(a), &names(b)) {
        (told.surname, told.given_names) = (None, None);
    }
    if is_slip_in_number(&a.document_number(), &b.document_number()) {
        told.number = None;
    }
    belong_together(&told, b, today)
}

/// Whether a number as somebody writes it is what was read, but for signs that no check digit tells apart: `6` and `G`, `8` and `S`.
pub fn is_slip_in_number(written: &str, read: &str) -> bool {
    let (written, read) = (number(written), number(read));
    let counts = |byte: u8| Sign::of(byte).map(|sign| sign.value() % 10);
    is_slip(&written, &read) && written.bytes().map(counts).eq(read.bytes().map(counts))
}

/// Whether a name as somebody writes it is what was read, but for a slip of the reader; of several names that were read, as many count as
/// are written.
pub fn is_slip_in_name(written: &str, read: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        name::transliterate(name).split('<').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (written, read) = (words(written), words(read));
    is_slip(&written.concat(), &read[..written.len().min(read.len())].concat())
}

fn is_slip(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count() <= SLIPS
}

impl Accepted<'_> {
    fn takes(&self, kind: DocumentKind, zone: &Zone) -> bool {
        let state = zone.issuing_state();
        let by_state = || match self.passports {
            Some(states) => states.contains(&state),
            None => State::of(state).is_some_and(State::passports_by_default),
        };
        self.kinds.contains(&kind) && (kind != DocumentKind::Passport || by_state())
    }
}

#[cfg(test)]
mod tests {
    use DocumentClass::{IdBack, IdFront, OtherCard, Paper, PassportPage};
    use DocumentKind as Kind;

    use super::*;
    use crate::{
        check_digit, parse,
        write::{Entry, mrv_a, td1, td2, td3},
    };

    const TODAY: Date = Date::new(2026, 11, 25);

    fn zone(layout: fn(&Entry) -> Vec<String>, kind: &str, issuer: &str, expiry: &str) -> Zone {
        let entry = Entry {
            kind,
            issuer,
            surname: "Müller",
            given: "Eva",
            number: "D23145890",
            nationality: issuer,
            birth: "740812",
            sex: 'F',
            expiry,
            optional: "",
            more: "",
        };
        let lines = layout(&entry);
        parse(&lines.iter().map(String::as_str).collect::<Vec<_>>()).expect("a zone")
    }

    #[test]
    fn every_kind_is_told_by_its_zone() {
        let french = ["IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6"];
        for (zone, expected) in [
            (zone(td1, "ID", "D", "300101"), Some(Kind::GermanIdCard)),
            (zone(td2, "ID", "D", "300101"), Some(Kind::GermanIdCardLaminated)),
            (zone(td1, "AR", "D", "300101"), Some(Kind::GermanResidencePermit)),
            (zone(td1, "IR", "D", "300101"), Some(Kind::GermanResidencePermit)),
            (zone(td3, "P", "D", "300101"), Some(Kind::Passport)),
            (zone(td3, "PM", "CHE", "300101"), Some(Kind::Passport)),
            (zone(td1, "ID", "CHE", "300101"), Some(Kind::SwissIdCard)),
            (zone(td1, "AR", "CHE", "300101"), Some(Kind::SwissPermit)),
            (zone(td1, "IR", "CHE", "300101"), Some(Kind::SwissPermit)),
            (zone(td1, "ID", "AUT", "300101"), Some(Kind::ForeignIdCard)),
            (zone(td1, "AR", "AUT", "300101"), Some(Kind::ForeignIdCard)),
            (zone(td2, "ID", "ROU", "300101"), Some(Kind::ForeignIdCard)),
            (parse(&french).expect("a French card"), Some(Kind::ForeignIdCard)),
            (zone(td1, "AC", "D", "300101"), None),
            (zone(mrv_a, "V", "D", "300101"), None),
        ] {
            assert_eq!(kind(&zone, None, &Kind::ALL), expected, "{} {}", zone.document_code(), zone.issuing_state());
        }
    }

    #[test]
    fn a_kind_of_one_state_that_is_not_offered_is_one_of_any_state() {
        let offered = [Kind::GermanIdCard, Kind::ForeignIdCard];
        for (code, issuer, expected) in [
            ("ID", "CHE", Some(Kind::ForeignIdCard)),
            ("IR", "CHE", Some(Kind::ForeignIdCard)),
            ("ID", "D", Some(Kind::GermanIdCard)),
        ] {
            assert_eq!(kind(&zone(td1, code, issuer, "300101"), None, &offered), expected, "{code} {issuer}");
        }
        assert_eq!(kind(&zone(td1, "ID", "CHE", "300101"), None, &offered[..1]), None);
    }

    #[test]
    fn french_cards_expire_when_none_of_them_can_be_good_any_more() {
        let expired = |issued: &str| {
            let number = format!("{issued}92310285");
            let first = "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<";
            let second = format!("{number}{}CORINNE<<<<<<<6512068F", check_digit(&number));
            let second = format!("{second}{}", check_digit(&format!("{first}{second}")));
            let zone = parse(&[first, &second]).expect("a French card");
            assert!(zone.valid(), "{second}");
            is_expired(&zone, TODAY)
        };
        for (issued, is) in [("8806", true), ("1110", true), ("1111", false), ("2001", false), ("2611", false)] {
            assert_eq!(expired(issued), is, "{issued}");
        }
    }

    #[test]
    fn what_was_seen_must_be_able_to_be_of_that_kind() {
        let card = zone(td1, "ID", "D", "300101");
        for (seen, expected) in [
            (IdBack, Some(Kind::GermanIdCard)),
            (IdFront, Some(Kind::GermanIdCard)),
            (OtherCard, Some(Kind::ForeignIdCard)),
            (PassportPage, None),
            (Paper, None),
        ] {
            let accepted = Accepted { kinds: &Kind::ALL, offered: &Kind::ALL, passports: None };
            assert_eq!(decide(&card, Some(seen), &accepted, TODAY).kind, expected, "{seen:?}");
        }
    }

    #[test]
    fn refusals_have_their_own_codes() {
        use ErrorCode::{DocumentExpired, DocumentNotAccepted, DocumentNotSupported};
        let some = [Kind::Passport, Kind::GermanIdCard];
        let objections = |zone: &Zone, passports: Option<&[&str]>| {
            decide(zone, None, &Accepted { kinds: &some, offered: &Kind::ALL, passports }, TODAY).objections
        };
        for (zone, passports, expected) in [
            (zone(td1, "ID", "D", "261125"), None, &[][..]),
            (zone(td1, "ID", "D", "261124"), None, &[DocumentExpired]),
            (zone(td1, "ID", "CHE", "300101"), None, &[DocumentNotAccepted]),
            (zone(td1, "ID", "CHE", "200101"), None, &[DocumentNotAccepted, DocumentExpired]),
            (zone(td1, "ID", "AUT", "300101"), None, &[DocumentNotAccepted]),
            (zone(td1, "AC", "AUT", "300101"), None, &[DocumentNotSupported]),
            (zone(mrv_a, "V", "D", "300101"), None, &[DocumentNotSupported]),
            (zone(td3, "P", "PRK", "300101"), None, &[]),
            (zone(td3, "P", "UTO", "300101"), None, &[DocumentNotAccepted]),
            (zone(td3, "P", "UNO", "300101"), None, &[DocumentNotAccepted]),
            (zone(td3, "P", "UNO", "300101"), Some(&["UNO"][..]), &[]),
            (zone(td3, "P", "D", "300101"), Some(&["CHE"][..]), &[DocumentNotAccepted]),
        ] {
            assert_eq!(objections(&zone, passports), expected, "{} {}", zone.document_code(), zone.issuing_state());
        }
    }

    #[test]
    fn the_back_of_another_document_is_noticed() {
        let back = zone(td1, "ID", "D", "300101");
        let told = Told::by(&back, TODAY);
        let text = |text: &str| Some(text.to_owned());
        let together = |told: &Told| belong_together(told, &back, TODAY).is_ok();
        assert!(together(&told) && together(&Told::default()));
        assert!(together(&Told { number: text("d23 145 890"), surname: text("Müller"), ..Told::default() }));
        for other in [
            Told { number: text("D23145891"), ..told.clone() },
            Told { surname: text("Möller"), ..told.clone() },
            Told { given_names: text("Ева-Мария"), ..told.clone() },
            Told { birth: Some(Date::new(1974, 8, 13)), ..told.clone() },
        ] {
            assert_eq!(belong_together(&other, &back, TODAY), Err(ErrorCode::DocumentForeignBack));
        }
    }

    #[test]
    fn a_slip_is_told_from_another_name_or_number() {
        for (written, read, slip) in [
            ("Müller", "Mueller", true),
            ("Müller", "Mueiler", true),
            ("Erika", "Erilka", false),
            ("Erika", "Erlka Anna", true),
            ("Schmidt", "Mueller", false),
        ] {
            assert_eq!(is_slip_in_name(written, read), slip, "{written} {read}");
        }
        for (written, read, slip) in [
            ("l01 x00 t47", "L01X00T47", true),
            ("L01X00T46", "L01X00T4G", true),
            ("L01X00T47", "L01X00T48", false),
            ("L01X00T4", "L01X00T47", false),
        ] {
            assert_eq!(is_slip_in_number(written, read), slip, "{written} {read}");
        }
    }

    #[test]
    fn a_slip_in_a_name_makes_no_other_document_and_another_number_does() {
        let one = zone(td1, "ID", "D", "300101");
        let lines = |change: fn(&Entry<'static>) -> Entry<'static>| {
            let entry = Entry {
                kind: "ID",
                issuer: "D",
                surname: "Müller",
                given: "Eva",
                number: "D23145890",
                nationality: "D",
                birth: "740812",
                sex: 'F',
                expiry: "300101",
                optional: "",
                more: "",
            };
            let lines = td1(&change(&entry));
            parse(&lines.iter().map(String::as_str).collect::<Vec<_>>()).expect("a zone")
        };
        let slip = lines(|it| Entry { surname: "Muelier", ..it.clone() });
        assert!(same_zone(&one, &slip) && of_one_document(&one, &slip, TODAY).is_ok());
        // Signs of equal value in check digits: `0` is `A`, `8` is `S`.
        let sign = lines(|it| Entry { number: "D23145S9A", ..it.clone() });
        assert!(sign.valid() && same_zone(&one, &sign) && of_one_document(&one, &sign, TODAY).is_ok());
        // Renewed: another reading, and by what both sides of a document tell nothing else.
        let renewed = lines(|it| Entry { expiry: "350101", ..it.clone() });
        assert!(!same_zone(&one, &renewed) && of_one_document(&one, &renewed, TODAY).is_ok());
        for other in [
            lines(|it| Entry { number: "D23145891", ..it.clone() }),
            lines(|it| Entry { birth: "740813", ..it.clone() }),
            lines(|it| Entry { surname: "Schmidt", ..it.clone() }),
            lines(|it| Entry { given: "Brigitte", ..it.clone() }),
            zone(td3, "P", "CHE", "350101"),
        ] {
            assert!(!same_zone(&one, &other), "{:?}", other.lines());
        }
        let other = lines(|it| Entry { surname: "Schmidt", ..it.clone() });
        assert_eq!(of_one_document(&one, &other, TODAY), Err(ErrorCode::DocumentForeignBack));
    }
}
