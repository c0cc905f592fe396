//! WebCrypto: the device key that signs requests, and the key that encrypts what waits in the store. Neither leaves the browser:
//! both are made not extractable.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use js_sys::{Array, Object, Uint8Array};
use sha2::{Digest, Sha256};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, CryptoKeyPair, SubtleCrypto};

use super::dom::{get, object, text, window};

const NONCE_BYTES: usize = 12;

/// Bytes nobody can guess.
///
/// # Panics
/// Where WebCrypto is missing, which `facts::missing` finds out first.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    crypto().get_random_values_with_u8_array(&mut bytes).expect("far fewer bytes than a browser gives at once");
    bytes
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |text, byte| text + &format!("{byte:02x}"))
}

/// base64url without padding, as JWT wants it.
pub fn base64url(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// This browser's key for an origin: ECDSA on P-256, the private half not extractable.
#[derive(Clone, Debug)]
pub struct DeviceKey {
    pair: CryptoKeyPair,
    /// Public half as the members of a JWK that its thumbprint counts.
    pub jwk: Jwk,
}

/// A public key on P-256 as the members of a JWK that its thumbprint counts (RFC 7638), coordinates in base64url.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jwk {
    /// First coordinate.
    pub x: String,
    /// Second coordinate.
    pub y: String,
}

impl Jwk {
    /// As JSON has it.
    pub fn to_js(&self) -> Object {
        let (x, y) = (self.x.as_str().into(), self.y.as_str().into());
        object(&[("kty", "EC".into()), ("crv", "P-256".into()), ("x", x), ("y", y)])
    }
}

impl DeviceKey {
    /// Makes a fresh one.
    pub async fn generate() -> Result<Self, JsValue> {
        let algorithm = object(&[("name", "ECDSA".into()), ("namedCurve", "P-256".into())]);
        let usages = Array::of2(&"sign".into(), &"verify".into());
        let made = subtle().generate_key_with_object(&algorithm, false, &usages)?;
        Self::of(JsFuture::from(made).await?).await
    }

    /// From what the store kept.
    pub async fn of(kept: JsValue) -> Result<Self, JsValue> {
        let pair: CryptoKeyPair = kept.unchecked_into();
        let public: CryptoKey = get(&pair, "publicKey").dyn_into()?;
        let jwk = JsFuture::from(subtle().export_key("jwk", &public)?).await?;
        let jwk = Jwk { x: text(&jwk, "x"), y: text(&jwk, "y") };
        Ok(Self { pair, jwk })
    }

    /// What the store can keep.
    pub fn keep(&self) -> &JsValue {
        self.pair.as_ref()
    }

    /// ES256 signature (`r` and `s`, 64 bytes).
    pub async fn sign(&self, message: &[u8]) -> Result<Vec<u8>, JsValue> {
        let algorithm = object(&[("name", "ECDSA".into()), ("hash", "SHA-256".into())]);
        let private: CryptoKey = get(&self.pair, "privateKey").dyn_into()?;
        let signed = subtle().sign_with_object_and_js_u8_array(&algorithm, &private, &Uint8Array::from(message))?;
        Ok(bytes(&JsFuture::from(signed).await?))
    }
}

/// AES-256-GCM for what waits in the store, one key per case.
#[derive(Clone, Debug)]
pub struct Cipher(CryptoKey);

impl Cipher {
    /// Makes a fresh key.
    pub async fn generate() -> Result<Self, JsValue> {
        let algorithm = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
        let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
        let made = JsFuture::from(subtle().generate_key_with_object(&algorithm, false, &usages)?).await?;
        Ok(Self(made.dyn_into()?))
    }

    /// From what the store kept.
    pub fn of(kept: JsValue) -> Result<Self, JsValue> {
        kept.dyn_into().map(Self)
    }

    /// What the store can keep.
    pub fn keep(&self) -> &JsValue {
        self.0.as_ref()
    }

    /// Nonce and ciphertext; `place` says where the bytes belong, so that they cannot stand anywhere else.
    pub async fn seal(&self, place: &str, plain: &[u8]) -> Result<Uint8Array, JsValue> {
        let nonce = random::<NONCE_BYTES>();
        let plain = Uint8Array::from(plain);
        let sealing = subtle().encrypt_with_object_and_js_u8_array(&gcm(&nonce, place), &self.0, &plain)?;
        let sealed = Uint8Array::new(&JsFuture::from(sealing).await?);
        let whole = Uint8Array::new_with_length(NONCE_BYTES as u32 + sealed.length());
        whole.set(&Uint8Array::from(&nonce[..]), 0);
        whole.set(&sealed, NONCE_BYTES as u32);
        Ok(whole)
    }

    /// The reverse of `seal`.
    pub async fn open(&self, place: &str, whole: &Uint8Array) -> Result<Vec<u8>, JsValue> {
        let nonce = whole.subarray(0, NONCE_BYTES as u32).to_vec();
        let sealed = whole.subarray(NONCE_BYTES as u32, whole.length());
        let opening = subtle().decrypt_with_object_and_js_u8_array(&gcm(&nonce, place), &self.0, &sealed)?;
        Ok(bytes(&JsFuture::from(opening).await?))
    }
}

fn gcm(nonce: &[u8], place: &str) -> Object {
    object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(nonce).into()),
        ("additionalData", Uint8Array::from(place.as_bytes()).into()),
    ])
}

fn bytes(buffer: &JsValue) -> Vec<u8> {
    Uint8Array::new(buffer).to_vec()
}

fn crypto() -> web_sys::Crypto {
    window().crypto().expect("missing() has refused browsers without it")
}

fn subtle() -> SubtleCrypto {
    crypto().subtle()
}
