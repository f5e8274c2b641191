//! How many changes the relay makes durable in a second, one a request.

use super::{Figure, team::Bench};
use crate::process::Phone;
use anyhow::{Result, ensure};
use futures_util::future::try_join_all;
use kith_app::engine::Link;
use std::time::Instant;

/// Pushes of each phone: below what a device may ask for in a minute.
const PUSHES: usize = 200;

pub(super) async fn measure() -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for phones in [1, 8] {
        let bench = Bench::new()?;
        let mut all = Vec::new();
        for _ in 0..phones {
            all.push(bench.pa(bench.relay.origin()).await?);
        }
        let began = Instant::now();
        try_join_all(all.iter().map(|phone| push(&bench, phone))).await?;
        let took = began.elapsed().as_secs_f64();
        let pushes = f64::from(u32::try_from(phones * PUSHES)?);
        let name = match phones {
            1 => "durable pushes, 1 phone".to_owned(),
            n => format!("durable pushes, {n} phones"),
        };
        let metrics = bench.relay.metrics().await?;
        let append = |what| metrics.get(&format!("kith_append_seconds_{what}"));
        let (sum, count) = (
            append("sum").unwrap_or(&0.0),
            append("count").unwrap_or(&1.0),
        );
        let note = format!(
            "one change each; an append to the journal, fsync included, took {:.1} ms on average",
            sum / count * 1000.0
        );
        figures.push(Figure::new(name, pushes / took, "/s").with(note));
    }
    Ok(figures)
}

async fn push(bench: &Bench, phone: &Phone) -> Result<()> {
    // A year of months: a document of one holds about as much as a busy team writes in it.
    let mut months = vec![phone.now().month()];
    for n in 1..12 {
        months.push(months[n - 1].previous());
    }
    for month in months.into_iter().cycle().take(PUSHES) {
        phone.act(bench.note(month)).await?;
        phone.exchange().await?;
        ensure!(
            phone.link() == Link::Reached && phone.phone().outbox().is_empty(),
            "a push did not get through: {:?}",
            phone.link()
        );
    }
    Ok(())
}
