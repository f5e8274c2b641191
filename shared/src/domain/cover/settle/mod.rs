//! What the relay does next: one decision at a time, as the records that say it.

mod asking;
mod claims;
mod plan;
mod unsettled;

pub(super) use claims::{Place, not_possible};

use super::{
    Board, ClaimState, News, ShiftRef, ShiftState,
    judge::{open_to, speakers},
};
use crate::{
    documents::{DocumentId, rota::RotaRecord},
    domain::availability::Can,
    ids::{MemberId, RecordId},
    limits,
    time::{Moment, Span},
};
use std::collections::BTreeSet;

/// Records that the relay writes together, or none of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision(pub Vec<(DocumentId, RotaRecord)>);

/// The next decision about anything on the board; nothing when all is settled for now. Whoever
/// calls writes its records and asks again: each decision changes what it was made from.
///
/// Plans come first, for they say what there is to take; then claims, in the order of the journal:
/// `order` gives the place of a record in it; then who is asked.
pub fn settle(
    board: &Board,
    order: &dyn Fn(DocumentId, RecordId) -> u64,
    now: Moment,
) -> Option<Decision> {
    settle_these(board, &board.unsettled(now), order, now)
}

/// As [`settle`], looking at these shifts alone: at all of them it says the same, and takes longer
/// the more there are.
pub fn settle_these(
    board: &Board,
    these: &BTreeSet<ShiftRef>,
    order: &dyn Fn(DocumentId, RecordId) -> u64,
    now: Moment,
) -> Option<Decision> {
    let here = |at: &ShiftRef| {
        let state = board.state(*at).filter(|s| s.needs_care(now))?;
        Some(Here {
            board,
            at: *at,
            state,
            now,
        })
    };
    let live: Vec<_> = these.iter().filter_map(here).collect();
    if let Some(decision) = live
        .iter()
        .find_map(|here| here.plan().or_else(|| here.lapse()))
    {
        return Some(decision);
    }
    let asked = live.iter();
    let asked = asked.flat_map(|here| here.state.claims.iter().map(move |claim| (here, claim)));
    let asked = asked.filter(|(_, claim)| claim.state == ClaimState::Asked);
    let first = asked.min_by_key(|(here, claim)| (order(here.at.rota(), claim.id), claim.id));
    if let Some((here, claim)) = first {
        return Some(here.claim(claim));
    }
    live.iter().find_map(|here| {
        here.waiting()
            .or_else(|| here.asks())
            .or_else(|| here.line())
            .or_else(|| here.openings())
    })
}

impl ShiftState {
    /// Something may have to be decided about it: it is not over, or someone waits for an answer.
    fn needs_care(&self, now: Moment) -> bool {
        self.shift.end > now || self.claims.iter().any(super::Claim::is_live)
    }

    fn was_told(&self, about: RecordId, news: impl Fn(News) -> bool) -> bool {
        let mut told = self.told.iter();
        told.any(|n| n.about == Some(about) && news(n.news))
    }
}

/// One shift, in its surroundings.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    pub(super) board: &'a Board,
    pub(super) at: ShiftRef,
    pub(super) state: &'a ShiftState,
    pub(super) now: Moment,
}

impl<'a> Here<'a> {
    /// Tells these; in as many records as their number takes, and in one when there is nobody.
    pub(super) fn tell(
        &self,
        news: News,
        to: impl IntoIterator<Item = MemberId>,
        about: Option<RecordId>,
    ) -> Vec<(DocumentId, RotaRecord)> {
        let to: BTreeSet<_> = to.into_iter().collect();
        let to: Vec<_> = to.into_iter().collect();
        let told = |to: &[MemberId]| {
            let told = RotaRecord::Told {
                shift: self.at.shift,
                news,
                to: to.to_vec(),
                about,
                of: None,
            };
            (self.at.rota(), told)
        };
        let (first, rest) = to.split_at(to.len().min(limits::ITEMS));
        [told(first)]
            .into_iter()
            .chain(rest.chunks(limits::ITEMS).map(told))
            .collect()
    }

    fn one(&self, record: RotaRecord) -> Decision {
        Decision(vec![(self.at.rota(), record)])
    }

    fn other(&self, at: ShiftRef) -> Option<Self> {
        let state = self.board.state(at)?;
        Some(Self { at, state, ..*self })
    }

    pub(super) fn started(&self) -> bool {
        self.state.shift.start <= self.now
    }

    fn was_told(&self, about: RecordId, news: impl Fn(News) -> bool) -> bool {
        self.state.was_told(about, news)
    }

    /// Who was asked whether they could help, so far.
    fn asked(&self) -> impl Iterator<Item = MemberId> {
        let told = self.state.told.iter().filter(|n| n.news.asks());
        told.flat_map(|n| n.to.iter().copied())
    }

    pub(super) fn planners(&self) -> impl Iterator<Item = MemberId> + use<'a> {
        let (board, now) = (self.board, self.now);
        let hats = board.roster.members.values();
        let hats = hats.filter(move |m| m.holds_rota(now)).map(|m| m.id);
        hats.chain(self.speakers())
    }

    fn speakers(&self) -> impl Iterator<Item = MemberId> + use<'a> {
        speakers(self.board, self.at.person)
    }

    fn pas(&self) -> impl Iterator<Item = MemberId> + use<'a> {
        let members = self.board.roster.members.values();
        members.filter(|m| m.works()).map(|m| m.id)
    }

    pub(super) fn who_could(&self, but: MemberId) -> Vec<MemberId> {
        self.pas()
            .filter(|pa| *pa != but && self.could(*pa))
            .collect()
    }

    /// Nothing speaks against asking this PA: they can, and did not say that they cannot then.
    fn could(&self, pa: MemberId) -> bool {
        let shift = &self.state.shift;
        let availability = self.board.availability.get(&pa);
        availability.is_none_or(|a| a.can_all(shift.start, shift.end) != Can::No)
            && self.can(pa, None)
    }

    /// Nothing makes it impossible for this PA, who would give away `instead`.
    fn can(&self, pa: MemberId, instead: Option<ShiftRef>) -> bool {
        open_to(self.board, self.at, pa, instead, self.now).is_ok()
    }
}

/// One of so many parts.
fn part(of: Span, parts: i64) -> Span {
    Span::from_millis(of.millis() / parts)
}

impl News {
    /// Who is told this is asked to help.
    fn asks(self) -> bool {
        matches!(
            self,
            Self::Asked
                | Self::Offered
                | Self::Open
                | Self::Unfilled
                | Self::HandOver
                | Self::NoAnswer
                | Self::NotStarted
                | Self::NotHeard { .. }
        )
    }
}
