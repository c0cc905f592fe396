//! tus 1.0.0 on the wire: one output of the upload machine becomes one exchange, the answer its input.

use std::cell::RefCell;

use base64ct::{Base64, Encoding as _};
use lichtbild_protocol::{ErrorCode, case::ArtifactKind};
use web_sys::Url;

use super::{
    Feed,
    backend::{Backend, Credential, refusal},
    crypto::sha256,
    http::{Answer as Http, Ask},
    store::Store,
};
use crate::{
    artifact::Artifact,
    session::Input,
    time::Millis,
    upload::{Answer, Output},
};

const PIECE_DEADLINE_MILLIS: u32 = 30_000;
const OFFSET_DEADLINE_MILLIS: u32 = 15_000;

/// Sends what the upload machine wants sent.
#[derive(Debug, Default)]
pub struct Tus {
    uploads: RefCell<String>,
}

impl Tus {
    /// Where uploads are created.
    pub fn create_at(&self, url: String) {
        *self.uploads.borrow_mut() = url;
    }

    /// Performs `Create`, `Send` or `AskOffset` and feeds the answer; the others are no business of the wire.
    pub async fn perform(&self, output: Output, backend: &Backend, store: &Store, feed: &Feed) {
        let (artifact, answer) = match output {
            Output::Create { artifact, len, length } => {
                (artifact.id.clone(), self.create(&artifact, len, length, backend, store).await)
            }
            Output::Send { artifact, location, offset, len, length } => {
                let answer = match store.read(&artifact, offset..offset + len).await {
                    Some(bytes) => send(&location, offset, bytes, length, backend).await,
                    None => Answer::Refused(ErrorCode::StoreUnavailable),
                };
                (artifact, answer)
            }
            Output::AskOffset { artifact, location } => (artifact, ask_offset(&location, backend).await),
            _ => return,
        };
        feed.give(Input::Uploaded { artifact, answer });
    }

    async fn create(
        &self,
        artifact: &Artifact,
        len: u64,
        length: Option<u64>,
        backend: &Backend,
        store: &Store,
    ) -> Answer {
        let uploads = self.uploads.borrow().clone();
        let Some(bytes) = store.read(&artifact.id, 0..len).await else {
            return Answer::Refused(ErrorCode::StoreUnavailable);
        };
        let mut headers = vec![resumable(), ("upload-metadata", metadata(artifact))];
        headers.push(match length {
            Some(length) => ("upload-length", length.to_string()),
            None => ("upload-defer-length", "1".to_owned()),
        });
        let body = (!bytes.is_empty()).then(|| {
            headers.extend(piece(&bytes));
            bytes
        });
        let ask = Ask { method: "POST", url: &uploads, headers, body };
        let answer = match backend.send(ask, Credential::Token, PIECE_DEADLINE_MILLIS).await {
            Ok(answer) => answer,
            Err(code) => return Answer::Unreachable { code, after: None },
        };
        let location = answer.header("location").and_then(|place| Url::new_with_base(&place, &uploads).ok());
        match location {
            Some(location) if answer.status == 201 => {
                Answer::Created { location: location.href(), offset: answer.number("upload-offset").unwrap_or(0) }
            }
            _ => refused(&answer),
        }
    }
}

async fn send(location: &str, offset: u64, bytes: Vec<u8>, length: Option<u64>, backend: &Backend) -> Answer {
    let mut headers = vec![resumable(), ("upload-offset", offset.to_string())];
    headers.extend(piece(&bytes));
    headers.extend(length.map(|length| ("upload-length", length.to_string())));
    let ask = Ask { method: "PATCH", url: location, headers, body: Some(bytes) };
    match backend.send(ask, Credential::Token, PIECE_DEADLINE_MILLIS).await {
        Ok(answer) => offset_told(&answer, length),
        Err(code) => Answer::Unreachable { code, after: None },
    }
}

async fn ask_offset(location: &str, backend: &Backend) -> Answer {
    let ask = Ask { method: "HEAD", url: location, headers: vec![resumable()], body: None };
    match backend.send(ask, Credential::Token, OFFSET_DEADLINE_MILLIS).await {
        Ok(answer) => offset_told(&answer, answer.number("upload-length")),
        Err(code) => Answer::Unreachable { code, after: None },
    }
}

/// What comes of it changes nothing here.
pub async fn terminate(location: &str, backend: &Backend) {
    let ask = Ask { method: "DELETE", url: location, headers: vec![resumable()], body: None };
    let _ = backend.send(ask, Credential::Token, OFFSET_DEADLINE_MILLIS).await;
}

fn offset_told(answer: &Http, length: Option<u64>) -> Answer {
    match answer.number("upload-offset") {
        Some(offset) if answer.is_good() => Answer::Offset { offset, complete: length == Some(offset) },
        _ => refused(answer),
    }
}

fn refused(answer: &Http) -> Answer {
    use ErrorCode as E;
    let after = answer.number("retry-after").map(|seconds| Millis(seconds.saturating_mul(1_000)));
    // A HEAD's refusal has no body; its status says enough.
    let code = if answer.body.is_empty() { by_status(answer) } else { refusal(answer).0 };
    match (answer.status, code) {
        (_, code @ (E::SessionEnded | E::SessionObserveOnly | E::SessionOtherDevice)) => Answer::Refused(code),
        (_, code @ E::NetworkBlocked) | (423 | 429 | 500.., code) => Answer::Unreachable { code, after },
        (409, _) => Answer::Conflict,
        (404 | 410, _) => Answer::Gone,
        (413, _) => Answer::TooLarge,
        (460, _) => Answer::ChecksumMismatch,
        (401 | 403, _) => Answer::Unauthorised,
        (_, code) => Answer::Refused(code),
    }
}

fn by_status(answer: &Http) -> ErrorCode {
    match answer.status {
        500.. => ErrorCode::InternalUnavailable,
        429 => ErrorCode::RequestRateLimited,
        _ if answer.header("tus-resumable").is_none() => ErrorCode::NetworkBlocked,
        401 => ErrorCode::SessionExpired,
        _ => ErrorCode::RequestInvalid,
    }
}

fn resumable() -> (&'static str, String) {
    ("tus-resumable", "1.0.0".to_owned())
}

fn piece(bytes: &[u8]) -> [(&'static str, String); 2] {
    [
        ("content-type", "application/offset+octet-stream".to_owned()),
        ("upload-checksum", format!("sha256 {}", Base64::encode_string(&sha256(bytes)))),
    ]
}

fn metadata(artifact: &Artifact) -> String {
    let kind = match artifact.kind {
        ArtifactKind::Video => "video",
        ArtifactKind::Still => "still",
    };
    let pairs =
        [("artifact", &*artifact.id), ("step", &artifact.step), ("kind", kind), ("filetype", &artifact.media_type)];
    pairs.map(|(key, value)| format!("{key} {}", Base64::encode_string(value.as_bytes()))).join(",")
}
