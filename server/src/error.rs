//! What goes wrong, as the answer the caller gets: a code of the catalogue, a detail for developers, and nothing internal.
//! The body is written by `app::problems`, which knows the request's id.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use lichtbild_protocol::{ErrorCode, problem::Problem};

use crate::{blobs::BlobError, store::StoreError};

/// An error answer.
#[derive(Clone, Debug)]
pub struct ApiError {
    /// The stable code.
    pub code: ErrorCode,
    /// What exactly, for developers: a field, a header, a limit. Never the payload.
    pub detail: Option<String>,
    /// Further headers, such as the true `Upload-Offset`.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

/// What every handler answers.
pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// With a detail for developers.
    pub fn with(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..code.into() }
    }

    /// With a further header; values are numbers and tokens of our own.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl TryInto<HeaderValue>) -> Self {
        if let Ok(value) = value.try_into() {
            self.headers.push((HeaderName::from_static(name), value));
        }
        self
    }

    /// The body of the answer.
    pub fn problem(&self, request_id: Option<String>) -> Problem {
        Problem {
            kind: format!("/docs/errors#{}", self.code),
            title: self.code.cause().to_owned(),
            status: status(self.code).as_u16(),
            code: self.code,
            retryable: self.code.retryable(),
            detail: self.detail.clone(),
            request_id,
        }
    }
}

/// HTTP status of a code; what has none of its own is a refusal of the request's content.
pub fn status(code: ErrorCode) -> StatusCode {
    StatusCode::from_u16(code.http_status().unwrap_or(422)).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self { code, detail: None, headers: Vec::new() }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "store");
        match error {
            StoreError::Unavailable(_) => ErrorCode::InternalUnavailable.into(),
            StoreError::Corrupt(_) => ErrorCode::InternalUnexpected.into(),
        }
    }
}

impl From<BlobError> for ApiError {
    fn from(error: BlobError) -> Self {
        tracing::error!(%error, "blobs");
        ErrorCode::InternalUnavailable.into()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = status(self.code).into_response();
        response.headers_mut().extend(self.headers.iter().cloned());
        response.extensions_mut().insert(self);
        response
    }
}
