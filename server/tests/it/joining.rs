use crate::harness::{Phone, Relay, invitation, keys, problem, read, send};
use kith_relay::relay::{now, roll};
use kith_shared::{
    api::{Code, Joined, ProblemCode, RENEWAL_HEADER, Rejoin, path},
    bytes::Bytes,
    documents::{DocumentId, circle::circle},
    domain::{cover::Board, team::Role},
    ids::TeamId,
    limits,
    time::Span,
};
use reqwest::Response;

#[tokio::test]
async fn an_invitation_lets_in_one_device_once() {
    let relay = Relay::start().await;
    let (team, _, _) = relay.team().await;
    let invited = relay.invite(team, "pa", "Cai", None).await;
    assert_eq!(
        invited.link,
        format!("https://kith.example/join#{}", invited.code)
    );
    let phone = Phone::new(&relay);
    // The whole link is as good as the code.
    let joined: Joined = read(phone.join(&invited.link).await).await;
    assert_eq!(
        (joined.team, &*joined.team_name, &*joined.name),
        (team, "River team", "Cai")
    );
    assert_eq!((joined.role, joined.member), (Role::Pa, invited.member));

    // The reply was lost: the same device is told again. Another is not let in.
    let again: Joined = read(phone.join(&invited.code).await).await;
    assert_eq!(again.member, joined.member);
    let other = Phone::new(&relay);
    assert_eq!(
        problem(other.join(&invited.code).await).await,
        ProblemCode::InvitationUsed
    );
    let other_key = Phone {
        device: phone.device,
        ..Phone::new(&relay)
    };
    assert_eq!(
        problem(other_key.join(&invited.code).await).await,
        ProblemCode::InvitationUsed
    );
}

#[tokio::test]
async fn an_expired_or_made_up_invitation_lets_in_nobody() {
    let relay = Relay::start().await;
    let (team, _, nia) = relay.team().await;
    let mut invite = invitation(team, "pa", "Cai", None);
    invite.hours = Some(0);
    let expired: kith_shared::api::Invited = read(relay.ask_to_invite(&invite).await).await;
    let phone = Phone::new(&relay);
    assert_eq!(
        problem(phone.join(&expired.code).await).await,
        ProblemCode::InvitationExpired
    );

    let good = relay.invite(team, "pa", "Cai", None).await;
    let mut guessed: Code = good.code.parse().unwrap();
    guessed.secret.0[15] ^= 1;
    let mut elsewhere: Code = good.code.parse().unwrap();
    elsewhere.team = TeamId::new(now(), roll());
    for code in [
        guessed.to_string(),
        elsewhere.to_string(),
        "nonsense".into(),
        String::new(),
    ] {
        assert_eq!(
            problem(phone.join(&code).await).await,
            ProblemCode::InvitationUnknown,
            "{code}"
        );
    }
    // A device that is somebody's already.
    let thief = Phone {
        device: nia.device,
        ..Phone::new(&relay)
    };
    assert_eq!(
        problem(thief.join(&good.code).await).await,
        ProblemCode::NotAuthorised
    );
    // None of this used it up.
    read::<Joined>(phone.join(&good.code).await).await;
}

#[tokio::test]
async fn only_the_administrator_invites() {
    let relay = Relay::start().await;
    let (team, _, nia) = relay.team().await;
    let invite = invitation(team, "pa", "Cai", None);
    let post = || relay.client.post(relay.url(path::INVITE));
    for request in [
        post(),
        post().bearer_auth(&nia.me().pass.token),
        post().bearer_auth("x.y.z"),
    ] {
        assert_eq!(
            problem(send(request, &invite).await).await,
            ProblemCode::NotAuthorised
        );
    }
    let teams = relay.client.get(relay.url(path::TEAMS));
    assert_eq!(
        problem(teams.send().await.unwrap()).await,
        ProblemCode::NotAuthorised
    );
    for (role, person) in [
        ("cook", None),
        ("pa", Some("Gwen")),
        ("family-contact", None),
        ("family-contact", Some("Nobody")),
    ] {
        let invite = invitation(team, role, "Cai", person);
        assert_eq!(
            problem(relay.ask_to_invite(&invite).await).await,
            ProblemCode::Malformed,
            "{role}"
        );
    }
    let elsewhere = invitation(TeamId::new(now(), roll()), "pa", "Cai", None);
    assert_eq!(
        problem(relay.ask_to_invite(&elsewhere).await).await,
        ProblemCode::NotFound
    );
    let nameless = invitation(team, "pa", "  ", None);
    assert_eq!(
        problem(relay.ask_to_invite(&nameless).await).await,
        ProblemCode::Malformed
    );
}

#[tokio::test]
async fn who_joins_is_in_the_team_and_in_the_circles() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    relay
        .joined(team, "family-contact", "Mair", Some("Gwen"))
        .await;
    relay.joined(team, "manager", "Elin", None).await;
    nia.sync().await;
    let mut board = Board::default();
    for id in [DocumentId::Team, DocumentId::profile(gwen)] {
        board.read(&nia.held[&id].document);
    }
    let roster = board.roster;
    let mut names: Vec<_> = roster
        .members
        .values()
        .map(|m| (&*m.name, m.role))
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            ("Elin", Role::Manager),
            ("Mair", Role::FamilyContact(gwen)),
            ("Nia", Role::Pa)
        ]
    );
    assert_eq!(
        (&*roster.name, &*roster.people[&gwen].name),
        ("River team", "Gwen")
    );
    let circle = circle(&nia.held[&DocumentId::circle(gwen)].document);
    assert_eq!(circle.person, "Gwen");
    assert_eq!(circle.faces.into_values().collect::<Vec<_>>(), ["Nia"]);
}

#[tokio::test]
async fn a_member_gets_a_further_device() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    let mut invite = invitation(team, "", "", None);
    invite.member = Some(nia.me().member);
    let invited: kith_shared::api::Invited = read(relay.ask_to_invite(&invite).await).await;
    let mut tablet = Phone::new(&relay);
    tablet.joined = Some(read(tablet.join(&invited.code).await).await);
    assert_eq!(tablet.me().member, nia.me().member);
    assert_eq!((&*tablet.me().name, tablet.me().role), ("Nia", Role::Pa));
    tablet.clock_in(gwen);
    tablet.sync().await;
    nia.sync().await;
    assert_eq!(nia.texts(DocumentId::visits(gwen, now().month())), 1);
}

/// A phone shows a credential, and answers the challenge that it has.
pub async fn rejoin(phone: &Phone, credential: Bytes) -> Response {
    let post = phone.client.post(format!("{}{}", phone.url, path::REJOIN));
    let post = post.header(RENEWAL_HEADER, phone.renewal());
    send(post, &Rejoin { credential }).await
}

#[tokio::test]
async fn a_credential_is_worth_something_to_its_relay_alone() {
    let relay = Relay::start().await;
    let (_, _, nia) = relay.team().await;
    // Known already: told again.
    let again: Joined = read(rejoin(&nia, nia.me().credential.clone()).await).await;
    assert_eq!(again.member, nia.me().member);
    let mut bent = nia.me().credential.clone();
    bent.0[20] ^= 1;
    // Well sealed, and of a device that is another's now.
    let mut other = keys().unseal(&nia.me().credential).unwrap();
    other.key = Phone::new(&relay).key();
    for credential in [bent, Bytes(vec![]), keys().seal(&other)] {
        let refused = rejoin(&nia, credential).await;
        assert_eq!(problem(refused).await, ProblemCode::NotAuthorised);
    }
}

#[tokio::test]
async fn a_credential_is_worth_nothing_without_the_key_of_its_device() {
    let relay = Relay::start().await;
    let (team, _, nia) = relay.team().await;
    let cai = relay.joined(team, "pa", "Cai", None).await;
    let credential = || nia.me().credential.clone();
    let bare = relay.client.post(relay.url(path::REJOIN));
    let rejoin_bare = Rejoin {
        credential: credential(),
    };
    let refused = send(bare, &rejoin_bare).await;
    assert_eq!(problem(refused).await, ProblemCode::Malformed);
    // With a challenge of another device, and with the right one and another's key.
    assert_eq!(
        problem(rejoin(&cai, credential()).await).await,
        ProblemCode::NotAuthorised
    );
    let mut thief = nia.clone();
    thief.signing = cai.signing.clone();
    assert_eq!(
        problem(rejoin(&thief, credential()).await).await,
        ProblemCode::NotAuthorised
    );
    // Its own challenge is as good when it is old.
    let mut away = nia.clone();
    let long_ago = now() - limits::CHALLENGE_LIFE - Span::days(1);
    let old = keys().challenge(team, nia.device, long_ago);
    away.joined.as_mut().unwrap().pass.challenge = old;
    read::<Joined>(rejoin(&away, credential()).await).await;
}
