//! For the operator: does it work, and how much does it do.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use lichtbild_protocol::{ErrorCode, problem::Problem};

use crate::{error::ApiResult, state::App};

/// Whether the server works, as far as anybody may ask: writes nothing, and looks at the store every few seconds at most.
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 200, body = String), (status = 503, body = Problem)))]
pub async fn healthz(State(app): State<App>) -> ApiResult<&'static str> {
    if app.health.store(&*app.store).await { Ok("ok\n") } else { Err(ErrorCode::InternalUnavailable.into()) }
}

/// `GET /healthz` of the operator's listener: whether store and recordings can be read and written.
pub async fn whole(State(app): State<App>) -> ApiResult<&'static str> {
    app.store.ping().await?;
    app.blobs.ping().await?;
    Ok("ok\n")
}

/// `GET /metrics` of the operator's listener: figures in the text format of Prometheus. They tell outcomes that browsers must not
/// learn.
pub async fn metrics(State(app): State<App>) -> ApiResult<Response> {
    let text = app.metrics.text().map_err(|_| ErrorCode::InternalUnexpected)?;
    let mut answer = text.into_response();
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(answer)
}
