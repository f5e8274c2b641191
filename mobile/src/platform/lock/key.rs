//! Keys, and what they seal.

use super::Pin;
use crate::platform::random;
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use hmac::{Hmac, Mac as _};
use kith_shared::limits;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// Bytes before a ciphertext: so many that dice never roll the same ones twice.
pub(super) const NONCE: usize = 24;

/// A key of XChaCha20-Poly1305. Its bytes are wiped from memory when it goes, and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Zeroizing<[u8; 32]>);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// What deriving a key from a PIN costs: it is stored with the lock, so that later versions can ask
/// for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// KiB of memory.
    pub memory: u32,
    /// How often it is gone through.
    pub passes: u32,
}

impl Cost {
    /// What a new lock costs: OWASP's second choice for Argon2id (password storage cheat sheet), one
    /// lane.
    pub const NOW: Self = Self {
        memory: limits::PIN_MEMORY,
        passes: limits::PIN_PASSES,
    };
}

impl Key {
    /// A key that nobody has yet.
    pub fn fresh() -> Self {
        Self(Zeroizing::new(random()))
    }

    /// The key in these bytes, if they are as many as a key has.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut key = Zeroizing::new([0; 32]);
        if bytes.len() != key.len() {
            return None;
        }
        key.copy_from_slice(bytes);
        Some(Self(key))
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key that a PIN makes (Argon2id); `None` where it would cost more than any version of ours
    /// asks for: then the header was written by somebody else. It takes a good part of a second.
    pub fn of_pin(pin: &Pin, salt: &[u8; 16], cost: Cost) -> Option<Self> {
        if cost.memory > limits::PIN_MEMORY_MOST || cost.passes > limits::PIN_PASSES_MOST {
            return None;
        }
        let mut key = Zeroizing::new([0; 32]);
        let params = Params::new(cost.memory, cost.passes, 1, Some(key.len())).ok()?;
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(pin.bytes(), salt, &mut *key)
            .ok()?;
        Some(Self(key))
    }

    /// A key of its own for one use of this one.
    pub(super) fn for_use(&self, what: &str) -> Self {
        Self(Zeroizing::new(self.mac(what.as_bytes())))
    }

    /// HMAC-SHA256 under this key.
    pub(super) fn mac(&self, bytes: &[u8]) -> [u8; 32] {
        // HMAC fills a key up to a block of the hash by zeros.
        let mut block = Zeroizing::new([0; 64]);
        block[..32].copy_from_slice(&*self.0);
        let mut mac = Hmac::<Sha256>::new((&*block).into());
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }

    /// `plain`, readable with this key alone, and only in the place that `bound` names.
    pub fn seal(&self, bound: &[u8], plain: &[u8]) -> Vec<u8> {
        self.seal_with(random(), bound, plain)
    }

    pub(super) fn seal_with(&self, nonce: [u8; NONCE], bound: &[u8], plain: &[u8]) -> Vec<u8> {
        let payload = Payload {
            msg: plain,
            aad: bound,
        };
        let cipher = XChaCha20Poly1305::new((&*self.0).into());
        // It fails from 256 GiB on.
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload);
        [nonce.as_slice(), &sealed.unwrap_or_default()].concat()
    }

    /// What was [sealed](Self::seal) with this key for this place; nothing, if it was not or has been
    /// changed since.
    pub fn open(&self, bound: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, msg) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg, aad: bound };
        let cipher = XChaCha20Poly1305::new((&*self.0).into());
        let opened = cipher.decrypt(&XNonce::from(*nonce), payload).ok()?;
        Some(Zeroizing::new(opened))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_what_it_sealed_in_its_place_and_nothing_else() {
        let (key, other) = (Key::fresh(), Key::fresh());
        let sealed = key.seal(b"here", b"slept well");
        assert_eq!(**key.open(b"here", &sealed).unwrap(), *b"slept well");
        assert!(key.open(b"there", &sealed).is_none());
        assert!(other.open(b"here", &sealed).is_none());
        for at in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[at] ^= 1;
            assert!(key.open(b"here", &bent).is_none(), "byte {at}");
            assert!(key.open(b"here", &sealed[..at]).is_none());
        }
        assert_ne!(sealed, key.seal(b"here", b"slept well"), "no nonce twice");
    }

    #[test]
    fn a_pin_makes_one_key_and_another_pin_or_salt_another() {
        let cost = Cost {
            memory: 32,
            passes: 1,
        };
        let key = |pin: &str, salt| Key::of_pin(&Pin::of(pin).unwrap(), &[salt; 16], cost);
        assert_eq!(key("8305", 1), key("8305", 1));
        assert!(key("8305", 1).is_some());
        assert_ne!(key("8305", 1), key("8306", 1));
        assert_ne!(key("8305", 1), key("8305", 2));
        assert_eq!(format!("{:?}", key("8305", 1)), "Some(Key(…))");
    }

    #[test]
    fn nobody_makes_a_phone_work_for_hours() {
        let pin = Pin::of("8305").unwrap();
        let most = Cost {
            memory: limits::PIN_MEMORY_MOST,
            passes: limits::PIN_PASSES_MOST,
        };
        for cost in [
            Cost {
                memory: most.memory + 1,
                passes: 1,
            },
            Cost {
                memory: 32,
                passes: most.passes + 1,
            },
            Cost {
                memory: 0,
                passes: 0,
            },
        ] {
            assert_eq!(Key::of_pin(&pin, &[0; 16], cost), None, "{cost:?}");
        }
        assert!(limits::PIN_MEMORY <= most.memory && limits::PIN_PASSES <= most.passes);
        assert!(Key::of_pin(&pin, &[0; 16], Cost::NOW).is_some());
    }
}
