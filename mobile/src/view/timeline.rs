//! *Timeline* of a person: what happened and what was noted, the latest first.

use super::{
    face::{self, Face},
    log::Log,
    notes::{self, NoteCard},
    trace::{self, Trace},
    when::{Stretch, When, minutes, nights},
};
use crate::engine::{Phone, Standing};
use kith_shared::{
    domain::{
        note::Note,
        shift::{Shift, ShiftKind},
        visit::{Mark, Visit},
    },
    ids::{MemberId, PersonId, ShiftId, VisitId},
    time::{Day, Moment, Month, Span},
};
use std::collections::BTreeMap;

/// A page that is not asked for by month goes back to the month of so long ago.
pub const FIRST_PAGE: Span = Span::days(14);

/// What happened with a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// With whom.
    pub person: Face<PersonId>,
    /// The days on which something happened, the latest first.
    pub days: Vec<TimelineDay>,
    /// The month to ask for to see more; none when everything is shown.
    pub older: Option<Month>,
}

/// A day of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineDay {
    /// The day.
    pub day: Day,
    /// As people say it.
    pub when: When,
    /// What began on it, the latest first.
    pub entries: Vec<Entry>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // The large one is the rule.
pub enum Entry {
    /// Someone was there.
    Visit(VisitCard),
    /// A note without a visit, or of one that this phone does not read.
    Note(NoteCard),
    /// A shift is over, and no clock in has arrived.
    Missed(MissedCard),
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitCard {
    /// Which.
    pub visit: VisitId,
    /// The month of its document, for acts on it.
    pub month: Month,
    /// With whom.
    pub person: Face<PersonId>,
    /// Who worked it; only they can amend it.
    pub who: Face<MemberId>,
    /// When it began, amendments counted.
    pub start: Moment,
    /// When it ended, amendments counted; none while it runs.
    pub end: Option<Moment>,
    /// The minutes that elapsed, up to now while it runs.
    pub minutes: i64,
    /// How many midnights it passed.
    pub nights: u8,
    /// What was planned; none for an unplanned visit.
    pub planned: Option<Stretch>,
    /// What kind of work; unplanned visits are day work.
    pub kind: ShiftKind,
    /// Where it was clocked in, if the PA chose to say.
    pub place: Option<String>,
    /// How it stands against what was planned.
    pub marks: Vec<Mark>,
    /// Its amendments, the latest first.
    pub amendments: Vec<Amendment>,
    /// The clock in as it was made.
    pub clock_in: Trace,
    /// The clock out as it was made.
    pub clock_out: Option<Trace>,
    /// Its notes, the earliest first.
    pub notes: Vec<NoteCard>,
    /// How far all of its records have come; none for other people's.
    pub standing: Option<Standing>,
}

/// A change of a visit's times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// When it was made.
    pub at: Moment,
    /// The start that it replaced.
    pub start_before: Moment,
    /// The end that it replaced.
    pub end_before: Option<Moment>,
    /// Why.
    pub reason: String,
}

/// A shift without a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissedCard {
    /// Which.
    pub shift: ShiftId,
    /// With whom.
    pub person: Face<PersonId>,
    /// Who holds it; none for one that stayed open.
    pub who: Option<Face<MemberId>>,
    /// What was planned.
    pub planned: Stretch,
    /// What kind of work.
    pub kind: ShiftKind,
}

/// From which month on to show, and which to ask for after that.
pub(super) struct Page {
    pub(super) since: Month,
    pub(super) older: Option<Month>,
}

/// The page from `since` on, over entries of these months. Without `since` it goes back to the
/// month of [`FIRST_PAGE`] ago, or to the latest month that has something.
pub(super) fn page(months: impl Iterator<Item = Month>, since: Option<Month>, now: Moment) -> Page {
    let mut months: Vec<_> = months.collect();
    months.sort_unstable();
    let latest = months.last().copied();
    let recent = (now - FIRST_PAGE).month();
    let since = since.unwrap_or(latest.map_or(recent, |latest| latest.min(recent)));
    let older = months.into_iter().rev().find(|month| *month < since);
    Page { since, older }
}

/// What happened with `person`, as far as this phone reads it, from the month `since` on.
pub fn timeline(phone: &Phone, person: PersonId, since: Option<Month>, now: Moment) -> Timeline {
    let log = Log::of(phone);
    let starts = starts(phone, &log, person, now);
    let page = page(starts.iter().map(|(at, _)| at.month()), since, now);
    let mut days: BTreeMap<Day, Vec<(Moment, Entry)>> = BTreeMap::new();
    for (at, what) in starts {
        if at.month() >= page.since
            && let Some(entry) = entry(phone, &log, what, now)
        {
            days.entry(at.day()).or_default().push((at, entry));
        }
    }
    let of_a_day = |(day, mut entries): (Day, Vec<(Moment, Entry)>)| {
        entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        TimelineDay {
            day,
            when: When::of(day, now),
            entries: entries.into_iter().map(|(_, entry)| entry).collect(),
        }
    };
    Timeline {
        person: face::person(phone, person),
        days: days.into_iter().rev().map(of_a_day).collect(),
        older: page.older,
    }
}

/// What there is, before it is worked out for the days that are shown.
#[derive(Clone, Copy)]
enum What<'a> {
    Visit(&'a Visit),
    Note(&'a Note),
    Missed(&'a Shift, Option<MemberId>),
}

fn starts<'a>(
    phone: &'a Phone,
    log: &Log<'a>,
    person: PersonId,
    now: Moment,
) -> Vec<(Moment, What<'a>)> {
    let book = phone.book();
    let visits = book.visits().filter(|v| v.person == person);
    let alone = |n: &&Note| n.visit.is_none_or(|id| book.visit(id).is_none());
    let notes = book.notes().filter(|n| n.person == person).filter(alone);
    let shifts = book.shifts().filter(|s| s.person == person);
    let missed = shifts.flat_map(|s| log.missing(s, now).into_iter().map(move |pa| (s, pa)));
    (visits.map(|v| (v.start, What::Visit(v))))
        .chain(notes.map(|n| (n.at, What::Note(n))))
        .chain(missed.map(|(s, pa)| (s.start, What::Missed(s, pa))))
        .collect()
}

fn entry(phone: &Phone, log: &Log<'_>, what: What<'_>, now: Moment) -> Option<Entry> {
    match what {
        What::Visit(v) => visit(phone, log, v, now).map(Entry::Visit),
        What::Note(n) => notes::card(phone, n).map(Entry::Note),
        What::Missed(s, pa) => Some(Entry::Missed(missed(phone, s, pa))),
    }
}

pub(super) fn missed(phone: &Phone, shift: &Shift, pa: Option<MemberId>) -> MissedCard {
    MissedCard {
        shift: shift.shift,
        person: face::person(phone, shift.person),
        who: pa.map(|pa| face::member(phone, pa)),
        planned: Stretch {
            start: shift.start,
            end: shift.end,
        },
        kind: shift.work,
    }
}

/// A visit, for its own page; `None` when this phone does not know it.
pub fn one_visit(phone: &Phone, id: VisitId, now: Moment) -> Option<VisitCard> {
    visit(phone, &Log::of(phone), phone.book().visit(id)?.1, now)
}

pub(super) fn visit(phone: &Phone, log: &Log<'_>, visit: &Visit, now: Moment) -> Option<VisitCard> {
    let book = phone.book();
    let (document, _) = book.visit(visit.id)?;
    let shift = log.shift(visit);
    let mut notes: Vec<_> = book.notes().filter(|n| n.visit == Some(visit.id)).collect();
    notes.sort_by_key(|n| (n.at, n.id));
    let end = visit.end.unwrap_or(now);
    let records = (visit.amendments.iter().map(|a| a.record))
        .chain([visit.clock_in.id])
        .chain(visit.clock_out.iter().map(|r| r.id));
    Some(VisitCard {
        visit: visit.id,
        month: document.month()?,
        person: face::person(phone, visit.person),
        who: face::member(phone, visit.pa),
        start: visit.start,
        end: visit.end,
        minutes: minutes(visit.start, end),
        nights: nights(visit.start, end),
        planned: shift.map(|s| Stretch {
            start: s.start,
            end: s.end,
        }),
        kind: shift.map_or(ShiftKind::Day, |s| s.work),
        place: visit.place.clone(),
        marks: log.marks(visit, now),
        amendments: (visit.amendments.iter().rev())
            .map(|a| Amendment {
                at: a.at,
                start_before: a.start_before,
                end_before: a.end_before,
                reason: a.reason.clone(),
            })
            .collect(),
        clock_in: trace::trace(phone, document, &visit.clock_in),
        clock_out: (visit.clock_out.as_ref()).map(|r| trace::trace(phone, document, r)),
        notes: (notes.into_iter())
            .filter_map(|n| notes::card(phone, n))
            .collect(),
        standing: trace::standing(phone, document, records),
    })
}
