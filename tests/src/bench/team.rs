//! A team to measure with.

use crate::process::{House, Phone, Relay, join, note};
use anyhow::{Context, Result};
use kith_shared::{
    domain::note::Audience,
    ids::{MemberId, PersonId},
    intent::Intent,
    time::Month,
};
use std::{cell::RefCell, path::Path};
use tempfile::TempDir;

const WORDS: [&str; 48] = [
    "had",
    "breakfast",
    "together",
    "and",
    "walked",
    "to",
    "the",
    "river",
    "slept",
    "well",
    "then",
    "rested",
    "on",
    "bench",
    "saw",
    "heron",
    "again",
    "made",
    "porridge",
    "sang",
    "along",
    "radio",
    "knee",
    "is",
    "sore",
    "stairs",
    "went",
    "slowly",
    "today",
    "met",
    "neighbours",
    "at",
    "market",
    "chose",
    "apples",
    "a",
    "birthday",
    "card",
    "was",
    "worried",
    "about",
    "letter",
    "from",
    "hospital",
    "read",
    "it",
    "twice",
    "laughed",
];

/// A relay with a new team that supports one person.
pub(super) struct Bench {
    pub(super) house: House,
    pub(super) relay: Relay,
    pub(super) person: PersonId,
    first: RefCell<Option<String>>,
    dice: RefCell<fastrand::Rng>,
    _folder: TempDir,
}

impl Bench {
    pub(super) fn new() -> Result<Self> {
        Self::start(House::serve)
    }

    /// As [`Self::new`], with the web app in this folder.
    pub(super) fn with_app(web: &Path) -> Result<Self> {
        Self::start(|house| house.serve_app(web))
    }

    fn start(serve: impl FnOnce(&House) -> Result<Relay>) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let house = House::at(folder.path());
        let (_, first) = house.found("Tîm Afon")?;
        let relay = serve(&house)?;
        let person = house.invite("person", "Morgan", &[])?.person;
        Ok(Self {
            house,
            relay,
            person: person.context("the person has no id")?,
            first: RefCell::new(Some(first.code)),
            dice: RefCell::new(fastrand::Rng::with_seed(2026)),
            _folder: folder,
        })
    }

    /// A PA's phone that talks to the relay at `origin`, level with it.
    pub(super) async fn pa(&self, origin: &str) -> Result<Phone> {
        join(origin, &self.code()?).await
    }

    fn code(&self) -> Result<String> {
        let first = self.first.borrow_mut().take();
        first.map_or_else(|| Ok(self.house.invite("pa", "Rhys", &[])?.code), Ok)
    }

    /// A further device of a member: where there are more phones than members.
    pub(super) async fn device(&self, member: MemberId) -> Result<Phone> {
        join(self.relay.origin(), &self.house.invite_again(member)?.code).await
    }

    /// A note of a usual length, unlike any other.
    pub(super) fn note(&self, month: Month) -> Intent {
        let text = words(&mut self.dice.borrow_mut());
        note(self.person, month, Audience::Team, text)
    }
}

/// What a note says, of a usual length.
pub(super) fn words(dice: &mut fastrand::Rng) -> String {
    let words: Vec<_> = (0..dice.usize(10..40))
        .map(|_| WORDS[dice.usize(..WORDS.len())])
        .collect();
    words.join(" ")
}
