//! The device key as one of `WebCrypto` that no script can read, kept in a database of its own.
//!
//! Pages that came over plain HTTP have no `WebCrypto`. There the key is bytes that lie in the same
//! place: the seal then keeps nobody out who can read the browser's files.

use super::store::database;
use crate::platform::{
    lock::{DeviceKey, Key},
    random,
    store::StoreError,
};
use idb::{Database, Query, TransactionMode};
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};
use zeroize::Zeroizing;

const NAME: &str = "kith-key";
const KEYS: &str = "keys";
const DEVICE: &str = "device";
const BOUND: &[u8] = b"kith device key v1";
/// Bytes of AES-GCM's nonce. Under one key it rolls as many as there are changes of the PIN.
const NONCE: usize = 12;

/// The key of this browser profile.
#[derive(Debug)]
pub struct BrowserKey(Database);

enum Found {
    Hidden(CryptoKey),
    Bare(Key),
}

impl BrowserKey {
    /// The key's place, and the key if it is there.
    pub async fn open() -> Result<Self, StoreError> {
        Ok(Self(database(NAME, KEYS).await?))
    }

    async fn find(&self) -> Result<Option<Found>, StoreError> {
        let get = async {
            let transaction = self.0.transaction(&[KEYS], TransactionMode::ReadOnly)?;
            let keys = transaction.object_store(KEYS)?;
            keys.get(Query::Key(DEVICE.into()))?.await
        };
        let found = get.await.map_err(|e| failed(&e))?;
        Ok(found.and_then(|key| match key.dyn_into::<CryptoKey>() {
            Ok(key) => Some(Found::Hidden(key)),
            Err(bytes) => {
                let bytes = Zeroizing::new(Uint8Array::new(&bytes).to_vec());
                Key::from_slice(&bytes).map(Found::Bare)
            }
        }))
    }

    async fn make(&self) -> Result<(), StoreError> {
        let made: JsValue = match subtle() {
            Some(subtle) => {
                let kind = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
                let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
                done(subtle.generate_key_with_object(&kind, false, &uses)).await?
            }
            None => Uint8Array::from(Key::fresh().bytes().as_slice()).into(),
        };
        let add = async {
            let transaction = self.0.transaction(&[KEYS], TransactionMode::ReadWrite)?;
            let keys = transaction.object_store(KEYS)?;
            // Another window may have been faster: then its key is the one.
            if keys.get(Query::Key(DEVICE.into()))?.await?.is_none() {
                keys.put(&made, Some(&DEVICE.into()))?.await?;
            }
            transaction.commit()?.await
        };
        add.await.map(drop).map_err(|e| failed(&e))
    }
}

impl DeviceKey for BrowserKey {
    async fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut key = self.find().await?;
        if key.is_none() {
            self.make().await?;
            key = self.find().await?;
        }
        match key.ok_or(StoreError::KeyGone)? {
            Found::Bare(key) => Ok(key.seal(BOUND, plain)),
            Found::Hidden(key) => {
                let nonce: [u8; NONCE] = random();
                let subtle = subtle().ok_or_else(none)?;
                let sealed =
                    subtle.encrypt_with_object_and_u8_array(&algorithm(&nonce), &key, plain);
                let sealed = Uint8Array::new(&done(sealed).await?).to_vec();
                Ok([nonce.as_slice(), &sealed].concat())
            }
        }
    }

    async fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        match self.find().await?.ok_or(StoreError::KeyGone)? {
            Found::Bare(key) => key.open(BOUND, sealed).ok_or(StoreError::KeyGone),
            Found::Hidden(key) => {
                let subtle = subtle().ok_or_else(none)?;
                let split = sealed.split_first_chunk::<NONCE>();
                let (nonce, sealed) = split.ok_or(StoreError::KeyGone)?;
                let opened =
                    subtle.decrypt_with_object_and_u8_array(&algorithm(nonce), &key, sealed);
                let opened = done(opened).await.map_err(|_| StoreError::KeyGone)?;
                let opened = Uint8Array::new(&opened);
                let bytes = Zeroizing::new(opened.to_vec());
                opened.fill(0, 0, opened.length());
                Ok(bytes)
            }
        }
    }

    async fn forget(&self) -> Result<(), StoreError> {
        let forget = async {
            let transaction = self.0.transaction(&[KEYS], TransactionMode::ReadWrite)?;
            transaction.object_store(KEYS)?.clear()?.await?;
            transaction.commit()?.await
        };
        forget.await.map(drop).map_err(|e| failed(&e))
    }
}

fn subtle() -> Option<SubtleCrypto> {
    let crypto = web_sys::window()?.crypto().ok()?;
    // By name: it is undefined where the page came over plain HTTP.
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    (!subtle.is_undefined()).then(|| subtle.unchecked_into())
}

fn algorithm(nonce: &[u8; NONCE]) -> Object {
    let bytes = |bytes: &[u8]| JsValue::from(Uint8Array::from(bytes));
    object(&[
        ("name", "AES-GCM".into()),
        ("iv", bytes(nonce)),
        ("additionalData", bytes(BOUND)),
    ])
}

fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // It fails on objects that are not plain.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

async fn done(asked: Result<Promise, JsValue>) -> Result<JsValue, StoreError> {
    JsFuture::from(asked.map_err(|_| none())?)
        .await
        .map_err(|_| none())
}

fn none() -> StoreError {
    StoreError::Failed("the browser's cryptography".to_owned())
}

fn failed(error: &idb::Error) -> StoreError {
    StoreError::Failed(error.to_string())
}
