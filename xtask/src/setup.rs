//! What the commands need beyond Rust: Node, a browser, cargo-deny. Each is looked for first and installed only when
//! it is missing.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::apt;
use crate::shell::{cache_dir, capture, cargo, command, find, root, run, say};
use crate::toolchain;

/// Names the browser for the tests, instead of one that is found.
pub const CHROMIUM: &str = "KITH_CHROMIUM";

/// The oldest Node that runs the browser tests.
const NODE: u32 = 18;

/// The cargo-deny that checks licences, sources and advisories.
const CARGO_DENY: &str = "0.20.2";

/// Everything that the other commands would install when they need it.
pub fn all() -> Result<()> {
    let toolchain = toolchain::ensure()?;
    say(format!("the web app is built with {}", toolchain.name()));
    node()?;
    let chromium = chromium()?;
    say(format!("the browser is {}", chromium.display()));
    node_packages(&browser_tests())?;
    cargo_deny()?;
    say("all that is needed is here");
    Ok(())
}

/// A browser of the Chromium family.
pub fn chromium() -> Result<PathBuf> {
    if let Some(named) = env::var_os(CHROMIUM).filter(|name| !name.is_empty()) {
        let browser = PathBuf::from(named);
        ensure!(
            browser.is_file(),
            "{CHROMIUM} names {}, which is not there",
            browser.display()
        );
        return Ok(browser);
    }
    let look = || {
        ["chromium", "google-chrome-stable", "google-chrome"]
            .into_iter()
            .find_map(find)
    };
    if let Some(browser) = look() {
        return Ok(browser);
    }
    let remedy = format!(
        "no browser for the tests. Install Chromium or Chrome and name it: {CHROMIUM}=/path/to/browser"
    );
    // Debian's. Ubuntu has it as a snap only, which cannot open the fresh profiles that the tests make.
    apt::ensure(
        &["chromium", "fonts-dejavu-core"],
        "a browser for the tests",
    )
    .with_context(|| remedy.clone())?;
    look().context(remedy)
}

/// Node and npm.
pub fn node() -> Result<()> {
    if find("node").is_none() || find("npm").is_none() {
        let mut packages = Vec::new();
        if find("node").is_none() {
            packages.push("nodejs");
        }
        if find("npm").is_none() {
            packages.push("npm");
        }
        apt::ensure(&packages, "Node for the browser tests")?;
    }
    let version = capture(command("node").arg("--version")).unwrap_or_default();
    ensure!(
        major(&version).is_some_and(|is| is >= NODE),
        "the browser tests need Node {NODE} or newer, and `node --version` says `{version}`. Install one and put it first in PATH"
    );
    Ok(())
}

/// Major version of `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// The packages that a folder's lock file names, in that folder's `node_modules`.
pub fn node_packages(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    ensure!(
        lock.is_file(),
        "{} is missing: run npm install in that folder and commit it",
        lock.display()
    );
    let installed = folder.join("node_modules/.package-lock.json");
    let is_fresh = || -> Option<bool> {
        let locked = lock.metadata().ok()?.modified().ok()?;
        Some(installed.metadata().ok()?.modified().ok()? >= locked)
    };
    if is_fresh().unwrap_or(false) {
        return Ok(());
    }
    say(format!("installing the packages of {}", folder.display()));
    run(npm(folder).args(["ci", "--no-audit", "--no-fund"]))?;
    Ok(())
}

fn npm(folder: &Path) -> Command {
    let mut npm = command("npm");
    npm.current_dir(folder)
        // Playwright must use the browser that is here and never bring its own.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    npm
}

/// The folder of the browser tests.
pub fn browser_tests() -> PathBuf {
    root().join("tests/browser")
}

/// cargo-deny, built once into the user's cache.
pub fn cargo_deny() -> Result<PathBuf> {
    let home = cache_dir()?.join(format!("cargo-deny-{CARGO_DENY}"));
    let program = home.join("bin/cargo-deny");
    if program.is_file() {
        return Ok(program);
    }
    say(format!(
        "building cargo-deny {CARGO_DENY}: a few minutes, once"
    ));
    // Without optimisation it is built in a third of the time and is fast enough all the same.
    run(cargo()
        .args(["install", "cargo-deny", "--locked", "--debug", "--quiet"])
        .args(["--version", CARGO_DENY])
        .arg("--root")
        .arg(&home)
        .env_remove("CARGO_TARGET_DIR"))?;
    Ok(program)
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn nodes_version_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("20"), None);
        assert_eq!(major(""), None);
    }
}
