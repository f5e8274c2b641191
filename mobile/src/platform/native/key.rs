//! The device key as a file beside the store, its owner's alone. A key store of the platform would
//! keep it from a copy of the disk as well.

use crate::platform::{
    lock::{DeviceKey, Key},
    store::StoreError,
};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// What it seals is for this alone.
const BOUND: &[u8] = b"kith device key v1";

/// A key in a file.
#[derive(Debug, Clone)]
pub struct KeyFile(PathBuf);

impl KeyFile {
    /// The key of the store in this folder.
    pub fn beside(store: &Path) -> Self {
        Self(store.with_added_extension("key"))
    }

    fn read(&self) -> Result<Option<Key>, StoreError> {
        match fs::read(&self.0).map(Zeroizing::new) {
            Ok(bytes) => Key::from_slice(&bytes)
                .map(Some)
                .ok_or_else(|| StoreError::Damaged("its key file is none".to_owned())),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(denied(&e)),
        }
    }

    fn make(&self) -> Result<Key, StoreError> {
        let folder = self.0.parent().filter(|f| !f.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let key = Key::fresh();
        // Whole under another name first: half a key would be the end of all that it sealed.
        let new = self.0.with_added_extension("new");
        let write = || -> io::Result<()> {
            fs::create_dir_all(folder)?;
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(&new)?;
            file.write_all(key.bytes())?;
            file.sync_all()?;
            fs::rename(&new, &self.0)?;
            File::open(folder)?.sync_all()
        };
        write().map_err(|e| denied(&e))?;
        Ok(key)
    }
}

impl DeviceKey for KeyFile {
    async fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let key = match self.read()? {
            Some(key) => key,
            None => self.make()?,
        };
        Ok(key.seal(BOUND, plain))
    }

    async fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let key = self.read()?.ok_or(StoreError::KeyGone)?;
        key.open(BOUND, sealed).ok_or(StoreError::KeyGone)
    }

    async fn forget(&self) -> Result<(), StoreError> {
        match fs::remove_file(&self.0) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(denied(&e)),
            _ => Ok(()),
        }
    }
}

fn denied(error: &io::Error) -> StoreError {
    StoreError::Denied(error.to_string())
}
