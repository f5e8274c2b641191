//! The relay's secret, from which all its keys are made.

use super::VapidKey;
use crate::relay::ProofKey;
use anyhow::Context as _;
use ed25519_dalek::SigningKey;
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{DecodingKey, EncodingKey};
use kith_shared::bytes::{from_base64, to_base64};
use sha2::Sha256;
use std::{
    fs::{File, OpenOptions},
    io::{ErrorKind, Read as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

/// An Ed25519 key in PKCS #8 (RFC 8410) is these bytes and the 32 of its seed.
const PKCS8: [u8; 16] = *b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";

/// The relay's keys. One secret makes them all: who keeps it beside the backup of the journal can
/// restore a relay that its phones trust.
#[derive(Clone)]
pub struct Keys {
    pub(super) sign: EncodingKey,
    pub(super) verify: DecodingKey,
    pub(super) seal: [u8; 32],
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
        let seed = derive(secret, b"kith tokens v1");
        let public = SigningKey::from_bytes(&seed).verifying_key();
        Self {
            sign: EncodingKey::from_ed_der(&[PKCS8.as_slice(), &seed].concat()),
            verify: DecodingKey::from_ed_der(public.as_bytes()),
            seal: derive(secret, b"kith credentials v1"),
            proof: ProofKey(derive(secret, b"kith proofs v1")),
            vapid: VapidKey::new(secret),
        }
    }

    /// The keys of the secret in this file.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let remedy = || format!("the relay's secret cannot be read from {}", path.display());
        let mut text = String::new();
        let mut file = File::open(path).with_context(remedy)?;
        file.read_to_string(&mut text).with_context(remedy)?;
        let secret: Option<[u8; 32]> = from_base64(text.trim()).and_then(|s| s.try_into().ok());
        let secret = secret.with_context(|| {
            format!(
                "{} holds no secret: put the one from your backup back",
                path.display()
            )
        })?;
        Ok(Self::new(&secret))
    }

    /// The keys of the secret in this file, which is made when there is none.
    pub fn read_or_make(path: &Path, secret: impl FnOnce() -> [u8; 32]) -> anyhow::Result<Self> {
        let mut options = OpenOptions::new();
        match options.write(true).create_new(true).mode(0o600).open(path) {
            Ok(mut file) => {
                let made = to_base64(&secret());
                file.write_all(made.as_bytes())
                    .and_then(|()| file.sync_all())
                    .with_context(|| format!("{} cannot be written", path.display()))?;
            }
            Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
            Err(e) => {
                return Err(e).with_context(|| format!("{} cannot be made", path.display()));
            }
        }
        Self::read(path)
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
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(message);
    mac
}
