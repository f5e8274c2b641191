//! What a store gives to a backup.

use super::frame::{Frame, Header, Part, VERSION};
use crate::{
    journal::{Journal, JournalError, Snapshot},
    step,
};
use kith_shared::{
    bytes::Array,
    ids::TeamId,
    sync::{Hash, Seq},
    time::Moment,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// What a backup has already.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its teams.
    pub teams: Vec<KnownTeam>,
    /// It is written anew all the same, from the first entry on.
    pub anew: bool,
}

/// What it has of one team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownTeam {
    /// Which team.
    pub team: TeamId,
    /// The last entry's place.
    pub seq: Seq,
    /// SHA-256 of that entry as it is kept. No two are sealed alike, so a store that has the very
    /// same there has the same past.
    pub last: Hash,
}

/// The name of a sealed entry.
pub(super) fn name_of(sealed: &[u8]) -> Hash {
    Array(Sha256::digest(sealed).into())
}

/// A store that does not go on from a backup.
#[derive(Debug, thiserror::Error)]
pub enum CannotBackUp {
    /// The backup has more, or something else.
    #[error(
        "the backup in this folder has records of team {0} that this relay does not have: it is of \
         another relay, or this one was put back from an older backup. It stays as it is: name \
         another folder"
    )]
    Parted(TeamId),
    /// The store cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// One moment of a store, and what of it is new to a backup.
#[derive(Debug)]
pub struct Plan {
    snapshot: Snapshot,
    header: Header,
}

impl Plan {
    /// Takes the moment.
    pub fn make(journal: &dyn Journal, known: &Known, at: Moment) -> Result<Self, CannotBackUp> {
        let snapshot = journal.snapshot()?;
        step::pass("backup-moment");
        for had in &known.teams {
            let there = journal.sealed(had.team, had.seq).next().transpose()?;
            if there.is_none_or(|(seq, row)| (seq, name_of(&row)) != (had.seq, had.last)) {
                return Err(CannotBackUp::Parted(had.team));
            }
        }
        let had = |team| {
            let had = known.teams.iter().find(|had| had.team == team);
            had.filter(|_| !known.anew).map_or(0, |had| had.seq)
        };
        let parts = snapshot.teams.iter().map(|(team, end)| Part {
            team: *team,
            from: had(*team) + 1,
            seq: end.seq,
            head: end.head,
        });
        let header = Header {
            version: VERSION,
            at,
            teams: parts.collect(),
        };
        Ok(Self { snapshot, header })
    }

    /// Hands all of it to `take`, one frame after the other, until that wants no more.
    pub fn send(
        self,
        journal: &dyn Journal,
        mut take: impl FnMut(Frame) -> bool,
    ) -> Result<(), JournalError> {
        let Self { snapshot, header } = self;
        let parts = header.teams.clone();
        let first = [Frame::Header(header), Frame::Secrets(snapshot.secrets)];
        let keys = snapshot.keys.into_iter().map(Frame::Key);
        if !first.into_iter().chain(keys).all(&mut take) {
            return Ok(());
        }
        for part in parts {
            // What was appended since is for the next backup.
            for entry in journal.sealed(part.team, part.from) {
                let (seq, sealed) = entry?;
                if seq > part.seq {
                    break;
                }
                step::pass("backup-entry");
                if !take(Frame::Entry(part.team, seq, sealed)) {
                    return Ok(());
                }
            }
        }
        take(Frame::End);
        Ok(())
    }
}
