//! How many changes the relay makes durable in a second, one a request.

use super::{Figure, team::Bench};
use crate::process::Phone;
use anyhow::{Context, Result, ensure};
use futures_util::future::try_join_all;
use kith_app::engine::Me;
use kith_shared::sync::{Outcome, Push, SyncRequest, TeamReply, TeamRequest};
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
        let prepared = try_join_all(all.iter().map(|phone| Prepared::new(&bench, phone))).await?;
        let began = Instant::now();
        try_join_all(prepared.iter().map(Prepared::push)).await?;
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

/// What a phone has to say, one change a request: written before the clock runs, so that it is the
/// relay that is measured and not the phones beside it.
struct Prepared<'a> {
    phone: &'a Phone,
    me: Me,
    requests: Vec<TeamRequest>,
}

impl<'a> Prepared<'a> {
    async fn new(bench: &Bench, phone: &'a Phone) -> Result<Self> {
        // A year of months: a document of one holds about as much as a busy team writes in it.
        let mut months = vec![phone.now().month()];
        for n in 1..12 {
            months.push(months[n - 1].previous());
        }
        for month in months.into_iter().cycle().take(PUSHES) {
            phone.act(bench.note(month)).await?;
        }
        let (me, whole) = {
            let phone = phone.phone();
            (phone.me().cloned(), phone.request())
        };
        let (me, whole) = me.zip(whole).context("it has joined")?;
        let requests = whole.request.push.iter().flat_map(|push| {
            push.changes.iter().map(|change| TeamRequest {
                push: vec![Push {
                    document: push.document,
                    changes: vec![change.clone()],
                }],
                // What others wrote meanwhile is not what is asked for.
                limit: 1,
                ..whole.request.clone()
            })
        });
        let requests: Vec<_> = requests.collect();
        ensure!(
            requests.len() == PUSHES,
            "not all changes fit into a request"
        );
        Ok(Self {
            phone,
            me,
            requests,
        })
    }

    async fn push(&self) -> Result<()> {
        for request in &self.requests {
            let request = SyncRequest::new(vec![request.clone()]);
            let relay = self.phone.relay();
            let (reply, _) = relay.sync(&self.me, &request, self.phone.now()).await?;
            let accepted = matches!(
                reply.teams.first(),
                Some(TeamReply::Level(level)) if matches!(*level.outcomes, [Outcome::Accepted(_)])
            );
            ensure!(accepted, "a push was not accepted");
        }
        Ok(())
    }
}
