//! A store whose names and values are sealed.

use super::{
    DeviceKey, Key, Lock, Pin, PinError, Vault,
    header::HEADER,
    names::{Names, SEALED},
};
use crate::platform::store::{Batch, CLEAR, Image, Store, StoreError};
use kith_shared::time::Moment;
use std::rc::Rc;

/// The open store. What lies below it can be read by nobody without its key.
pub struct Sealed<S, D> {
    vault: Rc<Vault<S, D>>,
    key: Key,
    names: Names,
}

impl<S: Store, D: DeviceKey> Sealed<S, D> {
    pub(super) fn new(vault: Rc<Vault<S, D>>, key: Key) -> Self {
        let names = Names::new(&key);
        Self { vault, key, names }
    }

    /// The lock, when a PIN is set.
    pub fn lock(&self) -> Option<Lock> {
        self.vault.lock()
    }

    /// Whether this is the PIN. A wrong one counts as it does from outside.
    pub async fn check(&self, pin: &Pin, now: Moment) -> Result<(), PinError> {
        self.vault.unlock(pin, now).await.map(drop)
    }

    /// Sets a PIN, and after how many minutes without a touch the app locks itself.
    pub async fn set_pin(&self, pin: &Pin, after: u16) -> Result<(), StoreError> {
        self.vault.wrap(&self.key, Some((pin, after))).await
    }

    /// Takes the PIN away: from now on the store opens with the device alone.
    pub async fn take_pin_away(&self) -> Result<(), StoreError> {
        self.vault.wrap(&self.key, None).await
    }

    /// After how many minutes without a touch the app locks itself.
    pub async fn lock_after(&self, minutes: u16) -> Result<(), StoreError> {
        let set = self.vault.change(|header| {
            if let Some(lock) = &mut header.lock {
                lock.after = minutes;
            }
        });
        set.await
    }
}

impl<S: Store, D: DeviceKey> Store for Sealed<S, D> {
    /// A value that was cut, bent or moved comes as an empty one, which none of the engine's is. So
    /// a document is fetched again, and what only this phone has is said to be damaged.
    async fn load(&self) -> Result<Image, StoreError> {
        let below = self.vault.below.load().await?;
        self.vault.seen(&below)?;
        let mut image = Image {
            generation: below.generation,
            ..Image::default()
        };
        for (name, value) in below.values {
            if name.starts_with(SEALED) {
                let above = self.names.above(&name);
                let above = above.ok_or_else(|| StoreError::Damaged("a name in it".to_owned()))?;
                let value = self.names.open(&name, &value).unwrap_or_default();
                image.values.insert(above, value);
            } else if name.starts_with(CLEAR) && name != HEADER {
                image.values.insert(name, value);
            }
            // Anything else was written by a window that runs a version from before the seal.
        }
        Ok(image)
    }

    async fn commit(&self, batch: &Batch) -> Result<(), StoreError> {
        let mut below = Batch {
            from: batch.from,
            ..Batch::default()
        };
        for (name, value) in &batch.changes {
            if name.starts_with(CLEAR) {
                below.changes.insert(name.clone(), value.clone());
                continue;
            }
            let name = self.names.below(name);
            let value = value.as_ref().map(|value| self.names.seal(&name, value));
            below.changes.insert(name, value);
        }
        self.vault.below.commit(&below).await
    }
}
