//! Copying a store: one moment of it for a backup, and a store that is filled from one.

use super::{
    super::{End, JournalError, Snapshot},
    IN_DOUBT, SledJournal, TEAM,
    disk::sync_folder,
    insert_entry, insert_key, prefix, store, team_value,
};
use crate::vault::Row;
use kith_shared::{ids::TeamId, sync::Seq};
use sled::{Batch, Db};
use std::{
    path::{Path, PathBuf},
    sync::{PoisonError, atomic::Ordering},
};

/// Bytes that go into the store in one batch: all that a restore holds in memory.
const BATCH_BYTES: usize = 1024 * 1024;

impl SledJournal {
    /// One moment of the store.
    pub(super) fn copy(&self) -> Result<Snapshot, JournalError> {
        // The root stays as long as this is locked, and nobody adds an entry or a key while `ends`
        // is: what is read in between belongs together.
        let secrets = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        let (teams, keys, ticket) = {
            let ends = self.ends();
            if self.in_doubt.load(Ordering::SeqCst) {
                return Err(JournalError::Store(IN_DOUBT.into()));
            }
            let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
            (
                ends.iter().map(|(team, end)| (*team, *end)).collect(),
                ring.rows().collect(),
                self.written.load(Ordering::SeqCst),
            )
        };
        // A backup has nothing that a power cut takes from the store: it would part from it.
        self.sync(ticket)
            .map_err(|e| JournalError::Store(e.to_string()))?;
        Ok(Snapshot {
            secrets: secrets.read()?,
            keys,
            teams,
        })
    }
}

/// A store that is filled with what a backup has. It is none before it is [finished](Self::finish).
#[derive(Debug)]
pub struct Refill {
    db: Db,
    folder: PathBuf,
    batch: Batch,
    bytes: usize,
}

impl Refill {
    /// An empty store in this folder.
    pub fn new(folder: &Path) -> Result<Self, JournalError> {
        let config = sled::Config::new().path(folder).flush_every_ms(None);
        let config = config.cache_capacity(super::CACHE_BYTES).create_new(true);
        Ok(Self {
            db: config.open().map_err(store)?,
            folder: folder.to_owned(),
            batch: Batch::default(),
            bytes: 0,
        })
    }

    /// A wrapped key.
    pub fn key(&mut self, row: &Row) -> Result<(), JournalError> {
        insert_key(&mut self.batch, row);
        self.added(row.key.len() + row.value.len())
    }

    /// An entry, sealed.
    pub fn entry(&mut self, team: TeamId, seq: Seq, sealed: &[u8]) -> Result<(), JournalError> {
        insert_entry(&mut self.batch, team, seq, sealed);
        self.added(sealed.len())
    }

    fn added(&mut self, bytes: usize) -> Result<(), JournalError> {
        self.bytes += bytes;
        if self.bytes < BATCH_BYTES {
            return Ok(());
        }
        self.bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        self.db.apply_batch(batch).map_err(store)
    }

    /// That is all, and the journals end so. When it returns `Ok`, the store is on disk.
    pub fn finish(mut self, ends: &[(TeamId, End)]) -> Result<(), JournalError> {
        for (team, end) in ends {
            self.batch.insert(prefix(TEAM, *team), team_value(*end));
        }
        self.db.apply_batch(self.batch).map_err(store)?;
        self.db.flush().map_err(store)?;
        sync_folder(&self.folder).map_err(|e| JournalError::Store(e.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::super::{Journal as _, Renewal, conformance, sealed},
        *,
    };
    use crate::vault::{Key, KeyFile, Master, Ring};
    use std::sync::atomic::AtomicBool;

    /// The keys of a moment, as whoever has the master key gets at them.
    fn ring_of(snapshot: &Snapshot, folder: &Path) -> Ring {
        let path = folder.join("copied.key");
        std::fs::write(&path, &snapshot.secrets).unwrap();
        let keys = KeyFile::open(&path, &Master::new(Key::new([7; 32]))).unwrap();
        let mut ring = Ring::new(keys.root().clone());
        for row in &snapshot.keys {
            ring.take_in(row).unwrap();
        }
        ring
    }

    /// While entries come and all keys change again and again, each moment has keys and secrets
    /// that belong together, and all that its entries need.
    #[test]
    fn a_moment_belongs_together_whatever_happens_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let keys = conformance::some_keys(folder.path());
        let journal = SledJournal::open(&folder.path().join("journal"), &keys).unwrap();
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for n in 2..60 {
                    let (team, entries) = conformance::some_journal(n, 30);
                    for (last, entry) in (0..).zip(&entries[..4.min(n)]) {
                        let one = std::slice::from_ref(entry);
                        journal.append(team, last, one).unwrap();
                    }
                }
                done.store(true, Ordering::SeqCst);
            });
            scope.spawn(|| {
                while !done.load(Ordering::SeqCst) {
                    journal.renew(Renewal::default()).unwrap();
                }
            });
            let (mut moments, mut opened) = (0, 0);
            while !done.load(Ordering::SeqCst) {
                let snapshot = journal.snapshot().unwrap();
                let ring = ring_of(&snapshot, folder.path());
                for (team, end) in &snapshot.teams {
                    let rows = journal.sealed(*team, 1).map(Result::unwrap);
                    for (seq, bytes) in rows.take_while(|(seq, _)| *seq <= end.seq) {
                        sealed::open(&ring, *team, seq, &bytes).unwrap();
                        opened += 1;
                    }
                }
                moments += 1;
            }
            assert!(moments > 3 && opened > 20, "{moments} moments");
        });
    }

    #[test]
    fn a_store_that_was_filled_is_the_one_that_was_copied() {
        let folder = tempfile::tempdir().unwrap();
        let keys = conformance::some_keys(folder.path());
        let journal = SledJournal::open(&folder.path().join("journal"), &keys).unwrap();
        // More than a batch, in entries of several chunks.
        let (team, entries) = conformance::some_journal(40, 60_000);
        journal.append(team, 0, &entries).unwrap();
        let other = folder.path().join("other");
        let snapshot = journal.snapshot().unwrap();
        let mut refill = Refill::new(&other).unwrap();
        for row in &snapshot.keys {
            refill.key(row).unwrap();
        }
        for row in journal.sealed(team, 1) {
            let (seq, bytes) = row.unwrap();
            refill.entry(team, seq, &bytes).unwrap();
        }
        refill.finish(&snapshot.teams).unwrap();
        assert!(Refill::new(&other).is_err(), "over what is there");
        let again = SledJournal::open(&other, &keys).unwrap();
        let read = again.entries(team).collect::<Result<Vec<_>, _>>();
        assert!(read.unwrap() == entries);
        assert_eq!(again.teams().unwrap(), journal.teams().unwrap());
    }
}
