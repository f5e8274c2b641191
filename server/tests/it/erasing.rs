//! A person who is erased: their key is destroyed, the chains stay whole, phones forget them, and
//! nothing brings them back.

use crate::harness::{Phone, Relay, keys, problem, read, send, words};
use kith_relay::{
    cli::check::check,
    journal::{Entry, Journal, MemoryJournal, Owner, Payload},
    relay::{Team, now, roll},
};
use kith_shared::{
    api::{ChangeRoster, ProblemCode, RosterChange, path},
    documents::{DocumentId, team::TeamRecord},
    domain::note::Audience,
    ids::{PersonId, TeamId},
    sync::TeamReply,
};
use reqwest::Response;
use std::sync::Arc;

async fn erase(relay: &Relay, team: TeamId, person: &str) -> Response {
    let person = person.to_owned();
    let change = RosterChange::Erase { person };
    let post = relay.client.post(relay.url(path::ROSTER));
    let post = post.bearer_auth(keys().admin(now()));
    send(post, &ChangeRoster { team, change }).await
}

fn entries(journal: &dyn Journal, team: TeamId) -> Vec<Entry> {
    journal.entries(team).map(Result::unwrap).collect()
}

/// The chains are whole; how many entries nobody can read.
fn unreadable(journal: &dyn Journal, team: TeamId) -> u64 {
    let (_, end) = *journal
        .teams()
        .unwrap()
        .iter()
        .find(|t| t.0 == team)
        .unwrap();
    let report = check(journal, team, end);
    assert_eq!(report.faults, Vec::<String>::new());
    report.erased
}

fn is_destroyed(journal: &dyn Journal, team: TeamId, person: PersonId) -> bool {
    let person = Some(person);
    journal.erased().contains(&Owner { team, person })
}

fn about(phone: &Phone, person: PersonId) -> usize {
    let about = phone.held.keys().filter(|id| id.person() == Some(person));
    about.count()
}

struct Scene {
    journal: Arc<MemoryJournal>,
    relay: Relay,
    team: TeamId,
    gwen: PersonId,
    huw: PersonId,
    nia: Phone,
    cai: Phone,
}

/// Two persons, and notes about both that two PAs have.
async fn scene() -> Scene {
    let journal = Arc::new(MemoryJournal::default());
    let relay = Relay::on(journal.clone()).await;
    let (team, gwen, mut nia) = relay.team().await;
    let huw = relay.invite(team, "person", "Huw", None).await.person;
    let huw = huw.unwrap();
    let mut cai = relay.joined(team, "pa", "Cai", None).await;
    for person in [gwen, huw] {
        nia.note(person, Audience::Family, "Slept until seven");
        nia.clock_in(person);
    }
    nia.sync().await;
    cai.sync().await;
    Scene {
        journal,
        relay,
        team,
        gwen,
        huw,
        nia,
        cai,
    }
}

#[tokio::test]
async fn who_is_erased_is_forgotten_in_one_round_trip_and_the_chains_hold() {
    let Scene {
        journal,
        relay,
        team,
        gwen,
        huw,
        mut nia,
        mut cai,
    } = scene().await;
    let mut ben = relay
        .joined(team, "family-contact", "Ben", Some("Gwen"))
        .await;
    ben.sync().await;
    assert!(about(&ben, gwen) > 0);
    let hashes = |entries: &[Entry]| entries.iter().map(Entry::hash).collect::<Vec<_>>();
    let before = entries(&*journal, team);

    let says: TeamRecord = read(erase(&relay, team, "Gwen").await).await;
    assert_eq!(says, TeamRecord::Erased { person: gwen });
    assert!(is_destroyed(&*journal, team, gwen));
    let after = entries(&*journal, team);
    assert_eq!(hashes(&after[..before.len()]), hashes(&before));
    for entry in &after {
        let theirs = entry.document().and_then(DocumentId::person) == Some(gwen);
        let gone = matches!(entry.payload, Payload::Erased { .. });
        assert_eq!(gone, theirs, "entry {}", entry.seq);
    }
    assert!(unreadable(&*journal, team) >= 4);

    // Cai's phone was away: it is level after one request, and has nothing of hers.
    let there = about(&cai, gwen);
    let level = cai.sync().await;
    let forgotten = level.forget.iter().filter(|id| id.person() == Some(gwen));
    assert_eq!(forgotten.count(), there);
    assert_eq!(about(&cai, gwen), 0);
    assert!(about(&cai, huw) > 0);
    assert!(matches!(
        ben.reply_to(&ben.request()).await,
        TeamReply::Forget { .. }
    ));

    // What comes late about her is refused, and kept nowhere.
    nia.note(gwen, Audience::Team, "Written without signal");
    nia.note(huw, Audience::Team, "So was this");
    let said = nia.sync().await;
    let mut said = words(&said);
    said.sort();
    assert_eq!(said, ["Erased", "accepted"]);
    let last = entries(&*journal, team);
    assert!(
        !last
            .iter()
            .any(|e| matches!(e.payload, Payload::Refused { .. }))
    );
    cai.sync().await;
    assert_eq!(about(&cai, gwen), 0);

    // A second time there is nobody of that name; who joins now hears of Huw alone.
    let again = erase(&relay, team, "Gwen").await;
    assert_eq!(problem(again).await, ProblemCode::Malformed);
    let mut eira = relay.joined(team, "pa", "Eira", None).await;
    eira.sync().await;
    assert!(about(&eira, gwen) == 0 && about(&eira, huw) > 0);

    // The relay that is started again is the same.
    relay.server.stop().await;
    let relay = Relay::on(journal.clone()).await;
    for phone in [&mut cai, &mut eira] {
        phone.url = relay.url("");
        let level = phone.sync().await;
        assert!(level.forget.is_empty() && about(phone, gwen) == 0);
    }
    relay.server.stop().await;
    assert!(unreadable(&*journal, team) >= 4);
}

/// The backup has the key: the first phone that heals brings the word that she is erased.
#[tokio::test]
async fn a_backup_that_is_put_back_forgets_again() {
    let mut scene = scene().await;
    let Scene { team, gwen, .. } = scene;
    let backup = Arc::new(scene.journal.as_ref().clone());
    read::<TeamRecord>(erase(&scene.relay, team, "Gwen").await).await;
    scene.nia.sync().await;
    scene.relay.server.stop().await;

    assert!(!is_destroyed(&*backup, team, gwen));
    let relay = Relay::on(backup.clone()).await;
    for phone in [&mut scene.nia, &mut scene.cai] {
        phone.url = relay.url("");
    }
    scene.nia.heal().await;
    assert!(is_destroyed(&*backup, team, gwen));
    scene.nia.sync().await;
    assert_eq!(about(&scene.nia, gwen), 0);
    // A phone that holds what she was, and the relay's mark under it, cannot give it back.
    assert!(about(&scene.cai, gwen) > 0);
    scene.cai.sync().await;
    assert_eq!(about(&scene.cai, gwen), 0);
    scene.cai.sync().await;
    relay.server.stop().await;
    assert!(unreadable(&*backup, team) >= 4);
}

/// An old phone that was not in touch gives back what the relay lacks, but nothing of hers.
#[tokio::test]
async fn no_phone_brings_them_back() {
    let mut scene = scene().await;
    let Scene { team, gwen, .. } = scene;
    read::<TeamRecord>(erase(&scene.relay, team, "Gwen").await).await;
    scene.cai.heal().await;
    assert_eq!(about(&scene.cai, gwen), 0);
    let kept = entries(&*scene.journal, team);
    let theirs = |e: &&Entry| e.document().and_then(DocumentId::person) == Some(gwen);
    let readable = |e: &Entry| !matches!(e.payload, Payload::Erased { .. });
    assert!(!kept.iter().filter(theirs).any(readable));
}

/// The word is in the journal and the key is still there: the process died between the two.
#[tokio::test]
async fn what_was_cut_off_is_done_at_the_next_start() {
    let scene = scene().await;
    let Scene { team, gwen, .. } = scene;
    scene.relay.server.stop().await;
    let journal = scene.journal;
    let mut half = Team::replay(team, keys().proof(), journal.entries(team)).unwrap();
    let last = half.end().seq;
    let person = "Gwen".into();
    let change = RosterChange::Erase { person };
    let done = half.change_roster(&change, now(), &mut roll).unwrap();
    journal.append(team, last, &done.entries).unwrap();
    assert!(!is_destroyed(&*journal, team, gwen));
    let relay = Relay::on(journal.clone()).await;
    assert!(is_destroyed(&*journal, team, gwen));
    let mut cai = scene.cai;
    cai.url = relay.url("");
    cai.sync().await;
    assert_eq!(about(&cai, gwen), 0);
    assert!(unreadable(&*journal, team) >= 4);
}
