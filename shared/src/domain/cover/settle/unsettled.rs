//! Which shifts may have something to settle: most have nothing, and are not looked at.

use super::super::{Board, Claim, News, Plan, ShiftRef, ShiftState, judge::REACH};
use crate::{
    ids::PersonId,
    time::{Moment, Span},
};
use std::collections::BTreeSet;

impl ShiftState {
    /// Its own records leave nothing to decide, now or later: its plan counts and is filled, what is
    /// asked was told, and no claim waits for anything. Who holds it may still hold too much.
    pub(in super::super) fn rests(&self) -> bool {
        let told = |about, news: fn(News) -> bool| self.was_told(about, news);
        let plan = match self.plan {
            Plan::Draft => true,
            Plan::Published => {
                let moved = self.current != self.planned.0;
                let mut asks = self.asks.iter().filter(|a| !a.withdrawn && !a.closed);
                self.missing() == 0
                    && self.follows == self.planned.0
                    && (!moved || told(self.current, |news| news == News::Changed))
                    && asks.all(|ask| told(ask.id, News::asks))
            }
            Plan::Cancelled { .. } => false,
        };
        plan && !self.claims.iter().any(Claim::is_live)
    }
}

impl Board {
    /// The shifts about which there may be something to decide; about no other there is.
    pub(super) fn unsettled(&self, now: Moment) -> BTreeSet<ShiftRef> {
        self.restless().chain(self.doubtful(now)).collect()
    }

    /// Shifts of which a holder may be none: not welcome, or due elsewhere at the same time.
    fn doubtful(&self, now: Moment) -> Vec<ShiftRef> {
        let mut doubtful = Vec::new();
        let travel = self.roster.travel.values().max();
        let travel = travel.map_or(Span::default(), |minutes| Span::minutes((*minutes).into()));
        for (pa, held) in self.held_since(now - REACH) {
            let member = self.roster.members.get(&pa);
            let no_pa = member.is_some_and(|m| !m.works());
            let bar = self.profiles.iter().filter(|(_, p)| p.bars(pa));
            let bar: Vec<PersonId> = bar.map(|(person, _)| *person).collect();
            for (n, (_, end, at)) in held.iter().enumerate() {
                if no_pa || bar.contains(&at.person) {
                    doubtful.push(*at);
                }
                let later = held[n + 1..].iter();
                for (.., other) in later.take_while(|(start, ..)| *start < *end + travel) {
                    doubtful.extend([*at, *other]);
                }
            }
        }
        doubtful
    }
}
