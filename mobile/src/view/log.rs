//! Which visits worked which shifts.

use crate::engine::{Book, Phone};
use kith_shared::{
    domain::{
        shift::Shift,
        visit::{Mark, Visit, marks},
    },
    ids::{MemberId, ShiftId},
    time::Moment,
};
use std::collections::BTreeMap;

pub(super) struct Log<'a> {
    book: &'a Book,
    me: Option<MemberId>,
    /// Up to when this phone knows what others did.
    heard: Moment,
    /// The visits of each shift, the earliest first.
    worked: BTreeMap<ShiftId, Vec<&'a Visit>>,
}

impl<'a> Log<'a> {
    pub(super) fn of(phone: &'a Phone) -> Self {
        let mut worked: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for visit in phone.book().visits() {
            if let Some(shift) = visit.shift {
                worked.entry(shift).or_default().push(visit);
            }
        }
        for visits in worked.values_mut() {
            visits.sort_by_key(|v| (v.start, v.id));
        }
        Self {
            book: phone.book(),
            me: super::me(phone),
            heard: phone.heard().unwrap_or_default(),
            worked,
        }
    }

    /// The shift that a visit worked.
    pub(super) fn shift(&self, visit: &Visit) -> Option<&'a Shift> {
        self.book.shift(visit.shift?)
    }

    /// The visits that worked a shift, the earliest first.
    pub(super) fn worked(&self, shift: ShiftId) -> &[&'a Visit] {
        self.worked.get(&shift).map_or(&[], Vec::as_slice)
    }

    pub(super) fn has_worked(&self, shift: ShiftId, pa: MemberId) -> bool {
        self.worked(shift).iter().any(|v| v.pa == pa)
    }

    /// How a visit stands against its shift. Who clocks out by mistake and in again is neither
    /// late the second time nor cut short the first.
    pub(super) fn marks(&self, visit: &Visit, now: Moment) -> Vec<Mark> {
        let same: Vec<_> = visit.shift.map_or(Vec::new(), |shift| {
            let all = self.worked(shift).iter();
            all.filter(|v| v.pa == visit.pa).collect()
        });
        let first = same.first().is_none_or(|v| v.id == visit.id);
        let last = same.last().is_none_or(|v| v.id == visit.id);
        let mut marks = marks(self.shift(visit), Some(visit), now);
        marks.retain(|mark| match mark {
            Mark::Late => first,
            Mark::CutShort => last,
            Mark::Missed | Mark::Amended => true,
        });
        marks
    }

    /// Of whom no clock in has arrived although the shift is over: its holders, or nobody in
    /// particular (`None`) when it stayed open. Of others only what the relay could have told by
    /// now counts: without signal, nobody is missed.
    pub(super) fn missing(&self, shift: &Shift, now: Moment) -> Vec<Option<MemberId>> {
        let over = |pa| {
            let known = if Some(pa) == self.me {
                now
            } else {
                now.min(self.heard)
            };
            marks(Some(shift), None, known).contains(&Mark::Missed)
        };
        if shift.is_open() {
            let over = marks(Some(shift), None, now.min(self.heard)).contains(&Mark::Missed);
            return if over && self.worked(shift.shift).is_empty() {
                vec![None]
            } else {
                Vec::new()
            };
        }
        let absent = shift
            .pas
            .iter()
            .filter(|pa| !self.has_worked(shift.shift, **pa) && over(**pa));
        // Who came in a holder's place stands in for one of them.
        let mut others: Vec<_> = self
            .worked(shift.shift)
            .iter()
            .map(|v| v.pa)
            .filter(|pa| !shift.pas.contains(pa))
            .collect();
        others.sort_unstable();
        others.dedup();
        absent.skip(others.len()).copied().map(Some).collect()
    }
}
