//! What the relay has of one document.

use crate::{
    journal::{Change as Kept, Entry},
    vet::Past,
};
use automerge::{Change, ChangeHash};
use kith_shared::{
    bytes::{Array, Bytes},
    documents::{Author, Document, DocumentId, Size},
    ids::MemberId,
    sync::{Digest, Hash, Seq},
    time::Moment,
};
use std::{borrow::Cow, collections::HashMap};

/// A change as the journal has it.
#[derive(Debug, Clone)]
pub struct Held {
    /// Its place in the journal.
    pub seq: Seq,
    /// Its name.
    pub hash: ChangeHash,
    /// Itself, uncompressed.
    pub bytes: Bytes,
    /// Whose act it is.
    pub member: MemberId,
    /// When the relay took it in.
    pub received_at: Moment,
    /// Over this change and all before it of the document.
    digest: Digest,
    /// Where the document's chain ends with this change.
    tip: Hash,
}

impl Held {
    /// Its name as messages have it.
    pub fn name(&self) -> Hash {
        Array(self.hash.0)
    }
    /// The first bytes of its name.
    pub fn prefix(&self) -> [u8; 8] {
        let mut prefix = [0; 8];
        prefix.copy_from_slice(&self.hash.0[..8]);
        prefix
    }
    fn change(&self) -> Option<Change> {
        Change::from_bytes(self.bytes.0.clone()).ok()
    }
}

/// All changes of one document, in the order of the journal.
#[derive(Debug, Clone)]
pub struct Archive {
    id: DocumentId,
    held: Vec<Held>,
    known: HashMap<ChangeHash, usize>,
    sequences: HashMap<Author, u64>,
    bytes: usize,
    /// The document itself: a cache.
    loaded: Option<Document>,
}

impl Archive {
    /// A document of which nothing is known but its genesis.
    pub fn new(id: DocumentId) -> Self {
        Self {
            id,
            held: Vec::new(),
            known: HashMap::new(),
            sequences: HashMap::new(),
            bytes: 0,
            loaded: None,
        }
    }

    /// The changes.
    pub fn held(&self) -> &[Held] {
        &self.held
    }

    /// The change with this name.
    pub fn find(&self, hash: &ChangeHash) -> Option<&Held> {
        self.known.get(hash).map(|at| &self.held[*at])
    }

    /// The digest over all changes up to this place in the journal.
    pub fn digest(&self, seq: Seq) -> Digest {
        let up_to = self.held.partition_point(|held| held.seq <= seq);
        let last = up_to.checked_sub(1).map(|at| self.held[at].digest);
        last.unwrap_or_default()
    }

    /// Where its chain ends with the last change up to this place in the journal; `None` before
    /// the first.
    pub fn tip(&self, seq: Seq) -> Option<(DocumentId, Hash)> {
        let up_to = self.held.partition_point(|held| held.seq <= seq);
        let last = up_to.checked_sub(1)?;
        Some((self.id, self.held[last].tip))
    }

    /// The changes after this place in the journal.
    pub fn since(&self, seq: Seq) -> &[Held] {
        &self.held[self.held.partition_point(|held| held.seq <= seq)..]
    }

    /// The document, for vetting what may come next.
    pub fn past(&self) -> Past<'_> {
        let document = match &self.loaded {
            Some(loaded) => Cow::Borrowed(loaded),
            None => Cow::Owned(self.document()),
        };
        Past {
            document,
            sequences: Cow::Borrowed(&self.sequences),
        }
    }

    /// How long it is.
    pub fn size(&self) -> Size {
        Size {
            changes: self.held.len(),
            bytes: self.bytes,
            actors: self.sequences.len(),
        }
    }

    /// Whether this author wrote in it.
    pub fn knows(&self, author: Author) -> bool {
        self.sequences.contains_key(&author)
    }

    /// The document: a copy of the loaded one, or built from the changes.
    pub fn document(&self) -> Document {
        self.read().into_owned()
    }

    /// The document, to look at: the loaded one, or built from the changes.
    pub fn read(&self) -> Cow<'_, Document> {
        if let Some(document) = &self.loaded {
            return Cow::Borrowed(document);
        }
        let mut document = Document::new(self.id);
        let changes = self.held.iter().filter_map(Held::change).collect();
        // They were vetted, each on top of those before it.
        let applied = document.apply(changes);
        debug_assert!(applied.is_ok());
        Cow::Owned(document)
    }

    /// Takes in a change that the journal has as `entry`, and with which its chain ends at `tip`.
    pub fn push(&mut self, entry: &Entry, kept: &Kept, tip: Hash) {
        let mut digest = self.held.last().map(|last| last.digest).unwrap_or_default();
        digest.toggle(&kept.name());
        self.sequences.insert(kept.author(), kept.place());
        self.bytes += kept.bytes().0.len();
        self.known.insert(kept.name(), self.held.len());
        self.held.push(Held {
            seq: entry.seq,
            hash: kept.name(),
            bytes: kept.bytes().clone(),
            member: entry.member,
            received_at: entry.received_at,
            digest,
            tip,
        });
        self.loaded = None;
    }

    /// Notes a change that the journal has as `entry` and nobody can read any more: what phones have
    /// of it still counts.
    pub fn push_erased(&mut self, entry: &Entry, name: Hash, tip: Hash) {
        let hash = ChangeHash(name.0);
        let mut digest = self.held.last().map(|last| last.digest).unwrap_or_default();
        digest.toggle(&hash);
        self.known.insert(hash, self.held.len());
        self.held.push(Held {
            seq: entry.seq,
            hash,
            bytes: Bytes::default(),
            member: entry.member,
            received_at: entry.received_at,
            digest,
            tip,
        });
    }

    /// Whether nobody can read it any more.
    pub fn is_erased(&self) -> bool {
        self.held.iter().any(|held| held.bytes.0.is_empty())
    }

    /// Keeps the document as it is after the last change, so that it need not be built again.
    pub fn keep(&mut self, document: Document) {
        self.loaded = Some(document);
    }

    /// Whether it need not be built.
    pub fn is_loaded(&self) -> bool {
        self.loaded.is_some()
    }

    /// Gives its memory back.
    pub fn unload(&mut self) {
        self.loaded = None;
    }
}
