//! A store in memory, for simulations: it keeps what was committed and nothing else, so dropping
//! everything but it is a crash.

use super::store::{Batch, Image, Store, StoreError};
use std::sync::{Arc, Mutex, PoisonError};

/// A store in memory. Clones are the same store, as tabs of one browser have.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Arc<Mutex<Image>>);

impl MemoryStore {
    /// A store that holds this already.
    pub fn with(image: Image) -> Self {
        Self(Arc::new(Mutex::new(image)))
    }
    /// What it holds.
    pub fn image(&self) -> Image {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
    /// Carries out a transaction.
    pub fn commit_now(&self, batch: &Batch) -> Result<(), StoreError> {
        let mut image = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if image.generation != batch.from {
            return Err(StoreError::Behind);
        }
        image.apply(batch);
        Ok(())
    }
}

impl Store for MemoryStore {
    async fn load(&self) -> Result<Image, StoreError> {
        Ok(self.image())
    }
    async fn commit(&self, batch: &Batch) -> Result<(), StoreError> {
        self.commit_now(batch)
    }
}
