//! `cargo xtask web`: the web app as the relay serves it.
//!
//! cargo compiles, wasm-bindgen (as a library, of the version in `Cargo.lock`) writes the JavaScript beside it,
//! [`site`] gives every file its lasting name, [`pack`] compresses.

mod bindgen;
mod pack;
mod site;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::shell::{cargo_home, hide_paths, root, run, say, target_dir};
use crate::toolchain::{self, WASM};
use site::Files;

/// All code of the app, as a phone loads it on its first visit and after an update, and then keeps.
/// Compressed with brotli, in bytes: six to seven seconds on a line of 1.6 Mbit/s.
const BUDGET: usize = 1_300_000;

/// What is done with the inputs, as text: a new recipe makes a new site.
const RECIPE: [&str; 5] = [
    include_str!("web.rs"),
    include_str!("web/bindgen.rs"),
    include_str!("web/pack.rs"),
    include_str!("web/site.rs"),
    include_str!("web/start.js"),
];

/// How the app is compiled: quickly, or as small as can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Build {
    /// For demo and tests.
    Quick,
    /// As it is shipped.
    Release,
}

impl Build {
    fn profile(self) -> &'static str {
        match self {
            Self::Quick => "web-quick",
            Self::Release => "web",
        }
    }

    fn dist(self) -> &'static str {
        match self {
            Self::Quick => "dist",
            Self::Release => "dist-release",
        }
    }
}

/// Builds the web app and gives the folder to serve.
pub fn build(build: Build) -> Result<PathBuf> {
    let target = target_dir()?.join("web");
    let dist = target.join(build.dist());
    let wasm = compile(build, &target)?;
    let inputs = Inputs::read(&wasm)?;
    let stamp = inputs.stamp();
    let stamp_file = dist.with_extension("stamp");
    if dist.is_dir() && fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp) {
        say(format!("the web app is up to date in {}", dist.display()));
        return Ok(dist);
    }
    let site = inputs.assemble(build)?;
    // The old stamp goes first and the new one comes last: a run that was stopped is done again.
    let _ = fs::remove_file(&stamp_file);
    let sizes = pack::publish(&site, &dist, build)?;
    weigh(&sizes, build)?;
    fs::write(stamp_file, stamp)?;
    say(format!("the web app is in {}", dist.display()));
    Ok(dist)
}

/// Says what the app weighs; when it is to be shipped, it may not outgrow its budget.
fn weigh(sizes: &[pack::Size], build: Build) -> Result<()> {
    let (raw, sent) = pack::code(sizes);
    if build == Build::Quick {
        say(format!(
            "all code: {raw} bytes, {sent} sent; what is shipped is smaller (--release)"
        ));
        return Ok(());
    }
    println!("{}", pack::table(sizes));
    println!("{raw:>9}  {sent:>9}  all code; the budget is {BUDGET} sent");
    ensure!(
        sent <= BUDGET,
        "the code of the web app has outgrown its budget: {sent} of {BUDGET} bytes"
    );
    Ok(())
}

fn compile(build: Build, target: &Path) -> Result<PathBuf> {
    let toolchain = match build {
        Build::Quick => toolchain::ensure()?,
        Build::Release => toolchain::ensure_small()?,
    };
    say(format!("building the web app with {}", toolchain.name()));
    let mut cargo = toolchain.cargo();
    cargo
        .args(["build", "--locked", "--package", "kith-app"])
        .args(["--no-default-features", "--features", "web"])
        .args(["--target", WASM, "--profile", build.profile()])
        .env("CARGO_TARGET_DIR", target);
    if build == Build::Release {
        let hidden = hide_paths(&[(&cargo_home()?, "/cargo"), (root(), "/kith")]);
        cargo.env("RUSTFLAGS", hidden);
    }
    run(&mut cargo)?;
    Ok(target
        .join(WASM)
        .join(build.profile())
        .join("kith-app.wasm"))
}

/// Everything the site is made of.
struct Inputs {
    wasm: Vec<u8>,
    css: Files,
    fonts: Files,
    public: Files,
}

impl Inputs {
    fn read(wasm: &Path) -> Result<Self> {
        let assets = root().join("assets");
        Ok(Self {
            wasm: fs::read(wasm)
                .with_context(|| format!("no {}: does kith-app have a program?", wasm.display()))?,
            css: folder(&assets.join("css"), Some("css"))?,
            fonts: folder(&assets.join("fonts"), Some("woff2"))?,
            public: folder(&assets.join("public"), None)?,
        })
    }

    /// Differs when any input does, or what is done with them.
    fn stamp(&self) -> String {
        let mut parts: Vec<_> = RECIPE.iter().map(|&text| text.to_owned()).collect();
        parts.push(site::digest(&self.wasm));
        for (name, bytes) in [&self.css, &self.fonts, &self.public].into_iter().flatten() {
            parts.push(format!("{name} {}", site::digest(bytes)));
        }
        site::digest(parts.join("\n").as_bytes())
    }

    fn assemble(self, build: Build) -> Result<Files> {
        say("writing the JavaScript side");
        let mut files = bindgen::run(&self.wasm, build)?;
        files.insert("app.css".into(), site::join_css(&self.css)?);
        files.extend(
            self.fonts
                .into_iter()
                .map(|(name, bytes)| (format!("fonts/{name}"), bytes)),
        );
        files.extend(self.public);
        site::assemble(files)
    }
}

/// The files of a folder and its subfolders by path, or only those that end in one way.
fn folder(dir: &Path, extension: Option<&str>) -> Result<Files> {
    let mut files = Files::new();
    let mut dirs = vec![dir.to_path_buf()];
    while let Some(next) = dirs.pop() {
        let entries = fs::read_dir(&next).with_context(|| format!("reading {}", next.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                dirs.push(path);
                continue;
            }
            if extension.is_some_and(|wanted| path.extension().is_none_or(|is| is != wanted)) {
                continue;
            }
            let name = path
                .strip_prefix(dir)?
                .to_str()
                .context("a name in UTF-8")?;
            files.insert(name.to_owned(), fs::read(&path)?);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_shipped_is_held_to_the_budget() {
        let of = |sent| [pack::Size::new("a.wasm", sent, sent)];
        assert!(weigh(&of(BUDGET), Build::Release).is_ok());
        let error = weigh(&of(BUDGET + 1), Build::Release).unwrap_err();
        assert!(error.to_string().contains("outgrown"), "{error}");
        assert!(weigh(&of(BUDGET + 1), Build::Quick).is_ok());
    }
}
