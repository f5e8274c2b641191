//! Each limit, reached over HTTP.

use crate::harness::{Relay, opened, options, problem, send, words};
use flate2::{
    Compression,
    write::{GzEncoder, ZlibEncoder},
};
use kith_relay::{journal::MemoryJournal, relay::now, routes::TrustedProxies, server::Options};
use kith_shared::{
    api::{ChallengeRequest, ProblemCode, path},
    bytes::Bytes,
    documents::DocumentId,
    ids::{DeviceId, TeamId},
    limits,
    sync::{BINARY, Form, Push, SyncReply, SyncRequest},
};
use reqwest::Response;
use std::{
    io::Write as _,
    sync::Arc,
    time::{Duration, Instant},
};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_body_is_read_up_to_its_limit() {
    let relay = Relay::start().await;
    let (_, _, nia) = relay.team().await;
    let send = |body: Vec<u8>| nia.post(&nia.request()).body(body).send();
    let large = send(vec![0xc1; limits::BODY_BYTES]).await.unwrap();
    assert_eq!(problem(large).await, ProblemCode::Malformed);
    let larger = send(vec![0xc1; limits::BODY_BYTES + 1]).await.unwrap();
    assert_eq!(problem(larger).await, ProblemCode::TooLarge);
}

#[tokio::test]
async fn a_bomb_is_stopped_at_the_limit() {
    let relay = Relay::start().await;
    let (_, _, nia) = relay.team().await;
    // 512 MB of zeros, in half a megabyte.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0; 1024 * 1024];
    for _ in 0..512 {
        encoder.write_all(&zeros).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < limits::BODY_BYTES);
    let started = Instant::now();
    let response = nia
        .post(&nia.request())
        .header("content-encoding", "gzip")
        .body(bomb)
        .send()
        .await
        .unwrap();
    assert_eq!(problem(response).await, ProblemCode::TooLarge);
    assert!(started.elapsed() < Duration::from_secs(5));
    // Just below the limit it is read, and found to be no message.
    let most = gzip(&vec![0xc1; limits::INFLATED_BYTES]);
    let response = nia
        .post(&nia.request())
        .header("content-encoding", "gzip")
        .body(most)
        .send()
        .await
        .unwrap();
    assert_eq!(problem(response).await, ProblemCode::Malformed);
}

#[tokio::test]
async fn bodies_come_and_go_compressed() {
    let relay = Relay::start().await;
    let (_, gwen, mut nia) = relay.team().await;
    nia.clock_in(gwen);
    let body = Form::Binary.encode(&SyncRequest::new(vec![nia.request()]));
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
    zlib.write_all(&body).unwrap();
    let deflated = zlib.finish().unwrap();
    for (encoding, body) in [
        ("gzip", gzip(&body)),
        ("deflate", deflated),
        ("identity", body.clone()),
    ] {
        let post = nia
            .post(&nia.request())
            .header("content-encoding", encoding);
        let response = post
            .header("accept-encoding", "br, gzip")
            .body(body)
            .send()
            .await
            .unwrap();
        assert_eq!(response.headers()["content-encoding"], "gzip", "{encoding}");
        assert_eq!(response.headers()["content-type"], BINARY);
        let bytes = response.bytes().await.unwrap();
        let mut plain = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&*bytes), &mut plain).unwrap();
        assert!(plain.len() > bytes.len());
        Form::Binary.decode::<SyncReply>(&plain).unwrap();
    }
    for (encoding, body) in [("br", body.clone()), ("gzip", body.clone())] {
        let response = nia
            .post(&nia.request())
            .header("content-encoding", encoding)
            .body(body)
            .send()
            .await
            .unwrap();
        assert_eq!(problem(response).await, ProblemCode::Malformed);
    }
    let refused = nia
        .post(&nia.request())
        .header("accept-encoding", "gzip;q=0")
        .send()
        .await
        .unwrap();
    assert!(refused.headers().get("content-encoding").is_none());
}

#[tokio::test]
async fn a_message_that_cannot_be_read_says_why() {
    let relay = Relay::start().await;
    let (_, _, nia) = relay.team().await;
    let post = |kind: &str, body: Vec<u8>| {
        let client = relay
            .client
            .post(relay.url(path::SYNC))
            .bearer_auth(&nia.me().pass.token);
        client.header("content-type", kind).body(body).send()
    };
    assert_eq!(
        problem(post("text/plain", vec![]).await.unwrap()).await,
        ProblemCode::Malformed
    );
    assert_eq!(
        problem(post("application/json", b"{".to_vec()).await.unwrap()).await,
        ProblemCode::Malformed
    );
    let mut newer = SyncRequest::new(vec![]);
    newer.v = 9;
    let response = post(BINARY, Form::Binary.encode(&newer)).await.unwrap();
    assert_eq!(problem(response).await, ProblemCode::Version);
    // As phones of version 2 packed what they said, and with what none says yet.
    for other in ["application/vnd.kith.packed", "application/vnd.kith.next"] {
        let response = post(other, vec![1, 2, 3]).await.unwrap();
        assert_eq!(problem(response).await, ProblemCode::Version, "{other}");
    }
}

#[tokio::test]
async fn counts_are_limited_and_nothing_is_taken_in_halves() {
    let relay = Relay::start().await;
    let (_, gwen, mut nia) = relay.team().await;
    nia.clock_in(gwen);
    let visits = DocumentId::visits(gwen, now().month());
    let junk = |n: usize| Push {
        document: visits,
        changes: vec![Bytes(vec![]); n],
    };
    let mut request = nia.request();
    request.push.push(junk(limits::CHANGES_PER_PUSH));
    assert_eq!(
        problem(nia.post(&request).send().await.unwrap()).await,
        ProblemCode::TooLarge
    );
    let mut unseen = nia.request();
    unseen.unseen = vec![1; limits::UNSEEN_PER_REQUEST + 1];
    assert_eq!(
        problem(nia.post(&unseen).send().await.unwrap()).await,
        ProblemCode::TooLarge
    );
    let teams = SyncRequest::new(vec![nia.request(); limits::TEAMS_PER_REQUEST + 1]);
    let response = nia
        .post(&nia.request())
        .body(Form::Binary.encode(&teams))
        .send()
        .await
        .unwrap();
    assert_eq!(problem(response).await, ProblemCode::TooLarge);

    request.push[1] = junk(limits::CHANGES_PER_PUSH - 1);
    let level = nia.level(&request).await;
    assert_eq!(words(&level)[0], "accepted", "it was not taken in before");
}

#[tokio::test]
async fn quarantine_is_bounded_and_a_change_too_large_is_not_kept() {
    let relay = Relay::start().await;
    let (_, gwen, nia) = relay.team().await;
    let visits = DocumentId::visits(gwen, now().month());
    let mut request = nia.request();
    let too_large = vec![Bytes(vec![0; limits::CHANGE_BYTES + 1])];
    request.push = vec![Push {
        document: visits,
        changes: too_large,
    }];
    assert_eq!(words(&nia.level(&request).await), ["TooLarge"]);
    let junk = |n: usize| Bytes(n.to_be_bytes().to_vec());
    let changes = (0..=limits::QUARANTINE_PER_MEMBER).map(junk).collect();
    request.push = vec![Push {
        document: visits,
        changes,
    }];
    let said = words(&nia.level(&request).await);
    assert_eq!(
        said.iter().filter(|w| *w == "Unreadable, kept").count(),
        limits::QUARANTINE_PER_MEMBER
    );
    assert_eq!(said.last().unwrap(), "Unreadable");
    // Also in another request.
    request.push[0].changes = vec![junk(limits::QUARANTINE_PER_MEMBER + 1), junk(0)];
    assert_eq!(
        words(&nia.level(&request).await),
        ["Unreadable", "Unreadable, kept"]
    );
}

#[tokio::test]
async fn a_device_that_asks_too_often_is_told_when_to_ask_again() {
    let relay = Relay::start().await;
    let (_, _, mut nia) = relay.team().await;
    nia.sync().await;
    let mut last = None;
    for _ in 0..=limits::REQUESTS_PER_DEVICE {
        let response = nia.post(&nia.request()).send().await.unwrap();
        last = Some(response);
    }
    let response = last.unwrap();
    let seconds: u32 = response.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=61).contains(&seconds));
    assert_eq!(problem(response).await, ProblemCode::TooManyRequests);
}

/// Asks for a challenge, as from this address.
async fn stranger(relay: &Relay, at: &str) -> Response {
    let ask = ChallengeRequest {
        team: TeamId::from_bytes([1; 16]),
        device: DeviceId::from_bytes([2; 16]),
    };
    let post = relay.client.post(relay.url(path::CHALLENGE));
    send(post.header("x-forwarded-for", at), &ask).await
}

#[tokio::test]
async fn strangers_at_one_address_hold_up_no_other_and_no_device() {
    let options = Options {
        proxies: TrustedProxies::parse(&["127.0.0.1".into()]).unwrap(),
        ..options()
    };
    let relay = Relay::started(Arc::new(MemoryJournal::default()), options).await;
    let (_, _, nia) = relay.team().await;
    let (town, village) = ("198.51.100.1", "203.0.113.7, 198.51.100.2");
    for _ in 0..limits::STRANGERS_PER_ADDRESS {
        assert!(stranger(&relay, town).await.status().is_success());
    }
    let refused = stranger(&relay, town).await;
    let seconds = refused.headers()["retry-after"].to_str().unwrap();
    assert!((1..=61).contains(&seconds.parse::<u32>().unwrap()));
    assert_eq!(problem(refused).await, ProblemCode::TooManyRequests);
    for path in [path::JOIN, path::REJOIN, path::TOKEN] {
        let post = relay.client.post(relay.url(path));
        let refused = post.header("x-forwarded-for", town).send().await.unwrap();
        let code = problem(refused).await;
        assert_eq!(code, ProblemCode::TooManyRequests, "{path}");
    }
    let calendar = relay.url(&format!("{}/x.ics", path::CALENDAR));
    let calendar = relay.client.get(calendar).header("x-forwarded-for", town);
    let refused = calendar.send().await.unwrap();
    assert_eq!(problem(refused).await, ProblemCode::TooManyRequests);

    // Who has a good token is let in from there; who has a bad one is a stranger.
    let sync = |token: &str, at: &str| {
        let post = nia.post(&nia.request()).header("x-forwarded-for", at);
        let bad = format!("Bearer {token}");
        let post = post.build().map(|mut post| {
            post.headers_mut()
                .insert("authorization", bad.parse().unwrap());
            post
        });
        relay.client.execute(post.unwrap())
    };
    let good = nia.me().pass.token.clone();
    assert!(sync(&good, town).await.unwrap().status().is_success());
    let bad = sync("x.y.z", town).await.unwrap();
    assert_eq!(problem(bad).await, ProblemCode::TooManyRequests);
    for _ in 0..limits::STRANGERS_PER_ADDRESS {
        let bad = sync("x.y.z", village).await.unwrap();
        assert_eq!(problem(bad).await, ProblemCode::NotAuthorised);
    }
    let bad = sync("x.y.z", village).await.unwrap();
    assert_eq!(problem(bad).await, ProblemCode::TooManyRequests);
    let refused = stranger(&relay, village).await;
    assert_eq!(problem(refused).await, ProblemCode::TooManyRequests);
    assert!(sync(&good, village).await.unwrap().status().is_success());
}

#[tokio::test]
async fn nobody_is_believed_who_names_another_address() {
    let relay = Relay::start().await;
    for n in 0..limits::STRANGERS_PER_ADDRESS {
        let elsewhere = format!("10.0.{}.{}", n / 256, n % 256);
        assert!(stranger(&relay, &elsewhere).await.status().is_success());
    }
    let refused = stranger(&relay, "10.1.0.1").await;
    assert_eq!(problem(refused).await, ProblemCode::TooManyRequests);
}

#[tokio::test]
async fn connections_beyond_the_limit_are_told_so() {
    let relay = Relay::start().await;
    let open: Vec<_> = (0..limits::CONNECTIONS)
        .map(|_| relay.server.app.connections.open())
        .collect();
    let response = relay
        .client
        .get(relay.url(path::HEALTH))
        .send()
        .await
        .unwrap();
    assert!(response.headers().contains_key("retry-after"));
    assert_eq!(problem(response).await, ProblemCode::TooManyConnections);
    drop(open);
    assert!(
        relay
            .client
            .get(relay.url(path::HEALTH))
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );
    assert!(
        relay.server.app.connections.count() >= 1,
        "real connections are counted"
    );
}

#[tokio::test]
async fn a_full_disk_takes_nothing_in_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let setting_up = Relay::on_disk(folder.path()).await;
    let (_, gwen, mut nia) = setting_up.team().await;
    setting_up.server.stop().await;
    let full = opened(folder.path()).await.keeping_free(u64::MAX);
    let relay = Relay::on(Arc::new(full)).await;
    nia.url = relay.url("");
    nia.clock_in(gwen);
    let response = nia.post(&nia.request()).send().await.unwrap();
    assert_eq!(response.status(), 507);
    assert_eq!(problem(response).await, ProblemCode::StorageFull);
    // Reading goes on.
    let mut reading = nia.request();
    reading.push = vec![];
    assert!(!nia.level(&reading).await.news.is_empty());
}
