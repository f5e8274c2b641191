//! Visits: what happened, from records that are never changed.

use crate::{
    documents::Record,
    documents::visits::VisitRecord,
    domain::shift::Shift,
    ids::{MemberId, PersonId, RecordId, ShiftId, VisitId},
    time::{Moment, Span},
};
use std::collections::BTreeMap;

/// How long after the planned start a visit may begin and not be late, and how long before the
/// planned end it may end and not be cut short. A team's own choice later; one value until then.
pub const GRACE: Span = Span::minutes(15);

/// A visit as its records tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Which visit.
    pub id: VisitId,
    /// The shift that it works off; `None` for an unplanned one.
    pub shift: Option<ShiftId>,
    /// With whom.
    pub person: PersonId,
    /// Who worked it.
    pub pa: MemberId,
    /// When it began, amendments counted.
    pub start: Moment,
    /// When it ended, amendments counted; `None` while it runs.
    pub end: Option<Moment>,
    /// Where it was clocked in, if the PA chose to say.
    pub place: Option<String>,
    /// Amendments in the order in which they count; the last decides.
    pub amendments: Vec<Amended>,
    /// The record that began it, as it was clocked.
    pub clock_in: Record<()>,
    /// The record that ended it, as it was clocked.
    pub clock_out: Option<Record<()>>,
}

/// One amendment of a visit's times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amended {
    /// Its record.
    pub record: RecordId,
    /// Who amended, and when by their phone.
    pub by: MemberId,
    /// When by the phone of who amended.
    pub at: Moment,
    /// The start that it replaced.
    pub start_before: Moment,
    /// The end that it replaced.
    pub end_before: Option<Moment>,
    /// Why.
    pub reason: String,
}

impl Visit {
    /// What elapsed from start to end, or up to `now` while it runs.
    pub fn length(&self, now: Moment) -> Span {
        let end = self.end.unwrap_or(now);
        if end > self.start {
            end - self.start
        } else {
            Span::default()
        }
    }
}

/// How a visit, or its absence, stands against what was planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// Clocked in more than [`GRACE`] after the planned start.
    Late,
    /// The planned end has passed and no clock in has arrived here. A phone without signal may
    /// still have it, so screens say "nothing has arrived", not "nobody came".
    Missed,
    /// Clocked out more than [`GRACE`] before the planned end.
    CutShort,
    /// Its times were amended.
    Amended,
}

/// The visits with `person` that these records tell of, by id. Total: records that contradict each other still
/// give one answer, the same for any order in which they came.
pub fn visits<'a>(
    person: PersonId,
    records: impl IntoIterator<Item = &'a Record<VisitRecord>>,
) -> BTreeMap<VisitId, Visit> {
    let mut all: Vec<_> = records.into_iter().collect();
    all.sort_by_key(|r| r.id);
    let mut found: BTreeMap<VisitId, Visit> = BTreeMap::new();
    for r in &all {
        if let VisitRecord::ClockIn { shift, place } = &r.body {
            let visit = Visit {
                id: r.id.into(),
                shift: *shift,
                person,
                pa: r.by,
                start: r.at,
                end: None,
                place: place.clone(),
                amendments: Vec::new(),
                clock_in: r.with(()),
                clock_out: None,
            };
            found.insert(visit.id, visit);
        }
    }
    for r in &all {
        if let VisitRecord::ClockOut { visit } = &r.body
            && let Some(v) = found.get_mut(visit)
            && v.pa == r.by
            && v.end.is_none()
        {
            v.end = Some(r.at);
            v.clock_out = Some(r.with(()));
        }
    }
    for r in &all {
        if let VisitRecord::Amendment {
            visit,
            start,
            end,
            reason,
        } = &r.body
            && let Some(v) = found.get_mut(visit)
            && v.pa == r.by
        {
            v.amendments.push(Amended {
                record: r.id,
                by: r.by,
                at: r.at,
                start_before: v.start,
                end_before: v.end,
                reason: reason.clone(),
            });
            v.start = *start;
            v.end = end.or(v.end);
        }
    }
    found
}

/// The marks of a planned shift and the visit that worked it, as seen at `now`.
pub fn marks(shift: Option<&Shift>, visit: Option<&Visit>, now: Moment) -> Vec<Mark> {
    let mut marks = Vec::new();
    if let Some(shift) = shift {
        match visit {
            Some(v) if v.start > shift.start + GRACE => marks.push(Mark::Late),
            None if shift.end < now => marks.push(Mark::Missed),
            _ => {}
        }
        if visit
            .and_then(|v| v.end)
            .is_some_and(|end| end + GRACE < shift.end)
        {
            marks.push(Mark::CutShort);
        }
    }
    if visit.is_some_and(|v| !v.amendments.is_empty()) {
        marks.push(Mark::Amended);
    }
    marks
}
