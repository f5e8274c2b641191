//! A relay that is killed loses nothing that it acknowledged.

use kith_tests::crash::{Looked, STEPS, at_step, kill};

const ROUNDS: u64 = 8;

#[tokio::test]
async fn no_crash_loses_what_was_acknowledged() {
    let mut all = Looked::default();
    for seed in 0..ROUNDS {
        all += kill(seed).await.unwrap_or_else(|error| {
            panic!("{error:#}\nagain: cargo xtask crash --rounds 1 --seed {seed}")
        });
    }
    // Rounds in which nothing was acknowledged would show nothing.
    assert!(all.acknowledged > 20 * all.ends, "{all:?}");
}

/// Between any two of its steps: before anything is written, before it is on disk, before it is
/// said, and while its keys change.
#[tokio::test]
async fn no_step_is_one_at_which_a_crash_loses_something() {
    let mut all = Looked::default();
    for seed in 0..2 * STEPS.len() as u64 {
        all += at_step(seed).await.unwrap_or_else(|error| {
            panic!("{error:#}\nagain: cargo xtask crash --steps --rounds 1 --seed {seed}")
        });
    }
    assert!(all.acknowledged > all.ends, "{all:?}");
}
