//! What was put aside is read as the acts that it was.

use crate::support::{ANN, PERSON, author, member, november, record_id, t};
use kith_shared::{
    documents::{
        Document, DocumentId, Record, availability::AvailabilityRecord, profile::ProfileRecord,
        rota::RotaRecord, shape::records_told,
    },
    domain::{
        note::{Audience, NoteText},
        team::Role,
    },
    ids::{MemberId, RecordId, ShiftId},
    intent::{Deed, Intent, Stamp},
    time::Span,
};
use serde_json::{Value, json};

/// One act of each kind that a record can be.
fn acts(by: MemberId) -> Vec<Intent> {
    let (person, month) = (PERSON, november());
    let shift = ShiftId::from_bytes([5; 16]);
    let says = |text: &str| NoteText {
        text: text.into(),
        ..NoteText::default()
    };
    let clock_in = Intent::ClockIn {
        person,
        month,
        shift: Some(shift),
        place: Some("At the river".into()),
    };
    let mut acts = vec![
        clock_in,
        Intent::ClockOut {
            person,
            month,
            visit: record_id(1).into(),
        },
        Intent::AmendClock {
            person,
            month,
            visit: record_id(1).into(),
            start: t("2026-11-24 08:30"),
            end: Some(t("2026-11-24 09:30")),
            reason: "The bus".into(),
        },
        Intent::Profile {
            person,
            says: ProfileRecord::Contact { member: None },
        },
        Intent::Availability {
            pa: by,
            says: AvailabilityRecord::NoLeave {
                leave: record_id(9),
            },
        },
        Intent::Rota {
            person,
            month,
            says: RotaRecord::Yes {
                shift,
                what: record_id(3),
            },
        },
    ];
    for audience in [Audience::Family, Audience::Team] {
        acts.push(Intent::WriteNote {
            person,
            month,
            visit: None,
            audience,
            says: says("Slept well"),
        });
        acts.push(Intent::AmendNote {
            person,
            month,
            note: record_id(8).into(),
            audience,
            says: says("Slept badly"),
            reason: "I mixed it up".into(),
        });
    }
    acts
}

#[test]
fn a_record_is_read_as_the_act_that_it_was() {
    let time = Stamp {
        at: t("2026-11-24 12:00"),
        skew: Span::minutes(3),
    };
    for (n, intent) in (1..).zip(acts(ANN)) {
        let (mut document, id) = (Document::new(intent.document()), record_id(n));
        // Most of them the rules forbid to a manager: the record is written all the same.
        let manager = member(ANN, Role::Manager);
        let _ = intent.write(&mut document, author(1), &manager, id, time);
        let changes = document.changes();
        let told = records_told(&Document::new(intent.document()), &changes[0]);
        let [(told_id, told)] = &told[..] else {
            panic!("{told:?}");
        };
        let sent = serde_json::to_vec(told).unwrap();
        let deed = Deed::told(
            intent.document(),
            *told_id,
            &serde_json::from_slice(&sent).unwrap(),
        );
        let expected = Deed {
            by: ANN,
            time,
            intent,
        };
        assert_eq!((*told_id, deed), (id, Some(expected)));
    }
}

#[test]
fn what_this_version_does_not_know_is_no_act() {
    let record = |body: Value| Record {
        id: record_id(1),
        by: ANN,
        at: t("2026-11-24 12:00"),
        skew: Span::default(),
        body,
    };
    for (document, body) in [
        (DocumentId::Team, json!({"kind": "named", "name": "Ours"})),
        (
            DocumentId::circle(PERSON),
            json!({"kind": "person", "name": "Someone"}),
        ),
        (
            DocumentId::visits(PERSON, november()),
            json!({"kind": "tea"}),
        ),
        (DocumentId::notes(PERSON, november()), json!({"text": 7})),
    ] {
        let change = Document::new(document)
            .write(author(1), &record(body))
            .unwrap();
        let told: Vec<(RecordId, _)> = records_told(&Document::new(document), &change);
        assert_eq!(
            Deed::told(document, told[0].0, &told[0].1),
            None,
            "{document}"
        );
    }
}
