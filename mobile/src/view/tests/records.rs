//! What needs the manager.

use super::{
    draw::{missed, plain, visit},
    world::{CERI, ELUNED, MORGAN, OWAIN, RHYS, SIAN, World, t},
};
use crate::{
    engine::Phone,
    view::records::{Counts, Exception, records},
};

fn draw(phone: &Phone, now: &str) -> String {
    let records = records(phone, t(now));
    let one = |e: &Exception| {
        let (person, what) = match e {
            Exception::Missed(m) => (m.person.short(), missed(m)),
            Exception::Visit(v) => (v.person.short(), visit(v)),
        };
        format!("{} {person}: {what}", e.start().day())
    };
    let drawn: Vec<_> = records.exceptions.iter().map(one).collect();
    drawn.join("\n")
}

fn two_weeks() -> World {
    let mut w = World::new();
    for (n, day) in (1..).zip(["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"]) {
        w.shift(
            n,
            MORGAN,
            &format!("{day} 08:00"),
            &format!("{day} 12:00"),
            &[SIAN],
        );
    }
    w.shift(5, ELUNED, "2026-11-18 08:00", "2026-11-18 12:00", &[RHYS]);
    w.shift(6, ELUNED, "2026-11-19 08:00", "2026-11-19 12:00", &[]);
    w.shift(7, ELUNED, "2026-11-24 08:00", "2026-11-24 12:00", &[RHYS]);
    w.visit(SIAN, Some(1), "2026-11-20 08:00", Some("2026-11-20 11:00"));
    let amended = w.visit(SIAN, Some(2), "2026-11-21 08:30", Some("2026-11-21 12:00"));
    w.amend(
        SIAN,
        "2026-11-21 13:00",
        amended,
        "2026-11-21 08:00",
        "2026-11-21 12:00",
        "bus",
    );
    let late = w.visit(SIAN, Some(3), "2026-11-22 08:00", Some("2026-11-22 12:00"));
    w.amend(
        SIAN,
        "2026-11-22 13:00",
        late,
        "2026-11-22 09:00",
        "2026-11-22 12:00",
        "bus",
    );
    w.visit(SIAN, Some(4), "2026-11-23 08:00", Some("2026-11-23 12:00"));
    w.visit(OWAIN, None, "2026-11-23 14:00", None);
    w
}

#[test]
fn exceptions_are_missed_then_late_then_cut_short_then_amended() {
    let phone = two_weeks().phone(CERI, "2026-11-24 11:00");
    assert_eq!(
        draw(&phone, "2026-11-24 11:00"),
        plain(
            "
        2026-11-19 Eluned: nothing from nobody for 08:00-12:00
        2026-11-18 Eluned: nothing from Rhys for 08:00-12:00
        2026-11-22 Morgan: Siân 09:00-12:00 180 min Late Amended | was 08:00-12:00: bus
        2026-11-20 Morgan: Siân 08:00-11:00 180 min CutShort
        2026-11-21 Morgan: Siân 08:00-12:00 240 min Amended | was 08:30-12:00: bus"
        )
    );
    let records = records(&phone, t("2026-11-24 11:00"));
    let counts = Counts {
        visits: 5,
        missed: 2,
        late: 1,
        cut_short: 1,
        amended: 2,
    };
    assert_eq!(records.counts, counts);
    assert_eq!(records.people.len(), 2);
}

#[test]
fn what_is_older_than_two_weeks_is_over() {
    let phone = two_weeks().phone(CERI, "2026-12-06 09:00");
    assert_eq!(
        draw(&phone, "2026-12-06 08:00"),
        plain(
            "
        2026-11-24 Eluned: nothing from Rhys for 08:00-12:00
        2026-11-22 Morgan: Siân 09:00-12:00 180 min Late Amended | was 08:00-12:00: bus"
        )
    );
    assert_eq!(
        draw(&phone, "2026-12-06 09:01"),
        plain(
            "
        2026-11-24 Eluned: nothing from Rhys for 08:00-12:00"
        )
    );
}

#[test]
fn a_manager_without_signal_misses_nobody() {
    let phone = two_weeks().phone(CERI, "2026-11-18 12:00");
    assert!(!draw(&phone, "2026-11-24 11:00").contains("nothing"));
    assert_eq!(draw(&Phone::default(), "2026-11-24 11:00"), "");
}
