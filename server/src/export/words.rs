//! Codes as words, in English: what is exported is read by people.

use kith_shared::{
    documents::{DocumentKind, rota::RotaRecord},
    domain::{
        cover::{Cover, News, Outcome, Why},
        note::{Activity, Eaten, Meal, Mood, NoteText, Progress},
        profile::Choice,
        shift::{Shift, ShiftKind},
        team::Role,
    },
    ids::MemberId,
    time::{Day, Moment, Month, Span},
};
use std::collections::BTreeMap;

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `November 2026`.
pub(super) fn month(month: Month) -> String {
    let number = usize::from(month.number().unsigned_abs());
    format!("{} {}", MONTHS[(number + 11) % 12], month.year())
}

/// `Tuesday 24 November 2026`.
pub(super) fn day(day: Day) -> String {
    let weekday = WEEKDAYS[usize::from(day.weekday()) % 7];
    format!("{weekday} {} {}", day.number(), month(day.month()))
}

/// `07:31`, by London's clock.
pub(super) fn clock(moment: Moment) -> String {
    let (hour, minute) = moment.clock();
    format!("{hour:02}:{minute:02}")
}

/// `Tuesday 24 November 2026, 07:31`.
pub(super) fn moment(moment: Moment) -> String {
    let (hour, minute) = moment.clock();
    // A clock that goes back shows an hour twice.
    let first = Moment::at(moment.day(), hour, minute);
    let again = if moment - first >= Span::hours(1) {
        " (the second time that night)"
    } else {
        ""
    };
    format!("{}, {}{again}", day(moment.day()), clock(moment))
}

/// `Tuesday 24 November 2026, 22:00 to 06:00 the next day`.
pub(super) fn stretch(start: Moment, end: Moment) -> String {
    let until = match end.day().since(start.day()) {
        0 => clock(end),
        1 => format!("{} the next day", clock(end)),
        _ => moment(end),
    };
    format!("{} to {until}", moment(start))
}

/// What everyone is called.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    pub(super) members: BTreeMap<MemberId, String>,
    /// As whom the relay writes.
    pub(super) relay: Option<MemberId>,
}

impl Names {
    pub(super) fn of(&self, member: MemberId) -> String {
        let named = self.members.get(&member).filter(|name| !name.is_empty());
        match named {
            Some(name) => name.clone(),
            None if self.relay == Some(member) => "Kith".into(),
            None => "somebody who is not in the team".into(),
        }
    }

    pub(super) fn all(&self, members: impl IntoIterator<Item = MemberId>) -> String {
        let named: Vec<_> = members.into_iter().map(|m| self.of(m)).collect();
        match &*named {
            [] => "nobody".into(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }
}

pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Pa => "personal assistant",
        Role::Person(_) => "the person themself",
        Role::AuthorisedPerson(_) => "authorised person",
        Role::FamilyContact(_) => "family contact",
        Role::Manager => "registered manager",
    }
}

pub(super) fn kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Team => "who is in the team",
        DocumentKind::Circle => "who comes, and their names",
        DocumentKind::Rota => "the rota",
        DocumentKind::Visits => "visits",
        DocumentKind::Notes => "notes shared with family",
        DocumentKind::TeamNotes => "notes for the team",
        DocumentKind::Profile => "the profile",
        DocumentKind::Availability => "when a PA can work",
    }
}

pub(super) fn work(kind: ShiftKind) -> &'static str {
    match kind {
        ShiftKind::Day => "awake, by day or evening",
        ShiftKind::SleepIn => "sleep-in",
        ShiftKind::WakingNight => "waking night",
    }
}

pub(super) fn choice(choice: Choice) -> &'static str {
    match choice {
        Choice::Automatic => "may come without being asked about",
        Choice::AskMe => "ask me first",
        Choice::Never => "not to me",
    }
}

/// What a note says, by what it is about.
pub(super) fn note(says: &NoteText) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    if let Some(felt) = says.mood {
        let felt = match felt {
            Mood::Great => "great",
            Mood::Good => "good",
            Mood::Mixed => "mixed",
            Mood::Low => "low",
            Mood::Poorly => "poorly",
        };
        lines.push(("How the day felt".into(), felt.into()));
    }
    for (meal, eaten) in &says.meals {
        let meal = match meal {
            Meal::Breakfast => "Breakfast",
            Meal::Lunch => "Lunch",
            Meal::Dinner => "Dinner",
            Meal::Snack => "Snack",
            Meal::Drinks => "Drinks",
        };
        let eaten = match eaten {
            Eaten::All => "all of it",
            Eaten::Some => "some of it",
            Eaten::Little => "a little",
            Eaten::None => "none",
        };
        lines.push((meal.into(), eaten.into()));
    }
    if !says.activities.is_empty() {
        let done: Vec<_> = says.activities.iter().map(|a| activity(*a)).collect();
        lines.push(("What was done".into(), done.join(", ")));
    }
    for (goal, went) in &says.goals {
        let went = match went {
            Progress::Well => "went well",
            Progress::Partly => "went partly",
            Progress::NotToday => "not today",
        };
        lines.push((format!("Goal: {goal}"), went.into()));
    }
    if !says.text.is_empty() {
        lines.push(("In words".into(), says.text.clone()));
    }
    lines
}

fn activity(activity: Activity) -> &'static str {
    match activity {
        Activity::PersonalCare => "personal care",
        Activity::Cooking => "cooking",
        Activity::Housework => "housework",
        Activity::Shopping => "shopping",
        Activity::Outing => "an outing",
        Activity::Exercise => "exercise",
        Activity::Social => "company",
        Activity::Rest => "rest",
        Activity::Appointment => "an appointment",
    }
}

/// A shift as it was planned.
pub(super) fn plan(shift: &Shift, names: &Names) -> String {
    let who = names.all(shift.pas.iter().copied());
    format!("{}, {who}", stretch(shift.start, shift.end))
}

/// One step in the story of a shift: what was said or decided, without who and when. Why a PA could
/// not come, and what else they had on, is theirs and is left out.
pub(super) fn rota(record: &RotaRecord, names: &Names) -> String {
    match record {
        RotaRecord::Drafted { shift } => format!("drafted: {}", plan(shift, names)),
        RotaRecord::Published { shift, times_only } if *times_only => {
            format!("moved to {}", stretch(shift.start, shift.end))
        }
        RotaRecord::Published { shift, .. } => format!("put on the rota: {}", plan(shift, names)),
        RotaRecord::Cancelled { reason, .. } => because("cancelled", reason),
        RotaRecord::Ask { cover, .. } => match cover {
            Cover::Anyone => "asked for somebody else to come".into(),
            Cover::These { pas } => {
                format!("asked whether {} can come", names.all(pas.iter().copied()))
            }
            Cover::Swap { pa, .. } => format!("asked {} to exchange shifts", names.of(*pa)),
        },
        RotaRecord::CannotCome { .. } => "cannot come".into(),
        RotaRecord::Offer { to, until, .. } => {
            format!("offered to {} until {}", names.of(*to), moment(*until))
        }
        RotaRecord::Handover { to: Some(to), .. } => {
            format!("asked {} to take over", names.of(*to))
        }
        RotaRecord::Handover { to: None, .. } => "asked for somebody to take over".into(),
        RotaRecord::Claim { .. } => "offered to come".into(),
        RotaRecord::Withdraw { .. } => "took back what they had said".into(),
        RotaRecord::Decline { .. } => "said no, this time".into(),
        RotaRecord::Yes { .. } => "said yes".into(),
        RotaRecord::Veto { pa, reason, .. } => {
            because(&format!("said no to {}", names.of(*pa)), reason)
        }
        RotaRecord::Word { holders, why, .. } => {
            let who = names.all(holders.iter().map(|holder| holder.pa));
            format!("is to come: {who} ({})", decided(why, names))
        }
        RotaRecord::Answer { outcome, .. } => match outcome {
            Outcome::Granted { .. } => "an offer to come was taken",
            Outcome::Waits => "an offer to come waits for the person's yes",
            Outcome::Standby => "an offer to come waits in line",
            Outcome::NotPossible { .. } => "an offer to come could not be taken",
            Outcome::NeedsReason { .. } => "an offer to come needs a reason",
            Outcome::Lapsed => "an offer to come was not needed any more",
        }
        .into(),
        RotaRecord::YesWanted { pa, .. } => {
            format!("the person was asked whether {} may come", names.of(*pa))
        }
        RotaRecord::Told { news, to, .. } => {
            format!("told {}: {}", names.all(to.iter().copied()), told(*news))
        }
    }
}

fn because(what: &str, reason: &str) -> String {
    if reason.is_empty() {
        what.to_owned()
    } else {
        format!("{what}, because: {reason}")
    }
}

fn decided(why: &Why, names: &Names) -> String {
    match why {
        Why::Plan => "as the rota says".into(),
        Why::Granted {
            stepped_in: true, ..
        } => "stepped in, since nobody had clocked in".into(),
        Why::Granted { .. } => "offered to come, and was first".into(),
        Why::Swapped { .. } => "exchanged shifts".into(),
        Why::DoubleBooked { pa, .. } => format!("{} cannot come", names.of(*pa)),
        Why::NotWanted { pa } => format!("the person does not want {} to come", names.of(*pa)),
        Why::Left { pa } => format!("{} has left the team", names.of(*pa)),
    }
}

fn told(news: News) -> &'static str {
    match news {
        News::Asked => "a colleague asks for cover",
        News::Offered => "it is offered to them first",
        News::HandOver => "it is to be handed over",
        News::Open => "nobody holds it",
        News::Unfilled => "nobody holds it, and it begins soon or has begun",
        News::Filled => "it is filled",
        News::Changed => "it has changed",
        News::Cancelled => "it is cancelled",
        News::YesWanted => "the person is asked",
        News::NoAnswer => "no answer came from the person",
        News::NotStarted => "it has begun, and nobody has clocked in",
        News::NotHeard { .. } => "it has begun, and nothing has been heard",
        News::Late => "somebody clocked in late",
        News::Started => "somebody is there",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: &str, hour: i8, minute: i8) -> Moment {
        Moment::at(day.parse().unwrap(), hour, minute)
    }

    #[test]
    fn times_are_those_of_the_wall() {
        assert_eq!(
            moment(at("2026-07-01", 7, 5)),
            "Wednesday 1 July 2026, 07:05"
        );
        let night = at("2026-12-31", 22, 0);
        assert_eq!(
            stretch(night, night + Span::hours(8)),
            "Thursday 31 December 2026, 22:00 to 06:00 the next day"
        );
        assert_eq!(
            stretch(night, night + Span::hours(32)),
            "Thursday 31 December 2026, 22:00 to Saturday 2 January 2027, 06:00"
        );
        // The clocks go back at two.
        let first = at("2026-10-25", 1, 30);
        let words = "Sunday 25 October 2026, 01:30";
        assert_eq!(moment(first), words);
        let second = moment(first + Span::hours(1));
        assert_eq!(second, format!("{words} (the second time that night)"));
    }

    #[test]
    fn what_a_colleague_had_on_is_theirs() {
        let names = Names::default();
        let shift = kith_shared::ids::ShiftId::from_bytes([1; 16]);
        for record in [
            RotaRecord::Ask {
                shift,
                cover: Cover::Anyone,
                until: None,
                reason: "my knee".into(),
            },
            RotaRecord::CannotCome {
                shift,
                holding: kith_shared::ids::RecordId::from_bytes([2; 16]),
                reason: "my knee".into(),
            },
            RotaRecord::Handover {
                shift,
                to: None,
                reason: "my knee".into(),
            },
        ] {
            let words = rota(&record, &names);
            assert!(!words.is_empty() && !words.contains("knee"), "{words}");
        }
        let cancelled = RotaRecord::Cancelled {
            shift,
            reason: "at the seaside".into(),
        };
        assert_eq!(
            rota(&cancelled, &names),
            "cancelled, because: at the seaside"
        );
    }
}
