//! A change as a journal has it.

use crate::vet::Vetted;
use kith_shared::{bytes::Bytes, documents::DocumentId};

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
/// use kith_shared::{bytes::Bytes, documents::DocumentId};
/// fn forged(document: DocumentId, bytes: Bytes) -> Payload {
///     // Its fields are its own.
///     Payload::Change(Change { document, bytes })
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
    bytes: Bytes,
}

impl Change {
    /// The change that was vetted.
    pub fn of(vetted: &Vetted) -> Self {
        Self {
            document: vetted.document(),
            bytes: vetted.bytes(),
        }
    }

    /// As a journal had it under its seals: for the codec alone.
    pub(super) fn opened(document: DocumentId, bytes: Bytes) -> Self {
        Self { document, bytes }
    }

    /// Which document.
    pub fn document(&self) -> DocumentId {
        self.document
    }

    /// The uncompressed Automerge change.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}
