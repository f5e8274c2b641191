//! What all documents together say, in the words of the field: read once a change, not once a
//! glance.

use kith_shared::{
    documents::{
        Document, DocumentId, Record, circle, notes::NoteRecord, rota, team, visits::VisitRecord,
    },
    domain::{
        note::{Audience, Note, notes},
        shift::Shift,
        team::Roster,
        visit::{Visit, visits},
    },
    ids::{MemberId, NoteId, PersonId, ShiftId, VisitId},
};
use std::{collections::BTreeMap, sync::Arc};

/// The content of all held documents.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// The team; empty for family contacts, who do not read it.
    pub roster: Roster,
    /// The circle of each person whose circle this member reads.
    pub circles: BTreeMap<PersonId, circle::Circle>,
    rota: BTreeMap<DocumentId, Arc<BTreeMap<ShiftId, Shift>>>,
    visits: BTreeMap<DocumentId, Arc<BTreeMap<VisitId, Visit>>>,
    notes: BTreeMap<DocumentId, Arc<BTreeMap<NoteId, Note>>>,
}

impl Book {
    /// Reads a document anew.
    pub(super) fn read(&mut self, document: &Document) {
        let id = document.id();
        match id {
            DocumentId::Team => self.roster = team::roster(document),
            DocumentId::Circle(person) => {
                self.circles.insert(person, circle::circle(document));
            }
            DocumentId::Rota(..) => {
                self.rota.insert(id, Arc::new(rota::shifts(document)));
            }
            DocumentId::Visits(person, _) => {
                let (records, _): (Vec<Record<VisitRecord>>, _) = document.records();
                self.visits.insert(id, Arc::new(visits(person, &records)));
            }
            DocumentId::Notes(person, _) => self.read_notes(document, person, Audience::Family),
            DocumentId::TeamNotes(person, _) => self.read_notes(document, person, Audience::Team),
        }
    }

    fn read_notes(&mut self, document: &Document, person: PersonId, audience: Audience) {
        let (records, _): (Vec<Record<NoteRecord>>, _) = document.records();
        self.notes
            .insert(document.id(), Arc::new(notes(person, audience, &records)));
    }

    /// All shifts.
    pub fn shifts(&self) -> impl Iterator<Item = &Shift> {
        self.rota.values().flat_map(|month| month.values())
    }

    /// The shift with this id.
    pub fn shift(&self, id: ShiftId) -> Option<&Shift> {
        self.rota.values().find_map(|month| month.get(&id))
    }

    /// All visits.
    pub fn visits(&self) -> impl Iterator<Item = &Visit> {
        self.visits.values().flat_map(|month| month.values())
    }

    /// The visit with this id and the document that it is in.
    pub fn visit(&self, id: VisitId) -> Option<(DocumentId, &Visit)> {
        self.visits
            .iter()
            .find_map(|(doc, month)| Some((*doc, month.get(&id)?)))
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
            .roster
            .people
            .get(&person)
            .map(|p| &p.name)
            .or_else(in_circle);
        name.map_or("", String::as_str)
    }
}
