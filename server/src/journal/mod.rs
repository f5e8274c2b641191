//! The journal: what is true. One a team; everything else in the relay is folded from it.
//!
//! Whatever the store, an entry reaches it [sealed](crate::vault).

mod chain;
pub mod conformance;
mod entry;
mod memory;
mod sealed;
mod sled;

pub use chain::{Broken, Chains, Draft, End};
pub use entry::{Entry, Payload};
pub use memory::MemoryJournal;
pub use sealed::Change;
pub use sled::{Refill, SledJournal};

pub use crate::vault::{NewMaster, Owner};

use crate::vault::{KeyFileError, NoKey, Row};
use kith_shared::{ids::TeamId, sync::Seq};
use std::collections::BTreeSet;

/// Where journals are kept. [`conformance::check`] says in full what each implementation holds to.
pub trait Journal: std::fmt::Debug + Send + Sync + 'static {
    /// The teams that have a journal, and where it ends.
    fn teams(&self) -> Result<Vec<(TeamId, End)>, JournalError>;

    /// The entries of a team from the first on; none for a team that has no journal.
    fn entries(&self, team: TeamId) -> Entries<'_>;

    /// Adds entries at the end: all of them or none. When it returns `Ok`, they outlive a crash
    /// of the process and of the machine.
    ///
    /// The first entry must follow `last`: who decides on an old state is told so.
    fn append(&self, team: TeamId, last: Seq, entries: &[Entry]) -> Result<(), AppendError>;

    /// Wraps all keys anew, under another root. When it returns `Ok`, what the old root or an old
    /// master key opens is no use any more; when it does not, either all of it has happened or
    /// nothing, which shows when the store is opened again.
    fn renew(&self, renewal: Renewal) -> Result<(), CannotRenew>;

    /// Whose keys were destroyed.
    fn erased(&self) -> BTreeSet<Owner>;

    /// One moment of all that is kept: the keys, and where each journal ends. What it names is
    /// durable, and its keys open all entries up to there.
    fn snapshot(&self) -> Result<Snapshot, JournalError>;

    /// The entries of a team from this place on as they are kept, sealed: for a backup.
    fn sealed(&self, team: TeamId, from: Seq) -> SealedEntries<'_>;
}

/// One moment of a store, for a backup. Nothing in it can be read without the master key.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The relay's secrets, sealed by the master key: what stands in `relay.key`. Nothing for a
    /// journal that is nowhere but in memory.
    pub secrets: Vec<u8>,
    /// The keys of persons and teams, wrapped by the root in the secrets.
    pub keys: Vec<Row>,
    /// The teams, and where their journals end.
    pub teams: Vec<(TeamId, End)>,
}

/// Entries as they are kept, each with its place.
pub type SealedEntries<'a> =
    Box<dyn Iterator<Item = Result<(Seq, Vec<u8>), JournalError>> + Send + 'a>;

/// What else happens when all keys are wrapped anew.
#[derive(Debug, Clone, Default)]
pub struct Renewal {
    /// The master key changes too.
    pub master: Option<NewMaster>,
    /// The key of this person's records is destroyed: nobody can read them any more.
    pub erase: Option<Owner>,
}

/// Keys that were not wrapped anew.
#[derive(Debug, thiserror::Error)]
pub enum CannotRenew {
    /// The store cannot be written.
    #[error(transparent)]
    Store(#[from] AppendError),
    /// The secrets cannot be.
    #[error(transparent)]
    Keys(#[from] KeyFileError),
}

/// Entries as they are read.
pub type Entries<'a> = Box<dyn Iterator<Item = Result<Entry, JournalError>> + Send + 'a>;

/// A journal that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The store failed.
    #[error("the store failed: {0}")]
    Store(String),
    /// The store holds something else than entries.
    #[error("the journal is damaged after entry {after}: {what}")]
    Damaged {
        /// The last entry that is whole.
        after: Seq,
        /// What is wrong with the next.
        what: String,
    },
    /// It was written by a version that kept entries in the clear.
    #[error(
        "the store was written by a version of the relay that did not encrypt what it keeps. Start \
         with a new data folder: phones that are invited again bring what they hold"
    )]
    NotSealed,
    /// Its secrets cannot be read.
    #[error(transparent)]
    Keys(#[from] KeyFileError),
    /// The keys in it are wrapped by another root.
    #[error(
        "the store's keys do not belong to this relay.key: put back the relay.key and the journal \
         of one and the same backup"
    )]
    OtherKeys,
}

/// Entries that were not added.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The journal does not end where the caller believes.
    #[error("the journal ends at entry {0}")]
    Conflict(Seq),
    /// There is no room; nothing was written.
    #[error("the disk is full")]
    Full,
    /// They are about a person who was erased.
    #[error("the records of this person were erased")]
    Erased,
    /// The store failed; whether the entries are there shows when it is opened again.
    #[error("the store failed: {0}")]
    Store(String),
}

impl From<NoKey> for AppendError {
    fn from(no: NoKey) -> Self {
        match no {
            NoKey::Erased => Self::Erased,
            NoKey::Missing => Self::Store(no.to_string()),
        }
    }
}

/// Where a journal ends after `entries`, if they follow `end` without a gap.
fn end_after(end: End, entries: &[Entry]) -> Result<End, AppendError> {
    entries.iter().try_fold(end, |end, entry| {
        if entry.seq == end.seq + 1 {
            Ok(end.after(entry))
        } else {
            Err(AppendError::Conflict(end.seq))
        }
    })
}
