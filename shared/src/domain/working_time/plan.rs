//! A plan laid out for looking at it: stretches without their overlaps, in order.

use super::Work;
use crate::{
    domain::shift::ShiftKind,
    limits,
    time::{Day, Moment},
};

/// From one millisecond up to before another; or from one day to before another.
pub(super) type Interval = (i64, i64);

/// What two intervals have in common.
pub(super) fn overlap(a: Interval, b: Interval) -> i64 {
    a.1.min(b.1).saturating_sub(a.0.max(b.0)).max(0)
}

/// When this work is; none, when it ends before it begins.
pub(super) fn interval(work: &Work) -> Option<Interval> {
    let end = work.end.min(work.start + limits::LONGEST_SHIFT);
    (work.start < end).then_some((work.start.millis(), end.millis()))
}

/// Intervals that neither overlap nor touch, in order.
#[derive(Default)]
pub(super) struct Union {
    pub parts: Vec<Interval>,
    /// How much lies before each part.
    before: Vec<i64>,
}

impl Union {
    pub fn of(mut intervals: Vec<Interval>) -> Self {
        intervals.sort_unstable();
        let mut union = Self::default();
        let mut sum = 0_i64;
        for (start, end) in intervals {
            match union.parts.last_mut() {
                Some(last) if start <= last.1 => {
                    sum = sum.saturating_add(end.saturating_sub(last.1).max(0));
                    last.1 = last.1.max(end);
                }
                _ => {
                    union.parts.push((start, end));
                    union.before.push(sum);
                    sum = sum.saturating_add(end.saturating_sub(start));
                }
            }
        }
        union
    }

    /// How much of it lies before this.
    fn up_to(&self, at: i64) -> i64 {
        let next = self.parts.partition_point(|part| part.0 < at);
        next.checked_sub(1).map_or(0, |last| {
            let (start, end) = self.parts[last];
            self.before[last].saturating_add(end.min(at).saturating_sub(start))
        })
    }

    /// How much of it lies in this window.
    pub fn within(&self, (from, until): Interval) -> i64 {
        self.up_to(until).saturating_sub(self.up_to(from)).max(0)
    }

    /// What lies between its parts, and before and after all of them.
    pub fn gaps(&self) -> impl Iterator<Item = Interval> {
        let starts = self.parts.iter().map(|p| p.0).chain([i64::MAX]);
        let ends = [i64::MIN].into_iter().chain(self.parts.iter().map(|p| p.1));
        ends.zip(starts)
    }
}

/// Days are counted from here: a Monday, the first after the regulations came into force.
fn first_day() -> Day {
    Day::new(1998, 10, 5).unwrap_or_else(|| Moment::default().day())
}

/// The number of a day.
pub(super) fn number(day: Day) -> i64 {
    day.since(first_day()).into()
}

/// The day of this number.
pub(super) fn day(number: i64) -> Day {
    let number = i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX });
    first_day().plus(number)
}

/// The number of the day on which this is.
pub(super) fn day_of(millis: i64) -> i64 {
    number(Moment::from_millis(millis).day())
}

/// When the day of this number begins.
pub(super) fn start_of(number: i64) -> i64 {
    day(number).start().millis()
}

/// Each day of these, once and in order.
pub(super) fn each(days: Vec<Interval>) -> Vec<i64> {
    let days = Union::of(days).parts.into_iter();
    days.flat_map(|(first, end)| first..end).collect()
}

/// A plan laid out.
pub(super) struct Plan {
    /// All working time.
    pub work: Union,
    /// Day shifts and waking nights.
    pub waking: Union,
    /// Sleep-ins: when they begin, and how long of it the PA was awake to work.
    pub sleep_ins: Vec<(i64, i64)>,
    /// The days on which a stretch begins, each once.
    pub starts: Vec<i64>,
    /// The days on which there is work, each once.
    pub days: Vec<i64>,
}

impl Plan {
    pub fn of(stretches: &[Work]) -> Self {
        let (mut work, mut waking, mut sleep_ins) = (Vec::new(), Vec::new(), Vec::new());
        let (mut starts, mut days) = (Vec::new(), Vec::new());
        for stretch in stretches {
            let Some((start, end)) = interval(stretch) else {
                continue;
            };
            let first = stretch.start.day();
            if !limits::YEARS.contains(&first.year()) {
                continue;
            }
            let first = number(first);
            starts.push((first, first + 1));
            days.push((first, day_of(end - 1) + 1));
            work.push((start, end));
            match stretch.kind {
                ShiftKind::Day | ShiftKind::WakingNight => waking.push((start, end)),
                ShiftKind::SleepIn => {
                    let awake = stretch.awake.millis().clamp(0, end - start);
                    sleep_ins.push((start, awake));
                }
            }
        }
        // A sleep-in that is told twice is one.
        sleep_ins.sort_unstable();
        sleep_ins.dedup();
        Self {
            starts: each(starts),
            days: each(days),
            work: Union::of(work),
            waking: Union::of(waking),
            sleep_ins,
        }
    }
}
