//! `cargo xtask sim`: runs seeds of the simulation and says which one fails.

use clap::Parser;
use kith_tests::sim::{self, Scene, Stats};
use std::{
    process::ExitCode,
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

/// N phones and a relay in memory under everything that can go wrong between them.
#[derive(Parser)]
#[command(name = "cargo xtask sim")]
struct Options {
    /// A large team finds cover over four weeks, instead of days at work.
    #[arg(long)]
    cover: bool,
    /// How many seeds to run.
    #[arg(long, default_value_t = 500)]
    seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// Steps of each schedule.
    #[arg(long, default_value_t = 400)]
    steps: usize,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let (scene, flag) = if options.cover {
        (Scene::Cover, "--cover ")
    } else {
        (Scene::Days, "")
    };
    let next = AtomicU64::new(options.from);
    let end = options.from.saturating_add(options.seeds);
    let work = || {
        let (mut all, mut failures) = (Stats::default(), Vec::new());
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end {
                return (all, failures);
            }
            match sim::run(scene, seed, options.steps) {
                Ok(stats) => all += stats,
                Err(failure) => failures.push(failure),
            }
        }
    };
    let results: Vec<_> = thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .map(thread::ScopedJoinHandle::join)
            .collect()
    });
    let (mut all, mut failures) = (Stats::default(), Vec::new());
    for result in results {
        let Ok((stats, failed)) = result else {
            println!("a simulation panicked; its message stands above");
            return ExitCode::FAILURE;
        };
        all += stats;
        failures.extend(failed);
    }
    failures.sort_by_key(|f| f.seed);
    println!("{all}");
    for failure in &failures {
        println!(
            "seed {} fails at step {}: {}\n  again: cargo xtask sim {flag}--seeds 1 --from {} --steps {}",
            failure.seed, failure.step, failure.what, failure.seed, options.steps
        );
    }
    println!("{} seeds, {} failures", options.seeds, failures.len());
    if failures.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
