//! Whether a PA can take a shift.

use super::{Block, Board, ShiftRef, ShiftState};
use crate::{
    domain::{
        profile::Choice,
        shift::{Shift, ShiftKind},
        team::{Member, Role},
        working_time::{Warning, Work, warnings},
    },
    ids::{MemberId, PersonId},
    limits,
    time::{Moment, Span},
};

/// How much of what was worked before counts for the rules on working time: the 17 weeks of the
/// average, and a week to begin in.
const LOOK_BACK: Span = Span::days(18 * 7);

/// The longest travel that can be said.
const LONGEST_TRAVEL: Span = Span::minutes(limits::TRAVEL_MINUTES as i64);
/// How long before a shift another one may begin and leave no time for it.
pub(super) const REACH: Span =
    Span::from_millis(limits::LONGEST_SHIFT.millis() + LONGEST_TRAVEL.millis());

/// Whether a PA can take a shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fit {
    /// They cannot.
    Blocked(Block),
    /// They can.
    Fits {
        /// What speaks against it: it needs a reason, and rest may be owed.
        warnings: Vec<Warning>,
        /// The person is asked first.
        ask_person: bool,
    },
}

impl Fit {
    /// Nothing makes it impossible.
    pub fn is_possible(&self) -> bool {
        matches!(self, Self::Fits { .. })
    }
}

/// Whether `pa` can take the shift `at`, giving away `instead` for it.
pub fn judge(
    board: &Board,
    at: ShiftRef,
    pa: MemberId,
    instead: Option<ShiftRef>,
    now: Moment,
) -> Fit {
    let state = match open_to(board, at, pa, instead, now) {
        Ok(state) => state,
        Err(block) => return Fit::Blocked(block),
    };
    let known = load(board, pa, now, |place| {
        place != at && Some(place) != instead
    });
    let added = planned(&state.shift);
    Fit::Fits {
        warnings: warnings(&known, &[added], &board.contract(pa)),
        ask_person: choice(board, at.person, pa, now) == Choice::AskMe,
    }
}

/// The shift, if nothing makes it impossible that `pa` takes it: [`judge`] without the rules on
/// working time, which warn and cost far more to look up.
///
/// # Errors
///
/// What makes it impossible.
pub fn open_to(
    board: &Board,
    at: ShiftRef,
    pa: MemberId,
    instead: Option<ShiftRef>,
    now: Moment,
) -> Result<&ShiftState, Block> {
    let state = board.state(at).ok_or(Block::Over)?;
    match block(board, at, state, pa, instead, now) {
        Some(block) => Err(block),
        None => Ok(state),
    }
}

fn block(
    board: &Board,
    at: ShiftRef,
    state: &ShiftState,
    pa: MemberId,
    instead: Option<ShiftRef>,
    now: Moment,
) -> Option<Block> {
    let member = board.roster.members.get(&pa);
    if !member.is_some_and(Member::works) {
        return Some(Block::NotAPa);
    }
    if !state.is_on() || state.shift.end <= now {
        return Some(Block::Over);
    }
    if state.tenure(pa).is_some() {
        return Some(Block::Holder);
    }
    if state.vetoed.contains_key(&pa) {
        return Some(Block::Vetoed);
    }
    if choice(board, at.person, pa, now) == Choice::Never {
        return Some(Block::NotWanted);
    }
    let (from, to) = (state.shift.start.day(), state.shift.end.day());
    let availability = board.availability.get(&pa);
    if availability.is_some_and(|a| a.leave.iter().any(|l| l.from <= to && from <= l.to)) {
        return Some(Block::OnLeave);
    }
    let with = overlaps(board, at, &state.shift, pa)
        .map(|(other, _)| other)
        .find(|other| Some(*other) != instead)?;
    Some(Block::Overlap { with })
}

/// The shifts other than `at` that `pa` holds and that leave no time for `shift`, travel counted.
pub(super) fn overlaps<'a>(
    board: &'a Board,
    at: ShiftRef,
    shift: &'a Shift,
    pa: MemberId,
) -> impl Iterator<Item = (ShiftRef, &'a ShiftState)> {
    board
        .held(pa, shift.start - REACH, shift.end + LONGEST_TRAVEL)
        .filter(move |(other, held)| *other != at && clash(board, shift, &held.shift))
}

/// Whether one PA cannot work both of these, travel counted. The shifts of one pooled visit are
/// worked together.
pub fn clash(board: &Board, one: &Shift, other: &Shift) -> bool {
    if one.pool.is_some() && one.pool == other.pool {
        return false;
    }
    let travel = board.roster.travel(one.person, other.person);
    one.start < other.end + travel && other.start < one.end + travel
}

/// What the person wants of this PA. Who has said nothing about a PA lets those in who worked
/// with them before, and is asked about others; where nobody can be asked, the team decides.
pub fn choice(board: &Board, person: PersonId, pa: MemberId, now: Moment) -> Choice {
    let profile = board.profiles.get(&person);
    let said = profile.and_then(|p| p.choices.get(&pa).copied().or(p.others));
    match said {
        Some(choice @ (Choice::Never | Choice::Automatic)) => return choice,
        _ if speakers(board, person).next().is_none() => return Choice::Automatic,
        Some(Choice::AskMe) => return Choice::AskMe,
        None => {}
    }
    let knows = || {
        board
            .held(pa, Moment::from_millis(i64::MIN), now)
            .any(|(at, s)| at.person == person && s.shift.end <= now)
    };
    if knows() {
        Choice::Automatic
    } else {
        Choice::AskMe
    }
}

/// Who can say yes or no for this person: they themselves, and who is authorised.
pub fn speakers(board: &Board, person: PersonId) -> impl Iterator<Item = MemberId> {
    let members = board.roster.present();
    members
        .filter(move |m| m.role == Role::Person(person) || m.role == Role::AuthorisedPerson(person))
        .map(|m| m.id)
}

/// What `pa` worked and is to work, of the shifts that `takes` lets in: visits as they were
/// clocked, shifts as planned where nothing was.
pub fn load(
    board: &Board,
    pa: MemberId,
    now: Moment,
    takes: impl Fn(ShiftRef) -> bool,
) -> Vec<Work> {
    let loaded = loaded(board, pa, now, takes).into_iter();
    loaded.map(|(work, _)| work).collect()
}

/// As [`load`], each with the shift that it is, if it is one.
pub(super) fn loaded(
    board: &Board,
    pa: MemberId,
    now: Moment,
    takes: impl Fn(ShiftRef) -> bool,
) -> Vec<(Work, Option<ShiftRef>)> {
    let since = now - LOOK_BACK;
    let visits: Vec<_> = board
        .visits()
        .filter(|v| v.pa == pa && v.start >= since)
        .collect();
    let mut work = Vec::new();
    for (at, state) in board.held(pa, since, Moment::from_millis(i64::MAX)) {
        if takes(at) && !visits.iter().any(|v| v.shift == Some(at.shift)) {
            work.push((planned(&state.shift), Some(at)));
        }
    }
    for visit in visits {
        let shift = visit.shift.and_then(|id| board.find(id));
        let planned_end = shift.map(|(_, s)| s.shift.end);
        let end = visit.end.or(planned_end).unwrap_or(now);
        let worked = Work {
            start: visit.start,
            end: end.max(visit.start),
            kind: shift.map_or(ShiftKind::Day, |(_, s)| s.shift.work),
            awake: Span::default(),
        };
        work.push((worked, shift.map(|(at, _)| at)));
    }
    work
}

fn planned(shift: &Shift) -> Work {
    Work {
        start: shift.start,
        end: shift.end,
        kind: shift.work,
        awake: Span::default(),
    }
}
