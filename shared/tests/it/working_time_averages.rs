//! Working time: averages over 17 weeks, and the PA's own week.

use crate::working_time::{check, day, days, drawn, span, works};
use kith_shared::{
    domain::working_time::{Contract, Days, Warning, Work, broken, warnings},
    time::Span,
};

/// Seventeen weeks from Monday, 3 August to Sunday, 29 November 2026.
const FIRST: &str = "2026-08-03";

/// These days of each of so many weeks.
fn weeks(from: &str, n: usize, week: &str, hours: &str) -> Vec<Work> {
    days(from, &week.repeat(n), hours)
}

/// 48 hours a week, from Monday to Thursday; the last ends on 26 November.
fn full() -> Vec<Work> {
    weeks(FIRST, 17, "xxxx...", "08:00-20:00")
}

fn with(mut work: Vec<Work>, more: &str) -> Vec<Work> {
    work.extend(works(more));
    work
}

fn stretch(from: &str, last: Option<&str>) -> Days {
    [(day(from), last.map(day))].into()
}

fn started(on: &str) -> Contract {
    Contract {
        started: Some(day(on)),
        ..Contract::default()
    }
}

/// Working Time Regulations 1998, reg. 4(1) and (3)(b): 48 hours on average in any 17 weeks.
#[test]
fn the_average_week() {
    let over = |average: &str| {
        format!("week {average} of 48:00 from 2026-07-31 00:00 until 2026-11-27 00:00")
    };
    for (more, expected) in [
        ("", String::new()),
        ("2026-11-26 20:00-20:01", over("48:00+")),
        ("2026-11-26 20:00-20:34", over("48:02")),
        // The window's first day, and the day before it.
        ("2026-07-31 08:00-09:25", over("48:05")),
        ("2026-07-30 08:00-18:00", String::new()),
        // A night over its edge counts by its part in it.
        ("2026-07-30 22:00-01:25", over("48:05")),
        // The end of a night counts with the day on which it is.
        (
            "2026-11-28 22:00-03:00",
            "week 48:17+ of 48:00 from 2026-08-03 00:00 until 2026-11-30 00:00".to_owned(),
        ),
        // Two shifts at the same time are one time worked.
        ("2026-11-26 09:00-12:00", String::new()),
    ] {
        check(
            "week ",
            &Contract::default(),
            &with(full(), more),
            &expected,
        );
    }
    // What is over by nothing that can be seen is not said to be the limit.
    let mut work = full();
    work[0].end = work[0].end + Span::from_millis(1);
    check("week ", &Contract::default(), &work, &over("48:00+"));
}

/// What elapses counts: Working Time Regulations 1998, reg. 2(1), "working time".
#[test]
fn the_average_week_over_the_clock_change() {
    for (first, sunday, expected) in [
        ("2026-10-19", "2026-10-25 00:00-07:00", ""),
        (
            "2026-10-19",
            "2026-10-25 00:00-07:01",
            "week 48:01 of 48:00 from 2026-10-19 00:00 until 2026-10-26 00:00",
        ),
        ("2026-03-23", "2026-03-29 00:00-09:00", ""),
        (
            "2026-03-23",
            "2026-03-29 00:00-09:01",
            "week 48:01 of 48:00 from 2026-03-23 00:00 until 2026-03-30 00:00",
        ),
    ] {
        let work = with(days(first, "xxxxx..", "08:00-16:00"), sunday);
        check("week ", &started(first), &work, expected);
    }
}

/// Working Time Regulations 1998, reg. 4(4): of a new starter, the time since they started.
#[test]
fn new_starters() {
    let two = weeks("2026-11-16", 2, "xxxx...", "08:00-20:00");
    for (on, more, expected) in [
        ("2026-11-16", "", ""),
        (
            "2026-11-16",
            "2026-11-27 08:00-09:00",
            "week 48:30 of 48:00 from 2026-11-16 00:00 until 2026-11-28 00:00",
        ),
        // Whoever is here for long has the other weeks to even it out.
        ("2020-01-01", "2026-11-27 08:00-20:00", ""),
        // A third week has begun: it is counted whole.
        ("2026-11-16", "2026-11-30 08:00-20:00", ""),
        ("2026-11-17", "2026-11-27 08:00-20:00", ""),
        // What was before is no work of this employment, and nor is what comes too early.
        ("2026-11-23", "", ""),
        ("2026-12-24", "2026-11-27 08:00-20:00", ""),
    ] {
        check("week ", &started(on), &with(two.clone(), more), expected);
    }
    // The seventeenth week is the last of which the start matters.
    let weeks = weeks(FIRST, 17, "xxxxx..", "08:00-18:00");
    let from = "2026-11-28 00:00";
    for (on, first, average) in [
        ("2026-08-10", "2026-08-10", "50:00"),
        ("2026-08-03", "2026-08-03", "50:00"),
        ("2026-08-02", "2026-08-02", "50:00"),
        ("2026-07-01", "2026-08-01", "50:00"),
    ] {
        let expected = format!("week {average} of 48:00 from {first} 00:00 until {from}");
        let said = broken(&weeks, &started(on));
        let said = said.iter().map(|b| drawn(&b.warning));
        let said: Vec<_> = said.filter(|w| w.starts_with("week ")).collect();
        assert_eq!(said, [expected], "{on}");
    }
}

/// Working Time Regulations 1998, reg. 5: whoever has opted out in writing, while it is in force;
/// reg. 4(7)(d): those days do not count afterwards.
#[test]
fn opted_out() {
    let long = weeks("2026-08-03", 17, "xxxxx..", "08:00-20:00");

    for (opted_out, expected) in [
        (Days::new(), "week 60:00 of 48:00"),
        (stretch("2026-08-03", None), ""),
        (stretch("2026-08-03", Some("2026-11-27")), ""),
        // The notice runs out.
        (
            stretch("2026-08-03", Some("2026-11-15")),
            "week 60:00 of 48:00",
        ),
        (stretch("2026-11-16", None), "week 60:00 of 48:00"),
    ] {
        let contract = Contract {
            opted_out: opted_out.clone(),
            ..started("2026-08-03")
        };
        let said = warnings(&[], &long, &contract);
        let said = said.iter().map(drawn);
        let said: Vec<_> = said.filter(|w| w.starts_with("week ")).collect();
        assert_eq!(
            said.len(),
            usize::from(!expected.is_empty()),
            "{opted_out:?}: {said:?}"
        );
        assert!(
            said.iter().all(|w| w.starts_with(expected)),
            "{opted_out:?}: {said:?}"
        );
    }
    // On days on which it is in force there is nothing to mend.
    let contract = Contract {
        opted_out: stretch("2026-11-16", None),
        ..started("2026-08-03")
    };
    let said = broken(&long, &contract);
    let said = said.iter().map(|b| drawn(&b.warning));
    assert_eq!(
        said.filter(|w| w.starts_with("week ")).collect::<Vec<_>>(),
        ["week 60:00 of 48:00 from 2026-08-03 00:00 until 2026-11-14 00:00"]
    );
}

/// Working Time Regulations 1998, reg. 4(6) and (7): leave and sickness do not count; other weeks
/// do in their place.
#[test]
fn away() {
    // Two weeks of leave in October; before August, 52 hours a week.
    let mut work = weeks("2026-07-20", 11, "xxxx...", "08:00-21:00");
    work.extend(weeks("2026-10-19", 6, "xxxx...", "08:00-21:00"));
    check("week ", &Contract::default(), &work, "");
    let contract = Contract {
        away: stretch("2026-10-05", Some("2026-10-18")),
        ..Contract::default()
    };
    check(
        "week ",
        &contract,
        &work,
        "week 52:00 of 48:00 from 2026-07-17 00:00 until 2026-11-27 00:00",
    );
    // Of one day less, only one week is missing in the average.
    let contract = Contract {
        away: stretch("2026-10-05", Some("2026-10-11")),
        ..Contract::default()
    };
    check(
        "week ",
        &contract,
        &work,
        "week 48:56+ of 48:00 from 2026-07-17 00:00 until 2026-11-20 00:00",
    );
}

/// Working Time Regulations 1998, reg. 19: domestic service in a private household is outside
/// regulations 4 and 6; the rest is not.
#[test]
fn household() {
    let contract = Contract {
        household: true,
        ..started("2026-11-23")
    };
    let work = days("2026-11-23", "xxxxxxx", "18:00-08:00");
    check("week ", &contract, &work, "");
    check("night", &contract, &work, "");
    check(
        "daily rest 10:00 from 2026-11-23",
        &contract,
        &work,
        "daily rest 10:00 from 2026-11-23 18:00, owed 1:00",
    );
}

/// Working Time Regulations 1998, reg. 4(1) and (2): work for others counts.
#[test]
fn elsewhere() {
    let work = weeks(FIRST, 17, "xxxx...", "08:00-18:00");
    for (elsewhere, expected) in [
        ("8:00", ""),
        (
            "8:01",
            "week 48:01 of 48:00 from 2026-07-31 00:00 until 2026-11-27 00:00",
        ),
    ] {
        let contract = Contract {
            elsewhere_per_week: span(elsewhere),
            ..Contract::default()
        };
        check("week ", &contract, &work, expected);
        check("night", &contract, &work, "");
    }
}

/// Working Time Regulations 1998, reg. 2(1): a night worker works three hours between 23:00 and
/// 06:00 as a normal course; *ex parte Burns* [1999] IRLR 315: one day in three is normal.
#[test]
fn who_is_a_night_worker() {
    for (night, nights, is_one) in [
        ("18:00-03:00", 6, true),
        // Three hours after 23:00, or before 06:00, to the minute.
        ("17:00-02:00", 6, true),
        ("16:59-01:59", 6, false),
        ("03:00-12:00", 6, true),
        ("03:01-12:01", 6, false),
        // One day in three.
        ("18:00-03:00", 2, true),
        ("18:00-03:00", 1, false),
    ] {
        // Six days of nine hours a week; so many of them are nights.
        let week = |at_night: bool| {
            let mark = |n| {
                if (n >= 6 - nights) == at_night {
                    'x'
                } else {
                    '.'
                }
            };
            let six: String = (0..6).map(mark).collect();
            format!("{six}.")
        };
        let mut work = weeks(FIRST, 17, &week(true), night);
        work.extend(weeks(FIRST, 17, &week(false), "08:00-17:00"));
        let contract = Contract {
            opted_out: stretch("2020-01-01", None),
            ..Contract::default()
        };
        let said = broken(&work, &contract);
        let is_said = said
            .iter()
            .any(|b| matches!(b.warning, Warning::Night { .. }));
        assert_eq!(is_said, is_one, "{night} on {nights} days of six");
    }
}

/// Working Time Regulations 1998, reg. 6(1) and (5): eight hours on average in each 24, a day off
/// a week left out; of new starters, the time since they started (reg. 6(4)). Nobody can opt out:
/// reg. 5 is about reg. 4(1) only. A sleep-in is working time.
#[test]
fn the_average_night() {
    for kind in ["waking-night", "sleep-in"] {
        let nights = |n| weeks(FIRST, n, "xxxx...", &format!("18:00-06:00 {kind}"));
        let out = Contract {
            opted_out: stretch("2020-01-01", None),
            ..Contract::default()
        };
        let over = "night 8:00+ of 8:00 from 2026-08-01 00:00 until 2026-11-28 00:00";
        for (contract, more, expected) in [
            (&Contract::default(), "", ""),
            (&out, "", ""),
            (&Contract::default(), "2026-11-27 06:00-06:01", over),
            (&out, "2026-11-27 06:00-06:01", over),
        ] {
            check("night", contract, &with(nights(17), more), expected);
        }
        check(
            "night",
            &started(FIRST),
            &with(nights(2), "2026-08-14 07:00-08:12"),
            "night 8:06 of 8:00 from 2026-08-03 00:00 until 2026-08-15 00:00",
        );
        check(
            "night",
            &Contract::default(),
            &with(nights(2), "2026-08-14 07:00-08:12"),
            "",
        );
    }
}

/// The PA's own wish, from a Monday to the Sunday.
#[test]
fn own_most() {
    let contract = Contract {
        most_per_week: Some(Span::hours(30)),
        ..Contract::default()
    };
    for (more, expected) in [
        ("2026-11-29 08:00-14:00", ""),
        (
            "2026-11-29 08:00-14:01",
            "own most 30:01 of 30:00 from 2026-11-23 00:00",
        ),
        // The night to Monday belongs to both weeks.
        ("2026-11-29 18:00-06:00", ""),
        (
            "2026-11-29 17:59-06:00",
            "own most 30:01 of 30:00 from 2026-11-23 00:00",
        ),
    ] {
        let work = with(days("2026-11-23", "xxx.... xxx....", "08:00-16:00"), more);
        check("own", &contract, &work, expected);
    }
}
