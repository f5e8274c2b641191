//! A shift's sheet, its story and its acts, over decisions that the relay's own code made.

use super::{
    draw::{clock, name, names, plain, shift},
    hands::{accept, act},
    world::{CERI, ELUNED, MORGAN, MORGAN_HIMSELF, OWAIN, RHYS, SIAN, World, shift_id, t},
};
use crate::{
    engine::Phone,
    view::{
        colleagues::{colleagues, exchanges},
        cover::{Act, Asked, Mine, Sheet, Stands, Taking, Until, sheet},
        story::{Cause, Entry, What},
    },
};
use kith_shared::{
    documents::rota::RotaRecord,
    domain::{
        cover::{Block, Cover, Fit},
        profile::Choice,
    },
    ids::{MemberId, RecordId},
    intent::Intent,
};

const NOW: &str = "2026-11-24 09:00";

/// A shift of Siân with Morgan tomorrow, whom all three PAs have been with.
fn tomorrow() -> World {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-25 07:30", "2026-11-25 13:00", &[SIAN]);
    for (n, pa) in [(11, SIAN), (12, RHYS), (13, OWAIN)] {
        w.shift(n, MORGAN, "2026-11-02 07:30", "2026-11-02 13:00", &[pa]);
    }
    w
}

fn ask(n: u8, cover: Cover) -> RotaRecord {
    RotaRecord::Ask {
        shift: shift_id(n),
        cover,
        until: None,
        reason: "hospital".into(),
    }
}

fn claim(n: u8, answers: Option<RecordId>) -> RotaRecord {
    RotaRecord::Claim {
        shift: shift_id(n),
        answers,
        reason: String::new(),
    }
}

fn veto(n: u8, pa: MemberId) -> RotaRecord {
    RotaRecord::Veto {
        shift: shift_id(n),
        pa,
        reason: "not with the hoist yet".into(),
    }
}

fn of(w: &World, who: MemberId, n: u8) -> Sheet {
    sheet(&w.phone(who, NOW), shift_id(n), t(NOW)).expect("the shift")
}

fn acts(sheet: &Sheet) -> String {
    let one = |act: &Act| match act {
        Act::Yes { pa, .. } => format!("yes {}", name(pa)),
        Act::No { pa, holds } => {
            let holds = if *holds { " who holds it" } else { "" };
            format!("no {}{holds}", name(pa))
        }
        Act::Withdraw { said, .. } => format!("take back {said:?}").to_lowercase(),
        Act::Decline { .. } => "decline".into(),
        Act::CannotCome { .. } => "cannot come".into(),
        other => format!("{other:?}").to_lowercase(),
    };
    sheet.acts.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn asked(asked: &Asked) -> String {
    let by = asked.by.as_ref().map_or("Kith".into(), name);
    let taking = match &asked.taking {
        Taking::Swap(mine) => format!("swap for {}", shift(mine)),
        other => format!("{other:?}").to_lowercase(),
    };
    let kept = asked.kept.as_ref();
    let kept = kept.map_or(String::new(), |(pa, _)| format!(", kept for {}", name(pa)));
    let declined = if asked.declined { ", declined" } else { "" };
    format!("{by} asks: {taking}{kept}{declined}")
}

pub(super) fn draw(sheet: &Sheet) -> String {
    let mut lines = vec![match sheet.stands {
        Stands::On if sheet.card.is_open() => "nobody".into(),
        Stands::On => names(&sheet.card.pas),
        other => format!("{other:?}").to_lowercase(),
    }];
    if sheet.missing > 0 && !sheet.card.is_open() {
        lines.push(format!("{} missing", sheet.missing));
    }
    lines.extend(sheet.until.as_ref().map(|until| match until {
        Until::Confirmed => "until confirmed".into(),
        Until::Yes(pa) => format!("until yes to {}", name(pa)),
        Until::TakenOver => "until taken over".into(),
    }));
    lines.extend(sheet.mine.as_ref().map(|mine| match mine {
        Mine::NeedsReason(_) => "mine needs a reason".into(),
        other => format!("mine {other:?}").to_lowercase(),
    }));
    lines.extend(sheet.asked.as_ref().map(asked));
    lines.extend(Some(acts(sheet)).filter(|acts| !acts.is_empty()));
    lines.join("\n")
}

fn entry(entry: &Entry) -> String {
    let by = entry.by.as_ref().map_or("Kith".into(), name);
    let what = match &entry.what {
        What::Asked { whom } => format!("asks {}", names(whom)),
        What::AskedSwap { pa, .. } => format!("asks {} to swap", name(pa)),
        What::Offered { to, until } => format!("offers to {} until {}", name(to), clock(*until)),
        What::SaidYes { pa } => format!("yes to {}", pa.as_ref().map_or("?".into(), name)),
        What::SaidNo { pa } => format!("no to {}", name(pa)),
        What::Responsible { who, cause } => {
            let cause = match cause {
                Cause::Granted { from, silent, owed } => {
                    let from = from.as_ref().map_or("nobody".into(), name);
                    let silent = if *silent { " who was silent" } else { "" };
                    format!("in place of {from}{silent}, owed {owed}")
                }
                Cause::Swapped { with } => {
                    format!(
                        "swapped for {}",
                        with.as_ref().map_or("?".into(), |c| shift(c))
                    )
                }
                Cause::DoubleBooked { pa, .. } => format!("{} is double-booked", name(pa)),
                Cause::NotWanted { pa } => format!("{} is not wanted", name(pa)),
                Cause::Left { pa } => format!("{} has left", name(pa)),
                Cause::Plan => "plan".into(),
            };
            format!("responsible {}: {cause}", names(who))
        }
        What::Standby { pa } => format!("{} stands by", name(pa)),
        What::NotPossible { pa, block } => format!("{} cannot: {block:?}", name(pa)),
        What::YesWanted { pa, person } => format!("asks {} about {}", name(person), name(pa)),
        What::Told { news, to } => format!("told {news:?}: {}", names(to)),
        other => format!("{other:?}"),
    };
    let waits = if entry.waits { ", waits" } else { "" };
    let opens = if entry.opens { ", opens" } else { "" };
    format!("{by} {what}{waits}{opens}")
}

pub(super) fn story(sheet: &Sheet) -> String {
    sheet.story.iter().map(entry).collect::<Vec<_>>().join("\n")
}

fn check(w: &World, who: MemberId, n: u8, expected: &str) {
    assert_eq!(draw(&of(w, who, n)), plain(expected), "{expected}");
}

#[test]
fn a_holder_can_ask_and_others_have_nothing_to_do() {
    let w = tomorrow();
    check(&w, SIAN, 1, "me\nask, swap, offer, cannot come, plan");
    check(&w, RHYS, 1, "Siân");
    check(&w, MORGAN_HIMSELF, 1, "Siân\nno Siân who holds it, plan");
    assert_eq!(acts(&of(&w, CERI, 1)), "");
}

#[test]
fn two_claim_one_has_it_and_one_stands_by() {
    let mut w = tomorrow();
    let asks = w.say(SIAN, "2026-11-23 18:00", 1, ask(1, Cover::Anyone));
    w.settle("2026-11-23 18:00");
    check(
        &w,
        RHYS,
        1,
        "
        Siân
        until confirmed
        Siân asks: cover
        claim, decline",
    );
    check(
        &w,
        SIAN,
        1,
        "
        me
        until confirmed
        offer, cannot come, take back ask, plan",
    );
    w.say(RHYS, "2026-11-23 18:10", 1, claim(1, Some(asks)));
    w.say(OWAIN, "2026-11-23 18:05", 1, claim(1, Some(asks)));
    w.settle("2026-11-23 19:00");
    check(&w, RHYS, 1, "me\nask, swap, offer, cannot come");
    check(&w, OWAIN, 1, "Rhys\nmine standby(1)\ntake back claim");
    // In the order in which they reached the relay, whatever the phones' clocks say.
    let told = "
        Kith Owain stands by
        Kith told Filled: me & Morgan & Owain & Siân
        Kith responsible me: in place of Siân, owed 0
        Owain Claimed
        me Claimed
        Kith told Asked: me & Owain
        Siân asks
        Siân Published";
    let drawn = story(&of(&w, RHYS, 1)).replace("asks \n", "asks\n");
    assert_eq!(drawn, plain(told));

    w.say(MORGAN_HIMSELF, "2026-11-24 08:30", 1, veto(1, RHYS));
    w.settle("2026-11-24 08:30");
    check(
        &w,
        OWAIN,
        1,
        "
        nobody
        mine standby(1)
        Kith asks: offer
        claim, decline, take back claim",
    );
    let newest = story(&of(&w, OWAIN, 1));
    let newest: Vec<_> = newest.lines().take(5).collect();
    assert_eq!(
        newest,
        [
            "Kith told Offered: me",
            "Kith offers to me until 09:30",
            "Kith told Changed: Morgan & Rhys & Siân",
            "Kith responsible : Rhys is not wanted, opens",
            "Morgan no to Rhys",
        ]
    );
    check(&w, MORGAN_HIMSELF, 1, "nobody\ntake back veto, plan");
    // Rhys has nothing to do: it was said no to him.
    check(&w, RHYS, 1, "nobody\nKith asks: open, kept for Owain");
}

#[test]
fn what_is_claimed_without_signal_is_asked_for() {
    let mut w = tomorrow();
    let asks = w.say(SIAN, "2026-11-23 18:00", 1, ask(1, Cover::Anyone));
    w.settle("2026-11-23 18:00");
    let mut phone = w.phone(RHYS, NOW);
    act(
        &mut phone,
        NOW,
        Intent::say(w.place(1), claim(1, Some(asks))),
    );
    let read = |phone: &Phone| sheet(phone, shift_id(1), t(NOW)).expect("the shift");
    let drawn = read(&phone);
    assert_eq!(
        draw(&drawn),
        plain(
            "
            Siân
            until confirmed
            mine asked { sent: false }
            take back claim"
        )
    );
    assert_eq!(entry(&drawn.story[0]), "me Claimed, waits");
    accept(&mut phone, NOW);
    assert_eq!(read(&phone).mine, Some(Mine::Asked { sent: true }));
    assert!(!read(&phone).story[0].waits);
}

#[test]
fn a_person_is_asked_about_who_never_came() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-25 07:30", "2026-11-25 13:00", &[SIAN]);
    let asks = w.say(SIAN, "2026-11-23 18:00", 1, ask(1, Cover::Anyone));
    w.settle("2026-11-23 18:00");
    let before = of(&w, RHYS, 1);
    let person_first = Fit::Fits {
        warnings: vec![],
        ask_person: true,
    };
    assert_eq!(before.fit, Some(person_first));
    w.say(RHYS, "2026-11-23 18:10", 1, claim(1, Some(asks)));
    w.settle("2026-11-23 18:10");
    check(
        &w,
        RHYS,
        1,
        "
        Siân
        until yes to me
        mine waits
        take back claim",
    );
    check(
        &w,
        MORGAN_HIMSELF,
        1,
        "
        Siân
        until yes to Rhys
        yes Rhys, no Rhys, no Siân who holds it, plan",
    );
    let told = story(&of(&w, MORGAN_HIMSELF, 1));
    assert_eq!(told.lines().next(), Some("Kith asks me about Rhys"));
    let Some(Act::Yes { question, .. }) = of(&w, MORGAN_HIMSELF, 1).acts.first().cloned() else {
        panic!("a yes is wanted");
    };
    let yes = RotaRecord::Yes {
        shift: shift_id(1),
        what: question,
    };
    w.say(MORGAN_HIMSELF, "2026-11-23 19:00", 1, yes);
    w.settle("2026-11-23 19:00");
    check(&w, RHYS, 1, "me\nask, swap, offer, cannot come");
}

#[test]
fn what_is_foreseen_to_be_impossible_is_no_button() {
    let mut w = tomorrow();
    w.shift(2, ELUNED, "2026-11-25 12:00", "2026-11-25 18:00", &[RHYS]);
    w.say(SIAN, "2026-11-23 18:00", 1, ask(1, Cover::Anyone));
    w.settle("2026-11-23 18:00");
    let blocked = of(&w, RHYS, 1);
    let with = w.place(2);
    assert_eq!(blocked.fit, Some(Fit::Blocked(Block::Overlap { with })));
    assert_eq!(acts(&blocked), "");
    w.choose(MORGAN, MORGAN_HIMSELF, OWAIN, Choice::Never);
    let not_wanted = of(&w, OWAIN, 1);
    assert_eq!(not_wanted.fit, Some(Fit::Blocked(Block::NotWanted)));
    assert_eq!(acts(&not_wanted), "");
}

#[test]
fn a_swap_says_what_changes_hands_and_both_follow() {
    let mut w = tomorrow();
    w.shift(2, MORGAN, "2026-11-27 07:30", "2026-11-27 13:00", &[RHYS]);
    w.shift(3, MORGAN, "2026-11-25 11:00", "2026-11-25 15:00", &[OWAIN]);
    let phone = w.phone(SIAN, NOW);
    let found = exchanges(&phone, shift_id(1), t(NOW));
    // Owain's is at the same time as mine: I could take it, but he could not take mine without it.
    let drawn: Vec<_> = found.iter().map(|e| shift(&e.card)).collect();
    assert_eq!(
        drawn,
        [
            "tomorrow 11:00-15:00 Morgan: Owain",
            "2026-11-27 07:30-13:00 Morgan: Rhys"
        ]
    );
    let swap = found[1].cover.clone();
    let asks = w.say(SIAN, "2026-11-23 18:00", 1, ask(1, swap));
    w.settle("2026-11-23 18:00");
    check(
        &w,
        RHYS,
        1,
        "
        Siân
        until confirmed
        Siân asks: swap for 2026-11-27 07:30-13:00 Morgan: me
        claim, decline",
    );
    check(&w, OWAIN, 1, "Siân\nuntil confirmed");
    w.say(RHYS, "2026-11-23 19:00", 1, claim(1, Some(asks)));
    w.settle("2026-11-23 19:00");
    assert_eq!(draw(&of(&w, RHYS, 1)).lines().next(), Some("me"));
    let other = of(&w, SIAN, 2);
    assert_eq!(draw(&other).lines().next(), Some("me"));
    assert!(story(&other).contains("responsible me: swapped for"));
}

#[test]
fn what_has_begun_is_handed_over() {
    let mut w = tomorrow();
    w.shift(2, MORGAN, "2026-11-24 07:30", "2026-11-24 13:00", &[SIAN]);
    w.visit(SIAN, Some(2), "2026-11-24 07:31", None);
    let running = of(&w, SIAN, 2);
    assert_eq!(running.here, Some(t("2026-11-24 07:31")));
    assert_eq!(acts(&running), "handover, plan");
    let hand = RotaRecord::Handover {
        shift: shift_id(2),
        to: None,
        reason: String::new(),
    };
    w.say(SIAN, "2026-11-24 08:00", 2, hand);
    w.settle("2026-11-24 08:00");
    assert_eq!(acts(&of(&w, SIAN, 2)), "take back handover, plan");
    check(
        &w,
        RHYS,
        2,
        "
        Siân
        until confirmed
        Siân asks: handover
        claim, decline",
    );
}

#[test]
fn who_cannot_come_opens_the_shift_at_once() {
    let w = tomorrow();
    let mut phone = w.phone(SIAN, NOW);
    let holding = match sheet(&phone, shift_id(1), t(NOW)).expect("it").acts[3] {
        Act::CannotCome { holding } => holding,
        ref other => panic!("{other:?}"),
    };
    let gone = RotaRecord::CannotCome {
        shift: shift_id(1),
        holding,
        reason: "fever".into(),
    };
    act(&mut phone, NOW, Intent::say(w.place(1), gone));
    let now = sheet(&phone, shift_id(1), t(NOW)).expect("it");
    assert_eq!(
        draw(&now),
        "nobody\nKith asks: open, declined\nclaim, offer, plan"
    );
    assert_eq!(entry(&now.story[0]), "me CannotCome, waits, opens");
    assert_eq!(now.story[0].reason, "fever");
}

#[test]
fn who_plans_offers_an_open_shift() {
    let mut w = tomorrow();
    w.shift(2, MORGAN, "2026-11-27 07:30", "2026-11-27 13:00", &[]);
    w.settle("2026-11-23 18:00");
    assert_eq!(acts(&of(&w, MORGAN_HIMSELF, 2)), "offer, plan");
    assert_eq!(acts(&of(&w, SIAN, 2)), "claim, decline, offer, plan");
    assert_eq!(acts(&of(&w, RHYS, 2)), "claim, decline");
}

#[test]
fn colleagues_are_those_who_can_and_the_others_with_why_not() {
    let mut w = tomorrow();
    w.shift(2, ELUNED, "2026-11-25 12:00", "2026-11-25 18:00", &[OWAIN]);
    let found = colleagues(&w.phone(SIAN, NOW), shift_id(1), t(NOW));
    let free: Vec<_> = found.free.iter().map(|c| name(&c.face)).collect();
    assert_eq!(free, ["Rhys"]);
    let (face, block) = &found.others[0];
    let with = w.place(2);
    assert_eq!(
        (name(face).as_str(), *block),
        ("Owain", Block::Overlap { with })
    );
}
