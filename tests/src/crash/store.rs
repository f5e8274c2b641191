//! A phone's store that a process of its own writes to, and what it must hold at any moment.

use crate::process::program;
use anyhow::{Context, Result, ensure};
use kith_app::platform::{
    LocalStore,
    store::{Batch, Generation, Image, Store as _},
};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, Command, Stdio},
    thread::{self, JoinHandle},
};

/// Names that transactions choose from: few, so that values are replaced and removed.
const NAMES: u32 = 24;
/// Longest value: a month's document.
const LONGEST: usize = 20_000;

/// Commits transactions to the store in this folder for ever, and prints the generation after
/// each that the store said is durable. `kith-crash --write-store` does this.
pub async fn write_store(folder: &Path, seed: u64) -> Result<()> {
    let store = LocalStore::open(folder)?;
    let mut from = store.load().await?.generation;
    let mut out = std::io::stdout();
    loop {
        store.commit(&transaction(seed, from)).await?;
        from += 1;
        writeln!(out, "{from}")?;
        out.flush()?;
    }
}

/// The transaction that is worked out from this generation.
fn transaction(seed: u64, from: Generation) -> Batch {
    let mut dice = fastrand::Rng::with_seed(seed ^ from.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut batch = Batch {
        from,
        ..Batch::default()
    };
    for _ in 0..dice.usize(1..5) {
        let name = format!("document/{}", dice.u32(..NAMES));
        if dice.u8(..5) == 0 {
            batch.remove(name);
        } else {
            let length = dice.usize(..LONGEST);
            batch.put(
                name,
                std::iter::repeat_with(|| dice.u8(..))
                    .take(length)
                    .collect(),
            );
        }
    }
    batch
}

/// A process that writes to the store in a folder.
pub(super) struct Writer {
    child: Child,
    heard: JoinHandle<Generation>,
}

impl Writer {
    pub(super) fn start(folder: &Path, seed: u64) -> Result<Self> {
        let mut child = Command::new(program("kith-crash")?)
            .arg("--write-store")
            .arg(folder)
            .args(["--seed", &seed.to_string()])
            .stdout(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().context("its output")?;
        let heard = thread::spawn(move || {
            let lines = BufReader::new(out).lines().map_while(Result::ok);
            lines.filter_map(|l| l.parse().ok()).last().unwrap_or(0)
        });
        Ok(Self { child, heard })
    }

    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends it, and returns the last generation that it called durable.
    pub(super) fn end(mut self) -> Result<Generation> {
        let ended = self.child.try_wait()?;
        ensure!(ended.is_none(), "the writer failed: it says why above");
        self.child.kill()?;
        self.child.wait()?;
        let last = self.heard.join();
        last.map_err(|_| anyhow::anyhow!("the writer's output cannot be read"))
    }
}

/// Looks at a store that was written until an end: it opens, holds whole transactions, and every
/// one of those that it called durable.
pub(super) async fn look_at(folder: &Path, seed: u64, durable: Generation) -> Result<()> {
    let image = LocalStore::open(folder)?.load().await?;
    let there = image.generation;
    ensure!(
        there >= durable,
        "{} of {durable} durable transactions lost",
        durable - there
    );
    let mut expected = Image::default();
    for from in 0..there {
        expected.apply(&transaction(seed, from));
    }
    ensure!(image == expected, "the store holds parts of transactions");
    Ok(())
}
