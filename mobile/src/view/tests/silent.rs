//! A holder of whom nothing is heard: who is asked to go, and what each of them sees.

use super::{
    cover::{draw, story},
    draw::{name, plain},
    hands::{act, clock_in},
    world::{CERI, MORGAN, MORGAN_HIMSELF, OWAIN, RHYS, SIAN, World, shift_id, t},
};
use crate::{
    engine::Phone,
    view::{
        cover::{Taking, sheet},
        decisions::{Answer, Wanted, count, decisions},
        today::today,
    },
};
use kith_shared::{
    documents::rota::RotaRecord,
    ids::{MemberId, RecordId},
    intent::Intent,
};

const BEGAN: &str = "2026-11-24 07:30";
/// The team was told at 07:55.
const NOW: &str = "2026-11-24 07:58";

/// Rhys is to be with Morgan, and has not clocked in; his phone was in touch at that time.
fn world(seen: &str) -> World {
    let mut w = World::new();
    for (n, pa) in [(11, SIAN), (12, RHYS), (13, OWAIN)] {
        w.shift(n, MORGAN, "2026-10-02 07:30", "2026-10-02 13:00", &[pa]);
    }
    w.shift(1, MORGAN, BEGAN, "2026-11-24 13:00", &[RHYS]);
    for minute in 45..=55 {
        w.watch(&format!("2026-11-24 07:{minute}"), &[(RHYS, seen)]);
    }
    w
}

/// *I can go*, as the card says it.
fn go(w: &World, who: MemberId) -> RotaRecord {
    RotaRecord::Claim {
        shift: shift_id(1),
        answers: Some(asked_of(w, who)),
        reason: String::new(),
    }
}

/// What they answer.
fn asked_of(w: &World, who: MemberId) -> RecordId {
    let asked = sheet(&w.phone(who, NOW), shift_id(1), t(NOW)).and_then(|sheet| sheet.asked);
    asked
        .and_then(|asked| asked.what)
        .expect("something to take")
}

fn needs(phone: &Phone, now: &str) -> String {
    let found = decisions(phone, t(now));
    assert_eq!(count(phone, t(now)), found.needs.len());
    let one = |what: &Wanted| match what {
        Wanted::Take { asked, .. } => match &asked.taking {
            Taking::Silent(news) => {
                format!(
                    "go for {}: {news:?}",
                    asked.by.as_ref().map_or("?".into(), name)
                )
            }
            other => format!("{other:?}"),
        },
        other => format!("{other:?}"),
    };
    let answer = |what: &Answer| match what {
        Answer::TakenOver(by) => format!("= taken over by {}", name(by)),
        other => format!("= {other:?}"),
    };
    let needs = found.needs.iter().map(|need| one(&need.what));
    let answers = found.answered.iter().map(|a| answer(&a.what));
    needs.chain(answers).collect::<Vec<_>>().join("\n")
}

fn of(w: &World, who: MemberId, now: &str) -> String {
    draw(&sheet(&w.phone(who, now), shift_id(1), t(now)).expect("the shift"))
}

#[test]
fn colleagues_who_were_told_are_asked_to_go() {
    let mut w = world("2026-11-24 07:40");
    let now = "2026-11-24 07:54";
    let early = {
        let mut w = World::new();
        w.shift(1, MORGAN, BEGAN, "2026-11-24 13:00", &[RHYS]);
        w.watch(now, &[(RHYS, "2026-11-24 07:40")]);
        w
    };
    assert_eq!(
        needs(&early.phone(OWAIN, now), now),
        "",
        "Rhys alone was told"
    );
    let expected = "go for Rhys: NotStarted\n= Told(NotStarted)";
    assert_eq!(needs(&w.phone(OWAIN, NOW), NOW), expected);
    // Who is silent is not asked, and neither are those who take no shifts.
    assert_eq!(needs(&w.phone(RHYS, NOW), NOW), "= Told(NotStarted)");
    assert_eq!(
        needs(&w.phone(MORGAN_HIMSELF, NOW), NOW),
        "= Told(NotStarted)"
    );
    let expected = plain(
        "Rhys
        until taken over
        Rhys asks: silent(notstarted)
        claim, decline",
    );
    assert_eq!(of(&w, OWAIN, NOW), expected);
    assert_eq!(of(&w, CERI, NOW), "Rhys\nuntil taken over");
    // Who cannot says so, and is asked no more.
    let mut phone = w.phone(OWAIN, NOW);
    let decline = RotaRecord::Decline {
        shift: shift_id(1),
        what: asked_of(&w, OWAIN),
    };
    act(&mut phone, NOW, Intent::say(w.place(1), decline));
    assert_eq!(needs(&phone, NOW), "= Told(NotStarted)");
    // Rhys is there after all.
    w.visit(RHYS, Some(1), "2026-11-24 07:57", None);
    assert_eq!(needs(&w.phone(OWAIN, NOW), NOW), "= Told(NotStarted)");
    assert_eq!(of(&w, OWAIN, NOW), "Rhys");
}

#[test]
fn a_phone_without_signal_is_said_to_be_that() {
    let mut w = world("2026-11-24 06:50");
    assert_eq!(needs(&w.phone(OWAIN, NOW), NOW), "");
    let later = "2026-11-24 08:15";
    w.watch(later, &[(RHYS, "2026-11-24 06:50")]);
    let said = needs(&w.phone(OWAIN, later), later);
    assert!(
        said.starts_with("go for Rhys: NotHeard { last: Some("),
        "{said}"
    );
}

#[test]
fn who_goes_has_it_and_the_others_are_told() {
    let mut w = world("2026-11-24 07:40");
    let (owain, sian) = (go(&w, OWAIN), go(&w, SIAN));
    // Without signal it is asked for, and nothing more.
    let mut phone = w.phone(OWAIN, NOW);
    act(&mut phone, NOW, Intent::say(w.place(1), owain.clone()));
    assert_eq!(needs(&phone, NOW), "= Asked(false)");
    w.say(OWAIN, NOW, 1, owain);
    w.say(SIAN, NOW, 1, sian);
    w.settle(NOW);
    let later = "2026-11-24 08:00";
    assert_eq!(needs(&w.phone(OWAIN, later), later), "= Granted(0)");
    assert_eq!(needs(&w.phone(SIAN, later), later), "= Standby(1)");
    assert_eq!(needs(&w.phone(RHYS, later), later), "= taken over by Owain");
    // The shift is Owain's next, and Rhys reads why it is his no more.
    let next = today(&w.phone(OWAIN, later), t(later)).next;
    assert_eq!(next.map(|next| next.card.shift), Some(shift_id(1)));
    let rhys = today(&w.phone(RHYS, later), t(later));
    assert!(rhys.next.is_none());
    let taken: Vec<_> = rhys
        .taken_over
        .iter()
        .map(|taken| name(&taken.by))
        .collect();
    assert_eq!(taken, ["Owain"]);
    let told = story(&sheet(&w.phone(RHYS, later), shift_id(1), t(later)).unwrap());
    let line = "Kith responsible Owain: in place of me who was silent, owed 0";
    assert!(told.lines().any(|l| l == line), "{told}");
}

#[test]
fn who_was_there_after_all_clocks_in_and_both_know() {
    let mut w = world("2026-11-24 07:40");
    let owain = go(&w, OWAIN);
    w.say(OWAIN, NOW, 1, owain);
    w.settle(NOW);
    let later = "2026-11-24 08:05";
    let mut phone = w.phone(RHYS, later);
    clock_in(&mut phone, later, Some(1));
    assert!(today(&phone, t(later)).taken_over.is_empty());
    w.visit(RHYS, Some(1), "2026-11-24 07:31", None);
    w.watch(later, &[]);
    let sheet = sheet(&w.phone(OWAIN, later), shift_id(1), t(later)).unwrap();
    let there: Vec<_> = sheet.after_all.iter().map(|(who, _)| name(who)).collect();
    assert_eq!(there, ["Rhys"]);
    assert_eq!(needs(&w.phone(OWAIN, later), later), "= Told(Started)");
}
