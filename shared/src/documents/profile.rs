//! The `profile` document of a person: who they are, and what they want of who comes to them.

use super::Whole;
use crate::{
    domain::{
        profile::{Choice, Profile},
        team::Person,
    },
    ids::MemberId,
};
use serde::{Deserialize, Serialize};

/// A record of the profile. A later record about the same thing replaces the earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum ProfileRecord {
    /// Who they are. The relay alone writes it: a person is invited with it.
    Person {
        /// As they are now.
        person: Person,
    },
    /// How a PA may come, or all others when none is named.
    Choice {
        /// Who.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pa: Option<MemberId>,
        /// How.
        choice: Choice,
    },
    /// Who is told when nobody comes; nobody when none is named.
    Contact {
        /// Who.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        member: Option<MemberId>,
    },
}

/// The profile as its document tells it.
pub fn profile<'a>(whole: impl Into<Whole<'a>>) -> Profile {
    let mut profile = Profile::default();
    for record in whole.into().records().0 {
        match record.body {
            ProfileRecord::Person { person } => profile.person = Some(person),
            ProfileRecord::Choice {
                pa: Some(pa),
                choice,
            } => drop(profile.choices.insert(pa, choice)),
            ProfileRecord::Choice { pa: None, choice } => profile.others = Some(choice),
            ProfileRecord::Contact { member } => profile.contact = member,
        }
    }
    profile
}
