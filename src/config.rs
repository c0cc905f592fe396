//! Settings: `ConfigInput` arrives partial and strict, `Config` lives complete.

use serde::Deserialize;

use lichtbild_protocol::ErrorCode;

/// What the integrator passes. Anything but the endpoint may be left out; unknown keys are refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ConfigInput {
    /// Origin of the verification backend, `https://…`; default: the origin the page's assets come from.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub endpoint: Option<String>,
    /// The case token from the partner's server. Without it the home screen shows.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub session: Option<String>,
    /// The secret of a scanned hand-off link.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub handoff: Option<String>,
    /// `de` or `en`; default: the case's, then the browser's.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub lang: Option<String>,
}

impl ConfigInput {
    /// Its keys as JavaScript has them.
    pub const KEYS: [&str; 4] = ["endpoint", "session", "handoff", "lang"];
}

/// Complete, checked settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Origin of the backend, without a trailing slash.
    pub endpoint: String,
    /// How the person comes in.
    pub entry: Entry,
    /// Language, if set.
    pub lang: Option<String>,
}

/// How the person comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// With a token.
    Session(lichtbild_protocol::Sensitive<String>),
    /// With a scanned hand-off.
    Handoff(lichtbild_protocol::Sensitive<String>),
    /// With nothing.
    Home,
}

impl Config {
    /// Fills in defaults and checks; the only place that does. `origin` is the page's own.
    ///
    /// # Errors
    /// `config.invalid` when both a session and a hand-off are given, the endpoint is no http(s) origin, or the language is unknown.
    pub fn complete(input: ConfigInput, origin: &str) -> Result<Self, ErrorCode> {
        let endpoint = input.endpoint.as_deref().unwrap_or(origin).trim_end_matches('/').to_owned();
        let known_lang = input.lang.as_deref().is_none_or(|lang| ["de", "en"].contains(&lang));
        if !(endpoint.starts_with("https://") || endpoint.starts_with("http://")) || !known_lang {
            return Err(ErrorCode::ConfigInvalid);
        }
        let entry = match (input.session, input.handoff) {
            (Some(_), Some(_)) => return Err(ErrorCode::ConfigInvalid),
            (Some(token), None) => Entry::Session(lichtbild_protocol::Sensitive::new(token)),
            (None, Some(secret)) => Entry::Handoff(lichtbild_protocol::Sensitive::new(secret)),
            (None, None) => Entry::Home,
        };
        Ok(Self { endpoint, entry, lang: input.lang })
    }
}
