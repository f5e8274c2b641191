//! *Plan the rota*: who may plan, what is drafted, and what publishing it does.

mod form;

pub use form::{Candidate, Form, Given, Note, Ready, Wrong, candidates, clock, form, mistake};

use super::{
    face::{self, Face},
    people,
    when::Stretch,
};
use crate::engine::Phone;
use kith_shared::{
    domain::{
        cover::{Board, ShiftRef, speakers},
        plan::{self, Scope},
        shift::{Shift, ShiftKind},
        team::{Hat, Role},
    },
    ids::{MemberId, PersonId, PoolId, SeriesId, ShiftId},
    intent::Intent,
    time::{Day, Moment},
};
use std::collections::BTreeSet;

/// Whether who looks at the screen plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MayPlan {
    /// They do.
    Yes {
        /// For these, by name.
        persons: Vec<Face<PersonId>>,
        /// Until when they wear the rota holder's hat; the person needs none.
        until: Option<Moment>,
    },
    /// They do not; these hold the rota until then.
    No {
        /// Whom to ask.
        holders: Vec<(Face<MemberId>, Moment)>,
    },
}

impl MayPlan {
    /// They plan for this person.
    pub fn allows(&self, person: PersonId) -> bool {
        matches!(self, Self::Yes { persons, .. } if persons.iter().any(|p| p.id == person))
    }
}

/// Whether who looks at the screen plans, and for whom.
pub fn may_plan(phone: &Phone, now: Moment) -> MayPlan {
    let member = phone.member();
    let until = member.as_ref().filter(|m| m.holds_rota(now));
    let until = until.and_then(|m| m.hats.get(&Hat::RotaHolder).copied());
    let mut persons = people::faces(phone);
    match member.map(|m| m.role) {
        Some(Role::Person(mine) | Role::AuthorisedPerson(mine)) => {
            persons.retain(|person| person.id == mine);
            return MayPlan::Yes {
                persons,
                until: None,
            };
        }
        Some(Role::Pa) if until.is_some() => return MayPlan::Yes { persons, until },
        _ => {}
    }
    let members = phone.book().board.roster.members.values();
    let holders = members.filter(|m| m.holds_rota(now));
    MayPlan::No {
        holders: holders
            .filter_map(|m| Some((face::member(phone, m.id), *m.hats.get(&Hat::RotaHolder)?)))
            .collect(),
    }
}

/// The screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanPage {
    /// Whether it is for who looks at it.
    pub may: MayPlan,
    /// What is drafted, the earliest first; a series or a pooled visit is one row.
    pub drafts: Vec<DraftRow>,
    /// How many shifts that is.
    pub count: usize,
    /// How many of them nobody holds, or too few.
    pub open: usize,
    /// On whose rota they will be: the PAs, the person and who acts for them; me left out.
    pub told: Vec<Face<MemberId>>,
}

/// What is drafted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// The first shift of it.
    pub shift: ShiftId,
    /// When that is.
    pub planned: Stretch,
    /// When it is on the rota now, if this is a change of it.
    pub was: Option<Stretch>,
    /// With whom; several for a pooled visit.
    pub persons: Vec<Face<PersonId>>,
    /// Who comes.
    pub pas: Vec<Face<MemberId>>,
    /// How many PAs are missing.
    pub missing: usize,
    /// Who comes along to learn.
    pub shadows: Vec<Face<MemberId>>,
    /// What kind of work.
    pub kind: ShiftKind,
    /// How it repeats.
    pub series: Option<Series>,
}

/// How drafted shifts repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// On which days of the week.
    pub weekdays: BTreeSet<u8>,
    /// The last day.
    pub last: Day,
    /// How many shifts.
    pub count: usize,
}

#[derive(PartialEq, Eq)]
enum Key {
    Series(SeriesId),
    Pool(PoolId),
    Alone(ShiftId),
}

fn key(draft: &Shift, changes: bool) -> Key {
    match (draft.series, draft.pool) {
        _ if changes => Key::Alone(draft.shift),
        (Some(series), _) => Key::Series(series),
        (None, Some(pool)) => Key::Pool(pool),
        (None, None) => Key::Alone(draft.shift),
    }
}

/// The screen.
pub fn plan_page(phone: &Phone, now: Moment) -> PlanPage {
    let may = may_plan(phone, now);
    let board = &phone.book().board;
    let mut rows: Vec<(Key, DraftRow)> = Vec::new();
    let (mut count, mut open) = (0, 0);
    let mut told = BTreeSet::new();
    for (at, state, draft) in plan::drafts(board) {
        if !may.allows(at.person) {
            continue;
        }
        count += 1;
        let missing = draft.needs().saturating_sub(draft.pas.len());
        open += usize::from(missing > 0);
        told.extend(concerned(board, draft));
        let key = key(draft, state.is_on());
        let person = face::person(phone, draft.person);
        match rows.iter_mut().find(|(k, _)| *k == key) {
            Some((_, row)) => {
                if !row.persons.contains(&person) {
                    row.persons.push(person);
                }
                if let Some(series) = &mut row.series {
                    series.weekdays.insert(draft.start.day().weekday());
                    series.last = draft.start.day();
                    series.count += 1;
                }
            }
            None => rows.push((
                key,
                DraftRow {
                    shift: draft.shift,
                    planned: stretch(draft),
                    was: state.is_on().then(|| stretch(&state.shift)),
                    persons: vec![person],
                    pas: faces(phone, &draft.pas),
                    missing,
                    shadows: faces(phone, &draft.shadows),
                    kind: draft.work,
                    series: draft.series.filter(|_| !state.is_on()).map(|_| Series {
                        weekdays: [draft.start.day().weekday()].into(),
                        last: draft.start.day(),
                        count: 1,
                    }),
                },
            )),
        }
    }
    let me = super::me(phone);
    let told = told.into_iter().filter(|id| Some(*id) != me);
    PlanPage {
        may,
        drafts: rows.into_iter().map(|(_, row)| row).collect(),
        count,
        open,
        told: told.map(|id| face::member(phone, id)).collect(),
    }
}

fn concerned(board: &Board, shift: &Shift) -> Vec<MemberId> {
    let pas = shift.pas.iter().chain(&shift.shadows).copied();
    pas.chain(speakers(board, shift.person)).collect()
}

fn faces(phone: &Phone, ids: &[MemberId]) -> Vec<Face<MemberId>> {
    ids.iter().map(|id| face::member(phone, *id)).collect()
}

fn stretch(shift: &Shift) -> Stretch {
    Stretch {
        start: shift.start,
        end: shift.end,
    }
}

/// What publishes all that is drafted.
pub fn publish_all(phone: &Phone, now: Moment) -> Vec<Intent> {
    let may = may_plan(phone, now);
    plan::drafts(&phone.book().board)
        .into_iter()
        .filter(|(at, ..)| may.allows(at.person))
        .filter_map(|(_, state, _)| plan::publish(state))
        .collect()
}

/// How many shifts a change of this one, and those that follow, is about, and how many of its
/// series stay as they are because cover was asked for or given.
pub fn following(phone: &Phone, at: ShiftRef, now: Moment) -> (usize, usize) {
    let may = may_plan(phone, now);
    let allows = |person| may.allows(person);
    let board = &phone.book().board;
    let (about, left) = plan::about(board, at, Scope::Following, &allows, now);
    (about.len(), left)
}

/// What cancels a shift, or it and those that follow.
pub fn cancel(phone: &Phone, at: ShiftRef, scope: Scope, reason: &str, now: Moment) -> Vec<Intent> {
    let may = may_plan(phone, now);
    let allows = |person| may.allows(person);
    let (about, _) = plan::about(&phone.book().board, at, scope, &allows, now);
    plan::cancel_all(&about, reason)
}
