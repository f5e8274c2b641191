//! What I was told because nobody came to a shift, or nobody was to: on the first page of whom
//! the person chose for that, and of who else was told.

use super::super::{
    face::{self, Face},
    when::{Stretch, When},
};
use crate::engine::Phone;
use kith_shared::{
    documents::circle::{self, Circle},
    domain::cover::{News, Notice, ShiftState},
    ids::{MemberId, PersonId, ShiftId},
    time::{Moment, Span},
};
use std::collections::BTreeMap;

/// An alert stays on the first page so long after its shift, or after its last news.
pub const ALERT_STAYS: Span = Span::hours(12);

/// That nobody came to a shift, or was to, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// With whom the shift is.
    pub person: Face<PersonId>,
    /// Which shift.
    pub shift: ShiftId,
    /// From when to when.
    pub planned: Stretch,
    /// The day on which it begins.
    pub when: When,
    /// What I was told.
    pub silence: Silence,
    /// When I was told so first.
    pub told: Moment,
    /// What became of it; nothing yet when nothing is said.
    pub settled: Option<Settled>,
    /// The shift has a sheet on this phone.
    pub sheet: bool,
}

/// What is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Silence {
    /// This PA has not clocked in, and their phone is in touch.
    NotStarted(Option<Face<MemberId>>),
    /// This PA has not clocked in, and their phone was in touch last at that time, if ever.
    NotHeard(Option<Face<MemberId>>, Option<Moment>),
    /// Nobody is to come; or not all who are needed, when someone is.
    Nobody {
        /// Someone else is to come.
        others: bool,
    },
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// This PA clocked in at that time.
    ClockedIn(Face<MemberId>, Moment),
    /// Someone clocked in, as the relay knew at that time; who does not read visits hears no more.
    Heard(Option<Face<MemberId>>, Moment),
    /// These come now.
    Others(Vec<Face<MemberId>>),
    /// The shift was cancelled.
    Cancelled,
}

/// What I was told, as the rota or the circle has it.
struct Heard<'a> {
    news: News,
    of: Option<MemberId>,
    at: Moment,
    /// The shift as it stood then, where that is known.
    about: Option<&'a circle::Coming>,
}

/// What I was told lately because nobody came or was to come: what is not settled first, and of
/// these the latest first.
pub fn alerts(phone: &Phone, now: Moment) -> Vec<Alert> {
    let mut found = all(phone, now);
    found.retain(|(last, alert)| (*last).max(alert.planned.end) + ALERT_STAYS >= now);
    let mut found: Vec<_> = found.into_iter().map(|(_, alert)| alert).collect();
    found.sort_by_key(|a| {
        (
            a.settled.is_some(),
            std::cmp::Reverse(a.planned.start),
            a.shift,
        )
    });
    found
}

/// All that I was ever told so about shifts with this person, the latest shift first.
pub fn all_alerts(phone: &Phone, person: PersonId, now: Moment) -> Vec<Alert> {
    let found = all(phone, now).into_iter().map(|(_, alert)| alert);
    let mut found: Vec<_> = found.filter(|a| a.person.id == person).collect();
    found.sort_by_key(|a| std::cmp::Reverse((a.planned.start, a.told)));
    found
}

/// Each with when the last was told about it.
fn all(phone: &Phone, now: Moment) -> Vec<(Moment, Alert)> {
    let Some(me) = crate::view::me(phone) else {
        return Vec::new();
    };
    let book = phone.book();
    let mut found = Vec::new();
    for (at, state) in book.board.states() {
        let mine = state.told.iter().filter(|n| n.to.contains(&me));
        let told = groups(mine.map(Heard::from), me);
        let one = InRota {
            phone,
            person: at.person,
            state,
            now,
        };
        found.extend(told.iter().map(|told| one.alert(told)));
    }
    for (person, circle) in &book.circles {
        for (shift, told) in &circle.alerts {
            let mine = told.iter().filter(|a| a.to.contains(&me));
            let told = groups(mine.map(Heard::from), me);
            let one = InCircle {
                phone,
                person: *person,
                circle,
                shift: *shift,
                now,
            };
            found.extend(told.iter().filter_map(|told| one.alert(told)));
        }
    }
    found
}

impl<'a> From<&'a Notice> for Heard<'a> {
    fn from(notice: &'a Notice) -> Self {
        Self {
            news: notice.news,
            of: notice.of,
            at: notice.at,
            about: None,
        }
    }
}

impl<'a> From<&'a circle::Alert> for Heard<'a> {
    fn from(alert: &'a circle::Alert) -> Self {
        Self {
            news: alert.news,
            of: alert.of,
            at: alert.at,
            about: alert.about.as_ref(),
        }
    }
}

/// What was told about each holding, or about a place that nobody has; never about mine.
fn groups<'a>(told: impl Iterator<Item = Heard<'a>>, me: MemberId) -> Vec<Vec<Heard<'a>>> {
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for one in told.filter(|one| one.of != Some(me)) {
        let silence = matches!(
            one.news,
            News::NotStarted | News::NotHeard { .. } | News::Unfilled | News::Started
        );
        if silence {
            groups.entry(one.of).or_default().push(one);
        }
    }
    groups.into_values().collect()
}

/// When I was told first, what I was told last that is not the end of it, and that end.
fn read<'a, 'b>(told: &'b [Heard<'a>]) -> (Moment, &'b Heard<'a>, Option<&'b Heard<'a>>) {
    let silence = told.iter().rev().find(|h| h.news != News::Started);
    let last = &told[told.len() - 1];
    let end = (last.news == News::Started).then_some(last);
    (told[0].at, silence.unwrap_or(last), end)
}

/// A shift in a rota that this phone reads.
struct InRota<'a> {
    phone: &'a Phone,
    person: PersonId,
    state: &'a ShiftState,
    now: Moment,
}

impl InRota<'_> {
    fn alert(&self, told: &[Heard<'_>]) -> (Moment, Alert) {
        let (first, silence, _) = read(told);
        let shift = &self.state.shift;
        let face = |pa: MemberId| face::member(self.phone, pa);
        let holders: Vec<_> = self.state.holders.iter().map(|t| face(t.pa)).collect();
        let left = |pa| self.state.tenure(pa).is_none();
        let visits = self.phone.book().visits();
        let mut came = visits.filter(|v| v.shift == Some(shift.shift) && Some(v.pa) == silence.of);
        let filled = self.state.missing() == 0;
        let settled = if !self.state.is_on() {
            Some(Settled::Cancelled)
        } else if let Some(visit) = came.next() {
            Some(Settled::ClockedIn(face(visit.pa), visit.start))
        } else if filled && silence.of.is_none_or(left) {
            Some(Settled::Others(holders.clone()))
        } else {
            None
        };
        let nobody = settled.is_none() && silence.of.is_none_or(left);
        let alert = Alert {
            person: face::person(self.phone, self.person),
            shift: shift.shift,
            planned: Stretch {
                start: shift.start,
                end: shift.end,
            },
            when: When::of(shift.start.day(), self.now),
            silence: silence.says(self.phone, nobody, !holders.is_empty()),
            told: first,
            settled,
            sheet: true,
        };
        (told[told.len() - 1].at, alert)
    }
}

/// A shift that this phone knows from the circle alone.
struct InCircle<'a> {
    phone: &'a Phone,
    person: PersonId,
    circle: &'a Circle,
    shift: ShiftId,
    now: Moment,
}

impl InCircle<'_> {
    fn alert(&self, told: &[Heard<'_>]) -> Option<(Moment, Alert)> {
        let (first, silence, end) = read(told);
        let stands = self.circle.coming.get(&self.shift);
        let was = told.iter().rev().find_map(|h| h.about);
        let about = stands.or(was)?;
        let face = |pa: MemberId| face::member(self.phone, pa);
        let come: &[MemberId] = stands.map_or(&[], |stands| &stands.pas);
        let before = silence.about.map_or(0, |was| was.pas.len());
        let left = |pa| !come.contains(&pa);
        let filled = match silence.of {
            Some(pa) => left(pa) && !come.is_empty(),
            None => come.len() > before,
        };
        let settled = if stands.is_none() {
            Some(Settled::Cancelled)
        } else if let Some(end) = end {
            Some(Settled::Heard(end.of.map(face), end.at))
        } else {
            filled.then(|| Settled::Others(come.iter().map(|pa| face(*pa)).collect()))
        };
        let nobody = settled.is_none() && silence.of.is_none_or(left);
        let alert = Alert {
            person: face::person(self.phone, self.person),
            shift: self.shift,
            planned: Stretch {
                start: about.start,
                end: about.end,
            },
            when: When::of(about.start.day(), self.now),
            silence: silence.says(self.phone, nobody, !come.is_empty()),
            told: first,
            settled,
            sheet: false,
        };
        Some((told[told.len() - 1].at, alert))
    }
}

impl Heard<'_> {
    fn says(&self, phone: &Phone, nobody: bool, others: bool) -> Silence {
        let of = || self.of.map(|pa| face::member(phone, pa));
        match self.news {
            _ if nobody => Silence::Nobody { others },
            News::NotHeard { last } => Silence::NotHeard(of(), last),
            News::Unfilled => Silence::Nobody { others: false },
            _ => Silence::NotStarted(of()),
        }
    }
}
