//! `cargo xtask hostile`: members' devices that lie, against a relay of their own.

use anyhow::Result;
use clap::Parser;
use kith_tests::hostile::{self, Plan};
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
    #[arg(long, default_value_t = 60)]
    pause: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let options = Options::parse();
    let plan = Plan {
        mutants: options.mutants,
        seed: options.seed,
        from: options.from,
        calm: Duration::from_secs(options.calm),
        pause: Duration::from_millis(options.pause),
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
