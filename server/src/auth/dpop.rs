//! Proofs of a browser's key in the manner of RFC 9449: read, checked against the request and the time, taken once.
//! Knows no storage: proofs seen are remembered in memory for as long as they could be used again; those made before the
//! process started are refused, so a restart opens no window. The refusal tells the server's time, and the browser makes a new one.

use std::{collections::HashMap, sync::Mutex};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as B64};
use p256::{
    FieldBytes, Sec1Point,
    ecdsa::{Signature, VerifyingKey, signature::Verifier as _},
};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::clock::Millis;

/// How far a proof's time may be from the server's, in seconds.
pub const SKEW_SECONDS: i64 = 300;

/// Longest proof that is looked at.
const PROOF_MAX: usize = 4096;

/// Why a proof is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Not a JWT of the wanted kind.
    #[error("malformed")]
    Malformed,
    /// The signature is not by the key in the header.
    #[error("signature")]
    Signature,
    /// Made for another method, address or token.
    #[error("other request")]
    OtherRequest,
    /// Made too long ago, in the future, or before this process started.
    #[error("time")]
    Time,
    /// Used before.
    #[error("replay")]
    Replay,
}

/// The request a proof has to be for.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// Method.
    pub method: &'a str,
    /// Scheme, host and path.
    pub url: &'a str,
    /// The token it accompanies; none at a hand-off claim.
    pub token: Option<&'a str>,
    /// Now.
    pub now: Millis,
}

#[derive(Deserialize)]
struct Header {
    typ: String,
    alg: String,
    jwk: Jwk,
}

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    crv: String,
    x: String,
    y: String,
    #[serde(default)]
    d: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Claims {
    htm: String,
    htu: String,
    iat: i64,
    jti: String,
    #[serde(default)]
    ath: Option<String>,
}

/// Proofs that were used.
pub struct Proofs {
    started: Millis,
    seen: Mutex<HashMap<[u8; 32], i64>>,
}

impl Proofs {
    /// Nothing seen; proofs made before `started` are refused.
    pub fn new(started: Millis) -> Self {
        Self { started, seen: Mutex::default() }
    }

    /// Checks a proof and takes it. Returns the RFC 7638 thumbprint of its key, base64url.
    pub fn take(&self, proof: &str, expected: Expected<'_>) -> Result<String, ProofError> {
        let (thumbprint, claims) = verify(proof, expected)?;
        let now = expected.now / 1000;
        if (claims.iat - now).abs() > SKEW_SECONDS || claims.iat < self.started / 1000 - 1 {
            return Err(ProofError::Time);
        }
        let id = Sha256::digest(format!("{thumbprint}.{}", claims.jti)).into();
        let mut seen = self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if seen.insert(id, claims.iat + SKEW_SECONDS).is_some() {
            return Err(ProofError::Replay);
        }
        Ok(thumbprint)
    }

    /// Forgets proofs that are refused for their age by now.
    pub fn tidy(&self, now: Millis) {
        let mut seen = self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        seen.retain(|_, until| *until >= now / 1000);
    }
}

fn verify(proof: &str, expected: Expected<'_>) -> Result<(String, Claims), ProofError> {
    use ProofError::{Malformed, OtherRequest, Signature as BadSignature};
    let (signed, signature) = proof.rsplit_once('.').filter(|_| proof.len() <= PROOF_MAX).ok_or(Malformed)?;
    let (header, claims) = signed.split_once('.').ok_or(Malformed)?;
    let header: Header = part(header)?;
    let claims: Claims = part(claims)?;
    let jwk = header.jwk;
    if header.typ != "dpop+jwt" || header.alg != "ES256" || jwk.kty != "EC" || jwk.crv != "P-256" || jwk.d.is_some() {
        return Err(Malformed);
    }
    let signature = Signature::from_slice(&B64.decode(signature).map_err(|_| Malformed)?).map_err(|_| Malformed)?;
    key(&jwk)?.verify(signed.as_bytes(), &signature).map_err(|_| BadSignature)?;
    let ath = expected.token.map(|token| B64.encode(Sha256::digest(token)));
    // 128 random bits are 22 characters in base64url.
    if !(22..=128).contains(&claims.jti.len()) {
        return Err(Malformed);
    }
    if claims.htm != expected.method || claims.htu != expected.url || (ath.is_some() && ath != claims.ath) {
        return Err(OtherRequest);
    }
    let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, jwk.x, jwk.y);
    Ok((B64.encode(Sha256::digest(members)), claims))
}

fn part<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, ProofError> {
    let bytes = B64.decode(text).map_err(|_| ProofError::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| ProofError::Malformed)
}

fn key(jwk: &Jwk) -> Result<VerifyingKey, ProofError> {
    let coordinate = |text: &str| -> Result<FieldBytes, ProofError> {
        let bytes: [u8; 32] =
            B64.decode(text).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(ProofError::Malformed)?;
        Ok(bytes.into())
    };
    let point = Sec1Point::from_affine_coordinates(&coordinate(&jwk.x)?, &coordinate(&jwk.y)?, false);
    VerifyingKey::from_sec1_point(&point).map_err(|_| ProofError::Malformed)
}

#[cfg(test)]
mod tests;
