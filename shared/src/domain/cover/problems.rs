//! What is wrong with a rota though each step to it was right: two swaps that were made apart, each
//! within the rules, can break one together. Such a thing is shown with a way out, and nothing is
//! silently undone.
//!
//! That two came, one of them for a holder who only seemed silent, is no such thing: it is over, and
//! the story shows it ([`super::came_after_all`]).

use super::{Board, ClaimState, Outcome, ShiftRef, Why, judge::loaded};
use crate::{
    domain::working_time::{Warning, broken},
    ids::MemberId,
    time::Moment,
};

/// A rule that a PA's shifts break, with nobody having given a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Whose shifts.
    pub pa: MemberId,
    /// Which rule, and how far.
    pub warning: Warning,
    /// The shifts that are not over which it is about, the latest first.
    pub shifts: Vec<ShiftRef>,
    /// The way out: the shift to ask cover for.
    pub way_out: Option<ShiftRef>,
}

/// The problems with what is to come for one PA.
pub fn problems_of(board: &Board, pa: MemberId, now: Moment) -> Vec<Problem> {
    let (known, places): (Vec<_>, Vec<_>) = loaded(board, pa, now, |_| true).into_iter().unzip();
    let ahead = |at: &usize| {
        let place: ShiftRef = places[*at]?;
        (board.state(place)?.shift.start > now).then_some(place)
    };
    let mut problems = Vec::new();
    for broken in broken(&known, &board.contract(pa)) {
        let shifts: Vec<_> = broken.pieces.iter().filter_map(ahead).collect();
        let accepted = |at: &ShiftRef| accepted(board, *at, pa, &broken.warning);
        if !broken.warning.needs_reason() || shifts.is_empty() || shifts.iter().any(accepted) {
            continue;
        }
        problems.push(Problem {
            pa,
            warning: broken.warning,
            way_out: broken
                .give_away
                .as_ref()
                .and_then(ahead)
                .or(shifts.first().copied()),
            shifts,
        });
    }
    problems
}

/// The problems with what is to come for all PAs.
pub fn problems(board: &Board, now: Moment) -> Vec<Problem> {
    let pas = board.roster.members.values().filter(|m| m.works());
    pas.flat_map(|pa| problems_of(board, pa.id, now)).collect()
}

/// The PA took the shift knowing of this, or asked for it in exchange, and said why it is all right.
fn accepted(board: &Board, at: ShiftRef, pa: MemberId, warning: &Warning) -> bool {
    let state = board.state(at);
    // Of a swap, the claim is with the shift that was asked for.
    let other = match state.and_then(|s| s.word.as_ref()).map(|word| &word.why) {
        Some(Why::Swapped { with, .. }) => board.state(*with),
        _ => None,
    };
    let kind = std::mem::discriminant(warning);
    let states = state.into_iter().chain(other);
    let mut claims = states.flat_map(|s| s.claims.iter().map(move |claim| (s, claim)));
    claims.any(|(state, claim)| {
        let ask = claim.answers.and_then(|id| state.ask(id));
        let asked = ask.is_some_and(|ask| ask.by == pa && !ask.reason.trim().is_empty());
        let known = match &claim.state {
            ClaimState::Answered(Outcome::Granted { warnings }) => warnings.as_slice(),
            _ => &[],
        };
        (claim.by == pa || asked) && known.iter().any(|w| std::mem::discriminant(w) == kind)
    })
}
