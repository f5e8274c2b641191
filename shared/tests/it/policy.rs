//! Every reason for which a record is refused, reached once and more.

use crate::support::{ANN, BEN, OTHER, PERSON, author, member, november, record_id, t, write};
use kith_shared::{
    documents::{Document, DocumentId, Record, shape::ShapeError},
    domain::{
        note::{Activity, Audience, Mood, NoteText},
        shift::{Shift, ShiftKind},
        team::{Hat, Member, Role},
    },
    ids::{RecordId, ShiftId},
    intent::{Intent, Stamp},
    limits,
    policy::{self, Refusal},
    time::{Month, Span},
};
use serde_json::{Value, json};

fn ann() -> Member {
    member(ANN, Role::Pa)
}

fn ben() -> Member {
    member(BEN, Role::Pa)
}

fn clock_in() -> Intent {
    Intent::ClockIn {
        person: PERSON,
        month: november(),
        shift: None,
        place: None,
    }
}

fn clock_out(visit: u8) -> Intent {
    Intent::ClockOut {
        person: PERSON,
        month: november(),
        visit: record_id(visit).into(),
    }
}

fn amend(visit: u8, start: &str, end: Option<&str>, reason: &str) -> Intent {
    Intent::AmendClock {
        person: PERSON,
        month: november(),
        visit: record_id(visit).into(),
        start: t(start),
        end: end.map(t),
        reason: reason.into(),
    }
}

fn note(says: NoteText) -> Intent {
    Intent::WriteNote {
        person: PERSON,
        month: november(),
        visit: None,
        audience: Audience::Team,
        says,
    }
}

fn text(text: &str) -> NoteText {
    NoteText {
        text: text.into(),
        ..NoteText::default()
    }
}

fn amend_note(note: u8, says: &str, reason: &str) -> Intent {
    Intent::AmendNote {
        person: PERSON,
        month: november(),
        note: record_id(note).into(),
        audience: Audience::Team,
        says: text(says),
        reason: reason.into(),
    }
}

fn shift(start: &str, end: &str) -> Shift {
    Shift {
        shift: ShiftId::from_bytes([5; 16]),
        person: PERSON,
        start: t(start),
        end: t(end),
        pas: vec![ANN],
        work: ShiftKind::Day,
        replaces: None,
        needs: 1,
        shadows: vec![],
        series: None,
        pool: None,
    }
}

/// What becomes of `intent` as `writer`'s, as record 9, after `before` were written as 1, 2, ….
fn check(before: &[(Member, Intent)], writer: &Member, intent: &Intent, expected: Option<Refusal>) {
    let mut document = Document::new(intent.document());
    for (id, (writer, intent)) in (1..).zip(before) {
        write(&mut document, writer, id, intent).unwrap();
    }
    let actual = write(&mut document, writer, 9, intent).err();
    assert_eq!(actual, expected, "{intent:?}");
}

#[test]
fn a_role_writes_where_it_may() {
    let note = note(text("We went to the market."));
    for (role, expected) in [
        (Role::Pa, None),
        (Role::Person(PERSON), Some(Refusal::NotYourRole)),
        (Role::AuthorisedPerson(PERSON), Some(Refusal::NotYourRole)),
        (Role::FamilyContact(PERSON), Some(Refusal::NotYourRole)),
        (Role::Manager, Some(Refusal::NotYourRole)),
    ] {
        check(&[], &member(ANN, role), &note, expected);
    }
    let mine = Intent::publish(shift("2026-11-24 08:00", "2026-11-24 16:00"));
    check(&[], &member(ANN, Role::Person(PERSON)), &mine, None);
    let stranger = member(ANN, Role::Person(OTHER));
    check(&[], &stranger, &mine, Some(Refusal::NotYourRole));
}

/// Nobody has the relay's documents to write in, whatever the record.
#[test]
fn the_relay_alone_writes_team_and_circle() {
    for id in [DocumentId::Team, DocumentId::circle(PERSON)] {
        let mut document = Document::new(id);
        raw(&mut document, &json!({"kind": "named", "name": "Ours"}));
        let actual = policy::check(&ann(), &document, &[], record_id(9));
        assert_eq!(actual, Err(Refusal::NotYourRole), "{id}");
    }
}

/// Amendments keep to who worked the visit or wrote the note (`domain.md`, *Records*: who
/// decided stands in the record, so nobody decides in another's name).
#[test]
fn a_visit_and_a_note_are_their_pas_own() {
    let visit = [(ann(), clock_in())];
    check(&visit, &ann(), &clock_out(1), None);
    check(&visit, &ben(), &clock_out(1), Some(Refusal::NotYourVisit));
    let earlier = amend(1, "2026-11-24 07:45", None, "I forgot");
    check(&visit, &ann(), &earlier, None);
    check(&visit, &ben(), &earlier, Some(Refusal::NotYourVisit));

    let written = [(ann(), note(text("Slept well.")))];
    let other = amend_note(1, "Slept badly.", "wrong night");
    check(&written, &ann(), &other, None);
    check(&written, &ben(), &other, Some(Refusal::NotYourNote));
}

#[test]
fn what_is_ended_or_amended_is_there() {
    let log = [(ann(), clock_in()), (ann(), clock_out(1))];
    let nothing = Some(Refusal::NothingToAmend);
    check(&[], &ann(), &clock_out(1), nothing);
    check(&log, &ann(), &clock_out(2), nothing);
    check(&log, &ann(), &clock_out(9), nothing);
    check(
        &log,
        &ann(),
        &amend(3, "2026-11-24 07:45", None, "why"),
        nothing,
    );

    let written = [
        (ann(), note(text("Slept well."))),
        (ann(), amend_note(1, "Slept badly.", "wrong night")),
    ];
    check(&written, &ann(), &amend_note(2, "No.", "why"), nothing);
    check(&[], &ann(), &amend_note(1, "No.", "why"), nothing);
}

#[test]
fn times_can_be_right() {
    let bad = Some(Refusal::BadTimes);
    let visit = [(ann(), clock_in())];
    for (start, end, expected) in [
        ("2026-11-24 08:00", Some("2026-11-24 16:00"), None),
        ("2026-11-24 08:00", Some("2026-11-24 08:00"), bad),
        ("2026-11-24 08:00", Some("2026-11-24 07:59"), bad),
        ("2014-11-24 08:00", None, bad),
        ("2101-01-01 00:00", None, bad),
        ("2100-12-31 22:00", Some("2101-01-01 06:00"), bad),
        ("2014-12-31 22:00", Some("2015-01-01 06:00"), bad),
    ] {
        check(&visit, &ann(), &amend(1, start, end, "why"), expected);
        if let Some(end) = end {
            let shift = shift(start, end);
            check(&[], &ann(), &Intent::publish(shift), expected);
        }
    }
}

#[test]
fn notes_and_reasons_say_something() {
    let empty = Some(Refusal::Empty);
    check(&[], &ann(), &note(text("")), empty);
    check(&[], &ann(), &note(text(" \n\t")), empty);
    let mood = NoteText {
        mood: Some(Mood::Good),
        ..text("")
    };
    check(&[], &ann(), &note(mood), None);

    let visit = [(ann(), clock_in())];
    for reason in ["", "  "] {
        check(
            &visit,
            &ann(),
            &amend(1, "2026-11-24 07:45", None, reason),
            empty,
        );
        let written = [(ann(), note(text("Slept well.")))];
        check(
            &written,
            &ann(),
            &amend_note(1, "Slept badly.", reason),
            empty,
        );
    }
    let written = [(ann(), note(text("Slept well.")))];
    check(&written, &ann(), &amend_note(1, " ", "why"), empty);
}

/// A list is as long as [`limits::ITEMS`] at most, so a phone must not save one that is longer:
/// the relay would refuse it.
#[test]
fn a_phone_foresees_what_the_relay_refuses() {
    let long = NoteText {
        activities: vec![Activity::Rest; limits::ITEMS + 1],
        ..text("Busy.")
    };
    check(&[], &ann(), &note(long), Some(Refusal::TooLong));

    let mut document = Document::new(clock_in().document());
    write(&mut document, &ann(), 1, &clock_in()).unwrap();
    let again = write(&mut document, &ann(), 1, &clock_in());
    assert_eq!(
        again.err(),
        Some(Refusal::NotARecord),
        "a record is written once"
    );
}

#[test]
fn an_intent_is_for_its_own_document() {
    let family = Document::new(DocumentId::notes(PERSON, november()));
    let others = Document::new(DocumentId::team_notes(OTHER, november()));
    let later = Document::new(DocumentId::team_notes(PERSON, november().next()));
    for mut document in [family, others, later] {
        let before = document.heads();
        let actual = write(&mut document, &ann(), 9, &note(text("For the team alone.")));
        assert_eq!(actual.err(), Some(Refusal::OtherDocument), "{document:?}");
        assert_eq!(document.heads(), before, "nothing was written");
    }
}

/// Writes what only a hostile or a newer app would, as record 9 of Ann's.
fn raw(document: &mut Document, body: &Value) {
    let record = Record {
        id: record_id(9),
        by: ANN,
        at: t("2026-11-24 12:00"),
        skew: Span::default(),
        body,
    };
    document.write(author(1), &record).unwrap();
}

/// What becomes of a record that no intent of this version writes.
fn check_raw(id: DocumentId, writer: &Member, body: &Value, expected: Result<(), Refusal>) {
    let mut document = Document::new(id);
    raw(&mut document, body);
    let actual = policy::check(writer, &document, &[], record_id(9));
    assert_eq!(actual, expected, "{id} {body}");
}

/// Planning is for who holds the rota, until the hat is handed on, and for the person.
#[test]
fn planning_takes_a_hat() {
    let plan = |writer: &Member, at: &str| {
        let planned = Intent::publish(shift("2026-11-24 07:00", "2026-11-24 13:00"));
        let (mut document, time) = (Document::new(planned.document()), Stamp::plain(t(at)));
        let written = planned.write(&mut document, author(1), writer, record_id(9), time);
        written.map(drop).map_err(|e| e.to_string())
    };
    let hat = Err(Refusal::NotYourHat.to_string());
    let until = |role, until: &str| Member {
        hats: [(Hat::RotaHolder, t(until))].into(),
        ..member(BEN, role)
    };
    assert_eq!(plan(&ann(), "2026-11-20 09:00"), Ok(()));
    assert_eq!(plan(&ben(), "2026-11-20 09:00"), hat);
    let holder = until(Role::Pa, "2026-11-20 09:00");
    assert_eq!(plan(&holder, "2026-11-20 08:59"), Ok(()));
    assert_eq!(plan(&holder, "2026-11-20 09:00"), hat);
    for role in [Role::Person(PERSON), Role::AuthorisedPerson(PERSON)] {
        assert_eq!(plan(&member(BEN, role), "2026-11-20 09:00"), Ok(()));
    }
}

#[test]
fn records_of_other_hands() {
    let visits = clock_in().document();
    let notes = note(text("")).document();
    let unknown = Err(Refusal::UnknownRecord);
    let clock_in = json!({"kind": "clock-in"});
    let foreign_note = json!({"kind": "note", "says": {"text": "x"}});
    let odd_note = json!({"kind": "note", "says": {"mood": "furious"}});
    check_raw(visits, &ann(), &clock_in, Ok(()));
    check_raw(visits, &ben(), &clock_in, Err(Refusal::NotYou));
    check_raw(visits, &ann(), &json!({"kind": "teleport"}), unknown);
    check_raw(visits, &ann(), &json!({}), unknown);
    check_raw(visits, &ann(), &foreign_note, unknown);
    check_raw(notes, &ann(), &clock_in, unknown);
    check_raw(notes, &ann(), &odd_note, unknown);
    let not_there = policy::check(&ann(), &Document::new(visits), &[], record_id(9));
    assert_eq!(not_there, unknown, "a record that is not in the document");
}

#[test]
fn a_shift_is_in_the_document_of_its_person_and_month() {
    let body = |person, start: &str, end: &str| {
        let shift = Shift {
            person,
            ..shift(start, end)
        };
        let mut body = serde_json::to_value(shift).unwrap();
        body["kind"] = json!("published");
        body
    };
    let rota = |month| DocumentId::rota(PERSON, Month::new(2026, month).unwrap());
    let night = |person| body(person, "2026-11-30 22:00", "2026-12-01 06:00");
    check_raw(rota(11), &ann(), &night(PERSON), Ok(()));
    check_raw(
        rota(12),
        &ann(),
        &night(PERSON),
        Err(Refusal::OtherDocument),
    );
    check_raw(rota(11), &ann(), &night(OTHER), Err(Refusal::OtherDocument));
}

/// A record's own time is checked too, so no skewed clock puts it into another age.
#[test]
fn a_record_is_of_our_time() {
    for (at, expected) in [
        ("2014-12-31 23:59", Err(Refusal::BadTimes)),
        ("2015-01-01 00:00", Ok(())),
        ("2100-12-31 23:59", Ok(())),
        ("2101-01-01 00:00", Err(Refusal::BadTimes)),
    ] {
        let mut document = Document::new(clock_in().document());
        let record = crate::support::record(9, ANN, at, json!({"kind": "clock-in"}));
        document.write(author(1), &record).unwrap();
        let actual = policy::check(&ann(), &document, &[], record_id(9));
        assert_eq!(actual, expected, "{at}");
    }
}

/// Ids order records, and the relay has to find one after the last.
#[test]
fn an_id_leaves_room_for_those_after_it() {
    let mut early = [0; 16];
    early[0] = 1;
    let last = RecordId::new(t("2100-12-31 23:59"), u128::MAX);
    let late = RecordId::new(t("2101-01-01 00:00"), 0);
    for (id, expected) in [
        (RecordId::from_bytes(early), Ok(())),
        (last, Ok(())),
        (late, Err(Refusal::BadTimes)),
        (RecordId::from_bytes([0xff; 16]), Err(Refusal::BadTimes)),
    ] {
        let mut document = Document::new(clock_in().document());
        let record =
            crate::support::record(9, ANN, "2026-11-20 09:00", json!({"kind": "clock-in"}));
        document.write(author(1), &Record { id, ..record }).unwrap();
        assert_eq!(policy::check(&ann(), &document, &[], id), expected, "{id}");
    }
}

/// There would be no end to the documents.
#[test]
fn a_document_is_of_our_time() {
    for (year, expected) in [
        (2014, Err(Refusal::BadTimes)),
        (*limits::YEARS.start(), Ok(())),
        (*limits::YEARS.end(), Ok(())),
        (5138, Err(Refusal::BadTimes)),
    ] {
        let visits = DocumentId::visits(PERSON, Month::new(year, 11).unwrap());
        check_raw(visits, &ann(), &json!({"kind": "clock-in"}), expected);
    }
}

#[test]
fn every_error_of_shape_is_a_refusal() {
    for (error, expected) in [
        (ShapeError::Nothing, Refusal::NotARecord),
        (ShapeError::NotARecord, Refusal::NotARecord),
        (ShapeError::Misplaced, Refusal::Misplaced),
        (ShapeError::NoId, Refusal::NotARecord),
        (ShapeError::TooMuch, Refusal::TooLarge),
        (ShapeError::TooLong, Refusal::TooLong),
    ] {
        assert_eq!(Refusal::from(error), expected);
    }
}
