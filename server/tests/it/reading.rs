//! The document is the unit of reading: the raw bytes of a reply hold nothing that its reader may
//! not read.

use crate::harness::{Phone, Relay, shift};
use kith_relay::relay::now;
use kith_shared::{
    documents::DocumentId,
    domain::{note::Audience, team::Role},
    policy::may_read,
    sync::Form,
};

/// All bytes that ever went to this phone for this request, uncompressed.
async fn raw(phone: &Phone, form: Form) -> Vec<u8> {
    let phone = Phone {
        form,
        ..phone.clone()
    };
    let response = phone.post(&phone.request()).send().await.unwrap();
    assert!(response.headers().get("content-encoding").is_none());
    response.bytes().await.unwrap().to_vec()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn a_reply_holds_no_byte_that_its_reader_may_not_read() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    let huw = relay
        .invite(team, "person", "Huw", None)
        .await
        .person
        .unwrap();
    let readers = [
        relay
            .joined(team, "family-contact", "Mair", Some("Gwen"))
            .await,
        relay.joined(team, "manager", "Elin", None).await,
        relay
            .joined(team, "authorised-person", "Rhys", Some("Gwen"))
            .await,
        relay.joined(team, "pa", "Cai", None).await,
    ];
    nia.sync().await;
    let secret = [
        (DocumentId::team_notes(gwen, now().month()), "xylophone"),
        (DocumentId::team_notes(huw, now().month()), "quicksilver"),
        (DocumentId::notes(gwen, now().month()), "marmalade"),
        (DocumentId::notes(huw, now().month()), "bandersnatch"),
    ];
    for (id, word) in secret {
        let audience = if matches!(id, DocumentId::Notes(..)) {
            Audience::Family
        } else {
            Audience::Team
        };
        nia.note(id.person().unwrap(), audience, word);
    }
    nia.clock_in(gwen);
    nia.write(&shift(huw, vec![nia.me().member]));
    nia.sync().await;

    let mut sights = 0;
    for reader in &readers {
        let role = reader.me().role;
        let (binary, json) = (
            raw(reader, Form::Binary).await,
            raw(reader, Form::Json).await,
        );
        for (id, word) in secret {
            assert_eq!(holds(&binary, word), may_read(role, id), "{role:?} {id}");
            sights += usize::from(holds(&binary, word));
        }
        for id in [
            DocumentId::Team,
            DocumentId::visits(gwen, now().month()),
            DocumentId::rota(huw, now().month()),
            DocumentId::circle(huw),
            DocumentId::circle(gwen),
        ] {
            let named = format!("\"document\":\"{id}\"");
            assert_eq!(holds(&json, &named), may_read(role, id), "{role:?} {id}");
        }
        if let Some(person) = role.person() {
            assert_eq!(person, gwen);
            assert!(!holds(&json, &huw.to_string()), "{role:?}");
        }
        if matches!(role, Role::FamilyContact(_)) {
            assert!(!holds(&json, "team-notes") && !holds(&json, "visits/"));
        }
    }
    // Family 1, manager 4, authorised person 2, PA 4.
    assert_eq!(sights, 11);
}
