//! The capture API: what the person's browser says. The rules are in `review`.

use axum::{
    Json as Answer,
    extract::{Path, State},
    http::StatusCode,
};
use lichtbild_protocol::{
    ErrorCode, Sensitive,
    capture::{
        ArtifactReceipt, Attest, ChooseDocument, ConfirmData, FinishStep, GiveConsents, HelpRequest, RegisterDevice,
        ReportReading, Role, SessionSnapshot, TimelineEntry, TokenIssued,
    },
    case::CaseState,
    document::ReadingOrigin,
    flow::ReadingState,
    problem::Problem,
};

use super::extract::{Asker, Json};
use crate::{
    auth::secret,
    clock,
    error::{ApiError, ApiResult},
    reading, recordings,
    review::{self, Case, Effects, case::StepRecord},
    state::{App, Tries},
    store::{Op, Token},
};

type Session = ApiResult<Answer<SessionSnapshot>>;

/// Most readings that the browsers of a case may report.
const CLAIMS_MAX: usize = 40;
/// Most lines of a case's timeline that browsers may add, and messages to support.
const REPORTS_MAX: usize = 500;

/// Everything a browser needs to draw and to go on.
#[utoipa::path(get, path = "/v1/capture/session", tag = "capture", security(("dpop" = [])),
    responses((status = 200, body = SessionSnapshot), (status = 401, body = Problem)))]
pub async fn session(State(app): State<App>, asker: Asker) -> Session {
    let case = app.case(&asker.token.case, ErrorCode::SessionUnknown).await?;
    // A link that nobody has used yet may be looked at without a key.
    if asker.key.is_some() || asker.token.key.is_some() || case.device.is_some() {
        asker.watching()?;
    }
    seen(&app, &case, &asker).await
}

/// A fresh token for the same case and key; also with an ended one.
#[utoipa::path(post, path = "/v1/capture/token", tag = "capture", security(("dpop" = [])),
    responses((status = 200, body = TokenIssued), (status = 401, body = Problem)))]
pub async fn token(State(app): State<App>, asker: Asker) -> ApiResult<Answer<TokenIssued>> {
    let key = asker.watching()?.to_owned();
    let now = clock::now();
    let ended = asker.token.expires_at <= now;
    let mut fresh = None;
    app.change(&asker.token.case, |case| {
        let known = asker.token.key.is_some() || case.device.as_ref().is_some_and(|device| device.key == key);
        if ended && (!known || case.state.ended()) {
            return Err(ErrorCode::SessionExpired.into());
        }
        if asker.token.role == Role::Capture && case.device.as_ref().is_some_and(|device| device.key != key) {
            return Err(ErrorCode::SessionOtherDevice.into());
        }
        let (issued, op) = issue(&app, case, asker.token.role, key.clone());
        fresh = Some(issued);
        Ok((Effects::default(), vec![op]))
    })
    .await?;
    fresh.map(Answer).ok_or_else(|| ErrorCode::InternalUnexpected.into())
}

/// A new token for a key, and what the store has to do for it.
pub fn issue(app: &App, case: &Case, role: Role, key: String) -> (TokenIssued, Op) {
    let token = secret::draw("lbt_");
    let expires_at = clock::now() + clock::millis(app.config.token_life());
    let stored = Token { hash: secret::hash(&token), case: case.id.clone(), role, key: Some(key), expires_at };
    (TokenIssued { token: Sensitive::new(token), expires_at: clock::rfc3339(expires_at) }, Op::AddToken(stored))
}

/// Registers the key whose proof the request carries.
#[utoipa::path(post, path = "/v1/capture/device", tag = "capture", security(("dpop" = [])), request_body = RegisterDevice,
    responses((status = 200, body = SessionSnapshot), (status = 403, body = Problem)))]
pub async fn device(State(app): State<App>, asker: Asker, Json(body): Json<RegisterDevice>) -> Session {
    let facts = &body.facts;
    let texts = [&facts.model, &facts.os, &facts.browser, &facts.language, &facts.viewport];
    if texts.iter().any(|text| text.chars().count() > 200) {
        return Err(ApiError::with(ErrorCode::RequestInvalid, "facts: at most 200 characters each"));
    }
    let case = app
        .change(&asker.token.case, |case| {
            let key = asker.capturing(case)?.to_owned();
            let effects = case.register(&key, body.facts.clone(), asker.lang, clock::now())?;
            let bind = Op::BindToken(asker.token.hash.clone(), key);
            Ok((effects, if asker.token.key.is_none() { vec![bind] } else { Vec::new() }))
        })
        .await?;
    seen(&app, &case, &asker).await
}

/// What the person agreed to.
#[utoipa::path(post, path = "/v1/capture/consents", tag = "capture", security(("dpop" = [])), request_body = GiveConsents,
    responses((status = 200, body = SessionSnapshot), (status = 422, body = Problem)))]
pub async fn consents(State(app): State<App>, asker: Asker, Json(body): Json<GiveConsents>) -> Session {
    step(&app, &asker, |case| case.consent(&body, clock::now())).await
}

/// The kind of document the person holds.
#[utoipa::path(post, path = "/v1/capture/document", tag = "capture", security(("dpop" = [])), request_body = ChooseDocument,
    responses((status = 200, body = SessionSnapshot), (status = 422, body = Problem)))]
pub async fn document(State(app): State<App>, asker: Asker, Json(body): Json<ChooseDocument>) -> Session {
    step(&app, &asker, |case| case.choose(body.kind, body.category, clock::now())).await
}

/// What the browser's engine read on a document. Kept as evidence; the newest counts.
#[utoipa::path(post, path = "/v1/capture/reading", tag = "capture", security(("dpop" = [])), request_body = ReportReading,
    responses((status = 204), (status = 409, body = Problem)))]
pub async fn report_reading(
    State(app): State<App>,
    asker: Asker,
    Json(body): Json<ReportReading>,
) -> ApiResult<StatusCode> {
    let lines = body.lines.expose();
    let plain = |line: &String| (30..=44).contains(&line.len()) && line.is_ascii();
    if !(2..=3).contains(&lines.len()) || !lines.iter().all(plain) || !(0.0..=1.0).contains(&body.confidence) {
        return Err(ApiError::with(
            ErrorCode::RequestInvalid,
            "lines: two or three of 30 to 44 signs; confidence: 0 to 1",
        ));
    }
    let claims = app.store.readings(&asker.token.case).await?;
    if claims.iter().filter(|it| it.origin == ReadingOrigin::Browser).count() >= CLAIMS_MAX {
        return Err(ErrorCode::RequestRateLimited.into());
    }
    app.change(&asker.token.case, |case| {
        asker.registered(case)?;
        let reading = case.claim(&body, uuid::Uuid::new_v4().to_string(), clock::now(), clock::today())?;
        Ok((Effects::default(), vec![Op::AddReading(Box::new(reading))]))
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The person's answer to what was read.
#[utoipa::path(post, path = "/v1/capture/confirmation", tag = "capture", security(("dpop" = [])), request_body = ConfirmData,
    responses((status = 200, body = SessionSnapshot), (status = 422, body = Problem)))]
pub async fn confirmation(State(app): State<App>, asker: Asker, Json(body): Json<ConfirmData>) -> Session {
    let mut tries = Tries::default();
    loop {
        tries.one_more()?;
        let before = app.case(&asker.token.case, ErrorCode::SessionUnknown).await?;
        asker.registered(&before)?;
        let readings = app.store.readings(&before.id).await?;
        let (state, shown) = review::reading::shown(&before, &readings, app.reader.usable());
        if state == ReadingState::Reading {
            return Err(ErrorCode::ConfirmationIncomplete.into());
        }
        let mut case = before.clone();
        let effects = case.confirm(&body, shown, clock::now())?;
        if let Some(case) = app.commit(&before, case, &effects, &[]).await? {
            return seen(&app, &case, &asker).await;
        }
    }
}

/// A clerk in the shop attests that document and person belong together.
#[utoipa::path(post, path = "/v1/capture/attestation", tag = "capture", security(("dpop" = [])), request_body = Attest,
    responses((status = 200, body = SessionSnapshot), (status = 422, body = Problem)))]
pub async fn attestation(State(app): State<App>, asker: Asker, Json(body): Json<Attest>) -> Session {
    step(&app, &asker, |case| case.attest(&body, clock::now())).await
}

/// The person is through with a step.
#[utoipa::path(post, path = "/v1/capture/steps/{step}", tag = "capture", security(("dpop" = [])),
    params(("step" = String, Path, description = "Name of the step")), request_body = FinishStep,
    responses((status = 200, body = SessionSnapshot), (status = 409, body = Problem)))]
pub async fn finish(
    State(app): State<App>,
    asker: Asker,
    Path(name): Path<String>,
    Json(body): Json<FinishStep>,
) -> Session {
    step(&app, &asker, |case| case.finish_step(&name, &body, clock::now())).await
}

/// Starts the evaluation, once everything that was promised is there.
#[utoipa::path(post, path = "/v1/capture/evaluation", tag = "capture", security(("dpop" = [])),
    responses((status = 202, body = SessionSnapshot), (status = 409, body = Problem)))]
pub async fn evaluation(State(app): State<App>, asker: Asker) -> ApiResult<(StatusCode, Answer<SessionSnapshot>)> {
    let uploads = app.store.uploads(&asker.token.case).await?;
    let case = app
        .change(&asker.token.case, |case| {
            asker.registered(case)?;
            let (_, effects) = case.start_evaluation(clock::now())?;
            let there = |step: &StepRecord, receipt: &ArtifactReceipt| {
                uploads.iter().any(|upload| recordings::keeps(upload, step, receipt))
            };
            let whole = |step: &&StepRecord| step.artifacts.iter().all(|receipt| there(step, receipt));
            if !case.to_examine().iter().all(whole) && !effects.timeline.is_empty() {
                return Err(ApiError::with(ErrorCode::SessionStepUnexpected, "uploads: not complete"));
            }
            Ok((effects, Vec::new()))
        })
        .await?;
    app.evaluate.notify_one();
    Ok((StatusCode::ACCEPTED, seen(&app, &case, &asker).await?))
}

/// A line for support: codes and step names only.
#[utoipa::path(post, path = "/v1/capture/timeline", tag = "capture", security(("dpop" = [])), request_body = TimelineEntry,
    responses((status = 204), (status = 401, body = Problem)))]
pub async fn timeline(State(app): State<App>, asker: Asker, Json(body): Json<TimelineEntry>) -> ApiResult<StatusCode> {
    room(&app, &asker).await?;
    app.change(&asker.token.case, |case| {
        let mut effects = Effects::default();
        let step = body.step.as_deref().filter(|name| case.steps.iter().any(|step| step.id == **name));
        effects.note(clock::now(), "error.reported", step, Some(body.code));
        Ok((effects, Vec::new()))
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The help form.
#[utoipa::path(post, path = "/v1/capture/help", tag = "capture", security(("dpop" = [])), request_body = HelpRequest,
    responses((status = 204), (status = 401, body = Problem)))]
pub async fn help(State(app): State<App>, asker: Asker, Json(body): Json<HelpRequest>) -> ApiResult<StatusCode> {
    room(&app, &asker).await?;
    if body.description.expose().chars().count() > 4_000 {
        return Err(ApiError::with(ErrorCode::RequestInvalid, "description: at most 4000 characters"));
    }
    app.change(&asker.token.case, |case| {
        let mut effects = Effects::default();
        let step = body.step.as_deref().filter(|name| case.steps.iter().any(|step| step.id == **name));
        effects.note(clock::now(), "help.asked", step, body.code);
        Ok((effects, vec![Op::Help(Box::new(body.clone()), clock::now())]))
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The person ends the case.
#[utoipa::path(post, path = "/v1/capture/cancel", tag = "capture", security(("dpop" = [])),
    responses((status = 200, body = SessionSnapshot), (status = 409, body = Problem)))]
pub async fn cancel(State(app): State<App>, asker: Asker) -> Session {
    let case = app
        .change(&asker.token.case, |case| {
            asker.capturing(case)?;
            Ok((case.end(CaseState::Cancelled, clock::now())?, Vec::new()))
        })
        .await?;
    seen(&app, &case, &asker).await
}

async fn room(app: &App, asker: &Asker) -> ApiResult<()> {
    asker.watching()?;
    if app.store.timeline(&asker.token.case).await?.len() >= REPORTS_MAX {
        return Err(ErrorCode::RequestRateLimited.into());
    }
    Ok(())
}

async fn step(app: &App, asker: &Asker, mut rule: impl FnMut(&mut Case) -> Result<Effects, ErrorCode>) -> Session {
    let case = app
        .change(&asker.token.case, |case| {
            asker.registered(case)?;
            Ok((rule(case)?, Vec::new()))
        })
        .await?;
    seen(app, &case, asker).await
}

async fn seen(app: &App, case: &Case, asker: &Asker) -> Session {
    reading::later(app, case);
    Ok(Answer(app.snapshot(case, &asker.viewer()).await?))
}
