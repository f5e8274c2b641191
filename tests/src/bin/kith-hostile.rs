//! `cargo xtask hostile`: members' devices that lie, against a relay of their own.

use anyhow::Result;
use clap::Parser;
use kith_tests::{
    hostile::{self, Plan},
    sim::hostile::attack,
};
use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

/// Sends mutants of honest changes and requests to a relay, while honest phones go on working.
/// Fails when the relay falls, a document is poisoned, its memory grows too much, or honest phones
/// lose something or wait too long.
#[derive(Parser)]
#[command(name = "cargo xtask hostile")]
struct Options {
    /// How many mutants.
    #[arg(long, default_value_t = 20_000)]
    mutants: u64,
    /// Which: the same seed makes the same ones, but for the ids that the relay rolls.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// The number of the first one.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// Seconds for which honest phones work before the attack begins.
    #[arg(long, default_value_t = 15)]
    calm: u64,
    /// Milliseconds between two requests of one connection.
    #[arg(long, default_value_t = 400)]
    pause: u64,
    /// How many times longer than in calm the slow exchanges of honest phones may take.
    #[arg(long, default_value_t = 2.0)]
    slower: f64,
    /// In memory instead, without a relay process: many more in the same time.
    #[arg(long)]
    in_process: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let options = Options::parse();
    if options.in_process {
        return Ok(in_process(&options));
    }
    let plan = Plan {
        mutants: options.mutants,
        seed: options.seed,
        from: options.from,
        calm: Duration::from_secs(options.calm),
        pause: Duration::from_millis(options.pause),
        slower: options.slower,
    };
    println!(
        "seed {}, {} mutants from number {}",
        plan.seed, plan.mutants, plan.from
    );
    let began = Instant::now();
    match hostile::run(plan).await {
        Ok(report) => {
            let took = began.elapsed().as_secs();
            println!("{report}0 crashes, 0 poisoned documents, {took} s");
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            println!(
                "{error:#}\nagain: cargo xtask hostile --seed {} --mutants {} --from {}",
                plan.seed, plan.mutants, plan.from
            );
            Ok(ExitCode::FAILURE)
        }
    }
}

fn in_process(options: &Options) -> ExitCode {
    let Options {
        seed,
        from,
        mutants,
        ..
    } = *options;
    match attack(seed, from, mutants) {
        Ok(seen) => {
            println!("seed {seed}, {mutants} mutants from number {from}: {seen:?}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!(
                "{error}\nagain: cargo xtask hostile --in-process --seed {seed} --from {from} --mutants {mutants}"
            );
            ExitCode::FAILURE
        }
    }
}
