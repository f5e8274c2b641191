//! *Hours*: what I worked in a month.

use super::{
    face::{self, Face},
    log::Log,
    when::{minutes, nights},
};
use crate::engine::Phone;
use kith_shared::{
    domain::{
        hours::{self, Worked},
        shift::ShiftKind,
        visit::Mark,
    },
    ids::{PersonId, VisitId},
    time::{Day, Moment, Month},
};

/// My month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyHours {
    /// Which.
    pub month: Month,
    /// The nearest earlier month in which I worked.
    pub previous: Option<Month>,
    /// The next month, up to that of now.
    pub next: Option<Month>,
    /// The weeks in which I worked, the latest first. The first and the last have only what
    /// belongs to this month.
    pub weeks: Vec<HoursWeek>,
    /// Minutes of day shifts, waking nights and unplanned visits.
    pub awake: i64,
    /// Minutes of sleep-ins.
    pub sleep_in: i64,
    /// How many sleep-ins there were.
    pub sleep_ins: usize,
    /// Minutes of my shifts of this month that have not begun.
    pub to_come: i64,
}

/// A week of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursWeek {
    /// Its Monday.
    pub monday: Day,
    /// Minutes of its lines, sleep-ins included.
    pub minutes: i64,
    /// Its visits, the latest first.
    pub lines: Vec<HoursLine>,
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursLine {
    /// Which.
    pub visit: VisitId,
    /// With whom.
    pub person: Face<PersonId>,
    /// The day on which it began.
    pub day: Day,
    /// When it began.
    pub start: Moment,
    /// When it ended; none while it runs.
    pub end: Option<Moment>,
    /// The minutes that elapsed, up to now while it runs.
    pub minutes: i64,
    /// How many midnights it passed.
    pub nights: u8,
    /// What kind of work.
    pub kind: ShiftKind,
    /// How it stands against what was planned.
    pub marks: Vec<Mark>,
}

impl MyHours {
    /// All minutes.
    pub fn total(&self) -> i64 {
        self.awake + self.sleep_in
    }
}

/// What I worked in `month`. The totals are the sums of the lines as they are shown.
pub fn hours(phone: &Phone, month: Month, now: Moment) -> MyHours {
    let mut mine = MyHours {
        month,
        previous: None,
        next: (month < now.month()).then(|| month.next()),
        weeks: Vec::new(),
        awake: 0,
        sleep_in: 0,
        sleep_ins: 0,
        to_come: 0,
    };
    let Some(me) = super::me(phone) else {
        return mine;
    };
    let book = phone.book();
    let log = Log::of(phone);
    let months = book.visits().filter(|v| v.pa == me);
    mine.previous = months.map(|v| v.start.month()).filter(|m| *m < month).max();
    mine.to_come = (book.shifts())
        .filter(|s| s.pas.contains(&me) && s.start.month() == month && s.start > now)
        .filter(|s| !log.has_worked(s.shift, me))
        .map(|s| minutes(s.start, s.end))
        .sum();
    let shifts = book.shifts().map(|s| (s.shift, s.clone())).collect();
    let worked = hours::hours(me, month, book.visits(), &shifts, now);
    for work in worked.lines.iter().rev() {
        let line = line(phone, &log, work, now);
        match line.kind {
            ShiftKind::SleepIn => {
                mine.sleep_in += line.minutes;
                mine.sleep_ins += 1;
            }
            ShiftKind::Day | ShiftKind::WakingNight => mine.awake += line.minutes,
        }
        let monday = line.day.monday();
        match mine.weeks.last_mut() {
            Some(week) if week.monday == monday => {
                week.minutes += line.minutes;
                week.lines.push(line);
            }
            _ => mine.weeks.push(HoursWeek {
                monday,
                minutes: line.minutes,
                lines: vec![line],
            }),
        }
    }
    mine
}

fn line(phone: &Phone, log: &Log<'_>, work: &Worked, now: Moment) -> HoursLine {
    let visit = &work.visit;
    let end = visit.end.unwrap_or(now);
    HoursLine {
        visit: visit.id,
        person: face::person(phone, visit.person),
        day: work.day,
        start: visit.start,
        end: visit.end,
        minutes: minutes(visit.start, end),
        nights: nights(visit.start, end),
        kind: work.work,
        marks: log.marks(visit, now),
    }
}
