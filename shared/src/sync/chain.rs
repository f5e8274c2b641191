//! What ties the accepted changes of a document together, and what the relay signs.
//!
//! The relay keeps one chain a document: each link names the one before it. A phone that reads a
//! document has all that its links are made of, so it works out the same chain. The relay signs,
//! with each reply, where its journal stands and the ends of all chains that the member may read
//! ([`Statement`]). A journal that was cut, edited or rolled back afterwards cannot make the same
//! ends again, and the first phone that syncs notices.
//!
//! A link holds the *name* of a change (a hash over its bytes), not the bytes: so the chain stays
//! whole when the key to a person's records is destroyed.

use super::{Hash, Seq};
use crate::{
    bytes::Array,
    documents::DocumentId,
    ids::{DeviceId, Epoch, MemberId, TeamId},
    time::Moment,
};
use sha2::{Digest as _, Sha256};

/// The relay's signature under a [`Statement`]: Ed25519.
pub type Signature = Array<64>;

/// An accepted change as its document's chain has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The document.
    pub document: DocumentId,
    /// Its place in the journal.
    pub seq: Seq,
    /// When it arrived, by the relay's clock.
    pub received_at: Moment,
    /// Whose act it is.
    pub member: MemberId,
    /// The device that made it.
    pub device: DeviceId,
    /// Its name: the hash of the change.
    pub change: Hash,
}

impl Link {
    /// The end of the chain once this link follows `before`; zeros are before the first.
    pub fn follow(&self, before: &Hash) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(b"kith link v1\n");
        hasher.update(before.0);
        let document = self.document.to_string();
        hasher.update((document.len() as u64).to_be_bytes());
        hasher.update(document.as_bytes());
        hasher.update(self.seq.to_be_bytes());
        hasher.update(self.received_at.millis().to_be_bytes());
        hasher.update(self.member.to_bytes());
        hasher.update(self.device.to_bytes());
        hasher.update(self.change.0);
        Array(hasher.finalize().into())
    }
}

/// What the relay signs: all that a member may read ends so, where the journal stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// The team.
    pub team: TeamId,
    /// Which life of the journal.
    pub epoch: Epoch,
    /// Up to where.
    pub seq: Seq,
    /// The hash over all entries up to there: the same for every member who is told it, so two
    /// phones that compare find a relay that tells two stories.
    pub head: Hash,
    /// The [`ends`] of the chains that the member may read.
    pub ends: Hash,
}

impl Statement {
    /// The bytes that are signed. The prefix keeps the signature from meaning anything elsewhere.
    pub fn to_sign(&self) -> Vec<u8> {
        let mut bytes = b"kith head v1\n".to_vec();
        bytes.extend_from_slice(&self.team.to_bytes());
        bytes.extend_from_slice(&self.epoch.to_bytes());
        bytes.extend_from_slice(&self.seq.to_be_bytes());
        bytes.extend_from_slice(&self.head.0);
        bytes.extend_from_slice(&self.ends.0);
        bytes
    }
}

/// One hash over the ends of many chains, in the order of their documents' ids; documents without
/// a link do not count.
pub fn ends(tips: impl IntoIterator<Item = (DocumentId, Hash)>) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(b"kith ends v1\n");
    for (document, tip) in tips {
        let document = document.to_string();
        hasher.update((document.len() as u64).to_be_bytes());
        hasher.update(document.as_bytes());
        hasher.update(tip.0);
    }
    Array(hasher.finalize().into())
}
