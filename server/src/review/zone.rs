//! What an evaluation makes of the document's machine-readable zone: is it read, of the chosen kind, accepted, not expired, of one document
//! with what else was read, as the partner expects, and what the browser read? Where clerks review the case, only whether another document is
//! needed. In: a case, its readings, the checks of its recordings, today. Out: one check per question, and one more where nothing was read on
//! two sides that may have the zone. Does not know: pictures, verdicts.

use std::cmp::Ordering;

use lichtbild_mrz::{
    Date, Zone,
    decide::of_one_document,
    print::{Printed, printed_on_all},
};
use lichtbild_protocol::{
    ErrorCode,
    case::{Check, CheckKind, CheckResult},
    document::{FieldName, Reading, ReadingOrigin},
    flow::{DocumentKind, FlowId},
};

use super::{
    Case, acceptance,
    case::StepRecord,
    compare::{self, compared_with, is_slip, valid, zone},
    flow,
    reading::{is_vote, own, pictures},
};

/// All questions, in the order of a report.
pub const ALL: [CheckKind; 7] = [
    CheckKind::MrzReadable,
    CheckKind::DocumentKind,
    CheckKind::DocumentAccepted,
    CheckKind::DocumentUnexpired,
    CheckKind::SidesMatch,
    CheckKind::DataExpected,
    CheckKind::ReadingsAgree,
];

/// Those of a case that clerks review: what no clerk needs to look at, since the person has to bring another document. The rest are rules.
const OF_THE_DOCUMENT_ITSELF: [CheckKind; 3] =
    [CheckKind::DocumentKind, CheckKind::DocumentAccepted, CheckKind::DocumentUnexpired];

/// Every check of the zone; none for a case without a document. `reads`: the server can read at all; `made`: the
/// checks of the recordings, of which a failed one makes it pointless to ask why nothing could be read.
pub fn checks(case: &Case, readings: &[Reading], reads: bool, made: &[Check], today: Date) -> Vec<Check> {
    let Some(kind) = case.document else { return Vec::new() };
    let asked: &[CheckKind] = match case.flow {
        FlowId::RoboIdent => &ALL,
        FlowId::SimRegistration => &OF_THE_DOCUMENT_ITSELF,
    };
    let best = best(case, readings, kind);
    let places = match &best {
        Some((reading, _)) => case.steps.iter().filter(|step| step.id == reading.step).collect(),
        None => unread_at(case, readings, kind),
    };
    let first = places.first().copied().or_else(|| case.steps.iter().find(|step| flow::is_of_document(&step.id)));
    let Some(first) = first else { return Vec::new() };
    let seen = match best {
        _ if !reads => Err(Answer::skipped(ErrorCode::ModelUnusable)),
        _ if places.is_empty() => Err(Answer::skipped(ErrorCode::DocumentZoneElsewhere)),
        Some(best) => Ok(best),
        None => Err(unread(case, readings, &places, made)),
    };
    let answers = match &seen {
        Ok((reading, zone)) => answers(case, readings, kind, (reading, zone), today),
        Err(first) => {
            let pointless = Answer::skipped(first.code.unwrap_or(ErrorCode::DocumentNotComparable));
            std::array::from_fn(|at| if at == 0 { first.clone() } else { pointless.clone() })
        }
    };
    let artifact = seen.as_ref().ok().and_then(|(reading, _)| pictures(reading).next().cloned());
    let check = |step: &StepRecord, kind, answer: Answer| Check {
        kind,
        step: step.id.clone(),
        artifact: artifact.clone(),
        result: answer.result,
        code: answer.code,
        measured: answer.measured,
        limit: answer.limit,
    };
    let read = answers[0].clone();
    let here = ALL.into_iter().zip(answers).map(|(kind, answer)| (first, kind, answer));
    let elsewhere = places.iter().skip(1).map(|step| (*step, CheckKind::MrzReadable, read.clone()));
    here.chain(elsewhere)
        .filter(|(_, kind, _)| asked.contains(kind))
        .map(|(step, kind, answer)| check(step, kind, answer))
        .collect()
}

/// The reading that counts, also after its picture has to be taken again: the surest valid one of the side that has the zone, a vote of
/// several stills before any of one, in the newest attempt that has one.
pub fn counted<'a>(case: &Case, readings: &'a [Reading]) -> Option<&'a Reading> {
    let here = |reading: &&Reading| case.document.is_none_or(|kind| is_in_its_place(kind, reading));
    let by_server = readings.iter().filter(|reading| reading.origin == ReadingOrigin::Server && reading.valid);
    by_server.filter(here).max_by(|a, b| a.attempt.cmp(&b.attempt).then(by_sureness(a, b)))
}

/// The zone of it.
pub fn that_counts(case: &Case, readings: &[Reading]) -> Option<Zone> {
    counted(case, readings).and_then(zone)
}

#[derive(Clone)]
struct Answer {
    result: CheckResult,
    code: Option<ErrorCode>,
    measured: Option<f64>,
    limit: Option<f64>,
}

impl Answer {
    const OK: Self = Self { result: CheckResult::Ok, code: None, measured: None, limit: None };

    const fn failed(code: ErrorCode) -> Self {
        Self { result: CheckResult::Failed, code: Some(code), ..Self::OK }
    }

    const fn skipped(code: ErrorCode) -> Self {
        Self { result: CheckResult::NotApplicable, code: Some(code), ..Self::OK }
    }

    /// `None` is fine.
    fn of(objection: Option<ErrorCode>) -> Self {
        objection.map_or(Self::OK, Self::failed)
    }
}

/// Whether a step shows a side on which documents of a kind may have their zone.
pub fn may_have_zone(kind: DocumentKind, step: &str) -> bool {
    flow::side(step).is_some_and(|side| kind.facts().zones.iter().any(|place| place.side == side))
}

/// Whether a reading is of such a side, and its zone of no format that documents of the kind have on the other one.
fn is_in_its_place(kind: DocumentKind, reading: &Reading) -> bool {
    let zones = kind.facts().zones;
    let format = zone(reading).map(|zone| zone.format());
    let mut same = zones.iter().filter(|place| Some(place.format) == format).peekable();
    may_have_zone(kind, &reading.step) && (same.peek().is_none() || same.any(|place| place.side == reading.side))
}

/// The steps that have to be taken again where nothing valid was read: of two sides that may have the zone those on which lines were found,
/// else both.
fn unread_at<'a>(case: &'a Case, readings: &[Reading], kind: DocumentKind) -> Vec<&'a StepRecord> {
    let all: Vec<_> = case.steps.iter().filter(|step| may_have_zone(kind, &step.id)).collect();
    let found: Vec<_> = all.iter().copied().filter(|step| has_lines(case, readings, step)).collect();
    if found.is_empty() { all } else { found }
}

fn has_lines(case: &Case, readings: &[Reading], step: &StepRecord) -> bool {
    own(case, readings).any(|it| it.step == step.id && !it.lines.expose().is_empty())
}

/// The surest valid reading of a side that may have the zone, a vote of several stills before any of one.
fn best<'a>(case: &Case, readings: &'a [Reading], kind: DocumentKind) -> Option<(&'a Reading, Zone)> {
    valid(case, readings)
        .filter(|(reading, _)| is_in_its_place(kind, reading))
        .max_by(|(a, _), (b, _)| by_sureness(a, b))
}

fn by_sureness(a: &Reading, b: &Reading) -> Ordering {
    let sure = |reading: &Reading| reading.confidence.unwrap_or_default();
    is_vote(a).cmp(&is_vote(b)).then(sure(a).total_cmp(&sure(b)))
}

/// Why nothing valid was read at these steps.
fn unread(case: &Case, readings: &[Reading], steps: &[&StepRecord], made: &[Check]) -> Answer {
    let failed = |check: &&Check| check.result == CheckResult::Failed && steps.iter().any(|step| step.id == check.step);
    if let Some(code) = made.iter().find(failed).and_then(|check| check.code) {
        return Answer::skipped(code);
    }
    let found = steps.iter().any(|step| has_lines(case, readings, step));
    Answer::failed(if found { ErrorCode::MediaMrzUnreadable } else { ErrorCode::MediaMrzMissing })
}

/// In the order of [`ALL`].
fn answers(
    case: &Case,
    readings: &[Reading],
    chosen: DocumentKind,
    (reading, zone): (&Reading, &Zone),
    today: Date,
) -> [Answer; ALL.len()] {
    let decision = acceptance::decided(case, zone, today);
    let has = |code| decision.objections.contains(&code).then_some(code);
    // Clerks may correct what is expected.
    let expected_kind = case.expected.document_kind.filter(|_| case.flow == FlowId::RoboIdent);
    let unexpected = expected_kind.is_some_and(|wanted| decision.kind != Some(wanted));
    let refused = has(ErrorCode::DocumentNotSupported)
        .or_else(|| has(ErrorCode::DocumentNotAccepted))
        .or_else(|| unexpected.then_some(ErrorCode::DocumentNotAccepted));
    let kind = match (decision.kind == Some(chosen), refused) {
        (true, _) => Answer::OK,
        (false, Some(code)) => Answer::skipped(code),
        (false, None) => Answer::failed(ErrorCode::DocumentOtherKind),
    };
    [
        Answer { measured: reading.confidence, ..Answer::OK },
        kind,
        Answer::of(refused),
        expiry(zone, has(ErrorCode::DocumentExpired)),
        sides(case, readings, (reading, zone), today),
        expected(case, reading),
        browser(case, readings),
    ]
}

/// Some zones name no last day: French cards.
fn expiry(zone: &Zone, expired: Option<ErrorCode>) -> Answer {
    match zone.expiry_date() {
        None if expired.is_none() => Answer::skipped(ErrorCode::DocumentNotComparable),
        _ => Answer::of(expired),
    }
}

/// Zones that were read elsewhere, on the other side or on another picture of the same, have to be of the same document. Of a side without a
/// zone what is printed there has to go with the zone, as `printed_on_all` tells. A side on which too little can be read is not compared.
fn sides(case: &Case, readings: &[Reading], (reading, zone): (&Reading, &Zone), today: Date) -> Answer {
    let mut compared = false;
    for (other, its) in compare::sides(case, readings) {
        if let Err(code) = of_one_document(zone, &its, today) {
            return Answer::failed(code);
        }
        compared |= other.side != reading.side;
    }
    if compared {
        return Answer::OK;
    }
    let elsewhere = own(case, readings).filter(|other| other.side != reading.side && !other.print.expose().is_empty());
    let stills: Vec<&Vec<String>> = elsewhere.map(|other| other.print.expose()).collect();
    match printed_on_all(&stills, zone, today) {
        Printed::Same => Answer::OK,
        Printed::Other if prints_birth(case.document) => Answer::failed(ErrorCode::DocumentForeignBack),
        Printed::Other | Printed::Unclear => Answer::skipped(ErrorCode::DocumentNotComparable),
    }
}

/// Whether kinds of documents that have no zone in front print there whose it is and when they were born, so that dates which are neither are
/// another's: residence permits of the first European model print the date of birth on the back.
fn prints_birth(kind: Option<DocumentKind>) -> bool {
    kind == Some(DocumentKind::GermanIdCard)
}

/// What the partner expects of fields that zones have. As much of a date of birth as the document knows has to be the same. Where the
/// reader may have slipped, another picture tells.
fn expected(case: &Case, reading: &Reading) -> Answer {
    let lines = compared_with(case, Some(reading));
    let answered = lines.iter().filter_map(|line| {
        let same = line.same.filter(|_| line.name != FieldName::DocumentKind)?;
        let (expected, found) = (line.expected.as_ref()?.expose(), line.found.as_ref()?.expose());
        let known = || expected.strip_prefix(found.as_str()).is_some_and(|unknown| unknown.starts_with('-'));
        let same = same || (line.name == FieldName::BirthDate && known());
        Some((same, is_slip(line.name, expected, found)))
    });
    let (right, wrong): (Vec<_>, Vec<_>) = answered.partition(|(same, _)| *same);
    let measures = |answer| Answer { measured: Some(wrong.len() as f64), limit: Some(0.0), ..answer };
    match (right.is_empty(), wrong.is_empty()) {
        (true, true) => Answer::skipped(ErrorCode::DocumentNotComparable),
        (false, true) => measures(Answer::OK),
        (_, false) if wrong.iter().all(|(_, slip)| *slip) => measures(Answer::failed(ErrorCode::MediaMrzUnreadable)),
        (_, false) => measures(Answer::failed(ErrorCode::DocumentDataMismatch)),
    }
}

/// What the browser said it read, beside what the server reads.
fn browser(case: &Case, readings: &[Reading]) -> Answer {
    match compare::claim(case, readings) {
        None => Answer::skipped(ErrorCode::DocumentNotComparable),
        Some((_, same)) => Answer::of((!same).then_some(ErrorCode::DocumentReadingsDiffer)),
    }
}

#[cfg(test)]
mod tests;
