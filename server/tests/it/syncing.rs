use crate::harness::{Relay, note, shift, words};
use kith_relay::relay::now;
use kith_shared::{
    bytes::Bytes,
    documents::{DocumentId, circle::circle},
    domain::note::Audience,
    ids::{PersonId, RecordId},
    policy::Refusal,
    sync::{Form, Level, Outcome, Push, SyncReply, SyncRequest, TeamReply},
};

#[tokio::test]
async fn what_one_writes_the_other_reads_in_either_form() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    let mut cai = relay.joined(team, "pa", "Cai", None).await;
    cai.form = Form::Json;
    let visits = DocumentId::visits(gwen, now().month());
    for round in 1..=3 {
        nia.clock_in(gwen);
        nia.note(gwen, Audience::Team, "Slept well");
        assert_eq!(words(&nia.sync().await), ["accepted"; 2]);
        cai.sync().await;
        assert_eq!(cai.texts(visits), 2 * round - 1);
        cai.clock_in(gwen);
        assert_eq!(words(&cai.sync().await), ["accepted"]);
    }
    nia.sync().await;
    assert_eq!(
        nia.held[&visits].document.heads(),
        cai.held[&visits].document.heads()
    );
    // Level: nothing is said twice.
    assert!(nia.sync().await.news.is_empty());
}

#[tokio::test]
async fn a_lost_reply_costs_one_resend_and_changes_nothing() {
    let relay = Relay::start().await;
    let (_, gwen, mut nia) = relay.team().await;
    nia.sync().await;
    nia.clock_in(gwen);
    nia.note(gwen, Audience::Family, "Lunch in the park");
    let request = nia.request();
    let first = nia.level(&request).await;
    let again = nia.level(&request).await;
    assert_eq!(words(&again), ["duplicate"; 2]);
    let receipts = |level: &Level| -> Vec<_> {
        let receipt = |o: &Outcome| match o {
            Outcome::Accepted(r) | Outcome::Duplicate(r) => r.clone(),
            other => panic!("{other:?}"),
        };
        level.outcomes.iter().map(receipt).collect()
    };
    assert_eq!(receipts(&first), receipts(&again));
    assert_eq!(first.cursor, again.cursor);
    assert!(again.news.is_empty(), "own changes are named, not repeated");
    nia.take(&again);
    assert!(nia.sync().await.news.is_empty());
}

#[tokio::test]
async fn one_bad_change_takes_no_good_one_with_it_and_is_kept_once() {
    let relay = Relay::start().await;
    let (_, gwen, mut nia) = relay.team().await;
    nia.sync().await;
    nia.clock_in(gwen);
    nia.note(gwen, Audience::Team, "Slept well");
    let mut request = nia.request();
    request.push[0]
        .changes
        .push(Bytes(b"\x85\x6f\x4a\x83 nonsense".to_vec()));
    let level = nia.level(&request).await;
    assert_eq!(words(&level), ["accepted", "Damaged, kept", "accepted"]);
    let again = nia.level(&request).await;
    assert_eq!(words(&again), ["duplicate", "Damaged, kept", "duplicate"]);
    assert_eq!(level.outcomes[1], again.outcomes[1]);
    assert_eq!(level.cursor, again.cursor, "it was kept once");
}

#[tokio::test]
async fn what_depends_on_what_is_not_there_is_needed() {
    let relay = Relay::start().await;
    let (_, gwen, mut nia) = relay.team().await;
    nia.sync().await;
    nia.clock_in(gwen);
    nia.clock_in(gwen);
    let mut request = nia.request();
    let first = request.push[0].changes.remove(0);
    let level = nia.level(&request).await;
    let hash = automerge::Change::from_bytes(first.0.clone())
        .unwrap()
        .hash();
    assert_eq!(
        level.outcomes,
        [Outcome::Need(vec![kith_shared::bytes::Array(hash.0)])]
    );
    request.push[0].changes.insert(0, first);
    assert_eq!(words(&nia.level(&request).await), ["accepted"; 2]);
}

#[tokio::test]
async fn nobody_writes_for_another_or_about_a_stranger() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    let mut cai = relay.joined(team, "pa", "Cai", None).await;
    nia.sync().await;
    cai.sync().await;
    nia.clock_in(gwen);
    // Cai hands in what Nia's phone wrote.
    let mut request = cai.request();
    request.push = nia.push();
    assert_eq!(words(&cai.level(&request).await), ["NotYourDevice, kept"]);

    nia.clock_in(PersonId::from_bytes([9; 16]));
    let level = nia.level(&nia.request()).await;
    assert_eq!(words(&level), ["accepted", "OtherDocument, kept"]);
}

#[tokio::test]
async fn the_relay_alone_writes_team_and_circle() {
    let relay = Relay::start().await;
    let (_, gwen, mut nia) = relay.team().await;
    nia.sync().await;
    let (author, at) = (nia.author(), now());
    for id in [DocumentId::Team, DocumentId::circle(gwen)] {
        let by = nia.me().member;
        let record = kith_shared::documents::Record {
            id: RecordId::new(at, 1),
            by,
            at,
            skew: kith_shared::time::Span::default(),
            body: kith_shared::documents::team::TeamRecord::Named {
                name: "Mine".into(),
            },
        };
        let mut document = nia.held[&id].document.clone();
        let change = document.write(author, &record).unwrap();
        let mut request = nia.request();
        let changes = vec![Bytes(change.raw_bytes().to_vec())];
        request.push = vec![Push {
            document: id,
            changes,
        }];
        assert_eq!(words(&nia.level(&request).await), ["NotYourRole, kept"]);
    }
}

#[tokio::test]
async fn who_is_coming_follows_the_rota() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    let mut mair = relay
        .joined(team, "family-contact", "Mair", Some("Gwen"))
        .await;
    nia.write(&shift(gwen, vec![nia.me().member]));
    assert_eq!(words(&nia.sync().await), ["accepted"]);
    mair.sync().await;
    let circle = circle(&mair.held[&DocumentId::circle(gwen)].document);
    let coming: Vec<_> = circle.coming.values().map(|c| c.pas.clone()).collect();
    assert_eq!(coming, [vec![nia.me().member]]);
    // And nothing else reached her.
    assert_eq!(
        mair.held.keys().copied().collect::<Vec<_>>(),
        [DocumentId::circle(gwen)]
    );
}

#[tokio::test]
async fn seen_by_the_team_is_when_another_member_has_stored_it() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    let mut cai = relay.joined(team, "pa", "Cai", None).await;
    let mut mair = relay
        .joined(team, "family-contact", "Mair", Some("Gwen"))
        .await;
    nia.sync().await;
    nia.note(gwen, Audience::Team, "Slept well");
    let level = nia.sync().await;
    let Outcome::Accepted(receipt) = &level.outcomes[0] else {
        panic!("{level:?}")
    };
    let seq = receipt.seq;
    let asked = async |who: &str| {
        let mut request = nia.request();
        request.unseen = vec![seq, seq + 100];
        let seen = nia.level(&request).await.seen;
        assert!(seen.is_empty() || seen == [seq], "{who}");
        !seen.is_empty()
    };
    assert!(!asked("nobody").await);
    // Mair's phone is past it and may not read it.
    mair.sync().await;
    mair.sync().await;
    assert!(!asked("Mair").await);
    // Cai's phone got it; that it has stored it, it says with its next request.
    cai.sync().await;
    assert!(!asked("Cai, on the way").await);
    cai.sync().await;
    assert!(asked("Cai").await);
    // It is Nia's to know.
    let mut request = cai.request();
    request.unseen = vec![seq];
    assert!(cai.level(&request).await.seen.is_empty());
}

#[tokio::test]
async fn a_long_absence_comes_in_pages_and_none_is_lost() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    let mut cai = relay.joined(team, "pa", "Cai", None).await;
    cai.sync().await;
    for n in 0..40 {
        nia.note(gwen, Audience::Team, &format!("Note {n}"));
    }
    nia.sync().await;
    cai.clock_in(gwen);
    let mut pages = 0;
    loop {
        let mut request = cai.request();
        request.limit = 2_000;
        let level = cai.level(&request).await;
        cai.take(&level);
        pages += 1;
        if !level.more {
            break;
        }
    }
    assert!(pages > 3, "{pages}");
    assert_eq!(cai.texts(DocumentId::team_notes(gwen, now().month())), 40);
    assert!(cai.sync().await.news.is_empty());
}

#[tokio::test]
async fn several_teams_take_one_request() {
    let relay = Relay::start().await;
    let (_, gwen, mut nia) = relay.team().await;
    let (other, elin, _) = relay.team().await;
    let invited = relay.invite(other, "pa", "Nia", None).await;
    let mut there = nia.clone();
    there.joined = Some(crate::harness::read(there.join(&invited.code).await).await);
    there.held.clear();
    nia.clock_in(gwen);
    there.clock_in(elin);
    let sections = vec![nia.request(), there.request()];
    let body = Form::Binary.encode(&SyncRequest::new(sections));
    let response = nia.post(&nia.request()).body(body).send().await.unwrap();
    let reply: SyncReply = Form::Binary
        .decode(&response.bytes().await.unwrap())
        .unwrap();
    for reply in reply.teams {
        let TeamReply::Level(level) = reply else {
            panic!("{reply:?}")
        };
        assert_eq!(words(&level), ["accepted"]);
    }
}

/// Anyone can name their device as they like: it is the key that tells.
#[tokio::test]
async fn a_device_of_the_same_name_in_another_team_is_another() {
    let relay = Relay::start().await;
    let (_, _, nia) = relay.team().await;
    let (other, _, _) = relay.team().await;
    let invited = relay.invite(other, "pa", "Cai", None).await;
    let mut namesake = crate::harness::Phone::new(&relay);
    namesake.device = nia.device;
    namesake.joined = Some(crate::harness::read(namesake.join(&invited.code).await).await);
    let sections = vec![nia.request(), namesake.request()];
    let body = Form::Binary.encode(&SyncRequest::new(sections));
    let response = nia.post(&nia.request()).body(body).send().await.unwrap();
    let reply: SyncReply = Form::Binary
        .decode(&response.bytes().await.unwrap())
        .unwrap();
    assert!(matches!(
        *reply.teams,
        [TeamReply::Level(_), TeamReply::NotYours]
    ));
}

#[tokio::test]
async fn refusals_name_the_rule() {
    let relay = Relay::start().await;
    let (team, gwen, nia) = relay.team().await;
    let mut elin = relay.joined(team, "manager", "Elin", None).await;
    // A manager's app would not even write it.
    let mut as_pa = elin.member();
    as_pa.role = nia.me().role;
    let intent = note(gwen, Audience::Team, "I was never there");
    let (author, id) = (elin.author(), RecordId::new(now(), 7));
    let held = elin.held(intent.document());
    let stamp = kith_shared::intent::Stamp::plain(now());
    let change = intent
        .write(&mut held.document, author, &as_pa, id, stamp)
        .unwrap();
    held.waiting.push(change);
    let level = elin.level(&elin.request()).await;
    assert!(matches!(
        level.outcomes[0],
        Outcome::Refused {
            code: Refusal::NotYourRole,
            quarantine: Some(_)
        }
    ));
}
