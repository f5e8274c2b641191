//! Coverage: what is thin in the next four weeks.

use super::{
    draw::{name, plain, shift, when},
    world::{ELUNED, MORGAN, MORGAN_HIMSELF, OWAIN, RHYS, SIAN, World, shift_id, t},
};
use crate::view::coverage::{Coverage, Standing, Why, coverage};
use kith_shared::{
    documents::{
        DocumentId, availability::AvailabilityRecord, profile::ProfileRecord, rota::RotaRecord,
    },
    domain::{
        availability::{Can, Part},
        cover::Cover,
        profile::Choice,
    },
    ids::MemberId,
};

const SAID: &str = "2026-11-24 11:00";
const NOW: &str = "2026-11-24 12:00";

fn draw(shown: &Coverage) -> String {
    let could = |n: &Option<usize>| n.map_or("unknown".into(), |n| n.to_string());
    let mut lines = Vec::new();
    for thin in &shown.first {
        let why = match &thin.why {
            Why::Open { could: n } => format!("nobody yet, {} could", could(n)),
            Why::WaitsForYes(pa) => format!("waits for a yes to {}", name(pa)),
            Why::Wanted { by, could: n } => format!("{} asks, {} could", name(by), could(n)),
            Why::NobodyElse => "nobody else".into(),
            Why::OnlyOne(pa) => format!("only {}", name(pa)),
        };
        lines.push(format!(
            "{} ({:?}): {why}",
            shift(&thin.shift.card),
            thin.part
        ));
    }
    lines.extend((shown.more > 0).then(|| format!("{} more", shown.more)));
    for week in &shown.weeks {
        lines.push(format!("week of {}, {} shifts", week.monday, week.len()));
        for day in week.days.iter().filter(|d| !d.shifts.is_empty()) {
            let thin = if day.is_thin() { " thin" } else { "" };
            lines.push(format!("{} {:?}{thin}", when(day.when), day.shifts));
        }
    }
    lines.join("\n")
}

fn check(w: &World, who: MemberId, expected: &str) {
    let shown = coverage(&w.phone(who, NOW), t(NOW));
    assert_eq!(shown.weeks.len(), 4);
    assert_eq!(draw(&shown), plain(expected));
}

fn cannot(w: &mut World, pa: MemberId, weekday: u8, part: Part) {
    let weekday = AvailabilityRecord::Weekday {
        weekday,
        parts: [(part, Can::No)].into(),
    };
    w.write(DocumentId::availability(pa), pa, t(SAID), weekday);
}

#[test]
fn what_is_open_comes_first_then_what_waits_then_what_is_thin() {
    let mut w = World::new();
    // Over; still going; beyond the four weeks.
    w.shift(1, MORGAN, "2026-11-24 07:00", "2026-11-24 12:00", &[]);
    w.shift(2, MORGAN, "2026-11-23 22:00", "2026-11-24 13:00", &[RHYS]);
    w.shift(3, MORGAN, "2026-12-21 00:00", "2026-12-21 08:00", &[]);
    // On Thursdays Rhys cannot in the morning, and Owain neither, nor in the evening.
    cannot(&mut w, RHYS, 3, Part::Morning);
    cannot(&mut w, OWAIN, 3, Part::Morning);
    w.shift(4, MORGAN, "2026-11-26 08:00", "2026-11-26 12:00", &[SIAN]);
    w.shift(5, ELUNED, "2026-11-26 18:00", "2026-11-26 22:00", &[SIAN]);
    // Rhys is there, so only Owain could.
    w.shift(6, MORGAN, "2026-11-27 08:00", "2026-11-27 12:00", &[SIAN]);
    w.shift(7, ELUNED, "2026-11-27 11:59", "2026-11-27 16:00", &[RHYS]);
    w.shift(8, MORGAN, "2026-12-02 08:00", "2026-12-02 12:00", &[RHYS]);
    w.say(
        RHYS,
        SAID,
        8,
        RotaRecord::Ask {
            shift: shift_id(8),
            cover: Cover::Anyone,
            until: None,
            reason: String::new(),
        },
    );
    w.shift(9, MORGAN, "2026-12-20 23:00", "2026-12-21 08:00", &[]);
    check(
        &w,
        SIAN,
        "
        2026-12-20 23:00-08:00+1 Morgan: open (Night): nobody yet, 3 could
        2026-12-02 08:00-12:00 Morgan: Rhys (Morning): Rhys asks, 2 could
        2026-11-26 08:00-12:00 Morgan: me (Morning): nobody else
        2026-11-27 08:00-12:00 Morgan: me (Morning): only Owain
        2026-11-27 11:59-16:00 Eluned: Rhys (Afternoon): only Owain
        week of 2026-11-23, 5 shifts
        today [Held]
        2026-11-26 [Thin, Held] thin
        2026-11-27 [Thin, Thin] thin
        week of 2026-11-30, 1 shifts
        2026-12-02 [Waiting] thin
        week of 2026-12-07, 0 shifts
        week of 2026-12-14, 1 shifts
        2026-12-20 [Open] thin",
    );
}

#[test]
fn whom_the_person_does_not_want_could_not() {
    let mut w = World::new();
    w.shift(1, MORGAN, "2026-11-26 08:00", "2026-11-26 12:00", &[]);
    let never = ProfileRecord::Choice {
        pa: Some(RHYS),
        choice: Choice::Never,
    };
    w.write(DocumentId::profile(MORGAN), MORGAN_HIMSELF, t(SAID), never);
    let first = coverage(&w.phone(SIAN, NOW), t(NOW)).first;
    assert_eq!(first[0].why, Why::Open { could: Some(2) });
}

#[test]
fn a_yes_that_is_waited_for_is_said_and_the_rest_is_counted() {
    let mut w = World::new();
    let asked = |w: &mut World, n| {
        w.say(
            RHYS,
            SAID,
            n,
            RotaRecord::Ask {
                shift: shift_id(n),
                cover: Cover::Anyone,
                until: None,
                reason: String::new(),
            },
        )
    };
    w.shift(1, MORGAN, "2026-11-26 08:00", "2026-11-26 12:00", &[RHYS]);
    let answers = Some(asked(&mut w, 1));
    w.say(
        OWAIN,
        SAID,
        1,
        RotaRecord::Claim {
            shift: shift_id(1),
            answers,
            reason: String::new(),
        },
    );
    for n in 2..10 {
        let day = format!("2026-12-0{n}");
        w.shift(
            n,
            MORGAN,
            &format!("{day} 08:00"),
            &format!("{day} 12:00"),
            &[],
        );
    }
    w.settle(SAID);
    let shown = coverage(&w.phone(SIAN, NOW), t(NOW));
    assert_eq!((shown.first.len(), shown.more), (6, 3));
    assert_eq!(shown.weeks[0].count(Standing::Waiting), 1);
    assert_eq!(shown.weeks[1].count(Standing::Open), 5);
    // A person knows what is open and what waits for them, and not when PAs can work.
    let shown = coverage(&w.phone(MORGAN_HIMSELF, NOW), t(NOW));
    assert_eq!(shown.first[0].why, Why::Open { could: None });
    assert_eq!(shown.weeks[0].count(Standing::Waiting), 1);
    let mut calm = World::new();
    calm.shift(1, MORGAN, "2026-11-26 08:00", "2026-11-26 12:00", &[SIAN]);
    let shown = coverage(&calm.phone(MORGAN_HIMSELF, NOW), t(NOW));
    assert!(shown.first.is_empty() && shown.weeks[0].count(Standing::Held) == 1);
}
