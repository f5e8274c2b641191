//! Drafts and what becomes of them; changes of "this" and of "this and the following".

use super::{Hours, place};
use crate::{
    documents::rota::RotaRecord,
    domain::{
        cover::{Ask, AskKind, Board, Claim, ClaimState, Outcome, Plan, ShiftRef, ShiftState},
        shift::{Shift, ShiftKind},
    },
    ids::{MemberId, PersonId, ShiftId},
    intent::Intent,
    time::Moment,
};
use std::collections::BTreeSet;

/// Whether it is on the rota at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum As {
    /// Nobody works by it yet.
    Draft,
    /// On the rota.
    Published,
}

impl As {
    fn record(self, shift: Shift) -> RotaRecord {
        match self {
            Self::Draft => RotaRecord::Drafted { shift },
            Self::Published => RotaRecord::Published {
                shift,
                times_only: false,
            },
        }
    }
}

/// What plans these new shifts.
pub fn plan(shifts: Vec<Shift>, how: As) -> Vec<Intent> {
    shifts.into_iter().map(|shift| say(shift, how)).collect()
}

fn say(shift: Shift, how: As) -> Intent {
    Intent::say(place(&shift), how.record(shift))
}

/// The drafts on a board, the earliest first: shifts that are not on the rota yet, and changes
/// that were drafted of those that are.
pub fn drafts(board: &Board) -> Vec<(ShiftRef, &ShiftState, &Shift)> {
    let mut drafts: Vec<_> = board
        .states()
        .filter(|(_, state)| !matches!(state.plan, Plan::Cancelled { .. }))
        .filter_map(|(at, state)| Some((at, state, &state.draft.as_ref()?.1)))
        .collect();
    drafts.sort_by_key(|(at, _, draft)| (draft.start, draft.end, *at));
    drafts
}

/// What publishes a draft. Of a change that keeps the people whom the plan named, those come who
/// are responsible by now.
pub fn publish(state: &ShiftState) -> Option<Intent> {
    let (id, draft) = state.draft.clone()?;
    let mut shift = Shift {
        replaces: Some(id),
        ..draft
    };
    if state.is_on() && same(&shift.pas, &state.planned.1) {
        shift.pas.clone_from(&state.shift.pas);
    }
    Some(say(shift, As::Published))
}

/// How much of a series a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The one shift.
    This,
    /// It and those of its series that come later.
    Following,
}

/// The shifts that a change of this one is about, the earliest first: itself, those that are
/// pooled with it and, for [`Scope::Following`], the later ones of its series. Of those, cover
/// that was asked for or given is not touched: such shifts are counted, and stay as they are.
pub fn about<'a>(
    board: &'a Board,
    at: ShiftRef,
    scope: Scope,
    may: &dyn Fn(PersonId) -> bool,
    now: Moment,
) -> (Vec<(ShiftRef, &'a ShiftState)>, usize) {
    let Some(this) = board.state(at) else {
        return (Vec::new(), 0);
    };
    let this_or_pooled = |place: ShiftRef, state: &ShiftState| {
        place == at || (state.shift.pool.is_some() && state.shift.pool == this.shift.pool)
    };
    let later = |state: &ShiftState| {
        scope == Scope::Following
            && this.shift.series.is_some()
            && state.shift.series == this.shift.series
            && state.shift.start >= this.shift.start
            && (state.shift.start > now || !state.is_on())
    };
    let (mut about, mut left) = (Vec::new(), 0);
    for (place, state) in board.states() {
        if matches!(state.plan, Plan::Cancelled { .. })
            || !may(place.person)
            || (state.is_on() && state.shift.end <= now)
        {
            continue;
        }
        if this_or_pooled(place, state) {
            about.push((place, state));
        } else if later(state) {
            if has_cover(state, now) {
                left += 1;
            } else {
                about.push((place, state));
            }
        }
    }
    about.sort_by_key(|(place, state)| (state.shift.start, *place));
    (about, left)
}

/// Cover was asked for or given: colleagues agreed to it as it is.
fn has_cover(state: &ShiftState, now: Moment) -> bool {
    let asked = |ask: &Ask| ask.is_open(now) && !matches!(ask.kind, AskKind::Handover(_));
    let given = |claim: &Claim| {
        claim.is_live() || matches!(claim.state, ClaimState::Answered(Outcome::Granted { .. }))
    };
    state.is_on() && (state.asks.iter().any(asked) || state.claims.iter().any(given))
}

/// What is to be otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// How many days later it is; earlier when negative.
    pub days: i32,
    /// From when to when.
    pub hours: Hours,
    /// Who comes; as it is when nothing is said.
    pub pas: Option<Vec<MemberId>>,
    /// How many it takes.
    pub needs: u8,
    /// Who comes along to learn.
    pub shadows: Vec<MemberId>,
    /// What kind of work.
    pub kind: ShiftKind,
}

/// What changes these shifts. What is a draft stays one unless it is to be published; what is on
/// the rota is changed there at once. A shift that moves into another month is cancelled in the
/// old one, with this reason, and planned anew in the new one.
pub fn change(
    about: &[(ShiftRef, &ShiftState)],
    change: &Change,
    how: As,
    reason: &str,
    now: Moment,
    dice: &mut dyn FnMut() -> u128,
) -> Vec<Intent> {
    let mut intents = Vec::new();
    for (at, state) in about {
        let base = base(state);
        let (start, end) = change.hours.on(base.start.day().plus(change.days));
        let how = if state.is_on() { As::Published } else { how };
        let together = |(_, other): &&(ShiftRef, &ShiftState)| other.shift.pool == base.pool;
        let mut shift = Shift {
            start,
            end,
            needs: change.needs.max(1),
            shadows: change.shadows.clone(),
            work: change.kind,
            pas: change.pas.clone().unwrap_or_else(|| base.pas.clone()),
            // Changed without the others of its visit, it is worked apart from them.
            pool: base
                .pool
                .filter(|_| about.iter().filter(together).count() > 1),
            ..base.clone()
        };
        if shift.start.month() != at.month {
            intents.push(cancel(*at, reason));
            shift.shift = ShiftId::new(now, dice());
            shift.replaces = None;
            intents.push(say(shift, how));
            continue;
        }
        let times_only = state.is_on() && change.pas.is_none();
        if times_only {
            shift.pas.clone_from(&state.planned.1);
        }
        shift.replaces = Some(match &state.draft {
            Some((draft, _)) if !state.is_on() => *draft,
            _ => state.current,
        });
        intents.push(if times_only {
            Intent::say(*at, RotaRecord::Published { shift, times_only })
        } else {
            say(shift, how)
        });
    }
    intents
}

/// A shift as those who plan see it: the draft of what is not on the rota, otherwise as it is.
pub fn base(state: &ShiftState) -> &Shift {
    match &state.draft {
        Some((_, draft)) if !state.is_on() => draft,
        _ => &state.shift,
    }
}

/// What cancels these shifts, or drops their drafts.
pub fn cancel_all(about: &[(ShiftRef, &ShiftState)], reason: &str) -> Vec<Intent> {
    about.iter().map(|(at, _)| cancel(*at, reason)).collect()
}

fn cancel(at: ShiftRef, reason: &str) -> Intent {
    let cancelled = RotaRecord::Cancelled {
        shift: at.shift,
        reason: reason.trim().to_owned(),
    };
    Intent::say(at, cancelled)
}

/// The same people, in whatever order.
pub fn same(some: &[MemberId], others: &[MemberId]) -> bool {
    let set = |pas: &[MemberId]| pas.iter().copied().collect::<BTreeSet<_>>();
    set(some) == set(others)
}
