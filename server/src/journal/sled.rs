//! Journals in an embedded `sled` store: the relay's own disk.
//!
//! Three things about sled 0.34 shape this file. Its `flush` writes but does not fsync, so a power
//! cut loses what was acknowledged: each append syncs sled's files and folders itself. Values above
//! a few kilobytes go to files of their own that sled never syncs: entries are cut into chunks.
//! And after a failed write a store is in doubt until it is opened again: so is this one.

use super::{AppendError, End, Entries, Entry, Journal, JournalError, end_after};
use kith_shared::{bytes::Array, ids::TeamId, limits, sync::Seq};
use sled::{Batch, Db, IVec};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
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
/// Sled's page cache. The relay keeps what it needs itself; sled needs little.
const CACHE_BYTES: u64 = 16 * 1024 * 1024;
/// After a failed write.
const IN_DOUBT: &str = "an earlier write failed; start the relay again";
/// How long to wait for a store that is open: sled's own threads hold it a little longer than who
/// closed it, and a relay that is started anew meets its former self.
const LOCK_PATIENCE: Duration = Duration::from_secs(1);
/// Keys: `e`, team, seq, chunk.
const ENTRY: u8 = b'e';
/// Keys: `t`, team. The value is the journal's end.
const TEAM: u8 = b't';

/// All teams' journals in one store.
#[derive(Debug)]
pub struct SledJournal {
    db: Db,
    folder: PathBuf,
    /// Bytes that stay free on the disk.
    reserve: u64,
    ends: Mutex<BTreeMap<TeamId, End>>,
    /// Appends that sled has taken in, and those of them that are on disk. Whoever syncs takes
    /// along all that came before, so teams that write at once share one sync.
    written: AtomicU64,
    synced: Mutex<u64>,
    /// A write or a sync failed: what is on disk is unknown until the store is opened again.
    in_doubt: AtomicBool,
}

impl SledJournal {
    /// Opens the store in `folder`, or makes it.
    pub fn open(folder: &Path) -> Result<Self, JournalError> {
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
        Ok(Self {
            db,
            folder: folder.to_owned(),
            reserve: limits::DISK_RESERVE,
            ends: Mutex::new(ends),
            written: AtomicU64::new(0),
            synced: Mutex::new(0),
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
        if *synced >= ticket {
            return Ok(());
        }
        let written = self.written.load(Ordering::SeqCst);
        let done = self.db.flush().map_err(io::Error::from);
        if let Err(error) = done.and_then(|_| sync_folder(&self.folder)) {
            self.in_doubt.store(true, Ordering::SeqCst);
            return Err(AppendError::Store(error.to_string()));
        }
        *synced = written;
        Ok(())
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
        Box::new(Reader {
            rows: self.db.scan_prefix(prefix(ENTRY, team)),
            after: 0,
        })
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
            self.db
                .apply_batch(batch(team, end, entries))
                .map_err(|e| {
                    self.in_doubt.store(true, Ordering::SeqCst);
                    AppendError::Store(e.to_string())
                })?;
            ends.insert(team, end);
            self.written.fetch_add(1, Ordering::SeqCst) + 1
        };
        self.sync(ticket)
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

fn batch(team: TeamId, end: End, entries: &[Entry]) -> Batch {
    let mut batch = Batch::default();
    for entry in entries {
        let bytes = entry.encode();
        let last = bytes.len().div_ceil(CHUNK).saturating_sub(1);
        for (at, chunk) in bytes.chunks(CHUNK).enumerate() {
            let mut key = prefix(ENTRY, team);
            key.extend_from_slice(&entry.seq.to_be_bytes());
            // Entries are far smaller than 65,536 chunks: `limits::CHANGE_BYTES`.
            key.extend_from_slice(&u16::try_from(at).unwrap_or(u16::MAX).to_be_bytes());
            let mut value = vec![if at == last { LAST } else { MORE }];
            value.extend_from_slice(chunk);
            batch.insert(key, value);
        }
    }
    let mut row = end.seq.to_be_bytes().to_vec();
    row.extend_from_slice(&end.head.0);
    batch.insert(prefix(TEAM, team), row);
    batch
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
struct Reader {
    rows: sled::Iter,
    after: Seq,
}

impl Reader {
    fn damaged(&self, what: impl std::fmt::Display) -> JournalError {
        JournalError::Damaged {
            after: self.after,
            what: what.to_string(),
        }
    }

    /// The entry whose first chunk this is.
    fn entry(&mut self, (key, value): (IVec, IVec)) -> Result<Entry, JournalError> {
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
        let entry = Entry::decode(&bytes).map_err(|e| self.damaged(e))?;
        if entry.seq != seq {
            return Err(self.damaged("it stands in another's place"));
        }
        self.after = seq;
        Ok(entry)
    }
}

impl Iterator for Reader {
    type Item = Result<Entry, JournalError>;
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

/// Has the disk hold what sled wrote: each of its files, and the folders that name them.
fn sync_folder(folder: &Path) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let item = item?;
        // Snapshots come and go while sled works: one that is gone needs no sync.
        match item.file_type() {
            Ok(kind) if kind.is_dir() => sync_folder(&item.path())?,
            Ok(_) => match File::open(item.path()) {
                Ok(file) => file.sync_all()?,
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                Err(e) => return Err(e),
            },
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(e),
        }
    }
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::super::conformance;
    use super::*;

    #[test]
    fn it_is_a_journal() {
        let folder = tempfile::tempdir().unwrap();
        conformance::check(&SledJournal::open(folder.path()).unwrap());
    }

    #[test]
    fn what_was_appended_is_there_when_it_is_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let (team, entries) = conformance::some_journal(40, CHUNK * 3);
        SledJournal::open(folder.path())
            .unwrap()
            .append(team, 0, &entries)
            .unwrap();
        let journal = SledJournal::open(folder.path()).unwrap();
        let again = journal
            .entries(team)
            .collect::<Result<Vec<_>, _>>()
            .unwrap();
        assert!(again == entries);
        assert_eq!(journal.teams().unwrap()[0].1.seq, 40);
        assert!(journal.append(team, 40, &[]).is_ok());
    }

    #[test]
    fn a_store_that_is_about_to_close_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let first = SledJournal::open(folder.path()).unwrap();
        let closing = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(200));
            drop(first);
        });
        let second = SledJournal::open(folder.path()).unwrap();
        closing.join().unwrap();
        assert!(
            SledJournal::open(folder.path()).is_err(),
            "two have it open"
        );
        drop(second);
    }

    #[test]
    fn no_value_is_larger_than_sled_can_keep_safely() {
        let folder = tempfile::tempdir().unwrap();
        let journal = SledJournal::open(folder.path()).unwrap();
        let (team, entries) = conformance::some_journal(3, limits::CHANGE_BYTES);
        journal.append(team, 0, &entries).unwrap();
        let largest = journal.db.iter().map(|row| row.unwrap().1.len()).max();
        assert_eq!(largest, Some(4096));
    }

    #[test]
    fn a_missing_part_is_told_from_an_end() {
        // Of the second entry, which has three parts: its beginning, its middle, its end.
        for part in 1..=3 {
            let folder = tempfile::tempdir().unwrap();
            let journal = SledJournal::open(folder.path()).unwrap();
            let (team, entries) = conformance::some_journal(3, CHUNK * 2);
            journal.append(team, 0, &entries).unwrap();
            let keys: Vec<_> = journal.db.scan_prefix([ENTRY]).keys().collect();
            assert_eq!(keys.len(), 1 + 3 + 3);
            journal.db.remove(keys[part].as_ref().unwrap()).unwrap();
            let mut read = journal.entries(team);
            assert!(read.next().unwrap().is_ok());
            let Err(JournalError::Damaged { after: 1, what }) = read.next().unwrap() else {
                panic!("part {part}");
            };
            assert!(what.contains("is missing"), "{part}: {what}");
        }
    }

    /// What a failed sync left on the disk is unknown: it is not built upon, and health says so.
    #[test]
    fn nothing_is_answered_for_after_a_failed_sync() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = SledJournal::open(folder.path()).unwrap();
        let (team, entries) = conformance::some_journal(2, 10);
        let real = std::mem::replace(&mut journal.folder, folder.path().join("unplugged"));
        let failed = journal.append(team, 0, &entries[..1]);
        assert!(matches!(failed, Err(AppendError::Store(_))), "{failed:?}");
        journal.folder = real;
        let after = journal.append(team, 1, &entries[1..]);
        assert!(matches!(after, Err(AppendError::Store(_))), "{after:?}");
        assert!(journal.teams().is_err());
    }

    /// A store that cannot write any more is in doubt afterwards; so it never comes to that.
    #[test]
    fn it_stops_before_the_disk_is_full() {
        let folder = tempfile::tempdir().unwrap();
        let journal = SledJournal::open(folder.path())
            .unwrap()
            .keeping_free(u64::MAX);
        let (team, entries) = conformance::some_journal(1, 1);
        assert!(matches!(
            journal.append(team, 0, &entries),
            Err(AppendError::Full)
        ));
        let journal = journal.keeping_free(limits::DISK_RESERVE);
        assert!(journal.append(team, 0, &entries).is_ok());
    }
}
