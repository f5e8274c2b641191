//! Web Push, against a push service on loopback (RFC 8030, RFC 8292).

use crate::{
    harness::{Phone, Relay, opened, problem, read, send},
    push_service::{Answers, Service, until, with},
    storing::Failing,
};
use axum::http::{HeaderName, HeaderValue};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use kith_relay::{
    journal::{Entry, Journal, MemoryJournal, Payload, SledJournal},
    relay::{Done, Team, now, roll},
};
use kith_shared::{
    api::{ProblemCode, PushOn, PushStatus, path},
    bytes::{from_base64, to_base64},
    documents::rota::RotaRecord,
    domain::{
        cover::ShiftRef,
        shift::{Shift, ShiftKind},
    },
    ids::{MemberId, ShiftId, TeamId},
    intent::Intent,
    limits,
    time::Span,
};
use reqwest::Method;
use serde_json::Value;
use std::{
    collections::HashMap,
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

fn ask(phone: &Phone, method: Method) -> reqwest::RequestBuilder {
    let url = format!("{}{}", phone.url, path::PUSH);
    let request = phone.client.request(method, url);
    request.bearer_auth(&phone.me().pass.token)
}

pub async fn put(phone: &Phone, endpoint: &str) -> reqwest::Response {
    let endpoint = endpoint.to_owned();
    send(ask(phone, Method::PUT), &PushOn { endpoint }).await
}

async fn status(phone: &Phone) -> PushStatus {
    read(ask(phone, Method::GET).send().await.unwrap()).await
}

/// What whoever writes that these are asked or told something does.
async fn wake(relay: &Relay, team: TeamId, members: &[MemberId]) {
    let (team, members) = (relay.server.app.teams.get(team).unwrap(), members.to_vec());
    let woken = team.act(move |team: &mut Team, _, _| {
        team.wake(members);
        Ok(Done {
            entries: vec![],
            reply: (),
        })
    });
    woken.await.unwrap();
}

async fn counted(relay: &Relay, outcome: &str) -> u64 {
    let text = relay.client.get(relay.url(path::METRICS)).send().await;
    let text = text.unwrap().text().await.unwrap();
    let line = format!("kith_pushes_total{{outcome=\"{outcome}\"}} ");
    let count = text.lines().find_map(|l| l.strip_prefix(&*line));
    count.map_or(0, |count| count.parse().unwrap())
}

#[tokio::test]
async fn who_is_needed_is_woken_under_the_relays_word_and_without_content() {
    let service = Service::start().await;
    let relay = service.relay(Arc::new(MemoryJournal::default())).await;
    let (team, _, nia) = relay.team().await;
    let cai = relay.joined(team, "pa", "Cai", None).await;
    service.subscribe(&cai, "/cai").await;
    let key = service.subscribe(&nia, "/nia").await.key;
    wake(&relay, team, &[nia.me().member]).await;

    let pushed = &service.wait_for("/nia", 1).await[0];
    assert_eq!(pushed.method, Method::POST);
    assert_eq!(pushed.body, b"");
    assert_eq!(pushed.headers["content-length"], "0");
    for absent in ["content-encoding", "content-type", "cookie", "user-agent"] {
        assert!(!pushed.headers.contains_key(absent), "{absent}");
    }
    let ttl = limits::PUSH_TTL.millis() / 1000;
    assert_eq!(pushed.headers["ttl"], ttl.to_string());
    assert_eq!(pushed.headers["urgency"], "high");
    assert_eq!(pushed.headers["topic"], "kith");

    let word = pushed.headers["authorization"].to_str().unwrap();
    let (word, public) = word
        .strip_prefix("vapid t=")
        .unwrap()
        .split_once(", k=")
        .unwrap();
    assert_eq!(public, key, "the key that browsers are told");
    let point = from_base64(public).unwrap();
    assert_eq!((point.len(), point[0]), (65, 4), "an uncompressed point");
    let (x, y) = (to_base64(&point[1..33]), to_base64(&point[33..]));
    let mut rules = Validation::new(Algorithm::ES256);
    rules.set_audience(&[&service.origin]);
    let verify = DecodingKey::from_ec_components(&x, &y).unwrap();
    let said = decode::<HashMap<String, Value>>(word, &verify, &rules).unwrap();
    assert_eq!(said.header.alg, Algorithm::ES256);
    let life = said.claims["exp"].as_i64().unwrap() - now().millis() / 1000;
    let most = limits::PUSH_WORD_LIFE.millis() / 1000;
    assert!(
        (most - 60..=most).contains(&life) && most <= 24 * 3600,
        "{life}"
    );
    assert_eq!(said.claims["sub"], "https://kith.example");

    until("it is counted", || async {
        counted(&relay, "sent").await == 1
    })
    .await;
    assert_eq!(service.pushed("/cai").len(), 0, "nobody needs Cai");
    relay.server.stop().await;
}

#[tokio::test]
async fn who_is_told_of_a_shift_is_woken() {
    let service = Service::start().await;
    let relay = service.relay(Arc::new(MemoryJournal::default())).await;
    let (team, gwen, mut nia) = relay.team().await;
    let cai = relay.joined(team, "pa", "Cai", None).await;
    let eleri = relay.joined(team, "pa", "Eleri", None).await;
    service.subscribe(&cai, "/cai").await;
    service.subscribe(&eleri, "/eleri").await;
    let start = now() + Span::days(2);
    let times = (start, start + Span::hours(4));
    let shift = ShiftId::new(now(), roll());
    let planned = Shift::plain(shift, gwen, times, vec![cai.me().member], ShiftKind::Day);
    nia.write(&Intent::publish(planned));
    nia.sync().await;
    let month = start.month();
    let person = gwen;
    let reason = "Gwen is away".to_owned();
    let at = ShiftRef {
        person,
        month,
        shift,
    };
    nia.write(&Intent::say(at, RotaRecord::Cancelled { shift, reason }));
    nia.sync().await;
    service.wait_for("/cai", 1).await;
    assert_eq!(service.pushed("/eleri").len(), 0);
}

#[tokio::test]
async fn a_device_is_woken_from_when_it_says_so_until_it_says_no() {
    let service = Service::start().await;
    let folder = tempfile::tempdir().unwrap();
    let relay = service.relay(Arc::new(opened(folder.path()).await)).await;
    let (team, _, mut nia) = relay.team().await;
    nia.sync().await;
    let first = status(&nia).await;
    assert!(!first.subscribed);
    let on = service.subscribe(&nia, "/old").await;
    assert!(on.subscribed && on.key == first.key);
    service.subscribe(&nia, "/nia").await;
    let end = |relay: &Relay| {
        let handle = relay.server.app.teams.get(team).unwrap();
        async move { handle.read(|team| team.end().seq).await.unwrap() }
    };
    let before = end(&relay).await;
    service.subscribe(&nia, "/nia").await;
    assert_eq!(
        end(&relay).await,
        before,
        "the same once more is nothing new"
    );
    // Phones are not told of any of this, and stay level.
    let level = nia.sync().await;
    assert_eq!((level.news.len(), level.cursor.seq), (0, before));
    relay.server.stop().await;
    drop(relay.client);

    let relay = service.relay(Arc::new(opened(folder.path()).await)).await;
    nia.url = relay.url("");
    assert_eq!(status(&nia).await, on, "opened again, with the same key");
    wake(&relay, team, &[nia.me().member]).await;
    service.wait_for("/nia", 1).await;
    assert_eq!(service.pushed("/old").len(), 0);
    for _ in 0..2 {
        let off: PushStatus = read(ask(&nia, Method::DELETE).send().await.unwrap()).await;
        assert!(!off.subscribed);
    }
    assert_eq!(end(&relay).await, before + 1);
    wake(&relay, team, &[nia.me().member]).await;
    let cai = relay.joined(team, "pa", "Cai", None).await;
    service.subscribe(&cai, "/cai").await;
    wake(&relay, team, &[nia.me().member, cai.me().member]).await;
    service.wait_for("/cai", 1).await;
    assert_eq!(service.pushed("/nia").len(), 1);
    relay.server.stop().await;
}

#[tokio::test]
async fn only_push_services_on_the_list_are_ever_sent_to() {
    let relay = Relay::start().await;
    let (_, _, nia) = relay.team().await;
    let own = relay.url(path::HEALTH);
    for endpoint in [
        &*own,
        "https://169.254.169.254/latest",
        "https://evil.example/push",
        "",
        "x",
    ] {
        let refused = problem(put(&nia, endpoint).await).await;
        assert_eq!(refused, ProblemCode::PushServiceUnknown, "{endpoint}");
    }
    assert!(!status(&nia).await.subscribed);
    let long = |bytes: usize| format!("{:x<bytes$}", "https://web.push.apple.com/");
    let fits = put(&nia, &long(limits::PUSH_ENDPOINT_BYTES)).await;
    assert!(read::<PushStatus>(fits).await.subscribed);
    let longer = put(&nia, &long(limits::PUSH_ENDPOINT_BYTES + 1)).await;
    assert_eq!(problem(longer).await, ProblemCode::TooLarge);
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let request = relay.client.request(method, relay.url(path::PUSH));
        let refused = request.send().await.unwrap();
        assert_eq!(problem(refused).await, ProblemCode::NotAuthorised);
    }
}

#[tokio::test]
async fn an_endpoint_that_left_the_list_is_not_sent_to() {
    let (old, new) = (Service::start().await, Service::start().await);
    let journal = Arc::new(MemoryJournal::default());
    let relay = old.relay(journal.clone()).await;
    let (team, _, nia) = relay.team().await;
    old.subscribe(&nia, "/nia").await;
    relay.server.stop().await;
    let relay = new.relay(journal).await;
    wake(&relay, team, &[nia.me().member]).await;
    until("it fails", || async {
        counted(&relay, "failed").await == 1
    })
    .await;
    assert_eq!(old.pushed("/nia").len(), 0);
}

#[tokio::test]
async fn a_device_that_is_gone_is_forgotten() {
    let service = Service::start().await;
    let folder = tempfile::tempdir().unwrap();
    let relay = service.relay(Arc::new(opened(folder.path()).await)).await;
    let (team, _, mut nia) = relay.team().await;
    let mut seen = 0;
    for gone in [404, 410] {
        service.subscribe(&nia, "/nia").await;
        service.answers("/nia", [with(gone)]);
        wake(&relay, team, &[nia.me().member]).await;
        let phone = &nia;
        until("it is forgotten", || async {
            !status(phone).await.subscribed
        })
        .await;
        seen += 1;
        until("it is counted", || async {
            counted(&relay, "forgotten").await == seen
        })
        .await;
        assert_eq!(
            service.pushed("/nia").len() as u64,
            seen,
            "it is tried once"
        );
    }
    relay.server.stop().await;
    drop(relay.client);
    let journal = opened(folder.path()).await;
    assert_eq!(forgettings(&journal, team), 2);
    let relay = service.relay(Arc::new(journal)).await;
    nia.url = relay.url("");
    assert!(!status(&nia).await.subscribed);
    relay.server.stop().await;
}

/// How often the relay forgot an endpoint.
fn forgettings(journal: &SledJournal, team: TeamId) -> usize {
    let entries: Vec<_> = journal.entries(team).map(Result::unwrap).collect();
    let relay = entries[0].member;
    let off = |e: &&Entry| e.member == relay && matches!(e.payload, Payload::PushOff { .. });
    entries.iter().filter(off).count()
}

#[tokio::test]
async fn a_service_that_has_no_time_is_asked_again_when_it_says() {
    let service = Service::start().await;
    let relay = service.relay(Arc::new(MemoryJournal::default())).await;
    let (team, _, nia) = relay.team().await;
    service.subscribe(&nia, "/nia").await;
    let wait = (
        HeaderName::from_static("retry-after"),
        HeaderValue::from_static("6"),
    );
    service.answers("/nia", [Answers::With(429, Some(wait)), with(201)]);
    wake(&relay, team, &[nia.me().member]).await;
    service.wait_for("/nia", 1).await;
    until("it waits", || async {
        counted(&relay, "retried").await == 1
    })
    .await;
    // What comes meanwhile goes with it, and no earlier.
    wake(&relay, team, &[nia.me().member]).await;
    let pushed = service.wait_for("/nia", 2).await;
    assert!(pushed[1].at - pushed[0].at >= Duration::from_secs(6));
    until("it is sent", || async {
        counted(&relay, "sent").await == 1
    })
    .await;
    assert_eq!(service.pushed("/nia").len(), 2);
    assert!(status(&nia).await.subscribed);
}

#[tokio::test]
async fn a_redirection_is_not_followed() {
    let service = Service::start().await;
    let relay = service.relay(Arc::new(MemoryJournal::default())).await;
    let (team, _, nia) = relay.team().await;
    service.subscribe(&nia, "/nia").await;
    for (n, status) in (1..).zip([301, 302, 307, 308]) {
        let elsewhere = format!("{}/elsewhere", service.origin).parse().unwrap();
        let location = (HeaderName::from_static("location"), elsewhere);
        service.answers("/nia", [Answers::With(status, Some(location))]);
        wake(&relay, team, &[nia.me().member]).await;
        until("it fails", || async {
            counted(&relay, "failed").await == n
        })
        .await;
    }
    assert_eq!(service.pushed("/nia").len(), 4);
    assert_eq!(service.pushed("/elsewhere").len(), 0);
}

#[tokio::test]
async fn a_service_that_hangs_holds_up_no_sync_and_no_other_push() {
    let service = Service::start().await;
    let relay = service.relay(Arc::new(MemoryJournal::default())).await;
    let (team, gwen, mut nia) = relay.team().await;
    let cai = relay.joined(team, "pa", "Cai", None).await;
    service.subscribe(&nia, "/nia").await;
    service.subscribe(&cai, "/cai").await;
    service.answers("/nia", [Answers::Never]);
    wake(&relay, team, &[nia.me().member]).await;
    service.wait_for("/nia", 1).await;
    let began = Instant::now();
    nia.clock_in(gwen);
    nia.sync().await;
    wake(&relay, team, &[cai.me().member]).await;
    service.wait_for("/cai", 1).await;
    let patience = Duration::from_millis(limits::PUSH_PATIENCE.millis().unsigned_abs());
    assert!(began.elapsed() < patience / 4);
    assert_eq!(counted(&relay, "retried").await, 0, "it still hangs");
    relay.server.stop().await;
}

#[tokio::test]
async fn nobody_is_woken_for_what_was_not_stored() {
    let service = Service::start().await;
    let journal = Arc::new(Failing::default());
    let relay = service.relay(journal.clone()).await;
    let (team, _, nia) = relay.team().await;
    let cai = relay.joined(team, "pa", "Cai", None).await;
    service.subscribe(&nia, "/nia").await;
    service.subscribe(&cai, "/cai").await;
    let invite = crate::harness::invitation(team, "pa", "Eleri", None);
    let asked = |member: MemberId| {
        let (handle, invite) = (relay.server.app.teams.get(team).unwrap(), invite.clone());
        async move {
            let asked = handle.act(move |team: &mut Team, now, dice| {
                team.wake([member]);
                team.invite(&invite, now, dice)
            });
            asked.await.map(|_| ())
        }
    };
    journal.fail.store(true, Ordering::SeqCst);
    let failed = asked(nia.me().member).await.unwrap_err();
    assert_eq!(failed.code, ProblemCode::Internal);
    journal.fail.store(false, Ordering::SeqCst);
    asked(cai.me().member).await.unwrap();
    service.wait_for("/cai", 1).await;
    assert_eq!(service.pushed("/nia").len(), 0);
}
