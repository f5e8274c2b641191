//! Where the master key comes from.

use super::{
    Key,
    file::{is_missing, sync_folder},
};
use kith_shared::bytes::{from_base64, to_base64};
use std::{
    ffi::OsString,
    fs::OpenOptions,
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use zeroize::{Zeroize as _, Zeroizing};

/// The environment variable that may hold the master key.
const VARIABLE: &str = "KITH_MASTER_KEY";

/// Where the operator keeps the master key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// In a file.
    File(PathBuf),
    /// In the environment variable `KITH_MASTER_KEY`.
    Environment,
    /// A command says it, such as that of a key service.
    Command(String),
}

/// The master key, and while it is changed the one that comes next.
#[derive(Debug, Clone)]
pub struct Master {
    key: Key,
    next: Option<Key>,
    /// The file that it is in, if it is in one.
    file: Option<PathBuf>,
}

/// No master key.
#[derive(Debug, thiserror::Error)]
pub enum NoMaster {
    /// The file is not there.
    #[error(
        "the master key {0} is missing. Put it back from where you keep it apart, or name it with \
         --master-key-file: without it nobody can read the relay's records"
    )]
    Missing(PathBuf),
    /// The file cannot be read or written.
    #[error("the master key {0} cannot be used: {1}")]
    Io(PathBuf, io::Error),
    /// A new one cannot be put where it is.
    #[error(
        "the master key is not in a file that the relay can change: make the new one yourself, put \
         it into a file, and name that with --to"
    )]
    NotInAFile,
    /// The command did not work.
    #[error("the command of --master-key-command gave no key: {0}")]
    Command(String),
    /// What was given is no key.
    #[error(
        "{0} holds no master key: that is 32 random bytes in base64, as \"openssl rand -base64 32\" \
         makes them"
    )]
    NotAKey(String),
}

impl Master {
    /// This key.
    pub fn new(key: Key) -> Self {
        Self {
            key,
            next: None,
            file: None,
        }
    }

    fn in_file(path: &Path, key: Key, next: Option<Key>) -> Self {
        let file = Some(path.to_owned());
        Self { key, next, file }
    }

    /// The same, once this one of its keys turned out to be that which is in use.
    pub fn known(&self, key: Key) -> Self {
        Self {
            key,
            next: None,
            file: self.file.clone(),
        }
    }

    /// The key to try first, or that which is in use.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// The keys to try, in this order.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.key).chain(&self.next)
    }
}

impl Source {
    /// Where the key comes from by these settings; `default` is a file that the relay makes.
    pub fn choose(file: Option<&Path>, command: Option<&str>, default: &Path) -> Self {
        match (file, command) {
            (Some(file), _) => Self::File(file.to_owned()),
            (None, Some(command)) => Self::Command(command.to_owned()),
            (None, None) if std::env::var_os(VARIABLE).is_some() => Self::Environment,
            (None, None) => Self::File(default.to_owned()),
        }
    }

    /// The master key.
    pub fn read(&self) -> Result<Master, NoMaster> {
        match self {
            Self::File(path) => {
                let next = match read_file(&next_to(path)) {
                    Ok(key) => Some(key),
                    // None, or one that was cut off while it was made: nothing is sealed with it.
                    Err(NoMaster::Missing(_) | NoMaster::NotAKey(_)) => None,
                    Err(error) => return Err(error),
                };
                match (read_file(path), next) {
                    (Ok(key), next) => Ok(Master::in_file(path, key, next)),
                    (Err(error), _) => Err(error),
                }
            }
            Self::Environment => {
                let text = std::env::var_os(VARIABLE).map(OsString::into_encoded_bytes);
                parse(Zeroizing::new(text.unwrap_or_default()), VARIABLE).map(Master::new)
            }
            Self::Command(command) => run(command).map(Master::new),
        }
    }

    /// The master key; in a file it is made when it is not there. Says whether it was.
    pub fn read_or_make(&self) -> Result<(Master, bool), NoMaster> {
        match (self, self.read()) {
            (Self::File(path), Err(NoMaster::Missing(_))) => {
                let key = Key::fresh();
                write_file(path, &key)?;
                Ok((Master::in_file(path, key, None), true))
            }
            (_, read) => Ok((read?, false)),
        }
    }
}

impl Master {
    /// A fresh key beside the one in the file, for a change that takes place afterwards.
    pub(super) fn make_next(&self) -> Result<Key, NoMaster> {
        let path = self.file.as_deref().ok_or(NoMaster::NotInAFile)?;
        // What was left by a change that was cut off would be in use if it had been through.
        self.settle()?;
        let key = Key::fresh();
        write_file(&next_to(path), &key)?;
        Ok(key)
    }

    /// Puts the file right after a change, or one that was cut off: the key in use stands in it, and
    /// the other is gone.
    pub(super) fn settle(&self) -> Result<(), NoMaster> {
        let Some(path) = &self.file else {
            return Ok(());
        };
        let next = next_to(path);
        let settle = || match std::fs::read(&next) {
            Err(e) if is_missing(&e) => Ok(()),
            Err(e) => Err(e),
            Ok(text) => {
                if parse(Zeroizing::new(text), "").is_ok_and(|waiting| waiting == self.key) {
                    std::fs::rename(&next, path)?;
                } else {
                    std::fs::remove_file(&next)?;
                }
                sync_folder(path)
            }
        };
        settle().map_err(|e| NoMaster::Io(next.clone(), e))
    }
}

/// Where a file's next key waits.
fn next_to(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".next");
    name.into()
}

/// The key in a file.
pub(super) fn read_file(path: &Path) -> Result<Key, NoMaster> {
    match std::fs::read(path) {
        Ok(text) => parse(Zeroizing::new(text), &path.display().to_string()),
        Err(e) if is_missing(&e) => Err(NoMaster::Missing(path.to_owned())),
        Err(e) => Err(NoMaster::Io(path.to_owned(), e)),
    }
}

fn write_file(path: &Path, key: &Key) -> Result<(), NoMaster> {
    let mut options = OpenOptions::new();
    let file = options.write(true).create_new(true).mode(0o600).open(path);
    let text = Zeroizing::new(to_base64(key.bytes()));
    file.and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        sync_folder(path)
    })
    .map_err(|e| NoMaster::Io(path.to_owned(), e))
}

fn run(command: &str) -> Result<Key, NoMaster> {
    let mut shell = Command::new("sh");
    let shell = shell.arg("-c").arg(command).stdin(Stdio::null());
    let output = shell.stderr(Stdio::inherit()).output();
    let output = output.map_err(|e| NoMaster::Command(e.to_string()))?;
    let said = Zeroizing::new(output.stdout);
    if !output.status.success() {
        return Err(NoMaster::Command(output.status.to_string()));
    }
    parse(said, "what the command of --master-key-command says")
}

/// The key that base64 of either alphabet spells, padded or not.
fn parse(mut text: Zeroizing<Vec<u8>>, what: &str) -> Result<Key, NoMaster> {
    for byte in text.iter_mut() {
        *byte = match *byte {
            b'+' => b'-',
            b'/' => b'_',
            other => other,
        };
    }
    let trimmed = text.trim_ascii();
    let end = trimmed
        .iter()
        .rposition(|b| *b != b'=')
        .map_or(0, |at| at + 1);
    let spelled = std::str::from_utf8(&trimmed[..end]).ok();
    let mut bytes = spelled.and_then(from_base64).unwrap_or_default();
    let key = Key::from_slice(&bytes);
    bytes.zeroize();
    key.ok_or_else(|| NoMaster::NotAKey(what.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_file_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let source = Source::choose(None, None, &path);
        assert!(matches!(source.read(), Err(NoMaster::Missing(_))));
        let (made, fresh) = source.read_or_make().unwrap();
        assert!(fresh);
        let (again, fresh) = source.read_or_make().unwrap();
        assert!(!fresh);
        assert_eq!(made.key, again.key);
        let permissions = std::fs::metadata(&path).unwrap().permissions();
        assert_eq!(permissions.mode() & 0o777, 0o600);
    }

    #[test]
    fn any_base64_of_32_bytes_is_a_key_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("given");
        let source = Source::choose(Some(&path), Some("false"), Path::new("unused"));
        // As "openssl rand -base64 32" writes it.
        std::fs::write(&path, "+/8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n").unwrap();
        let key = source.read().unwrap().key;
        assert_eq!(key.bytes()[..3], [0xfb, 0xff, 0]);
        std::fs::write(&path, to_base64(key.bytes())).unwrap();
        assert_eq!(source.read().unwrap().key, key);
        for wrong in ["", "password", "AAAA", "=", "\u{ff}"] {
            std::fs::write(&path, wrong).unwrap();
            let error = source.read().unwrap_err().to_string();
            assert!(error.contains("openssl rand"), "{wrong:?}: {error}");
        }
    }

    #[test]
    fn a_command_says_the_key() {
        let key = "+/8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        let source = Source::choose(None, Some(&format!("echo {key}")), Path::new("unused"));
        assert_eq!(source.read().unwrap().key.bytes()[0], 0xfb);
        for wrong in [format!("echo {key}; exit 3"), "true".into()] {
            let source = Source::Command(wrong);
            assert!(source.read_or_make().is_err(), "{source:?}");
        }
    }

    #[test]
    fn a_key_that_is_not_in_a_file_cannot_be_made_anew() {
        let error = Master::new(Key::fresh()).make_next().unwrap_err();
        assert!(error.to_string().contains("--to"), "{error}");
    }

    /// Whichever key opens the secrets is the one that stays.
    #[test]
    fn a_change_that_was_cut_off_is_put_right() {
        for through in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("master.key");
            let source = Source::File(path.clone());
            let (old, _) = source.read_or_make().unwrap();
            let next = old.make_next().unwrap();
            let both = source.read().unwrap();
            assert_eq!(both.keys().collect::<Vec<_>>(), [&old.key, &next]);
            let stays = if through { &next } else { &old.key };
            both.known(stays.clone()).settle().unwrap();
            let after = source.read().unwrap();
            assert_eq!(after.keys().collect::<Vec<_>>(), [stays]);
        }
    }
}
