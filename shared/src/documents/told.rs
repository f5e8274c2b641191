//! What a change tells, apart from any document.

use super::Record;
use super::shape::Name;
use crate::ids::RecordId;
use automerge::{
    ObjType, ScalarValue,
    legacy::{Key, OpType},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The content of a record, as some change told it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told(pub(super) Value);

impl Told {
    /// As a record of this shape, if it is one.
    pub fn record<B: DeserializeOwned>(&self, id: RecordId) -> Option<Record<B>> {
        let mut record: Record<B> = serde_json::from_value(self.0.clone()).ok()?;
        record.id = id;
        Some(record)
    }
}

/// Objects on their way to being records.
#[derive(Default)]
pub(super) struct Telling {
    /// By the operation that made it: what it holds, and where it goes.
    objects: BTreeMap<Name, (Value, Place)>,
}

enum Place {
    Record(RecordId),
    In(Name, Option<String>),
}

impl Telling {
    pub(super) fn hear(
        &mut self,
        record: bool,
        parent: Name,
        key: &Key,
        action: &OpType,
        id: Name,
    ) {
        let key = match key {
            Key::Map(key) => Some(key.to_string()),
            Key::Seq(_) => None,
        };
        let made = |kind: &ObjType| match kind {
            ObjType::List => Value::Array(Vec::new()),
            _ => Value::Object(Map::new()),
        };
        match (action, record, &key) {
            (OpType::Make(kind), true, Some(record)) => {
                if let Ok(record) = record.parse() {
                    self.objects.insert(id, (made(kind), Place::Record(record)));
                }
            }
            (OpType::Make(kind), false, _) => {
                self.objects
                    .insert(id, (made(kind), Place::In(parent, key)));
            }
            (OpType::Put(value), false, _) => {
                if let Some((object, _)) = self.objects.get_mut(&parent) {
                    add(object, key, scalar(value));
                }
            }
            _ => {}
        }
    }

    /// The records, once all operations were heard.
    pub(super) fn end(mut self) -> Vec<(RecordId, Told)> {
        let mut records = Vec::new();
        // What was made last is in what was made before it.
        while let Some((_, (value, place))) = self.objects.pop_last() {
            match place {
                Place::Record(id) => records.push((id, Told(value))),
                Place::In(parent, key) => {
                    match self.objects.get_mut(&parent) {
                        // The last of a list comes first here. A list of ours holds objects, or
                        // it holds none.
                        Some((Value::Array(items), _)) => items.insert(0, value),
                        Some((object, _)) => add(object, key, value),
                        None => {}
                    }
                }
            }
        }
        records.reverse();
        records
    }
}

fn add(object: &mut Value, key: Option<String>, value: Value) {
    match (object, key) {
        (Value::Object(fields), Some(key)) => drop(fields.insert(key, value)),
        // Lists are written from their start to their end.
        (Value::Array(items), None) => items.push(value),
        _ => {}
    }
}

fn scalar(value: &ScalarValue) -> Value {
    match value {
        ScalarValue::Boolean(b) => Value::Bool(*b),
        ScalarValue::Int(n) => Value::from(*n),
        ScalarValue::Str(s) => Value::from(s.as_str()),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        documents::{
            Author, Document, DocumentId, Record,
            notes::NoteRecord,
            rota::{Holder, RotaRecord},
            shape::records_told,
        },
        domain::{
            cover::Why,
            note::{Activity, Eaten, Meal, Mood, NoteText, Progress},
        },
        ids::{DeviceId, MemberId, PersonId, RecordId, ShiftId},
        time::{Moment, Month, Span},
    };

    #[test]
    fn a_list_of_maps_keeps_its_order() {
        let id = DocumentId::rota(PersonId::from_bytes([1; 16]), Month::new(2026, 11).unwrap());
        let holder = |n| Holder {
            pa: MemberId::from_bytes([n; 16]),
            since: (n > 1).then(|| RecordId::from_bytes([n; 16])),
        };
        let record = Record {
            id: RecordId::from_bytes([2; 16]),
            by: MemberId::from_bytes([3; 16]),
            at: Moment::from_millis(1_790_000_000_000),
            skew: Span::default(),
            body: RotaRecord::Word {
                shift: ShiftId::from_bytes([4; 16]),
                plan: RecordId::from_bytes([5; 16]),
                holders: [1, 2, 3].map(holder).into(),
                why: Why::Plan,
            },
        };
        let author = Author {
            device: DeviceId::from_bytes([7; 16]),
            life: 0,
        };
        let (mut first, mut second) = (Document::new(id), Document::new(id));
        let change = first.write(author, &record).unwrap();
        assert_eq!(first.record::<RotaRecord>(record.id), Some(record.clone()));
        let told = records_told(&second, &change);
        second.write_told(author, told[0].0, &told[0].1).unwrap();
        assert_eq!(second.record::<RotaRecord>(record.id), Some(record));
    }

    #[test]
    fn what_a_change_tells_can_be_written_as_another_change() {
        let id = DocumentId::notes(PersonId::from_bytes([1; 16]), Month::new(2026, 11).unwrap());
        let record = Record {
            id: RecordId::from_bytes([2; 16]),
            by: MemberId::from_bytes([3; 16]),
            at: Moment::from_millis(1_790_000_000_000),
            skew: Span::minutes(3),
            body: NoteRecord::Note {
                visit: None,
                says: NoteText {
                    mood: Some(Mood::Good),
                    meals: [(Meal::Lunch, Eaten::All)].into(),
                    activities: vec![Activity::Cooking, Activity::Rest, Activity::Outing],
                    goals: [("Walk".to_owned(), Progress::Well)].into(),
                    text: "ŵ".to_owned(),
                },
            },
        };
        let author = |n| Author {
            device: DeviceId::from_bytes([n; 16]),
            life: 0,
        };
        let mut first = Document::new(id);
        // Something else first, so that the change depends on what the other document lacks.
        let other = Record {
            id: RecordId::from_bytes([9; 16]),
            ..record.clone()
        };
        first.write(author(1), &other).unwrap();
        let change = first.write(author(1), &record).unwrap();

        let mut second = Document::new(id);
        let told = records_told(&second, &change);
        assert_eq!(told.len(), 1);
        second.write_told(author(2), told[0].0, &told[0].1).unwrap();
        assert_eq!(second.record::<NoteRecord>(record.id), Some(record));
    }
}
