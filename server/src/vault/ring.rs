//! The keys of persons and teams, and how they are wrapped.

use super::Key;
use kith_shared::{
    documents::DocumentId,
    ids::{PersonId, TeamId},
};
use std::collections::{BTreeMap, BTreeSet};

/// Whose records a key seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owner {
    /// Of which team.
    pub team: TeamId,
    /// The person, or nothing for what is the team's.
    pub person: Option<PersonId>,
}

impl Owner {
    /// Whose this document is.
    pub fn of(team: TeamId, document: DocumentId) -> Self {
        let person = document.person();
        Self { team, person }
    }

    /// The team as a whole.
    pub fn team(team: TeamId) -> Self {
        Self { team, person: None }
    }

    fn to_bytes(self) -> Vec<u8> {
        let mut bytes = self.team.to_bytes().to_vec();
        bytes.extend(self.person.iter().flat_map(|p| p.to_bytes()));
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (team, person) = bytes.split_first_chunk()?;
        let person = match person {
            [] => None,
            person => Some(PersonId::from_bytes(person.try_into().ok()?)),
        };
        let team = TeamId::from_bytes(*team);
        Some(Self { team, person })
    }
}

/// A key that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoKey {
    /// It was destroyed: the person was erased.
    #[error("its key was destroyed")]
    Erased,
    /// It should be there.
    #[error("its key is missing")]
    Missing,
}

/// A wrapped key as a store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Under which root, and whose.
    pub key: Vec<u8>,
    /// [`ERASED`], or [`WRAPPED`] and the key under the root.
    pub value: Vec<u8>,
}

/// First byte of a row's value: the key was destroyed.
const ERASED: u8 = 0;
/// First byte of a row's value: the key follows.
const WRAPPED: u8 = 1;

/// All keys of a store. They are unwrapped in memory and wrapped by one root on disk.
#[derive(Debug, Clone)]
pub struct Ring {
    root: Key,
    /// Nothing where the key was destroyed.
    keys: BTreeMap<Owner, Option<Key>>,
}

/// A row that the root does not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a wrapped key of team {0} cannot be opened: it was changed")]
pub struct BadRow(TeamId);

impl Ring {
    /// A ring without keys.
    pub fn new(root: Key) -> Self {
        let keys = BTreeMap::new();
        Self { root, keys }
    }

    /// How the keys of all rows under this root begin.
    pub fn prefix(root: &Key) -> [u8; 8] {
        root.fingerprint()
    }

    /// Takes in a row that a store has under this root. One whose key is no owner's is not ours.
    pub fn take_in(&mut self, row: &Row) -> Result<(), BadRow> {
        let owner = row.key.get(8..).and_then(Owner::from_bytes);
        let owner = owner.ok_or(BadRow(TeamId::from_bytes([0; 16])))?;
        let key = match row.value.split_first() {
            Some((&ERASED, [])) => None,
            Some((&WRAPPED, wrapped)) => {
                let key = self.root.open(&bound(owner), wrapped);
                let key = key.and_then(|key| Key::from_slice(&key));
                Some(key.ok_or(BadRow(owner.team))?)
            }
            _ => return Err(BadRow(owner.team)),
        };
        self.keys.insert(owner, key);
        Ok(())
    }

    /// Whether it has no keys.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The key to these records.
    pub fn key(&self, owner: Owner) -> Result<&Key, NoKey> {
        match self.keys.get(&owner) {
            Some(Some(key)) => Ok(key),
            Some(None) => Err(NoKey::Erased),
            None => Err(NoKey::Missing),
        }
    }

    /// Makes keys for owners who have none: their rows go into the store together with what they
    /// seal first. None is made if one of the owners was erased.
    pub fn make(&mut self, owners: impl IntoIterator<Item = Owner>) -> Result<Vec<Row>, NoKey> {
        let mut new = BTreeSet::new();
        for owner in owners {
            match self.key(owner) {
                Ok(_) => {}
                Err(NoKey::Missing) => drop(new.insert(owner)),
                Err(NoKey::Erased) => return Err(NoKey::Erased),
            }
        }
        for owner in &new {
            self.keys.insert(*owner, Some(Key::fresh()));
        }
        Ok(new.iter().filter_map(|owner| self.row(*owner)).collect())
    }

    /// Whose keys were destroyed.
    pub fn erased(&self) -> BTreeSet<Owner> {
        let gone = self.keys.iter().filter(|(_, key)| key.is_none());
        gone.map(|(owner, _)| *owner).collect()
    }

    /// The same keys under another root, without that of `erased`.
    pub fn under(&self, root: Key, erased: Option<Owner>) -> Self {
        let mut keys = self.keys.clone();
        if let Some(erased) = erased {
            keys.insert(erased, None);
        }
        Self { root, keys }
    }

    /// All rows, as a store is to keep them.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        self.keys.keys().filter_map(|owner| self.row(*owner))
    }

    fn row(&self, owner: Owner) -> Option<Row> {
        let key = [Self::prefix(&self.root).as_slice(), &owner.to_bytes()].concat();
        let value = match self.keys.get(&owner)? {
            Some(wrapped) => {
                let wrapped = self.root.seal(&bound(owner), wrapped.bytes());
                [&[WRAPPED], wrapped.as_slice()].concat()
            }
            None => vec![ERASED],
        };
        Some(Row { key, value })
    }
}

/// The place of a wrapped key: whose it is.
fn bound(owner: Owner) -> Vec<u8> {
    [b"kith wrapped key v1\n".as_slice(), &owner.to_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(team: u8, person: Option<u8>) -> Owner {
        Owner {
            team: TeamId::from_bytes([team; 16]),
            person: person.map(|p| PersonId::from_bytes([p; 16])),
        }
    }

    fn read(root: &Key, rows: &[Row]) -> Result<Ring, BadRow> {
        let mut ring = Ring::new(root.clone());
        rows.iter().try_for_each(|row| ring.take_in(row))?;
        Ok(ring)
    }

    #[test]
    fn its_rows_make_it_again_under_its_root_alone() {
        let root = Key::fresh();
        let mut ring = Ring::new(root.clone());
        let owners = [owner(1, None), owner(1, Some(7)), owner(2, Some(7))];
        let made = ring.make(owners).unwrap();
        assert_eq!(made.len(), 3);
        assert_eq!(ring.make(owners), Ok(vec![]), "a second key for one owner");
        let again = read(&root, &made).unwrap();
        for owner in owners {
            assert_eq!(again.key(owner), ring.key(owner));
        }
        assert_ne!(ring.key(owners[1]), ring.key(owners[2]));
        assert!(read(&Key::fresh(), &made).is_err());
        for row in made.iter().chain(&again.rows().collect::<Vec<_>>()) {
            assert!(row.value.len() < 4096);
            for owner in owners {
                let key = ring.key(owner).unwrap().bytes();
                assert!(!row.value.windows(32).any(|part| part == key));
            }
        }
    }

    #[test]
    fn a_wrapped_key_is_good_for_its_owner_alone() {
        let root = Key::fresh();
        let mut ring = Ring::new(root.clone());
        let made = ring.make([owner(1, Some(7)), owner(1, Some(8))]);
        let [one, other] = made.unwrap().try_into().unwrap();
        let swapped = Row {
            key: one.key,
            value: other.value,
        };
        assert!(read(&root, &[swapped]).is_err());
    }

    #[test]
    fn an_erased_key_is_gone_and_the_others_stay() {
        let (old, new) = (Key::fresh(), Key::fresh());
        let (gwen, tom) = (owner(1, Some(7)), owner(1, Some(8)));
        let mut ring = Ring::new(old.clone());
        assert_eq!(ring.make([gwen, tom]).unwrap().len(), 2);
        let ring_after = ring.under(new.clone(), Some(gwen));
        let mut again = read(&new, &ring_after.rows().collect::<Vec<_>>()).unwrap();
        assert_eq!(again.key(gwen), Err(NoKey::Erased));
        assert_eq!(again.key(tom), ring.key(tom));
        assert_eq!(again.key(owner(2, Some(7))), Err(NoKey::Missing));
        let (ann, before) = (owner(1, Some(9)), again.clone());
        assert_eq!(again.make([ann, gwen]), Err(NoKey::Erased));
        assert_eq!(again.key(ann), before.key(ann), "a key that nobody stores");
        assert_eq!(again.erased().into_iter().collect::<Vec<_>>(), [gwen]);
    }
}
