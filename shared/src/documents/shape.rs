//! The shape of a change: which records it makes, and that it does nothing else.
//!
//! It is read from the decoded *operations*, not from patches: patches hide writes that lose
//! against others and are in the history all the same.

use super::{Basis, Document, GENESIS_ACTOR, Told, told::Telling};
use crate::{ids::RecordId, limits};
use automerge::{
    ActorId, Change, ObjType, ScalarValue,
    legacy::{ElementId, Key, ObjectId, OpId, OpType},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

/// Why a change is not of our shape.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// It makes no record.
    #[error("the change makes no record")]
    Nothing,
    /// It does more than [`limits::OPS_PER_CHANGE`] or [`limits::RECORDS_PER_CHANGE`] allow.
    #[error("the change does too much at once")]
    TooMuch,
    /// It touches what another change made, or makes what no record has.
    #[error("the change does something other than making new records")]
    NotARecord,
    /// It names changes that are not here, or counts on from another place than they end at. Every
    /// later change of everyone counts on from the highest, so a leap would use the numbers up.
    #[error("the change does not go on from the changes that it names")]
    Misplaced,
    /// A record's key is not an identifier.
    #[error("a record has no proper id")]
    NoId,
    /// A key of a record is longer than [`limits::NAME_CHARS`], a text longer than
    /// [`limits::TEXT_CHARS`], a map or list has more than [`limits::ITEMS`] entries, or they nest
    /// deeper than [`limits::DEPTH`].
    #[error("a text, a list or a map of a record is too long or too deep")]
    TooLong,
}

/// The records that `change` makes on `basis`, which has what the change depends on and may have
/// the change itself, and what they say. An error unless all it does is to make new records: maps
/// under `records` that nothing had the key of, filled in the same change.
pub fn records_made(
    basis: &Basis<'_>,
    change: &Change,
) -> Result<Vec<(RecordId, Told)>, ShapeError> {
    if change.len() > limits::OPS_PER_CHANGE {
        return Err(ShapeError::TooMuch);
    }
    // None is ever written by us, and all would go into the history unseen. Two times that are
    // further apart than numbers go make Automerge panic, in a document that each alone is sound in.
    if change.message().is_some() || !change.extra_bytes().is_empty() || change.timestamp() != 0 {
        return Err(ShapeError::NotARecord);
    }
    if change.start_op().get() != basis.next_op(change)? {
        return Err(ShapeError::Misplaced);
    }
    let home = basis.home().ok_or(ShapeError::NotARecord)?;
    // Automerge reads columns that name an actor which the change does not list, and panics here.
    // And what reads as another change than its bytes are cannot be loaded again once it is saved.
    let decoded = catch_unwind(AssertUnwindSafe(|| {
        let decoded = change.decode();
        (Change::from(decoded.clone()).hash() == change.hash()).then_some(decoded)
    }));
    let change = decoded.ok().flatten().ok_or(ShapeError::NotARecord)?;
    let (mut made, mut telling) = (Made::default(), Telling::default());
    for (n, op) in change.operations.iter().enumerate() {
        let id = OpId::new(change.start_op.get() + n as u64, &change.actor_id);
        if !op.pred.is_empty() {
            return Err(ShapeError::NotARecord);
        }
        let ObjectId::Id(parent) = &op.obj else {
            return Err(ShapeError::NotARecord);
        };
        let record = parent == home;
        if record {
            if op.insert || basis.taken(&op.key, &id) {
                return Err(ShapeError::NotARecord);
            }
            made.record(&op.key, &op.action, &id)?;
        } else {
            made.field(parent, &op.key, &op.action, op.insert, &id)?;
        }
        telling.hear(record, name(parent), &op.key, &op.action, name(&id));
    }
    if made.records.is_empty() {
        Err(ShapeError::Nothing)
    } else {
        Ok(telling.end())
    }
}

/// What the records say that `change` makes, read from its operations alone: the change need not
/// fit on `document`, which only tells where records go. What is of another shape is left out.
pub fn records_told(document: &Document, change: &Change) -> Vec<(RecordId, Told)> {
    let basis = Basis::new(document);
    basis
        .home()
        .map_or_else(Vec::new, |home| told_at(home, change))
}

/// The same of a change of any document: all begin with the same operations.
pub(super) fn records_of(change: &Change) -> Vec<(RecordId, Told)> {
    told_at(&everywhere(), change)
}

fn told_at(home: &OpId, change: &Change) -> Vec<(RecordId, Told)> {
    let Ok(change) = catch_unwind(AssertUnwindSafe(|| change.decode())) else {
        return Vec::new();
    };
    let mut telling = Telling::default();
    for (n, op) in change.operations.iter().enumerate() {
        let id = OpId::new(change.start_op.get() + n as u64, &change.actor_id);
        let ObjectId::Id(parent) = &op.obj else {
            continue;
        };
        let record = parent == home;
        telling.hear(record, name(parent), &op.key, &op.action, name(&id));
    }
    telling.end()
}

/// The operation that made the map of records: the third of every genesis change.
pub(super) fn everywhere() -> OpId {
    OpId::new(3, &ActorId::from(&GENESIS_ACTOR[..]))
}

/// The counter and the actor of an operation, in an order.
pub(super) type Name = (u64, Vec<u8>);

/// What one change has made so far.
#[derive(Default)]
struct Made {
    records: Vec<RecordId>,
    objects: BTreeMap<Name, Object>,
}

struct Object {
    kind: ObjType,
    /// How many more maps or lists may nest in it.
    room: u8,
    keys: BTreeSet<String>,
    items: usize,
    /// The operation that wrote the last item of a list.
    last: Option<u64>,
}

fn name(id: &OpId) -> Name {
    (id.counter(), id.actor().to_bytes().to_vec())
}

impl Made {
    fn object(&mut self, id: &OpId, kind: ObjType, room: u8) {
        let object = Object {
            kind,
            room,
            keys: BTreeSet::new(),
            items: 0,
            last: None,
        };
        self.objects.insert(name(id), object);
    }

    fn record(&mut self, key: &Key, action: &OpType, id: &OpId) -> Result<(), ShapeError> {
        let (Key::Map(key), OpType::Make(ObjType::Map)) = (key, action) else {
            return Err(ShapeError::NotARecord);
        };
        let record: RecordId = key.parse().map_err(|_| ShapeError::NoId)?;
        if self.records.contains(&record) {
            return Err(ShapeError::NotARecord);
        }
        if self.records.len() == limits::RECORDS_PER_CHANGE {
            return Err(ShapeError::TooMuch);
        }
        self.records.push(record);
        self.object(id, ObjType::Map, limits::DEPTH - 1);
        Ok(())
    }

    fn field(
        &mut self,
        parent: &OpId,
        key: &Key,
        action: &OpType,
        insert: bool,
        id: &OpId,
    ) -> Result<(), ShapeError> {
        // The object must have been made in this very change.
        let object = self
            .objects
            .get_mut(&name(parent))
            .ok_or(ShapeError::NotARecord)?;
        if object.items == limits::ITEMS {
            return Err(ShapeError::TooLong);
        }
        match (object.kind, key) {
            (ObjType::Map, Key::Map(key)) if !insert => {
                if key.chars().count() > limits::NAME_CHARS {
                    return Err(ShapeError::TooLong);
                }
                if !object.keys.insert(key.to_string()) {
                    return Err(ShapeError::NotARecord);
                }
            }
            // From its start to its end, as we write it.
            (ObjType::List, Key::Seq(after)) if insert => match (after, object.last) {
                (ElementId::Head, None) => {}
                (ElementId::Id(after), Some(last))
                    if after.actor() == id.actor() && after.counter() == last => {}
                _ => return Err(ShapeError::NotARecord),
            },
            _ => return Err(ShapeError::NotARecord),
        }
        object.items += 1;
        object.last = Some(id.counter());
        match action {
            OpType::Make(kind @ (ObjType::Map | ObjType::List)) => {
                let room = object.room.checked_sub(1).ok_or(ShapeError::TooLong)?;
                self.object(id, *kind, room);
            }
            OpType::Put(ScalarValue::Str(text)) if text.chars().count() > limits::TEXT_CHARS => {
                return Err(ShapeError::TooLong);
            }
            OpType::Put(
                ScalarValue::Null
                | ScalarValue::Boolean(_)
                | ScalarValue::Int(_)
                | ScalarValue::Str(_),
            ) => {}
            _ => return Err(ShapeError::NotARecord),
        }
        Ok(())
    }
}
