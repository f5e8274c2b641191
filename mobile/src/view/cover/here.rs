//! One shift as one member sees it, by the rules by which the relay decides.

use super::super::{
    face::{self, Face},
    shift::{self, ShiftCard},
};
use super::{Act, Asked, Mine, Said, Taking, Travel, Until};
use crate::engine::{Phone, Standing};
use kith_shared::{
    documents::rota::RotaRecord,
    domain::{
        cover::{
            Ask, AskKind, Block, Board, Claim, ClaimState, Cover, Fit, Outcome, Plan, ShiftRef,
            ShiftState, judge, open_to, speakers,
        },
        team::Role,
    },
    ids::{MemberId, RecordId},
    time::{Moment, Span},
};

/// My shift before is spoken of when it ends at most so long before.
const SHIFT_BEFORE: Span = Span::hours(12);

/// One shift as one member sees it.
#[derive(Clone, Copy)]
pub(in crate::view) struct Here<'a> {
    pub(in crate::view) phone: &'a Phone,
    pub(in crate::view) at: ShiftRef,
    pub(in crate::view) state: &'a ShiftState,
    pub(in crate::view) me: MemberId,
    pub(in crate::view) now: Moment,
}

impl Here<'_> {
    pub(in crate::view) fn board(&self) -> &Board {
        &self.phone.book().board
    }

    pub(in crate::view) fn face(&self, id: MemberId) -> Face<MemberId> {
        face::member(self.phone, id)
    }

    pub(super) fn faces(&self, ids: &[MemberId]) -> Vec<Face<MemberId>> {
        ids.iter().map(|id| self.face(*id)).collect()
    }

    /// Who said something, where it is one of the team.
    fn teller(&self, id: MemberId) -> Option<Face<MemberId>> {
        let known = self.board().roster.members.contains_key(&id);
        known.then(|| self.face(id))
    }

    fn is_pa(&self) -> bool {
        crate::view::role(self.phone) == Some(Role::Pa)
    }

    fn speaks(&self) -> bool {
        speakers(self.board(), self.at.person).any(|m| m == self.me)
    }

    pub(super) fn begun(&self) -> bool {
        self.state.shift.start <= self.now
    }

    /// It is on the rota and not over.
    pub(in crate::view) fn lives(&self) -> bool {
        self.state.is_on() && self.state.shift.end > self.now
    }

    pub(super) fn pooled(&self) -> Vec<ShiftCard> {
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

    pub(super) fn travel(&self) -> Option<Travel> {
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

    pub(super) fn standbys(&self) -> Vec<Face<MemberId>> {
        if !self.lives() {
            return Vec::new();
        }
        self.state.standbys().map(|c| self.face(c.by)).collect()
    }

    pub(super) fn until(&self) -> Option<Until> {
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
        if self.state.asks.iter().any(open) {
            return Some(Until::Confirmed);
        }
        self.silent().map(|_| Until::TakenOver)
    }

    pub(super) fn since(&self) -> Option<Moment> {
        let mine = self.board().visits();
        let mut mine = mine.filter(|v| v.shift == Some(self.at.shift) && v.pa == self.me);
        mine.find(|v| v.end.is_none()).map(|v| v.start)
    }

    /// My latest claim.
    pub(in crate::view) fn claim(&self) -> Option<&Claim> {
        let mine = self.state.claims.iter().filter(|c| c.by == self.me);
        mine.max_by_key(|c| c.id)
    }

    pub(super) fn mine(&self) -> Option<Mine> {
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
    pub(in crate::view) fn asked(&self) -> Option<Asked> {
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
        let asked = Asked {
            what: None,
            by: None,
            taking: Taking::Open,
            until: self.state.shift.end,
            reason: String::new(),
            declined: false,
            kept: self.kept(),
        };
        if self.state.missing() > 0 {
            let opening = *self.state.openings.first()?;
            return Some(Asked {
                what: Some(opening),
                declined: self.declined(opening),
                ..asked
            });
        }
        let (silence, news) = self.silent()?;
        Some(Asked {
            what: Some(silence.notice),
            by: self.teller(silence.of.pa),
            taking: Taking::Silent(news),
            declined: self.cannot_go(silence),
            kept: None,
            ..asked
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
        let mut mine = self.state.story.iter().filter(|r| r.by == self.me);
        mine.any(|r| match &r.body {
            RotaRecord::Decline { what, .. } => *what == opening,
            RotaRecord::CannotCome { .. } => self.state.openings.contains(&r.id),
            _ => false,
        })
    }

    pub(in crate::view) fn kept(&self) -> Option<(Face<MemberId>, Moment)> {
        let open = self.state.asks.iter().filter(|a| a.is_open(self.now));
        let mut kept = open.filter_map(|a| match a.kind {
            AskKind::Offer(to) if to != self.me => Some((self.face(to), a.until)),
            _ => None,
        });
        kept.next()
    }

    /// Whether I could take what is asked, as the relay would judge it; `None` for a shift that is
    /// not here.
    pub(in crate::view) fn fit(&self, asked: &Asked) -> Option<Fit> {
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
    pub(in crate::view) fn is_possible(&self, asked: &Asked) -> bool {
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
    pub(in crate::view) fn questions(&self) -> Vec<(RecordId, MemberId)> {
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

    pub(super) fn acts(&self, asked: Option<&Asked>) -> Vec<Act> {
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
