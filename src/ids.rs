//! Names and jitter from the shell's entropy: the machines draw no randomness of their own.
//!
//! In: 128 random bits, once per page. Out: UUIDs in the form of version 4 (RFC 9562 §5.4) and small random numbers, the same
//! ones for the same entropy, so that a story can be played again. Two `SplitMix64` lanes with different starts; good enough for
//! names that are no secrets (every request about them carries its own proof), not for keys.
//! Does not know: the clock, the browser.

/// A source of names.
#[derive(Clone, Debug)]
pub struct Ids {
    high: u64,
    low: u64,
}

impl Ids {
    /// From 128 bits of the shell's `crypto.getRandomValues`.
    pub const fn new(entropy: u128) -> Self {
        Self { high: (entropy >> 64) as u64, low: entropy as u64 }
    }

    /// A source of its own for a part of the page, independent of the further use of this one.
    #[must_use]
    pub fn split(&mut self) -> Self {
        Self { high: split_mix(&mut self.high), low: split_mix(&mut self.low) }
    }

    /// A fresh UUID.
    pub fn uuid(&mut self) -> String {
        let bits = (u128::from(split_mix(&mut self.high)) << 64) | u128::from(split_mix(&mut self.low));
        let bits = (bits & !(0xf000_u128 << 64) & !(0b11_u128 << 62)) | (0x4000_u128 << 64) | (0b10_u128 << 62);
        let hex = format!("{bits:032x}");
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }

    /// A number from 0 to `most`, inclusive.
    pub fn up_to(&mut self, most: u64) -> u64 {
        split_mix(&mut self.high) % most.saturating_add(1).max(1)
    }
}

/// `SplitMix64` (Steele, Lea, Flood: *Fast splittable pseudorandom number generators*, 2014).
const fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_have_the_form_of_version_four_and_differ() {
        let mut ids = Ids::new(0x0123_4567_89ab_cdef_0011_2233_4455_6677);
        let names: HashSet<String> = (0..1000).map(|_| ids.uuid()).collect();
        assert_eq!(names.len(), 1000);
        for name in &names {
            assert_eq!(name.len(), 36);
            assert_eq!(name.as_bytes()[14], b'4');
            assert!(b"89ab".contains(&name.as_bytes()[19]), "{name}");
        }
    }

    #[test]
    fn the_same_entropy_gives_the_same_names() {
        assert_eq!(Ids::new(7).uuid(), Ids::new(7).uuid());
        assert_ne!(Ids::new(7).uuid(), Ids::new(8).uuid());
    }

    #[test]
    fn numbers_stay_within_their_limit() {
        let mut ids = Ids::new(1);
        assert!((0..1000).all(|_| ids.up_to(3) <= 3));
        assert_eq!(ids.up_to(0), 0);
        ids.up_to(u64::MAX);
    }
}
