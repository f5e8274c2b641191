//! How long a document gets before it goes on in its next part.

use super::Part;
use crate::limits;
use automerge::{ActorId, Change};
use std::collections::BTreeSet;

/// How long a document is, or may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Changes after the genesis.
    pub changes: usize,
    /// Their bytes, uncompressed.
    pub bytes: usize,
    /// Their authors: devices, each in each of its lives.
    pub actors: usize,
}

impl Size {
    /// With one change more, of so many bytes and by an author who is `new` to the document.
    #[must_use]
    pub fn with(self, bytes: usize, new: bool) -> Self {
        Self {
            changes: self.changes + 1,
            bytes: self.bytes + bytes,
            actors: self.actors + usize::from(new),
        }
    }
    /// Whether it is as long as this in any way.
    pub fn reaches(&self, other: &Self) -> bool {
        self.changes >= other.changes || self.bytes >= other.bytes || self.actors >= other.actors
    }
    /// Whether it is longer than this in any way.
    pub fn exceeds(&self, other: &Self) -> bool {
        self.changes > other.changes || self.bytes > other.bytes || self.actors > other.actors
    }
}

/// How long a document is, to go on counting as changes come in.
#[derive(Debug, Clone, Default)]
pub struct Length {
    size: Size,
    actors: BTreeSet<ActorId>,
}

impl Length {
    /// With one change more.
    #[must_use]
    pub fn with(mut self, change: &Change) -> Self {
        let new = self.actors.insert(change.actor_id().clone());
        self.size = self.size.with(change.raw_bytes().len(), new);
        self
    }
    /// How long that is.
    pub fn size(&self) -> Size {
        self.size
    }
}

/// How long documents get: those of [`limits`], or small ones to try out what happens then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Who sees that a part has reached this writes in the next; and only then may that be begun.
    pub rolls: Size,
    /// A part is never longer than this: there is room for what is written by phones that have
    /// been away and know of no next part.
    pub most: Size,
    /// How many parts there may be.
    pub parts: u16,
}

impl Default for Sizes {
    fn default() -> Self {
        Self {
            rolls: Size {
                changes: limits::ROLL_CHANGES,
                bytes: limits::ROLL_BYTES,
                actors: limits::ROLL_ACTORS,
            },
            most: Size {
                changes: limits::PART_CHANGES,
                bytes: limits::PART_BYTES,
                actors: limits::PART_ACTORS,
            },
            parts: limits::PARTS,
        }
    }
}

impl Sizes {
    /// Whether there may be such a part.
    pub fn allow(&self, part: Part) -> bool {
        part.number() <= self.parts
    }
}
