//! A journal in memory: for simulations, which crash relays by the thousand.

use super::{AppendError, End, Entries, Entry, Journal, JournalError, end_after};
use kith_shared::{ids::TeamId, sync::Seq};
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Entries as bytes, as any store has them. A clone is a backup.
#[derive(Debug, Default)]
pub struct MemoryJournal {
    teams: Mutex<BTreeMap<TeamId, Kept>>,
}

#[derive(Debug, Default, Clone)]
struct Kept {
    end: End,
    entries: Vec<Vec<u8>>,
}

impl MemoryJournal {
    fn teams(&self) -> MutexGuard<'_, BTreeMap<TeamId, Kept>> {
        self.teams.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for MemoryJournal {
    fn clone(&self) -> Self {
        Self {
            teams: Mutex::new(self.teams().clone()),
        }
    }
}

impl Journal for MemoryJournal {
    fn teams(&self) -> Result<Vec<(TeamId, End)>, JournalError> {
        Ok(self
            .teams()
            .iter()
            .map(|(id, kept)| (*id, kept.end))
            .collect())
    }

    fn entries(&self, team: TeamId) -> Entries<'_> {
        let kept = self.teams().get(&team).cloned().unwrap_or_default();
        let entries = kept.entries.into_iter().zip(0..);
        Box::new(entries.map(|(bytes, after)| {
            Entry::decode(&bytes).map_err(|e| JournalError::Damaged {
                after,
                what: e.to_string(),
            })
        }))
    }

    fn append(&self, team: TeamId, last: Seq, entries: &[Entry]) -> Result<(), AppendError> {
        let mut teams = self.teams();
        let end = teams.get(&team).map_or(End::default(), |kept| kept.end);
        if end.seq != last {
            return Err(AppendError::Conflict(end.seq));
        }
        let end = end_after(end, entries)?;
        if !entries.is_empty() {
            let kept = teams.entry(team).or_default();
            kept.end = end;
            kept.entries.extend(entries.iter().map(Entry::encode));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_journal() {
        super::super::conformance::check(&MemoryJournal::default());
    }
}
