//! What comes from a phone is vetted before anything else sees it. Cheapest first, and what each
//! step says when it refuses:
//!
//! 1. token and device (`auth`), rate, body and inflated size (`routes`), counts (`relay::sync`):
//!    problems of the whole request
//! 2. size of the change: [`Refusal::TooLarge`]; that it is one uncompressed change and nothing
//!    more: [`Refusal::Packed`]; its checksum: [`Refusal::Damaged`]
//! 3. that it can be read at all: [`Refusal::Unreadable`]
//! 4. its actor belongs to the device that sent it: [`Refusal::NotYourDevice`]; the same change
//!    again is a *duplicate*
//! 5. the role writes in this document: [`Refusal::NotYourRole`]
//! 6. what it depends on is known, or stands before it in the batch; else it is *needed*. It depends
//!    on something, and through the genesis that ties it to this very document:
//!    [`Refusal::OtherDocument`]
//! 7. its place in its actor's sequence is the next: [`Refusal::SequenceTaken`]
//! 8. the document has room for it: [`Refusal::Full`]; its operations count on from there:
//!    [`Refusal::Misplaced`]; make new records and do nothing else: [`Refusal::NotARecord`]; not too
//!    many, too long or too deep ([`shape::records_made`])
//! 9. what its records say is allowed to this writer ([`policy::allows`]): the author, and what role
//!    and kind of document ask
//! 10. it can be added to a scratch copy: [`Refusal::Unsound`]
//! 11. the document saved and loaded again: [`Refusal::Unsound`]
//!
//! Automerge panics on hostile bytes, in any of the steps from 3 on: each runs guarded, and on a
//! copy that is thrown away. A bad change takes no good one with it. What depends on a refused
//! change is *needed*: its phone builds it again without the refused one.
//!
//! The last two steps are taken once for the whole batch. Only when that fails are they taken change
//! by change, to find the one: first adding alone, and then, should the document still not load, with
//! saving and loading after each.
//!
//! The work is bounded by counting, not by a clock: a change has at most
//! [`limits::OPS_PER_CHANGE`] operations, and what a refusal in the last two steps costs, which is as
//! much as the document is large, comes out of [`limits::VETTING_OPS`]. What no budget is left for is
//! *needed* too, with nothing named: nothing was decided, and the phone hands it in again.
//!
//! [`limits::OPS_PER_CHANGE`]: kith_shared::limits::OPS_PER_CHANGE
//! [`limits::VETTING_OPS`]: kith_shared::limits::VETTING_OPS
//! [`policy::allows`]: kith_shared::policy::allows
//!
//! What was not vetted is nobody's to make:
//!
//! ```compile_fail
//! use kith_relay::vet::Vetted;
//! use kith_shared::documents::{Author, DocumentId};
//! fn forged(document: DocumentId, author: Author, change: Box<automerge::Change>) -> Vetted {
//!     // Its fields are this module's alone.
//!     Vetted { document, author, change, records: Vec::new() }
//! }
//! ```
//!
//! ```
//! use kith_relay::vet::{Verdict, Vetted};
//! fn vetted(verdict: Verdict) -> Option<Vetted> {
//!     match verdict {
//!         Verdict::Accepted(vetted) => Some(vetted),
//!         _ => None,
//!     }
//! }
//! ```

mod anew;
mod bench;
mod read;

pub use anew::{kept, let_in};
pub use read::{author, name};

use automerge::{Change, ChangeHash};
use bench::{Bench, Pace};
use kith_shared::{
    bytes::Bytes,
    documents::{Author, Document, DocumentError, DocumentId, Record, Size, Sizes, Told, shape},
    domain::team::Member,
    ids::{DeviceId, RecordId},
    policy::Refusal,
};
use serde::Serialize;
use std::{
    borrow::Cow,
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// A change that passed every check, or that the relay wrote itself. Only this module makes one,
/// and only of one is a journal's change made.
#[derive(Debug, Clone)]
pub struct Vetted {
    document: DocumentId,
    author: Author,
    change: Box<Change>,
    records: Vec<(RecordId, Told)>,
}

impl Vetted {
    /// Writes a record of the relay's own.
    pub fn own<B: Serialize>(
        document: &mut Document,
        author: Author,
        record: &Record<B>,
    ) -> Result<Self, DocumentError> {
        Self::anew(document, author, record.id, &Told::of(record)?)
    }
    /// Writes a record anew whose change has no place any more; see [`told`].
    pub fn anew(
        document: &mut Document,
        author: Author,
        id: RecordId,
        record: &Told,
    ) -> Result<Self, DocumentError> {
        Ok(Self {
            document: document.id(),
            author,
            change: Box::new(document.write_told(author, id, record)?),
            records: vec![(id, record.clone())],
        })
    }
    /// The document that it belongs to.
    pub fn document(&self) -> DocumentId {
        self.document
    }
    /// Who made it, in Automerge's sense.
    pub fn author(&self) -> Author {
        self.author
    }
    /// The device that made it.
    pub fn device(&self) -> DeviceId {
        self.author.device
    }
    /// Its place in its author's sequence.
    pub fn place(&self) -> u64 {
        self.change.seq()
    }
    /// Its name.
    pub fn hash(&self) -> ChangeHash {
        self.change.hash()
    }
    /// Its bytes, uncompressed.
    pub fn bytes(&self) -> Bytes {
        Bytes(self.change.raw_bytes().to_vec())
    }
    /// The records that it makes, and what they say.
    pub fn records(&self) -> &[(RecordId, Told)] {
        &self.records
    }
    /// Their ids.
    pub fn record_ids(&self) -> impl Iterator<Item = RecordId> {
        self.records.iter().map(|(id, _)| *id)
    }
}

/// What is to become of one change.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// It may go into the journal.
    Accepted(Vetted),
    /// It is there already.
    Duplicate(ChangeHash),
    /// It will not be taken.
    Refused(Refusal),
    /// It follows changes that are not here; nothing was decided.
    Need(Vec<ChangeHash>),
}

/// On whose word changes come.
#[derive(Debug, Clone, Copy)]
pub enum Writer<'a> {
    /// A member writes.
    Member {
        /// Who.
        member: &'a Member,
        /// On which device.
        device: DeviceId,
        /// What else there is of the document.
        among: Among<'a>,
    },
    /// The relay accepted them once and proved it: roles were checked then, by the rules of then.
    Proven,
}

/// What else there is of a document that a member writes in.
#[derive(Debug, Clone, Copy)]
pub struct Among<'a> {
    /// Its other parts, which records may refer to.
    pub others: &'a [&'a Document],
    /// How long this part is.
    pub size: Size,
    /// How long it may be.
    pub most: Size,
}

impl Default for Among<'_> {
    /// Nothing, in a document that is new.
    fn default() -> Self {
        Self {
            others: &[],
            size: Size::default(),
            most: Sizes::default().most,
        }
    }
}

/// What came before: the document, and how far each of its authors has written.
#[derive(Debug)]
pub struct Past<'a> {
    /// As it is now.
    pub document: Cow<'a, Document>,
    /// The last place in the sequence of each author.
    pub sequences: Cow<'a, HashMap<Author, u64>>,
}

impl Past<'_> {
    /// A change was taken in; the document is the caller's to move on.
    pub fn went_on(&mut self, vetted: &Vetted) {
        let sequences = self.sequences.to_mut();
        sequences.insert(vetted.author, vetted.change.seq());
    }
}

/// A vetted batch.
#[derive(Debug)]
pub struct Batch {
    /// For each change, in the order in which they came.
    pub verdicts: Vec<Verdict>,
    /// The document with the accepted ones.
    pub document: Document,
}

/// Vets changes of one document.
pub fn vet(writer: Writer<'_>, past: &Past<'_>, changes: &[Bytes]) -> Batch {
    let at_once = Bench::new(writer, past, Pace::Together).take_together(changes);
    if let Some(batch) = at_once.filter(|batch| reloads(&batch.document)) {
        return batch;
    }
    let batch = Bench::new(writer, past, Pace::EachAdded).take(changes);
    if reloads(&batch.document) {
        return batch;
    }
    // One of them can be added, but what is saved with it cannot be loaded.
    Bench::new(writer, past, Pace::EachReloaded).take(changes)
}

/// The records that a change tells of, whether or not it fits on the document; none when it cannot
/// be read.
pub fn told(document: &Document, change: &Bytes) -> Vec<(RecordId, Told)> {
    let Ok(change) = read::read(change) else {
        return Vec::new();
    };
    guarded(|| shape::records_told(document, &change)).unwrap_or_default()
}

/// Runs what Automerge may panic in.
fn guarded<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

fn reloads(document: &Document) -> bool {
    guarded(|| document.reloads()).unwrap_or(false)
}

#[cfg(test)]
mod tests;
