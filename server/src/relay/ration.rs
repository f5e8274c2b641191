//! How much of the team's documents one member may fill in a day. A document has so many parts and
//! no more: without a ration, a device that lies would fill them within a minute, and nobody else
//! could write there any more.
//!
//! What is counted is *room*: the share of a part that a change takes, by whichever of its limits is
//! nearest. It is counted from the journal, so whoever ends the relay's process gains nothing; and
//! for a member, so that neither do more devices. It drains as time goes by. What is over the ration
//! is not refused: it was not looked at, and its phone hands it in again.
//!
//! The journal does not depend on it: what is in it counts, however it came there.

use kith_shared::{
    documents::DocumentId,
    ids::{DeviceId, MemberId},
    limits,
    time::{Moment, Span},
};
use std::collections::HashMap;

/// Room in documents: millionths of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Room(u64);

impl Room {
    /// What a change of so many bytes takes, by an author who is `new` to its part.
    pub fn of(bytes: usize, new: bool) -> Self {
        let long = share(1, limits::ROLL_CHANGES).max(share(bytes, limits::ROLL_BYTES));
        let author = share(usize::from(new), limits::ROLL_ACTORS);
        Self(long.saturating_add(author))
    }

    /// So many parts.
    pub const fn parts(count: u16) -> Self {
        Self(count as u64 * PART)
    }

    /// Both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

const PART: u64 = 1_000_000;

/// Never too little: whoever filled a part has taken a whole one.
fn share(count: usize, of: usize) -> u64 {
    let (count, of) = (count as u64, of as u64);
    count.saturating_mul(PART).div_ceil(of.max(1))
}

/// What a member may take within [`limits::RATION_WINDOW`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ration {
    /// Of one document, all its parts together.
    pub document: Room,
    /// Of all.
    pub team: Room,
}

impl Default for Ration {
    fn default() -> Self {
        Self {
            document: Room::parts(limits::RATION_OF_DOCUMENT),
            team: Room::parts(limits::RATION_OF_TEAM),
        }
    }
}

/// What was taken, as far as it has not drained.
#[derive(Debug, Clone, Copy, Default)]
struct Taken {
    room: Room,
    at: Moment,
}

impl Taken {
    /// What is left of it. Clocks are set back, and what comes back to a restored relay is old: time
    /// drains in both directions.
    fn left(self, at: Moment, ration: Room) -> Room {
        let window = limits::RATION_WINDOW.millis().unsigned_abs();
        let passed = (at - self.at).millis().unsigned_abs();
        let drained = ration.0.saturating_mul(passed) / window;
        Room(self.room.0.saturating_sub(drained))
    }

    fn take(&mut self, room: Room, at: Moment, ration: Room) {
        *self = Self {
            room: self.left(at, ration).with(room),
            at,
        };
    }
}

/// What all members took, and whose devices had to wait.
#[derive(Debug, Clone, Default)]
pub struct Rations {
    ration: Ration,
    of_documents: HashMap<(MemberId, DocumentId), Taken>,
    of_team: HashMap<MemberId, Taken>,
    /// Who acted last. What the relay writes at that very moment is its answer.
    last: Option<(MemberId, Moment)>,
    /// When something of a device was last held back, in this run.
    held_back: HashMap<DeviceId, Moment>,
}

impl Rations {
    /// With another ration: to try it out.
    pub fn set(&mut self, ration: Ration) {
        self.ration = ration;
    }

    /// A member has taken this much of a document.
    pub fn took(&mut self, member: MemberId, document: DocumentId, room: Room, at: Moment) {
        self.last = Some((member, at));
        self.take(member, document, room, at);
    }

    /// The relay has taken this much of a document: it counts as whose act it answers.
    pub fn answered(&mut self, document: DocumentId, room: Room, at: Moment) {
        if let Some((member, then)) = self.last
            && then == at
        {
            self.take(member, document, room, at);
        }
    }

    fn take(&mut self, member: MemberId, document: DocumentId, room: Room, at: Moment) {
        let of_document = self.of_documents.entry((member, document.whole()));
        let of_document = of_document.or_default();
        of_document.take(room, at, self.ration.document);
        let of_team = self.of_team.entry(member).or_default();
        of_team.take(room, at, self.ration.team);
    }

    /// How many of these may be looked at now, which take this much of which document: all up to
    /// the first for which nothing is left. Where anything is left the next one goes, however much
    /// it takes, so nobody waits for ever.
    pub fn admits(
        &self,
        member: MemberId,
        now: Moment,
        changes: impl IntoIterator<Item = (DocumentId, Room)>,
    ) -> usize {
        let of_team = self.of_team.get(&member).copied().unwrap_or_default();
        let mut of_team = of_team.left(now, self.ration.team);
        let mut of_documents: HashMap<DocumentId, Room> = HashMap::new();
        let mut admitted = 0;
        for (document, room) in changes {
            let id = document.whole();
            let of_document = of_documents.entry(id).or_insert_with(|| {
                let taken = self.of_documents.get(&(member, id)).copied();
                taken.unwrap_or_default().left(now, self.ration.document)
            });
            let left = *of_document < self.ration.document && of_team < self.ration.team;
            // What takes nothing, since it is here already, is answered.
            if !left && room > Room::default() {
                break;
            }
            *of_document = of_document.with(room);
            of_team = of_team.with(room);
            admitted += 1;
        }
        admitted
    }

    /// Something of this device is held back. Whether that is worth a word: the first time in
    /// [`HELD_BACK`].
    pub fn hold_back(&mut self, device: DeviceId, now: Moment) -> bool {
        self.held_back
            .insert(device, now)
            .is_none_or(|last| (now - last).millis().unsigned_abs() > AGAIN)
    }

    /// When something of a device was last held back.
    pub fn held_back(&self, device: DeviceId) -> Option<Moment> {
        self.held_back.get(&device).copied()
    }
}

/// After so many milliseconds without, it is told again that a device has to wait.
const AGAIN: u64 = Span::hours(1).millis().unsigned_abs();

#[cfg(test)]
mod tests;
