//! A shift's sheet: who is responsible, what waits, and what can be done about it now, by the same
//! rules by which the relay decides.

mod here;
mod silent;

pub(super) use here::Here;

use super::{
    face::Face,
    shift::{self, ShiftCard},
    story::{self, Entry},
};
use crate::engine::Phone;
use kith_shared::{
    domain::{
        cover::{Block, Fit, News, Plan, ShiftRef},
        shift::Shift,
        working_time::Warning,
    },
    ids::{MemberId, PersonId, RecordId, ShiftId},
    time::Moment,
};

/// Everything about one shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Where it is, for acts on it.
    pub at: ShiftRef,
    /// The shift, with who is responsible.
    pub card: ShiftCard,
    /// Where it stands with who plans it.
    pub stands: Stands,
    /// How many PAs are missing.
    pub missing: usize,
    /// It has begun.
    pub begun: bool,
    /// Who comes along to learn.
    pub shadows: Vec<Face<MemberId>>,
    /// The other shifts of a pooled visit.
    pub pooled: Vec<ShiftCard>,
    /// The way from my shift before, when it is with someone else.
    pub travel: Option<Travel>,
    /// Who is with the person before.
    pub before: Option<ShiftCard>,
    /// Who is with the person after.
    pub after: Option<ShiftCard>,
    /// Who waits in line, the first one first.
    pub standbys: Vec<Face<MemberId>>,
    /// Until when who is responsible stays so.
    pub until: Option<Until>,
    /// Since when I am there for it, by my clock in.
    pub here: Option<Moment>,
    /// Who is there after all, although a colleague took their silent place; and since when.
    pub after_all: Vec<(Face<MemberId>, Moment)>,
    /// What of mine waits, or was answered in a way that I should know.
    pub mine: Option<Mine>,
    /// The open ask that is for me, or what opened the shift.
    pub asked: Option<Asked>,
    /// Whether I could take it, when there is something to take.
    pub fit: Option<Fit>,
    /// What happened, the latest first.
    pub story: Vec<Entry>,
    /// What I can do now, the likeliest first.
    pub acts: Vec<Act>,
}

/// Where a shift stands with who plans it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Nobody works by it yet.
    Draft,
    /// It is on the rota.
    On,
    /// It will not be.
    Cancelled,
}

/// A way between two shifts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Travel {
    /// From whom.
    pub from: Face<PersonId>,
    /// How many minutes.
    pub minutes: i64,
}

/// Until when who is responsible stays so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Until {
    /// Until someone else is confirmed.
    Confirmed,
    /// Until the person says yes to this PA.
    Yes(Face<MemberId>),
    /// Until a colleague takes over: it has begun, and nobody has clocked in.
    TakenOver,
}

/// What of mine waits, or was answered in a way that I should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mine {
    /// I asked for the shift, and the relay has not answered; whether it has it.
    Asked {
        /// It left this phone.
        sent: bool,
    },
    /// The person is asked first.
    Waits,
    /// I am in line, at this place.
    Standby(usize),
    /// It needs a reason.
    NeedsReason(Vec<Warning>),
    /// It cannot be.
    NotPossible(Block),
}

/// What there is to take, and from whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The ask, offer or handover; what opened the shift when nobody holds it, and what colleagues
    /// were told when nothing is heard of its holder.
    pub what: Option<RecordId>,
    /// Who asks, or of whom nothing is heard; nobody where the shift stands open, or where the
    /// team asks by itself.
    pub by: Option<Face<MemberId>>,
    /// What kind of taking it is.
    pub taking: Taking,
    /// Until when it can be answered.
    pub until: Moment,
    /// Why, in their words; may be empty.
    pub reason: String,
    /// I have said no to it.
    pub declined: bool,
    /// It is kept for this colleague until then: I would stand by.
    pub kept: Option<(Face<MemberId>, Moment)>,
}

/// What kind of taking a claim is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taking {
    /// Nobody holds the shift.
    Open,
    /// Its holder asks for cover.
    Cover,
    /// It is kept for me.
    Offer,
    /// It has begun and is handed over.
    Handover,
    /// It has begun, and nothing is heard of its holder.
    Silent(News),
    /// In exchange for this shift of mine.
    Swap(Box<ShiftCard>),
}

/// What can be done about a shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// The person says yes to this PA.
    Yes {
        /// The question.
        question: RecordId,
        /// Who would come.
        pa: Face<MemberId>,
    },
    /// The person says no to this PA.
    No {
        /// To whom.
        pa: Face<MemberId>,
        /// They hold the shift already.
        holds: bool,
    },
    /// Take it.
    Claim,
    /// Say no to what is asked.
    Decline {
        /// To what.
        what: RecordId,
    },
    /// Take back what I said.
    Withdraw {
        /// What.
        what: RecordId,
        /// What kind of thing it is.
        said: Said,
    },
    /// Ask for cover.
    Ask,
    /// Ask a colleague to swap.
    Swap,
    /// Keep it for one colleague.
    Offer,
    /// Say that I cannot come.
    CannotCome {
        /// What made me its holder.
        holding: RecordId,
    },
    /// Hand over what has begun.
    HandOver,
    /// Plan: change or cancel it.
    Plan,
}

/// What can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// An ask for cover.
    Ask,
    /// An offer.
    Offer,
    /// A handover.
    Handover,
    /// A claim.
    Claim,
    /// A no to a PA.
    Veto,
}

/// Everything about one shift; `None` when this phone does not know it.
pub fn sheet(phone: &Phone, shift: ShiftId, now: Moment) -> Option<Sheet> {
    let (at, state) = phone.book().board.find(shift)?;
    let me = super::me(phone)?;
    let here = Here {
        phone,
        at,
        state,
        me,
        now,
    };
    let around = shift::sheet(phone, shift, now);
    let (before, after) = around.map_or((None, None), |a| (a.before, a.after));
    let mut card = shift::card(phone, &state.shift, now);
    if let (Plan::Draft, Some((_, draft))) = (&state.plan, &state.draft) {
        card = shift::card(phone, draft, now);
    }
    let asked = here.asked();
    Some(Sheet {
        at,
        stands: match state.plan {
            Plan::Draft => Stands::Draft,
            Plan::Published => Stands::On,
            Plan::Cancelled { .. } => Stands::Cancelled,
        },
        missing: state.missing(),
        begun: state.shift.start <= now,
        shadows: here.faces(&state.shift.shadows),
        pooled: here.pooled(),
        travel: here.travel(),
        before,
        after,
        standbys: here.standbys(),
        until: here.until(),
        here: here.since(),
        after_all: here.after_all(),
        mine: here.mine(),
        fit: asked.as_ref().and_then(|asked| here.fit(asked)),
        acts: here.acts(asked.as_ref()),
        asked,
        story: story::story(phone, at, state),
        card,
    })
}

/// The shift of a record as a card.
pub(super) fn card_at(phone: &Phone, at: ShiftRef, now: Moment) -> Option<ShiftCard> {
    let shift: &Shift = &phone.book().board.state(at)?.shift;
    Some(shift::card(phone, shift, now))
}
