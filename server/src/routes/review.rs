//! The partner's review: what its clerks see and decide. The rules are in `review`.

use axum::{
    Json as Answer,
    extract::{Path, State},
};
use lichtbild_protocol::{
    ErrorCode, Sensitive,
    document::Reading,
    partner::SessionLink,
    problem::Problem,
    review::{AuditEntry, Decide, JudgeRule, Light, PutBack, ReviewReport, RuleKind},
};

use super::{
    extract::{Json, Partner, Reached},
    partner::{link, own, refused},
};
use crate::{
    auth::secret,
    clock::{self, rfc3339},
    error::{ApiError, ApiResult},
    review::{
        Case, Effects,
        case::Maker,
        clerk::{Again, Clerk, Refusal},
        compared, rules, words,
    },
    state::{App, Tries},
    store::Op,
};

type Report = ApiResult<Answer<ReviewReport>>;

/// Everything a clerk needs to decide.
#[utoipa::path(get, path = "/v1/cases/{case}/review", tag = "review", security(("key" = [])),
    params(("case" = String, Path, description = "UUID")),
    responses((status = 200, body = ReviewReport), (status = 404, body = Problem)))]
pub async fn read(State(app): State<App>, Partner(maker): Partner, Path(id): Path<String>) -> Report {
    let case = own(&app, &id, &maker).await?;
    report(&app, &case, &maker).await
}

/// Judges a rule that is a clerk's to judge.
#[utoipa::path(post, path = "/v1/cases/{case}/review/rules/{rule}", tag = "review", security(("key" = [])),
    request_body = JudgeRule,
    params(("case" = String, Path, description = "UUID"), ("rule" = RuleKind, Path, description = "Which")),
    responses((status = 200, body = ReviewReport), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn judge(
    State(app): State<App>,
    Partner(maker): Partner,
    Path((id, rule)): Path<(String, RuleKind)>,
    Json(body): Json<JudgeRule>,
) -> Report {
    let judge = |case: &mut Case, clerk: &Clerk, readings: &[Reading]| {
        case.judge_rule(rule, &body, clerk, readings, clock::now())
    };
    acted(&app, &id, &maker, body.clerk.as_ref(), judge).await
}

/// Approves or rejects the case.
#[utoipa::path(post, path = "/v1/cases/{case}/review/decision", tag = "review", security(("key" = [])), request_body = Decide,
    params(("case" = String, Path, description = "UUID")),
    responses((status = 200, body = ReviewReport), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn decide(
    State(app): State<App>,
    Partner(maker): Partner,
    Path(id): Path<String>,
    Json(body): Json<Decide>,
) -> Report {
    let four_eyes = app.store.policy(&maker.partner).await?.four_eyes;
    let decide = |case: &mut Case, clerk: &Clerk, readings: &[Reading]| {
        case.decide(&body, clerk, four_eyes, readings, clock::now())
    };
    acted(&app, &id, &maker, body.clerk.as_ref(), decide).await
}

/// Asks for steps again. Older links open nothing any more.
#[utoipa::path(post, path = "/v1/cases/{case}/review/put-back", tag = "review", security(("key" = [])), request_body = PutBack,
    params(("case" = String, Path, description = "UUID")),
    responses((status = 200, body = SessionLink), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn put_back(
    State(app): State<App>,
    Partner(maker): Partner,
    reached: Reached,
    Path(id): Path<String>,
    Json(body): Json<PutBack>,
) -> ApiResult<Answer<SessionLink>> {
    let put_back = |case: &mut Case, clerk: &Clerk, readings: &[Reading], attempt: Again| {
        case.put_back(&body, clerk, readings, attempt)
    };
    again(&app, &maker, &reached, &id, body.clerk.as_ref(), put_back).await
}

/// Asks for every step again: a new session. Older links open nothing any more.
#[utoipa::path(post, path = "/v1/cases/{case}/review/restart", tag = "review", security(("key" = [])), request_body = PutBack,
    params(("case" = String, Path, description = "UUID")),
    responses((status = 200, body = SessionLink), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn restart(
    State(app): State<App>,
    Partner(maker): Partner,
    reached: Reached,
    Path(id): Path<String>,
    Json(body): Json<PutBack>,
) -> ApiResult<Answer<SessionLink>> {
    let restart = |case: &mut Case, clerk: &Clerk, _: &[Reading], attempt: Again| case.restart(&body, clerk, attempt);
    again(&app, &maker, &reached, &id, body.clerk.as_ref(), restart).await
}

/// Who did what and when; of an erased case without who and why.
#[utoipa::path(get, path = "/v1/cases/{case}/audit", tag = "review", security(("key" = [])),
    params(("case" = String, Path, description = "UUID")),
    responses((status = 200, body = Vec<AuditEntry>), (status = 404, body = Problem)))]
pub async fn audit(
    State(app): State<App>,
    Partner(maker): Partner,
    Path(id): Path<String>,
) -> ApiResult<Answer<Vec<AuditEntry>>> {
    let lines = app.store.audit(&id, &maker.partner, maker.mode).await?;
    if lines.is_empty() { Err(ErrorCode::CaseNotFound.into()) } else { Ok(Answer(lines)) }
}

/// A clerk does something to a case, whose review is the answer.
async fn acted(
    app: &App,
    id: &str,
    maker: &Maker,
    named: Option<&Sensitive<String>>,
    mut act: impl FnMut(&mut Case, &Clerk, &[Reading]) -> Result<Effects, Refusal>,
) -> Report {
    let clerk = Clerk::of(maker, named).map_err(refused)?;
    let case = changed(app, id, maker, |case, readings| Ok((act(case, &clerk, readings)?, Vec::new()))).await?;
    report(app, &case, maker).await
}

/// A clerk asks for another attempt, to whose fresh link the answer leads.
async fn again(
    app: &App,
    maker: &Maker,
    reached: &Reached,
    id: &str,
    named: Option<&Sensitive<String>>,
    mut act: impl FnMut(&mut Case, &Clerk, &[Reading], Again) -> Result<Effects, Refusal>,
) -> ApiResult<Answer<SessionLink>> {
    let clerk = Clerk::of(maker, named).map_err(refused)?;
    let words = words::places(secret::random_bits());
    let now = clock::now();
    let (fresh, token) = link(app, id, reached);
    let attempt = Again { words, expires_at: now + clock::millis(app.config.case_life()), now };
    changed(app, id, maker, |case, readings| {
        let effects = act(case, &clerk, readings, attempt)?;
        Ok((effects, vec![Op::CutOff, token.clone()]))
    })
    .await?;
    Ok(Answer(fresh))
}

/// Changes a case of this partner by a rule that also looks at what was read, as `App::change` does.
pub async fn changed(
    app: &App,
    id: &str,
    maker: &Maker,
    mut rule: impl FnMut(&mut Case, &[Reading]) -> Result<(Effects, Vec<Op>), Refusal>,
) -> ApiResult<Case> {
    let mut tries = Tries::default();
    loop {
        tries.one_more()?;
        let before = own(app, id, maker).await?;
        let readings = app.store.readings(id).await?;
        let mut case = before.clone();
        let (effects, ops) = rule(&mut case, &readings).map_err(refused)?;
        if let Some(case) = app.commit(&before, case, &effects, &ops).await? {
            return Ok(case);
        }
    }
}

async fn report(app: &App, case: &Case, maker: &Maker) -> Report {
    let channel = case.channel().ok_or_else(|| ApiError::with(ErrorCode::RequestNotFound, "sim-registration only"))?;
    let readings = app.store.readings(&case.id).await?;
    Ok(Answer(ReviewReport {
        case: case.id.clone(),
        state: case.state,
        light: Light::of(case.state),
        channel,
        document: case.document,
        category: case.category,
        expected: case.expected.clone(),
        comparison: compared(case, &readings),
        rules: rules::rules(case, &readings),
        readings,
        confirmation: case.confirmation.clone(),
        attestation: case.attestation.clone(),
        decisions: case.decisions.iter().map(|(decision, _)| decision.clone()).collect(),
        four_eyes: app.store.policy(&maker.partner).await?.four_eyes,
        clerk: maker.clerk.clone().map(Sensitive::new),
        steps: case.can_be_put_back(),
        contract_end: case.contract_end.clone(),
        erase_at: case.erase_at().map(rfc3339),
        audit: app.store.audit(&case.id, &maker.partner, maker.mode).await?,
    }))
}
