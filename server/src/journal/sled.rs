//! Journals in an embedded `sled` store: the relay's own disk.
//!
//! Three things about sled 0.34 shape this file. Its `flush` writes but does not fsync, so a power
//! cut loses what was acknowledged: each append syncs what sled wrote itself ([`disk`]). Values above
//! a few kilobytes go to files of their own that sled never syncs: entries are cut into chunks.
//! And after a failed write a store is in doubt until it is opened again: so is this one.

mod copy;
mod disk;
mod renew;

pub use copy::Refill;

use super::{
    AppendError, CannotRenew, End, Entries, Entry, Journal, JournalError, Renewal, SealedEntries,
    Snapshot, end_after, sealed,
};
use crate::{
    step,
    vault::{KeyFile, Owner, Ring, Row},
};
use disk::Files;
use kith_shared::{bytes::Array, ids::TeamId, limits, sync::Seq};
use sled::{Batch, Db, IVec};
use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// Bytes of an entry in one value, which has one byte more and at most 4,096 in all: larger values
/// are not safe in sled 0.34.
const CHUNK: usize = 4095;
/// First byte of a value: the entry goes on in the next.
const MORE: u8 = 1;
/// First byte of a value: the entry ends in this one.
const LAST: u8 = 0;
/// Sled's page cache. The relay keeps what it needs itself, and reads nothing back after its start;
/// sled needs the end of the tree, where it appends.
const CACHE_BYTES: u64 = 1024 * 1024;
/// After a failed write.
const IN_DOUBT: &str = "an earlier write failed; start the relay again";
/// How long to wait for a store that is open: sled's own threads hold it a little longer than who
/// closed it, and a relay that is started anew meets its former self.
const LOCK_PATIENCE: Duration = Duration::from_secs(1);
/// Keys: `e`, team, seq, chunk.
const ENTRY: u8 = b'e';
/// Keys: `t`, team. The value is the journal's end.
const TEAM: u8 = b't';
/// Keys: `k`, and a row of the vault's.
const KEY: u8 = b'k';

/// All teams' journals in one store.
#[derive(Debug)]
pub struct SledJournal {
    db: Db,
    folder: PathBuf,
    /// Bytes that stay free on the disk.
    reserve: u64,
    ends: Mutex<BTreeMap<TeamId, End>>,
    /// Whoever adds a key, or wraps them anew, has `ends` locked.
    ring: RwLock<Ring>,
    /// The root that wraps them.
    keys: Mutex<KeyFile>,
    /// Appends that sled has taken in, and those of them that are on disk. Whoever syncs takes
    /// along all that came before, so teams that write at once share one sync.
    written: AtomicU64,
    synced: Mutex<Synced>,
    /// A write or a sync failed: what is on disk is unknown until the store is opened again.
    in_doubt: AtomicBool,
}

/// What is on disk.
#[derive(Debug)]
struct Synced {
    /// How many appends.
    appends: u64,
    files: Files,
}

impl SledJournal {
    /// Opens the store in `folder`, or makes it. Its keys are wrapped by the root in `keys`.
    pub fn open(folder: &Path, keys: &KeyFile) -> Result<Self, JournalError> {
        let config = sled::Config::new()
            .path(folder)
            .cache_capacity(CACHE_BYTES)
            .flush_every_ms(None);
        let asked = Instant::now();
        let db = loop {
            match config.open() {
                Err(error) if is_locked(&error) && asked.elapsed() < LOCK_PATIENCE => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                opened => break opened.map_err(store)?,
            }
        };
        let mut ends = BTreeMap::new();
        for row in db.scan_prefix([TEAM]) {
            let (key, value) = row.map_err(store)?;
            let (team, end) = team_row(&key, &value).ok_or_else(|| {
                JournalError::Store("a team's row has another form than this version writes".into())
            })?;
            ends.insert(team, end);
        }
        // As they are since no one else has the store.
        let keys = keys.again()?;
        let ring = read_ring(&db, &keys)?;
        if ring.is_empty() && !ends.is_empty() {
            return Err(JournalError::NotSealed);
        }
        keys.settle()?;
        renew::remove_others(&db, &keys).map_err(store)?;
        let files = Files::of(folder).map_err(|e| JournalError::Store(e.to_string()))?;
        Ok(Self {
            db,
            folder: folder.to_owned(),
            reserve: limits::DISK_RESERVE,
            ends: Mutex::new(ends),
            ring: RwLock::new(ring),
            keys: Mutex::new(keys),
            written: AtomicU64::new(0),
            synced: Mutex::new(Synced { appends: 0, files }),
            in_doubt: AtomicBool::new(false),
        })
    }

    /// The same, but this many bytes stay free on the disk.
    pub fn keeping_free(self, reserve: u64) -> Self {
        Self { reserve, ..self }
    }

    fn ends(&self) -> MutexGuard<'_, BTreeMap<TeamId, End>> {
        self.ends.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has the disk hold all that was written up to `ticket`.
    fn sync(&self, ticket: u64) -> Result<(), AppendError> {
        let mut synced = self.synced.lock().unwrap_or_else(PoisonError::into_inner);
        if synced.appends >= ticket {
            return Ok(());
        }
        let written = self.written.load(Ordering::SeqCst);
        let done = self.db.flush().map_err(io::Error::from);
        if let Err(error) = done.and_then(|_| synced.files.sync(&self.folder)) {
            self.in_doubt.store(true, Ordering::SeqCst);
            return Err(AppendError::Store(error.to_string()));
        }
        synced.appends = written;
        Ok(())
    }

    /// What an append writes: the entries, where the journal ends after them, and keys that they
    /// are the first to need.
    fn batch(&self, team: TeamId, end: End, entries: &[Entry]) -> Result<Batch, AppendError> {
        let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
        let mut batch = Batch::default();
        for row in ring.make(sealed::owners(team, entries))? {
            insert_key(&mut batch, &row);
        }
        for entry in entries {
            insert_entry(
                &mut batch,
                team,
                entry.seq,
                &sealed::seal(&ring, team, entry)?,
            );
        }
        batch.insert(prefix(TEAM, team), team_value(end));
        Ok(batch)
    }

    fn has_room(&self) -> bool {
        // Where it cannot be told, the write itself will tell.
        rustix::fs::statvfs(&self.folder).map_or(true, |fs| {
            fs.f_bavail.saturating_mul(fs.f_frsize) >= self.reserve
        })
    }
}

impl Journal for SledJournal {
    fn teams(&self) -> Result<Vec<(TeamId, End)>, JournalError> {
        if self.in_doubt.load(Ordering::SeqCst) {
            return Err(JournalError::Store(IN_DOUBT.into()));
        }
        Ok(self
            .ends()
            .iter()
            .map(|(team, end)| (*team, *end))
            .collect())
    }

    fn entries(&self, team: TeamId) -> Entries<'_> {
        let rows = Rows::of(&self.db, team, 1);
        Box::new(rows.map(move |row| {
            let (seq, bytes) = row?;
            let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
            sealed::open(&ring, team, seq, &bytes).map_err(|e| damaged(seq.saturating_sub(1), e))
        }))
    }

    fn sealed(&self, team: TeamId, from: Seq) -> SealedEntries<'_> {
        Box::new(Rows::of(&self.db, team, from))
    }

    fn snapshot(&self) -> Result<Snapshot, JournalError> {
        self.copy()
    }

    fn append(&self, team: TeamId, last: Seq, entries: &[Entry]) -> Result<(), AppendError> {
        if self.in_doubt.load(Ordering::SeqCst) {
            return Err(AppendError::Store(IN_DOUBT.into()));
        }
        if entries.is_empty() {
            return Ok(());
        }
        if !self.has_room() {
            return Err(AppendError::Full);
        }
        let ticket = {
            let mut ends = self.ends();
            let end = ends.get(&team).copied().unwrap_or_default();
            if end.seq != last {
                return Err(AppendError::Conflict(end.seq));
            }
            let end = end_after(end, entries)?;
            let batch = self.batch(team, end, entries)?;
            step::pass("before-append");
            self.db.apply_batch(batch).map_err(|e| {
                self.in_doubt.store(true, Ordering::SeqCst);
                AppendError::Store(e.to_string())
            })?;
            ends.insert(team, end);
            self.written.fetch_add(1, Ordering::SeqCst) + 1
        };
        step::pass("after-append");
        self.sync(ticket)?;
        step::pass("after-flush");
        Ok(())
    }

    fn renew(&self, renewal: Renewal) -> Result<(), CannotRenew> {
        self.renew_watched(renewal, |step| step::pass(step.name()))
    }

    fn erased(&self) -> BTreeSet<Owner> {
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        ring.erased()
    }
}

fn is_locked(error: &sled::Error) -> bool {
    matches!(error, sled::Error::Io(e) if e.to_string().contains("could not acquire lock"))
}

#[allow(clippy::needless_pass_by_value)] // For `map_err`.
fn store(error: sled::Error) -> JournalError {
    JournalError::Store(error.to_string())
}

fn prefix(kind: u8, team: TeamId) -> Vec<u8> {
    let mut key = vec![kind];
    key.extend_from_slice(&team.to_bytes());
    key
}

fn insert_entry(batch: &mut Batch, team: TeamId, seq: Seq, bytes: &[u8]) {
    let last = bytes.len().div_ceil(CHUNK).saturating_sub(1);
    for (at, chunk) in bytes.chunks(CHUNK).enumerate() {
        let mut key = prefix(ENTRY, team);
        key.extend_from_slice(&seq.to_be_bytes());
        // Entries are far smaller than 65,536 chunks: `limits::CHANGE_BYTES`.
        key.extend_from_slice(&u16::try_from(at).unwrap_or(u16::MAX).to_be_bytes());
        let mut value = vec![if at == last { LAST } else { MORE }];
        value.extend_from_slice(chunk);
        batch.insert(key, value);
    }
}

fn insert_key(batch: &mut Batch, row: &Row) {
    let key = [&[KEY], row.key.as_slice()].concat();
    batch.insert(key, row.value.as_slice());
}

/// The keys that this root wraps. Those of a renewal that was cut off are under another.
fn read_ring(db: &Db, keys: &KeyFile) -> Result<Ring, JournalError> {
    let mut ring = Ring::new(keys.root().clone());
    let own = [&[KEY], Ring::prefix(keys.root()).as_slice()].concat();
    for row in db.scan_prefix(own) {
        let (key, value) = row.map_err(store)?;
        let row = Row {
            key: key[1..].to_vec(),
            value: value.to_vec(),
        };
        let taken = ring.take_in(&row);
        taken.map_err(|e| JournalError::Store(e.to_string()))?;
    }
    if ring.is_empty() && db.scan_prefix([KEY]).next().is_some() {
        return Err(JournalError::OtherKeys);
    }
    Ok(ring)
}

fn team_value(end: End) -> Vec<u8> {
    [end.seq.to_be_bytes().as_slice(), &end.head.0].concat()
}

fn team_row(key: &[u8], value: &[u8]) -> Option<(TeamId, End)> {
    let team = TeamId::from_bytes(key.get(1..)?.try_into().ok()?);
    let (seq, head) = value.split_at_checked(8)?;
    let end = End {
        seq: Seq::from_be_bytes(seq.try_into().ok()?),
        head: Array(head.try_into().ok()?),
    };
    Some((team, end))
}

/// Puts the chunks of each entry together again.
struct Rows {
    rows: sled::Iter,
    after: Seq,
}

fn damaged(after: Seq, what: impl std::fmt::Display) -> JournalError {
    let what = what.to_string();
    JournalError::Damaged { after, what }
}

impl Rows {
    /// The entries of a team from this place on.
    fn of(db: &Db, team: TeamId, from: Seq) -> Self {
        let at = |seq: Seq| [prefix(ENTRY, team).as_slice(), &seq.to_be_bytes()].concat();
        Self {
            rows: db.range(at(from)..at(Seq::MAX)),
            after: from.saturating_sub(1),
        }
    }

    fn damaged(&self, what: impl std::fmt::Display) -> JournalError {
        damaged(self.after, what)
    }

    /// The entry whose first chunk this is.
    fn entry(&mut self, (key, value): (IVec, IVec)) -> Result<(Seq, Vec<u8>), JournalError> {
        let seq = place(&key)
            .filter(|(_, chunk)| *chunk == 0)
            .map(|(seq, _)| seq);
        let seq = seq.ok_or_else(|| self.damaged("its beginning is missing"))?;
        let (mut last, mut bytes) = split(&value);
        let mut chunk = 0;
        while !last {
            let row = self.rows.next().transpose().map_err(store)?;
            let (key, value) = row.ok_or_else(|| self.damaged("its end is missing"))?;
            chunk += 1;
            if place(&key) != Some((seq, chunk)) {
                return Err(self.damaged("a part of it is missing"));
            }
            let (ends, part) = split(&value);
            last = ends;
            bytes.extend(part);
        }
        self.after = seq;
        Ok((seq, bytes))
    }
}

impl Iterator for Rows {
    type Item = Result<(Seq, Vec<u8>), JournalError>;
    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?.map_err(store);
        Some(row.and_then(|row| self.entry(row)))
    }
}

/// Seq and chunk of a key.
fn place(key: &[u8]) -> Option<(Seq, u16)> {
    let (_, key) = key.split_at_checked(1 + 16)?;
    let (seq, chunk) = key.split_at_checked(8)?;
    let seq = Seq::from_be_bytes(seq.try_into().ok()?);
    Some((seq, u16::from_be_bytes(chunk.try_into().ok()?)))
}

/// Whether the entry ends in this value, and its bytes.
fn split(value: &[u8]) -> (bool, Vec<u8>) {
    let (flag, bytes) = value.split_first().unwrap_or((&LAST, &[]));
    (*flag == LAST, bytes.to_vec())
}

#[cfg(test)]
mod tests;
