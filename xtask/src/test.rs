//! `cargo xtask test`: all checks, one after the other, cheapest first.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::shell::{bin_dir, build, capture, cargo, command, run as run_command, target_dir};
use crate::{setup, toolchain, web};

struct Step {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<Verdict>,
}

/// A step that did not fail.
enum Verdict {
    Passed,
    /// It passed as far as it went; this could not be checked here.
    Unchecked(String),
}

const STEPS: &[Step] = &[
    Step {
        name: "format",
        about: "rustfmt",
        run: format,
    },
    Step {
        name: "clippy",
        about: "clippy over everything, warnings are errors",
        run: clippy,
    },
    Step {
        name: "clippy-web",
        about: "clippy over the app as it is compiled for the browser",
        run: clippy_web,
    },
    Step {
        name: "deny",
        about: "cargo-deny: licences, sources, bans, and advisories where the database can be had",
        run: deny,
    },
    Step {
        name: "cargo",
        about: "cargo test over all packages",
        run: cargo_test,
    },
    Step {
        name: "web",
        about: "build the web app as it is shipped, and weigh it",
        run: build_web,
    },
    Step {
        name: "browser",
        about: "that app in Chromium, against relays of its own",
        run: browser,
    },
];

/// The names of all steps.
pub fn names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

/// What the steps do, for the help.
pub fn long_about() -> String {
    let mut text = "Runs these steps in this order and stops at the first that fails:\n".to_owned();
    for step in STEPS {
        let _ = write!(text, "\n  {:<11} {}", step.name, step.about);
    }
    text
}

/// Runs the steps of these names, or all.
pub fn run(chosen: &[&String]) -> Result<()> {
    let is_chosen =
        |step: &&Step| chosen.is_empty() || chosen.iter().any(|name| **name == step.name);
    let steps: Vec<_> = STEPS.iter().filter(is_chosen).collect();
    let mut unchecked = Vec::new();
    let begun = Instant::now();
    for (number, step) in (1..).zip(&steps) {
        println!(
            "\n==> {number}/{} {}: {}",
            steps.len(),
            step.name,
            step.about
        );
        let begun = Instant::now();
        let result = (step.run)();
        let took = begun.elapsed().as_secs_f64();
        let verdict = result.with_context(|| {
            format!(
                "step `{}` after {took:.1} s. Again, alone: cargo xtask test {}",
                step.name, step.name
            )
        })?;
        println!("<== {} passed in {took:.1} s", step.name);
        if let Verdict::Unchecked(what) = verdict {
            println!("    NOT CHECKED: {what}");
            unchecked.push(what);
        }
    }
    for what in unchecked {
        println!("\nNOT CHECKED: {what}");
    }
    let took = begun.elapsed().as_secs_f64();
    if steps.len() == STEPS.len() {
        println!("\nAll {} steps passed in {took:.0} s.", steps.len());
    } else {
        println!(
            "\n{} of {} steps passed in {took:.0} s; the others were not asked for.",
            steps.len(),
            STEPS.len()
        );
    }
    Ok(())
}

/// Passes when this command does.
fn pass(command: &mut Command) -> Result<Verdict> {
    run_command(command)?;
    Ok(Verdict::Passed)
}

fn format() -> Result<Verdict> {
    pass(cargo().args(["fmt", "--all", "--check"]))
}

fn clippy() -> Result<Verdict> {
    pass(
        cargo()
            .args(["clippy", "--locked", "--workspace", "--all-targets"])
            .args(["--", "--deny", "warnings"]),
    )
}

fn clippy_web() -> Result<Verdict> {
    let toolchain = toolchain::ensure()?;
    if capture(toolchain.cargo().args(["clippy", "--version"])).is_none() {
        return Ok(Verdict::Unchecked(format!(
            "clippy over the code for the browser, because {} has no clippy; rustup's toolchains do",
            toolchain.name()
        )));
    }
    pass(
        toolchain
            .cargo()
            .args(["clippy", "--locked", "--package", "kith-app"])
            .args(["--no-default-features", "--features", "web"])
            .args(["--target", toolchain::WASM, "--profile", "web-quick"])
            .args(["--", "--deny", "warnings"])
            .env("CARGO_TARGET_DIR", target_dir()?.join("web")),
    )
}

fn deny() -> Result<Verdict> {
    let program = setup::cargo_deny()?;
    let deny = |words: &[&str]| {
        let mut deny = command(&program);
        deny.args(["--workspace", "--locked", "--config", ".cargo/deny.toml"])
            .args(words);
        run_command(&mut deny)
    };
    deny(&["check", "bans", "licenses", "sources"])?;
    if let Err(error) = deny(&["fetch", "db"]) {
        return Ok(Verdict::Unchecked(format!(
            "advisories, because their database cannot be had here ({error:#})"
        )));
    }
    deny(&["check", "--disable-fetch", "advisories"])?;
    Ok(Verdict::Passed)
}

fn cargo_test() -> Result<Verdict> {
    // Tests that start programs of the workspace find them beside their own.
    run_command(cargo().args(["build", "--locked", "--workspace", "--bins"]))?;
    pass(cargo().args(["test", "--locked", "--workspace"]))
}

fn build_web() -> Result<Verdict> {
    web::build(web::Build::Release)?;
    Ok(Verdict::Passed)
}

fn browser() -> Result<Verdict> {
    setup::node()?;
    let chromium = setup::chromium()?;
    let folder = setup::browser_tests();
    setup::node_packages(&folder)?;
    let dist = web::build(web::Build::Release)?;
    build(&["kith-relay", "kith-demo"])?;
    let tests = test_files(&folder)?;
    ensure!(
        !tests.is_empty(),
        "no tests in {}: that cannot be right",
        folder.display()
    );
    pass(
        command("node")
            .current_dir(&folder)
            .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
            .args(tests)
            .env("KITH_CHROMIUM", chromium)
            .env("KITH_RELAY", bin_dir()?.join("kith-relay"))
            .env("KITH_WEB", dist),
    )
}

fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
