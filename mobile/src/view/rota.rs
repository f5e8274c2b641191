//! *Rota*: a week or a day, mine or the team's, and what each shift waits for.

mod signs;

pub use signs::Sign;
pub(super) use signs::{Taken, taken};

use super::{
    face::{self, Face},
    shift::{self, ShiftCard},
    when::When,
};
use crate::engine::Phone;
use kith_shared::{
    domain::{
        cover::{Claim, Plan, ShiftRef, ShiftState},
        shift::Shift,
        team::Role,
    },
    ids::{MemberId, PersonId, PoolId, ShiftId},
    limits,
    time::{Day, Moment, Span},
};
use std::collections::{BTreeMap, BTreeSet};

/// Two shifts of mine that are no further apart than this follow each other: I go from one to the
/// other, and not home between them.
const FOLLOWS: Span = Span::hours(4);

/// Whose shifts to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whose {
    /// Mine.
    #[default]
    Mine,
    /// The whole team's, open ones included.
    All,
}

/// A week of the rota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: Day,
    /// Monday to Sunday.
    pub days: Vec<RotaDay>,
}

/// A day of the rota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotaDay {
    /// The day.
    pub day: Day,
    /// As people say it.
    pub when: When,
    /// The shifts that begin on it, the earliest first. A night is on the day on which it begins:
    /// its `planned.nights()` says that it goes on.
    pub shifts: Vec<RotaShift>,
}

/// A shift on the rota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotaShift {
    /// The shift; of a draft, with whom it names.
    pub card: ShiftCard,
    /// With whom: more than one for a pooled visit.
    pub persons: Vec<Face<PersonId>>,
    /// What it waits for, what came of it, and what kind it is.
    pub signs: Vec<Sign>,
    /// How many PAs are missing.
    pub missing: usize,
    /// My way to it from the shift of mine that it follows.
    pub travel: Option<Travel>,
    pool: Option<PoolId>,
}

impl RotaShift {
    /// It is not published yet.
    pub fn is_draft(&self) -> bool {
        self.signs.contains(&Sign::Draft)
    }

    /// I asked for it, and nothing is decided.
    pub fn is_asked(&self) -> bool {
        self.signs.contains(&Sign::Asked)
    }

    /// A holder looks for cover.
    pub fn is_wanted(&self) -> bool {
        self.signs.iter().any(|s| matches!(s, Sign::Wanted(_)))
    }

    /// It is part of the same visit as this one, and there is nothing else to say about it.
    fn goes_with(&self, other: &Self) -> bool {
        self.pool.is_some()
            && self.pool == other.pool
            && self.card.planned == other.card.planned
            && self.card.pas == other.card.pas
            && self.signs == other.signs
    }
}

/// The way from one shift to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Travel {
    /// How many minutes it takes.
    pub takes: i64,
    /// How many there are between the two.
    pub there_are: i64,
}

impl Travel {
    /// There is less time than it takes.
    pub fn is_tight(self) -> bool {
        self.there_are < self.takes
    }
}

/// Who reads a rota, and what of it is theirs to see.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader {
    pub me: Option<MemberId>,
    /// They plan: drafts are shown to them.
    pub plans: bool,
}

impl Reader {
    pub(super) fn of(phone: &Phone, now: Moment) -> Self {
        let member = phone.member();
        let plans = member.as_ref().is_some_and(|m| {
            matches!(m.role, Role::Person(_) | Role::AuthorisedPerson(_)) || m.holds_rota(now)
        });
        Self {
            me: super::me(phone),
            plans,
        }
    }

    /// It is theirs to see.
    pub(super) fn sees(self, state: &ShiftState) -> bool {
        match state.plan {
            Plan::Published => true,
            Plan::Draft => self.plans,
            Plan::Cancelled { .. } => false,
        }
    }

    /// They hold it, would, or come along to learn.
    pub(super) fn is_in(self, state: &ShiftState) -> bool {
        let Some(me) = self.me else {
            return false;
        };
        let claims = |c: &Claim| c.by == me && c.is_live();
        holders(state).any(|pa| pa == me)
            || state.shift.shadows.contains(&me)
            || state.claims.iter().any(claims)
    }
}

/// Who holds a shift; of a draft, whom it names.
pub(super) fn holders(state: &ShiftState) -> impl Iterator<Item = MemberId> {
    let drafted: &[MemberId] = match state.plan {
        Plan::Draft => &state.planned.1,
        Plan::Published | Plan::Cancelled { .. } => &[],
    };
    let held = state.holders.iter().map(|t| t.pa);
    held.chain(drafted.iter().copied())
}

/// The week of this day.
pub fn rota(phone: &Phone, day: Day, whose: Whose, now: Moment) -> Week {
    let monday = day.monday();
    Week {
        monday,
        days: days(phone, monday, 7, whose, now),
    }
}

/// A day.
pub fn day(phone: &Phone, day: Day, whose: Whose, now: Moment) -> RotaDay {
    let mut days = days(phone, day, 1, whose, now);
    days.pop().unwrap_or(RotaDay {
        day,
        when: When::of(day, now),
        shifts: Vec::new(),
    })
}

fn days(phone: &Phone, first: Day, count: i32, whose: Whose, now: Moment) -> Vec<RotaDay> {
    let (from, to) = (first.start(), first.plus(count).start());
    let reader = Reader::of(phone, now);
    // Moments are compared before days are worked out: most shifts are on other days.
    let within = |s: &Shift| from <= s.start && s.start < to;
    let states = phone.book().board.states();
    let mut found: Vec<_> = states
        .filter(|(_, state)| within(&state.shift) && reader.sees(state))
        .collect();
    found.sort_by_key(|(_, s)| (s.shift.start, s.shift.end, s.shift.shift));
    let mut pools: BTreeMap<PoolId, usize> = BTreeMap::new();
    for pool in found.iter().filter_map(|(_, s)| s.shift.pool) {
        *pools.entry(pool).or_default() += 1;
    }
    let travels = travels(phone, from, to);
    let mine = |s: &ShiftState| reader.me.is_some_and(|me| s.tenure(me).is_some());
    let problems = if found.iter().any(|(_, s)| s.shift.start > now && mine(s)) {
        problem_shifts(phone, now)
    } else {
        BTreeSet::new()
    };
    let mut days: Vec<_> = (0..count)
        .map(|n| RotaDay {
            day: first.plus(n),
            when: When::of(first.plus(n), now),
            shifts: Vec::new(),
        })
        .collect();
    for (at, state) in found {
        if whose == Whose::Mine && !reader.is_in(state) {
            continue;
        }
        let mut shown = show(phone, state, reader, now);
        if problems.contains(&at) {
            shown.signs.push(Sign::Problem);
        }
        shown.travel = travels.get(&at.shift).copied();
        let persons = shown.pool.and_then(|pool| pools.get(&pool));
        shown
            .signs
            .extend(persons.filter(|n| **n > 1).map(|n| Sign::Pooled(*n)));
        let n = usize::try_from(shown.card.planned.start.day().since(first));
        let Some(day) = n.ok().and_then(|n| days.get_mut(n)) else {
            continue;
        };
        match day.shifts.iter_mut().find(|s| s.goes_with(&shown)) {
            Some(same) => same.persons.append(&mut shown.persons),
            None => day.shifts.push(shown),
        }
    }
    days
}

/// A shift with all that it says by itself.
pub(super) fn show(phone: &Phone, state: &ShiftState, reader: Reader, now: Moment) -> RotaShift {
    let mut card = shift::card(phone, &state.shift, now);
    if state.plan == Plan::Draft {
        let named = state.planned.1.iter();
        card.pas = named.map(|pa| face::member(phone, *pa)).collect();
    }
    RotaShift {
        persons: vec![card.person.clone()],
        signs: signs::signs(phone, state, reader.plans, now),
        missing: state.missing(),
        travel: None,
        pool: state.shift.pool,
        card,
    }
}

/// My ways between shifts that follow each other, by the later one.
fn travels(phone: &Phone, from: Moment, to: Moment) -> BTreeMap<ShiftId, Travel> {
    let board = &phone.book().board;
    let Some(me) = super::me(phone) else {
        return BTreeMap::new();
    };
    let before = from - limits::LONGEST_SHIFT - FOLLOWS;
    let mine: Vec<_> = board.held(me, before, to).map(|(_, s)| &s.shift).collect();
    let way = |pair: &[&Shift]| {
        let [first, next] = pair else {
            return None;
        };
        let takes = board.roster.travel(first.person, next.person);
        let there_are = next.start - first.end;
        let one_visit = first.pool.is_some() && first.pool == next.pool;
        let goes = takes > Span::default() && there_are <= FOLLOWS && !one_visit;
        let travel = Travel {
            takes: takes.whole_minutes(),
            there_are: there_are.whole_minutes().max(0),
        };
        goes.then_some((next.shift, travel))
    };
    mine.windows(2).filter_map(way).collect()
}

/// My shifts to come that break a rule with others. Those of colleagues are theirs to see first,
/// and cost too much to look up with every change.
fn problem_shifts(phone: &Phone, now: Moment) -> BTreeSet<ShiftRef> {
    let member = phone.member().filter(|m| m.role == Role::Pa);
    let found = member.map(|m| phone.book().problems(m.id, now));
    let found = found.iter().flat_map(|problems| problems.iter());
    found.flat_map(|p| p.shifts.iter().copied()).collect()
}
