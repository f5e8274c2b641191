//! The `team` document: who belongs to the team and whom it supports.

use super::{DocumentKind, Record, Whole};
use crate::{
    domain::team::{Member, Person, Roster},
    ids::{DeviceId, MemberId, PersonId},
    time::Day,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A record of the team document. A later record of the same member or person replaces the
/// earlier: the relay alone writes, one after the other. That someone left or was erased, or a
/// device was lost, is for ever, whatever is said after it: a relay that was restored from a backup lets people in
/// again before it hears that they had left.
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
    /// A person is supported by the team. Their profile says who they are.
    Person {
        /// Who.
        person: PersonId,
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
    /// A member does not belong to the team any more.
    Left {
        /// Who.
        member: MemberId,
        /// Who said so, which the relay then wrote; nobody when it was its administrator.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said_by: Option<MemberId>,
    },
    /// A device is out of its member's hands: lost, stolen, given away.
    DeviceLost {
        /// Which.
        device: DeviceId,
        /// Whose it was.
        member: MemberId,
        /// As in [`Self::Left`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said_by: Option<MemberId>,
    },
    /// What a family contact may not read any more, in place of what was said before.
    Withheld {
        /// From whom.
        member: MemberId,
        /// Which kinds of documents; none when all is shared again.
        kinds: BTreeSet<DocumentKind>,
        /// Who speaks for the person.
        said_by: MemberId,
    },
    /// The team's care of a person ended: the clock of their records begins to run. In place of
    /// what was said before.
    CareEnded {
        /// Whose.
        person: PersonId,
        /// The last day.
        on: Day,
    },
    /// They came back: that clock stands still again.
    CareResumed {
        /// Who.
        person: PersonId,
        /// The first day.
        on: Day,
    },
    /// The records of a person are erased: their key is destroyed, and phones forget them.
    Erased {
        /// Who.
        person: PersonId,
    },
}

/// The team as its document tells it.
pub fn roster<'a>(whole: impl Into<Whole<'a>>) -> Roster {
    told(whole.into().records().0)
}

/// The team as these records tell it, the earliest first.
pub fn told(records: impl IntoIterator<Item = Record<TeamRecord>>) -> Roster {
    let mut roster = Roster::default();
    let (mut left, mut withheld) = (BTreeMap::new(), BTreeMap::new());
    for record in records {
        match record.body {
            TeamRecord::Named { name } => roster.name = name,
            TeamRecord::Member { member } => {
                roster.members.insert(member.id, member);
            }
            TeamRecord::Person { person } => {
                roster.people.insert(person, Person::unnamed(person));
            }
            TeamRecord::Travel { from, to, minutes } => {
                roster.travel.insert((from.min(to), from.max(to)), minutes);
            }
            TeamRecord::Left { member, .. } => {
                left.entry(member).or_insert(record.at);
            }
            TeamRecord::DeviceLost { device, member, .. } => {
                roster.lost.insert(device, member);
            }
            TeamRecord::Withheld { member, kinds, .. } => {
                withheld.insert(member, kinds);
            }
            // How long records are kept is for who keeps them.
            TeamRecord::CareEnded { .. } | TeamRecord::CareResumed { .. } => {}
            TeamRecord::Erased { person } => {
                roster.erased.entry(person).or_insert(record.at);
            }
        }
    }
    let erased = &roster.erased;
    roster
        .people
        .retain(|person, _| !erased.contains_key(person));
    roster
        .travel
        .retain(|(one, other), _| !erased.contains_key(one) && !erased.contains_key(other));
    for member in roster.members.values_mut() {
        member.left = left.remove(&member.id);
        member.withheld = withheld.remove(&member.id).unwrap_or_default();
        member.erased = erased.keys().copied().collect();
        // Who was there for a person has nobody to be there for.
        let whose = member.role.person().and_then(|p| erased.get(&p));
        member.left = member.left.or(whose.copied());
        if member.left.is_some() {
            member.hats.clear();
        }
    }
    roster
}
