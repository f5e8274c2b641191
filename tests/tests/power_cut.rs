//! A machine that loses its power, or whose disk is full, loses nothing that was acknowledged.

use kith_tests::crash::{Looked, check_possible, cut_phone, cut_relay, fill_disk};
use std::{env, io::Write as _};

const ROUNDS: u64 = 4;

#[tokio::test]
async fn no_power_cut_loses_what_was_acknowledged() {
    if !possible("power cuts") {
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

#[tokio::test]
async fn a_full_disk_takes_nothing_in_and_loses_nothing() {
    if !possible("a full disk") {
        return;
    }
    let looked = fill_disk(1).await.unwrap_or_else(|e| panic!("{e:#}"));
    assert!(looked.acknowledged > 10, "{looked:?}");
}

/// Whether disks can be made here; says so where they cannot, and fails where they must.
fn possible(what: &str) -> bool {
    let Err(why) = check_possible() else {
        return true;
    };
    // Straight to the terminal: what a passing test prints is not shown.
    let said = format!("\nNOT CHECKED: {what}, because {why:#}\n");
    std::io::stderr().write_all(said.as_bytes()).unwrap();
    let must = env::var("CI").is_ok_and(|ci| ci == "true") && nix::unistd::geteuid().is_root();
    assert!(!must, "root on CI can make disks: {why:#}");
    false
}
