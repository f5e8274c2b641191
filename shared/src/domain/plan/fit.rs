//! Who fits what is being planned.

use super::place;
use crate::{
    documents::{Record, nil, rota::RotaRecord},
    domain::{
        cover::{Board, Fit, ShiftRef, clash, judge, resolve},
        shift::Shift,
    },
    ids::MemberId,
    limits,
    time::{Moment, Span},
};
use std::collections::BTreeMap;

/// How these PAs fit a shift that is being planned and is not on the board, those giving away
/// `instead` who hold it.
pub fn fits(
    board: &Board,
    shift: &Shift,
    instead: Option<ShiftRef>,
    pas: &[MemberId],
    now: Moment,
) -> BTreeMap<MemberId, Fit> {
    let at = place(shift);
    let as_if = Record {
        id: nil(),
        by: MemberId::from_bytes([0; 16]),
        at: now,
        skew: Span::default(),
        body: RotaRecord::Published {
            shift: Shift {
                pas: Vec::new(),
                replaces: None,
                ..shift.clone()
            },
            times_only: false,
        },
    };
    let mut with_it = board.clone();
    let month = board
        .states()
        .filter(|(place, _)| place.rota() == at.rota())
        .map(|(place, state)| (place.shift, state.clone()))
        .chain(resolve(&[as_if]));
    let month = month.collect();
    with_it.set_rota(at.person, at.month, month);
    pas.iter()
        .map(|pa| (*pa, judge(&with_it, at, *pa, instead, now)))
        .collect()
}

/// Whether a PA cannot come to this shift: they are on leave, or hold another one then.
pub fn is_taken(board: &Board, shift: &Shift, instead: Option<ShiftRef>, pa: MemberId) -> bool {
    let (from, to) = (shift.start.day(), shift.end.day());
    let on_leave = board
        .availability
        .get(&pa)
        .is_some_and(|a| a.leave.iter().any(|l| l.from <= to && from <= l.to));
    let reach = limits::LONGEST_SHIFT + Span::days(2);
    on_leave
        || board
            .held(pa, shift.start - reach, shift.end + Span::days(2))
            .any(|(at, held)| {
                Some(at) != instead
                    && held.shift.shift != shift.shift
                    && clash(board, shift, &held.shift)
            })
}
