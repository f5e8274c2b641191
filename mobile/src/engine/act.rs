//! What someone does becomes a record; what waits lies on top of what is accepted.

use super::{Held, Outgoing, Phone};
use crate::platform::store::Batch;
use automerge::Change;
use kith_shared::{
    bytes::Bytes,
    documents::{Author, Document, DocumentId},
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
        let mut written: BTreeMap<DocumentId, Document> = BTreeMap::new();
        let mut acts = Vec::with_capacity(intents.len());
        for (intent, nth) in intents.into_iter().zip(0_u128..) {
            let id = intent.document();
            let document = written.entry(id).or_insert_with(|| {
                let held = self.held.get(&id);
                held.map_or_else(|| Document::new(id), |held| held.document().clone())
            });
            let record = RecordId::new(made, dice + nth);
            let change = intent.write(document, author, &member, record, time)?;
            acts.push(Outgoing {
                record,
                intent,
                time,
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
            self.book.read(&document);
            self.hold(id).set_working(Some(document));
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
            return self.write_again(id, waiting, batch);
        }
        self.read(id);
    }

    pub(super) fn write_again(
        &mut self,
        id: DocumentId,
        waiting: Vec<Outgoing>,
        batch: &mut Batch,
    ) {
        let (Some(me), Some(member)) = (self.me.clone(), self.member()) else {
            return;
        };
        self.place.life = self.place.life.wrapping_add(1);
        self.put_place(batch);
        let author = Author {
            device: me.device,
            life: self.place.life,
        };
        let vetted = self.held.get(&id).map(|held| held.vetted().clone());
        let mut document = vetted.unwrap_or_else(|| Document::new(id));
        for mut outgoing in waiting {
            let mut next = document.clone();
            let written =
                outgoing
                    .intent
                    .write(&mut next, author, &member, outgoing.record, outgoing.time);
            match written {
                Ok(change) => {
                    document = next;
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
        let pending = self.outbox.iter().any(|o| o.intent.document() == id);
        self.hold(id).set_working(pending.then_some(document));
        self.read(id);
    }

    /// The document, to change it; its beginning when it is not here yet.
    pub(super) fn hold(&mut self, id: DocumentId) -> &mut Held {
        Arc::make_mut(
            self.held
                .entry(id)
                .or_insert_with(|| Arc::new(Held::new(id))),
        )
    }

    fn read(&mut self, id: DocumentId) {
        if let Some(held) = self.held.get(&id) {
            self.book.read(held.document());
        }
    }

    pub(super) fn waiting_for(&self, id: DocumentId) -> Vec<Outgoing> {
        self.outbox
            .iter()
            .filter(|o| o.intent.document() == id)
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
