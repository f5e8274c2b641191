//! A change as a journal has it.

use crate::vet::Vetted;
use automerge::ChangeHash;
use kith_shared::{
    bytes::Bytes,
    documents::{Author, DocumentId},
};

/// A change of a document: made of one that was vetted, or opened from a journal that had it. There
/// is no third way, so what was not vetted is stored nowhere and passed on to nobody.
///
/// ```
/// use kith_relay::{journal::{Change, Payload}, vet::Vetted};
/// fn stored(vetted: &Vetted) -> Payload {
///     Payload::Change(Change::of(vetted))
/// }
/// ```
///
/// ```compile_fail,E0451
/// use kith_relay::journal::{Change, Payload};
/// use kith_shared::bytes::Bytes;
/// fn forged(of: Change, bytes: Bytes) -> Payload {
///     // Its fields are its own.
///     Payload::Change(Change { bytes, ..of })
/// }
/// ```
///
/// ```compile_fail,E0603
/// // Opening one is for the codec of journals alone.
/// use kith_relay::journal::sealed::Change;
/// ```
///
/// ```compile_fail,E0277
/// use kith_relay::journal::Change;
/// fn forged(json: &str) -> Change {
///     // Nor can it be read from anything else.
///     serde_json::from_str(json).unwrap()
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    document: DocumentId,
    author: Author,
    place: u64,
    name: ChangeHash,
    bytes: Bytes,
}

impl Change {
    /// The change that was vetted.
    pub fn of(vetted: &Vetted) -> Self {
        Self {
            document: vetted.document(),
            author: vetted.author(),
            place: vetted.place(),
            name: vetted.hash(),
            bytes: vetted.bytes(),
        }
    }

    /// As a journal had it under its seals, if it can be read: for the codec alone.
    pub(super) fn opened(document: DocumentId, bytes: Bytes) -> Option<Self> {
        let change = automerge::Change::from_bytes(bytes.0.clone()).ok()?;
        Some(Self {
            document,
            author: Author::of(change.actor_id())?,
            place: change.seq(),
            name: change.hash(),
            bytes,
        })
    }

    /// Which document.
    pub fn document(&self) -> DocumentId {
        self.document
    }

    /// Who made it, in Automerge's sense.
    pub fn author(&self) -> Author {
        self.author
    }

    /// Its place in its author's sequence.
    pub fn place(&self) -> u64 {
        self.place
    }

    /// Its name.
    pub fn name(&self) -> ChangeHash {
        self.name
    }

    /// The uncompressed Automerge change.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}
