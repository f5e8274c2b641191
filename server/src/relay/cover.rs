//! Who is responsible: after each push, and from time to time, what is to be decided is decided and
//! written, and the circles are told.

use super::{Dice, Done, circle, fold::Team, scribe::Decided};
use crate::journal::Entry;
use kith_shared::{
    documents::{Document, DocumentId, DocumentKind, rota::RotaRecord},
    domain::cover::settle,
    ids::RecordId,
    limits,
    time::Moment,
};
use std::collections::{BTreeSet, HashMap};

impl Team {
    /// What time alone decides: offers run out, claims lapse, a person does not answer.
    pub fn tick(&mut self, now: Moment, dice: Dice<'_>) -> Done<()> {
        let entries = self.settle([], &[], now, dice);
        Done { entries, reply: () }
    }

    /// Decides all that can be decided now. `changed` are documents that were just written to, and
    /// `arrived` the records that came, in the order in which they came: claims are decided in it.
    pub(super) fn settle(
        &mut self,
        changed: impl IntoIterator<Item = DocumentId>,
        arrived: &[RecordId],
        now: Moment,
        dice: Dice<'_>,
    ) -> Vec<Entry> {
        let mut rotas: BTreeSet<DocumentId> = changed
            .into_iter()
            .filter(|id| id.kind() == DocumentKind::Rota)
            .collect();
        let places: HashMap<RecordId, u64> = arrived.iter().copied().zip(0..).collect();
        // A claim is decided in the push that brings it; what a restored relay took back has lost
        // its place, and comes after it in the order of ids.
        let order = |_, record: RecordId| places.get(&record).copied().unwrap_or(u64::MAX);
        let mut entries = Vec::new();
        for _ in 0..limits::DECISIONS_PER_TURN {
            let Some(decision) = settle(&self.board, &order, now) else {
                break;
            };
            let mut decided = Decided::default();
            for (document, body) in decision.0 {
                rotas.insert(document);
                if let RotaRecord::Told { to, .. } = &body {
                    self.wake(to.iter().copied());
                }
                decided.write(self, document, body, now, dice);
            }
            entries.extend(self.enact(decided));
        }
        let mut decided = Decided::default();
        for rota in rotas {
            circle::rota(self, &mut decided, rota, now, dice);
        }
        entries.extend(self.enact(decided));
        entries
    }

    /// Reads a document that says who works when.
    pub(super) fn read(&mut self, document: &Document) {
        if let DocumentId::Circle(person) = document.id() {
            let circle = kith_shared::documents::circle::circle(document);
            self.circles.insert(person, circle);
        } else {
            self.board.read(document);
        }
    }
}
