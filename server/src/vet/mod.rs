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
//! 8. the document has room for it: [`Refusal::Full`]; its operations count on from there: [`Refusal::Misplaced`]; make new records and do nothing
//!    else: [`Refusal::NotARecord`]; not too many, too long or too deep ([`records_made`])
//! 9. it can be added to a scratch copy: [`Refusal::Unsound`]
//! 10. what its records say is allowed to this writer ([`policy::check`]): the author, and what role
//!     and kind of document ask
//! 11. the batch saved and loaded again: [`Refusal::Unsound`]
//!
//! Automerge panics on hostile bytes, in any of the steps from 3 on: each runs guarded, and on a
//! copy that is thrown away. A bad change takes no good one with it. What depends on a refused
//! change is *needed*: its phone builds it again without the refused one.
//!
//! The work is bounded by counting, not by a clock: a change has at most
//! [`limits::OPS_PER_CHANGE`] operations, and what a refusal after step 9 costs, which is as much as
//! the document is large, comes out of [`limits::VETTING_OPS`]. What no budget is left for is
//! *needed* too, with nothing named: nothing was decided, and the phone hands it in again.
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
mod read;

pub use anew::{kept, let_in};
pub use read::name;

use automerge::{Change, ChangeHash};
use kith_shared::{
    bytes::Bytes,
    documents::{
        Author, Document, DocumentError, DocumentId, Record, Size, Sizes, Told,
        shape::{self, records_made},
    },
    domain::team::Member,
    ids::{DeviceId, RecordId},
    limits,
    policy::{self, Refusal},
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
    records: Vec<RecordId>,
}

impl Vetted {
    /// Writes a record of the relay's own.
    pub fn own<B: Serialize>(
        document: &mut Document,
        author: Author,
        record: &Record<B>,
    ) -> Result<Self, DocumentError> {
        Ok(Self {
            document: document.id(),
            author,
            change: Box::new(document.write(author, record)?),
            records: vec![record.id],
        })
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
            records: vec![id],
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
    /// Its name.
    pub fn hash(&self) -> ChangeHash {
        self.change.hash()
    }
    /// Its bytes, uncompressed.
    pub fn bytes(&self) -> Bytes {
        Bytes(self.change.raw_bytes().to_vec())
    }
    /// The records that it makes.
    pub fn records(&self) -> &[RecordId] {
        &self.records
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
    let batch = Bench::new(writer, past, false).take(changes);
    if reloads(&batch.document) {
        return batch;
    }
    // One of them applies, but what is saved with it cannot be loaded: find it.
    Bench::new(writer, past, true).take(changes)
}

/// The records that a change tells of, whether or not it fits on the document; none when it cannot
/// be read.
pub fn told(document: &Document, change: &Bytes) -> Vec<(RecordId, Told)> {
    let Ok(change) = read::read(change) else {
        return Vec::new();
    };
    guarded(|| shape::records_told(document, &change)).unwrap_or_default()
}

/// What a copy of a document costs for each of its operations.
const COPY: usize = 1;
/// What it costs for each to save and load it.
const RELOAD: usize = 8;

/// Runs what Automerge may panic in.
fn guarded<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

fn reloads(document: &Document) -> bool {
    guarded(|| document.reloads()).unwrap_or(false)
}

/// Where one batch is tried.
struct Bench<'a> {
    writer: Writer<'a>,
    base: &'a Document,
    scratch: Document,
    /// The document with all that was accepted but for [`Self::since`]; nothing before the first
    /// refusal that needs it.
    good: Option<Document>,
    /// What was accepted since.
    since: Vec<Change>,
    /// How long it is with all that was accepted.
    size: Size,
    /// How far each author had written before.
    before: &'a HashMap<Author, u64>,
    /// And has written now, if further.
    sequences: HashMap<Author, u64>,
    /// Saves and loads after each change instead of after all.
    careful: bool,
    /// Operations that may still be gone through beyond those of the changes themselves.
    budget: usize,
}

impl<'a> Bench<'a> {
    fn new(writer: Writer<'a>, past: &'a Past<'_>, careful: bool) -> Self {
        Self {
            writer,
            base: &past.document,
            scratch: past.document.clone().into_owned(),
            good: None,
            since: Vec::new(),
            before: &past.sequences,
            sequences: HashMap::new(),
            size: match writer {
                Writer::Member { among, .. } => among.size,
                Writer::Proven => Size::default(),
            },
            careful,
            budget: limits::VETTING_OPS,
        }
    }

    fn take(mut self, changes: &[Bytes]) -> Batch {
        let verdicts = changes.iter().map(|bytes| self.one(bytes)).collect();
        Batch {
            verdicts,
            document: self.scratch,
        }
    }

    fn one(&mut self, bytes: &Bytes) -> Verdict {
        match self.judge(bytes) {
            Ok(vetted) => {
                self.size = self.longer(vetted.author, &vetted.change);
                self.sequences.insert(vetted.author, vetted.change.seq());
                self.since.push((*vetted.change).clone());
                Verdict::Accepted(vetted)
            }
            Err(verdict) => verdict,
        }
    }

    fn judge(&mut self, bytes: &Bytes) -> Result<Vetted, Verdict> {
        let change = read::read(bytes).map_err(Verdict::Refused)?;
        let author = self.author(&change).map_err(Verdict::Refused)?;
        if self.scratch.has(&change.hash()) {
            return Err(Verdict::Duplicate(change.hash()));
        }
        if let Writer::Member { member, .. } = self.writer
            && !policy::may_write(member, self.base.id())
        {
            return Err(Verdict::Refused(Refusal::NotYourRole));
        }
        self.place(&change, author)?;
        self.room(&change, author).map_err(Verdict::Refused)?;
        let records = guarded(|| records_made(&self.scratch, &change))
            .unwrap_or(Err(shape::ShapeError::NotARecord))
            .map_err(|e| Verdict::Refused(e.into()))?;
        if self.budget == 0 {
            return Err(Verdict::Need(Vec::new()));
        }
        self.apply(&change, &records).map_err(|refusal| {
            self.restore();
            Verdict::Refused(refusal)
        })?;
        Ok(Vetted {
            document: self.base.id(),
            author,
            change: Box::new(change),
            records,
        })
    }

    fn author(&self, change: &Change) -> Result<Author, Refusal> {
        let author = Author::of(change.actor_id()).ok_or(Refusal::NotYourDevice)?;
        match self.writer {
            Writer::Member { device, .. } if device != author.device => Err(Refusal::NotYourDevice),
            _ => Ok(author),
        }
    }

    fn place(&self, change: &Change, author: Author) -> Result<(), Verdict> {
        if change.deps().is_empty() {
            return Err(Verdict::Refused(Refusal::OtherDocument));
        }
        let unknown = |hash: &&ChangeHash| !self.scratch.has(hash);
        let missing: Vec<_> = change.deps().iter().filter(unknown).copied().collect();
        if !missing.is_empty() {
            return Err(Verdict::Need(missing));
        }
        let last = self.sequences.get(&author);
        let last = last.or_else(|| self.before.get(&author));
        let last = last.copied().unwrap_or(0);
        if change.seq() == last + 1 {
            Ok(())
        } else {
            Err(Verdict::Refused(Refusal::SequenceTaken))
        }
    }

    /// Whether the document has room for it. What comes back to a restored relay had it once.
    fn room(&self, change: &Change, author: Author) -> Result<(), Refusal> {
        match self.writer {
            Writer::Member { among, .. } if self.longer(author, change).exceeds(&among.most) => {
                Err(Refusal::Full)
            }
            _ => Ok(()),
        }
    }

    fn longer(&self, author: Author, change: &Change) -> Size {
        let new = !self.before.contains_key(&author) && !self.sequences.contains_key(&author);
        self.size.with(change.raw_bytes().len(), new)
    }

    fn apply(&mut self, change: &Change, records: &[RecordId]) -> Result<(), Refusal> {
        guarded(|| {
            let applied = self.scratch.apply(vec![change.clone()]).is_ok();
            if !applied || !self.scratch.has(&change.hash()) {
                return Err(Refusal::Unsound);
            }
            if let Writer::Member { member, among, .. } = self.writer {
                let mut records = records.iter();
                records
                    .try_for_each(|id| policy::check(member, &self.scratch, among.others, *id))?;
            }
            if self.careful {
                self.spend(RELOAD);
                if !reloads(&self.scratch) {
                    return Err(Refusal::Unsound);
                }
            }
            Ok(())
        })
        .unwrap_or(Err(Refusal::Unsound))
    }

    /// The scratch copy as it was before the change that was refused: what a panic left behind is
    /// in an unknown state, and Automerge has no way to take a change out.
    fn restore(&mut self) {
        self.spend(COPY);
        let mut good = self.good.take().unwrap_or_else(|| self.base.clone());
        // They went in before, on a copy of the same document.
        let again = guarded(|| good.apply(std::mem::take(&mut self.since)));
        debug_assert!(matches!(again, Some(Ok(()))));
        self.scratch = good.clone();
        self.good = Some(good);
    }

    /// So much for each operation of the document.
    fn spend(&mut self, cost: usize) {
        let cost = self.base.operations().saturating_mul(cost);
        self.budget = self.budget.saturating_sub(cost);
    }
}

#[cfg(test)]
mod tests;
