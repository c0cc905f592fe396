//! Where webhooks may go: https to public addresses, so that a partner cannot make this server talk to its own network. Names are
//! judged by what they resolve to at the moment of the connection, and only the judged addresses are connected to.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use lichtbild_protocol::ErrorCode;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

const PATIENCE: Duration = Duration::from_secs(5);

/// Whether a webhook may be sent to this address at all, before anything is resolved.
pub fn check_url(text: &str, allow_private: bool) -> Result<(), ErrorCode> {
    let url = Url::parse(text).map_err(|_| ErrorCode::WebhookTarget)?;
    let scheme = url.scheme() == "https" || (allow_private && url.scheme() == "http");
    let host = match url.host() {
        None => false,
        Some(_) if allow_private => true,
        Some(Host::Ipv4(address)) => public(address.into()),
        Some(Host::Ipv6(address)) => public(address.into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name != "localhost" && !name.ends_with(".localhost")
        }
    };
    let plain = url.username().is_empty() && url.password().is_none();
    if scheme && host && plain { Ok(()) } else { Err(ErrorCode::WebhookTarget) }
}

/// Whether an address is one of the public internet.
pub fn public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => public_v4(address),
        IpAddr::V6(address) => public_v6(address),
    }
}

/// Not in the IANA registry of special-purpose IPv4 addresses.
fn public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !special
}

/// Global unicast, and what is embedded in it public too.
fn public_v6(address: Ipv6Addr) -> bool {
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            embedded(high, low)
        }
        // Protocol assignments (Teredo among them), and the ranges for documentation.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// Resolves names to the addresses a webhook may be sent to, and to no others.
pub struct Resolver {
    /// For rehearsals: private addresses too.
    pub allow_private: bool,
}

impl Resolver {
    /// The allowed ones among a name's addresses; an error if there is none.
    pub async fn addresses(&self, name: &str) -> std::io::Result<Vec<SocketAddr>> {
        let found = tokio::time::timeout(PATIENCE, tokio::net::lookup_host((name, 0))).await??;
        let allowed: Vec<_> = found.filter(|address| self.allow_private || public(address.ip())).collect();
        if allowed.is_empty() { Err(std::io::Error::other("no public address")) } else { Ok(allowed) }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = Self { allow_private: self.allow_private };
        Box::pin(async move {
            let addresses = resolver.addresses(name.as_str()).await?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}
