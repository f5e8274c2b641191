//! Who has covered how often.

use super::{
    draw::{name, plain},
    world::{ELUNED, MORGAN, OWAIN, RHYS, SIAN, World, shift_id, t},
};
use crate::view::fairness::fairness;
use kith_shared::{
    documents::rota::RotaRecord,
    domain::{cover::Cover, shift::ShiftKind},
    ids::MemberId,
};

const NOW: &str = "2026-11-24 12:00";

fn check(w: &World, who: MemberId, expected: &str) {
    let shown = fairness(&w.phone(who, NOW), t(NOW));
    assert_eq!(shown.from.to_string(), "2026-08-25");
    let lines = shown.pas.iter().map(|s| {
        format!(
            "{}: covered {}, nights {}, sleep-ins {}, weekends {}, {} min",
            name(&s.pa),
            s.covered,
            s.nights,
            s.sleep_ins,
            s.weekends,
            s.minutes
        )
    });
    assert_eq!(lines.collect::<Vec<_>>().join("\n"), plain(expected));
}

fn covered(w: &mut World, n: u8, from: MemberId, by: MemberId, cover: Cover) {
    let at = "2026-11-01 09:00";
    let asked = w.say(
        from,
        at,
        n,
        RotaRecord::Ask {
            shift: shift_id(n),
            cover,
            until: None,
            reason: String::new(),
        },
    );
    w.say(
        by,
        at,
        n,
        RotaRecord::Claim {
            shift: shift_id(n),
            answers: Some(asked),
            reason: "all well".into(),
        },
    );
    w.settle(at);
}

#[test]
fn what_began_in_the_last_three_months_counts_for_who_held_it() {
    let mut w = World::new();
    // The day before, and to come.
    w.shift(1, ELUNED, "2026-08-24 10:00", "2026-08-24 12:00", &[OWAIN]);
    w.shift(2, ELUNED, "2026-11-24 12:00", "2026-11-24 13:00", &[OWAIN]);
    // The first that counts, and the last.
    w.shift(3, ELUNED, "2026-08-25 00:00", "2026-08-25 01:00", &[OWAIN]);
    w.shift(4, ELUNED, "2026-11-24 11:59", "2026-11-24 12:59", &[OWAIN]);
    // A Saturday and the Sunday after it are one weekend; a Friday night is none.
    let night = ShiftKind::WakingNight;
    w.shift_of(
        night,
        5,
        MORGAN,
        "2026-11-13 22:00",
        "2026-11-14 07:00",
        &[RHYS],
    );
    w.shift_of(
        night,
        6,
        MORGAN,
        "2026-11-14 22:00",
        "2026-11-15 07:00",
        &[RHYS],
    );
    let asleep = ShiftKind::SleepIn;
    w.shift_of(
        asleep,
        7,
        MORGAN,
        "2026-11-15 22:00",
        "2026-11-16 07:00",
        &[RHYS],
    );
    check(
        &w,
        SIAN,
        "
        me: covered 0, nights 0, sleep-ins 0, weekends 0, 0 min
        Owain: covered 0, nights 0, sleep-ins 0, weekends 0, 120 min
        Rhys: covered 0, nights 2, sleep-ins 1, weekends 1, 1620 min",
    );
}

#[test]
fn cover_counts_for_who_had_it_in_the_end_and_exchanges_do_not() {
    let mut w = World::new();
    w.shift(9, ELUNED, "2026-10-01 10:00", "2026-10-01 11:00", &[OWAIN]);
    w.shift(8, ELUNED, "2026-10-02 10:00", "2026-10-02 11:00", &[RHYS]);
    w.shift(7, ELUNED, "2026-10-03 10:00", "2026-10-03 11:00", &[SIAN]);
    for n in 1..=5 {
        let day = format!("2026-11-{:02}", 15 + n);
        w.shift(
            n,
            ELUNED,
            &format!("{day} 10:00"),
            &format!("{day} 11:00"),
            &[RHYS],
        );
    }
    covered(&mut w, 1, RHYS, OWAIN, Cover::Anyone);
    // On to the next.
    covered(&mut w, 2, RHYS, OWAIN, Cover::Anyone);
    covered(&mut w, 2, OWAIN, SIAN, Cover::Anyone);
    w.shift(6, ELUNED, "2026-11-12 10:00", "2026-11-12 11:00", &[OWAIN]);
    let phone = w.phone(SIAN, NOW);
    let with = phone.book().board.find(shift_id(6)).expect("the shift").0;
    covered(&mut w, 3, RHYS, OWAIN, Cover::Swap { with, pa: OWAIN });
    check(
        &w,
        RHYS,
        "
        me: covered 0, nights 0, sleep-ins 0, weekends 0, 240 min
        Owain: covered 1, nights 0, sleep-ins 0, weekends 0, 180 min
        Siân: covered 1, nights 0, sleep-ins 0, weekends 1, 120 min",
    );
}
