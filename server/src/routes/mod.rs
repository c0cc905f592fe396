//! HTTP: each handler reads the request, calls one rule or store function, and answers.

use axum::{Router, routing::get};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use self::docs::Security;
use crate::state::App;

pub mod capture;
pub mod docs;
pub mod events;
pub mod extract;
pub mod handoff;
pub mod health;
pub mod media;
pub mod partner;
pub mod review;
pub mod site;
pub mod uploads;
pub mod webhook;

#[derive(OpenApi)]
#[openapi(
    info(title = "Lichtbild", description = "Identification in the browser: partner API, capture API and uploads."),
    modifiers(&Security),
    tags(
        (name = "partner", description = "Server to server, by API key."),
        (name = "review", description = "What clerks see and decide, by API key. Personal data throughout."),
        (name = "webhook", description = "Where events go. Deliveries follow the Standard Webhooks specification."),
        (name = "capture", description = "The person's browser, by token and proof of its key (in the manner of RFC 9449)."),
        (name = "handoff", description = "From the desktop to the phone."),
        (name = "uploads", description = "tus 1.0.0: creation, creation-with-upload, creation-defer-length, checksum, expiration, termination."),
        (name = "operation", description = "For the operator."),
    )
)]
struct Api;

/// Every documented route, and their description.
pub fn api() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(partner::create, partner::list))
        .routes(routes!(partner::read, partner::change, partner::erase))
        .routes(routes!(partner::session))
        .routes(routes!(partner::document))
        .routes(routes!(media::read))
        .routes(routes!(review::read))
        .routes(routes!(review::judge))
        .routes(routes!(review::decide))
        .routes(routes!(review::put_back))
        .routes(routes!(review::restart))
        .routes(routes!(review::audit))
        .routes(routes!(webhook::read, webhook::set, webhook::remove))
        .routes(routes!(webhook::deliveries))
        .routes(routes!(webhook::replay))
        .routes(routes!(health::healthz))
        .merge(browser())
}

/// What browsers call, also from other origins.
fn browser() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(capture::session))
        .routes(routes!(capture::token))
        .routes(routes!(capture::device))
        .routes(routes!(capture::consents))
        .routes(routes!(capture::document))
        .routes(routes!(capture::report_reading))
        .routes(routes!(capture::confirmation))
        .routes(routes!(capture::attestation))
        .routes(routes!(capture::finish))
        .routes(routes!(capture::evaluation))
        .routes(routes!(events::stream))
        .routes(routes!(capture::timeline))
        .routes(routes!(capture::help))
        .routes(routes!(capture::cancel))
        .routes(routes!(handoff::offer, handoff::withdraw))
        .routes(routes!(handoff::preview))
        .routes(routes!(handoff::claim))
        .routes(routes!(uploads::create, uploads::options))
        .routes(routes!(uploads::offset, uploads::append, uploads::terminate, uploads::overridden))
        .layer(axum::middleware::from_fn(crate::app::cors))
}

/// What only the operator may see; on a listener of its own.
pub fn operator() -> Router<App> {
    Router::new().route("/healthz", get(health::whole)).route("/metrics", get(health::metrics))
}

/// Pages of our own: the API's description and the texts people agree to.
pub fn pages() -> Router<App> {
    Router::new()
        .route("/openapi.json", get(docs::openapi))
        .route("/docs", get(docs::api))
        .route("/docs/errors", get(docs::errors))
        .route("/docs/style.css", get(docs::style))
        .route("/legal/{text}", get(docs::legal))
        .layer(axum::middleware::map_response(docs::styled))
}
