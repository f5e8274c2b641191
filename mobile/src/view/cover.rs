//! A shift's sheet: who is responsible, what waits, and what can be done about it now, by the same
//! rules by which the relay decides.

use super::{
    face::{self, Face},
    shift::{self, ShiftCard},
    story::{self, Entry},
};
use crate::engine::{Phone, Standing};
use kith_shared::{
    domain::{
        cover::{
            Ask, AskKind, Block, Board, Claim, ClaimState, Cover, Fit, Outcome, Plan, ShiftRef,
            ShiftState, judge, open_to, speakers,
        },
        shift::Shift,
        team::Role,
        working_time::Warning,
    },
    ids::{MemberId, PersonId, RecordId, ShiftId},
    time::{Moment, Span},
};

/// My shift before is spoken of when it ends at most so long before.
const SHIFT_BEFORE: Span = Span::hours(12);

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
    /// The ask, offer or handover; what opened the shift when nobody holds it.
    pub what: Option<RecordId>,
    /// Who asks; nobody where the shift stands open, or where the team asks by itself.
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

/// One shift as one member sees it.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    pub(super) phone: &'a Phone,
    pub(super) at: ShiftRef,
    pub(super) state: &'a ShiftState,
    pub(super) me: MemberId,
    pub(super) now: Moment,
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
        mine: here.mine(),
        fit: asked.as_ref().and_then(|asked| here.fit(asked)),
        acts: here.acts(asked.as_ref()),
        asked,
        story: story::story(phone, at, state),
        card,
    })
}

impl Here<'_> {
    pub(super) fn board(&self) -> &Board {
        &self.phone.book().board
    }

    pub(super) fn face(&self, id: MemberId) -> Face<MemberId> {
        face::member(self.phone, id)
    }

    fn faces(&self, ids: &[MemberId]) -> Vec<Face<MemberId>> {
        ids.iter().map(|id| self.face(*id)).collect()
    }

    /// Who said something, where it is one of the team.
    fn teller(&self, id: MemberId) -> Option<Face<MemberId>> {
        let known = self.board().roster.members.contains_key(&id);
        known.then(|| self.face(id))
    }

    fn is_pa(&self) -> bool {
        super::role(self.phone) == Some(Role::Pa)
    }

    fn speaks(&self) -> bool {
        speakers(self.board(), self.at.person).any(|m| m == self.me)
    }

    fn begun(&self) -> bool {
        self.state.shift.start <= self.now
    }

    /// It is on the rota and not over.
    pub(super) fn lives(&self) -> bool {
        self.state.is_on() && self.state.shift.end > self.now
    }

    fn pooled(&self) -> Vec<ShiftCard> {
        let Some(pool) = self.state.shift.pool else {
            return Vec::new();
        };
        let others = self.board().on();
        let others = others.filter(|(at, s)| *at != self.at && s.shift.pool == Some(pool));
        let mut cards: Vec<_> = others
            .map(|(_, s)| shift::card(self.phone, &s.shift, self.now))
            .collect();
        cards.sort_by_key(|c| (c.planned.start, c.shift));
        cards
    }

    fn travel(&self) -> Option<Travel> {
        let shift = &self.state.shift;
        let board = self.board();
        let from = shift.start - SHIFT_BEFORE - Span::days(3);
        let mine = board.held(self.me, from, shift.start);
        let before = mine
            .map(|(_, s)| &s.shift)
            .filter(|s| s.end <= shift.start && shift.start - s.end <= SHIFT_BEFORE)
            .filter(|s| s.shift != shift.shift && s.person != shift.person)
            .max_by_key(|s| s.end)?;
        let minutes = board
            .roster
            .travel(before.person, shift.person)
            .whole_minutes();
        (minutes > 0).then(|| Travel {
            from: face::person(self.phone, before.person),
            minutes,
        })
    }

    fn standbys(&self) -> Vec<Face<MemberId>> {
        if !self.lives() {
            return Vec::new();
        }
        self.state.standbys().map(|c| self.face(c.by)).collect()
    }

    fn until(&self) -> Option<Until> {
        if !self.lives() || self.state.holders.is_empty() {
            return None;
        }
        let open = |ask: &Ask| ask.is_open(self.now) && self.state.tenure(ask.by).is_some();
        let waits = |c: &&Claim| c.state == ClaimState::Answered(Outcome::Waits);
        if let Some(question) = self.questions().first() {
            return Some(Until::Yes(self.face(question.1)));
        }
        if let Some(claim) = self.state.claims.iter().find(waits) {
            return Some(Until::Yes(self.face(claim.by)));
        }
        let asks = self.state.asks.iter().any(open);
        asks.then_some(Until::Confirmed)
    }

    fn since(&self) -> Option<Moment> {
        let mine = self.board().visits();
        let mut mine = mine.filter(|v| v.shift == Some(self.at.shift) && v.pa == self.me);
        mine.find(|v| v.end.is_none()).map(|v| v.start)
    }

    /// My latest claim.
    pub(super) fn claim(&self) -> Option<&Claim> {
        let mine = self.state.claims.iter().filter(|c| c.by == self.me);
        mine.max_by_key(|c| c.id)
    }

    fn mine(&self) -> Option<Mine> {
        let claim = self.claim().filter(|_| self.lives())?;
        Some(match &claim.state {
            ClaimState::Asked => Mine::Asked {
                sent: self.phone.standing(self.at.rota(), claim.id) != Some(Standing::Saved),
            },
            ClaimState::Answered(Outcome::Waits) => Mine::Waits,
            ClaimState::Answered(Outcome::Standby) => {
                let before = self.state.standbys().take_while(|c| c.id != claim.id);
                Mine::Standby(before.count() + 1)
            }
            ClaimState::Answered(Outcome::NeedsReason { warnings }) => {
                Mine::NeedsReason(warnings.clone())
            }
            ClaimState::Answered(Outcome::NotPossible { block }) => Mine::NotPossible(*block),
            ClaimState::Answered(Outcome::Granted { .. } | Outcome::Lapsed)
            | ClaimState::Withdrawn => return None,
        })
    }

    /// What there is for me to take: what is meant for me alone comes first.
    pub(super) fn asked(&self) -> Option<Asked> {
        if !self.is_pa() || !self.lives() || self.state.tenure(self.me).is_some() {
            return None;
        }
        let claim = self.claim();
        let waits = |c: &Claim| {
            matches!(
                c.state,
                ClaimState::Asked | ClaimState::Answered(Outcome::Waits)
            )
        };
        if claim.is_some_and(waits) {
            return None;
        }
        let answered = claim.filter(|c| c.is_standby()).and_then(|c| c.answers);
        let usable = |ask: &&Ask| {
            ask.is_open(self.now)
                && ask.is_for(self.me)
                && Some(ask.id) != answered
                && (self.state.tenure(ask.by).is_some() || self.state.missing() > 0)
        };
        let rank = |ask: &&Ask| match ask.kind {
            AskKind::Offer(_) => 0,
            AskKind::Handover(_) => 1,
            AskKind::Cover(Cover::These { .. }) => 2,
            AskKind::Cover(Cover::Anyone) => 3,
            AskKind::Cover(Cover::Swap { .. }) => 4,
        };
        let asks = self.state.asks.iter().filter(usable);
        if let Some(ask) = asks.min_by_key(|ask| (rank(ask), ask.id)) {
            return self.answering(ask);
        }
        let opening = *self.state.openings.first()?;
        (self.state.missing() > 0).then(|| Asked {
            what: Some(opening),
            by: None,
            taking: Taking::Open,
            until: self.state.shift.end,
            reason: String::new(),
            declined: self.declined(opening),
            kept: self.kept(),
        })
    }

    fn answering(&self, ask: &Ask) -> Option<Asked> {
        let taking = match &ask.kind {
            AskKind::Cover(Cover::Anyone | Cover::These { .. }) => Taking::Cover,
            AskKind::Cover(Cover::Swap { with, .. }) => {
                let other = self.board().state(*with)?;
                Taking::Swap(Box::new(shift::card(self.phone, &other.shift, self.now)))
            }
            AskKind::Offer(_) => Taking::Offer,
            AskKind::Handover(_) => Taking::Handover,
        };
        Some(Asked {
            what: Some(ask.id),
            by: self.teller(ask.by),
            taking,
            until: ask.until,
            reason: ask.reason.clone(),
            declined: ask.declined.contains(&self.me),
            kept: self.kept(),
        })
    }

    /// I said no to an open shift, or it is open because I cannot come.
    fn declined(&self, opening: RecordId) -> bool {
        use kith_shared::documents::rota::RotaRecord;
        let mut mine = self.state.story.iter().filter(|r| r.by == self.me);
        mine.any(|r| match &r.body {
            RotaRecord::Decline { what, .. } => *what == opening,
            RotaRecord::CannotCome { .. } => self.state.openings.contains(&r.id),
            _ => false,
        })
    }

    pub(super) fn kept(&self) -> Option<(Face<MemberId>, Moment)> {
        let open = self.state.asks.iter().filter(|a| a.is_open(self.now));
        let mut kept = open.filter_map(|a| match a.kind {
            AskKind::Offer(to) if to != self.me => Some((self.face(to), a.until)),
            _ => None,
        });
        kept.next()
    }

    /// Whether I could take what is asked, as the relay would judge it; `None` for a shift that is
    /// not here.
    pub(super) fn fit(&self, asked: &Asked) -> Option<Fit> {
        let with = self.swap(asked);
        let board = self.board();
        let mine = judge(board, self.at, self.me, with, self.now);
        let (Some(with), Some(by)) = (with, asked.by.as_ref()) else {
            return Some(mine);
        };
        let changed = Some(Fit::Blocked(Block::SwapChanged));
        let other = board.state(with)?;
        if other.tenure(self.me).is_none() || other.shift.start <= self.now {
            return changed;
        }
        let theirs = judge(board, with, by.id, Some(self.at), self.now);
        match (mine, theirs) {
            (Fit::Blocked(block), _) => Some(Fit::Blocked(block)),
            (_, Fit::Blocked(_)) => changed,
            (
                Fit::Fits {
                    warnings,
                    ask_person,
                },
                Fit::Fits {
                    ask_person: other, ..
                },
            ) => Some(Fit::Fits {
                // Each gives a reason for their own: who asked gave theirs with the ask.
                warnings,
                ask_person: ask_person || other,
            }),
        }
    }

    /// Whether nothing makes it impossible that I take what is asked: [`Self::fit`] without what
    /// only warns.
    pub(super) fn is_possible(&self, asked: &Asked) -> bool {
        let board = self.board();
        let with = self.swap(asked);
        let theirs = with.zip(asked.by.as_ref()).is_none_or(|(with, by)| {
            let other = board.state(with);
            other.is_some_and(|o| o.tenure(self.me).is_some() && o.shift.start > self.now)
                && open_to(board, with, by.id, Some(self.at), self.now).is_ok()
        });
        theirs && open_to(board, self.at, self.me, with, self.now).is_ok()
    }

    /// The shift of mine that would be given for it.
    fn swap(&self, asked: &Asked) -> Option<ShiftRef> {
        match self.state.ask(asked.what?).map(|a| &a.kind) {
            Some(AskKind::Cover(Cover::Swap { with, .. })) => Some(*with),
            _ => None,
        }
    }

    /// The questions to the person that stand: each with its record and who would come.
    pub(super) fn questions(&self) -> Vec<(RecordId, MemberId)> {
        let waits = |claim: RecordId| {
            // The claim of a swap may be in the other shift's document.
            let here = self.state.claim(claim);
            let there = || self.board().states().find_map(|(_, s)| s.claim(claim));
            let claim = here.or_else(there);
            claim.is_some_and(|c| c.state == ClaimState::Answered(Outcome::Waits))
        };
        let open = self.state.questions.iter().filter(|q| {
            !q.yes && !self.state.vetoed.contains_key(&q.pa) && self.lives() && waits(q.claim)
        });
        open.map(|q| (q.id, q.pa)).collect()
    }

    fn acts(&self, asked: Option<&Asked>) -> Vec<Act> {
        let mut acts = Vec::new();
        if self.lives() {
            if self.speaks() {
                self.speakers_acts(&mut acts);
            }
            if let Some(asked) = asked {
                self.answers(asked, &mut acts);
            }
            if self.is_pa() {
                self.holders_acts(&mut acts);
            }
            self.withdrawals(&mut acts);
        }
        let member = self.phone.member();
        let plans = member.is_some_and(|m| m.holds_rota(self.now)) || self.speaks();
        let on = !matches!(self.state.plan, Plan::Cancelled { .. });
        if plans && on && self.state.shift.end > self.now {
            if self.state.missing() > 0
                && !self.begun()
                && self.state.tenure(self.me).is_none()
                && self.kept().is_none()
            {
                acts.push(Act::Offer);
            }
            acts.push(Act::Plan);
        }
        acts
    }

    fn speakers_acts(&self, acts: &mut Vec<Act>) {
        for (question, pa) in self.questions() {
            let pa = self.face(pa);
            acts.push(Act::Yes {
                question,
                pa: pa.clone(),
            });
            acts.push(Act::No { pa, holds: false });
        }
        let holders = self.state.holders.iter();
        acts.extend(holders.map(|tenure| Act::No {
            pa: self.face(tenure.pa),
            holds: true,
        }));
    }

    fn answers(&self, asked: &Asked, acts: &mut Vec<Act>) {
        // Who cannot take it is not waited for.
        if !self.is_possible(asked) {
            return;
        }
        acts.push(Act::Claim);
        if let Some(what) = asked.what.filter(|_| !asked.declined) {
            acts.push(Act::Decline { what });
        }
    }

    fn holders_acts(&self, acts: &mut Vec<Act>) {
        let Some(tenure) = self.state.tenure(self.me) else {
            return;
        };
        let open = |is: fn(&AskKind) -> bool| {
            let mut mine = self.state.asks.iter().filter(|a| a.by == self.me);
            mine.any(|a| a.is_open(self.now) && is(&a.kind))
        };
        if self.begun() {
            if !open(|kind| matches!(kind, AskKind::Handover(_))) {
                acts.push(Act::HandOver);
            }
        } else {
            if !open(|kind| matches!(kind, AskKind::Cover(_))) {
                acts.extend([Act::Ask, Act::Swap]);
            }
            if !open(|kind| matches!(kind, AskKind::Offer(_))) {
                acts.push(Act::Offer);
            }
        }
        if self.since().is_none() {
            acts.push(Act::CannotCome {
                holding: tenure.since,
            });
        }
    }

    fn withdrawals(&self, acts: &mut Vec<Act>) {
        let mine = self.state.asks.iter().filter(|a| a.by == self.me);
        for ask in mine.filter(|a| a.is_open(self.now)) {
            let said = match ask.kind {
                AskKind::Cover(_) => Said::Ask,
                AskKind::Offer(_) => Said::Offer,
                AskKind::Handover(_) => Said::Handover,
            };
            acts.push(Act::Withdraw { what: ask.id, said });
        }
        let claims = self.state.claims.iter();
        for claim in claims.filter(|c| c.by == self.me && c.is_live()) {
            acts.push(Act::Withdraw {
                what: claim.id,
                said: Said::Claim,
            });
        }
        let story = self.state.story.iter();
        for veto in self.state.vetoed.values() {
            if story.clone().any(|r| r.id == *veto && r.by == self.me) {
                acts.push(Act::Withdraw {
                    what: *veto,
                    said: Said::Veto,
                });
            }
        }
    }
}

/// The shift of a record as a card.
pub(super) fn card_at(phone: &Phone, at: ShiftRef, now: Moment) -> Option<ShiftCard> {
    let shift: &Shift = &phone.book().board.state(at)?.shift;
    Some(shift::card(phone, shift, now))
}
