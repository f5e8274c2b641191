//! What no log and no count may know.

use crate::{
    command::command,
    harness::{Phone, Relay, problem, read},
};
use kith_relay::{
    auth::{Keys, Signed},
    relay::roll,
};
use kith_shared::{
    api::{CalendarFeed, Code, Join, ProblemCode, PushOn, Rejoin, TokenRequest, path},
    bytes::{Array, from_base64, to_base64},
    domain::note::Audience,
};
use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Stdio},
};

/// A relay that logs all that it can, on a new store, and the joining link that it prints.
fn talkative(data: &std::path::Path) -> (Child, String, String) {
    let mut relay = command(data)
        .args(["serve", "--listen", "127.0.0.1:0", "--log", "trace"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(relay.stdout.take().unwrap()).lines();
    let (mut url, mut link) = (None, None);
    for line in said.map_while(Result::ok) {
        if let Some((_, said)) = line.split_once("link") {
            link = Some(said.trim().to_owned());
        }
        if let Some(said) = line.strip_prefix("ready ") {
            url = Some(said.to_owned());
            break;
        }
    }
    (relay, url.unwrap(), link.unwrap())
}

#[tokio::test]
async fn no_log_and_no_count_knows_a_secret() {
    let folder = tempfile::tempdir().unwrap();
    let (mut relay, url, link) = talkative(folder.path());
    let (page, code) = link.split_once('#').unwrap();
    let client = reqwest::Client::new();
    let mut nia = Phone::at(&url);
    // A browser asks for the page, and keeps what comes after "#" to itself.
    client.get(page).send().await.unwrap();
    nia.joined = Some(read(nia.join(code).await).await);
    let person = kith_shared::ids::PersonId::from_bytes(roll().to_be_bytes());
    nia.note(person, Audience::Team, "Porridge, with cinnamon");
    nia.sync().await;
    let credential = nia.me().credential.clone();
    let rejoined = crate::joining::rejoin(&nia, credential).await;
    assert!(rejoined.status().is_success());

    let request = client.post(format!("{url}{}", path::CALENDAR));
    let made = request.bearer_auth(&nia.me().pass.token).send().await;
    let made: CalendarFeed = read(made.unwrap()).await;
    let calendar = made.url.unwrap();
    let file = client.get(format!("{calendar}?lang=cy")).send().await;
    assert!(file.unwrap().status().is_success());
    let wrong = format!("{url}{}/c2VjcmV0.ics", path::CALENDAR);
    let refused = client.get(wrong).send().await.unwrap();
    assert_eq!(problem(refused).await, ProblemCode::NotFound);

    let metrics = client.get(format!("{url}{}", path::METRICS)).send().await;
    let metrics = metrics.unwrap().text().await.unwrap();
    relay.kill().unwrap();
    let output = relay.wait_with_output().unwrap();
    let log = String::from_utf8(output.stderr).unwrap();
    let (_, name) = calendar.rsplit_once('/').unwrap();
    let key = std::fs::read_to_string(folder.path().join("master.key")).unwrap();
    let Phone { signing, .. } = &nia;
    let me = nia.me();
    let secrets = [
        ("the joining code", code.to_owned()),
        ("its secret", to_base64(&from_base64(code).unwrap()[32..])),
        ("a calendar's address", name.to_owned()),
        ("a wrong one", "c2VjcmV0".to_owned()),
        ("a token", me.pass.token.clone()),
        ("a challenge", me.pass.challenge.clone()),
        ("an answer to it", nia.renewal()),
        ("a credential", to_base64(&me.credential.0)),
        ("a device's key", to_base64(&signing.to_bytes())),
        ("the master key", key.trim().to_owned()),
        ("what was written", "cinnamon".to_owned()),
        ("a name", me.name.clone()),
    ];
    for (what, text) in [("the log", log), ("the counts", metrics)] {
        assert!(
            text.contains(path::CALENDAR_FILE),
            "{what} tells of the request"
        );
        for (secret, is) in &secrets {
            assert!(!text.contains(is), "{what} knows {secret}: {text}");
        }
    }
}

#[tokio::test]
async fn what_is_shown_whole_shows_no_secret() {
    let relay = Relay::start().await;
    let (team, _, nia) = relay.team().await;
    let me = nia.me();
    let invited = relay.invite(team, "pa", "Cai", None).await;
    let (challenge, signature) = (me.pass.challenge.clone(), Array([9; 64]));
    let join = Join {
        code: invited.code.clone(),
        device: nia.device,
        key: nia.key(),
    };
    let rejoin = Rejoin {
        credential: me.credential.clone(),
    };
    let ask = TokenRequest {
        challenge: challenge.clone(),
        signature,
    };
    let feed = CalendarFeed {
        active: true,
        url: Some("https://kith.example/v1/calendar/c2VjcmV0.ics".into()),
    };
    let push = PushOn {
        endpoint: "https://push.example/c2VjcmV0".into(),
    };
    let signed = Signed::parse(&nia.renewal()).unwrap();
    let code: Code = invited.code.parse().unwrap();
    let keys = Keys::new(&[7; 32]);
    let shown = format!(
        "{me:?}{invited:?}{join:?}{rejoin:?}{ask:?}{feed:?}{push:?}{signed:?}{code:?}{keys:?}{:?}{:?}",
        keys.proof(),
        keys.vapid(),
    );
    let (_, answer) = nia
        .renewal()
        .rsplit_once('.')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    for secret in [
        invited.code.clone(),
        to_base64(&code.secret.0),
        to_base64(&me.credential.0),
        me.pass.token.clone(),
        challenge,
        answer,
        to_base64(&signature.0),
        "c2VjcmV0".to_owned(),
        "7, 7, 7".to_owned(),
        "BwcHBw".to_owned(),
    ] {
        assert!(!shown.contains(&secret), "{secret} is in {shown}");
    }
}
