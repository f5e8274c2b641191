//! A relay's data folder, the commands on it, and the relay that serves it.

use super::program;
use anyhow::{Context, Result, bail, ensure};
use kith_relay::{
    config::{DataFolder, Settings},
    journal::SledJournal,
    vault::KeyFile,
};
use kith_shared::{
    api::{Invited, path},
    ids::{DeviceId, MemberId, TeamId},
};
use nix::{
    sys::signal::{self, Signal},
    unistd::Pid,
};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

/// How long a relay may take to start or to stop.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where a relay lives: its data folder.
#[derive(Debug, Clone)]
pub struct House(PathBuf);

#[derive(Deserialize)]
struct Founded {
    team: TeamId,
    invited: Invited,
}

impl House {
    /// The house in this folder.
    pub fn at(data: impl Into<PathBuf>) -> Self {
        Self(data.into())
    }

    /// What lies where in it.
    pub fn data(&self) -> DataFolder {
        self.settings().data()
    }

    fn settings(&self) -> Settings {
        Settings {
            data: Some(self.0.clone()),
            ..Settings::default()
        }
    }

    /// The relay's secrets.
    pub fn keys(&self) -> Result<KeyFile> {
        self.settings().keys()
    }

    /// Makes a team; returns it and the invitation of its first PA.
    pub fn found(&self, team: &str) -> Result<(TeamId, Invited)> {
        let founded: Founded = self.json(&["init", "--team", team, "--name", "Nia", "--json"])?;
        Ok((founded.team, founded.invited))
    }

    /// Invites someone; `more` are further flags, such as `--person`.
    pub fn invite(&self, role: &str, name: &str, more: &[&str]) -> Result<Invited> {
        self.json(&[&["invite", "--role", role, "--name", name, "--json"], more].concat())
    }

    /// Invites a member's further device.
    pub fn invite_again(&self, member: MemberId) -> Result<Invited> {
        self.json(&["invite", "--member", &member.to_string(), "--json"])
    }

    /// Says that a device is lost.
    pub fn lose(&self, device: DeviceId) -> Result<String> {
        self.run(&["revoke", "--device", &device.to_string()])
    }

    /// Has the relay's own check look at the journal; returns what it said.
    pub fn check(&self) -> Result<String> {
        self.run(&["check"])
    }

    /// Has the relay's own check look at a backup; returns what it said, or fails with it.
    pub fn check_backup(&self, folder: &Path) -> Result<String> {
        self.run(&["check", "--backup", plain(folder)?])
    }

    /// Writes the team's documents to `folder`.
    pub fn export(&self, format: &str, folder: &Path) -> Result<String> {
        self.run(&["export", "--format", format, "--out", plain(folder)?])
    }

    /// The journal itself, while no relay has it open.
    pub fn journal(&self) -> Result<SledJournal> {
        Ok(SledJournal::open(&self.data().journal(), &self.keys()?)?)
    }

    /// Starts the relay on any free port.
    pub fn serve(&self) -> Result<Relay> {
        self.serve_at("127.0.0.1:0")
    }

    /// Starts the relay where there is room, with the web app in this folder.
    pub fn serve_app(&self, web: &Path) -> Result<Relay> {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0", "--log", "error"])?;
        command.arg("--web").arg(web);
        Relay::start(command)
    }

    /// Starts the relay at this address.
    pub fn serve_at(&self, address: &str) -> Result<Relay> {
        Relay::start(self.command(&["serve", "--listen", address, "--log", "error"])?)
    }

    /// Starts the relay at this address; it ends when it has passed this step so many times.
    pub fn serve_until(&self, address: &str, step: &str, times: u64) -> Result<Relay> {
        let mut command = self.command(&["serve", "--listen", address, "--log", "error"])?;
        command.env("KITH_CRASH_AT", format!("{step}:{times}"));
        // It says that it was aborted.
        command.stderr(Stdio::null());
        Relay::start(command)
    }

    /// Has the relay make a new master key.
    pub fn rotate_master_key(&self) -> Result<String> {
        self.run(&["rotate-master-key"])
    }

    /// Takes a backup.
    pub fn back_up(&self, to: &Path) -> Result<String> {
        self.run(&["backup", "--to", plain(to)?])
    }

    /// An empty house that has this one's master key and nothing else.
    pub fn beside(&self, data: impl Into<PathBuf>) -> Result<Self> {
        let house = Self::at(data);
        fs::create_dir_all(&house.0)?;
        fs::copy(self.data().master_key(), house.data().master_key())?;
        Ok(house)
    }

    /// Makes the data of this house from a backup.
    pub fn restore(&self, from: &Path) -> Result<String> {
        self.run(&["restore", "--from", plain(from)?])
    }

    /// Takes a backup, or restores one, and ends when it has passed this step so many times; says
    /// how it ended.
    pub fn cut_off(&self, args: [&str; 2], folder: &Path, at: (&str, u64)) -> Result<ExitStatus> {
        let (step, times) = at;
        let mut command = self.command(&[args[0], args[1], plain(folder)?])?;
        command.env("KITH_CRASH_AT", format!("{step}:{times}"));
        Ok(command.output()?.status)
    }

    fn command(&self, args: &[&str]) -> Result<Command> {
        let mut command = Command::new(program("kith-relay")?);
        command.args(args).arg("--data").arg(&self.0);
        Ok(command)
    }

    fn run(&self, args: &[&str]) -> Result<String> {
        let Output {
            status,
            stdout,
            stderr,
        } = self.command(args)?.output()?;
        let said = String::from_utf8_lossy(&stdout).into_owned();
        ensure!(
            status.success(),
            "kith-relay {} failed ({status})\n{said}{}",
            args.join(" "),
            String::from_utf8_lossy(&stderr)
        );
        Ok(said)
    }

    fn json<T: for<'a> Deserialize<'a>>(&self, args: &[&str]) -> Result<T> {
        serde_json::from_str(&self.run(args)?).context("what the relay said")
    }
}

fn plain(path: &Path) -> Result<&str> {
    path.to_str().context("a folder with a plain name")
}

/// A relay that runs. It is killed when this is dropped.
#[derive(Debug)]
pub struct Relay {
    child: Child,
    origin: String,
}

impl Relay {
    fn start(mut command: Command) -> Result<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let stdout = child.stdout.take().context("its output")?;
        let (say, hear) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if let Some(origin) = line.strip_prefix("ready ") {
                    let _ = say.send(origin.to_owned());
                }
            }
        });
        let mut relay = Self {
            child,
            origin: String::new(),
        };
        // Dropped on failure, which ends the process.
        relay.origin = hear
            .recv_timeout(PATIENCE)
            .context("the relay does not start")?;
        Ok(relay)
    }

    /// Where it is reached: `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Its address and port, to be started there again.
    pub fn address(&self) -> &str {
        self.origin.trim_start_matches("http://")
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Ends it at once, as a crash would.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to end, and waits until it has.
    pub fn stop(mut self) -> Result<ExitStatus> {
        signal(self.pid(), Signal::SIGTERM)?;
        let asked = Instant::now();
        while asked.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        bail!("the relay does not stop")
    }

    /// Stops it, and starts the relay of this house at the same address.
    pub fn restart(self, house: &House) -> Result<Self> {
        let address = self.address().to_owned();
        self.stop()?;
        house.serve_at(&address)
    }

    /// Stops it where it stands: when this returns, none of its threads runs any more.
    pub fn freeze(&self) -> Result<()> {
        freeze(self.pid())
    }

    /// Lets it go on after [`freeze`](Self::freeze).
    pub fn thaw(&self) -> Result<()> {
        signal(self.pid(), Signal::SIGCONT)
    }

    /// Bytes of memory that it holds (`VmRSS`).
    pub fn resident(&self) -> Result<u64> {
        self.memory("VmRSS:")
    }

    /// Bytes of memory that it held at most so far (`VmHWM`).
    pub fn peak(&self) -> Result<u64> {
        self.memory("VmHWM:")
    }

    fn memory(&self, what: &str) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid()))?;
        let line = status.lines().find_map(|l| l.strip_prefix(what));
        let kib = line.and_then(|l| l.trim().strip_suffix(" kB"));
        let kib: u64 = kib
            .with_context(|| format!("{what} in the status of a process"))?
            .trim()
            .parse()?;
        Ok(kib * 1024)
    }

    /// Its metrics: each line's value by its name and labels.
    pub async fn metrics(&self) -> Result<BTreeMap<String, f64>> {
        let metrics = reqwest::get(format!("{}{}", self.origin, path::METRICS)).await?;
        let text = metrics.error_for_status()?.text().await?;
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let parse = |line: &str| {
            let (name, value) = line.rsplit_once(' ').context("a line of metrics")?;
            Ok((name.to_owned(), value.parse()?))
        };
        lines.map(parse).collect()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Stops a process where it stands: when this returns, none of its threads runs any more, those
/// included that were in the middle of a write or an fsync.
pub fn freeze(process: u32) -> Result<()> {
    signal(process, Signal::SIGSTOP)?;
    let asked = Instant::now();
    while !is_stopped(process)? {
        ensure!(
            asked.elapsed() < PATIENCE,
            "process {process} does not stop"
        );
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(())
}

fn is_stopped(process: u32) -> Result<bool> {
    for thread in fs::read_dir(format!("/proc/{process}/task"))? {
        let stat = fs::read_to_string(thread?.path().join("stat"))?;
        // PID (NAME) STATE …, and the name may hold anything.
        let state = stat.rsplit_once(')').map(|(_, rest)| rest.trim_start());
        if !state.is_some_and(|s| s.starts_with('T')) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn signal(process: u32, signal: Signal) -> Result<()> {
    let pid = Pid::from_raw(i32::try_from(process)?);
    signal::kill(pid, signal).with_context(|| format!("{signal} to process {process}"))
}
