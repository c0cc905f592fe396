//! What crosses between browser, server and partner, held against the golden JSON in `tests/fixtures/wire`, which the
//! package's tests hold against the TypeScript types. Every variant appears in some example.

use lichtbild_protocol::{
    capture::{DeviceBinding, Role, SessionSnapshot, TokenIssued},
    case::{ArtifactKind, CaseState, Channel, CheckKind, CheckResult, Mode, PersonOutcome, SandboxPlan},
    document::{OutputError, ReadingOrigin},
    flow::{Availability, DocumentKind, ReadingState, Side, StepKind, StepState, Topic},
    partner::{
        CaseCreated, CasePage, CaseReport, CreateCase, Delivery, DocumentReport, SetWebhook, Webhook, WebhookEvent,
    },
    problem::Problem,
    review::{ChangeCase, Decide, JudgeRule, Light, PutBack, ReviewReport, RuleKind, RuleResult, Verdict},
};

#[path = "../../../tests/native/wire/golden.rs"]
mod golden;

use golden::{NONE, golden, round_trip, unseen};

#[test]
fn what_the_browser_is_told_reads_and_writes_as_agreed() {
    round_trip::<SessionSnapshot>("SessionSnapshot");
    round_trip::<TokenIssued>("TokenIssued");
    round_trip::<Problem>("Problem");
}

#[test]
fn what_a_partner_says_and_is_told_reads_and_writes_as_agreed() {
    round_trip::<CreateCase>("CreateCase");
    round_trip::<CaseCreated>("CaseCreated");
    round_trip::<CaseReport>("CaseReport");
    round_trip::<DocumentReport>("DocumentReport");
    round_trip::<CasePage>("CasePage");
    round_trip::<SetWebhook>("SetWebhook");
    round_trip::<Webhook>("Webhook");
    round_trip::<WebhookEvent>("WebhookEvent");
    round_trip::<Delivery>("Delivery");
    round_trip::<ChangeCase>("ChangeCase");
    round_trip::<JudgeRule>("JudgeRule");
    round_trip::<Decide>("Decide");
    round_trip::<PutBack>("PutBack");
}

#[test]
fn unknown_keys_of_a_partner_are_refused() {
    for name in ["CreateCase", "SetWebhook"] {
        for (example, mut json) in golden(name) {
            json["unheardOf"] = true.into();
            let refused = match name {
                "CreateCase" => serde_json::from_value::<CreateCase>(json).is_err(),
                _ => serde_json::from_value::<SetWebhook>(json).is_err(),
            };
            assert!(refused, "{name}, {example}");
        }
    }
}

#[test]
fn every_part_of_a_session_has_an_example() {
    let sessions = round_trip::<SessionSnapshot>("SessionSnapshot");
    assert_eq!(unseen!(Role [Capture Observe] in sessions.iter().map(|one| one.role)), NONE);
    assert_eq!(unseen!(Mode [Live Sandbox] in sessions.iter().map(|one| one.mode)), NONE);
    assert_eq!(unseen!(DeviceBinding [None This Other] in sessions.iter().map(|one| one.device)), NONE);
    assert_eq!(
        unseen!(ArtifactKind [Video Still] in sessions.iter().flat_map(|one| &one.uploads).map(|one| one.kind)),
        NONE
    );
    let outcomes = sessions.iter().filter_map(|one| one.outcome);
    let unseen_outcomes = unseen!(PersonOutcome [
        Success InReview Rejected AttemptsExhausted DocumentNotSupported DocumentNotAccepted Cancelled Expired
    ] in outcomes);
    assert_eq!(unseen_outcomes, NONE);
    let options = || sessions.iter().flat_map(|one| &one.documents);
    assert_eq!(
        unseen!(Availability [Accepted NotAccepted NotSupported] in options().map(|one| one.availability)),
        NONE
    );
    let unseen_kinds = unseen!(DocumentKind [
        GermanIdCard GermanIdCardLaminated Passport GermanResidencePermit SwissIdCard SwissPermit ForeignIdCard DrivingLicence
    ] in options().map(|one| one.kind));
    assert_eq!(unseen_kinds, NONE);
}

#[test]
fn every_kind_of_step_has_an_example() {
    let sessions = round_trip::<SessionSnapshot>("SessionSnapshot");
    let steps = || sessions.iter().flat_map(|one| &one.flow.steps);
    let kinds = || steps().map(|step| &step.kind);
    assert_eq!(unseen!(StepState [Open Done Repeat Skipped] in steps().map(|step| step.state)), NONE);
    let unseen_kinds = unseen!(StepKind [
        Device Explainer Consents Permissions DocumentVideo DocumentPhoto SelfieVideo DataConfirmation ClerkAttestation Evaluation
        Success
    ] in kinds());
    assert_eq!(unseen_kinds, NONE);
    let topics =
        kinds().filter_map(|kind| if let StepKind::Explainer { topic, .. } = kind { Some(topic) } else { None });
    assert_eq!(unseen!(Topic [Whole Front Back Selfie] in topics), NONE);
    let sides = kinds().filter_map(|kind| match kind {
        StepKind::DocumentVideo { side, .. } | StepKind::DocumentPhoto { side } => Some(side),
        _ => None,
    });
    assert_eq!(unseen!(Side [Front Back] in sides), NONE);
    let readings = kinds()
        .filter_map(|kind| if let StepKind::DataConfirmation { reading, .. } = kind { Some(reading) } else { None });
    assert_eq!(unseen!(ReadingState [Reading Ready Unreadable] in readings), NONE);
}

#[test]
fn every_part_of_a_review_has_an_example() {
    let reviews = round_trip::<ReviewReport>("ReviewReport");
    assert_eq!(unseen!(Light [Green Amber Red] in reviews.iter().map(|one| one.light)), NONE);
    assert_eq!(unseen!(Channel [Customer Shop] in reviews.iter().map(|one| one.channel)), NONE);
    let rules = || reviews.iter().flat_map(|one| &one.rules);
    let unseen_rules = unseen!(RuleKind [
        FaceMatch BirthDate DocumentNumber OutputErrors DataConfirmed MrzReadable PermitCategory
    ] in rules().map(|rule| rule.kind));
    assert_eq!(unseen_rules, NONE);
    assert_eq!(unseen!(RuleResult [Ok NotOk NotApplicable Pending] in rules().map(|rule| rule.result)), NONE);
    let verdicts = reviews.iter().flat_map(|one| &one.decisions).map(|decision| decision.verdict);
    assert_eq!(unseen!(Verdict [Approve Reject] in verdicts), NONE);
    let readings = || reviews.iter().flat_map(|one| &one.readings);
    assert_eq!(unseen!(ReadingOrigin [Browser Server] in readings().map(|one| one.origin)), NONE);
    let unseen_errors = unseen!(OutputError [
        IdMrzNotFound IdBadMrzFields IdMrzUnsure IdBadCheckDigits IdExpired IdBadDocumentKind IdNotSupported IdNotAccepted
        IdSidesDiffer IdReadingsDiffer
    ] in readings().flat_map(|one| &one.errors));
    assert_eq!(unseen_errors, NONE);
}

#[test]
fn every_state_every_check_and_every_plan_has_an_example() {
    let pages = round_trip::<CasePage>("CasePage");
    let states = pages.iter().flat_map(|page| &page.items).map(|case| case.state);
    let unseen_states = unseen!(CaseState [
        Created Started Evaluating Repeat InReview Verified Rejected FraudSuspected AttemptsExhausted DocumentNotSupported
        DocumentNotAccepted Cancelled Expired
    ] in states);
    assert_eq!(unseen_states, NONE);
    let reports = round_trip::<CaseReport>("CaseReport");
    let checks = || reports.iter().flat_map(|report| &report.attempts).flat_map(|attempt| &attempt.checks);
    let unseen_kinds = unseen!(CheckKind [
        Complete Container Duration PictureSize SoundPresent SoundAudible PictureNotBlack PictureNotFrozen Sharpness Brightness
        Glare DocumentPresent DocumentSide DocumentWhole DocumentCorners DocumentResolution MrzReadable DocumentKind DocumentAccepted
        DocumentUnexpired SidesMatch DataExpected ReadingsAgree Sandbox
    ] in checks().map(|check| check.kind));
    assert_eq!(unseen_kinds, NONE);
    assert_eq!(unseen!(CheckResult [Ok Failed NotApplicable] in checks().map(|check| check.result)), NONE);
    let plans = round_trip::<CreateCase>("CreateCase").into_iter().filter_map(|wish| wish.sandbox);
    let unseen_plans = unseen!(SandboxPlan [
        Success Repeat Rejected FraudSuspected DocumentNotSupported DocumentNotAccepted
    ] in plans);
    assert_eq!(unseen_plans, NONE);
}
