//! The relay's word to push services: VAPID (RFC 8292).

use super::keys::derive;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use kith_shared::{bytes::to_base64, limits, time::Moment};
use p256::{ecdsa::SigningKey, pkcs8::EncodePrivateKey as _};
use serde::Serialize;
use zeroize::Zeroizing;

/// The relay's key for push services. Browsers bind their subscriptions to it, so it is made of the
/// relay's secret as all others: a relay that is restored can still wake its phones.
#[derive(Clone)]
pub struct VapidKey {
    sign: EncodingKey,
    public: String,
}

impl std::fmt::Debug for VapidKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VapidKey({})", self.public)
    }
}

#[derive(Serialize)]
struct Claims<'a> {
    aud: &'a str,
    exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<&'a str>,
}

impl VapidKey {
    pub(super) fn new(secret: &[u8; 32]) -> Self {
        // One in four thousand million seeds is no key on this curve; the next one is.
        let seed = |n| derive(secret, &[b"kith web push v1".as_slice(), &[n]].concat());
        let mut seeds = (0..u8::MAX).map(|n| Zeroizing::new(seed(n)));
        let key = seeds
            .find_map(|seed| SigningKey::from_slice(&*seed).ok())
            .expect("one of many seeds is a key");
        let der = key.to_pkcs8_der().expect("a key of this curve has a form");
        let public = key.verifying_key().to_encoded_point(false);
        Self {
            sign: EncodingKey::from_ec_der(der.as_bytes()),
            public: to_base64(public.as_bytes()),
        }
    }

    /// The public key as browsers take it: an uncompressed point, base64 for URLs.
    pub fn public(&self) -> &str {
        &self.public
    }

    /// The `Authorization` header for a push to the service at this origin. `contact` is a `mailto:`
    /// or `https:` address at which the service reaches whoever runs the relay.
    pub fn authorization(&self, origin: &str, contact: Option<&str>, now: Moment) -> String {
        let claims = Claims {
            aud: origin,
            exp: (now + limits::PUSH_WORD_LIFE).millis() / 1000,
            sub: contact,
        };
        // Plain data, and a key that was made for this.
        let word = encode(&Header::new(Algorithm::ES256), &claims, &self.sign).unwrap_or_default();
        format!("vapid t={word}, k={}", self.public)
    }
}
