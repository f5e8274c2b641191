//! What people do: each act is one intent, which becomes one record in one document.
//!
//! An intent is kept beside the change that it became until the relay has accepted it, so that
//! what is still allowed can be written again should the change be refused.

use crate::{
    documents::{
        Author, Document, DocumentError, DocumentId, Record, notes::NoteRecord, rota::RotaRecord,
        visits::VisitRecord,
    },
    domain::{
        note::{Audience, NoteText},
        shift::Shift,
        team::Member,
    },
    ids::{NoteId, PersonId, RecordId, ShiftId, VisitId},
    policy::{self, Refusal},
    time::{Moment, Month, Span},
};
use automerge::Change;
use serde::{Deserialize, Serialize};

/// An act of a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "intent")]
#[allow(missing_docs)] // The fields are those of the records.
pub enum Intent {
    /// I am here; the visit begins.
    ClockIn {
        person: PersonId,
        /// The month of the shift's start, or of now when there is no shift.
        month: Month,
        shift: Option<ShiftId>,
        place: Option<String>,
    },
    /// The visit ends.
    ClockOut {
        person: PersonId,
        month: Month,
        visit: VisitId,
    },
    /// The times were other than clocked.
    AmendClock {
        person: PersonId,
        month: Month,
        visit: VisitId,
        start: Moment,
        end: Option<Moment>,
        reason: String,
    },
    /// How it was.
    WriteNote {
        person: PersonId,
        month: Month,
        visit: Option<VisitId>,
        audience: Audience,
        says: NoteText,
    },
    /// The note should say something else.
    AmendNote {
        person: PersonId,
        month: Month,
        note: NoteId,
        audience: Audience,
        says: NoteText,
        reason: String,
    },
    /// This is planned.
    PublishShift { shift: Shift },
}

/// When an act happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// As in [`Record::at`].
    pub at: Moment,
    /// As in [`Record::skew`].
    pub skew: Span,
}

impl Stamp {
    /// The time of a clock that is right, as far as anyone knows.
    pub fn plain(at: Moment) -> Self {
        Self {
            at,
            skew: Span::default(),
        }
    }
}

/// Why an intent cannot be carried out.
#[derive(Debug, thiserror::Error)]
pub enum IntentError {
    /// The rules say no: the relay would refuse it, so it is not even written.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The document cannot take it.
    #[error(transparent)]
    Document(#[from] DocumentError),
}

impl Intent {
    /// The document that it writes to.
    pub fn document(&self) -> DocumentId {
        match self {
            Self::ClockIn { person, month, .. }
            | Self::ClockOut { person, month, .. }
            | Self::AmendClock { person, month, .. } => DocumentId::Visits(*person, *month),
            Self::WriteNote {
                person,
                month,
                audience,
                ..
            }
            | Self::AmendNote {
                person,
                month,
                audience,
                ..
            } => match audience {
                Audience::Family => DocumentId::Notes(*person, *month),
                Audience::Team => DocumentId::TeamNotes(*person, *month),
            },
            Self::PublishShift { shift } => DocumentId::Rota(shift.person, shift.start.month()),
        }
    }

    /// Writes the record `id` into `document` as `member`'s act at `time`, and returns the change.
    /// On an error the document may hold the record all the same: give it a copy.
    pub fn write(
        &self,
        document: &mut Document,
        author: Author,
        member: &Member,
        id: RecordId,
        time: Stamp,
    ) -> Result<Change, IntentError> {
        let (by, Stamp { at, skew }) = (member.id, time);
        let change = match self.clone() {
            Self::ClockIn { shift, place, .. } => {
                let body = VisitRecord::ClockIn { shift, place };
                document.write(
                    author,
                    &Record {
                        id,
                        by,
                        at,
                        skew,
                        body,
                    },
                )
            }
            Self::ClockOut { visit, .. } => {
                let body = VisitRecord::ClockOut { visit };
                document.write(
                    author,
                    &Record {
                        id,
                        by,
                        at,
                        skew,
                        body,
                    },
                )
            }
            Self::AmendClock {
                visit,
                start,
                end,
                reason,
                ..
            } => {
                let body = VisitRecord::Amendment {
                    visit,
                    start,
                    end,
                    reason,
                };
                document.write(
                    author,
                    &Record {
                        id,
                        by,
                        at,
                        skew,
                        body,
                    },
                )
            }
            Self::WriteNote { visit, says, .. } => {
                let body = NoteRecord::Note { visit, says };
                document.write(
                    author,
                    &Record {
                        id,
                        by,
                        at,
                        skew,
                        body,
                    },
                )
            }
            Self::AmendNote {
                note, says, reason, ..
            } => {
                let body = NoteRecord::Amendment { note, says, reason };
                document.write(
                    author,
                    &Record {
                        id,
                        by,
                        at,
                        skew,
                        body,
                    },
                )
            }
            Self::PublishShift { shift } => {
                let body = RotaRecord::Published { shift };
                document.write(
                    author,
                    &Record {
                        id,
                        by,
                        at,
                        skew,
                        body,
                    },
                )
            }
        }?;
        policy::check(member, document, id)?;
        Ok(change)
    }
}
