//! A machine that loses its power loses nothing that was acknowledged.

use kith_tests::crash::{Looked, check_possible, cut_phone, cut_relay};
use std::{env, io::Write as _};

const ROUNDS: u64 = 4;

#[tokio::test]
async fn no_power_cut_loses_what_was_acknowledged() {
    if let Err(why) = check_possible() {
        // Straight to the terminal: what a passing test prints is not shown.
        let said = format!("\nNOT CHECKED: power cuts, because {why:#}\n");
        std::io::stderr().write_all(said.as_bytes()).unwrap();
        let must = env::var("CI").is_ok_and(|ci| ci == "true") && nix::unistd::geteuid().is_root();
        assert!(!must, "root on CI can cut the power: {why:#}");
        return;
    }
    let mut all = Looked::default();
    for seed in 0..ROUNDS {
        for looked in [cut_relay(seed).await, cut_phone(seed).await] {
            all += looked.unwrap_or_else(|error| {
                panic!("{error:#}\nagain: cargo xtask crash --power-cut --rounds 1 --seed {seed}")
            });
        }
    }
    assert!(all.acknowledged > 20 * all.ends, "{all:?}");
}
