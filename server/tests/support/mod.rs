//! A server in the test's own process with a fresh folder, a partner's client, and a browser that signs its requests.
#![allow(dead_code, reason = "each test program uses its part")]

use std::{path::Path, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, request::Builder},
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as B64};
use clap::{Args as _, Command, FromArgMatches as _};
use lichtbild_mrz::{
    SIGNS,
    vote::{Chances, Reading},
};
use lichtbild_protocol::{Sensitive, case::Mode, document::DocumentInStill, kind};
use lichtbild_server::{
    app,
    auth::secret,
    blobs::{Blobs, Files},
    clock,
    config::Config,
    media::{Documents, Sighting},
    reading::{Reader, Seen},
    state::App,
    store::{Partner, Sqlite},
};
use lichtbild_vision::{
    document::{DocumentClass, Readable},
    mrz,
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;

pub const BASE: &str = "http://ident.test";

pub struct Server {
    pub app: App,
    pub live: String,
    pub sandbox: String,
    pub router: Router,
    folder: Arc<tempfile::TempDir>,
}

/// Settings as the command line would give them.
pub fn config(settings: &[&str]) -> Config {
    let command = Config::augment_args(Command::new("test").no_binary_name(true));
    let matches =
        command.try_get_matches_from([&["--public-url", BASE][..], settings].concat()).expect("good settings");
    Config::from_arg_matches(&matches).expect("complete settings")
}

/// A passport's data page, well photographed.
pub const DATA_PAGE: Sighting = Sighting {
    present: 0.99,
    class: DocumentClass::PassportPage,
    sure: 0.98,
    covered: 0.02,
    cut: 0.0,
    corners_hidden: 0,
    dpi: Some(250.0),
    readable: Some(Readable { sharpness: 0.4, brightness: 0.6, contrast: 0.5, glare: 0.0, hidden: 0.0, shadow: 0.1 }),
};

/// Where a passport's data page lies on its still.
pub const PLACE: DocumentInStill = DocumentInStill {
    class: kind::DocumentClass::PassportPage,
    width: 1_600,
    height: 1_200,
    quad: [[210.5, 180.0], [1_380.0, 190.3], [1_400.0, 1_010.0], [190.0, 1_000.0]],
};

/// A document with these lines, of which no character is in doubt.
pub fn seen(lines: &[String]) -> Seen {
    let lines = lines.iter().map(|line| line.bytes().map(|sign| chances(&[(sign, 0.9999)])).collect()).collect();
    Seen {
        document: Some(PLACE),
        zone: Some(mrz::Sighting { reading: Reading { lines }, rows: Vec::new(), sure: 0.75 }),
        print: Sensitive::default(),
    }
}

/// These signs with their chances, and hardly any other.
pub fn chances(signs: &[(u8, f32)]) -> Chances {
    let chance = |sign: u8| signs.iter().find(|(one, _)| *one == sign).map_or(1e-6, |(_, chance)| *chance);
    SIGNS.map(chance)
}

impl Server {
    pub async fn start(settings: &[&str]) -> Self {
        Self::seeing(settings, Documents::seen_by(|_| Ok(DATA_PAGE))).await
    }

    /// A server whose stills show what these see.
    pub async fn seeing(settings: &[&str], documents: Documents) -> Self {
        Self::with(settings, documents, Reader::unusable()).await
    }

    /// A server that also reads documents.
    pub async fn with(settings: &[&str], documents: Documents, reader: Reader) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let (live, sandbox) = (secret::draw("lbk_live_"), secret::draw("lbk_test_"));
        let blobs = Files::open(&folder.path().join("objects")).expect("a folder of objects");
        let app = open_as(folder.path(), settings, Arc::new(blobs), documents, reader).await;
        let partner = Partner { id: "par_1".into(), name: "Musterversicherung".into(), origins: Vec::new() };
        let keys = [(secret::hash(&live), Mode::Live), (secret::hash(&sandbox), Mode::Sandbox)];
        app.store.add_partner(&partner, &keys, clock::now()).await.expect("a new partner");
        Self { router: app::router(app.clone()), app, live, sandbox, folder }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A new process on the same folder, without a chance for the old one to tidy up.
    pub async fn again(&self, settings: &[&str]) -> Self {
        let app = open(self.folder.path(), settings).await;
        let (live, sandbox) = (self.live.clone(), self.sandbox.clone());
        Self { router: app::router(app.clone()), app, live, sandbox, folder: self.folder.clone() }
    }

    /// Changes rows behind the server's back, to a state that takes days to come about.
    pub async fn sql(&self, statement: &'static str) {
        let file = sqlx::sqlite::SqliteConnectOptions::new().filename(self.folder().join("lichtbild.db"));
        let pool = sqlx::SqlitePool::connect_with(file).await.expect("the database");
        sqlx::query(statement).execute(&pool).await.expect("a statement");
        pool.close().await;
    }

    pub async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.expect("a router always answers")
    }

    /// A partner's request; answers status and JSON.
    pub async fn partner(&self, key: &str, method: &str, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {key}"));
        json_of(self.send(with(request, body)).await).await
    }

    /// A new case and a browser that holds its link.
    pub async fn case(&self, wish: Value) -> (String, Browser) {
        let key = if wish["sandbox"].is_null() { &self.live } else { &self.sandbox };
        let (status, made) = self.partner(key, "POST", "/v1/cases", Some(wish)).await;
        assert_eq!(status, StatusCode::CREATED, "{made}");
        (text(&made["case"]["id"]), Browser::new(text(&made["session"]["token"])))
    }
}

/// The parts of a server on a folder.
pub async fn open(folder: &Path, settings: &[&str]) -> App {
    let blobs = Files::open(&folder.join("objects")).expect("a folder of objects");
    open_with(folder, settings, Arc::new(blobs), Documents::seen_by(|_| Ok(DATA_PAGE))).await
}

pub async fn open_with(folder: &Path, settings: &[&str], blobs: Arc<dyn Blobs>, documents: Documents) -> App {
    open_as(folder, settings, blobs, documents, Reader::unusable()).await
}

async fn open_as(folder: &Path, settings: &[&str], blobs: Arc<dyn Blobs>, documents: Documents, reader: Reader) -> App {
    let store = Sqlite::open(&folder.join("lichtbild.db")).await.expect("a store");
    App::new(config(settings), Arc::new(store), blobs, documents, reader).expect("figures")
}

fn with(request: Builder, body: Option<Value>) -> Request<Body> {
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    request.header("content-type", "application/json").body(body).expect("a request")
}

pub async fn bytes_of(answer: Response<Body>) -> Vec<u8> {
    axum::body::to_bytes(answer.into_body(), 1 << 26).await.expect("a body").to_vec()
}

pub async fn json_of(answer: Response<Body>) -> (StatusCode, Value) {
    let status = answer.status();
    (status, serde_json::from_slice(&bytes_of(answer).await).unwrap_or(Value::Null))
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// A browser with its key.
#[derive(Clone)]
pub struct Browser {
    pub key: SigningKey,
    pub token: String,
}

impl Browser {
    pub fn new(token: String) -> Self {
        Self { key: SigningKey::from_slice(&secret::random::<32>()).expect("hardly ever not a key"), token }
    }

    /// A proof for a request, with this token if any.
    pub fn proof(&self, method: &str, path: &str, token: Option<&str>) -> String {
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().expect("not the origin"), point.y().expect("not the origin"));
        let jwk = json!({"kty": "EC", "crv": "P-256", "x": B64.encode(x), "y": B64.encode(y)});
        let header = json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": jwk});
        let mut claims = json!({
            "htm": method, "htu": format!("{BASE}{path}"), "iat": clock::now() / 1000, "jti": B64.encode(secret::random::<16>()),
        });
        if let Some(token) = token {
            claims["ath"] = json!(B64.encode(Sha256::digest(token)));
        }
        let signed = format!("{}.{}", B64.encode(header.to_string()), B64.encode(claims.to_string()));
        let signature: Signature = self.key.sign(signed.as_bytes());
        format!("{signed}.{}", B64.encode(signature.to_bytes()))
    }

    /// A request with token and proof.
    pub fn request(&self, method: &str, path: &str) -> Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("DPoP {}", self.token))
            .header("dpop", self.proof(method, path, Some(&self.token)))
    }

    pub async fn call(&self, server: &Server, method: &str, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        json_of(server.send(with(self.request(method, path), body)).await).await
    }

    /// A call that has to work.
    pub async fn post(&self, server: &Server, path: &str, body: Value) -> Value {
        let (status, answer) = self.call(server, "POST", path, Some(body)).await;
        assert!(status.is_success(), "{path}: {status} {answer}");
        answer
    }

    pub async fn register(&self, server: &Server) -> Value {
        let facts = json!({"model": "", "os": "Linux", "browser": "Test", "language": "de", "viewport": "390x844"});
        self.post(server, "/v1/capture/device", json!({ "facts": facts })).await
    }

    /// From the first step to just before the evaluation; each recording is `media`.
    pub async fn walk(&self, server: &Server, media: &[u8]) {
        self.walk_with(server, media, None).await;
    }

    /// As `walk`, with a still of the front.
    pub async fn walk_with(&self, server: &Server, media: &[u8], still: Option<&[u8]>) {
        let session = self.register(server).await;
        self.go_on(server, session, media, still).await;
    }

    /// From where the session is to the next step that needs an answer, or to just before the evaluation.
    pub async fn go_on(&self, server: &Server, mut session: Value, media: &[u8], still: Option<&[u8]>) {
        loop {
            let steps = session["flow"]["steps"].as_array().expect("steps").clone();
            let Some(step) =
                steps.iter().find(|step| ["open", "repeat"].contains(&step["state"].as_str().unwrap_or("")))
            else {
                return;
            };
            let id = text(&step["id"]);
            let path = format!("/v1/capture/steps/{id}");
            session = match id.as_str() {
                "data-confirmation" | "attestation" | "evaluation" => return,
                "consents" => {
                    let items = step["kind"]["items"].as_array().or(step["items"].as_array()).expect("items").iter();
                    let given: Vec<_> = items.map(|it| json!({"id": it["id"], "version": it["version"]})).collect();
                    self.post(server, "/v1/capture/consents", json!({ "given": given })).await
                }
                "explain-front" => {
                    self.post(server, "/v1/capture/document", json!({"kind": "passport"})).await;
                    self.post(server, &path, json!({})).await
                }
                "front-photo" => {
                    let still = self.hand_in(server, &id, "still", still.unwrap_or(media)).await;
                    self.post(server, &path, json!({ "artifacts": [still] })).await
                }
                "front-video" | "selfie-video" => {
                    let mut receipts = vec![self.hand_in(server, &id, "video", media).await];
                    if let Some(still) = still.filter(|_| id == "front-video") {
                        receipts.push(self.hand_in(server, &id, "still", still).await);
                    }
                    self.post(server, &path, json!({ "artifacts": receipts })).await
                }
                _ => self.post(server, &path, json!({})).await,
            };
        }
    }

    /// Uploads a recording; returns its receipt.
    pub async fn hand_in(&self, server: &Server, step: &str, kind: &str, media: &[u8]) -> Value {
        let artifact = uuid::Uuid::new_v4().to_string();
        let creation = self.creation_of(&artifact, step, kind).header("upload-defer-length", "1");
        self.upload_as(server, &artifact, creation, media).await;
        json!({"artifact": artifact, "kind": kind, "mediaType": "video/webm", "length": media.len(),
            "sha256": hex::encode(Sha256::digest(media))})
    }

    /// A whole recording in one piece.
    pub async fn upload(&self, server: &Server, artifact: &str, step: &str, media: &[u8]) {
        self.upload_as(server, artifact, self.creation(artifact, step), media).await;
    }

    async fn upload_as(&self, server: &Server, artifact: &str, creation: Builder, media: &[u8]) {
        let created = server.send(creation.body(Body::empty()).expect("a request")).await;
        assert_eq!(created.status(), StatusCode::CREATED);
        let piece = self.piece(artifact, 0).header("upload-length", media.len()).body(Body::from(media.to_vec()));
        assert_eq!(server.send(piece.expect("a request")).await.status(), StatusCode::NO_CONTENT);
    }

    pub fn creation(&self, artifact: &str, step: &str) -> Builder {
        self.creation_of(artifact, step, "video").header("upload-defer-length", "1")
    }

    /// Without a length yet.
    pub fn creation_of(&self, artifact: &str, step: &str, kind: &str) -> Builder {
        self.creation_as(artifact, step, kind, "video/webm")
    }

    /// Without a length yet, of a media type.
    pub fn creation_as(&self, artifact: &str, step: &str, kind: &str, media_type: &str) -> Builder {
        use base64::prelude::BASE64_STANDARD;
        let field = |name: &str, value: &str| format!("{name} {}", BASE64_STANDARD.encode(value));
        let fields =
            [field("artifact", artifact), field("step", step), field("kind", kind), field("filetype", media_type)];
        self.request("POST", "/v1/uploads").header("tus-resumable", "1.0.0").header("upload-metadata", fields.join(","))
    }

    pub fn piece(&self, artifact: &str, offset: usize) -> Builder {
        self.request("PATCH", &format!("/v1/uploads/{artifact}"))
            .header("tus-resumable", "1.0.0")
            .header("content-type", "application/offset+octet-stream")
            .header("upload-offset", offset)
    }

    /// Where an upload stands.
    pub async fn offset(&self, server: &Server, artifact: &str) -> usize {
        let head = self.request("HEAD", &format!("/v1/uploads/{artifact}")).header("tus-resumable", "1.0.0");
        let answer = server.send(head.body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let offset = answer.headers()["upload-offset"].to_str().expect("digits").to_owned();
        offset.parse().expect("a number")
    }
}
