//! Visit notes.

use crate::{
    documents::{Record, notes::NoteRecord},
    ids::{MemberId, NoteId, PersonId, VisitId},
    time::Moment,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who may read a note: it decides the document that the note goes into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// The team and the family contacts whom the person chose.
    Family,
    /// The team and the person.
    Team,
}

/// How the person's day felt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // The words say it.
pub enum Mood {
    Great,
    Good,
    Mixed,
    Low,
    Poorly,
}

/// How much of a meal was eaten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Eaten {
    All,
    Some,
    Little,
    None,
}

/// A meal of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Meal {
    Breakfast,
    Lunch,
    Dinner,
    Snack,
    Drinks,
}

/// What was done together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Activity {
    PersonalCare,
    Cooking,
    Housework,
    Shopping,
    Outing,
    Exercise,
    Social,
    Rest,
    Appointment,
}

/// How it went against one of the person's own goals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Progress {
    Well,
    Partly,
    NotToday,
}

/// What a note says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteText {
    /// Mood, if noted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mood: Option<Mood>,
    /// Meals and how much was eaten.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub meals: BTreeMap<Meal, Eaten>,
    /// What was done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
    /// The person's goals in their words, and how it went.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub goals: BTreeMap<String, Progress>,
    /// Free text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl NoteText {
    /// It says nothing at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
            || (self.text.trim().is_empty() && {
                let rest = Self {
                    text: String::new(),
                    ..self.clone()
                };
                rest == Self::default()
            })
    }
}

/// A note as its records tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Which note.
    pub id: NoteId,
    /// About whom.
    pub person: PersonId,
    /// The visit that it belongs to, if any.
    pub visit: Option<VisitId>,
    /// Who wrote it.
    pub author: MemberId,
    /// When it was first written, by the author's phone.
    pub at: Moment,
    /// Who may read it.
    pub audience: Audience,
    /// What it says now.
    pub says: NoteText,
    /// What it said before, the oldest first, with the reason for each change.
    pub earlier: Vec<(NoteText, String)>,
    /// The records that tell it: the first, then one a change, in the order of `earlier`.
    pub records: Vec<Record<()>>,
}

/// The notes about `person` that these records tell of. Total, and the same for any order of the records.
pub fn notes<'a>(
    person: PersonId,
    audience: Audience,
    records: impl IntoIterator<Item = &'a Record<NoteRecord>>,
) -> BTreeMap<NoteId, Note> {
    let mut all: Vec<_> = records.into_iter().collect();
    all.sort_by_key(|r| r.id);
    let mut found: BTreeMap<NoteId, Note> = BTreeMap::new();
    for r in &all {
        if let NoteRecord::Note { visit, says } = &r.body {
            let note = Note {
                id: r.id.into(),
                person,
                visit: *visit,
                author: r.by,
                at: r.at,
                audience,
                says: says.clone(),
                earlier: Vec::new(),
                records: vec![r.with(())],
            };
            found.insert(note.id, note);
        }
    }
    for r in &all {
        if let NoteRecord::Amendment { note, says, reason } = &r.body
            && let Some(n) = found.get_mut(note)
            && n.author == r.by
        {
            let before = std::mem::replace(&mut n.says, says.clone());
            n.earlier.push((before, reason.clone()));
            n.records.push(r.with(()));
        }
    }
    found
}
