//! The phone's side of `POST /v1/sync`: what to ask and what to do with the reply.

use super::{Phone, phone::Outgoing};
use crate::platform::store::Batch;
use automerge::{Change, ChangeHash};
use kith_shared::{
    bytes::Array,
    documents::{Author, DocumentId},
    ids::RecordId,
    limits,
    policy::Refusal,
    sync::{
        Cursor, Digest, Given, Hash, Heal, Level, News, Outcome, Push, Receipt, TeamReply,
        TeamRequest,
    },
    time::Moment,
};
use std::collections::{BTreeMap, BTreeSet};

/// Whether this phone is helping a relay that lost something. While it is, receipts without a
/// confirmed place say so in the store as well, so a phone that crashes goes on with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Healing {
    /// No.
    #[default]
    No,
    /// The relay's journal is not the one that I know: say what I have.
    Tell {
        /// How many changes the relay lacked when I last gave it some.
        lacked: Option<usize>,
    },
    /// The relay asked for these.
    Give(Vec<Array<8>>),
}

/// A request on its way, and what it was made from.
#[derive(Debug, Clone)]
pub struct InFlight {
    /// What to send.
    pub request: TeamRequest,
    /// The record that each pushed change carries, in the order of the request.
    pushed: Vec<(DocumentId, RecordId, ChangeHash)>,
    cursor: Option<Cursor>,
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

/// How many changes go back to a relay in one request, beside those that wait.
const GIVE: usize = limits::CHANGES_PER_PUSH / 2;

/// About how many bytes of waiting changes go into one request; the rest follows in the next.
const PUSH_BYTES: usize = limits::INFLATED_BYTES / 4;

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
            cursor,
            digest: self
                .held
                .values()
                .flat_map(|held| held.accepted_up_to(up_to))
                .collect::<Digest>(),
            push,
            unseen: unseen.take(limits::UNSEEN_PER_REQUEST).collect(),
            limit: u32::try_from(limits::REPLY_BYTES).unwrap_or(u32::MAX),
            heal: self.heal(),
        };
        Some(InFlight {
            request,
            pushed,
            cursor,
        })
    }

    fn waiting(&self) -> (Vec<Push>, Vec<(DocumentId, RecordId, ChangeHash)>) {
        let mut by_document: BTreeMap<DocumentId, Vec<&Outgoing>> = BTreeMap::new();
        let mut bytes = 0;
        for outgoing in self.outbox.iter().take(limits::CHANGES_PER_PUSH - GIVE) {
            bytes += outgoing.change.0.len();
            if bytes > PUSH_BYTES {
                break;
            }
            by_document
                .entry(outgoing.intent.document())
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

    fn heal(&self) -> Option<Heal> {
        match &self.healing {
            Healing::No => None,
            Healing::Tell { .. } => {
                let have = self
                    .held
                    .values()
                    .flat_map(|h| h.accepted().map(short))
                    .collect();
                Some(Heal {
                    have,
                    give: Vec::new(),
                })
            }
            Healing::Give(wanted) => {
                let wanted: BTreeSet<_> = wanted.iter().collect();
                let (mut give, mut bytes) = (Vec::new(), 0);
                for (document, held) in &self.held {
                    // In the order of the document, so that each follows what it depends on.
                    for change in held.vetted().changes() {
                        bytes += change.raw_bytes().len();
                        let room = bytes <= PUSH_BYTES && give.len() < GIVE;
                        if wanted.contains(&short(&change.hash()))
                            && room
                            && let Some(entry) = held.entry(&change.hash())
                        {
                            give.push(Given {
                                document: *document,
                                entry,
                            });
                        }
                    }
                }
                Some(Heal {
                    have: Vec::new(),
                    give,
                })
            }
        }
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
        self.place.skew = relay_clock - device_clock;
        self.place.heard = Some(relay_clock);
        let (mut again, mut acknowledge, mut not_ours) = (false, false, false);
        match reply {
            TeamReply::NotYours => not_ours = true,
            TeamReply::Diverged => {
                self.start_healing(&mut batch);
                again = true;
            }
            TeamReply::Level(level) if self.place.cursor == sent.cursor => {
                let news = level.news.iter().any(|n| !n.entries.is_empty());
                again = self.level(sent, level, &mut batch);
                acknowledge = news;
            }
            // Another tab was faster; ask again from where it left us.
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

    /// Goes on with what a crash interrupted.
    pub(super) fn heal_on(&mut self) {
        self.place.cursor = None;
        self.healing = Healing::Tell { lacked: None };
    }

    fn start_healing(&mut self, batch: &mut Batch) {
        self.heal_on();
        let ids: Vec<_> = self.held.keys().copied().collect();
        for id in ids {
            self.hold(id).doubt();
            self.put_held(id, batch);
        }
    }

    fn level(&mut self, sent: &InFlight, level: &Level, batch: &mut Batch) -> bool {
        let mut again = level.more;
        // What is accepted, by document: news, and my own changes that the reply names.
        let mut accepted: BTreeMap<DocumentId, Vec<(Change, Receipt)>> = BTreeMap::new();
        for News { document, entries } in &level.news {
            let changes = accepted.entry(*document).or_default();
            for entry in entries {
                if let Ok(change) = Change::from_bytes(entry.change.0.clone()) {
                    changes.push((change, entry.receipt.clone()));
                }
            }
        }
        let mut unfit = BTreeSet::new();
        let mut lost = false;
        for ((document, record, hash), outcome) in sent.pushed.iter().zip(&level.outcomes) {
            match outcome {
                Outcome::Accepted(receipt) | Outcome::Duplicate(receipt) => {
                    if let Some(outgoing) = self.settle(*record, batch)
                        && let Ok(change) = Change::from_bytes(outgoing.change.0)
                        && change.hash() == *hash
                    {
                        accepted
                            .entry(*document)
                            .or_default()
                            .push((change, receipt.clone()));
                        self.unseen.insert(*record, (*document, *hash));
                    }
                }
                Outcome::Refused {
                    code: Refusal::SequenceTaken,
                    ..
                } => {
                    unfit.insert(*document);
                }
                Outcome::Refused { code, quarantine } => {
                    unfit.insert(*document);
                    if let Some(outgoing) = self.settle(*record, batch) {
                        self.put_aside(outgoing, *code, *quarantine, batch);
                    }
                }
                Outcome::Need(hashes) => {
                    let held = self.held.get(document);
                    let mine = |h: &Hash| held.is_some_and(|d| d.vetted().has(&ChangeHash(h.0)));
                    if hashes.iter().any(mine) {
                        // It lacks what it once accepted: that goes back first.
                        lost = true;
                    } else {
                        // My change stands on one that was refused.
                        unfit.insert(*document);
                    }
                }
            }
        }
        let touched: BTreeSet<_> = accepted
            .keys()
            .copied()
            .chain(unfit.iter().copied())
            .collect();
        for (id, changes) in accepted {
            again |= self.take(id, changes, batch);
        }
        for id in &unfit {
            self.write_again(*id, self.waiting_for(*id), batch);
        }
        for id in touched.difference(&unfit) {
            self.replay(*id, batch);
        }
        again |= !unfit.is_empty() || self.outbox.len() > sent.pushed.len();
        self.seen(&level.seen);
        self.put_unseen(batch);
        self.place.cursor = Some(level.cursor);
        match std::mem::take(&mut self.healing) {
            Healing::No if lost => self.start_healing(batch),
            Healing::No => {}
            Healing::Give(wanted) => {
                self.healing = Healing::Tell {
                    lacked: Some(wanted.len()),
                }
            }
            Healing::Tell { lacked } => {
                let less = lacked.is_none_or(|before| level.want.len() < before);
                if !level.want.is_empty() && less {
                    self.healing = Healing::Give(level.want.clone());
                } else if level.more {
                    self.healing = Healing::Tell { lacked };
                } else {
                    self.healed(batch);
                }
            }
        }
        again | (self.healing != Healing::No)
    }

    /// The relay has all that it could take back. What it has no place for was forked off by a
    /// past that came back from a backup; the relay has written its records anew, and the changes
    /// that carried them go.
    fn healed(&mut self, batch: &mut Batch) {
        let forked: Vec<_> = self
            .held
            .iter()
            .filter(|(_, h)| h.is_doubted())
            .map(|(id, _)| *id)
            .collect();
        for id in forked {
            self.hold(id).drop_doubted();
            self.put_held(id, batch);
            self.replay(id, batch);
        }
    }

    /// Takes accepted changes into a document. Mine among them leave the outbox: their receipt
    /// came by another way than the reply to their push.
    fn take(&mut self, id: DocumentId, changes: Vec<(Change, Receipt)>, batch: &mut Batch) -> bool {
        let hashes: BTreeSet<_> = changes.iter().map(|(change, _)| change.hash()).collect();
        let settled: Vec<_> = self
            .outbox
            .iter()
            .filter(|o| o.intent.document() == id)
            .filter_map(|o| {
                let hash = Change::from_bytes(o.change.0.clone()).ok()?.hash();
                hashes.contains(&hash).then_some((o.record, hash))
            })
            .collect();
        for (record, hash) in settled {
            self.settle(record, batch);
            self.unseen.insert(record, (id, hash));
        }
        if let Some(me) = &self.me {
            // A later life of this very device: this store came back from a backup.
            let lives = changes.iter().filter_map(|(c, _)| Author::of(c.actor_id()));
            let latest = lives
                .filter(|a| a.device == me.device)
                .map(|a| a.life)
                .max();
            self.place.life = self.place.life.max(latest.unwrap_or(0));
        }
        let failed = self.hold(id).take(changes).is_err();
        self.put_held(id, batch);
        failed
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

fn short(hash: &ChangeHash) -> Array<8> {
    let mut eight = [0; 8];
    eight.copy_from_slice(&hash.0[..8]);
    Array(eight)
}
