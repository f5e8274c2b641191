//! Who is asked, and in which order.

use super::{
    super::{AskKind, Block, Cover, News, STANDBY_PATIENCE},
    Decision, Here,
    claims::not_possible,
    part,
};
use crate::{documents::rota::RotaRecord, ids::MemberId};
use std::collections::BTreeSet;

impl Here<'_> {
    /// What a member asks or offers is told to those for whom it is.
    pub(super) fn asks(&self) -> Option<Decision> {
        let state = self.state;
        if !state.is_on() {
            return None;
        }
        let mut asks = state.asks.iter().filter(|a| !a.withdrawn && !a.closed);
        asks.find_map(|ask| {
            let (too_late, block) = match ask.kind {
                AskKind::Handover(_) => (state.shift.end, Block::Over),
                AskKind::Cover(_) | AskKind::Offer(_) => (state.shift.start, Block::Started),
            };
            if self.was_told(ask.id, News::asks) {
                return None;
            }
            if too_late <= self.now {
                return Some(self.answer(ask.id, not_possible(block)));
            }
            if !ask.is_open(self.now) {
                return None;
            }
            self.place_of(ask)?;
            let these = |pas: &[MemberId], instead| {
                let pas = pas.iter().copied();
                pas.filter(|pa| self.can(*pa, instead)).collect::<Vec<_>>()
            };
            let (news, mut to) = match &ask.kind {
                AskKind::Offer(to) => (News::Offered, these(&[*to], None)),
                AskKind::Handover(Some(to)) => (News::HandOver, these(&[*to], None)),
                AskKind::Handover(None) => (News::HandOver, self.who_could(ask.by)),
                AskKind::Cover(Cover::Swap { pa, with }) => {
                    (News::Asked, these(&[*pa], Some(*with)))
                }
                AskKind::Cover(Cover::These { pas }) => (News::Asked, these(pas, None)),
                AskKind::Cover(Cover::Anyone) => (News::Asked, self.who_could(ask.by)),
            };
            if to.is_empty() {
                // Nobody could: who plans has to know.
                to = self.planners().collect();
            }
            Some(Decision(self.tell(news, to, Some(ask.id))))
        })
    }

    /// There is a place to take: who waits in line is asked again, one after the other. Time has
    /// passed, so nobody is made responsible without being asked.
    pub(super) fn line(&self) -> Option<Decision> {
        let state = self.state;
        if self.started() || !state.is_on() {
            return None;
        }
        let next = state.standbys().find(|claim| {
            self.offers_since(claim).next().is_none()
                && self.place(claim).is_ok()
                && self.can(claim.by, None)
        })?;
        // Most of the time that is left is left for asking everyone.
        let left = state.shift.start - self.now;
        let patience = STANDBY_PATIENCE.min(part(left, 4));
        Some(self.one(RotaRecord::Offer {
            shift: self.at.shift,
            to: next.by,
            until: self.now + patience,
        }))
    }

    /// Places that nobody has: everyone who could come is told, once the relay has asked those in
    /// line. It waits for nobody else: neither the person's yes nor a colleague's is sure.
    pub(super) fn openings(&self) -> Option<Decision> {
        let state = self.state;
        if state.shift.end <= self.now {
            return None;
        }
        let opening = *state
            .openings
            .iter()
            .find(|opening| !self.was_told(**opening, |news| news == News::Open))?;
        let members = &self.board.roster.members;
        let mut line = state.asks.iter().filter(|a| !members.contains_key(&a.by));
        if line.any(|ask| self.keeps_for(ask).is_some()) {
            return None;
        }
        let gone: BTreeSet<_> = state.gone.keys().map(|t| t.pa).collect();
        let to = self
            .pas()
            .filter(|pa| !gone.contains(pa) && self.could(*pa));
        let to = to.chain(self.planners());
        Some(Decision(self.tell(News::Open, to, Some(opening))))
    }
}
