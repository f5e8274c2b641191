//! What a team's documents say about who works when: read once a change, not once a glance.

use super::{ShiftRef, ShiftState, resolve};
use crate::{
    documents::{
        DocumentId, Record, Records, Whole, availability, profile, rota::RotaRecord, team,
        visits::VisitRecord,
    },
    domain::{
        availability::Availability,
        profile::Profile,
        team::{Person, Role, Roster},
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
    /// What each PA holds, by when it begins, and when that ends: asked for at each decision.
    held: BTreeMap<MemberId, BTreeMap<Moment, BTreeMap<ShiftRef, Moment>>>,
    visits: BTreeMap<DocumentId, Arc<Visits>>,
}

impl Board {
    /// Reads a document anew, all of it that is here; those that say nothing about who works
    /// when are passed over.
    pub fn read<'a>(&mut self, whole: impl Into<Whole<'a>>) {
        self.read_whole(&whole.into());
    }

    fn read_whole(&mut self, whole: &Whole<'_>) {
        let id = whole.id();
        match id {
            DocumentId::Team => {
                self.roster = team::roster(whole.clone());
                self.forget_erased();
                self.name_people();
            }
            DocumentId::Profile(person, _) => {
                self.profiles
                    .insert(person, profile::profile(whole.clone()));
                self.name_people();
            }
            DocumentId::Availability(pa, _) => {
                let says = availability::availability(whole.clone());
                self.availability.insert(pa, says);
            }
            DocumentId::Rota(person, month, _) => {
                self.let_go(person, month, None);
                Arc::make_mut(self.rotas.entry(id).or_default()).read(whole);
                self.hold(person, month, None);
            }
            DocumentId::Visits(person, _, _) => {
                Arc::make_mut(self.visits.entry(id).or_default()).read(whole, person);
            }
            DocumentId::Circle(..) | DocumentId::Notes(..) | DocumentId::TeamNotes(..) => {}
        }
    }

    /// Lets go of what was read about persons who were erased.
    fn forget_erased(&mut self) {
        let erased = self.roster.erased.clone();
        let gone = |id: &DocumentId| id.person().is_some_and(|p| erased.contains_key(&p));
        let rotas: Vec<_> = self.rotas.keys().copied().filter(gone).collect();
        for rota in rotas {
            if let (Some(person), Some(month)) = (rota.person(), rota.month()) {
                self.let_go(person, month, None);
            }
            self.rotas.remove(&rota);
        }
        self.visits.retain(|id, _| !gone(id));
        self.profiles
            .retain(|person, _| !erased.contains_key(person));
    }

    /// Has the roster say who people are, as their profiles tell it.
    fn name_people(&mut self) {
        let profiles = &self.profiles;
        let known = |id| profiles.get(&id).and_then(|p| p.person.as_ref());
        for person in self.roster.people.values_mut() {
            if let Some(known) = known(person.id) {
                *person = Person {
                    id: person.id,
                    ..known.clone()
                };
            }
        }
        for member in self.roster.members.values_mut() {
            if let Role::Person(person) = member.role
                && let Some(known) = known(person)
            {
                member.name.clone_from(&known.name);
            }
        }
    }

    /// Takes in one record more of a rota, whose document holds it from now on. The same as to read
    /// that document again, but only the record's own shift is looked at.
    pub fn add(&mut self, rota: DocumentId, record: &Record<RotaRecord>) {
        let DocumentId::Rota(person, month, _) = rota else {
            return;
        };
        let shift = record.body.shift();
        self.let_go(person, month, Some(shift));
        let rota = Arc::make_mut(self.rotas.entry(rota.whole()).or_default());
        if rota.read.insert(record.id) {
            rota.hear(shift, vec![record.clone()]);
        }
        self.hold(person, month, Some(shift));
    }

    /// All shifts, drafts and cancelled ones included, and where each is.
    pub fn states(&self) -> impl Iterator<Item = (ShiftRef, &ShiftState)> {
        self.rotas.keys().flat_map(|rota| self.in_rota(*rota))
    }

    /// Those of one rota.
    pub fn in_rota(&self, rota: DocumentId) -> impl Iterator<Item = (ShiftRef, &ShiftState)> {
        let place = rota.person().zip(rota.month());
        let rota = self.rotas.get(&rota.whole()).into_iter();
        rota.flat_map(|rota| &rota.shifts)
            .filter_map(move |(shift, state)| {
                let (person, month) = place?;
                let at = ShiftRef {
                    person,
                    month,
                    shift: *shift,
                };
                Some((at, state))
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
        self.visits.values().flat_map(|month| month.visits.values())
    }

    /// The visits that work off this shift.
    pub fn visits_on(&self, at: ShiftRef) -> impl Iterator<Item = &Visit> {
        let month = self.visits.get(&DocumentId::visits(at.person, at.month));
        let visits = month.into_iter().flat_map(|month| month.visits.values());
        visits.filter(move |visit| visit.shift == Some(at.shift))
    }

    /// The visit with this id and the document that it is in.
    pub fn visit(&self, id: VisitId) -> Option<(DocumentId, &Visit)> {
        self.visits
            .iter()
            .find_map(|(doc, month)| Some((*doc, month.visits.get(&id)?)))
    }

    /// What `pa` holds that begins in this stretch, the earliest first.
    pub fn held(
        &self,
        pa: MemberId,
        from: Moment,
        to: Moment,
    ) -> impl Iterator<Item = (ShiftRef, &ShiftState)> {
        let held = self.held.get(&pa).filter(|_| from <= to).into_iter();
        let begin = held.flat_map(move |held| held.range(from..=to));
        let places = begin.flat_map(|(_, places)| places.keys());
        places.filter_map(|at| Some((*at, self.state(*at)?)))
    }

    /// The shifts whose own records leave something to be decided, by now or later.
    pub(super) fn restless(&self) -> impl Iterator<Item = ShiftRef> {
        self.rotas.iter().flat_map(|(rota, kept)| {
            let place = rota.person().zip(rota.month());
            let restless = place.into_iter().flat_map(|place| {
                let restless = kept.restless.iter();
                restless.map(move |shift| (place, *shift))
            });
            restless.map(|((person, month), shift)| ShiftRef {
                person,
                month,
                shift,
            })
        })
    }

    /// What each PA holds that begins after this: when, until when, and what.
    pub(super) fn held_since(
        &self,
        since: Moment,
    ) -> impl Iterator<Item = (MemberId, Vec<(Moment, Moment, ShiftRef)>)> {
        self.held.iter().map(move |(pa, held)| {
            let begin = held.range(since..);
            let held = begin.flat_map(|(start, places)| {
                let places = places.iter();
                places.map(|(at, end)| (*start, *end, *at))
            });
            (*pa, held.collect())
        })
    }

    /// These shifts instead of those that the rota of this month has: to try out a plan.
    pub fn set_rota(
        &mut self,
        person: PersonId,
        month: Month,
        shifts: BTreeMap<ShiftId, ShiftState>,
    ) {
        let restless = shifts.iter().filter(|(_, state)| !state.rests());
        let rota = Rota {
            restless: restless.map(|(shift, _)| *shift).collect(),
            shifts,
            ..Rota::default()
        };
        self.let_go(person, month, None);
        self.rotas
            .insert(DocumentId::rota(person, month), Arc::new(rota));
        self.hold(person, month, None);
    }

    /// Notes who holds what in this rota: one shift, or all.
    fn hold(&mut self, person: PersonId, month: Month, one: Option<ShiftId>) {
        for (pa, (start, end), at) in self.holdings(person, month, one) {
            let held = self.held.entry(pa).or_default();
            held.entry(start).or_default().insert(at, end);
        }
    }

    /// Forgets who holds what in this rota, before it changes.
    fn let_go(&mut self, person: PersonId, month: Month, one: Option<ShiftId>) {
        for (pa, (start, _), at) in self.holdings(person, month, one) {
            if let Some(held) = self.held.get_mut(&pa)
                && let Some(places) = held.get_mut(&start)
            {
                places.remove(&at);
                if places.is_empty() {
                    held.remove(&start);
                }
            }
        }
    }

    fn holdings(
        &self,
        person: PersonId,
        month: Month,
        one: Option<ShiftId>,
    ) -> Vec<(MemberId, (Moment, Moment), ShiftRef)> {
        let Some(rota) = self.rotas.get(&DocumentId::rota(person, month)) else {
            return Vec::new();
        };
        let (one, all) = match one {
            Some(shift) => (rota.shifts.get_key_value(&shift), None),
            None => (None, Some(&rota.shifts)),
        };
        let states = one.into_iter().chain(all.into_iter().flatten());
        let holdings = states.flat_map(|(shift, state)| {
            let at = ShiftRef {
                person,
                month,
                shift: *shift,
            };
            let times = (state.shift.start, state.shift.end);
            let holders = state.holders.iter();
            holders.map(move |tenure| (tenure.pa, times, at))
        });
        holdings.collect()
    }
}

/// The visits with a person in a month.
#[derive(Debug, Clone, Default)]
struct Visits {
    records: Records<VisitRecord>,
    visits: BTreeMap<VisitId, Visit>,
}

impl Visits {
    fn read(&mut self, whole: &Whole<'_>, person: PersonId) {
        self.visits = visits(person, self.records.read(whole));
    }
}

/// A rota, and which of its records were read: they never change, so each is read once.
#[derive(Debug, Clone, Default)]
struct Rota {
    shifts: BTreeMap<ShiftId, ShiftState>,
    /// What was said of shifts whose plan is not here yet.
    waiting: BTreeMap<ShiftId, Vec<Record<RotaRecord>>>,
    /// The shifts that do not rest ([`ShiftState::rests`]).
    restless: BTreeSet<ShiftId>,
    read: BTreeSet<RecordId>,
}

impl Rota {
    fn read(&mut self, whole: &Whole<'_>) {
        let new: Vec<Record<RotaRecord>> = whole.unread(&mut self.read).unwrap_or_else(|| {
            // The relay did not take one of mine.
            *self = Self::default();
            whole.unread(&mut self.read).unwrap_or_default()
        });
        let mut stories: BTreeMap<ShiftId, Vec<Record<RotaRecord>>> = BTreeMap::new();
        for record in new {
            let story = stories.entry(record.body.shift()).or_default();
            story.push(record);
        }
        for (shift, story) in stories {
            self.hear(shift, story);
        }
    }

    /// More was said of a shift.
    fn hear(&mut self, shift: ShiftId, mut story: Vec<Record<RotaRecord>>) {
        if let Some(state) = self.shifts.remove(&shift) {
            story.extend(state.story);
        } else {
            story.extend(self.waiting.remove(&shift).unwrap_or_default());
        }
        match resolve(&story).remove(&shift) {
            Some(state) => {
                if state.rests() {
                    self.restless.remove(&shift);
                } else {
                    self.restless.insert(shift);
                }
                self.shifts.insert(shift, state);
            }
            None => drop(self.waiting.insert(shift, story)),
        }
    }
}
