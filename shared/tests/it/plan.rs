//! Planning by the wall clock: shifts that stand alone, and series.

use crate::support::{ANN, OTHER, PERSON, t};
use kith_shared::{
    domain::{
        plan::{Days, Hours, Pattern, PlanError, Work, shifts},
        shift::{Shift, ShiftKind},
    },
    ids::MemberId,
    limits,
    time::{Day, Moment, Span},
};
use std::collections::BTreeSet;

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn hours(from: (i8, i8), to: (i8, i8)) -> Hours {
    Hours { from, to }
}

pub fn weekly(weekdays: &[u8], first: &str, until: &str) -> Pattern {
    Pattern {
        first: day(first),
        weekdays: weekdays.iter().copied().collect(),
        every: 1,
        until: day(until),
        except: BTreeSet::new(),
    }
}

pub fn work(hours: Hours, pas: &[MemberId]) -> Work {
    Work {
        persons: vec![PERSON],
        hours,
        pas: pas.to_vec(),
        needs: 1,
        shadows: Vec::new(),
        kind: ShiftKind::Day,
    }
}

pub fn now() -> Moment {
    t("2026-11-01 09:00")
}

/// Dice that throw each number once.
pub fn dice() -> impl FnMut() -> u128 {
    let mut last = 0;
    move || {
        last += 1;
        last
    }
}

pub fn series(work: &Work, days: Pattern) -> Vec<Shift> {
    shifts(work, &Days::Weekly(days), now(), &mut dice()).unwrap()
}

/// Domain rule *Clock change*: the wall clock stays on the rota, what elapses is longer or shorter.
#[test]
fn a_night_keeps_its_wall_clock_over_both_changes() {
    for (evening, expected) in [("2026-10-24", 9), ("2026-03-28", 7), ("2026-11-24", 8)] {
        let (start, end) = hours((22, 0), (6, 0)).on(day(evening));
        assert_eq!(end - start, Span::hours(expected), "{evening}");
        assert_eq!((start.clock(), end.clock()), ((22, 0), (6, 0)));
        assert_eq!(end.day(), day(evening).plus(1));
    }
    let nights = work(hours((22, 0), (6, 0)), &[ANN]);
    let nights = series(&nights, weekly(&[5], "2026-10-12", "2026-11-02"));
    let lengths: Vec<_> = nights
        .iter()
        .map(|s| s.length().whole_minutes() / 60)
        .collect();
    assert_eq!(lengths, [8, 9, 8]);
    assert!(nights.iter().all(|s| s.start.clock() == (22, 0)));
}

#[test]
fn what_the_clocks_skip_or_show_twice_still_has_a_length() {
    // 01:00 to 02:00 is skipped on 29 March 2026, and shown twice on 25 October.
    let (start, end) = hours((1, 15), (2, 0)).on(day("2026-03-29"));
    assert_eq!((start.clock(), end - start), ((2, 15), Span::minutes(45)));
    let (start, end) = hours((1, 15), (1, 45)).on(day("2026-10-25"));
    assert_eq!(end - start, Span::minutes(30));
    assert_eq!(start.to_utc(), "2026-10-25T00:15:00Z");
    let (start, end) = hours((0, 30), (2, 30)).on(day("2026-10-25"));
    assert_eq!(end - start, Span::hours(3));
    let (start, end) = hours((7, 0), (7, 0)).on(day("2026-11-24"));
    assert_eq!(end - start, Span::hours(24));
}

#[test]
fn a_pattern_has_its_weekdays_but_not_its_exceptions() {
    let mut pattern = weekly(&[0, 2], "2026-11-24", "2026-12-09");
    let days = |pattern: &Pattern| {
        let days = Days::Weekly(pattern.clone()).days();
        days.map(|days| days.iter().map(Day::to_string).collect::<Vec<_>>())
    };
    let expected = [
        "2026-11-25",
        "2026-11-30",
        "2026-12-02",
        "2026-12-07",
        "2026-12-09",
    ];
    assert_eq!(days(&pattern).unwrap(), expected);
    pattern.except = [day("2026-12-02"), day("2026-12-03")].into();
    assert_eq!(days(&pattern).unwrap().len(), 4);
    pattern.every = 2;
    assert_eq!(
        days(&pattern).unwrap(),
        ["2026-11-25", "2026-12-07", "2026-12-09"]
    );
    pattern.weekdays.clear();
    assert_eq!(days(&pattern), Err(PlanError::NoDay));
    pattern.until = day("2026-11-23");
    assert_eq!(days(&pattern), Err(PlanError::EndsFirst));
}

#[test]
fn a_series_is_bounded() {
    let first = day("2026-11-02");
    let until = |days| Pattern {
        until: first.plus(days),
        ..weekly(&[0, 1, 2, 3, 4, 5, 6], "2026-11-02", "2026-11-02")
    };
    let days = Days::Weekly(until(limits::SERIES_DAYS)).days();
    assert_eq!(days.unwrap().len(), 183);
    let too_long = Days::Weekly(until(limits::SERIES_DAYS + 1)).days();
    assert_eq!(too_long, Err(PlanError::TooLong));

    let both = Work {
        persons: vec![PERSON, OTHER],
        ..work(hours((8, 0), (9, 0)), &[])
    };
    let half = i32::try_from(limits::SHIFTS_PER_SERIES / 2).unwrap();
    let made = |days| shifts(&both, &Days::Weekly(until(days)), now(), &mut dice());
    assert_eq!(made(half - 1).unwrap().len(), limits::SHIFTS_PER_SERIES);
    assert_eq!(made(half), Err(PlanError::TooMany));
    let nobody = work(hours((8, 0), (9, 0)), &[]);
    let nobody = Work {
        persons: vec![],
        ..nobody
    };
    let once = Days::Once(first);
    assert_eq!(
        shifts(&nobody, &once, now(), &mut dice()),
        Err(PlanError::NoPerson)
    );
}

#[test]
fn a_pooled_visit_is_a_shift_with_each_person() {
    let both = Work {
        persons: vec![PERSON, OTHER],
        ..work(hours((14, 0), (16, 0)), &[ANN])
    };
    let made = series(&both, weekly(&[0], "2026-11-23", "2026-11-30"));
    assert_eq!(made.len(), 4);
    assert_eq!(
        made.iter().map(|s| s.series).collect::<BTreeSet<_>>().len(),
        1
    );
    assert!(made[0].series.is_some() && made[0].pool.is_some());
    assert_eq!(made[0].pool, made[1].pool);
    assert_ne!(made[1].pool, made[2].pool);
    assert_eq!(
        made.iter().map(|s| s.shift).collect::<BTreeSet<_>>().len(),
        4
    );
    let once = shifts(
        &work(hours((14, 0), (16, 0)), &[ANN]),
        &Days::Once(day("2026-11-23")),
        now(),
        &mut dice(),
    );
    let once = once.unwrap();
    assert_eq!((once[0].series, once[0].pool), (None, None));
}
