//! A journal in memory: for simulations, which crash relays by the thousand.

use super::{
    AppendError, CannotRenew, End, Entries, Entry, Journal, JournalError, Renewal, SealedEntries,
    Snapshot, end_after, sealed,
};
use crate::vault::{Key, Owner, Ring};
use kith_shared::{ids::TeamId, sync::Seq};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Entries sealed, as any store has them, and the keys. A clone is a backup.
#[derive(Debug)]
pub struct MemoryJournal(Mutex<State>);

#[derive(Debug, Clone)]
struct State {
    ring: Ring,
    teams: BTreeMap<TeamId, Kept>,
}

#[derive(Debug, Default, Clone)]
struct Kept {
    end: End,
    entries: Vec<Vec<u8>>,
}

impl MemoryJournal {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryJournal {
    fn default() -> Self {
        Self(Mutex::new(State {
            ring: Ring::new(Key::fresh()),
            teams: BTreeMap::new(),
        }))
    }
}

impl Clone for MemoryJournal {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.state().clone()))
    }
}

impl Journal for MemoryJournal {
    fn teams(&self) -> Result<Vec<(TeamId, End)>, JournalError> {
        let state = self.state();
        Ok(state.teams.iter().map(|(id, k)| (*id, k.end)).collect())
    }

    fn entries(&self, team: TeamId) -> Entries<'_> {
        let state = self.state();
        let kept = state.teams.get(&team).cloned().unwrap_or_default();
        let ring = state.ring.clone();
        let entries = (1..).zip(kept.entries);
        Box::new(entries.map(move |(seq, bytes)| {
            sealed::open(&ring, team, seq, &bytes).map_err(|e| JournalError::Damaged {
                after: seq - 1,
                what: e.to_string(),
            })
        }))
    }

    fn append(&self, team: TeamId, last: Seq, entries: &[Entry]) -> Result<(), AppendError> {
        let State { ring, teams } = &mut *self.state();
        let end = teams.get(&team).map_or(End::default(), |kept| kept.end);
        if end.seq != last {
            return Err(AppendError::Conflict(end.seq));
        }
        let end = end_after(end, entries)?;
        if !entries.is_empty() {
            ring.make(sealed::owners(team, entries))?;
            let sealed = entries.iter().map(|entry| sealed::seal(ring, team, entry));
            let sealed = sealed.collect::<Result<Vec<_>, _>>()?;
            let kept = teams.entry(team).or_default();
            kept.end = end;
            kept.entries.extend(sealed);
        }
        Ok(())
    }

    /// There is no master key to what is nowhere but in memory.
    fn renew(&self, renewal: Renewal) -> Result<(), CannotRenew> {
        let ring = &mut self.state().ring;
        *ring = ring.under(Key::fresh(), renewal.erase);
        Ok(())
    }

    fn erased(&self) -> BTreeSet<Owner> {
        self.state().ring.erased()
    }

    fn snapshot(&self) -> Result<Snapshot, JournalError> {
        let state = self.state();
        Ok(Snapshot {
            secrets: Vec::new(),
            keys: state.ring.rows().collect(),
            teams: state.teams.iter().map(|(id, k)| (*id, k.end)).collect(),
        })
    }

    fn sealed(&self, team: TeamId, from: Seq) -> SealedEntries<'_> {
        let kept = self.state().teams.get(&team).cloned().unwrap_or_default();
        let entries = (1..).zip(kept.entries);
        Box::new(entries.filter(move |(seq, _)| *seq >= from).map(Ok))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_journal() {
        super::super::conformance::check(&MemoryJournal::default());
    }

    #[test]
    fn nothing_in_it_can_be_read_without_its_keys() {
        let journal = MemoryJournal::default();
        let in_the_clear = super::super::conformance::told(&journal);
        let state = journal.state();
        let kept: Vec<_> = state.teams.values().flat_map(|k| &k.entries).collect();
        assert_eq!(kept.len(), 6);
        for text in in_the_clear {
            for bytes in &kept {
                assert!(!bytes.windows(text.len()).any(|part| part == text));
            }
        }
    }
}
