//! Members who leave, devices that are lost, consent that is withdrawn: what they hold goes with
//! their next request, and what they had not sent is put aside.

use crate::harness::{Phone, Relay, problem, read, send, words};
use kith_relay::journal::{Journal, MemoryJournal, Payload};
use kith_shared::{
    api::{ChangeRoster, KnownDevice, ProblemCode, Revoke, RosterChange, path},
    documents::{DocumentId, DocumentKind, team::TeamRecord},
    domain::note::Audience,
    policy::Refusal,
    sync::{Outcome, TeamReply},
};
use reqwest::Response;
use std::sync::Arc;

async fn revoke(by: &Phone, what: Revoke) -> Response {
    let post = by.client.post(format!("{}{}", by.url, path::REVOKE));
    send(post.bearer_auth(&by.me().pass.token), &what).await
}

async fn revoked(by: &Phone, what: Revoke) -> TeamRecord {
    read(revoke(by, what).await).await
}

fn member(who: &Phone) -> Revoke {
    Revoke::Member {
        member: who.me().member,
    }
}

fn device(which: &Phone) -> Revoke {
    Revoke::Device {
        device: which.device,
    }
}

fn consent(who: &Phone, withhold: &[DocumentKind]) -> Revoke {
    Revoke::Consent {
        member: who.me().member,
        withhold: withhold.iter().copied().collect(),
    }
}

async fn is_told_to_forget(phone: &Phone) -> Vec<Outcome> {
    match phone.reply_to(&phone.request()).await {
        TeamReply::Forget { outcomes } => outcomes,
        other => panic!("{other:?}"),
    }
}

/// A further device of the same member.
async fn second_device(relay: &Relay, of: &Phone) -> Phone {
    let mut invite = crate::harness::invitation(of.me().team, "pa", "", None);
    invite.member = Some(of.me().member);
    let invited: kith_shared::api::Invited = read(relay.ask_to_invite(&invite).await).await;
    let mut phone = Phone::new(relay);
    phone.joined = Some(read(phone.join(&invited.code).await).await);
    phone
}

fn put_aside(journal: &MemoryJournal, of: &Phone) -> Vec<(DocumentId, Refusal)> {
    let entries = journal.entries(of.me().team).map(Result::unwrap);
    let kept = entries.filter(|entry| entry.device == of.device);
    kept.filter_map(|entry| match entry.payload {
        Payload::Refused { document, code, .. } => Some((document, code)),
        _ => None,
    })
    .collect()
}

#[tokio::test]
async fn a_lost_phone_hands_in_what_it_had_not_sent_and_gets_nothing() {
    let journal = Arc::new(MemoryJournal::default());
    let relay = Relay::on(journal.clone()).await;
    let (team, gwen, mut nia) = relay.team().await;
    let elin = relay.joined(team, "manager", "Elin", None).await;
    let mut other = second_device(&relay, &nia).await;
    nia.sync().await;
    nia.note(gwen, Audience::Team, "Sent in time");
    let sent = nia.request();
    nia.sync().await;
    other.sync().await;

    // Without signal since: the phone is lost, and her other device goes on.
    nia.note(gwen, Audience::Team, "Not sent yet");
    let says = revoked(&elin, device(&nia)).await;
    let said_by = Some(elin.me().member);
    let (lost, whose) = (nia.device, nia.me().member);
    assert_eq!(
        says,
        TeamRecord::DeviceLost {
            device: lost,
            member: whose,
            said_by
        }
    );
    other.note(gwen, Audience::Team, "From the other one");
    assert_eq!(words(&other.sync().await), ["accepted"]);

    let outcomes = is_told_to_forget(&nia).await;
    let [Outcome::Refused { code, quarantine }] = &outcomes[..] else {
        panic!("{outcomes:?}");
    };
    assert_eq!(*code, Refusal::Revoked);
    assert!(quarantine.is_some());
    let notes = DocumentId::team_notes(gwen, kith_relay::relay::now().month());
    assert_eq!(put_aside(&journal, &nia), [(notes, Refusal::Revoked)]);
    // The reply got lost: it is said again, and kept once. What was accepted before stays so.
    assert_eq!(is_told_to_forget(&nia).await, outcomes);
    assert_eq!(put_aside(&journal, &nia).len(), 1);
    let TeamReply::Forget { outcomes } = nia.reply_to(&sent).await else {
        panic!("forget");
    };
    assert!(matches!(outcomes[..], [Outcome::Duplicate(_)]));
    // Nobody reads what it handed in.
    let held = other.sync().await;
    assert!(held.news.is_empty());
    assert_eq!(other.texts(notes), 2, "one of each device");
}

#[tokio::test]
async fn a_revoked_device_gets_in_nowhere() {
    let relay = Relay::start().await;
    let (team, _, nia) = relay.team().await;
    let elin = relay.joined(team, "manager", "Elin", None).await;
    let open = nia.client.get(format!("{}{}", nia.url, path::EVENTS));
    let open = open.bearer_auth(&nia.me().pass.token);
    let mut events = open.try_clone().unwrap().send().await.unwrap();
    events.chunk().await.unwrap().unwrap();
    let calendar = nia.client.post(format!("{}{}", nia.url, path::CALENDAR));
    let calendar = calendar.bearer_auth(&nia.me().pass.token);
    let feed: kith_shared::api::CalendarFeed =
        read(calendar.try_clone().unwrap().send().await.unwrap()).await;
    let feed = feed.url.unwrap().replace("https://kith.example", &nia.url);
    assert!(
        nia.client
            .get(&feed)
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );

    revoked(&elin, member(&nia)).await;
    // Its stream ends; it gets no other, no calendar, no pushes, and revokes nobody.
    let ended = tokio::time::timeout(std::time::Duration::from_secs(5), events.chunk());
    assert_eq!(ended.await.unwrap().unwrap(), None);
    let devices = nia.client.get(format!("{}{}", nia.url, path::DEVICES));
    let push = nia.client.get(format!("{}{}", nia.url, path::PUSH));
    for request in [
        open,
        calendar,
        devices.bearer_auth(&nia.me().pass.token),
        push.bearer_auth(&nia.me().pass.token),
    ] {
        let code = problem(request.send().await.unwrap()).await;
        assert_eq!(code, ProblemCode::Revoked);
    }
    let code = problem(revoke(&nia, device(&nia)).await).await;
    assert_eq!(code, ProblemCode::Revoked);
    let code = problem(nia.client.get(&feed).send().await.unwrap()).await;
    assert_eq!(code, ProblemCode::NotFound);
    // Its credential says who it is, and no more.
    let credential = nia.me().credential.clone();
    let rejoined = crate::joining::rejoin(&nia, credential).await;
    assert!(rejoined.status().is_success());
    assert_eq!(is_told_to_forget(&nia).await, []);
    // Nor does an invitation that was made for her before, or now.
    let mut invite = crate::harness::invitation(team, "pa", "", None);
    invite.member = Some(nia.me().member);
    let code = problem(relay.ask_to_invite(&invite).await).await;
    assert_eq!(code, ProblemCode::Malformed);
}

#[tokio::test]
async fn an_invitation_of_who_left_lets_nobody_in() {
    let relay = Relay::start().await;
    let (team, _, nia) = relay.team().await;
    let elin = relay.joined(team, "manager", "Elin", None).await;
    let mut invite = crate::harness::invitation(team, "pa", "", None);
    invite.member = Some(nia.me().member);
    let open: kith_shared::api::Invited = read(relay.ask_to_invite(&invite).await).await;
    revoked(&elin, member(&nia)).await;
    let code = problem(Phone::new(&relay).join(&open.code).await).await;
    assert_eq!(code, ProblemCode::InvitationExpired);
}

#[tokio::test]
async fn consent_takes_notes_away_and_gives_them_back_in_one_round_trip() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    let person = relay.joined(team, "person", "Gwen", Some("Gwen")).await;
    let mut mair = relay
        .joined(team, "family-contact", "Mair", Some("Gwen"))
        .await;
    nia.note(gwen, Audience::Family, "A good day");
    nia.sync().await;
    mair.sync().await;
    let notes = DocumentId::notes(gwen, kith_relay::relay::now().month());
    let circle = DocumentId::circle(gwen);
    assert!(mair.held.contains_key(&notes) && mair.held.contains_key(&circle));

    revoked(&person, consent(&mair, &[DocumentKind::Notes])).await;
    nia.note(gwen, Audience::Family, "Another");
    nia.sync().await;
    let level = mair.sync().await;
    assert_eq!(level.forget, [notes]);
    assert!(level.news.iter().all(|news| news.document != notes));
    assert!(mair.held.contains_key(&circle) && !mair.held.contains_key(&notes));
    // Once is enough.
    assert_eq!(mair.sync().await.forget, []);

    revoked(&person, consent(&mair, &[])).await;
    let level = mair.sync().await;
    assert_eq!(level.forget, []);
    assert_eq!(mair.texts(notes), 2, "both notes");
    assert!(mair.sync().await.news.is_empty());
}

/// What is gained is too much for one reply: it comes in pieces, and nothing is sent twice in the
/// end.
#[tokio::test]
async fn what_is_gained_comes_in_as_many_replies_as_it_takes() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    let person = relay.joined(team, "person", "Gwen", Some("Gwen")).await;
    let mut mair = relay
        .joined(team, "family-contact", "Mair", Some("Gwen"))
        .await;
    revoked(&person, consent(&mair, &[DocumentKind::Notes])).await;
    for n in 0..8 {
        nia.note(gwen, Audience::Family, &format!("Day {n}"));
        nia.sync().await;
    }
    mair.sync().await;
    let notes = DocumentId::notes(gwen, kith_relay::relay::now().month());
    assert!(!mair.held.contains_key(&notes));
    revoked(&person, consent(&mair, &[])).await;
    let mut replies = 0;
    loop {
        let mut request = mair.request();
        request.limit = 700;
        let level = mair.level(&request).await;
        mair.take(&level);
        replies += 1;
        if !level.more {
            break;
        }
    }
    assert!(replies > 2, "{replies}");
    assert_eq!(mair.texts(notes), 8);
    let level = mair.sync().await;
    assert!(level.news.is_empty() && level.forget.is_empty());
}

#[tokio::test]
async fn each_role_revokes_what_is_theirs() {
    let relay = Relay::start().await;
    let (team, _, nia) = relay.team().await;
    let huw = relay.invite(team, "person", "Huw", None).await;
    let elin = relay.joined(team, "manager", "Elin", None).await;
    let person = relay.joined(team, "person", "Gwen", Some("Gwen")).await;
    let rhys = relay
        .joined(team, "authorised-person", "Rhys", Some("Gwen"))
        .await;
    let mair = relay
        .joined(team, "family-contact", "Mair", Some("Gwen"))
        .await;
    let ffion = relay
        .joined(team, "family-contact", "Ffion", Some("Huw"))
        .await;
    let cai = relay.joined(team, "pa", "Cai", None).await;
    let notes = &[DocumentKind::Notes];

    let refused = [
        (&nia, member(&cai)),
        (&nia, member(&mair)),
        (&nia, device(&cai)),
        (&nia, consent(&mair, notes)),
        (&mair, member(&mair)),
        (&mair, consent(&mair, notes)),
        (&person, member(&nia)),
        (&person, member(&elin)),
        (&person, member(&ffion)),
        (&person, consent(&ffion, notes)),
        (&person, consent(&rhys, notes)),
        (&person, device(&mair)),
        (&rhys, member(&rhys)),
        (&rhys, member(&person)),
        (&rhys, member(&ffion)),
        (&elin, consent(&mair, notes)),
        // The last manager.
        (&elin, member(&elin)),
    ];
    for (by, what) in refused {
        let code = problem(revoke(by, what.clone()).await).await;
        assert_eq!(code, ProblemCode::NotAllowed, "{} {what:?}", by.me().name);
    }
    for (what, code) in [
        (
            consent(&mair, &[DocumentKind::Circle]),
            ProblemCode::Malformed,
        ),
        (
            Revoke::Device {
                device: kith_shared::ids::DeviceId::from_bytes([9; 16]),
            },
            ProblemCode::NotFound,
        ),
        (
            Revoke::Member { member: huw.member },
            ProblemCode::Malformed,
        ),
    ] {
        assert_eq!(problem(revoke(&person, what).await).await, code);
    }
    let allowed = [
        (&rhys, consent(&mair, notes)),
        (&person, member(&mair)),
        (&person, member(&rhys)),
        (&nia, device(&nia)),
        (&elin, device(&cai)),
        (&elin, member(&ffion)),
        (&elin, member(&cai)),
    ];
    for (by, what) in allowed {
        revoked(by, what).await;
    }
    // With another manager, she may go.
    let sian = relay.joined(team, "manager", "Siân", None).await;
    revoked(&elin, member(&elin)).await;
    let get = sian.client.get(format!("{}{}", sian.url, path::DEVICES));
    let get = get.bearer_auth(&sian.me().pass.token);
    let known: Vec<KnownDevice> = read(get.send().await.unwrap()).await;
    let known: Vec<_> = known.iter().map(|d| (d.member, d.this)).collect();
    assert_eq!(
        known,
        [(person.me().member, false), (sian.me().member, true)]
    );
}

/// The relay's administrator says it by name; it comes to the same.
#[tokio::test]
async fn the_administrator_revokes_as_well() {
    let relay = Relay::start().await;
    let (team, _, nia) = relay.team().await;
    let change = ChangeRoster {
        team,
        change: RosterChange::Left {
            member: "Nia".into(),
        },
    };
    let ask = async || {
        let post = relay.client.post(relay.url(path::ROSTER));
        let admin = crate::harness::keys().admin(kith_relay::relay::now());
        send(post.bearer_auth(admin), &change).await
    };
    let (member, said_by) = (nia.me().member, None);
    let says: TeamRecord = read(ask().await).await;
    assert_eq!(says, TeamRecord::Left { member, said_by });
    assert_eq!(is_told_to_forget(&nia).await, []);
    assert_eq!(problem(ask().await).await, ProblemCode::Malformed, "gone");
}
