//! What PAs say about when they can work, and persons about who may come: of two records about one
//! thing the later counts, and only those write whose word it is.

use crate::support::{ANN, BEN, PERSON, member, t, write};
use kith_shared::{
    documents::{
        Document, DocumentId, availability::AvailabilityRecord, availability::availability,
        profile::ProfileRecord, profile::profile,
    },
    domain::{
        availability::{Availability, Can, Leave, Part, Parts},
        profile::Choice,
        team::Role,
        working_time::Contract,
    },
    ids::RecordId,
    intent::Intent,
    policy::Refusal,
    time::Day,
};

/// Tuesday.
const DAY: &str = "2026-11-24";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn parts(parts: &[(Part, Can)]) -> Parts {
    parts.iter().copied().collect()
}

fn leave(from: &str, to: &str) -> AvailabilityRecord {
    let (id, from, to) = (RecordId::from_bytes([0; 16]), day(from), day(to));
    AvailabilityRecord::Leave {
        leave: Leave { id, from, to },
    }
}

/// What Ann's document tells after she said this, as records 1, 2, ….
fn said(records: &[AvailabilityRecord]) -> Availability {
    let mut document = Document::new(DocumentId::availability(ANN));
    for (id, says) in (1..).zip(records) {
        let says = says.clone();
        let intent = Intent::Availability { pa: ANN, says };
        write(&mut document, &member(ANN, Role::Pa), id, &intent).unwrap();
    }
    availability(&document)
}

#[test]
fn a_week_and_days_that_differ() {
    let weekday = |parts| AvailabilityRecord::Weekday { weekday: 1, parts };
    let mornings = parts(&[(Part::Morning, Can::No)]);
    let evenings = parts(&[(Part::Evening, Can::RatherNot)]);
    let tuesday = |parts| AvailabilityRecord::Day {
        day: day(DAY),
        parts,
    };

    let says = said(&[weekday(mornings.clone()), weekday(evenings.clone())]);
    assert_eq!(says.can(day(DAY), Part::Morning), Can::Yes, "said anew");
    assert_eq!(says.can(day(DAY), Part::Evening), Can::RatherNot);
    assert_eq!(says.can(day(DAY).plus(1), Part::Evening), Can::Yes);

    let other = [weekday(evenings), tuesday(Some(mornings))];
    let says = said(&other);
    assert_eq!(says.can(day(DAY), Part::Morning), Can::No);
    assert_eq!(
        says.can(day(DAY), Part::Evening),
        Can::Yes,
        "the day counts alone"
    );
    assert_eq!(says.can(day(DAY).plus(7), Part::Evening), Can::RatherNot);

    let [week, one] = other;
    let says = said(&[week, one, tuesday(None)]);
    assert_eq!(
        says.can(day(DAY), Part::Evening),
        Can::RatherNot,
        "as its weekday again"
    );
}

/// A stretch suits as its worst part does; a part runs up to where the next begins, and the night
/// belongs to the day on which it began.
#[test]
fn a_stretch_is_as_good_as_its_worst_part() {
    let says = said(&[AvailabilityRecord::Weekday {
        weekday: 1,
        parts: parts(&[(Part::Night, Can::No), (Part::Afternoon, Can::RatherNot)]),
    }]);
    for (from, to, expected) in [
        ("2026-11-24 07:00", "2026-11-24 13:00", Can::Yes),
        ("2026-11-24 07:00", "2026-11-24 13:01", Can::RatherNot),
        ("2026-11-24 17:59", "2026-11-24 22:00", Can::RatherNot),
        ("2026-11-24 18:00", "2026-11-24 22:00", Can::Yes),
        ("2026-11-24 18:00", "2026-11-24 22:01", Can::No),
        ("2026-11-25 06:59", "2026-11-25 08:00", Can::No),
        ("2026-11-25 07:00", "2026-11-25 08:00", Can::Yes),
        ("2026-11-24 02:00", "2026-11-24 06:00", Can::Yes),
        ("2026-11-22 09:00", "2026-11-25 09:00", Can::No),
        ("2026-11-24 20:00", "2026-11-24 20:00", Can::Yes),
    ] {
        assert_eq!(says.can_all(t(from), t(to)), expected, "{from} to {to}");
    }
    // Both nights on which the clocks change are nights to their end.
    for (from, to) in [
        ("2026-03-28 22:00", "2026-03-29 06:59"),
        ("2026-10-24 22:00", "2026-10-25 06:59"),
    ] {
        let (start, end) = (t(from), t(to));
        assert_eq!(Part::of(start), Part::of(end), "{from} to {to}");
        assert_eq!(
            Part::Night.end(start.day()),
            t(&to.replace("06:59", "07:00"))
        );
    }
}

#[test]
fn leave_is_booked_and_given_up() {
    let booked = [
        leave("2026-12-01", "2026-12-05"),
        leave("2026-12-20", "2026-12-20"),
    ];
    let says = said(&booked);
    let days: Vec<_> = says.leave.iter().map(|l| (l.from, l.to)).collect();
    let (first, last) = (day("2026-12-01"), day("2026-12-05"));
    assert_eq!(days[0], (first, last));
    assert_eq!(days.len(), 2);

    let [one, other] = booked;
    let no_leave = AvailabilityRecord::NoLeave {
        leave: says.leave[0].id,
    };
    let says = said(&[one, other, no_leave]);
    let days: Vec<_> = says.leave.iter().map(|l| l.from).collect();
    assert_eq!(days, [day("2026-12-20")]);
}

#[test]
fn limits_are_said_anew() {
    let none = said(&[]);
    assert_eq!(none.contract, Contract::default());
    let household = Contract {
        household: true,
        ..Contract::default()
    };
    let contract = |contract: &Contract| AvailabilityRecord::Contract {
        contract: contract.clone(),
    };
    let says = said(&[contract(&household)]);
    assert_eq!(says.contract, household);
    let says = said(&[contract(&household), contract(&Contract::default())]);
    assert_eq!(says.contract, Contract::default());
}

#[test]
fn only_the_pa_says_when_they_can() {
    let says = leave("2026-12-01", "2026-12-05");
    for (writer, role, expected) in [
        (ANN, Role::Pa, None),
        (BEN, Role::Pa, Some(Refusal::NotYourRole)),
        (ANN, Role::Manager, Some(Refusal::NotYourRole)),
        (ANN, Role::Person(PERSON), Some(Refusal::NotYourRole)),
    ] {
        let intent = Intent::Availability {
            pa: ANN,
            says: says.clone(),
        };
        let mut document = Document::new(intent.document());
        let actual = write(&mut document, &member(writer, role), 1, &intent).err();
        assert_eq!(actual, expected, "{role:?}");
    }
    let no_weekday = AvailabilityRecord::Weekday {
        weekday: 7,
        parts: Parts::new(),
    };
    for bad in [leave("2026-12-05", "2026-12-04"), no_weekday] {
        let intent = Intent::Availability { pa: ANN, says: bad };
        let mut document = Document::new(intent.document());
        let actual = write(&mut document, &member(ANN, Role::Pa), 1, &intent).err();
        assert_eq!(actual, Some(Refusal::BadTimes));
    }
}

#[test]
fn only_who_speaks_for_the_person_chooses() {
    let choice = |pa, choice| ProfileRecord::Choice { pa, choice };
    let says = [
        choice(Some(ANN), Choice::Never),
        choice(None, Choice::AskMe),
        choice(Some(ANN), Choice::Automatic),
        ProfileRecord::Contact { member: Some(BEN) },
        ProfileRecord::Contact { member: None },
        choice(Some(BEN), Choice::Never),
    ];
    let mut document = Document::new(DocumentId::profile(PERSON));
    for (id, says) in (1..).zip(says) {
        let role = match id % 2 {
            0 => Role::Person(PERSON),
            _ => Role::AuthorisedPerson(PERSON),
        };
        let person = PERSON;
        let intent = Intent::Profile { person, says };
        write(&mut document, &member(ANN, role), id, &intent).unwrap();
    }
    let profile = profile(&document);
    assert_eq!(profile.choices[&ANN], Choice::Automatic);
    assert!(!profile.bars(ANN) && profile.bars(BEN));
    assert_eq!(
        (profile.others, profile.contact),
        (Some(Choice::AskMe), None)
    );

    let intent = Intent::Profile {
        person: PERSON,
        says: choice(None, Choice::Never),
    };
    for role in [Role::Pa, Role::Manager, Role::FamilyContact(PERSON)] {
        let actual = write(&mut document, &member(BEN, role), 9, &intent).err();
        assert_eq!(actual, Some(Refusal::NotYourRole), "{role:?}");
    }
}
