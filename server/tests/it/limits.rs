//! Each limit, reached over HTTP.

use crate::harness::{Relay, opened, problem, words};
use flate2::{
    Compression,
    write::{GzEncoder, ZlibEncoder},
};
use kith_relay::relay::now;
use kith_shared::{
    api::{ProblemCode, path},
    bytes::Bytes,
    documents::DocumentId,
    limits,
    sync::{BINARY, Form, Push, SyncReply, SyncRequest},
};
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
}

#[tokio::test]
async fn counts_are_limited_and_nothing_is_taken_in_halves() {
    let relay = Relay::start().await;
    let (_, gwen, mut nia) = relay.team().await;
    nia.clock_in(gwen);
    let visits = DocumentId::Visits(gwen, now().month());
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
    let visits = DocumentId::Visits(gwen, now().month());
    let mut request = nia.request();
    let too_large = vec![Bytes(vec![0; limits::CHANGE_BYTES + 1])];
    request.push = vec![Push {
        document: visits,
        changes: too_large,
    }];
    assert_eq!(words(&nia.level(&request).await), ["TooLarge"]);
    let junk = |n: usize| Bytes(n.to_be_bytes().to_vec());
    let changes = (0..=limits::QUARANTINE_PER_DEVICE).map(junk).collect();
    request.push = vec![Push {
        document: visits,
        changes,
    }];
    let said = words(&nia.level(&request).await);
    assert_eq!(
        said.iter().filter(|w| *w == "Unreadable, kept").count(),
        limits::QUARANTINE_PER_DEVICE
    );
    assert_eq!(said.last().unwrap(), "Unreadable");
    // Also in another request.
    request.push[0].changes = vec![junk(limits::QUARANTINE_PER_DEVICE + 1), junk(0)];
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
