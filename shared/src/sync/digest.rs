//! Short names for sets of changes, and the relay's mark under each that it accepted.

use crate::bytes::Array;
use automerge::ChangeHash;
use serde::{Deserialize, Serialize};

/// The relay's mark that it once accepted a change as part of an entry: a keyed hash over the
/// entry. Nobody else can make it, so a relay whose journal was restored from an old backup takes
/// back from any phone what it had accepted.
pub type Proof = Array<16>;

/// Eight bytes that stand for a set of changes, the same for any order: the exclusive or of the
/// first eight bytes of their hashes. It finds a store that lost something, not a forger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(Array<8>);

/// The digest of one change.
pub fn change_digest(hash: &ChangeHash) -> Digest {
    let mut eight = [0; 8];
    eight.copy_from_slice(&hash.0[..8]);
    Digest(Array(eight))
}

impl Digest {
    /// Adds a change to the set, or takes it out again.
    pub fn toggle(&mut self, hash: &ChangeHash) {
        for (mine, its) in self.0.0.iter_mut().zip(change_digest(hash).0.0) {
            *mine ^= its;
        }
    }
}

impl std::ops::BitXorAssign for Digest {
    /// Adds all changes of another set that has none in common with this one.
    fn bitxor_assign(&mut self, other: Self) {
        for (mine, its) in self.0.0.iter_mut().zip(other.0.0) {
            *mine ^= its;
        }
    }
}

impl<'a> FromIterator<&'a ChangeHash> for Digest {
    fn from_iter<I: IntoIterator<Item = &'a ChangeHash>>(hashes: I) -> Self {
        let mut digest = Self::default();
        hashes.into_iter().for_each(|hash| digest.toggle(hash));
        digest
    }
}
