//! For the operator: does it work, and how much does it do.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use lichtbild_protocol::{ErrorCode, problem::Problem};

/// Works.
const OK: &str = "ok\n";
/// Works, but evaluations go without what depends on the network.
const WITHOUT_NETWORK: &str = "ok\nmodel.unusable: documents are not looked for, and their checks not made\n";

use crate::{error::ApiResult, state::App};

/// Whether the server works, as far as anybody may ask: writes nothing, and looks at the store every few seconds at most. Says
/// `model.unusable` where documents cannot be looked for, which stops nothing else.
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 200, body = String), (status = 503, body = Problem)))]
pub async fn healthz(State(app): State<App>) -> ApiResult<&'static str> {
    if app.health.store(&*app.store).await { Ok(well(&app)) } else { Err(ErrorCode::InternalUnavailable.into()) }
}

/// `GET /healthz` of the operator's listener: whether store and recordings can be read and written.
pub async fn whole(State(app): State<App>) -> ApiResult<&'static str> {
    app.store.ping().await?;
    app.blobs.ping().await?;
    Ok(well(&app))
}

fn well(app: &App) -> &'static str {
    if app.documents.usable() { OK } else { WITHOUT_NETWORK }
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
