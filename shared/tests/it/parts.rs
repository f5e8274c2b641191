//! A document that is spread over parts reads as one.

use crate::support::{ANN, BEN, PERSON, author, member, november, record, record_id, t, visits_id};
use kith_shared::{
    documents::{
        Document, DocumentId, Part, Record, Records, Size, Sizes, Whole, visits::VisitRecord,
    },
    domain::{
        note::{Audience, NoteText},
        team::{Member, Role},
    },
    ids::{NoteId, RecordId, VisitId},
    intent::{Intent, IntentError, Stamp},
    limits,
    policy::{Refusal, check},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn parts(id: DocumentId, count: usize) -> Vec<Document> {
    let parts = std::iter::successors(Some(id), |id| id.next());
    parts.take(count).map(Document::new).collect()
}

proptest! {
    /// Whatever stands in which part, and whatever of it came when.
    #[test]
    fn spread_over_parts_it_reads_the_same(
        places in prop::collection::vec((0_usize..4, 1_u8..40), 0..40),
        first in any::<prop::sample::Index>(),
    ) {
        let mut one = Document::new(visits_id());
        let mut spread = parts(visits_id(), 4);
        let (mut read, mut read_apart) = (BTreeSet::new(), BTreeSet::new());
        let (mut told, mut told_apart): (Vec<Record<Value>>, Vec<_>) = (Vec::new(), Vec::new());
        let mut known = BTreeSet::new();
        let mut kept = Records::<Value>::default();
        let middle = first.index(places.len() + 1);
        for (n, (part, id)) in places.into_iter().enumerate() {
            if n == middle {
                told.extend(Whole::from(&one).unread(&mut read).unwrap());
                let whole = Whole::new(spread.iter().rev()).unwrap();
                told_apart.extend(whole.unread(&mut read_apart).unwrap());
                prop_assert_eq!(kept.read(&whole), whole.records().0);
            }
            if known.insert(id) {
                let says = record(id, ANN, "2026-11-24 09:00", json!({ "n": n }));
                one.write(author(1), &says).unwrap();
                spread[part].write(author(1), &says).unwrap();
            }
        }
        let whole = Whole::new(&spread).unwrap();
        prop_assert_eq!(whole.id(), visits_id());
        prop_assert_eq!(whole.records::<Value>(), one.records::<Value>());
        prop_assert_eq!(whole.records::<VisitRecord>(), one.records::<VisitRecord>());
        told.extend(Whole::from(&one).unread(&mut read).unwrap());
        told_apart.extend(whole.unread(&mut read_apart).unwrap());
        prop_assert_eq!(told, told_apart);
        prop_assert_eq!(&read, &read_apart);
        prop_assert_eq!(kept.read(&whole), whole.records().0);
        // What is gone is noticed.
        if !known.is_empty() {
            let none = Document::new(visits_id());
            prop_assert_eq!(Whole::from(&none).unread::<Value>(&mut read_apart), None);
            prop_assert_eq!(kept.read(&Whole::from(&none)), []);
        }
    }
}

#[test]
fn of_two_records_with_one_id_the_one_in_the_earlier_part_counts() {
    let mut spread = parts(visits_id(), 3);
    for (part, n) in [(2, 2), (1, 1)] {
        let says = record(1, ANN, "2026-11-24 09:00", json!({ "n": n }));
        spread[part].write(author(1), &says).unwrap();
    }
    let mut orders = [[0, 1, 2], [2, 1, 0], [1, 2, 0]].into_iter();
    assert!(orders.all(|order| {
        let whole = Whole::new(order.map(|n| &spread[n])).unwrap();
        let (records, _) = whole.records::<Value>();
        records.len() == 1 && records[0].body["n"] == 1
    }));
}

fn act(
    document: &mut Document,
    others: &[&Document],
    who: &Member,
    id: u8,
    act: &Intent,
) -> Result<RecordId, Refusal> {
    let (id, at) = (record_id(id), Stamp::plain(t("2026-11-24 12:00")));
    let author = author(who.id.to_bytes()[0]);
    match act.write_among(document, others, author, who, id, at) {
        Ok(_) => Ok(id),
        Err(IntentError::Refused(refusal)) => Err(refusal),
        Err(IntentError::Document(error)) => panic!("{error}"),
    }
}

#[test]
fn an_act_may_be_about_what_an_earlier_part_tells() {
    let (ann, ben) = (member(ANN, Role::Pa), member(BEN, Role::Pa));
    let (person, month, audience) = (PERSON, november(), Audience::Team);
    let says = |text: &str| NoteText {
        text: text.into(),
        ..NoteText::default()
    };
    let begins = Intent::ClockIn {
        person,
        month,
        shift: None,
        place: None,
    };
    let visit = VisitId::from(record_id(1));
    let ends = Intent::ClockOut {
        person,
        month,
        visit,
    };
    let noted = Intent::WriteNote {
        person,
        month,
        visit: None,
        audience,
        says: says("A walk"),
    };
    let note = NoteId::from(record_id(1));
    let reason = "It was the park".to_owned();
    let amended = Intent::AmendNote {
        person,
        month,
        note,
        audience,
        says: says("A swim"),
        reason,
    };
    for (before, after, theirs) in [
        (begins, ends, Refusal::NotYourVisit),
        (noted, amended, Refusal::NotYourNote),
    ] {
        let mut spread = parts(before.document(), 2);
        let mut second = spread.pop().unwrap();
        act(&mut spread[0], &[], &ann, 1, &before).unwrap();
        let first = &spread[0];
        let fails = |who, others: &[&Document]| act(&mut second.clone(), others, who, 2, &after);
        assert_eq!(fails(&ann, &[]), Err(Refusal::NothingToAmend));
        assert_eq!(fails(&ben, &[first]), Err(theirs));
        act(&mut second, &[first], &ann, 2, &after).unwrap();
        assert_eq!(check(&ann, &second, &[first], record_id(2)), Ok(()));
        // The same record again, in another part, is none.
        let twice = act(&mut second, &[first], &ann, 1, &before);
        assert_eq!(twice, Err(Refusal::NotARecord));
        // And an act stays with its own document.
        let mut other = Document::new(DocumentId::profile(PERSON));
        let elsewhere = act(&mut other, &[first], &ann, 3, &after);
        assert_eq!(elsewhere, Err(Refusal::OtherDocument));
    }
}

#[test]
fn the_genesis_of_a_part_is_its_own() {
    let spread = parts(visits_id(), 2);
    let saved = spread[1].save();
    assert!(Document::load(spread[1].id(), &saved).is_ok());
    assert!(Document::load(visits_id(), &saved).is_err());
}

#[test]
fn a_document_is_as_long_as_its_changes() {
    let mut document = Document::new(visits_id());
    let mut size = Size::default();
    for n in 1..=6 {
        let says = record(n, ANN, "2026-11-24 09:00", json!({ "n": n }));
        let change = document.write(author(n % 2), &says).unwrap();
        size = size.with(change.raw_bytes().len(), n <= 2);
        assert_eq!(document.length().size(), size);
    }
    let sizes = Sizes::default();
    let last = (1..limits::PARTS).try_fold(Part::FIRST, |part, _| part.next());
    assert!(sizes.allow(last.unwrap()) && !sizes.allow(last.unwrap().next().unwrap()));
    for other in [
        Size {
            changes: size.changes + 1,
            ..size
        },
        Size {
            bytes: size.bytes + 1,
            ..size
        },
        Size {
            actors: size.actors + 1,
            ..size
        },
    ] {
        assert!(other.exceeds(&size) && other.reaches(&size));
        assert!(!size.exceeds(&other) && size.reaches(&other));
    }
    assert!(size.reaches(&size) && !size.exceeds(&size));
    // There is room between where writers roll over and where a part ends.
    assert!(sizes.most.reaches(&sizes.rolls) && !sizes.rolls.reaches(&sizes.most));
}
