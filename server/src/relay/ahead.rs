//! Vetting takes most of the time of a request, and changes nothing: so what waits is vetted side by
//! side, against the team as it is before the first of it is decided. When a request's turn comes,
//! what was vetted against something that has changed since is vetted again.

use super::{
    fold::Team,
    push::{Sender, by_document},
    scribe::Decided,
};
use crate::vet::Batch;
use kith_shared::{
    documents::DocumentId,
    domain::team::Member,
    ids::DeviceId,
    policy::{self, Refusal},
    sync::{Hash, Push, Seq, TeamRequest},
    time::Moment,
};
use std::collections::BTreeMap;

/// What was vetted ahead of a request's turn.
#[derive(Debug, Default)]
pub struct Ahead(BTreeMap<DocumentId, (Grounds, Batch)>);

/// All that the verdicts about a document hang on, beside the changes and their device.
#[derive(Debug, PartialEq, Eq)]
struct Grounds {
    member: Member,
    closed: Option<Refusal>,
    /// Where the chain of each part of the document ends: that names all that is in it, also where
    /// the team was read again in between.
    parts: Vec<(DocumentId, Hash)>,
}

impl Ahead {
    /// The verdicts about so many changes of this document, if they are what they would be now.
    pub(super) fn take(
        &mut self,
        team: &Team,
        from: &Member,
        id: DocumentId,
        count: usize,
    ) -> Option<Batch> {
        let (grounds, batch) = self.0.remove(&id)?;
        // Of a push more may be let in by now, or less.
        let same = batch.verdicts.len() == count && grounds == team.grounds(from, id);
        same.then_some(batch)
    }
}

#[cfg(test)]
impl Ahead {
    /// Whether there is something, and all of it is of use.
    pub(super) fn stands(&self, team: &Team, device: DeviceId) -> bool {
        let Some(from) = team.member_of(device) else {
            return false;
        };
        let mut each = self.0.iter();
        !self.0.is_empty() && each.all(|(id, (grounds, _))| *grounds == team.grounds(from, *id))
    }
}

impl Team {
    /// Vets what a device hands in, ahead of its turn.
    pub fn look_ahead(&self, device: DeviceId, request: &TeamRequest, now: Moment) -> Ahead {
        let member = self.member_of(device);
        let Some(member) = member.filter(|_| !self.is_revoked(device) && request.heal.is_none())
        else {
            return Ahead::default();
        };
        let sender = Sender {
            member,
            device,
            now,
        };
        let documents = by_document(&request.push, self.admits(sender, &request.push)).into_iter();
        let ready = documents.filter(|(id, _)| self.is_ready(member, &request.push, *id));
        let vetted = ready.map(|(id, (_, changes))| {
            let batch = self.vet(&Decided::default(), sender, id, &changes);
            (id, (self.grounds(member, id), batch))
        });
        Ahead(vetted.collect())
    }

    /// Whether a document stands by itself in a push, and need not be built first: its own turn
    /// keeps what it builds.
    fn is_ready(&self, member: &Member, push: &[Push], id: DocumentId) -> bool {
        let parts = push.iter().map(|push| push.document);
        let mut parts = parts.filter(|part| part.whole() == id.whole());
        let mut here = self.archives.range(id.parts());
        policy::may_write(member, id)
            && parts.all(|part| part == id)
            && here.all(|(_, archive)| archive.is_loaded())
    }

    fn grounds(&self, member: &Member, id: DocumentId) -> Grounds {
        let parts = self.archives.range(id.parts());
        Grounds {
            member: member.clone(),
            closed: self.closed(id),
            parts: parts
                .filter_map(|(_, archive)| archive.tip(Seq::MAX))
                .collect(),
        }
    }
}
