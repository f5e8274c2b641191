//! *Rota*: a week.

use super::{
    draw::{plain, shift},
    world::{ELUNED, GWEN, MORGAN, RHYS, SIAN, World, day, shift_id, t},
};
use crate::{
    engine::Phone,
    view::{
        rota::{Whose, rota},
        shift::sheet,
    },
};

fn draw(phone: &Phone, of: &str, whose: Whose, now: &str) -> String {
    let week = rota(phone, day(of), whose, t(now));
    assert_eq!(week.days.len(), 7);
    let mut drawn = vec![format!("week of {}", week.monday)];
    for (name, on) in [("earlier", week.earlier), ("later", week.later)] {
        drawn.extend(on.then(|| name.to_owned()));
    }
    for day in week.days.iter().filter(|d| !d.shifts.is_empty()) {
        drawn.extend(day.shifts.iter().map(|s| {
            assert_eq!(day.when, s.when);
            let over = if s.over { ", over" } else { "" };
            format!("{}{over}", shift(s))
        }));
    }
    drawn.join("\n")
}

fn check(w: &World, of: &str, whose: Whose, expected: &str) {
    let phone = w.phone(SIAN, "2026-11-24 12:00");
    assert_eq!(
        draw(&phone, of, whose, "2026-11-24 12:00"),
        plain(expected),
        "{of} {whose:?}"
    );
}

fn november() -> World {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-23 07:30", "2026-11-23 13:00", &[SIAN]);
    w.shift(2, ELUNED, "2026-11-24 18:00", "2026-11-24 22:00", &[RHYS]);
    w.shift(
        3,
        MORGAN,
        "2026-11-24 07:30",
        "2026-11-24 13:00",
        &[SIAN, RHYS],
    );
    w.shift(4, MORGAN, "2026-11-25 07:30", "2026-11-25 10:00", &[]);
    w.shift(5, ELUNED, "2026-11-29 22:00", "2026-11-30 07:00", &[SIAN]);
    w.shift(6, MORGAN, "2026-11-30 22:00", "2026-12-01 07:00", &[RHYS]);
    w
}

#[test]
fn a_week_is_mine_or_the_teams() {
    let w = november();
    check(
        &w,
        "2026-11-26",
        Whose::Mine,
        "
        week of 2026-11-23
        later
        yesterday 07:30-13:00 Morgan: me, over
        today 07:30-13:00 Morgan: me & Rhys
        2026-11-29 22:00-07:00+1 Eluned: me",
    );
    check(
        &w,
        "2026-11-23",
        Whose::All,
        "
        week of 2026-11-23
        later
        yesterday 07:30-13:00 Morgan: me, over
        today 07:30-13:00 Morgan: me & Rhys
        today 18:00-22:00 Eluned: Rhys
        tomorrow 07:30-10:00 Morgan: open
        2026-11-29 22:00-07:00+1 Eluned: me",
    );
}

#[test]
fn a_night_is_in_the_week_and_month_in_which_it_begins() {
    let w = november();
    check(
        &w,
        "2026-12-06",
        Whose::All,
        "
        week of 2026-11-30
        earlier
        2026-11-30 22:00-07:00+1 Morgan: Rhys",
    );
    check(
        &w,
        "2026-12-07",
        Whose::All,
        "
        week of 2026-12-07
        earlier",
    );
}

#[test]
fn nights_over_a_clock_change_keep_the_wall_clock() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-03-28 22:00", "2026-03-29 06:00", &[SIAN]);
    w.shift(2, MORGAN, "2026-10-24 22:00", "2026-10-25 06:00", &[SIAN]);
    for (week, expected, minutes) in [
        (
            "2026-03-29",
            "2026-03-28 22:00-06:00+1 Morgan: me, over",
            420,
        ),
        (
            "2026-10-25",
            "2026-10-24 22:00-06:00+1 Morgan: me, over",
            540,
        ),
    ] {
        let phone = w.phone(SIAN, "2026-11-24 12:00");
        let now = "2026-11-24 12:00";
        assert!(draw(&phone, week, Whose::Mine, now).ends_with(expected));
        let shown = rota(&phone, day(week), Whose::Mine, t(now));
        let cards: Vec<_> = shown.days.iter().flat_map(|d| &d.shifts).collect();
        assert_eq!(cards[0].planned.minutes(), minutes);
    }
}

#[test]
fn family_have_no_rota() {
    let phone = november().phone(GWEN, "2026-11-24 12:00");
    let drawn = draw(&phone, "2026-11-24", Whose::All, "2026-11-24 12:00");
    assert_eq!(drawn, "week of 2026-11-23");
}

#[test]
fn the_sheet_knows_who_is_before_and_after() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-24 07:30", "2026-11-24 13:00", &[SIAN]);
    w.shift(2, MORGAN, "2026-11-24 13:00", "2026-11-24 18:00", &[RHYS]);
    w.shift(3, ELUNED, "2026-11-24 18:00", "2026-11-24 19:00", &[RHYS]);
    w.shift(4, MORGAN, "2026-11-25 21:00", "2026-11-26 07:00", &[]);
    w.shift(6, MORGAN, "2026-11-22 08:00", "2026-11-22 12:00", &[RHYS]);
    w.shift(5, MORGAN, "2026-11-28 21:00", "2026-11-29 07:00", &[]);
    let phone = w.phone(SIAN, "2026-11-24 12:00");
    let draw = |n| {
        let sheet = sheet(&phone, shift_id(n), t("2026-11-24 12:00"))?;
        let of = |s: &Option<_>| s.as_ref().map_or("-".into(), shift);
        Some(format!(
            "{} < {} < {}",
            of(&sheet.before),
            shift(&sheet.card),
            of(&sheet.after)
        ))
    };
    for (n, expected) in [
        (
            1,
            Some("- < today 07:30-13:00 Morgan: me < today 13:00-18:00 Morgan: Rhys"),
        ),
        (
            2,
            Some(
                "today 07:30-13:00 Morgan: me < today 13:00-18:00 Morgan: Rhys < tomorrow 21:00-07:00+1 Morgan: open",
            ),
        ),
        (
            4,
            Some("today 13:00-18:00 Morgan: Rhys < tomorrow 21:00-07:00+1 Morgan: open < -"),
        ),
        (9, None),
    ] {
        assert_eq!(draw(n).as_deref(), expected);
    }
}
