//! Rest in a day, in a week, and breaks.

use super::{
    Contract, Found, RuleName, Warning,
    plan::{self, Interval, Plan, overlap},
    rules,
};
use crate::time::{Moment, Span};

/// 24 hours, in milliseconds.
const DAY: i64 = Span::days(1).millis();
/// Days of a week.
const WEEK: i64 = 7;

/// The value of a rule at that time, in milliseconds.
fn value(name: RuleName, at: i64) -> Option<i64> {
    rules::value(name, Moment::from_millis(at).day())
}

/// 24 hours begin with the first work after a sufficient rest, and the rest has to lie in them
/// whole. So a day of work lasts at most 13 hours from its first start to its last end, and a
/// split shift is measured as a whole. Where the rest is missing, the next 24 hours follow at once.
pub(super) fn daily(plan: &Plan, found: &mut Vec<Found>) {
    let parts = &plan.work.parts;
    let (mut at, mut from) = (0, i64::MIN);
    while let Some(part) = parts.get(at) {
        from = from.max(part.0);
        let window = (from, from.saturating_add(DAY));
        let Some(due) = value(RuleName::DailyRest, from) else {
            at += 1;
            continue;
        };
        let mut rest = 0;
        while let Some(part) = parts.get(at).filter(|p| p.1 < window.1 && rest < due) {
            at += 1;
            let next = parts.get(at).map_or(i64::MAX, |p| p.0);
            rest = rest.max(overlap((part.1, next), window));
        }
        if rest >= due {
            from = i64::MIN;
            continue;
        }
        found.push(Found {
            warning: Warning::DailyRest {
                from: Moment::from_millis(from),
                rest: Span::from_millis(rest),
                owed: Span::from_millis(due - rest),
            },
            window,
            mark: window,
            by: due - rest,
        });
        // What ends with the window is behind it.
        at += usize::from(parts.get(at).is_some_and(|p| p.1 <= window.1));
        from = window.1;
    }
}

/// What a rest is good for in this window of days: its part in there, and the daily rest before
/// or after, which may lie outside.
fn good_for(rest: Interval, window: Interval, daily: i64) -> i64 {
    match overlap(rest, window) {
        0 => 0,
        inside => inside
            .saturating_add(daily)
            .min(rest.1.saturating_sub(rest.0)),
    }
}

/// Weeks begin on Mondays, and fortnights with that of the first week of the employment
/// (reg. 11(4) to (6)). Kept is what holds in one of the three ways: a rest in the week, two in
/// the fortnight, or a double one in the fortnight.
pub(super) fn weekly(plan: &Plan, contract: &Contract, found: &mut Vec<Found>) {
    let first = contract.started.map_or(0, plan::number).div_euclid(WEEK);
    let mut last_week = None;
    for week in plan.days.iter().map(|day| day.div_euclid(WEEK)) {
        if last_week.replace(week) == Some(week) {
            continue;
        }
        let days = |from: i64, weeks: i64| {
            (
                plan::start_of(from * WEEK),
                plan::start_of((from + weeks) * WEEK),
            )
        };
        let window = days(week, 1);
        let due = |name| {
            let daily = value(RuleName::DailyRest, window.0)?;
            Some((value(name, window.0)? + daily, daily))
        };
        let Some((due_once, daily)) = due(RuleName::WeeklyRest) else {
            continue;
        };
        let rests = |window| {
            plan.work
                .gaps()
                .map(move |gap| good_for(gap, window, daily))
        };
        let rest = rests(window).max().unwrap_or(0);
        let fortnight = days(week - (week - first).rem_euclid(2), 2);
        let two = rests(fortnight).filter(|r| *r >= due_once).count() >= 2;
        let double = due(RuleName::FortnightlyRest)
            .is_some_and(|(due, _)| rests(fortnight).any(|rest| rest >= due));
        if rest >= due_once || two || double {
            continue;
        }
        found.push(Found {
            warning: Warning::WeeklyRest {
                from: Moment::from_millis(window.0),
                rest: Span::from_millis(rest),
                owed: Span::from_millis(due_once - rest),
            },
            window: fortnight,
            mark: window,
            by: due_once - rest,
        });
    }
}

/// Work goes on where less than a break lies between two stretches. Time asleep in a sleep-in is
/// no work that calls for a break, and no break either. Shifts have no breaks of their own in the
/// plan, so this says that one is due, not that it was missed.
pub(super) fn breaks(plan: &Plan, found: &mut Vec<Found>) {
    let mut parts = plan.work.parts.iter().copied().peekable();
    while let Some(mut run) = parts.next() {
        let rules = (
            value(RuleName::WorkWithoutBreak, run.0),
            value(RuleName::Break, run.0),
        );
        let (Some(most), Some(due)) = rules else {
            continue;
        };
        while let Some(next) = parts.next_if(|p| p.0.saturating_sub(run.1) < due) {
            run.1 = next.1;
        }
        let disturbed = plan
            .sleep_ins
            .iter()
            .filter(|s| (run.0..run.1).contains(&s.0));
        let awake: Span = disturbed.map(|s| Span::from_millis(s.1)).sum();
        // Of two sleep-ins at once, no more than the time they last.
        let worked = Span::from_millis(plan.waking.within(run)) + awake;
        let worked = worked.min(Span::from_millis(run.1.saturating_sub(run.0)));
        if worked.millis() > most {
            found.push(Found {
                warning: Warning::Break {
                    from: Moment::from_millis(run.0),
                    worked,
                    due: Span::from_millis(due),
                },
                window: run,
                mark: run,
                by: due,
            });
        }
    }
}
