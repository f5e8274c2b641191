//! The store as it lies on the device, closed: how it is opened, locked and wiped.

use super::{
    BackOff, Cost, DeviceKey, Header, Key, Lock, Pin, Sealed,
    header::HEADER,
    names::{Names, SEALED},
};
use crate::platform::{
    random,
    store::{Batch, CLEAR, Generation, Image, OUTSIDE, Store, StoreError},
};
use kith_shared::{
    bytes::{Array, Bytes},
    time::{Moment, Span},
};
use std::{cell::RefCell, rc::Rc};
use zeroize::Zeroizing;

/// A sealed store and the key of the device that it is on, without its own key.
pub struct Vault<S, D> {
    pub(super) below: S,
    device: D,
    header: RefCell<Header>,
    outside: RefCell<Option<Vec<u8>>>,
}

/// What comes of opening a store.
pub enum Opening<S, D> {
    /// There is no PIN: it is open.
    Open(Sealed<S, D>),
    /// It waits for its PIN.
    Locked(Rc<Vault<S, D>>),
    /// The key of the device is gone: nothing opens it, and all that can be done is to wipe it.
    Lost(Rc<Vault<S, D>>),
}

/// Why a PIN does not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// It is another one.
    #[error("that is not the PIN")]
    Wrong,
    /// There were too many wrong ones: not before this time has passed.
    #[error("too many wrong PINs")]
    Wait(Span),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Opens a store, as far as it opens without its PIN. One that is not sealed yet, since it is new or
/// from before, is sealed in one transaction.
pub async fn open<S: Store, D: DeviceKey>(
    below: S,
    device: D,
) -> Result<Opening<S, D>, StoreError> {
    loop {
        let image = below.load().await?;
        if let Some(header) = image.values.get(HEADER) {
            let vault = Vault {
                below,
                device,
                header: RefCell::new(Header::read(header)?),
                outside: RefCell::new(image.values.get(OUTSIDE).cloned()),
            };
            let vault = Rc::new(vault);
            let sealed = vault.header.borrow().key.clone();
            match vault.device.open(&sealed.0).await {
                Err(StoreError::KeyGone) => return Ok(Opening::Lost(vault)),
                opened => drop(opened?),
            }
            return if vault.lock().is_some() {
                Ok(Opening::Locked(vault))
            } else {
                let key = vault.key(None).await?;
                let key = key.ok_or_else(|| damaged("its key is none"))?;
                Ok(Opening::Open(Sealed::new(vault, key)))
            };
        }
        let key = Key::fresh();
        let header = Header::new(Array(random()), device.seal(key.bytes()).await?);
        match below.commit(&take_over(&image, &key, &header)?).await {
            // Another window may have been faster in any case: what counts is what lies there.
            Ok(()) | Err(StoreError::Behind) => {}
            Err(error) => return Err(error),
        }
    }
}

/// Seals all that lies in the plain, and makes the header.
fn take_over(image: &Image, key: &Key, header: &Header) -> Result<Batch, StoreError> {
    let names = Names::new(key);
    let mut batch = Batch {
        from: image.generation,
        ..Batch::default()
    };
    for (name, value) in &image.values {
        if name.starts_with(SEALED) {
            // Somebody took the header: a new one would hide for ever what is here.
            return Err(damaged("its header is missing"));
        }
        if !name.starts_with(CLEAR) {
            let below = names.below(name);
            batch.put(below.clone(), names.seal(&below, value));
            batch.remove(name.clone());
        }
    }
    batch.put(HEADER, header.write());
    Ok(batch)
}

impl<S: Store, D: DeviceKey> Vault<S, D> {
    /// The lock, when there is one, as it was last read.
    pub fn lock(&self) -> Option<Lock> {
        self.header.borrow().lock.clone()
    }

    /// What the engine says to those outside, as it was last read.
    pub fn outside(&self) -> Option<Vec<u8>> {
        self.outside.borrow().clone()
    }

    /// Reads the header again: another window may have tried a PIN, changed it, or wiped the store
    /// ([`StoreError::Wiped`]).
    pub async fn look(&self) -> Result<(), StoreError> {
        self.seen(&self.below.load().await?)
    }

    /// How long until the next try. A clock that was set back is noted: the wait counts from there.
    pub async fn wait(&self, now: Moment) -> Result<Span, StoreError> {
        let Some(back_off) = self.lock().map(|lock| lock.back_off) else {
            return Ok(Span::default());
        };
        let mut looked = back_off;
        let left = looked.look(now);
        if looked == back_off {
            return Ok(left);
        }
        let wait = self.change(|header| match &mut header.lock {
            Some(lock) => lock.back_off.look(now),
            None => Span::default(),
        });
        wait.await
    }

    /// The store key, if this is the PIN. Every try counts, before it is looked at.
    pub async fn unlock(&self, pin: &Pin, now: Moment) -> Result<Key, PinError> {
        let begun = self.change(|header| match &mut header.lock {
            Some(lock) => lock.back_off.begin(now),
            None => Ok(()),
        });
        begun.await?.map_err(PinError::Wait)?;
        let key = self.key(Some(pin)).await?.ok_or(PinError::Wrong)?;
        let right = self.change(|header| {
            if let Some(lock) = &mut header.lock {
                lock.back_off = BackOff::default();
            }
        });
        right.await?;
        Ok(key)
    }

    /// The open store, with the key that [`unlock`](Self::unlock) gave.
    pub fn opened(self: &Rc<Self>, key: Key) -> Sealed<S, D> {
        Sealed::new(self.clone(), key)
    }

    /// Forgets everything: the values, and the key of the device without which no copy of them
    /// opens. Only what may be read from outside stays. Returns the generation after.
    pub async fn wipe(&self) -> Result<Generation, StoreError> {
        loop {
            let image = self.below.load().await?;
            let mut batch = Batch {
                from: image.generation,
                ..Batch::default()
            };
            for name in image.values.into_keys().filter(|name| name != OUTSIDE) {
                batch.remove(name);
            }
            match self.below.commit(&batch).await {
                Ok(()) => {
                    self.device.forget().await?;
                    return Ok(batch.from + 1);
                }
                Err(StoreError::Behind) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The store key, as far as this PIN opens it; `None` where it does not.
    async fn key(&self, pin: Option<&Pin>) -> Result<Option<Key>, StoreError> {
        let header = self.header.borrow().clone();
        let wrapped = self.device.open(&header.key.0).await?;
        let Some(lock) = &header.lock else {
            return Ok(Key::from_slice(&wrapped));
        };
        let Some(pin) = pin else { return Ok(None) };
        let by_pin = Key::of_pin(pin, &lock.salt.0, lock.cost)
            .ok_or_else(|| damaged("its lock asks for what no phone can do"))?;
        let opened = by_pin.open(&header.id.0, &wrapped);
        Ok(opened.and_then(|bytes| Key::from_slice(&bytes)))
    }

    /// Sets this PIN for the store of this key, or takes the lock away.
    pub(super) async fn wrap(&self, key: &Key, pin: Option<(&Pin, u16)>) -> Result<(), StoreError> {
        let id = self.header.borrow().id;
        let (lock, inner) = match pin {
            None => (None, Zeroizing::new(key.bytes().to_vec())),
            Some((pin, after)) => {
                let lock = Lock {
                    salt: Array(random()),
                    cost: Cost::NOW,
                    digits: u8::try_from(pin.len()).unwrap_or(u8::MAX),
                    after,
                    back_off: BackOff::default(),
                };
                let by_pin = Key::of_pin(pin, &lock.salt.0, lock.cost);
                let by_pin = by_pin.ok_or_else(|| StoreError::Failed("no memory".to_owned()))?;
                let inner = Zeroizing::new(by_pin.seal(&id.0, key.bytes()));
                (Some(lock), inner)
            }
        };
        let wrapped = Bytes(self.device.seal(&inner).await?);
        self.change(|header| {
            header.key = wrapped.clone();
            header.lock.clone_from(&lock);
        })
        .await
    }

    /// Changes the header, whoever else is at it.
    pub(super) async fn change<T>(
        &self,
        decide: impl Fn(&mut Header) -> T,
    ) -> Result<T, StoreError> {
        loop {
            let image = self.below.load().await?;
            self.seen(&image)?;
            let mut header = self.header.borrow().clone();
            let result = decide(&mut header);
            let mut batch = Batch {
                from: image.generation,
                ..Batch::default()
            };
            batch.put(HEADER, header.write());
            match self.below.commit(&batch).await {
                Ok(()) => {
                    *self.header.borrow_mut() = header;
                    return Ok(result);
                }
                Err(StoreError::Behind) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Takes in the header of this image.
    pub(super) fn seen(&self, image: &Image) -> Result<(), StoreError> {
        let header = image.values.get(HEADER).ok_or(StoreError::Wiped)?;
        let header = Header::read(header)?;
        if header.id != self.header.borrow().id {
            return Err(StoreError::Wiped);
        }
        *self.header.borrow_mut() = header;
        *self.outside.borrow_mut() = image.values.get(OUTSIDE).cloned();
        Ok(())
    }
}

fn damaged(why: &str) -> StoreError {
    StoreError::Damaged(why.to_owned())
}
