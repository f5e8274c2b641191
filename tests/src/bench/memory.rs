//! The relay's resident memory.

use super::{Figure, team::Bench};
use anyhow::{Context, Result, ensure};
use kith_shared::limits;
use std::time::{Duration, Instant};
use tokio::{
    task::{LocalSet, spawn_local},
    time::sleep,
};

const PHONES: usize = 200;
/// Notes in the team's journal.
const NOTES: usize = 500;
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) async fn measure() -> Result<Vec<Figure>> {
    LocalSet::new().run_until(connect()).await
}

async fn connect() -> Result<Vec<Figure>> {
    let mut bench = Bench::new()?;
    let mut members = Vec::new();
    for _ in 0..PHONES.div_ceil(limits::DEVICES_PER_MEMBER) {
        members.push(bench.pa(bench.relay.origin()).await?);
    }
    let month = members[0].now().month();
    for _ in 0..NOTES {
        members[0].act(bench.note(month)).await?;
    }
    members[0].exchange().await?;

    // Started again: what making the team took is not what serving it takes.
    bench.relay = bench.relay.restart(&bench.house)?;
    sleep(Duration::from_secs(1)).await;
    let idle = bench.relay.resident()?;
    let mut phones = members.clone();
    for member in members.iter().cycle().take(PHONES - members.len()) {
        let member = member.phone().me().context("a member")?.joined.member;
        phones.push(bench.device(member).await?);
    }
    for phone in &phones {
        phone.exchange().await?;
        let phone = phone.clone();
        spawn_local(async move {
            let me = phone.phone().me().cloned().expect("it has joined");
            let events = phone.relay().listen(&me, phone.now()).await;
            let mut events = events.expect("the relay lets it listen");
            while events.next().await.is_some() {}
        });
    }
    let began = Instant::now();
    let all = f64::from(u32::try_from(PHONES)?);
    while bench.relay.metrics().await?.get("kith_listeners") != Some(&all) {
        ensure!(began.elapsed() < PATIENCE, "not all phones connected");
        sleep(Duration::from_millis(50)).await;
    }
    let connected = bench.relay.resident()?;
    let idle_note = format!("a team with {NOTES} notes, nobody connected");
    Ok(vec![
        Figure::new("relay, resident, idle", mib(idle), "MiB").with(idle_note),
        Figure::new("relay, resident, 200 phones", mib(connected), "MiB")
            .with("each level and listening for events"),
    ])
}

#[allow(clippy::cast_precision_loss)] // Some million bytes.
fn mib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
