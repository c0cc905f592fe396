//! Master data beside what was read, field by field, as documents write it.

use lichtbild_mrz::{
    Zone,
    name::{same_given_names, same_surname},
};
use lichtbild_protocol::{
    document::{FieldName, Reading},
    review::Compared,
};

use super::{
    Case, expected,
    reading::{Read, field, read},
};

/// Every field that somebody knows, by the best reading there is.
pub fn compared(case: &Case, readings: &[Reading]) -> Vec<Compared> {
    match read(case, readings) {
        Read::Zone(reading) => compared_with(case, Some(reading)),
        Read::Nothing | Read::NotYet => compared_with(case, None),
    }
}

/// Every field that somebody knows, by this reading.
pub fn compared_with(case: &Case, reading: Option<&Reading>) -> Vec<Compared> {
    let zone = reading.and_then(zone);
    let found = |name| match name {
        FieldName::DocumentKind => expected::name(case.document.as_ref()),
        FieldName::PermitCategory => expected::name(case.category.as_ref()),
        _ => reading.and_then(|reading| field(reading, name)).map(|field| field.value.clone()),
    };
    let line = |name| {
        let (expected, found) = (expected::value(&case.expected, name), found(name));
        let same =
            expected.as_ref().zip(found.as_ref()).map(|(a, b)| same(name, a.expose(), b.expose(), zone.as_ref()));
        Compared { name, expected, found, same }
    };
    let known = |line: &Compared| line.expected.is_some() || line.found.is_some();
    expected::FIELDS.into_iter().map(line).filter(known).collect()
}

fn same(name: FieldName, expected: &str, found: &str, zone: Option<&Zone>) -> bool {
    match name {
        FieldName::Surname => zone.is_some_and(|zone| same_surname(expected, zone)),
        FieldName::GivenNames => zone.is_some_and(|zone| same_given_names(expected, zone)),
        FieldName::DocumentNumber => number(expected) == number(found),
        _ => expected == found,
    }
}

/// The zone that was read, whether it is valid or not; `None` if the lines are no zone.
pub fn zone(reading: &Reading) -> Option<Zone> {
    let lines: Vec<&str> = reading.lines.expose().iter().map(String::as_str).collect();
    lichtbild_mrz::parse(&lines).ok()
}

/// A document's number without what people write between its signs.
pub fn number(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase()
}
