//! Whether the document itself will do, however well it was read: what its zone makes of it by what the partner takes in this case. In: a
//! case, what was read. Out: a decision, errors, what the person is told. Does not know: other readings, master data, how sure a reading is.

use lichtbild_mrz::{
    Date, Zone,
    decide::{Accepted, Decision, decide},
};
use lichtbild_protocol::{
    ErrorCode,
    document::{OutputError, Reading},
};

use super::{
    Case,
    compare::zone,
    flow,
    reading::{Read, read},
};
use crate::clock;

/// What a zone makes of the document.
pub fn decided(case: &Case, zone: &Zone, today: Date) -> Decision {
    let states: Option<Vec<&str>> =
        case.accepted_passports.as_ref().map(|states| states.iter().map(String::as_str).collect());
    let accepted = Accepted { kinds: &case.accepted, offered: flow::kinds(case.flow), passports: states.as_deref() };
    decide(zone, None, &accepted, today)
}

/// What is wrong with a reading, and with its document by what the partner takes now. A document that is not taken is not told to be of
/// another kind as well.
pub fn errors(case: &Case, reading: &Reading) -> Vec<OutputError> {
    let mut errors = reading.errors.clone();
    let Some(zone) = zone(reading).filter(|_| reading.valid) else { return errors };
    let objections = decided(case, &zone, clock::day(case.created_at)).objections;
    let refused = [OutputError::IdNotSupported, OutputError::IdNotAccepted]
        .into_iter()
        .find(|error| error.another_document().is_some_and(|code| objections.contains(&code)));
    if let Some(refused) = refused {
        errors.retain(|error| *error != OutputError::IdBadDocumentKind);
        errors.push(refused);
    }
    errors
}

/// What the person is told if only another document helps; empty: this one will do, or is not read.
pub fn another_document(case: &Case, readings: &[Reading]) -> Vec<ErrorCode> {
    match read(case, readings) {
        Read::Zone(reading) if reading.valid => {
            errors(case, reading).into_iter().filter_map(OutputError::another_document).collect()
        }
        _ => Vec::new(),
    }
}
