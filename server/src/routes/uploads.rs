//! Uploads by tus 1.0.0. A 2xx means the piece survives power loss: object written and synced first, then one transaction that
//! counts only if nobody took the upload over. HEAD and a newer PATCH take it over at once; no request waits for another.

mod receive;
mod tus;

use axum::{
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use lichtbild_protocol::{ErrorCode, case::ArtifactKind, problem::Problem};

use super::extract::{Asker, number};
use crate::{
    clock,
    error::{ApiError, ApiResult},
    review::{Case, steps},
    state::App,
    store::Upload,
};
use receive::{Piece, receive};

/// Most recordings of one case: five attempts with room for retakes. Those that were removed count.
const UPLOADS_MAX: u64 = 120;
/// Most bytes of one case: a hundred times what a person needs.
const CASE_MAX: u64 = 1 << 30;

/// What this endpoint speaks.
#[utoipa::path(options, path = "/v1/uploads", tag = "uploads", responses((status = 204)))]
pub async fn options(State(app): State<App>) -> Response {
    let headers = [
        ("tus-resumable", tus::VERSION.to_owned()),
        ("tus-version", tus::VERSION.to_owned()),
        ("tus-extension", tus::EXTENSIONS.to_owned()),
        ("tus-checksum-algorithm", "sha1,sha256".to_owned()),
        ("tus-max-size", app.config.max_upload.to_string()),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// Creates an upload, with its first bytes if there are any. Creating the same artifact again is harmless.
#[utoipa::path(post, path = "/v1/uploads", tag = "uploads", security(("dpop" = [])),
    params(("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Length" = Option<u64>, Header, description = "Bytes; or Upload-Defer-Length"),
        ("Upload-Defer-Length" = Option<u8>, Header, description = "1: the length comes later"),
        ("Upload-Metadata" = String, Header, description = "artifact, step, kind, filetype")),
    responses((status = 201), (status = 413, body = Problem)))]
pub async fn create(State(app): State<App>, asker: Asker, request: Request) -> ApiResult<Response> {
    let headers = request.headers().clone();
    tus::version(&headers)?;
    let case = taking(&app, &asker).await?;
    let wanted = tus::creation(&headers)?;
    case.takes_upload(&wanted.step, wanted.kind)?;
    let limit = largest(&app, wanted.kind);
    if wanted.length.is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    let room = room(&app, &case).await?;
    if room.uploads == 0 && app.store.upload(&wanted.artifact).await?.is_none_or(|upload| upload.case != case.id) {
        return Err(ApiError::with(ErrorCode::RequestRateLimited, format!("limit: {UPLOADS_MAX} recordings per case")));
    }
    let made = app
        .store
        .create_upload(&Upload {
            artifact: wanted.artifact,
            case: case.id.clone(),
            step: wanted.step.clone(),
            kind: wanted.kind,
            media_type: wanted.media_type,
            attempt: case.attempt,
            offset: 0,
            length: wanted.length,
            epoch: 1,
            gone: false,
            sha256: None,
            created_at: clock::now(),
        })
        .await?;
    let Some(mut upload) = made else {
        // The case has ended, or went, in between.
        taking(&app, &asker).await?.takes_upload(&wanted.step, wanted.kind)?;
        return Err(ErrorCode::InternalUnavailable.into());
    };
    if upload.case != case.id || upload.step != wanted.step || upload.kind != wanted.kind {
        return Err(ApiError::with(ErrorCode::RequestConflict, "artifact: used before"));
    }
    if wanted.length.is_some() && upload.length.is_some_and(|length| Some(length) != wanted.length) {
        return Err(ErrorCode::UploadLengthInvalid.into());
    }
    let piece = tus::piece(&headers)?;
    if piece.is_some() && upload.offset == 0 {
        let checksum = tus::checksum(&headers)?;
        let taken = app.store.take_over(&upload.artifact, Some(0)).await?;
        upload = match taken {
            Some(upload) => {
                let piece = Piece { checksum, length: wanted.length, headers: &headers, room: room.bytes };
                receive(&app, upload, piece, request.into_body()).await?
            }
            // Somebody was quicker; the offset tells how far.
            None => app.store.upload(&upload.artifact).await?.ok_or(ErrorCode::UploadNotFound)?,
        };
    }
    let location = format!("{}/v1/uploads/{}", asker.base, upload.artifact);
    let mut answer = state(StatusCode::CREATED, &upload, &case);
    if let Ok(location) = HeaderValue::from_str(&location) {
        answer.headers_mut().insert(header::LOCATION, location);
    }
    Ok(answer)
}

/// How far an upload is. Takes it over: an older request in flight can commit nothing any more.
#[utoipa::path(head, path = "/v1/uploads/{upload}", tag = "uploads", security(("dpop" = [])),
    params(("upload" = String, Path, description = "From the Location")), responses((status = 200), (status = 404), (status = 410)))]
pub async fn offset(
    State(app): State<App>,
    asker: Asker,
    Path(artifact): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    tus::version(&headers)?;
    let case = app.case(&asker.token.case, ErrorCode::SessionUnknown).await?;
    asker.registered(&case)?;
    find(&app, &case, &artifact).await?;
    let upload = app.store.take_over(&artifact, None).await?.ok_or(ErrorCode::UploadGone)?;
    drop(app.writers.enter(&artifact, upload.epoch));
    let mut answer = state(StatusCode::OK, &upload, &case);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// Appends a piece, and sets the length if it is the last.
#[utoipa::path(patch, path = "/v1/uploads/{upload}", tag = "uploads", security(("dpop" = [])),
    params(("upload" = String, Path, description = "From the Location"),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Offset" = u64, Header, description = "Where the piece starts"),
        ("Upload-Length" = Option<u64>, Header, description = "The final length, once known"),
        ("Upload-Checksum" = Option<String>, Header, description = "sha1 or sha256, and the base64 digest")),
    request_body(content_type = "application/offset+octet-stream", content = Vec<u8>),
    responses((status = 204), (status = 409, body = Problem), (status = 410, body = Problem), (status = 413, body = Problem),
        (status = 415, body = Problem), (status = 460, body = Problem)))]
pub async fn append(
    State(app): State<App>,
    asker: Asker,
    Path(artifact): Path<String>,
    request: Request,
) -> ApiResult<Response> {
    let headers = request.headers().clone();
    tus::version(&headers)?;
    let case = taking(&app, &asker).await?;
    if tus::piece(&headers)?.is_none() {
        return Err(ErrorCode::UploadContentType.into());
    }
    let checksum = tus::checksum(&headers)?;
    let at = number(&headers, "upload-offset")
        .ok_or_else(|| ApiError::with(ErrorCode::RequestInvalid, "Upload-Offset: a number"))?;
    let length = tus::length(&headers)?;
    let known = find(&app, &case, &artifact).await?;
    let limit = largest(&app, known.kind);
    if length.is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    if known.offset != at {
        return Err(mismatch(&known));
    }
    if length.is_some_and(|length| length < known.offset || known.length.is_some_and(|known| known != length)) {
        return Err(ErrorCode::UploadLengthInvalid.into());
    }
    let Some(upload) = app.store.take_over(&artifact, Some(at)).await? else {
        return Err(mismatch(&find(&app, &case, &artifact).await?));
    };
    let room = room(&app, &case).await?.bytes;
    let upload =
        receive(&app, upload, Piece { checksum, length, headers: &headers, room }, request.into_body()).await?;
    Ok(state(StatusCode::NO_CONTENT, &upload, &case))
}

/// Removes an upload that was not handed in.
#[utoipa::path(delete, path = "/v1/uploads/{upload}", tag = "uploads", security(("dpop" = [])),
    params(("upload" = String, Path, description = "From the Location")),
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn terminate(
    State(app): State<App>,
    asker: Asker,
    Path(artifact): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    tus::version(&headers)?;
    let case = app.case(&asker.token.case, ErrorCode::SessionUnknown).await?;
    asker.registered(&case)?;
    find(&app, &case, &artifact).await?;
    if case.submitted.contains(&artifact) {
        return Err(ApiError::with(ErrorCode::SessionStepUnexpected, "upload: handed in"));
    }
    let objects = app.store.terminate(&artifact).await?;
    drop(app.writers.enter(&artifact, u64::MAX));
    for object in objects {
        app.blobs.delete(&object).await?;
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A POST that stands for another method (`X-HTTP-Method-Override`).
#[utoipa::path(post, path = "/v1/uploads/{upload}", tag = "uploads", security(("dpop" = [])),
    params(("upload" = String, Path, description = "From the Location"),
        ("X-HTTP-Method-Override" = String, Header, description = "PATCH, HEAD or DELETE")),
    responses((status = 200), (status = 204), (status = 405, body = Problem)))]
pub async fn overridden(
    State(app): State<App>,
    asker: Asker,
    Path(artifact): Path<String>,
    request: Request,
) -> ApiResult<Response> {
    let headers = request.headers().clone();
    match headers.get("x-http-method-override").map(HeaderValue::as_bytes) {
        Some(b"PATCH") => append(State(app), asker, Path(artifact), request).await,
        Some(b"HEAD") => offset(State(app), asker, Path(artifact), headers).await,
        Some(b"DELETE") => terminate(State(app), asker, Path(artifact), headers).await,
        _ => Err(ErrorCode::RequestMethod.into()),
    }
}

/// The case of a browser that may send recordings.
async fn taking(app: &App, asker: &Asker) -> ApiResult<Case> {
    let case = app.case(&asker.token.case, ErrorCode::SessionUnknown).await?;
    asker.registered(&case)?;
    if case.state.ended() {
        return Err(ErrorCode::SessionEnded.into());
    }
    Ok(case)
}

async fn find(app: &App, case: &Case, artifact: &str) -> ApiResult<Upload> {
    let upload = app.store.upload(artifact).await?.filter(|upload| upload.case == case.id);
    let upload = upload.ok_or(ErrorCode::UploadNotFound)?;
    if upload.gone { Err(ErrorCode::UploadGone.into()) } else { Ok(upload) }
}

/// What a case may still have.
struct Room {
    uploads: u64,
    bytes: u64,
}

async fn room(app: &App, case: &Case) -> ApiResult<Room> {
    let used = app.store.used(&case.id).await?;
    Ok(Room { uploads: UPLOADS_MAX.saturating_sub(used.uploads), bytes: CASE_MAX.saturating_sub(used.bytes) })
}

/// Largest recording of a kind: what the rules say, or what the operator does.
fn largest(app: &App, kind: ArtifactKind) -> u64 {
    steps::largest(kind).min(app.config.max_upload)
}

fn too_large(limit: u64) -> ApiError {
    ApiError::with(ErrorCode::UploadTooLarge, format!("limit: {limit} bytes")).header("tus-max-size", limit)
}

fn mismatch(upload: &Upload) -> ApiError {
    ApiError::from(ErrorCode::UploadOffsetMismatch).header("upload-offset", upload.offset)
}

/// An answer with all that is known about an upload.
fn state(status: StatusCode, upload: &Upload, case: &Case) -> Response {
    let mut answer = status.into_response();
    let headers = answer.headers_mut();
    headers.insert("upload-offset", HeaderValue::from(upload.offset));
    match upload.length {
        Some(length) => headers.insert("upload-length", HeaderValue::from(length)),
        None => headers.insert("upload-defer-length", HeaderValue::from_static("1")),
    };
    if let Ok(date) = HeaderValue::from_str(&clock::http_date(case.expires_at)) {
        headers.insert("upload-expires", date);
    }
    answer
}
