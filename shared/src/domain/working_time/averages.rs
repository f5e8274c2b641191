//! Averages over the weeks of reference, and the PA's own week.

use super::{
    Contract, Days, Found, RuleName, Warning,
    plan::{self, Interval, Plan, Union},
    rules,
};
use crate::time::{Moment, Span};

/// Days of a week.
const WEEK: i64 = 7;

/// The weeks of reference that end with a day.
struct Reference {
    /// The days, by number.
    days: Interval,
    /// How many weeks count.
    weeks: i64,
}

impl Reference {
    /// The days, from midnight to midnight.
    fn window(&self) -> Interval {
        midnights(self.days)
    }
    /// The last day: what tells two of them apart.
    fn last_day(&self) -> Interval {
        midnights((self.days.1 - 1, self.days.1))
    }
}

/// The time of these days.
fn midnights((first, end): Interval) -> Interval {
    (plan::start_of(first), plan::start_of(end))
}

/// The weeks up to the end of a day: as many as the rule says, not counting the days that are
/// excluded. Of a new starter, the weeks since they started, the last of them whole: so the
/// average is right at the end of each week, and does not alarm on the first day of one.
fn reference(last: i64, contract: &Contract, excluded: &Union) -> Option<Reference> {
    let days = rules::value(RuleName::Reference, plan::day(last))? / Span::days(1).millis();
    let (mut first, mut missing) = (last + 1, days);
    for &(from, until) in excluded.parts.iter().rev().filter(|part| part.0 <= last) {
        if until > last {
            return None;
        }
        let counting = (first - until).min(missing);
        (first, missing) = (first - counting, missing - counting);
        if missing == 0 {
            break;
        }
        first = from;
    }
    first -= missing;
    let started = contract.started.map_or(i64::MIN, plan::number);
    let first = first.max(started);
    let counting = last + 1 - first - excluded.within((first, last + 1));
    Some(Reference {
        days: (first, last + 1),
        weeks: ((counting + WEEK - 1) / WEEK).max(1),
    })
}

fn numbers(days: &Days) -> impl Iterator<Item = Interval> {
    let end = |last: &Option<_>| last.map_or(i64::MAX, |last| plan::number(last) + 1);
    days.iter()
        .map(move |(first, last)| (plan::number(*first), end(last)))
        .filter(|(first, end)| first < end)
}

/// A part of a whole, rounded up, so that what is over a limit never looks like the limit.
fn average(sum: i64, of: i64) -> Span {
    Span::from_millis(sum.saturating_add(of - 1) / of)
}

/// The average week. Days of leave, of sickness and of an opt-out are left out with the work on
/// them, and earlier weeks count in their place.
pub(super) fn week(plan: &Plan, days: &[i64], contract: &Contract, found: &mut Vec<Found>) {
    if contract.household {
        return;
    }
    let excluded = numbers(&contract.opted_out).chain(numbers(&contract.away));
    let excluded = Union::of(excluded.collect());
    let elsewhere = contract.elsewhere_per_week.max(Span::default()).millis();
    for &last in days {
        let most = rules::value(RuleName::Week, plan::day(last));
        let (Some(most), Some(reference)) = (most, reference(last, contract, &excluded)) else {
            continue;
        };
        let window = reference.window();
        let mut worked = plan.work.within(window);
        for (from, until) in &excluded.parts {
            let from = *from.max(&reference.days.0);
            let until = *until.min(&reference.days.1);
            if from < until {
                worked -= plan.work.within(midnights((from, until)));
            }
        }
        let sum = worked.saturating_add(elsewhere.saturating_mul(reference.weeks));
        let by = sum.saturating_sub(most * reference.weeks);
        if by > 0 && worked > 0 {
            found.push(Found {
                warning: Warning::Week {
                    from: Moment::from_millis(window.0),
                    until: Moment::from_millis(window.1),
                    average: average(sum, reference.weeks),
                    most: Span::from_millis(most),
                },
                window,
                mark: reference.last_day(),
                by,
            });
        }
    }
}

/// The nights in which so much work lies that they count as worked: their evenings.
fn nights(plan: &Plan) -> Vec<i64> {
    let evenings = plan.days.iter().map(|day| (day - 1, day + 1)).collect();
    let is_worked = |evening: &i64| {
        let day = plan::day(*evening);
        let at = |day, name| {
            let hour = rules::value(name, day)? / Span::hours(1).millis();
            Some(Moment::at(day, i8::try_from(hour).ok()?, 0).millis())
        };
        let night = || {
            let begins = at(day, RuleName::NightBegins)?;
            let ends = at(day.plus(1), RuleName::NightEnds)?;
            Some((
                plan.work.within((begins, ends)),
                rules::value(RuleName::NightWorked, day)?,
            ))
        };
        night().is_some_and(|(worked, least)| worked >= least)
    };
    let mut nights = plan::each(evenings);
    nights.retain(is_worked);
    nights
}

/// The average of 24 hours of a night worker: work over days, less a weekly rest for each week
/// (reg. 6(5)). No one can opt out of it.
pub(super) fn night(plan: &Plan, days: &[i64], contract: &Contract, found: &mut Vec<Found>) {
    if contract.household {
        return;
    }
    let nights = nights(plan);
    for &last in days {
        let on = |name| rules::value(name, plan::day(last));
        let rules = (
            on(RuleName::Night),
            on(RuleName::NightWorker),
            on(RuleName::WeeklyRest),
        );
        let (Some(most), Some(one_in), Some(weekly_rest)) = rules else {
            continue;
        };
        let Some(reference) = reference(last, contract, &Union::default()) else {
            continue;
        };
        let in_window = |days: &[i64]| {
            let (from, until) = reference.days;
            let begins = |day: &&i64| (from..until).contains(*day);
            i64::try_from(days.iter().filter(begins).count()).unwrap_or(i64::MAX)
        };
        let day = Span::days(1).millis();
        if in_window(&nights) * (one_in / day) < in_window(&plan.starts).max(1) {
            continue;
        }
        let window = reference.window();
        let sum = plan.work.within(window);
        let of = reference.weeks * (WEEK - weekly_rest / day);
        let by = sum.saturating_sub(most * of);
        if by > 0 {
            found.push(Found {
                warning: Warning::Night {
                    from: Moment::from_millis(window.0),
                    until: Moment::from_millis(window.1),
                    average: average(sum, of),
                    most: Span::from_millis(most),
                },
                window,
                mark: reference.last_day(),
                by,
            });
        }
    }
}

/// The PA's own limit, from a Monday to the Sunday.
pub(super) fn own_most(plan: &Plan, contract: &Contract, found: &mut Vec<Found>) {
    let Some(most) = contract.most_per_week else {
        return;
    };
    let mut last_week = None;
    for week in plan.days.iter().map(|day| day.div_euclid(WEEK)) {
        if last_week.replace(week) == Some(week) {
            continue;
        }
        let window = midnights((week * WEEK, (week + 1) * WEEK));
        let worked = plan.work.within(window);
        if worked > most.millis() {
            found.push(Found {
                warning: Warning::OwnMost {
                    from: Moment::from_millis(window.0),
                    worked: Span::from_millis(worked),
                    most,
                },
                window,
                mark: window,
                by: worked.saturating_sub(most.millis()),
            });
        }
    }
}
