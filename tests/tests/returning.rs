//! A phone whose token and challenge are of no use gets back in, and its outbox with it.

use anyhow::Result;
use kith_app::platform::{self, store_memory::MemoryStore};
use kith_relay::{auth::Keys, relay::now};
use kith_shared::{
    domain::note::Audience,
    limits,
    sync::TeamReply,
    time::{Moment, Span},
};
use kith_tests::process::{House, Phone, Relay, note, reopen};

struct World {
    house: House,
    relay: Relay,
    store: MemoryStore,
    phone: Phone,
    _folder: tempfile::TempDir,
}

impl World {
    /// A phone with something to send.
    async fn new() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let house = House::at(folder.path());
        let (_, founder) = house.found("Tîm Afon")?;
        let relay = house.serve()?;
        let morgan = house.invite("person", "Morgan", &[])?;
        let store = MemoryStore::default();
        let phone = reopen(store.clone(), relay.origin()).await?;
        phone.join(&founder.code).await?;
        phone.exchange().await?;
        let person = morgan.person.expect("a person was made");
        let month = phone.now().month();
        phone
            .act(note(person, month, Audience::Team, "from far away"))
            .await?;
        Ok(Self {
            house,
            relay,
            store,
            phone,
            _folder: folder,
        })
    }

    /// What the phone was let in with is from then.
    async fn let_in_at(&self, then: Moment) -> Result<()> {
        let keys = Keys::of(&self.house.keys()?);
        let me = self.phone.phone().me().cloned().expect("it has joined");
        let pass = keys.pass(me.joined.team, me.device, then);
        let mut phone = self.phone.phone().clone();
        self.store.commit_now(&phone.renew(pass))?;
        self.phone.reload().await?;
        Ok(())
    }

    /// The phone believes that it is so much earlier than it is.
    async fn set_back(&self, by: Span) -> Result<()> {
        let mut phone = self.phone.phone().clone();
        let sent = phone.request().expect("it has joined");
        let clock = platform::clock();
        let heard = phone.receive(&sent, &TeamReply::NotYours, clock - by, clock);
        self.store.commit_now(&heard.batch)?;
        self.phone.reload().await?;
        assert!(self.phone.now() < now());
        Ok(())
    }

    /// The exchange goes through, in three requests: one is refused, one lets in, one levels.
    async fn gets_back_in(&self) -> Result<()> {
        let before = self.phone.relay().requests();
        self.phone.exchange().await?;
        assert!(self.phone.phone().outbox().is_empty());
        assert_eq!(self.phone.relay().requests() - before, 3);
        assert!(
            self.relay
                .metrics()
                .await?
                .keys()
                .any(|k| k.contains("401"))
        );
        Ok(())
    }
}

#[tokio::test]
async fn after_months_away() -> Result<()> {
    let world = World::new().await?;
    let then = now() - limits::CHALLENGE_LIFE - Span::hours(1);
    world.let_in_at(then).await?;
    world.gets_back_in().await
}

#[tokio::test]
async fn with_a_clock_that_was_set_back() -> Result<()> {
    let world = World::new().await?;
    world.let_in_at(now() - Span::hours(1)).await?;
    world.set_back(Span::days(3)).await?;
    world.gets_back_in().await?;
    // Its next reply put its clock right.
    assert!((world.phone.now() - now()).millis().abs() < Span::minutes(3).millis());
    Ok(())
}
