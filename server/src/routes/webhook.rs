//! Where a partner's events go, and what became of them. A live key sees and sets what concerns live cases, a sandbox key the rest.

use axum::{
    Json as Answer,
    extract::{Path, State},
    http::StatusCode,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use lichtbild_protocol::{
    ErrorCode, Sensitive,
    partner::{Delivery, SetWebhook, Webhook},
    problem::Problem,
};

use super::extract::{Json, Partner};
use crate::{
    auth::secret,
    clock,
    error::{ApiError, ApiResult},
    state::App,
    store::Hook,
    webhook::check_url,
};

/// Where events about cases of the key's kind go. The secret is not shown again.
#[utoipa::path(get, path = "/v1/webhook", tag = "webhook", security(("key" = [])),
    responses((status = 200, body = Webhook), (status = 404, body = Problem)))]
pub async fn read(State(app): State<App>, Partner(maker): Partner) -> ApiResult<Answer<Webhook>> {
    let hook = app.store.hook(&maker.partner, maker.mode).await?;
    let hook = hook.ok_or_else(|| ApiError::with(ErrorCode::RequestNotFound, "no webhook is set"))?;
    Ok(Answer(Webhook { url: hook.url, secret: None, enabled: hook.enabled }))
}

/// Sets the address, makes a new secret and switches deliveries on.
#[utoipa::path(put, path = "/v1/webhook", tag = "webhook", security(("key" = [])), request_body = SetWebhook,
    responses((status = 200, body = Webhook), (status = 422, body = Problem)))]
pub async fn set(
    State(app): State<App>,
    Partner(maker): Partner,
    Json(body): Json<SetWebhook>,
) -> ApiResult<Answer<Webhook>> {
    if body.url.len() > 2000 {
        return Err(ErrorCode::WebhookTarget.into());
    }
    check_url(&body.url, app.config.allow_private_webhooks)?;
    let secret = Sensitive::new(format!("whsec_{}", BASE64_STANDARD.encode(secret::random::<32>())));
    let hook = Hook { url: body.url, secret: secret.clone(), enabled: true };
    app.store.set_hook(&maker.partner, maker.mode, Some(&hook)).await?;
    app.deliver.notify_one();
    Ok(Answer(Webhook { url: hook.url, secret: Some(secret), enabled: true }))
}

/// No more events.
#[utoipa::path(delete, path = "/v1/webhook", tag = "webhook", security(("key" = [])), responses((status = 204)))]
pub async fn remove(State(app): State<App>, Partner(maker): Partner) -> ApiResult<StatusCode> {
    app.store.set_hook(&maker.partner, maker.mode, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The last hundred deliveries, newest first; one without a next time and not delivered was given up.
#[utoipa::path(get, path = "/v1/webhook/deliveries", tag = "webhook", security(("key" = [])),
    responses((status = 200, body = Vec<Delivery>)))]
pub async fn deliveries(State(app): State<App>, Partner(maker): Partner) -> ApiResult<Answer<Vec<Delivery>>> {
    Ok(Answer(app.store.deliveries(&maker.partner, maker.mode).await?))
}

/// Sends one again, as if it were new.
#[utoipa::path(post, path = "/v1/webhook/deliveries/{id}/replay", tag = "webhook", security(("key" = [])),
    params(("id" = String, Path, description = "Of the delivery")),
    responses((status = 202), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn replay(State(app): State<App>, Partner(maker): Partner, Path(id): Path<String>) -> ApiResult<StatusCode> {
    if app.store.hook(&maker.partner, maker.mode).await?.is_none_or(|hook| !hook.enabled) {
        return Err(ErrorCode::WebhookOff.into());
    }
    if !app.store.replay(&maker.partner, maker.mode, &id, clock::now()).await? {
        return Err(ErrorCode::RequestNotFound.into());
    }
    app.deliver.notify_one();
    Ok(StatusCode::ACCEPTED)
}
