//! *Rota*: a week, mine or the team's.

use super::{
    shift::{self, ShiftCard},
    when::When,
};
use crate::engine::Phone;
use kith_shared::time::{Day, Moment};

/// Whose shifts to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whose {
    /// Mine.
    #[default]
    Mine,
    /// The whole team's, open ones included.
    All,
}

/// A week of the rota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: Day,
    /// Monday to Sunday.
    pub days: Vec<RotaDay>,
    /// This phone knows shifts of earlier weeks, whosever they are.
    pub earlier: bool,
    /// This phone knows shifts of later weeks, whosever they are.
    pub later: bool,
}

/// A day of the rota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotaDay {
    /// The day.
    pub day: Day,
    /// As people say it.
    pub when: When,
    /// The shifts that begin on it, the earliest first. A night is on the day on which it begins:
    /// its `planned.nights()` says that it goes on.
    pub shifts: Vec<ShiftCard>,
}

/// The week of this day.
pub fn rota(phone: &Phone, day: Day, whose: Whose, now: Moment) -> Week {
    let monday = day.monday();
    let after = monday.plus(7);
    let all = || phone.book().shifts();
    let mut cards: Vec<_> = all()
        .filter(|s| (monday..after).contains(&s.start.day()))
        .map(|s| (s.start.day(), shift::card(phone, s, now)))
        .filter(|(_, card)| whose == Whose::All || card.is_mine())
        .collect();
    cards.sort_by_key(|(_, c)| (c.planned.start, c.planned.end, c.shift));
    let of_a_day = |n| {
        let day = monday.plus(n);
        RotaDay {
            day,
            when: When::of(day, now),
            shifts: (cards.iter())
                .filter(|(on, _)| *on == day)
                .map(|(_, card)| card.clone())
                .collect(),
        }
    };
    Week {
        monday,
        days: (0..7).map(of_a_day).collect(),
        earlier: all().any(|s| s.start.day() < monday),
        later: all().any(|s| s.start.day() >= after),
    }
}
