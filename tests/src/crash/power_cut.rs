//! The power goes: of the relay's machine, of a phone.

use super::{
    Looked,
    disk::Disk,
    store::{Writer, look_at},
    team::BusyTeam,
};
use crate::process::{House, freeze};
use anyhow::{Context, Result};
use std::{thread::sleep, time::Duration};

/// Milliseconds until the power goes.
const LIFE: std::ops::Range<u64> = 5..700;

/// Cuts the power of a relay under load. On what its disk has, all that was acknowledged must be
/// there, and the phones must become level with a relay that starts from it.
pub async fn cut_relay(seed: u64) -> Result<Looked> {
    let mut dice = fastrand::Rng::with_seed(seed);
    let disk = Disk::new()?;
    let (team, relay) = BusyTeam::found(&House::at(disk.path().join("data"))).await?;
    let life = Duration::from_millis(dice.u64(LIFE));
    let cut = async {
        tokio::time::sleep(life).await;
        relay.freeze()?;
        disk.after_power_cut()
    };
    let left = team.press(&mut dice, cut).await?;
    let address = relay.address().to_owned();
    relay.kill()?;

    let acknowledged = team.acknowledged();
    let at = || format!("seed {seed}, power cut after {} ms", life.as_millis());
    let house = House::at(left.path().join("data"));
    team.look_for(&acknowledged, &house).with_context(at)?;
    let relay = house.serve_at(&address).with_context(at)?;
    team.go_on().await.with_context(at)?;
    relay.stop()?;
    Ok(Looked {
        ends: 1,
        acknowledged: acknowledged.len(),
    })
}

/// Cuts the power of a phone while it stores. Its store must open and hold all that was saved.
pub async fn cut_phone(seed: u64) -> Result<Looked> {
    let mut dice = fastrand::Rng::with_seed(seed);
    let disk = Disk::new()?;
    let life = Duration::from_millis(dice.u64(LIFE));
    let writer = Writer::start(&disk.path().join("store"), seed)?;
    sleep(life);
    freeze(writer.pid())?;
    let left = disk.after_power_cut()?;
    let durable = writer.end()?;

    let at = || format!("seed {seed}, power cut after {} ms", life.as_millis());
    look_at(&left.path().join("store"), seed, durable)
        .await
        .with_context(at)?;
    Ok(Looked {
        ends: 1,
        acknowledged: usize::try_from(durable)?,
    })
}
