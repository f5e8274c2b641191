//! A relay, or a network on the way to it, that says nothing and does not hang up either.

use anyhow::Result;
use kith_app::{
    engine::{Link, Shell},
    platform::{
        http::{Patience, Relay},
        store_memory::MemoryStore,
    },
};
use kith_shared::{api::path, domain::note::Audience, time::Span};
use kith_tests::process::{House, note};
use std::time::{Duration, Instant};
use tokio::{
    task::{LocalSet, spawn_local},
    time::{sleep, timeout},
};

const PATIENCE: Patience = Patience {
    answer: Span::from_millis(300),
    silence: Span::from_millis(700),
};

async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let wait = async {
        while !is_so().await {
            sleep(Duration::from_millis(20)).await;
        }
    };
    let waited: Result<(), _> = timeout(Duration::from_secs(20), wait).await;
    assert!(waited.is_ok(), "not in 20 s: {what}");
}

/// The phone gives up waiting, says so, and goes on by itself when there is an answer again.
#[tokio::test]
async fn a_silent_relay_holds_no_phone() -> Result<()> {
    LocalSet::new().run_until(silence()).await
}

async fn silence() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let house = House::at(folder.path());
    let (_, first) = house.found("Tîm Afon")?;
    let relay = house.serve()?;
    let person = house.invite("person", "Morgan", &[])?.person.unwrap();
    let http = Relay::new(relay.origin()).with_patience(PATIENCE);
    let phone = Shell::open(MemoryStore::default(), http).await?;
    phone.join(&first.code).await?;
    spawn_local(phone.clone().run());
    let line = format!(
        "kith_requests_total{{route=\"{}\",status=\"200\"}}",
        path::EVENTS
    );
    let listened = async || relay.metrics().await.unwrap().get(&line).copied();
    until("it listens", async || listened().await.is_some()).await;
    let before = listened().await;

    relay.freeze()?;
    let asked = Instant::now();
    phone
        .act(note(
            person,
            phone.now().month(),
            Audience::Team,
            "While it was silent",
        ))
        .await?;
    until("it gives up", async || phone.link() == Link::Unreachable).await;
    assert!(asked.elapsed() < Duration::from_secs(5));
    assert_eq!(phone.phone().outbox().len(), 1);

    relay.thaw()?;
    until("it is sent", async || phone.phone().outbox().is_empty()).await;
    until("it listens anew", async || listened().await > before).await;
    assert_eq!(phone.link(), Link::Reached);
    Ok(())
}
