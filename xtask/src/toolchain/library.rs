//! A toolchain whose standard library for wasm32 is built here, from its sources, to be small.
//!
//! Rust ships that library built to be fast; a phone on a bad line would rather have less of it. The result is a
//! sysroot that borrows everything else from the toolchain it is made of, kept in the user's cache under the version
//! of its compiler.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::{Toolchain, WASM};
use crate::shell::{cache_dir, capture, cargo_home, command, hide_paths, run, say};

/// Goes into the name of what is built; raise it when this recipe changes.
const RECIPE: u32 = 2;

/// The simple sorts (the fast ones are a hundred kilobytes of code in an app that sorts dozens of things), and no
/// names for the frames of a backtrace, which wasm has none of.
const FEATURES: &str = "panic-unwind optimize_for_size backtrace-trace-only";

/// What a toolchain is made of.
pub(super) struct Base {
    /// The exact version of the compiler: it refuses the library of another.
    pub version: String,
    /// Where rustc, rustdoc and cargo are.
    pub programs: PathBuf,
    /// The sources of its standard library.
    pub sources: PathBuf,
    /// What else it needs: where that is, and where it stands in a sysroot.
    pub borrowed: Vec<(PathBuf, PathBuf)>,
}

/// Whether the toolchain is linked and belongs to this version of the compiler.
pub(super) fn is_current(name: &str, version: &str) -> bool {
    let linked = capture(command("rustup").args(["which", "--toolchain", name, "rustc"]))
        .and_then(|rustc| fs::canonicalize(rustc).ok())
        .and_then(|rustc| Some(rustc.parent()?.parent()?.to_path_buf()));
    let wanted = place(version).and_then(|place| Ok(fs::canonicalize(place)?));
    linked.is_some() && linked == wanted.ok() && Toolchain::Named(name.into()).builds_wasm()
}

fn home() -> Result<PathBuf> {
    Ok(cache_dir()?.join("wasm32"))
}

/// Where the toolchain of this version of the compiler is kept.
fn place(version: &str) -> Result<PathBuf> {
    Ok(home()?.join(format!("{version}-recipe{RECIPE}")))
}

impl Base {
    /// Makes the toolchain and tells rustup its name.
    pub(super) fn make(&self, name: &str) -> Result<()> {
        let done = place(&self.version)?;
        let home = home()?;
        fs::create_dir_all(&home)?;
        // Two runs at once build it once.
        let lock = File::create(home.join("lock"))?;
        lock.lock().context("waiting for another run")?;
        if !done.exists() {
            // Everything happens aside, and the last step is a rename: a run that was stopped leaves nothing that
            // the next one could take for a toolchain.
            let aside = home.join("unfinished");
            if aside.exists() {
                fs::remove_dir_all(&aside)?;
            }
            let sysroot = aside.join("sysroot");
            self.lay_sysroot(&sysroot, &done)?;
            self.build_std(&aside, &sysroot)?;
            fs::rename(&sysroot, &done)?;
            fs::remove_dir_all(&aside)?;
        }
        run(command("rustup")
            .args(["toolchain", "link", name])
            .arg(&done))?;
        ensure!(
            Toolchain::Named(name.into()).builds_wasm(),
            "the toolchain made in {} does not work. Remove that folder and try again",
            done.display()
        );
        say(format!("the toolchain `{name}` is ready"));
        Ok(())
    }

    /// Lays out a sysroot that will stand at `done`: programs and host library, without wasm32 yet.
    fn lay_sysroot(&self, sysroot: &Path, done: &Path) -> Result<()> {
        for (there, here) in &self.borrowed {
            let here = sysroot.join(here);
            fs::create_dir_all(here.parent().context("it stands in a folder")?)?;
            symlink(there, here)?;
        }
        let bin = sysroot.join("bin");
        fs::create_dir_all(&bin)?;
        symlink(self.programs.join("cargo"), bin.join("cargo"))?;
        // Cargo tells toolchains apart by what `rustc -vV` says: without a word on the library it would take what
        // was built with another one for fresh.
        let library = done.file_name().unwrap_or_default().display();
        for name in ["rustc", "rustdoc"] {
            let program = self.programs.join(name);
            let script = format!(
                "#!/bin/sh\n\
                 if [ \"$*\" = -vV ]; then '{program}' -vV && exec echo 'library: {library}'; fi\n\
                 exec '{program}' --sysroot '{sysroot}' \"$@\"\n",
                program = program.display(),
                sysroot = done.display()
            );
            let file = bin.join(name);
            fs::write(&file, script)?;
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
        }
        Ok(())
    }

    /// Builds the standard library for wasm32 in `aside` and puts it into the sysroot.
    fn build_std(&self, aside: &Path, sysroot: &Path) -> Result<()> {
        let library = aside.join("library");
        // A copy, because cargo writes beside the sources and nothing of ours belongs there.
        run(command("cp").arg("-rL").arg(&self.sources).arg(&library))?;
        let target = aside.join("target");
        // The flags are those of Rust's own build: bitcode for link-time optimisation, and symbols that only the
        // standard library may have.
        let flags = format!(
            "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked -Cdebuginfo=0 {}",
            hide_paths(&[(&library, "/rustc/library"), (&cargo_home()?, "/cargo")])
        );
        let mut cargo = command(self.programs.join("cargo"));
        cargo
            .current_dir(&library)
            .args(["build", "--release", "--locked", "--target", WASM])
            .args(["--manifest-path", "sysroot/Cargo.toml"])
            .args(["--features", FEATURES])
            .env_remove("RUSTUP_TOOLCHAIN")
            .env_remove("RUSTC_WRAPPER")
            .env("RUSTC", self.programs.join("rustc"))
            .env("RUSTC_BOOTSTRAP", "1")
            .env("__CARGO_DEFAULT_LIB_METADATA", "stablestd")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "z")
            .env("CARGO_TARGET_DIR", &target)
            .env("RUSTFLAGS", flags);
        run(&mut cargo)?;
        let from = target.join(WASM).join("release/deps");
        let to = sysroot.join("lib/rustlib").join(WASM).join("lib");
        fs::create_dir_all(&to)?;
        for entry in fs::read_dir(from)? {
            let file = entry?.path();
            if file.extension() == Some(OsStr::new("rlib")) {
                let name = file.file_name().context("a file has a name")?;
                fs::copy(&file, to.join(name))?;
            }
        }
        Ok(())
    }
}
