//! Commands that are programs of the `tests` package: a line here makes one a `cargo xtask NAME`.

use std::ffi::OsString;

use anyhow::{Context, Result};
use clap::{Arg, Command, value_parser};

use crate::shell::{bin_dir, build, build_shipped, command, run as run_command};
use crate::{setup, web};

/// A program of `kith-tests`.
pub struct Forward {
    name: &'static str,
    about: &'static str,
    /// Built before it starts: the program itself first, then those that it starts.
    programs: &'static [&'static str],
    built: Built,
}

/// How the programs are built.
enum Built {
    Quickly,
    /// As they are shipped: it judges how fast they are.
    Shipped,
    /// And the web app with them.
    ShippedWithApp,
}

/// All of them.
pub const TABLE: &[Forward] = &[
    Forward {
        name: "sim",
        about: "Simulate phones, relay and a bad network: --seeds N --from K",
        programs: &["kith-sim"],
        built: Built::Quickly,
    },
    Forward {
        name: "crash",
        about: "Kill the relay under load and look for what was lost: --rounds N",
        programs: &["kith-crash", "kith-relay"],
        built: Built::Quickly,
    },
    Forward {
        name: "hostile",
        about: "Attack a relay with mutants, beside honest phones: --mutants N --seed S",
        programs: &["kith-hostile", "kith-relay"],
        built: Built::Shipped,
    },
    Forward {
        name: "bench",
        about: "Measure, and write target/kith-bench.json",
        programs: &["kith-bench", "kith-relay", "kith-demo"],
        built: Built::ShippedWithApp,
    },
];

impl Forward {
    /// The command line: everything after the name goes to the program.
    pub fn command(&self) -> Command {
        passes_on(self.name, self.about)
    }
}

/// A command whose arguments go to the program behind it, untouched.
pub fn passes_on(name: &'static str, about: &'static str) -> Command {
    Command::new(name).about(about).disable_help_flag(true).arg(
        Arg::new("args")
            .value_parser(value_parser!(OsString))
            .num_args(0..)
            .trailing_var_arg(true)
            .allow_hyphen_values(true),
    )
}

/// Builds and runs one, with these arguments.
pub fn run<'a>(name: &str, args: impl Iterator<Item = &'a OsString>) -> Result<()> {
    let forward = TABLE
        .iter()
        .find(|forward| forward.name == name)
        .with_context(|| format!("no command {name}"))?;
    let program = forward.programs[0];
    let mut run = match forward.built {
        Built::Quickly => {
            build(forward.programs)?;
            command(bin_dir()?.join(program))
        }
        Built::Shipped => command(build_shipped(forward.programs)?.join(program)),
        Built::ShippedWithApp => {
            setup::node()?;
            setup::node_packages(&setup::browser_tests())?;
            let (chromium, web) = (setup::chromium()?, web::build(web::Build::Release)?);
            let mut run = command(build_shipped(forward.programs)?.join(program));
            run.env("KITH_CHROMIUM", chromium).env("KITH_WEB", web);
            run
        }
    };
    run_command(run.args(args))
}
