//! Where the journal stands, by the relay's own signature.

use super::fold::Team;
use crate::journal::{Draft, Entry, Payload};
use kith_shared::{
    domain::team::Member,
    ids::{DeviceId, MemberId},
    limits,
    sync::{
        Cursor, TeamRequest,
        chain::{Signature, Statement, ends},
    },
    time::Moment,
};

/// That this relay once signed that the journal stood elsewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Otherwise {
    /// When it came out.
    pub(super) at: Moment,
    /// Which device showed it.
    pub(super) device: DeviceId,
    /// Where it had stood.
    pub(super) cursor: Cursor,
}

impl Otherwise {
    /// What this entry says, of that place.
    pub(super) fn said(entry: &Entry, cursor: Cursor) -> Self {
        Self {
            at: entry.received_at,
            device: entry.device,
            cursor,
        }
    }
}

impl Team {
    /// The first of the latest devices that showed so, of which none was long after the one before.
    pub(super) fn doubted(&self) -> Option<Otherwise> {
        let pairs = self.signed_otherwise.windows(2).rev();
        let same = pairs.take_while(|pair| pair[1].at - pair[0].at <= limits::SAME_DOUBT);
        let last = self.signed_otherwise.len().checked_sub(1)?;
        self.signed_otherwise.get(last - same.count()).copied()
    }

    /// The signature under what a member who is level has.
    pub(super) fn state(&self, me: &Member) -> Signature {
        let end = self.end();
        let tips = self.readable(me).filter_map(|archive| archive.tip(end.seq));
        self.key.state(&Statement {
            team: self.id(),
            epoch: self.epoch(),
            seq: end.seq,
            head: end.head,
            ends: ends(tips),
        })
    }

    /// Holds what a phone knew against the journal. That the relay signed something else once is
    /// kept, each time once: whoever restored a backup knows why, and if nobody did, somebody
    /// should ask.
    pub(super) fn compare(
        &mut self,
        member: MemberId,
        device: DeviceId,
        request: &TeamRequest,
        now: Moment,
    ) -> Vec<Entry> {
        let Some(knew) = request.heal.as_ref().and_then(|heal| heal.knew) else {
            return Vec::new();
        };
        let cursor = knew.cursor;
        let statement = Statement {
            team: self.id(),
            epoch: cursor.epoch,
            seq: cursor.seq,
            head: cursor.head,
            ends: knew.ends,
        };
        let mut before = self.signed_otherwise.iter();
        if self.knows(&cursor)
            || before.any(|known| known.cursor == cursor)
            || !self.key.stated(&statement, &knew.signature)
        {
            return Vec::new();
        }
        tracing::warn!(team = %self.id(), seq = cursor.seq, "the journal is not as it was signed");
        let entries = self.commit(vec![Draft {
            received_at: now,
            member,
            device,
            payload: Payload::SignedOtherwise { cursor },
        }]);
        if self.doubted().is_some_and(|first| first.cursor == cursor) {
            self.wake_managers(member);
        }
        entries
    }
}
