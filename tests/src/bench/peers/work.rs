//! The changes that all three servers get: visit notes, and clock ins and outs.

use super::super::team::words;
use crate::process::Phone;
use anyhow::{Context, Result, ensure};
use kith_shared::{
    bytes::Bytes,
    documents::{Document, DocumentId},
    domain::note::{Activity, Audience, Eaten, Meal, Mood, NoteText},
    ids::{PersonId, VisitId},
    intent::Intent,
};

/// Something that a phone comes back to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    /// As the table calls it.
    pub(super) name: &'static str,
    /// Persons with documents.
    pub(super) persons: usize,
    /// Which documents each of them has.
    pub(super) kinds: &'static [Kind],
    /// Changes in each document that both sides have.
    pub(super) history: usize,
    /// Changes in each document that were made meanwhile, here and elsewhere.
    pub(super) up: usize,
    pub(super) down: usize,
    /// Over the long line.
    pub(super) far: bool,
}

/// A kind of document that PAs write in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Notes,
    Visits,
}

/// What is measured with phones that come back.
pub(super) const CASES: &[Case] = &[
    Case {
        name: "40 documents edited on both sides",
        persons: 20,
        kinds: &[Kind::Notes, Kind::Visits],
        history: 10,
        up: 1,
        down: 1,
        far: true,
    },
    one("notes, history 10", Kind::Notes, 10),
    one("notes, history 100", Kind::Notes, 100),
    one("notes, history 1000", Kind::Notes, 1000),
    one("visits, history 10", Kind::Visits, 10),
    one("visits, history 100", Kind::Visits, 100),
    one("visits, history 1000", Kind::Visits, 1000),
];

/// One document, 5 changes up and 3 down.
const fn one(name: &'static str, kind: Kind, history: usize) -> Case {
    Case {
        name,
        persons: 1,
        kinds: match kind {
            Kind::Notes => &[Kind::Notes],
            Kind::Visits => &[Kind::Visits],
        },
        history,
        up: 5,
        down: 3,
        far: false,
    }
}

/// The changes of a document that a phone comes back to.
#[derive(Debug, Default)]
pub(super) struct Edited {
    /// The first makes the document.
    pub(super) history: Vec<Bytes>,
    pub(super) up: Vec<Bytes>,
    pub(super) down: Vec<Bytes>,
}

/// A phone that writes what is needed.
pub(super) struct Writer<'a> {
    phone: &'a Phone,
    dice: fastrand::Rng,
    /// The visit that has begun.
    visit: Option<VisitId>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(phone: &'a Phone) -> Self {
        Self {
            phone,
            dice: fastrand::Rng::new(),
            visit: None,
        }
    }

    /// Writes a change of this kind about a person; returns its document and its bytes.
    pub(super) async fn write(
        &mut self,
        kind: Kind,
        person: PersonId,
    ) -> Result<(DocumentId, Bytes)> {
        let intent = match kind {
            Kind::Notes => self.note(person, Audience::Team),
            Kind::Visits => self.clock(person),
        };
        let begins = matches!(intent, Intent::ClockIn { .. });
        let (document, record, change) = self.act(intent).await?;
        self.visit = begins.then(|| record.into());
        Ok((document, change))
    }

    /// Writes a note that the person's family may read.
    pub(super) async fn write_for_family(
        &mut self,
        person: PersonId,
    ) -> Result<(DocumentId, Bytes)> {
        let intent = self.note(person, Audience::Family);
        let (document, _, change) = self.act(intent).await?;
        Ok((document, change))
    }

    async fn act(&self, intent: Intent) -> Result<(DocumentId, kith_shared::ids::RecordId, Bytes)> {
        let record = self.phone.act(intent).await?;
        let phone = self.phone.phone();
        let last = phone.outbox().last().context("it waits to be sent")?;
        ensure!(last.record == record, "another act was faster");
        // A part of the document, where that has got long.
        Ok((last.document(), record, last.change.clone()))
    }

    fn note(&mut self, person: PersonId, audience: Audience) -> Intent {
        let dice = &mut self.dice;
        let mut pick = |n: usize| dice.usize(..n);
        let moods = [Mood::Great, Mood::Good, Mood::Mixed, Mood::Low];
        let eaten = [Eaten::All, Eaten::Some, Eaten::Little];
        let activities = [
            Activity::PersonalCare,
            Activity::Cooking,
            Activity::Outing,
            Activity::Social,
            Activity::Rest,
        ];
        let says = NoteText {
            mood: Some(moods[pick(moods.len())]),
            meals: [
                (Meal::Breakfast, eaten[pick(3)]),
                (Meal::Lunch, eaten[pick(3)]),
            ]
            .into(),
            activities: vec![activities[pick(3)], activities[3 + pick(2)]],
            text: words(dice),
            ..NoteText::default()
        };
        Intent::WriteNote {
            person,
            month: self.phone.now().month(),
            visit: None,
            audience,
            says,
        }
    }

    fn clock(&self, person: PersonId) -> Intent {
        let month = self.phone.now().month();
        match self.visit {
            None => Intent::ClockIn {
                person,
                month,
                shift: None,
                place: None,
            },
            Some(visit) => Intent::ClockOut {
                person,
                month,
                visit,
            },
        }
    }
}

/// The change with which a document begins.
pub(super) fn genesis(id: DocumentId) -> Result<Bytes> {
    let document = Document::new(id);
    let heads = document.heads();
    let change = heads.first().and_then(|hash| document.change(hash));
    let change = change.context("every document begins with a change")?;
    Ok(Bytes(change.raw_bytes().to_vec()))
}

/// Their bytes, all together.
pub(super) fn size(changes: &[Bytes]) -> u64 {
    changes.iter().map(|change| change.0.len() as u64).sum()
}
