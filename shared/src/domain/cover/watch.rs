//! The watch over silence: who is told, and when, that nobody has clocked in, or that nobody holds
//! a shift that comes near.
//!
//! Silence is told from absence. A phone that has been in touch since the shift began and brought
//! no clock-in means *not started*; one that has not been in touch may have clocked in without
//! signal, so the rungs are slower and the words kinder: *not heard*. Each rung is told once for a
//! holding (or an opening), in records that stay in the shift's story.

use super::{Board, Decision, News, Notice, Tenure, judge::speakers, settle::Here};
use crate::{
    documents::rota::RotaRecord,
    domain::{
        team::Role,
        visit::{GRACE, Visit},
    },
    ids::{MemberId, RecordId},
    time::{Moment, Span},
};
use std::collections::BTreeSet;

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Whose shift it is.
    Holder,
    /// Those who wait in line for it.
    Standbys,
    /// The PAs who could take it, and who plans.
    Team,
    /// Who plans: who wears the rota holder's hat, the person and who acts for them.
    Planners,
    /// Whom the person chose for this; those who speak for them when they chose nobody.
    Contact,
    /// The manager.
    Manager,
}

/// Who is told that a holder has not clocked in, and how long after they should have.
#[derive(Debug, Clone, Copy)]
pub struct Rung {
    /// Who.
    pub who: Who,
    /// When their phone has been in touch.
    pub not_started: Span,
    /// When it has not.
    pub not_heard: Span,
}

/// The rungs of a holding, the first one first. The holder is asked once a visit would count as
/// late; then those nearest to helping, and the manager only when the team had its time.
pub const RUNGS: [Rung; 5] = [
    rung(Who::Holder, GRACE, GRACE),
    rung(Who::Standbys, Span::minutes(20), Span::minutes(30)),
    rung(Who::Team, Span::minutes(25), Span::minutes(45)),
    rung(Who::Contact, Span::minutes(40), Span::minutes(75)),
    rung(Who::Manager, Span::minutes(60), Span::minutes(120)),
];

/// Who is told that nobody holds a shift, and how long before it begins. All who could take it
/// were asked when it opened.
pub const UNFILLED: [(Who, Span); 3] = [
    (Who::Planners, Span::hours(24)),
    (Who::Contact, Span::hours(4)),
    (Who::Manager, Span::minutes(0)),
];

/// How long after a shift a clock-in that arrives is still told to be late: what a phone brings
/// after days without signal is in the story of the visit, and news to nobody.
pub const LATE_NEWS: Span = Span::days(1);

const fn rung(who: Who, not_started: Span, not_heard: Span) -> Rung {
    Rung {
        who,
        not_started,
        not_heard,
    }
}

/// The next thing that someone is to be told; nothing when all who should know do. Whoever calls
/// writes it and asks again.
///
/// `seen` says when the phone of a member was last in touch, as far as it is known.
pub fn watch(
    board: &Board,
    seen: &dyn Fn(MemberId) -> Option<Moment>,
    now: Moment,
) -> Option<Decision> {
    board.on().find_map(|(at, state)| {
        let here = Here {
            board,
            at,
            state,
            now,
        };
        let holders = || state.holders.iter();
        here.unfilled()
            .or_else(|| holders().find_map(|tenure| here.holder(*tenure, seen)))
    })
}

impl Here<'_> {
    /// Nobody holds it, and it comes nearer.
    fn unfilled(&self) -> Option<Decision> {
        let (state, start) = (self.state, self.state.shift.start);
        let near = UNFILLED.iter().map(|(_, before)| start - *before).min()?;
        if state.missing() == 0 || self.now < near || state.shift.end <= self.now {
            return None;
        }
        // Of two places that opened, the later opening is the news.
        let opening = state.openings.iter().max().copied()?;
        let about = |n: &&Notice| n.about == Some(opening);
        let told = || state.told.iter().filter(about);
        let mut to = BTreeSet::new();
        for (who, before) in UNFILLED {
            let due = start - before;
            if due > self.now || told().any(|n| n.news == News::Unfilled && n.at >= due) {
                continue;
            }
            // Who was told so when it opened, if that was after this was due, knows.
            let know = told()
                .filter(|n| n.news == News::Unfilled || (n.news == News::Open && n.at >= due));
            let know: BTreeSet<_> = know.flat_map(|n| &n.to).collect();
            to.extend(self.those(who, None).filter(|m| !know.contains(m)));
        }
        self.tell_some(News::Unfilled, to, opening, None)
    }

    /// Whether one holder has clocked in, and who is told if not.
    fn holder(
        &self,
        tenure: Tenure,
        seen: &dyn Fn(MemberId) -> Option<Moment>,
    ) -> Option<Decision> {
        let (now, start, end) = (self.now, self.state.shift.start, self.state.shift.end);
        // Most shifts are far from now.
        if now < start + GRACE || (self.state.told.is_empty() && now >= end + LATE_NEWS) {
            return None;
        }
        let came = self.visit(tenure);
        if came.is_none()
            && let Some(visit) = self.visit_after_all(tenure)
        {
            return self.came_after_all(tenure, visit);
        }
        let begins = self.begins(tenure);
        if now < begins + GRACE {
            return None;
        }
        let last_rung = RUNGS.iter().map(|rung| rung.not_heard).max()?;
        let over = end.max(begins + last_rung) < now;
        let own = self.state.told.iter();
        // A shift that was moved begins anew.
        let own = own.filter(|n| n.is_of(tenure) && n.at >= start);
        let own: Vec<&Notice> = own.collect();
        if own.is_empty() && now >= end + LATE_NEWS {
            return None;
        }
        match came {
            Some(visit) => self.came(tenure, visit, begins, &own),
            None if over => None,
            None => {
                let last = seen(tenure.pa);
                let news = match last {
                    Some(last) if last >= begins => News::NotStarted,
                    last => News::NotHeard { last },
                };
                self.silent(tenure, news, begins, &own)
            }
        }
    }

    /// They clocked in: who was told that they had not is told so, and that they were late is kept.
    fn came(
        &self,
        tenure: Tenure,
        visit: &Visit,
        begins: Moment,
        own: &[&Notice],
    ) -> Option<Decision> {
        let (pa, now) = (tenure.pa, self.now);
        let was_told = |news| own.iter().any(|n| n.news == news);
        let worried: BTreeSet<_> = (own.iter())
            .filter(|n| n.news.is_silence())
            .flat_map(|n| n.to.iter().copied())
            .collect();
        if !worried.is_empty() && !was_told(News::Started) {
            return self.tell_some(News::Started, worried, tenure.since, Some(pa));
        }
        let late = visit.start > begins + GRACE && now < self.state.shift.end + LATE_NEWS;
        if late && !was_told(News::Late) {
            let to = self.planners().chain([pa]).collect();
            return self.tell_some(News::Late, to, tenure.since, Some(pa));
        }
        None
    }

    /// They took the place of someone who was there all along, without signal: they are told, and
    /// whoever was told of either's silence.
    fn came_after_all(&self, tenure: Tenure, visit: &Visit) -> Option<Decision> {
        let (start, end) = (self.state.shift.start, self.state.shift.end);
        let told = || self.state.told.iter().filter(|n| n.at >= start);
        let known = told().any(|n| {
            let of = (n.news, n.about, n.of);
            of == (News::Started, Some(tenure.since), Some(visit.pa))
        });
        if known || self.now >= end + LATE_NEWS {
            return None;
        }
        let silence = told().filter(|n| n.news.is_silence());
        let worried = silence.filter(|n| n.of == Some(visit.pa) || n.of == Some(tenure.pa));
        let to = worried.flat_map(|n| n.to.iter().copied());
        let to = to.chain([tenure.pa]).collect();
        self.tell_some(News::Started, to, tenure.since, Some(visit.pa))
    }

    /// They have not: the rungs that are due are told.
    fn silent(
        &self,
        tenure: Tenure,
        news: News,
        begins: Moment,
        own: &[&Notice],
    ) -> Option<Decision> {
        // Who was told that nothing was heard is told again when it turns out to be worse.
        let counts = |n: &&&Notice| n.news == News::NotStarted || same(n.news, news);
        let told = || own.iter().filter(counts);
        let mut to = BTreeSet::new();
        for rung in RUNGS {
            // What is told at a time is told to all whose rung is due then.
            let climbed = told().any(|n| n.at >= begins + rung.after(n.news));
            if !climbed && begins + rung.after(news) <= self.now {
                to.extend(self.those(rung.who, Some(tenure.pa)));
            }
        }
        for notice in told() {
            to.retain(|member| !notice.to.contains(member));
        }
        self.tell_some(news, to, tenure.since, Some(tenure.pa))
    }

    /// When a holder is to begin: with the shift, or when they took it over.
    fn begins(&self, tenure: Tenure) -> Moment {
        let shift = &self.state.shift;
        let mut story = self.state.story.iter();
        let since = story.find(|r| r.id == tenure.since).map(|r| r.at);
        // Some of these times are of a phone's clock: none may silence a shift to its end.
        let during = since.filter(|at| shift.start < *at && *at < shift.end);
        during.unwrap_or(shift.start)
    }

    fn those(&self, who: Who, holder: Option<MemberId>) -> impl Iterator<Item = MemberId> {
        let contact = || {
            let profile = self.board.profiles.get(&self.at.person);
            let chosen = profile.and_then(|p| p.contact);
            let chosen = chosen.filter(|m| self.board.roster.present().any(|p| p.id == *m));
            chosen.map_or_else(
                || speakers(self.board, self.at.person).collect(),
                |m| vec![m],
            )
        };
        let members = self.board.roster.present();
        let those: Vec<_> = match who {
            Who::Holder => holder.into_iter().collect(),
            Who::Standbys => self.state.standbys().map(|claim| claim.by).collect(),
            Who::Team => {
                let could = holder.map(|holder| self.who_could(holder));
                let could = could.into_iter().flatten();
                could.chain(self.planners()).collect()
            }
            Who::Planners => self.planners().collect(),
            Who::Contact => contact(),
            Who::Manager => (members.filter(|m| m.role == Role::Manager))
                .map(|m| m.id)
                .collect(),
        };
        those.into_iter()
    }

    fn tell_some(
        &self,
        news: News,
        to: BTreeSet<MemberId>,
        about: RecordId,
        of: Option<MemberId>,
    ) -> Option<Decision> {
        if to.is_empty() {
            return None;
        }
        let mut records = self.tell(news, to, Some(about));
        for (_, record) in &mut records {
            if let RotaRecord::Told { of: whose, .. } = record {
                *whose = of;
            }
        }
        Some(Decision(records))
    }
}

impl Rung {
    fn after(&self, news: News) -> Span {
        match news {
            News::NotStarted => self.not_started,
            _ => self.not_heard,
        }
    }
}

/// The same news, whenever the phone was last in touch.
fn same(one: News, other: News) -> bool {
    std::mem::discriminant(&one) == std::mem::discriminant(&other)
}
