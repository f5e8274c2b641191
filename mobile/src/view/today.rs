//! A PA's *Today*: where am I next, and what must I know?

use super::{
    cover::Here,
    face::{self, Face},
    log::Log,
    notes::{self, Line},
    shift::{self, ShiftCard},
    trace,
    when::minutes,
};
use crate::engine::{Phone, Standing};
use kith_shared::{
    domain::{
        note::Note,
        shift::Shift,
        visit::{GRACE, Visit},
    },
    ids::{MemberId, PersonId, VisitId},
    time::{Moment, Month, Span},
};

/// At most so many notes are shown as new.
pub const NEW_NOTES: usize = 3;
/// At least so many shifts are shown, of later days where today has fewer.
pub const NEXT_SHIFTS: usize = 2;
/// A visit that runs so long past its planned end was probably not clocked out.
pub const FORGOTTEN: Span = Span::hours(2);
/// An unplanned visit that runs so long was probably not clocked out.
pub const FORGOTTEN_UNPLANNED: Span = Span::hours(12);
/// A visit that ended longer ago is not reminded of.
pub const NOTE_DUE: Span = Span::days(7);

/// A PA's day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Today {
    /// My visits that run now, the latest first.
    pub running: Vec<Running>,
    /// The shift to clock in to: mine, not over, nobody clocked in for me yet.
    pub next: Option<Next>,
    /// My shifts after it: those of today, and of later days up to [`NEXT_SHIFTS`] in all.
    pub then: Vec<ShiftCard>,
    /// My shifts of today, or that ended today, which are over without a clock in.
    pub not_clocked: Vec<ShiftCard>,
    /// Shifts that are not over and that a colleague took over from me, because nobody had clocked
    /// in; none where I did since.
    pub taken_over: Vec<TakenOver>,
    /// Who may be visited without a shift, by name.
    pub people: Vec<Face<PersonId>>,
    /// My last visit, if it has no note of mine.
    pub note_due: Option<NoteDue>,
}

/// A shift that a colleague took over from me.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenOver {
    /// Which.
    pub card: ShiftCard,
    /// Who took it over.
    pub by: Face<MemberId>,
}

/// A visit of mine that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Which.
    pub visit: VisitId,
    /// The month of its document, for acts on it.
    pub month: Month,
    /// With whom.
    pub person: Face<PersonId>,
    /// Where visits with them are; may be empty.
    pub address: String,
    /// Since when.
    pub since: Moment,
    /// For how long, in minutes.
    pub minutes: i64,
    /// The shift that it works; none for an unplanned visit.
    pub planned: Option<ShiftCard>,
    /// It runs so long that clocking out was probably forgotten.
    pub forgotten: bool,
    /// A note was begun for it.
    pub draft: bool,
    /// The note that I wrote for it already.
    pub noted: bool,
    /// How far it has come.
    pub standing: Option<Standing>,
    /// What others noted since I was with this person before.
    pub new: New,
}

/// A shift of mine that comes next, or has begun without a clock in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The shift.
    pub card: ShiftCard,
    /// Minutes until it begins; negative when it has begun.
    pub starts_in: i64,
    /// It began so long ago that a clock in would be late.
    pub late: bool,
    /// What others noted since I was with this person.
    pub new: New,
}

/// What is new about a person to me.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct New {
    /// Since the end of this visit of mine; none if I was never with them.
    pub since: Option<Moment>,
    /// The latest notes by others, the newest first, at most [`NEW_NOTES`].
    pub notes: Vec<Line>,
    /// How many more there are.
    pub more: usize,
}

/// A visit that is over and has no note of mine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteDue {
    /// Which.
    pub visit: VisitId,
    /// With whom.
    pub person: Face<PersonId>,
    /// When it began.
    pub start: Moment,
    /// When it ended.
    pub end: Moment,
    /// A note was begun for it.
    pub draft: bool,
}

/// My day.
pub fn today(phone: &Phone, now: Moment) -> Today {
    let Some(me) = super::me(phone) else {
        return Today::default();
    };
    let log = Log::of(phone);
    let mut ahead = ahead(phone, &log, me, now).into_iter();
    let next = ahead.next().map(|s| next(phone, me, s, now));
    let then = ahead
        .enumerate()
        .take_while(|(n, s)| n + 1 < NEXT_SHIFTS || s.start.day() <= now.day())
        .map(|(_, s)| shift::card(phone, s, now))
        .collect();
    Today {
        running: running(phone, me, now),
        next,
        then,
        not_clocked: not_clocked(phone, &log, me, now),
        taken_over: taken_over(phone, &log, me, now),
        people: super::people::faces(phone),
        note_due: note_due(phone, me, now),
    }
}

/// My shifts that are not over and not worked, the earliest first.
fn ahead<'a>(phone: &'a Phone, log: &Log<'_>, me: MemberId, now: Moment) -> Vec<&'a Shift> {
    let mine = phone.book().shifts().filter(|s| s.pas.contains(&me));
    let mut ahead: Vec<_> = mine
        .filter(|s| s.end > now && !log.has_worked(s.shift, me))
        .collect();
    ahead.sort_by_key(|s| (s.start, s.shift));
    ahead
}

fn next(phone: &Phone, me: MemberId, shift: &Shift, now: Moment) -> Next {
    Next {
        card: shift::card(phone, shift, now),
        starts_in: minutes(now, shift.start) - minutes(shift.start, now),
        late: now > shift.start + GRACE,
        new: new(phone, me, shift.person, None, now),
    }
}

fn running(phone: &Phone, me: MemberId, now: Moment) -> Vec<Running> {
    let book = phone.book();
    let mut mine: Vec<&Visit> = book
        .visits()
        .filter(|v| v.pa == me && v.end.is_none())
        .collect();
    mine.sort_by_key(|v| std::cmp::Reverse((v.start, v.id)));
    let one = |visit: &&Visit| {
        let (document, _) = book.visit(visit.id)?;
        let planned = visit.shift.and_then(|id| book.shift(id));
        let due = match planned {
            Some(shift) => shift.end + FORGOTTEN,
            None => visit.start + FORGOTTEN_UNPLANNED,
        };
        let address = book.board.roster.people.get(&visit.person);
        Some(Running {
            visit: visit.id,
            month: document.month()?,
            person: face::person(phone, visit.person),
            address: address.map(|p| p.address.clone()).unwrap_or_default(),
            since: visit.start,
            minutes: minutes(visit.start, now),
            planned: planned.map(|s| shift::card(phone, s, now)),
            forgotten: now > due,
            draft: phone.draft(visit.id).is_some(),
            noted: noted(phone, me, visit.id),
            standing: trace::standing(phone, document, [visit.clock_in.id]),
            new: new(phone, me, visit.person, Some(visit), now),
        })
    };
    mine.iter().filter_map(one).collect()
}

/// What others noted about `person` since I was there, not counting the visit `but`.
fn new(phone: &Phone, me: MemberId, person: PersonId, but: Option<&Visit>, now: Moment) -> New {
    let mine = phone.book().visits().filter(|v| {
        v.pa == me && v.person == person && v.start <= now && but.is_none_or(|but| v.id != but.id)
    });
    let since = mine.map(|v| v.end.unwrap_or(v.start)).max();
    let others = phone.book().notes();
    let mut news: Vec<(Moment, &Note)> = others
        .filter(|n| n.person == person && n.author != me)
        .filter_map(|n| Some((notes::changed(n), n)).filter(|_| is_new(phone, n, since)))
        .collect();
    news.sort_by_key(|(at, n)| std::cmp::Reverse((*at, n.id)));
    New {
        since,
        more: news.len().saturating_sub(NEW_NOTES),
        notes: news
            .iter()
            .take(NEW_NOTES)
            .map(|(_, n)| notes::line(phone, n))
            .collect(),
    }
}

/// Written, amended or arrived after `since`, by when the relay got it: a note that another phone
/// kept without signal while I was there is new to me all the same.
fn is_new(phone: &Phone, note: &Note, since: Option<Moment>) -> bool {
    let (Some(since), Some(document)) = (since, notes::document(note, phone.book())) else {
        return true;
    };
    let mut receipts = note.records.iter().map(|r| phone.receipt(document, r.id));
    receipts.any(|r| r.is_some_and(|r| r.received_at > since))
}

fn not_clocked(phone: &Phone, log: &Log<'_>, me: MemberId, now: Moment) -> Vec<ShiftCard> {
    let mut mine: Vec<_> = phone
        .book()
        .shifts()
        .filter(|s| s.pas.contains(&me) && s.end.day() == now.day())
        .filter(|s| log.missing(s, now).contains(&Some(me)))
        .collect();
    mine.sort_by_key(|s| (s.start, s.shift));
    mine.into_iter()
        .map(|s| shift::card(phone, s, now))
        .collect()
}

fn taken_over(phone: &Phone, log: &Log<'_>, me: MemberId, now: Moment) -> Vec<TakenOver> {
    let runs = phone.book().board.on().filter(|(_, state)| {
        let shift = &state.shift;
        shift.start <= now && now < shift.end && !log.has_worked(shift.shift, me)
    });
    let taken = runs.filter_map(|(at, state)| {
        let here = Here {
            phone,
            at,
            state,
            me,
            now,
        };
        Some(TakenOver {
            by: face::member(phone, here.taken_over()?.by),
            card: shift::card(phone, &state.shift, now),
        })
    });
    taken.collect()
}

fn noted(phone: &Phone, me: MemberId, visit: VisitId) -> bool {
    let mut notes = phone.book().notes();
    notes.any(|n| n.author == me && n.visit == Some(visit))
}

fn note_due(phone: &Phone, me: MemberId, now: Moment) -> Option<NoteDue> {
    let over = phone.book().visits().filter(|v| v.pa == me);
    let (end, visit) = over
        .filter_map(|v| Some((v.end?, v)))
        .max_by_key(|(end, v)| (*end, v.id))?;
    (now - end <= NOTE_DUE && !noted(phone, me, visit.id)).then(|| NoteDue {
        visit: visit.id,
        person: face::person(phone, visit.person),
        start: visit.start,
        end,
        draft: phone.draft(visit.id).is_some(),
    })
}
