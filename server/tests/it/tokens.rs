use crate::harness::{Phone, Relay, keys, problem, read, send};
use kith_relay::relay::now;
use kith_shared::{
    api::{
        CHALLENGE_HEADER, Challenge, ChallengeRequest, Pass, ProblemCode, RENEWAL_HEADER,
        TOKEN_HEADER, TokenRequest, path,
    },
    bytes::Array,
    sync::TeamReply,
    time::{Moment, Span},
};

fn pass(phone: &Phone, at: Moment) -> Pass {
    keys().pass(phone.me().team, phone.device, at)
}

#[tokio::test]
async fn a_phone_that_was_away_for_a_week_is_level_after_one_request() {
    let relay = Relay::start().await;
    let (_, gwen, mut nia) = relay.team().await;
    nia.sync().await;
    nia.clock_in(gwen);
    let away = pass(&nia, now() - Span::days(7));
    nia.joined.as_mut().unwrap().pass = away.clone();

    let expired = nia.post(&nia.request()).send().await.unwrap();
    assert_eq!(problem(expired).await, ProblemCode::TokenExpired);

    let response = nia
        .post(&nia.request())
        .header(RENEWAL_HEADER, nia.renewal())
        .send()
        .await
        .unwrap();
    assert!(response.status().is_success());
    let token = response.headers()[TOKEN_HEADER]
        .to_str()
        .unwrap()
        .to_owned();
    let challenge = response.headers()[CHALLENGE_HEADER]
        .to_str()
        .unwrap()
        .to_owned();
    let bytes = response.bytes().await.unwrap();
    let reply: kith_shared::sync::SyncReply = nia.form.decode(&bytes).unwrap();
    let TeamReply::Level(level) = &reply.teams[0] else {
        panic!("{reply:?}")
    };
    assert_eq!(crate::harness::words(level), ["accepted"]);
    nia.take(level);
    nia.joined.as_mut().unwrap().pass = Pass { token, challenge };
    nia.sync().await;
    // No token at all is as good as an expired one.
    let post = relay
        .client
        .get(relay.url(path::EVENTS))
        .header(RENEWAL_HEADER, nia.renewal());
    assert!(post.send().await.unwrap().status().is_success());
}

#[tokio::test]
async fn a_renewal_takes_the_key_of_that_device_and_a_challenge_of_this_relay() {
    let relay = Relay::start().await;
    let (team, _, nia) = relay.team().await;
    let cai = relay.joined(team, "pa", "Cai", None).await;
    let renew = |header: String| {
        let post = nia
            .client
            .post(relay.url(path::SYNC))
            .header(RENEWAL_HEADER, header);
        async move { problem(post.body("").send().await.unwrap()).await }
    };
    let mut stolen = nia.clone();
    stolen.signing = cai.signing.clone();
    assert_eq!(renew(stolen.renewal()).await, ProblemCode::NotAuthorised);
    let mut made_up = nia.clone();
    made_up.joined.as_mut().unwrap().pass.challenge = "a.b.c".into();
    assert_eq!(renew(made_up.renewal()).await, ProblemCode::NotAuthorised);
    let mut old = nia.clone();
    old.joined.as_mut().unwrap().pass = pass(&nia, now() - Span::days(91));
    assert_eq!(renew(old.renewal()).await, ProblemCode::TokenExpired);
    assert_eq!(renew("no signature".into()).await, ProblemCode::Malformed);
    // The token itself is no challenge.
    let mut confused = nia.clone();
    confused.joined.as_mut().unwrap().pass.challenge = nia.me().pass.token.clone();
    assert_eq!(renew(confused.renewal()).await, ProblemCode::NotAuthorised);
}

#[tokio::test]
async fn a_challenge_can_be_asked_for() {
    let relay = Relay::start().await;
    let (team, _, mut nia) = relay.team().await;
    let ask = ChallengeRequest {
        team,
        device: nia.device,
    };
    let Challenge { challenge } =
        read(send(relay.client.post(relay.url(path::CHALLENGE)), &ask).await).await;
    nia.joined
        .as_mut()
        .unwrap()
        .pass
        .challenge
        .clone_from(&challenge);
    let renewal = nia.renewal();
    let (_, signature) = renewal.rsplit_once('.').unwrap();
    let signature = kith_shared::bytes::from_base64(signature)
        .unwrap()
        .try_into()
        .unwrap();
    let answer = TokenRequest {
        challenge: challenge.clone(),
        signature: Array(signature),
    };
    let pass: Pass = read(send(relay.client.post(relay.url(path::TOKEN)), &answer).await).await;
    nia.joined.as_mut().unwrap().pass = pass;
    nia.sync().await;
    let wrong = TokenRequest {
        challenge,
        signature: Array([0; 64]),
    };
    let response = send(relay.client.post(relay.url(path::TOKEN)), &wrong).await;
    assert_eq!(problem(response).await, ProblemCode::NotAuthorised);
}

#[tokio::test]
async fn nobody_gets_in_without_a_token() {
    let relay = Relay::start().await;
    let (_, _, nia) = relay.team().await;
    for token in [
        "",
        "nonsense",
        &nia.me().pass.challenge,
        &keys().admin(now()),
    ] {
        let mut bad = nia.clone();
        bad.joined.as_mut().unwrap().pass.token = token.to_owned();
        let response = bad.post(&bad.request()).send().await.unwrap();
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
        assert_eq!(
            problem(response).await,
            ProblemCode::NotAuthorised,
            "{token}"
        );
    }
}
