use crate::harness::{Phone, Relay, problem};
use axum::{body::Body, http::Request};
use futures_util::StreamExt as _;
use kith_relay::routes::{Reach, router};
use kith_shared::{
    api::{ProblemCode, path},
    domain::note::Audience,
    limits,
};
use reqwest::Response;
use std::time::Duration;
use tokio::time::timeout;
use tower::ServiceExt as _;

const SOON: Duration = Duration::from_secs(5);
const A_WHILE: Duration = Duration::from_millis(300);

pub async fn listen(phone: &Phone) -> Response {
    let get = phone.client.get(format!("{}{}", phone.url, path::EVENTS));
    get.bearer_auth(&phone.me().pass.token)
        .send()
        .await
        .unwrap()
}

/// The next event's data.
pub async fn next(stream: &mut Response) -> Option<String> {
    let chunk = timeout(SOON, stream.chunk())
        .await
        .expect("an event")
        .unwrap()?;
    let text = String::from_utf8(chunk.to_vec()).unwrap();
    Some(text.strip_prefix("data: ").unwrap().trim().to_owned())
}

pub async fn is_quiet(stream: &mut Response) -> bool {
    timeout(A_WHILE, stream.chunk()).await.is_err()
}

#[tokio::test]
async fn who_may_read_it_hears_that_there_is_something() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    let mut cai = relay.joined(team, "pa", "Cai", None).await;
    let mair = relay
        .joined(team, "family-contact", "Mair", Some("Gwen"))
        .await;
    nia.sync().await;
    let end = cai.sync().await.cursor.seq;
    let mut streams = [listen(&nia).await, listen(&cai).await, listen(&mair).await];
    assert_eq!(streams[0].headers()["content-type"], "text/event-stream");
    for stream in &mut streams {
        assert_eq!(next(stream).await, Some(end.to_string()));
    }
    let [writer, reader, family] = &mut streams;

    nia.note(gwen, Audience::Team, "For the team");
    nia.sync().await;
    assert_eq!(next(reader).await, Some((end + 1).to_string()));
    assert!(is_quiet(family).await, "she may not read it");
    assert!(is_quiet(writer).await, "who wrote it knows");

    // Cai's phone stores it, and says so with its next request: Nia's phone learns of it.
    cai.sync().await;
    cai.sync().await;
    assert_eq!(next(writer).await, Some((end + 1).to_string()));

    nia.note(gwen, Audience::Family, "For all");
    nia.sync().await;
    assert_eq!(next(family).await, Some((end + 2).to_string()));
}

#[tokio::test]
async fn a_device_listens_a_few_times_at_once() {
    let relay = Relay::start().await;
    let (team, _, nia) = relay.team().await;
    let mut open = vec![];
    for _ in 0..limits::LISTENERS_PER_DEVICE {
        let stream = listen(&nia).await;
        assert!(stream.status().is_success());
        open.push(stream);
    }
    assert_eq!(
        problem(listen(&nia).await).await,
        ProblemCode::TooManyConnections
    );
    let cai = relay.joined(team, "pa", "Cai", None).await;
    assert!(listen(&cai).await.status().is_success());
    drop(open);
    // The relay notices when it next writes or is asked.
    let mut again = listen(&nia).await;
    for _ in 0..50 {
        if again.status().is_success() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        again = listen(&nia).await;
    }
    assert!(again.status().is_success());
}

/// Proxies and phones give up a stream that says nothing.
#[tokio::test]
async fn a_stream_says_that_it_is_alive() {
    let relay = Relay::start().await;
    let (_, _, nia) = relay.team().await;
    let token = format!("Bearer {}", nia.me().pass.token);
    let get = Request::get(path::EVENTS).header("authorization", token);
    let router = router(relay.server.app.clone(), Reach::ThisMachine);
    let response = router.oneshot(get.body(Body::empty()).unwrap()).await;
    let mut stream = response.unwrap().into_body().into_data_stream();
    let mut said = async || stream.next().await.unwrap().unwrap();
    assert!(said().await.starts_with(b"data: "));
    // Nothing happens, and the clock is ours.
    tokio::time::pause();
    let began = tokio::time::Instant::now();
    assert!(said().await.starts_with(b":"));
    let waited = began.elapsed().as_secs() * 1000;
    assert_eq!(waited, limits::HEARTBEAT.millis().unsigned_abs());
}

#[tokio::test]
async fn a_relay_that_stops_closes_its_streams() {
    let relay = Relay::start().await;
    let (_, _, nia) = relay.team().await;
    let mut stream = listen(&nia).await;
    next(&mut stream).await.unwrap();
    timeout(SOON, relay.server.stop())
        .await
        .expect("it stops soon");
    assert_eq!(next(&mut stream).await, None);
}
