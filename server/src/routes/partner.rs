//! The partner API: make, read, list and erase cases.

use axum::{
    Json as Answer,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use lichtbild_protocol::{
    ErrorCode, Sensitive,
    capture::Role,
    case::CaseState,
    document::Reading,
    partner::{CaseCreated, CasePage, CaseReport, CreateCase, DocumentReport, MediaItem, SessionLink},
    problem::Problem,
    review::{AuditAction, ChangeCase},
};
use serde::Deserialize;

use super::{
    extract::{Json, Partner, Reached},
    review,
};
use crate::{
    auth::secret,
    clock::{self, Millis, rfc3339},
    error::{ApiError, ApiResult},
    review::{
        Case, Effects,
        case::Maker,
        clerk::{Clerk, Refusal},
        compared_with, words, zone,
    },
    state::App,
    store::{CaseQuery, Commit, Op, Token, Upload},
};

/// Makes a case. The same `Idempotency-Key` and body again: the same case with a fresh token.
#[utoipa::path(post, path = "/v1/cases", tag = "partner", security(("key" = [])), request_body = CreateCase,
    params(("Idempotency-Key" = Option<String>, Header, description = "1 to 128 characters")),
    responses((status = 201, body = CaseCreated), (status = 400, body = Problem), (status = 409, body = Problem)))]
pub async fn create(
    State(app): State<App>,
    Partner(maker): Partner,
    reached: Reached,
    headers: HeaderMap,
    Json(wish): Json<CreateCase>,
) -> ApiResult<(StatusCode, Answer<CaseCreated>)> {
    let key = match headers.get("idempotency-key").map(|key| key.to_str().unwrap_or_default()) {
        Some(key) if key.is_empty() || key.len() > 128 => {
            return Err(ApiError::with(ErrorCode::RequestInvalid, "Idempotency-Key: 1 to 128 characters"));
        }
        key => key,
    };
    let request = secret::hash(&serde_json::to_string(&wish).unwrap_or_default());
    let now = clock::now();
    let id = uuid::Uuid::new_v4().to_string();
    let expires_at = now + clock::millis(app.config.case_life());
    let retention = app.store.policy(&maker.partner).await?.keeps(wish.flow);
    let words = words::places(secret::random_bits());
    let (case, effects) = Case::create(id, &maker, wish, now, expires_at, words, retention).map_err(refused)?;
    let (link, op) = link(&app, &case.id, &reached);
    let commit = Commit { case: &case, effects: &effects, ops: &[op] };
    let earlier = app.store.create_case(commit, key.map(|key| (key, request.as_str()))).await?;
    let Some((id, earlier)) = earlier else {
        return Ok((StatusCode::CREATED, Answer(CaseCreated { case: case.summary(), session: link })));
    };
    if earlier != request {
        return Err(ErrorCode::RequestConflict.into());
    }
    let (case, session) = relink(&app, &id, &maker, &reached).await?;
    Ok((StatusCode::CREATED, Answer(CaseCreated { case: case.summary(), session })))
}

/// What a list is narrowed to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    state: Option<CaseState>,
    limit: Option<u32>,
    cursor: Option<String>,
}

/// Lists cases of the key's kind, newest first.
#[utoipa::path(get, path = "/v1/cases", tag = "partner", security(("key" = [])),
    params(("state" = Option<CaseState>, Query, description = "Only these"),
        ("limit" = Option<u32>, Query, description = "1 to 100; 50 if absent"),
        ("cursor" = Option<String>, Query, description = "From the page before")),
    responses((status = 200, body = CasePage), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    Partner(maker): Partner,
    query: Result<Query<ListQuery>, axum::extract::rejection::QueryRejection>,
) -> ApiResult<Answer<CasePage>> {
    let Query(query) = query.map_err(|_| ApiError::with(ErrorCode::RequestInvalid, "query"))?;
    let limit = query.limit.unwrap_or(50).clamp(1, 100);
    let before = match query.cursor {
        None => None,
        Some(cursor) => Some(place(&cursor).ok_or_else(|| ApiError::with(ErrorCode::RequestInvalid, "query: cursor"))?),
    };
    let query = CaseQuery { state: query.state, before, limit: limit + 1 };
    let mut cases = app.store.cases(&maker.partner, maker.mode, &query).await?;
    let more = cases.len() > limit as usize;
    cases.truncate(limit as usize);
    let next = cases.last().filter(|_| more).map(cursor);
    Ok(Answer(CasePage { items: cases.iter().map(Case::summary).collect(), next }))
}

fn cursor(case: &Case) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("{}:{}", case.created_at, case.id))
}

fn place(cursor: &str) -> Option<(Millis, String)> {
    let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let (at, id) = text.split_once(':')?;
    Some((at.parse().ok()?, id.to_owned()))
}

/// A case with everything the partner may know.
#[utoipa::path(get, path = "/v1/cases/{case}", tag = "partner", security(("key" = [])),
    params(("case" = String, Path, description = "UUID")),
    responses((status = 200, body = CaseReport), (status = 404, body = Problem)))]
pub async fn read(
    State(app): State<App>,
    Partner(maker): Partner,
    Path(id): Path<String>,
) -> ApiResult<Answer<CaseReport>> {
    let case = own(&app, &id, &maker).await?;
    report(&app, &case).await
}

/// What was read on the document, beside what is expected. Personal data.
#[utoipa::path(get, path = "/v1/cases/{case}/document", tag = "partner", security(("key" = [])),
    params(("case" = String, Path, description = "UUID")),
    responses((status = 200, body = DocumentReport), (status = 404, body = Problem)))]
pub async fn document(
    State(app): State<App>,
    Partner(maker): Partner,
    Path(id): Path<String>,
) -> ApiResult<Answer<DocumentReport>> {
    let case = own(&app, &id, &maker).await?;
    let readings = app.store.readings(&id).await?;
    let counted = zone::counted(&case, &readings);
    Ok(Answer(DocumentReport {
        kind: case.document,
        fields: counted.map(|reading| reading.fields.clone()).unwrap_or_default(),
        confidence: counted.and_then(|reading| reading.confidence),
        comparison: compared_with(&case, counted),
        readings,
    }))
}

/// Changes master data, accepted kinds or the contract's end; what is absent stays. The rules run again where they have run.
#[utoipa::path(patch, path = "/v1/cases/{case}", tag = "partner", security(("key" = [])), request_body = ChangeCase,
    params(("case" = String, Path, description = "UUID")),
    responses((status = 200, body = CaseReport), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn change(
    State(app): State<App>,
    Partner(maker): Partner,
    Path(id): Path<String>,
    Json(body): Json<ChangeCase>,
) -> ApiResult<Answer<CaseReport>> {
    let clerk = match (&body.clerk, &maker.clerk) {
        (None, None) => None,
        _ => Some(Clerk::of(&maker, body.clerk.as_ref()).map_err(refused)?),
    };
    let case = review::changed(&app, &id, &maker, |case, readings| {
        Ok((case.change(&body, &maker, clerk.as_ref(), readings, clock::now())?, Vec::new()))
    })
    .await?;
    report(&app, &case).await
}

/// Turns a refusal of the rules into an answer.
pub fn refused((code, detail): Refusal) -> ApiError {
    ApiError::with(code, detail)
}

async fn report(app: &App, case: &Case) -> ApiResult<Answer<CaseReport>> {
    let id = &case.id;
    let uploads = app.store.uploads(id).await?;
    let readings = app.store.readings(id).await?;
    Ok(Answer(CaseReport {
        case: case.summary(),
        document: case.document,
        channel: case.channel(),
        steps: case.step_reports(),
        consents: case.consents.clone(),
        attempts: case.attempts.clone(),
        media: uploads.iter().map(|upload| item(case, upload, &readings)).collect(),
        device: case.device.as_ref().map(|device| device.facts.clone()),
        timeline: app.store.timeline(id).await?,
        help: app.store.help(id).await?,
    }))
}

fn item(case: &Case, upload: &Upload, readings: &[Reading]) -> MediaItem {
    let here = |reading: &&Reading| reading.artifact.as_ref() == Some(&upload.artifact);
    MediaItem {
        artifact: upload.artifact.clone(),
        step: upload.step.clone(),
        attempt: upload.attempt,
        kind: upload.kind,
        media_type: upload.media_type.clone(),
        length: upload.offset,
        sha256: upload.sha256.clone(),
        complete: upload.complete(),
        submitted: case.submitted.contains(&upload.artifact),
        capture_origin: case.origins.get(&upload.artifact).copied(),
        document: readings.iter().filter(here).find_map(|reading| reading.document),
        created_at: rfc3339(upload.created_at),
    }
}

/// A fresh token for a case.
#[utoipa::path(post, path = "/v1/cases/{case}/session", tag = "partner", security(("key" = [])),
    params(("case" = String, Path, description = "UUID")),
    responses((status = 200, body = SessionLink), (status = 404, body = Problem)))]
pub async fn session(
    State(app): State<App>,
    Partner(maker): Partner,
    reached: Reached,
    Path(id): Path<String>,
) -> ApiResult<Answer<SessionLink>> {
    Ok(Answer(relink(&app, &id, &maker, &reached).await?.1))
}

/// Removes a case: recordings, rows, tokens. A tombstone with id and time stays.
#[utoipa::path(delete, path = "/v1/cases/{case}", tag = "partner", security(("key" = [])),
    params(("case" = String, Path, description = "UUID")),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn erase(State(app): State<App>, Partner(maker): Partner, Path(id): Path<String>) -> ApiResult<StatusCode> {
    let case = own(&app, &id, &maker).await?;
    let mut effects = Effects::default();
    let line = effects.record(clock::now(), AuditAction::Erased);
    line.key = Some(maker.key);
    app.erase(&case, line).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A case of this partner and kind of key.
pub async fn own(app: &App, id: &str, maker: &Maker) -> ApiResult<Case> {
    let case = app.case(id, ErrorCode::CaseNotFound).await?;
    if case.partner != maker.partner || case.mode != maker.mode {
        return Err(ErrorCode::CaseNotFound.into());
    }
    Ok(case)
}

pub(super) async fn relink(app: &App, id: &str, maker: &Maker, reached: &Reached) -> ApiResult<(Case, SessionLink)> {
    own(app, id, maker).await?;
    let mut made = None;
    let case = app
        .change(id, |case| {
            let (fresh, op) = link(app, &case.id, reached);
            made = Some(fresh);
            Ok((Effects::default(), vec![op]))
        })
        .await?;
    made.map(|link| (case, link)).ok_or_else(|| ErrorCode::InternalUnexpected.into())
}

/// A token that is not bound to a key yet, and the link that holds it.
pub(super) fn link(app: &App, case: &str, reached: &Reached) -> (SessionLink, Op) {
    let token = secret::draw("lbt_");
    let expires_at = clock::now() + clock::millis(app.config.link_life());
    let stored =
        Token { hash: secret::hash(&token), case: case.to_owned(), role: Role::Capture, key: None, expires_at };
    let link = SessionLink {
        url: Sensitive::new(format!("{}/jump/#s={token}", reached.base)),
        token: Sensitive::new(token),
        expires_at: rfc3339(expires_at),
    };
    (link, Op::AddToken(stored))
}
