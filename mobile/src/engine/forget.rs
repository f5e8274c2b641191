//! What does not belong on this phone any more: documents that its member may not read, or all of
//! it, when the phone is lost or its member has left the team.

use super::{Phone, book::Book, heal::Healing, phone::Gone, sync::InFlight};
use crate::platform::store::Batch;
use kith_shared::{documents::DocumentId, policy::Refusal, sync::Outcome, time::Moment};
use std::collections::BTreeSet;

impl Phone {
    /// Documents that this member may not read any more go, in the same batch as what is new. What
    /// waits for them is put aside: the relay would not take it.
    pub(super) fn forget(&mut self, documents: &[DocumentId], batch: &mut Batch) {
        // All parts go, one of mine that the relay has not heard of as well.
        let gone: BTreeSet<_> = documents.iter().map(|id| id.whole()).collect();
        let held = self.held.keys().copied();
        let known: Vec<_> = held.filter(|id| gone.contains(&id.whole())).collect();
        if known.is_empty() {
            return;
        }
        for id in known {
            for outgoing in self.waiting_for(id) {
                self.settle(outgoing.record, batch);
                self.put_aside(outgoing, Refusal::NotYourRole, None, batch);
            }
            self.held.remove(&id);
            Self::remove_held(id, batch);
            self.unseen.retain(|_, (document, _)| *document != id);
        }
        self.put_unseen(batch);
        self.read_all();
    }

    /// This phone does not belong to the team any more. What it shows goes at once; who it is, when
    /// all that waits has been handed in. Whether there is more to hand in.
    pub(super) fn wipe(
        &mut self,
        sent: &InFlight,
        outcomes: &[Outcome],
        now: Moment,
        batch: &mut Batch,
    ) -> bool {
        let Some(me) = &self.me else { return false };
        let mut gone = self.gone.take().unwrap_or_else(|| Gone {
            team: me.joined.team_name.clone(),
            handed_in: 0,
            at: now,
        });
        for (record, outcome) in sent.records().zip(outcomes) {
            let kept = matches!(
                outcome,
                Outcome::Refused {
                    quarantine: Some(_),
                    ..
                }
            );
            if self.settle(record, batch).is_some() && kept {
                gone.handed_in += 1;
            }
        }
        for id in self.held.keys() {
            Self::remove_held(*id, batch);
        }
        for name in std::mem::take(&mut self.unread) {
            batch.remove(name);
        }
        for record in std::mem::take(&mut self.aside).into_keys() {
            Self::remove_aside(record, batch);
        }
        for visit in std::mem::take(&mut self.drafts).into_keys() {
            Self::remove_draft(visit, batch);
        }
        self.held.clear();
        self.unseen.clear();
        self.put_unseen(batch);
        self.book = Book::default();
        self.healing = Healing::No;
        self.place = super::phone::Place {
            life: self.place.life,
            skew: self.place.skew,
            heard: self.place.heard,
            ..Default::default()
        };
        // What cannot be sent waits for nothing.
        let more = !self.waiting().1.is_empty();
        if !more {
            for outgoing in std::mem::take(&mut self.outbox) {
                Self::remove_outgoing(outgoing.record, batch);
            }
            self.me = None;
            Self::remove_me(batch);
            self.settings
                .retain(|name, _| STAYS.contains(&name.as_str()));
            self.put_settings(batch);
        }
        self.gone = Some(gone);
        self.put_gone(batch);
        more
    }

    /// Who had this phone has read that it does not belong to the team any more.
    pub fn let_go_of_team(&mut self) -> Batch {
        self.gone = None;
        let mut batch = self.batch();
        self.put_gone(&mut batch);
        self.done(batch)
    }
}

/// Settings that say nothing of the team: how this phone speaks and looks.
pub(super) const STAYS: [&str; 2] = ["language", "theme"];
