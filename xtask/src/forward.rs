//! Commands that are programs of the `tests` package: a line here makes one a `cargo xtask NAME`.

use std::ffi::OsString;

use anyhow::{Context, Result};
use clap::{Arg, Command, value_parser};

use crate::shell::{cargo, run as run_command};

/// A program of `kith-tests`.
pub struct Forward {
    name: &'static str,
    bin: &'static str,
    about: &'static str,
    needs: &'static [Needs],
}

/// What a program wants to be built before it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    Relay,
}

/// All of them.
pub const TABLE: &[Forward] = &[
    Forward {
        name: "sim",
        bin: "kith-sim",
        about: "Simulate phones, relay and a bad network: --seeds N --from K",
        needs: &[],
    },
    Forward {
        name: "crash",
        bin: "kith-crash",
        about: "Kill the relay under load and look for what was lost: --rounds N",
        needs: &[Needs::Relay],
    },
    Forward {
        name: "bench",
        bin: "kith-bench",
        about: "Measure, and write target/kith-bench.json",
        needs: &[Needs::Relay],
    },
];

impl Forward {
    /// The command line: everything after the name goes to the program.
    pub fn command(&self) -> Command {
        Command::new(self.name)
            .about(self.about)
            .disable_help_flag(true)
            .arg(
                Arg::new("args")
                    .value_parser(value_parser!(OsString))
                    .num_args(0..)
                    .trailing_var_arg(true)
                    .allow_hyphen_values(true),
            )
    }
}

/// Builds and runs one, with these arguments.
pub fn run<'a>(name: &str, args: impl Iterator<Item = &'a OsString>) -> Result<()> {
    let forward = TABLE
        .iter()
        .find(|forward| forward.name == name)
        .with_context(|| format!("no command {name}"))?;
    if forward.needs.contains(&Needs::Relay) {
        run_command(cargo().args(["build", "--locked", "--package", "kith-relay"]))?;
    }
    run_command(
        cargo()
            .args(["run", "--quiet", "--locked", "--package", "kith-tests"])
            .args(["--bin", forward.bin, "--"])
            .args(args),
    )
}
