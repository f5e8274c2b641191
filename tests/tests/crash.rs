//! A relay that is killed loses nothing that it acknowledged.

use kith_tests::crash::{Looked, kill};

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
