//! How names and values look below the seal.
//!
//! The name on the disk *is* the sealed true name, so what lies under it is known by name even where
//! it is cut or bent: a document is then fetched again, as it is in a store without a seal. Sealing
//! a name gives the same bytes each time (its nonce is a MAC of it, as in SIV), or nothing would be
//! found again. Names are filled up to one length, so that it tells nothing either.

use super::key::{Key, NONCE};
use kith_shared::bytes::{from_base64, to_base64};

/// What sealed names begin with.
pub(super) const SEALED: &str = "sealed/";
/// Names are filled up to a multiple of this; nearly all of ours fit into one.
const FILL: usize = 64;

/// The uses of one store key.
pub(super) struct Names {
    nonces: Key,
    naming: Key,
    values: Key,
}

impl Names {
    pub(super) fn new(store_key: &Key) -> Self {
        Self {
            nonces: store_key.for_use("kith store v1: nonces of names"),
            naming: store_key.for_use("kith store v1: names"),
            values: store_key.for_use("kith store v1: values"),
        }
    }

    /// What this name is called below.
    pub(super) fn below(&self, name: &str) -> String {
        let length = u32::try_from(name.len()).unwrap_or(u32::MAX);
        let mut filled = length.to_le_bytes().to_vec();
        filled.extend_from_slice(name.as_bytes());
        filled.resize(filled.len().next_multiple_of(FILL), 0);
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(&self.nonces.mac(&filled)[..NONCE]);
        let sealed = self.naming.seal_with(nonce, b"", &filled);
        format!("{SEALED}{}", to_base64(&sealed))
    }

    /// The true name of what is called so below; `None` when it was not named by this key.
    pub(super) fn above(&self, below: &str) -> Option<String> {
        let sealed = from_base64(below.strip_prefix(SEALED)?)?;
        let filled = self.naming.open(b"", &sealed)?;
        let (length, name) = filled.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        Some(std::str::from_utf8(name.get(..length)?).ok()?.to_owned())
    }

    /// A value, sealed for the place of this name.
    pub(super) fn seal(&self, below: &str, value: &[u8]) -> Vec<u8> {
        self.values.seal(below.as_bytes(), value)
    }

    /// What was sealed for this place; `None` if it was not, or has been changed since.
    pub(super) fn open(&self, below: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        Some(std::mem::take(
            &mut *self.values.open(below.as_bytes(), sealed)?,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn names_come_back_and_say_nothing(name in ".{0,200}", other in ".{0,200}") {
            let names = Names::new(&Key::fresh());
            let below = names.below(&name);
            prop_assert_eq!(&below, &names.below(&name));
            prop_assert_eq!(names.above(&below), Some(name.clone()));
            prop_assert_eq!(below == names.below(&other), name == other);
            prop_assert_eq!(Names::new(&Key::fresh()).above(&below), None);
        }
    }

    #[test]
    fn names_of_ours_are_of_one_length() {
        let names = Names::new(&Key::fresh());
        let long = "document/team-notes/01HZZZZZZZZZZZZZZZZZZZZZZZ/2026-11";
        let lengths = ["me", "settings", "outbox/01HZZZZZZZZZZZZZZZZZZZZZZZ", long]
            .map(|name| names.below(name).len());
        assert!(
            lengths.iter().all(|length| *length == lengths[0]),
            "{lengths:?}"
        );
    }

    #[test]
    fn no_two_names_share_a_nonce() {
        let names = Names::new(&Key::fresh());
        let nonce = |name: &str| {
            let below = names.below(name);
            from_base64(&below[SEALED.len()..]).unwrap()[..NONCE].to_vec()
        };
        assert_ne!(nonce("outbox/1"), nonce("outbox/2"));
        assert_ne!(nonce("outbox/1"), nonce("outbox/1\0"));
    }

    #[test]
    fn a_bent_name_is_nobodys() {
        let names = Names::new(&Key::fresh());
        let below = names.below("outbox/1");
        for at in 0..below.len() {
            let mut bent = below.clone().into_bytes();
            bent[at] = if bent[at] == b'A' { b'B' } else { b'A' };
            let bent = String::from_utf8(bent).unwrap();
            assert_eq!(names.above(&bent), None, "{at}");
            assert_eq!(names.above(&below[..at]), None);
        }
    }
}
