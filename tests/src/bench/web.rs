//! The web app: what a phone has to fetch, and how soon it is there without a network.

use super::Figure;
use crate::process::program;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Bytes of all code, compressed with brotli, that the app may have.
const BUDGET: u64 = 1_300_000;
/// What counts as code: the same as for `cargo xtask web --release`, which holds it to the budget.
const CODE: [(&str, &str); 4] = [
    ("WebAssembly", "wasm"),
    ("JavaScript", "js"),
    ("styles", "css"),
    ("the page", "html"),
];

/// Measures the web app in the folder that `KITH_WEB` names.
pub(super) fn measure() -> Result<Vec<Figure>> {
    let Some(web) = env::var_os("KITH_WEB") else {
        eprintln!("kith-bench: KITH_WEB names no built web app: it is left out");
        return Ok(Vec::new());
    };
    let web = fs::canonicalize(web).context("the folder that KITH_WEB names")?;
    let built = web.file_name().unwrap_or(OsStr::new("?")).to_string_lossy();
    let mut figures = Vec::new();
    let mut all = 0;
    for (what, extension) in CODE {
        let bytes = compressed(&web, extension)?;
        all += bytes;
        figures.push(kilobytes(format!("{what}, brotli"), bytes).with(format!("of {built}")));
    }
    let share = all * 100 / BUDGET;
    let note = format!("{share} % of the budget of {} kB", BUDGET / 1000);
    figures.push(kilobytes("all code, brotli".to_owned(), all).with(note));
    figures.push(cold_start(&web)?);
    Ok(figures)
}

/// Bytes of the compressed files of this kind, folders included.
fn compressed(folder: &Path, extension: &str) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            bytes += compressed(&entry.path(), extension)?;
        } else if name.ends_with(&format!(".{extension}.br")) {
            bytes += entry.metadata()?.len();
        }
    }
    Ok(bytes)
}

/// What the script says.
#[derive(Deserialize)]
struct Starts {
    /// Milliseconds, the shortest first.
    starts: Vec<f64>,
    median: f64,
}

fn cold_start(web: &Path) -> Result<Figure> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("browser");
    let output = Command::new("node")
        .arg("bench.mjs")
        .current_dir(folder)
        .env("KITH_RELAY", program("kith-relay")?)
        .env("KITH_WEB", web)
        .stderr(std::process::Stdio::inherit())
        .output()
        .context("node is not installed")?;
    ensure!(output.status.success(), "the cold start was not measured");
    let Starts { starts, median } = serde_json::from_slice(&output.stdout)?;
    let slowest = starts.last().copied().unwrap_or(median);
    let note = format!(
        "offline, processor slowed 4×, demo team; median of {}, the slowest {slowest:.0} ms",
        starts.len()
    );
    Ok(Figure::new("cold start to Today", median, "ms").with(note))
}

#[allow(clippy::cast_precision_loss)] // Some hundred thousand bytes.
fn kilobytes(name: String, bytes: u64) -> Figure {
    Figure::new(name, bytes as f64 / 1000.0, "kB")
}
