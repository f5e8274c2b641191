//! What an exchange costs on the wire, against the changes that it carries.

use super::{Figure, team::Bench, wire::Wire};
use crate::process::Phone;
use anyhow::{Result, ensure};
use kith_shared::time::Month;

/// Changes that were there before.
const HISTORIES: [usize; 3] = [0, 100, 1000];
const UP: usize = 5;
const DOWN: usize = 3;

pub(super) async fn measure() -> Result<Vec<Figure>> {
    let bench = Bench::new()?;
    let wire = Wire::to(bench.relay.address()).await?;
    let mine = bench.pa(&wire.origin).await?;
    let other = bench.pa(bench.relay.origin()).await?;
    let mut figures = Vec::new();

    mine.exchange().await?;
    wire.count();
    mine.exchange().await?;
    let (up, down) = wire.count();
    let nothing = |name, count| {
        Figure::new(name, whole(count), "B").with("an exchange with nothing new: headers and token")
    };
    figures.push(nothing("wire up, nothing new", up));
    figures.push(nothing("wire down, nothing new", down));

    let mut month = mine.now().month();
    for history in HISTORIES {
        month = month.previous();
        write(&bench, &other, month, history).await?;
        other.exchange().await?;
        // Twice, so that nothing of the history is left to be said.
        mine.exchange().await?;
        mine.exchange().await?;

        write(&bench, &other, month, DOWN).await?;
        let came = waiting(&other);
        other.exchange().await?;
        write(&bench, &mine, month, UP).await?;
        let went = waiting(&mine);
        wire.count();
        let requests = mine.relay().requests();
        mine.exchange().await?;
        ensure!(
            mine.relay().requests() == requests + 1,
            "more than one round trip"
        );
        let (up, down) = wire.count();

        let carried = went + came;
        let ratio = whole(up + down) / whole(carried);
        let name = |what| format!("{what}, {UP} up and {DOWN} down on a history of {history}");
        figures.push(Figure::new(name("wire up"), whole(up), "B").with(of(UP, went)));
        figures.push(Figure::new(name("wire down"), whole(down), "B").with(of(DOWN, came)));
        figures.push(Figure::new(name("wire ÷ raw changes"), ratio, "×"));
    }
    Ok(figures)
}

fn of(changes: usize, raw: u64) -> String {
    format!("{changes} changes of {raw} B, raw")
}

async fn write(bench: &Bench, phone: &Phone, month: Month, notes: usize) -> Result<()> {
    for _ in 0..notes {
        phone.act(bench.note(month)).await?;
    }
    Ok(())
}

/// Bytes of the changes that wait.
fn waiting(phone: &Phone) -> u64 {
    let phone = phone.phone();
    phone.outbox().iter().map(|o| o.change.0.len() as u64).sum()
}

#[allow(clippy::cast_precision_loss)] // Some thousands of bytes.
fn whole(count: u64) -> f64 {
    count as f64
}
