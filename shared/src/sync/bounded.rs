//! Lists of a request, read no further than one beyond what a request may have: that one tells that
//! there are more, and a megabyte of nothings does not become a hundred in memory.

use super::{Given, Push, Seq, TeamRequest};
use crate::{bytes::Bytes, ids::RecordId, limits};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, SeqAccess, Visitor},
};
use std::fmt;

pub(super) fn teams<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<TeamRequest>, D::Error> {
    let changes = |team: &TeamRequest| {
        let given = team.heal.as_ref().map_or(0, |heal| heal.give.len());
        given + team.push.iter().map(weight).sum::<usize>() + team.unseen.len()
    };
    // More than this is more than one of them allows.
    let most = limits::CHANGES_PER_PUSH + limits::UNSEEN_PER_REQUEST + limits::TEAMS_PER_REQUEST;
    read(from, most, changes)
}

pub(super) fn push<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Push>, D::Error> {
    read(from, limits::CHANGES_PER_PUSH, weight)
}

pub(super) fn changes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Bytes>, D::Error> {
    read(from, limits::CHANGES_PER_PUSH, |_| 1)
}

pub(super) fn give<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Given>, D::Error> {
    read(from, limits::CHANGES_PER_PUSH, |_| 1)
}

pub(super) fn unseen<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Seq>, D::Error> {
    read(from, limits::UNSEEN_PER_REQUEST, |_| 1)
}

pub(super) fn aside<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<RecordId>, D::Error> {
    read(from, limits::QUARANTINE_PER_MEMBER, |_| 1)
}

fn weight(push: &Push) -> usize {
    push.changes.len()
}

/// Reads a list until what it has weighs more than `most`, and skips the rest. Each item weighs at
/// least one.
fn read<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
    most: usize,
    weigh: fn(&T) -> usize,
) -> Result<Vec<T>, D::Error> {
    struct Bounded<T> {
        most: usize,
        weigh: fn(&T) -> usize,
    }
    impl<'de, T: Deserialize<'de>> Visitor<'de> for Bounded<T> {
        type Value = Vec<T>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
            let (mut items, mut weight) = (Vec::new(), 0);
            while weight <= self.most {
                let Some(item) = seq.next_element()? else {
                    return Ok(items);
                };
                weight += (self.weigh)(&item).max(1);
                items.push(item);
            }
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            Ok(items)
        }
    }
    from.deserialize_seq(Bounded { most, weigh })
}
