//! An entry as a store has it: sealed under its team's key, and in it whatever is about a person
//! sealed once more, under that person's key. So who reads the disk does not even learn who wrote
//! when and about whom, and destroying one person's key leaves an entry that says that there was
//! something, with the name that the chains hold.

mod change;

pub use change::Change;

use super::{Entry, Payload, entry::name_of};
use crate::vault::{NoKey, Owner, Ring};
use kith_shared::{
    bytes::Bytes,
    documents::DocumentId,
    ids::{DeviceId, MemberId, QuarantineId, TeamId},
    policy::Refusal,
    sync::{Hash, Seq},
    time::Moment,
};
use serde::{Deserialize, Serialize};

/// An entry without its place, which the store knows, and with its content sealed.
#[derive(Serialize, Deserialize)]
struct Kept {
    prev: Hash,
    received_at: Moment,
    member: MemberId,
    device: DeviceId,
    what: What,
}

#[derive(Serialize, Deserialize)]
enum What {
    /// Content of a document.
    Content {
        document: DocumentId,
        /// What the chains name it by.
        name: Hash,
        sealed: Bytes,
        /// Why it was refused, and its name in quarantine, if it was.
        refused: Option<(Refusal, QuarantineId)>,
    },
    /// Why something was left out that is about a person.
    Dismissed {
        document: DocumentId,
        quarantine: QuarantineId,
        /// What the chains name the reason by.
        name: Hash,
        /// The reason, while it can be read.
        sealed: Option<Bytes>,
    },
    /// Anything else is the team's own.
    Team(Payload),
}

/// Why an entry cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unopened {
    /// A key is missing.
    #[error("{0}")]
    Key(#[from] NoKey),
    /// A seal does not hold.
    #[error("it was changed, or stands in another's place")]
    Changed,
    /// What was sealed is no entry.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] rmp_serde::decode::Error),
    /// What was sealed as a change is none.
    #[error("it holds no change that can be read")]
    NoChange,
}

/// Whose keys these entries are sealed with.
pub(super) fn owners(team: TeamId, entries: &[Entry]) -> impl Iterator<Item = Owner> {
    let owner = move |entry: &Entry| match &entry.payload {
        Payload::Change(change) => Owner::of(team, change.document()),
        Payload::Refused { document, .. }
        | Payload::Dismissed {
            document,
            reason: Some(_),
            ..
        } => Owner::of(team, *document),
        _ => Owner::team(team),
    };
    std::iter::once(Owner::team(team)).chain(entries.iter().map(owner))
}

/// The bytes of `entry` as a store may keep them.
pub(super) fn seal(ring: &Ring, team: TeamId, entry: &Entry) -> Result<Vec<u8>, NoKey> {
    let under = |document: DocumentId, name: &Hash, bytes: &[u8]| {
        let key = ring.key(Owner::of(team, document))?;
        Ok(Bytes(
            key.seal(&content_at(team, entry.seq, document, name), bytes),
        ))
    };
    let content = |document: DocumentId, bytes: &Bytes, name, refused| {
        Ok(What::Content {
            document,
            name,
            sealed: under(document, &name, &bytes.0)?,
            refused,
        })
    };
    let what = match &entry.payload {
        Payload::Change(change) => content(
            change.document(),
            change.bytes(),
            name_of(&entry.payload),
            None,
        )?,
        Payload::Refused {
            document,
            bytes,
            code,
            quarantine,
        } => {
            let refused = Some((*code, *quarantine));
            content(*document, bytes, name_of(&entry.payload), refused)?
        }
        Payload::Dismissed {
            document,
            quarantine,
            name,
            reason,
        } => {
            let sealed = reason.as_ref();
            let sealed = sealed.map(|reason| under(*document, name, reason.as_bytes()));
            What::Dismissed {
                document: *document,
                quarantine: *quarantine,
                name: *name,
                sealed: sealed.transpose()?,
            }
        }
        other => What::Team(other.clone()),
    };
    let kept = Kept {
        prev: entry.prev,
        received_at: entry.received_at,
        member: entry.member,
        device: entry.device,
        what,
    };
    // Plain data into memory: there is nothing that could fail.
    let bytes = rmp_serde::to_vec(&kept).unwrap_or_default();
    let key = ring.key(Owner::team(team))?;
    Ok(key.seal(&entry_at(team, entry.seq), &bytes))
}

/// The entry of this team in this place that a store has in these bytes.
pub(super) fn open(ring: &Ring, team: TeamId, seq: Seq, bytes: &[u8]) -> Result<Entry, Unopened> {
    let opened = ring
        .key(Owner::team(team))?
        .open(&entry_at(team, seq), bytes);
    let kept: Kept = rmp_serde::from_slice(&opened.ok_or(Unopened::Changed)?)?;
    let payload = match kept.what {
        What::Team(payload) => payload,
        What::Dismissed {
            document,
            quarantine,
            name,
            sealed,
        } => {
            let reason = match (sealed, ring.key(Owner::of(team, document))) {
                (None, _) | (_, Err(NoKey::Erased)) => None,
                (Some(sealed), Ok(key)) => {
                    let opened = key.open(&content_at(team, seq, document, &name), &sealed.0);
                    let opened = opened.ok_or(Unopened::Changed)?.to_vec();
                    Some(String::from_utf8(opened).map_err(|_| Unopened::Changed)?)
                }
                (_, Err(missing)) => return Err(missing.into()),
            };
            Payload::Dismissed {
                document,
                quarantine,
                name,
                reason,
            }
        }
        What::Content {
            document,
            name,
            sealed,
            refused,
        } => match ring.key(Owner::of(team, document)) {
            Ok(key) => {
                let opened = key.open(&content_at(team, seq, document, &name), &sealed.0);
                let bytes = Bytes(opened.ok_or(Unopened::Changed)?.to_vec());
                match refused {
                    None => {
                        let change = Change::opened(document, bytes);
                        Payload::Change(change.ok_or(Unopened::NoChange)?)
                    }
                    Some((code, quarantine)) => Payload::Refused {
                        document,
                        bytes,
                        code,
                        quarantine,
                    },
                }
            }
            Err(NoKey::Erased) => Payload::Erased {
                document,
                name,
                refused,
            },
            Err(missing) => return Err(missing.into()),
        },
    };
    Ok(Entry {
        seq,
        prev: kept.prev,
        received_at: kept.received_at,
        member: kept.member,
        device: kept.device,
        payload,
    })
}

/// The place of an entry.
fn entry_at(team: TeamId, seq: Seq) -> Vec<u8> {
    [
        b"kith entry v1\n".as_slice(),
        &team.to_bytes(),
        &seq.to_be_bytes(),
    ]
    .concat()
}

/// The place of a change.
fn content_at(team: TeamId, seq: Seq, document: DocumentId, name: &Hash) -> Vec<u8> {
    [
        b"kith content v1\n".as_slice(),
        &team.to_bytes(),
        &seq.to_be_bytes(),
        &name.0,
        document.to_string().as_bytes(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::super::conformance::some_journal;
    use super::*;
    use crate::vault::Key;

    fn ring(team: TeamId, entries: &[Entry]) -> Ring {
        let mut ring = Ring::new(Key::fresh());
        ring.make(owners(team, entries)).unwrap();
        ring
    }

    #[test]
    fn an_entry_opens_in_its_place_alone() {
        let (team, entries) = some_journal(4, 60);
        let ring = ring(team, &entries);
        for entry in &entries {
            let sealed = seal(&ring, team, entry).unwrap();
            assert_eq!(open(&ring, team, entry.seq, &sealed).unwrap(), *entry);
            let elsewhere = open(&ring, team, entry.seq + 1, &sealed);
            assert!(matches!(elsewhere, Err(Unopened::Changed)));
            let other = TeamId::from_bytes([99; 16]);
            let elsewhere = open(&ring, other, entry.seq, &sealed);
            assert!(matches!(elsewhere, Err(Unopened::Key(NoKey::Missing))));
        }
    }

    /// Whoever has the team's key, and not the person's, cannot move what is about them.
    #[test]
    fn what_is_about_a_person_opens_in_its_own_entry_alone() {
        let (team, entries) = some_journal(5, 60);
        let ring = ring(team, &entries);
        let key = ring.key(Owner::team(team)).unwrap();
        let kept = |entry: &Entry| -> Kept {
            let sealed = seal(&ring, team, entry).unwrap();
            let bytes = key.open(&entry_at(team, entry.seq), &sealed).unwrap();
            rmp_serde::from_slice(&bytes).unwrap()
        };
        // Two changes of one document about one person.
        let (one, other) = (&entries[2], &entries[4]);
        assert_eq!(one.document(), other.document());
        assert!(one.document().unwrap().person().is_some());
        let mut moved = kept(one);
        moved.what = kept(other).what;
        let bytes = rmp_serde::to_vec(&moved).unwrap();
        let bytes = key.seal(&entry_at(team, one.seq), &bytes);
        let opened = open(&ring, team, one.seq, &bytes);
        assert!(matches!(opened, Err(Unopened::Changed)), "{opened:?}");
    }

    #[test]
    fn an_erased_person_leaves_the_names_that_the_chains_hold() {
        let (team, entries) = some_journal(5, 60);
        let ring = ring(team, &entries);
        let entry = &entries[2];
        let refused = Entry {
            payload: Payload::Refused {
                document: entry.document().unwrap(),
                bytes: Bytes(b"kept aside".to_vec()),
                code: Refusal::NotYourRole,
                quarantine: QuarantineId::from_bytes([4; 16]),
            },
            ..entry.clone()
        };
        let document = entry.document().unwrap();
        let dismissed = Entry {
            payload: Payload::dismissed(
                document,
                QuarantineId::from_bytes([4; 16]),
                "She asked not to have it written down".into(),
            ),
            ..entry.clone()
        };
        let owner = Owner::of(team, document);
        let erased = ring.under(Key::fresh(), Some(owner));
        for entry in [entry, &refused, &dismissed] {
            let sealed = seal(&ring, team, entry).unwrap();
            assert_eq!(open(&ring, team, entry.seq, &sealed).unwrap(), *entry);
            let left = open(&erased, team, entry.seq, &sealed).unwrap();
            assert!(matches!(
                left.payload,
                Payload::Erased { .. } | Payload::Dismissed { reason: None, .. }
            ));
            assert_eq!(left.hash(), entry.hash(), "its link is another");
            assert_eq!(left.document(), entry.document());
            assert_eq!(seal(&erased, team, entry), Err(NoKey::Erased));
            // What is left can be kept elsewhere, as a backup does.
            let again = seal(&erased, team, &left).unwrap();
            assert_eq!(open(&erased, team, entry.seq, &again).unwrap(), left);
        }
    }
}
