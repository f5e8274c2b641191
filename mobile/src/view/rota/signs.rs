//! What a shift on the rota waits for, what came of it, and what kind it is, in the order in which
//! it is read.

use crate::{
    engine::Phone,
    view::face::{self, Face},
};
use kith_shared::{
    documents::rota::RotaRecord,
    domain::cover::{AskKind, ClaimState, Outcome, Plan, ShiftRef, ShiftState, Tenure, Why},
    ids::{MemberId, RecordId},
    time::Moment,
};

/// Something to know about a shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sign {
    /// It is not published yet.
    Draft,
    /// A change of it is drafted.
    Redraft,
    /// Some of the PAs that it takes are missing.
    Open {
        /// How many.
        missing: usize,
        /// How many it takes.
        needs: usize,
    },
    /// It is kept for one PA for a while.
    Offered(Face<MemberId>),
    /// This holder looks for cover, and comes if nobody takes it.
    Wanted(Face<MemberId>),
    /// Who looks at the screen asked for it, and nothing is decided.
    Asked,
    /// This PA comes if the person says yes.
    WaitsForYes(Face<MemberId>),
    /// Who looks at the screen is next in line.
    Standby,
    /// A PA took it.
    Covers {
        /// Who.
        pa: Face<MemberId>,
        /// From whom, where that is one.
        from: Option<Face<MemberId>>,
    },
    /// Two PAs exchanged this one and another.
    Swapped,
    /// It breaks a rule on working time with others, and nobody has said why that is all right.
    Problem,
    /// It takes so many PAs together.
    Double(usize),
    /// This PA comes along to learn.
    Shadow(Face<MemberId>),
    /// One visit to so many persons.
    Pooled(usize),
}

/// What made a PA the holder of a shift other than its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::view) enum Taken {
    /// They took it over, or took it when nobody held it.
    Over {
        /// From whom, where that is one.
        from: Option<MemberId>,
    },
    /// They exchanged it for this one.
    Swapped(ShiftRef),
}

/// How this holder came by the shift; `None` when it was planned so.
pub(in crate::view) fn taken(state: &ShiftState, holder: Tenure) -> Option<Taken> {
    // What began it is seldom anything but the plan, and stories are long.
    if holder.since == state.planned.0 {
        return None;
    }
    match word(state, holder.since)? {
        Why::Granted { from: Some(pa), .. } => Some(Taken::Over { from: Some(*pa) }),
        Why::Granted { from: None, .. } => Some(Taken::Over {
            from: stepped_down(state),
        }),
        Why::Swapped { with, .. } => Some(Taken::Swapped(*with)),
        Why::Plan | Why::DoubleBooked { .. } | Why::NotWanted { .. } | Why::Left { .. } => None,
    }
}

fn word(state: &ShiftState, id: RecordId) -> Option<&Why> {
    let at = state.story.binary_search_by_key(&id, |r| r.id).ok()?;
    match &state.story[at].body {
        RotaRecord::Word { why, .. } => Some(why),
        _ => None,
    }
}

/// Who was planned and holds it no more, where that is one.
fn stepped_down(state: &ShiftState) -> Option<MemberId> {
    let mut gone = state.planned.1.iter();
    let first = gone.find(|pa| state.tenure(**pa).is_none())?;
    let more = gone.any(|pa| state.tenure(*pa).is_none());
    (!more).then_some(*first)
}

/// What there is to know about a shift, but for what only its neighbours tell. `plans` says
/// whether the reader plans this rota.
pub(super) fn signs(phone: &Phone, state: &ShiftState, plans: bool, now: Moment) -> Vec<Sign> {
    let mut signs = Vec::new();
    let face = |pa| face::member(phone, pa);
    match state.plan {
        Plan::Draft => signs.push(Sign::Draft),
        Plan::Published if plans && state.draft.is_some() => signs.push(Sign::Redraft),
        Plan::Published | Plan::Cancelled { .. } => {}
    }
    let (missing, needs) = (state.missing(), state.shift.needs());
    if missing > 0 {
        signs.push(Sign::Open { missing, needs });
    }
    if state.is_on() {
        let me = super::super::me(phone);
        for ask in state.asks.iter().filter(|a| a.is_open(now)) {
            match ask.kind {
                AskKind::Offer(to) => signs.push(Sign::Offered(face(to))),
                AskKind::Cover(_) | AskKind::Handover(_) if state.tenure(ask.by).is_some() => {
                    signs.push(Sign::Wanted(face(ask.by)));
                }
                AskKind::Cover(_) | AskKind::Handover(_) => {}
            }
        }
        for claim in &state.claims {
            match &claim.state {
                ClaimState::Answered(Outcome::Waits) => {
                    signs.push(Sign::WaitsForYes(face(claim.by)));
                }
                ClaimState::Asked if Some(claim.by) == me => signs.push(Sign::Asked),
                ClaimState::Answered(Outcome::Standby) if Some(claim.by) == me => {
                    signs.push(Sign::Standby);
                }
                _ => {}
            }
        }
        for holder in &state.holders {
            match taken(state, *holder) {
                Some(Taken::Over { from }) => signs.push(Sign::Covers {
                    pa: face(holder.pa),
                    from: from.map(face),
                }),
                Some(Taken::Swapped(_)) => signs.push(Sign::Swapped),
                None => {}
            }
        }
    }
    if needs > 1 && missing == 0 {
        signs.push(Sign::Double(needs));
    }
    let shadows = state.shift.shadows.iter();
    signs.extend(shadows.map(|pa| Sign::Shadow(face(*pa))));
    let mut unlike: Vec<Sign> = Vec::with_capacity(signs.len());
    for sign in signs {
        // Who asked twice, or swapped as one of two, is said once.
        if !unlike.contains(&sign) {
            unlike.push(sign);
        }
    }
    unlike
}
