//! Master data beside what was read, field by field, as documents write it.

use lichtbild_mrz::{
    Zone,
    decide::{is_slip_in_name, is_slip_in_number, number, same_zone},
    name::{same_given_names, same_surname},
};
use lichtbild_protocol::{
    document::{FieldName, Reading},
    kind::ZoneFormat,
    review::Compared,
};

use super::{
    Case, expected,
    reading::{Read, claimed, field, own, read},
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

/// The server's valid readings of what is handed in now, with their zones.
pub fn valid<'a>(case: &Case, readings: &'a [Reading]) -> impl Iterator<Item = (&'a Reading, Zone)> {
    own(case, readings).filter(|reading| reading.valid).filter_map(|reading| Some((reading, zone(reading)?)))
}

/// Those of sides of the document, which a visa is not.
pub fn sides<'a>(case: &Case, readings: &'a [Reading]) -> impl Iterator<Item = (&'a Reading, Zone)> {
    valid(case, readings).filter(|(_, zone)| !matches!(zone.format(), ZoneFormat::MrvA | ZoneFormat::MrvB))
}

/// What the browser last said it read, and whether the server reads the same on the same picture, or at the same step where the browser
/// names none. Only two zones of which every check digit fits are compared: no slip of a camera makes one of the other.
pub fn claim<'a>(case: &Case, readings: &'a [Reading]) -> Option<(&'a Reading, bool)> {
    let said = claimed(case, readings).filter(|reading| reading.valid)?;
    let its = zone(said)?;
    let same_place = |own: &Reading| match &said.artifact {
        Some(artifact) => own.artifact.as_ref() == Some(artifact),
        None => own.step == said.step,
    };
    let mut here = valid(case, readings).filter(|(own, _)| same_place(own)).map(|(_, zone)| zone).peekable();
    here.peek()?;
    Some((said, here.any(|zone| same_zone(&zone, &its))))
}

/// Whether a field that is not as expected differs by no more than a slip of the reader.
pub fn is_slip(name: FieldName, expected: &str, found: &str) -> bool {
    match name {
        FieldName::Surname | FieldName::GivenNames => is_slip_in_name(expected, found),
        FieldName::DocumentNumber => is_slip_in_number(expected, found),
        _ => false,
    }
}
