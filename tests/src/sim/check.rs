//! The promises.

use super::{
    people::{ABOUT, TEAM_ONLY},
    world::World,
};
use automerge::ChangeHash;
use kith_app::engine::{Found, Phone};
use kith_shared::{
    documents::{DocumentId, DocumentKind},
    domain::team::Role,
    ids::{PersonId, RecordId},
    policy::Refusal,
    sync::{Stand, SyncReply, TeamReply},
};
use std::collections::BTreeMap;

/// Whether a phone has a record: as accepted, as waiting, or as put aside.
pub fn holds(phone: &Phone, document: DocumentId, record: RecordId) -> bool {
    let mut parts = phone.held().range(document.parts());
    parts.any(|(_, part)| part.document().change_of(record).is_some())
        || phone.outbox().iter().any(|o| o.record == record)
        || phone.aside().any(|a| a.record == record)
}

/// What of a phone must stay as it is when nothing happens.
pub fn picture(phone: &Phone) -> (Option<Stand>, usize, usize, Vec<ChangeHash>) {
    let sent = phone.request().map(|r| r.request);
    let held = phone.held().values();
    let heads = held.flat_map(|d| d.vetted().heads()).collect();
    (
        sent.and_then(|r| r.cursor),
        phone.outbox().len(),
        phone.aside().count(),
        heads,
    )
}

/// No reply has a byte that its reader's role may not read. The words that notes are marked with
/// are looked for in the raw bytes, and the table of who reads what is spelled out here, apart
/// from the one that the relay goes by.
pub fn no_leak(
    role: Role,
    people: &[PersonId],
    reply: &SyncReply,
    bytes: &[u8],
) -> Result<(), String> {
    let has = |words: &str| bytes.windows(words.len()).any(|w| w == words.as_bytes());
    if matches!(role, Role::FamilyContact(_)) && has(TEAM_ONLY) {
        return Err("team notes in the reply to a family contact".to_owned());
    }
    for person in people {
        if role.person().is_some_and(|mine| mine != *person) && has(&format!("{ABOUT}-{person}")) {
            return Err(format!("notes about {person} in the reply to {role:?}"));
        }
    }
    for team in &reply.teams {
        let TeamReply::Level(level) = team else {
            continue;
        };
        for news in &level.news {
            let kind = news.document.kind();
            let others = role.person().is_some()
                && news.document.person().is_some()
                && role.person() != news.document.person();
            let family = matches!(role, Role::FamilyContact(_))
                && !matches!(kind, DocumentKind::Circle | DocumentKind::Notes);
            if others || family {
                return Err(format!("{} in the reply to {role:?}", news.document));
            }
        }
    }
    Ok(())
}

/// Everything that must hold when all have come to rest.
pub fn all(world: &World) -> Result<(), String> {
    let mut heads: BTreeMap<DocumentId, _> = BTreeMap::new();
    for id in world.relay.documents() {
        heads.insert(id, world.relay.heads(id));
    }
    for (at, sim) in world.phones.iter().enumerate() {
        let Some(phone) = &sim.phone else {
            return Err(format!("phone {at} is down"));
        };
        if !phone.outbox().is_empty() {
            return Err(format!(
                "phone {at} still has {} acts to send",
                phone.outbox().len()
            ));
        }
        // That a document went on in another part is nothing to tell anyone.
        let moved = |code| matches!(code, Refusal::Full | Refusal::NotBegun);
        if let Some(aside) = phone.aside().find(|aside| moved(aside.code)) {
            return Err(format!("phone {at} put aside {aside:?}"));
        }
        // The relay's signature is under all that it holds, and an honest relay was never found to
        // send other things than it signed.
        if phone.checked().map(Stand::from) != picture(phone).0 {
            return Err(format!(
                "phone {at} stands where the relay has signed nothing: {:?}",
                phone.checked()
            ));
        }
        for doubt in phone.doubts() {
            if doubt.found == Found::NotAsSigned || world.stats.relay_restores == 0 {
                return Err(format!("phone {at} doubts the relay: {doubt:?}"));
            }
        }
        for (id, heads) in &heads {
            let reads = match sim.role {
                Role::FamilyContact(p) => {
                    id.person() == Some(p)
                        && matches!(id.kind(), DocumentKind::Circle | DocumentKind::Notes)
                }
                // When a PA can work is for the team.
                role if id.kind() == DocumentKind::Availability => {
                    matches!(role, Role::Pa | Role::Manager)
                }
                role => {
                    role.person().is_none() || id.person().is_none() || role.person() == id.person()
                }
            };
            match phone.held().get(id) {
                Some(held) if reads && held.vetted().heads() == *heads => {}
                Some(_) if reads => {
                    return Err(format!("phone {at} ({:?}) has another {id}", sim.role));
                }
                Some(_) => return Err(format!("phone {at} ({:?}) holds {id}", sim.role)),
                None if reads => return Err(format!("phone {at} ({:?}) lacks {id}", sim.role)),
                None => {}
            }
        }
    }
    for (record, saved) in &world.saved {
        let aside = world.phones[saved.phone].phone.as_ref();
        let aside = aside.is_some_and(|p| p.aside().any(|a| a.record == *record));
        if !aside && !world.relay.has(saved.document, *record) {
            return Err(format!(
                "record {record} of {} was saved by phone {} and is gone",
                saved.document, saved.phone
            ));
        }
    }
    world.relay.sound()
}
