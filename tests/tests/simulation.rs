//! Five hundred schedules of everything that can go wrong between phones and relay.

use kith_tests::sim;
use std::{
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

const SEEDS: u64 = 500;
const STEPS: usize = 300;

#[test]
fn all_promises_hold_whatever_happens() {
    let next = AtomicU64::new(0);
    let work = || {
        let mut failures = Vec::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= SEEDS {
                return failures;
            }
            if let Err(failure) = sim::run(seed, STEPS) {
                failures.push(failure);
            }
        }
    };
    let failures: Vec<_> = thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .flat_map(|t| t.join().expect("a simulation panicked"))
            .collect()
    });
    assert!(
        failures.is_empty(),
        "{failures:#?}\nagain: cargo xtask sim --seeds 1 --from SEED --steps {STEPS}"
    );
}

#[test]
fn a_seed_is_a_schedule() {
    assert_eq!(sim::run(7, 120), sim::run(7, 120));
}
