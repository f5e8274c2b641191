//! *Are the records whole?* What was checked, and what in it came late or by a clock that was off.

use super::{
    face::{self, Face},
    trace,
};
use crate::engine::Phone;
use kith_shared::{
    documents::Record,
    ids::{MemberId, PersonId},
    time::{Day, Moment, Span},
};
use std::{cmp::Reverse, collections::BTreeMap};

/// What can be said of all records that this phone reads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Whole {
    /// Everything here is as the relay signed it, nothing missing and nothing changed. Not so
    /// before the first check, and after one that failed.
    pub checked: bool,
    /// How many entries of the relay's journal that covers.
    pub entries: usize,
    /// The days on which the relay got the first and the last of them.
    pub days: Option<(Day, Day)>,
    /// How many records took longer than [`trace::LATE_ARRIVAL`] to reach the relay.
    pub late_records: usize,
    /// Those, the latest arrival first.
    pub late: Vec<Late>,
    /// Whose clock was off, by how much at most: the most first.
    pub clocks: Vec<Skewed>,
}

/// Records of one day that came late: whose phone was back in signal, and whom they are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// Who made them.
    pub who: Face<MemberId>,
    /// About whom.
    pub person: Option<Face<PersonId>>,
    /// How many.
    pub records: usize,
    /// When the first and the last of them were made.
    pub made: (Moment, Moment),
    /// When the relay got the last of them.
    pub received: Moment,
}

/// Someone's clock that was off, and was put right in their records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skewed {
    /// Whose.
    pub who: Face<MemberId>,
    /// By how many minutes at most: ahead of the relay's clock where positive.
    pub ahead: i64,
    /// How many records it touched.
    pub records: usize,
    /// When the last of them was made.
    pub last: Moment,
}

/// What this phone can say of the records.
pub fn whole(phone: &Phone) -> Whole {
    let mut whole = Whole {
        checked: phone.checked().is_some(),
        ..Whole::default()
    };
    let mut late: BTreeMap<_, (usize, Moment, Moment, Moment)> = BTreeMap::new();
    let mut clocks: BTreeMap<MemberId, (Span, usize, Moment)> = BTreeMap::new();
    for (id, held) in phone.held() {
        for received in held.received() {
            let day = received.day();
            let (first, last) = whole.days.unwrap_or((day, day));
            whole.days = Some((first.min(day), last.max(day)));
            whole.entries += 1;
        }
        let (records, _): (Vec<Record<()>>, _) = held.vetted().records();
        for record in records {
            // The relay writes by its own clock, and at once.
            if !phone.book().board.roster.members.contains_key(&record.by) {
                continue;
            }
            if let Some(received) = trace::trace(phone, *id, &record).received {
                let day = received.day();
                let arrived = late.entry((Reverse(day), record.by, id.person()));
                let (records, first, last, latest) =
                    arrived.or_insert((0, record.at, record.at, received));
                *records += 1;
                *first = record.at.min(*first);
                *last = record.at.max(*last);
                *latest = received.max(*latest);
            }
            if record.skew != Span::default() {
                let clock = clocks.entry(record.by).or_default();
                if record.skew.millis().abs() > clock.0.millis().abs() {
                    clock.0 = record.skew;
                }
                clock.1 += 1;
                clock.2 = clock.2.max(record.at);
            }
        }
    }
    for ((_, who, person), (records, first, last, received)) in late {
        whole.late_records += records;
        whole.late.push(Late {
            who: face::member(phone, who),
            person: person.map(|p| face::person(phone, p)),
            records,
            made: (first, last),
            received,
        });
    }
    whole.late.sort_by_key(|l| Reverse(l.received));
    let skewed = |(who, (skew, records, last)): (MemberId, (Span, _, _))| Skewed {
        who: face::member(phone, who),
        // What was added to it is what it lacked.
        ahead: -skew.whole_minutes(),
        records,
        last,
    };
    whole.clocks = clocks.into_iter().map(skewed).collect();
    whole.clocks.sort_by_key(|c| Reverse(c.ahead.abs()));
    whole
}
