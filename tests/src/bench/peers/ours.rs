//! The relay and its phones.

use super::{
    ONE_WAY,
    back::Back,
    load::{CHANGES, DOCUMENTS, Loaded},
    process,
    sender::Sender,
    work::{Case, Edited, Writer, genesis, size},
};
use crate::{
    bench::wire::Wire,
    process::{House, Phone, Relay, join},
};
use anyhow::{Context, Result, ensure};
use futures_util::future::try_join_all;
use kith_app::engine::Link;
use kith_relay::journal::{Journal as _, Payload};
use kith_shared::{
    bytes::Bytes,
    documents::{DocumentId, DocumentKind},
    ids::PersonId,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

/// A document's changes, the one that makes it first.
pub(super) type Work = Vec<Vec<Bytes>>;

struct Someone {
    phone: Phone,
    person: PersonId,
}

/// Persons hand in notes about their own days, each from a device of their own.
pub(super) async fn load(each: bool) -> Result<(Loaded, Work)> {
    let folder = tempfile::tempdir()?;
    let house = House::at(folder.path());
    let (team, _) = house.found("Tîm Afon")?;
    let relay = house.serve()?;
    let mut senders = Vec::new();
    for n in 1..=DOCUMENTS {
        let one = someone(&house, &relay, n).await?;
        senders.push(Sender::new(&one.phone, one.person).await?);
    }
    let at_once = if each { 1 } else { CHANGES };
    let cpu = process::cpu(relay.pid())?;
    let began = Instant::now();
    try_join_all(senders.iter_mut().map(|sender| sender.send(at_once))).await?;
    let seconds = began.elapsed().as_secs_f64();
    let (peak, cpu) = (
        process::peak(relay.pid())?,
        process::cpu(relay.pid())? - cpu,
    );
    relay.kill()?;
    let mut kept = 0;
    for entry in house.journal()?.entries(team) {
        let notes = matches!(entry?.payload, Payload::Change(change)
            if change.document().kind() == DocumentKind::Notes);
        kept += usize::from(notes);
    }
    let work = senders.into_iter().map(|sender| {
        let mut all = vec![genesis(sender.document.id())?];
        all.extend(sender.changes);
        Ok(all)
    });
    let loaded = Loaded {
        seconds,
        peak,
        cpu,
        kept,
    };
    Ok((loaded, work.collect::<Result<_>>()?))
}

async fn someone(house: &House, relay: &Relay, n: usize) -> Result<Someone> {
    let invited = house.invite("person", &format!("Morgan {n}"), &[])?;
    Ok(Someone {
        phone: join(relay.origin(), &invited.code).await?,
        person: invited.person.context("the person has no id")?,
    })
}

/// Everything that was written is acknowledged.
fn all_sent(phone: &Phone) -> Result<()> {
    ensure!(
        phone.link() == Link::Reached,
        "the relay says: {:?}",
        phone.link()
    );
    let phone = phone.phone();
    ensure!(phone.outbox().is_empty(), "something still waits");
    ensure!(phone.aside().next().is_none(), "something was refused");
    Ok(())
}

/// A PA's phone comes back to documents that were edited on both sides.
pub(super) async fn come_back(case: &Case) -> Result<(Back, Vec<Edited>)> {
    let folder = tempfile::tempdir()?;
    let house = House::at(folder.path());
    house.found("Tîm Afon")?;
    let relay = house.serve()?;
    let wire = Wire::to(relay.address()).await?;
    let mut persons = Vec::new();
    for n in 1..=case.persons {
        let invited = house.invite("person", &format!("Morgan {n}"), &[])?;
        persons.push(invited.person.context("the person has no id")?);
    }
    let mine = join(&wire.origin, &house.invite("pa", "Rhys", &[])?.code).await?;
    let other = join(relay.origin(), &house.invite("pa", "Mair", &[])?.code).await?;

    let mut history: BTreeMap<_, Vec<_>> = BTreeMap::new();
    // Some at a time, as in a month: then each part of a document is as long as it should be.
    for before in (0..case.history).step_by(CHANGES) {
        let some = CHANGES.min(case.history - before);
        for (document, changes) in write(&other, case, &persons, some).await? {
            history.entry(document).or_default().extend(changes);
        }
        other.exchange().await?;
        all_sent(&other)?;
    }
    // Twice, so that nothing of the history is left to be said.
    mine.exchange().await?;
    mine.exchange().await?;
    let mut down = write(&other, case, &persons, case.down).await?;
    other.exchange().await?;
    all_sent(&other)?;
    let mut up = write(&mine, case, &persons, case.up).await?;

    // The connection of before is gone; the next one is made on the way.
    wire.cut();
    wire.delay(if case.far { ONE_WAY } else { Duration::ZERO });
    tokio::time::sleep(Duration::from_millis(50)).await;
    wire.count();
    let began = Instant::now();
    mine.exchange().await?;
    let levelling = began.elapsed().as_secs_f64();
    let bytes = wire.count();
    all_sent(&mine)?;

    let written = [&history, &down, &up].into_iter().flat_map(BTreeMap::keys);
    let documents: BTreeSet<_> = written.copied().collect();
    let mut edited = Vec::new();
    for document in documents {
        let mut all = vec![genesis(document)?];
        all.extend(history.remove(&document).unwrap_or_default());
        let both = Edited {
            history: all,
            up: up.remove(&document).unwrap_or_default(),
            down: down.remove(&document).unwrap_or_default(),
        };
        let held = mine.phone();
        let held = held.held().get(&document).context("it holds it")?;
        let count = both.history.len() + both.up.len() + both.down.len();
        ensure!(
            held.document().changes().len() + 1 == count,
            "the phone is not level"
        );
        edited.push(both);
    }
    let back = Back {
        levelling,
        bytes,
        raw: edited.iter().map(|e| size(&e.up) + size(&e.down)).sum(),
        ..Back::default()
    };
    Ok((back, edited))
}

async fn write(
    phone: &Phone,
    case: &Case,
    persons: &[PersonId],
    count: usize,
) -> Result<BTreeMap<DocumentId, Vec<Bytes>>> {
    let mut written: BTreeMap<DocumentId, Vec<Bytes>> = BTreeMap::new();
    for person in persons {
        for kind in case.kinds {
            let mut writer = Writer::new(phone);
            for _ in 0..count {
                let (document, change) = writer.write(*kind, *person).await?;
                written.entry(document).or_default().push(change);
            }
        }
    }
    Ok(written)
}
