//! Working time: what is new in a plan, the way out of a broken one, and that nothing panics.

use crate::{
    support::{in_many_orders, plain, show, t},
    working_time::{day, days, drawn, works},
};
use kith_shared::{
    domain::{
        shift::ShiftKind,
        working_time::{Contract, Warning, Work, broken, warnings},
    },
    limits,
    time::{Moment, Span},
};
use proptest::prelude::*;

/// What `added` breaks that `known` does not.
fn check(known: &str, added: &str, expected: &str) {
    let said = warnings(&works(known), &works(added), &Contract::default());
    let said: Vec<_> = said.iter().map(drawn).collect();
    assert_eq!(said.join("\n"), plain(expected), "{known} + {added}");
}

#[test]
fn only_what_is_new_or_worse_is_said() {
    let short = "2026-11-23 16:00-22:00\n2026-11-24 08:00-12:00";
    check(short, "2026-11-26 08:00-12:00", "");
    check(short, "2026-11-23 14:00-15:00", "");
    check(
        short,
        "2026-11-23 22:30-23:00",
        "daily rest 9:00 from 2026-11-23 16:00, owed 2:00",
    );
    check(
        short,
        "2026-11-24 18:00-20:00\n2026-11-25 05:00-10:00",
        "daily rest 9:00 from 2026-11-24 18:00, owed 2:00",
    );
    check(
        "2026-11-23 16:00-22:00",
        "2026-11-24 08:00-12:00",
        "daily rest 10:00 from 2026-11-23 16:00, owed 1:00",
    );
    // Where there was one rest too short, there are two: the second one is new.
    check(
        "2026-11-23 16:00-22:00\n2026-11-24 04:00-08:00",
        "2026-11-23 07:00-07:30\n2026-11-24 14:00-20:00\n2026-11-25 05:00-07:00",
        "daily rest 9:00 from 2026-11-24 07:00, owed 2:00",
    );
    // A break was due before; a second one is due in other work.
    let long = "2026-11-23 08:00-15:00";
    check(long, "2026-11-23 15:00-16:00", "");
    check(
        long,
        "2026-11-25 08:00-15:00",
        "break 0:20 in 7:00 from 2026-11-25 08:00",
    );
}

/// What is broken, the pieces that it is about, and the one to give away, each by its start.
fn check_broken(work: &str, contract: &Contract, expected: &str) {
    in_many_orders(&works(work), |work| {
        let mut lines = Vec::new();
        for b in broken(work, contract) {
            let start = |at: &usize| show(work[*at].start)[8..].to_owned();
            let pieces: Vec<_> = b.pieces.iter().map(start).collect();
            let way_out = b.give_away.as_ref().map_or("none".to_owned(), start);
            lines.push(format!(
                "{} | {} | {way_out}",
                drawn(&b.warning),
                pieces.join(", ")
            ));
        }
        assert_eq!(lines.join("\n"), plain(expected));
    });
}

#[test]
fn a_broken_plan_has_a_way_out() {
    let contract = Contract::default();
    check_broken("", &contract, "");
    check_broken(
        "2026-11-23 14:00-20:00\n2026-11-24 09:00-15:00",
        &contract,
        "",
    );
    // Two swaps, each of them fine: the later piece is given away.
    check_broken(
        "2026-11-23 16:00-22:00\n2026-11-24 07:00-12:00\n2026-11-25 07:00-12:00",
        &contract,
        "daily rest 9:00 from 2026-11-23 16:00, owed 2:00 | 24 07:00, 23 16:00 | 24 07:00",
    );
    // The latest would not be enough.
    check_broken(
        "2026-11-23 16:00-22:00\n2026-11-23 22:00-07:00 sleep-in\n2026-11-24 07:00-08:00",
        &contract,
        "
        daily rest 8:00 from 2026-11-23 16:00, owed 3:00 | 24 07:00, 23 22:00, 23 16:00 | 23 16:00
        break 0:20 in 7:00 from 2026-11-23 16:00 | 24 07:00, 23 22:00, 23 16:00 | none
        ",
    );
    let contract = Contract {
        started: Some(day("2026-11-23")),
        ..Contract::default()
    };
    // The last one is too short to help.
    check_broken(
        "
        2026-11-23 08:00-18:00
        2026-11-24 08:00-18:00
        2026-11-25 08:00-18:00
        2026-11-26 08:00-18:00
        2026-11-27 08:00-18:00
        2026-11-28 08:00-09:00
        ",
        &Contract { most_per_week: Some(Span::hours(50)), ..contract.clone() },
        "
        break 0:20 in 10:00 from 2026-11-23 08:00 | 23 08:00 | none
        break 0:20 in 10:00 from 2026-11-24 08:00 | 24 08:00 | none
        break 0:20 in 10:00 from 2026-11-25 08:00 | 25 08:00 | none
        break 0:20 in 10:00 from 2026-11-26 08:00 | 26 08:00 | none
        break 0:20 in 10:00 from 2026-11-27 08:00 | 27 08:00 | none
        week 51:00 of 48:00 from 2026-11-23 00:00 until 2026-11-29 00:00 | 28 08:00, 27 08:00, 26 08:00, 25 08:00, 24 08:00, 23 08:00 | 27 08:00
        own most 51:00 of 50:00 from 2026-11-23 00:00 | 28 08:00, 27 08:00, 26 08:00, 25 08:00, 24 08:00, 23 08:00 | 28 08:00
        ",
    );
    // Of averages, the last one counts: the worst was earlier.
    let work = [
        days("2026-11-23", "xxxxx..", "08:00-20:00"),
        days("2026-11-30", "xxxxx..", "08:00-16:00"),
    ]
    .concat();
    let found = broken(&work, &contract);
    let week = found
        .iter()
        .find(|b| matches!(b.warning, Warning::Week { .. }));
    let week = week.map(|b| (drawn(&b.warning), b.give_away));
    let said = "week 50:00 of 48:00 from 2026-11-23 00:00 until 2026-12-05 00:00".to_owned();
    assert_eq!(week, Some((said, Some(9))));
}

/// They are kept in records (maps, lists of scalars, scalars) and sent in messages.
#[test]
fn contracts_and_warnings_are_kept_by_every_form() {
    let contract = Contract {
        started: Some(day("2026-11-23")),
        opted_out: [
            (day("2025-01-01"), Some(day("2025-06-30"))),
            (day("2026-01-01"), None),
        ]
        .into(),
        household: true,
        elsewhere_per_week: Span::hours(8),
        most_per_week: None,
        ..Contract::default()
    };
    let text = serde_json::to_string(&contract).unwrap();
    assert_eq!(
        text,
        r#"{"started":"2026-11-23","opted-out":{"2025-01-01":"2025-06-30","2026-01-01":null},"household":true,"elsewhere-per-week":28800000,"most-per-week":null}"#
    );
    assert_eq!(serde_json::from_str::<Contract>(&text).unwrap(), contract);
    let packed = rmp_serde::to_vec(&contract).unwrap();
    assert_eq!(
        rmp_serde::from_slice::<Contract>(&packed).unwrap(),
        contract
    );
    assert_eq!(
        serde_json::from_str::<Contract>("{}").unwrap(),
        Contract::default()
    );

    let (at, span) = (Moment::from_millis(7), Span::hours(1));
    for (warning, rule) in [
        (
            Warning::DailyRest {
                from: at,
                rest: span,
                owed: span,
            },
            "daily-rest",
        ),
        (
            Warning::WeeklyRest {
                from: at,
                rest: span,
                owed: span,
            },
            "weekly-rest",
        ),
        (
            Warning::Break {
                from: at,
                worked: span,
                due: span,
            },
            "break",
        ),
        (
            Warning::Week {
                from: at,
                until: at,
                average: span,
                most: span,
            },
            "week",
        ),
        (
            Warning::Night {
                from: at,
                until: at,
                average: span,
                most: span,
            },
            "night",
        ),
        (
            Warning::OwnMost {
                from: at,
                worked: span,
                most: span,
            },
            "own-most",
        ),
    ] {
        let text = serde_json::to_string(&warning).unwrap();
        assert!(
            text.starts_with(&format!(r#"{{"rule":"{rule}","from":7,"#)),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Warning>(&text).unwrap(), warning);
        let packed = rmp_serde::to_vec(&warning).unwrap();
        assert_eq!(rmp_serde::from_slice::<Warning>(&packed).unwrap(), warning);
    }
}

/// What no record can say is no work: [`limits::LONGEST_SHIFT`], [`limits::YEARS`].
#[test]
fn what_no_record_can_say_is_not_looked_at() {
    let work = |start: &str, hours: i64| Work {
        start: t(start),
        end: t(start) + Span::hours(hours),
        kind: ShiftKind::Day,
        awake: Span::default(),
    };
    let most = limits::LONGEST_SHIFT.whole_minutes() / 60;
    let (first, last) = (limits::YEARS.start(), limits::YEARS.end());
    for (work, found) in [
        (work("2026-11-23 08:00", most), true),
        (work("2026-11-23 08:00", 0), false),
        (work("2026-11-23 08:00", -20), false),
        (work(&format!("{first}-01-01 00:00"), 20), true),
        (work(&format!("{}-12-31 00:00", first - 1), 20), false),
        (work(&format!("{last}-12-31 00:00"), 20), true),
        (work(&format!("{}-01-01 00:00", last + 1), 20), false),
    ] {
        let said = warnings(&[], &[work], &Contract::default());
        assert_eq!(!said.is_empty(), found, "{work:?}");
    }
    let contract = Contract::default();
    let longer = warnings(&[], &[work("2026-11-23 08:00", most * 100)], &contract);
    let longest = warnings(&[], &[work("2026-11-23 08:00", most)], &contract);
    assert_eq!(longer, longest);
}

fn millis() -> impl Strategy<Value = i64> {
    // Two months around both ends of a year, to the minute, and now and then anything at all.
    let minutes = (0_i64..86_400).prop_map(|m| 1_798_700_000_000 / 60_000 * 60_000 + m * 60_000);
    prop_oneof![9 => minutes, 1 => any::<i64>()]
}

fn garbage() -> impl Strategy<Value = Work> {
    let kind = prop_oneof![
        Just(ShiftKind::Day),
        Just(ShiftKind::SleepIn),
        Just(ShiftKind::WakingNight),
    ];
    let length = prop_oneof![9 => (-60_i64..1_200).prop_map(|m| m * 60_000), 1 => any::<i64>()];
    (millis(), length, kind, any::<i64>()).prop_map(|(start, length, kind, awake)| Work {
        start: Moment::from_millis(start),
        end: Moment::from_millis(start) + Span::from_millis(length),
        kind,
        awake: Span::from_millis(awake),
    })
}

fn contracts() -> impl Strategy<Value = Contract> {
    let day = || millis().prop_map(|m| Moment::from_millis(m).day());
    let days = || prop::collection::btree_map(day(), prop::option::of(day()), 0..4);
    let whole = (prop::option::of(day()), days(), days(), any::<i64>());
    (whole, prop::option::of(any::<i64>()), any::<bool>()).prop_map(
        |((started, opted_out, away, elsewhere), most, household)| Contract {
            started,
            opted_out,
            household,
            elsewhere_per_week: Span::from_millis(elsewhere),
            most_per_week: most.map(Span::from_millis),
            away,
        },
    )
}

proptest! {
    #[test]
    fn nothing_panics_and_order_makes_no_difference(
        known in prop::collection::vec(garbage(), 0..12),
        added in prop::collection::vec(garbage(), 0..4),
        contract in contracts(),
    ) {
        let said = warnings(&known, &added, &contract);
        let faults = |work: &[Work]| {
            let faults = broken(work, &contract);
            for fault in &faults {
                assert!(fault.pieces.iter().chain(&fault.give_away).all(|at| *at < work.len()));
            }
            faults.into_iter().map(|b| b.warning).collect::<Vec<_>>()
        };
        let found = faults(&known);
        let (mut back, mut added_back) = (known.clone(), added.clone());
        back.reverse();
        added_back.reverse();
        prop_assert_eq!(&warnings(&back, &added_back, &contract), &said);
        prop_assert_eq!(faults(&back), found);
    }

    #[test]
    fn adding_nothing_breaks_nothing(
        known in prop::collection::vec(garbage(), 0..12),
        contract in contracts(),
    ) {
        prop_assert_eq!(warnings(&known, &[], &contract), vec![]);
        // Nor does taking on again what one has.
        prop_assert_eq!(warnings(&known, &known, &contract), vec![]);
    }

    #[test]
    fn what_a_plan_breaks_is_new_to_who_has_nothing(
        known in prop::collection::vec(garbage(), 0..12),
        contract in contracts(),
    ) {
        let is_average = |w: &Warning| matches!(w, Warning::Week { .. } | Warning::Night { .. });
        let mut said = warnings(&[], &known, &contract);
        let mut found: Vec<_> = broken(&known, &contract).into_iter().map(|b| b.warning).collect();
        said.retain(|w| !is_average(w));
        found.retain(|w| !is_average(w));
        prop_assert_eq!(said, found);
    }
}
