//! What a person wants of who comes to them.

use crate::{domain::team::Person, ids::MemberId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a PA may come to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// They know me: no need to ask.
    Automatic,
    /// Ask me first.
    AskMe,
    /// Not to me.
    Never,
}

/// The person and their choices, as their document tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// Who they are.
    pub person: Option<Person>,
    /// For each PA about whom something was said.
    pub choices: BTreeMap<MemberId, Choice>,
    /// For all others, if something was said.
    pub others: Option<Choice>,
    /// Who is told when nobody comes.
    pub contact: Option<MemberId>,
}

impl Profile {
    /// This PA is not to come.
    pub fn bars(&self, pa: MemberId) -> bool {
        self.choices.get(&pa).copied().or(self.others) == Some(Choice::Never)
    }
}
