//! What needs me, and what became of what I said.

use super::{
    draw::{name, names, plain},
    hands::act,
    world::{MORGAN, MORGAN_HIMSELF, OWAIN, RHYS, SIAN, World, shift_id, t},
};
use crate::{
    engine::Phone,
    view::decisions::{Wanted, count, decisions, yes_wanted},
};
use kith_shared::{
    documents::rota::RotaRecord,
    domain::cover::Cover,
    ids::{MemberId, RecordId},
    intent::Intent,
};

fn draw(phone: &Phone, now: &str) -> String {
    let found = decisions(phone, t(now));
    assert_eq!(count(phone, t(now)), found.needs.len());
    let needs = found.needs.iter().map(|need| {
        let day = need.card.planned.start.day();
        let what = match &need.what {
            Wanted::Take { asked, .. } => format!("take {:?}", asked.taking),
            Wanted::Yes { pa, instead, .. } => {
                format!("yes to {} instead of {}", name(pa), names(instead))
            }
            Wanted::Problem(_) => "problem".into(),
            Wanted::Reason(_) => "reason".into(),
            Wanted::Nobody { double } => {
                format!("nobody{}", if double.is_some() { ", double" } else { "" })
            }
            Wanted::NoAnswer(pa) => format!("no answer about {}", name(pa)),
        };
        format!("{day} {what}")
    });
    let answered = found.answered.iter().map(|a| {
        let day = a.card.planned.start.day();
        let what = match &a.what {
            crate::view::decisions::Answer::Covered(pa) => format!("covered by {}", name(pa)),
            other => format!("{other:?}"),
        };
        format!("{day} = {what}")
    });
    needs.chain(answered).collect::<Vec<_>>().join("\n")
}

fn check(w: &World, who: MemberId, now: &str, expected: &str) {
    assert_eq!(draw(&w.phone(who, now), now), plain(expected), "{expected}");
}

fn known() -> World {
    let mut w = World::new();
    for (n, pa) in [(11, SIAN), (12, RHYS), (13, OWAIN)] {
        w.shift(n, MORGAN, "2026-10-02 07:30", "2026-10-02 13:00", &[pa]);
    }
    w.shift(1, MORGAN, "2026-11-25 07:30", "2026-11-25 13:00", &[RHYS]);
    w
}

fn ask(w: &mut World, by: MemberId, at: &str) -> RecordId {
    let ask = RotaRecord::Ask {
        shift: shift_id(1),
        cover: Cover::Anyone,
        until: None,
        reason: String::new(),
    };
    let id = w.say(by, at, 1, ask);
    w.settle(at);
    id
}

fn claim(answers: RecordId) -> RotaRecord {
    RotaRecord::Claim {
        shift: shift_id(1),
        answers: Some(answers),
        reason: String::new(),
    }
}

#[test]
fn an_ask_needs_those_who_could_until_they_said_something() {
    let mut w = known();
    let asks = ask(&mut w, RHYS, "2026-11-23 18:00");
    let now = "2026-11-24 09:00";
    check(&w, OWAIN, now, "2026-11-25 take Cover");
    check(&w, RHYS, now, "2026-11-25 = Cover(true)");
    check(&w, MORGAN_HIMSELF, now, "");
    let mut phone = w.phone(OWAIN, now);
    let decline = RotaRecord::Decline {
        shift: shift_id(1),
        what: asks,
    };
    act(&mut phone, now, Intent::say(w.place(1), decline));
    assert_eq!(draw(&phone, now), "");
    let mut phone = w.phone(OWAIN, now);
    act(&mut phone, now, Intent::say(w.place(1), claim(asks)));
    assert_eq!(draw(&phone, now), "2026-11-25 = Asked(false)");
}

#[test]
fn the_losing_claim_never_vanishes() {
    let mut w = known();
    let asks = ask(&mut w, RHYS, "2026-11-23 18:00");
    w.say(SIAN, "2026-11-23 18:10", 1, claim(asks));
    w.say(OWAIN, "2026-11-23 18:05", 1, claim(asks));
    w.settle("2026-11-23 19:00");
    let now = "2026-11-24 09:00";
    check(&w, SIAN, now, "2026-11-25 = Granted(0)");
    check(&w, OWAIN, now, "2026-11-25 = Standby(1)");
    check(&w, RHYS, now, "2026-11-25 = covered by Siân");
    // It is shown for two weeks.
    check(&w, OWAIN, "2026-12-07 18:00", "2026-11-25 = Standby(1)");
    check(&w, OWAIN, "2026-12-10 09:00", "");
}

#[test]
fn a_standby_is_asked_when_the_person_says_no() {
    let mut w = known();
    let asks = ask(&mut w, RHYS, "2026-11-23 18:00");
    w.say(SIAN, "2026-11-23 18:10", 1, claim(asks));
    w.say(OWAIN, "2026-11-23 18:05", 1, claim(asks));
    w.settle("2026-11-23 19:00");
    let veto = RotaRecord::Veto {
        shift: shift_id(1),
        pa: SIAN,
        reason: String::new(),
    };
    w.say(MORGAN_HIMSELF, "2026-11-23 20:00", 1, veto);
    w.settle("2026-11-23 20:00");
    let now = "2026-11-23 20:10";
    check(
        &w,
        OWAIN,
        now,
        "2026-11-25 take Offer\n2026-11-25 = Standby(1)",
    );
    // Siân had it and lost it: she is told so too, beside what she is to plan.
    let phone = w.phone(SIAN, now);
    assert!(draw(&phone, now).ends_with("2026-11-25 = SaidNo"));
    // The hour is over: everyone who could is asked, and who plans.
    w.settle("2026-11-23 21:10");
    let later = "2026-11-23 21:30";
    check(
        &w,
        RHYS,
        later,
        "2026-11-25 take Open\n2026-11-25 = Told(Changed)",
    );
    let planner = draw(&w.phone(SIAN, later), later);
    assert_eq!(planner.lines().next(), Some("2026-11-25 nobody"));
}

#[test]
fn a_person_sees_whom_to_say_yes_to() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-25 07:30", "2026-11-25 13:00", &[RHYS]);
    let asks = ask(&mut w, RHYS, "2026-11-23 18:00");
    w.say(OWAIN, "2026-11-23 18:05", 1, claim(asks));
    w.settle("2026-11-23 18:05");
    let now = "2026-11-23 19:00";
    check(
        &w,
        MORGAN_HIMSELF,
        now,
        "2026-11-25 yes to Owain instead of Rhys",
    );
    let phone = w.phone(MORGAN_HIMSELF, now);
    assert_eq!(yes_wanted(&phone, t(now)).len(), 1);
    check(&w, OWAIN, now, "2026-11-25 = Waits");
    // No answer for twelve hours: who plans is to call.
    w.settle("2026-11-24 07:00");
    let later = "2026-11-24 07:00";
    check(&w, SIAN, later, "2026-11-25 take Cover");
}

#[test]
fn an_open_shift_needs_whoever_could_and_who_plans() {
    let mut w = known();
    w.shift(2, MORGAN, "2026-11-27 07:30", "2026-11-27 13:00", &[]);
    w.shift(3, MORGAN, "2026-11-27 09:00", "2026-11-27 10:00", &[SIAN]);
    w.settle("2026-11-23 18:00");
    let now = "2026-11-24 09:00";
    check(&w, OWAIN, now, "2026-11-27 take Open");
    // Siân holds another then, and she plans.
    check(&w, SIAN, now, "2026-11-27 nobody");
}
