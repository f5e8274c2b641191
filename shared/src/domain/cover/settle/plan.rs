//! Whom the plan names, and what that is worth.

use super::{
    super::{ClaimState, News, Outcome, Plan, ShiftState, Tenure, Why, judge::overlaps},
    Decision, Here,
};
use crate::{
    documents::rota::{Holder, RotaRecord},
    domain::team::Role,
    ids::MemberId,
};

impl Here<'_> {
    /// The people whom the plan names become holders, and who cannot hold it does not.
    pub(super) fn plan(&self) -> Option<Decision> {
        let state = self.state;
        if let Plan::Cancelled { .. } = state.plan {
            return self.cancelled();
        }
        if !state.is_on() {
            return None;
        }
        let follows = state.follows == state.planned.0;
        let wanted: Vec<Tenure> = if follows {
            state.holders.clone()
        } else {
            let new = |pa: MemberId| Tenure {
                since: state.planned.0,
                pa,
            };
            let planned = state.planned.1.iter().copied();
            let planned = planned.filter(|pa| !self.has_left(*pa));
            let tenure = |pa| state.tenure(pa).unwrap_or(new(pa));
            planned.map(tenure).collect()
        };
        // A veto ends a holding for good: taking it back makes nobody responsible again.
        let vetoed = state.vetoed.iter();
        let mut vetoed = vetoed.filter(|(_, veto)| state.openings.contains(veto));
        let mut why = vetoed.next().map(|(pa, _)| Why::NotWanted { pa: *pa });
        let sent_away = match why {
            Some(Why::NotWanted { pa }) => Some(pa),
            _ => None,
        };
        let mut holders = Vec::new();
        for tenure in &wanted {
            match self.hinders(*tenure) {
                Some(hindrance) => why = Some(hindrance),
                None => holders.push(Holder {
                    pa: tenure.pa,
                    since: (state.tenure(tenure.pa).is_some()).then_some(tenure.since),
                }),
            }
        }
        if follows && why.is_none() {
            return self.moved();
        }
        let word = self.word(holders, why.unwrap_or(Why::Plan));
        let named = state.holders.iter().chain(&wanted).map(|t| t.pa);
        let named = named.chain(state.planned.1.iter().copied());
        let to = named.chain(sent_away).chain(self.planners());
        let mut records = vec![(self.at.rota(), word)];
        records.extend(self.tell(News::Changed, to, Some(state.current)));
        Some(Decision(records))
    }

    pub(super) fn word(&self, holders: Vec<Holder>, why: Why) -> RotaRecord {
        RotaRecord::Word {
            shift: self.at.shift,
            plan: self.state.planned.0,
            holders,
            why,
        }
    }

    /// Their last word is that they cannot come: whoever plans may not know it, so only they
    /// themselves can take the shift again.
    fn has_left(&self, pa: MemberId) -> bool {
        let state = self.state;
        let gone = state.gone.iter().filter(|(tenure, _)| tenure.pa == pa);
        let taken = state.claims.iter().filter(|claim| {
            claim.by == pa && matches!(claim.state, ClaimState::Answered(Outcome::Granted { .. }))
        });
        state.tenure(pa).is_none() && gone.map(|(_, said)| *said).max() > taken.map(|c| c.id).max()
    }

    /// Why this holder cannot hold the shift. Of two shifts that overlap, the one held first stays.
    fn hinders(&self, tenure: Tenure) -> Option<Why> {
        let pa = tenure.pa;
        if self.state.vetoed.contains_key(&pa) {
            return Some(Why::NotWanted { pa });
        }
        let member = self.board.roster.members.get(&pa);
        if member.is_some_and(|m| m.left.is_some()) {
            return Some(Why::Left { pa });
        }
        if self.started() {
            return None;
        }
        let profile = self.board.profiles.get(&self.at.person);
        if member.is_some_and(|m| m.role != Role::Pa) || profile.is_some_and(|p| p.bars(pa)) {
            return Some(Why::NotWanted { pa });
        }
        let new = self.state.tenure(pa).is_none();
        // A plan that takes it from them is decided next.
        let keeps =
            |other: &ShiftState| other.follows == other.planned.0 || other.planned.1.contains(&pa);
        let (with, _) =
            overlaps(self.board, self.at, &self.state.shift, pa).find(|(with, other)| {
                let theirs = other.tenure(pa).map(|t| (t.since, *with));
                let first = theirs < Some((tenure.since, self.at));
                keeps(other) && (new || other.shift.start <= self.now || first)
            })?;
        Some(Why::DoubleBooked { pa, with })
    }

    /// Only the times changed: who holds it, or would, is told.
    fn moved(&self) -> Option<Decision> {
        let state = self.state;
        let current = state.current;
        if current == state.planned.0
            || state.shift.end <= self.now
            || self.was_told(current, |news| news == News::Changed)
        {
            return None;
        }
        let claims = state.claims.iter().filter(|c| c.is_live()).map(|c| c.by);
        let to = (state.holders.iter().map(|t| t.pa))
            .chain(state.shift.shadows.iter().copied())
            .chain(claims)
            .chain(self.speakers());
        Some(Decision(self.tell(News::Changed, to, Some(current))))
    }

    fn cancelled(&self) -> Option<Decision> {
        let state = self.state;
        let mut story = state.story.iter();
        let cancel = story
            .find(|r| matches!(r.body, RotaRecord::Cancelled { .. }))?
            .id;
        let mut story = state.story.iter();
        let was_on = story.any(|r| matches!(r.body, RotaRecord::Published { .. }));
        if !was_on
            || state.shift.end <= self.now
            || self.was_told(cancel, |news| news == News::Cancelled)
        {
            return None;
        }
        let named = state.word.iter().flat_map(|w| &w.holders).map(|t| t.pa);
        let concerned = (named.chain(state.planned.1.iter().copied()))
            .chain(state.claims.iter().map(|c| c.by))
            .chain(self.asked())
            .chain(self.speakers());
        Some(Decision(self.tell(
            News::Cancelled,
            concerned,
            Some(cancel),
        )))
    }
}
