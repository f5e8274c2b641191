//! Times, amounts and kinds in the language of the screens.

use super::{lang, today};
use crate::{
    i18n::dates,
    view::{
        timeline::VisitCard,
        when::{Stretch, When, minutes},
    },
};
use kith_shared::{
    domain::{
        note::{Activity, Eaten, Meal, Mood, Progress},
        shift::ShiftKind,
        team::Role,
        visit::Mark,
    },
    policy::Refusal,
    time::{Day, Moment, Month},
};

/// `07:30`.
pub fn clock(at: Moment) -> String {
    dates::clock(at)
}

/// `07:30 – 13:00`.
pub fn stretch(of: Stretch) -> String {
    dates::hours(of.start, of.end)
}

/// `07:31 – 13:02`, or `since 07:31` while it runs.
pub fn worked(start: Moment, end: Option<Moment>) -> String {
    match end {
        Some(end) => dates::hours(start, end),
        None => t!("since", time = clock(start)),
    }
}

/// `Tuesday 24 November`.
pub fn long_day(day: Day) -> String {
    dates::long_day(lang(), day)
}

/// `Tue 24 Nov`.
pub fn short_day(day: Day) -> String {
    dates::short_day(lang(), day)
}

/// `Tue 24 Nov`, with the year where it is another one: for what lasts long.
pub fn far_day(day: Day) -> String {
    if day.year() == today().year() {
        short_day(day)
    } else {
        format!("{} {}", short_day(day), day.year())
    }
}

/// `today`, `yesterday`, or `Tue 24 Nov`, inside a line.
pub fn day(day: Day) -> String {
    dates::day_in_line(lang(), day, today())
}

/// `today`, `tomorrow`, or `on Tuesday 24 November`, inside a sentence.
pub fn on_day(day: Day) -> String {
    dates::on_day(lang(), day, today())
}

/// `Today`, `Yesterday`, or `Tue 24 Nov`, at the head of a line.
pub fn day_first(day: Day) -> String {
    title_short(When::of(day, super::now()), day)
}

/// `today 07:31`, `Mon 23 Nov 13:04`.
pub fn moment(at: Moment) -> String {
    format!("{} {}", day(at.day()), clock(at))
}

/// `Today`, `Yesterday`, or `Tuesday 24 November`, above a list.
pub fn title(when: When, day: Day) -> String {
    match when {
        When::Today => t!("title-today"),
        When::Yesterday => t!("title-yesterday"),
        When::Tomorrow => t!("title-tomorrow"),
        When::On(_) => long_day(day),
    }
}

/// `5 h 31 min`.
pub fn length(minutes: i64) -> String {
    dates::length(lang(), minutes)
}

/// `November 2026`.
pub fn month(month: Month) -> String {
    dates::month(lang(), month)
}

/// `November`.
pub fn month_name(month: Month) -> String {
    dates::month_alone(lang(), month)
}

/// `23 – 29 November`.
pub fn week(monday: Day) -> String {
    dates::week(lang(), monday)
}

/// `personal assistant`.
pub fn role(role: Role) -> String {
    t!(match role {
        Role::Pa => key!("role-pa"),
        Role::Person(_) => key!("role-person"),
        Role::AuthorisedPerson(_) => key!("role-authorised"),
        Role::FamilyContact(_) => key!("role-family"),
        Role::Manager => key!("role-manager"),
    })
}

/// The kind of a shift where it is not the ordinary one.
pub fn kind(kind: ShiftKind) -> Option<String> {
    match kind {
        ShiftKind::Day => None,
        ShiftKind::SleepIn => Some(t!("kind-sleep-in")),
        ShiftKind::WakingNight => Some(t!("kind-waking-night")),
    }
}

/// A mark of a visit; how late, where that is known.
pub fn mark(mark: Mark, visit: Option<&VisitCard>) -> String {
    let planned = visit.and_then(|v| Some((v, v.planned?)));
    match (mark, planned) {
        (Mark::Late, Some((visit, planned))) => {
            t!(
                "mark-late-by",
                length = length(minutes(planned.start, visit.start))
            )
        }
        (Mark::Late, None) => t!("mark-late"),
        (Mark::Missed, _) => t!("mark-missed"),
        (Mark::CutShort, _) => t!("mark-cut-short"),
        (Mark::Amended, _) => t!("mark-amended"),
    }
}

/// A mood.
pub fn mood(mood: Mood) -> String {
    t!(match mood {
        Mood::Great => key!("mood-great"),
        Mood::Good => key!("mood-good"),
        Mood::Mixed => key!("mood-mixed"),
        Mood::Low => key!("mood-low"),
        Mood::Poorly => key!("mood-poorly"),
    })
}

/// A meal.
pub fn meal(meal: Meal) -> String {
    t!(match meal {
        Meal::Breakfast => key!("meal-breakfast"),
        Meal::Lunch => key!("meal-lunch"),
        Meal::Dinner => key!("meal-dinner"),
        Meal::Snack => key!("meal-snack"),
        Meal::Drinks => key!("meal-drinks"),
    })
}

/// How much of it.
pub fn eaten(eaten: Eaten) -> String {
    t!(match eaten {
        Eaten::All => key!("eaten-all"),
        Eaten::Some => key!("eaten-some"),
        Eaten::Little => key!("eaten-little"),
        Eaten::None => key!("eaten-none"),
    })
}

/// What was done.
pub fn activity(activity: Activity) -> String {
    t!(match activity {
        Activity::PersonalCare => key!("did-personal-care"),
        Activity::Cooking => key!("did-cooking"),
        Activity::Housework => key!("did-housework"),
        Activity::Shopping => key!("did-shopping"),
        Activity::Outing => key!("did-outing"),
        Activity::Exercise => key!("did-exercise"),
        Activity::Social => key!("did-social"),
        Activity::Rest => key!("did-rest"),
        Activity::Appointment => key!("did-appointment"),
    })
}

/// How it went with a goal.
pub fn progress(progress: Progress) -> String {
    t!(match progress {
        Progress::Well => key!("goal-well"),
        Progress::Partly => key!("goal-partly"),
        Progress::NotToday => key!("goal-not-today"),
    })
}

/// Why an act was put aside: what it means, and what to do.
pub fn refusal(why: Refusal) -> String {
    t!(match why {
        Refusal::NotYou | Refusal::NotYourDevice => key!("aside-not-you"),
        Refusal::NotYourRole | Refusal::Revoked => key!("aside-role"),
        Refusal::Erased => key!("aside-erased"),
        Refusal::NotYourVisit => key!("aside-visit"),
        Refusal::NotYourNote => key!("aside-note"),
        Refusal::NotYours => key!("aside-not-yours"),
        Refusal::NotYourHat => key!("aside-hat"),
        Refusal::NothingToAmend | Refusal::FollowsRefused => key!("aside-nothing"),
        Refusal::BadTimes => key!("aside-times"),
        Refusal::TooLong | Refusal::TooLarge => key!("aside-long"),
        Refusal::Empty => key!("aside-empty"),
        Refusal::NotARecord | Refusal::UnknownRecord => key!("aside-unknown"),
        Refusal::SequenceTaken | Refusal::Misplaced => key!("aside-place"),
        Refusal::OtherDocument => key!("aside-elsewhere"),
        Refusal::Full | Refusal::NotBegun => key!("aside-full"),
        Refusal::Unsound => key!("aside-unsound"),
        Refusal::Damaged => key!("aside-damaged"),
        Refusal::Unreadable | Refusal::Packed => key!("aside-unreadable"),
    })
}

/// Why something of somebody else's was put aside, for who looks at it.
pub fn kept(why: Refusal) -> String {
    t!(match why {
        Refusal::Revoked => key!("kept-revoked"),
        Refusal::NotYou | Refusal::NotYourDevice => key!("kept-not-them"),
        Refusal::NotYourRole => key!("kept-role"),
        Refusal::NotYourHat => key!("kept-hat"),
        Refusal::NotYourVisit | Refusal::NotYourNote | Refusal::NotYours => key!("kept-not-theirs"),
        Refusal::NothingToAmend => key!("kept-nothing"),
        Refusal::FollowsRefused => key!("kept-follows"),
        Refusal::BadTimes => key!("kept-times"),
        Refusal::OtherDocument => key!("kept-elsewhere"),
        Refusal::Erased => key!("kept-erased"),
        _ => key!("kept-unsound"),
    })
}

/// `Tomorrow`, `Tue 24 Nov`: a title in a tight place.
pub fn title_short(when: When, day: Day) -> String {
    match when {
        When::On(_) => short_day(day),
        _ => title(when, day),
    }
}

/// `Tue`.
pub fn short_weekday(day: Day) -> String {
    dates::short_weekday(lang(), day)
}
