//! The phone's store: small named values, changed in whole transactions.
//!
//! Every transaction names the generation of the store that it was worked out from. When another
//! tab was faster, it fails with [`StoreError::Behind`] and changes nothing; the loser reads the
//! store again and decides again. So two tabs are one phone, and no lock is needed.

pub mod conformance;

use std::collections::BTreeMap;

/// Names that begin so lie in the clear, also where everything else is sealed: no words, no names of
/// people.
pub const CLEAR: &str = "clear/";
/// What the engine says to those who are outside of a lock.
pub const OUTSIDE: &str = "clear/outside";

/// How many transactions a store has seen.
pub type Generation = u64;

/// Everything in the store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    /// When.
    pub generation: Generation,
    /// Values by name.
    pub values: BTreeMap<String, Vec<u8>>,
}

/// One transaction: values to set, or to remove where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// The generation that it was worked out from.
    pub from: Generation,
    /// The changes.
    pub changes: BTreeMap<String, Option<Vec<u8>>>,
}

impl Batch {
    /// Sets a value.
    pub fn put(&mut self, name: impl Into<String>, value: Vec<u8>) {
        self.changes.insert(name.into(), Some(value));
    }
    /// Removes a value.
    pub fn remove(&mut self, name: impl Into<String>) {
        self.changes.insert(name.into(), None);
    }
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

impl Image {
    /// The image after a transaction.
    pub fn apply(&mut self, batch: &Batch) {
        self.generation = batch.from + 1;
        for (name, value) in &batch.changes {
            match value {
                Some(value) => self.values.insert(name.clone(), value.clone()),
                None => self.values.remove(name),
            };
        }
    }
}

/// Why a store did not do it. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Someone else changed the store first: load it and decide again.
    #[error("another window was faster")]
    Behind,
    /// There is no room.
    #[error("this device has no room left")]
    Full,
    /// The device does not let the app store anything.
    #[error("this device does not allow storing: {0}")]
    Denied(String),
    /// What it holds cannot be read any more. It stays as it is, for who can.
    #[error("what this device stored is damaged: {0}")]
    Damaged(String),
    /// The key of the device is gone, or is another: nothing opens what is stored here, ever.
    #[error("the key of this device is gone")]
    KeyGone,
    /// It was wiped: what was known of it is no more.
    #[error("this phone was wiped")]
    Wiped,
    /// It failed in some other way.
    #[error("the store failed: {0}")]
    Failed(String),
}

/// A store. Real ones: `IndexedDB`, sled, and sealed over either; in memory for tests.
/// [`conformance`] says in full what each holds to.
#[allow(async_fn_in_trait)] // Single-threaded by nature: the browser has one thread for it.
pub trait Store {
    /// Everything that is in it.
    async fn load(&self) -> Result<Image, StoreError>;
    /// Carries out a transaction, whole or not at all, and durably before it returns.
    async fn commit(&self, batch: &Batch) -> Result<(), StoreError>;
}
