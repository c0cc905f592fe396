//! How often somebody may ask, by address: hand-off codes rarely, everything else generously. One line has a whole /64 of IPv6 addresses
//! to ask from (RFC 6177), so those count as one.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
};

use governor::{DefaultKeyedRateLimiter, Quota};

/// Limits by address.
pub struct Limits {
    handoff: DefaultKeyedRateLimiter<IpAddr>,
    requests: DefaultKeyedRateLimiter<IpAddr>,
}

impl Default for Limits {
    fn default() -> Self {
        let quota = |per_second: u32, burst: u32| {
            let number = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
            Quota::per_second(number(per_second)).allow_burst(number(burst))
        };
        Self {
            handoff: DefaultKeyedRateLimiter::keyed(quota(1, 30)),
            requests: DefaultKeyedRateLimiter::keyed(quota(200, 2_000)),
        }
    }
}

impl Limits {
    /// Whether this address may present a hand-off code now.
    pub fn handoff(&self, address: IpAddr) -> bool {
        self.handoff.check_key(&counted(address)).is_ok()
    }

    /// Whether this address may make a request now.
    pub fn request(&self, address: IpAddr) -> bool {
        self.requests.check_key(&counted(address)).is_ok()
    }

    /// Forgets addresses that have been quiet.
    pub fn tidy(&self) {
        self.handoff.retain_recent();
        self.requests.retain_recent();
    }
}

/// What counts as one address: of IPv6 the network of one line, of IPv4 in IPv6's clothes the address itself.
fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn an_ipv6_line_counts_as_one_address() {
        let limits = Limits::default();
        let asked = |number: u32| ip(&format!("2001:db8:1:2:{number:x}::{number:x}"));
        let granted = (0..100).filter(|number| limits.handoff(asked(*number))).count();
        assert!((30..=32).contains(&granted), "{granted} of a hundred addresses of one network");
        assert!(limits.handoff(ip("2001:db8:1:3::1")), "the neighbour's line");
    }

    #[test]
    fn an_ipv4_address_counts_alone_however_it_is_written() {
        assert_eq!(counted(ip("::ffff:192.0.2.7")), ip("192.0.2.7"));
        assert_eq!(counted(ip("192.0.2.7")), ip("192.0.2.7"));
        assert_ne!(counted(ip("::ffff:192.0.2.7")), counted(ip("::ffff:192.0.2.8")));
        assert_eq!(counted(ip("2001:db8:1:2:3:4:5:6")), ip("2001:db8:1:2::"));
    }
}
