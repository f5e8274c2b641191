//! *Hours*: what I worked in a month.

use super::{
    draw::{name, plain, until},
    hands::clock_in,
    world::{CERI, MORGAN, RHYS, SIAN, World, joined, t},
};
use crate::{engine::Phone, view::hours::hours};
use kith_shared::{
    domain::shift::ShiftKind,
    time::{Month, Span},
};

fn draw(phone: &Phone, month: Month, now: &str) -> String {
    let mine = hours(phone, month, t(now));
    let mut drawn = vec![format!(
        "{} = {} awake + {} in {} sleep-ins, {} to come",
        mine.total(),
        mine.awake,
        mine.sleep_in,
        mine.sleep_ins,
        mine.to_come
    )];
    drawn.extend(mine.previous.map(|m| format!("previous {m}")));
    drawn.extend(mine.next.map(|m| format!("next {m}")));
    for week in &mine.weeks {
        drawn.push(format!("week of {}: {}", week.monday, week.minutes));
        for l in &week.lines {
            let nights = if l.nights > 0 { "+1" } else { "" };
            let marks = if l.marks.is_empty() {
                String::new()
            } else {
                format!(" {:?}", l.marks)
            };
            drawn.push(format!(
                "{} {}{nights} {} {:?} {}{marks}",
                l.day.number(),
                until(l.start, l.end),
                name(&l.person),
                l.kind,
                l.minutes
            ));
        }
    }
    drawn.join("\n")
}

fn check(w: &World, month: (i16, i8), now: &str, expected: &str) {
    let month = Month::new(month.0, month.1).unwrap();
    let phone = w.phone(SIAN, now);
    assert_eq!(
        draw(&phone, month, now),
        plain(expected),
        "{month} at {now}"
    );
}

#[test]
fn a_month_adds_up() {
    let mut w = World::new();
    w.shift_of(
        ShiftKind::SleepIn,
        1,
        MORGAN,
        "2026-11-20 22:00",
        "2026-11-21 07:00",
        &[SIAN],
    );
    w.shift_of(
        ShiftKind::WakingNight,
        2,
        MORGAN,
        "2026-11-22 22:00",
        "2026-11-23 07:00",
        &[SIAN],
    );
    w.shift(3, MORGAN, "2026-11-24 08:00", "2026-11-24 12:00", &[SIAN]);
    w.shift(
        4,
        MORGAN,
        "2026-11-25 08:00",
        "2026-11-25 12:00",
        &[SIAN, RHYS],
    );
    w.shift(5, MORGAN, "2026-11-25 13:00", "2026-11-25 18:00", &[RHYS]);
    w.shift(6, MORGAN, "2026-12-01 08:00", "2026-12-01 12:00", &[SIAN]);
    // Missed, and so not to come.
    w.shift(7, MORGAN, "2026-11-19 08:00", "2026-11-19 12:00", &[SIAN]);
    w.visit(SIAN, Some(1), "2026-11-20 22:00", Some("2026-11-21 07:00"));
    let night = w.visit(SIAN, Some(2), "2026-11-22 22:00", Some("2026-11-23 06:00"));
    w.amend(
        SIAN,
        "2026-11-23 09:00",
        night,
        "2026-11-22 22:00",
        "2026-11-23 07:10",
        "handover",
    );
    w.visit(SIAN, Some(3), "2026-11-24 08:20", None);
    w.visit(SIAN, None, "2026-11-20 12:00", Some("2026-11-20 12:34"));
    w.visit(RHYS, None, "2026-11-20 12:00", Some("2026-11-20 13:00"));
    check(
        &w,
        (2026, 11),
        "2026-11-24 10:00",
        "
        1224 = 684 awake + 540 in 1 sleep-ins, 240 to come
        week of 2026-11-23: 100
        24 08:20- Morgan Day 100 [Late]
        week of 2026-11-16: 1124
        22 22:00-07:10+1 Morgan WakingNight 550 [Amended]
        20 22:00-07:00+1 Morgan SleepIn 540
        20 12:00-12:34 Morgan Day 34",
    );
}

#[test]
fn a_night_belongs_to_the_month_in_which_it_begins() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-30 22:00", "2026-12-01 06:00", &[SIAN]);
    w.visit(SIAN, Some(1), "2026-11-30 22:00", Some("2026-12-01 06:00"));
    w.visit(SIAN, None, "2026-12-01 08:00", Some("2026-12-01 09:00"));
    w.visit(SIAN, None, "2026-08-31 23:30", Some("2026-09-01 00:30"));
    let now = "2026-12-02 10:00";
    check(
        &w,
        (2026, 11),
        now,
        "
        480 = 480 awake + 0 in 0 sleep-ins, 0 to come
        previous 2026-08
        next 2026-12
        week of 2026-11-30: 480
        30 22:00-06:00+1 Morgan Day 480",
    );
    check(
        &w,
        (2026, 12),
        now,
        "
        60 = 60 awake + 0 in 0 sleep-ins, 0 to come
        previous 2026-11
        week of 2026-11-30: 60
        1 08:00-09:00 Morgan Day 60",
    );
    check(
        &w,
        (2026, 8),
        now,
        "
        60 = 60 awake + 0 in 0 sleep-ins, 0 to come
        next 2026-09
        week of 2026-08-31: 60
        31 23:30-00:30+1 Morgan Day 60",
    );
}

#[test]
fn nights_over_a_clock_change_are_paid_by_what_elapsed() {
    for (evening, morning, month, elapsed) in [
        ("2026-03-28", "2026-03-29", (2026, 3), 420),
        ("2026-10-24", "2026-10-25", (2026, 10), 540),
    ] {
        let mut w = World::new();
        let (start, end) = (format!("{evening} 22:00"), format!("{morning} 06:00"));
        w.visit(SIAN, None, &start, Some(&end));
        let expected = format!(
            "
            {elapsed} = {elapsed} awake + 0 in 0 sleep-ins, 0 to come
            week of {}: {elapsed}
            {} 22:00-06:00+1 Morgan Day {elapsed}",
            t(&start).day().monday(),
            t(&start).day().number()
        );
        check(&w, month, &end, &expected);
    }
}

#[test]
fn totals_are_the_sums_of_the_lines_that_are_shown() {
    // Each visit shows 08:00-08:01 and lasts 20 seconds.
    let mut phone = World::new().phone(SIAN, "2026-11-24 07:00");
    for minute in 0..3 {
        let start = t("2026-11-24 08:00") + Span::minutes(minute * 10) + Span::from_millis(50_000);
        let dice = u128::try_from(minute).unwrap();
        let (visit, _) = phone
            .act(
                kith_shared::intent::Intent::ClockIn {
                    person: MORGAN,
                    month: start.month(),
                    shift: None,
                    place: None,
                },
                start,
                dice,
            )
            .unwrap();
        phone
            .act(
                kith_shared::intent::Intent::ClockOut {
                    person: MORGAN,
                    month: start.month(),
                    visit: visit.into(),
                },
                start + Span::from_millis(20_000),
                dice,
            )
            .unwrap();
    }
    let mine = hours(&phone, Month::new(2026, 11).unwrap(), t("2026-11-24 12:00"));
    let lines: Vec<_> = mine.weeks[0].lines.iter().map(|l| l.minutes).collect();
    assert_eq!(
        (mine.total(), mine.weeks[0].minutes, lines),
        (3, 3, vec![1, 1, 1])
    );
}

#[test]
fn what_waits_on_this_phone_counts() {
    let mut phone = World::new().phone(SIAN, "2026-11-24 07:00");
    clock_in(&mut phone, "2026-11-24 08:00", None);
    let drawn = draw(&phone, Month::new(2026, 11).unwrap(), "2026-11-24 08:30");
    assert!(drawn.starts_with("30 = 30 awake"), "{drawn}");
}

#[test]
fn who_worked_nothing_has_an_empty_month() {
    let nothing = "0 = 0 awake + 0 in 0 sleep-ins, 0 to come";
    let now = "2026-11-24 08:30";
    for phone in [
        Phone::default(),
        joined(SIAN, t(now)),
        World::new().phone(CERI, now),
    ] {
        assert_eq!(draw(&phone, Month::new(2026, 11).unwrap(), now), nothing);
    }
}
