//! A key, and what it seals.

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// Random bytes before a ciphertext: so many that they never come twice.
const NONCE: usize = 24;
/// Bytes that sealing adds: the nonce before, the tag behind.
pub const OVERHEAD: usize = NONCE + 16;

/// A key of XChaCha20-Poly1305. Its bytes are wiped from memory when it goes, and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Zeroizing<[u8; 32]>);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// The key of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// A key that nobody has yet.
    pub fn fresh() -> Self {
        let mut key = Zeroizing::new([0; 32]);
        random(&mut *key);
        Self(key)
    }

    /// The key in these bytes, if they are as many as a key has.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        Some(Self::new(bytes.try_into().ok()?))
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Tells keys apart and says nothing about them: the first bytes of a hash.
    pub fn fingerprint(&self) -> [u8; 8] {
        let mut hasher = Sha256::new();
        hasher.update(b"kith key fingerprint v1\n");
        hasher.update(*self.0);
        let mut first = [0; 8];
        first.copy_from_slice(&hasher.finalize()[..8]);
        first
    }

    /// `plain`, readable with this key alone, and only in the place that `bound` names.
    pub fn seal(&self, bound: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        random(&mut nonce);
        let payload = Payload {
            msg: plain,
            aad: bound,
        };
        let cipher = XChaCha20Poly1305::new((&*self.0).into());
        // It fails from 256 GiB on.
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload);
        [nonce.as_slice(), &sealed.unwrap_or_default()].concat()
    }

    /// What was [sealed](Self::seal) with this key for this place; nothing, if it was not or has
    /// been changed since.
    pub fn open(&self, bound: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, msg) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg, aad: bound };
        let cipher = XChaCha20Poly1305::new((&*self.0).into());
        let opened = cipher.decrypt(&XNonce::from(*nonce), payload).ok()?;
        Some(Zeroizing::new(opened))
    }
}

/// Fills `bytes` from the operating system's dice.
///
/// # Panics
///
/// When it has none: no key would be one.
fn random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system has randomness");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_what_it_sealed_in_its_place_and_nothing_else() {
        let (key, other) = (Key::fresh(), Key::fresh());
        let sealed = key.seal(b"entry 7", b"slept well");
        assert_eq!(sealed.len(), b"slept well".len() + OVERHEAD);
        assert_eq!(**key.open(b"entry 7", &sealed).unwrap(), *b"slept well");
        assert!(key.open(b"entry 8", &sealed).is_none());
        assert!(other.open(b"entry 7", &sealed).is_none());
        for at in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[at] ^= 1;
            assert!(key.open(b"entry 7", &bent).is_none(), "byte {at}");
            assert!(key.open(b"entry 7", &sealed[..at]).is_none());
        }
        assert_ne!(
            sealed,
            key.seal(b"entry 7", b"slept well"),
            "no nonce twice"
        );
    }

    /// Draft-irtf-cfrg-xchacha, appendix A.3.1.
    #[test]
    fn it_is_the_cipher_of_the_draft() {
        let key: Vec<u8> = (0x80..0xa0).collect();
        let bound = b"\x50\x51\x52\x53\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7";
        let nonce: Vec<u8> = (0x40..0x58).collect();
        let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip \
            for the future, sunscreen would be it.";
        let key = Key::from_slice(&key).unwrap();
        let tag = b"\xc0\x87\x59\x24\xc1\xc7\x98\x79\x47\xde\xaf\xd8\x78\x0a\xcf\x49";
        let first = b"\xbd\x6d\x17\x9d\x3e\x83\xd4\x3b\x95\x76\x57\x94\x93\xc0\xe9\x39";
        let cipher = XChaCha20Poly1305::new(key.bytes().into());
        let payload = Payload {
            msg: plain,
            aad: bound,
        };
        let nonce: [u8; NONCE] = nonce.try_into().unwrap();
        let made = cipher.encrypt(&XNonce::from(nonce), payload).unwrap();
        assert_eq!(made[..16], *first);
        assert_eq!(made[made.len() - 16..], *tag);
        let sealed = [nonce.as_slice(), &made].concat();
        assert_eq!(**key.open(bound, &sealed).unwrap(), *plain);
    }

    #[test]
    fn it_is_not_shown() {
        let key = Key::new([b'K'; 32]);
        assert_eq!(format!("{key:?}"), "Key(…)");
        assert_ne!(key.fingerprint(), Key::new([b'L'; 32]).fingerprint());
    }
}
