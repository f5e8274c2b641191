//! What the relay does next: one decision at a time, as the records that say it.

use super::{
    Ask, AskKind, Block, Board, Claim, ClaimState, Cover, Fit, News, Outcome, Plan,
    STANDBY_PATIENCE, ShiftRef, ShiftState, Tenure, Why, YES_PATIENCE,
    judge::{judge, overlaps, speakers},
};
use crate::{
    documents::{
        DocumentId,
        rota::{Holder, RotaRecord},
    },
    domain::{availability::Can, team::Role, working_time::Warning},
    ids::{MemberId, RecordId},
    limits,
    time::Moment,
};
use std::collections::BTreeSet;

/// Records that the relay writes together, or none of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision(pub Vec<(DocumentId, RotaRecord)>);

/// The next decision about anything on the board; nothing when all is settled for now. Whoever
/// calls writes its records and asks again: each decision changes what it was made from.
///
/// `order` gives the place of a record in the journal: claims are decided in that order.
pub fn settle(
    board: &Board,
    order: &dyn Fn(DocumentId, RecordId) -> u64,
    now: Moment,
) -> Option<Decision> {
    let live = || board.states().filter(|(_, s)| s.needs_care(now));
    for (at, state) in live() {
        let here = Here {
            board,
            at,
            state,
            now,
        };
        let decision = here.plan().or_else(|| here.lapse());
        if decision.is_some() {
            return decision;
        }
    }
    let mut asked: Vec<_> = live()
        .flat_map(|(at, state)| state.claims.iter().map(move |claim| (at, state, claim)))
        .filter(|(.., claim)| claim.state == ClaimState::Asked)
        .collect();
    asked.sort_by_key(|(at, _, claim)| (order(at.rota(), claim.id), claim.id));
    if let Some((at, state, claim)) = asked.first() {
        let here = Here {
            board,
            at: *at,
            state,
            now,
        };
        return Some(here.claim(claim));
    }
    live().find_map(|(at, state)| {
        let here = Here {
            board,
            at,
            state,
            now,
        };
        here.questions()
            .or_else(|| here.asks())
            .or_else(|| here.openings())
    })
}

impl ShiftState {
    /// Something may have to be decided about it: it is not over, or someone waits for an answer.
    fn needs_care(&self, now: Moment) -> bool {
        self.shift.end > now || self.claims.iter().any(Claim::is_live)
    }
}

/// One shift, in its surroundings.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    pub(super) board: &'a Board,
    pub(super) at: ShiftRef,
    pub(super) state: &'a ShiftState,
    pub(super) now: Moment,
}

/// What a claim would take.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// One that nobody has.
    Free,
    /// That of this holder.
    Of(MemberId),
    /// That of this holder, in exchange for the other shift.
    Swap(MemberId, ShiftRef),
}

impl Here<'_> {
    fn one(&self, record: RotaRecord) -> Decision {
        Decision(vec![(self.at.rota(), record)])
    }

    /// Tells these; in as many records as their number takes, and in one when there is nobody.
    pub(super) fn tell(
        &self,
        news: News,
        to: impl IntoIterator<Item = MemberId>,
        about: Option<RecordId>,
    ) -> Vec<(DocumentId, RotaRecord)> {
        let to: BTreeSet<_> = to.into_iter().collect();
        let to: Vec<_> = to.into_iter().collect();
        let told = |to: &[MemberId]| {
            let told = RotaRecord::Told {
                shift: self.at.shift,
                news,
                to: to.to_vec(),
                about,
                of: None,
            };
            (self.at.rota(), told)
        };
        let (first, rest) = to.split_at(to.len().min(limits::ITEMS));
        [told(first)]
            .into_iter()
            .chain(rest.chunks(limits::ITEMS).map(told))
            .collect()
    }

    fn answer(&self, to: RecordId, outcome: Outcome) -> RotaRecord {
        RotaRecord::Answer {
            shift: self.at.shift,
            to,
            outcome,
        }
    }

    fn word(&self, holders: Vec<Holder>, why: Why) -> RotaRecord {
        RotaRecord::Word {
            shift: self.at.shift,
            plan: self.state.planned.0,
            holders,
            why,
        }
    }

    fn was_told(&self, about: RecordId, news: impl Fn(News) -> bool) -> bool {
        let told = &self.state.told;
        told.iter().any(|n| n.about == Some(about) && news(n.news))
    }

    // The plan.

    /// The people whom the plan names become holders, and who cannot hold it does not.
    fn plan(&self) -> Option<Decision> {
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
            let new = |pa: &MemberId| Tenure {
                since: state.planned.0,
                pa: *pa,
            };
            let tenure = |pa: &MemberId| state.tenure(*pa).unwrap_or(new(pa));
            state.planned.1.iter().map(tenure).collect()
        };
        let mut why = Why::Plan;
        let mut holders = Vec::new();
        for tenure in &wanted {
            match self.hinders(*tenure) {
                Some(hindrance) => why = hindrance,
                None => holders.push(Holder {
                    pa: tenure.pa,
                    since: (state.tenure(tenure.pa).is_some()).then_some(tenure.since),
                }),
            }
        }
        if follows && why == Why::Plan {
            return None;
        }
        let named = state.holders.iter().chain(&wanted).map(|t| t.pa);
        let to = named.chain(self.planners());
        let mut records = vec![(self.at.rota(), self.word(holders, why))];
        records.extend(self.tell(News::Changed, to, None));
        Some(Decision(records))
    }

    /// Why this holder cannot hold the shift. Of two shifts that overlap, the one held first stays.
    fn hinders(&self, tenure: Tenure) -> Option<Why> {
        if self.state.shift.start <= self.now {
            return None;
        }
        let pa = tenure.pa;
        let member = self.board.roster.members.get(&pa);
        let profile = self.board.profiles.get(&self.at.person);
        if member.is_some_and(|m| m.role != Role::Pa) || profile.is_some_and(|p| p.bars(pa)) {
            return Some(Why::NotWanted { pa });
        }
        let new = self.state.tenure(pa).is_none();
        let (with, _) =
            overlaps(self.board, self.at, &self.state.shift, pa).find(|(with, other)| {
                let theirs = other.tenure(pa).map(|t| (t.since, *with));
                new || other.shift.start <= self.now || theirs < Some((tenure.since, self.at))
            })?;
        Some(Why::DoubleBooked { pa, with })
    }

    pub(super) fn planners(&self) -> impl Iterator<Item = MemberId> {
        let (board, now) = (self.board, self.now);
        let hats = board.roster.members.values();
        let hats = hats.filter(move |m| m.holds_rota(now)).map(|m| m.id);
        hats.chain(speakers(board, self.at.person))
    }

    fn cancelled(&self) -> Option<Decision> {
        let state = self.state;
        let story = state.story.iter();
        let cancel = story
            .filter(|r| matches!(r.body, RotaRecord::Cancelled { .. }))
            .map(|r| r.id)
            .next()?;
        let published = |r: &&crate::documents::Record<RotaRecord>| {
            matches!(r.body, RotaRecord::Published { .. })
        };
        let never_on = !state.story.iter().any(|r| published(&r));
        if never_on
            || state.shift.end <= self.now
            || self.was_told(cancel, |news| news == News::Cancelled)
        {
            return None;
        }
        let named = state.word.iter().flat_map(|w| &w.holders).map(|t| t.pa);
        let concerned = (named.chain(state.planned.1.iter().copied()))
            .chain(state.claims.iter().map(|c| c.by))
            .chain(speakers(self.board, self.at.person));
        Some(Decision(self.tell(
            News::Cancelled,
            concerned,
            Some(cancel),
        )))
    }

    /// Claims for which it is too late, or that are not needed any more.
    fn lapse(&self) -> Option<Decision> {
        let state = self.state;
        let over = !state.is_on() || state.shift.end <= self.now;
        let started = state.shift.start <= self.now;
        let outcome = |claim: &Claim| {
            let handover = claim
                .answers
                .and_then(|a| state.ask(a))
                .is_some_and(|a| matches!(a.kind, AskKind::Handover(_)));
            match claim.state {
                ClaimState::Asked if over => Some(Outcome::NotPossible { block: Block::Over }),
                ClaimState::Asked if started && !handover && state.missing() == 0 => {
                    Some(Outcome::NotPossible {
                        block: Block::Started,
                    })
                }
                ClaimState::Answered(Outcome::Waits | Outcome::Standby)
                    if over
                        || state.tenure(claim.by).is_some()
                        || (started && state.missing() == 0) =>
                {
                    Some(Outcome::Lapsed)
                }
                _ => None,
            }
        };
        let (claim, outcome) = state.claims.iter().find_map(|c| Some((c, outcome(c)?)))?;
        Some(self.one(self.answer(claim.id, outcome)))
    }

    // Claims.

    fn claim(&self, claim: &Claim) -> Decision {
        match self.place(claim) {
            Err(outcome) => self.one(self.answer(claim.id, outcome)),
            Ok(place) => self.take(claim, place, false),
        }
    }

    /// What a claim would take, or what becomes of it when there is nothing to take.
    fn place(&self, claim: &Claim) -> Result<Place, Outcome> {
        let (state, pa) = (self.state, claim.by);
        let holder = |pa: MemberId| state.tenure(pa).map(|t| t.pa);
        let usable = |ask: &&Ask| ask.is_open(self.now) && ask.is_for(pa);
        let place = |ask: &Ask| match &ask.kind {
            AskKind::Cover(Cover::Swap { with, .. }) => Some(Place::Swap(holder(ask.by)?, *with)),
            _ => holder(ask.by)
                .map(Place::Of)
                .or((state.missing() > 0).then_some(Place::Free)),
        };
        let answered = claim.answers.and_then(|id| state.ask(id));
        let kept_for = |ask: &&Ask| matches!(ask.kind, AskKind::Offer(to) if to != pa);
        let exclusive = state
            .asks
            .iter()
            .any(|a| a.is_open(self.now) && kept_for(&a) && place(a).is_some());
        let waiting =
            |c: &Claim| c.state == ClaimState::Answered(Outcome::Waits) && c.id != claim.id;
        let found = answered
            .filter(usable)
            .and_then(place)
            .or((state.missing() > 0).then_some(Place::Free))
            .or_else(|| {
                // Too late for what it answers, and in time for what is asked now. A swap is
                // nobody's to fall into.
                let asks = state.asks.iter().filter(usable);
                let mut asks =
                    asks.filter(|a| !matches!(a.kind, AskKind::Cover(Cover::Swap { .. })));
                asks.find_map(place)
            });
        match found {
            Some(_) if exclusive => Err(Outcome::Standby),
            Some(_) if state.claims.iter().any(waiting) => Err(Outcome::Standby),
            Some(place) => Ok(place),
            None if state.tenure(pa).is_some() => Err(not_possible(Block::Holder)),
            None if state
                .asks
                .iter()
                .any(|a| a.closed && !matches!(a.kind, AskKind::Cover(Cover::Swap { .. })))
                || state.claims.iter().any(granted) =>
            {
                Err(Outcome::Standby)
            }
            None => Err(not_possible(Block::NotAsked)),
        }
    }

    /// Decides a claim on a place that can be taken. `agreed`: the person was asked and said yes.
    fn take(&self, claim: &Claim, place: Place, agreed: bool) -> Decision {
        let instead = match place {
            Place::Swap(_, other) => Some(other),
            Place::Free | Place::Of(_) => None,
        };
        let fit = judge(self.board, self.at, claim.by, instead, self.now);
        let (mut warnings, mut questions) = match fit {
            Fit::Blocked(block) => return self.one(self.answer(claim.id, not_possible(block))),
            Fit::Fits {
                warnings,
                ask_person,
            } => (
                warnings,
                Vec::from_iter(ask_person.then_some((*self, claim.by))),
            ),
        };
        if let Place::Swap(asker, with) = place {
            let Some(other) = self
                .other(with)
                .filter(|o| o.state.tenure(claim.by).is_some() && o.state.shift.start > self.now)
            else {
                return self.one(self.answer(claim.id, not_possible(Block::SwapChanged)));
            };
            match judge(self.board, with, asker, Some(self.at), self.now) {
                Fit::Blocked(_) => {
                    return self.one(self.answer(claim.id, not_possible(Block::SwapChanged)));
                }
                Fit::Fits {
                    warnings: theirs,
                    ask_person,
                } => {
                    warnings.extend(theirs);
                    questions.extend(ask_person.then_some((other, asker)));
                }
            }
        }
        // A handover is between those who are there, the person among them.
        let handover = self.state.shift.start <= self.now;
        if claim.reason.trim().is_empty() && warnings.iter().any(Warning::needs_reason) && !handover
        {
            return self.one(self.answer(claim.id, Outcome::NeedsReason { warnings }));
        }
        if agreed || handover || questions.is_empty() {
            self.grant(claim, place, warnings)
        } else {
            self.ask_person(claim, &questions)
        }
    }

    fn other(&self, at: ShiftRef) -> Option<Self> {
        let state = self.board.state(at)?;
        Some(Self { at, state, ..*self })
    }

    fn grant(&self, claim: &Claim, place: Place, warnings: Vec<Warning>) -> Decision {
        let from = match place {
            Place::Free => None,
            Place::Of(holder) | Place::Swap(holder, _) => Some(holder),
        };
        let mut records = Vec::new();
        match place {
            Place::Swap(asker, with) => {
                let swapped = |with| Why::Swapped {
                    claim: claim.id,
                    with,
                };
                records.push((
                    self.at.rota(),
                    self.word(self.instead_of(from, claim.by), swapped(with)),
                ));
                if let Some(other) = self.other(with) {
                    let holders = other.instead_of(Some(claim.by), asker);
                    records.push((with.rota(), other.word(holders, swapped(self.at))));
                    let both = [asker, claim.by]
                        .into_iter()
                        .chain(speakers(self.board, with.person));
                    records.extend(other.tell(News::Changed, both, Some(claim.id)));
                }
            }
            Place::Free | Place::Of(_) => {
                let why = Why::Granted {
                    claim: claim.id,
                    from,
                };
                records.push((
                    self.at.rota(),
                    self.word(self.instead_of(from, claim.by), why),
                ));
            }
        }
        let outcome = Outcome::Granted { warnings };
        records.push((self.at.rota(), self.answer(claim.id, outcome)));
        // Everyone who was asked is told that nobody is needed any more.
        let asked = |news: News| {
            matches!(
                news,
                News::Asked
                    | News::Offered
                    | News::Open
                    | News::Unfilled
                    | News::HandOver
                    | News::NoAnswer
                    | News::NotStarted
                    | News::NotHeard { .. }
            )
        };
        let told = self.state.told.iter().filter(|n| asked(n.news));
        let told = told.flat_map(|n| n.to.iter().copied());
        let to = told.chain(from).chain([claim.by]);
        records.extend(self.tell(News::Filled, to, Some(claim.id)));
        Decision(records)
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

    fn ask_person(&self, claim: &Claim, of: &[(Self, MemberId)]) -> Decision {
        let mut records = vec![(self.at.rota(), self.answer(claim.id, Outcome::Waits))];
        for (here, pa) in of {
            let until = (self.now + YES_PATIENCE).min(here.state.shift.start);
            let question = RotaRecord::YesWanted {
                shift: here.at.shift,
                claim: claim.id,
                pa: *pa,
                until,
            };
            let to = speakers(self.board, here.at.person);
            records.push((here.at.rota(), question));
            records.extend(here.tell(News::YesWanted, to, Some(claim.id)));
        }
        Decision(records)
    }

    /// Claims that wait for the person: answered, no longer possible, or waiting for too long.
    fn questions(&self) -> Option<Decision> {
        let waits = |c: &&Claim| c.state == ClaimState::Answered(Outcome::Waits);
        self.state.claims.iter().filter(waits).find_map(|claim| {
            let asked = |state: &ShiftState| -> Vec<_> {
                let of = state.questions.iter().filter(|q| q.claim == claim.id);
                of.copied().collect()
            };
            let swap = claim
                .answers
                .and_then(|id| self.state.ask(id))
                .and_then(|ask| match &ask.kind {
                    AskKind::Cover(Cover::Swap { with, .. }) => Some((ask.by, *with)),
                    _ => None,
                });
            let other = swap.and_then(|(asker, with)| Some((asker, self.other(with)?)));
            let mut questions = asked(self.state);
            let mut vetoed = self.state.vetoed.contains_key(&claim.by);
            if let Some((asker, other)) = &other {
                questions.extend(asked(other.state));
                vetoed |= other.state.vetoed.contains_key(asker);
            }
            if vetoed {
                return Some(self.one(self.answer(claim.id, not_possible(Block::Vetoed))));
            }
            match self.place(claim) {
                // What it waits for is gone: taken back, run out, or taken by the plan.
                Err(Outcome::Standby) => {
                    return Some(self.one(self.answer(claim.id, Outcome::Standby)));
                }
                Err(_) => return Some(self.one(self.answer(claim.id, Outcome::Lapsed))),
                Ok(place) if questions.iter().all(|q| q.yes) => {
                    return Some(self.take(claim, place, true));
                }
                Ok(_) => {}
            }
            let silent = |q: &&super::resolve::Question| {
                !q.yes && q.until <= self.now && !self.was_told(q.id, |n| n == News::NoAnswer)
            };
            let silent = questions.iter().find(silent)?;
            let team = self.pas().chain(self.planners());
            Some(Decision(self.tell(News::NoAnswer, team, Some(silent.id))))
        })
    }

    // Asking around.

    fn asks(&self) -> Option<Decision> {
        let state = self.state;
        if !state.is_on() {
            return None;
        }
        state
            .asks
            .iter()
            .filter(|a| !a.withdrawn && !a.closed)
            .find_map(|ask| {
                let handover = matches!(ask.kind, AskKind::Handover(_));
                let outdated = if handover {
                    state.shift.end
                } else {
                    state.shift.start
                };
                let asking = |n| matches!(n, News::Asked | News::Offered | News::HandOver);
                if self.was_told(ask.id, asking) {
                    return None;
                }
                if outdated <= self.now {
                    let block = if handover {
                        Block::Over
                    } else {
                        Block::Started
                    };
                    return Some(self.one(self.answer(ask.id, not_possible(block))));
                }
                if !ask.is_open(self.now) {
                    return None;
                }
                let (news, to): (_, Vec<_>) = match &ask.kind {
                    AskKind::Offer(to) => (News::Offered, vec![*to]),
                    AskKind::Handover(Some(to)) => (News::HandOver, vec![*to]),
                    AskKind::Handover(None) => (News::HandOver, self.who_could(ask.by)),
                    AskKind::Cover(Cover::Swap { pa, .. }) => (News::Asked, vec![*pa]),
                    AskKind::Cover(Cover::These { pas }) => (News::Asked, pas.clone()),
                    AskKind::Cover(Cover::Anyone) => (News::Asked, self.who_could(ask.by)),
                };
                Some(Decision(self.tell(news, to, Some(ask.id))))
            })
    }

    /// Places that nobody has: the standbys are asked one after the other, then everyone who could.
    fn openings(&self) -> Option<Decision> {
        let state = self.state;
        if state.shift.end <= self.now {
            return None;
        }
        let opening = *state
            .openings
            .iter()
            .find(|opening| !self.was_told(**opening, |news| news == News::Open))?;
        let being_asked = |a: &Ask| matches!(a.kind, AskKind::Offer(_)) && a.is_open(self.now);
        let waits = |c: &Claim| c.state == ClaimState::Answered(Outcome::Waits);
        if state.asks.iter().any(being_asked) || state.claims.iter().any(waits) {
            return None;
        }
        let offered = |claim: &Claim| {
            state.asks.iter().any(|a| {
                matches!(a.kind, AskKind::Offer(to) if to == claim.by)
                    && Some(a.id) > claim.answered
            })
        };
        let before_start = state.shift.start > self.now;
        let standby = state.standbys().find(|claim| {
            !offered(claim) && judge(self.board, self.at, claim.by, None, self.now).is_possible()
        });
        if let Some(claim) = standby.filter(|_| before_start) {
            return Some(self.one(RotaRecord::Offer {
                shift: self.at.shift,
                to: claim.by,
                until: (self.now + STANDBY_PATIENCE).min(state.shift.start),
            }));
        }
        let gone = state.gone.keys().map(|t| t.pa);
        let gone: BTreeSet<_> = gone.collect();
        let to = self
            .pas()
            .filter(|pa| !gone.contains(pa) && self.could(*pa));
        let to = to.chain(self.planners());
        Some(Decision(self.tell(News::Open, to, Some(opening))))
    }

    fn pas(&self) -> impl Iterator<Item = MemberId> {
        let members = self.board.roster.members.values();
        members.filter(|m| m.role == Role::Pa).map(|m| m.id)
    }

    pub(super) fn who_could(&self, but: MemberId) -> Vec<MemberId> {
        self.pas()
            .filter(|pa| *pa != but && self.could(*pa))
            .collect()
    }

    /// Nothing speaks against asking this PA: they can, and did not say that they cannot then.
    fn could(&self, pa: MemberId) -> bool {
        let shift = &self.state.shift;
        let availability = self.board.availability.get(&pa);
        availability.is_none_or(|a| a.can_all(shift.start, shift.end) != Can::No)
            && judge(self.board, self.at, pa, None, self.now).is_possible()
    }
}

fn not_possible(block: Block) -> Outcome {
    Outcome::NotPossible { block }
}

fn granted(claim: &Claim) -> bool {
    matches!(claim.state, ClaimState::Answered(Outcome::Granted { .. }))
}
