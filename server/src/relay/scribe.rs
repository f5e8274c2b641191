//! The relay writes records itself: who belongs to the team, and who is coming.

use super::{Dice, fold::Team};
use crate::{
    journal::{Change, Draft, Entry, Payload},
    vet::Vetted,
};
use kith_shared::{
    bytes::Bytes,
    documents::{Author, Document, DocumentId, Record, Size, Told},
    ids::{DeviceId, MemberId, QuarantineId, RecordId},
    time::{Moment, Span},
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What was decided: entries to be, and the documents as they will be then.
#[derive(Debug, Default)]
pub(super) struct Decided {
    pub(super) drafts: Vec<Draft>,
    pub(super) documents: BTreeMap<DocumentId, Document>,
    /// How long those will be that were written to, and by whom.
    sizes: BTreeMap<DocumentId, Size>,
    authors: HashSet<(DocumentId, Author)>,
    /// The latest record of documents that the relay wrote to, all parts together.
    last: BTreeMap<DocumentId, Option<RecordId>>,
    /// Of them, the records that nobody has read yet.
    pub(super) unread: BTreeMap<DocumentId, Vec<(RecordId, Told)>>,
    /// Documents that are to be read from their beginning: what came back to them is older than
    /// what they had.
    pub(super) anew: BTreeSet<DocumentId>,
    /// As which device the relay wrote, if it did.
    pub(super) scribe: Option<DeviceId>,
}

impl Decided {
    /// What a member's device did.
    pub(super) fn note(&mut self, now: Moment, member: MemberId, device: DeviceId, what: Payload) {
        self.drafts.push(Draft {
            received_at: now,
            member,
            device,
            payload: what,
        });
    }

    /// A vetted change: the one place where a change becomes part of a journal.
    pub(super) fn change(
        &mut self,
        team: &Team,
        received_at: Moment,
        member: MemberId,
        vetted: &Vetted,
    ) {
        let (document, bytes) = (vetted.document(), vetted.bytes());
        let archive = team.archives.get(&document);
        let known = archive.is_some_and(|archive| archive.knows(vetted.author()));
        let new = self.authors.insert((document, vetted.author())) && !known;
        let size = self.size(team, document).with(bytes.0.len(), new);
        self.sizes.insert(document, size);
        if let Some(last) = self.last.get_mut(&document.whole()) {
            *last = (*last).max(vetted.record_ids().max());
        }
        let change = Payload::Change(Change::of(vetted));
        self.note(received_at, member, vetted.device(), change);
        let unread = self.unread.entry(document).or_default();
        unread.extend_from_slice(vetted.records());
    }

    /// How long a part of a document will be.
    pub(super) fn size(&self, team: &Team, id: DocumentId) -> Size {
        let size = self.sizes.get(&id).copied();
        size.unwrap_or_else(|| team.size(id))
    }

    /// The parts of a document that there will be.
    pub(super) fn parts(&self, team: &Team, id: DocumentId) -> BTreeSet<DocumentId> {
        let here = team.archives.range(id.parts()).map(|(id, _)| *id);
        let new = self.documents.range(id.parts()).map(|(id, _)| *id);
        here.chain(new).collect()
    }

    /// Where the relay goes on in a document: in its last part, or in the next where that is long.
    fn open_part(&self, team: &Team, id: DocumentId) -> DocumentId {
        let last = self.parts(team, id).last().copied().unwrap_or(id.whole());
        let next = last.next().filter(|next| team.sizes.allow(next.part()));
        next.filter(|_| self.size(team, last).reaches(&team.sizes.rolls))
            .unwrap_or(last)
    }

    /// The latest id of a record in any part of a document.
    fn last_record(&mut self, team: &Team, id: DocumentId) -> Option<RecordId> {
        if let Some(last) = self.last.get(&id.whole()) {
            return *last;
        }
        let parts = self.parts(team, id).into_iter();
        let last = parts.filter_map(|part| match self.documents.get(&part) {
            Some(document) => document.last_record(),
            None => team.archives.get(&part)?.read().last_record(),
        });
        let last = last.max();
        self.last.insert(id.whole(), last);
        last
    }

    /// What was put aside.
    pub(super) fn put_aside(&self) -> impl Iterator<Item = (&Bytes, QuarantineId)> {
        self.drafts.iter().filter_map(|draft| match &draft.payload {
            Payload::Refused {
                bytes, quarantine, ..
            } => Some((bytes, *quarantine)),
            _ => None,
        })
    }

    /// A document as it will be, or as it is when nothing is decided about it.
    pub(super) fn document(&mut self, team: &Team, id: DocumentId) -> &mut Document {
        let document = self.documents.entry(id);
        document.or_insert_with(|| team.document(id))
    }

    /// As which device the relay writes: a new one in each life of its process, so that it never
    /// goes on in a sequence of which a restored journal has lost the end.
    pub(super) fn scribe_for(&mut self, team: &Team, now: Moment, dice: Dice<'_>) -> DeviceId {
        let device = self
            .scribe
            .or(team.scribe)
            .unwrap_or_else(|| DeviceId::new(now, dice()));
        self.scribe = Some(device);
        device
    }

    /// The relay writes a record, later in the order of ids than all that the document has, into the
    /// part where it goes on, and returns it.
    pub(super) fn write<B: Serialize>(
        &mut self,
        team: &Team,
        id: DocumentId,
        body: B,
        now: Moment,
        dice: Dice<'_>,
    ) -> Option<Record<B>> {
        let device = self.scribe_for(team, now, dice);
        let last = self.last_record(team, id);
        let document = self.document(team, self.open_part(team, id));
        let record = Record {
            id: after(last, RecordId::new(now, dice())),
            by: team.relay,
            at: now,
            skew: Span::default(),
            body,
        };
        let written = Vetted::own(document, Author { device, life: 0 }, &record);
        // Our own records are of shapes that documents take; a test writes each.
        debug_assert!(written.is_ok(), "{written:?}");
        self.change(team, now, team.relay, &written.ok()?);
        Some(record)
    }
}

/// `id`, or the next after `last` if that is later: ids of one millisecond have no order, and
/// clocks are set back.
fn after(last: Option<RecordId>, id: RecordId) -> RecordId {
    match last {
        Some(last) if last >= id => {
            let next = u128::from_be_bytes(last.to_bytes()).saturating_add(1);
            RecordId::from_bytes(next.to_be_bytes())
        }
        _ => id,
    }
}

impl Team {
    /// Goes on to what was decided.
    pub(super) fn enact(&mut self, decided: Decided) -> Vec<Entry> {
        if decided.scribe.is_some() {
            self.scribe = decided.scribe;
        }
        // One waking a device, until all that it sent is settled.
        let aside = decided.drafts.iter().find(|draft| {
            matches!(draft.payload, Payload::Refused { .. })
                && !self.quarantine.waits(draft.member, draft.device)
        });
        if let Some(by) = aside.map(|draft| draft.member) {
            self.wake_managers(by);
        }
        let entries = self.commit(decided.drafts);
        let mut anew = BTreeSet::new();
        for (id, document) in decided.documents {
            let unread = decided.unread.get(&id);
            let unread = unread.filter(|_| !decided.anew.contains(&id));
            let read = unread.is_some_and(|records| self.read_on(id, records));
            if !read && (unread.is_some() || decided.anew.contains(&id)) {
                anew.insert(id.whole());
            }
            self.keep(document);
        }
        for id in anew {
            self.read(id);
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_later_has_the_later_id() {
        let (early, late) = (RecordId::from_bytes([1; 16]), RecordId::from_bytes([2; 16]));
        assert_eq!(after(None, early), early);
        assert_eq!(after(Some(early), late), late);
        // The same millisecond with lower dice, or a clock that was set back.
        let next = after(Some(late), early);
        assert!(next > late);
        assert!(after(Some(next), early) > next);
        assert!(after(Some(late), late) > late);
    }
}
