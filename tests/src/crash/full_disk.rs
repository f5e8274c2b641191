//! The disk under a relay becomes full.

use super::{Looked, disk::Disk, team::BusyTeam};
use crate::process::House;
use anyhow::{Context, Result, ensure};
use std::{fs::File, io::Write as _, time::Duration};

/// What somebody else writes on the relay's disk at a time.
const PIECE: usize = 4 * 1024 * 1024;
/// Bytes that are left for commands on a disk that was full to its end.
const LITTLE: u64 = 16 * 1024 * 1024;

/// Somebody else fills the disk of a relay under load. From then on the relay must take nothing in
/// and say so, also when not a byte is left; all that it acknowledged must be there after a crash;
/// and with room again, the phones must hand in what waits, by themselves.
pub async fn fill_disk(seed: u64) -> Result<Looked> {
    let mut dice = fastrand::Rng::with_seed(seed);
    let disk = Disk::new()?;
    let house = House::at(disk.path().join("data"));
    let (team, relay) = BusyTeam::found(&house).await?;
    let address = relay.address().to_owned();
    let filled = async {
        let mut of_somebody_else = File::create(disk.path().join("of-somebody-else"))?;
        let piece = vec![0xa5; PIECE];
        while !team.is_told_of_no_room() {
            of_somebody_else
                .write_all(&piece)
                .context("the relay took changes in until its disk was full to the end")?;
            of_somebody_else.sync_all()?;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(of_somebody_else)
    };
    let mut of_somebody_else = team.press_until_refused(&mut dice, filled).await?;
    let acknowledged = team.acknowledged();
    ensure!(team.waiting() > 0, "nothing waits");

    // To the last byte.
    let piece = vec![0xa5; PIECE];
    while of_somebody_else.write_all(&piece).is_ok() {}
    let _ = of_somebody_else.sync_all();
    still_refused(&team, &acknowledged)
        .await
        .context("full to the end")?;
    let length = of_somebody_else.metadata()?.len();
    of_somebody_else.set_len(length - LITTLE)?;
    of_somebody_else.sync_all()?;

    relay.kill()?;
    team.look_for(&acknowledged, &house)?;
    let relay = house.serve_at(&address)?;
    still_refused(&team, &acknowledged)
        .await
        .context("started anew")?;
    of_somebody_else.set_len(0)?;
    of_somebody_else.sync_all()?;
    team.go_on().await?;
    ensure!(
        team.acknowledged().len() > acknowledged.len(),
        "what waited was not handed in"
    );
    relay.stop()?;
    team.look_for(&team.acknowledged(), &house)?;
    Ok(Looked {
        ends: 1,
        acknowledged: acknowledged.len(),
    })
}

async fn still_refused(team: &BusyTeam, before: &super::team::Acknowledged) -> Result<()> {
    team.exchange().await?;
    ensure!(
        team.is_told_of_no_room(),
        "a phone is not told of it: {:?}",
        team.links()
    );
    ensure!(
        team.acknowledged() == *before,
        "something was taken in without room for it"
    );
    Ok(())
}
