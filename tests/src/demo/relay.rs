//! The relay's command line, as whoever runs a team uses it.

use anyhow::{Context, Result, ensure};
use kith_shared::api::Invited;
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// `kith-relay` with a data folder and an address.
#[derive(Debug)]
pub struct Cli {
    program: PathBuf,
    data: PathBuf,
    listen: String,
}

impl Cli {
    /// The `kith-relay` that lies beside this program.
    pub fn beside(data: &Path, origin: &str) -> Result<Self> {
        let mut program = std::env::current_exe()?;
        program.set_file_name("kith-relay");
        ensure!(
            program.exists(),
            "{} is missing: cargo build -p kith-relay",
            program.display()
        );
        let listen = origin.trim_start_matches("http://").to_owned();
        Ok(Self {
            program,
            data: data.to_owned(),
            listen,
        })
    }

    /// Invites someone.
    pub fn invite(&self, args: &[&str]) -> Result<Invited> {
        let output = Command::new(&self.program)
            .args(["invite", "--json"])
            .args(args)
            .env("KITH_DATA", &self.data)
            .env("KITH_LISTEN", &self.listen)
            .output()
            .context("running kith-relay invite")?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "kith-relay invite: {said}");
        serde_json::from_slice(&output.stdout).context("what kith-relay invite printed")
    }
}
