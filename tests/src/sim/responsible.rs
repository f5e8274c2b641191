//! The promises about who is responsible: never two, never none unannounced.

use kith_app::engine::Phone;
use kith_shared::{
    documents::{Record, rota::RotaRecord},
    domain::cover::{
        AskKind, Board, ClaimState, News, Notice, Outcome, ShiftRef, ShiftState, Why, clash,
    },
    ids::{MemberId, ShiftId},
    time::Moment,
};
use std::collections::{BTreeMap, BTreeSet};

type Checked = Result<(), String>;

/// Who held what when the relay was last looked at.
#[derive(Debug)]
pub struct Before {
    held: BTreeMap<ShiftId, BTreeSet<MemberId>>,
    /// When it was put back from a backup.
    since: Moment,
}

impl Before {
    /// A relay that begins now, or begins again from an old copy: a word of its lost past may come
    /// back from a phone that never had the rest of what was said with it.
    pub fn since(since: Moment) -> Self {
        let held = BTreeMap::new();
        Self { held, since }
    }
}

/// What must hold of every board at every moment, a phone's or the relay's.
pub fn board(board: &Board) -> Checked {
    for (_, state) in board.states() {
        let shift = state.shift.shift;
        let holders: BTreeSet<_> = state.holders.iter().map(|t| t.pa).collect();
        if holders.len() != state.holders.len() {
            return Err(format!("{shift} is held twice by one PA"));
        }
        if state.is_on() && holders.len() > state.shift.needs() {
            return Err(format!("{shift} has more holders than it needs"));
        }
        if !state.is_on() && !holders.is_empty() {
            return Err(format!("{shift} is not on the rota and is held"));
        }
        if let Some(pa) = holders.iter().find(|pa| state.vetoed.contains_key(pa)) {
            return Err(format!(
                "{shift} is held by {pa}, whom the person does not want"
            ));
        }
        if state.shift.pas != state.holders.iter().map(|t| t.pa).collect::<Vec<_>>() {
            return Err(format!("{shift} shows others than its holders"));
        }
    }
    Ok(())
}

/// What must hold of the relay's board whenever it has answered.
pub fn relay(board_: &Board, before: &mut Before, now: Moment) -> Checked {
    board(board_)?;
    let mut held: BTreeMap<MemberId, Vec<(ShiftRef, &ShiftState)>> = BTreeMap::new();
    for (at, state) in board_.states() {
        changed(state, before)?;
        stepped_in(state)?;
        if let Some(claim) = state.claims.iter().find(|c| c.state == ClaimState::Asked) {
            return Err(format!("claim {} on {} has no answer", claim.id, at.shift));
        }
        if !state.is_on() || state.shift.end <= now {
            continue;
        }
        announced(state, now)?;
        for tenure in &state.holders {
            if state.shift.start > now {
                let profile = board_.profiles.get(&at.person);
                if profile.is_some_and(|p| p.bars(tenure.pa)) {
                    return Err(format!("{} is held by one who is not to come", at.shift));
                }
                held.entry(tenure.pa).or_default().push((at, state));
            }
        }
    }
    for (pa, mut shifts) in held {
        shifts.sort_by_key(|(at, s)| (s.shift.start, *at));
        for (n, (at, one)) in shifts.iter().enumerate() {
            let other = shifts[n + 1..]
                .iter()
                .find(|(_, other)| clash(board_, &one.shift, &other.shift));
            if let Some((other, _)) = other {
                return Err(format!("{pa} holds {} and {}", at.shift, other.shift));
            }
        }
    }
    Ok(())
}

/// Nobody stops being responsible but by a word of which they are told, by their own *cannot come*,
/// by the person's no, or with the shift; nobody begins but by a word or the plan.
fn changed(state: &ShiftState, before: &mut Before) -> Checked {
    let now: BTreeSet<_> = state.holders.iter().map(|t| t.pa).collect();
    let Some(was) = before.held.insert(state.shift.shift, now.clone()) else {
        return Ok(());
    };
    let named = |pa: &MemberId| match &state.word {
        Some(word) => word.holders.iter().any(|t| t.pa == *pa),
        None => true,
    };
    for pa in was.difference(&now) {
        let said = state.gone.keys().any(|t| t.pa == *pa) || state.vetoed.contains_key(pa);
        if state.is_on() && named(pa) && !said {
            return Err(format!("{pa} silently lost {}", state.shift.shift));
        }
        if state.is_on() && !said && !told_of_loss(state, *pa, before.since) {
            return Err(format!("{pa} lost {} and was not told", state.shift.shift));
        }
    }
    for pa in now.difference(&was) {
        if !named(pa) {
            return Err(format!("{pa} was silently given {}", state.shift.shift));
        }
    }
    Ok(())
}

/// After the word that took it from them, they were told; what came back is not looked at.
fn told_of_loss(state: &ShiftState, pa: MemberId, since: Moment) -> bool {
    let mut lost = None;
    for record in state.story.iter().rev() {
        if let RotaRecord::Word { holders, .. } = &record.body {
            if holders.iter().any(|h| h.pa == pa) {
                break;
            }
            lost = Some(record);
        }
    }
    lost.is_some_and(|word| {
        let told = |n: &Notice| n.to.contains(&pa) && n.id > word.id;
        word.at < since || state.told.iter().any(told)
    })
}

/// Nobody steps in for a holder of whom no colleague was told that they say nothing.
fn stepped_in(state: &ShiftState) -> Checked {
    for record in &state.story {
        let RotaRecord::Word { why, .. } = &record.body else {
            continue;
        };
        let Why::Granted {
            from: Some(from),
            stepped_in: true,
            ..
        } = why
        else {
            continue;
        };
        let silence = |n: &Notice| matches!(n.news, News::NotStarted | News::NotHeard { .. });
        let told = |n: &Notice| n.to.iter().any(|m| m != from) && n.id < record.id;
        let mut told = state.told.iter().filter(|n| n.of == Some(*from) && told(n));
        if !told.any(silence) {
            return Err(format!("{from} lost {} unasked", state.shift.shift));
        }
    }
    Ok(())
}

/// How often somebody stepped in.
pub fn steps_in(relay: &Board) -> usize {
    let stories = relay.states().flat_map(|(_, state)| &state.story);
    let silent = |r: &&Record<RotaRecord>| match &r.body {
        RotaRecord::Word { why, .. } => matches!(
            why,
            Why::Granted {
                stepped_in: true,
                ..
            }
        ),
        _ => false,
    };
    stories.filter(silent).count()
}

/// An open shift is known to be open: everyone who could was told, or one of them is being asked,
/// or the person is.
fn announced(state: &ShiftState, now: Moment) -> Checked {
    if state.missing() == 0 {
        return Ok(());
    }
    let told = |opening| {
        let mut told = state.told.iter();
        told.any(|n| n.news == News::Open && n.about == Some(opening))
    };
    let asked = state
        .asks
        .iter()
        .any(|a| matches!(a.kind, AskKind::Offer(_)) && a.is_open(now));
    let waits = state
        .claims
        .iter()
        .any(|c| c.state == ClaimState::Answered(Outcome::Waits));
    if asked || waits || state.openings.iter().all(|o| told(*o)) {
        Ok(())
    } else {
        Err(format!("{} is open and nobody was told", state.shift.shift))
    }
}

/// When all have come to rest, phones and relay see the same.
pub fn agree(relay: &Board, phone: &Phone) -> Checked {
    let board = &phone.book().board;
    for (at, state) in board.states() {
        if relay.state(at) != Some(state) {
            return Err(format!(
                "a phone sees {} otherwise than the relay",
                at.shift
            ));
        }
    }
    Ok(())
}

/// When all is over, everyone who claimed has an answer.
pub fn answered(relay: &Board) -> Checked {
    for (at, state) in relay.states() {
        if let Some(claim) = state.claims.iter().find(|c| c.is_live()) {
            return Err(format!(
                "claim {} on {} still waits: {:?}",
                claim.id, at.shift, claim.state
            ));
        }
    }
    Ok(())
}
