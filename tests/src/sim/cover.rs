//! A team of twelve PAs and five persons over four weeks: who asks, claims, swaps, says yes and no,
//! on phones that are away for hours or days.

use super::world::SimPhone;
use fastrand::Rng;
use kith_app::engine::Phone;
use kith_shared::{
    documents::{availability::AvailabilityRecord, profile::ProfileRecord, rota::RotaRecord},
    domain::{
        availability::Leave,
        cover::{Board, Cover, ShiftRef, ShiftState, may_step_in},
        profile::Choice,
        shift::{Shift, ShiftKind},
        team::Role,
    },
    ids::{MemberId, PersonId, PoolId, RecordId, ShiftId},
    intent::Intent,
    time::{Moment, Span},
};

/// PAs of the team.
pub const PAS: usize = 12;
/// Persons whom it supports.
pub const PERSONS: usize = 5;
/// How far ahead the rota goes.
const AHEAD: Span = Span::days(28);

/// A shift some time in the next four weeks. Days are short, so that shifts get in each other's way.
pub fn shift(rng: &mut Rng, board: &Board, person: PersonId, now: Moment) -> Shift {
    let day = (now + Span::hours(rng.i64(6..AHEAD.millis() / 3_600_000))).day();
    let start = Moment::at(day, *rng.choice(&[7, 9, 13, 18, 22]).unwrap_or(&7), 0);
    let work = match start.clock().0 {
        22 => *rng
            .choice(&[ShiftKind::SleepIn, ShiftKind::WakingNight])
            .unwrap_or(&ShiftKind::SleepIn),
        _ => ShiftKind::Day,
    };
    let mut pas = pas(board);
    rng.shuffle(&mut pas);
    let needs = if rng.u8(0..8) == 0 { 2 } else { 1 };
    pas.truncate(if rng.u8(0..10) == 0 { 0 } else { needs });
    Shift {
        needs: u8::try_from(needs).unwrap_or(1),
        pool: (rng.u8(0..12) == 0).then(|| PoolId::from_bytes([rng.u8(0..3); 16])),
        ..Shift::plain(
            ShiftId::new(now, rng.u128(..)),
            person,
            (start, start + Span::hours(rng.i64(3..10))),
            pas,
            work,
        )
    }
}

fn pas(board: &Board) -> Vec<MemberId> {
    let members = board.roster.members.values();
    members
        .filter(|m| m.role == Role::Pa)
        .map(|m| m.id)
        .collect()
}

/// Something that this member might do now.
pub fn act(
    rng: &mut Rng,
    sim: &SimPhone,
    phone: &Phone,
    people: &[PersonId],
    clock: Moment,
) -> Option<Intent> {
    let now = phone.now(clock);
    let board = &phone.book().board;
    let ahead: Vec<_> = board
        .states()
        .filter(|(_, s)| s.shift.end + Span::days(1) > now)
        .collect();
    // Not every shift is one about which this member has something to say.
    (0..8).find_map(|_| {
        let (at, state) = *rng.choice(&ahead)?;
        one(rng, sim, phone, people, (at, state), &ahead, now)
    })
}

/// "I can go", to a shift whose holder says nothing.
pub fn step_in(rng: &mut Rng, phone: &Phone, clock: Moment) -> Option<Intent> {
    let (now, board) = (phone.now(clock), &phone.book().board);
    let me = phone.me()?.joined.member;
    let silent = board
        .on()
        .filter_map(|(at, _)| Some((at, may_step_in(board, at, me, now)?)));
    let silent: Vec<_> = silent.collect();
    let (at, silence) = rng.choice(silent)?;
    let claim = RotaRecord::Claim {
        shift: at.shift,
        answers: Some(silence.notice),
        reason: String::new(),
    };
    Some(Intent::say(at, claim))
}

fn one(
    rng: &mut Rng,
    sim: &SimPhone,
    phone: &Phone,
    people: &[PersonId],
    (at, state): (ShiftRef, &ShiftState),
    ahead: &[(ShiftRef, &ShiftState)],
    now: Moment,
) -> Option<Intent> {
    let me = phone.me()?.joined.member;
    let board = &phone.book().board;
    match sim.role {
        Role::Pa if phone.member()?.holds_rota(now) && rng.u8(0..6) == 0 => {
            let person = *rng.choice(people)?;
            plan(rng, board, person, (at, state), now)
        }
        Role::Pa => pa(rng, board, me, (at, state), now),
        Role::Person(person) | Role::AuthorisedPerson(person) => match rng.u8(0..10) {
            0 => plan(rng, board, person, (at, state), now),
            1 => Some(profile(rng, board, person)),
            _ => say(rng, ahead),
        },
        Role::FamilyContact(_) | Role::Manager => None,
    }
}

/// What a PA says about a shift.
fn pa(
    rng: &mut Rng,
    board: &Board,
    me: MemberId,
    (at, state): (ShiftRef, &ShiftState),
    now: Moment,
) -> Option<Intent> {
    let shift = at.shift;
    let words = |rng: &mut Rng| if rng.bool() { "I am rested" } else { "" }.to_owned();
    let says = match state.tenure(me) {
        Some(_) if now >= state.shift.start => match rng.u8(0..3) {
            0 => RotaRecord::Handover {
                shift,
                to: rng.bool().then(|| rng.choice(pas(board))).flatten(),
                reason: "I have to go".to_owned(),
            },
            1 => {
                return Some(Intent::ClockIn {
                    person: at.person,
                    month: at.month,
                    shift: Some(shift),
                    place: None,
                });
            }
            _ => return None,
        },
        Some(tenure) => match rng.u8(0..10) {
            0..4 => RotaRecord::Ask {
                shift,
                cover: cover(rng, board, me, now),
                until: rng.bool().then(|| now + Span::hours(rng.i64(1..96))),
                reason: String::new(),
            },
            4..7 => RotaRecord::CannotCome {
                shift,
                holding: tenure.since,
                reason: "I am ill".to_owned(),
            },
            7 => RotaRecord::Offer {
                shift,
                to: rng.choice(pas(board))?,
                until: now + Span::hours(rng.i64(1..12)),
            },
            _ => RotaRecord::Withdraw {
                shift,
                what: state.asks.iter().find(|a| a.by == me)?.id,
            },
        },
        None => {
            let mine = state.claims.iter().find(|c| c.by == me && c.is_live());
            if let Some(claim) = mine {
                if rng.u8(0..4) > 0 {
                    return None;
                }
                RotaRecord::Withdraw {
                    shift,
                    what: claim.id,
                }
            } else {
                let for_me = state.asks.iter().rev().find(|a| a.is_for(me));
                match (for_me, rng.u8(0..12)) {
                    (_, 11) => return Some(availability(rng, me, now)),
                    (Some(ask), 0) => RotaRecord::Decline {
                        shift,
                        what: ask.id,
                    },
                    (ask, _) => RotaRecord::Claim {
                        shift,
                        answers: ask.map(|a| a.id),
                        reason: words(rng),
                    },
                }
            }
        }
    };
    Some(Intent::say(at, says))
}

fn cover(rng: &mut Rng, board: &Board, me: MemberId, now: Moment) -> Cover {
    let mut others = pas(board);
    rng.shuffle(&mut others);
    let theirs = |(at, s): (ShiftRef, &ShiftState)| {
        let pa = s.holders.first()?.pa;
        (pa != me && s.shift.start > now).then_some((at, pa))
    };
    let swaps: Vec<_> = board.on().filter_map(theirs).collect();
    match (rng.u8(0..4), rng.choice(&swaps)) {
        (0, _) => Cover::These {
            pas: others.into_iter().take(3).collect(),
        },
        (1, Some((with, pa))) => Cover::Swap {
            with: *with,
            pa: *pa,
        },
        _ => Cover::Anyone,
    }
}

fn availability(rng: &mut Rng, me: MemberId, now: Moment) -> Intent {
    let from = now.day().plus(rng.i32(0..28));
    let leave = Leave {
        id: RecordId::from_bytes([0; 16]),
        from,
        to: from.plus(rng.i32(0..4)),
    };
    Intent::Availability {
        pa: me,
        says: AvailabilityRecord::Leave { leave },
    }
}

/// The person's yes, no, or change of mind.
fn say(rng: &mut Rng, ahead: &[(ShiftRef, &ShiftState)]) -> Option<Intent> {
    let open = ahead.iter().flat_map(|(at, s)| {
        let questions = s.questions.iter().filter(|q| !q.yes);
        questions.map(move |q| (*at, *q))
    });
    let open: Vec<_> = open.collect();
    if let Some((at, question)) = rng.choice(&open) {
        let says = match rng.u8(0..3) {
            0 => RotaRecord::Veto {
                shift: at.shift,
                pa: question.pa,
                reason: String::new(),
            },
            _ => RotaRecord::Yes {
                shift: at.shift,
                what: question.id,
            },
        };
        return Some(Intent::say(*at, says));
    }
    let (at, state) = rng.choice(ahead)?;
    let pa = rng.choice(&state.holders)?.pa;
    // A no to somebody who was granted it, now and then.
    let granted = state.claims.iter().any(|c| c.by == pa && rng.u8(0..3) == 0);
    granted.then(|| {
        let says = RotaRecord::Veto {
            shift: at.shift,
            pa,
            reason: String::new(),
        };
        Intent::say(*at, says)
    })
}

fn profile(rng: &mut Rng, board: &Board, person: PersonId) -> Intent {
    let choices = [Choice::Automatic, Choice::AskMe, Choice::Never];
    let pa = rng.choice(pas(board));
    let says = ProfileRecord::Choice {
        choice: match pa {
            Some(_) => *rng.choice(&choices).unwrap_or(&Choice::AskMe),
            None => Choice::AskMe,
        },
        pa,
    };
    Intent::Profile { person, says }
}

/// A new shift, other times, other people, or no shift at all.
fn plan(
    rng: &mut Rng,
    board: &Board,
    person: PersonId,
    (at, state): (ShiftRef, &ShiftState),
    now: Moment,
) -> Option<Intent> {
    if state.shift.start <= now || !state.is_on() {
        return Some(Intent::publish(shift(rng, board, person, now)));
    }
    let later = Shift {
        end: state.shift.end + Span::hours(1),
        replaces: Some(state.current),
        ..state.shift.clone()
    };
    let says = match rng.u8(0..8) {
        0 => RotaRecord::Cancelled {
            shift: at.shift,
            reason: "Away".to_owned(),
        },
        1 | 2 => RotaRecord::Published {
            shift: later,
            times_only: true,
        },
        3 => RotaRecord::Published {
            shift: Shift {
                pas: rng.choice(pas(board)).into_iter().collect(),
                ..later
            },
            times_only: false,
        },
        4 => RotaRecord::Offer {
            shift: at.shift,
            to: rng.choice(pas(board))?,
            until: now + Span::hours(6),
        },
        _ => return Some(Intent::publish(shift(rng, board, person, now))),
    };
    Some(Intent::say(at, says))
}
