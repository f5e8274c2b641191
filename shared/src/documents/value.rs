//! Records in and out of Automerge: maps, lists and scalars, in the order of their keys so that
//! the same record always makes the same bytes.

use crate::limits;
use automerge::{
    Automerge, AutomergeError, ObjId, ObjType, ReadDoc, ScalarValue, Value as Am,
    transaction::{Transactable, Transaction},
};
use serde_json::{Map, Value};

pub(super) fn put(
    tx: &mut Transaction<'_>,
    into: &ObjId,
    key: &str,
    value: &Value,
) -> Result<(), AutomergeError> {
    match kind(value) {
        Some(kind) => {
            let object = tx.put_object(into, key, kind)?;
            fill(tx, &object, value)
        }
        None => tx.put(into, key, scalar(value).ok_or(AutomergeError::Fail)?),
    }
}

fn kind(value: &Value) -> Option<ObjType> {
    match value {
        Value::Object(_) => Some(ObjType::Map),
        Value::Array(_) => Some(ObjType::List),
        _ => None,
    }
}

fn fill(tx: &mut Transaction<'_>, object: &ObjId, value: &Value) -> Result<(), AutomergeError> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .try_for_each(|(name, field)| put(tx, object, name, field)),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                if let Some(kind) = kind(item) {
                    let inner = tx.insert_object(object, at, kind)?;
                    fill(tx, &inner, item)?;
                } else {
                    tx.insert(object, at, scalar(item).ok_or(AutomergeError::Fail)?)?;
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn scalar(value: &Value) -> Option<ScalarValue> {
    match value {
        Value::Null => Some(ScalarValue::Null),
        Value::Bool(b) => Some(ScalarValue::Boolean(*b)),
        Value::Number(n) => n.as_i64().map(ScalarValue::Int),
        Value::String(s) => Some(ScalarValue::Str(s.as_str().into())),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// The value of this object, or `None` when it is not of a shape that we write.
pub(super) fn read(doc: &Automerge, object: &ObjId) -> Option<Value> {
    read_object(doc, object, limits::DEPTH)
}

fn read_object(doc: &Automerge, object: &ObjId, depth: u8) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    match doc.object_type(object).ok()? {
        ObjType::Map => {
            let mut fields = Map::new();
            for key in doc.keys(object) {
                let (value, id) = doc.get(object, key.as_str()).ok()??;
                fields.insert(key, read_value(doc, &value, &id, depth)?);
            }
            Some(Value::Object(fields))
        }
        ObjType::List => (0..doc.length(object))
            .map(|at| {
                let (value, id) = doc.get(object, at).ok()??;
                read_value(doc, &value, &id, depth)
            })
            .collect(),
        ObjType::Text | ObjType::Table => None,
    }
}

fn read_value(doc: &Automerge, value: &Am<'_>, id: &ObjId, depth: u8) -> Option<Value> {
    match value {
        Am::Object(_) => read_object(doc, id, depth),
        Am::Scalar(scalar) => match scalar.as_ref() {
            ScalarValue::Null => Some(Value::Null),
            ScalarValue::Boolean(b) => Some(Value::Bool(*b)),
            ScalarValue::Int(n) => Some(Value::from(*n)),
            ScalarValue::Str(s) => Some(Value::from(s.as_str())),
            _ => None,
        },
    }
}
