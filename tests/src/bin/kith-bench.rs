//! `cargo xtask bench`: measures, prints a table and writes `target/kith-bench.json`.

use anyhow::{Context, Result};
use clap::Parser;
use kith_tests::bench;
use std::path::Path;

/// Measures relay and phones on this machine, over loopback, within a minute or two.
#[derive(Parser)]
#[command(name = "cargo xtask bench")]
struct Options {
    /// Only what has this in its name, such as "month"; the file is then left as it is.
    #[arg(long, default_value = "")]
    only: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let Options { only } = Options::parse();
    if cfg!(debug_assertions) {
        eprintln!(
            "kith-bench: this is an unoptimised build; \"cargo xtask bench\" makes the other"
        );
    }
    let figures = bench::measure(&only, |what| eprintln!("kith-bench: {what}")).await?;
    bench::print(&figures);
    if !only.is_empty() {
        return Ok(());
    }
    let me = std::env::current_exe()?;
    let target = me.parent().and_then(Path::parent);
    let file = target.context("the target folder")?.join("kith-bench.json");
    bench::write(&figures, &file)?;
    println!("\n{}", file.display());
    Ok(())
}
