//! Running other programs, and saying so.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The top folder of the checkout.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask is a folder of the checkout")
}

/// Where cargo put this very program, and so every program of the workspace built with the same profile.
pub fn bin_dir() -> Result<PathBuf> {
    let me = env::current_exe().context("where this program is")?;
    Ok(me
        .parent()
        .context("a program is in a folder")?
        .to_path_buf())
}

/// The target folder in use (`target`, or what `CARGO_TARGET_DIR` says).
pub fn target_dir() -> Result<PathBuf> {
    let bin = bin_dir()?;
    Ok(bin
        .parent()
        .context("the target folder is above")?
        .to_path_buf())
}

/// Where things that outlive a checkout are kept: toolchains and tools that were built once.
pub fn cache_dir() -> Result<PathBuf> {
    let base = match env::var_os("XDG_CACHE_HOME").filter(|dir| !dir.is_empty()) {
        Some(dir) => PathBuf::from(dir),
        None => env::home_dir()
            .context("no home folder: set HOME or XDG_CACHE_HOME")?
            .join(".cache"),
    };
    Ok(base.join("kith"))
}

/// Cargo's own folder, where the sources of dependencies are.
pub fn cargo_home() -> Result<PathBuf> {
    match env::var_os("CARGO_HOME").filter(|dir| !dir.is_empty()) {
        Some(dir) => Ok(PathBuf::from(dir)),
        None => Ok(env::home_dir()
            .context("no home folder: set HOME or CARGO_HOME")?
            .join(".cargo")),
    }
}

/// Flags for the compiler that replace folders of this machine: panic messages name source files, and what leaves this
/// machine should not tell where it was built.
pub fn hide_paths(folders: &[(&Path, &str)]) -> String {
    let flags: Vec<_> = folders
        .iter()
        .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()))
        .collect();
    flags.join(" ")
}

/// Says what happens next.
pub fn say(what: impl AsRef<str>) {
    eprintln!("kith: {}", what.as_ref());
}

/// A command that runs in the top folder.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// A cargo of its own. The variables that an outer cargo leaves behind would bind it to the outer one's compiler.
pub fn cargo() -> Command {
    let mut cargo = command("cargo");
    for name in ["CARGO", "RUSTC", "RUSTDOC"] {
        cargo.env_remove(name);
    }
    cargo
}

/// Builds programs of the workspace; they are then in [`bin_dir`].
///
/// Always with the features of the whole workspace: cargo would else build shared dependencies once more for each
/// choice of packages.
pub fn build(programs: &[&str]) -> Result<()> {
    run(&mut build_of(programs))
}

/// Builds programs of the workspace as they are shipped, and returns the folder that they are in.
pub fn build_shipped(programs: &[&str]) -> Result<PathBuf> {
    run(build_of(programs).arg("--release"))?;
    Ok(target_dir()?.join("release"))
}

fn build_of(programs: &[&str]) -> Command {
    let mut build = cargo();
    build.args(["build", "--locked", "--workspace"]);
    for program in programs {
        build.args(["--bin", program]);
    }
    build
}

/// Shows a command, runs it on this terminal and fails when it does.
pub fn run(command: &mut Command) -> Result<()> {
    let line = line_of(command);
    eprintln!("  $ {line}");
    let status = command
        .status()
        .with_context(|| format!("cannot start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// What a command prints, when it succeeds. For looking at the machine; nothing is shown.
pub fn capture(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// Finds a program in `PATH`.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|dir| dir.join(program))
        .find(|file| file.is_file())
}

/// A command as a person would type it.
pub fn line_of(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .map(|arg| arg.to_string_lossy().into_owned()),
    );
    words.join(" ")
}
