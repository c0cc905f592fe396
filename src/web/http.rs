//! One HTTP exchange with a deadline. In: method, address, headers, bytes. Out: the whole answer, or which fault of the line it was.
//! Does not know: tokens, codes of the server.

use std::{borrow::Cow, fmt};

use gloo_timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use lichtbild_protocol::ErrorCode;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, Response};

use super::{
    dom::{get, object, window},
    page_events::online,
};

/// What to ask. `Debug` shows neither values of headers nor the body: they hold tokens, proofs and personal data.
pub struct Ask<'a> {
    /// `GET`, `POST`, …
    pub method: &'a str,
    /// Absolute.
    pub url: &'a str,
    /// Names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// Bytes, if any.
    pub body: Option<Vec<u8>>,
}

impl fmt::Debug for Ask<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        // What follows the origin may be a place that nobody else shall know.
        let origin = self.url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        let length = self.body.as_ref().map_or(0, Vec::len);
        write!(f, "{} {origin} {names:?} {length} bytes", self.method)
    }
}

/// An answer that has begun: its status and headers are there, its body may still be coming.
#[derive(Debug)]
pub struct Begun {
    /// Status, headers, and the body's stream.
    pub response: Response,
    abort: AbortController,
}

/// A whole answer. `Debug` shows its status and its length.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    headers: Headers,
    /// Bytes.
    pub body: Vec<u8>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} bytes", self.status, self.body.len())
    }
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).ok().flatten()
    }

    /// A header that is a whole number.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.header(name)?.trim().parse().ok()
    }

    /// The body as text.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// Whether it went well.
    pub const fn is_good(&self) -> bool {
        self.status >= 200 && self.status < 300
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        // Nobody reads on: the connection is free for others. After the end of the body this does nothing.
        self.abort.abort();
    }
}

/// Sends and waits for the answer's head at most `deadline` milliseconds.
///
/// # Errors
/// `network.offline`, `network.unreachable`, `network.timeout`, `network.blocked`.
pub async fn begin(ask: Ask<'_>, deadline: u32) -> Result<Begun, ErrorCode> {
    let abort = AbortController::new().map_err(|_| ErrorCode::InternalUnexpected)?;
    let late = expire(&abort, deadline);
    let init = object(&[
        ("method", ask.method.into()),
        ("headers", headers(&ask.headers).into()),
        ("signal", abort.signal().into()),
        ("cache", "no-store".into()),
        ("credentials", "omit".into()),
        ("referrerPolicy", "no-referrer".into()),
        // An API does not redirect; what does is a sign-in page.
        ("redirect", "manual".into()),
    ]);
    if let Some(body) = ask.body {
        super::dom::set(&init, "body", &Uint8Array::from(&body[..]));
    }
    let sent = window().fetch_with_str_and_init(ask.url, init.unchecked_ref());
    let response: Response = JsFuture::from(sent).await.map_err(|_| fault(&abort))?.unchecked_into();
    drop(late);
    if get(&response, "type").as_string().as_deref() == Some("opaqueredirect") {
        return Err(ErrorCode::NetworkBlocked);
    }
    Ok(Begun { response, abort })
}

/// Sends and waits for the whole answer at most `deadline` milliseconds.
///
/// # Errors
/// As `begin`.
pub async fn send(ask: Ask<'_>, deadline: u32) -> Result<Answer, ErrorCode> {
    let begun = begin(ask, deadline).await?;
    let late = expire(&begun.abort, deadline);
    let unreadable = |_| fault(&begun.abort);
    let buffer = begun.response.array_buffer().map_err(unreadable)?;
    let body = Uint8Array::new(&JsFuture::from(buffer).await.map_err(unreadable)?).to_vec();
    drop(late);
    Ok(Answer { status: begun.response.status(), headers: begun.response.headers(), body })
}

fn expire(abort: &AbortController, deadline: u32) -> Timeout {
    let abort = abort.clone();
    Timeout::new(deadline, move || abort.abort())
}

fn fault(abort: &AbortController) -> ErrorCode {
    if abort.signal().aborted() {
        ErrorCode::NetworkTimeout
    } else if online() {
        ErrorCode::NetworkUnreachable
    } else {
        ErrorCode::NetworkOffline
    }
}

fn headers(list: &[(&'static str, String)]) -> Array {
    list.iter().map(|(name, value)| Array::of2(&(*name).into(), &value.as_str().into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_printed_without_its_secrets() {
        let ask = Ask {
            method: "PATCH",
            url: "https://ident.example/v1/uploads/place-of-an-upload?x=secret-query",
            headers: vec![("authorization", "DPoP lbs_secret-token".to_owned()), ("dpop", "proof.of.key".to_owned())],
            body: Some(b"Erika Mustermann".to_vec()),
        };
        let printed = format!("{ask:?} {ask:#?}");
        for secret in ["secret", "proof", "Erika", "69, 114", "place-of"] {
            assert!(!printed.contains(secret), "{secret} in {printed}");
        }
        assert!(printed.contains("PATCH https://ident.example [\"authorization\", \"dpop\"] 16 bytes"), "{printed}");
    }
}
