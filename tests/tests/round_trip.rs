//! A phone that was away is level after one round trip, and a lost reply costs one more.

use anyhow::Result;
use kith_app::platform::store_memory::MemoryStore;
use kith_relay::{auth::Keys, relay::now};
use kith_shared::{
    api::{Pass, ProblemCode, path},
    domain::note::Audience,
    ids::PersonId,
    limits,
    sync::SyncRequest,
    time::{Month, Span},
};
use kith_tests::process::{House, Phone, Relay, documents, join, note, reopen};
use std::collections::BTreeMap;

const PERSONS: usize = 2;
const MONTHS: usize = 10;
/// Notes for the family and notes for the team, of each person and month.
const DOCUMENTS: usize = PERSONS * MONTHS * 2;

/// A relay, and two PAs who hold the same [`DOCUMENTS`] documents and more.
struct World {
    relay: Relay,
    house: House,
    people: Vec<PersonId>,
    away: Phone,
    /// The store of the phone that is away.
    store: MemoryStore,
    home: Phone,
    _folder: tempfile::TempDir,
}

impl World {
    async fn new() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let house = House::at(folder.path());
        let (_, first) = house.found("Tîm Afon")?;
        let relay = house.serve()?;
        let people = ["Morgan", "Eluned"].map(|name| house.invite("person", name, &[]));
        let people = people.into_iter().collect::<Result<Vec<_>>>()?;
        let store = MemoryStore::default();
        let away = reopen(store.clone(), relay.origin()).await?;
        away.join(&first.code).await?;
        let home = house.invite("pa", "Rhys", &[])?;
        let world = Self {
            home: join(relay.origin(), &home.code).await?,
            people: people.iter().filter_map(|i| i.person).collect(),
            relay,
            house,
            away,
            store,
            _folder: folder,
        };
        world.write_everywhere(&world.home, "to begin with").await?;
        world.home.exchange().await?;
        world.away.exchange().await?;
        assert!(documents(&world.away).len() >= DOCUMENTS);
        assert!(documents(&world.away) == documents(&world.home));
        Ok(world)
    }

    /// A note in each of the documents.
    async fn write_everywhere(&self, phone: &Phone, text: &str) -> Result<()> {
        let this_month = phone.now().month();
        let months = std::iter::successors(Some(this_month), |m: &Month| Some(m.previous()));
        for month in months.take(MONTHS) {
            for person in &self.people {
                for audience in [Audience::Family, Audience::Team] {
                    phone.act(note(*person, month, audience, text)).await?;
                }
            }
        }
        Ok(())
    }

    /// The token of the phone that is away has run out: it gets one that the relay's own key
    /// signed an hour ago.
    async fn let_token_expire(&self) -> Result<Pass> {
        let keys = Keys::of(&self.house.keys()?);
        let me = self.away.phone().me().cloned().expect("it has joined");
        let pass = keys.pass(me.joined.team, me.device, now() - Span::hours(1));
        let mut phone = self.away.phone().clone();
        self.store.commit_now(&phone.renew(pass.clone()))?;
        self.away.reload().await?;
        Ok(pass)
    }

    /// Sends what the phone that is away has to say, and loses the reply.
    async fn lose_reply(&self) -> Result<()> {
        let (me, sent) = {
            let phone = self.away.phone();
            (phone.me().cloned(), phone.request())
        };
        let (me, sent) = me.zip(sent).expect("it has joined");
        let request = SyncRequest::new(vec![sent.request]);
        let reply = self.away.relay().sync(&me, &request, self.away.now());
        drop(reply.await?);
        Ok(())
    }

    /// Requests that the relay answered, by route and status.
    async fn answered(&self) -> Result<BTreeMap<String, f64>> {
        let mut metrics = self.relay.metrics().await?;
        metrics.retain(|name, _| {
            name.starts_with("kith_requests_total") && !name.contains(path::METRICS)
        });
        Ok(metrics)
    }

    /// Entries that the relay has appended to its journal.
    async fn appended(&self) -> Result<Option<f64>> {
        let metrics = self.relay.metrics().await?;
        Ok(metrics.get("kith_journal_entries_total").copied())
    }

    /// The phone that is away exchanges, in one request as it and the relay count.
    async fn one_round_trip(&self) -> Result<()> {
        let (sent, mut answered) = (self.away.relay().requests(), self.answered().await?);
        self.away.exchange().await?;
        assert_eq!(self.away.relay().requests() - sent, 1);
        let route = path::SYNC;
        let one_more = format!("kith_requests_total{{route=\"{route}\",status=\"200\"}}");
        *answered.entry(one_more).or_default() += 1.0;
        assert_eq!(self.answered().await?, answered);
        assert_eq!(self.away.phone().outbox().len(), 0);
        Ok(())
    }
}

#[tokio::test]
async fn a_phone_that_was_away_is_level_after_one_request() -> Result<()> {
    let world = World::new().await?;
    world.write_everywhere(&world.away, "while away").await?;
    world.write_everywhere(&world.home, "at home").await?;
    world.home.exchange().await?;
    assert_eq!(world.away.phone().outbox().len(), DOCUMENTS);

    let old = world.let_token_expire().await?;
    world.one_round_trip().await?;

    let me = world.away.phone().me().cloned().expect("it has joined");
    assert_ne!(me.joined.pass, old, "no new token came along");
    let level = documents(&world.away);
    world.home.exchange().await?;
    assert!(documents(&world.home) == level, "they are not level");
    assert!(world.away.phone().aside().next().is_none());
    Ok(())
}

/// What the test above rests on: the relay does not take that token for itself.
#[tokio::test]
async fn an_expired_token_alone_lets_nobody_in() -> Result<()> {
    let world = World::new().await?;
    let pass = world.let_token_expire().await?;
    let client = reqwest::Client::new();
    let url = format!("{}{}", world.relay.origin(), path::SYNC);
    let reply = client.post(url).bearer_auth(&pass.token).send().await?;
    assert_eq!(reply.status(), 401);
    let problem: kith_shared::api::Problem = serde_json::from_str(&reply.text().await?)?;
    assert_eq!(problem.code, ProblemCode::TokenExpired);
    Ok(())
}

#[tokio::test]
async fn a_lost_reply_costs_one_request_and_changes_nothing() -> Result<()> {
    let world = World::new().await?;
    world.write_everywhere(&world.away, "while away").await?;
    world.let_token_expire().await?;
    // The new token is lost with the reply, too; the second time it is lost again.
    world.lose_reply().await?;
    let (appended, level) = (world.appended().await?, documents(&world.away));
    world.lose_reply().await?;
    assert_eq!(world.away.phone().outbox().len(), DOCUMENTS);
    world.one_round_trip().await?;

    assert!(appended.is_some_and(|n| n > 0.0), "{appended:?}");
    assert_eq!(world.appended().await?, appended);
    assert!(documents(&world.away) == level, "its documents changed");
    world.home.exchange().await?;
    assert!(documents(&world.home) == level, "they are not level");
    Ok(())
}

/// More than one request carries: as many as it takes follow at once.
#[tokio::test]
async fn a_long_outbox_empties_in_one_exchange() -> Result<()> {
    let world = World::new().await?;
    let times = limits::CHANGES_PER_PUSH.div_ceil(DOCUMENTS) + 2;
    for _ in 0..times {
        world.write_everywhere(&world.away, "while away").await?;
    }
    world.away.exchange().await?;
    assert_eq!(world.away.phone().outbox().len(), 0);
    world.home.exchange().await?;
    assert!(documents(&world.home) == documents(&world.away));
    Ok(())
}
