//! The `rota` document of a person and month: the shifts that start in it, and the story of each.
//!
//! What members say and what the relay decides stand side by side, and refer to each other by id:
//! no order of clocks decides anything. How they read together stands in [`crate::domain::cover`].

use crate::{
    domain::{
        cover::{Cover, News, Outcome, Why},
        shift::Shift,
    },
    ids::{MemberId, RecordId, ShiftId},
    time::Moment,
};
use serde::{Deserialize, Serialize};

/// A record of the rota. Who says so, and when, stand in the record around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum RotaRecord {
    /// A shift was drafted, or a change of one: nobody works by it.
    Drafted {
        /// As it would be.
        #[serde(flatten)]
        shift: Shift,
    },
    /// A shift was published, or published anew with other times or people.
    Published {
        /// As it stands from now on.
        #[serde(flatten)]
        shift: Shift,
        /// Only what and when changed: who holds it goes on holding it, whatever `pas` says.
        #[serde(default, skip_serializing_if = "is_false")]
        times_only: bool,
    },
    /// The shift will not be, or its draft is dropped.
    Cancelled {
        /// Which.
        shift: ShiftId,
        /// Why; may be empty for a draft.
        reason: String,
    },
    /// A holder would like someone else to come, and comes if nobody takes it.
    Ask {
        /// Which shift.
        shift: ShiftId,
        /// What would help.
        cover: Cover,
        /// Until when it can be taken; until the shift begins when nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Moment>,
        /// Why; may be empty.
        reason: String,
    },
    /// A holder is ill or held up: the shift is open from now.
    CannotCome {
        /// Which shift.
        shift: ShiftId,
        /// What made them its holder: [`crate::domain::cover::Tenure::since`].
        holding: RecordId,
        /// Why; may be empty.
        reason: String,
    },
    /// The shift is kept for one PA: taken in time, it is theirs.
    Offer {
        /// Which shift.
        shift: ShiftId,
        /// To whom.
        to: MemberId,
        /// Until when.
        until: Moment,
    },
    /// The shift has begun, and its holder cannot stay.
    Handover {
        /// Which shift.
        shift: ShiftId,
        /// To whom; anyone when nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<MemberId>,
        /// Why.
        reason: String,
    },
    /// I take it.
    Claim {
        /// Which shift.
        shift: ShiftId,
        /// The ask, offer or handover that it answers, or what was told of a holder who says
        /// nothing; none for a shift that stands open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answers: Option<RecordId>,
        /// Why it is all right in spite of the warnings; empty when there were none.
        reason: String,
    },
    /// I take back what I said: an ask, an offer, a claim, a veto.
    Withdraw {
        /// Which shift.
        shift: ShiftId,
        /// What.
        what: RecordId,
    },
    /// Not me, this time.
    Decline {
        /// Which shift.
        shift: ShiftId,
        /// The ask, offer or handover.
        what: RecordId,
    },
    /// The person, or who acts for them, says yes.
    Yes {
        /// Which shift.
        shift: ShiftId,
        /// The question, a [`Self::YesWanted`].
        what: RecordId,
    },
    /// The person, or who acts for them, says no to this PA for this shift.
    Veto {
        /// Which shift.
        shift: ShiftId,
        /// To whom.
        pa: MemberId,
        /// Why; may be empty.
        reason: String,
    },
    /// The relay: these are responsible from now on.
    Word {
        /// Which shift.
        shift: ShiftId,
        /// The publication that this takes into account.
        plan: RecordId,
        /// Who.
        holders: Vec<Holder>,
        /// Why.
        why: Why,
    },
    /// The relay: what became of a claim, or of an ask that came too late.
    Answer {
        /// Which shift.
        shift: ShiftId,
        /// The claim.
        to: RecordId,
        /// What became of it.
        outcome: Outcome,
    },
    /// The relay: a PA may come if the person says yes.
    YesWanted {
        /// Which shift.
        shift: ShiftId,
        /// The claim that waits; of a swap, it may be in the other shift's document.
        claim: RecordId,
        /// Who would come.
        pa: MemberId,
        /// When the team is told that no answer came.
        until: Moment,
    },
    /// The relay: these were asked, or told.
    Told {
        /// Which shift.
        shift: ShiftId,
        /// What they were told.
        news: News,
        /// Who.
        to: Vec<MemberId>,
        /// What it is about: the ask, the offer, or what opened the shift.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<RecordId>,
        /// Whose holding it is about, when it is about one: a double-up has two.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<MemberId>,
    },
}

/// A holder as the relay's word names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Who.
    pub pa: MemberId,
    /// What made them a holder before; this very word when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<RecordId>,
}

impl RotaRecord {
    /// The shift that it is about.
    pub fn shift(&self) -> ShiftId {
        match self {
            Self::Drafted { shift } | Self::Published { shift, .. } => shift.shift,
            Self::Cancelled { shift, .. }
            | Self::Ask { shift, .. }
            | Self::CannotCome { shift, .. }
            | Self::Offer { shift, .. }
            | Self::Handover { shift, .. }
            | Self::Claim { shift, .. }
            | Self::Withdraw { shift, .. }
            | Self::Decline { shift, .. }
            | Self::Yes { shift, .. }
            | Self::Veto { shift, .. }
            | Self::Word { shift, .. }
            | Self::Answer { shift, .. }
            | Self::YesWanted { shift, .. }
            | Self::Told { shift, .. } => *shift,
        }
    }

    /// Only the relay says this.
    pub fn is_the_relays(&self) -> bool {
        matches!(
            self,
            Self::Word { .. } | Self::Answer { .. } | Self::YesWanted { .. } | Self::Told { .. }
        )
    }

    /// It plans: the person, who acts for them, or who wears the rota holder's hat says this.
    pub fn plans(&self) -> bool {
        matches!(
            self,
            Self::Drafted { .. } | Self::Published { .. } | Self::Cancelled { .. }
        )
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_false(flag: &bool) -> bool {
    !*flag
}
