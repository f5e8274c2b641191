//! *Cover*: what needs me, and what became of what I said.

mod answered;

use super::{
    cover::{Asked, Here, Taking},
    face::Face,
    shift::{self, ShiftCard},
};
use crate::engine::Phone;
use kith_shared::{
    domain::{
        cover::{AskKind, Block, ClaimState, Fit, News, Outcome, Problem, ShiftRef, Why, speakers},
        team::Role,
        working_time::Warning,
    },
    ids::{MemberId, RecordId, ShiftId},
    time::{Moment, Span},
};

/// How long an answer is shown.
pub const ANSWERED: Span = Span::days(14);

/// What needs me, and what became of what I said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions {
    /// What needs me; within its kind the earliest shift first.
    pub needs: Vec<Need>,
    /// What I said that waits, and what became of it, the latest first: one line a shift.
    pub answered: Vec<Answered>,
}

/// Something that needs me.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The shift that it is about.
    pub card: ShiftCard,
    /// Where that is, for acts on it.
    pub at: ShiftRef,
    /// What it is.
    pub what: Wanted,
}

/// What is wanted of me.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A yes or no to this PA.
    Yes {
        /// The question.
        question: RecordId,
        /// Who would come.
        pa: Face<MemberId>,
        /// Who is responsible until then.
        instead: Vec<Face<MemberId>>,
        /// Why cover is asked for, in the holder's words; may be empty.
        reason: String,
    },
    /// I could take it.
    Take {
        /// What is asked, and by whom.
        asked: Asked,
        /// What speaks against it.
        warnings: Vec<Warning>,
        /// The person is asked first.
        ask_person: bool,
    },
    /// I asked for it, and have to say why it is all right.
    Reason(Vec<Warning>),
    /// My shifts break a rule together; cover for this one is the way out.
    Problem(Warning),
    /// I plan, and nobody holds it.
    Nobody {
        /// Whom the plan named who has another shift then.
        double: Option<Face<MemberId>>,
    },
    /// I plan, and the person has not answered about this PA.
    NoAnswer(Face<MemberId>),
}

impl Wanted {
    /// Its place among the kinds.
    pub fn group(&self) -> Group {
        match self {
            Self::Yes { .. } => Group::Yes,
            Self::Take { asked, .. } => match asked.taking {
                Taking::Silent(_) => Group::Silent,
                Taking::Open => Group::Open,
                Taking::Offer | Taking::Swap(_) => Group::Offered,
                Taking::Cover | Taking::Handover => Group::Asked,
            },
            Self::Reason(_) | Self::Problem(_) => Group::Problem,
            Self::Nobody { .. } | Self::NoAnswer(_) => Group::Plan,
        }
    }
}

/// A kind of thing that needs me, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Nobody has clocked in, and I could go.
    Silent,
    /// My yes is wanted.
    Yes,
    /// Nobody holds it, and I could.
    Open,
    /// It is kept for me.
    Offered,
    /// Someone asks for cover.
    Asked,
    /// It does not fit.
    Problem,
    /// It is to be planned.
    Plan,
}

/// What I said that waits, or what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The shift.
    pub card: ShiftCard,
    /// When it was said.
    pub at: Moment,
    /// What it is.
    pub what: Answer,
}

/// What became of what I said, or what I was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// I asked for the shift; whether that left this phone.
    Asked(bool),
    /// I asked for cover, and nobody has it yet; whether that left this phone.
    Cover(bool),
    /// The person is asked first.
    Waits,
    /// It is mine; with so many minutes of rest owed.
    Granted(i64),
    /// A colleague was first; my place in line.
    Standby(usize),
    /// It cannot be.
    NotPossible(Block),
    /// It was not needed any more.
    Lapsed,
    /// The person said no to me.
    SaidNo,
    /// This colleague covers for me.
    Covered(Face<MemberId>),
    /// This colleague took over from me, because nobody had clocked in.
    TakenOver(Face<MemberId>),
    /// I was told this.
    Told(News),
}

/// What needs me, and what became of what I said.
pub fn decisions(phone: &Phone, now: Moment) -> Decisions {
    let mut found = Decisions {
        needs: problems(phone, now),
        answered: Vec::new(),
    };
    for here in recent(phone, now) {
        found.needs.extend(here.needs());
        found.answered.extend(here.answered());
    }
    found
        .needs
        .sort_by_key(|n| (n.what.group(), n.card.planned.start, n.card.shift));
    found
        .answered
        .sort_by_key(|a| std::cmp::Reverse((a.at, a.card.shift)));
    found
}

/// How many things need me: as many as [`decisions`] shows, without what speaks against each, which
/// costs far more to look up.
pub fn count(phone: &Phone, now: Moment) -> usize {
    let shifts = recent(phone, now).map(|here| here.count());
    shifts.sum::<usize>() + problems(phone, now).len()
}

/// The shifts that may still matter to me.
fn recent(phone: &Phone, now: Moment) -> impl Iterator<Item = Here<'_>> {
    let me = super::me(phone).into_iter();
    let here = move |me| {
        let states = phone.book().board.states();
        let recent = states.filter(move |(_, state)| state.shift.end + ANSWERED >= now);
        recent.map(move |(at, state)| Here {
            phone,
            at,
            state,
            me,
            now,
        })
    };
    me.flat_map(here)
}

/// Where my shifts break a rule together, and for which one cover would help.
fn problems(phone: &Phone, now: Moment) -> Vec<Need> {
    let board = &phone.book().board;
    let Some(me) = super::me(phone).filter(|_| super::role(phone) == Some(Role::Pa)) else {
        return Vec::new();
    };
    let need = |problem: &Problem| {
        let at = problem.way_out.or(problem.shifts.first().copied())?;
        let state = board.state(at)?;
        // Where cover is asked for already, that stands among the answers.
        let asks = state.asks.iter().any(|a| a.by == me && a.is_open(now));
        (!asks).then(|| Need {
            card: shift::card(phone, &state.shift, now),
            at,
            what: Wanted::Problem(problem.warning),
        })
    };
    let problems = phone.book().problems(me, now);
    problems.iter().filter_map(need).collect()
}

/// What needs my yes or no as the person, or as who acts for them.
pub fn yes_wanted(phone: &Phone, now: Moment) -> Vec<Need> {
    let mut needs = decisions(phone, now).needs;
    needs.retain(|n| n.what.group() == Group::Yes);
    needs
}

/// The shifts of today that nobody holds and that are not over, the earliest first.
pub fn open_today(phone: &Phone, now: Moment) -> Vec<ShiftCard> {
    let open = phone.book().board.on().map(|(_, state)| state);
    let mut cards: Vec<_> = open
        .filter(|s| s.holders.is_empty() && s.shift.end > now)
        .filter(|s| s.shift.start.day() <= now.day())
        .map(|s| shift::card(phone, &s.shift, now))
        .collect();
    cards.sort_by_key(|c| (c.planned.start, c.shift));
    cards
}

/// Whether I asked for cover for this shift, or offered it, and that can still be answered.
pub fn asking(phone: &Phone, shift: ShiftId, now: Moment) -> bool {
    let Some((_, state)) = phone.book().board.find(shift) else {
        return false;
    };
    let mine = state.asks.iter().filter(|a| Some(a.by) == super::me(phone));
    let mut cover = mine.filter(|a| a.is_open(now) && !matches!(a.kind, AskKind::Handover(_)));
    cover.next().is_some()
}

impl Here<'_> {
    fn count(&self) -> usize {
        if !self.lives() {
            return 0;
        }
        let mine = self.take().is_some() || self.planning().is_some();
        self.asks_me().len() + usize::from(mine)
    }

    /// The questions that are mine to answer.
    fn asks_me(&self) -> Vec<(RecordId, MemberId)> {
        let mut speak = speakers(self.board(), self.at.person);
        if speak.any(|m| m == self.me) {
            self.questions()
        } else {
            Vec::new()
        }
    }

    fn needs(&self) -> Vec<Need> {
        let need = |what| Need {
            card: shift::card(self.phone, &self.state.shift, self.now),
            at: self.at,
            what,
        };
        if !self.lives() {
            return Vec::new();
        }
        let mut needs = Vec::new();
        for (question, pa) in self.asks_me() {
            let asks = self.state.asks.iter().rev();
            let mut asks = asks.filter(|a| self.state.tenure(a.by).is_some());
            needs.push(need(Wanted::Yes {
                question,
                pa: self.face(pa),
                instead: self.holders(),
                reason: asks.next().map(|a| a.reason.clone()).unwrap_or_default(),
            }));
        }
        let reason = self.claim().and_then(|c| match &c.state {
            ClaimState::Answered(Outcome::NeedsReason { warnings }) => Some(warnings.clone()),
            _ => None,
        });
        match (reason, self.take()) {
            (Some(warnings), Some(_)) => needs.push(need(Wanted::Reason(warnings))),
            (None, Some(asked)) => needs.extend(self.weighed(asked).map(need)),
            (_, None) => needs.extend(self.planning().map(need)),
        }
        needs
    }

    fn holders(&self) -> Vec<Face<MemberId>> {
        let holders = self.state.holders.iter();
        holders.map(|t| self.face(t.pa)).collect()
    }

    /// What I could take and have not said no to.
    fn take(&self) -> Option<Asked> {
        let asked = self.asked().filter(|a| !a.declined)?;
        if let (Taking::Silent(_), Some((silence, _))) = (&asked.taking, self.silent())
            && !self.knows_of(silence)
        {
            return None;
        }
        // A place in line is no decision: it stands among the answers.
        (asked.kept.is_none() && self.is_possible(&asked)).then_some(asked)
    }

    /// With what speaks against it.
    fn weighed(&self, asked: Asked) -> Option<Wanted> {
        match self.fit(&asked)? {
            Fit::Blocked(_) => None,
            Fit::Fits {
                warnings,
                ask_person,
            } => Some(Wanted::Take {
                asked,
                warnings,
                ask_person,
            }),
        }
    }

    /// What needs who plans: a place that nobody has, a person who does not answer.
    fn planning(&self) -> Option<Wanted> {
        let member = self.phone.member();
        let plans = member.is_some_and(|m| m.holds_rota(self.now));
        if !plans {
            return None;
        }
        let claim = self
            .claim()
            .is_some_and(kith_shared::domain::cover::Claim::is_live);
        if self.state.missing() > 0 && !claim && self.kept().is_none() {
            let double = self.state.word.as_ref().and_then(|w| match &w.why {
                Why::DoubleBooked { pa, .. } => Some(self.face(*pa)),
                _ => None,
            });
            return Some(Wanted::Nobody { double });
        }
        let silent = |question: RecordId| {
            let mut told = self.state.told.iter();
            told.any(|n| n.about == Some(question) && n.news == News::NoAnswer)
        };
        let mut questions = self.questions().into_iter();
        let (_, pa) = questions.find(|(question, _)| silent(*question))?;
        Some(Wanted::NoAnswer(self.face(pa)))
    }
}
