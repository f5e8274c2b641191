//! What all documents together say, in the words of the field: read once a change, not once a
//! glance.

use kith_shared::{
    documents::{DocumentId, Records, Whole, circle::Circle, notes::NoteRecord},
    domain::{
        cover::{Board, Plan, Problem, problems_of},
        note::{Audience, Note, notes},
        shift::Shift,
        visit::Visit,
    },
    ids::{MemberId, NoteId, PersonId, ShiftId, VisitId},
    time::Moment,
};
use std::{cell::RefCell, collections::BTreeMap, sync::Arc};

/// The content of all held documents.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// The team and who works when; empty for family contacts, who do not read it.
    pub board: Board,
    /// The circle of each person whose circle this member reads.
    pub circles: BTreeMap<PersonId, Arc<Circle>>,
    notes: BTreeMap<DocumentId, Arc<Notes>>,
    /// The problems that were looked up last.
    problems: RefCell<Option<Known>>,
}

/// The notes about a person in a month.
#[derive(Debug, Clone, Default)]
struct Notes {
    records: Records<NoteRecord>,
    notes: BTreeMap<NoteId, Note>,
}

/// The problems of a PA at a time.
#[derive(Debug, Clone)]
struct Known {
    pa: MemberId,
    now: Moment,
    problems: Arc<[Problem]>,
}

impl Book {
    /// Reads a document anew: all parts of it.
    pub(super) fn read<'a>(&mut self, whole: impl Into<Whole<'a>>) {
        *self.problems.get_mut() = None;
        let whole = whole.into();
        match whole.id() {
            DocumentId::Circle(person, _) => {
                Arc::make_mut(self.circles.entry(person).or_default()).read(whole);
            }
            DocumentId::Notes(person, ..) => self.read_notes(&whole, person, Audience::Family),
            DocumentId::TeamNotes(person, ..) => self.read_notes(&whole, person, Audience::Team),
            _ => self.board.read(whole),
        }
    }

    fn read_notes(&mut self, whole: &Whole<'_>, person: PersonId, audience: Audience) {
        let month = Arc::make_mut(self.notes.entry(whole.id()).or_default());
        month.notes = notes(person, audience, month.records.read(whole));
    }

    /// The shifts on the rota, each with its holders.
    pub fn shifts(&self) -> impl Iterator<Item = &Shift> {
        self.board.on().map(|(_, state)| &state.shift)
    }

    /// The shift with this id, cancelled ones included: someone may have worked it all the same.
    pub fn shift(&self, id: ShiftId) -> Option<&Shift> {
        let (_, state) = self.board.find(id)?;
        (state.plan != Plan::Draft).then_some(&state.shift)
    }

    /// All visits.
    pub fn visits(&self) -> impl Iterator<Item = &Visit> {
        self.board.visits()
    }

    /// The visit with this id and the document that it is in.
    pub fn visit(&self, id: VisitId) -> Option<(DocumentId, &Visit)> {
        self.board.visit(id)
    }

    /// All notes that this member reads.
    pub fn notes(&self) -> impl Iterator<Item = &Note> {
        self.notes.values().flat_map(|month| month.notes.values())
    }

    /// The note with this id and the document that it is in.
    pub fn note(&self, id: NoteId) -> Option<(DocumentId, &Note)> {
        self.notes
            .iter()
            .find_map(|(doc, month)| Some((*doc, month.notes.get(&id)?)))
    }

    /// The problems with what is to come for a PA. Looking them up is most of the work of drawing a
    /// rota, and the bar counts the same ones beside it: so they are kept until something changes.
    pub fn problems(&self, pa: MemberId, now: Moment) -> Arc<[Problem]> {
        let mut kept = self.problems.borrow_mut();
        let known = kept.take().filter(|k| (k.pa, k.now) == (pa, now));
        let known = known.unwrap_or_else(|| Known {
            pa,
            now,
            problems: problems_of(&self.board, pa, now).into(),
        });
        kept.insert(known).problems.clone()
    }

    /// What a member is called: from the team, or from a circle for those who do not read it.
    pub fn name(&self, member: MemberId) -> &str {
        let in_circles = || {
            self.circles
                .values()
                .find_map(|circle| circle.faces.get(&member))
        };
        let name = self
            .board
            .roster
            .members
            .get(&member)
            .map(|m| &m.name)
            .or_else(in_circles);
        name.map_or("", String::as_str)
    }

    /// What a person is called.
    pub fn person_name(&self, person: PersonId) -> &str {
        let in_circle = || self.circles.get(&person).map(|circle| &circle.person);
        let name = self
            .board
            .roster
            .people
            .get(&person)
            .map(|p| &p.name)
            .or_else(in_circle);
        name.map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_shared::{
        documents::{Author, Document, Record, rota::RotaRecord},
        domain::shift::ShiftKind,
        ids::{DeviceId, RecordId},
        time::{Day, Span},
    };

    const PA: MemberId = MemberId::from_bytes([1; 16]);
    const OTHER: MemberId = MemberId::from_bytes([2; 16]);

    fn write(rota: &mut Document, id: u8, body: RotaRecord) {
        let device = DeviceId::from_bytes([9; 16]);
        let record = Record {
            id: RecordId::from_bytes([id; 16]),
            by: PA,
            at: Moment::default(),
            skew: Span::default(),
            body,
        };
        rota.write(Author { device, life: 0 }, &record).unwrap();
    }

    #[test]
    fn problems_are_those_of_now_and_of_who_asks() {
        let day = Day::new(2026, 11, 24).unwrap();
        let person = PersonId::from_bytes([7; 16]);
        let mut rota = Document::new(DocumentId::rota(person, day.month()));
        // Seven hours of rest between the two.
        for (id, from, to) in [(1, 12, 22), (2, 29, 36)] {
            let times = (
                day.start() + Span::hours(from),
                day.start() + Span::hours(to),
            );
            let shift = ShiftId::from_bytes([id; 16]);
            let shift = Shift::plain(shift, person, times, vec![PA], ShiftKind::Day);
            let times_only = false;
            write(&mut rota, id, RotaRecord::Published { shift, times_only });
        }
        let mut book = Book::default();
        book.read(&rota);
        assert_eq!(book.problems(PA, day.start()).len(), 1);
        assert_eq!(book.problems(PA, day.start()).len(), 1);
        assert_eq!(book.problems(OTHER, day.start()).len(), 0);
        assert_eq!(book.problems(PA, day.start()).len(), 1);
        let over = day.start() + Span::days(3);
        assert_eq!(book.problems(PA, over).len(), 0);
        assert_eq!(book.problems(PA, day.start()).len(), 1);
        let (shift, reason) = (ShiftId::from_bytes([2; 16]), "Away".to_owned());
        write(&mut rota, 3, RotaRecord::Cancelled { shift, reason });
        book.read(&rota);
        assert_eq!(book.problems(PA, day.start()).len(), 0);
    }
}
