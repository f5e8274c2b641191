//! The Automerge documents: one a kind, subject and month, each a set of immutable records. One
//! that gets long goes on in another, its next [part](Part).
//!
//! A document's root has three keys, made by a *genesis change* that everyone builds alike: `doc`
//! (its name), `schema` and `records`, a map from [`RecordId`] to a record. Nothing is ever
//! changed or deleted in it: an amendment is a new record that names the old one, so two phones
//! can never overwrite each other and no history needs to be dug for.

pub mod availability;
mod basis;
pub mod circle;
mod id;
pub mod notes;
mod part;
pub mod profile;
pub mod rota;
mod said;
pub mod shape;
mod size;
pub mod team;
mod told;
mod value;
pub mod visits;

pub use basis::Basis;
pub use id::{DocumentId, DocumentKind, NotADocument};
pub use part::{Part, Records, Whole};
pub use said::Said;
pub use size::{Length, Size, Sizes};
pub use told::Told;

use crate::{
    ids::{DeviceId, MemberId, RecordId},
    time::{Moment, Span},
};
use automerge::{
    ActorId, Automerge, AutomergeError, Change, ChangeHash, LoadOptions, ObjId, ObjType, ROOT,
    ReadDoc, TextEncoding, transaction::Transactable,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// The schema of new documents. A change of schema is a fixed change that everyone makes alike.
pub const SCHEMA: i64 = 1;

/// JavaScript's unit, so that both sides count alike should a document ever hold text objects.
const ENCODING: TextEncoding = TextEncoding::Utf16CodeUnit;
/// Who makes genesis changes: nobody's device.
const GENESIS_ACTOR: [u8; 1] = [0];
/// The map that holds the records, in the genesis change.
const RECORDS: &str = "records";

/// One immutable record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record<B> {
    /// Its key in the document.
    #[serde(skip, default = "nil")]
    pub id: RecordId,
    /// Who says so.
    pub by: MemberId,
    /// When: by the clock of the device that wrote it, put right by `skew`.
    pub at: Moment,
    /// What was added to the device's clock, because the relay had shown it to be wrong; the
    /// device's own time was `at - skew`. Zero for a clock that is right or was never compared.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub skew: Span,
    /// What it says.
    #[serde(flatten)]
    pub body: B,
}

impl<B> Record<B> {
    /// The same record with another body.
    pub fn with<C>(&self, body: C) -> Record<C> {
        Record {
            id: self.id,
            by: self.by,
            at: self.at,
            skew: self.skew,
            body,
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_zero(span: &Span) -> bool {
    *span == Span::default()
}

pub(crate) fn nil() -> RecordId {
    RecordId::from_bytes([0; 16])
}

/// The author of changes in Automerge's sense: one device in one of its lives. Changes of one
/// actor are strictly sequential, so a phone that finds that its past was taken (its store was
/// restored from a backup, say) goes on in a new life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Author {
    /// The device.
    pub device: DeviceId,
    /// Which of its lives.
    pub life: u16,
}

impl Author {
    /// As Automerge knows it: 16 bytes of device and 2 of life.
    pub fn actor(self) -> ActorId {
        let mut bytes = [0; 18];
        bytes[..16].copy_from_slice(&self.device.to_bytes());
        bytes[16..].copy_from_slice(&self.life.to_be_bytes());
        ActorId::from(bytes.as_slice())
    }
    /// Who an actor is, or `None` when it is none of ours.
    pub fn of(actor: &ActorId) -> Option<Self> {
        let bytes: [u8; 18] = actor.to_bytes().try_into().ok()?;
        let (device, life) = bytes.split_at(16);
        Some(Self {
            device: DeviceId::from_bytes(device.try_into().ok()?),
            life: u16::from_be_bytes(life.try_into().ok()?),
        })
    }
}

/// A document and its name.
#[derive(Debug, Clone)]
pub struct Document {
    id: DocumentId,
    doc: Automerge,
}

/// A document that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Automerge refused.
    #[error("the document cannot take this: {0}")]
    Automerge(#[from] Box<AutomergeError>),
    /// The bytes hold another document.
    #[error("these bytes are not the document {0}")]
    OtherDocument(DocumentId),
    /// The record cannot be written down.
    #[error("the record cannot be written: {0}")]
    Record(String),
}

impl From<AutomergeError> for DocumentError {
    fn from(error: AutomergeError) -> Self {
        Self::Automerge(Box::new(error))
    }
}

impl Document {
    /// The document as it begins everywhere: its genesis change and nothing else.
    pub fn new(id: DocumentId) -> Self {
        let mut doc =
            Automerge::new_with_encoding(ENCODING).with_actor(ActorId::from(&GENESIS_ACTOR[..]));
        let mut tx = doc.transaction();
        // A fresh map takes these three keys; there is no state in which it would not.
        let made = tx
            .put(ROOT, "doc", id.to_string())
            .and_then(|()| tx.put(ROOT, "schema", SCHEMA))
            .and_then(|()| tx.put_object(ROOT, RECORDS, ObjType::Map));
        debug_assert!(made.is_ok());
        tx.commit();
        Self { id, doc }
    }

    /// The document that `saved` holds, as written by [`Document::save`] on a side we trust: our
    /// own store, or the relay towards its phones. Never for what came from a phone.
    pub fn load(id: DocumentId, saved: &[u8]) -> Result<Self, DocumentError> {
        let doc = Automerge::load_with_options(saved, LoadOptions::new().text_encoding(ENCODING))?;
        let genesis = Self::new(id).heads();
        if genesis
            .iter()
            .any(|hash| doc.get_change_by_hash(hash).is_none())
        {
            return Err(DocumentError::OtherDocument(id));
        }
        Ok(Self { id, doc })
    }

    /// Its bytes, columns compressed.
    pub fn save(&self) -> Vec<u8> {
        self.doc.save()
    }

    /// Its bytes as they are: larger, and quicker to write and to load.
    pub fn save_plain(&self) -> Vec<u8> {
        self.doc.save_nocompress()
    }

    /// Whether what it is saved as loads again, as the same.
    pub fn reloads(&self) -> bool {
        // Uncompressed: what is in doubt is what Automerge writes, not how it is packed.
        let options = LoadOptions::new().text_encoding(ENCODING);
        Automerge::load_with_options(&self.save_plain(), options)
            .is_ok_and(|again| again.get_heads() == self.doc.get_heads())
    }

    /// Which document it is.
    pub fn id(&self) -> DocumentId {
        self.id
    }

    /// The hashes of the changes that nothing follows.
    pub fn heads(&self) -> Vec<ChangeHash> {
        self.doc.get_heads()
    }

    /// How many operations all its changes have.
    pub fn operations(&self) -> usize {
        usize::try_from(self.doc.stats().num_ops).unwrap_or(usize::MAX)
    }

    /// Whether it has this change.
    pub fn has(&self, hash: &ChangeHash) -> bool {
        self.doc.get_change_meta_by_hash(hash).is_some()
    }

    /// The change with this hash.
    pub fn change(&self, hash: &ChangeHash) -> Option<Change> {
        self.doc.get_change_by_hash(hash)
    }

    /// All changes after the genesis, each after those it depends on.
    pub fn changes(&self) -> Vec<Change> {
        self.doc.get_changes(&Self::new(self.id).heads())
    }

    /// How many changes of `author` it has: the sequence number of the last.
    pub fn sequence(&self, author: Author) -> u64 {
        let actor = author.actor();
        let own = self.doc.get_changes_meta(&[]);
        own.iter()
            .filter(|c| *c.actor == actor)
            .map(|c| c.seq)
            .max()
            .unwrap_or(0)
    }

    /// Takes in changes that were vetted before. In one batch: one by one costs a pass each.
    pub fn apply(&mut self, changes: Vec<Change>) -> Result<(), DocumentError> {
        Ok(self.doc.apply_changes(changes)?)
    }

    /// Writes one record and returns the change that does so.
    pub fn write<B: Serialize>(
        &mut self,
        author: Author,
        record: &Record<B>,
    ) -> Result<Change, DocumentError> {
        self.write_told(author, record.id, &Told::of(record)?)
    }

    /// Writes a record as it was told elsewhere ([`shape::records_told`]).
    pub fn write_told(
        &mut self,
        author: Author,
        id: RecordId,
        told: &Told,
    ) -> Result<Change, DocumentError> {
        self.doc.set_actor(author.actor());
        let records = self.records_object()?;
        let mut tx = self.doc.transaction();
        value::put(&mut tx, &records, &id.to_string(), &told.0)?;
        tx.commit();
        self.doc
            .get_last_local_change()
            .ok_or_else(|| DocumentError::Record("nothing was written".to_owned()))
    }

    /// The records, the earliest id first, and the ids of those that are not of this shape: they
    /// come from a newer version of the app and are kept, not shown.
    pub fn records<B: DeserializeOwned>(&self) -> (Vec<Record<B>>, Vec<RecordId>) {
        Whole::from(self).records()
    }

    /// The record with this id, if it is there and of this shape.
    pub fn record<B: DeserializeOwned>(&self, id: RecordId) -> Option<Record<B>> {
        self.told(id)?.into_record(id)
    }

    /// What the record with this id says, if it is there and of a shape that we write.
    pub fn told(&self, id: RecordId) -> Option<Told> {
        let map = self.records_object().ok()?;
        let (_, object) = self.doc.get(&map, id.to_string()).ok()??;
        value::read(&self.doc, &object).map(Told)
    }

    /// The ids of all records, whatever their shape, the earliest first.
    pub fn record_ids(&self) -> impl Iterator<Item = RecordId> {
        let map = self.records_object().ok();
        let keys = map.into_iter().flat_map(|map| self.doc.keys(&map));
        keys.filter_map(|id| id.parse().ok())
    }

    /// The latest id of a record, whatever its shape.
    pub fn last_record(&self) -> Option<RecordId> {
        let map = self.records_object().ok()?;
        self.doc.keys(&map).filter_map(|id| id.parse().ok()).max()
    }

    /// The hash of the change that made this record: what the relay's receipt names.
    pub fn change_of(&self, id: RecordId) -> Option<ChangeHash> {
        let map = self.records_object().ok()?;
        let (_, object) = self.doc.get(&map, id.to_string()).ok()??;
        self.doc.hash_for_opid(&object)
    }

    /// How long it is.
    pub fn length(&self) -> Length {
        self.changes().iter().fold(Length::default(), Length::with)
    }

    fn records_object(&self) -> Result<ObjId, AutomergeError> {
        match self.doc.get(ROOT, RECORDS)? {
            Some((value, id)) if value.is_object() => Ok(id),
            _ => Err(AutomergeError::Fail),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::PersonId, time::Month};

    pub(crate) fn some_document() -> DocumentId {
        DocumentId::visits(PersonId::from_bytes([7; 16]), Month::new(2026, 11).unwrap())
    }

    #[test]
    fn the_genesis_never_changes() {
        // Phones in the field built it already: another hash would part them from new ones.
        assert_eq!(
            Document::new(some_document()).heads()[0].to_string(),
            "b83b6741accf005e59520589251092044b2dc3530e19c8029aecafe9a2b0a598"
        );
    }

    #[test]
    fn a_document_is_not_taken_for_another() {
        let saved = Document::new(some_document()).save();
        assert!(Document::load(some_document(), &saved).is_ok());
        assert!(matches!(
            Document::load(DocumentId::Team, &saved),
            Err(DocumentError::OtherDocument(DocumentId::Team))
        ));
    }

    #[test]
    fn an_actor_is_a_device_in_one_life() {
        let author = Author {
            device: DeviceId::from_bytes([9; 16]),
            life: 258,
        };
        assert_eq!(Author::of(&author.actor()), Some(author));
        assert_eq!(Author::of(&ActorId::from(&GENESIS_ACTOR[..])), None);
    }
}
