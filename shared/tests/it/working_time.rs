//! Working time: rest and breaks, and what the tables on averages share. The source of a table
//! stands above it; values and their sources are in `RULES`.

use crate::support::{plain, show, t};
use kith_shared::{
    domain::{
        shift::ShiftKind,
        working_time::{Contract, RULES, Warning, Work, rule_on, warnings},
    },
    time::{Day, Span},
};

/// `10:59`, with a `+` when there is less than a minute more.
pub fn draw(span: Span) -> String {
    let minutes = span.whole_minutes();
    let more = if span > Span::minutes(minutes) {
        "+"
    } else {
        ""
    };
    format!("{}:{:02}{more}", minutes / 60, minutes % 60)
}

/// `1:30`.
pub fn span(text: &str) -> Span {
    let (hours, minutes) = text.split_once(':').unwrap();
    Span::minutes(hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap())
}

pub fn day(text: &str) -> Day {
    t(&format!("{text} 12:00")).day()
}

/// A line a stretch: `2026-11-24 22:00-07:00 sleep-in 0:30`. One that does not end later by the
/// clock ends the day after; the time at the end is that awake in a sleep-in.
pub fn works(text: &str) -> Vec<Work> {
    let work = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let (start, end) = words[1].split_once('-').unwrap();
        let last = day(words[0]).plus(i32::from(end <= start));
        Work {
            start: t(&format!("{} {start}", words[0])),
            end: t(&format!("{last} {end}")),
            kind: match words.get(2) {
                None => ShiftKind::Day,
                Some(&"waking-night") => ShiftKind::WakingNight,
                Some(&"sleep-in") => ShiftKind::SleepIn,
                Some(other) => panic!("{other}"),
            },
            awake: words.get(3).map_or(Span::default(), |awake| span(awake)),
        }
    };
    plain(text).lines().map(work).collect()
}

/// The same hours on each day that has an `x`, from this day on; spaces are for the eye.
pub fn days(from: &str, pattern: &str, hours: &str) -> Vec<Work> {
    let marks = pattern.chars().filter(|c| *c != ' ');
    let with_day = |(n, mark)| (mark == 'x').then(|| day(from).plus(n));
    let worked = (0..).zip(marks).filter_map(with_day);
    worked
        .flat_map(|d| works(&format!("{d} {hours}")))
        .collect()
}

pub fn drawn(warning: &Warning) -> String {
    let from = show(warning.from());
    match warning {
        Warning::DailyRest { rest, owed, .. } => {
            format!(
                "daily rest {} from {from}, owed {}",
                draw(*rest),
                draw(*owed)
            )
        }
        Warning::WeeklyRest { rest, owed, .. } => {
            format!(
                "weekly rest {} from {from}, owed {}",
                draw(*rest),
                draw(*owed)
            )
        }
        Warning::Break { worked, due, .. } => {
            format!("break {} in {} from {from}", draw(*due), draw(*worked))
        }
        Warning::Week {
            until,
            average,
            most,
            ..
        } => {
            let until = show(*until);
            format!(
                "week {} of {} from {from} until {until}",
                draw(*average),
                draw(*most)
            )
        }
        Warning::Night {
            until,
            average,
            most,
            ..
        } => {
            let until = show(*until);
            format!(
                "night {} of {} from {from} until {until}",
                draw(*average),
                draw(*most)
            )
        }
        Warning::OwnMost { worked, most, .. } => {
            format!("own most {} of {} from {from}", draw(*worked), draw(*most))
        }
    }
}

/// What is said of one rule when all this work is taken on.
pub fn check(rule: &str, contract: &Contract, work: &[Work], expected: &str) {
    let said = warnings(&[], work, contract);
    let said: Vec<_> = said
        .iter()
        .map(drawn)
        .filter(|w| w.starts_with(rule))
        .collect();
    let hours: Vec<_> = work.iter().map(|w| (show(w.start), show(w.end))).collect();
    assert_eq!(said.join("\n"), plain(expected), "{hours:?}");
}

fn rest(rule: &str, work: &str, expected: &str) {
    check(rule, &Contract::default(), &works(work), expected);
}

/// Working Time Regulations 1998, reg. 10(1): 11 hours in a row in each 24.
#[test]
fn daily_rest() {
    for (work, expected) in [
        ("2026-11-23 14:00-22:00\n2026-11-24 09:00-15:00", ""),
        (
            "2026-11-23 14:00-22:00\n2026-11-24 08:59-15:00",
            "daily rest 10:59 from 2026-11-23 14:00, owed 0:01",
        ),
        // Across midnight.
        ("2026-11-23 17:00-00:30\n2026-11-24 11:30-15:00", ""),
        (
            "2026-11-23 17:00-00:30\n2026-11-24 11:29-15:00",
            "daily rest 10:59 from 2026-11-23 17:00, owed 0:01",
        ),
        // The clock skips an hour: from 22:00 to 09:00 there are ten.
        ("2026-03-28 14:00-22:00\n2026-03-29 10:00-15:00", ""),
        (
            "2026-03-28 14:00-22:00\n2026-03-29 09:00-15:00",
            "daily rest 10:00 from 2026-03-28 14:00, owed 1:00",
        ),
        // The clock shows an hour twice: from 22:00 to 08:00 there are eleven.
        ("2026-10-24 14:00-22:00\n2026-10-25 08:00-14:00", ""),
        (
            "2026-10-24 14:00-22:00\n2026-10-25 07:59-14:00",
            "daily rest 10:59 from 2026-10-24 14:00, owed 0:01",
        ),
        // A split shift is measured from its first start: 13 hours at most.
        (
            "2026-11-23 08:00-12:00\n2026-11-23 17:00-21:00\n2026-11-24 08:00-12:00",
            "",
        ),
        (
            "2026-11-23 08:00-12:00\n2026-11-23 17:00-21:01\n2026-11-24 09:00-12:00",
            "daily rest 10:59 from 2026-11-23 08:00, owed 0:01",
        ),
        ("2026-11-23 08:00-21:00", ""),
        (
            "2026-11-23 08:00-21:01",
            "daily rest 10:59 from 2026-11-23 08:00, owed 0:01",
        ),
        // A stretch inside another one makes it no shorter.
        (
            "2026-11-23 08:00-21:01\n2026-11-23 09:00-12:00",
            "daily rest 10:59 from 2026-11-23 08:00, owed 0:01",
        ),
        // Work without end: each 24 hours count.
        (
            "2026-11-23 08:00-08:00\n2026-11-24 08:00-08:00\n2026-11-25 08:00-20:00",
            "
            daily rest 0:00 from 2026-11-23 08:00, owed 11:00
            daily rest 0:00 from 2026-11-24 08:00, owed 11:00
            ",
        ),
        // One rest too short is said once.
        (
            "2026-11-23 08:00-20:00\n2026-11-24 04:00-16:00\n2026-11-25 08:00-16:00",
            "daily rest 8:00 from 2026-11-23 08:00, owed 3:00",
        ),
    ] {
        rest("daily", work, expected);
    }
}

/// A sleep-in is working time from its start to its end, disturbed or not: Directive 2003/88/EC,
/// art. 2(1), as in C-151/02 *Jaeger*; Working Time Regulations 1998, reg. 2(1).
#[test]
fn a_sleep_in_is_no_rest() {
    for awake in ["", " 0:00", " 2:30", " 9:00"] {
        let night = format!("2026-11-23 22:00-07:00 sleep-in{awake}");
        rest("daily", &format!("{night}\n2026-11-24 18:00-22:00"), "");
        rest(
            "daily",
            &format!("{night}\n2026-11-24 17:59-22:00"),
            "daily rest 10:59 from 2026-11-23 22:00, owed 0:01",
        );
        rest(
            "daily",
            &format!("2026-11-23 16:00-22:00\n{night}\n2026-11-24 07:00-10:00"),
            "daily rest 6:00 from 2026-11-23 16:00, owed 5:00",
        );
    }
}

/// Working Time Regulations 1998, reg. 11: 24 hours in a row in each week, or twice that or 48 in
/// a row in two weeks, on top of the 11 of a day (reg. 11(7)). 23 November begins two weeks of
/// those that are counted from 5 October 1998 (reg. 11(5)).
#[test]
fn weekly_rest() {
    // Before the first work lie eight hours of the week, and the 11 before them.
    let none = "weekly rest 19:00 from 2026-11-23 00:00, owed 16:00";
    let both = format!("{none}\nweekly rest 16:00 from 2026-11-30 00:00, owed 19:00");
    for (pattern, expected) in [
        ("xxxxxx. xxxxxx. x", ""),
        ("xxxxxxx xxxxxxx x", &*both),
        // Once in two weeks is enough when it is 48 hours.
        ("xxxxxxx xxxxx.. x", ""),
        ("xxxxxxx xxxxxx. x", none),
        // As are twice 24.
        ("xxxxxxx x.xxx.x x", ""),
        // What comes in the next two weeks is too late.
        (
            "xxxxxx. xxxxxxx ..xxxxx xx",
            "weekly rest 19:00 from 2026-11-30 00:00, owed 16:00",
        ),
    ] {
        let work = days("2026-11-23", pattern, "08:00-16:00");
        check("weekly", &Contract::default(), &work, expected);
    }
}

/// As above, to the minute: 24 hours and 11.
#[test]
fn weekly_rest_to_the_minute() {
    for (saturday, sunday, monday, expected) in [
        ("08:00-21:00", "", "08:00-14:00", ""),
        (
            "08:00-21:01",
            "",
            "08:00-14:00",
            "weekly rest 34:59 from 2026-11-23 00:00, owed 0:01",
        ),
        // The 24 hours lie in the week, the 11 may reach into the next.
        ("16:00-00:00", "", "11:00-14:00", ""),
        (
            "16:00-00:01",
            "",
            "12:00-14:00",
            "weekly rest 34:59 from 2026-11-23 00:00, owed 0:01",
        ),
        (
            "08:00-12:00",
            "22:59-23:59",
            "12:00-14:00",
            "weekly rest 34:59 from 2026-11-23 00:00, owed 0:01",
        ),
        ("08:00-12:00", "23:00-23:59", "12:00-14:00", ""),
    ] {
        let mut work = days("2026-11-23", "xxxxx.. .xxxxxx x", "08:00-16:00");
        for (day, hours) in [
            ("2026-11-28", saturday),
            ("2026-11-29", sunday),
            ("2026-11-30", monday),
        ] {
            if !hours.is_empty() {
                work.extend(works(&format!("{day} {hours}")));
            }
        }
        let of_first = |line: &str| line.lines().next().unwrap_or_default().to_owned();
        let said = warnings(&[], &work, &Contract::default());
        let said = said
            .iter()
            .map(drawn)
            .filter(|w| w.contains("weekly") && w.contains("11-23"));
        assert_eq!(
            said.collect::<Vec<_>>().join("\n"),
            of_first(expected),
            "{saturday} {sunday}"
        );
    }
    // 48 hours and 11, in the second of two weeks.
    for (friday, expected) in [
        ("10:00-21:00", ""),
        (
            "10:00-21:01",
            "weekly rest 19:00 from 2026-11-23 00:00, owed 16:00",
        ),
    ] {
        let mut work = days("2026-11-23", "xxxxxxx xxxx... x", "08:00-16:00");
        work.extend(works(&format!("2026-12-04 {friday}")));
        check("weekly", &Contract::default(), &work, expected);
    }
    // The clock shows an hour twice in the night before Sunday, 25 October 2026.
    for (saturday, expected) in [
        ("09:00-22:00", ""),
        (
            "09:00-22:01",
            "weekly rest 34:59 from 2026-10-19 00:00, owed 0:01",
        ),
    ] {
        let mut work = days("2026-10-12", "xxxxxxx xxxxx..", "09:00-17:00");
        work.extend(works(&format!(
            "2026-10-24 {saturday}\n2026-10-26 08:00-16:00"
        )));
        let contract = Contract {
            started: Some(day("2026-10-12")),
            ..Contract::default()
        };
        let said = warnings(&[], &work, &contract);
        let said = said
            .iter()
            .map(drawn)
            .filter(|w| w.contains("weekly") && w.contains("10-19"));
        assert_eq!(said.collect::<Vec<_>>().join("\n"), expected, "{saturday}");
    }
}

/// Working Time Regulations 1998, reg. 11(5)(b): two weeks are counted from the week in which the
/// employment began.
#[test]
fn two_weeks_begin_with_the_employment() {
    let work = days("2026-11-16", "xxxxxx. xxxxxxx xxxxx.. x", "08:00-16:00");
    for (started, expected) in [
        ("2026-10-26", ""),
        (
            "2026-11-02",
            "weekly rest 19:00 from 2026-11-23 00:00, owed 16:00",
        ),
        (
            "2026-11-08",
            "weekly rest 19:00 from 2026-11-23 00:00, owed 16:00",
        ),
        ("2026-11-09", ""),
        ("2026-11-01", ""),
    ] {
        let contract = Contract {
            started: Some(day(started)),
            ..Contract::default()
        };
        check("weekly", &contract, &work, expected);
    }
}

/// Working Time Regulations 1998, reg. 12(1) and (3): 20 minutes when over six hours.
#[test]
fn breaks() {
    for (work, expected) in [
        ("2026-11-23 08:00-14:00", ""),
        (
            "2026-11-23 08:00-14:01",
            "break 0:20 in 6:01 from 2026-11-23 08:00",
        ),
        // Between two stretches.
        ("2026-11-23 08:00-12:00\n2026-11-23 12:20-16:20", ""),
        (
            "2026-11-23 08:00-12:00\n2026-11-23 12:19-16:20",
            "break 0:20 in 8:01 from 2026-11-23 08:00",
        ),
        (
            "2026-11-23 08:00-12:00\n2026-11-23 12:00-14:01",
            "break 0:20 in 6:01 from 2026-11-23 08:00",
        ),
        // What elapses.
        ("2026-03-29 00:00-07:00 waking-night", ""),
        (
            "2026-10-25 00:00-06:00 waking-night",
            "break 0:20 in 7:00 from 2026-10-25 00:00",
        ),
        // Of a sleep-in, the time awake to work.
        ("2026-11-23 22:00-07:00 sleep-in", ""),
        ("2026-11-23 22:00-07:00 sleep-in 6:00", ""),
        (
            "2026-11-23 22:00-07:00 sleep-in 6:01",
            "break 0:20 in 6:01 from 2026-11-23 22:00",
        ),
        (
            "2026-11-23 16:00-22:00\n2026-11-23 22:00-07:00 sleep-in",
            "",
        ),
        (
            "2026-11-23 16:00-22:00\n2026-11-23 22:00-07:00 sleep-in 0:01",
            "break 0:20 in 6:01 from 2026-11-23 16:00",
        ),
        // Nobody is awake for longer than they are there.
        (
            "2026-11-23 22:00-23:00 sleep-in 9:00\n2026-11-23 23:00-07:00 sleep-in",
            "",
        ),
        (
            "2026-11-23 22:00-05:00 sleep-in 4:00\n2026-11-23 22:01-05:00 sleep-in 4:00",
            "break 0:20 in 7:00 from 2026-11-23 22:00",
        ),
        (
            "2026-11-23 22:00-05:00 sleep-in 20:00",
            "break 0:20 in 7:00 from 2026-11-23 22:00",
        ),
    ] {
        rest("break", work, expected);
    }
}

/// Working Time Regulations 1998, reg. 24: as much rest in return as was missing.
#[test]
fn what_is_owed_and_what_needs_a_reason() {
    let contract = Contract {
        most_per_week: Some(Span::hours(40)),
        started: Some(day("2026-11-23")),
        ..Contract::default()
    };
    let work = days("2026-11-23", "xxxxxxx xxxxxxx", "18:00-08:00");
    let mut said = Vec::new();
    for warning in warnings(&[], &work, &contract) {
        let name = drawn(&warning).split(' ').next().unwrap().to_owned();
        let line = format!("{name} {} {}", draw(warning.owed()), warning.needs_reason());
        if !said.contains(&line) {
            said.push(line);
        }
    }
    assert_eq!(
        said,
        [
            "daily 1:00 true",
            "weekly 6:00 true",
            "weekly 25:00 true",
            "break 0:00 false",
            "week 0:00 true",
            "night 0:00 true",
            "own 0:00 false",
        ]
    );
}

#[test]
fn each_rule_has_a_source_and_one_value_a_day() {
    for rule in RULES {
        assert!(rule.source.contains("19"), "{rule:?}");
        assert!(rule.value > Span::default(), "{rule:?}");
        assert_eq!(rule_on(rule.name, day("2026-11-24")), Some(rule));
        assert_eq!(rule_on(rule.name, day("1998-10-01")), Some(rule));
        assert_eq!(rule_on(rule.name, day("1998-09-30")), None);
        let again = RULES.iter().filter(|r| r.name == rule.name);
        let again: Vec<_> = again.map(|r| (r.from, r.until)).collect();
        for pair in again.windows(2) {
            assert!(
                pair[0].1.is_some_and(|until| until <= pair[1].0),
                "{pair:?}"
            );
        }
    }
}
