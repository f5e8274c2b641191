//! What an erased person leaves: names of changes, which phones are measured by, and nothing to read.

use super::{NotATeam, ProofKey, Team};
use crate::journal::{CannotRenew, Journal, JournalError, Owner, Renewal};
use kith_shared::{documents::DocumentId, ids::TeamId};

impl Team {
    /// Whether this document is about a person who was erased.
    pub(super) fn is_erased(&self, document: DocumentId) -> bool {
        let erased = &self.roster().erased;
        document.person().is_some_and(|p| erased.contains_key(&p))
    }
}

/// The team as its journal tells it. Where it was cut off between saying that a person is erased and
/// destroying their key, or hears it again after a backup was put back, the key goes now.
pub(super) fn read(journal: &dyn Journal, id: TeamId, key: &ProofKey) -> Result<Team, NotATeam> {
    let read = || Team::replay(id, key.clone(), journal.entries(id));
    let team = read()?;
    match destroy_keys(journal, &team) {
        Ok(false) => Ok(team),
        Ok(true) => read(),
        Err(error) => Err(JournalError::Store(error.to_string()).into()),
    }
}

/// Destroys the keys of those whom the team says are erased. Returns whether there were any: then
/// the team in memory knows more than it should, and is to be read again.
pub(super) fn destroy_keys(journal: &dyn Journal, team: &Team) -> Result<bool, CannotRenew> {
    let id = team.id();
    let said = team.roster().erased.keys().map(|person| Owner {
        team: id,
        person: Some(*person),
    });
    let mut destroyed = journal.erased();
    let mut any = false;
    for owner in said {
        if destroyed.insert(owner) {
            let erase = Some(owner);
            journal.renew(Renewal {
                erase,
                ..Renewal::default()
            })?;
            tracing::info!(team = %id, "the records of a person were erased");
            any = true;
        }
    }
    Ok(any)
}
