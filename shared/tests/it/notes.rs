//! Notes and what they said before. Source: `domain.md`, *Records*: amendments keep the original.

use crate::support::{ANN, BEN, PERSON, in_many_orders, name_of, plain, record, record_id};
use kith_shared::{
    documents::{Record, notes::NoteRecord},
    domain::note::{Audience, NoteText, notes},
    ids::MemberId,
};
use proptest::{collection, prelude::*, sample::select};

fn says(text: &str) -> NoteText {
    NoteText {
        text: text.into(),
        ..NoteText::default()
    }
}

fn note(id: u8, by: MemberId, text: &str) -> Record<NoteRecord> {
    let (visit, says) = (None, says(text));
    let body = NoteRecord::Note { visit, says };
    record(id, by, "2026-11-24 18:00", body)
}

fn amend(id: u8, by: MemberId, note: u8, text: &str, reason: &str) -> Record<NoteRecord> {
    let body = NoteRecord::Amendment {
        note: record_id(note).into(),
        says: says(text),
        reason: reason.into(),
    };
    record(id, by, "2026-11-25 09:00", body)
}

fn check(log: &[Record<NoteRecord>], expected: &str) {
    let found = notes(PERSON, Audience::Team, log);
    in_many_orders(log, |log| {
        assert_eq!(notes(PERSON, Audience::Team, log), found);
    });
    let mut drawn = Vec::new();
    for note in found.values() {
        assert_eq!((note.person, note.audience), (PERSON, Audience::Team));
        let (id, author) = (note.id.to_bytes()[1], name_of(note.author));
        drawn.push(format!("{id} {author}: {}", note.says.text));
        for (before, reason) in &note.earlier {
            drawn.push(format!("was {} ({reason})", before.text));
        }
    }
    assert_eq!(drawn.join("\n"), plain(expected));
}

#[test]
fn a_note_says_what_its_author_said_last() {
    check(&[], "");
    check(
        &[
            note(1, ANN, "Slept well."),
            note(2, BEN, "Went out."),
            amend(3, ANN, 1, "Slept badly.", "wrong night"),
            amend(4, ANN, 1, "Slept until four.", "more exact"),
        ],
        "
        1 Ann: Slept until four.
        was Slept well. (wrong night)
        was Slept badly. (more exact)
        2 Ben: Went out.
        ",
    );
}

#[test]
fn nobody_amends_anothers_note_or_one_that_is_not_there() {
    check(
        &[
            note(1, ANN, "Slept well."),
            amend(2, BEN, 1, "No.", "I know better"),
            amend(3, ANN, 2, "No.", "not a note"),
            amend(4, ANN, 9, "No.", "not there"),
        ],
        "1 Ann: Slept well.",
    );
}

#[test]
fn a_note_without_a_word_is_empty() {
    assert!(says("").is_empty() && says(" \n").is_empty());
    assert!(!says("x").is_empty());
    let mood = NoteText {
        mood: Some(kith_shared::domain::note::Mood::Low),
        ..says(" ")
    };
    assert!(!mood.is_empty());
}

proptest! {
    #[test]
    fn the_order_of_the_records_does_not_matter(
        acts in collection::vec((any::<bool>(), select(vec![ANN, BEN]), 0_u8..8, any::<u32>()), 0..16)
    ) {
        let mut log: Vec<_> = (0..).zip(&acts).map(|(id, (fresh, by, of, _))| {
            let text = format!("text {id}");
            if *fresh { note(id, *by, &text) } else { amend(id, *by, *of, &text, "why") }
        }).collect();
        let expected = notes(PERSON, Audience::Family, &log);
        log.sort_by_key(|r| acts[usize::from(r.id.to_bytes()[1])].3);
        prop_assert_eq!(&notes(PERSON, Audience::Family, &log), &expected);
        for note in expected.values() {
            let first = note.earlier.first().map_or(&note.says, |(before, _)| before);
            let id = note.id.to_bytes()[1];
            prop_assert_eq!(&first.text, &format!("text {id}"), "the original is kept");
            prop_assert_eq!(record_id(id), note.id.into());
        }
    }
}
