use super::*;
use crate::relay::{Credential, Device};
use ed25519_dalek::{Signer as _, SigningKey};
use kith_shared::{
    api::{ProblemCode, to_sign},
    bytes::{Array, Bytes, to_base64},
    domain::team::Role,
    ids::{DeviceId, InvitationId, MemberId, PersonId, TeamId},
    limits,
    time::{Moment, Span},
};

fn keys() -> Keys {
    Keys::new(&[7; 32])
}

fn device() -> (TeamId, DeviceId, Device) {
    let device = Device {
        key: Array([3; 32]),
        member: MemberId::from_bytes([4; 16]),
        joined: Moment::from_millis(0),
    };
    (
        TeamId::from_bytes([1; 16]),
        DeviceId::from_bytes([2; 16]),
        device,
    )
}

fn now() -> Moment {
    crate::relay::now()
}

#[test]
fn a_token_says_who_bears_it() {
    let (team, id, _) = device();
    let bearer = keys().bearer(&keys().pass(team, id, now()).token).unwrap();
    assert_eq!((bearer.team, bearer.device), (team, id));
}

/// It goes with every request, over lines that are slow.
#[test]
fn a_token_is_short() {
    let (team, id, _) = device();
    let pass = keys().pass(team, id, now());
    assert!(pass.token.len() <= 140, "{} bytes", pass.token.len());
}

#[test]
fn a_token_is_good_for_fifteen_minutes_and_a_minute_of_leeway() {
    let (team, id, _) = device();
    let issued = |ago: Span| {
        let pass = keys().pass(team, id, now() - ago);
        keys().bearer(&pass.token).map_err(|p| p.code)
    };
    assert_eq!(limits::TOKEN_LIFE, Span::minutes(15));
    assert!(issued(Span::minutes(15) + Span::from_millis(50_000)).is_ok());
    assert_eq!(issued(Span::minutes(17)), Err(ProblemCode::TokenExpired));
}

#[test]
fn nothing_signed_is_good_for_another_use_or_of_another_relay() {
    let (team, id, _) = device();
    let pass = keys().pass(team, id, now());
    let not =
        |r: Result<(), crate::problem::Problem>| r.unwrap_err().code == ProblemCode::NotAuthorised;
    assert!(not(keys().challenged(&pass.token).map(|_| ())));
    assert!(not(keys().is_admin(&pass.token)));
    assert!(not(keys().bearer(&keys().admin(now())).map(|_| ())));
    assert!(not(keys().bearer(&pass.challenge).map(|_| ())));
    assert!(keys().is_admin(&keys().admin(now())).is_ok());
    let other = Keys::new(&[8; 32]);
    assert!(not(other.bearer(&pass.token).map(|_| ())));
    // Another header than the one that does not travel: "no signature needed", the same again, and
    // a signature of the relay's where its mark should be.
    let (claims, mark) = pass.token.split_once('.').unwrap();
    let signature = pass.challenge.rsplit('.').next().unwrap();
    let none = to_base64(br#"{"typ":"JWT","alg":"none"}"#);
    let same = to_base64(br#"{"alg":"HS256"}"#);
    for bad in [
        format!("{none}.{claims}."),
        format!("{same}.{claims}.{mark}"),
        format!("{claims}.{signature}"),
        format!("{claims}."),
        claims.to_owned(),
        String::new(),
    ] {
        assert!(not(keys().bearer(&bad).map(|_| ())), "{bad}");
    }
    let bent = pass.token.replacen('.', "A.", 1);
    assert!(not(keys().bearer(&bent).map(|_| ())));
}

/// Phones have one while the relay is updated: it lets nobody in, and they know what to do.
#[test]
fn a_token_as_it_was_once_is_to_be_renewed() {
    let former = token::former(&keys(), now());
    let refused = keys().bearer(&former).map_err(|p| p.code);
    assert_eq!(refused, Err(ProblemCode::TokenExpired));
    let others = Keys::new(&[8; 32]).bearer(&former).map_err(|p| p.code);
    assert_eq!(others, Err(ProblemCode::NotAuthorised));
}

#[test]
fn a_signed_challenge_is_of_the_device_that_signed() {
    let (team, id, _) = device();
    let phone = SigningKey::from_bytes(&[9; 32]);
    let challenge = keys().challenge(team, id, now());
    let signature = phone.sign(&to_sign(&challenge)).to_bytes();
    let header = format!("{challenge}.{}", to_base64(&signature));
    let signed = Signed::parse(&header).unwrap();
    assert_eq!(signed.challenge, challenge);
    assert!(
        signed
            .verify(&Array(phone.verifying_key().to_bytes()))
            .is_ok()
    );
    let other = SigningKey::from_bytes(&[10; 32]).verifying_key();
    assert!(signed.verify(&Array(other.to_bytes())).is_err());
    assert_eq!(keys().challenged(&signed.challenge).unwrap().device, id);
    assert_eq!(Signed::parse("no signature"), None);
}

#[test]
fn a_credential_comes_back_whole_or_not_at_all() {
    for role in [
        Role::Pa,
        Role::Manager,
        Role::FamilyContact(PersonId::from_bytes([5; 16])),
    ] {
        let (team, id, device) = device();
        let credential = Credential {
            team,
            team_name: "Tîm Afon".into(),
            device: id,
            key: device.key,
            member: device.member,
            name: "Nia".into(),
            role,
            invitation: InvitationId::from_bytes([6; 16]),
        };
        let sealed = keys().seal(&credential);
        assert_eq!(keys().unseal(&sealed).unwrap(), credential);
        for at in 0..sealed.0.len() {
            let mut bent = sealed.0.clone();
            bent[at] ^= 1;
            assert!(keys().unseal(&Bytes(bent)).is_err(), "byte {at}");
        }
        assert!(Keys::new(&[8; 32]).unseal(&sealed).is_err());
        assert!(keys().unseal(&Bytes(vec![0; 3])).is_err());
    }
}
