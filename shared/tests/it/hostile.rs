//! Changes edited at random: each is refused or does no more than it says, and none panics.

use crate::{
    shape::{bens, honest, made},
    support::{ANN, PERSON, author, member, november, record_id, t, write},
};
use automerge::{
    ActorId, AutoSerde, Automerge, Change, ExpandedChange, ObjType, ScalarValue,
    legacy::{ElementId, Key, ObjectId, Op, OpId, OpType, SortedVec},
};
use kith_shared::{
    documents::{Document, shape::ShapeError},
    domain::{
        note::{Activity, Audience, Eaten, Meal, Mood, NoteText, Progress},
        shift::{Shift, ShiftKind},
        team::Role,
    },
    ids::{MemberId, ShiftId},
    intent::Intent,
    limits,
};
use proptest::{collection, prelude::*, sample::Index};
use sha2::{Digest as _, Sha256};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Something that is done to a change.
#[derive(Debug, Clone)]
enum Edit {
    Action(Index, OpType),
    Key(Index, Key),
    Object(Index, ObjectId),
    Pred(Index, Option<OpId>),
    Insert(Index),
    Remove(Index),
    Again(Index),
    Swap(Index, Index),
    StartOp(u32),
    NoDependency,
}

fn op_id() -> impl Strategy<Value = OpId> {
    let actor = prop_oneof![
        Just(ActorId::from(&[0_u8][..])),
        (1_u8..=3).prop_map(|n| author(n).actor()),
    ];
    (0_u64..48, actor).prop_map(|(counter, actor)| OpId(counter, actor))
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    let value = prop_oneof![
        Just(ScalarValue::Null),
        any::<i64>().prop_map(ScalarValue::Int),
        any::<u64>().prop_map(ScalarValue::Uint),
        any::<f64>().prop_map(ScalarValue::F64),
        any::<i64>().prop_map(ScalarValue::counter),
        ".{0,8}".prop_map(|s| ScalarValue::Str(s.into())),
    ];
    let kind = prop_oneof![
        Just(ObjType::Map),
        Just(ObjType::List),
        Just(ObjType::Text),
        Just(ObjType::Table),
    ];
    let action = prop_oneof![
        value.prop_map(OpType::Put),
        kind.prop_map(OpType::Make),
        Just(OpType::Delete),
        any::<i64>().prop_map(OpType::Increment),
        any::<bool>().prop_map(OpType::MarkEnd),
    ];
    let key = prop_oneof![
        "[a-z]{0,3}".prop_map(|k| Key::Map(k.into())),
        (0_u8..12).prop_map(|n| Key::Map(record_id(n).to_string().into())),
        Just(Key::head()),
        op_id().prop_map(|id| Key::Seq(ElementId::Id(id))),
    ];
    let object = prop_oneof![
        1 => Just(ObjectId::Root),
        9 => op_id().prop_map(ObjectId::Id),
    ];
    prop_oneof![
        (index(), action).prop_map(|(i, a)| Edit::Action(i, a)),
        (index(), key).prop_map(|(i, k)| Edit::Key(i, k)),
        (index(), object).prop_map(|(i, o)| Edit::Object(i, o)),
        (index(), proptest::option::of(op_id())).prop_map(|(i, p)| Edit::Pred(i, p)),
        index().prop_map(Edit::Insert),
        index().prop_map(Edit::Remove),
        index().prop_map(Edit::Again),
        (index(), index()).prop_map(|(i, j)| Edit::Swap(i, j)),
        (1_u32..).prop_map(Edit::StartOp),
        Just(Edit::NoDependency),
    ]
}

fn apply(edit: Edit, change: &mut ExpandedChange) {
    let ops = &mut change.operations;
    if ops.is_empty() {
        return;
    }
    let many = ops.len();
    let op = |i: Index, ops: &mut Vec<Op>, f: &dyn Fn(&mut Op)| f(i.get_mut(ops));
    match edit {
        Edit::Action(i, action) => op(i, ops, &|op| op.action = action.clone()),
        Edit::Key(i, key) => op(i, ops, &|op| op.key = key.clone()),
        Edit::Object(i, object) => op(i, ops, &|op| op.obj = object.clone()),
        Edit::Pred(i, pred) => op(i, ops, &|op| {
            op.pred = SortedVec::from(pred.iter().cloned().collect::<Vec<_>>());
        }),
        Edit::Insert(i) => op(i, ops, &|op| op.insert = !op.insert),
        Edit::Remove(i) => drop(ops.remove(i.index(many))),
        Edit::Again(i) => ops.push(i.get(ops).clone()),
        Edit::Swap(i, j) => ops.swap(i.index(many), j.index(many)),
        Edit::StartOp(n) => change.start_op = u64::from(n).try_into().unwrap(),
        Edit::NoDependency => change.deps.clear(),
    }
}

/// What the document says, in Automerge's own reading.
fn contents(document: &Document) -> serde_json::Value {
    let doc = Automerge::load(&document.save()).unwrap();
    serde_json::to_value(AutoSerde::from(&doc)).unwrap()
}

/// Whatever passes leaves all that was there as it was and adds just the records that it says.
fn check_sound(document: &Document, change: &Change) -> Result<(), TestCaseError> {
    let Ok(made) = made(document, change) else {
        return Ok(());
    };
    let mut after = document.clone();
    after.apply(vec![change.clone()]).unwrap();
    let (before, mut after) = (contents(document), contents(&after));
    let records = after["records"].as_object_mut().unwrap();
    for id in made {
        prop_assert!(
            records.remove(&id.to_string()).is_some(),
            "{} is not there",
            id
        );
    }
    prop_assert_eq!(before, after);
    Ok(())
}

/// A chunk's checksum is the first four bytes of the hash over what follows it.
fn with_checksum(mut chunk: Vec<u8>) -> Vec<u8> {
    let hash = Sha256::digest(&chunk[8..]);
    chunk[4..8].copy_from_slice(&hash[..4]);
    chunk
}

/// A place in a list after operation 0 is written as other bytes than the head of the list and reads
/// like it: saved, such a change is another one, and the document does not load.
#[test]
fn what_reads_as_another_change_is_refused() {
    let document = bens();
    let honest = honest(&document).decode();
    let mut lists = 0;
    for n in 0..honest.operations.len() {
        let mut change = honest.clone();
        let nothing = OpId::new(0, &change.actor_id);
        if let Key::Seq(_) = change.operations[n].key {
            lists += 1;
            change.operations[n].key = Key::Seq(ElementId::Id(nothing));
            let refused = made(&document, &change.into());
            assert_eq!(refused.err(), Some(ShapeError::NotARecord));
        }
    }
    assert!(lists > 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn edited_operations_are_sound_or_refused(edits in collection::vec(edit(), 1..4)) {
        let document = bens();
        let mut change = honest(&document).decode();
        for edit in edits {
            apply(edit, &mut change);
        }
        check_sound(&document, &change.into())?;
    }

    #[test]
    fn edited_bytes_never_panic(edits in collection::vec((any::<Index>(), any::<u8>()), 1..4)) {
        let document = bens();
        let mut bytes = honest(&document).raw_bytes().to_vec();
        for (at, byte) in edits {
            let body = bytes.len() - 12;
            bytes[12 + at.index(body)] = byte;
        }
        // Automerge may panic while it reads; that is the relay's to catch.
        let read = catch_unwind(|| Change::from_bytes(with_checksum(bytes)));
        if let Ok(Ok(change)) = read {
            let verdict = catch_unwind(AssertUnwindSafe(|| made(&document, &change)));
            prop_assert!(verdict.is_ok(), "panicked");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// As the relay sees it, before, and as the phone does, after.
    #[test]
    fn what_our_code_writes_passes(
        (says, amended) in (note_text(), note_text()),
        (place, reason) in (proptest::option::of(".{0,200}"), "\\S.{0,400}"),
        pas in collection::vec(any::<[u8; 16]>().prop_map(MemberId::from_bytes), 0..=limits::PAS_PER_SHIFT),
    ) {
        let (person, month, visit) = (PERSON, november(), record_id(9).into());
        let (start, end) = (t("2026-11-24 08:00"), t("2026-11-24 16:00"));
        let shift = ShiftId::from_bytes([5; 16]);
        let audience = Audience::Team;
        let note = record_id(9).into();
        let work = ShiftKind::SleepIn;
        let replaces = Some(record_id(8));
        let clocked = vec![
            Intent::ClockIn { person, month, shift: Some(shift), place },
            Intent::ClockOut { person, month, visit },
            Intent::AmendClock { person, month, visit, start, end: Some(end), reason: reason.clone() },
        ];
        let noted = vec![
            Intent::WriteNote { person, month, visit: Some(visit), audience, says },
            Intent::AmendNote { person, month, audience, note, says: amended, reason },
        ];
        let shift = Shift { shift, person, start, end, pas, work, replaces, needs: 1, shadows: vec![], series: None, pool: None };
        for intents in [clocked, noted, vec![Intent::publish(shift)]] {
            let mut document = Document::new(intents[0].document());
            for (id, intent) in (9..).zip(intents) {
                let before = document.clone();
                let change = write(&mut document, &member(ANN, Role::Pa), id, &intent).unwrap();
                prop_assert_eq!(made(&before, &change), Ok(vec![record_id(id)]));
                prop_assert_eq!(made(&document, &change), Ok(vec![record_id(id)]));
                check_sound(&before, &change)?;
            }
        }
    }
}

/// Any note that says something and keeps to the limits.
fn note_text() -> impl Strategy<Value = NoteText> {
    use proptest::{option, sample::select};
    let mood = option::of(select(vec![Mood::Great, Mood::Mixed, Mood::Poorly]));
    let meal = select(vec![Meal::Breakfast, Meal::Snack, Meal::Drinks]);
    let eaten = select(vec![Eaten::All, Eaten::Little, Eaten::None]);
    let meals = collection::btree_map(meal, eaten, 0..3);
    let activities = collection::vec(select(vec![Activity::Outing, Activity::Rest]), 0..65);
    let progress = select(vec![Progress::Well, Progress::Partly, Progress::NotToday]);
    let goals = collection::btree_map(".{1,40}", progress, 0..8);
    (mood, meals, activities, goals, "\\S.{0,400}").prop_map(
        |(mood, meals, activities, goals, text)| NoteText {
            mood,
            meals,
            activities,
            goals,
            text,
        },
    )
}
