//! The program as an operator starts it.

use std::{
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_lichtbild-server");

fn run(data: &Path, arguments: &[&str]) -> Result<String, String> {
    let done = Command::new(PROGRAM).args(arguments).arg("--data").arg(data).output().expect("it starts");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    if done.status.success() { Ok(text(done.stdout)) } else { Err(text(done.stderr)) }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn partners_are_listed_and_their_keys_come_and_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let made = json(&run(data, &["partner", "add", "Muster", "--origin", "https://a.example"]).expect("added"));
    let partner = made["partner"].as_str().expect("its id");
    run(data, &["partner", "origin", "add", partner, "https://shop.example/"]).expect("another origin");
    assert!(run(data, &["partner", "origin", "add", partner, "shop.example"]).is_err());
    assert!(run(data, &["partner", "origin", "add", "par_x", "https://shop.example"]).is_err());
    let key = json(&run(data, &["partner", "key", "add", partner, "--mode", "sandbox"]).expect("another key"));
    assert!(key["key"].as_str().is_some_and(|key| key.starts_with("lbk_test_")) && key["mode"] == "sandbox");

    let list = || json(&run(data, &["partner", "list"]).expect("a list"));
    let seen = list();
    assert_eq!(seen["origins"], serde_json::json!(["https://a.example", "https://shop.example"]));
    let keys = seen["keys"].as_array().expect("keys");
    assert!(keys.len() == 3 && keys.iter().all(|key| key["revokedAt"].is_null()), "{seen}");
    let first = keys[0]["id"].as_str().expect("an id");
    run(data, &["partner", "key", "revoke", partner, first]).expect("revoked");
    assert!(run(data, &["partner", "key", "revoke", partner, first]).is_err(), "it was before");
    assert!(list()["keys"][0]["revokedAt"].is_string());
    for secret in [&made["liveKey"], &made["sandboxKey"], &key["key"]] {
        assert!(!seen.to_string().contains(secret.as_str().expect("a key")), "keys are shown once");
    }
}

#[test]
fn what_is_agreed_with_a_partner_is_kept_and_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let made = json(&run(data, &["partner", "add", "Mobil"]).expect("added"));
    let partner = made["partner"].as_str().expect("its id");
    let policy = |more: &[&str]| run(data, &[&["partner", "policy", partner], more].concat());
    assert_eq!(json(&policy(&[]).expect("the default")), serde_json::json!({"fourEyes": false, "retention": {}}));
    policy(&["--four-eyes", "true", "--keep", "robo-ident=end+30d"]).expect("set");
    let both = json(&policy(&["--keep", "sim-registration=contract+6m"]).expect("set too"));
    let retention = serde_json::json!({
        "robo-ident": {"afterEnd": {"days": 30}}, "sim-registration": {"afterContract": {"months": 6}},
    });
    assert_eq!(both, serde_json::json!({"fourEyes": true, "retention": retention}));
    for wrong in ["robo-ident", "robo-ident=30d", "nothing=end+30d"] {
        assert!(policy(&["--keep", wrong]).is_err(), "{wrong}");
    }
    assert!(run(data, &["partner", "policy", "par_x", "--four-eyes", "true"]).is_err());
    let key =
        json(&run(data, &["partner", "key", "add", partner, "--mode", "live", "--clerk", "Anna"]).expect("a key"));
    assert_eq!(key["clerk"], "Anna");
    assert!(run(data, &["partner", "list"]).expect("a list").contains("Anna"));
}

#[test]
fn a_second_server_on_a_machine_does_without_the_operators_port() {
    // Whoever has it: the server must do without.
    let _taken = TcpListener::bind("127.0.0.1:9464");
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Command::new(PROGRAM)
        .args(["--log-format", "json", "serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let log = BufReader::new(server.stderr.take().expect("its log"));
    let warned = log.lines().map_while(Result::ok).find(|line| line.contains("no figures for the operator"));
    assert!(server.try_wait().expect("a process").is_none(), "it goes on");
    server.kill().expect("it ran");
    server.wait().expect("it ended");
    assert!(warned.is_some_and(|line| line.contains("WARN")));
}
