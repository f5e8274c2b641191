//! The relay's secret, from which all its keys are made.

use super::VapidKey;
use crate::{relay::ProofKey, vault::KeyFile};
use ed25519_dalek::SigningKey;
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{DecodingKey, EncodingKey};
use sha2::Sha256;
use zeroize::Zeroizing;

/// An Ed25519 key in PKCS #8 (RFC 8410) is these bytes and the 32 of its seed.
const PKCS8: [u8; 16] = *b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";

/// The relay's keys. One secret makes them all: who keeps it beside the backup of the journal can
/// restore a relay that its phones trust. What is secret of them is wiped from memory when they go.
#[derive(Clone)]
pub struct Keys {
    pub(super) sign: EncodingKey,
    pub(super) verify: DecodingKey,
    pub(super) mark: EncodingKey,
    pub(super) marked: DecodingKey,
    pub(super) seal: Zeroizing<[u8; 32]>,
    proof: ProofKey,
    vapid: VapidKey,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// The keys that a secret makes.
    pub fn new(secret: &[u8; 32]) -> Self {
        let seed = Zeroizing::new(derive(secret, b"kith tokens v1"));
        let public = SigningKey::from_bytes(&seed).verifying_key();
        let tokens = Zeroizing::new(derive(secret, b"kith tokens v2"));
        let private = Zeroizing::new([PKCS8.as_slice(), &*seed].concat());
        Self {
            sign: EncodingKey::from_ed_der(&private),
            verify: DecodingKey::from_ed_der(public.as_bytes()),
            mark: EncodingKey::from_secret(&*tokens),
            marked: DecodingKey::from_secret(&*tokens),
            seal: Zeroizing::new(derive(secret, b"kith credentials v1")),
            proof: ProofKey::new(derive(secret, b"kith proofs v1")),
            vapid: VapidKey::new(secret),
        }
    }

    /// The keys of the relay whose secrets these are.
    pub fn of(secrets: &KeyFile) -> Self {
        Self::new(secrets.relay().bytes())
    }

    /// The key of the relay's marks.
    pub fn proof(&self) -> ProofKey {
        self.proof.clone()
    }

    /// The key of the relay's word to push services.
    pub fn vapid(&self) -> &VapidKey {
        &self.vapid
    }
}

pub(super) fn derive(secret: &[u8; 32], label: &[u8]) -> [u8; 32] {
    mac(secret, label).finalize().into_bytes().into()
}

pub(super) fn mac(key: &[u8; 32], message: &[u8]) -> Hmac<Sha256> {
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    mac.update(message);
    mac
}
