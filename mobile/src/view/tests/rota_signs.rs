//! *Rota*: what each shift waits for, in the words of the relay.

use super::{
    rota::{check_as, draw},
    world::{ELUNED, HYWEL, MORGAN, MORGAN_HIMSELF, OWAIN, RHYS, SIAN, World, shift_id, t},
};
use crate::view::rota::Whose;
use kith_shared::{
    documents::{DocumentId, rota::RotaRecord, team::TeamRecord},
    domain::{
        cover::Cover,
        shift::{Shift, ShiftKind},
    },
    ids::{MemberId, PoolId, RecordId},
};

const SAID: &str = "2026-11-23 09:00";
const NOW: &str = "2026-11-23 10:00";

fn ask(w: &mut World, who: MemberId, n: u8) -> RecordId {
    w.say(
        who,
        SAID,
        n,
        RotaRecord::Ask {
            shift: shift_id(n),
            cover: Cover::Anyone,
            until: None,
            reason: String::new(),
        },
    )
}

fn claim(w: &mut World, who: MemberId, n: u8, answers: Option<RecordId>) -> RecordId {
    w.say(
        who,
        SAID,
        n,
        RotaRecord::Claim {
            shift: shift_id(n),
            answers,
            reason: "all well".into(),
        },
    )
}

fn check(w: &World, who: MemberId, whose: Whose, expected: &str) {
    check_as(w, who, NOW, whose, expected);
}

#[test]
fn an_ask_a_claim_and_who_has_it_then() {
    let mut w = World::new();
    // Owain was with Eluned before: nobody needs to be asked.
    w.shift(9, ELUNED, "2026-11-16 10:00", "2026-11-16 12:00", &[OWAIN]);
    w.shift(1, ELUNED, "2026-11-25 18:00", "2026-11-25 22:00", &[RHYS]);
    let asked = ask(&mut w, RHYS, 1);
    w.settle(SAID);
    let wanted = "2026-11-25 18:00-22:00 Eluned: Rhys | wanted by Rhys";
    check(&w, SIAN, Whose::All, wanted);
    check(&w, SIAN, Whose::Mine, "");
    check(
        &w,
        RHYS,
        Whose::Mine,
        "2026-11-25 18:00-22:00 Eluned: me | wanted by me",
    );
    // Before the relay has decided, only who asked sees it.
    claim(&mut w, OWAIN, 1, Some(asked));
    check(&w, SIAN, Whose::All, wanted);
    check(
        &w,
        OWAIN,
        Whose::Mine,
        "2026-11-25 18:00-22:00 Eluned: Rhys | wanted by Rhys | asked",
    );
    w.settle(SAID);
    check(
        &w,
        SIAN,
        Whose::All,
        "2026-11-25 18:00-22:00 Eluned: Owain | Owain covers for Rhys",
    );
    check(&w, RHYS, Whose::Mine, "");
}

#[test]
fn who_was_second_is_standby_and_who_is_new_waits_for_a_yes() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-25 18:00", "2026-11-25 22:00", &[RHYS]);
    let asked = ask(&mut w, RHYS, 1);
    claim(&mut w, OWAIN, 1, Some(asked));
    claim(&mut w, SIAN, 1, Some(asked));
    w.settle(SAID);
    check(
        &w,
        SIAN,
        Whose::Mine,
        "2026-11-25 18:00-22:00 Morgan: Rhys | wanted by Rhys | waits for a yes to Owain | standby",
    );
    check(
        &w,
        MORGAN_HIMSELF,
        Whose::All,
        "2026-11-25 18:00-22:00 Morgan: Rhys | wanted by Rhys | waits for a yes to Owain",
    );
}

#[test]
fn an_open_shift_and_who_stepped_in() {
    let mut w = World::new();
    w.shift(9, ELUNED, "2026-11-16 10:00", "2026-11-16 12:00", &[OWAIN]);
    w.shift(1, ELUNED, "2026-11-25 18:00", "2026-11-25 22:00", &[RHYS]);
    let phone = w.phone(RHYS, NOW);
    let state = phone.book().board.find(shift_id(1)).expect("the shift").1;
    let holding = state.holders[0].since;
    w.say(
        RHYS,
        SAID,
        1,
        RotaRecord::CannotCome {
            shift: shift_id(1),
            holding,
            reason: "ill".into(),
        },
    );
    w.settle(SAID);
    check(
        &w,
        SIAN,
        Whose::All,
        "2026-11-25 18:00-22:00 Eluned: open | open 1 of 1",
    );
    claim(&mut w, OWAIN, 1, None);
    w.settle(SAID);
    check(
        &w,
        SIAN,
        Whose::All,
        "2026-11-25 18:00-22:00 Eluned: Owain | Owain covers for Rhys",
    );
}

#[test]
fn two_together_one_who_learns_and_one_visit_to_two() {
    let mut w = World::new();
    let plain = |n, person, start, end, pas: &[MemberId]| {
        let times = (t(start), t(end));
        Shift::plain(shift_id(n), person, times, pas.to_vec(), ShiftKind::Day)
    };
    let (start, end) = ("2026-11-25 08:00", "2026-11-25 20:00");
    w.publish(Shift {
        shadows: vec![OWAIN],
        ..plain(1, MORGAN, start, end, &[SIAN, RHYS])
    });
    w.publish(Shift {
        needs: 2,
        ..plain(2, ELUNED, start, end, &[OWAIN])
    });
    let pool = Some(PoolId::from_bytes([1; 16]));
    for (n, person) in [(3, MORGAN), (4, ELUNED)] {
        w.publish(Shift {
            pool,
            ..plain(n, person, "2026-11-26 14:00", "2026-11-26 16:00", &[SIAN])
        });
    }
    check(
        &w,
        SIAN,
        Whose::All,
        "
        2026-11-25 08:00-20:00 Morgan: me & Rhys | double(2) | Owain shadows
        2026-11-25 08:00-20:00 Eluned: Owain | open 1 of 2
        2026-11-26 14:00-16:00 Morgan: me and Eluned | pooled(2)",
    );
    // Who comes along to learn has it on their own rota, too.
    check(
        &w,
        OWAIN,
        Whose::Mine,
        "
        2026-11-25 08:00-20:00 Morgan: Siân & Rhys | double(2) | me shadows
        2026-11-25 08:00-20:00 Eluned: me | open 1 of 2",
    );
    // Whom else a visit is with is not Morgan's to know.
    let phone = w.phone(MORGAN_HIMSELF, NOW);
    let drawn = draw(&phone, "2026-11-26", Whose::All, NOW);
    assert!(
        drawn.ends_with("2026-11-26 14:00-16:00 Morgan: Siân"),
        "{drawn}"
    );
    // Once something is to say about one of the two, they stand apart.
    ask(&mut w, SIAN, 4);
    let phone = w.phone(RHYS, NOW);
    let drawn = draw(&phone, "2026-11-26", Whose::All, NOW);
    assert!(
        drawn.ends_with(
            "2026-11-26 14:00-16:00 Morgan: Siân | pooled(2)\n\
            2026-11-26 14:00-16:00 Eluned: Siân | wanted by Siân | pooled(2)"
        ),
        "{drawn}"
    );
}

#[test]
fn drafts_are_for_those_who_plan_and_cancelled_shifts_for_nobody() {
    let mut w = World::new();
    let times = (t("2026-11-28 09:00"), t("2026-11-28 17:00"));
    let shift = Shift::plain(shift_id(1), ELUNED, times, vec![RHYS], ShiftKind::Day);
    let drafted = RotaRecord::Drafted { shift };
    w.write(
        DocumentId::rota(ELUNED, times.0.month()),
        SIAN,
        t(SAID),
        drafted,
    );
    let drawn = "2026-11-28 09:00-17:00 Eluned: Rhys | draft";
    // Siân wears the hat, Hywel acts for Eluned.
    check(&w, SIAN, Whose::All, drawn);
    check(&w, HYWEL, Whose::All, drawn);
    check(&w, RHYS, Whose::All, "");
    check(&w, RHYS, Whose::Mine, "");
    let mut w = World::new();
    w.shift(1, ELUNED, "2026-11-28 09:00", "2026-11-28 17:00", &[RHYS]);
    w.say(
        SIAN,
        SAID,
        1,
        RotaRecord::Cancelled {
            shift: shift_id(1),
            reason: "away".into(),
        },
    );
    check(&w, RHYS, Whose::All, "");
}

#[test]
fn the_way_between_two_of_mine_that_follow_each_other() {
    let mut w = World::new();
    let travel = TeamRecord::Travel {
        from: MORGAN,
        to: ELUNED,
        minutes: 25,
    };
    w.write(DocumentId::Team, SIAN, t("2026-01-01 09:00"), travel);
    for (n, person, start, end, who) in [
        // Over the end of the week before, and of the night.
        (1, MORGAN, "2026-11-22 22:00", "2026-11-23 07:00", SIAN),
        (2, ELUNED, "2026-11-23 07:30", "2026-11-23 09:00", SIAN),
        // Home for lunch.
        (3, MORGAN, "2026-11-23 13:01", "2026-11-23 14:00", SIAN),
        // A shift of someone else stands between.
        (4, MORGAN, "2026-11-23 14:00", "2026-11-23 15:00", RHYS),
        (5, ELUNED, "2026-11-23 14:10", "2026-11-23 18:00", SIAN),
        // With the same person.
        (6, ELUNED, "2026-11-23 18:00", "2026-11-23 19:00", SIAN),
    ] {
        w.shift(n, person, start, end, &[who]);
    }
    check(
        &w,
        SIAN,
        Whose::All,
        "
        25 of 30 min
        today 07:30-09:00 Eluned: me, over
        today 13:01-14:00 Morgan: me | problem
        today 14:00-15:00 Morgan: Rhys
        25 of 10 min tight
        today 14:10-18:00 Eluned: me | problem
        today 18:00-19:00 Eluned: me | problem",
    );
    check(&w, RHYS, Whose::Mine, "today 14:00-15:00 Morgan: me");
}

#[test]
fn what_breaks_a_rule_together_is_marked_on_both() {
    let mut w = World::new();
    // Nine hours between them.
    w.shift(1, MORGAN, "2026-11-25 14:00", "2026-11-25 22:00", &[SIAN]);
    w.shift(2, MORGAN, "2026-11-26 07:00", "2026-11-26 13:00", &[SIAN]);
    let both = "
        2026-11-25 14:00-22:00 Morgan: me | problem
        2026-11-26 07:00-13:00 Morgan: me | problem";
    check(&w, SIAN, Whose::Mine, both);
    // It is Siân's to see first.
    check(
        &w,
        RHYS,
        Whose::All,
        "
        2026-11-25 14:00-22:00 Morgan: Siân
        2026-11-26 07:00-13:00 Morgan: Siân",
    );
}
