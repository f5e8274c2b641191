//! Hours worked. Sources: `domain.md`, *Clock change* (pay what elapsed) and *Sleep-in* (two
//! clocks: it is working time, but counts apart for the minimum wage).

use crate::{
    support::{ANN, BEN, PERSON, plain, t},
    visits::{amend, clock_in, clock_out, read},
};
use kith_shared::{
    documents::{Record, visits::VisitRecord},
    domain::{
        hours::hours,
        shift::{Shift, ShiftKind},
    },
    ids::ShiftId,
    time::{Month, Span},
};

/// One shift of each kind, by number; visits name them.
const DAY: u8 = 1;
const SLEEP_IN: u8 = 2;
const WAKING_NIGHT: u8 = 3;
/// The rota of that month is not on this phone.
const UNKNOWN: u8 = 9;

fn shift(n: u8, work: ShiftKind) -> (ShiftId, Shift) {
    let id = ShiftId::from_bytes([n; 16]);
    let shift = Shift {
        shift: id,
        person: PERSON,
        start: t("2026-11-24 08:00"),
        end: t("2026-11-24 16:00"),
        pas: vec![ANN],
        work,
        replaces: None,
        needs: 1,
        shadows: vec![],
        series: None,
        pool: None,
    };
    (id, shift)
}

fn draw(span: Span) -> String {
    let minutes = span.whole_minutes();
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// Ann's month at `now`: a line a visit, then what is awake and what is sleep-in.
fn check(month: &str, now: &str, log: &[Record<VisitRecord>], expected: &str) {
    let shifts = [
        shift(DAY, ShiftKind::Day),
        shift(SLEEP_IN, ShiftKind::SleepIn),
        shift(WAKING_NIGHT, ShiftKind::WakingNight),
    ];
    let month: Month = month.parse().unwrap();
    let hours = hours(ANN, month, &read(log), &shifts.into(), t(now));
    let mut drawn = Vec::new();
    for line in &hours.lines {
        let running = if line.running { " and running" } else { "" };
        drawn.push(format!(
            "{} {:?} {}{running}",
            line.day,
            line.work,
            draw(line.length)
        ));
    }
    let (awake, asleep) = (draw(hours.awake), draw(hours.sleep_in));
    drawn.push(format!("awake {awake}, sleep-in {asleep}"));
    assert_eq!(drawn.join("\n"), plain(expected));
}

/// A visit of Ann's; its records have the ids `n` and `n + 1`.
fn visit(n: u8, start: &str, end: &str, shift: Option<u8>) -> [Record<VisitRecord>; 2] {
    [
        clock_in(n, ANN, start, shift),
        clock_out(n + 1, ANN, end, n),
    ]
}

#[test]
fn a_night_lasts_what_elapses() {
    for (month, start, end, elapsed) in [
        ("2026-11", "2026-11-24 22:00", "2026-11-25 06:00", "8:00"),
        ("2026-03", "2026-03-28 22:00", "2026-03-29 06:00", "7:00"),
        ("2026-10", "2026-10-24 22:00", "2026-10-25 06:00", "9:00"),
    ] {
        let now = "2026-12-24 12:00";
        let day = &start[..10];
        check(
            month,
            now,
            &visit(1, start, end, Some(WAKING_NIGHT)),
            &format!("{day} WakingNight {elapsed}\nawake {elapsed}, sleep-in 0:00"),
        );
        check(
            month,
            now,
            &visit(1, start, end, Some(SLEEP_IN)),
            &format!("{day} SleepIn {elapsed}\nawake 0:00, sleep-in {elapsed}"),
        );
    }
}

#[test]
fn a_visit_belongs_to_the_month_in_which_it_starts() {
    let nights = [
        visit(
            1,
            "2026-10-31 22:00",
            "2026-11-01 06:00",
            Some(WAKING_NIGHT),
        ),
        visit(3, "2026-11-01 00:00", "2026-11-01 01:00", None),
    ]
    .concat();
    let now = "2026-12-24 12:00";
    check(
        "2026-10",
        now,
        &nights,
        "
        2026-10-31 WakingNight 8:00
        awake 8:00, sleep-in 0:00
        ",
    );
    check(
        "2026-11",
        now,
        &nights,
        "
        2026-11-01 Day 1:00
        awake 1:00, sleep-in 0:00
        ",
    );
    check("2026-12", now, &nights, "awake 0:00, sleep-in 0:00");
    // In summer, local midnight is 23:00 UTC of the day before.
    let august = visit(1, "2026-08-01 00:30", "2026-08-01 01:30", None);
    check("2026-07", now, &august, "awake 0:00, sleep-in 0:00");
}

/// Lines in the order of time; what is not of a known shift counts as awake.
#[test]
fn kinds_of_work_are_counted_apart() {
    let log = [
        visit(9, "2026-11-02 08:00", "2026-11-02 12:20", Some(DAY)),
        visit(7, "2026-11-03 22:00", "2026-11-04 07:00", Some(SLEEP_IN)),
        visit(
            5,
            "2026-11-05 22:00",
            "2026-11-06 06:00",
            Some(WAKING_NIGHT),
        ),
        visit(3, "2026-11-07 10:00", "2026-11-07 10:45", None),
        visit(1, "2026-11-08 10:00", "2026-11-08 11:00", Some(UNKNOWN)),
    ]
    .concat();
    check(
        "2026-11",
        "2026-11-24 12:00",
        &log,
        "
        2026-11-02 Day 4:20
        2026-11-03 SleepIn 9:00
        2026-11-05 WakingNight 8:00
        2026-11-07 Day 0:45
        2026-11-08 Day 1:00
        awake 14:05, sleep-in 9:00
        ",
    );
}

#[test]
fn a_running_visit_counts_up_to_now() {
    let log = [clock_in(1, ANN, "2026-11-24 08:00", Some(DAY))];
    for (now, length) in [
        ("2026-11-24 08:00", "0:00"),
        ("2026-11-24 11:30", "3:30"),
        // The phone's clock was put back.
        ("2026-11-24 07:00", "0:00"),
    ] {
        let expected =
            format!("2026-11-24 Day {length} and running\nawake {length}, sleep-in 0:00");
        check("2026-11", now, &log, &expected);
    }
}

#[test]
fn only_ones_own_hours_as_amended() {
    let log = [
        clock_in(1, ANN, "2026-11-24 08:00", Some(DAY)),
        clock_out(2, ANN, "2026-11-24 16:00", 1),
        amend(3, ANN, 1, "2026-11-24 07:30", None, "came early"),
        clock_in(4, BEN, "2026-11-24 08:00", Some(DAY)),
        clock_out(5, BEN, "2026-11-24 20:00", 4),
    ];
    check(
        "2026-11",
        "2026-11-24 23:00",
        &log,
        "
        2026-11-24 Day 8:30
        awake 8:30, sleep-in 0:00
        ",
    );
}
