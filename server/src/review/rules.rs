//! The rules of a SIM registration, each a pure function of what is known: ok, not ok, not applicable, or pending, by which evidence, and
//! what to do about it. A clerk's judgement counts as long as nothing it was about has changed.

use lichtbild_mrz::decide::{number, of_one_document};
use lichtbild_protocol::{
    Sensitive,
    case::{CaseState, Channel},
    document::{FieldName, OutputError, Reading},
    review::{Evidence, Rule, RuleKind, RuleReason, RuleResult, RuleTodo},
};
use sha2::{Digest as _, Sha256};

use super::{
    Case, acceptance,
    compare::{claim, sides, zone},
    expected,
    reading::{Read, field, pictures, read, stills},
};
use crate::clock;

/// All rules, in the order a clerk works them.
pub const ALL: [RuleKind; 7] = [
    RuleKind::MrzReadable,
    RuleKind::OutputErrors,
    RuleKind::DocumentNumber,
    RuleKind::BirthDate,
    RuleKind::PermitCategory,
    RuleKind::DataConfirmed,
    RuleKind::FaceMatch,
];

/// How every rule stands.
pub fn rules(case: &Case, readings: &[Reading]) -> Vec<Rule> {
    ALL.into_iter().map(|kind| judged(case, found(case, readings, kind))).collect()
}

/// Whether the case may be approved.
pub fn all_good(rules: &[Rule]) -> bool {
    rules.iter().all(|rule| matches!(rule.result, RuleResult::Ok | RuleResult::NotApplicable))
}

/// All of them in one word: the worst.
pub fn worst(rules: &[Rule]) -> RuleResult {
    let any = |result| rules.iter().any(|rule| rule.result == result);
    [RuleResult::NotOk, RuleResult::Pending].into_iter().find(|result| any(*result)).unwrap_or(RuleResult::Ok)
}

/// What a judgement of this rule is about; another one where the server finds anything else.
pub fn basis(rule: &Rule) -> String {
    let about = serde_json::to_vec(&(rule.kind, rule.reason, &rule.evidence)).unwrap_or_default();
    hex::encode(Sha256::digest(about))
}

/// How a rule stands before any clerk.
pub fn found(case: &Case, readings: &[Reading], kind: RuleKind) -> Rule {
    let read = read(case, readings);
    let Found { result, reason, evidence, todo, judgeable } = match kind {
        RuleKind::MrzReadable => mrz_readable(case, read),
        RuleKind::OutputErrors => output_errors(case, readings, read),
        RuleKind::DocumentNumber => document_number(case, read),
        RuleKind::BirthDate => birth_date(case, read),
        RuleKind::PermitCategory => permit_category(case),
        RuleKind::DataConfirmed => data_confirmed(case),
        RuleKind::FaceMatch => face_match(case),
    };
    let judgeable = judgeable && case.state == CaseState::InReview;
    Rule { kind, result, reason, evidence, todo, judgeable, judgement: None }
}

fn judged(case: &Case, mut rule: Rule) -> Rule {
    if let Some((judgement, about)) = case.judgements.get(&rule.kind)
        && *about == basis(&rule)
    {
        rule.result = if judgement.good { RuleResult::Ok } else { RuleResult::NotOk };
        rule.todo = rule.todo.filter(|_| !judgement.good);
        rule.judgement = Some(judgement.clone());
    }
    rule
}

struct Found {
    result: RuleResult,
    reason: RuleReason,
    evidence: Vec<Evidence>,
    todo: Option<RuleTodo>,
    judgeable: bool,
}

impl Found {
    fn ok(reason: RuleReason) -> Self {
        Self { result: RuleResult::Ok, reason, evidence: Vec::new(), todo: None, judgeable: false }
    }

    fn not_applicable() -> Self {
        Self { result: RuleResult::NotApplicable, ..Self::ok(RuleReason::NotExpected) }
    }

    fn not_ok(reason: RuleReason, todo: RuleTodo) -> Self {
        Self { result: RuleResult::NotOk, todo: Some(todo), ..Self::ok(reason) }
    }

    fn pending(reason: RuleReason, todo: RuleTodo) -> Self {
        Self { result: RuleResult::Pending, ..Self::not_ok(reason, todo) }
    }

    fn by(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Self {
        self.evidence.extend(evidence);
        self
    }

    fn for_a_clerk(self) -> Self {
        Self { judgeable: true, ..self }
    }
}

fn mrz_readable(case: &Case, read: Read<'_>) -> Found {
    let pictures = || stills(case).map(|still| Evidence { artifact: Some(still.clone()), ..Evidence::default() });
    match read {
        Read::Zone(reading) if reading.fields.is_empty() => {
            Found::not_ok(RuleReason::Unreadable, RuleTodo::PutBackDocument).by(pictures())
        }
        Read::Zone(reading) => Found::ok(RuleReason::Present).by([of(reading)]),
        Read::Nothing => Found::not_ok(RuleReason::Unreadable, RuleTodo::PutBackDocument).by(pictures()),
        Read::NotYet => Found::pending(RuleReason::NotReadYet, RuleTodo::Wait),
    }
}

fn output_errors(case: &Case, readings: &[Reading], read: Read<'_>) -> Found {
    let reading = match read {
        Read::NotYet => return Found::pending(RuleReason::NotReadYet, RuleTodo::Wait),
        Read::Nothing => {
            let missing = Evidence { error: Some(OutputError::IdMrzNotFound), ..Evidence::default() };
            return Found::not_ok(RuleReason::HasErrors, RuleTodo::PutBackDocument).by([missing]);
        }
        Read::Zone(reading) => reading,
    };
    let error = |error: OutputError| Evidence { error: Some(error), ..of(reading) };
    let wrong = acceptance::errors(case, reading);
    let other = reading.valid && wrong.iter().any(|error| error.another_document().is_some());
    let misread = !wrong.is_empty();
    let mut errors: Vec<_> = wrong.into_iter().map(error).collect();
    if of_several(case, readings, reading) {
        errors.push(error(OutputError::IdSidesDiffer));
    }
    errors.extend(tampering(reading, claim(case, readings)));
    if errors.is_empty() {
        return Found::ok(RuleReason::NoErrors);
    }
    if misread {
        let todo = if other { RuleTodo::AnotherDocument } else { RuleTodo::PutBackDocument };
        return Found::not_ok(RuleReason::HasErrors, todo).by(errors);
    }
    // Whether two readings are of one document, eyes can tell.
    Found::not_ok(RuleReason::HasErrors, RuleTodo::Judge).by(errors).for_a_clerk()
}

/// Whether what else was read is of another document.
fn of_several(case: &Case, readings: &[Reading], reading: &Reading) -> bool {
    let Some(its) = zone(reading).filter(|_| reading.valid) else { return false };
    let day = clock::day(case.created_at);
    sides(case, readings).any(|(_, other)| of_one_document(&its, &other, day).is_err())
}

/// Fields that a browser read otherwise on the document.
fn tampering(reading: &Reading, claim: Option<(&Reading, bool)>) -> Vec<Evidence> {
    let Some((claimed, false)) = claim else { return Vec::new() };
    let otherwise = reading.fields.iter().filter_map(|own| {
        let other = field(claimed, own.name).map(|field| field.value.clone());
        let differs = other.as_ref() != Some(&own.value);
        differs.then(|| Evidence {
            field: Some(own.name),
            error: Some(OutputError::IdReadingsDiffer),
            artifact: pictures(reading).next().cloned(),
            expected: other,
            found: Some(own.value.clone()),
            note: None,
        })
    });
    let differences: Vec<_> = otherwise.collect();
    if differences.is_empty() {
        return vec![Evidence { error: Some(OutputError::IdReadingsDiffer), ..of(reading) }];
    }
    differences
}

fn document_number(case: &Case, read: Read<'_>) -> Found {
    let wanted = case.expected.document_number.as_ref();
    let (value, checked) = match value(read, FieldName::DocumentNumber) {
        Ok(value) => value,
        Err(missing) => return missing,
    };
    let evidence = Evidence {
        field: Some(FieldName::DocumentNumber),
        expected: wanted.cloned(),
        found: Some(value.clone()),
        ..Evidence::default()
    };
    let same = wanted.is_none_or(|wanted| number(wanted.expose()) == number(value.expose()));
    match (checked, same) {
        (false, _) => Found::not_ok(RuleReason::CheckDigit, RuleTodo::PutBackDocument),
        (true, false) => Found::not_ok(RuleReason::Different, RuleTodo::CorrectMasterData),
        (true, true) if wanted.is_some() => Found::ok(RuleReason::Equal),
        (true, true) => Found::ok(RuleReason::Present),
    }
    .by([evidence])
}

fn birth_date(case: &Case, read: Read<'_>) -> Found {
    let Some(ordered) = &case.expected.birth_date else { return Found::not_applicable() };
    // Documents of people who do not know it have fillers there.
    if let Read::Zone(reading) = read
        && reading.valid
        && field(reading, FieldName::BirthDate).is_none()
    {
        let unknown = Evidence { field: Some(FieldName::BirthDate), expected: Some(ordered.clone()), ..of(reading) };
        return Found::pending(RuleReason::PartlyUnknown, RuleTodo::Judge).for_a_clerk().by([unknown]);
    }
    let (value, checked) = match value(read, FieldName::BirthDate) {
        Ok(value) => value,
        Err(missing) => return missing,
    };
    let evidence = Evidence {
        field: Some(FieldName::BirthDate),
        expected: Some(ordered.clone()),
        found: Some(value.clone()),
        ..Evidence::default()
    };
    let (ordered, value) = (ordered.expose(), value.expose());
    if !checked {
        Found::not_ok(RuleReason::CheckDigit, RuleTodo::PutBackDocument)
    } else if ordered == value {
        Found::ok(RuleReason::Equal)
    } else if ordered.strip_prefix(value.as_str()).is_some_and(|unknown| unknown.starts_with('-')) {
        Found::pending(RuleReason::PartlyUnknown, RuleTodo::Judge).for_a_clerk()
    } else {
        Found::not_ok(RuleReason::Different, RuleTodo::CorrectMasterData)
    }
    .by([evidence])
}

fn permit_category(case: &Case) -> Found {
    let Some(ordered) = case.expected.permit_category else { return Found::not_applicable() };
    let evidence = Evidence {
        field: Some(FieldName::PermitCategory),
        expected: expected::value(&case.expected, FieldName::PermitCategory),
        found: expected::name(case.category.as_ref()),
        ..Evidence::default()
    };
    match (case.document, case.category) {
        (None, _) => Found::pending(RuleReason::NotAnsweredYet, RuleTodo::Wait),
        (Some(_), None) => Found::not_ok(RuleReason::NoPermit, RuleTodo::CorrectMasterData),
        (_, Some(claimed)) if claimed == ordered => {
            Found::pending(RuleReason::ClaimedByPerson, RuleTodo::Judge).for_a_clerk()
        }
        (_, Some(_)) => Found::not_ok(RuleReason::Different, RuleTodo::CorrectMasterData).for_a_clerk(),
    }
    .by([evidence])
}

fn data_confirmed(case: &Case) -> Found {
    let Some(confirmation) = &case.confirmation else {
        return Found::pending(RuleReason::NotAnsweredYet, RuleTodo::Wait);
    };
    if confirmation.answers.is_empty() {
        return Found::not_ok(RuleReason::Missing, RuleTodo::PutBackDocument);
    }
    let wrong = confirmation.answers.iter().filter(|answer| !answer.right);
    let wrong: Vec<_> = wrong
        .map(|answer| Evidence { field: Some(answer.name), note: answer.note.clone(), ..Evidence::default() })
        .collect();
    if wrong.is_empty() {
        return Found::ok(RuleReason::Confirmed);
    }
    Found::not_ok(RuleReason::Contradicted, RuleTodo::ReadNotes).by(wrong).for_a_clerk()
}

fn face_match(case: &Case) -> Found {
    match (case.channel, &case.attestation) {
        (Channel::Shop, Some(_)) => return Found::ok(RuleReason::Attested),
        (Channel::Shop, None) => return Found::pending(RuleReason::NotAttestedYet, RuleTodo::Wait),
        (Channel::Customer, _) => {}
    }
    let faces = case.steps.iter().filter(|step| matches!(step.id.as_str(), "front-photo" | "selfie-video"));
    let faces = faces.flat_map(|step| &step.artifacts);
    let faces = faces.map(|receipt| Evidence { artifact: Some(receipt.artifact.clone()), ..Evidence::default() });
    Found::pending(RuleReason::ClerkCompares, RuleTodo::Judge).by(faces).for_a_clerk()
}

fn of(reading: &Reading) -> Evidence {
    Evidence { artifact: pictures(reading).next().cloned(), ..Evidence::default() }
}

/// What the server read for a field, and whether its check digit fits.
fn value(read: Read<'_>, name: FieldName) -> Result<(&Sensitive<String>, bool), Found> {
    match read {
        Read::NotYet => Err(Found::pending(RuleReason::NotReadYet, RuleTodo::Wait)),
        Read::Nothing => Err(Found::pending(RuleReason::Unreadable, RuleTodo::PutBackDocument)),
        Read::Zone(reading) => match field(reading, name) {
            Some(field) => Ok((&field.value, field.checked)),
            None => Err(Found::not_ok(RuleReason::Missing, RuleTodo::PutBackDocument)
                .by([Evidence { field: Some(name), ..Evidence::default() }])),
        },
    }
}

#[cfg(test)]
mod tests;
