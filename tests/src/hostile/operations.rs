//! Changes whose operations were edited one by one, and written again in proper form.

use super::{
    change::{Pushed, checked, wild_time},
    ground::{Hand, raw},
};
use automerge::{
    ActorId, Change, ExpandedChange, ObjType, ScalarValue,
    legacy::{ElementId, Key, ObjectId, OpId, OpType, SortedVec},
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One to five edits.
pub(super) fn edited(hand: &mut Hand<'_>) -> Pushed {
    let (document, honest) = hand.honest();
    let mut change = honest.decode();
    for _ in 0..hand.dice.usize(1..5) {
        edit(hand, &mut change);
    }
    // What Automerge cannot even write is sent as bytes that say something else.
    let written = catch_unwind(AssertUnwindSafe(|| raw(&Change::from(change))));
    let bytes = written.unwrap_or_else(|_| {
        let mut bytes = honest.raw_bytes().to_vec();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        checked(bytes)
    });
    vec![(document, bytes)]
}

fn edit(hand: &mut Hand<'_>, change: &mut ExpandedChange) {
    if change.operations.is_empty() {
        return;
    }
    let many = change.operations.len();
    let (at, other) = (hand.dice.usize(..many), hand.dice.usize(..many));
    let last = change.start_op.get() + many as u64;
    let ops = &mut change.operations;
    match hand.dice.u8(..12) {
        0 => ops[at].action = action(hand),
        1 => ops[at].key = key(hand, last),
        2 => ops[at].obj = object(hand, last),
        3 => ops[at].pred = SortedVec::from(vec![op_id(hand, last)]),
        4 => ops[at].insert = !ops[at].insert,
        5 => drop(ops.remove(at)),
        6 => ops.push(ops[at].clone()),
        7 => ops.swap(at, other),
        8 => {
            let again = ops.clone();
            ops.extend(again);
        }
        9 => ops[at].obj = ObjectId::Root,
        10 => {
            // An operation that replaces what every document begins with.
            ops[at].obj = ObjectId::Root;
            ops[at].key = Key::Map(hand.one_of(&["doc", "schema", "records"]).into());
        }
        _ => ops.truncate(at),
    }
}

fn actor(hand: &mut Hand<'_>) -> ActorId {
    match hand.dice.u8(..5) {
        0 => ActorId::from(&[0_u8][..]),
        1 => ActorId::from(&hand.bytes::<18>()[..]),
        2 => ActorId::from(&[][..]),
        _ => hand.author().actor(),
    }
}

fn op_id(hand: &mut Hand<'_>, last: u64) -> OpId {
    let any = hand.dice.u64(..);
    let near = hand.dice.u64(..last + 4);
    let counter = hand.one_of(&[near, near, near, 0, any >> 1]);
    OpId(counter, actor(hand))
}

fn object(hand: &mut Hand<'_>, last: u64) -> ObjectId {
    match hand.dice.u8(..8) {
        0 => ObjectId::Root,
        _ => ObjectId::Id(op_id(hand, last)),
    }
}

fn key(hand: &mut Hand<'_>, last: u64) -> Key {
    match hand.dice.u8(..6) {
        0 => Key::head(),
        1 => Key::Seq(ElementId::Id(op_id(hand, last))),
        2 => Key::Map(hand.record().to_string().into()),
        3 => Key::Map(hand.record().to_string().to_lowercase().into()),
        4 => Key::Map(hand.text(300).into()),
        _ => Key::Map(
            hand.one_of(&["by", "at", "kind", "", "__proto__", "records"])
                .into(),
        ),
    }
}

fn action(hand: &mut Hand<'_>) -> OpType {
    let wild = wild_time(hand);
    let value = match hand.dice.u8(..8) {
        0 => ScalarValue::Null,
        1 => ScalarValue::Int(wild),
        2 => ScalarValue::Uint(hand.dice.u64(..)),
        3 => ScalarValue::F64(f64::from_bits(hand.dice.u64(..))),
        4 => ScalarValue::counter(wild),
        5 => ScalarValue::Timestamp(wild),
        6 => ScalarValue::Bytes(hand.bytes::<40>().to_vec()),
        _ => ScalarValue::Str(hand.text(80).into()),
    };
    match hand.dice.u8(..8) {
        0 => OpType::Make(ObjType::Map),
        1 => OpType::Make(ObjType::List),
        2 => OpType::Make(ObjType::Text),
        3 => OpType::Make(ObjType::Table),
        4 => OpType::Delete,
        5 => OpType::Increment(wild),
        6 => OpType::MarkEnd(hand.dice.bool()),
        _ => OpType::Put(value),
    }
}
