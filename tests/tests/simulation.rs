//! Schedules of everything that can go wrong between phones and relay: five hundred of days at
//! work, a thousand of finding cover.

use kith_tests::sim::{self, Scene, Stats};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

fn check(scene: Scene, seeds: u64, steps: usize) {
    let next = AtomicU64::new(0);
    let work = || {
        let (mut all, mut failures) = (Stats::default(), Vec::new());
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds {
                return (all, failures);
            }
            match sim::run(scene, seed, steps) {
                Ok(stats) => all += stats,
                Err(failure) => failures.push(failure),
            }
        }
    };
    let (all, failures): (Vec<_>, Vec<_>) = thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .map(|t| t.join().expect("a simulation panicked"))
            .unzip()
    });
    let failures: Vec<_> = failures.into_iter().flatten().collect();
    // Otherwise the worlds with small documents would show nothing.
    let parts: usize = all.iter().map(|stats| stats.parts).sum();
    let held_back: usize = all.iter().map(|stats| stats.held_back).sum();
    assert!(
        failures.is_empty(),
        "{failures:#?}\nagain: cargo xtask sim {}--seeds 1 --from SEED --steps {steps}",
        if scene == Scene::Cover {
            "--cover "
        } else {
            ""
        }
    );
    assert!(
        parts > usize::try_from(seeds).expect("few seeds"),
        "{parts} parts"
    );
    assert_eq!(held_back > 100, scene == Scene::Days, "{held_back} waited");
}

#[test]
fn all_promises_hold_whatever_happens() {
    check(Scene::Days, 500, 300);
}

#[test]
fn never_two_and_never_none_unannounced() {
    check(Scene::Cover, 1000, 120);
}

#[test]
fn a_seed_is_a_schedule() {
    for scene in [Scene::Days, Scene::Cover] {
        assert_eq!(sim::run(scene, 7, 120), sim::run(scene, 7, 120));
    }
}
