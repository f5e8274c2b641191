//! Who is coming: *Today* of the person, of who acts for them and of their family, from the
//! circle alone; and what they were told when nobody came.

mod alerts;

pub use alerts::{ALERT_STAYS, Alert, Settled, Silence, alerts, all_alerts};

use super::{
    face::{self, Face},
    when::{Stretch, When},
};
use crate::engine::Phone;
use kith_shared::{
    documents::{DocumentId, circle},
    domain::shift::ShiftKind,
    ids::{MemberId, PersonId, ShiftId, VisitId},
    policy,
    time::{Day, Moment},
};

/// Who comes is shown for so many days, today included.
pub const DAYS: i32 = 7;

/// Who is coming to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// To whom.
    pub person: Face<PersonId>,
    /// Who is there now, by their clock in; `None` for who does not read visits.
    pub here: Option<Vec<Here>>,
    /// Today, and those of the [`DAYS`] that have shifts.
    pub days: Vec<ComingDay>,
}

/// Someone who is there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Here {
    /// Which visit.
    pub visit: VisitId,
    /// Who.
    pub who: Face<MemberId>,
    /// The shift that it works; none for an unplanned visit.
    pub shift: Option<ShiftId>,
    /// Since when.
    pub since: Moment,
    /// The planned end, for a planned visit.
    pub until: Option<Moment>,
}

/// A day and who comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComingDay {
    /// The day.
    pub day: Day,
    /// As people say it.
    pub when: When,
    /// The shifts that begin on it, or that today is still in; the earliest first.
    pub shifts: Vec<ComingShift>,
}

/// A shift as the circle sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComingShift {
    /// Which.
    pub shift: ShiftId,
    /// From when to when.
    pub planned: Stretch,
    /// What kind of work.
    pub kind: ShiftKind,
    /// Who comes; nobody yet when it is open.
    pub pas: Vec<Face<MemberId>>,
    /// Where it stands in time.
    pub phase: Phase,
    /// Since when someone is there for it, by their clock in.
    pub here: Option<Moment>,
}

/// Where a shift stands in time, by plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Its end has passed.
    Over,
    /// Now is in it.
    Now,
    /// The first of those to come.
    Next,
    /// A later one.
    Later,
}

impl ComingShift {
    /// Nobody holds it.
    pub fn is_open(&self) -> bool {
        self.pas.is_empty()
    }
}

/// Whose circle this phone's member is bound to: the person themself, or whom they act or care
/// for. `None` for PAs and managers.
pub fn my_person(phone: &Phone) -> Option<PersonId> {
    super::role(phone)?.person()
}

/// Who is coming to `person`.
pub fn coming(phone: &Phone, person: PersonId, now: Moment) -> Coming {
    let mut shifts: Vec<_> = (phone.book().circles.get(&person).into_iter())
        .flat_map(|circle| circle.coming.values())
        .collect();
    shifts.sort_by_key(|s| (s.start, s.shift));
    let here = here(phone, person, now);
    let next = shifts.iter().map(|s| s.start).find(|start| *start > now);
    let of_a_day = |n: i32| {
        let day = now.day().plus(n);
        let shifts: Vec<_> = shifts
            .iter()
            .filter(|s| s.start.day() == day || (n == 0 && is_on(s, now)))
            .map(|s| ComingShift {
                here: since(s.shift, here.as_deref()),
                ..shift(phone, s, next, now)
            })
            .collect();
        let when = When::of(day, now);
        (n == 0 || !shifts.is_empty()).then_some(ComingDay { day, when, shifts })
    };
    Coming {
        person: face::person(phone, person),
        days: (0..DAYS).filter_map(of_a_day).collect(),
        here,
    }
}

fn since(shift: ShiftId, here: Option<&[Here]>) -> Option<Moment> {
    let there = here?.iter().filter(|h| h.shift == Some(shift));
    there.map(|h| h.since).min()
}

fn is_on(shift: &circle::Coming, now: Moment) -> bool {
    shift.start <= now && now < shift.end
}

fn shift(phone: &Phone, s: &circle::Coming, next: Option<Moment>, now: Moment) -> ComingShift {
    let phase = if s.end <= now {
        Phase::Over
    } else if is_on(s, now) {
        Phase::Now
    } else if Some(s.start) == next {
        Phase::Next
    } else {
        Phase::Later
    };
    ComingShift {
        shift: s.shift,
        planned: Stretch {
            start: s.start,
            end: s.end,
        },
        kind: s.work,
        pas: s.pas.iter().map(|pa| face::member(phone, *pa)).collect(),
        phase,
        here: None,
    }
}

fn here(phone: &Phone, person: PersonId, now: Moment) -> Option<Vec<Here>> {
    let role = super::role(phone)?;
    if !policy::may_read(role, DocumentId::visits(person, now.month())) {
        return None;
    }
    let book = phone.book();
    let mut running: Vec<_> = (book.visits())
        .filter(|v| v.person == person && v.end.is_none())
        .collect();
    running.sort_by_key(|v| (v.start, v.id));
    let one = |v: &kith_shared::domain::visit::Visit| Here {
        visit: v.id,
        who: face::member(phone, v.pa),
        shift: v.shift,
        since: v.start,
        until: v.shift.and_then(|id| book.shift(id)).map(|s| s.end),
    };
    Some(running.into_iter().map(one).collect())
}
