//! A shift and its story, as its records tell it.

use super::{Cover, News, Outcome, Why};
use crate::{
    documents::{Record, rota::RotaRecord},
    domain::shift::Shift,
    ids::{MemberId, RecordId},
    time::Moment,
};
use std::collections::{BTreeMap, BTreeSet};

/// Where a shift stands with who plans it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// Nobody works by it yet.
    Draft,
    /// It is on the rota.
    Published,
    /// It will not be.
    Cancelled {
        /// Who said so.
        by: MemberId,
        /// Why.
        reason: String,
    },
}

/// A PA's holding of a shift, from one grant or plan on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenure {
    /// What began it: the publication, or the relay's word.
    pub since: RecordId,
    /// Who.
    pub pa: MemberId,
}

/// Something that colleagues can answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Its record.
    pub id: RecordId,
    /// Who said it.
    pub by: MemberId,
    /// When, by their phone.
    pub at: Moment,
    /// What it is.
    pub kind: AskKind,
    /// Until when it can be answered.
    pub until: Moment,
    /// Why.
    pub reason: String,
    /// It was taken back.
    pub withdrawn: bool,
    /// It did its work, or came too late.
    pub closed: bool,
    /// Who said no.
    pub declined: BTreeSet<MemberId>,
}

/// What can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskKind {
    /// A holder asks for cover.
    Cover(Cover),
    /// The shift is kept for one PA.
    Offer(MemberId),
    /// A holder has begun and cannot stay.
    Handover(Option<MemberId>),
}

impl Ask {
    /// Whether it can be answered at `now`.
    pub fn is_open(&self, now: Moment) -> bool {
        !self.withdrawn && !self.closed && now < self.until
    }
    /// Whether it is meant for this PA.
    pub fn is_for(&self, pa: MemberId) -> bool {
        self.by != pa
            && match &self.kind {
                AskKind::Cover(Cover::Anyone) | AskKind::Handover(None) => true,
                AskKind::Cover(Cover::These { pas }) => pas.contains(&pa),
                AskKind::Cover(Cover::Swap { pa: other, .. })
                | AskKind::Offer(other)
                | AskKind::Handover(Some(other)) => *other == pa,
            }
    }
}

/// A claim and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its record.
    pub id: RecordId,
    /// Who.
    pub by: MemberId,
    /// When, by their phone.
    pub at: Moment,
    /// What it answers.
    pub answers: Option<RecordId>,
    /// Why it is all right.
    pub reason: String,
    /// What became of it.
    pub state: ClaimState,
    /// The answer's record, when there is one: answers follow each other in its order.
    pub answered: Option<RecordId>,
}

/// What became of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimState {
    /// Asked for: the relay has not decided.
    Asked,
    /// Taken back before it was granted.
    Withdrawn,
    /// Decided.
    Answered(Outcome),
}

impl Claim {
    /// It may still be granted.
    pub fn is_live(&self) -> bool {
        matches!(
            self.state,
            ClaimState::Asked | ClaimState::Answered(Outcome::Waits | Outcome::Standby)
        )
    }
    /// It waits for the person.
    pub fn waits(&self) -> bool {
        self.state == ClaimState::Answered(Outcome::Waits)
    }
    /// It waits in line.
    pub fn is_standby(&self) -> bool {
        self.state == ClaimState::Answered(Outcome::Standby)
    }
}

/// A question to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// Its record.
    pub id: RecordId,
    /// The claim that waits for the answer.
    pub claim: RecordId,
    /// Who would come.
    pub pa: MemberId,
    /// When the team is told that no answer came.
    pub until: Moment,
    /// The person said yes.
    pub yes: bool,
}

/// Who was told what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its record.
    pub id: RecordId,
    /// When, by the relay.
    pub at: Moment,
    /// What.
    pub news: News,
    /// Whom.
    pub to: Vec<MemberId>,
    /// About what.
    pub about: Option<RecordId>,
    /// Whose holding it is about, when it is about one.
    pub of: Option<MemberId>,
}

/// A shift and its story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftState {
    /// As it stands; its `pas` are the holders.
    pub shift: Shift,
    /// Where it stands with who plans it.
    pub plan: Plan,
    /// The publication that names the people, and whom it names: the relay's next word follows it.
    pub planned: (RecordId, Vec<MemberId>),
    /// A change that is drafted and not published, with its record.
    pub draft: Option<(RecordId, Shift)>,
    /// The record that [`Shift::replaces`] has to name to change this shift.
    pub current: RecordId,
    /// Who is responsible.
    pub holders: Vec<Tenure>,
    /// Whom the relay's last word names, and the publication that it follows.
    pub word: Option<Word>,
    /// Asks, offers and handovers, in the order of their ids.
    pub asks: Vec<Ask>,
    /// Claims: those with an answer in the order of the answers, then the others.
    pub claims: Vec<Claim>,
    /// To whom the person said no, and where.
    pub vetoed: BTreeMap<MemberId, RecordId>,
    /// Who said that they cannot come, from which holding, and where.
    pub gone: BTreeMap<Tenure, RecordId>,
    /// The publication that the holders follow: the relay's word says so, or it is the first.
    pub follows: RecordId,
    /// What opened the places that are missing: who cannot come, who was vetoed, or the word or
    /// plan that named too few, or moved the shift since.
    pub openings: Vec<RecordId>,
    /// What the person was asked.
    pub questions: Vec<Question>,
    /// Who was told what.
    pub told: Vec<Notice>,
    /// All its records, in the order of their ids.
    pub story: Vec<Record<RotaRecord>>,
}

/// The relay's last word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its record.
    pub id: RecordId,
    /// The publication that it follows.
    pub plan: RecordId,
    /// Whom it names.
    pub holders: Vec<Tenure>,
    /// Why.
    pub why: Why,
}

impl ShiftState {
    /// It is on the rota.
    pub fn is_on(&self) -> bool {
        self.plan == Plan::Published
    }
    /// How many PAs are missing.
    pub fn missing(&self) -> usize {
        if self.is_on() {
            self.shift.needs().saturating_sub(self.holders.len())
        } else {
            0
        }
    }
    /// The holding of this PA.
    pub fn tenure(&self, pa: MemberId) -> Option<Tenure> {
        self.holders.iter().find(|t| t.pa == pa).copied()
    }
    /// The claim with this id.
    pub fn claim(&self, id: RecordId) -> Option<&Claim> {
        self.claims.iter().find(|c| c.id == id)
    }
    /// The ask, offer or handover with this id.
    pub fn ask(&self, id: RecordId) -> Option<&Ask> {
        self.asks.iter().find(|a| a.id == id)
    }
    /// Those who wait in line, the first one first.
    pub fn standbys(&self) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(|c| c.is_standby())
    }
}
