//! The command `kith-relay`.
#![forbid(unsafe_code)]

use clap::Parser as _;
use kith_relay::cli::{Cli, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    run(Cli::parse()).unwrap_or_else(|error| {
        eprintln!("kith-relay: {error:#}");
        ExitCode::FAILURE
    })
}
