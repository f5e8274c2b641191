//! From the toolchain in use, one with a small standard library: rustup brings the sources.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::library::{self, Base};
use crate::shell::{capture, command, run, say};

/// Makes the toolchain, unless it is there and belongs to the one in use.
pub(super) fn ensure(name: &str) -> Result<()> {
    let said = capture(command("rustc").arg("-vV")).context("rustc does not start")?;
    let compiler =
        Compiler::read(&said).with_context(|| format!("cannot read what rustc says:\n{said}"))?;
    if library::is_current(name, &compiler.version) {
        return Ok(());
    }
    say("building a small standard library for the web app: a minute, once");
    let sysroot = capture(command("rustc").args(["--print", "sysroot"])).context("no sysroot")?;
    let sources = Path::new(&sysroot).join("lib/rustlib/src/rust/library");
    if !sources.is_dir() {
        run(command("rustup")
            .args(["component", "add", "rust-src"])
            .env("RUSTUP_MAX_RETRIES", "1"))?;
        ensure!(sources.is_dir(), "rustup brought no {}", sources.display());
    }
    let host = PathBuf::from("lib/rustlib").join(compiler.host);
    Base {
        version: compiler.version,
        programs: Path::new(&sysroot).join("bin"),
        sources,
        borrowed: vec![(Path::new(&sysroot).join(&host), host)],
    }
    .make(name)
}

/// The compiler in use, as it describes itself.
#[derive(Debug, PartialEq, Eq)]
struct Compiler {
    /// What it runs on, such as `x86_64-unknown-linux-gnu`.
    host: String,
    /// Its release and the commit that it was built from, such as `1.95.0-59807616e`.
    version: String,
}

impl Compiler {
    fn read(text: &str) -> Option<Self> {
        let field = |name: &str| {
            text.lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        };
        let commit = field("commit-hash")?;
        Some(Self {
            host: field("host")?.to_owned(),
            version: format!("{}-{}", field("release")?, commit.get(..9)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiler_is_named_exactly() {
        let said = "rustc 1.95.0 (59807616e 2026-04-14)\ncommit-hash: 59807616e1fa2540724bfbac14d7976d7e4a3860\nhost: x86_64-unknown-linux-gnu\nrelease: 1.95.0";
        let compiler = Compiler::read(said).unwrap();
        assert_eq!(compiler.version, "1.95.0-59807616e");
        assert_eq!(compiler.host, "x86_64-unknown-linux-gnu");
        assert_eq!(Compiler::read("release: 1.95.0"), None);
    }
}
