//! From the records of a rota to the state of its shifts.

use super::state::{
    Ask, AskKind, Claim, ClaimState, Notice, Plan, Question, ShiftState, Tenure, Word,
};
use super::{Cover, Outcome};
use crate::{
    documents::{Record, rota::RotaRecord},
    domain::shift::Shift,
    ids::{MemberId, RecordId, ShiftId},
};
use std::collections::{BTreeMap, BTreeSet};

/// The shifts of a rota as its records tell them, by id. Total: whatever the records say, in
/// whatever order they come, there is one answer.
pub fn resolve<'a>(
    records: impl IntoIterator<Item = &'a Record<RotaRecord>>,
) -> BTreeMap<ShiftId, ShiftState> {
    let mut stories: BTreeMap<ShiftId, Vec<&Record<RotaRecord>>> = BTreeMap::new();
    for record in records {
        stories.entry(record.body.shift()).or_default().push(record);
    }
    let mut states = BTreeMap::new();
    for (shift, mut story) in stories {
        story.sort_by_key(|r| r.id);
        story.dedup_by_key(|r| r.id);
        if let Some(state) = one(&story) {
            states.insert(shift, state);
        }
    }
    states
}

/// A version of a shift, with the record that has it.
type Version<'a> = (RecordId, &'a Shift, bool);

/// The last of these versions: what replaces another comes after it, and of two made apart the
/// later id counts. Ids follow the clocks of those who wrote, so they alone do not tell.
fn last<'a>(versions: &[Version<'a>]) -> Option<Version<'a>> {
    let replaced: BTreeSet<_> = versions.iter().filter_map(|(_, s, _)| s.replaces).collect();
    let current = versions
        .iter()
        .rev()
        .find(|(id, ..)| !replaced.contains(id));
    // A circle of records that replace each other still leaves a shift.
    current.or(versions.last()).copied()
}

/// The version that says who comes: this one; or, if it only gave other times, the last that does
/// and that no other such version replaces, however many changes of times lie between them. So a
/// change of times that was made apart from a change of people undoes it not.
fn assigning<'a>(versions: &[Version<'a>], on: Version<'a>) -> Version<'a> {
    let assigns = |(.., times_only): &Version| !times_only;
    if assigns(&on) {
        return on;
    }
    let mut replaced = BTreeSet::new();
    for (_, shift, _) in versions.iter().filter(|v| assigns(v)) {
        let mut before = shift.replaces;
        // Also a circle ends.
        while let Some(id) = before.filter(|id| replaced.insert(*id)) {
            let version = versions.iter().find(|(v, ..)| *v == id);
            before = version.and_then(|(_, shift, _)| shift.replaces);
        }
    }
    let mut last = versions.iter().rev().filter(|v| assigns(v));
    let found = last.clone().find(|(id, ..)| !replaced.contains(id));
    found.or_else(|| last.next()).copied().unwrap_or(on)
}

fn one(story: &[&Record<RotaRecord>]) -> Option<ShiftState> {
    let (mut published, mut drafted) = (Vec::new(), Vec::new());
    for r in story {
        match &r.body {
            RotaRecord::Published { shift, times_only } => {
                published.push((r.id, shift, *times_only));
            }
            RotaRecord::Drafted { shift } => drafted.push((r.id, shift, false)),
            _ => {}
        }
    }
    let all: Vec<_> = published.iter().chain(&drafted).copied().collect();
    let replaced: BTreeSet<_> = all.iter().filter_map(|(_, s, _)| s.replaces).collect();
    let drafts = drafted.iter().rev();
    let draft = drafts.copied().find(|(id, ..)| !replaced.contains(id));
    let on = last(&published);
    let (current, shift, _) = on.or(draft).or(last(&drafted))?;
    let cancelled = story.iter().find_map(|r| match &r.body {
        RotaRecord::Cancelled { reason, .. } => Some(Plan::Cancelled {
            by: r.by,
            reason: reason.clone(),
        }),
        _ => None,
    });
    let planned = match on {
        Some(on) => assigning(&published, on),
        None => (current, shift, false),
    };
    let mut state = ShiftState {
        shift: shift.clone(),
        plan: match (cancelled, on) {
            (Some(cancelled), _) => cancelled,
            (None, Some(_)) => Plan::Published,
            (None, None) => Plan::Draft,
        },
        planned: (planned.0, planned.1.pas.clone()),
        draft: draft.map(|(id, s, _)| (id, s.clone())),
        current,
        holders: Vec::new(),
        word: None,
        asks: Vec::new(),
        claims: Vec::new(),
        vetoed: BTreeMap::new(),
        gone: BTreeMap::new(),
        follows: planned.0,
        openings: Vec::new(),
        questions: Vec::new(),
        told: Vec::new(),
        story: story.iter().map(|r| (*r).clone()).collect(),
    };
    let withdrawn = |id: RecordId, by: MemberId| {
        story.iter().any(|r| {
            matches!(&r.body, RotaRecord::Withdraw { what, .. } if *what == id) && r.by == by
        })
    };
    hear(&mut state, story, &withdrawn);
    answer(&mut state, story, &withdrawn);
    hold(&mut state, &published);
    Some(state)
}

/// What members said, and the relay's words, each by itself.
fn hear(
    state: &mut ShiftState,
    story: &[&Record<RotaRecord>],
    withdrawn: &dyn Fn(RecordId, MemberId) -> bool,
) {
    let (start, end) = (state.shift.start, state.shift.end);
    for r in story {
        let mut ask = |kind, until, reason: &str| {
            state.asks.push(Ask {
                id: r.id,
                by: r.by,
                at: r.at,
                kind,
                until,
                reason: reason.to_owned(),
                withdrawn: withdrawn(r.id, r.by),
                closed: false,
                declined: BTreeSet::new(),
            });
        };
        match &r.body {
            RotaRecord::Ask {
                cover,
                until,
                reason,
                ..
            } => ask(
                AskKind::Cover(cover.clone()),
                until.unwrap_or(start).min(start),
                reason,
            ),
            RotaRecord::Offer { to, until, .. } => {
                ask(AskKind::Offer(*to), (*until).min(start), "");
            }
            RotaRecord::Handover { to, reason, .. } => ask(AskKind::Handover(*to), end, reason),
            RotaRecord::Claim {
                answers, reason, ..
            } => state.claims.push(Claim {
                id: r.id,
                by: r.by,
                at: r.at,
                answers: *answers,
                reason: reason.clone(),
                state: ClaimState::Asked,
                answered: None,
            }),
            RotaRecord::CannotCome { holding, .. } => {
                let holding = Tenure {
                    since: *holding,
                    pa: r.by,
                };
                state.gone.insert(holding, r.id);
            }
            RotaRecord::Veto { pa, .. } if !withdrawn(r.id, r.by) => {
                state.vetoed.insert(*pa, r.id);
            }
            RotaRecord::Word {
                plan, holders, why, ..
            } => {
                let tenure = |h: &crate::documents::rota::Holder| Tenure {
                    since: h.since.unwrap_or(r.id),
                    pa: h.pa,
                };
                state.word = Some(Word {
                    id: r.id,
                    plan: *plan,
                    holders: holders.iter().map(tenure).collect(),
                    why: why.clone(),
                });
            }
            RotaRecord::YesWanted {
                claim, pa, until, ..
            } => state.questions.push(Question {
                id: r.id,
                claim: *claim,
                pa: *pa,
                until: *until,
                yes: false,
            }),
            RotaRecord::Told {
                news,
                to,
                about,
                of,
                ..
            } => state.told.push(Notice {
                id: r.id,
                at: r.at,
                news: *news,
                to: to.clone(),
                about: *about,
                of: *of,
            }),
            _ => {}
        }
    }
}

/// What answers what.
fn answer(
    state: &mut ShiftState,
    story: &[&Record<RotaRecord>],
    withdrawn: &dyn Fn(RecordId, MemberId) -> bool,
) {
    for r in story {
        match &r.body {
            RotaRecord::Answer { to, outcome, .. } => {
                if let Some(claim) = state.claims.iter_mut().find(|c| c.id == *to) {
                    claim.state = ClaimState::Answered(outcome.clone());
                    // Standing in line keeps the place that was given first.
                    if *outcome != Outcome::Standby || claim.answered.is_none() {
                        claim.answered = Some(r.id);
                    }
                } else if let Some(ask) = state.asks.iter_mut().find(|a| a.id == *to) {
                    ask.closed = true;
                }
            }
            RotaRecord::Decline { what, .. } => {
                if let Some(ask) = state.asks.iter_mut().find(|a| a.id == *what) {
                    ask.declined.insert(r.by);
                    let only = match &ask.kind {
                        AskKind::Offer(to) | AskKind::Handover(Some(to)) => Some(*to),
                        AskKind::Cover(Cover::Swap { pa, .. }) => Some(*pa),
                        AskKind::Cover(_) | AskKind::Handover(None) => None,
                    };
                    ask.closed |= only == Some(r.by);
                }
            }
            RotaRecord::Yes { what, .. } => {
                if let Some(question) = state.questions.iter_mut().find(|q| q.id == *what) {
                    question.yes = true;
                }
            }
            _ => {}
        }
    }
    for claim in &mut state.claims {
        // What was granted is given back by saying that one cannot come, not by taking back.
        if claim.is_live() && withdrawn(claim.id, claim.by) {
            claim.state = ClaimState::Withdrawn;
        }
        if matches!(claim.state, ClaimState::Answered(Outcome::Granted { .. }))
            && let Some(answers) = claim.answers
            && let Some(ask) = state.asks.iter_mut().find(|a| a.id == answers)
        {
            ask.closed = true;
        }
    }
    state
        .claims
        .sort_by_key(|c| (c.answered.is_none(), c.answered, c.id));
}

/// Who is responsible.
fn hold(state: &mut ShiftState, published: &[Version<'_>]) {
    // A plan that names more than it needs needs as many; one that only moves the shift names none.
    let planned: BTreeSet<_> = state.planned.1.iter().collect();
    let needs = usize::from(state.shift.needs).max(planned.len()).max(1);
    state.shift.needs = u8::try_from(needs).unwrap_or(u8::MAX);
    state.shift.pas.clear();
    // The first publication needs no word; every later change of people does.
    let first = published.iter().find(|(_, s, _)| {
        s.replaces
            .is_none_or(|r| !published.iter().any(|(id, ..)| *id == r))
    });
    let named = match (&state.word, first.or(published.first())) {
        (Some(word), _) => {
            state.follows = word.plan;
            word.holders.clone()
        }
        (None, Some((since, shift, _))) => {
            state.follows = *since;
            let tenure = |pa: &MemberId| Tenure {
                since: *since,
                pa: *pa,
            };
            shift.pas.iter().map(tenure).collect()
        }
        (None, None) => Vec::new(),
    };
    if !state.is_on() {
        return;
    }
    for tenure in named {
        let ended = [state.gone.get(&tenure), state.vetoed.get(&tenure.pa)];
        if let Some(by) = ended.into_iter().flatten().next() {
            state.openings.push(*by);
        } else if state.holders.len() < needs && state.tenure(tenure.pa).is_none() {
            state.holders.push(tenure);
        }
    }
    state.shift.pas = state.holders.iter().map(|t| t.pa).collect();
    if state.missing() == 0 {
        state.openings.clear();
    } else if state.openings.is_empty() {
        // It was moved since, maybe: then others could come.
        let word = state.word.as_ref().map_or(state.follows, |w| w.id);
        state.openings.push(word.max(state.current));
    }
}
