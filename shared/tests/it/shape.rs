//! A change makes new records and does nothing else: ours pass, all others are refused.

use crate::support::{ANN, BEN, PERSON, author, november, record, record_id};
use automerge::{
    Automerge, Change, ChangeHash, ExpandedChange, ObjId, ObjType, ROOT, ReadDoc, ScalarValue,
    legacy::{ElementId, Key, MarkData, ObjectId, OpId, OpType},
    transaction::{Transactable, Transaction},
};
use kith_shared::{
    documents::{
        Author, Basis, Document, DocumentId,
        notes::NoteRecord,
        shape::{ShapeError, records_made},
    },
    domain::note::{Activity, Eaten, Meal, Mood, NoteText, Progress},
    ids::{RecordId, VisitId},
};

fn notes_id() -> DocumentId {
    DocumentId::team_notes(PERSON, november())
}

fn says() -> NoteText {
    NoteText {
        mood: Some(Mood::Good),
        meals: [(Meal::Lunch, Eaten::All)].into(),
        activities: vec![Activity::Rest, Activity::Social],
        goals: [("Walk to the shop".into(), Progress::Well)].into(),
        text: "We went to the market.".into(),
    }
}

fn note(visit: Option<VisitId>) -> NoteRecord {
    let says = says();
    NoteRecord::Note { visit, says }
}

/// Notes that hold Ben's record 2; it has maps, a list and texts.
pub fn bens() -> Document {
    let mut document = Document::new(notes_id());
    let bens = record(2, BEN, "2026-11-23 18:00", note(None));
    document.write(author(2), &bens).unwrap();
    document
}

pub fn made(document: &Document, change: &Change) -> Result<Vec<RecordId>, ShapeError> {
    let made = records_made(&Basis::new(document), change)?;
    Ok(made.into_iter().map(|(id, _)| id).collect())
}

/// The change that `author` makes with `write`, which gets the map of records, after `document`.
pub fn change_by(
    author: Author,
    document: &Document,
    write: impl FnOnce(&mut Transaction<'_>, &ObjId),
) -> Change {
    let doc = Automerge::load(&document.save()).unwrap();
    let mut doc = doc.with_actor(author.actor());
    let records = doc.get(ROOT, "records").unwrap().unwrap().1;
    let mut tx = doc.transaction();
    write(&mut tx, &records);
    tx.commit();
    doc.get_last_local_change().unwrap()
}

/// What becomes of a change that Ann's phone makes by other means than ours.
fn check(what: &str, expected: ShapeError, write: impl FnOnce(&mut Transaction<'_>, &ObjId)) {
    let document = bens();
    let change = change_by(author(1), &document, write);
    assert_eq!(made(&document, &change), Err(expected), "{what}");
}

/// As [`check`], beside a proper record 9 of Ann's own, which `write` gets.
fn check_beside(
    what: &str,
    expected: ShapeError,
    write: impl FnOnce(&mut Transaction<'_>, &ObjId, &ObjId),
) {
    check(what, expected, |tx, records| {
        let key = record_id(9).to_string();
        let own = tx.put_object(records, key, ObjType::Map).unwrap();
        tx.put(&own, "kind", "note").unwrap();
        write(tx, records, &own);
    });
}

fn key(n: u8) -> String {
    record_id(n).to_string()
}

#[test]
fn what_others_made_stays() {
    use ShapeError::NotARecord;
    let bens = |tx: &Transaction<'_>, records: &ObjId| tx.get(records, key(2)).unwrap().unwrap().1;
    check_beside("delete a record", NotARecord, |tx, records, _| {
        tx.delete(records, key(2)).unwrap();
    });
    check_beside("overwrite a record", NotARecord, |tx, records, _| {
        tx.put_object(records, key(2), ObjType::Map).unwrap();
    });
    check_beside("overwrite a field", NotARecord, |tx, records, _| {
        tx.put(bens(tx, records), "by", ANN.to_string()).unwrap();
    });
    check_beside("add a field", NotARecord, |tx, records, _| {
        tx.put(bens(tx, records), "seen", true).unwrap();
    });
    check_beside("delete a field", NotARecord, |tx, records, _| {
        tx.delete(bens(tx, records), "by").unwrap();
    });
    check_beside("add to a list", NotARecord, |tx, records, _| {
        let says = tx.get(bens(tx, records), "says").unwrap().unwrap().1;
        let list = tx.get(says, "activities").unwrap().unwrap().1;
        tx.insert(list, 0, "rest").unwrap();
    });
    check_beside("write at the root", NotARecord, |tx, _, _| {
        tx.put(ROOT, "schema", 2).unwrap();
    });
    check_beside("another map of records", NotARecord, |tx, _, _| {
        tx.put_object(ROOT, "records", ObjType::Map).unwrap();
    });
}

#[test]
fn a_record_is_a_map_under_an_identifier() {
    use ShapeError::{NoId, NotARecord};
    check("a value for a record", NotARecord, |tx, records| {
        tx.put(records, key(9), "x").unwrap();
    });
    check("a list for a record", NotARecord, |tx, records| {
        tx.put_object(records, key(9), ObjType::List).unwrap();
    });
    check("a text for a record", NotARecord, |tx, records| {
        tx.put_object(records, key(9), ObjType::Text).unwrap();
    });
    // Each spells an identifier as others might, so that one record would have two keys.
    let (lower, long) = (key(9).to_lowercase(), key(9) + "0");
    for name in [
        "note",
        "records",
        &lower,
        &long,
        "ZZZZZZZZZZZZZZZZZZZZZZZZZZ",
    ] {
        check(name, NoId, |tx, records| {
            tx.put_object(records, name, ObjType::Map).unwrap();
        });
    }
}

#[test]
fn a_record_holds_maps_lists_and_plain_values() {
    use ShapeError::{NotARecord, TooLong};
    for value in [
        ScalarValue::Bytes(vec![1]),
        ScalarValue::F64(1.5),
        ScalarValue::Uint(1),
        ScalarValue::Timestamp(1),
        ScalarValue::counter(1),
    ] {
        let what = format!("{value:?}");
        let in_list = value.clone();
        check_beside(&what, NotARecord, |tx, _, own| {
            tx.put(own, "at", value).unwrap();
        });
        check_beside(&what, NotARecord, |tx, _, own| {
            let list = tx.put_object(own, "list", ObjType::List).unwrap();
            tx.insert(list, 0, in_list).unwrap();
        });
    }
    for kind in [ObjType::Text, ObjType::Table] {
        check_beside("an object of another kind", NotARecord, |tx, _, own| {
            tx.put_object(own, "says", kind).unwrap();
        });
    }
    check_beside("a map in map in map in map", TooLong, |tx, _, own| {
        let mut inner = own.clone();
        for _ in 0..4 {
            inner = tx.put_object(&inner, "in", ObjType::Map).unwrap();
        }
    });
    check_beside(
        "a record that was thought better of",
        NotARecord,
        |tx, records, _| {
            tx.delete(records, key(9)).unwrap();
        },
    );
    check_beside("a field written twice", NotARecord, |tx, _, own| {
        tx.put(own, "kind", "incident").unwrap();
    });
    check_beside("a field deleted", NotARecord, |tx, _, own| {
        tx.delete(own, "kind").unwrap();
    });
    check_beside(
        "a list from its end to its start",
        NotARecord,
        |tx, _, own| {
            let list = tx.put_object(own, "list", ObjType::List).unwrap();
            tx.insert(&list, 0, "b").unwrap();
            tx.insert(&list, 0, "a").unwrap();
        },
    );
    check_beside(
        "a list with something put between",
        NotARecord,
        |tx, _, own| {
            let list = tx.put_object(own, "list", ObjType::List).unwrap();
            tx.insert(&list, 0, "a").unwrap();
            tx.insert(&list, 1, "c").unwrap();
            tx.insert(&list, 1, "b").unwrap();
        },
    );
    check_beside("an item overwritten", NotARecord, |tx, _, own| {
        let list = tx.put_object(own, "list", ObjType::List).unwrap();
        tx.insert(&list, 0, "a").unwrap();
        tx.put(&list, 0, "b").unwrap();
    });
}

/// A phone that has not seen record 2 writes one with the same key: nobody sees it in a merge of
/// its own, and the greater operation would win.
#[test]
fn a_key_is_taken_by_the_first_that_came() {
    let empty = Document::new(notes_id());
    for device in [1, 3] {
        let second = change_by(author(device), &empty, |tx, records| {
            tx.put_object(records, key(2), ObjType::Map).unwrap();
        });
        assert_eq!(made(&empty, &second), Ok(vec![record_id(2)]));
        assert_eq!(made(&bens(), &second), Err(ShapeError::NotARecord));
    }
    let document = bens();
    let bens = &document.changes()[0];
    assert_eq!(made(&document, bens), Ok(vec![record_id(2)]), "its own");
}

/// Ann's note 9 as our code writes it, after Ben's; operations: the record, `at`, `by`, `kind`,
/// `says` and what is in it.
pub fn honest(document: &Document) -> Change {
    let anns = record(9, ANN, "2026-11-24 18:00", note(None));
    document.clone().write(author(1), &anns).unwrap()
}

/// What becomes of Ann's honest change when `edit` has been at it.
fn check_edited(what: &str, expected: ShapeError, edit: impl FnOnce(&mut ExpandedChange)) {
    let document = bens();
    let change = honest(&document);
    assert_eq!(made(&document, &change), Ok(vec![record_id(9)]));
    let mut edited = change.decode();
    edit(&mut edited);
    assert_eq!(made(&document, &edited.into()), Err(expected), "{what}");
}

/// Where in the honest change the first item of a list is inserted.
fn first_item(change: &ExpandedChange) -> usize {
    change.operations.iter().position(|op| op.insert).unwrap()
}

fn op_of(change: &ExpandedChange, at: usize) -> OpId {
    OpId(change.start_op.get() + at as u64, change.actor_id.clone())
}

#[test]
fn what_automerge_itself_would_not_write() {
    use ShapeError::{Misplaced, NotARecord, Nothing, TooMuch};
    check_edited("nothing in it", Nothing, |c| c.operations.clear());
    let foreign = || OpId(8, author(2).actor());
    check_edited("after a foreign item", NotARecord, |c| {
        let at = first_item(c);
        c.operations[at].key = Key::Seq(ElementId::Id(foreign()));
    });
    check_edited("after one of the same number", NotARecord, |c| {
        let at = first_item(c) + 1;
        let first = OpId(op_of(c, at - 1).counter(), author(2).actor());
        c.operations[at].key = Key::Seq(ElementId::Id(first));
    });
    check_edited("after what is no item", NotARecord, |c| {
        let at = first_item(c);
        c.operations[at].key = Key::Seq(ElementId::Id(op_of(c, 1)));
    });
    check_edited("after itself", NotARecord, |c| {
        let at = first_item(c);
        c.operations[at].key = Key::Seq(ElementId::Id(op_of(c, at)));
    });
    check_edited("an item that is put, not inserted", NotARecord, |c| {
        let at = first_item(c);
        c.operations[at].insert = false;
    });
    check_edited("a record that is inserted", NotARecord, |c| {
        c.operations[0].insert = true;
    });
    check_edited("a field that is inserted", NotARecord, |c| {
        c.operations[1].insert = true;
    });
    check_edited("a field in a list", NotARecord, |c| {
        let at = first_item(c);
        c.operations[at].key = Key::Map("at".into());
    });
    check_edited("a field before its record", NotARecord, |c| {
        c.operations.swap(0, 1);
    });
    check_edited("an increment", NotARecord, |c| {
        c.operations[1].action = OpType::Increment(1);
    });
    check_edited("an increment of what was there", NotARecord, |c| {
        c.operations[1].action = OpType::Increment(1);
        c.operations[1].pred = vec![foreign()].into();
    });
    check_edited("a deletion of nothing", NotARecord, |c| {
        c.operations[1].action = OpType::Delete;
    });
    check_edited("the begin of a mark", NotARecord, |c| {
        let at = first_item(c);
        c.operations[at].action = OpType::MarkBegin(MarkData {
            name: "bold".into(),
            value: ScalarValue::Boolean(true),
            expand: true,
        });
    });
    check_edited("the end of a mark", NotARecord, |c| {
        let at = first_item(c);
        c.operations[at].action = OpType::MarkEnd(true);
    });
    check_edited("the same record twice", NotARecord, |c| {
        c.operations.push(c.operations[0].clone());
    });
    check_edited("the same field twice", NotARecord, |c| {
        c.operations.push(c.operations[1].clone());
    });
    check_edited("a record where nothing is", NotARecord, |c| {
        c.operations[0].obj = ObjectId::Id(OpId(99, author(2).actor()));
    });
    check_edited("too many operations", TooMuch, |c| {
        c.operations = vec![c.operations[0].clone(); 513];
    });
    check_edited("a time of its own", NotARecord, |c| c.time = 1);
    check_edited("a message", NotARecord, |c| {
        c.message = Some("nobody sees this".into());
    });
    check_edited("more bytes behind it", NotARecord, |c| {
        c.extra_bytes = vec![0; 100];
    });
    check_edited("a leap in the count", Misplaced, |c| {
        c.start_op = u64::from(u32::MAX - 100).try_into().unwrap();
    });
    check_edited("a count that starts again", Misplaced, |c| {
        c.start_op = 1.try_into().unwrap();
    });
    check_edited("following nothing", Misplaced, |c| c.deps.clear());
    check_edited("following what is not here", Misplaced, |c| {
        c.deps.push(ChangeHash([9; 32]));
    });
}
