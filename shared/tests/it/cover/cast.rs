//! Who is on stage, and when it is.

use crate::support::t;
use kith_shared::{
    ids::{MemberId, PersonId},
    time::{Day, Moment},
};

/// The week of the scenes begins on this Monday; the month ends on the Monday after.
const MONDAY: &str = "2026-11-23 00:00";
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// PAs, and persons who speak for themselves. Nobody speaks for Otto.
pub const MEMBERS: [(&str, u8); 6] = [
    ("ann", 1),
    ("ben", 2),
    ("cat", 3),
    ("dee", 4),
    ("mia", 11),
    ("noa", 12),
];
const PERSONS: [(&str, u8); 3] = [("mia", 11), ("noa", 12), ("otto", 13)];

pub fn member(name: &str) -> MemberId {
    let found = MEMBERS.iter().find(|(n, _)| *n == name);
    MemberId::from_bytes([found.unwrap_or_else(|| panic!("who is {name}?")).1; 16])
}

pub fn person(name: &str) -> PersonId {
    let found = PERSONS.iter().find(|(n, _)| *n == name);
    PersonId::from_bytes([found.unwrap_or_else(|| panic!("who is {name}?")).1; 16])
}

pub fn name(member: MemberId) -> String {
    let byte = member.to_bytes()[0];
    let found = MEMBERS.iter().find(|(_, b)| *b == byte);
    found.map_or_else(|| format!("nr{byte}"), |(n, _)| (*n).to_owned())
}

/// `tue 08:00`, or `tue+1 08:00` of the week after.
pub fn at(day: &str, time: &str) -> Moment {
    let (hour, minute) = time.split_once(':').unwrap();
    Moment::at(
        self::day(day),
        hour.parse().unwrap(),
        minute.parse().unwrap(),
    )
}

/// `tue`, `tue+1` of the week after, `tue-1` of the week before.
pub fn day(text: &str) -> Day {
    let (name, week) = text.split_once('+').unwrap_or((text, "0"));
    let (name, week) = match name.split_once('-') {
        Some((name, before)) => (name, -before.parse::<i32>().unwrap()),
        None => (name, week.parse().unwrap()),
    };
    let place = DAYS.iter().position(|d| *d == name);
    let place = place.unwrap_or_else(|| panic!("which day is {text}?"));
    t(MONDAY)
        .day()
        .plus(i32::try_from(place).unwrap() + 7 * week)
}

/// As [`at`] reads it.
pub fn show(moment: Moment) -> String {
    let days = moment.day().since(t(MONDAY).day());
    let (hour, minute) = moment.clock();
    let name = DAYS[usize::from(moment.day().weekday())];
    let week = match days.div_euclid(7) {
        0 => String::new(),
        week => format!("{week:+}"),
    };
    format!("{name}{week} {hour:02}:{minute:02}")
}
