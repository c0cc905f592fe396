//! Settings: `ConfigInput` arrives partial and strict, `Config` lives complete.

use serde::Deserialize;

use lichtbild_protocol::{ErrorCode, Sensitive};

/// What the integrator passes. Anything but the endpoint may be left out; unknown keys are refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ConfigInput {
    /// Origin of the verification backend, `https://…`; default: where the script tag's loader came from, for the npm package the page's own origin.
    #[cfg_attr(feature = "ts", ts(optional))]
    pub endpoint: Option<String>,
    /// The case token from the partner's server. Without it the home screen shows.
    #[cfg_attr(feature = "ts", ts(optional))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub session: Option<Sensitive<String>>,
    /// The secret of a scanned hand-off link.
    #[cfg_attr(feature = "ts", ts(optional))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub handoff: Option<Sensitive<String>>,
}

/// Complete, checked settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Origin of the backend, without a trailing slash.
    pub endpoint: String,
    /// How the person comes in.
    pub entry: Entry,
}

/// How the person comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// With a token.
    Session(Sensitive<String>),
    /// With a scanned hand-off.
    Handoff(Sensitive<String>),
    /// With nothing.
    Home,
}

impl Config {
    /// Fills in defaults and checks; the only place that does. `origin` is the page's own.
    ///
    /// # Errors
    /// `config.invalid` when both a session and a hand-off are given, or the endpoint is no http(s) origin.
    pub fn complete(input: ConfigInput, origin: &str) -> Result<Self, ErrorCode> {
        let endpoint = input.endpoint.as_deref().unwrap_or(origin).trim_end_matches('/').to_owned();
        if !(endpoint.starts_with("https://") || endpoint.starts_with("http://")) {
            return Err(ErrorCode::ConfigInvalid);
        }
        let entry = match (input.session, input.handoff) {
            (Some(_), Some(_)) => return Err(ErrorCode::ConfigInvalid),
            (Some(token), None) => Entry::Session(token),
            (None, Some(secret)) => Entry::Handoff(secret),
            (None, None) => Entry::Home,
        };
        Ok(Self { endpoint, entry })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_printed_without_their_secrets() {
        let secret = |text: &str| Some(Sensitive::new(text.to_owned()));
        let input =
            ConfigInput { session: secret("lbs_secret"), handoff: secret("lbh_secret"), ..ConfigInput::default() };
        let config = Config::complete(ConfigInput { handoff: None, ..input.clone() }, "https://ident.example");
        let printed = format!("{input:?} {input:#?} {config:?} {config:#?}");
        assert!(!printed.contains("secret"), "{printed}");
    }
}
