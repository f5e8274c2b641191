//! Who is coming.

use super::{
    draw::{names, plain, stretch, until, when},
    world::{CERI, ELUNED, GWEN, HYWEL, MORGAN, MORGAN_HIMSELF, OWAIN, RHYS, SIAN, World, t},
};
use crate::{
    engine::Phone,
    view::coming::{coming, my_person},
};
use kith_shared::{domain::shift::ShiftKind, ids::PersonId};

fn draw(phone: &Phone, person: PersonId, now: &str) -> String {
    let coming = coming(phone, person, t(now));
    let mut drawn = Vec::new();
    for h in coming.here.iter().flatten() {
        let planned = h.until.map_or("unplanned", |_| "planned");
        drawn.push(format!(
            "here {} {} {planned}",
            h.who.short(),
            until(h.since, h.until)
        ));
    }
    for day in &coming.days {
        drawn.push(format!("{}:", when(day.when)));
        for s in &day.shifts {
            let who = if s.is_open() {
                "nobody yet".into()
            } else {
                names(&s.pas)
            };
            let here = s
                .here
                .map_or(String::new(), |at| format!(" since {}", until(at, None)));
            drawn.push(format!("{} {who} {:?}{here}", stretch(s.planned), s.phase));
        }
    }
    drawn.join("\n")
}

fn check(phone: &Phone, now: &str, expected: &str) {
    assert_eq!(draw(phone, MORGAN, now), plain(expected), "at {now}");
}

fn week() -> World {
    let mut w = World::new();
    let night = ShiftKind::WakingNight;
    w.shift_of(
        night,
        1,
        MORGAN,
        "2026-11-23 21:00",
        "2026-11-24 07:30",
        &[OWAIN],
    );
    w.shift(
        2,
        MORGAN,
        "2026-11-24 07:30",
        "2026-11-24 13:00",
        &[SIAN, RHYS],
    );
    w.shift(3, MORGAN, "2026-11-24 13:00", "2026-11-24 18:00", &[RHYS]);
    w.shift(4, MORGAN, "2026-11-25 07:30", "2026-11-25 10:00", &[]);
    w.shift(5, MORGAN, "2026-11-30 21:00", "2026-12-01 07:00", &[OWAIN]);
    w.shift(6, MORGAN, "2026-12-01 21:00", "2026-12-02 07:00", &[OWAIN]);
    w.shift(7, ELUNED, "2026-11-24 09:00", "2026-11-24 10:00", &[SIAN]);
    w
}

#[test]
fn a_week_of_faces_from_the_circle() {
    check(
        &week().phone(GWEN, "2026-11-24 08:00"),
        "2026-11-24 08:00",
        "
        today:
        07:30-13:00 Siân & Rhys Now
        13:00-18:00 Rhys Next
        tomorrow:
        07:30-10:00 nobody yet Later
        2026-11-30:
        21:00-07:00+1 Owain Later",
    );
}

#[test]
fn the_night_that_is_on_belongs_to_today() {
    check(
        &week().phone(GWEN, "2026-11-24 02:00"),
        "2026-11-24 02:00",
        "
        today:
        21:00-07:30+1 Owain Now
        07:30-13:00 Siân & Rhys Next
        13:00-18:00 Rhys Later
        tomorrow:
        07:30-10:00 nobody yet Later
        2026-11-30:
        21:00-07:00+1 Owain Later",
    );
    check(
        &week().phone(GWEN, "2026-11-24 02:00"),
        "2026-11-26 19:00",
        "
        today:
        2026-11-30:
        21:00-07:00+1 Owain Next
        2026-12-01:
        21:00-07:00+1 Owain Later",
    );
}

#[test]
fn who_reads_visits_sees_who_is_here() {
    let mut w = week();
    w.visit(SIAN, Some(2), "2026-11-24 07:31", None);
    w.visit(RHYS, Some(2), "2026-11-24 07:25", Some("2026-11-24 07:45"));
    w.visit(OWAIN, None, "2026-11-24 07:50", None);
    let now = "2026-11-24 08:00";
    let morgan = w.phone(MORGAN_HIMSELF, now);
    let drawn = draw(&morgan, MORGAN, now);
    assert!(
        drawn.starts_with(&plain(
            "
        here Siân 07:31-13:00 planned
        here Owain 07:50- unplanned
        today:
        07:30-13:00 Siân & Rhys Now since 07:31-
        13:00-18:00 Rhys Next"
        )),
        "{drawn}"
    );
    // Nobody is there is another thing than not being told.
    assert_eq!(coming(&w.phone(GWEN, now), MORGAN, t(now)).here, None);
    assert_eq!(
        coming(&w.phone(HYWEL, now), ELUNED, t(now)).here,
        Some(Vec::new())
    );
    assert_eq!(coming(&w.phone(HYWEL, now), MORGAN, t(now)).here, None);
}

#[test]
fn roles_are_bound_to_their_person() {
    let w = week();
    for (member, expected) in [
        (MORGAN_HIMSELF, Some(MORGAN)),
        (GWEN, Some(MORGAN)),
        (HYWEL, Some(ELUNED)),
        (SIAN, None),
        (CERI, None),
    ] {
        assert_eq!(my_person(&w.phone(member, "2026-11-24 08:00")), expected);
    }
    assert!(
        coming(
            &w.phone(MORGAN_HIMSELF, "2026-11-24 08:00"),
            MORGAN,
            t("2026-11-24 08:00")
        )
        .person
        .me
    );
}

#[test]
fn without_a_circle_today_is_empty() {
    check(&Phone::default(), "2026-11-24 08:00", "today:");
}
