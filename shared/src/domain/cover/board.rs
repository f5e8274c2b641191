//! What a team's documents say about who works when: read once a change, not once a glance.

use super::{ShiftRef, ShiftState, resolve};
use crate::{
    documents::{
        Document, DocumentId, Record, availability, profile, rota::RotaRecord, team,
        visits::VisitRecord,
    },
    domain::{
        availability::Availability,
        profile::Profile,
        team::Roster,
        visit::{Visit, visits},
        working_time::Contract,
    },
    ids::{MemberId, PersonId, RecordId, ShiftId, VisitId},
    time::{Moment, Month},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The documents of a team, as far as they are known here.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// The team.
    pub roster: Roster,
    /// What each person wants.
    pub profiles: BTreeMap<PersonId, Profile>,
    /// When each PA can work.
    pub availability: BTreeMap<MemberId, Availability>,
    rotas: BTreeMap<DocumentId, Arc<Rota>>,
    /// What each PA holds, by when it begins: asked for at each decision.
    held: BTreeMap<MemberId, BTreeSet<(Moment, ShiftRef)>>,
    visits: BTreeMap<DocumentId, Arc<BTreeMap<VisitId, Visit>>>,
}

impl Board {
    /// Reads a document anew; those that say nothing about who works when are passed over.
    pub fn read(&mut self, document: &Document) {
        let id = document.id();
        match id {
            DocumentId::Team => self.roster = team::roster(document),
            DocumentId::Profile(person) => {
                self.profiles.insert(person, profile::profile(document));
            }
            DocumentId::Availability(pa) => {
                let says = availability::availability(document);
                self.availability.insert(pa, says);
            }
            DocumentId::Rota(person, month) => {
                let rota = self.rotas.entry(id).or_default();
                Arc::make_mut(rota).read(document);
                self.follow(person, month);
            }
            DocumentId::Visits(person, _) => {
                let (records, _): (Vec<Record<VisitRecord>>, _) = document.records();
                self.visits.insert(id, Arc::new(visits(person, &records)));
            }
            DocumentId::Circle(_) | DocumentId::Notes(..) | DocumentId::TeamNotes(..) => {}
        }
    }

    /// All shifts, drafts and cancelled ones included, and where each is.
    pub fn states(&self) -> impl Iterator<Item = (ShiftRef, &ShiftState)> {
        self.rotas.iter().flat_map(|(id, month)| {
            let place = |shift: &ShiftId| {
                let (person, month) = (id.person()?, id.month()?);
                Some(ShiftRef {
                    person,
                    month,
                    shift: *shift,
                })
            };
            month
                .shifts
                .iter()
                .filter_map(move |(shift, state)| Some((place(shift)?, state)))
        })
    }

    /// The shifts that are on the rota.
    pub fn on(&self) -> impl Iterator<Item = (ShiftRef, &ShiftState)> {
        self.states().filter(|(_, state)| state.is_on())
    }

    /// The shift at this place.
    pub fn state(&self, at: ShiftRef) -> Option<&ShiftState> {
        self.rotas.get(&at.rota())?.shifts.get(&at.shift)
    }

    /// The shift with this id, wherever it is.
    pub fn find(&self, shift: ShiftId) -> Option<(ShiftRef, &ShiftState)> {
        let (id, state) = self
            .rotas
            .iter()
            .find_map(|(id, month)| Some((id, month.shifts.get(&shift)?)))?;
        let at = ShiftRef {
            person: id.person()?,
            month: id.month()?,
            shift,
        };
        Some((at, state))
    }

    /// What is agreed with a PA about working time, with their leave.
    pub fn contract(&self, pa: MemberId) -> Contract {
        let Some(availability) = self.availability.get(&pa) else {
            return Contract::default();
        };
        let leave = availability.leave.iter();
        Contract {
            away: leave.map(|l| (l.from, Some(l.to))).collect(),
            ..availability.contract.clone()
        }
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

    /// What `pa` holds that begins in this stretch, the earliest first.
    pub fn held(
        &self,
        pa: MemberId,
        from: Moment,
        to: Moment,
    ) -> impl Iterator<Item = (ShiftRef, &ShiftState)> {
        let held = self.held.get(&pa).into_iter();
        let begin = held.flat_map(move |held| {
            let later = held.iter().skip_while(move |(start, _)| *start < from);
            later.take_while(move |(start, _)| *start <= to)
        });
        begin.filter_map(|(_, at)| Some((*at, self.state(*at)?)))
    }

    /// These shifts instead of those that the rota of this month has: to try out a plan.
    pub fn set_rota(
        &mut self,
        person: PersonId,
        month: Month,
        shifts: BTreeMap<ShiftId, ShiftState>,
    ) {
        let rota = Rota {
            shifts,
            ..Rota::default()
        };
        self.rotas
            .insert(DocumentId::Rota(person, month), Arc::new(rota));
        self.follow(person, month);
    }

    /// Follows who holds what in this rota.
    fn follow(&mut self, person: PersonId, month: Month) {
        for held in self.held.values_mut() {
            held.retain(|(_, at)| (at.person, at.month) != (person, month));
        }
        let Some(rota) = self.rotas.get(&DocumentId::Rota(person, month)) else {
            return;
        };
        for (shift, state) in &rota.shifts {
            let at = ShiftRef {
                person,
                month,
                shift: *shift,
            };
            for tenure in &state.holders {
                let held = self.held.entry(tenure.pa).or_default();
                held.insert((state.shift.start, at));
            }
        }
    }
}

/// A rota, and which of its records were read: they never change, so each is read once.
#[derive(Debug, Clone, Default)]
struct Rota {
    shifts: BTreeMap<ShiftId, ShiftState>,
    /// What was said of shifts whose plan is not here yet.
    waiting: BTreeMap<ShiftId, Vec<Record<RotaRecord>>>,
    read: BTreeSet<RecordId>,
}

impl Rota {
    fn read(&mut self, document: &Document) {
        let ids: BTreeSet<_> = document.record_ids().collect();
        if !self.read.is_subset(&ids) {
            // The relay did not take one of mine.
            *self = Self::default();
        }
        let mut stories: BTreeMap<ShiftId, Vec<Record<RotaRecord>>> = BTreeMap::new();
        for id in ids.difference(&self.read) {
            if let Some(record) = document.record::<RotaRecord>(*id) {
                let story = stories.entry(record.body.shift()).or_default();
                story.push(record);
            }
        }
        for (shift, mut story) in stories {
            if let Some(state) = self.shifts.remove(&shift) {
                story.extend(state.story);
            } else {
                story.extend(self.waiting.remove(&shift).unwrap_or_default());
            }
            match resolve(&story).remove(&shift) {
                Some(state) => drop(self.shifts.insert(shift, state)),
                None => drop(self.waiting.insert(shift, story)),
            }
        }
        self.read = ids;
    }
}
