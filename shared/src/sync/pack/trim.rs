//! Automerge changes without what the other side can work out.
//!
//! A change begins with four fixed bytes, a checksum, its type and its length; all but the type
//! follow from the rest. What it depends on is nearly always the change before it, whose name is a
//! hash over its bytes. Whatever does not look just so goes as it is.

use sha2::{Digest as _, Sha256};

/// How a chunk of Automerge's begins.
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// The type of an uncompressed change.
const CHANGE: u8 = 1;

/// First byte of a trimmed change: the rest is the change as it is.
const WHOLE: u8 = 0;
/// The rest is what stands after its length.
const BODY: u8 = 1;
/// The same, and without the one change that it depends on, which is the one before.
const FOLLOWS: u8 = 2;

/// The name of a change, as others depend on it.
type Name = [u8; 32];

/// The changes of a message, in their order.
#[derive(Debug, Default)]
struct Before(Option<Name>);

/// Trims changes that go one after the other.
pub fn trim<'a>(changes: impl IntoIterator<Item = &'a mut Vec<u8>>) {
    let mut before = Before::default();
    for change in changes {
        *change = before.trim(change);
    }
}

/// The changes as they were; `None` when these are none that were trimmed.
pub fn restore<'a>(changes: impl IntoIterator<Item = &'a mut Vec<u8>>) -> Option<()> {
    let mut before = Before::default();
    for change in changes {
        *change = before.restore(change)?;
    }
    Some(())
}

impl Before {
    fn trim(&mut self, change: &[u8]) -> Vec<u8> {
        let before = self.0.take();
        let trimmed = body(change).map(|body| {
            self.0 = Some(name(&change[8..]));
            // One dependency, and its name.
            let follows = body.strip_prefix(&[1]).and_then(|rest| {
                let (depends, rest) = rest.split_first_chunk::<32>()?;
                (Some(*depends) == before).then_some(rest)
            });
            follows.map_or_else(|| tagged(BODY, body), |rest| tagged(FOLLOWS, rest))
        });
        trimmed.unwrap_or_else(|| tagged(WHOLE, change))
    }

    fn restore(&mut self, trimmed: &[u8]) -> Option<Vec<u8>> {
        let before = self.0.take();
        let (tag, rest) = trimmed.split_first()?;
        let body = match *tag {
            WHOLE => return Some(rest.to_vec()),
            BODY => rest.to_vec(),
            FOLLOWS => [&[1], before?.as_slice(), rest].concat(),
            _ => return None,
        };
        let mut hashed = vec![CHANGE];
        hashed.extend(length(body.len()));
        hashed.extend(body);
        let name = name(&hashed);
        self.0 = Some(name);
        Some([&MAGIC, &name[..4], &hashed].concat())
    }
}

fn tagged(tag: u8, bytes: &[u8]) -> Vec<u8> {
    let mut tagged = Vec::with_capacity(bytes.len() + 1);
    tagged.push(tag);
    tagged.extend_from_slice(bytes);
    tagged
}

/// What stands after the length of a change, if all before it follows from it.
fn body(change: &[u8]) -> Option<&[u8]> {
    let rest = change.strip_prefix(&MAGIC)?;
    let (checksum, hashed) = rest.split_first_chunk::<4>()?;
    let rest = hashed.strip_prefix(&[CHANGE])?;
    // The length is written as short as can be.
    let digits = rest.iter().position(|byte| byte & 0x80 == 0)? + 1;
    let (said, body) = rest.split_at(digits);
    (said == length(body.len()) && checksum == &name(hashed)[..4]).then_some(body)
}

fn name(hashed: &[u8]) -> Name {
    Sha256::digest(hashed).into()
}

/// LEB128, as Automerge writes lengths.
fn length(of: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = of;
    loop {
        let [low, ..] = (rest & 0x7f).to_le_bytes();
        rest >>= 7;
        if rest == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        documents::{Author, Document, DocumentId, Record, visits::VisitRecord},
        ids::{DeviceId, MemberId, PersonId, RecordId},
        time::{Moment, Month, Span},
    };
    use proptest::{collection::vec, prelude::*};

    fn some_changes() -> Vec<Vec<u8>> {
        let person = PersonId::from_bytes([1; 16]);
        let mut document = Document::new(DocumentId::visits(person, Month::new(2026, 11).unwrap()));
        let author = Author {
            device: DeviceId::from_bytes([2; 16]),
            life: 0,
        };
        let changes = (1..=3).map(|n| {
            let record = Record {
                id: RecordId::from_bytes([n; 16]),
                by: MemberId::from_bytes([3; 16]),
                at: Moment::from_millis(i64::from(n)),
                skew: Span::default(),
                body: VisitRecord::ClockIn {
                    shift: None,
                    place: Some("at the door".repeat(usize::from(n) * 10)),
                },
            };
            let change = document.write(author, &record).unwrap();
            change.raw_bytes().to_vec()
        });
        changes.collect()
    }

    #[test]
    fn what_follows_says_no_hash() {
        let changes = some_changes();
        let mut trimmed = changes.clone();
        trim(&mut trimmed);
        let saved = |at: usize| changes[at].len() - trimmed[at].len();
        assert_eq!([saved(0), saved(1), saved(2)], [10, 43, 43]);
        restore(&mut trimmed).unwrap();
        assert_eq!(trimmed, changes);
    }

    #[test]
    fn what_follows_nothing_is_none() {
        let mut trimmed = some_changes();
        trim(&mut trimmed);
        assert_eq!(restore(&mut trimmed[1..]), None);
        assert_eq!(restore(&mut [Vec::new()]), None);
        assert_eq!(restore(&mut [vec![3, 1, 2]]), None);
    }

    proptest! {
        /// Whatever is handed in comes back to the byte: what is wrong with it is for who vets it.
        #[test]
        fn all_comes_back(
            edits in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 0..4),
            junk in vec(vec(any::<u8>(), 0..60), 0..3),
        ) {
            let mut changes = some_changes();
            for (which, at, byte) in edits {
                let which = which.index(changes.len());
                *at.get_mut(&mut changes[which]) = byte;
            }
            changes.extend(junk);
            let mut trimmed = changes.clone();
            trim(&mut trimmed);
            prop_assert_eq!(restore(&mut trimmed), Some(()));
            prop_assert_eq!(trimmed, changes);
        }

        #[test]
        fn no_bytes_panic(mut trimmed in vec(vec(any::<u8>(), 0..60), 0..5)) {
            let _ = restore(&mut trimmed);
        }
    }
}
