//! From bytes to a change.

use super::guarded;
use automerge::{Change, ChangeHash};
use kith_shared::{bytes::Bytes, documents::Author, limits, policy::Refusal};
use sha2::{Digest as _, Sha256};

/// How a chunk of Automerge's begins.
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// Where its checksum stands: the first bytes of its name.
const CHECKSUM: std::ops::Range<usize> = 4..8;
/// Where its type stands.
const TYPE_AT: usize = 8;
/// The type of an uncompressed change. A compressed one could inflate to anything.
const CHANGE: u8 = 1;
/// The types of a whole document, of a compressed change and of a bundle of changes.
const PACKED: [u8; 3] = [0, 2, 3];

/// The name that a change with these bytes has, if they are a change at all: Automerge hashes a
/// chunk from its type on.
pub fn name(bytes: &Bytes) -> Option<ChangeHash> {
    let hashed = bytes.0.get(TYPE_AT..)?;
    Some(ChangeHash(Sha256::digest(hashed).into()))
}

/// Who made the change that these bytes are, if they are one; nothing else was checked.
pub fn author(bytes: &Bytes) -> Option<Author> {
    Author::of(read(bytes).ok()?.actor_id())
}

/// The one change that these bytes are.
pub(super) fn read(from: &Bytes) -> Result<Change, Refusal> {
    let bytes = from.0.as_slice();
    if bytes.len() > limits::CHANGE_BYTES {
        return Err(Refusal::TooLarge);
    }
    let (true, Some(kind)) = (bytes.starts_with(&MAGIC), bytes.get(TYPE_AT)) else {
        return Err(Refusal::Unreadable);
    };
    // Automerge does not look at it when it reads a single change; other readers do.
    let name = name(from).ok_or(Refusal::Unreadable)?;
    if bytes.get(CHECKSUM) != Some(&name.0[..4]) {
        // Of a packed change it is the sum of what is in it.
        return Err(if PACKED.contains(kind) {
            Refusal::Packed
        } else {
            Refusal::Damaged
        });
    }
    match *kind {
        CHANGE => {}
        kind if PACKED.contains(&kind) => return Err(Refusal::Packed),
        _ => return Err(Refusal::Unreadable),
    }
    guarded(|| Change::from_bytes(bytes.to_vec()))
        .and_then(Result::ok)
        .ok_or(Refusal::Unreadable)
}
