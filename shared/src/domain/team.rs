//! The people of a team.

use crate::{
    documents::DocumentKind,
    ids::{DeviceId, MemberId, PersonId},
    time::{Moment, Span},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a member is to the team. A role that speaks for or to one
/// person carries that person, so no role can be without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "RoleForm", into = "RoleForm")]
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

/// A role as it is written: plain fields, which every format can keep.
#[derive(Serialize, Deserialize)]
struct RoleForm {
    role: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    person: Option<PersonId>,
}

impl From<Role> for RoleForm {
    fn from(role: Role) -> Self {
        Self {
            role: role.name().to_owned(),
            person: role.person(),
        }
    }
}

impl TryFrom<RoleForm> for Role {
    type Error = String;
    fn try_from(RoleForm { role, person }: RoleForm) -> Result<Self, String> {
        match (role.as_str(), person) {
            ("pa", None) => Ok(Self::Pa),
            ("manager", None) => Ok(Self::Manager),
            ("person", Some(p)) => Ok(Self::Person(p)),
            ("authorised-person", Some(p)) => Ok(Self::AuthorisedPerson(p)),
            ("family-contact", Some(p)) => Ok(Self::FamilyContact(p)),
            (_, Some(_)) => Err(format!("{role:?} is no role that is bound to a person")),
            (_, None) => Err(format!("{role:?} is no role of its own")),
        }
    }
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
    /// The responsibilities that they took on for a while, each until a time.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hats: BTreeMap<Hat, Moment>,
    /// When they left. They read and write nothing from then on, and never come back as who they
    /// were; their name stays under what they wrote. Records of its own say so, as with
    /// [`Self::withheld`]: no later record of the member can undo it by the way.
    #[serde(skip)]
    pub left: Option<Moment>,
    /// What the person whom their role is bound to does not share with them any more.
    #[serde(skip)]
    pub withheld: BTreeSet<DocumentKind>,
    /// The persons whose records nobody can read any more.
    #[serde(skip)]
    pub erased: BTreeSet<PersonId>,
}

/// A responsibility that one of the team takes on for a while, where all can see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hat {
    /// Drafts and publishes the rota.
    RotaHolder,
}

impl Member {
    /// A member without a hat.
    pub fn plain(id: MemberId, name: impl Into<String>, role: Role) -> Self {
        Self {
            id,
            name: name.into(),
            role,
            hats: BTreeMap::new(),
            left: None,
            withheld: BTreeSet::new(),
            erased: BTreeSet::new(),
        }
    }
    /// They work shifts: a PA, who has not left.
    pub fn works(&self) -> bool {
        self.role == Role::Pa && self.left.is_none()
    }
    /// They wear the rota holder's hat at this time.
    pub fn holds_rota(&self, at: Moment) -> bool {
        self.hats
            .get(&Hat::RotaHolder)
            .is_some_and(|until| at < *until)
    }
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

impl Person {
    /// Someone of whom nothing is known yet.
    pub fn unnamed(id: PersonId) -> Self {
        Self {
            id,
            name: String::new(),
            address: String::new(),
            goals: Vec::new(),
        }
    }
}

/// The team as its document tells it. Persons, and members who are one, have their names from
/// `profile/PERSON`: what is about a person goes when they are erased.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    /// The name of the team.
    pub name: String,
    /// Everyone who belongs to it or did.
    pub members: BTreeMap<MemberId, Member>,
    /// Devices that are out of their member's hands, and whose they were.
    pub lost: BTreeMap<DeviceId, MemberId>,
    /// Everyone it supports.
    pub people: BTreeMap<PersonId, Person>,
    /// Persons whose records were erased, and when: nobody reads or writes about them.
    pub erased: BTreeMap<PersonId, Moment>,
    /// The minutes from one person's place to another's, the lower id first.
    pub travel: BTreeMap<(PersonId, PersonId), u16>,
}

impl Roster {
    /// Everyone who belongs to the team now.
    pub fn present(&self) -> impl Iterator<Item = &Member> {
        self.members.values().filter(|m| m.left.is_none())
    }

    /// How long it takes from one person to another; nothing where nobody has said.
    pub fn travel(&self, from: PersonId, to: PersonId) -> Span {
        let minutes = self.travel.get(&(from.min(to), from.max(to)));
        Span::minutes(minutes.copied().unwrap_or(0).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_kept_by_both_forms() {
        let person = PersonId::from_bytes([3; 16]);
        for role in [
            Role::Pa,
            Role::Person(person),
            Role::AuthorisedPerson(person),
            Role::FamilyContact(person),
            Role::Manager,
        ] {
            let packed = rmp_serde::to_vec(&role).unwrap();
            assert_eq!(rmp_serde::from_slice::<Role>(&packed).unwrap(), role);
            let text = serde_json::to_string(&role).unwrap();
            assert_eq!(serde_json::from_str::<Role>(&text).unwrap(), role);
        }
        assert!(serde_json::from_str::<Role>(r#"{"role":"family-contact"}"#).is_err());
    }
}
