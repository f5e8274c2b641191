//! A disk of its own, whose plug can be pulled: an ext4 file system in a file, mounted through a
//! loop device. A copy of the file holds what ext4 had handed to its disk at that moment; what was
//! in the page cache only is not in it.
//!
//! It models a disk whose own cache loses nothing, and writers that are stopped between their
//! system calls: the kind case. What fails here fails everywhere.

use anyhow::{Context, Result, bail};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    thread::sleep,
    time::Duration,
};
use tempfile::TempDir;

/// Bytes of the disk. Sparse: it takes what is written to it. The relay wants
/// [`kith_shared::limits::DISK_RESERVE`] of it free.
const SIZE: u64 = 256 * 1024 * 1024;

/// A mounted disk. It is unmounted and gone when this is dropped.
#[derive(Debug)]
pub struct Disk {
    folder: TempDir,
    mounted: bool,
}

/// Why power cannot be cut here, if it cannot.
pub fn check_possible() -> Result<()> {
    let disk = Disk::new().context("it takes root, a loop device, mount and mkfs.ext4");
    disk.map(drop)
}

impl Disk {
    /// A new, empty disk.
    pub fn new() -> Result<Self> {
        let mut disk = Self::folder()?;
        File::create(disk.image())?.set_len(SIZE)?;
        run("mkfs.ext4", &["-q", "-F"], &[&disk.image()])?;
        disk.mount()?;
        Ok(disk)
    }

    /// Where its files are.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("mounted")
    }

    /// The disk as it would be after a power cut now, mounted again. Freeze the writer first:
    /// the copy is taken over some milliseconds.
    pub fn after_power_cut(&self) -> Result<Self> {
        let mut disk = Self::folder()?;
        run("cp", &["--sparse=always"], &[&self.image(), &disk.image()])?;
        disk.mount()?;
        Ok(disk)
    }

    fn folder() -> Result<Self> {
        let disk = Self {
            folder: tempfile::tempdir()?,
            mounted: false,
        };
        fs::create_dir(disk.path())?;
        Ok(disk)
    }

    fn image(&self) -> PathBuf {
        self.folder.path().join("image")
    }

    fn mount(&mut self) -> Result<()> {
        // Nothing is written for being old: only what is synced by name.
        let options = ["-t", "ext4", "-o", "loop,commit=300"];
        run("mount", &options, &[&self.image(), &self.path()])?;
        self.mounted = true;
        Ok(())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // A process that was killed a moment ago may still hold files.
        for _ in 0..50 {
            if !self.mounted || run("umount", &[], &[&self.path()]).is_ok() {
                return;
            }
            sleep(Duration::from_millis(100));
        }
    }
}

fn run(program: &str, args: &[&str], paths: &[&Path]) -> Result<()> {
    // Not everyone has the folders of the system's programs in the path.
    let folders = std::env::var("PATH").unwrap_or_default() + ":/usr/sbin:/sbin";
    let output = Command::new(program)
        .args(args)
        .args(paths)
        .env("PATH", folders)
        .output();
    let output = output.with_context(|| format!("{program} is not installed"))?;
    if !output.status.success() {
        bail!(
            "{program}: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}
