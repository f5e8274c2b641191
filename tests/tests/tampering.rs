//! A journal that was cut, changed or put back is noticed by the first phone that syncs, and said.

use anyhow::Result;
use kith_app::{
    engine::{self, Doubt, Found, Link, Me},
    view::whole::whole,
};
use kith_relay::{
    journal::{Chains, Change, Draft, Entry, Journal as _, Payload},
    relay::{ProofKey, now},
    vet::Vetted,
};
use kith_shared::{
    api::{Joined, Pass},
    bytes::{Array, Bytes},
    documents::{Author, Document, DocumentId, Record, notes::NoteRecord},
    domain::{
        note::{Audience, NoteText},
        team::Role,
    },
    ids::{DeviceId, Epoch, MemberId, PersonId, RecordId, TeamId},
    limits,
    sync::{
        Cursor, Level, Look, Stand, TeamReply, ToYou,
        chain::{Statement, ends},
    },
    time::Span,
};
use kith_tests::process::{House, Phone, Relay, documents, join, level, note};

/// A team with two phones that are level, and a note that both have.
struct World {
    house: House,
    relay: Relay,
    team: TeamId,
    person: PersonId,
    phones: [Phone; 2],
    _folder: tempfile::TempDir,
}

impl World {
    async fn new() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let house = House::at(folder.path());
        let (team, founder) = house.found("Tîm Afon")?;
        let relay = house.serve()?;
        let person = house.invite("person", "Morgan", &[])?.person;
        let person = person.expect("a person was made");
        let other = house.invite("pa", "Cai", &[])?;
        let phones = [
            join(relay.origin(), &founder.code).await?,
            join(relay.origin(), &other.code).await?,
        ];
        let world = Self {
            house,
            relay,
            team,
            person,
            phones,
            _folder: folder,
        };
        world.writes("Took her tablets.").await?;
        world.writes("Slept well.").await?;
        level(&world.phones).await?;
        Ok(world)
    }

    async fn writes(&self, text: &str) -> Result<()> {
        let phone = &self.phones[0];
        let month = phone.now().month();
        phone
            .act(note(self.person, month, Audience::Team, text))
            .await?;
        Ok(())
    }

    /// Somebody with the disk does this to the journal while the relay stands still.
    fn tampered(self, how: impl FnOnce(Vec<Entry>) -> Vec<Entry>) -> Result<Self> {
        let Self { house, relay, .. } = self;
        let address = relay.address().to_owned();
        relay.stop()?;
        let (entries, folder) = {
            let journal = house.journal()?;
            let entries = journal.entries(self.team).collect::<Result<Vec<_>, _>>()?;
            (entries, house.data().journal())
        };
        std::fs::remove_dir_all(&folder)?;
        house.journal()?.append(self.team, 0, &how(entries))?;
        let relay = house.serve_at(&address)?;
        Ok(Self {
            house,
            relay,
            ..self
        })
    }

    /// The phone asks until it gets through: its open connection went with the former relay.
    async fn syncs(&self, phone: usize) -> Result<()> {
        let phone = &self.phones[phone];
        for _ in 0..3 {
            phone.exchange().await?;
            if phone.link() == Link::Reached {
                return Ok(());
            }
        }
        anyhow::bail!("a phone does not get through: {:?}", phone.link())
    }

    fn doubts(&self, phone: usize) -> Vec<Found> {
        let phone = self.phones[phone].phone();
        phone
            .doubts()
            .iter()
            .map(|Doubt { found, .. }| *found)
            .collect()
    }
}

#[tokio::test]
async fn a_journal_that_was_left_alone_is_not_doubted() -> Result<()> {
    let world = World::new().await?.tampered(|entries| entries)?;
    for phone in [0, 1] {
        world.syncs(phone).await?;
        assert_eq!(world.doubts(phone), []);
        let phone = world.phones[phone].phone();
        let cursor = phone.request().and_then(|r| r.request.cursor);
        assert!(cursor.is_some() && phone.checked().map(Stand::from) == cursor);
        assert!(whole(&phone).checked && whole(&phone).entries > 0);
    }
    Ok(())
}

#[tokio::test]
async fn a_journal_that_was_cut_is_noticed_healed_and_told_of() -> Result<()> {
    let world = World::new().await?;
    let before = documents(&world.phones[1]);
    let world = world.tampered(|mut entries| {
        entries.pop();
        entries
    })?;
    world.syncs(1).await?;
    assert_eq!(world.doubts(1), [Found::OtherPast]);
    world.syncs(0).await?;
    level(&world.phones).await?;
    assert_eq!(documents(&world.phones[0]), before);
    assert_eq!(world.doubts(0), [Found::OtherPast]);
    // A manager whose phone had not known better is told by the relay.
    let invited = world.house.invite("manager", "Ceri", &[])?;
    let ceri = join(world.relay.origin(), &invited.code).await?;
    ceri.exchange().await?;
    let found: Vec<_> = ceri.phone().doubts().iter().map(|d| d.found).collect();
    assert_eq!(found, [Found::ByAnother]);
    assert_eq!(world.phones[0].phone().to_look_at(), Look::default());
    // Nobody is told twice, and whoever runs the relay is told once.
    ceri.exchange().await?;
    assert_eq!(ceri.phone().doubts().len(), 1);
    level(&world.phones).await?;
    assert_eq!(world.doubts(1), [Found::OtherPast]);
    world.relay.stop()?;
    let said = world.house.check()?;
    assert!(said.contains("signature for 1 other past"), "{said}");
    Ok(())
}

#[tokio::test]
async fn a_reply_that_is_not_what_was_signed_is_told_of_once() -> Result<()> {
    let world = World::new().await?;
    let mut phone = world.phones[0].phone().clone();
    let cursor = phone.checked().expect("it was level");
    for _ in 0..8 {
        let sent = phone.request().expect("it has joined");
        let level = Level {
            outcomes: vec![],
            news: vec![],
            cursor,
            more: false,
            signature: Some(Array([1; 64])),
            seen: vec![],
            want: vec![],
            forget: vec![],
            to_you: ToYou::default(),
        };
        let _ = phone.receive(&sent, &TeamReply::Level(level), now(), now());
    }
    let found: Vec<_> = phone.doubts().iter().map(|doubt| doubt.found).collect();
    assert_eq!(found, [Found::NotAsSigned]);
    assert_eq!(phone.checked(), None);
    assert!(!whole(&phone).checked);
    Ok(())
}

/// What a relay lacked before it was put back a second time says nothing of what it lacks now.
#[tokio::test]
async fn a_reply_from_before_another_past_is_not_taken_for_one_from_now() -> Result<()> {
    let world = World::new().await?;
    let mut phone = world.phones[0].phone().clone();
    let changes = |phone: &engine::Phone| -> usize {
        let held = phone.held().values();
        held.map(|held| held.vetted().changes().len()).sum()
    };
    let before = changes(&phone);
    let put_back = TeamReply::Diverged { known: false };
    let mut asked = phone.request().expect("it has joined");
    for _ in 0..2 {
        let _ = phone.receive(&asked, &put_back, now(), now());
        asked = phone.request().expect("it has joined");
    }
    let stale = asked;
    let _ = phone.receive(&stale, &put_back, now(), now());
    let level = Level {
        outcomes: vec![],
        news: vec![],
        cursor: world.phones[0].phone().checked().expect("it was level"),
        more: false,
        signature: None,
        seen: vec![],
        want: vec![],
        forget: vec![],
        to_you: ToYou::default(),
    };
    let progress = phone.receive(&stale, &TeamReply::Level(level), now(), now());
    assert_eq!(changes(&phone), before);
    assert!(progress.again);
    Ok(())
}

#[test]
fn the_latest_doubts_are_kept() {
    let (key, team, epoch) = (
        ProofKey::new([7; 32]),
        TeamId::from_bytes([1; 16]),
        Epoch::from_bytes([2; 16]),
    );
    let mut phone = engine::Phone::default();
    let member = MemberId::from_bytes([3; 16]);
    let joined = Joined {
        team,
        team_name: "Tîm Afon".into(),
        member,
        name: "Nia".into(),
        role: Role::Pa,
        credential: Bytes::default(),
        relay: key.public(),
        pass: Pass {
            token: String::new(),
            challenge: String::new(),
        },
        now: now(),
    };
    let me = Me {
        device: DeviceId::from_bytes([4; 16]),
        key: Array([5; 32]),
        joined,
    };
    let _ = phone.join(me, now());
    for seq in 1..=limits::DOUBTS_KEPT as u64 + 3 {
        let cursor = Cursor {
            epoch,
            seq,
            head: Array([0; 32]),
        };
        let statement = Statement {
            team,
            epoch,
            seq,
            head: cursor.head,
            ends: ends([]),
        };
        let level = Level {
            outcomes: vec![],
            news: vec![],
            cursor,
            more: false,
            signature: Some(key.state(&statement)),
            seen: vec![],
            want: vec![],
            forget: vec![],
            to_you: ToYou::default(),
        };
        for reply in [
            TeamReply::Level(level),
            TeamReply::Diverged { known: false },
        ] {
            let sent = phone.request().expect("it has joined");
            let _ = phone.receive(&sent, &reply, now(), now());
        }
    }
    assert_eq!(phone.doubts().len(), limits::DOUBTS_KEPT);
}

/// All chains are made anew over what was changed, so nothing in the journal itself tells.
#[tokio::test]
async fn a_note_that_was_changed_on_the_disk_is_noticed() -> Result<()> {
    let world = World::new().await?;
    let world = world.tampered(with_another_note)?;
    world.syncs(1).await?;
    assert_eq!(world.doubts(1).first(), Some(&Found::OtherPast));
    Ok(())
}

/// The last note says something else, by the same author at the same time.
fn with_another_note(entries: Vec<Entry>) -> Vec<Entry> {
    let is_note = |entry: &Entry| matches!(entry.document(), Some(DocumentId::TeamNotes(..)));
    let last = entries.iter().rposition(is_note).expect("a note");
    let mut chains = Chains::default();
    let mut forged = Vec::new();
    for (at, entry) in entries.into_iter().enumerate() {
        let payload = match entry.payload {
            Payload::Change(change) if at == last => {
                let author = Author {
                    device: entry.device,
                    life: 7,
                };
                let record = Record {
                    id: RecordId::new(now(), 1),
                    by: entry.member,
                    at: now(),
                    skew: Span::default(),
                    body: NoteRecord::Note {
                        visit: None,
                        says: NoteText {
                            text: "Refused her tablets.".into(),
                            ..NoteText::default()
                        },
                    },
                };
                let mut other = Document::new(change.document());
                let vetted = Vetted::own(&mut other, author, &record).expect("a change");
                Payload::Change(Change::of(&vetted))
            }
            payload => payload,
        };
        let entry = chains.seal(Draft {
            received_at: entry.received_at,
            member: entry.member,
            device: entry.device,
            payload,
        });
        chains.follow(&entry).expect("it is sealed by these chains");
        forged.push(entry);
    }
    forged
}
