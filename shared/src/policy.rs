//! Who may read which document and who may write which record.
//!
//! The document is the unit of reading, the change the unit of writing. The table is the one of
//! `ARCHITECTURE.md`, *Documents*; the tests spell it out once more, cell by cell.

use crate::{
    documents::{
        Basis, Document, DocumentId, DocumentKind, Record, Told, availability::AvailabilityRecord,
        notes::NoteRecord, profile::ProfileRecord, rota::RotaRecord, shape::ShapeError,
        visits::VisitRecord,
    },
    domain::{
        note::NoteText,
        shift::Shift,
        team::{Member, Role},
    },
    ids::{MemberId, RecordId},
    limits,
    time::Moment,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Whether a member in this role may read this document, its whole history included.
pub fn may_read(role: Role, document: DocumentId) -> bool {
    // A role that is bound to a person reaches that person's documents only.
    let same = match (role.person(), document.person()) {
        (Some(mine), Some(its)) => mine == its,
        _ => true,
    };
    same && match document.kind() {
        DocumentKind::Circle | DocumentKind::Notes => true,
        DocumentKind::Team
        | DocumentKind::Rota
        | DocumentKind::Visits
        | DocumentKind::TeamNotes
        | DocumentKind::Profile => !matches!(role, Role::FamilyContact(_)),
        DocumentKind::Availability => matches!(role, Role::Pa | Role::Manager),
    }
}

impl Member {
    /// Whether they may read this document, its whole history included: their role may, they
    /// belong to the team, its person shares it with them, and is not erased.
    pub fn may_read(&self, document: DocumentId) -> bool {
        let erased = |person| self.erased.contains(&person);
        self.left.is_none()
            && !document.person().is_some_and(erased)
            && !self.withheld.contains(&document.kind())
            && may_read(self.role, document)
    }
}

/// Whether this member may write in this document at all.
pub fn may_write(writer: &Member, document: DocumentId) -> bool {
    let role = writer.role;
    if !writer.may_read(document) {
        return false;
    }
    match document.kind() {
        // The relay writes these, on command.
        DocumentKind::Team | DocumentKind::Circle => false,
        DocumentKind::Rota => {
            matches!(role, Role::Pa | Role::Person(_) | Role::AuthorisedPerson(_))
        }
        DocumentKind::Notes => matches!(role, Role::Pa | Role::Person(_)),
        DocumentKind::Visits | DocumentKind::TeamNotes => role == Role::Pa,
        DocumentKind::Profile => speaks(role),
        DocumentKind::Availability => {
            role == Role::Pa && document.whole() == DocumentId::availability(writer.id)
        }
    }
}

/// Whether a role says yes and no for the person that it is bound to.
fn speaks(role: Role) -> bool {
    matches!(role, Role::Person(_) | Role::AuthorisedPerson(_))
}

/// Why a record was not accepted. Stable codes: they stand in replies, logs and screen texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// The bytes are no change that can be read.
    #[error("the change cannot be read")]
    Unreadable,
    /// The bytes are compressed, or a whole document: what they hold shows only once it is there.
    #[error("the change is packed: one plain change is expected")]
    Packed,
    /// The checksum is not that of the bytes.
    #[error("the change was damaged on its way")]
    Damaged,
    /// More or longer than [`limits`] allow.
    #[error("the change is too large")]
    TooLarge,
    /// It does something other than making new records.
    #[error("the change does something other than making new records")]
    NotARecord,
    /// Its actor is not of the device that sent it.
    #[error("the change was not made by the device that sent it")]
    NotYourDevice,
    /// Its place in its actor's sequence is taken or not yet reached: the phone's past was
    /// restored from a backup. It writes again in a new life.
    #[error("another change has this place in the device's sequence")]
    SequenceTaken,
    /// Its operations do not count on from the changes that it names.
    #[error("the change does not go on from the changes that it names")]
    Misplaced,
    /// It cannot be added, or a document with it cannot be saved and loaded again.
    #[error("the document is not sound with the change in it")]
    Unsound,
    /// The record names another author than the token.
    #[error("the record names another author")]
    NotYou,
    /// The role may not write in this document.
    #[error("your role does not write here")]
    NotYourRole,
    /// The visit is somebody else's.
    #[error("only who worked a visit can clock it out or amend it")]
    NotYourVisit,
    /// The note is somebody else's.
    #[error("only who wrote a note can amend it")]
    NotYourNote,
    /// The ask, offer, claim or veto is somebody else's.
    #[error("only who said this can take it back")]
    NotYours,
    /// Planning is for the person, who acts for them, and who wears the rota holder's hat.
    #[error("this is for whoever holds the rota, and for the person")]
    NotYourHat,
    /// What the record refers to is not in the document.
    #[error("what this belongs to is not here")]
    NothingToAmend,
    /// The record belongs into another document.
    #[error("the record belongs into another document")]
    OtherDocument,
    /// A time is out of [`limits::YEARS`], an end before its start, a length beyond
    /// [`limits::LONGEST_SHIFT`].
    #[error("the times cannot be right")]
    BadTimes,
    /// A text is longer than [`limits::TEXT_CHARS`] or a list than [`limits::ITEMS`].
    #[error("the text is too long")]
    TooLong,
    /// An amendment without a reason, a note without a word.
    #[error("something is missing")]
    Empty,
    /// The record is of no shape that this document has.
    #[error("this kind of record does not belong here")]
    UnknownRecord,
    /// Its author has left the team, or the device is lost.
    #[error("this device does not belong to the team any more")]
    Revoked,
    /// It follows a change that was refused, and was kept with it.
    #[error("it follows a change that was refused")]
    FollowsRefused,
    /// It is about a person whose records were erased.
    #[error("the records of this person were erased")]
    Erased,
    /// The document is as long as it gets. Its phone writes the same again in the next part, where
    /// there may be one.
    #[error("the document is full")]
    Full,
    /// The part of the document before this one is not long enough for another. Its phone writes
    /// the same again where there is room.
    #[error("this part of the document is not begun")]
    NotBegun,
}

impl From<ShapeError> for Refusal {
    fn from(error: ShapeError) -> Self {
        match error {
            ShapeError::TooMuch => Self::TooLarge,
            ShapeError::TooLong => Self::TooLong,
            ShapeError::Misplaced => Self::Misplaced,
            ShapeError::Nothing | ShapeError::NotARecord | ShapeError::NoId => Self::NotARecord,
        }
    }
}

/// Whether `writer` may add the record `id`, which `document` holds by now. What it refers to is
/// there or in one of `others`, the other parts of the same.
pub fn check(
    writer: &Member,
    document: &Document,
    others: &[&Document],
    id: RecordId,
) -> Result<(), Refusal> {
    let told = document.told(id).ok_or(Refusal::UnknownRecord)?;
    let here = Here {
        basis: &Basis::new(document),
        others,
    };
    allows(writer, here, id, &told)
}

/// Whether `writer` may add the record `id` that says this.
pub fn allows(writer: &Member, here: Here<'_>, id: RecordId, told: &Told) -> Result<(), Refusal> {
    let document = here.basis.document();
    if !may_write(writer, document.id()) {
        return Err(Refusal::NotYourRole);
    }
    // Ids are the order of records: the relay writes after the last, and there is none after the
    // last of all.
    if id.made_at().day().year() > *limits::YEARS.end() {
        return Err(Refusal::BadTimes);
    }
    if let Some(month) = document.id().month()
        && !limits::YEARS.contains(&month.year())
    {
        return Err(Refusal::BadTimes);
    }
    let mut others = here.others.iter();
    if others.any(|part| part.change_of(id).is_some()) {
        return Err(Refusal::NotARecord);
    }
    match document.id().kind() {
        DocumentKind::Team | DocumentKind::Circle => Err(Refusal::NotYourRole),
        DocumentKind::Rota => rota(writer, &read(writer, id, told)?, here),
        DocumentKind::Profile => match read(writer, id, told)?.body {
            ProfileRecord::Person { .. } => Err(Refusal::NotYourRole),
            ProfileRecord::Choice { .. } | ProfileRecord::Contact { .. } => Ok(()),
        },
        DocumentKind::Availability => match read(writer, id, told)?.body {
            AvailabilityRecord::Leave { leave } if leave.to < leave.from => Err(Refusal::BadTimes),
            AvailabilityRecord::Weekday { weekday: 7.., .. } => Err(Refusal::BadTimes),
            _ => Ok(()),
        },
        DocumentKind::Visits => visit(&read(writer, id, told)?, here),
        DocumentKind::Notes | DocumentKind::TeamNotes => note(&read(writer, id, told)?, here),
    }
}

/// What a record may refer to.
#[derive(Debug, Clone, Copy)]
pub struct Here<'a> {
    /// The part of a document that it goes into.
    pub basis: &'a Basis<'a>,
    /// The other parts.
    pub others: &'a [&'a Document],
}

impl Here<'_> {
    fn record<B: DeserializeOwned>(self, id: RecordId) -> Option<Record<B>> {
        let mut others = self.others.iter();
        let elsewhere = others.find_map(|part| part.record(id));
        elsewhere.or_else(|| self.basis.record(id))
    }
}

fn read<B: DeserializeOwned>(
    writer: &Member,
    id: RecordId,
    told: &Told,
) -> Result<Record<B>, Refusal> {
    let record: Record<B> = told.record(id).ok_or(Refusal::UnknownRecord)?;
    if record.by != writer.id {
        return Err(Refusal::NotYou);
    }
    year(record.at)?;
    Ok(record)
}

fn rota(writer: &Member, record: &Record<RotaRecord>, here: Here<'_>) -> Result<(), Refusal> {
    let document = here.basis.document();
    let role = writer.role;
    if record.body.is_the_relays() {
        return Err(Refusal::NotYourRole);
    }
    if record.body.plans() && !speaks(role) && !writer.holds_rota(record.at) {
        return Err(Refusal::NotYourHat);
    }
    let only = |allowed: bool| {
        if allowed {
            Ok(())
        } else {
            Err(Refusal::NotYourRole)
        }
    };
    let pa = || only(role == Role::Pa);
    let reasoned = |reason: &str| text(reason, limits::TEXT_CHARS);
    match &record.body {
        RotaRecord::Drafted { shift } | RotaRecord::Published { shift, .. } => {
            planned(shift, document)
        }
        RotaRecord::Cancelled { reason, .. } => reasoned(reason),
        RotaRecord::Ask { reason, until, .. } => {
            pa()?;
            until.map_or(Ok(()), year)?;
            reasoned(reason)
        }
        RotaRecord::Offer { until, .. } => year(*until),
        RotaRecord::CannotCome { reason, .. }
        | RotaRecord::Handover { reason, .. }
        | RotaRecord::Claim { reason, .. } => {
            pa()?;
            reasoned(reason)
        }
        RotaRecord::Decline { .. } => pa(),
        RotaRecord::Yes { .. } => only(speaks(role)),
        RotaRecord::Veto { reason, .. } => {
            only(speaks(role))?;
            reasoned(reason)
        }
        RotaRecord::Withdraw { what, .. } => match here.record::<RotaRecord>(*what) {
            Some(said) => owned(said.by, record.by, Refusal::NotYours),
            None => Err(Refusal::NothingToAmend),
        },
        RotaRecord::Word { .. }
        | RotaRecord::Answer { .. }
        | RotaRecord::YesWanted { .. }
        | RotaRecord::Told { .. } => Err(Refusal::NotYourRole),
    }
}

fn planned(shift: &Shift, document: &Document) -> Result<(), Refusal> {
    if document.id().whole() != shift.rota() {
        return Err(Refusal::OtherDocument);
    }
    if shift.needs() > limits::PAS_PER_SHIFT || shift.shadows.len() > limits::PAS_PER_SHIFT {
        return Err(Refusal::TooLong);
    }
    stretch(shift.start, shift.end)
}

fn visit(record: &Record<VisitRecord>, here: Here<'_>) -> Result<(), Refusal> {
    let mine = |visit| match here.record::<VisitRecord>(RecordId::from(visit)) {
        Some(Record {
            by,
            body: VisitRecord::ClockIn { .. },
            ..
        }) => owned(by, record.by, Refusal::NotYourVisit),
        _ => Err(Refusal::NothingToAmend),
    };
    match &record.body {
        VisitRecord::ClockIn { place, .. } => {
            text(place.as_deref().unwrap_or_default(), limits::NAME_CHARS)
        }
        VisitRecord::ClockOut { visit } => mine(*visit),
        VisitRecord::Amendment {
            visit,
            start,
            end,
            reason,
        } => {
            mine(*visit)?;
            year(*start)?;
            if let Some(end) = end {
                stretch(*start, *end)?;
            }
            given(reason)
        }
    }
}

fn note(record: &Record<NoteRecord>, here: Here<'_>) -> Result<(), Refusal> {
    match &record.body {
        NoteRecord::Note { says, .. } => words(says),
        NoteRecord::Amendment { note, says, reason } => {
            match here.record::<NoteRecord>(RecordId::from(*note)) {
                Some(Record {
                    by,
                    body: NoteRecord::Note { .. },
                    ..
                }) => {
                    owned(by, record.by, Refusal::NotYourNote)?;
                }
                _ => return Err(Refusal::NothingToAmend),
            }
            words(says)?;
            given(reason)
        }
    }
}

fn owned(owner: MemberId, writer: MemberId, refusal: Refusal) -> Result<(), Refusal> {
    if owner == writer {
        Ok(())
    } else {
        Err(refusal)
    }
}

fn words(says: &NoteText) -> Result<(), Refusal> {
    if says.is_empty() {
        return Err(Refusal::Empty);
    }
    text(&says.text, limits::TEXT_CHARS)?;
    says.goals
        .keys()
        .try_for_each(|goal| text(goal, limits::NAME_CHARS))
}

fn given(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    text(reason, limits::TEXT_CHARS)
}

fn text(text: &str, most: usize) -> Result<(), Refusal> {
    if text.chars().count() > most {
        Err(Refusal::TooLong)
    } else {
        Ok(())
    }
}

fn year(moment: Moment) -> Result<(), Refusal> {
    if limits::YEARS.contains(&moment.day().year()) {
        Ok(())
    } else {
        Err(Refusal::BadTimes)
    }
}

fn stretch(start: Moment, end: Moment) -> Result<(), Refusal> {
    year(start)?;
    year(end)?;
    if start < end && end - start <= limits::LONGEST_SHIFT {
        Ok(())
    } else {
        Err(Refusal::BadTimes)
    }
}
