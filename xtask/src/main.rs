//! The developer's commands: `cargo xtask help` lists them.

mod apt;
mod demo;
mod forward;
mod peers;
mod setup;
mod shell;
mod test;
mod toolchain;
mod web;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Arg, ArgAction, ArgMatches, Command};

const AFTER: &str = "\
All commands work in the checkout, on a machine with cargo and git. What else they need they look for, and install
what is missing; they say what they do. Run `cargo xtask COMMAND --help` for more about one.

Environment:
  KITH_LISTEN         where the demo's relay listens (127.0.0.1:8080)
  KITH_WEB_TOOLCHAIN  the rustup toolchain that builds the web app, instead of the one chosen
  KITH_CHROMIUM       the browser for the tests, instead of the one found";

fn cli() -> Command {
    Command::new("xtask")
        .bin_name("cargo xtask")
        .about("Kith's commands for developers")
        .after_help(AFTER)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(false)
        .subcommand(
            Command::new("demo")
                .about("Run Kith here, with a made-up team to try it on")
                .long_about(
                    "Builds the relay and the web app, starts the relay with its store in data/demo, fills it with a \
                     made-up team when it is empty, and prints one link for each role to join with. Ctrl-C stops it; \
                     the next start carries on where it was.",
                )
                .arg(flag("fresh", "Empty the store first")),
        )
        .subcommand(
            Command::new("test")
                .about("Check everything, as every change is checked")
                .long_about(test::long_about())
                .arg(
                    Arg::new("step")
                        .help("Run these steps only")
                        .value_parser(test::names())
                        .action(ArgAction::Append)
                        .num_args(0..),
                ),
        )
        .subcommand(
            Command::new("web")
                .about("Build the web app, as the relay serves it")
                .arg(flag(
                    "release",
                    "As small as can be, as it is shipped; fails when it outgrows its budget",
                )),
        )
        .subcommand(
            Command::new("setup")
                .about("Install what the other commands need, and nothing else"),
        )
        .subcommands(forward::TABLE.iter().map(forward::Forward::command))
        .subcommand(peers::command_line())
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .help(help)
        .action(ArgAction::SetTrue)
}

fn run(matches: &ArgMatches) -> Result<()> {
    match matches.subcommand() {
        Some(("demo", args)) => demo::run(args.get_flag("fresh")),
        Some(("test", args)) => {
            let steps: Vec<_> = args
                .get_many::<String>("step")
                .into_iter()
                .flatten()
                .collect();
            test::run(&steps)
        }
        Some(("web", args)) => {
            let build = if args.get_flag("release") {
                web::Build::Release
            } else {
                web::Build::Quick
            };
            web::build(build).map(drop)
        }
        Some(("setup", _)) => setup::all(),
        Some((peers::NAME, args)) => {
            peers::run(args.get_many::<OsString>("args").into_iter().flatten())
        }
        Some((name, args)) => {
            let args = args.get_many::<OsString>("args").into_iter().flatten();
            forward::run(name, args)
        }
        None => unreachable!("clap asks for a command"),
    }
}

fn main() -> ExitCode {
    match run(&cli().get_matches()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Debug would add a backtrace, which helps nobody whose machine lacks a package.
            eprintln!("\nkith: failed: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        cli().debug_assert();
    }

    #[test]
    fn forwarded_commands_get_their_arguments_untouched() {
        let matches = cli().get_matches_from(["xtask", "sim", "--seeds", "5", "--help"]);
        let (name, args) = matches.subcommand().unwrap();
        let args: Vec<_> = args.get_many::<OsString>("args").unwrap().collect();
        assert_eq!(name, "sim");
        assert_eq!(args, ["--seeds", "5", "--help"]);
    }

    #[test]
    fn an_unknown_step_is_refused_with_the_names_of_those_there_are() {
        let error = cli()
            .try_get_matches_from(["xtask", "test", "nonsense"])
            .unwrap_err();
        assert!(error.to_string().contains("browser"), "{error}");
    }
}
