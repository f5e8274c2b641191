//! What people do: each act is one intent, which becomes one record in one document.
//!
//! An intent is kept beside the change that it became until the relay has accepted it, so that
//! what is still allowed can be written again should the change be refused.

use crate::{
    documents::{
        Author, Basis, Document, DocumentError, DocumentId, Record, Told,
        availability::AvailabilityRecord, notes::NoteRecord, profile::ProfileRecord,
        rota::RotaRecord, shape::records_made, visits::VisitRecord,
    },
    domain::{
        cover::ShiftRef,
        note::{Audience, NoteText},
        shift::Shift,
        team::Member,
    },
    ids::{MemberId, NoteId, PersonId, RecordId, ShiftId, VisitId},
    limits,
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
    /// What is planned, and what members say about who comes.
    Rota {
        person: PersonId,
        /// The month in which the shift starts.
        month: Month,
        says: RotaRecord,
    },
    /// What the person wants of who comes.
    Profile {
        person: PersonId,
        says: ProfileRecord,
    },
    /// When I can work.
    Availability {
        pa: MemberId,
        says: AvailabilityRecord,
    },
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

/// An act that somebody else did, read from what it became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Who says that they did it.
    pub by: MemberId,
    /// When.
    pub time: Stamp,
    /// What.
    pub intent: Intent,
}

impl Deed {
    /// The act that became this record; nothing for what the relay alone writes, and for what this
    /// version does not know.
    pub fn told(document: DocumentId, id: RecordId, told: &Told) -> Option<Self> {
        Some(match document {
            DocumentId::Visits(person, month, _) => {
                Self::of(told.record(id)?, |says| visit(person, month, says))
            }
            DocumentId::Notes(person, month, _) => Self::of(told.record(id)?, |says| {
                note(person, month, Audience::Family, says)
            }),
            DocumentId::TeamNotes(person, month, _) => Self::of(told.record(id)?, |says| {
                note(person, month, Audience::Team, says)
            }),
            DocumentId::Rota(person, month, _) => Self::of(told.record(id)?, |says| Intent::Rota {
                person,
                month,
                says,
            }),
            DocumentId::Profile(person, _) => {
                Self::of(told.record(id)?, |says| Intent::Profile { person, says })
            }
            DocumentId::Availability(pa, _) => {
                Self::of(told.record(id)?, |says| Intent::Availability { pa, says })
            }
            DocumentId::Team | DocumentId::Circle(..) => return None,
        })
    }

    fn of<B>(record: Record<B>, intent: impl FnOnce(B) -> Intent) -> Self {
        Self {
            by: record.by,
            time: Stamp {
                at: record.at,
                skew: record.skew,
            },
            intent: intent(record.body),
        }
    }
}

fn visit(person: PersonId, month: Month, says: VisitRecord) -> Intent {
    match says {
        VisitRecord::ClockIn { shift, place } => Intent::ClockIn {
            person,
            month,
            shift,
            place,
        },
        VisitRecord::ClockOut { visit } => Intent::ClockOut {
            person,
            month,
            visit,
        },
        VisitRecord::Amendment {
            visit,
            start,
            end,
            reason,
        } => Intent::AmendClock {
            person,
            month,
            visit,
            start,
            end,
            reason,
        },
    }
}

fn note(person: PersonId, month: Month, audience: Audience, says: NoteRecord) -> Intent {
    match says {
        NoteRecord::Note { visit, says } => Intent::WriteNote {
            person,
            month,
            visit,
            audience,
            says,
        },
        NoteRecord::Amendment { note, says, reason } => Intent::AmendNote {
            person,
            month,
            note,
            audience,
            says,
            reason,
        },
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
    /// A shift is published, or published anew.
    pub fn publish(shift: Shift) -> Self {
        Self::Rota {
            person: shift.person,
            month: shift.start.month(),
            says: RotaRecord::Published {
                shift,
                times_only: false,
            },
        }
    }

    /// Something is said about a shift.
    pub fn say(at: ShiftRef, says: RotaRecord) -> Self {
        Self::Rota {
            person: at.person,
            month: at.month,
            says,
        }
    }

    /// The document that it writes to: its first part, or one of those after it.
    pub fn document(&self) -> DocumentId {
        match self {
            Self::ClockIn { person, month, .. }
            | Self::ClockOut { person, month, .. }
            | Self::AmendClock { person, month, .. } => DocumentId::visits(*person, *month),
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
                Audience::Family => DocumentId::notes(*person, *month),
                Audience::Team => DocumentId::team_notes(*person, *month),
            },
            Self::Rota { person, month, .. } => DocumentId::rota(*person, *month),
            Self::Profile { person, .. } => DocumentId::profile(*person),
            Self::Availability { pa, .. } => DocumentId::availability(*pa),
        }
    }

    /// Writes the record `id` into `document` as `member`'s act at `time`, and returns the change.
    /// It is refused here for whatever about it the relay would refuse.
    /// On an error the document may hold the record all the same: give it a copy.
    pub fn write(
        &self,
        document: &mut Document,
        author: Author,
        member: &Member,
        id: RecordId,
        time: Stamp,
    ) -> Result<Change, IntentError> {
        self.write_among(document, &[], author, member, id, time)
    }

    /// As [`Self::write`], where `others` are the other parts of the document.
    pub fn write_among(
        &self,
        document: &mut Document,
        others: &[&Document],
        author: Author,
        member: &Member,
        id: RecordId,
        time: Stamp,
    ) -> Result<Change, IntentError> {
        if document.id().whole() != self.document() {
            return Err(Refusal::OtherDocument.into());
        }
        let Stamp { at, skew } = time;
        let record = Record {
            id,
            by: member.id,
            at,
            skew,
            body: (),
        };
        let change = match self.clone() {
            Self::ClockIn { shift, place, .. } => {
                document.write(author, &record.with(VisitRecord::ClockIn { shift, place }))
            }
            Self::ClockOut { visit, .. } => {
                document.write(author, &record.with(VisitRecord::ClockOut { visit }))
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
                document.write(author, &record.with(body))
            }
            Self::WriteNote { visit, says, .. } => {
                document.write(author, &record.with(NoteRecord::Note { visit, says }))
            }
            Self::AmendNote {
                note, says, reason, ..
            } => {
                let body = NoteRecord::Amendment { note, says, reason };
                document.write(author, &record.with(body))
            }
            Self::Rota { says, .. } => document.write(author, &record.with(says)),
            Self::Profile { says, .. } => document.write(author, &record.with(says)),
            Self::Availability { says, .. } => document.write(author, &record.with(says)),
        }?;
        policy::check(member, document, others, id)?;
        if change.raw_bytes().len() > limits::CHANGE_BYTES {
            return Err(Refusal::TooLarge.into());
        }
        records_made(&Basis::new(document), &change).map_err(Refusal::from)?;
        Ok(change)
    }
}
