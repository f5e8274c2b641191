//! How long after an act another phone shows it: saved, sent, made durable, told, fetched, saved.

use super::{Figure, team::Bench};
use crate::process::Phone;
use anyhow::{Context, Result};
use kith_shared::{documents::DocumentId, ids::RecordId};
use std::{
    rc::Rc,
    time::{Duration, Instant},
};
use tokio::{
    sync::Notify,
    task::{LocalSet, spawn_local},
    time::{sleep, timeout},
};

/// Acts that are followed: with their acknowledgements below what a device may ask in a minute.
const ACTS: usize = 100;
/// Between two acts.
const PAUSE: Duration = Duration::from_millis(40);
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn measure() -> Result<Vec<Figure>> {
    LocalSet::new().run_until(follow()).await
}

async fn follow() -> Result<Vec<Figure>> {
    let bench = Bench::new()?;
    let writer = bench.pa(bench.relay.origin()).await?;
    let reader = bench.pa(bench.relay.origin()).await?;
    let changed = Rc::new(Notify::new());
    let told = changed.clone();
    reader.on_change(move || told.notify_one());
    // As the app does: they exchange when there is something to, and listen.
    for phone in [&writer, &reader] {
        spawn_local(phone.clone().run());
    }
    let began = Instant::now();
    while bench.relay.metrics().await?.get("kith_listeners") != Some(&2.0) {
        anyhow::ensure!(began.elapsed() < PATIENCE, "the phones do not listen");
        sleep(PAUSE).await;
    }
    let month = writer.now().month();
    let mut took = Vec::new();
    for _ in 0..ACTS {
        let intent = bench.note(month);
        let document = intent.document();
        let began = Instant::now();
        let record = writer.act(intent).await?;
        let arrived = async {
            while !has(&reader, document, record) {
                changed.notified().await;
            }
        };
        timeout(PATIENCE, arrived)
            .await
            .context("an act did not arrive")?;
        took.push(began.elapsed().as_secs_f64() * 1000.0);
        sleep(PAUSE).await;
    }
    took.sort_by(f64::total_cmp);
    let note = format!("{ACTS} notes, one after the other");
    let figure = |name, percent| Figure::new(name, took[ACTS * percent / 100], "ms").with(&note);
    Ok(vec![
        figure("from act to another phone, p50", 50),
        figure("from act to another phone, p95", 95),
    ])
}

fn has(phone: &Phone, document: DocumentId, record: RecordId) -> bool {
    let phone = phone.phone();
    phone.receipt(document, record).is_some()
}
