//! IndexedDB. One object store of values by name; transactions ask for strict durability, which
//! means flushed to the disk before "saved" is said.

use crate::platform::store::{Batch, Generation, Image, Store, StoreError};
use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, Query, Transaction};
use js_sys::{Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, IdbDatabase, IdbTransaction, IdbTransactionMode};

const NAME: &str = "kith";
const VALUES: &str = "values";
/// Beside the values; no value has a name without a slash but those of the engine.
const GENERATION: &str = "#generation";

/// The store of a browser profile.
#[derive(Debug)]
pub struct IndexedDb {
    database: IdbDatabase,
}

impl IndexedDb {
    /// Opens the store, and makes it when there is none.
    pub async fn open() -> Result<Self, StoreError> {
        let database = database(NAME, VALUES).await?;
        Ok(Self {
            database: database.into(),
        })
    }

    fn transaction(&self, mode: IdbTransactionMode) -> Result<Transaction, StoreError> {
        // By name: `web-sys` counts the third argument as unstable, browsers have had it for years.
        let begin = || -> Result<IdbTransaction, JsValue> {
            let options = Object::new();
            Reflect::set(&options, &"durability".into(), &"strict".into())?;
            let begin: Function =
                Reflect::get(&self.database, &"transaction".into())?.dyn_into()?;
            begin
                .call3(&self.database, &VALUES.into(), &mode.into(), &options)?
                .dyn_into()
        };
        begin().map(Transaction::from).map_err(|e| failed_js(&e))
    }
}

impl Store for IndexedDb {
    async fn load(&self) -> Result<Image, StoreError> {
        let transaction = self.transaction(IdbTransactionMode::Readonly)?;
        let store = transaction.object_store(VALUES).map_err(|e| failed(&e))?;
        // Both in one transaction, so they belong together.
        let keys = store.get_all_keys(None, None).map_err(|e| failed(&e))?;
        let values = store.get_all(None, None).map_err(|e| failed(&e))?;
        let (keys, values) = (
            keys.await.map_err(|e| failed(&e))?,
            values.await.map_err(|e| failed(&e))?,
        );
        let mut image = Image::default();
        for (key, value) in keys.into_iter().zip(values) {
            match key.as_string() {
                Some(name) if name == GENERATION => image.generation = number(&value),
                Some(name) => {
                    image.values.insert(name, Uint8Array::new(&value).to_vec());
                }
                None => {}
            }
        }
        Ok(image)
    }

    async fn commit(&self, batch: &Batch) -> Result<(), StoreError> {
        let transaction = self.transaction(IdbTransactionMode::Readwrite)?;
        let store = transaction.object_store(VALUES).map_err(|e| failed(&e))?;
        let key = JsValue::from_str(GENERATION);
        let now = store
            .get(Query::Key(key.clone()))
            .map_err(|e| failed(&e))?
            .await
            .map_err(|e| failed(&e))?;
        if now.as_ref().map_or(0, number) != batch.from {
            let _ = transaction.abort();
            return Err(StoreError::Behind);
        }
        let write = || -> Result<(), idb::Error> {
            for (name, value) in &batch.changes {
                let name = JsValue::from_str(name);
                match value {
                    Some(value) => {
                        let value = Uint8Array::from(value.as_slice());
                        store.put(&value, Some(&name))?;
                    }
                    None => drop(store.delete(Query::Key(name))?),
                }
            }
            #[allow(clippy::cast_precision_loss)] // Below 2^53 for longer than anyone lives.
            store.put(&JsValue::from_f64((batch.from + 1) as f64), Some(&key))?;
            Ok(())
        };
        if let Err(error) = write() {
            let _ = transaction.abort();
            return Err(failed(&error));
        }
        let done = transaction
            .commit()
            .map_err(|e| failed(&e))?
            .await
            .map_err(|e| failed(&e))?;
        if done.is_committed() {
            Ok(())
        } else {
            Err(StoreError::Full)
        }
    }
}

/// Opens a database with this one object store, and makes it when there is none.
pub(super) async fn database(name: &str, store: &'static str) -> Result<Database, StoreError> {
    let denied = |e: idb::Error| StoreError::Denied(e.to_string());
    let mut request = Factory::new()
        .map_err(denied)?
        .open(name, Some(1))
        .map_err(denied)?;
    request.on_upgrade_needed(move |event| {
        if let Ok(database) = event.database() {
            // It fails only if it is there already.
            let _ = database.create_object_store(store, ObjectStoreParams::new());
        }
    });
    request.await.map_err(denied)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // It was written by us.
fn number(value: &JsValue) -> Generation {
    value.as_f64().unwrap_or(0.0) as Generation
}

fn failed(error: &idb::Error) -> StoreError {
    let text = error.to_string();
    if text.contains("QuotaExceeded") {
        StoreError::Full
    } else {
        StoreError::Failed(text)
    }
}

fn failed_js(error: &JsValue) -> StoreError {
    let name = error
        .dyn_ref::<DomException>()
        .map(DomException::name)
        .unwrap_or_default();
    StoreError::Failed(name)
}
