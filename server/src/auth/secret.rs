//! Secrets: drawn from the system, handed out once, kept as SHA-256.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// Random bytes from the system.
///
/// # Panics
/// On a system without random numbers.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("a system without random numbers cannot run this server");
    bytes
}

/// A new secret of 256 random bits, base64url, after a prefix.
pub fn draw(prefix: &str) -> String {
    format!("{prefix}{}", BASE64_URL_SAFE_NO_PAD.encode(random::<32>()))
}

/// How a secret is kept: SHA-256, lower-case hex. The secrets have 256 random bits, so no salt is needed.
pub fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}

/// 64 random bits.
pub fn random_bits() -> u64 {
    u64::from_le_bytes(random())
}
