//! Where the journal stands, by the relay's own signature.

use super::fold::Team;
use crate::journal::{Draft, Entry, Payload};
use kith_shared::{
    domain::team::Member,
    ids::{DeviceId, MemberId},
    sync::{
        TeamRequest,
        chain::{Signature, Statement, ends},
    },
    time::Moment,
};

impl Team {
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
            || before.any(|(_, known)| *known == cursor)
            || !self.key.stated(&statement, &knew.signature)
        {
            return Vec::new();
        }
        tracing::warn!(team = %self.id(), seq = cursor.seq, "the journal is not as it was signed");
        self.commit(vec![Draft {
            received_at: now,
            member,
            device,
            payload: Payload::SignedOtherwise { cursor },
        }])
    }
}
