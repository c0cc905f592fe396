//! Stories of a case: in order, repeated, given up, and as a sandbox key asked.

use lichtbild_protocol::{
    ErrorCode,
    capture::{ArtifactReceipt, ConsentGiven, DeviceFacts, FinishStep, GiveConsents},
    case::{ArtifactKind, CaseState, Check, CheckKind, CheckResult, Mode, PersonOutcome, SandboxPlan},
    flow::{DocumentKind, FlowId, StepState},
    partner::CreateCase,
    review::ChangeCase,
};

use super::{
    Case,
    case::{ATTEMPTS, Maker},
    flow,
    retention::Retention,
    steps::largest,
};

const NOW: i64 = 1_764_000_000_000;

/// A partner's key.
pub fn maker(mode: Mode) -> Maker {
    Maker { partner: "par_1".into(), name: "Musterversicherung".into(), mode, key: "key".into(), clerk: None }
}

/// An identification, and nothing else asked for.
pub const fn wish() -> CreateCase {
    CreateCase {
        flow: FlowId::RoboIdent,
        reference: None,
        lang: None,
        accepted_documents: None,
        accepted_passports: None,
        channel: None,
        expected: None,
        return_url: None,
        sandbox: None,
    }
}

fn case(sandbox: Option<SandboxPlan>) -> Case {
    let maker = maker(if sandbox.is_some() { Mode::Sandbox } else { Mode::Live });
    let wish = CreateCase { sandbox, ..wish() };
    Case::create(uuid(0), &maker, wish, NOW, NOW + 1000, [3, 4], Retention::UntilErased)
        .expect("a plain wish is granted")
        .0
}

fn uuid(number: u128) -> String {
    uuid::Uuid::from_u128(number).to_string()
}

/// Goes through every step that waits, and starts the evaluation; `first` numbers the recordings.
fn walk(case: &mut Case, first: u128) {
    walk_to_evaluation(case, first);
    assert!(case.start_evaluation(NOW).expect("everything is handed in").0);
}

fn walk_to_evaluation(case: &mut Case, first: u128) {
    let mut number = first;
    while case.next().is_some_and(|step| step.id != "evaluation") {
        take(case, number);
        number += 1;
    }
}

/// Takes the step that is next.
fn take(case: &mut Case, number: u128) {
    let step = case.next().expect("one is ahead").id.clone();
    let finish = |case: &mut Case, kind: Option<ArtifactKind>| {
        let artifacts = kind.map(|kind| receipt(number, kind)).into_iter().collect();
        case.finish_step(&step, &FinishStep { artifacts }, NOW).expect("the step is next");
    };
    match step.as_str() {
        "device" => _ = case.register("key", DeviceFacts::default(), "de", NOW).expect("nobody registered"),
        "consents" => _ = case.consent(&all(), NOW).expect("everything was agreed to"),
        "explain-front" => {
            case.choose(DocumentKind::Passport, None, NOW).expect("passports are taken");
            finish(case, None);
        }
        "front-video" | "selfie-video" => finish(case, Some(ArtifactKind::Video)),
        _ => finish(case, None),
    }
}

fn receipt(number: u128, kind: ArtifactKind) -> ArtifactReceipt {
    ArtifactReceipt {
        artifact: uuid(number),
        kind,
        media_type: "video/webm".into(),
        length: 1,
        sha256: "0".repeat(64),
        capture_origin: None,
    }
}

fn all() -> GiveConsents {
    let given = flow::consents("de").into_iter().map(|ask| ConsentGiven { id: ask.id, version: ask.version });
    GiveConsents { given: given.collect() }
}

fn check(step: &str, result: CheckResult) -> Check {
    Check {
        kind: CheckKind::Complete,
        step: step.into(),
        artifact: None,
        result,
        code: None,
        measured: None,
        limit: None,
    }
}

#[test]
fn steps_are_taken_in_order_and_a_second_time_changes_nothing() {
    let mut case = case(None);
    assert_eq!(case.finish_step("explain", &FinishStep::default(), NOW), Err(ErrorCode::SessionStepUnexpected));
    case.register("key", DeviceFacts::default(), "de", NOW).expect("the first device");
    case.finish_step("explain", &FinishStep::default(), NOW).expect("it is next");
    let before = case.clone();
    case.finish_step("explain", &FinishStep::default(), NOW).expect("again");
    assert_eq!(case, before);
    assert_eq!(case.register("other", DeviceFacts::default(), "de", NOW), Err(ErrorCode::SessionOtherDevice));
}

#[test]
fn every_consent_is_given_on_its_own() {
    let mut case = case(None);
    case.register("key", DeviceFacts::default(), "de", NOW).expect("the first device");
    case.finish_step("explain", &FinishStep::default(), NOW).expect("it is next");
    let mut given = all();
    given.given.pop();
    assert_eq!(case.consent(&given, NOW), Err(ErrorCode::ConsentIncomplete));
    let mut given = all();
    given.given[0].version = "2000-01-01".into();
    assert_eq!(case.consent(&given, NOW), Err(ErrorCode::ConsentIncomplete));
    case.consent(&all(), NOW).expect("all of them in the shown version");
    assert_eq!(case.consents.len(), 3);
}

#[test]
fn only_what_failed_is_repeated_and_a_selfie_gets_new_words() {
    let mut case = case(None);
    walk(&mut case, 1);
    let checks = vec![check("front-video", CheckResult::Ok), check("selfie-video", CheckResult::Failed)];
    case.judge(checks, [7, 8], &[], NOW).expect("it is being evaluated");
    assert_eq!((case.state, case.attempt, case.words), (CaseState::Repeat, 2, [7, 8]));
    let open: Vec<_> =
        case.steps.iter().filter(|step| step.state == StepState::Repeat).map(|step| step.id.as_str()).collect();
    assert_eq!(open, ["selfie-video"]);
    walk(&mut case, 100);
    assert_eq!(case.to_examine().len(), 1, "what was good is not looked at again");
    case.judge(vec![check("selfie-video", CheckResult::Ok)], [7, 8], &[], NOW).expect("it is being evaluated");
    assert_eq!(case.state, CaseState::Verified);
}

#[test]
fn the_fifth_failure_ends_the_case() {
    let mut case = case(None);
    for attempt in 1..=ATTEMPTS {
        assert_eq!(case.attempt, attempt);
        walk(&mut case, u128::from(attempt) * 100);
        case.judge(vec![check("front-video", CheckResult::Failed)], [0, 1], &[], NOW).expect("it is being evaluated");
    }
    assert_eq!(case.state, CaseState::AttemptsExhausted);
    assert_eq!(case.consent(&all(), NOW), Ok(super::Effects::default()), "a repeated answer is harmless");
    assert_eq!(case.finish_step("front-video", &FinishStep::default(), NOW), Err(ErrorCode::SessionAttemptsExhausted));
}

#[test]
fn a_plan_decides_and_suspected_fraud_looks_like_success() {
    let table = [
        (SandboxPlan::Success, CaseState::Verified),
        (SandboxPlan::Rejected, CaseState::Rejected),
        (SandboxPlan::FraudSuspected, CaseState::FraudSuspected),
        (SandboxPlan::DocumentNotSupported, CaseState::DocumentNotSupported),
        (SandboxPlan::DocumentNotAccepted, CaseState::DocumentNotAccepted),
    ];
    for (plan, state) in table {
        let mut case = case(Some(plan));
        walk(&mut case, 1);
        case.judge(vec![check("front-video", CheckResult::Failed)], [0, 1], &[], NOW).expect("it is being evaluated");
        assert_eq!(case.state, state);
        let success = PersonOutcome::of(CaseState::Verified);
        let looks = matches!(state, CaseState::Verified | CaseState::FraudSuspected);
        assert_eq!(PersonOutcome::of(case.state) == success, looks, "{state:?}");
    }
}

#[test]
fn a_plan_to_repeat_repeats_so_often_and_then_succeeds() {
    let mut case = case(Some(SandboxPlan::Repeat { steps: vec!["front-video".into()], times: 2 }));
    for attempt in 1_u8..=3 {
        walk(&mut case, u128::from(attempt) * 100);
        case.judge(Vec::new(), [0, 1], &[], NOW).expect("it is being evaluated");
        assert_eq!(case.state == CaseState::Verified, attempt == 3);
    }
}

#[test]
fn a_recording_is_handed_in_for_one_step_of_one_attempt() {
    let mut case = case(None);
    walk(&mut case, 1);
    let old = case.steps.iter().flat_map(|step| step.artifacts.clone()).next().expect("the front");
    case.judge(vec![check("front-video", CheckResult::Failed)], [0, 1], &[], NOW).expect("it is being evaluated");
    let again = FinishStep { artifacts: vec![old] };
    assert_eq!(case.finish_step("front-video", &again, NOW), Err(ErrorCode::SessionStepUnexpected));
    let fresh = FinishStep { artifacts: vec![receipt(100, ArtifactKind::Video)] };
    case.finish_step("front-video", &fresh, NOW).expect("a new recording");
    case.finish_step("front-video", &fresh, NOW).expect("the same again");
}

#[test]
fn a_recording_that_was_lost_on_its_way_is_replaced_before_the_evaluation() {
    let mut case = case(None);
    let fresh = |number| FinishStep { artifacts: vec![receipt(number, ArtifactKind::Video)] };
    assert_eq!(case.finish_step("front-video", &fresh(1), NOW), Err(ErrorCode::SessionStepUnexpected));
    walk_to_evaluation(&mut case, 1);
    case.finish_step("front-video", &fresh(100), NOW).expect("the first one never arrived");
    assert_eq!(case.to_examine()[0].artifacts, fresh(100).artifacts);
    assert_eq!(case.next().map(|step| step.id.as_str()), Some("evaluation"));
    case.start_evaluation(NOW).expect("everything is handed in");
    assert_eq!(case.finish_step("front-video", &fresh(101), NOW), Err(ErrorCode::SessionStepUnexpected));
    case.judge(vec![check("selfie-video", CheckResult::Failed)], [0, 1], &[], NOW).expect("it is being evaluated");
    walk_to_evaluation(&mut case, 200);
    assert_eq!(case.finish_step("front-video", &fresh(102), NOW), Err(ErrorCode::SessionStepUnexpected), "it was good");
}

#[test]
fn a_recording_larger_than_any_browser_makes_is_not_taken() {
    let mut case = case(None);
    let sized = |kind, length| FinishStep { artifacts: vec![ArtifactReceipt { length, ..receipt(100, kind) }] };
    while case.next().is_some_and(|step| step.id != "front-video") {
        take(&mut case, 1);
    }
    let large = sized(ArtifactKind::Video, largest(ArtifactKind::Video) + 1);
    assert_eq!(case.finish_step("front-video", &large, NOW), Err(ErrorCode::RequestInvalid));
    case.finish_step("front-video", &sized(ArtifactKind::Video, largest(ArtifactKind::Video)), NOW)
        .expect("the largest");
    assert!(largest(ArtifactKind::Still) < largest(ArtifactKind::Video));
}

#[test]
fn a_case_is_made_only_if_something_can_be_chosen_in_its_flow() {
    use DocumentKind::{DrivingLicence, ForeignIdCard, Passport, SwissIdCard};
    let made = |kinds: Option<&[DocumentKind]>| {
        let wish = CreateCase { accepted_documents: kinds.map(<[_]>::to_vec), ..wish() };
        let made = Case::create(uuid(0), &maker(Mode::Live), wish, NOW, NOW + 1000, [3, 4], Retention::UntilErased);
        made.map(|(case, _)| case.accepted).map_err(|(code, _)| code)
    };
    assert_eq!(made(Some(&[Passport, SwissIdCard])), Ok(vec![Passport]));
    assert_eq!(made(Some(&[ForeignIdCard])), Ok(vec![ForeignIdCard]));
    assert!(!made(None).expect("the usual kinds").contains(&ForeignIdCard), "only by name");
    for nothing in [&[][..], &[SwissIdCard], &[DrivingLicence]] {
        assert_eq!(made(Some(nothing)), Err(ErrorCode::RequestInvalid), "{nothing:?}");
    }
    let mut case = case(None);
    let change = ChangeCase { accepted_documents: Some(vec![SwissIdCard]), ..ChangeCase::default() };
    let refused = case.change(&change, &maker(Mode::Live), None, &[], NOW).expect_err("this flow has no Swiss cards");
    assert_eq!(refused.0, ErrorCode::RequestInvalid);
}
