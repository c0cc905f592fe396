//! The table of error codes in docs/errors.md, from the catalogue and the message files.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, bail};
use lichtbild_protocol::{ErrorCode, WayOn};
use serde_json::Value;

const HEAD: &str = "# Error codes

Made by `cargo xtask errors` from `crates/protocol/src/code.rs` and `pkg/src/messages`. A code is never renamed or reused.
Problem documents (RFC 9457) over HTTP and `CaptureError` in JavaScript carry the same codes. \"Retryable\" means that the same
action may succeed later. \"Ways on\" are what the person is offered, most useful first. Codes without a status never travel
as an HTTP answer: they arise in the browser or stand in a report.
";

pub fn text() -> Result<String> {
    let german = messages("de")?;
    let english = messages("en")?;
    let mut parts = vec![HEAD.to_owned()];
    let mut area = "";
    for &code in ErrorCode::ALL {
        let (now, _) = code.as_str().split_once('.').expect("every code has an area");
        if now != area {
            area = now;
            parts.push(format!("## {area}\n"));
        }
        let status = code.http_status().map_or_else(|| "–".to_owned(), |status| status.to_string());
        let ways: Vec<String> = code.ways_on().iter().copied().map(way).collect();
        let retryable = if code.retryable() { "yes" } else { "no" };
        parts.push(format!(
            "### <a id=\"{code}\"></a>`{code}`\n\n{}\n\nHTTP {status} · retryable: {retryable} · ways on: {}\n\n- en: {}\n- de: {}\n",
            code.cause(),
            ways.join(", "),
            words(&english, code, "en")?,
            words(&german, code, "de")?,
        ));
    }
    Ok(parts.join("\n"))
}

fn way(way: WayOn) -> String {
    serde_json::to_string(&way).expect("a plain name").replace('"', "`")
}

fn messages(lang: &str) -> Result<BTreeMap<String, String>> {
    let path = format!("pkg/src/messages/{lang}.json");
    let text = fs::read_to_string(&path).with_context(|| path.clone())?;
    let mut flat = BTreeMap::new();
    flatten("", &serde_json::from_str(&text).with_context(|| path.clone())?, &mut flat);
    Ok(flat)
}

fn flatten(prefix: &str, value: &Value, into: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                flatten(&path, value, into);
            }
        }
        Value::String(text) => {
            into.insert(prefix.to_owned(), text.clone());
        }
        _ => {}
    }
}

fn words(messages: &BTreeMap<String, String>, code: ErrorCode, lang: &str) -> Result<String> {
    let of = |part: &str| messages.get(&format!("error.{code}.{part}"));
    match (of("title"), of("text")) {
        (Some(title), Some(text)) => Ok(format!("**{title}** {text}")),
        _ => bail!("pkg/src/messages/{lang}.json lacks error.{code}.title or error.{code}.text"),
    }
}
