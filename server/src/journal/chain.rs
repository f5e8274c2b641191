//! The chains that tie a journal together: one through each document, one head over all.

use super::entry::{Entry, Payload};
use kith_shared::{
    bytes::Array,
    documents::DocumentId,
    ids::{DeviceId, MemberId},
    sync::{Hash, Seq},
    time::Moment,
};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// The end of a journal: what the next entry follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct End {
    /// The last entry's place; 0 when there is none.
    pub seq: Seq,
    /// The hash over all entries.
    pub head: Hash,
}

impl End {
    /// The end once this entry, which must be the next, stands there.
    pub fn after(self, entry: &Entry) -> Self {
        self.after_hash(entry.seq, entry.hash())
    }

    fn after_hash(self, seq: Seq, hash: Hash) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(self.head.0);
        hasher.update(hash.0);
        Self {
            seq,
            head: Array(hasher.finalize().into()),
        }
    }
}

/// What happened, before it has a place in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// As in [`Entry::received_at`].
    pub received_at: Moment,
    /// As in [`Entry::member`].
    pub member: MemberId,
    /// As in [`Entry::device`].
    pub device: DeviceId,
    /// What happened.
    pub payload: Payload,
}

/// An entry that does not follow those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A place is missing or taken twice.
    #[error("entry {found} stands where entry {expected} should")]
    Gap {
        /// The place that is next.
        expected: Seq,
        /// The place that the entry says it has.
        found: Seq,
    },
    /// It does not name the entry before it.
    #[error("entry {0} does not follow the entry before it of its document")]
    Chain(Seq),
}

/// All chains of one journal.
#[derive(Debug, Clone, Default)]
pub struct Chains {
    end: End,
    tips: BTreeMap<Option<DocumentId>, Hash>,
}

impl Chains {
    /// The end of the journal.
    pub fn end(&self) -> End {
        self.end
    }

    /// Gives `draft` the next place. It stands there only once it was [followed](Self::follow).
    pub fn seal(&self, draft: Draft) -> Entry {
        Entry {
            seq: self.end.seq + 1,
            prev: self.tip(draft.payload.document()),
            received_at: draft.received_at,
            member: draft.member,
            device: draft.device,
            payload: draft.payload,
        }
    }

    /// Goes on to `entry`, if it is the next.
    pub fn follow(&mut self, entry: &Entry) -> Result<(), Broken> {
        let expected = self.end.seq + 1;
        if entry.seq != expected {
            return Err(Broken::Gap {
                expected,
                found: entry.seq,
            });
        }
        let document = entry.document();
        if entry.prev != self.tip(document) {
            return Err(Broken::Chain(entry.seq));
        }
        let hash = entry.hash();
        self.end = self.end.after_hash(entry.seq, hash);
        self.tips.insert(document, hash);
        Ok(())
    }

    /// Where the chain of this document ends; that of the membership for none.
    pub fn tip(&self, document: Option<DocumentId>) -> Hash {
        self.tips.get(&document).copied().unwrap_or_default()
    }
}
