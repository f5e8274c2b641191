//! What the views of the rota cost for a large team: 12 PAs, 5 persons, 600 shifts in the month.
//! `cargo test --release -p kith-app view::tests::cost -- --nocapture` says it; nothing is
//! asserted of times, which depend on the machine.

use super::world::{OWAIN, RHYS, SIAN, World, t};
use crate::{
    engine::Phone,
    view::{
        coverage::coverage,
        fairness::fairness,
        month::month,
        rota::{Whose, day, rota},
    },
};
use kith_shared::{
    documents::{DocumentId, rota::RotaRecord, team::TeamRecord},
    domain::{
        cover::{Cover, problems_of},
        shift::{Shift, ShiftKind},
        team::{Member, Role},
    },
    ids::{MemberId, PersonId, ShiftId},
    time::Span,
};
use std::time::Instant;

const NOW: &str = "2026-11-10 12:00";

fn pa(n: usize) -> MemberId {
    [SIAN, RHYS, OWAIN]
        .get(n)
        .copied()
        .unwrap_or(MemberId::from_bytes([u8::try_from(20 + n).unwrap(); 16]))
}

/// Four shifts of six hours a day with each of five persons, in a month, held by each in turn; every third is asked cover for.
fn large() -> Phone {
    let mut w = World::new();
    let long_ago = t("2026-01-01 09:00");
    for n in 3..12 {
        let member = Member::plain(pa(n), format!("Enw{n} Cyfenw"), Role::Pa);
        w.write(
            DocumentId::Team,
            SIAN,
            long_ago,
            TeamRecord::Member { member },
        );
    }
    let persons: Vec<_> = (1..=5)
        .map(|n| PersonId::from_bytes([0xa0 + n; 16]))
        .collect();
    let mut id = 0_u128;
    for (p, person) in persons.into_iter().enumerate() {
        let first = t("2026-11-01 00:00");
        for n in 0..30 * 4 {
            let begin = first + Span::hours(6 * i64::try_from(n).unwrap());
            id += 1;
            let shift = ShiftId::from_bytes(id.to_be_bytes());
            let holder = pa((n + 4 * p) % 12);
            let times = (begin, begin + Span::hours(6));
            let plain = Shift::plain(shift, person, times, vec![holder], ShiftKind::Day);
            let rota = plain.rota();
            let times_only = false;
            let published = RotaRecord::Published {
                shift: plain,
                times_only,
            };
            w.write(rota, SIAN, long_ago, published);
            if n % 3 == 0 {
                let asked = RotaRecord::Ask {
                    shift,
                    cover: Cover::Anyone,
                    until: None,
                    reason: String::new(),
                };
                w.write(rota, holder, long_ago, asked);
            }
        }
    }
    w.phone(SIAN, NOW)
}

fn median<T>(what: &str, of: impl Fn() -> T) -> T {
    let mut times: Vec<_> = (0..5)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(of());
            start.elapsed()
        })
        .collect();
    times.sort();
    println!("{what}: {:?}", times[2]);
    of()
}

#[test]
fn a_large_team() {
    let phone = large();
    let now = t(NOW);
    let shown = median("month", || month(&phone, now.month(), Whose::All, now));
    assert_eq!(shown.days.iter().map(|d| d.shifts).sum::<usize>(), 600);
    median("month, mine", || {
        month(&phone, now.month(), Whose::Mine, now)
    });
    median("day", || day(&phone, now.day(), Whose::All, now));
    let week = median("week", || rota(&phone, now.day(), Whose::All, now));
    assert_eq!(week.days.iter().map(|d| d.shifts.len()).sum::<usize>(), 140);
    median("of it my problems", || {
        problems_of(&phone.book().board, SIAN, now)
    });
    median("coverage", || coverage(&phone, now));
    let shares = median("fairness", || fairness(&phone, now)).pas;
    assert_eq!(shares.len(), 12);
}
