//! The form of a shift: what was typed, what is wrong with it, and who fits.

use super::{faces, may_plan};
use crate::{
    engine::Phone,
    view::{face::Face, when::Stretch},
};
use kith_shared::{
    domain::{
        availability::Can,
        cover::{Block, Fit, ShiftRef},
        plan::{
            self, As, Change, Clock, Days, Hours, Pattern, PlanError, Scope, Work, about, base,
            fits, is_taken, same, shifts,
        },
        shift::{Shift, ShiftKind},
        team::Role,
        working_time::Warning,
    },
    ids::{MemberId, PersonId, ShiftId},
    intent::Intent,
    limits,
    time::{Day, Moment},
};
use std::collections::BTreeSet;

/// How many shifts of a series are looked at for each PA: enough to warn, and quick on a phone.
const LOOKED_AT: usize = 60;

/// The form of a shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Which shift is changed; none for a new one.
    pub at: Option<ShiftRef>,
    /// It is on the rota.
    pub published: bool,
    /// It repeats: a change can be about those that follow, too.
    pub repeats: bool,
    /// When it is now.
    pub planned: Option<Stretch>,
    /// What the fields hold at first.
    pub given: Given,
}

/// What the fields of the form hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// With whom.
    pub persons: BTreeSet<PersonId>,
    /// `2026-11-24`.
    pub day: String,
    /// `07:30`.
    pub from: String,
    /// `13:00`; not after the start: on the next day.
    pub to: String,
    /// What kind of work.
    pub kind: ShiftKind,
    /// How many PAs it takes.
    pub needs: u8,
    /// Who comes.
    pub pas: Vec<MemberId>,
    /// Who comes along to learn.
    pub shadow: Option<MemberId>,
    /// Every so many weeks; 0 for once.
    pub every: u8,
    /// On which days of the week.
    pub weekdays: BTreeSet<u8>,
    /// `2026-12-16`.
    pub until: String,
    /// But not on these days.
    pub except: BTreeSet<Day>,
}

/// What is wrong with what was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Nobody is chosen.
    Person,
    /// No day is given.
    Day,
    /// A time is missing.
    Times,
    /// It would be over by now.
    Over,
    /// The last day is missing.
    Until,
    /// The series cannot be so.
    Series(PlanError),
    /// Someone who was chosen cannot come then.
    Taken,
}

/// What was given, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// The work.
    pub work: Work,
    /// Its first day.
    pub day: Day,
    /// All its days.
    pub days: Days,
}

/// Reads `07:30`; seconds are left out.
pub fn clock(text: &str) -> Option<Clock> {
    let mut parts = text.trim().split(':');
    let (hour, minute) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
}

impl Given {
    /// Reads the fields, or says what is wrong first.
    pub fn read(&self, now: Moment) -> Result<Ready, Wrong> {
        if self.persons.is_empty() {
            return Err(Wrong::Person);
        }
        let day: Day = self.day.trim().parse().map_err(|_| Wrong::Day)?;
        if !limits::YEARS.contains(&day.year()) {
            return Err(Wrong::Day);
        }
        let (from, to) = (clock(&self.from), clock(&self.to));
        let hours = from.zip(to).map(|(from, to)| Hours { from, to });
        let hours = hours.ok_or(Wrong::Times)?;
        if hours.on(day).1 <= now {
            return Err(Wrong::Over);
        }
        let days = if self.every == 0 {
            Days::Once(day)
        } else {
            let mut weekdays = self.weekdays.clone();
            if weekdays.is_empty() {
                weekdays.insert(day.weekday());
            }
            Days::Weekly(Pattern {
                first: day,
                weekdays,
                every: self.every,
                until: self.until.trim().parse().map_err(|_| Wrong::Until)?,
                except: self.except.clone(),
            })
        };
        let count = days.days().map_err(Wrong::Series)?.len();
        if count * self.persons.len() > limits::SHIFTS_PER_SERIES {
            return Err(Wrong::Series(PlanError::TooMany));
        }
        let needs = self.needs.max(1);
        Ok(Ready {
            work: Work {
                persons: self.persons.iter().copied().collect(),
                hours,
                pas: self.pas.iter().take(needs.into()).copied().collect(),
                needs,
                shadows: self.shadow.into_iter().collect(),
                kind: self.kind,
            },
            day,
            days,
        })
    }
}

impl Ready {
    /// What plans it.
    pub fn plan(
        &self,
        how: As,
        now: Moment,
        dice: &mut dyn FnMut() -> u128,
    ) -> Result<Vec<Intent>, PlanError> {
        Ok(plan::plan(shifts(&self.work, &self.days, now, dice)?, how))
    }

    /// What changes an existing shift, or it and those that follow, to this.
    #[allow(clippy::too_many_arguments)] // They are all it depends on.
    pub fn change(
        &self,
        phone: &Phone,
        at: ShiftRef,
        scope: Scope,
        how: As,
        reason: &str,
        now: Moment,
        dice: &mut dyn FnMut() -> u128,
    ) -> Vec<Intent> {
        let board = &phone.book().board;
        let Some(this) = board.state(at).map(base) else {
            return Vec::new();
        };
        let may = may_plan(phone, now);
        let allows = |person| may.allows(person);
        let (about, _) = about(board, at, scope, &allows, now);
        let change = Change {
            days: self.day.since(this.start.day()),
            hours: self.work.hours,
            pas: (!same(&self.work.pas, &this.pas)).then(|| self.work.pas.clone()),
            needs: self.work.needs,
            shadows: self.work.shadows.clone(),
            kind: self.work.kind,
        };
        plan::change(&about, &change, how, reason, now, dice)
    }
}

/// The form of this shift, or of a new one. `None` when it is not known, is cancelled, or is not
/// for who looks at the screen to plan.
pub fn form(phone: &Phone, shift: Option<ShiftId>, now: Moment) -> Option<Form> {
    let may = may_plan(phone, now);
    let Some(shift) = shift else {
        let super::MayPlan::Yes { persons, .. } = may else {
            return None;
        };
        let only = (persons.len() == 1).then(|| persons[0].id);
        return Some(Form {
            at: None,
            published: false,
            repeats: false,
            planned: None,
            given: Given {
                persons: only.into_iter().collect(),
                day: now.day().plus(1).to_string(),
                from: String::new(),
                to: String::new(),
                kind: ShiftKind::Day,
                needs: 1,
                pas: Vec::new(),
                shadow: None,
                every: 0,
                weekdays: BTreeSet::new(),
                until: String::new(),
                except: BTreeSet::new(),
            },
        });
    };
    let (at, state) = phone.book().board.find(shift)?;
    if !may.allows(at.person)
        || matches!(
            state.plan,
            kith_shared::domain::cover::Plan::Cancelled { .. }
        )
    {
        return None;
    }
    let shift = base(state);
    let text = |(hour, minute): Clock| format!("{hour:02}:{minute:02}");
    let hours = Hours::of(shift);
    Some(Form {
        at: Some(at),
        published: state.is_on(),
        repeats: shift.series.is_some(),
        planned: Some(super::stretch(shift)),
        given: Given {
            persons: [at.person].into(),
            day: shift.start.day().to_string(),
            from: text(hours.from),
            to: text(hours.to),
            kind: shift.work,
            needs: u8::try_from(shift.needs()).unwrap_or(1),
            pas: shift.pas.clone(),
            shadow: shift.shadows.first().copied(),
            every: 0,
            weekdays: BTreeSet::new(),
            until: String::new(),
            except: BTreeSet::new(),
        },
    })
}

/// What is wrong first with what was given, those who were chosen included.
pub fn mistake(
    phone: &Phone,
    given: &Given,
    instead: Option<ShiftRef>,
    now: Moment,
) -> Option<Wrong> {
    let ready = match given.read(now) {
        Ok(ready) => ready,
        Err(wrong) => return Some(wrong),
    };
    let chosen = |c: &Candidate| c.blocked && ready.work.pas.contains(&c.pa.id);
    let taken = candidates(phone, Some(&ready), instead, now)
        .iter()
        .any(chosen);
    taken.then_some(Wrong::Taken)
}

/// A PA who could come, and what speaks for and against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub pa: Face<MemberId>,
    /// They cannot.
    pub blocked: bool,
    /// What there is to say; what weighs most first.
    pub notes: Vec<Note>,
}

/// What there is to say about a PA and a shift. Lengths are in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// They hold another shift then; without a time when that is not known here.
    Holds(Option<Stretch>),
    /// They are on leave.
    OnLeave,
    /// The person has said that they are not to come.
    NotWanted,
    /// They cannot, by what they said of their week.
    Cannot,
    /// They would rather not.
    RatherNot,
    /// So much rest before or after it, too little.
    Rest(i64),
    /// No day off in the week.
    NoDayOff,
    /// So much in an average week, too much.
    Week(i64),
    /// So much in 24 hours on average, too much for nights.
    Night(i64),
    /// So much in the week, more than they want.
    OwnMost(i64),
    /// The person is asked first.
    AskFirst,
    /// Of the series, they cannot come to so many others.
    NotAll(usize),
    /// Nothing speaks against it.
    Free,
}

/// The PAs, by name, each with how they fit what was given; without notes while that is not whole.
pub fn candidates(
    phone: &Phone,
    ready: Option<&Ready>,
    instead: Option<ShiftRef>,
    now: Moment,
) -> Vec<Candidate> {
    let board = &phone.book().board;
    let members = board.roster.present();
    let pas: Vec<_> = members
        .filter(|m| m.role == Role::Pa)
        .map(|m| m.id)
        .collect();
    // Only PAs and managers read what else a PA does; others are not told that they are free.
    let sees_all = matches!(super::super::role(phone), Some(Role::Pa | Role::Manager));
    let mut count = 0;
    let mut dice = || {
        count += 1;
        count
    };
    let planned = ready.and_then(|r| shifts(&r.work, &r.days, now, &mut dice).ok());
    let planned = planned.unwrap_or_default();
    let fits = planned
        .first()
        .map(|first| fits(board, first, instead, &pas, now));
    let mut candidates: Vec<_> = faces(phone, &pas)
        .into_iter()
        .map(|pa| {
            let mut notes = Vec::new();
            let mut blocked = false;
            if let (Some(first), Some(fit)) =
                (planned.first(), fits.as_ref().and_then(|f| f.get(&pa.id)))
            {
                blocked = !fit.is_possible();
                says(phone, first, pa.id, fit, &mut notes);
                let others = planned[1..].iter().take(LOOKED_AT);
                let others = others.filter(|shift| {
                    shift.pool.is_none_or(|pool| first.pool != Some(pool))
                        && is_taken(board, shift, instead, pa.id)
                });
                match others.count() {
                    0 => {}
                    n => notes.push(Note::NotAll(n)),
                }
                if notes.is_empty() && sees_all {
                    notes.push(Note::Free);
                }
            }
            Candidate { pa, blocked, notes }
        })
        .collect();
    candidates.sort_by_key(|c| (c.pa.name.to_lowercase(), c.pa.id));
    candidates
}

fn says(phone: &Phone, shift: &Shift, pa: MemberId, fit: &Fit, notes: &mut Vec<Note>) {
    let board = &phone.book().board;
    match fit {
        Fit::Blocked(Block::OnLeave) => notes.push(Note::OnLeave),
        Fit::Blocked(Block::NotWanted | Block::Vetoed) => notes.push(Note::NotWanted),
        Fit::Blocked(Block::Overlap { with }) => {
            let held = board.state(*with).map(|s| super::stretch(&s.shift));
            notes.push(Note::Holds(held));
        }
        Fit::Blocked(_) => notes.push(Note::Holds(None)),
        Fit::Fits {
            warnings,
            ask_person,
        } => {
            let can = board.availability.get(&pa);
            match can.map(|a| a.can_all(shift.start, shift.end)) {
                Some(Can::No) => notes.push(Note::Cannot),
                Some(Can::RatherNot) => notes.push(Note::RatherNot),
                _ => {}
            }
            notes.extend(warnings.iter().filter_map(|warning| match warning {
                Warning::DailyRest { rest, .. } => Some(Note::Rest(rest.whole_minutes())),
                Warning::WeeklyRest { .. } => Some(Note::NoDayOff),
                Warning::Week { average, .. } => Some(Note::Week(average.whole_minutes())),
                Warning::Night { average, .. } => Some(Note::Night(average.whole_minutes())),
                Warning::OwnMost { worked, .. } => Some(Note::OwnMost(worked.whole_minutes())),
                Warning::Break { .. } => None,
            }));
            notes.dedup();
            if *ask_person {
                notes.push(Note::AskFirst);
            }
        }
    }
}
