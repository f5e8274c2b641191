//! `kill -9` of the relay at a random moment.

use super::{Looked, team::BusyTeam};
use crate::process::House;
use anyhow::{Context, Result};
use std::time::Duration;

/// Ends of the same relay in one round, so that a store which was opened after a crash crashes
/// again.
const ENDS: usize = 3;
/// Milliseconds until the end: in the first write or in a store that is well filled.
const LIFE: std::ops::Range<u64> = 5..350;

/// Founds a team and kills its relay under load, again and again. Each time all that was
/// acknowledged must be there, and the phones must become level once it is back.
pub async fn kill(seed: u64) -> Result<Looked> {
    let mut dice = fastrand::Rng::with_seed(seed);
    let folder = tempfile::tempdir()?;
    let house = House::at(folder.path());
    let (team, mut relay) = BusyTeam::found(&house).await?;
    let mut looked = Looked::default();
    for end in 1..=ENDS {
        let address = relay.address().to_owned();
        let life = Duration::from_millis(dice.u64(LIFE));
        let killed = async {
            tokio::time::sleep(life).await;
            relay.kill()
        };
        team.press(&mut dice, killed).await?;
        let acknowledged = team.acknowledged();
        let at = || format!("seed {seed}, end {end} after {} ms", life.as_millis());
        team.look_for(&acknowledged, &house).with_context(at)?;
        relay = house.serve_at(&address).with_context(at)?;
        team.go_on().await.with_context(at)?;
        looked += Looked {
            ends: 1,
            acknowledged: acknowledged.len(),
        };
    }
    relay.stop()?;
    Ok(looked)
}
