//! What the disk is known to hold of the files that sled writes.

use std::{
    collections::BTreeMap,
    fs::{self, File, Metadata},
    io,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Sled's log, which it appends to and writes in place; all else it writes once and names.
const LOG: &str = "db";

/// The files of a store, and which of them need no further sync.
///
/// An append goes to the log, so that is what each sync is about. Of snapshots and the like it is
/// enough to sync each once, with the folder that names it.
#[derive(Debug)]
pub(super) struct Files {
    log: File,
    /// All but the log, as they were when they were last synced.
    others: Option<Others>,
}

/// Files and folders, and when and how large they were written.
type Others = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

impl Files {
    /// Those of the store in `folder`, which is open.
    pub(super) fn of(folder: &Path) -> io::Result<Self> {
        Ok(Self {
            log: File::open(folder.join(LOG))?,
            others: None,
        })
    }

    /// Has the disk hold what sled wrote before this was called.
    pub(super) fn sync(&mut self, folder: &Path) -> io::Result<()> {
        let mut others = Others::new();
        look(folder, &mut others)?;
        if self.others.as_ref() == Some(&others) {
            return self.log.sync_data();
        }
        // Should it fail, nothing is known.
        self.others = None;
        sync_folder(folder)?;
        self.others = Some(others);
        Ok(())
    }
}

/// Notes what is in a folder but for the log.
fn look(folder: &Path, to: &mut Others) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let item = item?;
        if item.file_name() == LOG {
            continue;
        }
        let Some(about) = still(item.metadata())? else {
            continue;
        };
        let path = item.path();
        if about.is_dir() {
            look(&path, to)?;
        }
        to.insert(path, stamp(&about));
    }
    Ok(())
}

fn stamp(about: &Metadata) -> (u64, Option<SystemTime>) {
    (about.len(), about.modified().ok())
}

/// Has the disk hold each file below a folder, and the folders that name them.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let item = item?;
        let Some(kind) = still(item.file_type())? else {
            continue;
        };
        if kind.is_dir() {
            sync_folder(&item.path())?;
        } else if let Some(file) = still(File::open(item.path()))? {
            file.sync_all()?;
        }
    }
    File::open(folder)?.sync_all()
}

/// Snapshots come and go while sled works: one that is gone needs no sync.
fn still<T>(looked: io::Result<T>) -> io::Result<Option<T>> {
    match looked {
        Ok(there) => Ok(Some(there)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn whatever_is_new_or_another_is_synced_once_more() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        fs::write(folder.join(LOG), "entries").unwrap();
        fs::create_dir(folder.join("blobs")).unwrap();
        let mut files = Files::of(folder).unwrap();
        let mut known = |after: &str| {
            files.sync(folder).unwrap();
            let known = files.others.as_ref().unwrap();
            let names = known
                .keys()
                .map(|p| p.strip_prefix(folder).unwrap().to_owned());
            let names: BTreeSet<_> = names.map(|p| p.display().to_string()).collect();
            let mut there = Others::new();
            look(folder, &mut there).unwrap();
            assert_eq!(*known, there, "{after}");
            names
        };
        assert_eq!(known("nothing"), ["blobs".to_owned()].into());
        fs::write(folder.join("snap.1"), "pages").unwrap();
        fs::write(folder.join("blobs/1"), "large").unwrap();
        let all = ["blobs", "blobs/1", "snap.1"].map(str::to_owned);
        assert_eq!(known("two files came"), all.clone().into());
        fs::write(folder.join("snap.1"), "more pages").unwrap();
        assert_eq!(known("one is another"), all.into());
        fs::remove_file(folder.join("snap.1")).unwrap();
        assert!(!known("it is gone").contains("snap.1"));
        // The log alone is no reason: it is synced each time.
        fs::write(folder.join(LOG), "entries and more").unwrap();
        assert!(!known("the log goes on").contains(LOG));
    }

    /// Until a sync went through, nothing is known to be on the disk.
    #[test]
    fn a_folder_that_cannot_be_synced_is_an_error_each_time() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(LOG), "entries").unwrap();
        let mut files = Files::of(folder.path()).unwrap();
        files.sync(folder.path()).unwrap();
        let unplugged = folder.path().join("unplugged");
        assert!(files.sync(&unplugged).is_err());
        assert!(files.sync(&unplugged).is_err());
        files.sync(folder.path()).unwrap();
    }
}
