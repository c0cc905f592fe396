//! Requests with credentials: which token, signed by which key, at what time. One answer of the server corrects a wrong clock.
//! In: method, address, body. Out: an answer, or a code. What answers mean is decided by `calls`, `tus` and `events`.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use lichtbild_protocol::{ErrorCode, Sensitive, problem::Problem};
use web_sys::Url;

use super::{
    crypto::{DeviceKey, base64url, random, sha256},
    db::{Db, META},
    dom::{object, set, window},
    http::{self, Answer, Ask, Begun},
    js::{from_json, to_json},
    timer::now,
};

const KEY: &str = "device-key";
/// Under this name the tab keeps its token for a reload.
const TOKEN: &str = "lichtbild.token";

/// What proves who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// Nothing.
    None,
    /// The device key alone.
    Key,
    /// The token; once the page is bound to a case, with the device key.
    Token,
}

/// The backend, as this page may speak to it.
#[derive(Debug)]
pub struct Backend {
    endpoint: String,
    db: Rc<Db>,
    token: RefCell<Option<Sensitive<String>>>,
    bound: Cell<bool>,
    key: RefCell<Option<DeviceKey>>,
    /// Server's clock minus ours, seconds.
    skew: Cell<i64>,
}

impl Backend {
    /// At an origin, without a trailing slash.
    pub fn new(endpoint: String, db: Rc<Db>) -> Self {
        Self {
            endpoint,
            db,
            token: RefCell::default(),
            bound: Cell::new(false),
            key: RefCell::default(),
            skew: Cell::new(0),
        }
    }

    /// Address of a path of the capture API.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.endpoint)
    }

    /// Uses this token from now on.
    pub fn use_token(&self, token: Sensitive<String>) {
        if let Ok(Some(storage)) = window().session_storage() {
            // Without it a reload needs the link again.
            let _ = storage.set_item(TOKEN, token.expose());
        }
        *self.token.borrow_mut() = Some(token);
    }

    /// The case has ended: a reload of this tab does not come back to it.
    pub fn forget_token(&self) {
        if let Ok(Some(storage)) = window().session_storage() {
            // A store that refuses has kept nothing either.
            let _ = storage.remove_item(TOKEN);
        }
    }

    /// Signs everything from now on.
    pub fn bind(&self) {
        self.bound.set(true);
    }

    /// Asks and reads the whole answer.
    ///
    /// # Errors
    /// The fault of the line.
    pub async fn send(&self, ask: Ask<'_>, credential: Credential, deadline: u32) -> Result<Answer, ErrorCode> {
        let signed = async |ask: &Ask<'_>| {
            let headers = self.headers(ask, credential).await?;
            http::send(Ask { headers, body: ask.body.clone(), ..*ask }, deadline).await
        };
        let answer = signed(&ask).await?;
        match answer.number("dpop-nonce") {
            Some(servers) if answer.status == 401 => {
                self.skew.set(servers.cast_signed() - seconds());
                signed(&ask).await
            }
            _ => Ok(answer),
        }
    }

    /// Asks for a stream.
    ///
    /// # Errors
    /// The fault of the line.
    pub async fn begin(&self, ask: Ask<'_>, deadline: u32) -> Result<Begun, ErrorCode> {
        let headers = self.headers(&ask, Credential::Token).await?;
        http::begin(Ask { headers, ..ask }, deadline).await
    }

    async fn headers(&self, ask: &Ask<'_>, credential: Credential) -> Result<Vec<(&'static str, String)>, ErrorCode> {
        let mut headers = ask.headers.clone();
        let token = match credential {
            Credential::None => return Ok(headers),
            Credential::Key => None,
            Credential::Token => self.token.borrow().clone(),
        };
        // A browser without a key has nothing to prove yet; making one is the person's first step.
        if let Some(token) = &token
            && !self.bound.get()
            && !self.has_key().await
        {
            headers.push(("authorization", format!("Bearer {}", token.expose())));
            return Ok(headers);
        }
        headers.push(("dpop", self.proof(ask, token.as_ref()).await?));
        if let Some(token) = token {
            headers.push(("authorization", format!("DPoP {}", token.expose())));
        }
        Ok(headers)
    }

    /// A JWT in the manner of RFC 9449.
    async fn proof(&self, ask: &Ask<'_>, token: Option<&Sensitive<String>>) -> Result<String, ErrorCode> {
        let key = self.key().await?;
        let claims = object(&[
            ("htm", ask.method.into()),
            ("htu", without_query(ask.url).into()),
            ("iat", ((seconds() + self.skew.get()) as f64).into()),
            ("jti", base64url(&random::<16>()).into()),
        ]);
        if let Some(token) = token {
            set(&claims, "ath", &base64url(&sha256(token.expose().as_bytes())).into());
        }
        let head = object(&[("typ", "dpop+jwt".into()), ("alg", "ES256".into()), ("jwk", key.jwk.to_js().into())]);
        let message = [head, claims].map(|part| base64url(to_json(&part).as_bytes())).join(".");
        let signature = key.sign(message.as_bytes()).await.map_err(|_| ErrorCode::UnsupportedCrypto)?;
        Ok(format!("{message}.{}", base64url(&signature)))
    }

    /// Whether this browser has made its key before.
    async fn has_key(&self) -> bool {
        self.key.borrow().is_some() || self.db.get(META, KEY).await.is_ok_and(|kept| !kept.is_undefined())
    }

    /// This browser's key for this origin; in memory only where the database fails.
    async fn key(&self) -> Result<DeviceKey, ErrorCode> {
        if let Some(key) = self.key.borrow().clone() {
            return Ok(key);
        }
        let unusable = |_| ErrorCode::UnsupportedCrypto;
        let kept = match self.db.get(META, KEY).await {
            Ok(kept) if !kept.is_undefined() => kept,
            _ => {
                let fresh = DeviceKey::generate().await.map_err(unusable)?;
                self.db.get_or_put(META, KEY, fresh.keep()).await.unwrap_or_else(|_| fresh.keep().clone())
            }
        };
        let key = DeviceKey::of(kept).await.map_err(unusable)?;
        // Whoever was first while we waited has won.
        Ok(self.key.borrow_mut().get_or_insert(key).clone())
    }
}

/// The token this tab used before a reload.
pub fn token_of_this_tab() -> Option<Sensitive<String>> {
    window().session_storage().ok().flatten()?.get_item(TOKEN).ok().flatten().map(Sensitive::new)
}

/// The code of a refusal, and what it is about; an answer that is not the server's is a fault of the line.
pub fn refusal(answer: &Answer) -> (ErrorCode, Option<String>) {
    let problem = answer
        .header("content-type")
        .filter(|kind| kind.starts_with("application/problem+json"))
        .and_then(|_| from_json::<Problem>(&answer.text()).ok());
    match problem {
        Some(problem) => (problem.code, problem.detail),
        None if answer.status >= 500 => (ErrorCode::NetworkUnreachable, None),
        None => (ErrorCode::NetworkBlocked, None),
    }
}

fn without_query(url: &str) -> String {
    Url::new(url).map_or_else(|_| url.to_owned(), |url| format!("{}{}", url.origin(), url.pathname()))
}

fn seconds() -> i64 {
    (now().0 / 1000).cast_signed()
}
