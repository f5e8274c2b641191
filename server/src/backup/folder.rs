//! The folder of a backup, and how it is written.
//!
//! New files are written beside those of the backup before and synced; then a new manifest takes
//! the place of the old one by a rename; then what it does not name is removed. Whoever is cut off
//! in between leaves one manifest, and all that it names.

use super::{
    frame::{BadFrame, Frame, Frames, Header},
    manifest::{BadBackup, Listed, Manifest, NAME},
    take::{Known, KnownTeam, name_of},
};
use crate::{step, vault::Key};
use kith_shared::{bytes::Array, ids::TeamId, limits, sync::Seq};
use rustix::fs::{FlockOperation, flock};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, BufWriter, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

/// How the names of our files begin; a number follows.
const KEYS: &str = "keys-";
const ENTRIES: &str = "entries-";

/// The folder of a backup, which nobody else writes meanwhile.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    lock: File,
    before: Option<Manifest>,
    anew: bool,
}

/// A backup that was not taken. The one before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// The folder cannot be written.
    #[error("{0} cannot be written: {1}")]
    Io(PathBuf, io::Error),
    /// Another backup is being written into it.
    #[error("another backup is being written into {0}: wait until it is done")]
    Busy(PathBuf),
    /// What is in the folder is no backup.
    #[error("{0} holds something else: name an empty folder, or that of a backup")]
    NotABackup(PathBuf),
    /// What is there already cannot be gone on from.
    #[error(transparent)]
    Bad(#[from] BadBackup),
    /// What came is no backup.
    #[error(transparent)]
    Frame(#[from] BadFrame),
    /// It broke off.
    #[error("the backup broke off in the middle: the one before is as it was. Take it again")]
    Broken,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The backup as it is now.
    pub manifest: Manifest,
    /// Entries that are new in it.
    pub entries: u64,
    /// Bytes of the files that are new.
    pub bytes: u64,
}

impl Folder {
    /// Opens the folder, or makes it.
    pub fn open(path: &Path) -> Result<Self, NotTaken> {
        let io = |e| NotTaken::Io(path.to_owned(), e);
        let mut folder = DirBuilder::new();
        folder
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(io)?;
        let lock = File::open(path).map_err(io)?;
        flock(&lock, FlockOperation::NonBlockingLockExclusive)
            .map_err(|_| NotTaken::Busy(path.to_owned()))?;
        let before = Manifest::find(path)?.map(|(manifest, _)| manifest);
        if before.is_none() {
            for item in fs::read_dir(path).map_err(io)? {
                if !is_ours(&item.map_err(io)?.file_name().to_string_lossy()) {
                    return Err(NotTaken::NotABackup(path.to_owned()));
                }
            }
        }
        // What is not whole is not gone on from; and a long row of small files is made one again.
        let anew = before.as_ref().is_some_and(|before| {
            before.entries.len() >= limits::BACKUP_FILES
                || !before.files().all(|file| file.is_there(path))
        });
        Ok(Self {
            path: path.to_owned(),
            lock,
            before,
            anew,
        })
    }

    /// What it has.
    pub fn known(&self) -> Known {
        let known = self.before.as_ref().map(Manifest::known);
        Known {
            anew: self.anew,
            ..known.unwrap_or_default()
        }
    }

    /// Begins to write the next backup.
    pub fn write(self) -> Result<Writing, NotTaken> {
        let generation = self.before.as_ref().map_or(0, |before| before.generation) + 1;
        let keys = Growing::make(&self.path, &format!("{KEYS}{generation:06}"))?;
        let of_before = self.before.iter().flat_map(|before| &before.teams);
        let last = of_before.map(|had| (had.team, had.clone())).collect();
        Ok(Writing {
            folder: self,
            generation,
            frames: Frames::default(),
            of: None,
            keys,
            entries: None,
            added: 0,
            last,
            ended: false,
        })
    }
}

/// A backup that is being written.
#[derive(Debug)]
pub struct Writing {
    folder: Folder,
    generation: u64,
    frames: Frames,
    of: Option<Header>,
    keys: Growing,
    entries: Option<Growing>,
    added: u64,
    last: BTreeMap<TeamId, KnownTeam>,
    ended: bool,
}

impl Writing {
    /// Takes in what a store [sends](super::Plan::send), in pieces of any size.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), NotTaken> {
        self.frames.push(bytes);
        while let Some(frame) = self.frames.next()? {
            self.frame(frame)?;
        }
        Ok(())
    }

    fn frame(&mut self, frame: Frame) -> Result<(), NotTaken> {
        match (frame, &self.of) {
            (Frame::Header(of), None) => {
                if self.folder.anew {
                    self.last.clear();
                }
                self.of = Some(of);
            }
            (frame @ (Frame::Secrets(_) | Frame::Key(_)), Some(_)) if !self.ended => {
                self.keys.write(&frame.to_bytes())?;
            }
            (frame @ Frame::Entry(..), Some(_)) if !self.ended => self.entry(&frame)?,
            (Frame::End, Some(of)) => {
                let whole = |part: &super::Part| self.seq(part.team) == part.seq;
                self.ended = of.teams.iter().all(whole);
                if !self.ended {
                    return Err(NotTaken::Broken);
                }
            }
            _ => return Err(BadFrame.into()),
        }
        Ok(())
    }

    fn seq(&self, team: TeamId) -> Seq {
        self.last.get(&team).map_or(0, |had| had.seq)
    }

    fn entry(&mut self, frame: &Frame) -> Result<(), NotTaken> {
        let Frame::Entry(team, seq, sealed) = frame else {
            return Ok(());
        };
        if *seq != self.seq(*team) + 1 {
            return Err(BadFrame.into());
        }
        let last = KnownTeam {
            team: *team,
            seq: *seq,
            last: name_of(sealed),
        };
        self.last.insert(*team, last);
        self.added += 1;
        if self.entries.is_none() {
            let name = format!("{ENTRIES}{:06}", self.generation);
            self.entries = Some(Growing::make(&self.folder.path, &name)?);
        }
        match &mut self.entries {
            Some(file) => file.write(&frame.to_bytes()),
            None => Ok(()),
        }
    }

    /// That was all: it is the folder's backup from now on. The relay with this secret marks it.
    pub fn finish(self, relay: &Key) -> Result<Report, NotTaken> {
        let Folder {
            path,
            lock,
            before,
            anew,
        } = self.folder;
        let Some(of) = self.of.filter(|_| self.ended && self.frames.is_done()) else {
            return Err(NotTaken::Broken);
        };
        let before = before.filter(|_| !anew);
        let mut entries = before.map(|before| before.entries).unwrap_or_default();
        let new = self.entries.map(Growing::finish).transpose()?;
        let keys = self.keys.finish()?;
        let bytes = keys.bytes + new.as_ref().map_or(0, |new| new.bytes);
        entries.extend(new);
        step::pass("backup-files");
        let manifest = Manifest {
            generation: self.generation,
            of,
            teams: self.last.into_values().collect(),
            keys,
            entries,
        };
        let io = |e| NotTaken::Io(path.clone(), e);
        let next = path.join(format!("{NAME}.next"));
        write_new(&next, &manifest.to_bytes(relay)).map_err(io)?;
        // The names of all that it names are on disk before its own is.
        lock.sync_all().map_err(io)?;
        step::pass("backup-manifest-next");
        fs::rename(&next, path.join(NAME)).map_err(io)?;
        lock.sync_all().map_err(io)?;
        step::pass("backup-manifest");
        tidy(&path, &manifest).map_err(io)?;
        lock.sync_all().map_err(io)?;
        Ok(Report {
            manifest,
            entries: self.added,
            bytes,
        })
    }
}

/// A file that is written from its beginning to its end, and hashed on the way.
#[derive(Debug)]
struct Growing {
    path: PathBuf,
    name: String,
    file: BufWriter<File>,
    hasher: Sha256,
    bytes: u64,
}

impl Growing {
    fn make(folder: &Path, name: &str) -> Result<Self, NotTaken> {
        let path = folder.join(name);
        // What a backup that was cut off left under this name belongs to none.
        let mut options = OpenOptions::new();
        let options = options.write(true).create(true).truncate(true).mode(0o600);
        let file = options.open(&path);
        let file = file.map_err(|e| NotTaken::Io(path.clone(), e))?;
        Ok(Self {
            path,
            name: name.to_owned(),
            file: BufWriter::new(file),
            hasher: Sha256::new(),
            bytes: 0,
        })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), NotTaken> {
        let written = self.file.write_all(bytes);
        written.map_err(|e| NotTaken::Io(self.path.clone(), e))?;
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// It is on disk.
    fn finish(self) -> Result<Listed, NotTaken> {
        let Self {
            path,
            name,
            file,
            hasher,
            bytes,
        } = self;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error);
        let synced = file.and_then(|file| file.sync_all());
        synced.map_err(|e| NotTaken::Io(path, e))?;
        Ok(Listed {
            name,
            bytes,
            sha256: Array(hasher.finalize().into()),
        })
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let options = options.write(true).create(true).truncate(true).mode(0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Whether a file of this name is one of a backup, or of one that was cut off.
fn is_ours(name: &str) -> bool {
    let numbered = |prefix| {
        let number = name.strip_prefix(prefix);
        number.is_some_and(|n| n.len() >= 6 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    name == NAME || name == format!("{NAME}.next") || numbered(KEYS) || numbered(ENTRIES)
}

/// Removes what this backup does not name. Keys are overwritten first: those of an erased person
/// must not stay.
fn tidy(folder: &Path, manifest: &Manifest) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let item = item?;
        let name = item.file_name().to_string_lossy().into_owned();
        let named = name == NAME || manifest.files().any(|file| file.name == name);
        if named || !is_ours(&name) {
            continue;
        }
        if name.starts_with(KEYS) {
            let mut file = OpenOptions::new().write(true).open(item.path())?;
            let length = item.metadata()?.len();
            io::copy(&mut io::Read::take(io::repeat(0), length), &mut file)?;
            file.sync_all()?;
            step::pass("backup-wiped");
        }
        fs::remove_file(item.path())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
