//! Every view, over phones that know little or nonsense, at any moment: none panics.

use super::{
    hands::clock_in,
    world::{
        CERI, ELUNED, GWEN, MORGAN, MORGAN_HIMSELF, OWAIN, RHYS, SIAN, World, joined, shift_id, t,
        text,
    },
};
use crate::{
    engine::Phone,
    view::{
        coming, hours, note, notes, people, records,
        rota::{self, Whose},
        shift, timeline, today,
        waiting::{self, Link},
    },
};
use kith_shared::{
    domain::note::Audience::Family,
    ids::{MemberId, PersonId, VisitId},
    time::{Moment, Month},
};

fn look(phone: &Phone, now: Moment) {
    let stranger = PersonId::from_bytes([0xee; 16]);
    let months = [
        None,
        Some(now.month()),
        Month::new(1000, 1),
        Month::new(9999, 12),
    ];
    today::today(phone, now);
    people::people(phone, now);
    records::records(phone, now);
    waiting::waiting(phone, Link::Unreachable);
    coming::my_person(phone);
    for whose in [Whose::Mine, Whose::All] {
        rota::rota(phone, now.day(), whose, now);
    }
    for person in [MORGAN, ELUNED, stranger] {
        coming::coming(phone, person, now);
        for since in months {
            timeline::timeline(phone, person, since, now);
            notes::notes(phone, person, since, now);
        }
    }
    for month in months.into_iter().flatten() {
        hours::hours(phone, month, now);
    }
    for n in [1, 2, 3, 200] {
        shift::sheet(phone, shift_id(n), now);
        note::note_form(phone, VisitId::from_bytes([n; 16]));
        timeline::one_visit(phone, VisitId::from_bytes([n; 16]), now);
    }
}

#[test]
fn any_phone_can_be_looked_at_at_any_moment() {
    let mut w = World::new();
    let nobody = MemberId::from_bytes([0; 16]);
    w.shift(
        1,
        MORGAN,
        "2026-11-24 12:00",
        "2026-11-24 08:00",
        &[SIAN, SIAN, nobody],
    );
    w.shift(
        2,
        PersonId::from_bytes([0; 16]),
        "2015-01-01 00:00",
        "2100-12-31 23:59",
        &[RHYS],
    );
    w.visit(SIAN, Some(1), "2026-11-24 12:00", Some("2026-11-24 08:00"));
    w.visit(OWAIN, Some(200), "2026-11-24 12:00", None);
    let visit = w.visit(nobody, None, "2100-12-31 23:59", None);
    w.amend(
        nobody,
        "2015-01-01 00:00",
        visit,
        "2015-01-01 00:00",
        "2015-01-01 00:00",
        "",
    );
    w.note(
        nobody,
        "2015-01-01 00:00",
        Some(VisitId::from_bytes([200; 16])),
        Family,
        text(""),
    );
    w.note(SIAN, "2026-11-24 12:00", Some(visit), Family, text("\n\n"));
    let mut phones = vec![Phone::default(), joined(SIAN, t("2026-11-24 08:00"))];
    for member in [SIAN, MORGAN_HIMSELF, GWEN, CERI] {
        phones.push(w.phone(member, "2026-11-24 08:00"));
    }
    let mut acting = w.phone(RHYS, "2026-11-24 08:00");
    clock_in(&mut acting, "2026-11-24 08:00", Some(200));
    phones.push(acting);
    for phone in &phones {
        for now in [i64::MIN, 0, 1_795_500_000_000, i64::MAX] {
            look(phone, Moment::from_millis(now));
        }
    }
}
