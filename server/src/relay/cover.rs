//! Who is responsible: after each push, and from time to time, what is to be decided is decided and
//! written, the circles are told, and those whom it concerns are woken.

use super::{Dice, Done, circle, fold::Team, scribe::Decided};
use crate::journal::Entry;
use kith_shared::{
    documents::{DocumentId, DocumentKind, rota::RotaRecord},
    domain::cover::{News, ShiftRef, settle, watch},
    ids::{MemberId, RecordId, ShiftId},
    limits,
    time::Moment,
};
use std::collections::{BTreeSet, HashMap};

/// What a push brought.
#[derive(Debug, Default)]
pub(super) struct Arrived<'a> {
    /// The documents that were written to.
    pub(super) documents: BTreeSet<DocumentId>,
    /// The records, in the order in which they came: claims are decided in it.
    pub(super) records: &'a [RecordId],
    /// Who reads in the reply what was decided, and need not be woken for it.
    pub(super) by: Option<MemberId>,
}

impl Team {
    /// What time alone decides: offers run out, claims lapse, a person does not answer, nobody
    /// clocks in. To be called every [`limits::TICK`].
    pub fn tick(&mut self, now: Moment, dice: Dice<'_>) -> Done<()> {
        let entries = self.settle(Arrived::default(), now, dice);
        Done { entries, reply: () }
    }

    /// Decides all that can be decided now.
    pub(super) fn settle(
        &mut self,
        arrived: Arrived<'_>,
        now: Moment,
        dice: Dice<'_>,
    ) -> Vec<Entry> {
        let rotas = arrived.documents.into_iter().map(DocumentId::whole);
        let mut rotas: BTreeSet<_> = rotas.filter(|id| id.kind() == DocumentKind::Rota).collect();
        let places: HashMap<RecordId, u64> = arrived.records.iter().copied().zip(0..).collect();
        // A claim is decided in the push that brings it; what a restored relay took back has lost
        // its place, and comes after it in the order of ids.
        let order = |_, record: RecordId| places.get(&record).copied().unwrap_or(u64::MAX);
        let (mut decided, mut woken) = (Decided::default(), BTreeSet::new());
        for _ in 0..limits::DECISIONS_PER_TURN {
            let seen = |member| self.presence.met(member);
            let decision = settle(&self.board, &order, now);
            let Some(decision) = decision.or_else(|| watch(&self.board, &seen, now)) else {
                break;
            };
            for (document, body) in decision.0 {
                rotas.insert(document);
                woken.extend(self.concerned(document, &body));
                circle::alert(self, &mut decided, document, &body, now, dice);
                if let Some(record) = decided.write(self, document, body, now, dice) {
                    self.board.add(document, &record);
                }
            }
        }
        for rota in rotas {
            woken.extend(circle::rota(self, &mut decided, rota, now, dice));
        }
        self.wake(woken.into_iter().filter(|m| Some(*m) != arrived.by));
        // The board has them.
        decided
            .unread
            .retain(|id, _| id.kind() != DocumentKind::Rota);
        self.enact(decided)
    }

    /// Who is woken for what the relay says.
    fn concerned(&self, rota: DocumentId, body: &RotaRecord) -> Vec<MemberId> {
        match body {
            // For the record: there is nothing to do about it.
            RotaRecord::Told {
                news: News::Late, ..
            } => Vec::new(),
            RotaRecord::Told { to, .. } => to.clone(),
            RotaRecord::Answer { shift, to, .. } => {
                Vec::from_iter(self.claimant(rota, *shift, *to))
            }
            _ => Vec::new(),
        }
    }

    fn claimant(&self, rota: DocumentId, shift: ShiftId, claim: RecordId) -> Option<MemberId> {
        let (person, month) = (rota.person()?, rota.month()?);
        let at = ShiftRef {
            person,
            month,
            shift,
        };
        Some(self.board.state(at)?.claim(claim)?.by)
    }
}
