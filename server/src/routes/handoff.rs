//! From the desktop to the phone, after RFC 10027: a short-lived code, shown in a fragment, claimed once by a POST that proves
//! the phone's own key and names the number that is shown beside the code. Looking at a link claims nothing.

use axum::{
    Json as Answer, RequestPartsExt as _,
    extract::{FromRequest as _, Request, State},
};
use lichtbild_protocol::{
    ErrorCode, Sensitive,
    capture::{HandoffClaim, HandoffLook, HandoffOffer, HandoffPreview, Role, SessionSnapshot, TokenIssued},
    case::kennung,
    problem::Problem,
};

use super::{
    capture::issue,
    extract::{Asker, Json, Stranger, prove},
};
use crate::{
    auth::secret,
    clock,
    error::ApiResult,
    qr,
    review::Effects,
    state::{App, Tries},
    store::{Handoff, Op},
};

/// How long a code lives: it is shown for 20 s, and whoever has just scanned it needs some time to open it.
const LIFE_MILLIS: i64 = 35_000;
/// How long it lives from when a phone has opened it: the person reads, looks up the number, types it.
const OPENED_MILLIS: i64 = 120_000;
/// Wrong numbers after which a code is dead.
const MISSES: u8 = 3;

/// A code for the phone; the one before it lives on for a moment.
#[utoipa::path(post, path = "/v1/capture/handoff", tag = "handoff", security(("dpop" = [])),
    responses((status = 200, body = HandoffOffer), (status = 403, body = Problem), (status = 409, body = Problem)))]
pub async fn offer(State(app): State<App>, asker: Asker) -> ApiResult<Answer<HandoffOffer>> {
    let secret = secret::draw("");
    let expires_at = clock::now() + LIFE_MILLIS;
    // While a code is shown its number stays, however often the code changes.
    let number = app.store.handoff_number(&asker.token.case, clock::now()).await?;
    let number = number.unwrap_or_else(|| (10 + secret::random_bits() % 90).to_string());
    app.change(&asker.token.case, |case| {
        let key = asker.capturing(case)?.to_owned();
        if case.state.ended() {
            return Err(ErrorCode::SessionEnded.into());
        }
        let handoff = Handoff {
            hash: secret::hash(&secret),
            case: case.id.clone(),
            expires_at,
            claimed_by: None,
            number: number.clone(),
            wrong: 0,
        };
        let mut ops = vec![Op::OfferHandoff(handoff)];
        if asker.token.key.is_none() {
            ops.push(Op::BindToken(asker.token.hash.clone(), key));
        }
        Ok((Effects::default(), ops))
    })
    .await?;
    let url = format!("{}/jump/#h={secret}", asker.base);
    let qr = qr::matrix(&url).ok_or(ErrorCode::InternalUnexpected)?;
    let (url, qr) = (Sensitive::new(url), Sensitive::new(qr));
    Ok(Answer(HandoffOffer { url, qr, number, expires_at: clock::rfc3339(expires_at) }))
}

/// Takes the case back to this device, if no phone has claimed it.
#[utoipa::path(delete, path = "/v1/capture/handoff", tag = "handoff", security(("dpop" = [])),
    responses((status = 200, body = SessionSnapshot), (status = 409, body = Problem)))]
pub async fn withdraw(State(app): State<App>, asker: Asker) -> ApiResult<Answer<SessionSnapshot>> {
    asker.watching()?;
    if asker.token.role == Role::Observe {
        return Err(ErrorCode::HandoffClaimed.into());
    }
    let case = app
        .change(&asker.token.case, |case| {
            asker.capturing(case)?;
            Ok((Effects::default(), vec![Op::WithdrawHandoff]))
        })
        .await?;
    Ok(Answer(app.snapshot(&case, &asker.viewer()).await?))
}

/// Who asks, before anything is claimed. A code that was opened in time lives on until it can be claimed.
#[utoipa::path(post, path = "/v1/handoff/preview", tag = "handoff", request_body = HandoffLook,
    responses((status = 200, body = HandoffPreview), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn preview(
    State(app): State<App>,
    _: Stranger,
    Json(body): Json<HandoffLook>,
) -> ApiResult<Answer<HandoffPreview>> {
    let handoff = find(&app, &body.secret).await?;
    let case = app.case(&handoff.case, ErrorCode::HandoffUnknown).await?;
    if case.state.ended() {
        return Err(ErrorCode::HandoffUnknown.into());
    }
    if handoff.claimed_by.is_none() {
        let opened = Op::OpenHandoff(handoff.hash, clock::now() + OPENED_MILLIS);
        app.change(&handoff.case, |_| Ok((Effects::default(), vec![opened.clone()]))).await?;
    }
    Ok(Answer(HandoffPreview { partner: case.partner_name.clone(), kennung: kennung(&case.id).to_owned() }))
}

/// Takes the case over for the key of the proof. The same key may claim again, another may not.
#[utoipa::path(post, path = "/v1/handoff/claim", tag = "handoff", request_body = HandoffClaim,
    responses((status = 200, body = TokenIssued), (status = 401, body = Problem), (status = 404, body = Problem),
        (status = 403, body = Problem), (status = 409, body = Problem)))]
pub async fn claim(State(app): State<App>, request: Request) -> ApiResult<Answer<TokenIssued>> {
    let (mut parts, body) = request.into_parts();
    let _: Stranger = parts.extract_with_state(&app).await?;
    let key = prove(&parts, &app, None)?;
    let Json(body): Json<HandoffClaim> = Json::from_request(Request::from_parts(parts, body), &app).await?;
    let mut tries = Tries::default();
    loop {
        tries.one_more()?;
        let handoff = find(&app, &body.secret).await?;
        if handoff.claimed_by.as_ref().is_some_and(|other| *other != key) {
            tracing::warn!(kennung = kennung(&handoff.case), "a second device presented a hand-off code");
            return Err(ErrorCode::HandoffClaimed.into());
        }
        if body.number.trim() != handoff.number {
            tracing::warn!(kennung = kennung(&handoff.case), "a hand-off was claimed with the wrong number");
            let missed = Op::MissHandoff(handoff.hash);
            app.change(&handoff.case, |_| Ok((Effects::default(), vec![missed.clone()]))).await?;
            return Err(ErrorCode::HandoffNumber.into());
        }
        let before = app.case(&handoff.case, ErrorCode::HandoffUnknown).await?;
        let mut case = before.clone();
        // A later claim must not take the case back from a device it has moved on to.
        let moved_on = handoff.claimed_by.is_some() && case.device.as_ref().is_some_and(|device| device.key != key);
        if moved_on {
            return Err(ErrorCode::HandoffClaimed.into());
        }
        let effects = case.hand_over(&key, body.facts.clone(), clock::now())?;
        let (issued, token) = issue(&app, &case, Role::Capture, key.clone());
        let claim = Op::ClaimHandoff(handoff.hash, key.clone(), clock::now());
        let ops = [claim, Op::ObserveAllBut(key.clone()), token];
        if app.commit(&before, case, &effects, &ops).await?.is_some() {
            return Ok(Answer(issued));
        }
    }
}

/// The hand-off of a code that can still be claimed, or was.
async fn find(app: &App, secret: &Sensitive<String>) -> ApiResult<Handoff> {
    let handoff = app.store.handoff(&secret::hash(secret.expose())).await?;
    let alive =
        |handoff: &Handoff| handoff.claimed_by.is_some() || handoff.expires_at > clock::now() && handoff.wrong < MISSES;
    handoff.filter(alive).ok_or_else(|| ErrorCode::HandoffUnknown.into())
}
