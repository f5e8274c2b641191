//! `cargo xtask peers`: the relay beside the servers that others sync Automerge documents with.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::Result;
use clap::Command;

use crate::forward::passes_on;
use crate::setup;
use crate::shell::{build_shipped, cargo, command, root, run as run_command, say, target_dir};

/// As it is typed.
pub const NAME: &str = "peers";

/// Its command line: everything after the name goes to the program that measures.
pub fn command_line() -> Command {
    passes_on(
        NAME,
        "Compare the relay with samod's and automerge-repo's servers: --rounds N",
    )
}

/// What is compared with lies here: a program of its own and a folder for Node.
fn folder() -> PathBuf {
    root().join("tests/peers")
}

/// Builds and installs all three, and has them measured; the table is `target/peers/table.md`.
pub fn run<'a>(args: impl Iterator<Item = &'a OsString>) -> Result<()> {
    setup::node()?;
    let repo = folder().join("automerge-repo");
    setup::node_packages(&repo)?;
    // Nothing of it is built into what is shipped, so it has a lock file and a target folder of its own.
    let target = target_dir()?.join("peers");
    say("building samod's server: a few minutes, once");
    run_command(
        cargo()
            .args(["build", "--release", "--locked", "--manifest-path"])
            .arg(folder().join("samod/Cargo.toml"))
            .arg("--target-dir")
            .arg(&target),
    )?;
    let programs = build_shipped(&["kith-peers", "kith-relay"])?;
    run_command(
        command(programs.join("kith-peers"))
            .args(args)
            .env("KITH_PEER", target.join("release/kith-peer"))
            .env("KITH_AUTOMERGE_REPO", repo)
            .env("KITH_PEERS_TABLE", target.join("table.md")),
    )
}
