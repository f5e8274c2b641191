//! *People*: those whom the team supports.

use super::{
    face::{self, Face},
    shift::{self, ShiftCard},
};
use crate::engine::Phone;
use kith_shared::{
    ids::{MemberId, PersonId, VisitId},
    time::Moment,
};
use std::collections::BTreeSet;

/// A person of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Who.
    pub person: Face<PersonId>,
    /// Where visits are; may be empty.
    pub address: String,
    /// My next shift there that is not over.
    pub my_next: Option<ShiftCard>,
    /// The next shift there that is not over, whoever holds it.
    pub next: Option<ShiftCard>,
    /// The latest visit there.
    pub last: Option<LastVisit>,
}

/// The latest visit with a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastVisit {
    /// Which.
    pub visit: VisitId,
    /// Who came.
    pub who: Face<MemberId>,
    /// When it began.
    pub start: Moment,
    /// When it ended; none while it runs.
    pub end: Option<Moment>,
}

/// The people whom this phone knows, by name.
pub fn people(phone: &Phone, now: Moment) -> Vec<PersonRow> {
    faces(phone)
        .into_iter()
        .map(|person| row(phone, person, now))
        .collect()
}

/// Their faces, by name.
pub(super) fn faces(phone: &Phone) -> Vec<Face<PersonId>> {
    let book = phone.book();
    let ids: BTreeSet<_> = book
        .board
        .roster
        .people
        .keys()
        .chain(book.circles.keys())
        .collect();
    let mut faces: Vec<_> = ids.into_iter().map(|id| face::person(phone, *id)).collect();
    faces.sort_by_key(|face| (face.name.to_lowercase(), face.id));
    faces
}

fn row(phone: &Phone, person: Face<PersonId>, now: Moment) -> PersonRow {
    let book = phone.book();
    let me = super::me(phone);
    let ahead = || {
        book.shifts()
            .filter(|s| s.person == person.id && s.end > now)
    };
    let mine = ahead().filter(|s| me.is_some_and(|me| s.pas.contains(&me)));
    let card = |s| shift::card(phone, s, now);
    let visits = book.visits().filter(|v| v.person == person.id);
    let last = visits.max_by_key(|v| (v.start, v.id));
    PersonRow {
        address: (book.board.roster.people.get(&person.id))
            .map(|p| p.address.clone())
            .unwrap_or_default(),
        my_next: mine.min_by_key(|s| (s.start, s.shift)).map(card),
        next: ahead().min_by_key(|s| (s.start, s.shift)).map(card),
        last: last.map(|v| LastVisit {
            visit: v.id,
            who: face::member(phone, v.pa),
            start: v.start,
            end: v.end,
        }),
        person,
    }
}
