//! What always holds.

use kith_shared::{
    domain::{
        cover::{AskKind, Board, ClaimState, Outcome, ShiftRef, ShiftState, clash},
        shift::Shift,
    },
    ids::MemberId,
    time::Moment,
};
use std::collections::{BTreeMap, BTreeSet};

/// What holds for a board on which all is decided.
pub fn sound(board: &Board, now: Moment) {
    let mut held: BTreeMap<MemberId, Vec<(ShiftRef, &Shift)>> = BTreeMap::new();
    for (at, state) in board.states() {
        let holders: BTreeSet<_> = state.holders.iter().map(|t| t.pa).collect();
        assert_eq!(holders.len(), state.holders.len(), "a holder twice: {at:?}");
        for pa in holders {
            assert!(
                !state.vetoed.contains_key(&pa),
                "vetoed and holding: {at:?}"
            );
            if state.shift.start > now {
                held.entry(pa).or_default().push((at, &state.shift));
            }
        }
        for claim in &state.claims {
            let asked = |state: &ShiftState| state.questions.iter().any(|q| q.claim == claim.id);
            let lives = match &claim.state {
                ClaimState::Asked => false,
                ClaimState::Answered(Outcome::Waits) => {
                    // The person is asked, or it is kept for someone else so long.
                    let kept = |to: MemberId| to != claim.by;
                    let mut asks = state.asks.iter().filter(|a| a.is_open(now));
                    asks.any(|a| matches!(a.kind, AskKind::Offer(to) if kept(to)))
                        || board.states().any(|(_, s)| asked(s))
                }
                _ => true,
            };
            assert!(
                lives,
                "no answer, or it waits for nothing: {at:?} {claim:?}"
            );
        }
    }
    for shifts in held.values() {
        for (n, (one, shift)) in shifts.iter().enumerate() {
            for (other, with) in &shifts[n + 1..] {
                assert!(!clash(board, shift, with), "held by one: {one:?} {other:?}");
            }
        }
    }
}
