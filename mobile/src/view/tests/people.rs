//! *People*.

use super::{
    draw::{plain, shift, until},
    world::{ELUNED, GWEN, MORGAN, RHYS, SIAN, World, t},
};
use crate::{engine::Phone, view::people::people};

fn check(phone: &Phone, now: &str, expected: &str) {
    let mut drawn = Vec::new();
    for row in people(phone, t(now)) {
        drawn.push(format!("{}, {}", row.person.name, row.address));
        drawn.extend(row.my_next.map(|s| format!("my next {}", shift(&s))));
        drawn.extend(row.next.map(|s| format!("next {}", shift(&s))));
        drawn.extend(
            row.last
                .map(|v| format!("last {} {}", v.who.short(), until(v.start, v.end))),
        );
    }
    assert_eq!(plain(&drawn.join("\n")), plain(expected), "at {now}");
}

#[test]
fn people_are_by_name_with_what_is_next_and_last() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-24 07:30", "2026-11-24 13:00", &[RHYS]);
    w.shift(2, MORGAN, "2026-11-25 07:30", "2026-11-25 13:00", &[SIAN]);
    w.shift(3, ELUNED, "2026-11-25 07:30", "2026-11-25 13:00", &[]);
    w.visit(RHYS, Some(1), "2026-11-23 07:30", Some("2026-11-23 08:30"));
    w.visit(SIAN, None, "2026-11-22 07:30", Some("2026-11-22 08:30"));
    let phone = w.phone(SIAN, "2026-11-24 13:00");
    check(
        &phone,
        "2026-11-24 12:59",
        "
        Eluned Wyn-Roberts, Tŷ Newydd
        next tomorrow 07:30-13:00 Eluned: open
        Morgan Pritchard, 12 Mill Lane
        my next tomorrow 07:30-13:00 Morgan: me
        next today 07:30-13:00 Morgan: Rhys
        last Rhys 07:30-08:30",
    );
    check(
        &phone,
        "2026-11-25 13:00",
        "
        Eluned Wyn-Roberts, Tŷ Newydd
        Morgan Pritchard, 12 Mill Lane
        last Rhys 07:30-08:30",
    );
}

#[test]
fn family_know_their_person_from_the_circle() {
    check(
        &World::new().phone(GWEN, "2026-11-24 13:00"),
        "2026-11-24 13:00",
        "
        Morgan Pritchard,",
    );
    check(&Phone::default(), "2026-11-24 13:00", "");
}
