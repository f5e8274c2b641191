//! Claims: what each would take, and what becomes of it.

use super::{
    super::{
        Ask, AskKind, Block, Claim, ClaimState, Cover, Fit, News, Outcome, Question, ShiftRef, Why,
        YES_PATIENCE, judge::judge,
    },
    Decision, Here, part,
};
use crate::{
    documents::rota::{Holder, RotaRecord},
    domain::{team::Role, working_time::Warning},
    ids::{MemberId, RecordId},
};

/// What a claim would take.
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum Place {
    /// One that nobody has.
    Free,
    /// That of this holder.
    Of(MemberId),
    /// That of this holder, who is silent.
    Silent(MemberId),
    /// That of this holder, in exchange for the other shift.
    Swap(MemberId, ShiftRef),
}

/// What becomes of a claim on a place that can be taken.
enum Verdict<'a> {
    Answer(Outcome),
    Grant(Vec<Warning>),
    /// The person has not said yes yet: about whom, for which shift.
    Ask(Vec<(Here<'a>, MemberId)>),
}

impl<'a> Here<'a> {
    pub(super) fn answer(&self, to: RecordId, outcome: Outcome) -> Decision {
        let shift = self.at.shift;
        self.one(RotaRecord::Answer { shift, to, outcome })
    }

    /// Claims for which it is too late, or that are not needed any more.
    pub(super) fn lapse(&self) -> Option<Decision> {
        let state = self.state;
        let over = !state.is_on() || state.shift.end <= self.now;
        let taken = self.started() && state.missing() == 0;
        let handover = |claim: &Claim| {
            let ask = claim.answers.and_then(|a| state.ask(a));
            ask.is_some_and(|a| matches!(a.kind, AskKind::Handover(_)))
        };
        let outcome = |claim: &Claim| match &claim.state {
            ClaimState::Asked if over => Some(not_possible(Block::Over)),
            ClaimState::Asked if taken && !handover(claim) && self.heard(claim).is_none() => {
                Some(not_possible(Block::Started))
            }
            ClaimState::Answered(Outcome::Waits | Outcome::Standby)
                if over || state.tenure(claim.by).is_some() =>
            {
                Some(Outcome::Lapsed)
            }
            ClaimState::Answered(Outcome::Waits) if taken => Some(Outcome::Lapsed),
            // Who waits in line is told first when nobody comes.
            ClaimState::Answered(Outcome::Standby) if taken && self.all_came() => {
                Some(Outcome::Lapsed)
            }
            ClaimState::Answered(Outcome::Standby)
                if (self.offers_since(claim)).any(|a| a.declined.contains(&claim.by)) =>
            {
                Some(Outcome::Lapsed)
            }
            _ => None,
        };
        let (claim, outcome) = state.claims.iter().find_map(|c| Some((c, outcome(c)?)))?;
        Some(self.answer(claim.id, outcome))
    }

    /// Decides a claim that came.
    pub(super) fn claim(&self, claim: &Claim) -> Decision {
        match self.place(claim) {
            Err(outcome) => self.answer(claim.id, outcome),
            Ok(place) => self.enact(claim, place, self.verdict(claim, place)),
        }
    }

    /// What a claim takes, if it is its turn, or what becomes of it.
    pub(super) fn place(&self, claim: &Claim) -> Result<Place, Outcome> {
        match self.found(claim) {
            Ok(_) if self.is_held_back(claim) => Err(Outcome::Standby),
            found => found,
        }
    }

    /// Another one comes first: the shift is kept for them, or the person is asked about them.
    fn is_held_back(&self, claim: &Claim) -> bool {
        // A person waits alone: who can go, goes.
        if self.heard(claim).is_some() {
            return false;
        }
        let answered = claim.answers.and_then(|id| self.state.ask(id));
        let in_time = answered.filter(|ask| self.is_in_time(ask, claim));
        // What was offered to them alone is theirs.
        if in_time.is_some_and(|ask| self.keeps_for(ask) == Some(claim.by)) {
            return false;
        }
        let mut kept = self.state.asks.iter().filter_map(|a| self.keeps_for(a));
        let mut others = self.state.claims.iter().filter(|c| c.id != claim.id);
        kept.any(|to| to != claim.by)
            || (!claim.waits() && others.any(|other| self.is_before_the_person(other)))
    }

    /// What a claim would take, or what becomes of it when there is nothing to take.
    fn found(&self, claim: &Claim) -> Result<Place, Outcome> {
        let (state, pa) = (self.state, claim.by);
        if let Some(heard) = self.heard(claim) {
            return self.place_of_silent(heard, pa);
        }
        let answered = claim.answers.and_then(|id| state.ask(id));
        let answered_in_time = answered.filter(|ask| self.is_in_time(ask, claim));
        let found = if answered.is_some_and(Ask::is_swap) {
            // Who said yes to a swap gets no shift on top of their own.
            let ask = answered_in_time.ok_or(not_possible(Block::NotAsked))?;
            let place = self.place_of(ask);
            Some(place.ok_or(not_possible(Block::SwapChanged))?)
        } else {
            // Too late for what it answers, and in time for what is asked now.
            let asks = state.asks.iter().filter(|ask| !ask.is_swap());
            let mut asks = asks.filter(|ask| ask.is_open(self.now) && ask.is_for(pa));
            answered_in_time
                .and_then(|ask| self.place_of(ask))
                .or((state.missing() > 0).then_some(Place::Free))
                .or_else(|| asks.find_map(|ask| self.place_of(ask)))
        };
        match found {
            Some(place) => Ok(place),
            None if state.tenure(pa).is_some() => Err(not_possible(Block::Holder)),
            None if state.claims.iter().any(granted) => Err(Outcome::Standby),
            None => Err(not_possible(Block::NotAsked)),
        }
    }

    /// Whether a claim came in time for what it answers. One that waits for the person's yes came
    /// in time, and the answer may take longer than the ask.
    fn is_in_time(&self, ask: &Ask, claim: &Claim) -> bool {
        let came = !ask.withdrawn && !ask.closed && claim.waits() && !self.started();
        ask.is_for(claim.by) && (came || ask.is_open(self.now))
    }

    /// What an ask gives, if there is something left to give.
    pub(super) fn place_of(&self, ask: &Ask) -> Option<Place> {
        let state = self.state;
        let of = state.tenure(ask.by).map(|t| t.pa);
        let free = (state.missing() > 0).then_some(Place::Free);
        match &ask.kind {
            AskKind::Cover(Cover::Swap { with, .. }) => Some(Place::Swap(of?, *with)),
            AskKind::Cover(_) | AskKind::Handover(_) => of.map(Place::Of).or(free),
            AskKind::Offer(to) => of.map(Place::Of).or_else(|| {
                // A colleague cannot keep for someone what is not theirs. The relay offers to the
                // first in line what is open, or what its holder asks cover for.
                let by = self.board.roster.members.get(&ask.by);
                if by.is_some_and(|by| by.role == Role::Pa && !by.holds_rota(ask.at)) {
                    return None;
                }
                free.or_else(|| self.asked_of(*to))
            }),
        }
    }

    /// The place of a holder who asks this PA, among others, to come instead.
    fn asked_of(&self, pa: MemberId) -> Option<Place> {
        let asks = self.state.asks.iter().filter(|ask| {
            matches!(ask.kind, AskKind::Cover(_)) && !ask.is_swap() && ask.is_open(self.now)
        });
        let mut asks = asks.filter(|ask| ask.is_for(pa));
        asks.find_map(|ask| self.state.tenure(ask.by))
            .map(|holding| Place::Of(holding.pa))
    }

    /// For whom alone the shift is kept by this, if it is: an offer to someone who can take it.
    pub(super) fn keeps_for(&self, ask: &Ask) -> Option<MemberId> {
        let AskKind::Offer(to) = ask.kind else {
            return None;
        };
        let keeps = ask.is_open(self.now) && self.place_of(ask).is_some() && self.can(to, None);
        keeps.then_some(to)
    }

    /// What was offered to someone in line since they are.
    pub(super) fn offers_since(&self, claim: &Claim) -> impl Iterator<Item = &'a Ask> {
        let (by, answered) = (claim.by, claim.answered);
        let asks = self.state.asks.iter();
        asks.filter(move |a| matches!(a.kind, AskKind::Offer(to) if to == by))
            .filter(move |a| Some(a.id) > answered)
    }

    /// Judges a claim on a place that can be taken.
    fn verdict(&self, claim: &Claim, place: Place) -> Verdict<'a> {
        let instead = match place {
            Place::Swap(_, other) => Some(other),
            Place::Free | Place::Of(_) | Place::Silent(_) => None,
        };
        let no = |block| Verdict::Answer(not_possible(block));
        let (mut warnings, mut questions) =
            match judge(self.board, self.at, claim.by, instead, self.now) {
                Fit::Blocked(block) => return no(block),
                Fit::Fits {
                    warnings,
                    ask_person,
                } => (
                    warnings,
                    Vec::from_iter(ask_person.then_some((*self, claim.by))),
                ),
            };
        // Each gives a reason for their own: who asked knew, or is shown it as a problem.
        let needs_reason = warnings.iter().any(Warning::needs_reason);
        let own = warnings.len();
        if let Place::Swap(asker, with) = place {
            let Some(other) =
                (self.other(with)).filter(|o| o.state.tenure(claim.by).is_some() && !o.started())
            else {
                return no(Block::SwapChanged);
            };
            match judge(self.board, with, asker, Some(self.at), self.now) {
                Fit::Blocked(Block::Vetoed) => return no(Block::Vetoed),
                Fit::Blocked(_) => return no(Block::SwapChanged),
                Fit::Fits {
                    warnings: theirs,
                    ask_person,
                } => {
                    warnings.extend(theirs);
                    questions.extend(ask_person.then_some((other, asker)));
                }
            }
        }
        // What has begun is settled between those who are there, the person among them.
        if self.started() {
            return Verdict::Grant(warnings);
        }
        if claim.reason.trim().is_empty() && needs_reason {
            warnings.truncate(own);
            return Verdict::Answer(Outcome::NeedsReason { warnings });
        }
        questions.retain(|(here, pa)| !here.state.questions.iter().any(|q| q.pa == *pa && q.yes));
        if questions.is_empty() {
            Verdict::Grant(warnings)
        } else {
            Verdict::Ask(questions)
        }
    }

    fn enact(&self, claim: &Claim, place: Place, verdict: Verdict<'a>) -> Decision {
        match verdict {
            Verdict::Answer(outcome) => self.answer(claim.id, outcome),
            Verdict::Grant(warnings) => self.grant(claim, place, warnings),
            Verdict::Ask(of) => self.ask_person(claim, &of),
        }
    }

    fn grant(&self, claim: &Claim, place: Place, warnings: Vec<Warning>) -> Decision {
        let (from, why) = match place {
            Place::Free => (None, None),
            Place::Of(holder) | Place::Silent(holder) => (Some(holder), None),
            Place::Swap(holder, with) => (Some(holder), self.other(with)),
        };
        let id = claim.id;
        let word = match why {
            Some(other) => Why::Swapped {
                claim: id,
                with: other.at,
            },
            None => Why::Granted {
                claim: id,
                from,
                stepped_in: matches!(place, Place::Silent(_)),
            },
        };
        let holders = self.instead_of(from, claim.by);
        let mut records = vec![(self.at.rota(), self.word(holders, word))];
        records.extend(self.answer(id, Outcome::Granted { warnings }).0);
        let given = from.into_iter().chain([claim.by]).chain(self.speakers());
        // Everyone who was asked is told that nobody is needed any more.
        records.extend(if self.is_wanted_after(place) {
            self.tell(News::Changed, given, Some(id))
        } else {
            self.tell(News::Filled, self.asked().chain(given), Some(id))
        });
        if let (Some(asker), Some(other)) = (from, why) {
            let swapped = Why::Swapped {
                claim: id,
                with: self.at,
            };
            let holders = other.instead_of(Some(claim.by), asker);
            records.push((other.at.rota(), other.word(holders, swapped)));
            let to = [asker, claim.by].into_iter().chain(other.speakers());
            records.extend(other.tell(News::Changed, to, Some(id)));
        }
        Decision(records)
    }

    /// Somebody else is wanted still, when this place is taken.
    fn is_wanted_after(&self, place: Place) -> bool {
        let state = self.state;
        let taken = match place {
            Place::Free => return state.missing() > 1 || self.silences().next().is_some(),
            Place::Of(holder) | Place::Silent(holder) | Place::Swap(holder, _) => holder,
        };
        let mut asks = state.asks.iter().filter(|ask| ask.is_open(self.now));
        state.missing() > 0
            || self.silences().any(|silence| silence.of.pa != taken)
            || asks.any(|a| matches!(self.place_of(a), Some(Place::Of(pa)) if pa != taken))
    }

    /// The holders with `to` in the place of `from`, or on top of them.
    fn instead_of(&self, from: Option<MemberId>, to: MemberId) -> Vec<Holder> {
        let stay = self.state.holders.iter().filter(|t| Some(t.pa) != from);
        let stay = stay.map(|t| Holder {
            pa: t.pa,
            since: Some(t.since),
        });
        let new = Holder {
            pa: to,
            since: None,
        };
        stay.chain([new]).collect()
    }

    // The person's say.

    /// It waits, and the person is asked, unless they were.
    fn ask_person(&self, claim: &Claim, of: &[(Self, MemberId)]) -> Decision {
        let Decision(mut records) = self.answer(claim.id, Outcome::Waits);
        for (here, pa) in of {
            if here.question(claim, *pa).is_some() {
                continue;
            }
            // Half of the time that is left is left for asking others.
            let left = here.state.shift.start - self.now;
            let until = self.now + YES_PATIENCE.min(part(left, 2));
            let question = RotaRecord::YesWanted {
                shift: here.at.shift,
                claim: claim.id,
                pa: *pa,
                until,
            };
            records.push((here.at.rota(), question));
            records.extend(here.tell(News::YesWanted, here.speakers(), Some(claim.id)));
        }
        Decision(records)
    }

    /// What the person was asked because of this claim.
    fn question(&self, claim: &Claim, pa: MemberId) -> Option<&'a Question> {
        let mut questions = self.state.questions.iter();
        questions.find(|q| (q.claim, q.pa) == (claim.id, pa))
    }

    /// A claim waits for the person, who has time to answer: it is first.
    pub(super) fn is_before_the_person(&self, claim: &Claim) -> bool {
        let ask = claim.answers.and_then(|id| self.state.ask(id));
        let other = match ask.map(|ask| &ask.kind) {
            Some(AskKind::Cover(Cover::Swap { with, .. })) => self.other(*with),
            _ => None,
        };
        let here = [Some(*self), other].into_iter().flatten();
        let mut questions = here.flat_map(|here| &here.state.questions);
        claim.waits() && questions.any(|q| q.claim == claim.id && !q.yes && self.now < q.until)
    }

    /// Claims that wait for the person or in line: decided by now, or no longer possible.
    pub(super) fn waiting(&self) -> Option<Decision> {
        let line = self.state.claims.iter();
        line.filter(|c| c.waits() || c.is_standby())
            .find_map(|claim| {
                let swap = claim.answers.and_then(|id| self.state.ask(id));
                let swap = swap.is_some_and(Ask::is_swap);
                match self.found(claim) {
                    // What it waits for is gone: taken back, run out, or taken.
                    Err(Outcome::Standby) => {
                        (claim.waits()).then(|| self.answer(claim.id, Outcome::Standby))
                    }
                    Err(Outcome::NotPossible {
                        block: block @ Block::SwapChanged,
                    }) => Some(self.answer(claim.id, not_possible(block))),
                    Err(_) => Some(self.answer(claim.id, Outcome::Lapsed)),
                    // Who waits in line is asked again; a swap is agreed between both.
                    Ok(_) if self.is_held_back(claim) || !(claim.waits() || swap) => None,
                    Ok(place) => match self.verdict(claim, place) {
                        Verdict::Ask(of) if claim.waits() => self.silence(claim, &of),
                        verdict => Some(self.enact(claim, place, verdict)),
                    },
                }
            })
    }

    /// A claim goes on waiting: who was not asked yet is asked, and the team told of no answer.
    fn silence(&self, claim: &Claim, of: &[(Self, MemberId)]) -> Option<Decision> {
        if of
            .iter()
            .any(|(here, pa)| here.question(claim, *pa).is_none())
        {
            return Some(self.ask_person(claim, of));
        }
        let mut questions = of.iter().filter_map(|(here, pa)| here.question(claim, *pa));
        let silent = questions
            .find(|q| q.until <= self.now && !self.was_told(q.id, |news| news == News::NoAnswer))?;
        let team = self.pas().chain(self.planners());
        Some(Decision(self.tell(News::NoAnswer, team, Some(silent.id))))
    }
}

impl Ask {
    /// It is about two shifts.
    fn is_swap(&self) -> bool {
        matches!(self.kind, AskKind::Cover(Cover::Swap { .. }))
    }
}

pub(in super::super) fn not_possible(block: Block) -> Outcome {
    Outcome::NotPossible { block }
}

fn granted(claim: &Claim) -> bool {
    matches!(claim.state, ClaimState::Answered(Outcome::Granted { .. }))
}
