//! Coverage: which of the next four weeks is thin, before it hurts.

use super::{
    face::{self, Face},
    rota::{self, Reader, RotaShift},
    when::When,
};
use crate::engine::Phone;
use kith_shared::{
    domain::{
        availability::{Can, Part},
        cover::{AskKind, Claim, ClaimState, Outcome, Plan, ShiftRef, ShiftState, open_to},
        team::Role,
    },
    ids::MemberId,
    time::{Day, Moment, Span},
};

/// So many weeks are looked at, this one included.
pub const WEEKS: i32 = 4;
/// So much is named on top; the rest stands with its day.
pub const FIRST: usize = 6;

/// The next weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// What to look at first: what nobody holds, then what waits, then what is thin; the nearest
    /// first. At most [`FIRST`].
    pub first: Vec<Thin>,
    /// How much more there is to look at.
    pub more: usize,
    /// This week from today, and those after it.
    pub weeks: Vec<CoverageWeek>,
}

/// A week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageWeek {
    /// Its Monday.
    pub monday: Day,
    /// Its days, from today on.
    pub days: Vec<CoverageDay>,
}

/// A day and its shifts that are not over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageDay {
    /// The day.
    pub day: Day,
    /// As people say it.
    pub when: When,
    /// How it stands with each shift, as the day goes.
    pub shifts: Vec<Standing>,
}

/// How certain it is that someone comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Someone is missing.
    Open,
    /// A holder looks for cover, or the person's yes is waited for.
    Waiting,
    /// It is held, and nobody else could step in, or only one.
    Thin,
    /// It is not published yet.
    Draft,
    /// It is held.
    Held,
}

/// A shift to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thin {
    /// Which.
    pub shift: RotaShift,
    /// The part of the day that its middle is in: a shift from 21:00 to 07:00 is a night.
    pub part: Part,
    /// Why.
    pub why: Why,
}

/// Why a shift is worth a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// PAs are missing.
    Open {
        /// How many PAs could come, as far as this phone knows.
        could: Option<usize>,
    },
    /// This PA comes if the person says yes.
    WaitsForYes(Face<MemberId>),
    /// This holder looks for cover.
    Wanted {
        /// Who.
        by: Face<MemberId>,
        /// How many PAs could come, as far as this phone knows.
        could: Option<usize>,
    },
    /// Should its holder be ill, nobody could step in.
    NobodyElse,
    /// Should its holder be ill, only this PA could step in.
    OnlyOne(Face<MemberId>),
}

impl Why {
    fn standing(&self) -> Standing {
        match self {
            Self::Open { .. } => Standing::Open,
            Self::WaitsForYes(_) | Self::Wanted { .. } => Standing::Waiting,
            Self::NobodyElse | Self::OnlyOne(_) => Standing::Thin,
        }
    }
}

impl CoverageWeek {
    /// How many shifts stand so.
    pub fn count(&self, standing: Standing) -> usize {
        self.days.iter().map(|day| day.count(standing)).sum()
    }

    /// How many shifts there are.
    pub fn len(&self) -> usize {
        self.days.iter().map(|day| day.shifts.len()).sum()
    }

    /// There is no shift.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The days that need a look.
    pub fn thin(&self) -> impl Iterator<Item = &CoverageDay> {
        self.days.iter().filter(|day| day.is_thin())
    }
}

impl CoverageDay {
    /// How many shifts stand so.
    pub fn count(&self, standing: Standing) -> usize {
        self.shifts.iter().filter(|s| **s == standing).count()
    }

    /// Something on it needs a look.
    pub fn is_thin(&self) -> bool {
        let looks = [Standing::Open, Standing::Waiting, Standing::Thin];
        self.shifts.iter().any(|s| looks.contains(s))
    }
}

/// How the next weeks stand.
pub fn coverage(phone: &Phone, now: Moment) -> Coverage {
    let today = now.day();
    let end = today.monday().plus(7 * WEEKS);
    let reader = Reader::of(phone, now);
    let team = Team::of(phone, now);
    let states = phone.book().board.states();
    let mut ahead: Vec<_> = states
        .filter(|(_, s)| s.shift.end > now && s.shift.start < end.start() && reader.sees(s))
        .collect();
    ahead.sort_by_key(|(_, s)| (s.shift.start, s.shift.end, s.shift.shift));
    let days = end.since(today);
    let mut weeks: Vec<CoverageWeek> = Vec::new();
    for day in (0..days).map(|n| today.plus(n)) {
        if weeks.last().is_none_or(|w| w.monday != day.monday()) {
            weeks.push(CoverageWeek {
                monday: day.monday(),
                days: Vec::new(),
            });
        }
        if let Some(week) = weeks.last_mut() {
            week.days.push(CoverageDay {
                day,
                when: When::of(day, now),
                shifts: Vec::new(),
            });
        }
    }
    let mut looks = Vec::new();
    for (at, state) in ahead {
        let why = team.why(at, state);
        let standing = match (&why, &state.plan) {
            (_, Plan::Draft) => Standing::Draft,
            (Some(why), _) => why.standing(),
            (None, _) => Standing::Held,
        };
        // A night that began before today is of today.
        let on = state.shift.start.day().max(today);
        let day = weeks.iter_mut().flat_map(|w| &mut w.days);
        if let Some(day) = day.into_iter().find(|d| d.day == on) {
            day.shifts.push(standing);
        }
        if let Some(why) = why {
            looks.push((state, why));
        }
    }
    looks.sort_by_key(|(state, why)| (why.standing(), state.shift.start));
    let more = looks.len().saturating_sub(FIRST);
    looks.truncate(FIRST);
    let thin = |(state, why): (&ShiftState, Why)| Thin {
        shift: rota::show(phone, state, reader, now),
        part: Part::of(middle(state)).1,
        why,
    };
    Coverage {
        first: looks.into_iter().map(thin).collect(),
        more,
        weeks,
    }
}

fn middle(state: &ShiftState) -> Moment {
    state.shift.start + Span::from_millis(state.shift.length().millis() / 2)
}

/// Who could step in.
struct Team<'a> {
    phone: &'a Phone,
    /// The PAs; nobody for who does not read when they can work.
    pas: Option<Vec<MemberId>>,
    now: Moment,
}

impl<'a> Team<'a> {
    fn of(phone: &'a Phone, now: Moment) -> Self {
        let reads = matches!(super::role(phone), Some(Role::Pa | Role::Manager));
        let members = phone.book().board.roster.present();
        let pas = members.filter(|m| m.role == Role::Pa).map(|m| m.id);
        Self {
            phone,
            pas: reads.then(|| pas.collect()),
            now,
        }
    }

    /// The first of those who could take a shift, at most so many.
    fn could(&self, at: ShiftRef, state: &ShiftState, most: usize) -> Option<Vec<MemberId>> {
        let board = &self.phone.book().board;
        let can = |pa: &MemberId| {
            let says = board.availability.get(pa);
            let suits = says.map_or(Can::Yes, |a| a.can_all(state.shift.start, state.shift.end));
            suits != Can::No && open_to(board, at, *pa, None, self.now).is_ok()
        };
        let pas = self.pas.as_ref()?.iter().copied();
        Some(pas.filter(can).take(most).collect())
    }

    /// Why a shift is worth a look, if it is.
    fn why(&self, at: ShiftRef, state: &ShiftState) -> Option<Why> {
        if !state.is_on() {
            return None;
        }
        let face = |pa| face::member(self.phone, pa);
        let all = || Some(self.could(at, state, usize::MAX)?.len());
        let waits = |c: &&Claim| c.state == ClaimState::Answered(Outcome::Waits);
        if let Some(claim) = state.claims.iter().find(waits) {
            return Some(Why::WaitsForYes(face(claim.by)));
        }
        if state.missing() > 0 {
            return Some(Why::Open { could: all() });
        }
        let mut asks = state.asks.iter().filter(|a| a.is_open(self.now));
        let looks =
            asks.find(|a| !matches!(a.kind, AskKind::Offer(_)) && state.tenure(a.by).is_some());
        if let Some(ask) = looks {
            return Some(Why::Wanted {
                by: face(ask.by),
                could: all(),
            });
        }
        if state.shift.start <= self.now {
            return None;
        }
        match self.could(at, state, 2)?.as_slice() {
            [] => Some(Why::NobodyElse),
            [pa] => Some(Why::OnlyOne(face(*pa))),
            _ => None,
        }
    }
}
