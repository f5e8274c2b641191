//! The rules on working time: what taking on work would break, and what a plan breaks already.
//!
//! They warn and never forbid: a PA who takes a shift in spite of a warning gives a reason, and
//! the rest that they are then owed is recorded with it. The rules are data with a source each
//! ([`RULES`]); what elapses counts, so both nights on which the clocks change come out right.

mod averages;
mod contract;
mod plan;
mod rest;
mod rules;

pub use contract::{Contract, Days};
pub use rules::{RULES, Rule, RuleName, rule_on};

use super::shift::ShiftKind;
use crate::time::{Moment, Span};
use plan::{Interval, Plan};
use serde::{Deserialize, Serialize};

/// A stretch of work, planned or done. A sleep-in is working time from its start to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// When it begins.
    pub start: Moment,
    /// When it ends. No stretch lasts longer than [`crate::limits::LONGEST_SHIFT`]; of a longer
    /// one, the rest is not looked at.
    pub end: Moment,
    /// What kind of work it is.
    pub kind: ShiftKind,
    /// Of a sleep-in, the time awake to work: only that calls for a break. Not looked at otherwise.
    pub awake: Span,
}

/// A rule that is not kept, with what there is to say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum Warning {
    /// Too little rest in the 24 hours after a start of work.
    DailyRest {
        /// When the 24 hours begin.
        from: Moment,
        /// The longest rest in them.
        rest: Span,
        /// What is missing: as much rest in a row is owed in return.
        owed: Span,
    },
    /// No day off in a week, on top of the daily rest, nor enough in two weeks.
    WeeklyRest {
        /// When the week begins: a Monday.
        from: Moment,
        /// The longest rest that counts for that week: what lies in it, and the 11 hours before or
        /// after.
        rest: Span,
        /// What is missing to a day off and the daily rest before it: owed in return.
        owed: Span,
    },
    /// So much work in a row that a break belongs into it.
    Break {
        /// When the work begins.
        from: Moment,
        /// How long it lasts.
        worked: Span,
        /// How long the break is at least.
        due: Span,
    },
    /// Too much work in an average week, work elsewhere included.
    Week {
        /// When the weeks begin that the average is of.
        from: Moment,
        /// When they end.
        until: Moment,
        /// The average of a week.
        average: Span,
        /// The most that it may be.
        most: Span,
    },
    /// Too much work for someone who works at night.
    Night {
        /// When the weeks begin that the average is of.
        from: Moment,
        /// When they end.
        until: Moment,
        /// The average of 24 hours, a day off a week left out.
        average: Span,
        /// The most that it may be.
        most: Span,
    },
    /// More in a week than the PA wants.
    OwnMost {
        /// When the week begins: a Monday.
        from: Moment,
        /// What they would work in it.
        worked: Span,
        /// What they want at most.
        most: Span,
    },
}

impl Warning {
    /// Whether taking on the work in spite of it needs a reason. A break is only to be taken, and
    /// a PA's own wish is theirs to change.
    pub fn needs_reason(&self) -> bool {
        !matches!(self, Self::Break { .. } | Self::OwnMost { .. })
    }
    /// The rest that is owed in return (Working Time Regulations 1998, reg. 24).
    pub fn owed(&self) -> Span {
        match self {
            Self::DailyRest { owed, .. } | Self::WeeklyRest { owed, .. } => *owed,
            _ => Span::default(),
        }
    }
    /// When what it speaks of begins.
    pub fn from(&self) -> Moment {
        match self {
            Self::DailyRest { from, .. }
            | Self::WeeklyRest { from, .. }
            | Self::Break { from, .. }
            | Self::Week { from, .. }
            | Self::Night { from, .. }
            | Self::OwnMost { from, .. } => *from,
        }
    }
}

/// A rule that a plan breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which, and how far.
    pub warning: Warning,
    /// The stretches that it is about, as places in the plan that was asked about; the latest
    /// first.
    pub pieces: Vec<usize>,
    /// The way out: the latest of them without which the rule is kept, or else the latest of all.
    /// None where a break is all that is missing.
    pub give_away: Option<usize>,
}

/// Two weeks, in milliseconds: the longest that a rest is looked for.
const AROUND: i64 = Span::days(14).millis();

/// A rule found broken.
#[derive(Clone, Copy)]
struct Found {
    warning: Warning,
    /// The stretch of time that the rule looks at.
    window: Interval,
    /// The part of it by which the same breach is known again in a changed plan: of two breaches
    /// of one rule in one plan, these do not overlap.
    mark: Interval,
    /// By how much it is broken, in milliseconds.
    by: i64,
}

impl Found {
    /// One breach in two plans.
    fn is_again(&self, other: &Self) -> bool {
        self.is_of(other) && plan::overlap(self.mark, other.mark) > 0
    }
    /// Breaches of one rule.
    fn is_of(&self, other: &Self) -> bool {
        std::mem::discriminant(&self.warning) == std::mem::discriminant(&other.warning)
    }
    fn is_average(&self) -> bool {
        matches!(self.warning, Warning::Week { .. } | Warning::Night { .. })
    }
}

/// All that `plan` breaks. Averages are taken at the end of each of `days`, others where they are.
fn find(plan: &Plan, days: &[i64], contract: &Contract) -> Vec<Found> {
    let mut found = Vec::new();
    rest::daily(plan, &mut found);
    rest::weekly(plan, contract, &mut found);
    rest::breaks(plan, &mut found);
    averages::week(plan, days, contract, &mut found);
    averages::night(plan, days, contract, &mut found);
    averages::own_most(plan, contract, &mut found);
    found
}

/// Of each average only the one that `counts` most: one stretch of work lies in many of them.
fn one_average(found: Vec<Found>, counts: fn(&Found) -> i64) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::new();
    for f in found {
        match kept.iter_mut().find(|k| f.is_average() && k.is_of(&f)) {
            Some(k) if counts(&f) > counts(k) => *k = f,
            Some(_) => {}
            None => kept.push(f),
        }
    }
    kept
}

/// The rules that are broken, or broken further, when `added` comes to `known`: rests and breaks
/// in the order of time, and of each average the worst.
///
/// Total, and the order of the stretches makes no difference.
pub fn warnings(known: &[Work], added: &[Work], contract: &Contract) -> Vec<Warning> {
    let all = Plan::of(&[known, added].concat());
    let mut before = find(&Plan::of(known), &all.days, contract);
    let mut found = find(&all, &all.days, contract);
    found.retain(|f| {
        let known = before.iter().position(|b| b.is_again(f) && b.by >= f.by);
        // Each explains one: where there was one breach and now are two, one is new.
        known.map(|at| before.swap_remove(at)).is_none()
    });
    let told = one_average(found, |f| f.by);
    told.into_iter().map(|f| f.warning).collect()
}

/// What a plan breaks as it is, each with a way out; of each average the last one that is too
/// high, for that is where something can still be done.
///
/// Total, and the order of the stretches makes no difference but to the places that name them.
pub fn broken(known: &[Work], contract: &Contract) -> Vec<Broken> {
    let plan = Plan::of(known);
    let found = one_average(find(&plan, &plan.days, contract), |f| f.mark.0);
    let tell = |f: Found| {
        let mut pieces = within(known, f.window);
        pieces.sort_by_key(|&at| std::cmp::Reverse((known[at].start, known[at].end, at)));
        let give_away = match f.warning {
            Warning::Break { .. } => None,
            _ => way_out(known, &pieces, &f, contract),
        };
        Broken {
            warning: f.warning,
            pieces,
            give_away,
        }
    };
    found.into_iter().map(tell).collect()
}

/// The stretches that lie in this window, or reach into it.
fn within(known: &[Work], window: Interval) -> Vec<usize> {
    let lies = |at: &usize| {
        plan::interval(&known[*at]).is_some_and(|piece| plan::overlap(piece, window) > 0)
    };
    (0..known.len()).filter(lies).collect()
}

/// The first of these pieces without which the rule is kept, or else the first.
fn way_out(known: &[Work], pieces: &[usize], f: &Found, contract: &Contract) -> Option<usize> {
    // Rest is a matter of the days around; so not all of a long plan is looked at for each piece.
    let (from, until) = f.window;
    let near = (from.saturating_sub(AROUND), until.saturating_add(AROUND));
    let near = within(known, near);
    let is_kept_without = |without: &&usize| {
        // Too short to bring an average down by itself.
        let piece = plan::interval(&known[**without]);
        if f.is_average() && piece.is_none_or(|p| plan::overlap(p, f.window) < f.by) {
            return false;
        }
        let others = near.iter().filter(|at| at != without);
        let others: Vec<Work> = others.map(|&at| known[at]).collect();
        let found = find(&Plan::of(&others), &[plan::day_of(f.mark.0)], contract);
        !found.iter().any(|again| again.is_again(f))
    };
    pieces
        .iter()
        .find(is_kept_without)
        .or(pieces.first())
        .copied()
}
