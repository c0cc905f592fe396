//! Each rule in each of its states, from what a person, a server and a clerk did to a case.

use lichtbild_mrz::{Date, write};
use lichtbild_protocol::{
    Sensitive,
    capture::{ArtifactReceipt, Attest, ConfirmData, ConsentGiven},
    case::{ArtifactKind, Mode},
    document::{Attestation, Confirmation, FieldAnswer, MasterData, ReadingOrigin},
    flow::{DocumentKind, FlowId, PermitCategory, Side},
    partner::CreateCase,
    review::{Decide, JudgeRule, Verdict},
};

use super::*;
use crate::review::{case::Maker, clerk::Clerk, reading::said, retention::Retention};

const NOW: i64 = 1_795_600_000_000;
const TODAY: Date = Date::new(2026, 11, 25);
const STILL: &str = "11111111-1111-4111-8111-111111111111";

fn secret(text: &str) -> Sensitive<String> {
    Sensitive::new(text.to_owned())
}

fn case(channel: Channel, expected: MasterData) -> Case {
    let maker =
        Maker { partner: "par_1".into(), name: "Mobil".into(), mode: Mode::Live, key: "key".into(), clerk: None };
    let wish = CreateCase {
        flow: FlowId::SimRegistration,
        reference: None,
        lang: None,
        accepted_documents: None,
        accepted_passports: None,
        channel: Some(channel),
        expected: Some(expected),
        return_url: None,
        sandbox: None,
    };
    let retention = Retention::of(FlowId::SimRegistration);
    let made =
        Case::create("82d82c7e-0000-4000-8000-000000000000".into(), &maker, wish, NOW, NOW + 1000, [0, 1], retention);
    let mut case = made.expect("a plain wish").0;
    (case.document, case.category) = (Some(DocumentKind::SwissPermit), Some(PermitCategory::B));
    let receipt = ArtifactReceipt {
        artifact: STILL.into(),
        kind: ArtifactKind::Still,
        media_type: "image/jpeg".into(),
        length: 1,
        sha256: "0".repeat(64),
        capture_origin: None,
    };
    let back = case.steps.iter_mut().find(|step| step.id == "back-photo").expect("the step");
    (back.artifacts, back.attempt) = (vec![receipt], 1);
    case.state = CaseState::InReview;
    case
}

const ENTRY: write::Entry = write::Entry {
    kind: "AR",
    issuer: "CHE",
    surname: "Müller",
    given: "Erika Anna",
    number: "X0000001",
    nationality: "D",
    birth: "800229",
    sex: 'F',
    expiry: "310501",
    optional: "",
    more: "",
};

fn lines(number: &str, birth: &str) -> Vec<String> {
    write::td1(&write::Entry { number, birth, ..ENTRY })
}

fn reading(origin: ReadingOrigin, lines: Vec<String>) -> Reading {
    let said = said(&lines, Some(DocumentKind::SwissPermit), &DocumentKind::ALL, TODAY);
    Reading {
        id: "reading".into(),
        origin,
        attempt: 1,
        step: "back-photo".into(),
        side: Side::Back,
        artifact: (origin == ReadingOrigin::Server).then(|| STILL.into()),
        stills: Vec::new(),
        document: None,
        at: "2026-11-25T09:00:00Z".into(),
        lines: Sensitive::new(lines),
        print: Sensitive::new(Vec::new()),
        valid: said.valid,
        fields: said.fields,
        errors: said.errors,
        confidence: Some(0.99),
    }
}

fn by_server(lines: Vec<String>) -> Vec<Reading> {
    vec![reading(ReadingOrigin::Server, lines)]
}

/// `result reason` of a rule.
fn told(case: &Case, readings: &[Reading], kind: RuleKind) -> String {
    let rule = rules(case, readings).into_iter().find(|rule| rule.kind == kind).expect("every rule is there");
    format!("{:?} {:?}", rule.result, rule.reason)
}

fn born(date: &str) -> MasterData {
    MasterData { birth_date: Some(secret(date)), ..MasterData::default() }
}

fn clerk(name: &str, key: &str, own_key: bool) -> Clerk {
    Clerk { key: key.into(), own_key, name: secret(name) }
}

fn good() -> JudgeRule {
    JudgeRule { good: true, reason: secret("compared"), clerk: None }
}

#[test]
fn the_birth_date_is_held_against_the_zone_and_nothing_else() {
    let table = [
        (MasterData::default(), by_server(lines("X0000001", "800229")), "NotApplicable NotExpected"),
        (born("1980-02-29"), Vec::new(), "Pending NotReadYet"),
        (born("1980-02-29"), by_server(Vec::new()), "Pending Unreadable"),
        (born("1980-02-29"), by_server(lines("X0000001", "800229")), "Ok Equal"),
        (born("1980-03-01"), by_server(lines("X0000001", "800229")), "NotOk Different"),
        (born("1980-03-01"), by_server(lines("X0000001", "80<<<<")), "Pending PartlyUnknown"),
        (born("1981-03-01"), by_server(lines("X0000001", "80<<<<")), "NotOk Different"),
        (born("1981-03-01"), by_server(lines("X0000001", "<<<<<<")), "Pending PartlyUnknown"),
        // What a browser says is no verdict.
        (born("1980-02-29"), vec![reading(ReadingOrigin::Browser, lines("X0000001", "800229"))], "Pending NotReadYet"),
    ];
    for (expected, readings, result) in table {
        let case = case(Channel::Customer, expected.clone());
        assert_eq!(told(&case, &readings, RuleKind::BirthDate), result, "{readings:?}");
    }
    let unknown = by_server(lines("X0000001", "<<<<<<"));
    let mut judged = case(Channel::Customer, born("1981-03-01"));
    judged.judge_rule(RuleKind::BirthDate, &good(), &clerk("A", "key", false), &unknown, NOW).expect("no dead end");
    let mut wrong = lines("X0000001", "800229");
    let digit = if wrong[1].as_bytes()[6] == b'0' { "1" } else { "0" };
    wrong[1].replace_range(6..7, digit);
    let case = case(Channel::Customer, born("1980-02-29"));
    assert_eq!(told(&case, &by_server(wrong), RuleKind::BirthDate), "NotOk CheckDigit");
}

#[test]
fn the_number_is_there_and_the_expected_one() {
    let number = |text: &str| MasterData { document_number: Some(secret(text)), ..MasterData::default() };
    let read = by_server(lines("X0000001", "800229"));
    for (expected, result) in [
        (MasterData::default(), "Ok Present"),
        (number("x000 0001"), "Ok Equal"),
        (number("X0000002"), "NotOk Different"),
    ] {
        assert_eq!(told(&case(Channel::Customer, expected), &read, RuleKind::DocumentNumber), result);
    }
    let none = by_server(lines("", "800229"));
    assert_eq!(told(&case(Channel::Customer, MasterData::default()), &none, RuleKind::DocumentNumber), "NotOk Missing");
}

#[test]
fn a_zone_that_was_not_looked_for_is_pending_and_one_that_was_not_found_is_not_ok() {
    let case = case(Channel::Customer, MasterData::default());
    for (readings, readable, errors) in [
        (Vec::new(), "Pending NotReadYet", "Pending NotReadYet"),
        (by_server(Vec::new()), "NotOk Unreadable", "NotOk HasErrors"),
        (by_server(vec!["A".repeat(30); 3]), "Ok Present", "NotOk HasErrors"),
        (by_server(vec!["A".repeat(31); 3]), "NotOk Unreadable", "NotOk HasErrors"),
        (by_server(lines("X0000001", "800229")), "Ok Present", "Ok NoErrors"),
    ] {
        assert_eq!(told(&case, &readings, RuleKind::MrzReadable), readable);
        assert_eq!(told(&case, &readings, RuleKind::OutputErrors), errors);
    }
}

#[test]
fn a_browser_that_read_another_whole_document_is_evidence_of_tampering() {
    let case = case(Channel::Customer, MasterData::default());
    let server = reading(ReadingOrigin::Server, lines("X0000001", "800229"));
    let errors = |claimed: Vec<String>| -> Vec<_> {
        let readings = [reading(ReadingOrigin::Browser, claimed), server.clone()];
        let rule = found(&case, &readings, RuleKind::OutputErrors);
        rule.evidence.into_iter().map(|evidence| (evidence.error.expect("an error"), evidence.field)).collect()
    };
    assert_eq!(errors(lines("X0000001", "800229")), []);
    let differs = errors(lines("X0000002", "800229"));
    assert_eq!(differs, [(OutputError::IdReadingsDiffer, Some(FieldName::DocumentNumber))]);
    let mut slip = lines("X0000001", "800229");
    slip[0].replace_range(6..7, "8");
    assert_eq!(errors(slip), [], "a slip of the camera does not fit its check digits");
    let name = lines("X0000001", "800229").into_iter().map(|line| line.replace("MUELLER", "MUEILER")).collect();
    assert_eq!(errors(name), [], "no check digit watches names");
    let retaken = Reading {
        artifact: Some("22222222-2222-4222-8222-222222222222".into()),
        ..reading(ReadingOrigin::Browser, lines("X0000002", "800229"))
    };
    assert_eq!(told(&case, &[retaken, server], RuleKind::OutputErrors), "Ok NoErrors", "that picture counts no more");
}

#[test]
fn whether_two_readings_are_of_one_document_is_judged_by_a_clerk_and_no_other_error_is() {
    let mut case = case(Channel::Customer, MasterData::default());
    let read = |number| reading(ReadingOrigin::Server, lines(number, "800229"));
    let claimed = reading(ReadingOrigin::Browser, lines("X0000002", "800229"));
    let mut wrong = read("X0000001");
    wrong.errors.push(OutputError::IdExpired);
    let anna = clerk("Anna", "key", false);
    case.judge_rule(RuleKind::OutputErrors, &good(), &anna, &[wrong, claimed.clone()], NOW)
        .expect_err("it has expired");
    let readings = [read("X0000001"), claimed];
    case.judge_rule(RuleKind::OutputErrors, &good(), &anna, &readings, NOW).expect("hers to judge");
    assert_eq!(told(&case, &readings, RuleKind::OutputErrors), "Ok HasErrors");
}

#[test]
fn two_stills_of_different_documents_are_told() {
    let mut case = case(Channel::Customer, MasterData::default());
    let other = "22222222-2222-4222-8222-222222222222";
    let back = case.steps.iter_mut().find(|step| step.id == "back-photo").expect("the step");
    let second = ArtifactReceipt { artifact: other.into(), ..back.artifacts[0].clone() };
    back.artifacts.push(second);
    let second = |lines| Reading { artifact: Some(other.into()), ..reading(ReadingOrigin::Server, lines) };
    let first = reading(ReadingOrigin::Server, lines("X0000001", "800229"));
    let rule = found(&case, &[first.clone(), second(lines("Y9", "910101"))], RuleKind::OutputErrors);
    assert!(rule.judgeable);
    assert!(rule.evidence.iter().any(|evidence| evidence.error == Some(OutputError::IdSidesDiffer)));
    let slip = lines("X0000001", "800229").into_iter().map(|line| line.replace("MUELLER", "MUEILER")).collect();
    assert_eq!(told(&case, &[first, second(slip)], RuleKind::OutputErrors), "Ok NoErrors");
}

#[test]
fn a_vote_of_stills_counts_before_each_of_them_and_only_while_they_are_handed_in() {
    let mut case = case(Channel::Customer, MasterData::default());
    let other = "22222222-2222-4222-8222-222222222222";
    let single = reading(ReadingOrigin::Server, lines("X0000001", "800229"));
    let vote = Reading {
        id: "vote".into(),
        artifact: None,
        stills: vec![STILL.into(), other.into()],
        confidence: Some(0.5),
        ..single.clone()
    };
    let readings = [single, vote];
    let counted = |case: &Case| match crate::review::reading::read(case, &readings) {
        Read::Zone(reading) => reading.id.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!(counted(&case), "reading", "one of its stills was taken again");
    let back = case.steps.iter_mut().find(|step| step.id == "back-photo").expect("the step");
    back.artifacts.push(ArtifactReceipt { artifact: other.into(), ..back.artifacts[0].clone() });
    assert_eq!(counted(&case), "vote");
    let rule = found(&case, &readings, RuleKind::MrzReadable);
    assert_eq!(rule.evidence[0].artifact.as_deref(), Some(STILL), "a clerk can look at it");
}

#[test]
fn a_vote_that_is_not_valid_counts_no_more_than_a_reading_of_one_still() {
    let mut case = case(Channel::Customer, MasterData::default());
    let other = "22222222-2222-4222-8222-222222222222";
    let back = case.steps.iter_mut().find(|step| step.id == "back-photo").expect("the step");
    back.artifacts.push(ArtifactReceipt { artifact: other.into(), ..back.artifacts[0].clone() });
    let single = reading(ReadingOrigin::Server, lines("X0000001", "800229"));
    let single = Reading { valid: false, errors: vec![OutputError::IdMrzUnsure], ..single };
    let vote = Reading {
        id: "vote".into(),
        artifact: None,
        stills: vec![STILL.into(), other.into()],
        errors: vec![OutputError::IdMrzUnsure, OutputError::IdBadCheckDigits],
        ..single.clone()
    };
    let readings = [single, vote];
    assert_eq!(crate::review::reading::read(&case, &readings), Read::Zone(&readings[0]));
}

#[test]
fn nothing_is_unreadable_while_another_still_is_being_read() {
    use lichtbild_protocol::flow::ReadingState;
    let mut case = case(Channel::Customer, MasterData::default());
    let other = "22222222-2222-4222-8222-222222222222";
    let back = case.steps.iter_mut().find(|step| step.id == "back-photo").expect("the step");
    let second = ArtifactReceipt { artifact: other.into(), ..back.artifacts[0].clone() };
    back.artifacts.push(second);
    let second = |lines| Reading { artifact: Some(other.into()), ..reading(ReadingOrigin::Server, lines) };
    let shown = |readings: &[Reading]| crate::review::reading::shown(&case, readings, true).0;
    let scraps = reading(ReadingOrigin::Server, vec!["A".repeat(31); 3]);
    let whole = lines("X0000001", "800229");
    assert_eq!(shown(std::slice::from_ref(&scraps)), ReadingState::Reading);
    assert_eq!(shown(&[scraps.clone(), second(Vec::new())]), ReadingState::Unreadable);
    assert_eq!(shown(&[scraps, second(whole.clone())]), ReadingState::Ready);
    assert_eq!(shown(&[second(whole)]), ReadingState::Ready, "fields are there");
}

#[test]
fn an_expired_document_and_one_of_another_kind_are_errors() {
    let today = Date::new(2031, 5, 2);
    let late = said(&lines("X0000001", "800229"), Some(DocumentKind::SwissPermit), &DocumentKind::ALL, today);
    assert_eq!(late.errors, [OutputError::IdExpired]);
    let other = said(&lines("X0000001", "800229"), Some(DocumentKind::Passport), &DocumentKind::ALL, TODAY);
    assert_eq!(other.errors, [OutputError::IdBadDocumentKind]);
}

#[test]
fn a_document_that_is_not_taken_is_an_error_and_another_one_is_asked_for() {
    let read = |kind, issuer| {
        let entry = write::Entry { kind, issuer, nationality: issuer, ..ENTRY };
        if kind == "P" { write::td3(&entry) } else { write::td1(&entry) }
    };
    let told = |case: &Case, lines, late| {
        let mut reading = reading(ReadingOrigin::Server, lines);
        reading.errors.extend(late);
        let rule = found(case, &[reading], RuleKind::OutputErrors);
        let errors = rule.evidence.iter().filter_map(|evidence| evidence.error);
        (rule.todo, errors.collect::<Vec<_>>(), rule.judgeable)
    };
    let another = |error| (Some(RuleTodo::AnotherDocument), vec![error], false);
    let mut case = case(Channel::Customer, MasterData::default());
    assert_eq!(told(&case, read("AR", "CHE"), None), (None, Vec::new(), false));
    let late = Some(OutputError::IdExpired);
    assert_eq!(told(&case, read("AR", "CHE"), late), another(OutputError::IdExpired));
    assert_eq!(told(&case, read("ID", "CHE"), None), another(OutputError::IdBadDocumentKind));
    assert_eq!(told(&case, read("AC", "AUT"), None), another(OutputError::IdNotSupported));
    assert_eq!(told(&case, read("ID", "AUT"), None), another(OutputError::IdNotAccepted));
    assert_eq!(told(&case, read("P", "UTO"), None), another(OutputError::IdNotAccepted));
    case.accepted = vec![DocumentKind::Passport];
    assert_eq!(told(&case, read("AR", "CHE"), None), another(OutputError::IdNotAccepted));
    case.document = Some(DocumentKind::Passport);
    case.accepted_passports = Some(vec!["CHE".into()]);
    let page = |case: &Case, issuer| {
        let lines = read("P", issuer);
        let said = said(&lines, case.document, &DocumentKind::ALL, TODAY);
        let reading = Reading { errors: said.errors, ..reading(ReadingOrigin::Server, lines) };
        super::super::acceptance::errors(case, &reading)
    };
    assert_eq!((page(&case, "CHE"), page(&case, "D")), (Vec::new(), vec![OutputError::IdNotAccepted]));
    let mut unreadable = read("P", "D");
    unreadable[1].replace_range(9..10, "<");
    assert_eq!(told(&case, unreadable, None).0, Some(RuleTodo::PutBackDocument), "who issued it is not sure either");
}

#[test]
fn the_category_a_person_claims_is_judged_by_a_clerk() {
    let ordered = |category| MasterData { permit_category: category, ..MasterData::default() };
    let told_of = |case: &Case| told(case, &[], RuleKind::PermitCategory);
    assert_eq!(told_of(&case(Channel::Customer, ordered(None))), "NotApplicable NotExpected");
    assert_eq!(told_of(&case(Channel::Customer, ordered(Some(PermitCategory::C)))), "NotOk Different");
    let mut claimed = case(Channel::Customer, ordered(Some(PermitCategory::B)));
    assert_eq!(told_of(&claimed), "Pending ClaimedByPerson");
    claimed.judge_rule(RuleKind::PermitCategory, &good(), &clerk("A", "key", false), &[], NOW).expect("his to judge");
    assert_eq!(told_of(&claimed), "Ok ClaimedByPerson");
    claimed.category = None;
    claimed.document = Some(DocumentKind::Passport);
    assert_eq!(told_of(&claimed), "NotOk NoPermit", "and the judgement was about something else");
}

#[test]
fn only_what_the_person_confirmed_whole_is_confirmed() {
    let mut case = case(Channel::Customer, MasterData::default());
    let answer = |name, right, note: Option<&str>| FieldAnswer { name, right, note: note.map(secret) };
    let told_of = |case: &Case| told(case, &[], RuleKind::DataConfirmed);
    assert_eq!(told_of(&case), "Pending NotAnsweredYet");
    let mut say = |answers| {
        case.confirmation = Some(Confirmation { at: String::new(), reading: None, answers });
        told_of(&case)
    };
    assert_eq!(say(Vec::new()), "NotOk Missing");
    assert_eq!(say(vec![answer(FieldName::Surname, true, None)]), "Ok Confirmed");
    assert_eq!(say(vec![answer(FieldName::Surname, false, Some("Meier"))]), "NotOk Contradicted");
}

#[test]
fn no_machine_compares_faces_and_in_the_shop_a_clerk_attests() {
    let customer = case(Channel::Customer, MasterData::default());
    assert_eq!(told(&customer, &[], RuleKind::FaceMatch), "Pending ClerkCompares");
    let mut shop = case(Channel::Shop, MasterData::default());
    assert_eq!(told(&shop, &[], RuleKind::FaceMatch), "Pending NotAttestedYet");
    shop.attestation = Some(Attestation { at: String::new(), clerk: secret("A"), statements: Vec::new() });
    assert_eq!(told(&shop, &[], RuleKind::FaceMatch), "Ok Attested");
}

/// A case of which every rule but the face is good.
fn ready() -> (Case, Vec<Reading>) {
    let mut case = case(Channel::Customer, born("1980-02-29"));
    let answers = vec![FieldAnswer { name: FieldName::Surname, right: true, note: None }];
    case.confirmation = Some(Confirmation { at: String::new(), reading: None, answers });
    (case, by_server(lines("X0000001", "800229")))
}

#[test]
fn a_case_closes_only_when_every_rule_is_good() {
    let (mut case, readings) = ready();
    let approve = Decide { verdict: Verdict::Approve, reason: secret("fine"), clerk: None };
    let anna = clerk("Anna", "key", false);
    let refused = case.decide(&approve, &anna, false, &readings, NOW).expect_err("the face is open");
    assert_eq!(refused.0, lichtbild_protocol::ErrorCode::ReviewRulesOpen);
    case.judge_rule(RuleKind::FaceMatch, &good(), &anna, &readings, NOW).expect("his to judge");
    let refused =
        case.judge_rule(RuleKind::BirthDate, &good(), &anna, &readings, NOW).expect_err("it follows from the data");
    assert_eq!(refused.0, lichtbild_protocol::ErrorCode::ReviewNotJudgeable);
    case.decide(&approve, &anna, false, &readings, NOW).expect("all is good");
    assert_eq!((case.state, case.ended_at), (CaseState::Verified, Some(NOW)));
}

#[test]
fn four_eyes_are_those_of_two_people() {
    let approve = Decide { verdict: Verdict::Approve, reason: secret("fine"), clerk: None };
    let table = [
        (clerk("Anna", "key", false), clerk(" anna", "key", false), true),
        (clerk("Anna", "own", true), clerk("Berta", "own", true), true),
        (clerk("Anna", "key", false), clerk("Berta", "key", false), false),
        (clerk("Anna", "own", true), clerk("Berta", "other", true), false),
    ];
    for (first, second, same) in table {
        let (mut case, readings) = ready();
        case.judge_rule(RuleKind::FaceMatch, &good(), &first, &readings, NOW).expect("his to judge");
        case.decide(&approve, &first, true, &readings, NOW).expect("the first of two");
        assert_eq!(case.state, CaseState::InReview, "one approval closes nothing");
        let named = Clerk { name: Sensitive::new(second.name.expose().trim().to_owned()), ..second };
        assert_eq!(case.decide(&approve, &named, true, &readings, NOW).is_err(), same);
        assert_eq!(case.state == CaseState::Verified, !same);
    }
}

#[test]
fn what_is_attested_is_exactly_what_was_asked() {
    let mut shop = case(Channel::Shop, MasterData::default());
    shop.state = CaseState::Started;
    for step in shop.steps.iter_mut().take_while(|step| step.id != "attestation") {
        step.state = lichtbild_protocol::flow::StepState::Done;
    }
    let given: Vec<_> = crate::review::flow::statements()
        .into_iter()
        .map(|it| ConsentGiven { id: it.id, version: it.version })
        .collect();
    let attest = |clerk: &str, given: &[ConsentGiven]| Attest { clerk: secret(clerk), given: given.to_vec() };
    for wrong in [attest("", &given), attest("A", &given[..1]), attest(&"A".repeat(65), &given)] {
        assert_eq!(shop.attest(&wrong, NOW), Err(lichtbild_protocol::ErrorCode::AttestationIncomplete));
    }
    shop.attest(&attest("A", &given), NOW).expect("whole");
    assert_eq!(shop.next().map(|step| step.id.as_str()), Some("evaluation"));
}

#[test]
fn every_field_that_was_shown_is_answered_once() {
    let mut case = case(Channel::Customer, MasterData::default());
    case.state = CaseState::Started;
    for step in case.steps.iter_mut().take_while(|step| step.id != "data-confirmation") {
        step.state = lichtbild_protocol::flow::StepState::Done;
    }
    let shown = reading(ReadingOrigin::Server, lines("X0000001", "800229"));
    let answers: Vec<_> =
        shown.fields.iter().map(|field| FieldAnswer { name: field.name, right: true, note: None }).collect();
    let body =
        |id: &str, answers: &[FieldAnswer]| ConfirmData { reading_id: Some(id.into()), answers: answers.to_vec() };
    let twice = [&answers[..], &answers[..1]].concat();
    for wrong in [body("older", &answers), body("reading", &answers[1..]), body("reading", &twice)] {
        let refused = case.confirm(&wrong, Some(&shown), NOW);
        assert_eq!(refused, Err(lichtbild_protocol::ErrorCode::ConfirmationIncomplete));
    }
    case.confirm(&body("reading", &answers), Some(&shown), NOW).expect("whole");
    assert_eq!(case.next().map(|step| step.id.as_str()), Some("explain-selfie"));
}
