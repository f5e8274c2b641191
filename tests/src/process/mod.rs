//! The real relay as a process of its own, to start, to ask and to kill; and real phones that talk
//! to it over HTTP.

mod phone;
mod relay;

pub use phone::{Phone, documents, join, level, note, reopen};
pub use relay::{House, Relay, freeze};

use anyhow::{Context, Result, ensure};
use std::{env, path::PathBuf};

/// A program of the workspace, which lies where cargo put this one.
pub fn program(name: &str) -> Result<PathBuf> {
    let me = env::current_exe().context("where this program is")?;
    let folder = me.parent().context("a program is in a folder")?;
    // Tests lie one folder deeper than programs.
    let folder = match folder.parent() {
        Some(above) if folder.ends_with("deps") => above,
        _ => folder,
    };
    let program = folder.join(name);
    ensure!(
        program.is_file(),
        "{} is not there. Build it: cargo build --workspace --bins",
        program.display()
    );
    Ok(program)
}
