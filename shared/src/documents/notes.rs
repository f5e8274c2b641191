//! The `notes` and `team-notes` documents of a person and month. Which of the two a note is in
//! decides who may read it.
//!
//! A note is named by its first record: their ids have the same bytes.

use crate::{
    domain::note::NoteText,
    ids::{NoteId, RecordId, VisitId},
};
use serde::{Deserialize, Serialize};

/// A record of the notes. Who and when stand in the record around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum NoteRecord {
    /// A note is written.
    Note {
        /// The visit that it belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        visit: Option<VisitId>,
        /// What it says.
        says: NoteText,
    },
    /// A note says something else from now on; what it said before stays.
    Amendment {
        /// Which note.
        note: NoteId,
        /// What it says now.
        says: NoteText,
        /// Why.
        reason: String,
    },
}

impl From<RecordId> for NoteId {
    /// The note that this record began.
    fn from(first: RecordId) -> Self {
        Self::from_bytes(first.to_bytes())
    }
}

impl From<NoteId> for RecordId {
    /// The first record of this note.
    fn from(note: NoteId) -> Self {
        Self::from_bytes(note.to_bytes())
    }
}
