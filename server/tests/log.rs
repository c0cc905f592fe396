//! The log of a whole case, with everything every library has to say. A program of its own: the log is the whole program's.

mod support;

use std::{
    io,
    sync::{Arc, Mutex},
};

use lichtbild_server::evaluation;
use serde_json::{Value, json};
use support::Server;

const PERSON: &str = "Erika Mustermann, geboren in Berlin";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_holds_no_personal_data_and_no_secret() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).expect("nothing else runs in this program");
    let server = Server::start(&[]).await;
    let (case, browser) = server.case(json!({"flow": "robo-ident", "reference": PERSON})).await;
    browser.walk(&server, PERSON.as_bytes()).await;
    let facts = json!({"model": "", "os": "", "browser": "", "language": "", "viewport": ""});
    let help = json!({"description": PERSON, "facts": facts, "at": "2026-11-24T09:30:00Z"});
    browser.post(&server, "/v1/capture/help", help).await;
    browser.call(&server, "POST", "/v1/capture/evaluation", None).await;
    evaluation::evaluate(&server.app, &case).await.expect("a store");
    let wrong: Value = json!({"flow": "robo-ident", "nobody": PERSON});
    server.partner(&server.live, "POST", "/v1/cases", Some(wrong)).await;
    let log = String::from_utf8(log.0.lock().expect("nobody panicked").clone()).expect("text");
    assert!(log.contains("answered") && log.contains("/v1/capture/help"));
    for secret in [PERSON, "Erika", &browser.token, &server.live, &case] {
        assert!(!log.contains(secret), "{secret} stands in the log");
    }
}
