//! What others rely on by name: joining codes, problem and refusal codes.

use kith_shared::{
    api::{Code, NotACode, Problem, ProblemCode, path, to_sign},
    bytes::Array,
    ids::{InvitationId, TeamId},
    policy::Refusal,
};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;

prop_compose! {
    fn code()(team: [u8; 16], invitation: [u8; 16], secret: [u8; 16]) -> Code {
        Code {
            team: TeamId::from_bytes(team),
            invitation: InvitationId::from_bytes(invitation),
            secret: Array(secret),
        }
    }
}

proptest! {
    /// Alone, with the whole link around it, and with what copying adds.
    #[test]
    fn a_joining_code_is_read(code in code()) {
        let text = code.to_string();
        prop_assert_eq!(text.len(), 64);
        let link = format!("https://kith.example:8443{}#{text}", path::JOIN_PAGE);
        for pasted in [&text, &link, &format!("  {text}\n"), &format!("\t{link} \r\n")] {
            prop_assert_eq!(pasted.parse(), Ok(code.clone()));
        }
    }

    #[test]
    fn a_mangled_joining_code_is_none(code in code(), at in 0_usize..64) {
        let mut text = code.to_string();
        text.remove(at);
        prop_assert_eq!(text.parse::<Code>(), Err(NotACode));
        text.insert(at, '*');
        prop_assert_eq!(text.parse::<Code>(), Err(NotACode));
        for length in [4, 44, 60, 68] {
            let text = code.to_string().repeat(2)[..length].to_owned();
            prop_assert_eq!(text.parse::<Code>(), Err(NotACode), "of another length");
        }
    }

    #[test]
    fn no_text_panics(text: String) {
        prop_assert_eq!(text.parse::<Code>(), Err(NotACode));
    }
}

#[test]
fn a_code_keeps_its_secret_from_logs() {
    let code: Code = "A".repeat(64).parse().unwrap();
    assert!(!format!("{code:?}").contains("AAAA"));
    for garbage in [
        "",
        "#",
        "https://kith.example/join",
        "https://kith.example/join#",
    ] {
        assert_eq!(garbage.parse::<Code>(), Err(NotACode), "{garbage}");
    }
}

/// A signature for a renewal means nothing anywhere else.
#[test]
fn what_is_signed_says_what_it_is_for() {
    assert_eq!(to_sign("abc"), b"kith renewal v1\nabc");
}

#[test]
fn a_problem_as_json() {
    let problem = Problem {
        code: ProblemCode::InvitationExpired,
        status: 410,
        title: "This invitation has expired.".into(),
        detail: "Ask for a new one.".into(),
    };
    let json = json!({
        "code": "invitation-expired",
        "status": 410,
        "title": "This invitation has expired.",
        "detail": "Ask for a new one.",
    });
    assert_eq!(serde_json::to_value(&problem).unwrap(), json);
    assert_eq!(serde_json::from_value::<Problem>(json).unwrap(), problem);
}

/// Codes stand in replies, stores and screen texts of apps in the field: they never change.
fn check<C: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(codes: &[(C, &str)]) {
    for (code, name) in codes {
        assert_eq!(serde_json::to_value(code).unwrap(), json!(name));
        assert_eq!(&serde_json::from_value::<C>(json!(name)).unwrap(), code);
    }
}

#[test]
fn codes_of_problems() {
    use ProblemCode as P;
    check(&[
        (P::InvitationUnknown, "invitation-unknown"),
        (P::InvitationExpired, "invitation-expired"),
        (P::InvitationUsed, "invitation-used"),
        (P::TokenExpired, "token-expired"),
        (P::NotAuthorised, "not-authorised"),
        (P::DeviceUnknown, "device-unknown"),
        (P::TooManyDevices, "too-many-devices"),
        (P::TooManyMembers, "too-many-members"),
        (P::TooManyRequests, "too-many-requests"),
        (P::TooManyConnections, "too-many-connections"),
        (P::TooLarge, "too-large"),
        (P::Malformed, "malformed"),
        (P::Version, "version"),
        (P::NotFound, "not-found"),
        (P::PushServiceUnknown, "push-service-unknown"),
        (P::Revoked, "revoked"),
        (P::NotAllowed, "not-allowed"),
        (P::StorageFull, "storage-full"),
        (P::Internal, "internal"),
    ]);
}

#[test]
fn codes_of_refusals() {
    use Refusal as R;
    check(&[
        (R::Unreadable, "unreadable"),
        (R::Packed, "packed"),
        (R::Damaged, "damaged"),
        (R::Misplaced, "misplaced"),
        (R::Unsound, "unsound"),
        (R::TooLarge, "too-large"),
        (R::NotARecord, "not-a-record"),
        (R::NotYourDevice, "not-your-device"),
        (R::SequenceTaken, "sequence-taken"),
        (R::NotYou, "not-you"),
        (R::NotYourRole, "not-your-role"),
        (R::NotYourVisit, "not-your-visit"),
        (R::NotYourNote, "not-your-note"),
        (R::NotYours, "not-yours"),
        (R::NotYourHat, "not-your-hat"),
        (R::NothingToAmend, "nothing-to-amend"),
        (R::OtherDocument, "other-document"),
        (R::BadTimes, "bad-times"),
        (R::TooLong, "too-long"),
        (R::Empty, "empty"),
        (R::UnknownRecord, "unknown-record"),
        (R::Revoked, "revoked"),
        (R::FollowsRefused, "follows-refused"),
        (R::Erased, "erased"),
        (R::Full, "full"),
        (R::NotBegun, "not-begun"),
    ]);
}
