//! A toolchain for wasm32 made from Debian's packages, where rustup's server cannot be reached.
//!
//! Debian ships a compiler for building browsers (`rustc-web`) and the sources of its standard library
//! (`rust-web-src`), but that library for wasm32 only as sources: it is built here once. The result is a sysroot that
//! borrows everything else from `/usr`, kept in the user's cache under the version of Debian's package.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::library::{self, Base};
use crate::apt;
use crate::shell::{capture, command, say};

/// Compiler, cargo, the compiler's own library, sources of the standard library.
const PACKAGES: [&str; 4] = [
    "rustc-web",
    "cargo-web",
    "libstd-rust-web-dev",
    "rust-web-src",
];
const SOURCES: &str = "/usr/lib/rustlib/src/rust/library";

/// What Debian's packages can do here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Debian {
    /// Not asked yet.
    Unknown,
    /// A toolchain can be made.
    Offers,
    /// It cannot, and why.
    Lacks(String),
}

/// Asks whether a toolchain could be made.
pub(super) fn observe() -> Debian {
    if !apt::is_here() {
        return Debian::Lacks("this machine has no apt".into());
    }
    let all_installed = PACKAGES
        .iter()
        .all(|package| apt::installed(package).is_some());
    if !all_installed && !apt::may_install() {
        return Debian::Lacks(format!(
            "installing {} needs root or sudo",
            PACKAGES.join(" ")
        ));
    }
    let ask = || {
        let version = apt::candidate(PACKAGES[0]);
        judge(version.as_deref(), env!("CARGO_PKG_RUST_VERSION"))
    };
    let answer = ask();
    // Lists that were never fetched, or long ago, name no such package or an old one.
    if answer != Debian::Offers && apt::may_install() && apt::update().is_ok() {
        return ask();
    }
    answer
}

/// Whether the version of `rustc-web` that apt offers is one this workspace can be built with.
fn judge(offered: Option<&str>, needed: &str) -> Debian {
    match offered {
        None => Debian::Lacks("apt knows no package rustc-web".into()),
        Some(version) if release(version) < release(needed) => Debian::Lacks(format!(
            "apt offers rustc-web {version}, and {needed} is the oldest that will do"
        )),
        Some(_) => Debian::Offers,
    }
}

/// Major and minor of a version such as `1.96.0+dfsg1-1~deb12u2`.
fn release(version: &str) -> (u32, u32) {
    let mut numbers = version
        .split(|c: char| !c.is_ascii_digit())
        .map(|number| number.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// Whether the toolchain is linked and belongs to the packages installed now.
pub(super) fn is_current(name: &str) -> bool {
    apt::installed(PACKAGES[0]).is_some_and(|version| library::is_current(name, &version))
}

/// Makes the toolchain and tells rustup its name.
pub(super) fn make(name: &str) -> Result<()> {
    say("making a wasm32 toolchain from Debian's packages: a few minutes, once");
    apt::ensure(&PACKAGES, "a Rust compiler for the web app")?;
    let compiler = Compiler::observe()?;
    apt::ensure(&[&compiler.linker], "a linker for the web app")?;
    compiler.check_linker()?;
    let host = PathBuf::from("lib/rustlib").join(&compiler.host);
    Base {
        version: apt::installed(PACKAGES[0]).context("rustc-web is not installed")?,
        programs: "/usr/bin".into(),
        sources: SOURCES.into(),
        borrowed: vec![
            (Path::new("/usr").join(&host).join("lib"), host.join("lib")),
            (compiler.linker_path(), host.join("bin/rust-lld")),
        ],
    }
    .make(name)
}

/// Debian's compiler, as it describes itself.
struct Compiler {
    /// What it runs on, such as `x86_64-unknown-linux-gnu`.
    host: String,
    /// The package with the linker of the same LLVM, such as `lld-22`.
    linker: String,
}

impl Compiler {
    fn observe() -> Result<Self> {
        let text = capture(command("/usr/bin/rustc").arg("-vV"))
            .context("/usr/bin/rustc does not start")?;
        Self::read(&text).with_context(|| format!("cannot read what /usr/bin/rustc says:\n{text}"))
    }

    fn read(text: &str) -> Option<Self> {
        let field = |name: &str| {
            text.lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        };
        let llvm = field("LLVM version")?.split('.').next()?;
        Some(Self {
            host: field("host")?.to_owned(),
            linker: format!("lld-{llvm}"),
        })
    }

    fn check_linker(&self) -> Result<()> {
        let linker = self.linker_path();
        ensure!(
            linker.exists(),
            "the package {} brought no {}",
            self.linker,
            linker.display()
        );
        Ok(())
    }

    fn linker_path(&self) -> PathBuf {
        Path::new("/usr/bin").join(&self.linker)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_read_from_debians_version() {
        assert_eq!(release("1.96.0+dfsg1-1~deb12u2"), (1, 96));
        assert_eq!(release("1.95"), (1, 95));
    }

    #[test]
    fn an_old_compiler_will_not_do() {
        assert_eq!(
            judge(Some("1.96.0+dfsg1-1~deb12u2"), "1.95"),
            Debian::Offers
        );
        assert_eq!(judge(Some("1.95.0+dfsg1-1"), "1.95"), Debian::Offers);
        assert!(matches!(
            judge(Some("1.85.0+dfsg3-1~deb12u3"), "1.95"),
            Debian::Lacks(_)
        ));
        assert!(matches!(judge(None, "1.95"), Debian::Lacks(_)));
    }

    #[test]
    fn the_linker_is_the_one_of_the_same_llvm() {
        let said = "rustc 1.96.0 (built from a source tarball)\nhost: x86_64-unknown-linux-gnu\nrelease: 1.96.0\nLLVM version: 22.1.8";
        let compiler = Compiler::read(said).unwrap();
        assert_eq!(compiler.linker, "lld-22");
        assert_eq!(compiler.host, "x86_64-unknown-linux-gnu");
    }
}
