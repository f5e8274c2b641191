//! `relay.key`: the relay's secret and the root of all keys, sealed by the master key.
//!
//! The file has two places. A new root, or a new master key, is written into the free one and
//! synced before the other is overwritten: at each moment of a crash one of them is whole, and
//! what was replaced does not stay.

use super::{Key, Master, NoMaster, OVERHEAD, master::read_file};
use std::{
    fs::{File, OpenOptions},
    io::{self, ErrorKind},
    os::unix::fs::{FileExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// Bytes of a place: a disk writes one without touching the other.
const PLACE: usize = 4096;
/// How a place begins that is in use; its generation, the fingerprint of its master key and its
/// secrets follow.
const MAGIC: [u8; 12] = *b"kith keys 1\n";
/// Bytes of a place that mean something.
const USED: usize = MAGIC.len() + 8 + 8 + 64 + OVERHEAD;

/// The secrets of a relay, and the file that keeps them.
#[derive(Debug, Clone)]
pub struct KeyFile {
    path: PathBuf,
    master: Master,
    root: Key,
    relay: Key,
    generation: u64,
}

/// A file that gives no secrets.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// It cannot be read or written.
    #[error(
        "{0}: {1}. Without this file nobody can read the relay's records: put it back from your backup, with the journal that belongs to it"
    )]
    Io(PathBuf, io::Error),
    /// Another master key has sealed it.
    #[error(
        "{0} is not sealed with this master key. Give the key that was in use when the relay last \
         ran, with --master-key-file, KITH_MASTER_KEY or --master-key-command"
    )]
    OtherMaster(PathBuf),
    /// It is none.
    #[error(
        "{0} holds no secrets of a relay: put the one from your backup back, with the journal that \
         belongs to it. One of a version that did not encrypt is none: start in a new data folder"
    )]
    Damaged(PathBuf),
    /// The master key cannot be changed.
    #[error(transparent)]
    Master(#[from] NoMaster),
}

/// Which master key is to seal the secrets from now on.
#[derive(Debug, Clone)]
pub enum NewMaster {
    /// A fresh one, in the file of the one before.
    InItsFile,
    /// The one in this file; the operator sees to it that it is given from now on.
    In(PathBuf),
}

/// What stands in a place.
struct Place {
    generation: u64,
    fingerprint: [u8; 8],
    sealed: Vec<u8>,
}

impl Place {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.get(..USED)?.strip_prefix(&MAGIC)?;
        let (generation, rest) = rest.split_first_chunk()?;
        let (fingerprint, sealed) = rest.split_first_chunk()?;
        Some(Self {
            generation: u64::from_be_bytes(*generation),
            fingerprint: *fingerprint,
            sealed: sealed.to_vec(),
        })
    }

    /// Its root and the relay's secret, if this is the key that sealed it.
    fn open(&self, master: &Key) -> Option<(Key, Key)> {
        let secrets = master.open(&bound(self.generation), &self.sealed)?;
        let (root, relay) = secrets.split_at_checked(32)?;
        Some((Key::from_slice(root)?, Key::from_slice(relay)?))
    }
}

impl KeyFile {
    /// Makes the file, with a root of its own.
    pub fn make(path: &Path, master: &Master, relay: Key) -> Result<Self, KeyFileError> {
        let made = Self {
            path: path.to_owned(),
            master: master.clone(),
            root: Key::fresh(),
            relay,
            generation: 0,
        };
        let mut options = OpenOptions::new();
        let file = options.write(true).create_new(true).mode(0o600).open(path);
        file.and_then(|file| {
            file.set_len(2 * PLACE as u64)?;
            made.write(&file)?;
            sync_folder(path)
        })
        .map_err(made.io())?;
        Ok(made)
    }

    /// Reads the secrets; the file stays as it is. Where a renewal was cut off, either master key
    /// opens it.
    pub fn open(path: &Path, master: &Master) -> Result<Self, KeyFileError> {
        let bytes = std::fs::read(path).map_err(|e| KeyFileError::Io(path.to_owned(), e))?;
        let places: Vec<Place> = bytes.chunks(PLACE).filter_map(Place::parse).collect();
        for key in master.keys() {
            let opened = places
                .iter()
                .filter_map(|p| Some((p.generation, p.open(key)?)));
            if let Some((generation, (root, relay))) = opened.max_by_key(|(g, _)| *g) {
                return Ok(Self {
                    path: path.to_owned(),
                    master: master.known(key.clone()),
                    root,
                    relay,
                    generation,
                });
            }
        }
        let prints: Vec<_> = master.keys().map(Key::fingerprint).collect();
        Err(if places.iter().any(|p| !prints.contains(&p.fingerprint)) {
            KeyFileError::OtherMaster(path.to_owned())
        } else {
            KeyFileError::Damaged(path.to_owned())
        })
    }

    /// The key that wraps all keys.
    pub fn root(&self) -> &Key {
        &self.root
    }

    /// The secret from which the relay's own keys are made.
    pub fn relay(&self) -> &Key {
        &self.relay
    }

    /// The master key that opened it, or under which it was last renewed.
    pub fn master(&self) -> &Master {
        &self.master
    }

    /// The file as it is now: who waited for the store may have missed a renewal.
    pub fn again(&self) -> Result<Self, KeyFileError> {
        Self::open(&self.path, &self.master)
    }

    /// The file as it is, sealed: for a backup.
    pub fn read(&self) -> Result<Vec<u8>, KeyFileError> {
        std::fs::read(&self.path).map_err(self.io())
    }

    /// The master key after a renewal. A fresh one waits beside the old one's file.
    pub fn next_master(&self, new: Option<NewMaster>) -> Result<Master, NoMaster> {
        Ok(match new {
            None => self.master.clone(),
            Some(NewMaster::InItsFile) => self.master.known(self.master.make_next()?),
            Some(NewMaster::In(path)) => Master::new(read_file(&path)?),
        })
    }

    /// The first half of a renewal: the new root is on disk beside the old one, under this master
    /// key. What the old root wraps must be wrapped by the new one before.
    pub fn write_next(&self, root: Key, master: Master) -> Result<Self, KeyFileError> {
        let next = Self {
            path: self.path.clone(),
            master,
            root,
            relay: self.relay.clone(),
            generation: self.generation + 1,
        };
        let file = OpenOptions::new().write(true).open(&self.path);
        file.and_then(|file| next.write(&file)).map_err(self.io())?;
        Ok(next)
    }

    /// The second half, also of a renewal that was cut off: overwrites the other place, and puts
    /// the file of the master key right.
    ///
    /// Only for who holds the store: the other place must not be that of a later renewal.
    pub fn settle(&self) -> Result<(), KeyFileError> {
        let at = place(self.generation + 1);
        let wipe = || {
            let file = OpenOptions::new().read(true).write(true).open(&self.path)?;
            let mut there = [0; PLACE];
            file.read_exact_at(&mut there, at)?;
            if there != [0; PLACE] {
                file.write_all_at(&[0; PLACE], at)?;
                file.sync_all()?;
            }
            Ok(())
        };
        wipe().map_err(self.io())?;
        Ok(self.master.settle()?)
    }

    fn write(&self, file: &File) -> io::Result<()> {
        let secrets = [self.root.bytes().as_slice(), self.relay.bytes()].concat();
        let secrets = Zeroizing::new(secrets);
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&self.generation.to_be_bytes());
        bytes.extend_from_slice(&self.master.key().fingerprint());
        bytes.extend(self.master.key().seal(&bound(self.generation), &secrets));
        bytes.resize(PLACE, 0);
        file.write_all_at(&bytes, place(self.generation))?;
        file.sync_all()
    }

    fn io(&self) -> impl Fn(io::Error) -> KeyFileError {
        let path = self.path.clone();
        move |error| KeyFileError::Io(path.clone(), error)
    }
}

/// Where the place of a generation begins: they take turns.
fn place(generation: u64) -> u64 {
    (generation % 2) * PLACE as u64
}

fn bound(generation: u64) -> Vec<u8> {
    [MAGIC.as_slice(), &generation.to_be_bytes()].concat()
}

/// Has the disk hold that the file is there.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Whether there is no such file, which is another thing than one that cannot be read.
pub(super) fn is_missing(error: &io::Error) -> bool {
    error.kind() == ErrorKind::NotFound
}

#[cfg(test)]
mod tests {
    use super::{super::Source, *};

    fn made() -> (tempfile::TempDir, PathBuf, Master, KeyFile) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("relay.key");
        let master = Master::new(Key::fresh());
        let file = KeyFile::make(&path, &master, Key::new([1; 32])).unwrap();
        (folder, path, master, file)
    }

    #[test]
    fn it_opens_with_its_master_key_alone_and_says_which_is_wrong() {
        let (_folder, path, master, made) = made();
        let opened = KeyFile::open(&path, &master).unwrap();
        assert_eq!((opened.root(), opened.relay()), (made.root(), made.relay()));
        let error = KeyFile::open(&path, &Master::new(Key::fresh())).unwrap_err();
        assert!(matches!(error, KeyFileError::OtherMaster(_)), "{error}");
        assert!(error.to_string().contains("--master-key-file"), "{error}");
        assert!(KeyFile::make(&path, made.master(), Key::fresh()).is_err());
        let mut bytes = std::fs::read(&path).unwrap();
        assert!(
            !bytes.windows(32).any(|w| w == [1; 32]),
            "it is in the clear"
        );
        bytes[USED - 1] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        let error = KeyFile::open(&path, &master).unwrap_err();
        assert!(matches!(error, KeyFileError::Damaged(_)), "{error}");
        // One of a version that did not seal.
        std::fs::write(&path, "c2VjcmV0").unwrap();
        let error = KeyFile::open(&path, &master).unwrap_err();
        assert!(matches!(error, KeyFileError::Damaged(_)), "{error}");
    }

    /// Cut off after each write: some place is whole, and the same secret is in it.
    #[test]
    fn a_renewal_that_is_cut_off_leaves_one_root_or_the_other() {
        let (_folder, path, master, old) = made();
        let new_path = path.with_file_name("new.key");
        let (new_master, _) = Source::File(new_path.clone()).read_or_make().unwrap();
        let given = Some(NewMaster::In(new_path));
        let given = old.next_master(given).unwrap();
        let next = old.write_next(Key::fresh(), given).unwrap();
        let found = KeyFile::open(&path, &master).unwrap();
        assert_eq!(found.root(), old.root());
        assert_eq!(
            KeyFile::open(&path, &new_master).unwrap().root(),
            next.root()
        );

        // Torn in the middle of the write: the old one is whole.
        let whole = std::fs::read(&path).unwrap();
        let mut torn = whole.clone();
        torn[PLACE + 60..].fill(0);
        std::fs::write(&path, torn).unwrap();
        assert_eq!(KeyFile::open(&path, &master).unwrap().root(), old.root());
        std::fs::write(&path, whole).unwrap();

        next.settle().unwrap();
        let error = KeyFile::open(&path, &master).unwrap_err();
        assert!(matches!(error, KeyFileError::OtherMaster(_)), "{error}");
        let after = KeyFile::open(&path, &new_master).unwrap();
        assert_eq!((after.root(), after.relay()), (next.root(), old.relay()));

        // And one in which the master key stays: the later root counts.
        let last = after.write_next(Key::fresh(), new_master.clone()).unwrap();
        assert_eq!(
            KeyFile::open(&path, &new_master).unwrap().root(),
            last.root()
        );
        last.settle().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(bytes[PLACE..], [0; PLACE], "the old place was not wiped");
    }
}
