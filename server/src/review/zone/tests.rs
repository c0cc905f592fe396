//! Each question about a zone in each of its answers, and what becomes of the case by it.

use lichtbild_mrz::{check_digit, write};
use lichtbild_protocol::{
    Sensitive,
    capture::{ArtifactReceipt, FinishStep},
    case::{ArtifactKind, CaseState, Mode, PersonOutcome, SandboxPlan},
    document::{MasterData, OutputError},
    flow::{Side, StepState},
};
use proptest::prelude::*;

use super::*;
use crate::review::{
    reading::said,
    retention::Retention,
    tests::{maker, wish},
};

const NOW: i64 = 1_795_600_000_000;
const TODAY: Date = Date::new(2026, 11, 25);
const FRONT: &str = "11111111-1111-4111-8111-111111111111";
const BACK: &str = "22222222-2222-4222-8222-222222222222";

const CARD: write::Entry = write::Entry {
    kind: "ID",
    issuer: "D",
    surname: "Müller",
    given: "Erika Anna",
    number: "L01X00T47",
    nationality: "D",
    birth: "800229",
    sex: 'F',
    expiry: "310501",
    optional: "",
    more: "",
};
const PASSPORT: write::Entry = write::Entry { kind: "P", number: "C01X0006H", ..CARD };

/// The lines of a French card, by year and month of its issue.
fn french(issued: &str) -> Vec<String> {
    let number = format!("{issued}92310285");
    let first = "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<";
    let second = format!("{number}{}CORINNE<<<<<<<6512068F", check_digit(&number));
    vec![first.into(), format!("{second}{}", check_digit(&format!("{first}{second}")))]
}

fn receipt(artifact: &str) -> ArtifactReceipt {
    ArtifactReceipt {
        artifact: artifact.into(),
        kind: ArtifactKind::Still,
        media_type: "image/jpeg".into(),
        length: 1,
        sha256: "0".repeat(64),
        capture_origin: None,
    }
}

/// A case with this document, everything of which is handed in and being evaluated.
fn case(kind: DocumentKind) -> Case {
    let id = "82d82c7e-0000-4000-8000-000000000000".into();
    let made = Case::create(id, &maker(Mode::Live), wish(), NOW, NOW + 1000, [0, 1], Retention::UntilErased);
    let mut case = made.expect("a plain wish").0;
    case.document = Some(kind);
    if !case.accepted.contains(&kind) {
        case.accepted.push(kind);
    }
    for step in case.steps.iter_mut().filter(|step| !flow::is_of_server(&step.id)) {
        (step.state, step.attempt) = (StepState::Done, 1);
        match (step.id.as_str(), kind.needs_back()) {
            ("front-video", _) => step.artifacts = vec![receipt(FRONT)],
            ("back-photo", true) => step.artifacts = vec![receipt(BACK)],
            ("explain-back" | "back-photo", false) => step.state = StepState::Skipped,
            _ => {}
        }
    }
    case.state = CaseState::Evaluating;
    case
}

fn reading(origin: ReadingOrigin, artifact: &str, lines: Vec<String>) -> Reading {
    let said = said(&lines, None, &DocumentKind::ALL, TODAY);
    let (step, side) = if artifact == FRONT { ("front-video", Side::Front) } else { ("back-photo", Side::Back) };
    Reading {
        id: format!("{artifact} {origin:?}"),
        origin,
        attempt: 1,
        step: step.into(),
        side,
        artifact: Some(artifact.into()),
        stills: Vec::new(),
        document: None,
        at: "2026-11-25T09:00:00Z".into(),
        valid: said.valid,
        fields: said.fields,
        errors: said.errors,
        lines: Sensitive::new(lines),
        print: Sensitive::new(Vec::new()),
        confidence: Some(0.99),
    }
}

fn read(artifact: &str, lines: Vec<String>) -> Reading {
    reading(ReadingOrigin::Server, artifact, lines)
}

fn claim(artifact: &str, lines: Vec<String>) -> Reading {
    reading(ReadingOrigin::Browser, artifact, lines)
}

/// `ok`, or how it went and why.
fn told(checks: &[Check], kind: CheckKind) -> String {
    let check = checks.iter().find(|check| check.kind == kind).expect("every question is answered");
    match (check.result, check.code) {
        (CheckResult::Ok, None) => "ok".into(),
        (CheckResult::Failed, Some(code)) => format!("failed {code}"),
        (CheckResult::NotApplicable, Some(code)) => format!("skipped {code}"),
        odd => format!("{odd:?}"),
    }
}

fn ask(case: &Case, readings: &[Reading], kind: CheckKind) -> String {
    told(&checks(case, readings, true, &[], TODAY), kind)
}

/// Evaluates the case.
fn judged(mut case: Case, readings: &[Reading]) -> Case {
    let checks = checks(&case, readings, true, &[], TODAY);
    case.judge(checks, [2, 3], readings, NOW).expect("it is being evaluated");
    case
}

fn step<'a>(case: &'a Case, id: &str) -> &'a StepRecord {
    case.steps.iter().find(|step| step.id == id).expect("the step")
}

#[test]
fn a_good_document_of_each_kind_passes_every_check_that_can_be_made() {
    for (kind, artifact, lines) in [
        (DocumentKind::GermanIdCard, BACK, write::td1(&CARD)),
        (DocumentKind::GermanIdCardLaminated, FRONT, write::td2(&CARD)),
        (
            DocumentKind::GermanResidencePermit,
            BACK,
            write::td1(&write::Entry { kind: "AR", nationality: "XXA", ..CARD }),
        ),
        (DocumentKind::Passport, FRONT, write::td3(&PASSPORT)),
        (DocumentKind::Passport, FRONT, write::td3(&write::Entry { issuer: "CHE", nationality: "CHE", ..PASSPORT })),
        (DocumentKind::ForeignIdCard, BACK, write::td1(&write::Entry { issuer: "AUT", nationality: "AUT", ..CARD })),
        (DocumentKind::ForeignIdCard, FRONT, write::td2(&write::Entry { issuer: "ROU", nationality: "ROU", ..CARD })),
    ] {
        let (case, readings) = (case(kind), [read(artifact, lines)]);
        for question in
            [CheckKind::MrzReadable, CheckKind::DocumentKind, CheckKind::DocumentAccepted, CheckKind::DocumentUnexpired]
        {
            assert_eq!(ask(&case, &readings, question), "ok", "{kind:?} {question:?}");
        }
        for question in [CheckKind::SidesMatch, CheckKind::DataExpected, CheckKind::ReadingsAgree] {
            assert_eq!(ask(&case, &readings, question), "skipped document.not_comparable", "{kind:?} {question:?}");
        }
        assert_eq!(counted(&case, &readings), Some(&readings[0]));
        assert_eq!(judged(case, &readings).state, CaseState::Verified, "{kind:?}");
    }
}

#[test]
fn a_zone_that_is_missing_or_unreadable_is_recorded_again() {
    let broken = || write::td1(&CARD).into_iter().map(|line| line.replace("800229", "800220")).collect::<Vec<_>>();
    let unsure = Reading { valid: false, errors: vec![OutputError::IdMrzUnsure], ..read(BACK, write::td1(&CARD)) };
    for (readings, code) in [
        (Vec::new(), ErrorCode::MediaMrzMissing),
        (vec![read(BACK, Vec::new())], ErrorCode::MediaMrzMissing),
        (vec![read(BACK, broken())], ErrorCode::MediaMrzUnreadable),
        (vec![unsure], ErrorCode::MediaMrzUnreadable),
        // On another side than the one that has it, and from a browser, it counts for nothing.
        (vec![read(FRONT, write::td1(&CARD))], ErrorCode::MediaMrzMissing),
        (vec![claim(BACK, write::td1(&CARD))], ErrorCode::MediaMrzMissing),
    ] {
        let case = case(DocumentKind::GermanIdCard);
        assert_eq!(ask(&case, &readings, CheckKind::MrzReadable), format!("failed {code}"));
        for question in &ALL[1..] {
            assert_eq!(ask(&case, &readings, *question), format!("skipped {code}"), "{question:?}");
        }
        let after = judged(case, &readings);
        assert_eq!((after.state, &step(&after, "back-photo").reasons), (CaseState::Repeat, &vec![code]));
        assert_eq!(step(&after, "front-video").state, StepState::Done, "only its step");
        assert_eq!(after.document, Some(DocumentKind::GermanIdCard));
    }
}

fn repeated(case: &Case) -> Vec<&str> {
    case.steps.iter().filter(|step| step.state == StepState::Repeat).map(|step| step.id.as_str()).collect()
}

#[test]
fn of_two_sides_that_may_have_the_zone_those_that_show_lines_are_recorded_again_else_both() {
    let broken =
        |lines: Vec<String>| lines.into_iter().map(|line| line.replace("651206", "651207")).collect::<Vec<_>>();
    let misread = read(FRONT, broken(french("2001")));
    let half = read(BACK, vec!["IDAUT<<".into()]);
    for (readings, again) in [
        (Vec::new(), &["front-video", "back-photo"][..]),
        (vec![read(FRONT, Vec::new()), read(BACK, Vec::new())], &["front-video", "back-photo"]),
        (vec![misread.clone()], &["front-video"]),
        (vec![half.clone()], &["back-photo"]),
        (vec![misread, half], &["front-video", "back-photo"]),
        // Its back was shown twice: on the front this zone counts for nothing.
        (vec![read(FRONT, write::td1(&write::Entry { issuer: "AUT", ..CARD }))], &["front-video"]),
    ] {
        assert_eq!(repeated(&judged(case(DocumentKind::ForeignIdCard), &readings)), again);
    }
}

#[test]
fn what_spoilt_the_picture_of_one_side_is_all_that_is_asked_of_either() {
    let case = case(DocumentKind::ForeignIdCard);
    let blurred = Check {
        kind: CheckKind::Sharpness,
        step: "front-video".into(),
        artifact: None,
        result: CheckResult::Failed,
        code: Some(ErrorCode::MediaBlurred),
        measured: None,
        limit: None,
    };
    let made = checks(&case, &[], true, &[blurred], TODAY);
    assert!(made.iter().all(|check| check.result == CheckResult::NotApplicable), "{made:?}");
}

#[test]
fn a_card_that_names_no_last_day_is_not_said_to_be_unexpired() {
    let judge = |issued| {
        let (case, readings) = (case(DocumentKind::ForeignIdCard), [read(FRONT, french(issued))]);
        (ask(&case, &readings, CheckKind::DocumentUnexpired), judged(case, &readings).state)
    };
    assert_eq!(judge("2001"), ("skipped document.not_comparable".into(), CaseState::Verified));
    assert_eq!(judge("8806"), ("failed document.expired".into(), CaseState::Repeat));
}

#[test]
fn a_card_of_a_state_whose_own_kind_the_flow_does_not_offer_is_one_of_any_state() {
    let readings = [read(BACK, write::td1(&write::Entry { issuer: "CHE", nationality: "CHE", ..CARD }))];
    assert_eq!(judged(case(DocumentKind::ForeignIdCard), &readings).state, CaseState::Verified);
    let german = [read(BACK, write::td1(&CARD))];
    assert_eq!(ask(&case(DocumentKind::ForeignIdCard), &german, CheckKind::DocumentKind), "failed document.other_kind");
}

#[test]
fn what_cannot_be_asked_is_neither_passed_nor_failed() {
    let no_zone = case(DocumentKind::DrivingLicence);
    let no_reader = checks(&case(DocumentKind::GermanIdCard), &[], false, &[], TODAY);
    let blurred = Check {
        kind: CheckKind::Sharpness,
        step: "back-photo".into(),
        artifact: None,
        result: CheckResult::Failed,
        code: Some(ErrorCode::MediaBlurred),
        measured: None,
        limit: None,
    };
    let pointless = checks(&case(DocumentKind::GermanIdCard), &[], true, &[blurred], TODAY);
    for question in ALL {
        assert_eq!(ask(&no_zone, &[], question), "skipped document.zone_elsewhere");
        assert_eq!(told(&no_reader, question), "skipped model.unusable");
        assert_eq!(told(&pointless, question), "skipped media.blurred");
    }
}

#[test]
fn no_kind_that_can_be_chosen_is_verified_with_nothing_read() {
    for kind in flow::choosable(FlowId::RoboIdent, Some(&DocumentKind::ALL)) {
        assert_eq!(judged(case(kind), &[]).state, CaseState::Repeat, "{kind:?}");
    }
}

#[test]
fn a_document_that_is_not_taken_leads_back_to_the_choice() {
    use ErrorCode::{DocumentExpired, DocumentNotAccepted, DocumentNotSupported, DocumentOtherKind};
    let card = |entry| read(BACK, write::td1(&entry));
    let page = |entry| read(FRONT, write::td3(&entry));
    for (kind, seen, codes) in [
        (DocumentKind::GermanIdCard, card(write::Entry { expiry: "261124", ..CARD }), vec![DocumentExpired]),
        (DocumentKind::GermanIdCard, card(write::Entry { kind: "IR", ..CARD }), vec![DocumentOtherKind]),
        (DocumentKind::GermanIdCard, card(write::Entry { issuer: "AUT", ..CARD }), vec![DocumentNotAccepted]),
        (DocumentKind::GermanIdCard, card(write::Entry { kind: "AC", ..CARD }), vec![DocumentNotSupported]),
        (DocumentKind::GermanIdCard, card(write::Entry { issuer: "CHE", ..CARD }), vec![DocumentNotAccepted]),
        (DocumentKind::Passport, page(write::Entry { issuer: "UTO", ..PASSPORT }), vec![DocumentNotAccepted]),
        (DocumentKind::Passport, read(FRONT, write::td2(&CARD)), vec![DocumentOtherKind]),
        (DocumentKind::Passport, page(write::Entry { expiry: "160101", ..PASSPORT }), vec![DocumentExpired]),
        (
            DocumentKind::Passport,
            page(write::Entry { issuer: "UTO", expiry: "160101", ..PASSPORT }),
            vec![DocumentNotAccepted, DocumentExpired],
        ),
    ] {
        let after = judged(case(kind), &[seen]);
        assert_eq!(after.state, CaseState::Repeat, "{codes:?}");
        assert_eq!((&step(&after, "front-video").reasons, after.document), (&codes, None));
        assert_eq!(after.next().map(|step| step.id.as_str()), Some("explain-front"));
        assert_eq!(step(&after, "selfie-video").state, StepState::Done, "what is not of the document stays");
        assert_eq!(step(&after, "front-video").state, StepState::Repeat);
        assert!(step(&after, "back-photo").artifacts.is_empty());
    }
}

#[test]
fn another_document_is_chosen_and_recorded_and_only_then_evaluated() {
    let expired = read(BACK, write::td1(&write::Entry { expiry: "161124", ..CARD }));
    let mut after = judged(case(DocumentKind::GermanIdCard), &[expired]);
    assert_eq!(after.start_evaluation(NOW), Err(ErrorCode::SessionStepUnexpected));
    after.choose(DocumentKind::Passport, None, NOW).expect("it is to be chosen");
    after.finish_step("explain-front", &FinishStep::default(), NOW).expect("it is next");
    let next = "33333333-3333-4333-8333-333333333333";
    let video = ArtifactReceipt { kind: ArtifactKind::Video, ..receipt("44444444-4444-4444-8444-444444444444") };
    let body = FinishStep { artifacts: vec![video, receipt(next)] };
    after.finish_step("front-video", &body, NOW).expect("it is next");
    assert!(after.start_evaluation(NOW).expect("a passport has no back").0);
    let page = Reading { artifact: Some(next.into()), ..read(FRONT, write::td3(&PASSPORT)) };
    assert_eq!(judged(after, &[page]).state, CaseState::Verified);
}

#[test]
fn a_partner_says_which_documents_and_whose_passports_it_takes() {
    let page = [read(FRONT, write::td3(&PASSPORT))];
    let ask = |change: fn(&mut Case)| {
        let mut case = case(DocumentKind::Passport);
        change(&mut case);
        ask(&case, &page, CheckKind::DocumentAccepted)
    };
    assert_eq!(ask(|case| case.accepted_passports = Some(vec!["D".into()])), "ok");
    assert_eq!(ask(|case| case.accepted_passports = Some(vec!["CHE".into()])), "failed document.not_accepted");
    assert_eq!(ask(|case| case.accepted = vec![DocumentKind::GermanIdCard]), "failed document.not_accepted");
    assert_eq!(ask(|case| case.expected.document_kind = Some(DocumentKind::Passport)), "ok");
    let other = |case: &mut Case| case.expected.document_kind = Some(DocumentKind::GermanIdCard);
    assert_eq!(ask(other), "failed document.not_accepted");
}

#[test]
fn both_sides_of_one_document_belong_together() {
    let front = |entry| read(FRONT, write::td2(&entry));
    let back = read(BACK, write::td1(&CARD));
    let again = Reading { side: Side::Back, step: "back-photo".into(), ..read(FRONT, write::td1(&CARD)) };
    let case = || case(DocumentKind::GermanIdCard);
    let asked = |other: Reading| ask(&case(), &[back.clone(), other], CheckKind::SidesMatch);
    assert_eq!(asked(front(CARD)), "ok");
    assert_eq!(asked(front(write::Entry { surname: "Mueiler", ..CARD })), "ok", "a slip of the reader in a name");
    assert_eq!(asked(again), "skipped document.not_comparable", "one side, twice");
    let visa = read(FRONT, write::mrv_b(&write::Entry { kind: "V", number: "V1234567", ..CARD }));
    assert_eq!(asked(visa), "skipped document.not_comparable", "no side of the document");
}

#[test]
fn what_is_printed_on_a_front_without_a_zone_is_held_against_the_back() {
    let back = read(BACK, write::td1(&CARD));
    let front = |print: &[&str]| Reading {
        print: Sensitive::new(print.iter().map(|&phrase| phrase.into()).collect()),
        ..read(FRONT, Vec::new())
    };
    let asked = |print: &[&str]| {
        let readings = [back.clone(), front(print)];
        let case = case(DocumentKind::GermanIdCard);
        (ask(&case, &readings, CheckKind::SidesMatch), judged(case, &readings).state)
    };
    let own = ["PERSONALAUSWEIS", "L01X00T47", "MULLER", "ERIKA<ANNA", "29<02<1980", "01<05<2031"];
    assert_eq!(asked(&own), ("ok".into(), CaseState::Verified));
    let others = ["PERSONALAUSWEIS", "L22N0C478", "SCHMIDT", "HANS", "03<07<1964", "14<09<2029"];
    assert_eq!(asked(&others), ("failed document.foreign_back".into(), CaseState::FraudSuspected));
    let unclear = "skipped document.not_comparable".to_owned();
    let mut of_two = case(DocumentKind::GermanIdCard);
    let second = "33333333-3333-4333-8333-333333333333";
    of_two.steps.iter_mut().find(|step| step.id == "front-video").expect("it").artifacts.push(receipt(second));
    let again = |print: &[&str]| Reading { artifact: Some(second.into()), ..front(print) };
    let both =
        |one: &[&str], two: &[&str]| ask(&of_two, &[back.clone(), front(one), again(two)], CheckKind::SidesMatch);
    assert_eq!(both(&others, &own), "ok", "one of them is misread");
    assert_eq!(both(&["MULLER", "ERIKA<ANNA"], &["29<02<1980"]), "ok", "each shows a part of it");
    assert_eq!(
        both(&others, &["PERSONALAUSWEIS"]),
        "failed document.foreign_back",
        "one shows it, and none the contrary"
    );
    assert_eq!(both(&["SCHMIDT", "14<09<2029"], &["11<03<2028"]), unclear, "one date, read in two ways");
    assert_eq!(both(&["MULLER", "ERIKA<ANNA", "29<02<1980"], &others), "ok", "it goes with one of them");
    assert_eq!(both(&["MULLER", "ERIKA<ANNA"], &others), unclear, "two fronts");
    let permit = case(DocumentKind::GermanResidencePermit);
    let back_of_permit = read(BACK, write::td1(&write::Entry { kind: "AR", ..CARD }));
    assert_eq!(
        ask(&permit, &[back_of_permit, front(&others)], CheckKind::SidesMatch),
        unclear,
        "its dates may be others"
    );
    assert_eq!(asked(&["PERSONALAUSWEIS", "SCHM1DT"]), (unclear.clone(), CaseState::Verified));
    let browsers = Reading { origin: ReadingOrigin::Browser, ..front(&others) };
    let readings = [back.clone(), browsers];
    assert_eq!(ask(&case(DocumentKind::GermanIdCard), &readings, CheckKind::SidesMatch), unclear, "the server reads");
}

#[test]
fn two_documents_in_one_case_are_suspected_fraud_and_look_like_success() {
    let back = read(BACK, write::td1(&CARD));
    for other in [
        write::Entry { number: "L01X00T48", ..CARD },
        write::Entry { birth: "800228", ..CARD },
        write::Entry { surname: "Schmidt", ..CARD },
        write::Entry { given: "Bertha", ..CARD },
    ] {
        let readings = [back.clone(), read(FRONT, write::td2(&other))];
        let case = case(DocumentKind::GermanIdCard);
        assert_eq!(ask(&case, &readings, CheckKind::SidesMatch), "failed document.foreign_back");
        let after = judged(case, &readings);
        assert_eq!(after.state, CaseState::FraudSuspected);
        assert_eq!(PersonOutcome::of(after.state), Some(PersonOutcome::Success));
        assert!(after.steps.iter().all(|step| step.reasons.is_empty()), "nothing that the person sees says it");
    }
    let mut twice = case(DocumentKind::Passport);
    let second = "33333333-3333-4333-8333-333333333333";
    twice.steps.iter_mut().find(|step| step.id == "front-video").expect("it").artifacts.push(receipt(second));
    let other = Reading {
        artifact: Some(second.into()),
        ..read(FRONT, write::td3(&write::Entry { number: "C01X0006J", ..PASSPORT }))
    };
    let readings = [read(FRONT, write::td3(&PASSPORT)), other];
    assert_eq!(ask(&twice, &readings, CheckKind::SidesMatch), "failed document.foreign_back");
}

#[test]
fn data_that_is_not_as_expected_refuses_the_case() {
    let text = |text: &str| Some(Sensitive::new(text.to_owned()));
    let back = [read(BACK, write::td1(&CARD))];
    let none = MasterData::default;
    for (expected, answer) in [
        (none(), "skipped document.not_comparable"),
        (MasterData { address: text("Musterweg 1"), ..none() }, "skipped document.not_comparable"),
        (MasterData { surname: text("Müller"), given_names: text("Erika"), ..none() }, "ok"),
        (MasterData { surname: text("MULLER"), ..none() }, "failed document.data_mismatch"),
        // The reader may have slipped: another picture tells.
        (MasterData { surname: text("Möller"), ..none() }, "failed media.mrz_unreadable"),
        (MasterData { given_names: text("Erica"), ..none() }, "failed media.mrz_unreadable"),
        (MasterData { document_number: text("LO1X00T47"), ..none() }, "failed document.data_mismatch"),
        (MasterData { document_number: text("L0BX00T47"), ..none() }, "failed media.mrz_unreadable"),
        (
            MasterData { surname: text("Möller"), birth_date: text("1980-02-28"), ..none() },
            "failed document.data_mismatch",
        ),
        (MasterData { birth_date: text("1980-02-29"), document_number: text("l01 x00 t47"), ..none() }, "ok"),
        (MasterData { birth_date: text("1980-02-28"), ..none() }, "failed document.data_mismatch"),
        (MasterData { document_number: text("L01X00T48"), ..none() }, "failed document.data_mismatch"),
        (MasterData { nationality: text("CHE"), surname: text("Müller"), ..none() }, "failed document.data_mismatch"),
        (MasterData { issuer: text("D"), nationality: text("D"), ..none() }, "ok"),
    ] {
        let mut case = case(DocumentKind::GermanIdCard);
        case.expected = expected;
        assert_eq!(ask(&case, &back, CheckKind::DataExpected), answer, "{:?}", case.expected);
        let state = match answer {
            "failed document.data_mismatch" => CaseState::Rejected,
            "failed media.mrz_unreadable" => CaseState::Repeat,
            _ => CaseState::Verified,
        };
        assert_eq!(judged(case, &back).state, state);
    }
    let mut partly = case(DocumentKind::GermanIdCard);
    partly.expected.birth_date = text("1980-02-29");
    let unknown = |birth| [read(BACK, write::td1(&write::Entry { birth, ..CARD }))];
    assert_eq!(ask(&partly, &unknown("8002<<"), CheckKind::DataExpected), "ok");
    assert_eq!(ask(&partly, &unknown("8003<<"), CheckKind::DataExpected), "failed document.data_mismatch");
}

#[test]
fn a_browser_that_says_it_read_something_else_is_suspected_of_fraud() {
    let back = || read(BACK, write::td1(&CARD));
    let other = || write::td1(&write::Entry { number: "L01X00T48", ..CARD });
    let broken = || write::td1(&CARD).into_iter().map(|line| line.replace("800229", "800220")).collect::<Vec<_>>();
    for (said, answer) in [
        (vec![], "skipped document.not_comparable"),
        (vec![claim(BACK, broken())], "skipped document.not_comparable"),
        (vec![claim(BACK, write::td1(&CARD))], "ok"),
        (vec![claim(BACK, write::td1(&write::Entry { surname: "Mueiler", ..CARD }))], "ok"),
        // Signs that no check digit tells apart.
        (vec![claim(BACK, write::td1(&write::Entry { number: "LA1X00T47", ..CARD }))], "ok"),
        (vec![claim(BACK, other())], "failed document.readings_differ"),
        (vec![Reading { artifact: None, ..claim(BACK, other()) }], "failed document.readings_differ"),
        (vec![claim(BACK, other()), claim(BACK, write::td1(&CARD))], "ok"),
        // The server read nothing where the browser did.
        (vec![claim(FRONT, other())], "skipped document.not_comparable"),
    ] {
        let readings: Vec<_> = std::iter::once(back()).chain(said).collect();
        let case = case(DocumentKind::GermanIdCard);
        assert_eq!(ask(&case, &readings, CheckKind::ReadingsAgree), answer);
        let fraud = answer.starts_with("failed");
        let state = if fraud { CaseState::FraudSuspected } else { CaseState::Verified };
        assert_eq!(judged(case, &readings).state, state);
    }
}

#[test]
fn suspected_fraud_goes_before_all_else_and_a_plan_before_that() {
    let other = write::Entry { number: "L01X00T48", expiry: "160101", ..CARD };
    let readings = [read(BACK, write::td1(&other)), read(FRONT, write::td2(&CARD))];
    assert_eq!(judged(case(DocumentKind::GermanIdCard), &readings).state, CaseState::FraudSuspected);
    let mut rehearsed = case(DocumentKind::GermanIdCard);
    rehearsed.plan = Some(SandboxPlan::Success);
    let after = judged(rehearsed, &readings);
    assert_eq!(after.state, CaseState::Verified);
    assert_eq!(told(&after.attempts[0].checks, CheckKind::SidesMatch), "failed document.foreign_back", "and is told");
}

#[test]
fn of_a_case_that_clerks_review_only_a_document_that_will_not_do_is_found_here() {
    let mut sim = case(DocumentKind::GermanIdCard);
    sim.flow = FlowId::SimRegistration;
    sim.expected.document_kind = Some(DocumentKind::Passport);
    let kinds = [CheckKind::DocumentKind, CheckKind::DocumentAccepted, CheckKind::DocumentUnexpired];
    let made = |readings: &[Reading]| {
        let made = checks(&sim, readings, true, &[], TODAY);
        assert_eq!(made.iter().map(|check| check.kind).collect::<Vec<_>>(), kinds);
        kinds.map(|kind| told(&made, kind))
    };
    assert_eq!(made(&[]), ["skipped media.mrz_missing"; 3], "a clerk looks at it");
    assert_eq!(made(&[read(BACK, write::td1(&CARD))]), ["ok"; 3], "what is expected, clerks may correct");
    let late = read(BACK, write::td1(&write::Entry { expiry: "261124", ..CARD }));
    assert_eq!(made(&[late])[2], "failed document.expired");
}

#[test]
fn every_evaluation_is_told_to_the_partner() {
    let good = || write::td1(&CARD);
    for (lines, events) in [
        (good(), ["case.evaluated", "case.ended"]),
        (write::td1(&write::Entry { expiry: "160101", ..CARD }), ["case.evaluated", "case.repeat"]),
    ] {
        let (mut case, readings) = (case(DocumentKind::GermanIdCard), [read(BACK, lines)]);
        let checks = checks(&case, &readings, true, &[], TODAY);
        let effects = case.judge(checks, [2, 3], &readings, NOW).expect("it is being evaluated");
        let told: Vec<&str> = effects.events.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(told, events);
        assert!(effects.events.iter().all(|event| event.data.state == case.state));
    }
}

proptest! {
    #[test]
    fn whatever_is_read_every_question_is_answered_and_a_browser_alone_verifies_nothing(
        kind in 0..6_usize, front in 0..5_usize, back in 0..5_usize, said in 0..5_usize, reads: bool,
    ) {
        let kind = flow::kinds(FlowId::RoboIdent)[kind % 4];
        let lines = |which: usize| match which {
            0 => Vec::new(),
            1 => write::td1(&CARD),
            2 => write::td2(&CARD),
            3 => write::td3(&PASSPORT),
            _ => write::td1(&write::Entry { number: "L01X00T48", ..CARD }),
        };
        let readings = [read(FRONT, lines(front)), read(BACK, lines(back)), claim(BACK, lines(said))];
        let before = case(kind);
        let made = checks(&before, &readings, reads, &[], TODAY);
        prop_assert_eq!(made.iter().map(|check| check.kind).collect::<Vec<_>>(), ALL);
        prop_assert!(made.iter().all(|check| (check.result == CheckResult::Ok) == check.code.is_none()));
        // Without the server's own readings nothing is verified by what a browser says.
        let alone = checks(&before, &readings[2..], true, &[], TODAY);
        prop_assert!(alone.iter().all(|check| check.result != CheckResult::Ok));
        let mut after = before.clone();
        after.judge(made, [2, 3], &readings, NOW).expect("it is being evaluated");
        prop_assert!(after.state != CaseState::Evaluating && after.attempts.len() == 1);
        prop_assert_eq!(after.state.ended(), after.next().is_none());
    }
}
