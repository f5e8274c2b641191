//! Which Rust toolchain builds the web app, and how a machine without one gets it.
//!
//! The choice is a pure function of what was observed ([`next`]); everything that looks at the machine or changes it
//! is outside of it. The order: the toolchain that [`VARIABLE`] names; the toolchain in use, if it can build for
//! wasm32; one made earlier from Debian's packages; `rustup target add`; one made now from Debian's packages.

mod debian;
mod library;
mod rustup;

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::shell::{capture, cargo, command, find, line_of, say};
use debian::Debian;

/// Names the rustup toolchain that builds the web app, instead of the choice made here.
pub const VARIABLE: &str = "KITH_WEB_TOOLCHAIN";

/// What the web app is compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The toolchain made from Debian's packages goes by this name in rustup.
const FALLBACK: &str = "kith-web";

/// The toolchain in use with a small standard library goes by this name in rustup.
const SMALL: &str = "kith-small";

/// A toolchain that can build the web app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Toolchain {
    /// The one in use.
    Current,
    /// One that rustup knows by this name.
    Named(String),
}

impl Toolchain {
    /// Its name, for people.
    pub fn name(&self) -> &str {
        match self {
            Self::Current => "the toolchain in use",
            Self::Named(name) => name,
        }
    }

    /// A cargo that builds with it.
    pub fn cargo(&self) -> Command {
        self.on(cargo())
    }

    fn on(&self, mut command: Command) -> Command {
        if let Self::Named(name) = self {
            command.env("RUSTUP_TOOLCHAIN", name);
        }
        command
    }

    /// Whether the standard library for wasm32 is there.
    fn builds_wasm(&self) -> bool {
        let mut rustc = self.on(command("rustc"));
        rustc.args(["--print", "target-libdir", "--target", WASM]);
        capture(&mut rustc).is_some_and(|dir| holds_std(Path::new(&dir)))
    }
}

fn holds_std(dir: &Path) -> bool {
    let Ok(entries) = dir.read_dir() else {
        return false;
    };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    })
}

/// Makes sure that the web app can be built as it is shipped: with a standard library that was built to be small, as
/// the one made from Debian's packages always is.
pub fn ensure_small() -> Result<Toolchain> {
    let toolchain = ensure()?;
    if toolchain != Toolchain::Current {
        return Ok(toolchain);
    }
    if let Err(why) = rustup::ensure(SMALL) {
        say(format!(
            "no small standard library ({why:#}): the web app gets a thirtieth larger. Where rustup reaches its server: rustup component add rust-src"
        ));
        return Ok(toolchain);
    }
    Ok(Toolchain::Named(SMALL.into()))
}

/// What was observed of this machine so far.
#[derive(Debug, Clone)]
struct Facts {
    /// The toolchain that [`VARIABLE`] names, and whether it builds for wasm32.
    named: Option<(String, bool)>,
    /// The toolchain in use builds for wasm32.
    current: bool,
    /// The toolchain made from Debian's packages is there, and made from the packages installed now.
    fallback: bool,
    rustup: Rustup,
    debian: Debian,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rustup {
    Missing,
    Untried,
    /// It could not add the target: no network, or a toolchain that has none.
    Refused,
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    Use(Toolchain),
    AddTarget,
    AskDebian,
    MakeFallback,
    Stop(String),
}

fn next(facts: &Facts) -> Step {
    match &facts.named {
        Some((name, true)) => return Step::Use(Toolchain::Named(name.clone())),
        Some((name, false)) => {
            return Step::Stop(format!(
                "{VARIABLE} names `{name}`, which cannot build for {WASM}. Unset it, or: rustup target add {WASM} --toolchain {name}"
            ));
        }
        None => {}
    }
    if facts.current {
        return Step::Use(Toolchain::Current);
    }
    if facts.fallback {
        return Step::Use(Toolchain::Named(FALLBACK.into()));
    }
    let remedy = format!(
        "Where rustup reaches its server: rustup target add {WASM}. Or name a toolchain that has it: {VARIABLE}=NAME"
    );
    match (facts.rustup, &facts.debian) {
        (Rustup::Missing, _) => Step::Stop(format!(
            "the web app needs a Rust toolchain for {WASM}, and rustup, which brings it, is not here. Install rustup (https://rustup.rs). {remedy}"
        )),
        (Rustup::Untried, _) => Step::AddTarget,
        (Rustup::Refused, Debian::Unknown) => Step::AskDebian,
        (Rustup::Refused, Debian::Offers) => Step::MakeFallback,
        (Rustup::Refused, Debian::Lacks(why)) => Step::Stop(format!(
            "no toolchain for {WASM}: rustup could not add the target, and it cannot be made from Debian's packages: {why}. {remedy}"
        )),
    }
}

/// Makes sure that the web app can be built, and says with what.
pub fn ensure() -> Result<Toolchain> {
    let mut facts = observe();
    loop {
        match next(&facts) {
            Step::Use(toolchain) => return Ok(toolchain),
            Step::AddTarget => {
                say(format!("adding the target {WASM} to the toolchain in use"));
                match add_target() {
                    Ok(()) => facts.current = true,
                    Err(why) => {
                        say(format!("that did not work ({why:#})"));
                        facts.rustup = Rustup::Refused;
                    }
                }
            }
            Step::AskDebian => facts.debian = debian::observe(),
            Step::MakeFallback => {
                debian::make(FALLBACK)?;
                facts.fallback = true;
            }
            Step::Stop(why) => bail!(why),
        }
    }
}

fn observe() -> Facts {
    let named = env::var(VARIABLE).ok().filter(|name| !name.is_empty());
    let named = named.map(|name| {
        let there = Toolchain::Named(name.clone()).builds_wasm();
        (name, there)
    });
    let current = named.is_none() && Toolchain::Current.builds_wasm();
    Facts {
        fallback: named.is_none() && !current && debian::is_current(FALLBACK),
        named,
        current,
        rustup: match find("rustup") {
            Some(_) => Rustup::Untried,
            None => Rustup::Missing,
        },
        debian: Debian::Unknown,
    }
}

fn add_target() -> Result<()> {
    let mut rustup = command("rustup");
    // A machine without a network should not make anyone wait for several tries.
    rustup
        .args(["target", "add", WASM])
        .env("RUSTUP_MAX_RETRIES", "1")
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::null());
    crate::shell::run(&mut rustup)?;
    if !Toolchain::Current.builds_wasm() {
        bail!("`{}` left no standard library behind", line_of(&rustup));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A machine that has rustup and nothing else.
    fn bare() -> Facts {
        Facts {
            named: None,
            current: false,
            fallback: false,
            rustup: Rustup::Untried,
            debian: Debian::Unknown,
        }
    }

    fn stopped(facts: &Facts) -> String {
        match next(facts) {
            Step::Stop(why) => why,
            other => panic!("expected a stop, got {other:?}"),
        }
    }

    #[test]
    fn a_named_toolchain_goes_before_all_others() {
        let facts = Facts {
            named: Some(("mine".into(), true)),
            current: true,
            fallback: true,
            ..bare()
        };
        assert_eq!(next(&facts), Step::Use(Toolchain::Named("mine".into())));
    }

    #[test]
    fn a_named_toolchain_that_cannot_is_never_silently_replaced() {
        let facts = Facts {
            named: Some(("mine".into(), false)),
            current: true,
            ..bare()
        };
        assert!(stopped(&facts).contains("--toolchain mine"));
    }

    #[test]
    fn the_toolchain_in_use_goes_before_the_fallback() {
        let facts = Facts {
            current: true,
            fallback: true,
            ..bare()
        };
        assert_eq!(next(&facts), Step::Use(Toolchain::Current));
    }

    #[test]
    fn a_fallback_made_earlier_spares_the_network() {
        let facts = Facts {
            fallback: true,
            ..bare()
        };
        assert_eq!(next(&facts), Step::Use(Toolchain::Named("kith-web".into())));
    }

    #[test]
    fn a_bare_machine_asks_rustup_then_debian() {
        let mut facts = bare();
        assert_eq!(next(&facts), Step::AddTarget);
        facts.rustup = Rustup::Refused;
        assert_eq!(next(&facts), Step::AskDebian);
        facts.debian = Debian::Offers;
        assert_eq!(next(&facts), Step::MakeFallback);
        facts.fallback = true;
        assert_eq!(next(&facts), Step::Use(Toolchain::Named("kith-web".into())));
    }

    #[test]
    fn a_stop_says_why_and_what_to_do() {
        let facts = Facts {
            rustup: Rustup::Refused,
            debian: Debian::Lacks("this is no Debian".into()),
            ..bare()
        };
        let why = stopped(&facts);
        assert!(why.contains("this is no Debian") && why.contains("rustup target add"));
        let facts = Facts {
            rustup: Rustup::Missing,
            ..bare()
        };
        assert!(stopped(&facts).contains("Install rustup"));
    }
}
