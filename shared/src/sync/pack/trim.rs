//! Automerge changes without what the other side can work out.
//!
//! A change of ours writes one record and nothing else: all its bytes follow from what that record
//! says, its author and its place ([`Said`]), and most of these from the change before it. Another
//! one still begins with four fixed bytes, a checksum, its type and its length, of which all but
//! the type follow from the rest. Whatever does not look just so goes as it is.

use super::record::{self, Beside, Reader};
use crate::{
    documents::{Author, Said},
    ids::{DeviceId, RecordId},
    limits,
    time::Moment,
};
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
/// The rest is a record. These bits say besides what follows from the change before:
const RECORD: u8 = 16;
/// it is all that this one depends on,
const AFTER_IT: u8 = 1;
/// its author is the same,
const ITS_AUTHOR: u8 = 2;
/// this is that author's next,
const NEXT: u8 = 4;
/// its operations count on from there.
const COUNTS_ON: u8 = 8;

/// The name of a change, as others depend on it.
type Name = [u8; 32];

/// What is known from the changes of a message that came before, in their order.
#[derive(Debug, Default)]
struct Before {
    /// The name of the one before.
    name: Option<Name>,
    /// Who made it, as their how many-th, and where its operations end, if it was a record.
    said: Option<(Author, u64, u64)>,
    /// The last record.
    record: Option<RecordId>,
}

/// Trims changes that go one after the other. What says records `in_short` takes less room and more
/// time: it pays where there are few.
pub fn trim<'a>(changes: impl IntoIterator<Item = &'a mut Vec<u8>>, in_short: bool) {
    let mut before = Before::default();
    for change in changes {
        *change = before.trim(change, in_short);
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
    fn trim(&mut self, change: &[u8], in_short: bool) -> Vec<u8> {
        let Some(body) = body(change) else {
            (self.name, self.said) = (None, None);
            return tagged(WHOLE, change);
        };
        let said = in_short.then(|| Said::of(change)).flatten();
        let trimmed = said.and_then(|said| {
            let trimmed = self.shorten(&said)?;
            self.go_on(&said);
            Some(trimmed)
        });
        let before = self.name.replace(name(&change[8..]));
        trimmed.unwrap_or_else(|| {
            self.said = None;
            // One dependency, and its name.
            let follows = body.strip_prefix(&[1]).and_then(|rest| {
                let (depends, rest) = rest.split_first_chunk::<32>()?;
                (Some(*depends) == before).then_some(rest)
            });
            follows.map_or_else(|| tagged(BODY, body), |rest| tagged(FOLLOWS, rest))
        })
    }

    fn shorten(&self, said: &Said) -> Option<Vec<u8>> {
        let after_it = self.name.is_some_and(|name| said.deps == [name]);
        let author = self.said.map(|(author, ..)| author);
        let next = self.said.and_then(|(_, seq, _)| seq.checked_add(1));
        let end = self.said.map(|(.., end)| end);
        let known = [
            (AFTER_IT, after_it),
            (ITS_AUTHOR, author == Some(said.author)),
            (NEXT, next == Some(said.seq)),
            (COUNTS_ON, end == Some(said.start)),
        ];
        let known = known.iter().filter(|(_, known)| *known);
        let tag = known.fold(RECORD, |tag, (bit, _)| tag | bit);
        let mut to = vec![tag];
        if tag & AFTER_IT == 0 {
            record::put_count(&mut to, said.deps.len() as u64);
            said.deps.iter().for_each(|name| to.extend(name));
        }
        if tag & ITS_AUTHOR == 0 {
            to.extend(said.author.device.to_bytes());
            record::put_count(&mut to, said.author.life.into());
        }
        if tag & NEXT == 0 {
            record::put_count(&mut to, said.seq);
        }
        if tag & COUNTS_ON == 0 {
            record::put_count(&mut to, said.start);
        }
        let made = said.id.made_at().millis();
        record::put_signed(&mut to, made.wrapping_sub(self.made()));
        to.extend(&said.id.to_bytes()[6..]);
        record::put(&mut to, self.beside(said.id), &said.told)?;
        (to.len() <= limits::CHANGE_BYTES).then_some(to)
    }

    fn lengthen(&self, tag: u8, rest: &[u8]) -> Option<Said> {
        let mut from = Reader(rest);
        let deps = if tag & AFTER_IT == 0 {
            let count = from.count()?;
            (0..count).map(|_| from.array()).collect::<Option<_>>()?
        } else {
            vec![self.name?]
        };
        let author = if tag & ITS_AUTHOR == 0 {
            Author {
                device: DeviceId::from_bytes(from.array()?),
                life: from.count()?.try_into().ok()?,
            }
        } else {
            self.said?.0
        };
        let seq = if tag & NEXT == 0 {
            from.count()?
        } else {
            self.said?.1.checked_add(1)?
        };
        let start = if tag & COUNTS_ON == 0 {
            from.count()?
        } else {
            self.said?.2
        };
        let made = self.made().checked_add(from.signed()?)?;
        let made = RecordId::new(Moment::from_millis(made), 0).to_bytes();
        let mut id = [0; 16];
        id[..6].copy_from_slice(&made[..6]);
        id[6..].copy_from_slice(from.bytes(10)?);
        let id = RecordId::from_bytes(id);
        Some(Said {
            author,
            seq,
            start,
            deps,
            id,
            told: from.told(self.beside(id))?,
        })
    }

    fn go_on(&mut self, said: &Said) {
        let end = said.start.saturating_add(said.operations());
        self.said = Some((said.author, said.seq, end));
        self.record = Some(said.id);
    }

    /// When the last record was made, in milliseconds.
    fn made(&self) -> i64 {
        self.record.map_or(0, |record| record.made_at().millis())
    }

    fn beside(&self, record: RecordId) -> Beside {
        Beside {
            record,
            before: self.record,
        }
    }

    fn restore(&mut self, trimmed: &[u8]) -> Option<Vec<u8>> {
        let (tag, rest) = trimmed.split_first()?;
        if tag & !15 == RECORD && trimmed.len() <= limits::CHANGE_BYTES {
            let said = self.lengthen(*tag, rest)?;
            let change = said.change()?;
            self.go_on(&said);
            self.name = Some(change.hash().0);
            return Some(change.raw_bytes().to_vec());
        }
        self.said = None;
        let before = self.name.take();
        let body = match *tag {
            WHOLE => return Some(rest.to_vec()),
            BODY => rest.to_vec(),
            FOLLOWS => [&[1], before?.as_slice(), rest].concat(),
            _ => return None,
        };
        let mut hashed = vec![CHANGE];
        record::put_count(&mut hashed, body.len() as u64);
        hashed.extend(body);
        let name = name(&hashed);
        self.name = Some(name);
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
    let mut length = Vec::new();
    record::put_count(&mut length, body.len() as u64);
    (said == length && checksum == &name(hashed)[..4]).then_some(body)
}

fn name(hashed: &[u8]) -> Name {
    Sha256::digest(hashed).into()
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
        trim(&mut trimmed, false);
        let saved = |at: usize| changes[at].len() - trimmed[at].len();
        assert_eq!([saved(0), saved(1), saved(2)], [10, 43, 43]);
        restore(&mut trimmed).unwrap();
        assert_eq!(trimmed, changes);
    }

    /// Tag, time and dice of its id; four fields with their names.
    #[test]
    fn what_is_said_in_short_is_what_the_record_says() {
        let changes = some_changes();
        let mut trimmed = changes.clone();
        trim(&mut trimmed, true);
        let place = "at the door".len() * 20;
        let fields = (3 + 2) + (3 + 17) + (5 + 10) + (6 + 3 + place);
        assert_eq!(trimmed[1].len(), 1 + 6 + 10 + 2 + fields);
        restore(&mut trimmed).unwrap();
        assert_eq!(trimmed, changes);
    }

    #[test]
    fn what_follows_nothing_is_none() {
        for in_short in [true, false] {
            let mut trimmed = some_changes();
            trim(&mut trimmed, in_short);
            assert_eq!(restore(&mut trimmed[1..]), None);
        }
        assert_eq!(restore(&mut [Vec::new()]), None);
        assert_eq!(restore(&mut [vec![3, 1, 2]]), None);
    }

    proptest! {
        /// Whatever is handed in comes back to the byte: what is wrong with it is for who vets it.
        #[test]
        fn all_comes_back(
            edits in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 0..4),
            junk in vec(vec(any::<u8>(), 0..60), 0..3),
            in_short: bool,
            summed: bool,
        ) {
            let mut changes = some_changes();
            for (which, at, byte) in edits {
                let which = which.index(changes.len());
                *at.get_mut(&mut changes[which]) = byte;
            }
            // With its right checksum a bent one is looked at more closely.
            for change in changes.iter_mut().filter(|_| summed) {
                let sum = name(&change[8..]);
                change[4..8].copy_from_slice(&sum[..4]);
            }
            changes.extend(junk);
            let mut trimmed = changes.clone();
            trim(&mut trimmed, in_short);
            prop_assert_eq!(restore(&mut trimmed), Some(()));
            prop_assert_eq!(trimmed, changes);
        }

        #[test]
        fn no_bytes_panic(mut trimmed in vec(vec(any::<u8>(), 0..60), 0..5)) {
            let _ = restore(&mut trimmed);
        }

        /// Nearly right ones reach further.
        #[test]
        fn no_edits_panic(
            edits in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..4),
        ) {
            let mut trimmed = some_changes();
            trim(&mut trimmed, true);
            for (which, at, byte) in edits {
                let which = which.index(trimmed.len());
                *at.get_mut(&mut trimmed[which]) = byte;
            }
            let _ = restore(&mut trimmed);
        }
    }
}
