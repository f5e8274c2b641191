//! The `team` document: who belongs to the team and whom it supports.

use super::Document;
use crate::{
    domain::team::{Member, Person, Roster},
    ids::PersonId,
};
use serde::{Deserialize, Serialize};

/// A record of the team document. A later record of the same member or person replaces the
/// earlier: the relay alone writes, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum TeamRecord {
    /// The team is called so.
    Named {
        /// Its name.
        name: String,
    },
    /// A member joined or changed.
    Member {
        /// As they are now.
        member: Member,
    },
    /// A person is supported by the team, or changed.
    Person {
        /// As they are now.
        person: Person,
    },
    /// How long it takes between two persons.
    Travel {
        /// One.
        from: PersonId,
        /// The other; the way back is as long.
        to: PersonId,
        /// Minutes.
        minutes: u16,
    },
}

/// The team as its document tells it.
pub fn roster(document: &Document) -> Roster {
    let mut roster = Roster::default();
    for record in document.records().0 {
        match record.body {
            TeamRecord::Named { name } => roster.name = name,
            TeamRecord::Member { member } => {
                roster.members.insert(member.id, member);
            }
            TeamRecord::Person { person } => {
                roster.people.insert(person.id, person);
            }
            TeamRecord::Travel { from, to, minutes } => {
                roster.travel.insert((from.min(to), from.max(to)), minutes);
            }
        }
    }
    roster
}
