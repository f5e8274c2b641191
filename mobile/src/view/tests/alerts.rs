//! What those are shown who were told that nobody came.

use super::{
    draw::{clock, names, plain, stretch},
    world::{CERI, GWEN, MORGAN, MORGAN_HIMSELF, OWAIN, RHYS, SIAN, World, shift_id, t},
};
use crate::view::{
    coming::{Alert, Settled, Silence, alerts, all_alerts},
    face::Face,
};
use kith_shared::{documents::rota::RotaRecord, ids::MemberId};

fn of(who: Option<&Face<MemberId>>) -> String {
    who.map_or("someone".into(), |who| names([who]))
}

fn draw_one(alert: &Alert) -> String {
    let silence = match &alert.silence {
        Silence::NotStarted(who) => format!("{} not started", of(who.as_ref())),
        Silence::NotHeard(who, last) => {
            let last = last.map_or("ever".into(), clock);
            format!("{} not heard since {last}", of(who.as_ref()))
        }
        Silence::Nobody { others: false } => "nobody".into(),
        Silence::Nobody { others: true } => "one too few".into(),
    };
    let settled = match &alert.settled {
        None => String::new(),
        Some(Settled::ClockedIn(who, at)) => {
            format!(" = {} clocked in at {}", names([who]), clock(*at))
        }
        Some(Settled::Heard(who, at)) => {
            format!(" = {} came, heard at {}", of(who.as_ref()), clock(*at))
        }
        Some(Settled::Others(who)) => format!(" = {} instead", names(who)),
        Some(Settled::Cancelled) => " = cancelled".into(),
    };
    let (person, time) = (alert.person.short(), stretch(alert.planned));
    let told = clock(alert.told);
    format!("{person} {time}: {silence}, told {told}{settled}")
}

fn draw(w: &World, who: MemberId, now: &str) -> String {
    let found = alerts(&w.phone(who, now), t(now));
    found.iter().map(draw_one).collect::<Vec<_>>().join("\n")
}

/// Rhys is with Morgan from 07:30 on; Gwen is to be told when nobody comes.
fn world() -> World {
    let mut w = World::new();
    w.choose_contact(MORGAN, MORGAN_HIMSELF, GWEN);
    for (n, pa) in [(11, SIAN), (12, RHYS), (13, OWAIN)] {
        w.shift(n, MORGAN, "2026-10-02 07:30", "2026-10-02 13:00", &[pa]);
    }
    w.shift(1, MORGAN, "2026-11-24 07:30", "2026-11-24 13:00", &[RHYS]);
    w
}

/// As the relay tells it, minute by minute.
fn morning(w: &mut World, until: &str, seen: &[(MemberId, &str)]) {
    for minute in 30..60 {
        let at = format!("2026-11-24 07:{minute}");
        if t(&at) <= t(until) {
            w.watch(&at, seen);
        }
    }
    w.watch(until, seen);
}

#[test]
fn a_chosen_contact_sees_that_nobody_has_come() {
    let mut w = world();
    let seen = [(RHYS, "2026-11-24 07:40")];
    morning(&mut w, "2026-11-24 08:09", &seen);
    assert_eq!(
        draw(&w, GWEN, "2026-11-24 08:09"),
        "",
        "it is not their turn"
    );
    w.watch("2026-11-24 08:10", &seen);
    let expected = "Morgan 07:30-13:00: Rhys not started, told 08:10";
    assert_eq!(draw(&w, GWEN, "2026-11-24 08:12"), expected);
    // Whom it is about has their own cards, and the person chose who hears.
    assert_eq!(draw(&w, RHYS, "2026-11-24 08:12"), "");
    assert_eq!(
        draw(&w, MORGAN_HIMSELF, "2026-11-24 08:12"),
        "Morgan 07:30-13:00: Rhys not started, told 07:55",
        "he plans, so he was told with the team"
    );
}

#[test]
fn a_phone_without_signal_is_another_thing() {
    let mut w = world();
    morning(&mut w, "2026-11-24 08:45", &[(RHYS, "2026-11-24 06:50")]);
    let expected = "Morgan 07:30-13:00: Rhys not heard since 06:50, told 08:45";
    assert_eq!(draw(&w, GWEN, "2026-11-24 08:50"), expected);
    let seen = [(RHYS, "2026-11-24 08:55")];
    w.watch("2026-11-24 09:00", &seen);
    let expected = "Morgan 07:30-13:00: Rhys not started, told 08:45";
    assert_eq!(draw(&w, GWEN, "2026-11-24 09:00"), expected);
}

#[test]
fn who_came_settles_it() {
    let mut w = world();
    let seen = [(RHYS, "2026-11-24 07:40")];
    morning(&mut w, "2026-11-24 08:10", &seen);
    w.visit(RHYS, Some(1), "2026-11-24 08:12", None);
    w.watch("2026-11-24 08:14", &seen);
    // Family hear when it was heard; visits they do not read.
    let expected = "Morgan 07:30-13:00: Rhys not started, told 08:10 = Rhys came, heard at 08:14";
    assert_eq!(draw(&w, GWEN, "2026-11-24 08:15"), expected);
    let expected = "Morgan 07:30-13:00: Rhys not started, told 07:55 = Rhys clocked in at 08:12";
    assert_eq!(draw(&w, MORGAN_HIMSELF, "2026-11-24 08:15"), expected);
    // It stays for the day, and then among what happened.
    assert_ne!(draw(&w, GWEN, "2026-11-25 00:59"), "");
    assert_eq!(draw(&w, GWEN, "2026-11-25 01:01"), "");
    let phone = w.phone(GWEN, "2026-12-24 09:00");
    assert_eq!(all_alerts(&phone, MORGAN, t("2026-12-24 09:00")).len(), 1);
}

#[test]
fn of_two_who_come_each_counts() {
    let mut w = world();
    w.shift(
        2,
        MORGAN,
        "2026-11-24 07:30",
        "2026-11-24 12:00",
        &[SIAN, OWAIN],
    );
    w.visit(RHYS, Some(1), "2026-11-24 07:30", None);
    let seen = [(SIAN, "2026-11-24 07:40"), (OWAIN, "2026-11-24 07:40")];
    morning(&mut w, "2026-11-24 08:10", &seen);
    w.visit(OWAIN, Some(2), "2026-11-24 08:11", None);
    w.watch("2026-11-24 08:11", &seen);
    let expected = plain(
        "Morgan 07:30-12:00: Siân not started, told 08:10
        Morgan 07:30-12:00: Owain not started, told 08:10 = Owain came, heard at 08:11",
    );
    assert_eq!(draw(&w, GWEN, "2026-11-24 08:15"), expected);
}

#[test]
fn who_cannot_come_leaves_it_open_until_someone_takes_it() {
    let mut w = world();
    let seen = [(RHYS, "2026-11-24 07:40")];
    morning(&mut w, "2026-11-24 08:10", &seen);
    let holding = w.holding(1, RHYS);
    let cannot = RotaRecord::CannotCome {
        shift: shift_id(1),
        holding,
        reason: String::new(),
    };
    w.say(RHYS, "2026-11-24 08:15", 1, cannot);
    w.settle("2026-11-24 08:15");
    let expected = "Morgan 07:30-13:00: nobody, told 08:10";
    assert_eq!(draw(&w, GWEN, "2026-11-24 08:16"), expected);
    let claim = RotaRecord::Claim {
        shift: shift_id(1),
        answers: None,
        reason: String::new(),
    };
    w.say(OWAIN, "2026-11-24 08:20", 1, claim);
    w.settle("2026-11-24 08:20");
    let expected = "Morgan 07:30-13:00: Rhys not started, told 08:10 = Owain instead";
    assert_eq!(draw(&w, GWEN, "2026-11-24 08:21"), expected);
    let expected = "Morgan 07:30-13:00: Rhys not started, told 07:55 = Owain instead";
    assert_eq!(draw(&w, MORGAN_HIMSELF, "2026-11-24 08:21"), expected);
}

#[test]
fn a_shift_that_nobody_holds_is_told_four_hours_before() {
    let mut w = world();
    w.shift(2, MORGAN, "2026-11-24 18:00", "2026-11-24 21:00", &[]);
    w.visit(RHYS, Some(1), "2026-11-24 07:30", None);
    w.settle("2026-11-23 12:00");
    w.watch("2026-11-24 13:59", &[]);
    assert_eq!(draw(&w, GWEN, "2026-11-24 13:59"), "");
    w.watch("2026-11-24 14:00", &[]);
    let expected = "Morgan 18:00-21:00: nobody, told 14:00";
    assert_eq!(draw(&w, GWEN, "2026-11-24 14:01"), expected);
    let cancelled = RotaRecord::Cancelled {
        shift: shift_id(2),
        reason: "Away".into(),
    };
    w.say(MORGAN_HIMSELF, "2026-11-24 15:00", 2, cancelled);
    w.circle_hears_it_is_cancelled(2, "2026-11-24 15:00");
    assert_eq!(
        draw(&w, GWEN, "2026-11-24 15:01"),
        format!("{expected} = cancelled")
    );
}

#[test]
fn the_manager_is_told_by_exception() {
    let mut w = world();
    let seen = [(RHYS, "2026-11-24 07:40")];
    morning(&mut w, "2026-11-24 08:29", &seen);
    assert_eq!(draw(&w, CERI, "2026-11-24 08:29"), "");
    w.watch("2026-11-24 08:30", &seen);
    let expected = "Morgan 07:30-13:00: Rhys not started, told 08:30";
    assert_eq!(draw(&w, CERI, "2026-11-24 08:31"), expected);
}
