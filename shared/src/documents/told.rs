//! What a change tells, apart from any document.

use super::{DocumentError, Record, shape::Name};
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
    /// The content of `record`.
    pub fn of<B: Serialize>(record: &Record<B>) -> Result<Self, DocumentError> {
        let value = serde_json::to_value(record);
        Ok(Self(
            value.map_err(|e| DocumentError::Record(e.to_string()))?,
        ))
    }

    pub(crate) fn new(says: Value) -> Self {
        Self(says)
    }

    pub(crate) fn value(&self) -> &Value {
        &self.0
    }

    /// As a record of this shape, if it is one.
    pub fn record<B: DeserializeOwned>(&self, id: RecordId) -> Option<Record<B>> {
        self.clone().into_record(id)
    }

    pub(super) fn into_record<B: DeserializeOwned>(self, id: RecordId) -> Option<Record<B>> {
        let mut record: Record<B> = serde_json::from_value(self.0).ok()?;
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
    Field(Name, String),
    Item(Name, usize),
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
            (OpType::Make(kind), false, Some(key)) => {
                let place = Place::Field(parent, key.clone());
                self.objects.insert(id, (made(kind), place));
            }
            (OpType::Make(kind), false, None) => {
                if let Some((Value::Array(items), _)) = self.objects.get_mut(&parent) {
                    let place = Place::Item(parent, items.len());
                    // Its place, until it is whole.
                    items.push(Value::Null);
                    self.objects.insert(id, (made(kind), place));
                }
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
            let (parent, at) = match place {
                Place::Record(id) => {
                    records.push((id, Told(value)));
                    continue;
                }
                Place::Field(parent, key) => (parent, Ok(key)),
                Place::Item(parent, at) => (parent, Err(at)),
            };
            match (self.objects.get_mut(&parent), at) {
                (Some((Value::Object(fields), _)), Ok(key)) => drop(fields.insert(key, value)),
                (Some((Value::Array(items), _)), Err(at)) => items[at] = value,
                _ => {}
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
    use super::Told;
    use crate::{
        documents::{
            Author, Basis, Document, DocumentId, Record,
            notes::NoteRecord,
            rota::{Holder, RotaRecord},
            shape::{records_made, records_told},
        },
        domain::{
            cover::Why,
            note::{Activity, Eaten, Meal, Mood, NoteText, Progress},
        },
        ids::{DeviceId, MemberId, PersonId, RecordId, ShiftId},
        time::{Moment, Month, Span},
    };
    use proptest::{
        collection::{btree_map, vec},
        prelude::*,
    };
    use serde_json::Value;

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

    /// What a record of ours may hold, this deep.
    fn anything(depth: u32) -> impl Strategy<Value = Value> {
        let plain = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[a-zŵ ]{0,12}".prop_map(Value::from),
        ];
        plain.prop_recursive(depth, 24, 4, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Value::from),
                btree_map("[a-z]{1,3}", inner, 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        /// What is decided on a change's own words is decided on what the document will say.
        #[test]
        fn a_change_tells_what_the_document_will_say(
            records in vec(btree_map("[a-z]{1,3}", anything(2), 0..5), 1..4),
        ) {
            let mut document = Document::new(DocumentId::Team);
            let author = Author { device: DeviceId::from_bytes([7; 16]), life: 0 };
            for (n, fields) in (1..).zip(records) {
                let before = document.clone();
                let (id, told) = (
                    RecordId::from_bytes([n; 16]),
                    Told(Value::Object(fields.into_iter().collect())),
                );
                let change = document.write_told(author, id, &told).unwrap();
                let made = records_made(&Basis::new(&before), &change);
                prop_assert_eq!(made, Ok(vec![(id, told.clone())]));
                prop_assert_eq!(document.told(id), Some(told));
            }
        }
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
