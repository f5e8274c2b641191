//! What is new about a person since I was there, as *Today* tells it.

use super::{
    hands::clock_in,
    today::{check, siân},
    world::{MORGAN, OWAIN, RHYS, SIAN, World, t, text},
};
use crate::view::today::today;
use kith_shared::{
    domain::note::Audience::{Family, Team},
    time::Span,
};

#[test]
fn new_is_what_others_noted_since_i_was_there() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-24 07:30", "2026-11-24 13:00", &[SIAN]);
    let mine = w.visit(SIAN, None, "2026-11-20 08:00", Some("2026-11-20 12:00"));
    w.note(SIAN, "2026-11-20 12:01", Some(mine), Team, text("mine"));
    w.note(RHYS, "2026-11-20 11:59", None, Team, text("before"));
    let now = "2026-11-24 07:30";
    let next = "next today 07:30-13:00 Morgan: me in 0 min\n";
    check(&siân(&w), now, next);
    w.note(
        RHYS,
        "2026-11-20 18:00",
        None,
        Family,
        text("\n  Up at 4.  \nTea."),
    );
    check(&siân(&w), now, &format!("{next} new Rhys 18:00: Up at 4."));
    w.note(OWAIN, "2026-11-21 09:00", None, Team, text("two"));
    w.note(OWAIN, "2026-11-22 09:00", None, Team, text(""));
    w.note(RHYS, "2026-11-23 09:00", None, Team, text("four"));
    check(
        &siân(&w),
        now,
        &format!(
            "{next}
        new Rhys 09:00: four
        new Owain 09:00:
        new Owain 09:00: two
        1 more"
        ),
    );
}

#[test]
fn what_arrived_or_was_amended_since_is_new_as_well() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-24 07:30", "2026-11-24 13:00", &[SIAN]);
    let old = w.note(RHYS, "2026-11-19 09:00", None, Family, text("old"));
    w.delay = Span::days(2);
    w.note(
        RHYS,
        "2026-11-19 10:00",
        None,
        Family,
        text("without signal"),
    );
    w.delay = Span::default();
    w.visit(SIAN, None, "2026-11-20 08:00", Some("2026-11-20 12:00"));
    let now = "2026-11-24 07:30";
    check(
        &siân(&w),
        now,
        "
        next today 07:30-13:00 Morgan: me in 0 min
        new Rhys 10:00: without signal
        note due Morgan 08:00-12:00",
    );
    w.amend_note(RHYS, "2026-11-22 09:30", old, "not old");
    check(
        &siân(&w),
        now,
        "
        next today 07:30-13:00 Morgan: me in 0 min
        new Rhys 09:30: not old
        new Rhys 10:00: without signal
        note due Morgan 08:00-12:00",
    );
}

#[test]
fn the_visit_that_runs_does_not_make_its_news_old() {
    let mut w = World::new();
    w.note(RHYS, "2026-11-23 09:00", None, Family, text("yesterday"));
    let mut phone = siân(&w);
    clock_in(&mut phone, "2026-11-24 08:00", None);
    check(
        &phone,
        "2026-11-24 08:30",
        "
        with Morgan 08:00- 30 min, unplanned
        new Rhys 09:00: yesterday",
    );
}

#[test]
fn a_long_note_is_cut_after_a_word() {
    let mut w = World::new();
    w.note(
        RHYS,
        "2026-11-23 09:00",
        None,
        Family,
        text(&"ŵyn bach ".repeat(30)),
    );
    w.note(
        OWAIN,
        "2026-11-23 08:00",
        None,
        Family,
        text(&"ŷ".repeat(200)),
    );
    let mut phone = siân(&w);
    clock_in(&mut phone, "2026-11-24 08:00", None);
    let today = today(&phone, t("2026-11-24 08:30"));
    let lines: Vec<_> = today.running[0].new.notes.iter().map(|n| &n.text).collect();
    assert_eq!(*lines[0], format!("{}…", "ŵyn bach ".repeat(13).trim_end()));
    assert_eq!(lines[1].chars().count(), 120);
}
