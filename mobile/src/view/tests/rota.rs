//! *Rota*: a week.

use super::{
    draw::{name, names, plain, shift},
    world::{ELUNED, GWEN, MORGAN, RHYS, SIAN, World, day, shift_id, t},
};
use crate::{
    engine::Phone,
    view::{
        rota::{Sign, Travel, Whose, rota},
        shift::sheet,
    },
};
use kith_shared::ids::MemberId;

pub(super) fn draw(phone: &Phone, of: &str, whose: Whose, now: &str) -> String {
    let week = rota(phone, day(of), whose, t(now));
    assert_eq!(week.days.len(), 7);
    let mut drawn = vec![format!("week of {}", week.monday)];
    for day in &week.days {
        for s in &day.shifts {
            assert_eq!(day.when, s.card.when);
            drawn.extend(s.travel.map(travel));
            let over = if s.card.over { ", over" } else { "" };
            let persons = s.persons[1..].iter().map(|p| format!(" and {}", p.short()));
            let signs = s.signs.iter().map(|s| format!(" | {}", sign(s)));
            let more: Vec<_> = persons.chain(signs).collect();
            drawn.push(format!("{}{}{over}", shift(&s.card), more.concat()));
        }
    }
    drawn.join("\n")
}

fn travel(travel: Travel) -> String {
    let tight = if travel.is_tight() { " tight" } else { "" };
    format!("{} of {} min{tight}", travel.takes, travel.there_are)
}

fn sign(sign: &Sign) -> String {
    match sign {
        Sign::Open { missing, needs } => format!("open {missing} of {needs}"),
        Sign::Offered(pa) => format!("offered to {}", name(pa)),
        Sign::Wanted(pa) => format!("wanted by {}", name(pa)),
        Sign::WaitsForYes(pa) => format!("waits for a yes to {}", name(pa)),
        Sign::Covers { pa, from } => {
            format!("{} covers for {}", name(pa), names(from))
        }
        Sign::Shadow(pa) => format!("{} shadows", name(pa)),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// The week of 23 November as this member sees it.
pub(super) fn check_as(w: &World, who: MemberId, now: &str, whose: Whose, expected: &str) {
    let drawn = draw(&w.phone(who, now), "2026-11-23", whose, now);
    let expected = format!("week of 2026-11-23\n{}", plain(expected));
    assert_eq!(drawn, expected.trim_end(), "{whose:?}");
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
        yesterday 07:30-13:00 Morgan: me, over
        today 07:30-13:00 Morgan: me & Rhys | double(2)
        2026-11-29 22:00-07:00+1 Eluned: me",
    );
    check(
        &w,
        "2026-11-23",
        Whose::All,
        "
        week of 2026-11-23
        yesterday 07:30-13:00 Morgan: me, over
        today 07:30-13:00 Morgan: me & Rhys | double(2)
        today 18:00-22:00 Eluned: Rhys
        tomorrow 07:30-10:00 Morgan: open | open 1 of 1
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
        2026-11-30 22:00-07:00+1 Morgan: Rhys",
    );
    check(
        &w,
        "2026-12-07",
        Whose::All,
        "
        week of 2026-12-07",
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
        assert_eq!(cards[0].card.planned.minutes(), minutes);
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
