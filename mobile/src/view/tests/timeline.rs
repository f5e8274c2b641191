//! *Timeline* of a person, and *Notes*.

use super::{
    draw::{entry, note, plain, when},
    hands::{accept, clock_in, clock_out, seen, write_note},
    world::{CERI, GWEN, MORGAN, MORGAN_HIMSELF, OWAIN, RHYS, SIAN, World, t, text},
};
use crate::{
    engine::Phone,
    view::{notes::notes, timeline::timeline},
};
use kith_shared::{
    domain::note::Audience::{Family, Team},
    time::{Month, Span},
};

fn draw_since(phone: &Phone, since: Option<Month>, now: &str) -> String {
    let timeline = timeline(phone, MORGAN, since, t(now));
    let mut drawn = Vec::new();
    for day in timeline.days {
        drawn.push(format!("{}:", when(day.when)));
        drawn.extend(day.entries.iter().map(entry));
    }
    drawn.extend(timeline.older.map(|month| format!("older: {month}")));
    drawn.join("\n")
}

fn check(phone: &Phone, now: &str, expected: &str) {
    assert_eq!(draw_since(phone, None, now), plain(expected), "at {now}");
}

fn check_notes(phone: &Phone, now: &str, expected: &str) {
    let notes = notes(phone, MORGAN, None, t(now));
    let mut drawn = Vec::new();
    for day in notes.days {
        drawn.push(format!("{}:", when(day.when)));
        drawn.extend(day.notes.iter().map(note));
    }
    drawn.extend(notes.older.map(|month| format!("older: {month}")));
    assert_eq!(drawn.join("\n"), plain(expected), "at {now}");
}

#[test]
fn the_latest_comes_first_and_notes_are_with_their_visit() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-24 07:30", "2026-11-24 13:00", &[SIAN]);
    let morning = w.visit(SIAN, Some(1), "2026-11-24 07:31", Some("2026-11-24 13:02"));
    w.visit(RHYS, None, "2026-11-24 14:00", None);
    w.visit(OWAIN, None, "2026-11-23 09:00", Some("2026-11-23 10:00"));
    w.note(SIAN, "2026-11-24 13:03", Some(morning), Team, text("knee"));
    w.note(
        SIAN,
        "2026-11-24 13:04",
        Some(morning),
        Family,
        text("sang"),
    );
    w.note(OWAIN, "2026-11-23 20:00", None, Team, text("keys"));
    check(
        &w.phone(CERI, "2026-11-24 15:00"),
        "2026-11-24 15:00",
        "
        today:
        Rhys 14:00- 60 min
        Siân 07:31-13:02 331 min | Siân to Team: knee | Siân to Family: sang
        yesterday:
        note 20:00 Owain to Team: keys
        Owain 09:00-10:00 60 min",
    );
}

#[test]
fn a_visit_carries_its_marks_and_what_it_was_before() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-24 08:00", "2026-11-24 12:00", &[SIAN]);
    let visit = w.visit(SIAN, Some(1), "2026-11-24 08:16", Some("2026-11-24 11:30"));
    let phone = |w: &World| w.phone(CERI, "2026-11-25 15:00");
    let now = "2026-11-25 15:00";
    check(
        &phone(&w),
        now,
        "
        yesterday:
        Siân 08:16-11:30 194 min Late CutShort",
    );
    w.amend(
        SIAN,
        "2026-11-24 13:00",
        visit,
        "2026-11-24 08:16",
        "2026-11-24 12:10",
        "forgot",
    );
    w.amend(
        SIAN,
        "2026-11-24 14:00",
        visit,
        "2026-11-24 08:05",
        "2026-11-24 12:10",
        "bus",
    );
    check(
        &phone(&w),
        now,
        "
        yesterday:
        Siân 08:05-12:10 245 min Amended | was 08:16-12:10: bus | was 08:16-11:30: forgot",
    );
}

#[test]
fn who_clocks_out_by_mistake_is_neither_late_nor_cut_short() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-24 08:00", "2026-11-24 12:00", &[SIAN]);
    w.visit(SIAN, Some(1), "2026-11-24 08:00", Some("2026-11-24 08:01"));
    w.visit(SIAN, Some(1), "2026-11-24 08:20", Some("2026-11-24 11:00"));
    check(
        &w.phone(CERI, "2026-11-24 15:00"),
        "2026-11-24 15:00",
        "
        today:
        Siân 08:20-11:00 160 min CutShort
        Siân 08:00-08:01 1 min",
    );
}

#[test]
fn missed_is_only_what_the_relay_could_have_told() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-24 08:00", "2026-11-24 12:00", &[SIAN]);
    let missed = "
        today:
        nothing from Siân for 08:00-12:00";
    let nothing = "";
    for (heard, now, expected) in [
        ("2026-11-24 12:00", "2026-11-24 12:00", nothing),
        ("2026-11-24 12:01", "2026-11-24 12:01", missed),
        ("2026-11-24 12:01", "2026-11-24 18:00", missed),
        // This phone has no signal: nobody is to blame.
        ("2026-11-24 11:59", "2026-11-24 18:00", nothing),
    ] {
        check(&w.phone(CERI, heard), now, expected);
    }
    // Late is not missed, and missed is not late.
    w.visit(SIAN, Some(1), "2026-11-24 11:59", None);
    check(
        &w.phone(CERI, "2026-11-24 12:01"),
        "2026-11-24 12:01",
        "
        today:
        Siân 11:59- 2 min Late",
    );
}

#[test]
fn each_holder_of_a_double_up_is_looked_for() {
    let mut w = World::new();
    w.shift(
        1,
        MORGAN,
        "2026-11-24 08:00",
        "2026-11-24 12:00",
        &[SIAN, RHYS],
    );
    let drawn =
        |w: &World| draw_since(&w.phone(CERI, "2026-11-24 13:00"), None, "2026-11-24 13:00");
    assert_eq!(
        drawn(&w),
        "today:\nnothing from Siân for 08:00-12:00\nnothing from Rhys for 08:00-12:00"
    );
    w.visit(RHYS, Some(1), "2026-11-24 08:00", Some("2026-11-24 12:00"));
    assert_eq!(
        drawn(&w),
        "today:\nRhys 08:00-12:00 240 min\nnothing from Siân for 08:00-12:00"
    );
    // Owain came in Siân's place.
    w.visit(OWAIN, Some(1), "2026-11-24 08:05", Some("2026-11-24 12:00"));
    assert_eq!(
        drawn(&w),
        "today:\nOwain 08:05-12:00 235 min\nRhys 08:00-12:00 240 min"
    );
}

#[test]
fn a_shift_that_stayed_open_is_nobodys() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-24 08:00", "2026-11-24 12:00", &[]);
    check(
        &w.phone(CERI, "2026-11-24 13:00"),
        "2026-11-24 13:00",
        "
        today:
        nothing from nobody for 08:00-12:00",
    );
    check(&w.phone(CERI, "2026-11-24 12:00"), "2026-11-24 13:00", "");
    w.visit(OWAIN, Some(1), "2026-11-24 08:05", Some("2026-11-24 12:00"));
    check(
        &w.phone(CERI, "2026-11-24 13:00"),
        "2026-11-24 13:00",
        "
        today:
        Owain 08:05-12:00 235 min",
    );
}

#[test]
fn nights_are_on_their_first_day_and_last_what_elapsed() {
    for (evening, morning, elapsed) in [
        ("2026-11-24", "2026-11-25", 480),
        ("2026-11-30", "2026-12-01", 480),
        ("2026-03-28", "2026-03-29", 420),
        ("2026-10-24", "2026-10-25", 540),
    ] {
        let (start, end) = (format!("{evening} 22:00"), format!("{morning} 06:00"));
        let mut w = World::new();
        w.shift(1, MORGAN, &start, &end, &[SIAN]);
        w.visit(SIAN, Some(1), &start, Some(&end));
        check(
            &w.phone(CERI, &end),
            &end,
            &format!(
                "yesterday:
             Siân 22:00-06:00 {elapsed} min +1"
            ),
        );
    }
}

#[test]
fn the_first_page_goes_back_two_weeks_and_older_ones_a_month_each() {
    let mut w = World::new();
    for day in [
        "2026-06-10",
        "2026-09-20",
        "2026-11-08",
        "2026-11-30",
        "2026-12-02",
    ] {
        w.visit(
            SIAN,
            None,
            &format!("{day} 08:00"),
            Some(&format!("{day} 09:00")),
        );
    }
    let phone = w.phone(CERI, "2026-12-03 10:00");
    let pages = [
        ("2026-12-03 10:00", None, 3, Some((2026, 9))),
        ("2026-12-14 23:59", None, 3, Some((2026, 9))),
        ("2026-12-15 00:00", None, 1, Some((2026, 11))),
        // Nothing happened for long: the last there is.
        ("2027-08-01 10:00", None, 1, Some((2026, 11))),
        ("2026-12-03 10:00", Some((2026, 9)), 4, Some((2026, 6))),
        ("2026-12-03 10:00", Some((2026, 6)), 5, None),
        ("2026-12-03 10:00", Some((2020, 1)), 5, None),
        ("2026-12-03 10:00", Some((2030, 1)), 0, Some((2026, 12))),
    ];
    let month = |(y, m)| Month::new(y, m).unwrap();
    for (now, since, days, older) in pages {
        let page = timeline(&phone, MORGAN, since.map(month), t(now));
        assert_eq!(
            (page.days.len(), page.older),
            (days, older.map(month)),
            "{now} {since:?}"
        );
    }
}

#[test]
fn late_arrivals_and_clocks_put_right_are_told() {
    let mut w = World::new();
    w.delay = Span::hours(24);
    w.visit(SIAN, None, "2026-11-20 08:00", Some("2026-11-20 09:00"));
    w.delay = Span::hours(49);
    w.visit(RHYS, None, "2026-11-20 10:00", Some("2026-11-20 11:00"));
    w.note(RHYS, "2026-11-20 11:01", None, Team, text("keys"));
    w.delay = Span::default();
    w.skew = Span::minutes(-90);
    w.visit(OWAIN, None, "2026-11-20 12:00", None);
    check(
        &w.phone(CERI, "2026-11-23 00:00"),
        "2026-11-20 12:30",
        "
        today:
        Owain 12:00- 30 min | in at 13:30 by the phone's clock
        note 11:01 Rhys to Team: keys | note arrived 2 days later
        Rhys 10:00-11:00 60 min | in arrived 2 days later | out arrived 2 days later
        Siân 08:00-09:00 60 min",
    );
}

#[test]
fn my_records_say_how_far_they_have_come() {
    let mut w = World::new();
    w.visit(RHYS, None, "2026-11-24 06:00", Some("2026-11-24 07:00"));
    let mut phone = w.phone(SIAN, "2026-11-24 07:00");
    let visit = clock_in(&mut phone, "2026-11-24 08:00", None);
    let rest = "\nRhys 06:00-07:00 60 min";
    let drawn = |phone: &Phone| draw_since(phone, None, "2026-11-24 12:00");
    assert_eq!(
        drawn(&phone),
        format!("today:\nme 08:00- 240 min Saved{rest}")
    );
    accept(&mut phone, "2026-11-24 08:01");
    assert_eq!(
        drawn(&phone),
        format!("today:\nme 08:00- 240 min Sent{rest}")
    );
    seen(&mut phone, "2026-11-24 08:02");
    assert_eq!(
        drawn(&phone),
        format!("today:\nme 08:00- 240 min Seen{rest}")
    );
    // A visit has come as far as the last of its records.
    clock_out(&mut phone, "2026-11-24 09:00", visit);
    write_note(&mut phone, "2026-11-24 09:01", Some(visit), Team, "ok");
    assert_eq!(
        drawn(&phone),
        format!("today:\nme 08:00-09:00 60 min Saved | me to Team: ok Saved{rest}")
    );
}

#[test]
fn notes_tell_what_they_said_before() {
    let mut w = World::new();
    let visit = w.visit(SIAN, None, "2026-11-23 21:00", Some("2026-11-24 07:00"));
    let told = w.note(SIAN, "2026-11-24 07:05", Some(visit), Family, text("slept"));
    w.amend_note(SIAN, "2026-11-24 08:00", told, "slept well");
    w.amend_note(SIAN, "2026-11-24 09:00", told, "slept very well");
    w.note(RHYS, "2026-11-24 10:00", None, Team, text("keys"));
    w.note(RHYS, "2026-11-02 10:00", None, Family, text("long ago"));
    let now = "2026-11-24 12:00";
    let told = "Siân to Family: slept very well (until 09:00 \"slept well\", more exactly) \
                (until 08:00 \"slept\", more exactly)";
    // Who reads visits has the note of a night on the day of the night.
    check_notes(
        &w.phone(MORGAN_HIMSELF, now),
        now,
        &format!(
            "
        today:
        Rhys to Team: keys
        yesterday:
        {told}
        2026-11-02:
        Rhys to Family: long ago"
        ),
    );
    check_notes(
        &w.phone(GWEN, now),
        now,
        &format!(
            "
        today:
        {told}
        2026-11-02:
        Rhys to Family: long ago"
        ),
    );
    check_notes(
        &w.phone(GWEN, now),
        "2026-12-20 12:00",
        &format!(
            "
        2026-11-24:
        {told}
        2026-11-02:
        Rhys to Family: long ago"
        ),
    );
}

#[test]
fn family_have_a_timeline_of_shared_notes_alone() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-23 08:00", "2026-11-23 12:00", &[SIAN]);
    let visit = w.visit(SIAN, None, "2026-11-24 08:00", Some("2026-11-24 09:00"));
    w.note(SIAN, "2026-11-24 09:05", Some(visit), Family, text("sang"));
    w.note(SIAN, "2026-11-24 09:06", Some(visit), Team, text("knee"));
    check(
        &w.phone(GWEN, "2026-11-24 12:00"),
        "2026-11-24 12:00",
        "
        today:
        note 09:05 Siân to Family: sang",
    );
}

#[test]
fn a_phone_that_knows_nothing_shows_nothing() {
    check(&Phone::default(), "2026-11-24 12:00", "");
    check_notes(&Phone::default(), "2026-11-24 12:00", "");
}
