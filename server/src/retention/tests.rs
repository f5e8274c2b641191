use super::*;
use kith_shared::{
    documents::{Author, Record},
    ids::{DeviceId, MemberId, RecordId},
    time::{Moment, Span},
};
use proptest::prelude::*;

const GWEN: PersonId = PersonId::from_bytes([1; 16]);
const HARI: PersonId = PersonId::from_bytes([2; 16]);

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn visits(month: &str) -> DocumentId {
    DocumentId::visits(GWEN, month.parse().unwrap())
}

fn notes(month: &str) -> DocumentId {
    DocumentId::notes(GWEN, month.parse().unwrap())
}

/// A team's document in which this was said, in this order.
fn team(said: &[TeamRecord]) -> Document {
    let mut document = Document::new(DocumentId::Team);
    let author = Author {
        device: DeviceId::from_bytes([9; 16]),
        life: 0,
    };
    for (n, body) in (1..).zip(said) {
        let record = Record {
            id: RecordId::from_bytes([n; 16]),
            by: MemberId::from_bytes([8; 16]),
            at: Moment::from_millis(1_790_000_000_000),
            skew: Span::default(),
            body,
        };
        document.write(author, &record).unwrap();
    }
    document
}

fn ended(person: PersonId, on: Day) -> TeamRecord {
    TeamRecord::CareEnded { person, on }
}

fn resumed(person: PersonId, on: Day) -> TeamRecord {
    TeamRecord::CareResumed { person, on }
}

#[test]
fn eight_years_after_care_ends_and_six_after_the_next_pay_period() {
    let care = Care::default().end(day("2018-05-03")).unwrap();
    let clocks = clocks(
        care,
        [visits("2018-04"), notes("2018-05")],
        Periods::default(),
    );
    assert_eq!(clocks.care_until, Some(day("2026-05-03")));
    // April's pay period is followed by May; six years from its last day.
    assert_eq!(clocks.pay_until, Some(day("2024-06-01")));
    assert_eq!(clocks.due, clocks.care_until);
    assert!(!clocks.later);
}

#[test]
fn the_later_clock_counts_and_periods_are_for_whoever_keeps_the_records() {
    let care = Care::default().end(day("2018-05-03")).unwrap();
    let periods = Periods { care: 3, pay: 6 };
    let clocks = clocks(care, [visits("2018-05")], periods);
    assert_eq!(clocks.care_until, Some(day("2021-05-03")));
    assert_eq!(clocks.due, Some(day("2024-07-01")));
}

/// Whoever came back is cared for: nothing of the first time is due either.
#[test]
fn a_return_sets_the_clock_back() {
    let first = [
        ended(GWEN, day("2015-06-30")),
        ended(HARI, day("2016-01-01")),
    ];
    let mut said = first.to_vec();
    assert_eq!(
        Care::of(GWEN, &team(&said)).ended(),
        Some(day("2015-06-30"))
    );
    said.push(resumed(GWEN, day("2017-02-01")));
    let care = Care::of(GWEN, &team(&said));
    assert_eq!(care, Care::Resumed(day("2017-02-01")));
    let none = clocks(
        care,
        [visits("2015-05"), visits("2017-03")],
        Periods::default(),
    );
    assert_eq!((none.care_until, none.due), (None, None));
    assert!(none.pay_until.is_some());
    said.push(ended(GWEN, day("2019-12-31")));
    let care = Care::of(GWEN, &team(&said));
    let again = clocks(care, [visits("2015-05")], Periods::default());
    assert_eq!(again.due, Some(day("2027-12-31")));
    assert_eq!(
        Care::of(HARI, &team(&said)).ended(),
        Some(day("2016-01-01"))
    );
}

#[test]
fn what_was_said_wrongly_is_said_again_and_what_cannot_be_is_refused() {
    let care = Care::default();
    assert_eq!(care.resume(day("2020-01-01")), Err(NotSo::NotEnded));
    let care = care.end(day("2020-03-01")).unwrap();
    let care = care.end(day("2020-02-01")).unwrap();
    assert_eq!(
        care.ended(),
        Some(day("2020-02-01")),
        "the later word counts"
    );
    let back = care.resume(day("2020-01-31"));
    assert_eq!(back, Err(NotSo::ReturnsBeforeEnd(day("2020-02-01"))));
    let care = care.resume(day("2021-01-01")).unwrap();
    assert_eq!(care.resume(day("2021-02-01")), Err(NotSo::NotEnded));
    let end = care.end(day("2020-12-31"));
    assert_eq!(end, Err(NotSo::EndsBeforeReturn(day("2021-01-01"))));
    // Still so when the end is put right.
    let care = care.end(day("2022-01-01")).unwrap();
    assert_eq!(care.end(day("2020-12-31")), end);
}

#[test]
fn records_from_after_the_end_keep_the_clock_running() {
    let care = Care::default().end(day("2018-05-03")).unwrap();
    let clocks = clocks(care, [notes("2018-07")], Periods::default());
    assert!(clocks.later);
    assert_eq!(clocks.care_until, Some(day("2026-07-31")));
    assert_eq!((clocks.last_paid, clocks.pay_until), (None, None));
    // A rota that was planned further is no record of care.
    let rota = DocumentId::rota(GWEN, "2018-09".parse().unwrap());
    let planned = super::clocks(care, [rota], Periods::default());
    assert!(!planned.later);
}

#[test]
fn a_leap_day_has_passed_before_its_years_are_over() {
    let leap = day("2024-02-29");
    assert_eq!(years_after(leap, 8), day("2032-02-29"));
    assert_eq!(years_after(leap, 6), day("2030-03-01"));
    // 2100 is no leap year.
    assert_eq!(years_after(day("2092-02-29"), 8), day("2100-03-01"));
}

fn any_day() -> impl Strategy<Value = Day> {
    (2015i16..2090, 0i32..366).prop_map(|(year, n)| Day::new(year, 1, 1).unwrap().plus(n))
}

#[derive(Debug, Clone, Copy)]
enum Said {
    Ended(Day),
    Resumed(Day),
}

fn anything_said() -> impl Strategy<Value = Vec<Said>> {
    let one = (any::<bool>(), any_day()).prop_map(|(end, on)| {
        if end {
            Said::Ended(on)
        } else {
            Said::Resumed(on)
        }
    });
    prop::collection::vec(one, 0..12)
}

proptest! {
    /// Never early: as many years have passed as were asked for, to the day; and never later than
    /// the day after.
    #[test]
    fn years_are_whole(day in any_day(), years in 0u8..20) {
        let then = years_after(day, years);
        prop_assert_eq!(then.year(), day.year() + i16::from(years));
        let leap = day.month().number() == 2 && day.number() == 29;
        if leap && then.number() != 29 {
            prop_assert_eq!((then.month().number(), then.number()), (3, 1));
        } else {
            prop_assert_eq!((then.month().number(), then.number()), (day.month().number(), day.number()));
        }
        prop_assert!(years_after(day.plus(1), years) >= then);
    }

    /// Whatever was said, and with whatever documents: nothing is due while care goes on, nor before
    /// any of the clocks has run out, and the last word alone decides where it stands.
    #[test]
    fn nothing_is_due_early(
        said in anything_said(),
        months in prop::collection::vec((2015i16..2090, 1i8..=12, any::<bool>()), 0..6),
        care_years in 0u8..12,
        pay_years in 0u8..12,
    ) {
        let mut care = Care::default();
        let mut model: Vec<Said> = vec![];
        for word in said {
            let next = match word {
                Said::Ended(on) => care.end(on),
                Said::Resumed(on) => care.resume(on),
            };
            if let Ok(next) = next {
                care = next;
                model.push(word);
            }
        }
        let documents = months.iter().map(|(year, month, visit)| {
            let month = Month::new(*year, *month).unwrap();
            if *visit { DocumentId::visits(GWEN, month) } else { DocumentId::team_notes(GWEN, month) }
        });
        let documents: Vec<_> = documents.collect();
        let periods = Periods { care: care_years, pay: pay_years };
        let clocks = clocks(care, documents.iter().copied(), periods);
        let Some(Said::Ended(on)) = model.last() else {
            prop_assert_eq!((clocks.care_until, clocks.due), (None, None));
            return Ok(());
        };
        let due = clocks.due.unwrap();
        prop_assert!(due >= years_after(*on, care_years));
        for document in &documents {
            let month = document.month().unwrap();
            // Care went on in every month of which there are records.
            if month > on.month() {
                prop_assert!(clocks.later && due >= years_after(month.first(), care_years));
            }
            if document.kind() == DocumentKind::Visits {
                let next = month.next().next().first();
                prop_assert!(due >= years_after(next, pay_years));
            }
        }
    }
}
