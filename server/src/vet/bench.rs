//! Where a batch is tried.

use super::{Batch, Past, Verdict, Vetted, Writer, guarded, read, reloads};
use automerge::{Change, ChangeHash};
use kith_shared::{
    bytes::Bytes,
    documents::{
        Author, Basis, Document, DocumentId, Size, Told,
        shape::{self, records_made},
    },
    ids::RecordId,
    limits,
    policy::{self, Here, Refusal},
};
use std::collections::HashMap;

/// What a copy of a document costs for each of its operations.
const COPY: usize = 1;
/// What it costs for each to save and load it.
pub(super) const RELOAD: usize = 8;

/// How changes are added to the scratch copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// All at once, after the last.
    Together,
    /// Each when its turn comes.
    EachAdded,
    /// The same, and the document is saved and loaded after each.
    EachReloaded,
}

/// Where one batch is tried.
pub(super) struct Bench<'a> {
    writer: Writer<'a>,
    pace: Pace,
    /// The document, and what was accepted.
    basis: Basis<'a>,
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
    /// Operations that may still be gone through beyond those of the changes themselves.
    budget: usize,
}

impl<'a> Bench<'a> {
    pub(super) fn new(writer: Writer<'a>, past: &'a Past<'_>, pace: Pace) -> Self {
        Self {
            writer,
            pace,
            basis: Basis::new(&past.document),
            scratch: past.document.clone().into_owned(),
            good: None,
            since: Vec::new(),
            before: &past.sequences,
            sequences: HashMap::new(),
            size: match writer {
                Writer::Member { among, .. } => among.size,
                Writer::Proven => Size::default(),
            },
            budget: limits::VETTING_OPS,
        }
    }

    pub(super) fn take(mut self, changes: &[Bytes]) -> Batch {
        Batch {
            verdicts: changes.iter().map(|bytes| self.one(bytes)).collect(),
            document: self.scratch,
        }
    }

    /// Nothing when they cannot be added all at once.
    pub(super) fn take_together(mut self, changes: &[Bytes]) -> Option<Batch> {
        let verdicts = changes.iter().map(|bytes| self.one(bytes)).collect();
        guarded(|| add(&mut self.scratch, self.since))?.ok()?;
        Some(Batch {
            verdicts,
            document: self.scratch,
        })
    }

    fn one(&mut self, bytes: &Bytes) -> Verdict {
        match self.judge(bytes) {
            Ok(vetted) => {
                self.size = self.longer(vetted.author, &vetted.change);
                self.sequences.insert(vetted.author, vetted.change.seq());
                self.basis.follow(&vetted.change, &vetted.records);
                self.since.push((*vetted.change).clone());
                Verdict::Accepted(vetted)
            }
            Err(verdict) => verdict,
        }
    }

    fn judge(&mut self, bytes: &Bytes) -> Result<Vetted, Verdict> {
        let change = read::read(bytes).map_err(Verdict::Refused)?;
        let author = self.author(&change).map_err(Verdict::Refused)?;
        if self.basis.has(&change.hash()) {
            return Err(Verdict::Duplicate(change.hash()));
        }
        if let Writer::Member { member, .. } = self.writer
            && !policy::may_write(member, self.document())
        {
            return Err(Verdict::Refused(Refusal::NotYourRole));
        }
        self.place(&change, author)?;
        self.room(&change, author).map_err(Verdict::Refused)?;
        let records = guarded(|| records_made(&self.basis, &change))
            .unwrap_or(Err(shape::ShapeError::NotARecord))
            .map_err(|e| Verdict::Refused(e.into()))?;
        self.allowed(&records).map_err(Verdict::Refused)?;
        if self.budget == 0 {
            return Err(Verdict::Need(Vec::new()));
        }
        if self.pace != Pace::Together {
            self.apply(&change).map_err(|refusal| {
                self.restore();
                Verdict::Refused(refusal)
            })?;
        }
        Ok(Vetted {
            document: self.document(),
            author,
            change: Box::new(change),
            records,
        })
    }

    fn document(&self) -> DocumentId {
        self.basis.document().id()
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
        let unknown = |hash: &&ChangeHash| !self.basis.has(hash);
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

    /// What came back to a restored relay was allowed once.
    fn allowed(&self, records: &[(RecordId, Told)]) -> Result<(), Refusal> {
        let Writer::Member { member, among, .. } = self.writer else {
            return Ok(());
        };
        let here = Here {
            basis: &self.basis,
            others: among.others,
        };
        let each = || {
            let mut records = records.iter();
            records.try_for_each(|(id, told)| policy::allows(member, here, *id, told))
        };
        guarded(each).unwrap_or(Err(Refusal::Unsound))
    }

    fn apply(&mut self, change: &Change) -> Result<(), Refusal> {
        let added = guarded(|| add(&mut self.scratch, vec![change.clone()]));
        added.unwrap_or(Err(Refusal::Unsound))?;
        if self.pace == Pace::EachReloaded {
            self.spend(RELOAD);
            if !reloads(&self.scratch) {
                return Err(Refusal::Unsound);
            }
        }
        Ok(())
    }

    /// The scratch copy as it was before the change that was refused: what a panic left behind is
    /// in an unknown state, and Automerge has no way to take a change out.
    fn restore(&mut self) {
        self.spend(COPY);
        let base = || self.basis.document().clone();
        let mut good = self.good.take().unwrap_or_else(base);
        // They went in before, on a copy of the same document.
        let again = guarded(|| good.apply(std::mem::take(&mut self.since)));
        debug_assert!(matches!(again, Some(Ok(()))));
        self.scratch = good.clone();
        self.good = Some(good);
    }

    /// So much for each operation of the document.
    fn spend(&mut self, cost: usize) {
        let cost = self.basis.document().operations().saturating_mul(cost);
        self.budget = self.budget.saturating_sub(cost);
    }
}

/// Adds changes that are known to fit on each other and on the document.
fn add(to: &mut Document, changes: Vec<Change>) -> Result<(), Refusal> {
    let names: Vec<_> = changes.iter().map(Change::hash).collect();
    let added = to.apply(changes).is_ok();
    if added && names.iter().all(|name| to.has(name)) {
        Ok(())
    } else {
        Err(Refusal::Unsound)
    }
}
