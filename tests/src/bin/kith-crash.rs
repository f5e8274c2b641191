//! `cargo xtask crash`: ends relay and phone at the worst moment and looks for what was lost.

use anyhow::Result;
use clap::Parser;
use kith_tests::crash::{self, Looked};
use std::{path::PathBuf, process::ExitCode};

/// Kills a relay under load, starts it again, and looks for everything that it acknowledged.
#[derive(Parser)]
#[command(name = "cargo xtask crash")]
struct Options {
    /// How many rounds to run; each has its own seed.
    #[arg(long, default_value_t = 20)]
    rounds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Only at named steps, of the relay and of the commands that take a backup and restore it,
    /// instead of at any moment.
    #[arg(long, conflicts_with = "power_cut")]
    steps: bool,
    /// Cut the power instead, of a relay and of a phone (needs root, loop devices and ext4).
    #[arg(long)]
    power_cut: bool,
    /// Only write to a phone's store in this folder until ended: what a power cut interrupts.
    #[arg(long, value_name = "FOLDER", hide = true)]
    write_store: Option<PathBuf>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let options = Options::parse();
    if let Some(folder) = &options.write_store {
        crash::write_store(folder, options.seed).await?;
    }
    if options.power_cut {
        crash::check_possible()?;
    }
    let (mut all, mut failed) = (Looked::default(), 0);
    for seed in (options.seed..).take(usize::try_from(options.rounds)?) {
        match round(seed, &options).await {
            Ok(looked) => all += looked,
            Err(error) => {
                failed += 1;
                let how = match (options.power_cut, options.steps) {
                    (true, _) => " --power-cut",
                    (_, true) => " --steps",
                    _ => "",
                };
                println!("{error:#}\n  again: cargo xtask crash --rounds 1 --seed {seed}{how}");
            }
        }
    }
    println!(
        "{} ends, {} acknowledged changes looked for",
        all.ends, all.acknowledged
    );
    if failed > 0 {
        println!("{} rounds, {failed} failed", options.rounds);
        return Ok(ExitCode::FAILURE);
    }
    println!("{} rounds, 0 acknowledged changes lost", options.rounds);
    Ok(ExitCode::SUCCESS)
}

async fn round(seed: u64, options: &Options) -> Result<Looked> {
    if options.steps {
        return crash::at_step(seed).await;
    }
    if !options.power_cut {
        let mut looked = crash::kill(seed).await?;
        looked += crash::at_step(seed).await?;
        return Ok(looked);
    }
    let mut looked = crash::cut_relay(seed).await?;
    looked += crash::cut_phone(seed).await?;
    Ok(looked)
}
