//! A store that is made from a backup.
//!
//! All hashes are looked at before anything is written. Then the store and the secrets are made
//! under other names, and get their own at the end, the secrets last: a relay starts only where
//! both are. What was cut off is begun anew.

use super::{
    frame::{BadFrame, Frame, Frames},
    manifest::{BadBackup, Listed, Manifest},
};
use crate::{
    journal::{Chains, Draft, End, Journal as _, JournalError, Payload, Refill, SledJournal},
    step,
    vault::{KeyFile, KeyFileError, Master},
};
use kith_shared::{ids::DeviceId, time::Moment};
use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// Bytes that are read at a time.
const READ: usize = 64 * 1024;

/// A store that was not made. What there was of it is begun anew the next time.
#[derive(Debug, thiserror::Error)]
pub enum NotRestored {
    /// The backup is not whole.
    #[error(transparent)]
    Bad(#[from] BadBackup),
    /// The folder has something in it.
    #[error(
        "{0} is not empty: {1} is in it. Restore into an empty folder, so that nothing is lost; the \
         master key may lie in it"
    )]
    NotEmpty(PathBuf, String),
    /// The folder cannot be written.
    #[error("{0} cannot be written: {1}")]
    Io(PathBuf, io::Error),
    /// The secrets in the backup do not open.
    #[error(transparent)]
    Keys(#[from] KeyFileError),
    /// Somebody else wrote the manifest.
    #[error("{0} does not bear the mark of the relay whose records these are: it was changed")]
    NotMarked(PathBuf),
    /// The store cannot be made.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A file is whole and holds no pieces of a backup.
    #[error(transparent)]
    Frame(#[from] BadFrame),
    /// What the manifest promises is not there.
    #[error("the backup does not hold what it says")]
    Incomplete,
}

/// What lies where while a store is made.
#[derive(Debug, Clone)]
struct Places {
    data: PathBuf,
    journal: PathBuf,
    secret: PathBuf,
}

impl Places {
    fn io(&self, error: io::Error) -> NotRestored {
        NotRestored::Io(self.data.clone(), error)
    }
    fn journal_next(&self) -> PathBuf {
        beside(&self.journal)
    }
    fn secret_next(&self) -> PathBuf {
        beside(&self.secret)
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(".restoring");
    name.into()
}

/// Whether a restore was begun there and is not through: what lies there is no relay's data.
pub fn begun(journal: &Path, secret: &Path) -> bool {
    beside(secret).exists() || beside(journal).exists()
}

/// A store that is whole and has not got its name yet: time to look at it.
#[derive(Debug)]
pub struct Restoring {
    /// The store.
    pub journal: SledJournal,
    /// The relay's secrets, opened.
    pub secrets: KeyFile,
    /// The backup that it was made from.
    pub manifest: Manifest,
    places: Places,
}

/// Makes the store `journal` and the secrets `secret` from the backup in `from`. Both belong into
/// one folder, in which `leave`, the master key's file, may lie and nothing else.
pub fn restore(
    from: &Path,
    (journal, secret): (&Path, &Path),
    leave: &Path,
    master: &Master,
) -> Result<Restoring, NotRestored> {
    let (manifest, mark) = Manifest::find(from)?.ok_or_else(|| BadBackup::None(from.to_owned()))?;
    manifest.files().try_for_each(|file| file.check(from))?;
    let places = Places {
        data: journal.parent().unwrap_or(Path::new(".")).to_owned(),
        journal: journal.to_owned(),
        secret: secret.to_owned(),
    };
    fs::create_dir_all(&places.data).map_err(|e| places.io(e))?;
    clear(&places, leave)?;

    let mut refill = None;
    let mut secrets = None;
    let mut ends = Vec::new();
    for file in manifest.files() {
        each(&from.join(&file.name), file, |frame| {
            match (frame, &mut refill) {
                (Frame::Secrets(bytes), none @ None) => {
                    // First of all, so that whoever comes after a crash knows what was begun.
                    secrets = Some(open(&places, &bytes, master)?);
                    step::pass("restore-secrets");
                    *none = Some(Refill::new(&places.journal_next())?);
                }
                (Frame::Key(row), Some(refill)) => refill.key(&row)?,
                (Frame::Entry(team, seq, sealed), Some(refill)) => {
                    refill.entry(team, seq, &sealed)?;
                    step::pass("restore-entry");
                }
                _ => return Err(BadFrame.into()),
            }
            Ok(())
        })?;
    }
    let (Some(refill), Some(secrets)) = (refill, secrets) else {
        return Err(NotRestored::Incomplete);
    };
    if manifest.mark(secrets.relay()) != mark {
        return Err(NotRestored::NotMarked(from.to_owned()));
    }
    ends.extend(manifest.of.teams.iter().map(|part| {
        let (seq, head) = (part.seq, part.head);
        (part.team, End { seq, head })
    }));
    refill.finish(&ends)?;
    step::pass("restore-filled");
    let journal = SledJournal::open(&places.journal_next(), &secrets)?;
    Ok(Restoring {
        journal,
        secrets,
        manifest,
        places,
    })
}

impl Restoring {
    /// Its journals say from now on that they were put back, and which moment they are from.
    pub fn say_so(&self, now: Moment) -> Result<(), NotRestored> {
        for (team, end) in self.journal.teams()? {
            say_so(&self.journal, team, end, self.manifest.of.at, now)?;
        }
        Ok(())
    }

    /// It is a relay's data from now on.
    pub fn finish(self) -> Result<Manifest, NotRestored> {
        let Self {
            journal,
            manifest,
            places,
            ..
        } = self;
        drop(journal);
        let rename = |from: PathBuf, to: &Path| {
            fs::rename(from, to)?;
            File::open(&places.data)?.sync_all()
        };
        step::pass("restore-checked");
        rename(places.journal_next(), &places.journal).map_err(|e| places.io(e))?;
        step::pass("restore-journal");
        rename(places.secret_next(), &places.secret).map_err(|e| places.io(e))?;
        step::pass("restore-done");
        Ok(manifest)
    }
}

/// Sees that the folder is empty, but for what a restore that was cut off has left.
fn clear(places: &Places, leave: &Path) -> Result<(), NotRestored> {
    let cut_off = places.secret_next().exists() && !places.secret.exists();
    let mut ours = vec![places.journal_next(), places.secret_next()];
    if cut_off {
        ours.push(places.journal.clone());
    }
    let items = || fs::read_dir(&places.data)?.collect::<io::Result<Vec<_>>>();
    for item in items().map_err(|e| places.io(e))? {
        let (path, name) = (item.path(), item.file_name());
        let is_the_systems = name == "lost+found";
        if path != *leave && !is_the_systems && !ours.contains(&path) {
            let name = name.to_string_lossy().into_owned();
            return Err(NotRestored::NotEmpty(places.data.clone(), name));
        }
    }
    // The secrets last: as long as they are there, it is known what was begun.
    for path in [&places.journal, &places.journal_next()] {
        if ours.contains(path) && path.exists() {
            fs::remove_dir_all(path).map_err(|e| places.io(e))?;
        }
    }
    if places.secret_next().exists() {
        fs::remove_file(places.secret_next()).map_err(|e| places.io(e))?;
    }
    Ok(())
}

/// Puts the secrets down, and opens them.
fn open(places: &Places, bytes: &[u8], master: &Master) -> Result<KeyFile, NotRestored> {
    let path = places.secret_next();
    let write = || {
        let mut options = OpenOptions::new();
        let mut file = options
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        File::open(&places.data)?.sync_all()
    };
    write().map_err(|e| places.io(e))?;
    Ok(KeyFile::open(&path, master)?)
}

/// Reads the frames of a file, one after the other.
fn each(
    path: &Path,
    listed: &Listed,
    mut take: impl FnMut(Frame) -> Result<(), NotRestored>,
) -> Result<(), NotRestored> {
    let bad = |e| BadBackup::Io(path.to_owned(), e);
    let mut file = File::open(path).map_err(bad)?;
    let (mut frames, mut buffer, mut read) = (Frames::default(), vec![0; READ], 0);
    while read < listed.bytes {
        let n = file.read(&mut buffer).map_err(bad)?;
        if n == 0 {
            return Err(BadBackup::Changed(path.to_owned()).into());
        }
        read += n as u64;
        frames.push(&buffer[..n]);
        while let Some(frame) = frames.next()? {
            take(frame)?;
        }
    }
    if frames.is_done() {
        Ok(())
    } else {
        Err(BadBackup::Changed(path.to_owned()).into())
    }
}

/// The journal says itself that it was put back, and which moment it is from.
fn say_so(
    journal: &SledJournal,
    team: kith_shared::ids::TeamId,
    end: End,
    backup: Moment,
    now: Moment,
) -> Result<(), NotRestored> {
    let (mut chains, mut relay) = (Chains::default(), None);
    for entry in journal.entries(team) {
        let entry = entry?;
        relay = relay.or(Some(entry.member));
        let follows = chains.follow(&entry);
        follows.map_err(|_| NotRestored::Incomplete)?;
    }
    let Some(relay) = relay.filter(|_| chains.end() == end) else {
        return Err(NotRestored::Incomplete);
    };
    let entry = chains.seal(Draft {
        received_at: now,
        member: relay,
        device: DeviceId::from_bytes(relay.to_bytes()),
        payload: Payload::Restored { backup },
    });
    let appended = journal.append(team, end.seq, &[entry]);
    appended.map_err(|e| JournalError::Store(e.to_string()).into())
}
