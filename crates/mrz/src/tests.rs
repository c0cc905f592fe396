//! Zones as states print them: the specimens of Doc 9303, and photographs where a folder of them is at hand.

use proptest::prelude::*;

use super::*;

const PASSPORT: [&str; 2] =
    ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
const CARD: [&str; 3] =
    ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"];
const LONG_NUMBER: [&str; 3] =
    ["I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<"];
const LARGER_CARD: [&str; 2] = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"];
const VISA_A: [&str; 2] =
    ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4UTO4009078F96121096ZE184226B<<<<<<"];
const VISA_B: [&str; 2] = ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4UTO4009078F9612109<<<<<<<<"];
const GERMAN_CARD: [&str; 3] =
    ["IDD<<T220001293<<<<<<<<<<<<<<<", "6408125<2010315D<<<<<<<<<<<<<4", "MUSTERMANN<<ERIKA<<<<<<<<<<<<<"];
const LAMINATED: [&str; 2] = ["IDD<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<", "1220001297D<<6408125<1010318<<<<<<<8"];
const FRENCH: [&str; 2] = ["IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6"];

const ALL: [(Format, &[&str]); 9] = [
    (Format::Td3, &PASSPORT),
    (Format::Td1, &CARD),
    (Format::Td1, &LONG_NUMBER),
    (Format::Td2, &LARGER_CARD),
    (Format::MrvA, &VISA_A),
    (Format::MrvB, &VISA_B),
    (Format::Td1, &GERMAN_CARD),
    (Format::Td2, &LAMINATED),
    (Format::FrenchIdentityCard, &FRENCH),
];

fn read(lines: &[&str]) -> Zone {
    parse(lines).expect("lines of a format")
}

/// Format, number, nationality, surname, given names, birth, sex, expiry, optional data.
fn told(lines: &[&str]) -> String {
    let zone = read(lines);
    let today = Date::new(2026, 11, 25);
    let date = |date: Option<Date>| date.map_or("-".to_owned(), |date| date.to_string());
    [
        zone.format().name(),
        zone.document_code(),
        zone.issuing_state(),
        &zone.document_number(),
        zone.nationality(),
        &zone.surname(),
        &zone.given_names(),
        &date(zone.birth_date().and_then(|date| date.birth(today))),
        &format!("{:?}", zone.sex()),
        &date(zone.expiry_date().and_then(|date| date.expiry(today))),
        zone.optional(),
        zone.optional_more(),
    ]
    .join("|")
}

#[test]
fn specimens_say_what_they_say() {
    for (lines, expected) in [
        (&PASSPORT[..], "td3|P|UTO|L898902C3|UTO|ERIKSSON|ANNA MARIA|1974-08-12|Female|2012-04-15|ZE184226B|"),
        (&CARD, "td1|I|UTO|D23145890|UTO|ERIKSSON|ANNA MARIA|1974-08-12|Female|2012-04-15||"),
        (&LONG_NUMBER, "td1|I|UTO|D23145890734|UTO|STEVENSON|PETER JOHN|1934-07-12|Male|1995-07-12||"),
        (&LARGER_CARD, "td2|I|UTO|D23145890|UTO|ERIKSSON|ANNA MARIA|1974-08-12|Female|2012-04-15||"),
        (&VISA_A, "mrvA|V|UTO|L8988901C|UTO|ERIKSSON|ANNA MARIA|1940-09-07|Female|1996-12-10|6ZE184226B|"),
        (&VISA_B, "mrvB|V|UTO|L8988901C|UTO|ERIKSSON|ANNA MARIA|1940-09-07|Female|1996-12-10||"),
        (&GERMAN_CARD, "td1|ID|D|T22000129|D|MUSTERMANN|ERIKA|1964-08-12|Unspecified|2020-10-31||"),
        (&LAMINATED, "td2|ID|D|122000129|D|MUSTERMANN|ERIKA|1964-08-12|Unspecified|2010-10-31||"),
        (&FRENCH, "frenchIdentityCard|ID|FRA|880692310285||BERTHIER|CORINNE|1965-12-06|Female|-||"),
    ] {
        assert_eq!(told(lines), expected);
        let zone = read(lines);
        assert!(zone.valid(), "{zone:?}");
    }
}

#[test]
fn lines_of_no_format_are_no_zone() {
    assert_eq!(parse(&[]), Err(Unreadable::Size));
    assert_eq!(parse(&[PASSPORT[0]]), Err(Unreadable::Size));
    assert_eq!(parse(&[PASSPORT[0], LARGER_CARD[1]]), Err(Unreadable::Size));
    assert_eq!(parse(&["P<ESPESPAÑOLA<<ANA<<<<<<<<<<<<<<<<<<<<<<<<<", PASSPORT[1]]), Err(Unreadable::Sign));
    assert_eq!(parse(&["p<utoeriksson<<anna<maria<<<<<<<<<<<<<<<<<<<", PASSPORT[1]]), Err(Unreadable::Sign));
}

fn with(lines: &[&str], line: usize, column: usize, text: &str) -> Zone {
    let mut lines: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
    lines[line].replace_range(column..column + text.len(), text);
    read(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_wrong_check_digit_is_named() {
    let failed = |zone: Zone| -> Vec<Check> {
        zone.checks().iter().filter(|(_, fits)| !fits).map(|(check, _)| *check).collect()
    };
    assert_eq!(failed(with(&PASSPORT, 1, 9, "7")), [Check::DocumentNumber, Check::Composite]);
    assert_eq!(failed(with(&PASSPORT, 1, 14, "5")), [Check::BirthDate, Check::Composite]);
    assert_eq!(failed(with(&PASSPORT, 1, 21, "2")), [Check::ExpiryDate, Check::Composite]);
    assert_eq!(failed(with(&PASSPORT, 1, 28, "A")), [Check::Optional, Check::Composite]);
    assert_eq!(failed(with(&PASSPORT, 1, 43, "9")), [Check::Composite]);
    assert_eq!(failed(with(&LONG_NUMBER, 0, 18, "8")), [Check::DocumentNumber, Check::Composite]);
    assert_eq!(failed(with(&VISA_B, 1, 9, "5")), [Check::DocumentNumber]);
    assert_eq!(failed(with(&FRENCH, 0, 6, "A")), [Check::Composite]);
    assert_eq!(failed(with(&FRENCH, 1, 12, "7")), [Check::DocumentNumber, Check::Composite]);
}

#[test]
fn what_a_format_does_not_allow_is_named() {
    for (line, column, text, field) in [
        (0, 0, "X", Field::DocumentCode),
        (0, 1, "1", Field::DocumentCode),
        (0, 2, "U<O", Field::IssuingState),
        (0, 2, "<<<", Field::IssuingState),
        (0, 5, "3", Field::Names),
        (0, 5, "<", Field::Names),
        (0, 20, "<<M", Field::Names),
        (0, 43, "A", Field::Names),
        (1, 0, "<<<<<<<<<0", Field::DocumentNumber),
        (1, 10, "U0O", Field::Nationality),
        (1, 13, "741312", Field::BirthDate),
        (1, 13, "74<812", Field::BirthDate),
        (1, 13, "730229", Field::BirthDate),
        (1, 20, "B", Field::Sex),
        (1, 21, "120431", Field::ExpiryDate),
    ] {
        let zone = with(&PASSPORT, line, column, text);
        assert_eq!(zone.faults(), [field], "{text}");
        assert!(!zone.valid());
    }
}

#[test]
fn an_empty_personal_number_may_go_without_check_digit() {
    for (end, valid) in [("<<<<<<<<<<<<<<02", true), ("<<<<<<<<<<<<<<<2", true), ("<<<<<<<<<<<<<<12", false)] {
        let lines = [PASSPORT[0], &format!("{}{end}", &PASSPORT[1][..28])];
        let composite = check_digit(&format!("{}{}{}", &lines[1][..10], &lines[1][13..20], &lines[1][21..43]));
        assert_eq!(with(&lines, 1, 43, &composite.to_string()).valid(), valid, "{end}");
    }
}

#[test]
fn a_name_that_fills_its_field_may_be_cut() {
    assert_eq!(read(&CARD).names_truncated(), (false, false));
    assert_eq!(with(&CARD, 2, 0, "BENNELONGWOOLOOMOOLOOWARRAN<<A").names_truncated(), (true, true));
}

#[test]
fn what_a_zone_says_stays_out_of_debug_output() {
    for (_, lines) in ALL {
        let debug = format!("{:?}", read(lines));
        for secret in ["ERIKSSON", "MUSTERMANN", "BERTHIER", "STEVENSON", "D2314", "T2200", "740812", "88069"] {
            assert!(!debug.contains(secret), "{debug}");
        }
    }
}

/// Labels of photographs, if there is a folder of them (`LICHTBILD_REAL`, or beside the project). One object per picture; what is needed is
/// taken from its text.
#[test]
fn zones_of_photographed_documents_are_valid_where_their_check_digits_fit() {
    let beside = || concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/real").into();
    let folder = std::env::var_os("LICHTBILD_REAL").map_or_else(beside, std::path::PathBuf::from);
    let Ok(labels) = std::fs::read_to_string(folder.join("labels.json")) else {
        eprintln!("no folder of photographs: only specimens were read");
        return;
    };
    let (mut fit, mut others) = (0, 0);
    for picture in labels.split("\n {") {
        let Some((_, after)) = picture.split_once("\"mrz\": [") else { continue };
        let lines: Vec<&str> = after[..after.find(']').expect("a list ends")].split('"').skip(1).step_by(2).collect();
        let wanted = picture.contains("\"mrz_check_all\": true");
        let zone = read(&lines);
        assert_eq!(zone.valid(), wanted, "{} of a photograph: {zone:?}", zone.format().name());
        if wanted { fit += 1 } else { others += 1 }
    }
    eprintln!("photographs: {fit} valid zones, {others} with wrong check digits");
    assert!(fit > 0);
}

fn days() -> impl Strategy<Value = String> {
    (0..100, 1..=12, 1..=28).prop_map(|(year, month, day)| format!("{year:02}{month:02}{day:02}"))
}

proptest! {
    #[test]
    fn what_was_written_is_read(
        layout in 0..5_usize,
        names in "[A-Z]{1,8}( [A-Z]{1,5})?",
        number in "[A-Z0-9]{1,13}",
        (birth, expiry) in (days(), days()),
        optional in "([A-Z0-9]{1,5})?",
    ) {
        let cards = matches!(layout, 0 | 1);
        let number = if cards { &number } else { &number[..number.len().min(9)] };
        let optional = if number.len() > 9 { "" } else { &optional };
        let entry = write::Entry {
            kind: ["ID", "C", "P", "V", "VC"][layout],
            issuer: "D",
            surname: &names,
            given: "ANNA",
            number,
            nationality: "CHE",
            birth: &birth,
            sex: 'M',
            expiry: &expiry,
            optional,
            more: "",
        };
        let lines = [write::td1, write::td2, write::td3, write::mrv_a, write::mrv_b][layout](&entry);
        let zone = read(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        prop_assert!(zone.valid(), "{:?}", zone);
        prop_assert_eq!(zone.document_number(), number);
        prop_assert_eq!((zone.surname(), zone.given_names()), (names, "ANNA".to_owned()));
        prop_assert_eq!((zone.optional(), zone.issuing_state(), zone.nationality()), (optional, "D", "CHE"));
        prop_assert_eq!((zone.birth_date(), zone.expiry_date()), (ZoneDate::read(&birth), ZoneDate::read(&expiry)));
    }

    #[test]
    fn any_lines_are_read_or_refused(lines in proptest::collection::vec("[A-Z0-9<]{0,46}|\\PC{0,46}", 0..5)) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        if let Ok(zone) = parse(&lines) {
            told(&lines);
            prop_assert_eq!(zone.lines(), &lines[..]);
        }
    }

    #[test]
    fn any_lines_of_a_format_are_read(format in 0..Format::ALL.len(), signs in "[A-Z0-9<]{90}") {
        let (count, width) = Format::ALL[format].size();
        let lines: Vec<&str> = (0..count).map(|line| &signs[line * width..(line + 1) * width]).collect();
        told(&lines);
    }

    #[test]
    fn another_sign_is_noticed_or_says_another_thing(of in 0..ALL.len(), line in 0..3_usize, column in 0..44_usize, sign in 0..37_usize) {
        let (_, lines) = ALL[of];
        let (line, column) = (line % lines.len(), column % lines[0].len());
        let sign = char::from(SIGNS[sign]).to_string();
        prop_assume!(lines[line][column..=column] != sign);
        let zone = with(lines, line, column, &sign);
        let changed: Vec<&str> = zone.lines().iter().map(String::as_str).collect();
        prop_assert!(!zone.valid() || told(&changed) != told(lines));
    }
}
