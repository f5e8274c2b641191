//! What a backup's folder holds: the one file that is written last, by a rename.

use super::{
    frame::{Header, VERSION},
    take::{Known, KnownTeam},
};
use crate::vault::Key;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kith_shared::{bytes::Array, sync::Hash};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

/// Its name.
pub(super) const NAME: &str = "manifest.json";

/// What the folder holds. The backup is what this names, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Counts the backups into this folder, from 1.
    pub generation: u64,
    /// The moment, and where each journal ends.
    pub of: Header,
    /// For the next backup: what it goes on from.
    pub teams: Vec<KnownTeam>,
    /// The file with the secrets and the wrapped keys.
    pub keys: Listed,
    /// The files with the entries, in this order.
    pub entries: Vec<Listed>,
}

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: Hash,
}

/// As it lies: with the relay's mark under it, which nobody else can make.
#[derive(Debug, Serialize, Deserialize)]
struct Marked {
    manifest: Manifest,
    mark: Hash,
}

/// A backup that is not whole.
#[derive(Debug, thiserror::Error)]
pub enum BadBackup {
    /// There is none.
    #[error("there is no backup in {0}: a backup's folder has a manifest.json")]
    None(PathBuf),
    /// A file cannot be read.
    #[error("{0} cannot be read: {1}")]
    Io(PathBuf, io::Error),
    /// A file is another than was written.
    #[error("{0} is not as the backup wrote it: take another copy of the backup, or an older one")]
    Changed(PathBuf),
    /// It is of another version.
    #[error("the backup in {0} was made by another version of the relay: use that one")]
    Version(PathBuf),
}

impl Manifest {
    /// That of this folder; `None` where there is no backup yet.
    pub(super) fn find(folder: &Path) -> Result<Option<(Self, Hash)>, BadBackup> {
        let path = folder.join(NAME);
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(BadBackup::Io(path, e)),
        };
        let read = serde_json::from_slice(&text);
        let Marked { manifest, mark } = read.map_err(|_| BadBackup::Changed(path.clone()))?;
        if manifest.of.version != VERSION {
            return Err(BadBackup::Version(folder.to_owned()));
        }
        // Names of ours lead nowhere else.
        let plain = |listed: &Listed| Path::new(&listed.name).components().count() == 1;
        if !manifest.files().all(plain) {
            return Err(BadBackup::Changed(path));
        }
        Ok(Some((manifest, mark)))
    }

    /// As it lies, marked by the relay with this secret.
    pub(super) fn to_bytes(&self, relay: &Key) -> Vec<u8> {
        let marked = Marked {
            manifest: self.clone(),
            mark: self.mark(relay),
        };
        serde_json::to_vec_pretty(&marked).unwrap_or_default()
    }

    /// The mark that the relay with this secret puts under it.
    pub(super) fn mark(&self, relay: &Key) -> Hash {
        // A key of any length is one.
        let mac = Hmac::<Sha256>::new_from_slice(relay.bytes());
        let marked = mac.map(|mac| {
            let mac = mac.chain_update(b"kith backup v1\n");
            mac.chain_update(serde_json::to_vec(self).unwrap_or_default())
        });
        marked.map_or_else(
            |_| Hash::default(),
            |mac| Array(mac.finalize().into_bytes().into()),
        )
    }

    /// All files that belong to it.
    pub fn files(&self) -> impl Iterator<Item = &Listed> {
        std::iter::once(&self.keys).chain(&self.entries)
    }

    /// What the next backup goes on from.
    pub(super) fn known(&self) -> Known {
        Known {
            teams: self.teams.clone(),
            anew: false,
        }
    }
}

impl Listed {
    /// Whether the file is there with its length: a quick look.
    pub(super) fn is_there(&self, folder: &Path) -> bool {
        let there = std::fs::metadata(folder.join(&self.name));
        there.is_ok_and(|file| file.is_file() && file.len() == self.bytes)
    }

    /// Reads the whole file, and holds it to what was written.
    pub(super) fn check(&self, folder: &Path) -> Result<(), BadBackup> {
        let path = folder.join(&self.name);
        let hash = || {
            let (mut file, mut hasher) = (File::open(&path)?, Sha256::new());
            let (mut buffer, mut bytes) = (vec![0; 64 * 1024], 0);
            loop {
                match file.read(&mut buffer)? {
                    0 => break Ok((bytes, Array(hasher.finalize().into()))),
                    n => {
                        bytes += n as u64;
                        hasher.update(&buffer[..n]);
                    }
                }
            }
        };
        match hash() {
            Ok(found) if found == (self.bytes, self.sha256) => Ok(()),
            Ok(_) => Err(BadBackup::Changed(path)),
            Err(e) => Err(BadBackup::Io(path, e)),
        }
    }
}
