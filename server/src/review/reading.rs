//! What a document was read as: lines become fields and errors; of several readings one counts. The server's own readings are what the
//! rules go by; what a browser says is kept beside them.

use std::cmp::Reverse;

use lichtbild_mrz::{Check, Date, Sex, State, Zone, decide};
use lichtbild_protocol::{
    Sensitive,
    case::ArtifactId,
    document::{FieldName, OutputError, ReadField, Reading, ReadingOrigin},
    flow::{DocumentKind, ReadingState},
};

use super::{Case, case::StepRecord, flow};

/// What lines say of the chosen kind of document.
pub struct Said {
    /// Every check digit and every field is as it has to be.
    pub valid: bool,
    /// The fields.
    pub fields: Vec<ReadField>,
    /// What is wrong.
    pub errors: Vec<OutputError>,
}

/// Reads lines; none of them is no zone. `offered`: kinds that can be chosen instead.
pub fn said(lines: &[String], kind: Option<DocumentKind>, offered: &[DocumentKind], today: Date) -> Said {
    let nothing = |error| Said { valid: false, fields: Vec::new(), errors: vec![error] };
    if lines.is_empty() {
        return nothing(OutputError::IdMrzNotFound);
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let Ok(zone) = lichtbild_mrz::parse(&lines) else { return nothing(OutputError::IdBadMrzFields) };
    Said { valid: zone.valid(), fields: fields(&zone, today), errors: errors(&zone, kind, offered, today) }
}

fn fields(zone: &Zone, today: Date) -> Vec<ReadField> {
    let fits = |wanted: Check| zone.checks().iter().any(|(check, fits)| *check == wanted && *fits);
    let date = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let sex = match zone.sex() {
        Sex::Female => "F",
        Sex::Male => "M",
        Sex::Unspecified => "X",
    };
    let fields = [
        (FieldName::Surname, lichtbild_mrz::name::shown(&zone.surname()), false),
        (FieldName::GivenNames, lichtbild_mrz::name::shown(&zone.given_names()), false),
        (FieldName::BirthDate, date(zone.birth_date().and_then(|it| it.birth(today))), fits(Check::BirthDate)),
        (FieldName::Sex, sex.into(), false),
        (FieldName::Nationality, zone.nationality().into(), false),
        (FieldName::DocumentNumber, zone.document_number(), fits(Check::DocumentNumber)),
        (FieldName::Issuer, zone.issuing_state().into(), false),
        (FieldName::ExpiryDate, date(zone.expiry_date().and_then(|it| it.expiry(today))), fits(Check::ExpiryDate)),
        (FieldName::OptionalData, zone.optional().into(), fits(Check::Optional)),
    ];
    let field =
        |(name, value, checked): (_, String, _)| ReadField { name, value: Sensitive::new(value), plain: None, checked };
    fields.into_iter().filter(|(_, value, _)| !value.is_empty()).map(field).collect()
}

fn errors(zone: &Zone, kind: Option<DocumentKind>, offered: &[DocumentKind], today: Date) -> Vec<OutputError> {
    let expired = decide::is_expired(zone, today);
    [
        (!zone.faults().is_empty(), OutputError::IdBadMrzFields),
        (zone.checks().iter().any(|(_, fits)| !fits), OutputError::IdBadCheckDigits),
        (expired, OutputError::IdExpired),
        (kind.is_some_and(|kind| decide::kind(zone, None, offered) != Some(kind)), OutputError::IdBadDocumentKind),
    ]
    .into_iter()
    .filter_map(|(wrong, error)| wrong.then_some(error))
    .collect()
}

/// What the server knows of the document that is handed in now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Read<'a> {
    /// It read a zone.
    Zone(&'a Reading),
    /// It looked at every still and found none.
    Nothing,
    /// It has not looked at every still, and read no fields so far.
    NotYet,
}

/// What the server read on the stills that are handed in now.
pub fn read<'a>(case: &Case, readings: &'a [Reading]) -> Read<'a> {
    let stills: Vec<_> = stills(case).collect();
    let own = || own(case, readings);
    let zone = own().filter(|reading| !reading.lines.expose().is_empty()).max_by_key(|reading| worth(reading));
    let looked_at = |still: &&String| own().any(|it| it.artifact.as_ref() == Some(*still));
    let whole = !stills.is_empty() && stills.iter().all(looked_at);
    match zone {
        Some(zone) if whole || !zone.fields.is_empty() => Read::Zone(zone),
        None if whole => Read::Nothing,
        _ => Read::NotYet,
    }
}

/// The server's readings of the stills that are handed in now.
pub fn own<'a>(case: &Case, readings: &'a [Reading]) -> impl Iterator<Item = &'a Reading> {
    let stills: Vec<_> = stills(case).cloned().collect();
    let of_server = readings.iter().filter(|reading| reading.origin == ReadingOrigin::Server);
    of_server.filter(move |reading| {
        let mut pictures = pictures(reading).peekable();
        pictures.peek().is_some() && pictures.all(|artifact| stills.contains(artifact))
    })
}

/// The stills that a reading is of.
pub fn pictures(reading: &Reading) -> impl Iterator<Item = &ArtifactId> {
    reading.artifact.iter().chain(&reading.stills)
}

/// Whether it is a vote of several stills, which counts more than one of them.
pub const fn is_vote(reading: &Reading) -> bool {
    !reading.stills.is_empty()
}

/// What the browser last said it read on the document that is handed in now.
pub fn claimed<'a>(case: &Case, readings: &'a [Reading]) -> Option<&'a Reading> {
    let current = |reading: &&Reading| {
        let handed_in = |step: &StepRecord| {
            let of = |artifact: &String| step.artifacts.iter().any(|receipt| receipt.artifact == *artifact);
            step.attempt == reading.attempt && reading.artifact.as_ref().is_none_or(of)
        };
        let at = |step: &StepRecord| step.id == reading.step && (step.waits() || handed_in(step));
        reading.origin == ReadingOrigin::Browser && case.steps.iter().any(at)
    };
    readings.iter().rfind(current)
}

/// What is shown to the person for confirmation. A server that reads shows what it read itself; one without a reader what the browser
/// read, which the rules then do not count.
pub fn shown<'a>(case: &Case, readings: &'a [Reading], reads: bool) -> (ReadingState, Option<&'a Reading>) {
    let reading = match read(case, readings) {
        Read::Zone(reading) => Some(reading),
        Read::NotYet if reads => return (ReadingState::Reading, None),
        Read::NotYet => claimed(case, readings),
        Read::Nothing => None,
    };
    match reading.filter(|reading| !reading.fields.is_empty()) {
        Some(reading) => (ReadingState::Ready, Some(reading)),
        None => (ReadingState::Unreadable, None),
    }
}

/// The document's stills that are handed in now.
pub fn stills(case: &Case) -> impl Iterator<Item = &String> {
    use lichtbild_protocol::case::ArtifactKind::Still;
    let steps = case.steps.iter().filter(|step| flow::is_of_document(&step.id));
    steps.flat_map(|step| &step.artifacts).filter(|receipt| receipt.kind == Still).map(|receipt| &receipt.artifact)
}

/// A valid reading counts more than any other, then one with fields, then a valid vote, then one with fewer errors, then the surer one.
fn worth(reading: &Reading) -> (bool, bool, bool, Reverse<usize>, u32) {
    let confidence = reading.confidence.unwrap_or_default().clamp(0.0, 1.0);
    (
        reading.valid,
        !reading.fields.is_empty(),
        reading.valid && is_vote(reading),
        Reverse(reading.errors.len()),
        (confidence * 1e6) as u32,
    )
}

/// What a reading says of a field.
pub fn field(reading: &Reading, name: FieldName) -> Option<&ReadField> {
    reading.fields.iter().find(|field| field.name == name)
}

/// The fields that the person is asked about: those that they can compare with what is printed on the document.
pub fn asked(reading: &Reading) -> impl Iterator<Item = &ReadField> {
    reading.fields.iter().filter(|field| field.name != FieldName::OptionalData)
}

/// The fields as the person sees them: what is code on the document in words beside it.
pub fn in_plain_words(reading: &Reading, lang: &str) -> Vec<ReadField> {
    let state = |code: &str| {
        let state = State::of(code)?;
        Some(Sensitive::new(if lang == "de" { state.german } else { state.english }.to_owned()))
    };
    let plain = |field: &ReadField| match field.name {
        FieldName::Nationality | FieldName::Issuer => state(field.value.expose()),
        _ => None,
    };
    asked(reading).map(|field| ReadField { plain: plain(field), ..field.clone() }).collect()
}
