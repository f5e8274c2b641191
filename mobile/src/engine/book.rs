//! What all documents together say, in the words of the field: read once a change, not once a
//! glance.

use kith_shared::{
    documents::{Document, DocumentId, Record, circle::Circle, notes::NoteRecord},
    domain::{
        cover::{Board, Plan},
        note::{Audience, Note, notes},
        shift::Shift,
        visit::Visit,
    },
    ids::{MemberId, NoteId, PersonId, ShiftId, VisitId},
};
use std::{collections::BTreeMap, sync::Arc};

/// The content of all held documents.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// The team and who works when; empty for family contacts, who do not read it.
    pub board: Board,
    /// The circle of each person whose circle this member reads.
    pub circles: BTreeMap<PersonId, Arc<Circle>>,
    notes: BTreeMap<DocumentId, Arc<BTreeMap<NoteId, Note>>>,
}

impl Book {
    /// Reads a document anew.
    pub(super) fn read(&mut self, document: &Document) {
        let id = document.id();
        match id {
            DocumentId::Circle(person) => {
                Arc::make_mut(self.circles.entry(person).or_default()).read(document);
            }
            DocumentId::Notes(person, _) => self.read_notes(document, person, Audience::Family),
            DocumentId::TeamNotes(person, _) => self.read_notes(document, person, Audience::Team),
            _ => self.board.read(document),
        }
    }

    fn read_notes(&mut self, document: &Document, person: PersonId, audience: Audience) {
        let (records, _): (Vec<Record<NoteRecord>>, _) = document.records();
        self.notes
            .insert(document.id(), Arc::new(notes(person, audience, &records)));
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
        self.notes.values().flat_map(|month| month.values())
    }

    /// The note with this id and the document that it is in.
    pub fn note(&self, id: NoteId) -> Option<(DocumentId, &Note)> {
        self.notes
            .iter()
            .find_map(|(doc, month)| Some((*doc, month.get(&id)?)))
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
