//! Error answers over HTTP: RFC 9457, `application/problem+json`.

use serde::{Deserialize, Serialize};

use crate::ErrorCode;

/// A problem document. It never holds personal data or the payload it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `about:blank` or a URI reference to the code's row in the documentation, for example `/docs/errors#upload.gone`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The cause in one English sentence, from the catalogue.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: ErrorCode,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// What exactly, for developers: a field name, a header name, a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub detail: Option<String>,
    /// Ties the answer to the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub request_id: Option<String>,
}
