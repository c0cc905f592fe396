//! Who asks, and what: API key, token with proof, JSON body. Each refusal has its code and repeats nothing of what was sent.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    body::to_bytes,
    extract::{ConnectInfo, FromRequest, FromRequestParts, Request},
    http::{Extensions, HeaderMap, header, request::Parts},
};
use lichtbild_protocol::{ErrorCode, capture::Role};
use serde::de::DeserializeOwned;

use crate::{
    auth::{
        dpop::{Expected, ProofError},
        secret,
    },
    clock,
    error::{ApiError, ApiResult},
    review::{Case, case::Maker, flow},
    state::{App, Viewer},
    store::Token,
};

/// Largest JSON body.
const JSON_MAX: usize = 64 * 1024;

/// A JSON body.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &App) -> ApiResult<Self> {
        let bytes = body(request).await?;
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        // The path names fields; the value stays out of the answer.
        serde_path_to_error::deserialize(&mut reader)
            .map(Self)
            .map_err(|error| ApiError::with(ErrorCode::RequestInvalid, format!("body: {}", error.path())))
    }
}

/// The bytes of a small body.
pub async fn body(request: Request) -> ApiResult<bytes::Bytes> {
    let announced = number(request.headers(), "content-length");
    if announced.is_some_and(|length| length > JSON_MAX as u64) {
        return Err(ApiError::with(ErrorCode::RequestTooLarge, format!("limit: {JSON_MAX} bytes")));
    }
    let read = tokio::time::timeout(std::time::Duration::from_secs(15), to_bytes(request.into_body(), JSON_MAX));
    match read.await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if error.to_string().contains("limit") => Err(ErrorCode::RequestTooLarge.into()),
        Ok(Err(_)) => Err(ApiError::with(ErrorCode::RequestInvalid, "body: ended early")),
        Err(_) => Err(ApiError::with(ErrorCode::RequestInvalid, "body: too slow")),
    }
}

/// A number in a header.
pub fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

/// A partner, by API key.
pub struct Partner(pub Maker);

impl FromRequestParts<App> for Partner {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> ApiResult<Self> {
        let key = authorization(&parts.headers, "Bearer")
            .filter(|key| key.starts_with("lbk_live_") || key.starts_with("lbk_test_"))
            .ok_or(ErrorCode::PartnerUnauthorised)?;
        let maker = app.store.partner_of_key(&secret::hash(key)).await?.ok_or(ErrorCode::PartnerUnauthorised)?;
        Ok(Self(maker))
    }
}

/// The value of `Authorization` after its scheme.
fn authorization<'a>(headers: &'a HeaderMap, scheme: &str) -> Option<&'a str> {
    let (got, value) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    got.eq_ignore_ascii_case(scheme).then_some(value.trim())
}

/// A browser, by token, and by a proof of its key wherever `key` is there.
pub struct Asker {
    /// Its token; may have ended where a fresh one is asked for.
    pub token: Token,
    /// Thumbprint of the proof's key; none: the token came alone.
    pub key: Option<String>,
    /// What the browser speaks.
    pub lang: &'static str,
    /// Where it reaches us.
    pub base: String,
}

impl FromRequestParts<App> for Asker {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> ApiResult<Self> {
        let bearer = authorization(&parts.headers, "Bearer");
        let token = bearer.or_else(|| authorization(&parts.headers, "DPoP")).ok_or(ErrorCode::SessionUnknown)?;
        let key = if bearer.is_some() { None } else { Some(prove(parts, app, Some(token))?) };
        let token = app.store.token(&secret::hash(token)).await?.ok_or(ErrorCode::SessionUnknown)?;
        let renews = parts.uri.path() == "/v1/capture/token";
        if token.expires_at <= clock::now() && !renews {
            return Err(ErrorCode::SessionExpired.into());
        }
        Ok(Self { token, key, lang: lang(&parts.headers), base: base(app, parts) })
    }
}

impl Asker {
    /// The proof's key, of a browser that may see this case.
    pub fn watching(&self) -> ApiResult<&str> {
        let key = self.key.as_deref().ok_or(ErrorCode::SessionProofInvalid)?;
        if self.token.key.as_deref().is_some_and(|bound| bound != key) {
            return Err(ErrorCode::SessionOtherDevice.into());
        }
        Ok(key)
    }

    /// The proof's key, of the browser that may take the steps of this case, or may be the first to.
    pub fn capturing(&self, case: &Case) -> ApiResult<&str> {
        let key = self.watching()?;
        if self.token.role == Role::Observe {
            return Err(ErrorCode::SessionObserveOnly.into());
        }
        if case.device.as_ref().is_some_and(|device| device.key != key) {
            return Err(ErrorCode::SessionOtherDevice.into());
        }
        Ok(key)
    }

    /// Like `capturing`, of a browser that has registered.
    pub fn registered(&self, case: &Case) -> ApiResult<&str> {
        let key = self.capturing(case)?;
        if case.device.is_none() {
            return Err(ErrorCode::SessionStepUnexpected.into());
        }
        Ok(key)
    }

    /// How it looks at the case.
    pub fn viewer(&self) -> Viewer {
        Viewer {
            role: self.token.role,
            key: self.key.clone(),
            token_expires_at: self.token.expires_at,
            lang: self.lang,
            base: self.base.clone(),
        }
    }
}

/// Checks the request's proof and returns its key.
pub fn prove(parts: &Parts, app: &App, token: Option<&str>) -> ApiResult<String> {
    let mut proofs = parts.headers.get_all("dpop").iter();
    let (Some(proof), None) = (proofs.next().and_then(|value| value.to_str().ok()), proofs.next()) else {
        return Err(ApiError::with(ErrorCode::SessionProofInvalid, "DPoP: one header"));
    };
    let now = clock::now();
    let url = format!("{}{}", base(app, parts), parts.uri.path());
    let expected = Expected { method: parts.method.as_str(), url: &url, token, now };
    app.proofs.take(proof, expected).map_err(|error| {
        let refusal = ApiError::with(ErrorCode::SessionProofInvalid, format!("DPoP: {error}"));
        if error == ProofError::Time { refusal.header("dpop-nonce", now / 1000) } else { refusal }
    })
}

/// Where whoever asks reaches us.
pub struct Reached {
    /// Scheme, host and path prefix.
    pub base: String,
}

impl FromRequestParts<App> for Reached {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> ApiResult<Self> {
        Ok(Self { base: base(app, parts) })
    }
}

/// A browser without a token; how often it may try is limited by its address.
pub struct Stranger;

impl FromRequestParts<App> for Stranger {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> ApiResult<Self> {
        if !app.limits.handoff(address(&parts.headers, &parts.extensions, app)) {
            return Err(ApiError::from(ErrorCode::RequestRateLimited).header("retry-after", 5));
        }
        Ok(Self)
    }
}

/// Scheme, host and path prefix under which this request reached us.
pub fn base(app: &App, parts: &Parts) -> String {
    if let Some(url) = &app.config.public_url {
        return url.clone();
    }
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.or_else(|| parts.uri.authority().map(axum::http::uri::Authority::as_str));
    format!("http://{}", host.unwrap_or("localhost"))
}

/// The peer's address, or what a trusted proxy says it is.
pub fn address(headers: &HeaderMap, extensions: &Extensions, app: &App) -> IpAddr {
    let forwarded = || headers.get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok();
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let forwarded = if app.config.trust_forwarded { forwarded() } else { None };
    forwarded.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

fn lang(headers: &HeaderMap) -> &'static str {
    let wish = headers.get("x-lichtbild-lang").or_else(|| headers.get(header::ACCEPT_LANGUAGE));
    flow::lang_of(wish.and_then(|value| value.to_str().ok()).unwrap_or_default())
}
