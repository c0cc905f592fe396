//! The capture API: one request of the session becomes one exchange, its answer an input.

use lichtbild_protocol::{
    ErrorCode,
    capture::{HandoffClaim, HandoffLook, HelpRequest, RegisterDevice, TimelineEntry},
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    Feed,
    backend::{Backend, Credential, refusal},
    http::{Answer, Ask},
    js::{from_json, to_js, to_json},
    timer::{now, rfc3339},
};
use crate::session::{Input, Reply, Request};

const DEADLINE_MILLIS: u32 = 15_000;

/// Asks the server and feeds `Answered` or `Failed`.
pub async fn call(backend: &Backend, request: u32, what: Request, feed: Feed) {
    feed.give(match exchange(backend, what).await {
        Ok(reply) => Input::Answered { request, reply },
        Err((code, detail)) => Input::Failed { request, code, detail },
    });
}

async fn exchange(backend: &Backend, what: Request) -> Result<Reply, (ErrorCode, Option<String>)> {
    let (method, path, body) = spell(&what);
    let credential = match what {
        Request::PreviewHandoff(_) => Credential::None,
        Request::ClaimHandoff { .. } => Credential::Key,
        _ => Credential::Token,
    };
    let url = backend.url(&path);
    let headers = body.iter().map(|_| ("content-type", "application/json".to_owned())).collect();
    let ask = Ask { method, url: &url, headers, body };
    let answer = backend.send(ask, credential, DEADLINE_MILLIS).await.map_err(|code| (code, None))?;
    if !answer.is_good() {
        return Err(refusal(&answer));
    }
    Ok(match what {
        Request::Token | Request::ClaimHandoff { .. } => Reply::Token(read(&answer)?),
        Request::OfferHandoff => Reply::Offer(read(&answer)?),
        Request::PreviewHandoff(_) => Reply::Preview(read(&answer)?),
        Request::Report { .. } | Request::Reading(_) | Request::Help { .. } => Reply::Nothing,
        _ => Reply::Session(Box::new(read(&answer)?)),
    })
}

/// Method, path and body, as `docs/protocol.md` says.
fn spell(what: &Request) -> (&'static str, String, Option<Vec<u8>>) {
    let get = |path: &str| ("GET", path.to_owned(), None);
    let post = |path: &str| ("POST", path.to_owned(), None);
    match what {
        Request::Session => get("/v1/capture/session"),
        Request::Token => post("/v1/capture/token"),
        Request::Device(facts) => with("/v1/capture/device", &RegisterDevice { facts: facts.clone() }),
        Request::Consents(consents) => with("/v1/capture/consents", consents),
        Request::Document(choice) => with("/v1/capture/document", choice),
        Request::Confirm(answers) => with("/v1/capture/confirmation", answers),
        Request::Attest(attestation) => with("/v1/capture/attestation", attestation),
        Request::Finish { step, body } => with(&format!("/v1/capture/steps/{step}"), body),
        Request::Evaluate => post("/v1/capture/evaluation"),
        Request::Cancel => post("/v1/capture/cancel"),
        Request::Reading(reading) => with("/v1/capture/reading", reading),
        Request::Report { code, step } => {
            with("/v1/capture/timeline", &TimelineEntry { code: *code, step: step.clone() })
        }
        Request::Help { description, code, step, facts } => with(
            "/v1/capture/help",
            &HelpRequest {
                description: description.clone(),
                code: *code,
                step: step.clone(),
                facts: facts.clone(),
                at: rfc3339(now()),
            },
        ),
        Request::OfferHandoff => post("/v1/capture/handoff"),
        Request::WithdrawHandoff => ("DELETE", "/v1/capture/handoff".into(), None),
        Request::PreviewHandoff(secret) => with("/v1/handoff/preview", &HandoffLook { secret: secret.clone() }),
        Request::ClaimHandoff { secret, number, facts } => with(
            "/v1/handoff/claim",
            &HandoffClaim { secret: secret.clone(), number: number.clone(), facts: facts.clone() },
        ),
    }
}

fn with<T: Serialize>(path: &str, body: &T) -> (&'static str, String, Option<Vec<u8>>) {
    ("POST", path.to_owned(), Some(to_json(&to_js(body)).into_bytes()))
}

/// A good answer that is not the server's was given by something in between.
fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T, (ErrorCode, Option<String>)> {
    // The error's text would repeat what was sent.
    from_json(&answer.text()).map_err(|_| (ErrorCode::NetworkBlocked, None))
}
