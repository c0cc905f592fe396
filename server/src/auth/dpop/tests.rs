use base64::Engine as _;
use p256::ecdsa::{SigningKey, signature::Signer as _};
use serde_json::{Value, json};

use super::*;

const NOW: Millis = 1_764_000_000_000;
const URL: &str = "https://ident.example/v1/capture/session";

fn signer(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).expect("a small number is a valid key")
}

fn header(key: &SigningKey) -> Value {
    let point = key.verifying_key().to_sec1_point(false);
    let (x, y) = (point.x().expect("not the origin"), point.y().expect("not the origin"));
    json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": {"kty": "EC", "crv": "P-256", "x": B64.encode(x), "y": B64.encode(y)}})
}

fn claims() -> Value {
    json!({"htm": "GET", "htu": URL, "iat": NOW / 1000, "jti": "0123456789abcdef012345", "ath": B64.encode(Sha256::digest("token"))})
}

fn sign(key: &SigningKey, header: &Value, claims: &Value) -> String {
    let signed = format!("{}.{}", B64.encode(header.to_string()), B64.encode(claims.to_string()));
    let signature: Signature = key.sign(signed.as_bytes());
    format!("{signed}.{}", B64.encode(signature.to_bytes()))
}

fn take(change: impl FnOnce(&mut Value, &mut Value)) -> Result<String, ProofError> {
    let key = signer(1);
    let (mut header, mut claims) = (header(&key), claims());
    change(&mut header, &mut claims);
    let expected = Expected { method: "GET", url: URL, token: Some("token"), now: NOW };
    Proofs::new(NOW - 3_600_000).take(&sign(&key, &header, &claims), expected)
}

#[test]
fn a_good_proof_names_its_key() {
    let thumbprint = take(|_, _| ()).expect("good");
    assert_eq!(B64.decode(thumbprint).expect("base64url").len(), 32);
}

#[test]
fn a_proof_for_something_else_is_refused() {
    type Case = (fn(&mut Value, &mut Value), ProofError);
    let cases: [Case; 11] = [
        (|_, c| c["htm"] = json!("POST"), ProofError::OtherRequest),
        (|_, c| c["htu"] = json!("https://ident.example/v1/capture/token"), ProofError::OtherRequest),
        (|_, c| c["htu"] = json!("https://evil.example/v1/capture/session"), ProofError::OtherRequest),
        (|_, c| c["ath"] = json!("x"), ProofError::OtherRequest),
        (|_, c| drop(c.as_object_mut().map(|c| c.remove("ath"))), ProofError::OtherRequest),
        (|_, c| c["iat"] = json!(NOW / 1000 - 301), ProofError::Time),
        (|_, c| c["iat"] = json!(NOW / 1000 + 301), ProofError::Time),
        (|_, c| c["jti"] = json!("short"), ProofError::Malformed),
        (|h, _| h["alg"] = json!("none"), ProofError::Malformed),
        (|h, _| h["typ"] = json!("JWT"), ProofError::Malformed),
        (|h, _| h["jwk"] = header(&signer(2))["jwk"].take(), ProofError::Signature),
    ];
    for (number, (change, error)) in cases.into_iter().enumerate() {
        assert_eq!(take(change), Err(error), "case {number}");
    }
}

#[test]
fn a_proof_is_taken_once_and_none_from_before_the_start() {
    let key = signer(1);
    let proof = sign(&key, &header(&key), &claims());
    let expected = Expected { method: "GET", url: URL, token: Some("token"), now: NOW };
    let proofs = Proofs::new(NOW - 10_000);
    assert!(proofs.take(&proof, expected).is_ok());
    proofs.tidy(NOW);
    assert_eq!(proofs.take(&proof, expected), Err(ProofError::Replay));
    assert_eq!(Proofs::new(NOW + 5_000).take(&proof, expected), Err(ProofError::Time));
}
