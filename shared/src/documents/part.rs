//! The parts of a document: what is long goes on in the next.

use super::{Document, DocumentId, Record};
use crate::ids::RecordId;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{collections::BTreeSet, fmt};

/// Which part of a document, from the first on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Part(u16);

impl Part {
    /// The part in which each document begins.
    pub const FIRST: Self = Self(1);
    /// The last that has a name. How many there may be is for [`super::Sizes`] to say.
    pub const LAST: Self = Self(u16::MAX);

    /// Its number: 1 is the first.
    pub fn number(self) -> u16 {
        self.0
    }
    /// The one after it.
    pub fn next(self) -> Option<Self> {
        self.0.checked_add(1).map(Self)
    }
    /// The one before it; `None` for the first.
    pub fn before(self) -> Option<Self> {
        (self > Self::FIRST).then(|| Self(self.0 - 1))
    }
    /// Whether it is the first.
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
    pub fn is_first(&self) -> bool {
        *self == Self::FIRST
    }
    /// A later part than the first, as names of documents tell it.
    pub(super) fn later(text: &str) -> Option<Self> {
        let part = Self(text.parse().ok()?);
        (part > Self::FIRST && part.0.to_string() == text).then_some(part)
    }
}

impl Default for Part {
    fn default() -> Self {
        Self::FIRST
    }
}

impl fmt::Display for Part {
    /// What a document's name has after it: nothing for the first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_first() {
            return Ok(());
        }
        write!(f, "/{}", self.0)
    }
}

/// All parts of one document that are here, read as one. Should two have a record of the same id,
/// the one in the earlier part counts, on every replica.
#[derive(Debug, Clone)]
pub struct Whole<'a>(Vec<&'a Document>);

impl<'a> From<&'a Document> for Whole<'a> {
    /// The only part.
    fn from(document: &'a Document) -> Self {
        Self(vec![document])
    }
}

impl<'a> Whole<'a> {
    /// These documents, which are parts of one, in their order; `None` when there are none.
    pub fn new(parts: impl IntoIterator<Item = &'a Document>) -> Option<Self> {
        let mut parts: Vec<_> = parts.into_iter().collect();
        parts.sort_by_key(|part| part.id());
        (!parts.is_empty()).then_some(Self(parts))
    }

    /// What all of it together goes by.
    pub fn id(&self) -> DocumentId {
        self.0[0].id().whole()
    }

    /// As [`Document::records`].
    pub fn records<B: DeserializeOwned>(&self) -> (Vec<Record<B>>, Vec<RecordId>) {
        let (mut records, mut strange) = (Vec::new(), Vec::new());
        for (id, document) in self.places() {
            match document.record(id) {
                Some(record) => records.push(record),
                None => strange.push(id),
            }
        }
        (records, strange)
    }

    /// The records of this shape that `read` does not name, the earliest id first; from then on it
    /// names all that are here. They never change, so each has to be read only once. `None` when
    /// one that it names is gone: what was made of that is no longer so.
    pub fn unread<B: DeserializeOwned>(
        &self,
        read: &mut BTreeSet<RecordId>,
    ) -> Option<Vec<Record<B>>> {
        let places = self.places();
        let here: BTreeSet<_> = places.iter().map(|(id, _)| *id).collect();
        if !read.is_subset(&here) {
            return None;
        }
        let new = places.into_iter().filter(|(id, _)| !read.contains(id));
        let new = new.filter_map(|(id, document)| document.record(id));
        let new = new.collect();
        *read = here;
        Some(new)
    }

    /// Each record and the document that it is read from, the earliest id first.
    fn places(&self) -> Vec<(RecordId, &'a Document)> {
        let here = |document: &&'a Document| {
            let document = *document;
            let ids = document.record_ids();
            ids.map(|id| (id, document)).collect::<Vec<_>>()
        };
        let mut places: Vec<_> = self.0.iter().flat_map(here).collect();
        // Stable: of two with one id the earlier part's stands first.
        places.sort_by_key(|(id, _)| *id);
        places.dedup_by_key(|(id, _)| *id);
        places
    }
}

/// The records of one shape that were read from a document so far, the earliest id first: they never
/// change, so each is read once, however often the document is.
#[derive(Debug, Clone)]
pub struct Records<B> {
    ids: BTreeSet<RecordId>,
    records: Vec<Record<B>>,
}

impl<B> Default for Records<B> {
    fn default() -> Self {
        Self {
            ids: BTreeSet::new(),
            records: Vec::new(),
        }
    }
}

impl<B: DeserializeOwned> Records<B> {
    /// All of them, as the document is now.
    pub fn read(&mut self, whole: &Whole<'_>) -> &[Record<B>] {
        let new = whole.unread(&mut self.ids).unwrap_or_else(|| {
            // The relay did not take one of mine.
            *self = Self::default();
            whole.unread(&mut self.ids).unwrap_or_default()
        });
        self.records.extend(new);
        // Nearly all of them stand in their order already.
        self.records.sort_by_key(|record| record.id);
        &self.records
    }
}
