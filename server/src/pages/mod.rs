//! Pages the server writes itself: the API's description, the catalogue of errors, the texts people agree to. No script, one
//! style sheet, nothing from elsewhere.

mod api;
mod legal;

use lichtbild_protocol::ErrorCode;
use maud::{DOCTYPE, Markup, html};

use crate::error::status;

pub use self::{api::api, legal::legal};

/// The pages' style sheet.
pub const STYLE: &str = include_str!("style.css");

/// The server's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The catalogue of errors, each with an anchor that problem documents point to.
pub fn errors() -> String {
    let row = |code: ErrorCode| {
        html! {
            tr id=(code) {
                td { code { (code) } }
                td { (code.http_status().map_or_else(|| "–".to_owned(), |_| status(code).as_u16().to_string())) }
                td { (if code.retryable() { "yes" } else { "no" }) }
                td { (code.cause()) }
            }
        }
    };
    page(
        "en",
        "Errors",
        &html! {
            p { "Every error answer is " code { "application/problem+json" } " with one of these codes. A code is never renamed or reused." }
            table {
                thead { tr { th { "Code" } th { "Status" } th { "Try again" } th { "Cause" } } }
                tbody { @for code in ErrorCode::ALL { (row(*code)) } }
            }
        },
    )
}

fn page(lang: &str, title: &str, content: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – Lichtbild" }
                link rel="stylesheet" href="/docs/style.css";
            }
            body {
                main { h1 { (title) } (content) }
                footer { "Lichtbild " (VERSION) }
            }
        }
    }
    .into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_row() {
        let page = errors();
        for code in ErrorCode::ALL {
            assert!(page.contains(&format!("id=\"{code}\"")), "{code}");
        }
    }

    #[test]
    fn every_text_is_there_in_every_language() {
        for lang in crate::review::flow::LANGS {
            for consent in crate::review::flow::consents(lang) {
                let page = legal(&consent.id, lang).expect("each consent has its text");
                assert!(
                    page.contains(&format!("lang=\"{lang}\"")) && page.contains(&consent.version),
                    "{}",
                    consent.id
                );
            }
        }
        assert_eq!(legal("imprint", "de"), None);
    }
}
