//! Until when records have to be kept: clocks that are worked out from what was said, and a report
//! of which have run out. Nothing is ever deleted by it.
//!
//! - **Care records** of adults: eight years after the care ended, and from the beginning again when
//!   the person came back (NHS England, *Records Management Code of Practice*, retention schedule:
//!   adult social care records).
//! - **Pay records**, which visits are: six years after the pay reference period that follows the one
//!   they cover (National Minimum Wage Regulations 2015, regulation 59). A month counts as that
//!   period, which is the longest there is.
//!
//! Visits are both, so what is about a person is due when both clocks have run out.

use kith_shared::{
    documents::{Document, DocumentId, DocumentKind, team::TeamRecord},
    ids::PersonId,
    time::{Day, Month},
};
use serde::Serialize;

/// For how many years records are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Periods {
    /// Care records, after the care ended.
    pub care: u8,
    /// Pay records, after the pay reference period that follows theirs.
    pub pay: u8,
}

impl Default for Periods {
    fn default() -> Self {
        Self { care: 8, pay: 6 }
    }
}

/// The team's care of a person, as it was said last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Care {
    /// It goes on, and nothing was ever said.
    #[default]
    GoesOn,
    /// It goes on again since this day.
    Resumed(Day),
    /// It ended on this day; it had begun again on the other, if it had ended before.
    Ended(Day, Option<Day>),
}

/// What cannot be said of a person's care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSo {
    /// They came back later than that.
    #[error("They came back on {0}: their care cannot have ended before.")]
    EndsBeforeReturn(Day),
    /// It had not ended.
    #[error("Their care has not ended: say first when it did.")]
    NotEnded,
    /// It ended later than that.
    #[error("Their care ended on {0}: they cannot have come back before.")]
    ReturnsBeforeEnd(Day),
}

impl Care {
    /// What the team's document says about this person.
    pub fn of(person: PersonId, team: &Document) -> Self {
        let said = team.records().0.into_iter().map(|record| record.body);
        said.fold(Self::default(), |care, said| match said {
            TeamRecord::CareEnded { person: p, on } if p == person => care.end(on).unwrap_or(care),
            TeamRecord::CareResumed { person: p, on } if p == person => {
                care.resume(on).unwrap_or(care)
            }
            _ => care,
        })
    }

    /// It ended on this day, its last. Said again, the later word counts.
    pub fn end(self, on: Day) -> Result<Self, NotSo> {
        let began = match self {
            Self::GoesOn => None,
            Self::Resumed(day) => Some(day),
            Self::Ended(_, began) => began,
        };
        match began {
            Some(day) if on < day => Err(NotSo::EndsBeforeReturn(day)),
            began => Ok(Self::Ended(on, began)),
        }
    }

    /// They came back on this day: the clock is set back.
    pub fn resume(self, on: Day) -> Result<Self, NotSo> {
        match self {
            Self::GoesOn | Self::Resumed(_) => Err(NotSo::NotEnded),
            Self::Ended(day, _) if on < day => Err(NotSo::ReturnsBeforeEnd(day)),
            Self::Ended(..) => Ok(Self::Resumed(on)),
        }
    }

    /// Its last day, if it ended.
    pub fn ended(self) -> Option<Day> {
        match self {
            Self::Ended(day, _) => Some(day),
            Self::GoesOn | Self::Resumed(_) => None,
        }
    }
}

/// Where the clocks of one person's records stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Clocks {
    /// The last day of care; nothing while it goes on.
    pub care_ended: Option<Day>,
    /// The first day on which care records need not be kept; never while care goes on.
    pub care_until: Option<Day>,
    /// The last month in which there are pay records.
    pub last_paid: Option<Month>,
    /// The first day on which no pay record needs to be kept; none when there are none.
    pub pay_until: Option<Day>,
    /// The first day on which nothing about them has to be kept.
    pub due: Option<Day>,
    /// Records are of later than the care is said to have ended: somebody should look.
    pub later: bool,
}

/// The clocks of a person of whom there are these documents.
pub fn clocks(
    care: Care,
    documents: impl IntoIterator<Item = DocumentId>,
    periods: Periods,
) -> Clocks {
    let (mut last, mut last_paid) = (None, None);
    for document in documents {
        // What was planned is no record of care; what happened is.
        let happened = matches!(
            document.kind(),
            DocumentKind::Visits | DocumentKind::Notes | DocumentKind::TeamNotes
        );
        if happened {
            last = last.max(document.month());
        }
        if document.kind() == DocumentKind::Visits {
            last_paid = last_paid.max(document.month());
        }
    }
    let care_ended = care.ended();
    let later = care_ended.is_some_and(|day| last.is_some_and(|month| month > day.month()));
    // Where there are later records, the care went on at least until then.
    let end = care_ended.map(|day| match last {
        Some(month) if later => month.next().first().plus(-1),
        _ => day,
    });
    let care_until = end.map(|day| years_after(day, periods.care));
    let pay_until = last_paid.map(|month| years_after(month.next().next().first(), periods.pay));
    Clocks {
        care_ended,
        care_until,
        last_paid,
        pay_until,
        due: care_until.map(|care| pay_until.map_or(care, |pay| care.max(pay))),
        later,
    }
}

/// The same day so many years later. The 29th of February has none in most years: then all of that
/// February has to pass.
pub fn years_after(day: Day, years: u8) -> Day {
    let (year, month) = (day.year().saturating_add(years.into()), day.month());
    let there = Day::new(year, month.number(), day.number());
    let next = || Day::new(year, month.number(), 28).map_or(day, |last| last.plus(1));
    there.unwrap_or_else(next)
}

#[cfg(test)]
mod tests;
