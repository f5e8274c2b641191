//! The app's own engine against a real relay process: consent that is withdrawn, phones that are
//! lost, members who leave, and a relay that comes back from a backup and has forgotten it.

use anyhow::{Result, ensure};
use kith_app::{engine::Link, platform::store_memory::MemoryStore};
use kith_relay::journal::{Journal as _, Payload};
use kith_shared::{
    api::Revoke,
    documents::{DocumentId, DocumentKind},
    domain::note::Audience,
    ids::{DeviceId, PersonId, TeamId},
    policy::Refusal,
};
use kith_tests::process::{House, Phone, Relay, join, note, reopen};

struct World {
    house: House,
    relay: Relay,
    team: TeamId,
    gwen: PersonId,
    nia: Phone,
    nia_store: MemoryStore,
    elin: Phone,
    folder: tempfile::TempDir,
}

impl World {
    async fn new() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let house = House::at(folder.path().join("data"));
        let (team, founder) = house.found("Tîm Afon")?;
        let relay = house.serve()?;
        let gwen = house.invite("person", "Gwen", &[])?.person.expect("one");
        let nia_store = MemoryStore::default();
        let nia = reopen(nia_store.clone(), relay.origin()).await?;
        nia.join(&founder.code).await?;
        nia.exchange().await?;
        let elin = join(relay.origin(), &house.invite("manager", "Elin", &[])?.code).await?;
        Ok(Self {
            house,
            relay,
            team,
            gwen,
            nia,
            nia_store,
            elin,
            folder,
        })
    }

    async fn note(&self, by: &Phone, audience: Audience, text: &str) -> Result<()> {
        let month = by.now().month();
        by.act(note(self.gwen, month, audience, text)).await?;
        Ok(())
    }

    async fn is_lost(&self, phone: &Phone) -> Result<()> {
        let device = device(phone);
        self.elin.revoke(&Revoke::Device { device }).await?;
        Ok(())
    }
}

fn device(phone: &Phone) -> DeviceId {
    phone.phone().me().expect("it has joined").device
}

/// All that a store holds, as text where it is text.
fn stored(store: &MemoryStore) -> Vec<(String, String)> {
    let values = store.image().values.into_iter();
    values
        .map(|(name, value)| (name, String::from_utf8_lossy(&value).into_owned()))
        .collect()
}

fn is_wiped(phone: &Phone, handed_in: u32) {
    let phone = phone.phone();
    assert!(phone.me().is_none() && phone.held().is_empty() && phone.outbox().is_empty());
    assert_eq!(phone.aside().count(), 0);
    let board = &phone.book().board;
    assert!(board.roster.members.is_empty() && phone.book().notes().next().is_none());
    let gone = phone.gone().expect("it says so");
    assert_eq!((&*gone.team, gone.handed_in), ("Tîm Afon", handed_in));
}

#[tokio::test]
async fn a_lost_phone_is_wiped_and_hands_in_what_it_had_not_sent() -> Result<()> {
    let world = World::new().await?;
    world
        .note(&world.nia, Audience::Team, "sent in time")
        .await?;
    world.nia.exchange().await?;
    world.nia.set("language", "cy").await?;
    world
        .nia
        .set("calendar", "https://kith.example/secret")
        .await?;
    for text in ["unsent one", "unsent two"] {
        world.note(&world.nia, Audience::Team, text).await?;
    }
    let lost = device(&world.nia);
    world.is_lost(&world.nia).await?;
    world.nia.exchange().await?;
    is_wiped(&world.nia, 2);
    let left = stored(&world.nia_store);
    for (name, value) in &left {
        for secret in ["unsent", "sent in time", "Gwen", "Nia", "secret", "key"] {
            assert!(!value.contains(secret), "{name}: {value}");
        }
    }
    assert!(left.iter().any(|(_, value)| value.contains("cy")));
    // Nothing more goes out, and it stays so when the app is opened again.
    let requests = world.nia.relay().requests();
    world.nia.exchange().await?;
    assert_eq!(world.nia.relay().requests(), requests);
    let again = reopen(world.nia_store.clone(), world.relay.origin()).await?;
    is_wiped(&again, 2);
    again.let_go_of_team().await?;
    assert!(again.phone().gone().is_none());
    // Nobody was given what it handed in, and it is kept.
    world.elin.exchange().await?;
    let notes = DocumentId::team_notes(world.gwen, world.elin.now().month());
    let held = world.elin.phone().held()[&notes].document().changes().len();
    assert_eq!(held, 1);
    let World {
        house, relay, team, ..
    } = world;
    relay.stop()?;
    let journal = house.journal()?;
    let kept = journal.entries(team).filter_map(|entry| match entry {
        Ok(entry) if entry.device == lost => match entry.payload {
            Payload::Refused { code, .. } => Some(code),
            _ => None,
        },
        _ => None,
    });
    assert_eq!(kept.collect::<Vec<_>>(), [Refusal::Revoked; 2]);
    Ok(())
}

/// More waits than one request carries: nothing is shown at once, and the rest is handed in first.
#[tokio::test]
async fn all_that_waits_is_handed_in_before_a_phone_forgets_who_it_is() -> Result<()> {
    let world = World::new().await?;
    let most = kith_shared::limits::QUARANTINE_PER_MEMBER;
    for n in 0..most + 44 {
        world
            .note(&world.nia, Audience::Team, &n.to_string())
            .await?;
    }
    world.is_lost(&world.nia).await?;
    let before = world.nia.relay().requests();
    world.nia.exchange().await?;
    assert_eq!(world.nia.relay().requests() - before, 2);
    is_wiped(&world.nia, u32::try_from(most)?);
    Ok(())
}

#[tokio::test]
async fn notes_go_with_the_consent_and_come_back_with_it() -> Result<()> {
    let world = World::new().await?;
    let bound = ["--person", "Gwen"];
    let invited = world.house.invite("person", "Gwen", &bound)?;
    let gwen = join(world.relay.origin(), &invited.code).await?;
    let invited = world.house.invite("family-contact", "Mair", &bound)?;
    let store = MemoryStore::default();
    let mair = reopen(store.clone(), world.relay.origin()).await?;
    mair.join(&invited.code).await?;
    world
        .note(&world.nia, Audience::Family, "a good day")
        .await?;
    world.nia.exchange().await?;
    mair.exchange().await?;
    assert_eq!(mair.phone().book().notes().count(), 1);

    let member = mair.phone().me().expect("joined").joined.member;
    let consent = async |kinds: &[DocumentKind]| {
        let withhold = kinds.iter().copied().collect();
        gwen.revoke(&Revoke::Consent { member, withhold }).await
    };
    consent(&[DocumentKind::Notes]).await?;
    let requests = mair.relay().requests();
    mair.exchange().await?;
    ensure!(mair.relay().requests() - requests == 1, "one round trip");
    assert_eq!(mair.phone().book().notes().count(), 0);
    assert!(mair.phone().book().circles.contains_key(&world.gwen));
    let month = mair.now().month();
    let notes = DocumentId::notes(world.gwen, month);
    assert!(!mair.phone().held().contains_key(&notes));
    let names = stored(&store);
    assert!(names.iter().all(|(name, _)| !name.contains("notes/")));

    consent(&[]).await?;
    let requests = mair.relay().requests();
    mair.exchange().await?;
    ensure!(mair.relay().requests() - requests == 1, "one round trip");
    assert_eq!(mair.phone().book().notes().count(), 1);
    assert_eq!(mair.link(), Link::Reached);
    Ok(())
}

/// The relay's journal comes back from before she left: her phone may get in again, until any
/// phone brings back that she had.
#[tokio::test]
async fn a_restored_relay_hears_again_who_has_left() -> Result<()> {
    let world = World::new().await?;
    let cai = world.house.invite("pa", "Cai", &[])?;
    let cai = join(world.relay.origin(), &cai.code).await?;
    let World {
        house,
        relay,
        nia,
        elin,
        folder,
        gwen,
        ..
    } = world;
    let address = relay.address().to_owned();
    relay.stop()?;
    let backup = folder.path().join("backup");
    copy(house.data().path(), &backup)?;
    let relay = house.serve_at(&address)?;
    let member = nia.phone().me().expect("joined").joined.member;
    elin.exchange().await?;
    elin.revoke(&Revoke::Member { member }).await?;
    elin.exchange().await?;
    relay.stop()?;
    std::fs::remove_dir_all(house.data().path())?;
    copy(&backup, house.data().path())?;
    let relay = house.serve_at(&address)?;

    let month = nia.now().month();
    nia.act(note(gwen, month, Audience::Team, "before")).await?;
    nia.exchange().await?;
    assert_eq!(nia.link(), Link::Reached, "it does not know yet");
    elin.exchange().await?;
    nia.act(note(gwen, month, Audience::Team, "after")).await?;
    nia.exchange().await?;
    is_wiped(&nia, 1);
    cai.exchange().await?;
    assert!(
        cai.phone().book().board.roster.members[&member]
            .left
            .is_some()
    );
    relay.stop()?;
    Ok(())
}

fn copy(from: &std::path::Path, to: &std::path::Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            std::fs::copy(entry.path(), &to)?;
        }
    }
    Ok(())
}
