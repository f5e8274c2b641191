//! Cover: who is responsible for a shift, who would take it, and what was decided and why.
//!
//! - [`resolve`] reads the records of a rota: the state of each shift, with its whole story. It
//!   is pure and total, and the order in which records came makes no difference.
//! - [`judge`] says whether a PA can take a shift: hard blocks, warnings, the person's choice.
//! - [`settle`] is what the relay does after each push and from time to time: from the state of
//!   all shifts, the next decision, as the records that say it. Phones foresee with the same code.
//! - [`watch`] says who is told next that nobody has clocked in, or that nobody holds a shift that
//!   comes near; [`may_step_in`], whose place a colleague may take at once after that.
//!
//! Responsible are the holders whom the relay's last *word* on a shift names, less those who said
//! since that they cannot come, less those to whom the person said no. The first publication
//! needs no word. So a claim, wherever it was made, is never more than *asked for* until the
//! relay has ordered it, and a shift has as many holders as it needs or is openly unfilled.

mod board;
mod judge;
mod problems;
mod resolve;
mod settle;
mod silent;
mod state;
mod watch;

pub use board::Board;
pub use judge::{Fit, choice, clash, judge, load, open_to, speakers};
pub use problems::{Problem, problems, problems_of};
pub use resolve::resolve;
pub use settle::{Decision, settle, settle_these};
pub use silent::{Silence, came_after_all, may_step_in, silences};
pub use state::{
    Ask, AskKind, Claim, ClaimState, Notice, Plan, Question, ShiftState, Tenure, Word,
};
pub use watch::watch;

use crate::{
    documents::DocumentId,
    domain::working_time::Warning,
    ids::{MemberId, PersonId, RecordId, ShiftId},
    time::{Moment, Month, Span},
};
use serde::{Deserialize, Serialize};

/// How long a standby is asked alone before the next one is; a quarter of the time that is left, if
/// that is less.
pub const STANDBY_PATIENCE: Span = Span::hours(1);
/// How long a person is asked before the team is told that no answer came; half of the time that is
/// left, if that is less.
pub const YES_PATIENCE: Span = Span::hours(12);

/// A shift and the document that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ShiftRef {
    /// With whom.
    pub person: PersonId,
    /// In which month it starts.
    pub month: Month,
    /// Which.
    pub shift: ShiftId,
}

impl ShiftRef {
    /// The document that it is in.
    pub fn rota(self) -> DocumentId {
        DocumentId::rota(self.person, self.month)
    }
}

/// What kind of cover a holder asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "from")]
pub enum Cover {
    /// Whoever can.
    Anyone,
    /// One of these.
    These {
        /// Who.
        pas: Vec<MemberId>,
    },
    /// The holder of that shift, in exchange for it.
    Swap {
        /// The other shift.
        with: ShiftRef,
        /// Its holder.
        pa: MemberId,
    },
}

/// Why somebody is responsible from now on, or nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Why {
    /// The rota was published so.
    Plan,
    /// A claim was granted.
    Granted {
        /// Which.
        claim: RecordId,
        /// Whose place was taken; nobody's when the shift was open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<MemberId>,
        /// Whose place it was had not clocked in, and colleagues had been told so: one stepped in.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        stepped_in: bool,
    },
    /// Two holders exchanged their shifts; both words are written at once or neither.
    Swapped {
        /// The claim, in the document of the shift that was asked for.
        claim: RecordId,
        /// The other shift.
        with: ShiftRef,
    },
    /// This holder cannot have it: they hold the other one, which overlaps.
    DoubleBooked {
        /// Who.
        pa: MemberId,
        /// The other shift.
        with: ShiftRef,
    },
    /// The person has said that this PA is not to come.
    NotWanted {
        /// Who.
        pa: MemberId,
    },
    /// They are not in the team any more.
    Left {
        /// Who.
        pa: MemberId,
    },
}

/// What became of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Outcome {
    /// It is theirs.
    Granted {
        /// What it was granted in spite of, with the rest that is owed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        warnings: Vec<Warning>,
    },
    /// The person is asked first.
    Waits,
    /// A colleague was first: next in line, after those who were told so before.
    Standby,
    /// It cannot be.
    NotPossible {
        /// Why not.
        block: Block,
    },
    /// It can be, with a reason: claim again and give one.
    NeedsReason {
        /// What speaks against it.
        warnings: Vec<Warning>,
    },
    /// It is not needed any more: the shift began and all came, it is over or cancelled, or the ask
    /// was taken back.
    Lapsed,
}

/// What makes a claim impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "because")]
pub enum Block {
    /// Only PAs take shifts.
    NotAPa,
    /// They hold it already.
    Holder,
    /// They hold another shift then, travel counted.
    Overlap {
        /// Which.
        with: ShiftRef,
    },
    /// They are on leave.
    OnLeave,
    /// The person has said no to them for this shift.
    Vetoed,
    /// The person has said that they are not to come.
    NotWanted,
    /// Nobody asks for cover: it was taken back, has run out, or was not for them.
    NotAsked,
    /// The other shift of the swap has another holder by now.
    SwapChanged,
    /// The shift has begun: only a handover is possible.
    Started,
    /// Too late: the shift is over or cancelled.
    Over,
}

/// What members are told about a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum News {
    /// A colleague asks for cover, and you could.
    Asked,
    /// It is offered to you alone for a while.
    Offered,
    /// The shift has begun and is to be handed over, and you could take it.
    HandOver,
    /// Nobody holds it, and you could.
    Open,
    /// Nobody holds it, and it begins soon or has begun.
    Unfilled,
    /// It is filled; thank you for being asked.
    Filled,
    /// It is yours, or not any more, or not at the same time.
    Changed,
    /// It is cancelled.
    Cancelled,
    /// The person is asked whether they want it.
    YesWanted,
    /// No answer came from the person.
    NoAnswer,
    /// The shift has begun, its holder's phone is in touch, and nobody has clocked in.
    NotStarted,
    /// The shift has begun, and the holder's phone has not been in touch: it may have clocked in
    /// without signal.
    NotHeard {
        /// When it last was; never, when nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last: Option<Moment>,
    },
    /// Its holder clocked in late.
    Late,
    /// What you were told of is settled: someone clocked in after all, maybe the one in whose silent
    /// place you came.
    Started,
}
