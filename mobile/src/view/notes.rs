//! The notes about a person that one may read, by day: *Notes* of the person, of who acts for
//! them and of their family.

use super::{
    coming::{Alert, all_alerts},
    face::{self, Face},
    trace::{self, Trace},
    when::When,
};
use crate::engine::{Book, Phone, Standing};
use kith_shared::{
    documents::DocumentId,
    domain::note::{Audience, Mood, Note, NoteText},
    ids::{MemberId, NoteId, PersonId, RecordId, VisitId},
    time::{Day, Moment, Month},
};
use std::collections::BTreeMap;

/// Characters of the line that stands for a note.
pub const LINE_CHARS: usize = 120;

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteCard {
    /// Which.
    pub note: NoteId,
    /// The month of its document, for acts on it.
    pub month: Month,
    /// About whom.
    pub person: Face<PersonId>,
    /// Who wrote it; only they can amend it.
    pub author: Face<MemberId>,
    /// The visit that it belongs to, if any.
    pub visit: Option<VisitId>,
    /// When that visit began and, if it has, ended; none for who does not read visits.
    pub visited: Option<(Moment, Option<Moment>)>,
    /// When it was written.
    pub written: Trace,
    /// Who may read it.
    pub audience: Audience,
    /// What it says now.
    pub says: NoteText,
    /// What it said before, the latest first.
    pub earlier: Vec<Earlier>,
    /// How far it has come with all its changes; none for other people's.
    pub standing: Option<Standing>,
}

/// What a note said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// What.
    pub says: NoteText,
    /// Until when it said so.
    pub until: Moment,
    /// Why it was changed.
    pub reason: String,
}

/// A note in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which.
    pub note: NoteId,
    /// Who wrote it.
    pub author: Face<MemberId>,
    /// When it was written or last amended.
    pub at: Moment,
    /// The beginning of its text, at most [`LINE_CHARS`]; empty when it has no text.
    pub text: String,
    /// The mood that it notes, for when there is no text.
    pub mood: Option<Mood>,
}

/// The notes about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notes {
    /// About whom.
    pub person: Face<PersonId>,
    /// The days that have something, the latest first.
    pub days: Vec<NotesDay>,
    /// The month to ask for to see more; none when all are shown.
    pub older: Option<Month>,
}

/// The notes of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotesDay {
    /// The day.
    pub day: Day,
    /// As people say it.
    pub when: When,
    /// Its notes, the latest first.
    pub notes: Vec<NoteCard>,
    /// What I was told on it because nobody came, the latest shift first.
    pub alerts: Vec<Alert>,
}

/// The notes about `person` that this phone reads, from the month `since` on, or from where
/// [`timeline`](super::timeline::timeline) begins when none is given.
pub fn notes(phone: &Phone, person: PersonId, since: Option<Month>, now: Moment) -> Notes {
    let all = || phone.book().notes().filter(|n| n.person == person);
    let alerts = all_alerts(phone, person, now);
    let alerted = |alert: &Alert| alert.planned.start.day();
    let months = all().map(|n| day(phone, n).month());
    let months = months.chain(alerts.iter().map(|a| alerted(a).month()));
    let page = super::timeline::page(months, since, now);
    let mut days: BTreeMap<Day, (Vec<&Note>, Vec<Alert>)> = BTreeMap::new();
    for note in all().filter(|n| day(phone, n).month() >= page.since) {
        days.entry(day(phone, note)).or_default().0.push(note);
    }
    for alert in (alerts.into_iter()).filter(|a| alerted(a).month() >= page.since) {
        days.entry(alerted(&alert)).or_default().1.push(alert);
    }
    let of_a_day = |(day, (mut notes, alerts)): (Day, (Vec<&Note>, Vec<Alert>))| {
        notes.sort_by_key(|n| std::cmp::Reverse((n.at, n.id)));
        NotesDay {
            day,
            when: When::of(day, now),
            notes: notes.into_iter().filter_map(|n| card(phone, n)).collect(),
            alerts,
        }
    };
    Notes {
        person: face::person(phone, person),
        days: days.into_iter().rev().map(of_a_day).collect(),
        older: page.older,
    }
}

/// The day that a note is about: that of its visit, where that is known.
fn day(phone: &Phone, note: &Note) -> Day {
    let visit = note.visit.and_then(|id| phone.book().visit(id));
    visit.map_or(note.at, |(_, visit)| visit.start).day()
}

pub(super) fn document(note: &Note, book: &Book) -> Option<DocumentId> {
    book.note(note.id).map(|(document, _)| document)
}

/// When a note was written or last amended.
pub(super) fn changed(note: &Note) -> Moment {
    note.records.iter().map(|r| r.at).max().unwrap_or(note.at)
}

pub(super) fn card(phone: &Phone, note: &Note) -> Option<NoteCard> {
    let book = phone.book();
    let document = document(note, book)?;
    let first = note.records.first()?;
    let visit = note.visit.and_then(|id| book.visit(id));
    let changes = note.records.iter().skip(1);
    let mut earlier: Vec<_> = note
        .earlier
        .iter()
        .zip(changes)
        .map(|((says, reason), change)| Earlier {
            says: says.clone(),
            until: change.at,
            reason: reason.clone(),
        })
        .collect();
    earlier.reverse();
    let records = note.records.iter().map(|r| r.id);
    Some(NoteCard {
        note: note.id,
        month: document.month()?,
        person: face::person(phone, note.person),
        author: face::member(phone, note.author),
        visit: note.visit,
        visited: visit.map(|(_, v)| (v.start, v.end)),
        written: trace::trace(phone, document, first),
        audience: note.audience,
        says: note.says.clone(),
        earlier,
        standing: trace::standing(phone, document, records.collect::<Vec<RecordId>>()),
    })
}

pub(super) fn line(phone: &Phone, note: &Note) -> Line {
    Line {
        note: note.id,
        author: face::member(phone, note.author),
        at: changed(note),
        text: one_line(&note.says.text),
        mood: note.says.mood,
    }
}

/// The first line that says something, cut after a word.
pub(super) fn one_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    let line = line.unwrap_or("");
    if line.chars().count() <= LINE_CHARS {
        return line.to_owned();
    }
    let cut: String = line.chars().take(LINE_CHARS - 1).collect();
    let at_word = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", at_word.trim_end())
}
