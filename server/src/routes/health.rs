//! For the operator: does it work, and how much does it do.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use lichtbild_protocol::{ErrorCode, problem::Problem};

use crate::{error::ApiResult, state::App};

/// Works, but evaluations go without what depends on a network.
const NOT_LOOKED_FOR: &str = "model.unusable: documents are not looked for, and their checks not made\n";
const NOT_READ: &str = "model.unusable: documents are not read, and what they say is not checked\n";

/// Whether the server works, as far as anybody may ask: writes nothing, and looks at the store every few seconds at most. Says
/// `model.unusable` where documents cannot be looked for, or not be read, which stops nothing else.
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 200, body = String), (status = 503, body = Problem)))]
pub async fn healthz(State(app): State<App>) -> ApiResult<String> {
    if app.health.store(&*app.store).await { Ok(well(&app)) } else { Err(ErrorCode::InternalUnavailable.into()) }
}

/// `GET /healthz` of the operator's listener: whether store and recordings can be read and written.
pub async fn whole(State(app): State<App>) -> ApiResult<String> {
    app.store.ping().await?;
    app.blobs.ping().await?;
    Ok(well(&app))
}

fn well(app: &App) -> String {
    let missing = [(app.documents.usable(), NOT_LOOKED_FOR), (app.reader.usable(), NOT_READ)];
    std::iter::once("ok\n").chain(missing.into_iter().filter_map(|(usable, line)| (!usable).then_some(line))).collect()
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
