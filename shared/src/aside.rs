//! What was refused and is kept: a manager reads it, and lets it in or leaves it out.

use crate::{
    documents::{DocumentId, Told},
    ids::{MemberId, QuarantineId, RecordId},
    policy::Refusal,
    time::Moment,
};
use serde::{Deserialize, Serialize};

/// Some of what is kept and not settled, in the order in which it came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// How many there are, on this page or not.
    pub open: usize,
    /// At most [`crate::limits::QUARANTINE_PER_PAGE`] of them.
    pub kept: Vec<Kept>,
    /// There are more after these.
    pub more: bool,
}

/// A refused change that is kept, as words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Its name.
    pub quarantine: QuarantineId,
    /// The document that it was meant for.
    pub document: DocumentId,
    /// Who sent it.
    pub member: MemberId,
    /// When it came, by the relay's clock.
    pub received_at: Moment,
    /// Why it was refused.
    pub code: Refusal,
    /// What it says; nothing where it cannot be read.
    pub records: Vec<(RecordId, Told)>,
    /// Why it cannot be let in, as things are now.
    pub bar: Option<Refusal>,
}

/// What a manager says of a change that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Which.
    pub quarantine: QuarantineId,
    /// Whether it comes into the records.
    #[serde(flatten)]
    pub says: Says,
}

/// Whether what is kept comes into the records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "says")]
pub enum Says {
    /// What it says is written anew, by the relay, as whose and when it was.
    LetIn,
    /// It stays out.
    LeaveOut {
        /// Why: some words, at most [`crate::limits::TEXT_CHARS`].
        reason: String,
    },
}

/// How something ended that was kept. Once it has, it stays so, whatever is said later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// Who said so: a manager, or its author, who wrote it again.
    pub by: MemberId,
    /// When, by the relay's clock.
    pub at: Moment,
    /// Why it stays out; nothing when it is in the records.
    pub reason: Option<String>,
}
