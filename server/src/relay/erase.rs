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
    let erased = to_destroy(journal, &team);
    if erased.is_empty() {
        return Ok(team);
    }
    destroy_keys(journal, &erased).map_err(|error| JournalError::Store(error.to_string()))?;
    read()
}

/// The keys of those whom the team says are erased, that are there still. Once they are destroyed,
/// the team in memory knows more than it should, and is to be read again.
pub(super) fn to_destroy(journal: &dyn Journal, team: &Team) -> Vec<Owner> {
    let said = &team.roster().erased;
    if said.is_empty() {
        return Vec::new();
    }
    let destroyed = journal.erased();
    let owners = said.keys().map(|person| Owner {
        team: team.id(),
        person: Some(*person),
    });
    owners.filter(|owner| !destroyed.contains(owner)).collect()
}

/// Destroys these keys.
pub(super) fn destroy_keys(journal: &dyn Journal, erased: &[Owner]) -> Result<(), CannotRenew> {
    for owner in erased {
        journal.renew(Renewal {
            erase: Some(*owner),
            ..Renewal::default()
        })?;
        tracing::info!(team = %owner.team, "the records of a person were erased");
    }
    Ok(())
}
