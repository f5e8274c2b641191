//! How a visit stands against what was planned. Source: `domain.md`, *Words*: late, missed, cut
//! short, amendment.

use crate::{
    support::{ANN, PERSON, t},
    visits::{amend, clock_in, clock_out, read},
};
use kith_shared::{
    documents::{Record, visits::VisitRecord},
    domain::{
        shift::{Shift, ShiftKind},
        visit::{
            GRACE,
            Mark::{self, Amended, CutShort, Late, Missed},
            marks,
        },
    },
    ids::ShiftId,
    time::{Moment, Span},
};

/// The shift is on 24 November from 8 to 16.
fn check_at(planned: bool, log: &[Record<VisitRecord>], now: Moment, expected: &[Mark]) {
    let shift = Shift {
        shift: ShiftId::from_bytes([1; 16]),
        person: PERSON,
        start: t("2026-11-24 08:00"),
        end: t("2026-11-24 16:00"),
        pas: vec![ANN],
        work: ShiftKind::Day,
        replaces: None,
        needs: 1,
        shadows: vec![],
        series: None,
        pool: None,
    };
    let (shift, visits) = (planned.then_some(&shift), read(log));
    assert_eq!(marks(shift, visits.first(), now), expected, "{visits:?}");
}

fn check(log: &[Record<VisitRecord>], now: &str, expected: &[Mark]) {
    check_at(true, log, t(now), expected);
}

/// A visit of Ann's, in milliseconds beside the plan.
fn beside(start: Span, end: Option<Span>) -> Vec<Record<VisitRecord>> {
    let mut came = clock_in(1, ANN, "2026-11-24 08:00", Some(1));
    came.at = came.at + start;
    let left = end.map(|end| {
        let mut left = clock_out(2, ANN, "2026-11-24 16:00", 1);
        left.at = left.at + end;
        left
    });
    [came].into_iter().chain(left).collect()
}

fn grace_and(more: i64) -> Span {
    GRACE + Span::from_millis(more)
}

fn back(span: Span) -> Span {
    Span::from_millis(-span.millis())
}

#[test]
fn late_is_after_the_grace() {
    let now = "2026-11-24 12:00";
    assert_eq!(GRACE, Span::minutes(15));
    check(&beside(Span::hours(-1), None), now, &[]);
    check(&beside(Span::default(), None), now, &[]);
    check(&beside(grace_and(0), None), now, &[]);
    check(&beside(grace_and(1), None), now, &[Late]);
}

#[test]
fn cut_short_is_before_the_grace() {
    let now = "2026-11-24 23:00";
    let on_time = Span::default();
    check(&beside(on_time, Some(Span::hours(1))), now, &[]);
    check(&beside(on_time, Some(back(grace_and(0)))), now, &[]);
    check(&beside(on_time, Some(back(grace_and(1)))), now, &[CutShort]);
    let both = beside(grace_and(1), Some(back(grace_and(1))));
    check(&both, now, &[Late, CutShort]);
}

/// A running visit is not cut short, however long it has run.
#[test]
fn missed_is_when_the_plan_has_passed_and_nothing_came() {
    let end = t("2026-11-24 16:00");
    check(&[], "2026-11-24 12:00", &[]);
    check_at(true, &[], end, &[]);
    check_at(true, &[], end + Span::from_millis(1), &[Missed]);
    check(&beside(Span::default(), None), "2026-11-26 12:00", &[]);
}

/// What counts are the amended times; that they were amended is marked all the same.
#[test]
fn amended_times_count() {
    let now = "2026-11-24 23:00";
    let mut log = beside(Span::hours(1), Some(Span::default()));
    check(&log, now, &[Late]);
    log.push(amend(3, ANN, 1, "2026-11-24 08:00", None, "no signal"));
    check(&log, now, &[Amended]);
    let noon = Some("2026-11-24 12:00");
    log.push(amend(4, ANN, 1, "2026-11-24 08:00", noon, "really"));
    check(&log, now, &[CutShort, Amended]);
}

#[test]
fn without_a_plan_nothing_is_late() {
    let now = t("2026-11-24 23:00");
    check_at(false, &[], now, &[]);
    let mut log = beside(Span::hours(5), Some(Span::hours(-2)));
    check_at(false, &log, now, &[]);
    log.push(amend(3, ANN, 1, "2026-11-24 08:00", None, "why"));
    check_at(false, &log, now, &[Amended]);
}
