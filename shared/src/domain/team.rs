//! The people of a team.

use crate::ids::{MemberId, PersonId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a member is to the team; `domain.md`, *The people*. A role that speaks for or to one
/// person carries that person, so no role can be without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "role", content = "person")]
pub enum Role {
    /// A personal assistant: works shifts, clocks visits, writes notes.
    Pa,
    /// The person who receives support and directs it.
    Person(PersonId),
    /// Acts for a person who lacks capacity for that decision.
    AuthorisedPerson(PersonId),
    /// Chosen by the person; reads shared notes and sees who is coming.
    FamilyContact(PersonId),
    /// Answers to the regulator; reviews logs, does not run the rota.
    Manager,
}

impl Role {
    /// The person that the role is bound to.
    pub fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(p) | Self::AuthorisedPerson(p) | Self::FamilyContact(p) => Some(p),
            Self::Pa | Self::Manager => None,
        }
    }
    /// Its name in addresses and on the command line: `pa`, `family-contact`, …
    pub fn name(self) -> &'static str {
        match self {
            Self::Pa => "pa",
            Self::Person(_) => "person",
            Self::AuthorisedPerson(_) => "authorised-person",
            Self::FamilyContact(_) => "family-contact",
            Self::Manager => "manager",
        }
    }
}

/// A member of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// As people call them.
    pub name: String,
    /// What they are to the team.
    #[serde(flatten)]
    pub role: Role,
}

/// Someone who receives support.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// As they want to be called.
    pub name: String,
    /// Where visits are, as they want it shown; may be empty.
    #[serde(default)]
    pub address: String,
    /// What they want to do and keep doing, in their words: notes say how it went against these.
    #[serde(default)]
    pub goals: Vec<String>,
}

/// The team as its document tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    /// The name of the team.
    pub name: String,
    /// Everyone who belongs to it.
    pub members: BTreeMap<MemberId, Member>,
    /// Everyone it supports.
    pub people: BTreeMap<PersonId, Person>,
}
