//! What the note form of a visit starts with.

use super::face::{self, Face};
use crate::engine::Phone;
use kith_shared::{
    documents::DocumentKind,
    domain::{
        note::{Audience, Note, NoteText},
        team::{Member, Role},
    },
    ids::{MemberId, NoteId, PersonId, VisitId},
    time::{Moment, Month},
};

/// The note form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteForm {
    /// About which visit.
    pub visit: VisitId,
    /// The month of the document to write to.
    pub month: Month,
    /// About whom.
    pub person: Face<PersonId>,
    /// When the visit began.
    pub start: Moment,
    /// When it ended; none while it runs.
    pub end: Option<Moment>,
    /// My note about this visit, which this form amends, with a reason. Its audience stays.
    pub amends: Option<NoteId>,
    /// What the form starts with is a draft that was kept.
    pub draft: bool,
    /// For whom.
    pub audience: Audience,
    /// What it starts with.
    pub says: NoteText,
    /// The person's goals in their words, then those that the note speaks of and that are no
    /// longer among them.
    pub goals: Vec<String>,
    /// The family contacts who read what is shared, by name.
    pub family: Vec<Face<MemberId>>,
}

/// The form for my note about `visit`; `None` when this phone does not know the visit.
pub fn note_form(phone: &Phone, visit: VisitId) -> Option<NoteForm> {
    let book = phone.book();
    let (document, visit) = book.visit(visit)?;
    let mine = mine(phone, visit.id);
    let draft = phone.draft(visit.id);
    let family = family(phone, visit.person);
    // Where nobody of the family reads along, there is nobody to share with.
    let usual = if family.is_empty() {
        Audience::Team
    } else {
        Audience::Family
    };
    let (audience, says) = match (mine, draft) {
        (Some(note), Some(draft)) => (note.audience, draft.says.clone()),
        (Some(note), None) => (note.audience, note.says.clone()),
        (None, Some(draft)) => (draft.audience, draft.says.clone()),
        (None, None) => (usual, NoteText::default()),
    };
    let month = match mine {
        Some(note) => book.note(note.id)?.0.month()?,
        None => document.month()?,
    };
    let person = book.board.roster.people.get(&visit.person);
    let mut goals = person.map(|p| p.goals.clone()).unwrap_or_default();
    for goal in says.goals.keys() {
        if !goals.contains(goal) {
            goals.push(goal.clone());
        }
    }
    Some(NoteForm {
        visit: visit.id,
        month,
        person: face::person(phone, visit.person),
        start: visit.start,
        end: visit.end,
        amends: mine.map(|note| note.id),
        draft: draft.is_some(),
        audience,
        says,
        goals,
        family,
    })
}

/// My latest note about a visit.
fn mine(phone: &Phone, visit: VisitId) -> Option<&Note> {
    let me = super::me(phone)?;
    let notes = phone.book().notes();
    notes
        .filter(|n| n.author == me && n.visit == Some(visit))
        .max_by_key(|n| (n.at, n.id))
}

fn family(phone: &Phone, person: PersonId) -> Vec<Face<MemberId>> {
    let members = phone.book().board.roster.present();
    let shared = |m: &&Member| !m.withheld.contains(&DocumentKind::Notes);
    let mut family: Vec<_> = members
        .filter(|m| m.role == Role::FamilyContact(person))
        .filter(shared)
        .map(|m| face::member(phone, m.id))
        .collect();
    family.sort_by_key(|face| (face.name.to_lowercase(), face.id));
    family
}
