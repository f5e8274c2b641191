//! People, documents and times that the tests share.

use kith_shared::{
    documents::{Author, Document, DocumentId, Record},
    domain::team::{Hat, Member, Role},
    ids::{DeviceId, MemberId, PersonId, RecordId},
    intent::{Intent, IntentError, Stamp},
    policy::Refusal,
    time::{Day, Moment, Month, Span},
};
use std::str::FromStr;

/// The person whom the tests are about, and another one.
pub const PERSON: PersonId = PersonId::from_bytes([7; 16]);
pub const OTHER: PersonId = PersonId::from_bytes([8; 16]);

pub const ANN: MemberId = MemberId::from_bytes([1; 16]);
pub const BEN: MemberId = MemberId::from_bytes([2; 16]);

pub fn name_of(member: MemberId) -> &'static str {
    match member {
        ANN => "Ann",
        BEN => "Ben",
        _ => "someone",
    }
}

/// A member; Ann, where she is a PA, holds the rota.
pub fn member(id: MemberId, role: Role) -> Member {
    let mut member = Member::plain(id, name_of(id), role);
    if (id, role) == (ANN, Role::Pa) {
        member
            .hats
            .insert(Hat::RotaHolder, Moment::from_millis(i64::MAX));
    }
    member
}

pub fn author(device: u8) -> Author {
    Author {
        device: DeviceId::from_bytes([device; 16]),
        life: 0,
    }
}

/// Of years that have been.
pub fn record_id(n: u8) -> RecordId {
    let mut bytes = [n; 16];
    bytes[0] = 1;
    RecordId::from_bytes(bytes)
}

pub fn november() -> Month {
    Month::new(2026, 11).unwrap()
}

pub fn visits_id() -> DocumentId {
    DocumentId::visits(PERSON, november())
}

/// `2026-11-24 08:30` on London's wall clock; of a time that it shows twice, the first.
pub fn t(text: &str) -> Moment {
    let number = |range| i16::from_str(&text[range]).unwrap();
    let small = |range| i8::from_str(&text[range]).unwrap();
    assert_eq!(text.len(), 16, "{text}");
    let day = Day::new(number(0..4), small(5..7), small(8..10)).unwrap();
    Moment::at(day, small(11..13), small(14..16))
}

/// `2026-11-24 08:30`, as London's wall clock shows it.
pub fn show(moment: Moment) -> String {
    let (hour, minute) = moment.clock();
    format!("{} {hour:02}:{minute:02}", moment.day())
}

pub fn record<B>(id: u8, by: MemberId, at: &str, body: B) -> Record<B> {
    Record {
        id: record_id(id),
        by,
        at: t(at),
        skew: Span::default(),
        body,
    }
}

/// Writes an intent as a phone does and says why it was refused.
pub fn write(
    document: &mut Document,
    writer: &Member,
    id: u8,
    intent: &Intent,
) -> Result<automerge::Change, Refusal> {
    let device = writer.id.to_bytes()[0];
    let stamp = Stamp::plain(t("2026-11-24 12:00"));
    match intent.write(document, author(device), writer, record_id(id), stamp) {
        Ok(change) => Ok(change),
        Err(IntentError::Refused(refusal)) => Err(refusal),
        Err(IntentError::Document(error)) => panic!("the document failed: {error}"),
    }
}

/// Calls `look` with the items in their order, reversed, and rotated to begin with each.
pub fn in_many_orders<T: Clone>(items: &[T], mut look: impl FnMut(&[T])) {
    let mut order = items.to_vec();
    for _ in 0..items.len().max(1) {
        look(&order);
        order.reverse();
        look(&order);
        order.reverse();
        if !order.is_empty() {
            order.rotate_left(1);
        }
    }
}

/// Without the indentation and the empty lines that a table in a test has around it.
pub fn plain(table: &str) -> String {
    let lines = table.lines().map(str::trim).filter(|l| !l.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
