//! A relay whose journal was restored from an old backup takes back what it had accepted, from
//! any phone that still holds it.

use super::{Dice, fold::Team, proof::Claim, scribe::Decided};
use crate::{
    journal::Entry,
    vet::{self, Verdict, Vetted, Writer, vet},
};
use kith_shared::{
    bytes::{Array, Bytes},
    documents::{Author, Document, DocumentId},
    ids::RecordId,
    policy::Refusal,
    sync::{Given, Receipt},
    time::Moment,
};
use std::{borrow::Cow, collections::BTreeMap};

impl Team {
    /// Takes back entries that bear this relay's own mark. Roles were checked when it was made;
    /// all else that vetting asks of a change it asks again. What has no mark, or does not fit
    /// what happened since, is left out. Says also which records came back, in their old order.
    pub(super) fn take_back(
        &mut self,
        given: &[Given],
        now: Moment,
        dice: Dice<'_>,
    ) -> (Vec<Entry>, Vec<RecordId>) {
        let mut documents: BTreeMap<DocumentId, Vec<&kith_shared::sync::Entry>> = BTreeMap::new();
        for Given { document, entry } in given {
            if self.is_proven(*document, entry) {
                documents.entry(*document).or_default().push(entry);
            } else {
                tracing::warn!(team = %self.id, %document, "an entry came back without our mark");
            }
        }
        let (mut entries, mut records) = (Vec::new(), Vec::new());
        for (document, mut back) in documents {
            // The team's document is the first: it may say so itself.
            if self.is_erased(document) {
                continue;
            }
            // As they once stood in the journal: what others depend on comes first.
            back.sort_by_key(|entry| entry.receipt.seq);
            let (decided, back) = self.decide_take_back(document, back, now, dice);
            entries.extend(self.enact(decided));
            records.extend(back);
        }
        (entries, records)
    }

    fn is_proven(&self, document: DocumentId, entry: &kith_shared::sync::Entry) -> bool {
        let Some(hash) = vet::name(&entry.change) else {
            return false;
        };
        let claim = Claim {
            team: self.id,
            document,
            change: Array(hash.0),
            member: entry.receipt.member,
            received_at: entry.receipt.received_at,
        };
        self.key.verify(&claim, &entry.receipt.proof)
    }

    fn decide_take_back(
        &self,
        document: DocumentId,
        mut back: Vec<&kith_shared::sync::Entry>,
        now: Moment,
        dice: Dice<'_>,
    ) -> (Decided, Vec<RecordId>) {
        let mut decided = Decided::default();
        let mut past = self.past(document);
        let (mut records, mut forked) = (Vec::new(), Vec::new());
        // Places of two lives of a journal do not compare: what still lacks something gets
        // another chance after the others.
        loop {
            let changes: Vec<Bytes> = back.iter().map(|e| e.change.clone()).collect();
            let batch = vet(Writer::Proven, &past, &changes);
            let mut later = Vec::new();
            let mut taken = 0;
            for (verdict, entry) in batch.verdicts.into_iter().zip(back) {
                match verdict {
                    Verdict::Accepted(vetted) => {
                        taken += 1;
                        past.went_on(&vetted);
                        self.take(&mut decided, &entry.receipt, &vetted);
                        records.extend(vetted.record_ids());
                    }
                    Verdict::Need(_) => later.push(entry),
                    Verdict::Refused(Refusal::SequenceTaken) => forked.push(entry),
                    Verdict::Duplicate(_) => {}
                    Verdict::Refused(code) => {
                        tracing::warn!(team = %self.id, %document, ?code, "an entry does not fit any more");
                    }
                }
            }
            past.document = Cow::Owned(batch.document);
            back = later;
            if taken == 0 || back.is_empty() {
                break;
            }
        }
        // A phone that was restored as well has written other things in these places since: they
        // cannot both stand. What they told is written anew, as whose and when it was.
        forked.extend(back);
        for entry in forked {
            records.extend(self.write_anew(&mut decided, past.document.to_mut(), entry, now, dice));
        }
        if records.is_empty() {
            return (decided, records);
        }
        let whole = past.document.into_owned();
        decided.documents.insert(document, whole);
        decided.anew.insert(document);
        (decided, records)
    }
}

impl Team {
    /// Writes the records of a change that has no place any more, on the relay's own account, and
    /// says which they are.
    fn write_anew(
        &self,
        to: &mut Decided,
        document: &mut Document,
        entry: &kith_shared::sync::Entry,
        now: Moment,
        dice: Dice<'_>,
    ) -> Vec<RecordId> {
        let device = to.scribe_for(self, now, dice);
        let mut written = Vec::new();
        for (id, record) in vet::told(document, &entry.change) {
            if document.change_of(id).is_some() {
                continue;
            }
            match Vetted::anew(document, Author { device, life: 0 }, id, &record) {
                Ok(vetted) => {
                    self.take(to, &entry.receipt, &vetted);
                    written.push(id);
                }
                Err(error) => {
                    tracing::warn!(team = %self.id, %error, "a record could not be written anew");
                }
            }
        }
        written
    }

    fn take(&self, to: &mut Decided, receipt: &Receipt, vetted: &Vetted) {
        to.change(self, receipt.received_at, receipt.member, vetted);
    }
}
