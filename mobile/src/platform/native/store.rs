//! sled on the phone's own disk.
//!
//! sled 0.34 has two traps, and this store steps around both: values above 4 kB can end up in
//! files that are never synced, so larger ones are cut into pieces; and its `flush` is no fsync,
//! so its files are synced by name before "saved" is said.

use crate::platform::store::{Batch, Generation, Image, Store, StoreError};
use std::{
    collections::BTreeMap,
    fs::File,
    io,
    path::{Path, PathBuf},
};

/// Bytes of a piece: with its key and sled's own it stays below 4 kB.
const PIECE: usize = 3 * 1024;
const GENERATION: &[u8] = b"#generation";

/// The store in one folder.
#[derive(Debug)]
pub struct Sled {
    db: sled::Db,
    folder: PathBuf,
}

impl Sled {
    /// Opens the store in this folder, and makes it when there is none. A store that does not
    /// open is an error and stays as it is, so that what only it has can be recovered.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let db = sled::Config::new()
            .path(folder)
            .cache_capacity(16 * 1024 * 1024)
            .flush_every_ms(None)
            .open()
            .map_err(|e| StoreError::Denied(e.to_string()))?;
        Ok(Self {
            db,
            folder: folder.to_owned(),
        })
    }

    fn commit_now(&self, batch: &Batch) -> Result<(), StoreError> {
        if self.generation()? != batch.from {
            return Err(StoreError::Behind);
        }
        let mut writes = sled::Batch::default();
        for (name, value) in &batch.changes {
            for old in self.db.scan_prefix(piece_prefix(name)).keys() {
                writes.remove(old.map_err(|e| failed(&e))?);
            }
            for (n, piece) in value.iter().flat_map(|v| pieces(v)).enumerate() {
                writes.insert(piece_key(name, n), piece);
            }
        }
        writes.insert(GENERATION, &(batch.from + 1).to_be_bytes());
        self.db.apply_batch(writes).map_err(|e| failed(&e))?;
        self.db.flush().map_err(|e| failed(&e))?;
        sync_all(&self.folder).map_err(|e| StoreError::Failed(e.to_string()))
    }

    fn generation(&self) -> Result<Generation, StoreError> {
        let bytes = self.db.get(GENERATION).map_err(|e| failed(&e))?;
        Ok(bytes
            .and_then(|b| Some(Generation::from_be_bytes(b.as_ref().try_into().ok()?)))
            .unwrap_or(0))
    }
}

impl Store for Sled {
    async fn load(&self) -> Result<Image, StoreError> {
        let mut values: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for item in self.db.iter() {
            let (key, piece) = item.map_err(|e| failed(&e))?;
            // NAME 0 PIECE-NUMBER; pieces come in their order.
            if let Some(end) = key.iter().position(|b| *b == 0)
                && let Ok(name) = std::str::from_utf8(&key[..end])
            {
                values
                    .entry(name.to_owned())
                    .or_default()
                    .extend_from_slice(&piece);
            }
        }
        Ok(Image {
            generation: self.generation()?,
            values,
        })
    }

    async fn commit(&self, batch: &Batch) -> Result<(), StoreError> {
        self.commit_now(batch)
    }
}

/// The pieces of a value; an empty value is one empty piece.
fn pieces(value: &[u8]) -> Vec<&[u8]> {
    if value.is_empty() {
        vec![value]
    } else {
        value.chunks(PIECE).collect()
    }
}

fn piece_prefix(name: &str) -> Vec<u8> {
    let mut key = name.as_bytes().to_vec();
    key.push(0);
    key
}

fn piece_key(name: &str, n: usize) -> Vec<u8> {
    let mut key = piece_prefix(name);
    key.extend_from_slice(&u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes());
    key
}

fn failed(error: &sled::Error) -> StoreError {
    match error {
        sled::Error::Io(e) if e.kind() == io::ErrorKind::StorageFull => StoreError::Full,
        error => StoreError::Failed(error.to_string()),
    }
}

/// Syncs every file and folder below `folder`, itself included.
fn sync_all(folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_all(&entry.path())?;
        } else {
            match File::open(entry.path()) {
                Ok(file) => file.sync_data()?,
                // sled removes old snapshots as it goes.
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                Err(e) => return Err(e),
            }
        }
    }
    File::open(folder)?.sync_all()
}
