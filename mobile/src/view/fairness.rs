//! Who has covered how often, and how nights and weekends are shared out. Numbers to talk about,
//! not a ranking: one's own first, then by name.

use super::{
    face::{self, Face},
    rota::{Taken, taken},
    when::minutes,
};
use crate::engine::Phone;
use kith_shared::{
    domain::{shift::ShiftKind, team::Role},
    ids::MemberId,
    time::{Day, Moment},
};
use std::collections::{BTreeMap, BTreeSet};

/// So many weeks are looked back: about three months, and as many of each day of the week.
pub const WEEKS: i32 = 13;

/// Who worked what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fairness {
    /// The first day that counts.
    pub from: Day,
    /// Every PA of the team: who looks at the screen first, then by name.
    pub pas: Vec<Share>,
}

/// What one PA worked, by the rota: the shifts that began since and that they held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Who.
    pub pa: Face<MemberId>,
    /// The shifts that they took from a colleague, or that nobody held. Exchanges do not count.
    pub covered: usize,
    /// Waking nights.
    pub nights: usize,
    /// Sleep-ins.
    pub sleep_ins: usize,
    /// Weekends on which at least one shift began.
    pub weekends: usize,
    /// Minutes in all.
    pub minutes: i64,
}

#[derive(Clone, Default)]
struct Sum {
    covered: usize,
    nights: usize,
    sleep_ins: usize,
    weekends: BTreeSet<Day>,
    minutes: i64,
}

/// Who worked what in the last [`WEEKS`]; only shifts that this phone reads.
pub fn fairness(phone: &Phone, now: Moment) -> Fairness {
    let from = now.day().plus(-7 * WEEKS);
    let board = &phone.book().board;
    let mut sums: BTreeMap<MemberId, Sum> = BTreeMap::new();
    let began = from.start()..now;
    for (_, state) in board.on().filter(|(_, s)| began.contains(&s.shift.start)) {
        let (shift, day) = (&state.shift, state.shift.start.day());
        for holder in &state.holders {
            let sum = sums.entry(holder.pa).or_default();
            sum.minutes += minutes(shift.start, shift.end);
            sum.nights += usize::from(shift.work == ShiftKind::WakingNight);
            sum.sleep_ins += usize::from(shift.work == ShiftKind::SleepIn);
            let over = matches!(taken(state, *holder), Some(Taken::Over { .. }));
            sum.covered += usize::from(over);
            if day.weekday() >= 5 {
                sum.weekends.insert(day.monday());
            }
        }
    }
    let members = board.roster.members.values();
    let mut pas: Vec<_> = members
        // Who has left stays where they worked.
        .filter(|m| m.role == Role::Pa && (m.left.is_none() || sums.contains_key(&m.id)))
        .map(|m| {
            let sum = sums.get(&m.id).cloned().unwrap_or_default();
            Share {
                pa: face::member(phone, m.id),
                covered: sum.covered,
                nights: sum.nights,
                sleep_ins: sum.sleep_ins,
                weekends: sum.weekends.len(),
                minutes: sum.minutes,
            }
        })
        .collect();
    pas.sort_by_key(|s| (!s.pa.me, s.pa.name.to_lowercase(), s.pa.id));
    Fairness { from, pas }
}
