//! Whether the relay's records are what it signed.
//!
//! With each last page of a reply comes the relay's signature under where its journal stands and
//! under the ends of all chains that this phone may read. The phone works the ends out from what
//! it holds. A journal that was cut, edited or rolled back cannot make them again.

use super::{
    Phone,
    heal::Healing,
    phone::{Doubt, Found},
    sync::InFlight,
};
use crate::platform::store::Batch;
use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use kith_shared::{
    limits,
    sync::{
        Knew, Level, Look,
        chain::{Statement, ends},
    },
    time::Moment,
};
use std::sync::Arc;

/// So many pages in a row that do not bear the signature out, everything fetched anew between
/// them, and the relay is doubted: the first can be this phone's own fault, and healing what two
/// pasts have left behind can take a second round.
const DOUBTED_AFTER: u8 = 3;

impl Phone {
    /// Holds the relay's signature against what is here now. Whether to ask again: a difference
    /// may be this phone's own, so it first fetches everything anew, and doubts the relay only if
    /// it is there still.
    pub(super) fn prove(
        &mut self,
        sent: &InFlight,
        level: &Level,
        now: Moment,
        batch: &mut Batch,
    ) -> bool {
        if sent.request.heal.is_some() {
            self.place.knew = None;
        }
        if level.more || self.healing != Healing::No {
            return false;
        }
        let Some(knew) = self.knew(level) else {
            return false;
        };
        if self.is_signed(&knew) {
            self.place.signed = Some(knew);
            self.place.unproven = 0;
            return false;
        }
        self.place.unproven = self.place.unproven.saturating_add(1);
        if self.place.unproven < DOUBTED_AFTER {
            self.start_healing(batch);
            return true;
        }
        if self.place.unproven == DOUBTED_AFTER {
            self.place.signed = None;
            self.doubt(now, Found::NotAsSigned);
        }
        false
    }

    /// The relay's journal has not the place that it signed.
    pub(super) fn doubt_the_past(&mut self, now: Moment) {
        if let Some(signed) = self.place.signed.take() {
            self.place.knew = Some(signed);
            self.doubt(now, Found::OtherPast);
        }
    }

    /// Takes in what waits for a look. What another phone found is news, unless this one has found it
    /// as well.
    pub(super) fn look(&mut self, look: Look) {
        let known = |at: Moment| {
            let mut own = self.place.doubts.iter();
            own.any(|own| own.at - at <= limits::SAME_DOUBT && at - own.at <= limits::SAME_DOUBT)
        };
        if let Some(at) = look.doubted
            && look.doubted != self.place.look.doubted
            && !known(at)
        {
            self.doubt(at, Found::ByAnother);
        }
        self.place.look = look;
    }

    fn doubt(&mut self, at: Moment, found: Found) {
        let doubts = &mut self.place.doubts;
        doubts.push(Doubt {
            at,
            found,
            read: false,
        });
        let over = doubts.len().saturating_sub(limits::DOUBTS_KEPT);
        doubts.drain(..over);
    }

    fn knew(&mut self, level: &Level) -> Option<Knew> {
        for held in self.held.values_mut().filter(|held| !held.has_chain()) {
            Arc::make_mut(held).keep_chain();
        }
        let tips = self
            .held
            .iter()
            .filter_map(|(id, held)| Some((*id, held.tip()?)));
        Some(Knew {
            cursor: level.cursor,
            ends: ends(tips),
            signature: level.signature?,
        })
    }

    fn is_signed(&self, knew: &Knew) -> bool {
        let Some(me) = &self.me else { return false };
        let statement = Statement {
            team: me.joined.team,
            epoch: knew.cursor.epoch,
            seq: knew.cursor.seq,
            head: knew.cursor.head,
            ends: knew.ends,
        };
        let signature = Signature::from_bytes(&knew.signature.0);
        VerifyingKey::from_bytes(&me.joined.relay.0)
            .is_ok_and(|key| key.verify(&statement.to_sign(), &signature).is_ok())
    }
}
