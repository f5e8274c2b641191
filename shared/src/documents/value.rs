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
    match value {
        Value::Object(fields) => {
            let map = tx.put_object(into, key, ObjType::Map)?;
            for (name, field) in fields {
                put(tx, &map, name, field)?;
            }
        }
        Value::Array(items) => {
            let list = tx.put_object(into, key, ObjType::List)?;
            for (at, item) in items.iter().enumerate() {
                // Records hold lists of scalars only.
                tx.insert(&list, at, scalar(item).ok_or(AutomergeError::Fail)?)?;
            }
        }
        _ => tx.put(into, key, scalar(value).ok_or(AutomergeError::Fail)?)?,
    }
    Ok(())
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
