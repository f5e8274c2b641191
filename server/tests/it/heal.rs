//! A relay whose journal was restored from an old backup, and the phones that heal it.

use crate::harness::{Phone, Relay, problem, read, words};
use kith_relay::{
    cli::check::check,
    journal::{Journal, MemoryJournal},
    relay::now,
};
use kith_shared::{
    api::ProblemCode,
    documents::DocumentId,
    domain::note::Audience,
    sync::{Form, Given, Heal, TeamReply},
};
use std::sync::Arc;

/// A copy of what the relay has now.
fn backup(journal: &MemoryJournal) -> Arc<MemoryJournal> {
    Arc::new(journal.clone())
}

async fn rejoin(phone: &mut Phone) {
    let credential = phone.me().credential.clone();
    let joined = crate::joining::rejoin(phone, credential).await;
    phone.joined = Some(read(joined).await);
}

fn well(journal: &dyn Journal) {
    for (team, end) in journal.teams().unwrap() {
        let faults = check(journal, team, end).faults;
        assert!(faults.is_empty(), "{faults:?}");
    }
}

#[tokio::test]
async fn phones_heal_a_relay_that_lost_its_last_days() {
    let journal = Arc::new(MemoryJournal::default());
    let relay = Relay::on(journal.clone()).await;
    let (team, gwen, mut nia) = relay.team().await;
    let mut cai = relay.joined(team, "pa", "Cai", None).await;
    nia.sync().await;
    let old = backup(&journal);
    // After the backup: a visit, a note, a new PA.
    nia.clock_in(gwen);
    nia.note(gwen, Audience::Team, "Slept well");
    nia.sync().await;
    let mut eira = relay.joined(team, "pa", "Eira", None).await;
    eira.clock_in(gwen);
    eira.sync().await;
    nia.sync().await;
    relay.server.stop().await;

    let relay = Relay::on(old.clone()).await;
    for phone in [&mut nia, &mut cai, &mut eira] {
        phone.url = relay.url("");
    }
    // What happens before any phone is back stays too.
    relay.joined(team, "pa", "Dewi", None).await;
    assert_eq!(
        nia.reply_to(&nia.request()).await,
        TeamReply::Diverged { known: false }
    );
    nia.heal().await;
    nia.sync().await;
    cai.sync().await;
    for id in [
        DocumentId::Team,
        DocumentId::circle(gwen),
        DocumentId::visits(gwen, now().month()),
        DocumentId::team_notes(gwen, now().month()),
    ] {
        assert_eq!(
            nia.held[&id].document.heads(),
            cai.held[&id].document.heads(),
            "{id}"
        );
    }
    assert_eq!(cai.texts(DocumentId::visits(gwen, now().month())), 2);
    let roster = kith_shared::documents::team::roster(&cai.held[&DocumentId::Team].document);
    let mut names: Vec<_> = roster.members.values().map(|m| m.name.clone()).collect();
    names.sort();
    assert_eq!(names, ["Cai", "Dewi", "Eira", "Nia"]);

    // Eira's device is unknown; her credential brings it back, and she goes on.
    let response = eira.post(&eira.request()).send().await.unwrap();
    assert_eq!(problem(response).await, ProblemCode::DeviceUnknown);
    rejoin(&mut eira).await;
    assert_eq!(
        eira.reply_to(&eira.request()).await,
        TeamReply::Diverged { known: false }
    );
    eira.heal().await;
    eira.clock_in(gwen);
    assert_eq!(words(&eira.sync().await), ["accepted"]);
    cai.sync().await;
    assert_eq!(cai.texts(DocumentId::visits(gwen, now().month())), 3);
    // A phone that was healed already has nothing more to give.
    nia.sync().await;
    assert!(nia.sync().await.news.is_empty());
    relay.server.stop().await;
    well(&*old);
}

#[tokio::test]
async fn phones_bring_back_a_team_that_was_lost_altogether() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    nia.clock_in(gwen);
    nia.sync().await;
    nia.sync().await;
    relay.server.stop().await;

    let empty = Arc::new(MemoryJournal::default());
    let relay = Relay::on(empty.clone()).await;
    nia.url = relay.url("");
    let response = nia.post(&nia.request()).send().await.unwrap();
    assert_eq!(problem(response).await, ProblemCode::DeviceUnknown);
    rejoin(&mut nia).await;
    assert_eq!(
        nia.reply_to(&nia.request()).await,
        TeamReply::Diverged { known: false }
    );
    nia.heal().await;
    nia.clock_in(gwen);
    assert_eq!(words(&nia.sync().await), ["accepted"]);
    let mut cai = relay.joined(team, "pa", "Cai", None).await;
    cai.sync().await;
    assert_eq!(cai.texts(DocumentId::visits(gwen, now().month())), 2);
    relay.server.stop().await;
    well(&*empty);
}

#[tokio::test]
async fn only_what_bears_the_relays_mark_is_taken_back() {
    let relay = Relay::start().await;
    let (_, gwen, mut nia) = relay.team().await;
    nia.sync().await;
    nia.clock_in(gwen);
    let change = nia.held[&DocumentId::visits(gwen, now().month())].waiting[0].clone();
    let entry = kith_shared::sync::Entry {
        change: kith_shared::bytes::Bytes(change.raw_bytes().to_vec()),
        receipt: nia.held[&DocumentId::Team]
            .receipts
            .values()
            .next()
            .unwrap()
            .clone(),
    };
    let document = DocumentId::visits(gwen, now().month());
    let mut request = nia.request();
    request.push = vec![];
    request.heal = Some(Heal {
        have: vec![],
        give: vec![Given { document, entry }],
        knew: None,
    });
    let level = nia.level(&request).await;
    assert_eq!(level.cursor, nia.cursor.unwrap(), "nothing was taken back");
}

#[tokio::test]
async fn a_phone_that_lost_something_is_told_so() {
    let relay = Relay::start().await;
    let (_, gwen, mut nia) = relay.team().await;
    nia.clock_in(gwen);
    nia.sync().await;
    nia.sync().await;
    let mut broken = nia.clone();
    broken
        .held
        .get_mut(&DocumentId::Team)
        .unwrap()
        .receipts
        .pop_last();
    assert_eq!(
        broken.reply_to(&broken.request()).await,
        TeamReply::Diverged { known: true }
    );
    let mut ahead = nia.clone();
    ahead.cursor.as_mut().unwrap().seq += 1;
    assert_eq!(
        ahead.reply_to(&ahead.request()).await,
        TeamReply::Diverged { known: false }
    );
    let mut elsewhere = nia.clone();
    elsewhere.cursor.as_mut().unwrap().head.0[0] ^= 1;
    assert_eq!(
        elsewhere.reply_to(&elsewhere.request()).await,
        TeamReply::Diverged { known: false }
    );
    // Nothing of a request that diverged was taken in.
    elsewhere.clock_in(gwen);
    assert_eq!(
        elsewhere.reply_to(&elsewhere.request()).await,
        TeamReply::Diverged { known: false }
    );
    nia.form = Form::Json;
    assert!(nia.sync().await.news.is_empty());
}
