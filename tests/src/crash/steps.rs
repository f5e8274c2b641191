//! The end of the relay at each of its named steps.

use super::{Looked, team::BusyTeam};
use crate::process::{House, Relay};
use anyhow::{Context, Result, ensure};
use nix::sys::signal::Signal;
use std::{
    os::unix::process::ExitStatusExt as _,
    time::{Duration, Instant},
};
use tokio::{task::spawn_blocking, time::sleep};

/// How long a relay under load may take until it comes to a step.
const PATIENCE: Duration = Duration::from_mins(1);
/// A step is passed as often at most before the relay ends: some ends meet a store that is new.
const PASSES: std::ops::RangeInclusive<u64> = 1..=40;

/// What brings a relay to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Phones that write.
    Writing,
    /// A new master key, while they write.
    NewMasterKey,
}

/// All steps, and what the relay is brought to them by.
pub const STEPS: &[(&str, By)] = &[
    ("before-append", By::Writing),
    ("after-append", By::Writing),
    ("after-flush", By::Writing),
    ("renewed-keys", By::NewMasterKey),
    ("renewed-root", By::NewMasterKey),
    ("renewed-settled", By::NewMasterKey),
];

/// Founds a team, and ends its relay at a step: another with each seed. All that was acknowledged
/// must be there, and the phones must become level once it is back.
pub async fn at_step(seed: u64) -> Result<Looked> {
    let mut dice = fastrand::Rng::with_seed(seed);
    let (step, by) = STEPS[usize::try_from(seed)? % STEPS.len()];
    let times = match by {
        By::Writing => dice.u64(PASSES),
        By::NewMasterKey => dice.u64(1..=3),
    };
    let at = || format!("seed {seed}, {step} for the {times}. time");
    let folder = tempfile::tempdir()?;
    let house = House::at(folder.path());
    let (team, relay) = BusyTeam::found(&house).await?;
    let address = relay.address().to_owned();
    relay.stop()?;
    let relay = house.serve_until(&address, step, times).with_context(at)?;
    team.find_again().await?;
    let ended = team.press(&mut dice, end(relay, &house, by)).await;
    ended.with_context(at)?;
    let acknowledged = team.acknowledged();
    team.look_for(&acknowledged, &house).with_context(at)?;
    let relay = house.serve_at(&address).with_context(at)?;
    team.go_on().await.with_context(at)?;
    relay.stop()?;
    Ok(Looked {
        ends: 1,
        acknowledged: acknowledged.len(),
    })
}

/// Waits until the relay has come to its step.
async fn end(mut relay: Relay, house: &House, by: By) -> Result<()> {
    let began = Instant::now();
    let status = loop {
        if let Some(status) = relay.ended()? {
            break status;
        }
        ensure!(began.elapsed() < PATIENCE, "it never came to its step");
        if by == By::NewMasterKey {
            let house = house.clone();
            // The one at whose step the relay ends is not answered.
            let _ = spawn_blocking(move || house.rotate_master_key()).await?;
        }
        sleep(Duration::from_millis(10)).await;
    };
    let aborted = status.signal() == Some(Signal::SIGABRT as i32);
    ensure!(aborted, "it ended by itself: {status}");
    Ok(())
}
