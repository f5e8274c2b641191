//! A change as what it says: one record, and where it stands among other changes. All bytes of a
//! change that a phone writes follow from that.

use super::{Author, Told, shape};
use crate::{ids::RecordId, limits};
use automerge::{
    ActorId, Change, ChangeHash, ExpandedChange, ObjType, ScalarValue,
    legacy::{ElementId, Key, ObjectId, Op, OpId, OpType},
};
use serde_json::Value;
use std::{num::NonZeroU64, panic::catch_unwind};

/// Counts that no document reaches: what is beyond is no change of ours.
const COUNTS: u64 = u32::MAX as u64;

/// A change that writes one record and does nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Who made it.
    pub author: Author,
    /// Its place among the author's changes.
    pub seq: u64,
    /// The number of its first operation.
    pub start: u64,
    /// The changes that it follows.
    pub deps: Vec<[u8; 32]>,
    /// The record's key.
    pub id: RecordId,
    /// The record.
    pub told: Told,
}

impl Said {
    /// What an uncompressed change says, if its bytes are just those that follow from it.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        // Automerge panics on some that are no change.
        catch_unwind(|| Self::read(bytes)).ok().flatten()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let change = Change::from_bytes(bytes.to_vec()).ok()?;
        if change.len() > limits::OPS_PER_CHANGE {
            return None;
        }
        let [(id, told)] = <[_; 1]>::try_from(shape::records_of(&change)).ok()?;
        let said = Self {
            author: Author::of(change.actor_id())?,
            seq: change.seq(),
            start: change.start_op().get(),
            deps: change.deps().iter().map(|hash| hash.0).collect(),
            id,
            told,
        };
        (said.change()?.raw_bytes() == bytes).then_some(said)
    }

    /// The change; `None` when no change of ours says this.
    pub fn change(&self) -> Option<Change> {
        if self.seq > COUNTS || self.start > COUNTS {
            return None;
        }
        let start_op = NonZeroU64::new(self.start)?;
        let mut writing = Writing {
            actor: self.author.actor(),
            start: self.start,
            operations: Vec::new(),
        };
        let key = Key::Map(self.id.to_string().into());
        writing.put(
            &shape::everywhere(),
            key,
            false,
            &self.told.0,
            limits::DEPTH,
        )?;
        let Writing {
            actor, operations, ..
        } = writing;
        Some(Change::from(ExpandedChange {
            operations,
            actor_id: actor,
            hash: None,
            seq: self.seq,
            start_op,
            time: 0,
            message: None,
            deps: self.deps.iter().copied().map(ChangeHash).collect(),
            extra_bytes: Vec::new(),
            author: None,
        }))
    }

    /// How many operations it has.
    pub fn operations(&self) -> u64 {
        count(&self.told.0)
    }
}

fn count(value: &Value) -> u64 {
    1 + match value {
        Value::Object(fields) => fields.values().map(count).sum(),
        Value::Array(items) => items.iter().map(count).sum(),
        _ => 0,
    }
}

/// Operations in the order in which a transaction makes them, as [`super::value::put`] has it.
struct Writing {
    actor: ActorId,
    start: u64,
    operations: Vec<Op>,
}

impl Writing {
    fn put(
        &mut self,
        into: &OpId,
        key: Key,
        insert: bool,
        value: &Value,
        depth: u8,
    ) -> Option<OpId> {
        if self.operations.len() == limits::OPS_PER_CHANGE {
            return None;
        }
        let id = OpId::new(self.start + self.operations.len() as u64, &self.actor);
        let action = match value {
            Value::Null => OpType::Put(ScalarValue::Null),
            Value::Bool(b) => OpType::Put(ScalarValue::Boolean(*b)),
            Value::Number(n) => OpType::Put(ScalarValue::Int(n.as_i64()?)),
            Value::String(s) => OpType::Put(ScalarValue::Str(s.as_str().into())),
            Value::Array(_) => OpType::Make(ObjType::List),
            Value::Object(_) => OpType::Make(ObjType::Map),
        };
        self.operations.push(Op {
            action,
            obj: ObjectId::Id(into.clone()),
            key,
            pred: std::iter::empty().collect(),
            insert,
        });
        let deeper = || depth.checked_sub(1);
        match value {
            Value::Object(fields) => {
                let depth = deeper()?;
                for (name, field) in fields {
                    self.put(&id, Key::Map(name.as_str().into()), false, field, depth)?;
                }
            }
            Value::Array(items) => {
                let depth = deeper()?;
                let mut after = ElementId::Head;
                for item in items {
                    let item = self.put(&id, Key::Seq(after), true, item, depth)?;
                    after = ElementId::Id(item);
                }
            }
            _ => {}
        }
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        documents::{
            Document, DocumentId, Record,
            notes::NoteRecord,
            rota::{Holder, RotaRecord},
            visits::VisitRecord,
        },
        domain::{
            cover::Why,
            note::{Activity, Eaten, Meal, Mood, NoteText, Progress},
        },
        ids::{DeviceId, MemberId, PersonId, ShiftId},
        time::{Moment, Month, Span},
    };
    use serde::Serialize;

    fn record<B>(n: u8, skew: i64, body: B) -> Record<B> {
        Record {
            id: RecordId::new(Moment::from_millis(1_790_000_000_000), n.into()),
            by: MemberId::from_bytes([3; 16]),
            at: Moment::from_millis(1_790_000_000_000),
            skew: Span::from_millis(skew),
            body,
        }
    }

    fn check<B: Serialize>(document: &mut Document, life: u16, record: &Record<B>) {
        let author = Author {
            device: DeviceId::from_bytes([7; 16]),
            life,
        };
        let change = document.write(author, record).unwrap();
        let said = Said::of(change.raw_bytes()).expect("it says one record");
        assert_eq!((said.id, said.author), (record.id, author));
        assert_eq!(said.operations(), change.len() as u64);
        assert_eq!(said.change().unwrap().hash(), change.hash());
    }

    /// Flat ones, lists of texts and of maps, maps in maps, every scalar.
    #[test]
    fn what_phones_and_relay_write_is_what_it_says() {
        let month = Month::new(2026, 11).unwrap();
        let person = PersonId::from_bytes([1; 16]);
        let mut visits = Document::new(DocumentId::visits(person, month));
        let clock_in = || VisitRecord::ClockIn {
            shift: Some(ShiftId::from_bytes([9; 16])),
            place: Some("wrth y drws, ŵ".to_owned()),
        };
        check(&mut visits, 0, &record(1, 0, clock_in()));
        check(&mut visits, 300, &record(2, -7, clock_in()));
        let mut rota = Document::new(DocumentId::rota(person, month));
        let holder = |n| Holder {
            pa: MemberId::from_bytes([n; 16]),
            since: (n > 1).then(|| RecordId::from_bytes([n; 16])),
        };
        let word = RotaRecord::Word {
            shift: ShiftId::from_bytes([4; 16]),
            plan: RecordId::from_bytes([5; 16]),
            holders: [1, 2, 3].map(holder).into(),
            why: Why::Plan,
        };
        check(&mut rota, 0, &record(3, 0, word));
        let mut notes = Document::new(DocumentId::notes(person, month));
        let note = NoteRecord::Note {
            visit: None,
            says: NoteText {
                mood: Some(Mood::Good),
                meals: [(Meal::Breakfast, Eaten::Some), (Meal::Lunch, Eaten::All)].into(),
                activities: vec![Activity::Cooking, Activity::Rest, Activity::Outing],
                goals: [("Walk".to_owned(), Progress::Well)].into(),
                text: "ŵ".repeat(300),
            },
        };
        check(&mut notes, 0, &record(4, 0, note));
    }

    #[test]
    fn what_no_document_reaches_is_no_change() {
        let said = Said {
            author: Author {
                device: DeviceId::from_bytes([7; 16]),
                life: 0,
            },
            seq: 1,
            start: 4,
            deps: vec![[1; 32]],
            id: RecordId::from_bytes([2; 16]),
            told: Told(serde_json::json!({"at": 1})),
        };
        assert!(said.change().is_some());
        let mut far = said.clone();
        far.start = u64::MAX;
        assert!(far.change().is_none());
        far = said.clone();
        far.seq = u64::MAX;
        assert!(far.change().is_none());
        far = said.clone();
        far.start = 0;
        assert!(far.change().is_none());
        for none in [
            serde_json::json!([1.5]),
            serde_json::json!([[[[[1]]]]]),
            serde_json::json!(vec![0; limits::OPS_PER_CHANGE]),
        ] {
            let other = Said {
                told: Told(none),
                ..said.clone()
            };
            assert!(other.change().is_none());
        }
    }
}
