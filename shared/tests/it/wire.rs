//! Messages of `POST /v1/sync` in both forms.

use automerge::ChangeHash;
use kith_shared::{
    aside::End,
    bytes::{Array, Bytes},
    documents::DocumentId,
    ids::{DeviceId, Epoch, MemberId, PersonId, QuarantineId, RecordId, TeamId},
    limits,
    policy::Refusal,
    sync::{
        BINARY, Cursor, Digest, Entry, Form, Given, Heal, Knew, Known, Level, Look, Message, News,
        NotAMessage, Outcome, PACKED, Push, Receipt, Settled, Stand, SyncReply, SyncRequest,
        TeamReply, TeamRequest, ToYou, WIRE_VERSION, change_digest,
    },
    time::{Moment, Month},
};
use proptest::{
    collection::vec, option, prelude::*, sample::select, strategy::ValueTree as _,
    test_runner::TestRunner,
};
use serde_json::json;

fn array<const N: usize>() -> impl Strategy<Value = Array<N>> {
    any::<[u8; N]>().prop_map(Array)
}

fn bytes() -> impl Strategy<Value = Bytes> {
    vec(any::<u8>(), 0..40).prop_map(Bytes)
}

fn moment() -> impl Strategy<Value = Moment> {
    any::<i64>().prop_map(Moment::from_millis)
}

fn digest() -> impl Strategy<Value = Digest> {
    any::<[u8; 32]>().prop_map(|hash| change_digest(&ChangeHash(hash)))
}

fn document() -> impl Strategy<Value = DocumentId> {
    (0..6, any::<[u8; 16]>(), 1000_i16..=9999, 1_i8..=12).prop_map(|(kind, person, year, month)| {
        let p = PersonId::from_bytes(person);
        let m = Month::new(year, month).unwrap();
        match kind {
            0 => DocumentId::Team,
            1 => DocumentId::circle(p),
            2 => DocumentId::rota(p, m),
            3 => DocumentId::visits(p, m),
            4 => DocumentId::notes(p, m),
            _ => DocumentId::team_notes(p, m),
        }
    })
}

prop_compose! {
    fn cursor()(epoch: [u8; 16], seq: u64, head in array()) -> Cursor {
        Cursor { epoch: Epoch::from_bytes(epoch), seq, head }
    }
}

fn stand() -> impl Strategy<Value = Stand> {
    cursor().prop_map(Stand::from)
}

prop_compose! {
    fn receipt()(seq: u64, received_at in moment(), member: [u8; 16], proof in array()) -> Receipt {
        Receipt { seq, received_at, member: MemberId::from_bytes(member), proof }
    }
}

prop_compose! {
    fn entry()(change in bytes(), receipt in receipt()) -> Entry {
        Entry { change, receipt }
    }
}

prop_compose! {
    fn knew()(cursor in cursor(), ends in array(), signature in array()) -> Knew {
        Knew { cursor, ends, signature }
    }
}

prop_compose! {
    fn heal()(
        have in vec(array(), 0..4),
        give in vec((document(), entry()), 0..3),
        knew in option::of(knew()),
    ) -> Heal {
        let give = give.into_iter().map(|(document, entry)| Given { document, entry });
        Heal { have, give: give.collect(), knew }
    }
}

prop_compose! {
    fn team_request()(
        team: [u8; 16],
        cursor in option::of(stand()),
        digest in digest(),
        push in vec((document(), vec(bytes(), 0..3)), 0..3),
        unseen in vec(any::<u64>(), 0..4),
        limit: u32,
        heal in option::of(heal()),
        aside in vec(any::<[u8; 16]>().prop_map(RecordId::from_bytes), 0..3),
    ) -> TeamRequest {
        let push = push.into_iter().map(|(document, changes)| Push { document, changes });
        let team = TeamId::from_bytes(team);
        TeamRequest { team, cursor, digest, push: push.collect(), unseen, limit, heal, aside }
    }
}

fn outcome() -> impl Strategy<Value = Outcome> {
    let code = select(vec![
        Refusal::Unreadable,
        Refusal::NotYourVisit,
        Refusal::UnknownRecord,
        Refusal::Revoked,
        Refusal::Erased,
        Refusal::Full,
    ]);
    let quarantine = option::of(any::<[u8; 16]>().prop_map(QuarantineId::from_bytes));
    prop_oneof![
        receipt().prop_map(Outcome::Accepted),
        receipt().prop_map(Outcome::Duplicate),
        (code, quarantine).prop_map(|(code, quarantine)| Outcome::Refused { code, quarantine }),
        vec(array(), 0..3).prop_map(Outcome::Need),
    ]
}

prop_compose! {
    fn settled()(
        record: [u8; 16],
        by: [u8; 16],
        at in moment(),
        reason in option::of(".{0,9}"),
    ) -> Settled {
        let end = End { by: MemberId::from_bytes(by), at, reason };
        Settled { record: RecordId::from_bytes(record), end }
    }
}

prop_compose! {
    fn level()(
        outcomes in vec(outcome(), 0..4),
        news in vec((document(), vec(entry(), 0..3)), 0..3),
        cursor in cursor(),
        more: bool,
        signature in option::of(array()),
        seen in vec(any::<u64>(), 0..4),
        want in vec(array(), 0..4),
        forget in vec(document(), 0..3),
        settled in vec(settled(), 0..3),
        aside: u32,
        doubted in option::of(moment()),
    ) -> Level {
        let to_you = ToYou { settled, look: Look { aside, doubted } };
        let news = news.into_iter().map(|(document, entries)| News { document, entries });
        let news = news.collect();
        Level { outcomes, news, cursor, more, signature, seen, want, forget, to_you }
    }
}

fn request() -> impl Strategy<Value = SyncRequest> {
    vec(team_request(), 0..3).prop_map(SyncRequest::new)
}

fn reply() -> impl Strategy<Value = SyncReply> {
    let team = prop_oneof![
        3 => level().prop_map(TeamReply::Level),
        1 => any::<bool>().prop_map(|known| TeamReply::Diverged { known }),
        1 => Just(TeamReply::NotYours),
        1 => vec(outcome(), 0..4).prop_map(|outcomes| TeamReply::Forget { outcomes }),
    ];
    let v = WIRE_VERSION;
    (moment(), vec(team, 0..3)).prop_map(move |(now, teams)| SyncReply { v, now, teams })
}

const FORMS: [Form; 3] = [Form::Packed, Form::Binary, Form::Json];

fn check<M: Message + PartialEq + std::fmt::Debug>(message: &M) -> Result<(), TestCaseError> {
    for form in FORMS {
        let encoded = form.encode(message);
        let decoded = form.decode::<M>(&encoded);
        prop_assert_eq!(decoded.as_ref(), Ok(message));
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_request_comes_back(message in request()) {
        check(&message)?;
    }

    #[test]
    fn a_reply_comes_back(message in reply()) {
        check(&message)?;
    }

    /// What both sides know is left out, and whoever does not know it reads nothing else instead.
    #[test]
    fn a_reply_is_read_with_its_request(request in request(), reply in reply(), device: [u8; 16]) {
        let team = request.teams.first().map_or(TeamId::from_bytes([0; 16]), |t| t.team);
        let caller = Known::caller(team, DeviceId::from_bytes(device));
        for form in FORMS {
            let (bytes, said) = form.say(&request, &caller);
            let (heard, known) = form.hear::<SyncRequest>(&bytes, &caller).unwrap();
            prop_assert_eq!(&heard, &request);
            prop_assert_eq!(&known, &said);
            let (bytes, _) = form.say(&reply, &known);
            let (heard, _) = form.hear::<SyncReply>(&bytes, &said).unwrap();
            prop_assert_eq!(&heard, &reply);
            let unknowing = form.decode::<SyncReply>(&bytes);
            prop_assert!(unknowing.is_err() || unknowing == Ok(reply.clone()));
        }
    }

    #[test]
    fn no_bytes_panic(bytes in vec(any::<u8>(), 0..200)) {
        for form in FORMS {
            let _ = form.decode::<SyncRequest>(&bytes);
            let _ = form.decode::<SyncReply>(&bytes);
        }
    }

    /// Nearly right bytes reach further than random ones.
    #[test]
    fn no_edited_message_panics(
        message in reply(),
        edits in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut: prop::sample::Index,
    ) {
        for form in FORMS {
            let mut bytes = form.encode(&message);
            for (at, byte) in &edits {
                *at.get_mut(&mut bytes) = *byte;
            }
            let _ = form.decode::<SyncReply>(&bytes);
            let _ = form.decode::<SyncReply>(&bytes[..cut.index(bytes.len())]);
        }
    }

    /// Whoever has nothing put aside writes and reads what a side without those fields does.
    #[test]
    fn what_is_put_aside_is_no_part_of_other_messages(
        request in team_request(),
        level in level(),
    ) {
        let request = TeamRequest { aside: vec![], ..request };
        let bytes = rmp_serde::to_vec(&request).unwrap();
        // An array of seven and one of eight, as it was before.
        prop_assert_eq!(bytes[0], 0x97);
        prop_assert_eq!(rmp_serde::from_slice::<TeamRequest>(&bytes).unwrap(), request);
        let level = Level { to_you: ToYou::default(), ..level };
        let bytes = rmp_serde::to_vec(&level).unwrap();
        prop_assert_eq!(bytes[0], 0x98);
        prop_assert_eq!(rmp_serde::from_slice::<Level>(&bytes).unwrap(), level);
    }

    /// Told by the version alone, whatever else has changed.
    #[test]
    fn another_version_is_named(message in reply(), v in 0..=u8::MAX) {
        prop_assume!(v != WIRE_VERSION);
        let other = SyncReply { v, ..message };
        for form in FORMS {
            let bytes = form.encode(&other);
            prop_assert_eq!(form.decode::<SyncReply>(&bytes), Err(NotAMessage::Version(v)));
            prop_assert_eq!(form.decode::<SyncRequest>(&bytes), Err(NotAMessage::Version(v)));
        }
    }

    #[test]
    fn a_digest_stands_for_a_set(hashes in vec(any::<[u8; 32]>().prop_map(ChangeHash), 2..8)) {
        let digest: Digest = hashes.iter().collect();
        prop_assert_eq!(hashes.iter().rev().collect::<Digest>(), digest);
        for hash in &hashes {
            let mut other = digest;
            other.toggle(hash);
            let rest: Digest = hashes.iter().filter(|h| *h != hash).collect();
            prop_assert_eq!(other, rest);
            prop_assert_ne!(other, digest);
        }
    }
}

#[test]
fn a_message_of_the_future_is_of_another_version() {
    let future = json!({"v": 4, "teams": "by another route", "since": [1, {"x": null}]});
    let binary = rmp_serde::to_vec(&(4, "other", vec![1, 2, 3], Some(true))).unwrap();
    for (form, bytes) in [
        (Form::Json, future.to_string().into_bytes()),
        (Form::Binary, binary),
    ] {
        let decoded = form.decode::<SyncRequest>(&bytes);
        assert_eq!(decoded, Err(NotAMessage::Version(4)), "{form:?}");
        let said = decoded.unwrap_err().to_string();
        assert!(
            said.contains("version 4") && said.contains("version 3"),
            "{said}"
        );
    }
}

/// People with curl write JSON by hand: this shape is a promise.
#[test]
fn the_json_of_a_request() {
    let id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    let json = json!({
        "v": 3,
        "teams": [{
            "team": id,
            "cursor": null,
            "digest": "AAAAAAAAAAA",
            "push": [{"document": format!("notes/{id}/2026-11"), "changes": ["AAEC"]}],
            "unseen": [7],
            "limit": 1000,
            "heal": null,
        }],
    });
    let request: SyncRequest = Form::Json.decode(json.to_string().as_bytes()).unwrap();
    assert_eq!(request.teams[0].push[0].changes[0], Bytes(vec![0, 1, 2]));
    assert_eq!(request.teams[0].digest, Digest::default());
    assert_eq!(serde_json::to_value(&request).unwrap(), json);
}

#[test]
fn what_is_no_message_is_unreadable() {
    for json in [
        "",
        "{}",
        "[]",
        "null",
        r#"{"v": 3}"#,
        r#"{"v": "1", "teams": []}"#,
        r#"{"v": 3, "teams": []} and more"#,
        r#"{"v": 3, "teams": [{"team": "x"}]}"#,
    ] {
        let decoded = Form::Json.decode::<SyncRequest>(json.as_bytes());
        assert!(
            matches!(decoded, Err(NotAMessage::Unreadable(_))),
            "{json}: {decoded:?}"
        );
    }
}

/// Some message, the same each time.
fn some<T: std::fmt::Debug>(of: impl Strategy<Value = T>) -> T {
    let mut runner = TestRunner::deterministic();
    of.new_tree(&mut runner).unwrap().current()
}

/// What would unpack to more than a side may be made to hold is not unpacked.
#[test]
fn a_packed_message_holds_no_more_than_allowed() {
    let request = |bytes: usize, changes: usize| {
        let changes = vec![Bytes(vec![0; bytes]); changes];
        let document = DocumentId::Team;
        let team = TeamRequest {
            push: vec![Push { document, changes }],
            heal: None,
            aside: vec![],
            ..some(team_request())
        };
        let request = SyncRequest::new(vec![team]);
        let again = Form::Packed.decode(&Form::Packed.encode(&request));
        again.map(|again: SyncRequest| assert_eq!(again, request))
    };
    assert_eq!(request(limits::INFLATED_BYTES - 1000, 1), Ok(()));
    let more = request(limits::INFLATED_BYTES, 1);
    assert_eq!(more, Err(NotAMessage::TooLarge));
    assert_eq!(request(1, limits::CHANGES_PER_PUSH), Ok(()));
    let more = request(1, limits::CHANGES_PER_PUSH + 1);
    assert_eq!(more, Err(NotAMessage::TooLarge));

    let reply = |bytes: usize| {
        let entry = Entry {
            change: Bytes(vec![0; bytes]),
            ..some(entry())
        };
        let news = News {
            document: DocumentId::Team,
            entries: vec![entry],
        };
        let level = Level {
            news: vec![news],
            ..some(level())
        };
        let reply = SyncReply {
            teams: vec![TeamReply::Level(level)],
            ..some(reply())
        };
        let again = Form::Packed.decode(&Form::Packed.encode(&reply));
        again.map(|again: SyncReply| assert_eq!(again, reply))
    };
    assert_eq!(reply(limits::INFLATED_REPLY_BYTES - 1000), Ok(()));
    let more = reply(limits::INFLATED_REPLY_BYTES);
    assert_eq!(more, Err(NotAMessage::TooLarge));
}

#[test]
fn content_types() {
    for (text, form) in [
        (PACKED, Some(Form::Packed)),
        ("application/vnd.kith.packed", None),
        (BINARY, Some(Form::Binary)),
        ("application/json", Some(Form::Json)),
        ("application/json; charset=utf-8", Some(Form::Json)),
        ("text/plain", None),
        ("", None),
    ] {
        assert_eq!(Form::of(text), form, "{text}");
        let ours = form.is_none() && text.starts_with(PACKED);
        assert_eq!(Form::is_another(text), ours, "{text}");
    }
    for form in FORMS {
        assert_eq!(Form::of(form.content_type()), Some(form));
    }
}
