//! What each member was to the team, and from which place in the journal on: a phone that comes
//! back was levelled to what its member could read *then*.

use super::archive::Archive;
use kith_shared::{
    documents::{
        Document, Record,
        team::{TeamRecord, told},
    },
    domain::team::Member,
    ids::MemberId,
    sync::Seq,
};
use std::collections::{BTreeMap, BTreeSet};

/// What each member was, the earliest first. Worked out from the team's document and the places of
/// its records in the journal, so what comes back to a restored relay counts from when it came.
#[derive(Debug, Clone, Default)]
pub struct Rights(BTreeMap<MemberId, Vec<(Seq, Member)>>);

impl Rights {
    /// As the team's document, of which this is the archive, tells them.
    pub fn read(document: &Document, archive: &Archive) -> Self {
        let mut about: BTreeMap<MemberId, Vec<(Seq, Record<TeamRecord>)>> = BTreeMap::new();
        let mut about_all = Vec::new();
        for record in document.records().0 {
            let change = document.change_of(record.id);
            let held = change.and_then(|change| archive.find(&change));
            match (held, concerns(&record.body)) {
                (Some(held), Concerns::Member(member)) => {
                    about.entry(member).or_default().push((held.seq, record));
                }
                (Some(held), Concerns::All) => about_all.push((held.seq, record)),
                (None, _) | (_, Concerns::Nobody) => {}
            }
        }
        let versions = about.into_iter().map(|(member, mut records)| {
            records.extend_from_slice(&about_all);
            records.sort_by_key(|(_, record)| record.id);
            let places: BTreeSet<_> = records.iter().map(|(seq, _)| *seq).collect();
            let versions = places.into_iter().filter_map(|place| {
                let known = records.iter().filter(|(seq, _)| *seq <= place);
                let mut team = told(known.map(|(_, record)| record.clone()));
                Some((place, team.members.remove(&member)?))
            });
            (member, versions.collect())
        });
        Self(versions.collect())
    }

    /// What the member was at this place in the journal, and what they became after it.
    pub fn since(&self, member: MemberId, seq: Seq) -> impl Iterator<Item = &Member> {
        let all = self.0.get(&member).map_or(&[][..], Vec::as_slice);
        let after = all.partition_point(|(from, _)| *from <= seq);
        all[after.saturating_sub(1)..].iter().map(|(_, was)| was)
    }

    /// Whether the member became something else after this place in the journal.
    pub fn is_another_since(&self, member: MemberId, seq: Seq) -> bool {
        let last = self.0.get(&member).and_then(|were| were.last());
        last.is_some_and(|(at, _)| *at > seq)
    }
}

/// Whose rights a record can change.
enum Concerns {
    Member(MemberId),
    All,
    Nobody,
}

fn concerns(record: &TeamRecord) -> Concerns {
    match record {
        TeamRecord::Member { member } => Concerns::Member(member.id),
        TeamRecord::Left { member, .. } | TeamRecord::Withheld { member, .. } => {
            Concerns::Member(*member)
        }
        TeamRecord::Erased { .. } => Concerns::All,
        TeamRecord::Named { .. }
        | TeamRecord::Person { .. }
        | TeamRecord::Travel { .. }
        | TeamRecord::CareEnded { .. }
        | TeamRecord::CareResumed { .. }
        | TeamRecord::DeviceLost { .. } => Concerns::Nobody,
    }
}

#[cfg(test)]
mod tests;
