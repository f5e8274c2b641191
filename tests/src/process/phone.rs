//! Real phones: the app's own engine, store and HTTP, without its screens.

use anyhow::{Context, Result, ensure};
use automerge::ChangeHash;
use kith_app::{
    engine::{Link, Shell},
    platform::{http::Relay, store_memory::MemoryStore},
};
use kith_shared::{
    documents::DocumentId,
    domain::note::{Audience, NoteText},
    ids::PersonId,
    intent::Intent,
    time::Month,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// A phone with its store in memory.
pub type Phone = Rc<Shell<MemoryStore>>;

/// A new phone joins the relay at `origin` with this code, and fetches what there is.
pub async fn join(origin: &str, code: &str) -> Result<Phone> {
    let phone = reopen(MemoryStore::default(), origin).await?;
    phone.join(code).await.context("joining")?;
    phone.exchange().await?;
    Ok(phone)
}

/// The phone whose store this is, on its relay at `origin`.
pub async fn reopen(store: MemoryStore, origin: &str) -> Result<Phone> {
    Ok(Shell::open(store, Relay::new(origin)).await?)
}

/// A note with this text, for the team or for the family too.
pub fn note(person: PersonId, month: Month, audience: Audience, text: impl Into<String>) -> Intent {
    let says = NoteText {
        text: text.into(),
        ..NoteText::default()
    };
    Intent::WriteNote {
        person,
        month,
        visit: None,
        audience,
        says,
    }
}

/// All that a phone shows: its documents and the changes in them, waiting ones included.
pub fn documents(phone: &Phone) -> BTreeMap<DocumentId, BTreeSet<ChangeHash>> {
    let phone = phone.phone();
    let held = phone.held().iter();
    held.map(|(id, held)| {
        let changes = held.document().changes();
        (*id, changes.iter().map(automerge::Change::hash).collect())
    })
    .collect()
}

/// Lets phones of members with the same rights exchange until nothing is left to exchange, and
/// makes sure that they are level then: nothing waits, nothing was put aside, all hold the same.
pub async fn level(phones: &[Phone]) -> Result<()> {
    // Once to hand in, once to fetch what those after me handed in.
    for phone in phones.iter().chain(phones) {
        phone.exchange().await?;
        ensure!(
            phone.link() == Link::Reached,
            "a phone does not get through: {:?}",
            phone.link()
        );
    }
    for phone in phones {
        let waiting = phone.phone().outbox().len();
        ensure!(waiting == 0, "{waiting} acts wait on a level phone");
        let aside: Vec<_> = phone.phone().aside().map(|a| a.code).collect();
        ensure!(aside.is_empty(), "acts were put aside: {aside:?}");
        ensure!(
            documents(phone) == documents(&phones[0]),
            "phones that are level hold different documents"
        );
    }
    Ok(())
}
