//! *Put aside*: the manager reads what a phone handed in as the acts that it was.

use super::{
    draw::clock as at,
    hands::{act, clock_in, clock_out, write_note},
    world::{CERI, MORGAN, RHYS, SIAN, World, shift_id, t},
};
use crate::{
    engine::Phone,
    view::{
        aside::{Said, aside},
        face::Face,
        waiting::Act,
    },
};
use automerge::Change;
use kith_shared::{
    aside::{Kept, Page},
    documents::{Document, DocumentId, Told, rota::RotaRecord, shape::records_told},
    domain::{cover::ShiftRef, note::Audience},
    ids::{MemberId, QuarantineId},
    intent::Intent,
    policy::Refusal,
};

/// What waits on this phone, as the relay tells a manager of it.
fn handed_in(phone: &Phone, by: MemberId) -> Vec<Kept> {
    let kept = phone.outbox().iter().zip(1..).map(|(outgoing, n)| {
        let document = outgoing.intent.document();
        let change = Change::from_bytes(outgoing.change.0.clone()).expect("a change");
        Kept {
            quarantine: QuarantineId::from_bytes([n; 16]),
            document,
            member: by,
            received_at: t("2026-11-25 09:00"),
            code: Refusal::Revoked,
            records: records_told(&Document::new(document), &change),
            bar: None,
        }
    });
    kept.collect()
}

fn draw(said: &Said) -> String {
    let what = match &said.act {
        None => "?".to_owned(),
        Some(Act::AmendClock { start, end, .. }) => {
            format!("amend to {}-{}", at(*start), end.map_or(String::new(), at))
        }
        Some(Act::Rota { what, planned }) => format!("{what} {}", planned.is_some()),
        Some(other) => format!("{other:?}")
            .split(' ')
            .next()
            .unwrap_or("")
            .to_owned(),
    };
    let words = said.words.as_ref().map_or("", |words| &words.text);
    let named = said.named.as_ref().map_or("", |face| face.short());
    format!("{} {what} [{words}] ({}) {named}", at(said.at), said.reason)
}

#[test]
fn what_was_handed_in_is_read_as_the_acts_that_it_was() {
    let mut w = World::new();
    w.shift(3, MORGAN, "2026-11-26 09:00", "2026-11-26 12:00", &[SIAN]);
    let holding = w.holding(3, SIAN);
    let mut phone = w.phone(SIAN, "2026-11-24 07:00");
    let visit = clock_in(&mut phone, "2026-11-24 07:31", None);
    clock_out(&mut phone, "2026-11-24 09:00", visit);
    let (person, month) = (MORGAN, t("2026-11-24 08:00").month());
    let amend = Intent::AmendClock {
        person,
        month,
        visit,
        start: t("2026-11-24 07:25"),
        end: Some(t("2026-11-24 09:05")),
        reason: " the bus ".into(),
    };
    act(&mut phone, "2026-11-24 09:10", amend);
    write_note(
        &mut phone,
        "2026-11-24 09:11",
        None,
        Audience::Family,
        "slept",
    );
    let (reason, shift) = ("a cold".to_owned(), shift_id(3));
    let at = ShiftRef {
        person,
        month,
        shift,
    };
    let cannot = RotaRecord::CannotCome {
        shift,
        reason,
        holding,
    };
    act(&mut phone, "2026-11-24 09:12", Intent::say(at, cannot));

    let ceri = w.phone(CERI, "2026-11-25 10:00");
    let kept = handed_in(&phone, SIAN);
    let open = kept.len() + 2;
    let page = Page {
        open,
        kept,
        more: true,
    };
    let shown = aside(&ceri, &page);
    assert_eq!(shown.more, 2);
    let drawn: Vec<_> = shown
        .items
        .iter()
        .flat_map(|item| item.says.iter().map(draw))
        .collect();
    assert_eq!(
        drawn,
        [
            "07:31 ClockIn [] () ",
            "09:00 ClockOut [] () ",
            "09:10 amend to 07:25-09:05 [] (the bus) ",
            "09:11 WriteNote [slept] () ",
            "09:12 cannot-come true [] (a cold) ",
        ]
    );
    let item = &shown.items[0];
    assert_eq!(
        (item.who.short(), item.person.as_ref().map(Face::short)),
        ("Siân", Some("Morgan"))
    );
    assert_eq!(
        (item.came, item.why, item.bar),
        (t("2026-11-25 09:00"), Refusal::Revoked, None)
    );
}

#[test]
fn what_cannot_be_read_and_whose_name_it_bears_is_told() {
    let w = World::new();
    let mut phone = w.phone(SIAN, "2026-11-24 07:00");
    write_note(
        &mut phone,
        "2026-11-24 09:11",
        None,
        Audience::Team,
        "in another's name",
    );
    let ceri = w.phone(CERI, "2026-11-25 10:00");
    let mut kept = handed_in(&phone, RHYS);
    let unknown: Told = serde_json::from_str(r#"{"kind": "tea"}"#).expect("a value");
    let record = kept[0].records[0].0;
    kept.push(Kept {
        records: vec![(record, unknown)],
        ..kept[0].clone()
    });
    kept.push(Kept {
        records: Vec::new(),
        document: DocumentId::Team,
        bar: Some(Refusal::Unreadable),
        ..kept[0].clone()
    });
    let (open, more) = (3, false);
    let shown = aside(&ceri, &Page { open, kept, more });
    let drawn: Vec<Vec<_>> = shown
        .items
        .iter()
        .map(|item| item.says.iter().map(draw).collect())
        .collect();
    assert_eq!(drawn[0], ["09:11 WriteNote [in another's name] () Siân"]);
    assert_eq!(drawn[1], [format!("{} ? [] () ", at(record.made_at()))]);
    assert!(drawn[2].is_empty() && shown.items[2].person.is_none());
    assert_eq!(
        (shown.more, shown.items[2].bar),
        (0, Some(Refusal::Unreadable))
    );
}
