//! How often somebody may ask, by address: hand-off codes rarely, everything else generously.

use std::{net::IpAddr, num::NonZeroU32};

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
        self.handoff.check_key(&address).is_ok()
    }

    /// Whether this address may make a request now.
    pub fn request(&self, address: IpAddr) -> bool {
        self.requests.check_key(&address).is_ok()
    }

    /// Forgets addresses that have been quiet.
    pub fn tidy(&self) {
        self.handoff.retain_recent();
        self.requests.retain_recent();
    }
}
