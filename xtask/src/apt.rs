//! Debian's and Ubuntu's packages.

use std::process::Command;

use anyhow::{Result, bail};

use crate::shell::{capture, command, find, run, say};

/// Whether this machine has apt at all.
pub fn is_here() -> bool {
    find("apt-get").is_some() && find("dpkg-query").is_some()
}

/// Whether we may install packages: as root, or through sudo.
pub fn may_install() -> bool {
    is_here() && (is_root() || find("sudo").is_some())
}

/// The version of a package that is installed.
pub fn installed(package: &str) -> Option<String> {
    let shown = capture(command("dpkg-query").args([
        "--show",
        "--showformat=${db:Status-Status} ${Version}",
        package,
    ]))?;
    shown.strip_prefix("installed ").map(str::to_owned)
}

/// The version of a package that could be installed, from the lists as they are on this machine.
pub fn candidate(package: &str) -> Option<String> {
    let policy = capture(command("apt-cache").args(["policy", package]))?;
    let version = policy
        .lines()
        .find_map(|line| line.trim().strip_prefix("Candidate: "))?;
    (version != "(none)").then(|| version.to_owned())
}

/// Fetches the package lists.
pub fn update() -> Result<()> {
    run(&mut privileged(&["update"]))
}

/// Installs those of the packages that are missing. `why` is said before anything is changed.
pub fn ensure(packages: &[&str], why: &str) -> Result<()> {
    let missing: Vec<_> = packages
        .iter()
        .copied()
        .filter(|package| installed(package).is_none())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    if !may_install() {
        bail!(
            "{why} needs the packages {names}. Install them as an administrator: apt-get install {names}"
        );
    }
    say(format!("installing {names} ({why})"));
    if missing.iter().any(|package| candidate(package).is_none()) {
        update()?;
    }
    let mut args = vec!["install", "--yes", "--no-install-recommends"];
    args.extend(&missing);
    // Lists that have grown old name files that are gone; with fresh ones the second try gets through.
    if run(&mut privileged(&args)).is_err() {
        update()?;
        run(&mut privileged(&args))?;
    }
    Ok(())
}

fn is_root() -> bool {
    capture(command("id").arg("-u")).is_some_and(|id| id == "0")
}

fn privileged(args: &[&str]) -> Command {
    let mut apt = if is_root() {
        let mut apt = command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    } else {
        let mut sudo = command("sudo");
        sudo.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    };
    // Waits for another installation that is under way, and says no more than is worth reading.
    apt.args(["--quiet", "--option=DPkg::Lock::Timeout=600"])
        .arg("--option=Dpkg::Use-Pty=0")
        .args(args);
    apt
}
