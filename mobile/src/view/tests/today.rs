//! A PA's *Today*.

use super::{
    draw::{line, name, names, plain, shift, until},
    hands::{act, clock_in, clock_out, write_note},
    world::{ELUNED, MORGAN, RHYS, SIAN, World, joined, shift_id, t, text},
};
use crate::{
    engine::{Draft, Phone},
    view::today::{New, today},
};
use kith_shared::{
    domain::note::Audience::{Family, Team},
    intent::Intent,
};

pub(super) fn draw(phone: &Phone, now: &str) -> String {
    let today = today(phone, t(now));
    let mut drawn = Vec::new();
    let new = |drawn: &mut Vec<String>, new: &New| {
        drawn.extend(new.notes.iter().map(line));
        if new.more > 0 {
            drawn.push(format!("{} more", new.more));
        }
    };
    for r in &today.running {
        let planned = r.planned.as_ref().map_or("unplanned".into(), shift);
        let mut flags = String::new();
        for (flag, on) in [
            (" forgotten", r.forgotten),
            (" draft", r.draft),
            (" noted", r.noted),
        ] {
            flags += if on { flag } else { "" };
        }
        let since = until(r.since, None);
        drawn.push(format!(
            "with {} {since} {} min, {planned}{flags}",
            name(&r.person),
            r.minutes
        ));
        new(&mut drawn, &r.new);
    }
    if let Some(n) = &today.next {
        let late = if n.late { " late" } else { "" };
        drawn.push(format!(
            "next {} in {} min{late}",
            shift(&n.card),
            n.starts_in
        ));
        new(&mut drawn, &n.new);
    }
    drawn.extend(today.then.iter().map(|s| format!("then {}", shift(s))));
    drawn.extend(
        today
            .not_clocked
            .iter()
            .map(|s| format!("no clock in {}", shift(s))),
    );
    if let Some(n) = &today.note_due {
        let draft = if n.draft { " draft" } else { "" };
        let visit = until(n.start, Some(n.end));
        drawn.push(format!("note due {} {visit}{draft}", name(&n.person)));
    }
    drawn.join("\n")
}

pub(super) fn check(phone: &Phone, now: &str, expected: &str) {
    assert_eq!(plain(&draw(phone, now)), plain(expected), "at {now}");
}

pub(super) fn siân(world: &World) -> Phone {
    world.phone(SIAN, "2026-11-24 07:00")
}

#[test]
fn next_is_my_first_shift_that_is_not_over() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-24 07:30", "2026-11-24 13:00", &[SIAN]);
    w.shift(2, ELUNED, "2026-11-24 18:00", "2026-11-24 22:00", &[SIAN]);
    w.shift(3, MORGAN, "2026-11-24 13:00", "2026-11-24 18:00", &[RHYS]);
    w.shift(4, MORGAN, "2026-11-25 07:30", "2026-11-25 13:00", &[SIAN]);
    w.shift(5, MORGAN, "2026-11-26 07:30", "2026-11-26 13:00", &[SIAN]);
    w.shift(6, MORGAN, "2026-11-25 13:00", "2026-11-25 18:00", &[]);
    let phone = siân(&w);
    check(
        &phone,
        "2026-11-24 07:05",
        "
        next today 07:30-13:00 Morgan: me in 25 min
        then today 18:00-22:00 Eluned: me",
    );
    check(
        &phone,
        "2026-11-24 23:00",
        "
        next tomorrow 07:30-13:00 Morgan: me in 510 min
        then 2026-11-26 07:30-13:00 Morgan: me
        no clock in today 07:30-13:00 Morgan: me
        no clock in today 18:00-22:00 Eluned: me",
    );
    check(&phone, "2026-11-27 09:00", "");
}

#[test]
fn all_of_today_is_shown_however_much_it_is() {
    let mut w = World::new();
    for (n, hour) in (1..).zip(8..13) {
        let (start, end) = (
            format!("2026-11-24 {hour}:00"),
            format!("2026-11-24 {hour}:30"),
        );
        w.shift(n, MORGAN, &start, &end, &[SIAN]);
    }
    w.shift(9, MORGAN, "2026-11-25 08:00", "2026-11-25 09:00", &[SIAN]);
    check(
        &siân(&w),
        "2026-11-24 07:00",
        "
        next today 08:00-08:30 Morgan: me in 60 min
        then today 09:00-09:30 Morgan: me
        then today 10:00-10:30 Morgan: me
        then today 11:00-11:30 Morgan: me
        then today 12:00-12:30 Morgan: me",
    );
}

#[test]
fn a_shift_that_began_is_next_until_it_is_over() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-24 07:30", "2026-11-24 13:00", &[SIAN]);
    let phone = siân(&w);
    check(
        &phone,
        "2026-11-24 07:45",
        "next today 07:30-13:00 Morgan: me in -15 min",
    );
    check(
        &phone,
        "2026-11-24 07:46",
        "next today 07:30-13:00 Morgan: me in -16 min late",
    );
    check(
        &phone,
        "2026-11-24 12:59",
        "next today 07:30-13:00 Morgan: me in -329 min late",
    );
    check(
        &phone,
        "2026-11-24 13:01",
        "no clock in today 07:30-13:00 Morgan: me",
    );
    check(&phone, "2026-11-25 00:00", "");
}

#[test]
fn my_own_missing_clock_in_needs_no_signal_to_be_known() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-24 07:30", "2026-11-24 13:00", &[SIAN]);
    let phone = w.phone(SIAN, "2026-11-20 07:00");
    check(
        &phone,
        "2026-11-24 14:00",
        "no clock in today 07:30-13:00 Morgan: me",
    );
}

#[test]
fn a_night_is_still_mine_after_midnight() {
    for (evening, morning, at, in_min, lasted) in [
        ("2026-11-24", "2026-11-25", "00:30", -150, 150),
        ("2026-11-30", "2026-12-01", "00:30", -150, 150),
        // By half past two the clocks have gone forward, or back.
        ("2026-03-28", "2026-03-29", "02:30", -210, 210),
        ("2026-10-24", "2026-10-25", "02:30", -330, 330),
    ] {
        let (start, end) = (format!("{evening} 22:00"), format!("{morning} 06:00"));
        let mut w = World::new();
        w.shift(1, MORGAN, &start, &end, &[SIAN]);
        let mut phone = w.phone(SIAN, &start);
        let now = format!("{morning} {at}");
        check(
            &phone,
            &now,
            &format!("next yesterday 22:00-06:00+1 Morgan: me in {in_min} min late"),
        );
        act(
            &mut phone,
            &start,
            Intent::ClockIn {
                person: MORGAN,
                month: t(&start).month(),
                shift: Some(shift_id(1)),
                place: None,
            },
        );
        check(
            &phone,
            &now,
            &format!("with Morgan 22:00- {lasted} min, yesterday 22:00-06:00+1 Morgan: me"),
        );
        let missed = w.phone(SIAN, &end);
        check(
            &missed,
            &format!("{morning} 08:00"),
            "no clock in yesterday 22:00-06:00+1 Morgan: me",
        );
    }
}

#[test]
fn what_runs_is_mine_and_leaves_the_list() {
    let mut w = World::new();
    w.shift(
        1,
        MORGAN,
        "2026-11-24 07:30",
        "2026-11-24 13:00",
        &[SIAN, RHYS],
    );
    w.shift(2, ELUNED, "2026-11-24 18:00", "2026-11-24 22:00", &[SIAN]);
    w.visit(RHYS, Some(1), "2026-11-24 07:29", None);
    let mut phone = siân(&w);
    check(
        &phone,
        "2026-11-24 07:30",
        "
        next today 07:30-13:00 Morgan: me & Rhys in 0 min
        then today 18:00-22:00 Eluned: me",
    );
    let visit = clock_in(&mut phone, "2026-11-24 07:31", Some(1));
    check(
        &phone,
        "2026-11-24 08:00",
        "
        with Morgan 07:31- 29 min, today 07:30-13:00 Morgan: me & Rhys
        next today 18:00-22:00 Eluned: me in 600 min",
    );
    let draft = Draft {
        audience: Family,
        says: text("slept"),
    };
    phone.keep_draft(visit, Some(draft.clone()));
    check(
        &phone,
        "2026-11-24 15:00",
        "
        with Morgan 07:31- 449 min, today 07:30-13:00 Morgan: me & Rhys draft
        next today 18:00-22:00 Eluned: me in 180 min",
    );
    check(
        &phone,
        "2026-11-24 15:01",
        "
        with Morgan 07:31- 450 min, today 07:30-13:00 Morgan: me & Rhys forgotten draft
        next today 18:00-22:00 Eluned: me in 179 min",
    );
    clock_out(&mut phone, "2026-11-24 13:02", visit);
    check(
        &phone,
        "2026-11-24 15:01",
        "
        next today 18:00-22:00 Eluned: me in 179 min
        note due Morgan 07:31-13:02 draft",
    );
    write_note(
        &mut phone,
        "2026-11-24 15:02",
        Some(visit),
        Team,
        "slept well",
    );
    check(
        &phone,
        "2026-11-24 15:03",
        "next today 18:00-22:00 Eluned: me in 177 min",
    );
}

#[test]
fn a_visit_may_run_without_a_plan() {
    let mut phone = siân(&World::new());
    let visit = clock_in(&mut phone, "2026-11-24 08:00", None);
    check(
        &phone,
        "2026-11-24 20:00",
        "with Morgan 08:00- 720 min, unplanned",
    );
    check(
        &phone,
        "2026-11-24 20:01",
        "with Morgan 08:00- 721 min, unplanned forgotten",
    );
    write_note(&mut phone, "2026-11-24 09:00", Some(visit), Family, "hello");
    check(
        &phone,
        "2026-11-24 09:30",
        "with Morgan 08:00- 90 min, unplanned noted",
    );
    assert_eq!(
        names(&today(&phone, t("2026-11-24 08:00")).people),
        "Eluned & Morgan"
    );
}

#[test]
fn only_my_last_visit_is_reminded_of_and_not_for_ever() {
    let mut w = World::new();
    w.visit(SIAN, None, "2026-11-16 08:00", Some("2026-11-16 09:00"));
    let noted = w.visit(SIAN, None, "2026-11-17 08:00", Some("2026-11-17 09:00"));
    w.visit(RHYS, None, "2026-11-18 08:00", Some("2026-11-18 09:00"));
    check(&siân(&w), "2026-11-24 08:59", "note due Morgan 08:00-09:00");
    check(&siân(&w), "2026-11-24 09:01", "");
    // Rhys's note about my visit is not mine.
    w.note(RHYS, "2026-11-17 10:00", Some(noted), Team, text("ok"));
    check(&siân(&w), "2026-11-24 08:00", "note due Morgan 08:00-09:00");
    w.note(SIAN, "2026-11-17 10:00", Some(noted), Team, text("ok"));
    check(&siân(&w), "2026-11-24 08:00", "");
}

#[test]
fn nobody_has_no_today() {
    check(&Phone::default(), "2026-11-24 07:00", "");
    check(&joined(SIAN, t("2026-11-24 07:00")), "2026-11-24 07:00", "");
}
