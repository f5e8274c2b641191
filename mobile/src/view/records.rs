//! The registered manager's home: what needs me?

use super::{
    log::Log,
    people::{self, PersonRow},
    timeline::{self, MissedCard, VisitCard},
    waiting,
};
use crate::engine::Phone;
use kith_shared::{
    domain::visit::Mark,
    time::{Moment, Span},
};

/// Exceptions of so many days are shown.
pub const EXCEPTIONS: Span = Span::days(14);

/// What needs the manager.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Records {
    /// Of the last [`EXCEPTIONS`], missed first, then late, cut short, amended; of each the
    /// latest first.
    pub exceptions: Vec<Exception>,
    /// How many there were in this time.
    pub counts: Counts,
    /// All people, to open their timelines.
    pub people: Vec<PersonRow>,
}

/// Something that was not as planned.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // The large one is the rule.
pub enum Exception {
    /// A shift is over, and no clock in has arrived.
    Missed(MissedCard),
    /// A visit with at least one mark.
    Visit(VisitCard),
}

/// Visits counted. A visit that was late and amended counts in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)] // The words say it.
pub struct Counts {
    pub visits: usize,
    pub missed: usize,
    pub late: usize,
    pub cut_short: usize,
    pub amended: usize,
}

impl Exception {
    /// When it began or should have begun.
    pub fn start(&self) -> Moment {
        match self {
            Self::Missed(missed) => missed.planned.start,
            Self::Visit(visit) => visit.start,
        }
    }

    fn urgency(&self) -> u8 {
        let urgency = |mark: &Mark| match mark {
            Mark::Missed => 0,
            Mark::Late => 1,
            Mark::CutShort => 2,
            Mark::Amended => 3,
        };
        match self {
            Self::Missed(_) => 0,
            Self::Visit(visit) => visit.marks.iter().map(urgency).min().unwrap_or(u8::MAX),
        }
    }
}

/// How many things need the manager: what was not as planned, what was put aside, and what was found
/// wrong with the records and not read yet.
pub fn needs(phone: &Phone, now: Moment) -> usize {
    let doubts = waiting::doubts(phone);
    let aside = usize::try_from(phone.to_look_at().aside).unwrap_or(usize::MAX);
    let found = records(phone, now).exceptions.len() + doubts.iter().filter(|d| !d.read).count();
    found.saturating_add(aside)
}

/// What needs the manager now.
pub fn records(phone: &Phone, now: Moment) -> Records {
    let log = Log::of(phone);
    let since = now - EXCEPTIONS;
    let mut counts = Counts::default();
    let mut exceptions = Vec::new();
    for shift in phone.book().shifts().filter(|s| s.start >= since) {
        for pa in log.missing(shift, now) {
            counts.missed += 1;
            exceptions.push(Exception::Missed(timeline::missed(phone, shift, pa)));
        }
    }
    for visit in phone.book().visits().filter(|v| v.start >= since) {
        counts.visits += 1;
        let marks = log.marks(visit, now);
        for mark in &marks {
            match mark {
                Mark::Missed => {}
                Mark::Late => counts.late += 1,
                Mark::CutShort => counts.cut_short += 1,
                Mark::Amended => counts.amended += 1,
            }
        }
        if !marks.is_empty() {
            exceptions.extend(timeline::visit(phone, &log, visit, now).map(Exception::Visit));
        }
    }
    exceptions.sort_by_key(|e| (e.urgency(), std::cmp::Reverse(e.start())));
    Records {
        exceptions,
        counts,
        people: people::people(phone, now),
    }
}
