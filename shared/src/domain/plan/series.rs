//! Shifts by the wall clock: one, or a series.

use crate::{
    domain::shift::{Shift, ShiftKind},
    ids::{MemberId, PersonId, PoolId, SeriesId, ShiftId},
    limits,
    time::{Day, Moment, Span},
};
use std::collections::BTreeSet;

/// Hour and minute of the wall clock.
pub type Clock = (i8, i8);

/// From when to when, by the wall clock: what does not end after it begins ends the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// When it begins.
    pub from: Clock,
    /// When it ends.
    pub to: Clock,
}

impl Hours {
    /// It ends on the day after the one on which it begins.
    pub fn is_overnight(self) -> bool {
        self.to <= self.from
    }

    /// When it begins and ends on this day. Where the clocks skip so much of it that nothing is
    /// left, it lasts as long as on other days.
    pub fn on(self, day: Day) -> (Moment, Moment) {
        let start = Moment::at(day, self.from.0, self.from.1);
        let last = day.plus(i32::from(self.is_overnight()));
        let end = Moment::at(last, self.to.0, self.to.1);
        if start < end {
            return (start, end);
        }
        let minutes = |(hour, minute): Clock| i64::from(hour) * 60 + i64::from(minute);
        let span = (minutes(self.to) - minutes(self.from)).rem_euclid(24 * 60);
        (start, start + Span::minutes(span))
    }

    /// The hours of a shift.
    pub fn of(shift: &Shift) -> Self {
        Self {
            from: shift.start.clock(),
            to: shift.end.clock(),
        }
    }
}

/// On which days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Days {
    /// On this one.
    Once(Day),
    /// On some days of the week.
    Weekly(Pattern),
}

/// Days that repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// No day is before this one.
    pub first: Day,
    /// 0 for Monday to 6 for Sunday.
    pub weekdays: BTreeSet<u8>,
    /// Every week (1), or every second one (2), counted from the week of [`Self::first`].
    pub every: u8,
    /// No day is after this one.
    pub until: Day,
    /// But not on these.
    pub except: BTreeSet<Day>,
}

/// Why a series cannot be planned so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// It ends before it begins.
    #[error("the last day is before the first")]
    EndsFirst,
    /// Its last day is more than [`limits::SERIES_DAYS`] after the first.
    #[error("the last day is too far ahead")]
    TooLong,
    /// It has more than [`limits::SHIFTS_PER_SERIES`] shifts.
    #[error("these are too many shifts at once")]
    TooMany,
    /// No day is left.
    #[error("there is no such day")]
    NoDay,
    /// Nobody is to be supported.
    #[error("it is with nobody")]
    NoPerson,
}

impl Days {
    /// The days, the earliest first.
    pub fn days(&self) -> Result<Vec<Day>, PlanError> {
        let pattern = match self {
            Self::Once(day) => return Ok(vec![*day]),
            Self::Weekly(pattern) => pattern,
        };
        let length = pattern.until.since(pattern.first);
        if length < 0 {
            return Err(PlanError::EndsFirst);
        }
        if length > limits::SERIES_DAYS {
            return Err(PlanError::TooLong);
        }
        let monday = pattern.first.monday();
        let every = i32::from(pattern.every.max(1));
        let days: Vec<_> = (0..=length)
            .map(|n| pattern.first.plus(n))
            .filter(|day| (day.since(monday) / 7) % every == 0)
            .filter(|day| pattern.weekdays.contains(&day.weekday()))
            .filter(|day| !pattern.except.contains(day))
            .collect();
        if days.is_empty() {
            return Err(PlanError::NoDay);
        }
        Ok(days)
    }
}

/// What is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// With whom: several for a pooled visit, a shift with each.
    pub persons: Vec<PersonId>,
    /// From when to when.
    pub hours: Hours,
    /// Who comes; fewer than it takes when it is open.
    pub pas: Vec<MemberId>,
    /// How many it takes.
    pub needs: u8,
    /// Who comes along to learn.
    pub shadows: Vec<MemberId>,
    /// What kind of work.
    pub kind: ShiftKind,
}

/// The shifts of new work: one a day and person. Those of one day are pooled where it is with
/// several, and all are a series where it repeats.
pub fn shifts(
    work: &Work,
    days: &Days,
    now: Moment,
    dice: &mut dyn FnMut() -> u128,
) -> Result<Vec<Shift>, PlanError> {
    if work.persons.is_empty() {
        return Err(PlanError::NoPerson);
    }
    let on = days.days()?;
    if on.len().saturating_mul(work.persons.len()) > limits::SHIFTS_PER_SERIES {
        return Err(PlanError::TooMany);
    }
    let series = matches!(days, Days::Weekly(_)).then(|| SeriesId::new(now, dice()));
    let mut shifts = Vec::new();
    for day in on {
        let pool = (work.persons.len() > 1).then(|| PoolId::new(now, dice()));
        let (start, end) = work.hours.on(day);
        for person in &work.persons {
            shifts.push(Shift {
                shift: ShiftId::new(now, dice()),
                person: *person,
                start,
                end,
                pas: work.pas.clone(),
                work: work.kind,
                replaces: None,
                needs: work.needs.max(1),
                shadows: work.shadows.clone(),
                series,
                pool,
            });
        }
    }
    Ok(shifts)
}
