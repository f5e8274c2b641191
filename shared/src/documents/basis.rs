//! What a change builds on.

use super::{Document, RECORDS, Record, Told, shape::ShapeError};
use crate::ids::RecordId;
use automerge::{
    Change, ChangeHash, ObjId, ROOT, ReadDoc,
    legacy::{Key, OpId},
};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};

/// A document, and the changes that will be in it before the one that is looked at: so that many
/// can be looked at in turn and go into the document all at once.
#[derive(Debug)]
pub struct Basis<'a> {
    document: &'a Document,
    /// The operation that made the map of records, in the genesis change.
    home: Option<OpId>,
    /// The changes ahead of the document, and the number of the last operation of each.
    ahead: HashMap<ChangeHash, u64>,
    /// What they tell.
    told: BTreeMap<RecordId, Told>,
}

impl<'a> Basis<'a> {
    /// The document as it is.
    pub fn new(document: &'a Document) -> Self {
        let home = match document.doc.get(ROOT, RECORDS) {
            Ok(Some((_, ObjId::Id(counter, actor, _)))) => Some(OpId(counter, actor)),
            _ => None,
        };
        Self {
            document,
            home,
            ahead: HashMap::new(),
            told: BTreeMap::new(),
        }
    }

    /// Goes on to a change that [makes these records](super::shape::records_made) here.
    pub fn follow(&mut self, change: &Change, records: &[(RecordId, Told)]) {
        self.ahead.insert(change.hash(), change.max_op());
        self.told.extend(records.iter().cloned());
    }

    /// The document that is built on.
    pub fn document(&self) -> &'a Document {
        self.document
    }

    /// Whether this change comes before.
    pub fn has(&self, hash: &ChangeHash) -> bool {
        self.ahead.contains_key(hash) || self.document.has(hash)
    }

    /// The record with this id, if it is there and of this shape.
    pub fn record<B: DeserializeOwned>(&self, id: RecordId) -> Option<Record<B>> {
        match self.told.get(&id) {
            Some(told) => told.record(id),
            None => self.document.record(id),
        }
    }

    pub(super) fn home(&self) -> Option<&OpId> {
        self.home.as_ref()
    }

    /// The number of the first operation of a change that goes on from where `change` says it does.
    pub(super) fn next_op(&self, change: &Change) -> Result<u64, ShapeError> {
        let end = |hash| match self.ahead.get(hash) {
            Some(end) => Some(*end),
            None => Some(self.document.doc.get_change_meta_by_hash(hash)?.max_op),
        };
        let ends = change.deps().iter().map(end);
        // All go on from the genesis at least.
        let ends: Option<Vec<u64>> = ends.collect();
        let last = ends.and_then(|ends| ends.into_iter().max());
        Ok(last.ok_or(ShapeError::Misplaced)? + 1)
    }

    /// Whether an operation other than `id` has made a record with this key.
    pub(super) fn taken(&self, key: &Key, id: &OpId) -> bool {
        let (Ok(map), Key::Map(key)) = (self.document.records_object(), key) else {
            return true;
        };
        if key.parse().is_ok_and(|id| self.told.contains_key(&id)) {
            return true;
        }
        let there = self.document.doc.get_all(&map, key.as_str());
        let there = there.unwrap_or_default();
        there.iter().any(|(_, object)| match object {
            ObjId::Id(counter, actor, _) => (*counter, actor) != (id.counter(), id.actor()),
            ObjId::Root => true,
        })
    }
}
