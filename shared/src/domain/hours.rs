//! Hours worked.

use super::{
    shift::{Shift, ShiftKind},
    visit::Visit,
};
use crate::{
    ids::{MemberId, ShiftId},
    time::{Day, Moment, Month, Span},
};
use std::collections::BTreeMap;

/// One line of a member's month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worked {
    /// The day on which it began.
    pub day: Day,
    /// The visit.
    pub visit: Visit,
    /// What kind of work it was; unplanned visits count as day work.
    pub work: ShiftKind,
    /// What elapsed.
    pub length: Span,
    /// It is still running, so the length is up to now.
    pub running: bool,
}

/// A member's month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hours {
    /// The visits, the earliest first.
    pub lines: Vec<Worked>,
    /// Time awake and working: day shifts, waking nights, unplanned visits.
    pub awake: Span,
    /// Sleep-ins: working time for rest, but not all of it for the minimum wage
    /// (National Minimum Wage Regulations 2015, reg. 32: only the time awake to work counts).
    pub sleep_in: Span,
}

/// What `member` worked in visits that began in `month`, as known at `now`.
pub fn hours<'a>(
    member: MemberId,
    month: Month,
    visits: impl IntoIterator<Item = &'a Visit>,
    shifts: &BTreeMap<ShiftId, Shift>,
    now: Moment,
) -> Hours {
    let mut total = Hours::default();
    for visit in visits {
        if visit.pa != member || visit.start.month() != month {
            continue;
        }
        let work = visit
            .shift
            .and_then(|s| shifts.get(&s))
            .map_or(ShiftKind::Day, |s| s.work);
        let length = visit.length(now);
        match work {
            ShiftKind::SleepIn => total.sleep_in = total.sleep_in + length,
            ShiftKind::Day | ShiftKind::WakingNight => total.awake = total.awake + length,
        }
        total.lines.push(Worked {
            day: visit.start.day(),
            visit: visit.clone(),
            work,
            length,
            running: visit.end.is_none(),
        });
    }
    total.lines.sort_by_key(|w| (w.visit.start, w.visit.id));
    total
}
