//! How records came to be known: what each entry of a journal brought.

use crate::journal::{Entry, JournalError, Payload};
use automerge::Change;
use kith_shared::{
    documents::{Document, DocumentId, shape::records_told},
    ids::{DeviceId, MemberId, QuarantineId, RecordId},
    policy::Refusal,
    sync::Seq,
    time::Moment,
};
use std::collections::BTreeMap;

/// The entries of a journal, without what they hold.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    /// Each entry, the first one first.
    pub steps: Vec<Step>,
    /// As whom the relay writes.
    pub relay: Option<MemberId>,
    /// Which entry brought a record.
    records: BTreeMap<(DocumentId, RecordId), usize>,
}

/// An entry of a journal.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its place.
    pub seq: Seq,
    /// When the relay took it in.
    pub received_at: Moment,
    /// Whose act it is.
    pub member: MemberId,
    /// With which device.
    pub device: DeviceId,
    /// What it brought.
    pub brought: Brought,
}

/// What an entry brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brought {
    /// Records of a document.
    Records(DocumentId, Vec<RecordId>),
    /// Something that was kept aside.
    Refused(DocumentId, Refusal, QuarantineId),
    /// What became of something that was kept aside; where it stays out, about which document and
    /// why.
    Settled(
        QuarantineId,
        &'static str,
        Option<DocumentId>,
        Option<String>,
    ),
    /// Something that nobody can read any more.
    Erased(DocumentId),
    /// Something about the team, in words.
    Team(&'static str),
}

impl Brought {
    /// The document that it is about.
    pub fn document(&self) -> Option<DocumentId> {
        match self {
            Self::Records(document, _) | Self::Refused(document, ..) | Self::Erased(document) => {
                Some(*document)
            }
            Self::Settled(_, _, document, _) => *document,
            Self::Team(_) => None,
        }
    }
}

/// A journal that cannot be followed.
#[derive(Debug, thiserror::Error)]
pub enum TrailError {
    /// It cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A change in it is none.
    #[error("entry {0} holds no change that can be read: run \"kith-relay check\"")]
    Unreadable(Seq),
}

impl Trail {
    /// Reads a journal.
    pub fn read(
        entries: impl IntoIterator<Item = Result<Entry, JournalError>>,
    ) -> Result<Self, TrailError> {
        let mut trail = Self::default();
        for entry in entries {
            let entry = entry?;
            trail.relay = trail.relay.or(Some(entry.member));
            let brought = brought(entry.seq, entry.payload)?;
            if let Brought::Records(document, records) = &brought {
                let at = trail.steps.len();
                let places = records
                    .iter()
                    .map(|record| ((document.whole(), *record), at));
                trail.records.extend(places);
            }
            trail.steps.push(Step {
                seq: entry.seq,
                received_at: entry.received_at,
                member: entry.member,
                device: entry.device,
                brought,
            });
        }
        Ok(trail)
    }

    /// The entry that brought this record, in whichever part of the document.
    pub fn of(&self, document: DocumentId, record: RecordId) -> Option<&Step> {
        let at = self.records.get(&(document.whole(), record))?;
        self.steps.get(*at)
    }
}

fn brought(seq: Seq, payload: Payload) -> Result<Brought, TrailError> {
    Ok(match payload {
        Payload::Change(kept) => {
            // It was vetted before it was kept.
            let (document, bytes) = (kept.document(), kept.bytes().0.clone());
            let change = Change::from_bytes(bytes).map_err(|_| TrailError::Unreadable(seq))?;
            let told = records_told(&Document::new(document), &change);
            Brought::Records(document, told.into_iter().map(|(id, _)| id).collect())
        }
        Payload::Refused {
            document,
            code,
            quarantine,
            ..
        }
        | Payload::Erased {
            document,
            refused: Some((code, quarantine)),
            ..
        } => Brought::Refused(document, code, quarantine),
        Payload::Released { quarantine } => Brought::Settled(quarantine, "let in", None, None),
        Payload::WrittenAgain { quarantine } => {
            Brought::Settled(quarantine, "written again", None, None)
        }
        Payload::Dismissed {
            document,
            quarantine,
            reason,
            ..
        } => Brought::Settled(quarantine, "left out", Some(document), reason),
        Payload::Erased { document, .. } => Brought::Erased(document),
        Payload::TeamCreated { .. } => Brought::Team("the team began"),
        Payload::Invited { .. } => Brought::Team("somebody was invited"),
        Payload::DeviceJoined { .. } => Brought::Team("a device joined"),
        Payload::PushOn { .. } => Brought::Team("a device is woken by pushes"),
        Payload::PushOff { .. } => Brought::Team("a device is woken no more"),
        Payload::CalendarOn { .. } => Brought::Team("a calendar address was made"),
        Payload::CalendarOff => Brought::Team("a calendar address was taken back"),
        Payload::SignedOtherwise { .. } => {
            Brought::Team("a phone showed that the journal once stood otherwise")
        }
        Payload::Restored { .. } => Brought::Team("the journal was put back from a backup"),
    })
}
