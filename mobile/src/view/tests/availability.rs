//! *Availability*: painted, read and taken back.

use super::world::{CERI, MORGAN, MORGAN_HIMSELF, RHYS, SIAN, World, day, t};
use crate::{
    engine::Phone,
    view::availability::{
        Agreed, OPT_OUT_NOTICE, Said, WrongDays, add_days, agree, as_usual, no_leave, page,
        painted, weekday,
    },
};
use kith_shared::{
    domain::availability::{Can, Part},
    intent::Intent,
    limits,
};

const NOW: &str = "2026-11-22 09:00";

fn act(phone: &mut Phone, intents: Vec<Intent>) {
    phone.act_all(intents, t(NOW), 3).expect("allowed");
}

fn days(phone: &Phone) -> Vec<String> {
    let page = page(phone, SIAN, t(NOW)).expect("a PA");
    let days = page.days.iter().map(|days| {
        let parts: Vec<_> = days.parts.values().map(|can| format!("{can:?}")).collect();
        format!("{}..{} {}", days.from, days.to, parts.join(" "))
    });
    let leave = page
        .leave
        .iter()
        .map(|l| format!("leave {}..{}", l.from, l.to));
    leave.chain(days).collect()
}

#[test]
fn a_tap_paints_and_a_second_one_moves_on() {
    assert_eq!(painted(Can::Yes, Can::No), Can::No);
    assert_eq!(painted(Can::No, Can::No), Can::Yes);
    assert_eq!(painted(Can::Yes, Can::Yes), Can::RatherNot);
    assert_eq!(painted(Can::RatherNot, Can::RatherNot), Can::No);
    let mut phone = World::new().phone(SIAN, NOW);
    let tuesday = [Can::Yes, Can::RatherNot, Can::Yes, Can::No];
    act(&mut phone, vec![weekday(SIAN, 1, tuesday)]);
    let week = page(&phone, SIAN, t(NOW)).unwrap().week;
    assert_eq!(week[1], tuesday);
    assert_eq!(week[0], [Can::Yes; 4]);
}

#[test]
fn only_the_pa_writes_and_only_the_team_reads() {
    let world = World::new();
    let mut rhys = world.phone(RHYS, NOW);
    let siân = vec![weekday(SIAN, 0, [Can::No; 4])];
    assert!(rhys.act_all(siân, t(NOW), 3).is_err());
    assert!(page(&rhys, SIAN, t(NOW)).is_some());
    assert!(page(&world.phone(CERI, NOW), SIAN, t(NOW)).is_some());
    assert_eq!(page(&world.phone(MORGAN_HIMSELF, NOW), SIAN, t(NOW)), None);
    assert_eq!(page(&world.phone(CERI, NOW), CERI, t(NOW)), None);
}

#[test]
fn other_days_and_leave_come_and_go() {
    let mut phone = World::new().phone(SIAN, NOW);
    act(&mut phone, vec![weekday(SIAN, 2, [Can::RatherNot; 4])]);
    let add =
        |phone: &Phone, from, to, said: &Said| add_days(phone, SIAN, (from, to), said, t(NOW));
    let leave = add(&phone, "2026-12-21", "2027-01-03", &Said::Leave).unwrap();
    act(&mut phone, leave);
    let evenings = Said::Parts(Can::No, vec![Part::Evening, Part::Night]);
    let added = add(&phone, "2026-12-01", "2026-12-02", &evenings).unwrap();
    act(&mut phone, added);
    // Not chosen parts stay as their weekday has them: Wednesday is other than Tuesday.
    assert_eq!(
        days(&phone),
        [
            "leave 2026-12-21..2027-01-03",
            "2026-12-01..2026-12-01 Yes Yes No No",
            "2026-12-02..2026-12-02 RatherNot RatherNot No No",
        ]
    );
    let shown = page(&phone, SIAN, t(NOW)).unwrap();
    act(&mut phone, vec![no_leave(SIAN, &shown.leave[0])]);
    act(&mut phone, as_usual(SIAN, &shown.days[0]));
    assert_eq!(
        days(&phone),
        ["2026-12-02..2026-12-02 RatherNot RatherNot No No"]
    );
}

#[test]
fn days_that_make_no_sense_are_named() {
    let phone = World::new().phone(SIAN, NOW);
    let wrong =
        |from, to: &str, said: &Said| add_days(&phone, SIAN, (from, to), said, t(NOW)).unwrap_err();
    let all = Said::Parts(Can::No, Part::ALL.to_vec());
    assert_eq!(wrong("", "", &all), WrongDays::Missing);
    assert_eq!(wrong("2026-12-02", "2026-12-01", &all), WrongDays::Order);
    assert_eq!(
        wrong("2026-11-01", "2026-11-21", &Said::Leave),
        WrongDays::Over
    );
    assert_eq!(
        wrong("2026-12-02", "", &Said::Parts(Can::No, vec![])),
        WrongDays::Parts
    );
    let last = |days| day("2026-12-01").plus(days).to_string();
    let many = wrong("2026-12-01", &last(limits::DAYS_AT_ONCE), &all);
    assert_eq!(many, WrongDays::Many);
    let most = last(limits::DAYS_AT_ONCE - 1);
    let most = add_days(&phone, SIAN, ("2026-12-01", &most), &all, t(NOW)).unwrap();
    assert_eq!(i32::try_from(most.len()), Ok(limits::DAYS_AT_ONCE));
}

/// Working Time Regulations 1998, reg. 5: in writing, and taken back with notice.
#[test]
fn the_opt_out_has_a_date_and_a_notice() {
    let mut phone = World::new().phone(SIAN, NOW);
    let say = |phone: &mut Phone, agreed, at| {
        let intent = agree(phone, SIAN, agreed, t(at));
        let changes = intent.is_some();
        phone
            .act_all(intent.into_iter().collect(), t(at), 3)
            .expect("allowed");
        changes
    };
    assert!(say(&mut phone, Agreed::Most(Some(32)), NOW));
    assert!(!say(&mut phone, Agreed::Most(Some(32)), NOW), "nothing new");
    assert!(say(&mut phone, Agreed::Elsewhere(6), NOW));
    assert!(say(&mut phone, Agreed::OptOut, NOW));
    let seen = |phone: &Phone, at| page(phone, SIAN, t(at)).unwrap();
    let now = seen(&phone, NOW);
    assert_eq!((now.most, now.elsewhere), (Some(32), 6));
    assert_eq!(now.opted_out, Some((day("2026-11-22"), None)));
    assert!(say(&mut phone, Agreed::OptIn, "2026-12-01 09:00"));
    let last = day("2026-12-01").plus(OPT_OUT_NOTICE);
    let taken_back = seen(&phone, "2026-12-01 10:00").opted_out;
    assert_eq!(taken_back, Some((day("2026-11-22"), Some(last))));
    assert_eq!(seen(&phone, "2026-12-09 10:00").opted_out, None);
    // While the notice runs, it can be kept after all.
    assert!(say(&mut phone, Agreed::OptOut, "2026-12-02 09:00"));
    let kept = seen(&phone, "2026-12-02 10:00").opted_out;
    assert_eq!(kept, Some((day("2026-11-22"), None)));
}

#[test]
fn shifts_that_are_held_in_leave_are_named() {
    let mut w = World::new();
    for (n, pa, start, end) in [
        (1, SIAN, "2026-12-20 21:00", "2026-12-21 07:00"),
        (2, SIAN, "2026-12-22 07:30", "2026-12-22 13:00"),
        (3, RHYS, "2026-12-22 13:00", "2026-12-22 18:00"),
        (4, SIAN, "2027-01-04 07:30", "2027-01-04 13:00"),
        (5, SIAN, "2026-11-22 08:00", "2026-11-22 13:00"),
    ] {
        w.shift(n, MORGAN, start, end, &[pa]);
    }
    let mut phone = w.phone(SIAN, NOW);
    let held = |phone: &Phone| -> Vec<String> {
        let held = page(phone, SIAN, t(NOW)).expect("a PA").held;
        held.iter()
            .map(|card| card.planned.start.day().to_string())
            .collect()
    };
    assert_eq!(held(&phone), Vec::<String>::new());
    for (from, to) in [("2026-11-22", "2026-11-22"), ("2026-12-21", "2027-01-03")] {
        let leave = add_days(&phone, SIAN, (from, to), &Said::Leave, t(NOW)).unwrap();
        act(&mut phone, leave);
    }
    // The night runs into it; what runs today is too late to be covered.
    assert_eq!(held(&phone), ["2026-12-20", "2026-12-22"]);
}
