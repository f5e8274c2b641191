//! The shape of a change: which records it makes, and that it does nothing else.
//!
//! It is read from the decoded *operations*, not from patches: patches hide writes that lose
//! against others and are in the history all the same.

use super::{Document, RECORDS};
use crate::{ids::RecordId, limits};
use automerge::{
    Change, ObjType, ROOT, ReadDoc, ScalarValue,
    legacy::{ElementId, Key, ObjectId, OpId, OpType},
};
use std::collections::{BTreeMap, BTreeSet};

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
    /// A record's key is not an identifier.
    #[error("a record has no proper id")]
    NoId,
    /// A key of a record is longer than [`limits::NAME_CHARS`], a text longer than
    /// [`limits::TEXT_CHARS`], or a map or list has more than [`limits::ITEMS`] entries.
    #[error("a text, a list or a map of a record is too long")]
    TooLong,
}

/// The records that `change` makes in `document`. An error unless all it does is to make new
/// records: maps under `records` that nothing had the key of, filled in the same change.
pub fn records_made(document: &Document, change: &Change) -> Result<Vec<RecordId>, ShapeError> {
    if change.len() > limits::OPS_PER_CHANGE {
        return Err(ShapeError::TooMuch);
    }
    let home = home(document).ok_or(ShapeError::NotARecord)?;
    let change = change.decode();
    let mut made = Made::default();
    for (n, op) in change.operations.iter().enumerate() {
        let id = OpId::new(change.start_op.get() + n as u64, &change.actor_id);
        if !op.pred.is_empty() {
            return Err(ShapeError::NotARecord);
        }
        let ObjectId::Id(parent) = &op.obj else {
            return Err(ShapeError::NotARecord);
        };
        if *parent == home {
            made.record(&op.key, &op.action, &id)?;
        } else {
            made.field(parent, &op.key, &op.action, op.insert, &id)?;
        }
    }
    if made.records.is_empty() {
        Err(ShapeError::Nothing)
    } else {
        Ok(made.records)
    }
}

/// The operation that made the map of records, in the genesis change.
fn home(document: &Document) -> Option<OpId> {
    let (_, id) = document.doc.get(ROOT, RECORDS).ok()??;
    match id {
        automerge::ObjId::Id(counter, actor, _) => Some(OpId(counter, actor)),
        automerge::ObjId::Root => None,
    }
}

/// What one change has made so far.
#[derive(Default)]
struct Made {
    records: Vec<RecordId>,
    objects: BTreeMap<(u64, Vec<u8>), Object>,
}

struct Object {
    kind: ObjType,
    keys: BTreeSet<String>,
    items: usize,
}

fn name(id: &OpId) -> (u64, Vec<u8>) {
    (id.counter(), id.actor().to_bytes().to_vec())
}

impl Made {
    fn object(&mut self, id: &OpId, kind: ObjType) {
        self.objects.insert(
            name(id),
            Object {
                kind,
                keys: BTreeSet::new(),
                items: 0,
            },
        );
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
        self.object(id, ObjType::Map);
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
        object.items += 1;
        if object.items > limits::ITEMS {
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
            (ObjType::List, Key::Seq(after)) if insert => match after {
                ElementId::Head => {}
                ElementId::Id(after) if after.actor() == id.actor() => {}
                ElementId::Id(_) => return Err(ShapeError::NotARecord),
            },
            _ => return Err(ShapeError::NotARecord),
        }
        match action {
            OpType::Make(kind @ (ObjType::Map | ObjType::List)) => self.object(id, *kind),
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
