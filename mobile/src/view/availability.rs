//! *Availability*: the usual week of a PA, the days that are other, and how much.

use super::{
    face::{self, Face},
    shift::{self, ShiftCard},
};
use crate::engine::Phone;
use kith_shared::{
    documents::availability::AvailabilityRecord,
    domain::{
        availability::{Can, Leave, Part, Parts},
        team::Role,
        working_time::Contract,
    },
    ids::MemberId,
    intent::Intent,
    limits,
    time::{Day, Moment, Span},
};
use std::collections::BTreeMap;

/// Who cancels an opt-out from the limit of 48 hours gives this many days of notice, unless another
/// length, up to three months, was agreed (Working Time Regulations 1998, reg. 5(2)).
pub const OPT_OUT_NOTICE: i32 = 7;

/// The screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Whose.
    pub pa: Face<MemberId>,
    /// Monday to Sunday, each from morning to night.
    pub week: [[Can; 4]; 7],
    /// Days to come that are other than their weekday, those alike and in a row together.
    pub days: Vec<Others>,
    /// Leave that is not over, the earliest first.
    pub leave: Vec<Leave>,
    /// The shifts that they hold although they are on leave then, the earliest first: leave takes
    /// nobody off the rota.
    pub held: Vec<ShiftCard>,
    /// The most hours a week that they want.
    pub most: Option<i64>,
    /// Hours a week at another job.
    pub elsewhere: i64,
    /// Since when the limit of 48 hours does not apply, and the last day if it was cancelled.
    pub opted_out: Option<(Day, Option<Day>)>,
}

/// Days in a row that are other than their weekday, all alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Others {
    /// The first.
    pub from: Day,
    /// The last.
    pub to: Day,
    /// How their parts suit.
    pub parts: Parts,
}

/// The screen about this PA; `None` for who may not see it.
pub fn page(phone: &Phone, pa: MemberId, now: Moment) -> Option<Page> {
    let board = &phone.book().board;
    let member = board.roster.members.get(&pa);
    let sees = matches!(super::role(phone)?, Role::Pa | Role::Manager);
    if !sees || member.is_some_and(|m| m.role != Role::Pa) {
        return None;
    }
    let says = board.availability.get(&pa).cloned().unwrap_or_default();
    let today = now.day();
    let mut leave: Vec<_> = says
        .leave
        .iter()
        .filter(|l| l.to >= today)
        .copied()
        .collect();
    leave.sort_by_key(|l| (l.from, l.to, l.id));
    let mut days: Vec<Others> = Vec::new();
    for (day, parts) in says.days.range(today..) {
        match days.last_mut() {
            Some(last) if last.to.plus(1) == *day && last.parts == *parts => last.to = *day,
            _ => days.push(Others {
                from: *day,
                to: *day,
                parts: parts.clone(),
            }),
        }
    }
    let contract = &says.contract;
    let opted_out = contract.opted_out.iter().next_back();
    let hours = |span: Span| span.whole_minutes() / 60;
    Some(Page {
        pa: face::member(phone, pa),
        week: std::array::from_fn(|weekday| {
            let weekday = u8::try_from(weekday).unwrap_or_default();
            cells(says.week.get(&weekday).unwrap_or(&Parts::new()))
        }),
        days,
        held: held(phone, pa, &leave, now),
        leave,
        most: contract.most_per_week.map(hours),
        elsewhere: hours(contract.elsewhere_per_week),
        opted_out: opted_out
            .filter(|(_, last)| last.is_none_or(|last| last >= today))
            .map(|(since, last)| (*since, *last)),
    })
}

fn held(phone: &Phone, pa: MemberId, leave: &[Leave], now: Moment) -> Vec<ShiftCard> {
    let board = &phone.book().board;
    let Some(last) = leave.iter().map(|l| l.to).max() else {
        return Vec::new();
    };
    let first = now - limits::LONGEST_SHIFT;
    let held = board.held(pa, first, last.plus(1).start());
    let held = held.map(|(_, state)| &state.shift).filter(|shift| {
        // As the relay judges who asks for a shift.
        let (from, to) = (shift.start.day(), shift.end.day());
        shift.start > now && leave.iter().any(|l| l.from <= to && from <= l.to)
    });
    let mut cards: Vec<_> = held.map(|s| shift::card(phone, s, now)).collect();
    cards.sort_by_key(|card| (card.planned.start, card.shift));
    cards
}

/// The PAs whose availability can be looked at, by name.
pub fn pas(phone: &Phone) -> Vec<Face<MemberId>> {
    let members = phone.book().board.roster.present();
    let pas = members.filter(|m| m.role == Role::Pa);
    let mut faces: Vec<_> = pas.map(|m| face::member(phone, m.id)).collect();
    faces.sort_by_key(|face| (face.name.to_lowercase(), face.id));
    faces
}

/// The parts of a day, from morning to night.
pub fn cells(parts: &Parts) -> [Can; 4] {
    Part::ALL.map(|part| parts.get(&part).copied().unwrap_or_default())
}

/// A day of every week, as it is painted.
pub fn weekday(pa: MemberId, weekday: u8, cells: [Can; 4]) -> Intent {
    let parts = Part::ALL.into_iter().zip(cells).collect();
    Intent::Availability {
        pa,
        says: AvailabilityRecord::Weekday { weekday, parts },
    }
}

/// What a tap with this brush makes of a cell: one that has the brush's state moves on.
pub fn painted(cell: Can, brush: Can) -> Can {
    if cell != brush {
        return brush;
    }
    match cell {
        Can::Yes => Can::RatherNot,
        Can::RatherNot => Can::No,
        Can::No => Can::Yes,
    }
}

/// Why days cannot be added so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongDays {
    /// A day is missing.
    Missing,
    /// The last is before the first.
    Order,
    /// They are over.
    Over,
    /// More than [`limits::DAYS_AT_ONCE`].
    Many,
    /// No part of the day is chosen.
    Parts,
}

/// What is said of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Leave, whole days.
    Leave,
    /// These parts suit so.
    Parts(Can, Vec<Part>),
}

/// What adds these days, given as `2026-12-21`.
pub fn add_days(
    phone: &Phone,
    pa: MemberId,
    (from, to): (&str, &str),
    said: &Said,
    now: Moment,
) -> Result<Vec<Intent>, WrongDays> {
    let read = |text: &str| text.trim().parse::<Day>().map_err(|_| WrongDays::Missing);
    let from = read(from)?;
    let to = if to.trim().is_empty() {
        from
    } else {
        read(to)?
    };
    let length = to.since(from);
    if length < 0 {
        return Err(WrongDays::Order);
    }
    if to < now.day() {
        return Err(WrongDays::Over);
    }
    let write = |says| Intent::Availability { pa, says };
    let (can, chosen) = match said {
        Said::Leave => {
            let id = kith_shared::ids::RecordId::from_bytes([0; 16]);
            let leave = Leave { id, from, to };
            return Ok(vec![write(AvailabilityRecord::Leave { leave })]);
        }
        Said::Parts(can, parts) => (*can, parts),
    };
    if chosen.is_empty() {
        return Err(WrongDays::Parts);
    }
    if length >= limits::DAYS_AT_ONCE {
        return Err(WrongDays::Many);
    }
    let says = phone.book().board.availability.get(&pa);
    let says = says.cloned().unwrap_or_default();
    let day = |day: Day| {
        // What is not chosen stays as it is.
        let mut parts: Parts = Part::ALL.map(|part| (part, says.can(day, part))).into();
        parts.extend(chosen.iter().map(|part| (*part, can)));
        write(AvailabilityRecord::Day {
            day,
            parts: Some(parts),
        })
    };
    Ok((0..=length).map(|n| day(from.plus(n))).collect())
}

/// What takes these days back: they are as their weekday again.
pub fn as_usual(pa: MemberId, days: &Others) -> Vec<Intent> {
    let one = |n| Intent::Availability {
        pa,
        says: AvailabilityRecord::Day {
            day: days.from.plus(n),
            parts: None,
        },
    };
    (0..=days.to.since(days.from)).map(one).collect()
}

/// What takes leave back.
pub fn no_leave(pa: MemberId, leave: &Leave) -> Intent {
    Intent::Availability {
        pa,
        says: AvailabilityRecord::NoLeave { leave: leave.id },
    }
}

/// A change of what is agreed about working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreed {
    /// The most hours a week that they want; no limit of their own when nothing is said.
    Most(Option<u8>),
    /// Hours a week at another job.
    Elsewhere(u8),
    /// From today the limit of 48 hours does not apply.
    OptOut,
    /// It does again, after the notice.
    OptIn,
}

/// What writes this change; nothing when it changes nothing.
pub fn agree(phone: &Phone, pa: MemberId, agreed: Agreed, now: Moment) -> Option<Intent> {
    let says = phone.book().board.availability.get(&pa);
    let before = says.map(|a| a.contract.clone()).unwrap_or_default();
    let mut contract: Contract = before.clone();
    let today = now.day();
    match agreed {
        Agreed::Most(hours) => contract.most_per_week = hours.map(|h| Span::hours(h.into())),
        Agreed::Elsewhere(hours) => contract.elsewhere_per_week = Span::hours(hours.into()),
        Agreed::OptOut => {
            let runs = |(since, last): (&Day, &Option<Day>)| {
                *since <= today && last.is_none_or(|last| last >= today)
            };
            // One that was cancelled and runs on until its notice is over goes on.
            let open: BTreeMap<_, _> = contract.opted_out.clone();
            match open.iter().find(|stretch| runs(*stretch)) {
                Some((since, _)) => contract.opted_out.insert(*since, None),
                None => contract.opted_out.insert(today, None),
            };
        }
        Agreed::OptIn => {
            for (since, last) in &mut contract.opted_out {
                if last.is_none() {
                    *last = Some(today.plus(OPT_OUT_NOTICE).max(*since));
                }
            }
        }
    }
    (contract != before).then_some(Intent::Availability {
        pa,
        says: AvailabilityRecord::Contract { contract },
    })
}
