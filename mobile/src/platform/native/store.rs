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
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Bytes of a piece: with its key and sled's own it stays below 4 kB.
const PIECE: usize = 3 * 1024;
const GENERATION: &[u8] = b"#generation";
/// How long to wait for a store that someone else has open: sled's own threads hold it a little
/// longer than who closed it, and an app that is started anew meets its former self.
const LOCK_PATIENCE: Duration = Duration::from_secs(1);

/// The store in one folder.
#[derive(Debug)]
pub struct Sled {
    db: sled::Db,
    folder: PathBuf,
}

impl Sled {
    /// Opens the store in this folder, and makes it when there is none. A store that does not
    /// open is an error and stays as it is.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let config = sled::Config::new()
            .path(folder)
            .cache_capacity(16 * 1024 * 1024)
            .flush_every_ms(None);
        let asked = Instant::now();
        loop {
            // sled answers some kinds of damage with a panic.
            let opened = catch_unwind(AssertUnwindSafe(|| config.open()))
                .map_err(|_| StoreError::Damaged("it cannot be opened".to_owned()))?;
            match opened {
                Ok(db) => {
                    return Ok(Self {
                        db,
                        folder: folder.to_owned(),
                    });
                }
                Err(error) if is_locked(&error) && asked.elapsed() < LOCK_PATIENCE => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(error) => return Err(not_opened(&error)),
            }
        }
    }

    /// Like [`open`](Self::open), but a damaged store is set aside and a new one begun: the phone
    /// joins again and gets from the relay what the relay has. Returns where the damaged one went,
    /// so that what only it has can be recovered.
    pub fn open_or_set_aside(folder: &Path) -> Result<(Self, Option<PathBuf>), StoreError> {
        match Self::open(folder) {
            Err(StoreError::Damaged(_)) => {
                let aside = (1..=u16::MAX)
                    .map(|n| folder.with_added_extension(format!("damaged-{n}")))
                    .find(|aside| !aside.exists())
                    .unwrap_or_default();
                std::fs::rename(folder, &aside).map_err(|e| StoreError::Denied(e.to_string()))?;
                Ok((Self::open(folder)?, Some(aside)))
            }
            opened => Ok((opened?, None)),
        }
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

/// Someone else has the store open.
fn is_locked(error: &sled::Error) -> bool {
    matches!(error, sled::Error::Io(e) if e.to_string().contains("could not acquire lock"))
}

/// Why a store does not open: the device is in the way (its rights, its disk, another program that
/// has the store open), or the store itself is broken.
fn not_opened(error: &sled::Error) -> StoreError {
    match error {
        sled::Error::Io(e)
            if !matches!(
                e.kind(),
                io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
            ) =>
        {
            StoreError::Denied(error.to_string())
        }
        error => StoreError::Damaged(error.to_string()),
    }
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
