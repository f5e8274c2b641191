//! What someone does becomes a record; what waits lies on top of what is accepted.

use super::{Held, Outgoing, Phone};
use crate::platform::store::Batch;
use automerge::Change;
use kith_shared::{
    bytes::Bytes,
    documents::{Author, Document, DocumentId, Whole},
    ids::RecordId,
    intent::{Intent, IntentError, Stamp},
    policy::Refusal,
    time::{Moment, Span},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// 79 of the 80 bits of an id that are thrown.
const DICE_WITH_ROOM: u128 = u128::MAX >> 49;

impl Phone {
    /// Someone does something: it becomes a record, and with the batch it is saved on this phone.
    /// An act that the rules forbid is an error and changes nothing.
    pub fn act(
        &mut self,
        intent: Intent,
        device_clock: Moment,
        dice: u128,
    ) -> Result<(RecordId, Batch), IntentError> {
        let (records, batch) = self.act_all(vec![intent], device_clock, dice)?;
        // One act, one record.
        Ok((records[0], batch))
    }

    /// Someone does several things at once, a series of shifts say: each becomes a record, in this
    /// order, and one batch saves all. If the rules forbid one of them, none happens.
    pub fn act_all(
        &mut self,
        intents: Vec<Intent>,
        device_clock: Moment,
        dice: u128,
    ) -> Result<(Vec<RecordId>, Batch), IntentError> {
        let (Some(me), Some(member)) = (&self.me, self.member()) else {
            return Err(IntentError::Refused(Refusal::NotYou));
        };
        let at = self.now(device_clock);
        let time = Stamp {
            at,
            skew: at - device_clock,
        };
        let author = Author {
            device: me.device,
            life: self.place.life,
        };
        // Ids sort by the clock, and records must sort as they were made even if it was put back.
        // Those of one moment sort by the dice: room is left to count up from what was thrown.
        let dice = dice & DICE_WITH_ROOM;
        let made = self.outbox.last().map_or(at, |last| {
            let made = at.max(last.record.made_at());
            let sorts = RecordId::new(made, dice) > last.record;
            if sorts {
                made
            } else {
                made + Span::from_millis(1)
            }
        });
        let (mut parts, mut written) = (BTreeMap::new(), BTreeMap::new());
        let mut acts = Vec::with_capacity(intents.len());
        for (intent, nth) in intents.into_iter().zip(0_u128..) {
            let whole = intent.document();
            let id = *parts.entry(whole).or_insert_with(|| self.part_for(whole));
            let document = written.entry(id).or_insert_with(|| {
                let held = self.held.get(&id);
                held.map_or_else(|| Document::new(id), |held| held.document().clone())
            });
            let record = RecordId::new(made, dice + nth);
            let others = self.others(id);
            let others: Vec<_> = others.iter().map(|held| held.document()).collect();
            let change = intent.write_among(document, &others, author, &member, record, time)?;
            acts.push(Outgoing {
                record,
                intent,
                time,
                part: id.part(),
                change: Bytes(change.raw_bytes().to_vec()),
            });
        }
        let mut batch = self.batch();
        let records = acts.iter().map(|act| act.record).collect();
        for act in acts {
            Self::put_outgoing(&act, &mut batch);
            self.outbox.push(act);
        }
        for (id, document) in written {
            self.hold(id).set_working(Some(document));
            self.read(id);
        }
        Ok((records, self.done(batch)))
    }

    /// Puts what waits for document `id` on top of what the relay has accepted. Where the changes
    /// still fit they are applied as they are. Where they do not (one of them was refused, or my
    /// own past came back from a backup), all are written again in a new life, and what is no
    /// longer allowed is put aside.
    pub(super) fn replay(&mut self, id: DocumentId, batch: &mut Batch) {
        let waiting = self.waiting_for(id);
        let held = self.hold(id);
        if waiting.is_empty() {
            held.set_working(None);
        } else if let Some(working) = on_top(held.vetted(), &waiting) {
            held.set_working(Some(working));
        } else {
            return self.write_again(id, id, batch);
        }
        self.read(id);
    }

    /// Writes what waits for `from` again in a new life, into another part of it or the same: it
    /// goes on top of what waits there.
    pub(super) fn write_again(&mut self, from: DocumentId, to: DocumentId, batch: &mut Batch) {
        let (Some(me), Some(member)) = (self.me.clone(), self.member()) else {
            return;
        };
        self.place.life = self.place.life.wrapping_add(1);
        self.put_place(batch);
        let author = Author {
            device: me.device,
            life: self.place.life,
        };
        let waiting = self.outbox.iter();
        let waiting = waiting.filter(|o| [from, to].contains(&o.document()));
        let waiting: Vec<_> = waiting.cloned().collect();
        self.hold(from).set_working(None);
        let mut document = self.hold(to).vetted().clone();
        let others = self.others(to);
        let others: Vec<_> = others.iter().map(|held| held.document()).collect();
        for mut outgoing in waiting {
            let mut next = document.clone();
            let (record, time) = (outgoing.record, outgoing.time);
            let written = outgoing
                .intent
                .write_among(&mut next, &others, author, &member, record, time);
            match written {
                Ok(change) => {
                    document = next;
                    outgoing.part = to.part();
                    outgoing.change = Bytes(change.raw_bytes().to_vec());
                    Self::put_outgoing(&outgoing, batch);
                    if let Some(o) = self.outbox.iter_mut().find(|o| o.record == outgoing.record) {
                        *o = outgoing;
                    }
                }
                Err(error) => {
                    let code = match error {
                        IntentError::Refused(code) => code,
                        IntentError::Document(_) => Refusal::Unreadable,
                    };
                    self.settle(outgoing.record, batch);
                    self.put_aside(outgoing, code, None, batch);
                }
            }
        }
        let pending = self.outbox.iter().any(|o| o.document() == to);
        self.hold(to).set_working(pending.then_some(document));
        self.read(to);
    }

    /// The part of a document to write to next. All that waits for a document waits for one part of
    /// it: so what refers to what never comes before it.
    fn part_for(&self, id: DocumentId) -> DocumentId {
        let mut waiting = self.outbox.iter().map(Outgoing::document);
        let waiting = waiting.find(|other| other.whole() == id.whole());
        waiting.unwrap_or_else(|| self.part_with_room(id))
    }

    /// The part of a document that has room, by what the relay has accepted.
    pub(super) fn part_with_room(&self, id: DocumentId) -> DocumentId {
        let mut parts = self.held.range(id.parts()).rev();
        let begun = parts.find(|(_, held)| held.accepted().next().is_some());
        let Some((last, held)) = begun else {
            return id.whole();
        };
        let next = last.next().filter(|next| self.sizes.allow(next.part()));
        next.filter(|_| held.size().reaches(&self.sizes.rolls))
            .unwrap_or(*last)
    }

    /// The part that takes what had no room in this one; `None` where there may be no more.
    pub(super) fn part_after(&self, full: DocumentId) -> Option<DocumentId> {
        let next = full.next().filter(|next| self.sizes.allow(next.part()))?;
        Some(next.max(self.part_with_room(full)))
    }

    /// The other parts of the same document.
    fn others(&self, id: DocumentId) -> Vec<Arc<Held>> {
        let parts = self.held.range(id.parts());
        let others = parts.filter(|(other, _)| **other != id);
        others.map(|(_, held)| held.clone()).collect()
    }

    /// The document, to change it; its beginning when it is not here yet.
    pub(super) fn hold(&mut self, id: DocumentId) -> &mut Held {
        Arc::make_mut(
            self.held
                .entry(id)
                .or_insert_with(|| Arc::new(Held::new(id))),
        )
    }

    /// Reads a document, all parts of it together.
    pub(super) fn read(&mut self, id: DocumentId) {
        let parts = self.held.range(id.parts());
        if let Some(whole) = Whole::new(parts.map(|(_, held)| held.document())) {
            self.book.read(whole);
        }
    }

    pub(super) fn waiting_for(&self, id: DocumentId) -> Vec<Outgoing> {
        self.outbox
            .iter()
            .filter(|o| o.document() == id)
            .cloned()
            .collect()
    }
}

/// `vetted` with the waiting changes applied, or `None` when they do not fit on it.
fn on_top(vetted: &Document, waiting: &[Outgoing]) -> Option<Document> {
    let mut working = vetted.clone();
    let mut known = BTreeSet::new();
    let mut next = BTreeMap::new();
    let mut changes = Vec::new();
    for outgoing in waiting {
        let change = Change::from_bytes(outgoing.change.0.clone()).ok()?;
        let author = Author::of(change.actor_id())?;
        let seq = next
            .entry((author.device, author.life))
            .or_insert_with(|| vetted.sequence(author));
        *seq += 1;
        let fits = change.seq() == *seq
            && change
                .deps()
                .iter()
                .all(|dep| vetted.has(dep) || known.contains(dep));
        if !fits {
            return None;
        }
        known.insert(change.hash());
        changes.push(change);
    }
    working.apply(changes).ok()?;
    Some(working)
}
