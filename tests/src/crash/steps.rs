//! The end of the relay, or of a command on its data, at each of their named steps.

use super::{
    Looked,
    team::{Acknowledged, BusyTeam},
};
use crate::process::{House, Relay};
use anyhow::{Context, Result, ensure};
use nix::sys::signal::Signal;
use std::{
    os::unix::process::ExitStatusExt as _,
    path::{Path, PathBuf},
    process::ExitStatus,
    time::{Duration, Instant},
};
use tokio::{task::spawn_blocking, time::sleep};

/// How long a relay under load may take until it comes to a step.
const PATIENCE: Duration = Duration::from_mins(1);
/// A step is passed as often at most before the relay ends: some ends meet a store that is new.
const PASSES: std::ops::RangeInclusive<u64> = 1..=40;
/// How often, when it is not one of many changes that brings the relay there.
const FEW: std::ops::RangeInclusive<u64> = 1..=3;
/// How long phones write between a backup and what comes then.
const WRITING: Duration = Duration::from_millis(300);

/// What brings a relay to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Phones that write.
    Writing,
    /// A new master key, while they write.
    NewMasterKey,
    /// A backup, while they write.
    Backup,
    /// Nothing: the command that takes a backup ends there, while they write.
    BackingUp,
    /// Nothing: the command that restores ends there.
    Restoring,
}

/// All steps, and what the relay is brought to them by.
pub const STEPS: &[(&str, By)] = &[
    ("before-append", By::Writing),
    ("after-append", By::Writing),
    ("after-flush", By::Writing),
    ("renewed-keys", By::NewMasterKey),
    ("renewed-root", By::NewMasterKey),
    ("renewed-settled", By::NewMasterKey),
    ("backup-moment", By::Backup),
    ("backup-entry", By::Backup),
    ("backup-files", By::BackingUp),
    ("backup-manifest-next", By::BackingUp),
    ("backup-manifest", By::BackingUp),
    ("backup-wiped", By::BackingUp),
    ("restore-secrets", By::Restoring),
    ("restore-entry", By::Restoring),
    ("restore-filled", By::Restoring),
    ("restore-checked", By::Restoring),
    ("restore-journal", By::Restoring),
    ("restore-done", By::Restoring),
];

/// Founds a team, and ends its relay at a step: another with each seed. All that was acknowledged
/// must be there, and the phones must become level once it is back.
pub async fn at_step(seed: u64) -> Result<Looked> {
    let mut dice = fastrand::Rng::with_seed(seed);
    let (step, by) = STEPS[usize::try_from(seed)? % STEPS.len()];
    let times = match (by, step) {
        (By::Writing, _) | (_, "backup-entry") => dice.u64(PASSES),
        // A team that was founded has more than so many entries.
        (_, "restore-entry") => dice.u64(1..=10),
        (By::NewMasterKey | By::Backup, _) => dice.u64(FEW),
        (By::BackingUp | By::Restoring, _) => 1,
    };
    let at = || format!("seed {seed}, {step} for the {times}. time");
    let folder = tempfile::tempdir()?;
    let mut round = Round::begin(folder.path(), dice).await?;
    let acknowledged = match by {
        By::Writing | By::NewMasterKey | By::Backup => round.relay_ends(step, times, by).await,
        By::BackingUp => round.backup_ends(step, times).await,
        By::Restoring => round.restore_ends(step, times).await,
    };
    Ok(Looked {
        ends: 1,
        acknowledged: acknowledged.with_context(at)?.len(),
    })
}

/// A team, its relay, and the places around it.
struct Round {
    dice: fastrand::Rng,
    folder: PathBuf,
    house: House,
    team: BusyTeam,
    relay: Option<Relay>,
    address: String,
}

impl Round {
    async fn begin(folder: &Path, dice: fastrand::Rng) -> Result<Self> {
        let house = House::at(folder.join("data"));
        let (team, relay) = BusyTeam::found(&house).await?;
        Ok(Self {
            dice,
            folder: folder.to_owned(),
            house,
            team,
            address: relay.address().to_owned(),
            relay: Some(relay),
        })
    }

    fn backup(&self) -> PathBuf {
        self.folder.join("backup")
    }

    fn stop(&mut self) -> Result<()> {
        self.relay
            .take()
            .map_or(Ok(()), |relay| relay.stop().map(drop))
    }

    async fn write_for_a_while(&mut self) -> Result<()> {
        let a_while = async {
            sleep(WRITING).await;
            Ok(())
        };
        self.team.press(&mut self.dice, a_while).await
    }

    /// What stands in the backup can be restored, and these are in it.
    fn look_into_backup(&self, name: &str, acknowledged: &Acknowledged) -> Result<()> {
        let restored = self.house.beside(self.folder.join(name))?;
        restored.restore(&self.backup())?;
        self.team.look_for_again(acknowledged, &restored)
    }

    async fn relay_ends(&mut self, step: &str, times: u64, by: By) -> Result<Acknowledged> {
        let mut before = None;
        if by == By::Backup {
            self.write_for_a_while().await?;
            let acknowledged = self.team.acknowledged();
            self.house.back_up(&self.backup())?;
            before = Some(acknowledged);
        }
        self.stop()?;
        let relay = self.house.serve_until(&self.address, step, times)?;
        self.team.find_again().await?;
        let backup = self.backup();
        let ended = end(relay, &self.house, &backup, by);
        self.team.press(&mut self.dice, ended).await?;
        let acknowledged = self.team.acknowledged();
        self.team.look_for(&acknowledged, &self.house)?;
        if let Some(before) = before {
            self.look_into_backup("before", &before)?;
        }
        self.relay = Some(self.house.serve_at(&self.address)?);
        self.team.go_on().await?;
        if by == By::Backup {
            self.house.back_up(&self.backup())?;
            self.look_into_backup("after", &acknowledged)?;
        }
        self.stop()?;
        Ok(acknowledged)
    }

    async fn backup_ends(&mut self, step: &str, times: u64) -> Result<Acknowledged> {
        self.write_for_a_while().await?;
        let before = self.team.acknowledged();
        self.house.back_up(&self.backup())?;
        let (house, to) = (self.house.clone(), self.backup());
        let at = (step.to_owned(), times);
        let cut = async {
            sleep(WRITING).await;
            let cut = move || house.cut_off(["backup", "--to"], &to, (&at.0, at.1));
            aborted(spawn_blocking(cut).await??)
        };
        self.team.press(&mut self.dice, cut).await?;
        // The one before, or the one that was all but done.
        self.look_into_backup("before", &before)?;
        let acknowledged = self.team.acknowledged();
        self.house.back_up(&self.backup())?;
        self.look_into_backup("after", &acknowledged)?;
        self.stop()?;
        self.team.look_for(&acknowledged, &self.house)?;
        Ok(acknowledged)
    }

    async fn restore_ends(&mut self, step: &str, times: u64) -> Result<Acknowledged> {
        self.write_for_a_while().await?;
        self.house.back_up(&self.backup())?;
        self.write_for_a_while().await?;
        let acknowledged = self.team.acknowledged();
        self.stop()?;
        let restored = self.house.beside(self.folder.join("restored"))?;
        let cut = restored.cut_off(["restore", "--from"], &self.backup(), (step, times))?;
        aborted(cut)?;
        if step != "restore-done" {
            ensure!(
                restored.serve().is_err(),
                "a relay serves what is half there"
            );
            restored.restore(&self.backup())?;
        }
        restored.check()?;
        // What the backup lacks, the phones give back.
        self.relay = Some(restored.serve_at(&self.address)?);
        self.team.find_again().await?;
        self.team.go_on().await?;
        self.stop()?;
        self.team.look_for_again(&acknowledged, &restored)?;
        self.team.look_for(&self.team.acknowledged(), &restored)?;
        Ok(acknowledged)
    }
}

/// Waits until the relay has come to its step.
async fn end(mut relay: Relay, house: &House, backup: &Path, by: By) -> Result<()> {
    let began = Instant::now();
    let status = loop {
        if let Some(status) = relay.ended()? {
            break status;
        }
        ensure!(began.elapsed() < PATIENCE, "it never came to its step");
        let (house, backup) = (house.clone(), backup.to_owned());
        // The one at whose step the relay ends is not answered.
        let _ = spawn_blocking(move || match by {
            By::NewMasterKey => house.rotate_master_key().map(drop),
            By::Backup => house.back_up(&backup).map(drop),
            By::Writing | By::BackingUp | By::Restoring => Ok(()),
        })
        .await?;
        sleep(Duration::from_millis(10)).await;
    };
    aborted(status)
}

fn aborted(status: ExitStatus) -> Result<()> {
    let aborted = status.signal() == Some(Signal::SIGABRT as i32);
    ensure!(aborted, "it ended by itself: {status}");
    Ok(())
}
