//! The phone's side of `POST /v1/sync`: what to ask and what to do with the reply.

use super::{
    Phone,
    heal::{GIVE, Healing},
    phone::Outgoing,
};
use crate::platform::store::Batch;
use automerge::{Change, ChangeHash};
use kith_shared::{
    bytes::Bytes,
    documents::{Author, DocumentId},
    ids::{DeviceId, RecordId},
    limits,
    policy::Refusal,
    sync::{Cursor, Digest, Hash, Level, News, Outcome, Push, Receipt, TeamReply, TeamRequest},
    time::Moment,
};
use std::collections::{BTreeMap, BTreeSet};

/// A request on its way, and what it was made from.
#[derive(Debug, Clone)]
pub struct InFlight {
    /// What to send.
    pub request: TeamRequest,
    /// The record that each pushed change carries, in the order of the request.
    pushed: Vec<(DocumentId, RecordId, ChangeHash)>,
    device: DeviceId,
    cursor: Option<Cursor>,
    healing: Healing,
    taken: u64,
}

impl InFlight {
    /// The record that each pushed change carries, in the order of the request.
    pub(super) fn records(&self) -> impl Iterator<Item = RecordId> {
        self.pushed.iter().map(|(_, record, _)| *record)
    }
}

/// What became of acts that were not accepted.
#[derive(Debug, Default)]
struct NotAccepted {
    /// Documents of which what waits must be written again, and into which.
    unfit: BTreeMap<DocumentId, DocumentId>,
    /// The relay lacks what it once accepted.
    lost: bool,
}

impl NotAccepted {
    /// What waits for this document must be written again, there if it was not moved on.
    fn unfit(&mut self, document: DocumentId) {
        self.unfit.entry(document).or_insert(document);
    }
}

/// What a reply came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// To store in one transaction.
    pub batch: Batch,
    /// Ask again at once: there is more, or something to write again or to hand back.
    pub again: bool,
    /// Ask again in a while, so that others learn that I have what they sent.
    pub acknowledge: bool,
    /// The relay says that this device does not belong to the team.
    pub not_ours: bool,
}

/// About how many bytes of waiting changes go into one request; the rest follows in the next.
pub(super) const PUSH_BYTES: usize = limits::INFLATED_BYTES / 4;

impl Phone {
    /// The request to make now. `None` before this phone has joined.
    pub fn request(&self) -> Option<InFlight> {
        let me = self.me.as_ref()?;
        let cursor = self.place.cursor;
        let (push, pushed) = self.waiting();
        let unseen = self.unseen.values().filter_map(|(document, hash)| {
            Some(self.held.get(document)?.receipt_of(hash)?.seq).filter(|seq| *seq > 0)
        });
        let up_to = cursor.map_or(0, |c| c.seq);
        let request = TeamRequest {
            team: me.joined.team,
            cursor: cursor.map(Into::into),
            digest: self
                .held
                .values()
                .flat_map(|held| held.accepted_up_to(up_to))
                .collect::<Digest>(),
            push,
            unseen: unseen.take(limits::UNSEEN_PER_REQUEST).collect(),
            limit: u32::try_from(limits::REPLY_BYTES).unwrap_or(u32::MAX),
            heal: self.heal(),
            aside: (self.aside.values())
                .filter(|aside| aside.end.is_none())
                .map(|aside| aside.record)
                .take(limits::QUARANTINE_PER_MEMBER)
                .collect(),
        };
        Some(InFlight {
            request,
            pushed,
            device: me.device,
            cursor,
            healing: self.healing.clone(),
            taken: self.place.taken,
        })
    }

    /// Whether something waits that this request did not carry.
    fn waits_beyond(&self, sent: &InFlight) -> bool {
        let carried: BTreeSet<_> = sent.pushed.iter().map(|(_, record, _)| *record).collect();
        self.outbox.iter().any(|o| !carried.contains(&o.record))
    }

    pub(super) fn waiting(&self) -> (Vec<Push>, Vec<(DocumentId, RecordId, ChangeHash)>) {
        let mut by_document: BTreeMap<DocumentId, Vec<&Outgoing>> = BTreeMap::new();
        let mut bytes = 0;
        for outgoing in self.outbox.iter().take(limits::CHANGES_PER_PUSH - GIVE) {
            bytes += outgoing.change.0.len();
            if bytes > PUSH_BYTES {
                break;
            }
            by_document
                .entry(outgoing.document())
                .or_default()
                .push(outgoing);
        }
        let mut pushed = Vec::new();
        let mut push = Vec::new();
        for (document, waiting) in by_document {
            let mut changes = Vec::new();
            for outgoing in waiting {
                if let Ok(change) = Change::from_bytes(outgoing.change.0.clone()) {
                    pushed.push((document, outgoing.record, change.hash()));
                    changes.push(outgoing.change.clone());
                }
            }
            push.push(Push { document, changes });
        }
        (push, pushed)
    }

    /// Takes in the reply to a request. A reply that comes late, twice or out of order does no
    /// harm: what it says of my changes holds for ever, and its news count only if they begin
    /// where this phone stands.
    pub fn receive(
        &mut self,
        sent: &InFlight,
        reply: &TeamReply,
        relay_clock: Moment,
        device_clock: Moment,
    ) -> Progress {
        let mut batch = self.batch();
        if self.me.as_ref().is_none_or(|me| me.device != sent.device) {
            // It was made by who this phone was before it was wiped.
            return Progress {
                batch: self.done(batch),
                again: false,
                acknowledge: false,
                not_ours: false,
            };
        }
        self.place.skew = relay_clock - device_clock;
        self.place.heard = Some(relay_clock);
        let (mut again, mut acknowledge, mut not_ours) = (false, false, false);
        match reply {
            TeamReply::NotYours => not_ours = true,
            TeamReply::Forget { outcomes } => {
                again = self.wipe(sent, outcomes, relay_clock, &mut batch);
                not_ours = !again;
            }
            TeamReply::Diverged { known } => {
                if !known && sent.cursor.is_some() && sent.cursor == self.place.cursor {
                    self.doubt_the_past(relay_clock);
                }
                self.place.taken += 1;
                self.start_healing(&mut batch);
                again = true;
            }
            TeamReply::Level(level) if self.stands_as_in(sent) => {
                self.place.taken += 1;
                let news = level.news.iter().any(|n| !n.entries.is_empty());
                again = self.level(sent, level, &mut batch);
                again |= self.prove(sent, level, relay_clock, &mut batch);
                acknowledge = news;
            }
            // This phone has moved on since it asked: another tab was faster, or the reply is from
            // before the relay lost something. Ask again from where we stand.
            TeamReply::Level(_) => again = true,
        }
        self.put_place(&mut batch);
        Progress {
            batch: self.done(batch),
            again,
            acknowledge,
            not_ours,
        }
    }

    /// A place and a stage of healing can come again, so they are not all that is compared.
    fn stands_as_in(&self, sent: &InFlight) -> bool {
        (self.place.cursor, self.place.taken) == (sent.cursor, sent.taken)
            && self.healing == sent.healing
    }

    fn level(&mut self, sent: &InFlight, level: &Level, batch: &mut Batch) -> bool {
        let accepted = self.accepted(sent, level);
        let mut touched: BTreeSet<_> = accepted.keys().copied().collect();
        let mut fits = true;
        for (id, changes) in accepted {
            fits &= self.take(id, changes, batch);
        }
        if !fits {
            // It stands on a past that I do not know, or has other changes in the places of mine.
            // My own acts stay where they are until that is settled.
            self.heal_apart(level, batch);
            return true;
        }
        // First what came in some other way than as the answer to its push.
        for id in &touched {
            self.settle_accepted(*id, batch);
        }
        let verdict = self.judged(sent, level, batch);
        touched.retain(|id| !verdict.unfit.contains_key(id));
        for id in touched {
            self.replay(id, batch);
        }
        for (from, to) in &verdict.unfit {
            self.write_again(*from, *to, batch);
        }
        self.seen(&level.seen);
        self.put_unseen(batch);
        self.forget(&level.forget, batch);
        self.settled(&level.to_you.settled, batch);
        self.look(level.to_you.look);
        self.place.cursor = Some(level.cursor);
        self.heal_further(level, verdict.lost, batch);
        // What the relay did not look at is more than it takes in for now: in a while it takes more.
        self.held_back = level.outcomes.len() < sent.pushed.len();
        level.more
            || !verdict.unfit.is_empty()
            || !self.held_back && self.waits_beyond(sent)
            || self.healing != Healing::No
    }

    /// What the reply says is accepted, by document: its news, and my own changes that it names.
    fn accepted(
        &self,
        sent: &InFlight,
        level: &Level,
    ) -> BTreeMap<DocumentId, Vec<(Change, Receipt)>> {
        let mut accepted: BTreeMap<DocumentId, Vec<(Change, Receipt)>> = BTreeMap::new();
        let mut add = |document: DocumentId, bytes: &Bytes, receipt: &Receipt| {
            if let Ok(change) = Change::from_bytes(bytes.0.clone()) {
                accepted
                    .entry(document)
                    .or_default()
                    .push((change, receipt.clone()));
            }
        };
        for News { document, entries } in &level.news {
            for entry in entries {
                add(*document, &entry.change, &entry.receipt);
            }
        }
        for ((document, record, hash), outcome) in sent.pushed.iter().zip(&level.outcomes) {
            if let Outcome::Accepted(receipt) | Outcome::Duplicate(receipt) = outcome
                && let Some(outgoing) = self.outbox.iter().find(|o| o.record == *record)
                && outgoing.hash() == Some(*hash)
            {
                add(*document, &outgoing.change, receipt);
            }
        }
        accepted
    }

    /// What the reply says is not accepted.
    fn judged(&mut self, sent: &InFlight, level: &Level, batch: &mut Batch) -> NotAccepted {
        let mut verdict = NotAccepted::default();
        for ((document, record, _), outcome) in sent.pushed.iter().zip(&level.outcomes) {
            match outcome {
                Outcome::Accepted(_) | Outcome::Duplicate(_) => {}
                Outcome::Refused {
                    code: Refusal::SequenceTaken,
                    ..
                } => verdict.unfit(*document),
                Outcome::Refused {
                    code: Refusal::Full,
                    ..
                } if let Some(next) = self.part_after(*document) => {
                    verdict.unfit.insert(*document, next);
                }
                Outcome::Refused {
                    code: Refusal::NotBegun,
                    ..
                } => {
                    // Where the relay lost what came before, it waits until it is given back.
                    let room = self.part_with_room(*document);
                    if room != *document {
                        verdict.unfit.insert(*document, room);
                    }
                }
                Outcome::Refused { code, quarantine } => {
                    verdict.unfit(*document);
                    if let Some(outgoing) = self.settle(*record, batch) {
                        self.put_aside(outgoing, *code, *quarantine, batch);
                    }
                }
                Outcome::Need(hashes) => {
                    let held = self.held.get(document);
                    let mine = |h: &Hash| held.is_some_and(|d| d.vetted().has(&ChangeHash(h.0)));
                    if hashes.iter().any(mine) {
                        // It lacks what it once accepted: that goes back first.
                        verdict.lost = true;
                    } else {
                        // My change stands on one that was refused.
                        verdict.unfit(*document);
                    }
                }
            }
        }
        verdict
    }

    /// Acts whose records are accepted leave the outbox, by whatever way word of it came.
    fn settle_accepted(&mut self, id: DocumentId, batch: &mut Batch) {
        let Some(held) = self.held.get(&id) else {
            return;
        };
        let of_record = |o: &Outgoing| Some((o.record, held.vetted().change_of(o.record)?));
        let waiting = self.outbox.iter().filter(|o| o.document() == id);
        let settled: Vec<_> = waiting.filter_map(of_record).collect();
        for (record, hash) in settled {
            self.settle(record, batch);
            self.unseen.insert(record, (id, hash));
        }
    }

    /// Takes accepted changes into a document. Whether they fit on it.
    fn take(&mut self, id: DocumentId, changes: Vec<(Change, Receipt)>, batch: &mut Batch) -> bool {
        if let Some(me) = &self.me {
            // A later life of this very device: this store came back from a backup.
            let lives = changes.iter().filter_map(|(c, _)| Author::of(c.actor_id()));
            let latest = lives
                .filter(|a| a.device == me.device)
                .map(|a| a.life)
                .max();
            self.place.life = self.place.life.max(latest.unwrap_or(0));
        }
        let fits = self.hold(id).take(changes).is_ok();
        self.put_held(id, batch);
        fits
    }

    fn seen(&mut self, seqs: &[u64]) {
        let seqs: BTreeSet<_> = seqs.iter().collect();
        let held = &self.held;
        self.unseen.retain(|_, (document, hash)| {
            let seq = held
                .get(document)
                .and_then(|h| h.receipt_of(hash))
                .map(|r| r.seq);
            seq.is_none_or(|seq| !seqs.contains(&seq))
        });
    }
}
