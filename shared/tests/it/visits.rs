//! Visits from the shift log. Source: `domain.md`, *Records*: amendments keep the original, and
//! what is written down is who, when and why.

use crate::support::{
    ANN, BEN, PERSON, in_many_orders, name_of, plain, record, record_id, show, t,
};
use kith_shared::{
    documents::{Record, visits::VisitRecord},
    domain::visit::{Visit, visits},
    ids::{MemberId, ShiftId, VisitId},
    time::Span,
};
use proptest::{collection, prelude::*, sample::select};

pub fn visit_id(n: u8) -> VisitId {
    record_id(n).into()
}

pub fn clock_in(id: u8, by: MemberId, at: &str, shift: Option<u8>) -> Record<VisitRecord> {
    let shift = shift.map(|n| ShiftId::from_bytes([n; 16]));
    record(id, by, at, VisitRecord::ClockIn { shift, place: None })
}

pub fn clock_out(id: u8, by: MemberId, at: &str, visit: u8) -> Record<VisitRecord> {
    let visit = visit_id(visit);
    record(id, by, at, VisitRecord::ClockOut { visit })
}

/// `why` is the reason; the record itself is made the day after.
pub fn amend(
    id: u8,
    by: MemberId,
    visit: u8,
    start: &str,
    end: Option<&str>,
    why: &str,
) -> Record<VisitRecord> {
    let body = VisitRecord::Amendment {
        visit: visit_id(visit),
        start: t(start),
        end: end.map(t),
        reason: why.into(),
    };
    record(id, by, "2026-11-25 09:00", body)
}

/// Reads a log in many orders: all must tell of the same visits. Returns them.
pub fn read(log: &[Record<VisitRecord>]) -> Vec<Visit> {
    let expected = visits(PERSON, log);
    in_many_orders(log, |log| assert_eq!(visits(PERSON, log), expected));
    expected.into_values().collect()
}

fn draw(visit: &Visit) -> String {
    let until = |end: Option<_>| end.map_or("running".into(), show);
    let (id, pa) = (visit.id.to_bytes()[1], name_of(visit.pa));
    let (start, end) = (show(visit.start), until(visit.end));
    let mut drawn = vec![format!("{id} {pa}: {start} to {end}")];
    for a in &visit.amendments {
        let (start, end) = (show(a.start_before), until(a.end_before));
        let (by, why) = (name_of(a.by), &a.reason);
        drawn.push(format!("was {start} to {end}, {by}: {why}"));
    }
    drawn.join("\n")
}

fn check(log: &[Record<VisitRecord>], expected: &str) {
    let drawn: Vec<_> = read(log).iter().map(draw).collect();
    assert_eq!(drawn.join("\n"), plain(expected));
}

#[test]
fn a_clock_in_and_its_clock_out_make_a_visit() {
    check(&[], "");
    check(
        &[clock_in(1, ANN, "2026-11-24 08:00", None)],
        "1 Ann: 2026-11-24 08:00 to running",
    );
    check(
        &[
            clock_in(1, ANN, "2026-11-24 08:00", None),
            clock_in(2, BEN, "2026-11-24 15:30", None),
            clock_out(3, ANN, "2026-11-24 16:00", 1),
            clock_out(4, BEN, "2026-11-25 00:30", 2),
        ],
        "
        1 Ann: 2026-11-24 08:00 to 2026-11-24 16:00
        2 Ben: 2026-11-24 15:30 to 2026-11-25 00:30
        ",
    );
}

#[test]
fn the_first_clock_out_of_its_pa_counts() {
    let start = clock_in(1, ANN, "2026-11-24 08:00", None);
    let bens = clock_out(2, BEN, "2026-11-24 10:00", 1);
    check(
        &[start.clone(), bens.clone()],
        "1 Ann: 2026-11-24 08:00 to running",
    );
    check(
        &[
            start,
            bens,
            clock_out(3, ANN, "2026-11-24 16:00", 1),
            clock_out(4, ANN, "2026-11-24 16:05", 1),
        ],
        "1 Ann: 2026-11-24 08:00 to 2026-11-24 16:00",
    );
}

#[test]
fn amendments_keep_what_was() {
    let log = [
        clock_in(1, ANN, "2026-11-24 08:00", None),
        clock_out(2, ANN, "2026-11-24 16:00", 1),
        amend(3, ANN, 1, "2026-11-24 07:45", None, "came early"),
        amend(
            4,
            ANN,
            1,
            "2026-11-24 07:50",
            Some("2026-11-24 16:30"),
            "and stayed",
        ),
    ];
    check(
        &log,
        "
        1 Ann: 2026-11-24 07:50 to 2026-11-24 16:30
        was 2026-11-24 08:00 to 2026-11-24 16:00, Ann: came early
        was 2026-11-24 07:45 to 2026-11-24 16:00, Ann: and stayed
        ",
    );
    check(
        &[
            log[0].clone(),
            amend(
                3,
                ANN,
                1,
                "2026-11-24 08:00",
                Some("2026-11-24 12:00"),
                "forgot",
            ),
        ],
        "
        1 Ann: 2026-11-24 08:00 to 2026-11-24 12:00
        was 2026-11-24 08:00 to running, Ann: forgot
        ",
    );
}

#[test]
fn nobody_amends_anothers_visit_or_one_that_is_not_there() {
    check(
        &[
            clock_in(1, ANN, "2026-11-24 08:00", None),
            amend(
                3,
                BEN,
                1,
                "2026-11-24 09:00",
                Some("2026-11-24 09:30"),
                "no",
            ),
            amend(4, ANN, 9, "2026-11-24 09:00", None, "no"),
            clock_out(5, ANN, "2026-11-24 10:00", 9),
        ],
        "1 Ann: 2026-11-24 08:00 to running",
    );
}

/// Such a record does not pass the relay, but a view never fails on what a document holds.
#[test]
fn a_visit_that_ends_before_it_starts_lasts_no_time() {
    let log = [
        clock_in(1, ANN, "2026-11-24 08:00", None),
        clock_out(2, ANN, "2026-11-24 07:00", 1),
    ];
    let visit = &read(&log)[0];
    assert_eq!(visit.length(t("2026-11-24 12:00")), Span::default());
}

fn any_record() -> impl Strategy<Value = Record<VisitRecord>> {
    let who = select(vec![ANN, BEN]);
    let day = (1_i8..=28, 0_i8..24).prop_map(|(d, h)| format!("2026-11-{d:02} {h:02}:00"));
    (0_u8..3, who, 0_u8..8, day, any::<bool>()).prop_map(|(kind, by, visit, at, flag)| match kind {
        0 => clock_in(0, by, &at, None),
        1 => clock_out(0, by, &at, visit),
        _ => amend(0, by, visit, &at, flag.then_some("2026-11-30 12:00"), "why"),
    })
}

proptest! {
    #[test]
    fn the_order_of_the_records_does_not_matter(
        mut log in collection::vec(any_record(), 0..16),
        priorities in collection::vec(any::<u32>(), 16),
    ) {
        for (id, record) in (0..).zip(&mut log) {
            record.id = crate::support::record_id(id);
        }
        let expected = visits(PERSON, &log);
        let mut shuffled: Vec<_> = priorities.iter().zip(&log).collect();
        shuffled.sort_by_key(|(priority, _)| **priority);
        prop_assert_eq!(&visits(PERSON, shuffled.into_iter().map(|(_, r)| r)), &expected);

        for visit in expected.values() {
            let first = log.iter().find(|r| visit.id == r.id.into()).unwrap();
            let original = visit.amendments.first().map_or(visit.start, |a| a.start_before);
            prop_assert_eq!(original, first.at, "the clock in is kept");
            prop_assert_eq!(visit.pa, first.by);
        }
    }
}
