//! Refused changes that are kept: each once, until somebody has settled it.

use crate::{
    journal::{Entry, Payload},
    vet,
};
use automerge::ChangeHash;
use kith_shared::{
    aside::End,
    bytes::Bytes,
    documents::DocumentId,
    ids::{DeviceId, MemberId, QuarantineId, RecordId},
    limits,
    policy::Refusal,
    time::Moment,
};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A refused change that is kept.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its name.
    pub id: QuarantineId,
    /// The document that it was meant for.
    pub document: DocumentId,
    /// Why it was refused.
    pub code: Refusal,
    /// Who sent it.
    pub member: MemberId,
    /// On which device.
    pub device: DeviceId,
    /// When it came.
    pub received_at: Moment,
    /// Itself; nothing once it is settled: the journal has it.
    pub bytes: Bytes,
    /// The records that it tells of.
    pub records: BTreeSet<RecordId>,
    /// How it ended, if it has.
    pub end: Option<End>,
}

/// What was refused and is kept.
#[derive(Debug, Clone, Default)]
pub struct Quarantine {
    /// In the order of the journal.
    all: Vec<Kept>,
    by_id: HashMap<QuarantineId, usize>,
    by_bytes: HashMap<[u8; 32], usize>,
    changes: BTreeSet<ChangeHash>,
    by_record: BTreeMap<RecordId, Vec<usize>>,
    /// How many are not settled, and their bytes.
    open: BTreeMap<(MemberId, DeviceId), (usize, usize)>,
}

impl Quarantine {
    /// Where these bytes are kept, if they are.
    pub fn find(&self, bytes: &Bytes) -> Option<QuarantineId> {
        let at = self.by_bytes.get(&name(bytes))?;
        Some(self.all[*at].id)
    }

    /// What is kept under this name.
    pub fn get(&self, id: QuarantineId) -> Option<&Kept> {
        self.by_id.get(&id).map(|at| &self.all[*at])
    }

    /// Its place among all that was ever kept.
    pub fn place(&self, id: QuarantineId) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    /// Whether the change of this name is kept.
    pub fn has(&self, change: &ChangeHash) -> bool {
        self.changes.contains(change)
    }

    /// What is not settled, in the order in which it came.
    pub fn open(&self) -> impl Iterator<Item = &Kept> {
        self.all.iter().filter(|kept| kept.end.is_none())
    }

    /// Whether something that this device of a member sent is not settled.
    pub fn waits(&self, member: MemberId, device: DeviceId) -> bool {
        let open = self.open.get(&(member, device));
        open.is_some_and(|(count, _)| *count > 0)
    }

    /// What tells of this record.
    pub fn telling(&self, record: RecordId) -> impl Iterator<Item = &Kept> {
        let at = self.by_record.get(&record).into_iter().flatten();
        at.map(|at| &self.all[*at])
    }

    /// Whether more that `member` sent is kept as well: so many bytes each.
    pub fn has_room(&self, member: MemberId, more: impl Iterator<Item = usize>) -> bool {
        let [first, last] = [0, u8::MAX].map(|byte| (member, DeviceId::from_bytes([byte; 16])));
        let open = self.open.range(first..=last).map(|(_, open)| *open);
        let more = more.map(|bytes| (1, bytes));
        let (count, bytes) = open
            .chain(more)
            .fold((0, 0), |(count, sum), (more, bytes)| {
                (count + more, sum + bytes)
            });
        count <= limits::QUARANTINE_PER_MEMBER && bytes <= limits::QUARANTINE_BYTES
    }

    /// Goes on to what the journal says.
    pub fn follow(&mut self, entry: &Entry) {
        let ends = |reason: Option<&String>| End {
            by: entry.member,
            at: entry.received_at,
            reason: reason.cloned(),
        };
        match &entry.payload {
            Payload::Refused {
                document,
                bytes,
                code,
                quarantine,
            } => self.put(Kept {
                id: *quarantine,
                document: *document,
                code: *code,
                member: entry.member,
                device: entry.device,
                received_at: entry.received_at,
                bytes: bytes.clone(),
                records: vet::kept(*document, bytes)
                    .into_iter()
                    .map(|(id, _)| id)
                    .collect(),
                end: None,
            }),
            Payload::Released { quarantine } | Payload::WrittenAgain { quarantine } => {
                self.settle(*quarantine, ends(None));
            }
            Payload::Dismissed {
                quarantine, reason, ..
            } => self.settle(*quarantine, ends(reason.as_ref())),
            _ => {}
        }
    }

    fn put(&mut self, kept: Kept) {
        let at = self.all.len();
        if self.by_bytes.insert(name(&kept.bytes), at).is_some() {
            return;
        }
        self.by_id.insert(kept.id, at);
        self.changes.extend(vet::name(&kept.bytes));
        for record in &kept.records {
            self.by_record.entry(*record).or_default().push(at);
        }
        let (count, bytes) = self.open.entry((kept.member, kept.device)).or_default();
        (*count, *bytes) = (*count + 1, *bytes + kept.bytes.0.len());
        self.all.push(kept);
    }

    /// What was about a person who was erased is not here any more.
    fn settle(&mut self, id: QuarantineId, end: End) {
        let Some(kept) = self.by_id.get(&id).map(|at| &mut self.all[*at]) else {
            return;
        };
        if kept.end.is_some() {
            return;
        }
        kept.end = Some(end);
        let bytes = std::mem::take(&mut kept.bytes).0.len();
        if let Some(open) = self.open.get_mut(&(kept.member, kept.device)) {
            *open = (open.0 - 1, open.1 - bytes);
        }
    }
}

fn name(bytes: &Bytes) -> [u8; 32] {
    Sha256::digest(&bytes.0).into()
}
