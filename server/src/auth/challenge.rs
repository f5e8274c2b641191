//! A device proves that it has its key.

use crate::problem::Problem;
use ed25519_dalek::{Signature, VerifyingKey};
use kith_shared::{
    api::{ProblemCode, to_sign},
    bytes::{Array, from_base64},
};

/// A challenge and what a device says is its signature over it. Both together let the device in, so
/// they are not shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Signed {
    /// As given.
    pub challenge: String,
    /// Ed25519 over [`to_sign`].
    pub signature: Array<64>,
}

impl std::fmt::Debug for Signed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signed(…)")
    }
}

impl Signed {
    /// Reads `CHALLENGE.SIGNATURE`, as in the renewal header. The challenge has dots itself.
    pub fn parse(text: &str) -> Option<Self> {
        let (challenge, signature) = text.rsplit_once('.')?;
        let signature = from_base64(signature)?.try_into().ok()?;
        Some(Self {
            challenge: challenge.to_owned(),
            signature: Array(signature),
        })
    }

    /// Whether this key made the signature.
    pub fn verify(&self, key: &Array<32>) -> Result<(), Problem> {
        VerifyingKey::from_bytes(&key.0)
            .and_then(|key| {
                let signature = Signature::from_bytes(&self.signature.0);
                key.verify_strict(&to_sign(&self.challenge), &signature)
            })
            .map_err(|_| {
                Problem::new(
                    ProblemCode::NotAuthorised,
                    "The signature is not one of this device. Join again with a new invitation.",
                )
            })
    }
}
