//! Settings: from the command line or the environment, complete and checked. Defaults stand here and nowhere else.

use std::{
    net::{AddrParseError, SocketAddr},
    path::PathBuf,
    str::FromStr,
    time::Duration,
};

use clap::Args;

/// Everything an operator can set.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Address and port to listen on.
    #[arg(long, env = "LICHTBILD_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Address and port of the operator's own listener, with `/metrics` and a thorough `/healthz`: nothing for the world. Empty: off.
    #[arg(long, env = "LICHTBILD_OPERATOR_LISTEN", default_value = OPERATOR, value_parser = OperatorListen::from_str)]
    pub operator_listen: OperatorListen,
    /// Folder of the database and the recordings.
    #[arg(long, env = "LICHTBILD_DATA", default_value = "data")]
    pub data: PathBuf,
    /// Where people and partners reach this server, without a slash at the end; default: what the request's Host says.
    #[arg(long, env = "LICHTBILD_PUBLIC_URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// Folder of the built pages; without it only the API is served.
    #[arg(long = "static", env = "LICHTBILD_STATIC")]
    pub pages: Option<PathBuf>,
    /// Allow webhooks to private and loopback addresses and over plain HTTP. For rehearsals only.
    #[arg(long, env = "LICHTBILD_ALLOW_PRIVATE_WEBHOOKS", default_value_t = false, value_parser = clap::builder::BoolishValueParser::new(), num_args = 0..=1, default_missing_value = "true")]
    pub allow_private_webhooks: bool,
    /// Origins that may show the capture page in a frame, separated by spaces, besides those of the partners.
    #[arg(long, env = "LICHTBILD_FRAME_ANCESTORS", default_value = "", value_parser = sources)]
    pub frame_ancestors: String,
    /// Hours until an open case ends by itself.
    #[arg(long, env = "LICHTBILD_CASE_HOURS", default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=24 * 90))]
    pub case_hours: u32,
    /// Minutes a link to a case lives before it is first used.
    #[arg(long, env = "LICHTBILD_LINK_MINUTES", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=24 * 60 * 90))]
    pub link_minutes: u32,
    /// Minutes a token lives that a browser got for its key; it renews it by itself.
    #[arg(long, env = "LICHTBILD_TOKEN_MINUTES", default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=24 * 60))]
    pub token_minutes: u32,
    /// Largest piece that is stored at once, in bytes.
    #[arg(long, env = "LICHTBILD_MAX_PIECE", default_value_t = 1 << 20, value_parser = clap::value_parser!(u32).range(1024..=64 << 20))]
    pub max_piece: u32,
    /// Largest recording, in bytes. Photographs get 24 MiB and videos 64 MiB at most, whatever stands here.
    #[arg(long, env = "LICHTBILD_MAX_UPLOAD", default_value_t = 64 << 20, value_parser = clap::value_parser!(u64).range(1024..=4 << 30))]
    pub max_upload: u64,
    /// Seconds without a byte after which an upload request is given up.
    #[arg(long, env = "LICHTBILD_BODY_IDLE_SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=600))]
    pub body_idle_seconds: u32,
    /// Take the person's address for rate limits from `X-Forwarded-For`: only behind a proxy that sets it.
    #[arg(long, env = "LICHTBILD_TRUST_FORWARDED", default_value_t = false, value_parser = clap::builder::BoolishValueParser::new(), num_args = 0..=1, default_missing_value = "true")]
    pub trust_forwarded: bool,
}

const OPERATOR: &str = "127.0.0.1:9464";

/// Where the operator's listener is, if anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperatorListen(pub Option<SocketAddr>);

impl OperatorListen {
    /// Nobody chose it: another server on this machine may have it already, and this one does without.
    pub fn is_default(self) -> bool {
        Self::from_str(OPERATOR) == Ok(self)
    }
}

impl FromStr for OperatorListen {
    type Err = AddrParseError;

    fn from_str(text: &str) -> Result<Self, AddrParseError> {
        if text.is_empty() { Ok(Self(None)) } else { text.parse().map(|address| Self(Some(address))) }
    }
}

impl Config {
    /// How long an open case lives.
    pub fn case_life(&self) -> Duration {
        Duration::from_secs(u64::from(self.case_hours) * 3600)
    }

    /// How long a link lives that nobody has used.
    pub fn link_life(&self) -> Duration {
        Duration::from_secs(u64::from(self.link_minutes) * 60)
    }

    /// How long a browser's token lives.
    pub fn token_life(&self) -> Duration {
        Duration::from_secs(u64::from(self.token_minutes) * 60)
    }

    /// Patience with a body that does not come.
    pub fn body_idle(&self) -> Duration {
        Duration::from_secs(u64::from(self.body_idle_seconds))
    }
}

fn public_url(text: &str) -> Result<String, String> {
    let url = url::Url::parse(text).map_err(|error| error.to_string())?;
    let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if !matches!(url.scheme(), "http" | "https") || !plain || url.host().is_none() {
        return Err("an http or https address without query and fragment".into());
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// One origin, as browsers write it.
pub fn origin(text: &str) -> Result<String, String> {
    let url = url::Url::parse(text).map_err(|error| error.to_string())?;
    let origin = url.origin().ascii_serialization();
    if !matches!(url.scheme(), "http" | "https") || text.trim_end_matches('/') != origin {
        return Err("scheme, host and port only, such as https://shop.example".into());
    }
    Ok(origin)
}

/// Origins for a header: nothing in them may end the directive.
fn sources(text: &str) -> Result<String, String> {
    if text.chars().any(|c| c == ';' || c == ',' || c.is_control()) {
        return Err("origins separated by spaces".into());
    }
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_an_origin_with_an_optional_path() {
        assert_eq!(public_url("https://ident.example/").as_deref(), Ok("https://ident.example"));
        assert_eq!(public_url("https://a.example/ident/").as_deref(), Ok("https://a.example/ident"));
        assert!(public_url("ftp://a.example").is_err() && public_url("https://a.example/?x=1").is_err());
    }

    #[test]
    fn an_origin_has_no_path() {
        assert_eq!(origin("https://shop.example/").as_deref(), Ok("https://shop.example"));
        assert_eq!(origin("http://localhost:8090").as_deref(), Ok("http://localhost:8090"));
        for text in ["https://shop.example/a", "shop.example", "ftp://shop.example", "https://a.example; x", "https://"]
        {
            assert!(origin(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_operators_listener_can_be_switched_off() {
        assert_eq!(OperatorListen::from_str(""), Ok(OperatorListen(None)));
        assert!(OperatorListen::from_str(OPERATOR).is_ok_and(|listen| listen.is_default() && listen.0.is_some()));
        assert!(OperatorListen::from_str("127.0.0.1:0").is_ok_and(|listen| !listen.is_default()));
        assert!(OperatorListen::from_str("9464").is_err());
    }

    #[test]
    fn frame_ancestors_cannot_end_the_directive() {
        assert_eq!(
            sources(" https://a.example  https://b.example ").as_deref(),
            Ok("https://a.example https://b.example")
        );
        assert!(sources("https://a.example; script-src *").is_err());
    }
}
