//! The API's description, as OpenAPI 3.1 and as a page; the error catalogue; the texts people agree to.

use axum::{
    Json,
    extract::{Path, Query},
    http::{HeaderMap, HeaderValue, header},
    response::{Html, IntoResponse as _, Response},
};
use lichtbild_protocol::ErrorCode;
use serde::Deserialize;
use utoipa::{
    Modify,
    openapi::{
        OpenApi,
        security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
    },
};

use crate::{error::ApiResult, pages, review::flow, routes};

/// How callers show who they are.
pub struct Security;

impl Modify for Security {
    fn modify(&self, api: &mut OpenApi) {
        let components = api.components.get_or_insert_default();
        let key = Http::builder().scheme(HttpAuthScheme::Bearer).description(Some("lbk_live_… or lbk_test_…")).build();
        components.add_security_scheme("key", SecurityScheme::Http(key));
        let text = "Authorization: DPoP with the case's token, and a DPoP header with a proof of the device's key";
        let dpop = ApiKey::Header(ApiKeyValue::with_description("Authorization", text));
        components.add_security_scheme("dpop", SecurityScheme::ApiKey(dpop));
    }
}

/// The whole description.
pub fn description() -> OpenApi {
    routes::api().split_for_parts().1
}

/// `GET /openapi.json`.
pub async fn openapi() -> Response {
    let mut answer = Json(description()).into_response();
    answer.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    answer
}

/// `GET /docs`.
pub async fn api() -> ApiResult<Html<String>> {
    let description = serde_json::to_value(description()).map_err(|_| ErrorCode::InternalUnexpected)?;
    Ok(Html(pages::api(&description)))
}

/// `GET /docs/errors`.
pub async fn errors() -> Html<String> {
    Html(pages::errors())
}

/// `GET /docs/style.css`.
pub async fn style() -> ([(header::HeaderName, &'static str); 1], &'static str) {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], pages::STYLE)
}

/// The wished language.
#[derive(Deserialize)]
pub struct Lang {
    lang: Option<String>,
}

/// `GET /legal/{text}`: terms, privacy or processing.
pub async fn legal(Path(text): Path<String>, Query(query): Query<Lang>, headers: HeaderMap) -> ApiResult<Html<String>> {
    let spoken = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let lang = query.lang.as_deref().filter(|lang| flow::LANGS.contains(lang));
    let page = pages::legal(&text, lang.unwrap_or_else(|| flow::lang_of(spoken)));
    page.map(Html).ok_or_else(|| ErrorCode::RequestNotFound.into())
}

/// Pages of our own use the one style sheet and nothing else; the capture page may show them in a frame.
pub async fn styled(mut answer: Response) -> Response {
    let policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    answer
}
