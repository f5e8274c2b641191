//! How a world begins.

use super::{Checked, Scene, SimPhone, Stats, World};
use crate::sim::{cover, relay::RelaySide, responsible};
use fastrand::Rng;
use kith_app::{
    engine::{Me, Phone},
    platform::store_memory::MemoryStore,
};
use kith_relay::relay::{Ration, Room};
use kith_shared::{
    documents::{Size, Sizes},
    domain::team::Role,
    ids::PersonId,
    intent::Intent,
    time::{Day, Moment, Span},
};
use std::collections::BTreeMap;

/// Who is in the team.
fn roles(scene: Scene, people: &[PersonId], rng: &mut Rng) -> Vec<Role> {
    let mut roles = match scene {
        Scene::Days => vec![Role::Pa; rng.usize(2..5)],
        Scene::Cover => vec![Role::Pa; cover::PAS],
    };
    roles.extend([
        Role::Person(people[0]),
        Role::AuthorisedPerson(people[1]),
        Role::FamilyContact(people[0]),
        Role::FamilyContact(people[1]),
        Role::Manager,
    ]);
    roles.extend(people[2..].iter().map(|p| Role::Person(*p)));
    roles
}

/// In every other world documents go on in their next part after a few changes.
fn sizes(seed: u64) -> Sizes {
    if seed.is_multiple_of(2) {
        return Sizes::default();
    }
    Sizes {
        rolls: Size {
            changes: 6,
            bytes: 3_000,
            actors: 3,
        },
        most: Size {
            changes: 9,
            bytes: 6_000,
            actors: 5,
        },
        ..Sizes::default()
    }
}

/// In every fifth world of days a member may write two or three changes a day in new lives.
fn ration(scene: Scene, seed: u64) -> Option<Ration> {
    let one = Room::of(1, true);
    (scene == Scene::Days && seed.is_multiple_of(5)).then(|| Ration {
        document: one.with(one),
        team: one.with(one).with(one),
    })
}

impl World {
    pub(super) fn new(scene: Scene, seed: u64) -> Result<Self, String> {
        let mut rng = Rng::with_seed(seed);
        let start = Day::new(2026, 10, 20).ok_or("no such day")?;
        let now = Moment::at(start.plus(rng.i32(0..90)), 9, 0);
        let sizes = sizes(seed);
        let ration = ration(scene, seed);
        let mut relay = RelaySide::new(now, &mut rng)?
            .with_sizes(sizes)
            .with_ration(ration.unwrap_or_default());
        let names = ["Morgan", "Dilys", "Eluned", "Bryn", "Cadi"];
        let supported = match scene {
            Scene::Days => 2,
            Scene::Cover => cover::PERSONS,
        };
        let mut people = Vec::new();
        for name in &names[..supported] {
            people.push(relay.person(name, now, &mut rng)?);
        }
        let roles = roles(scene, &people, &mut rng);
        let mut world = Self {
            rng,
            now,
            relay,
            phones: Vec::new(),
            people,
            net: Vec::new(),
            saved: BTreeMap::new(),
            stats: Stats::default(),
            scene,
            sizes,
            patient: ration.is_some(),
            before: responsible::Before::since(now),
        };
        for role in roles {
            world.join(role)?;
        }
        if scene == Scene::Cover {
            world.publish()?;
        }
        world.relay.back_up();
        Ok(world)
    }

    /// The rota of the next four weeks comes from the phone of who holds it.
    fn publish(&mut self) -> Checked {
        let planner = self
            .phones
            .iter()
            .position(|p| p.role == Role::Pa)
            .ok_or("no PA")?;
        // Until it knows of the hat: the relay may crash on the way.
        while !self.exchange(planner)? {}
        for n in 0..self.rng.usize(16..28) {
            let person = self.people[n % self.people.len()];
            let clock = self.clock(planner);
            let Some(mut phone) = self.phones[planner].phone.take() else {
                return Err("the planner's phone is down".to_owned());
            };
            let board = &phone.book().board;
            let shift = cover::shift(&mut self.rng, board, person, self.now);
            let intent = Intent::publish(shift);
            let (_, batch) = phone
                .act(intent, clock, self.rng.u128(..))
                .map_err(|e| e.to_string())?;
            let store = &self.phones[planner].store;
            store.commit_now(&batch).map_err(|e| e.to_string())?;
            self.phones[planner].phone = Some(phone);
        }
        // Everyone knows the rota before anything happens.
        for at in 0..self.phones.len() {
            self.exchange((at + planner) % self.phones.len())?;
        }
        Ok(())
    }

    fn join(&mut self, role: Role) -> Checked {
        let skew = match self.rng.u8(0..4) {
            0 => Span::minutes(self.rng.i64(-3 * 24 * 60..3 * 24 * 60)),
            _ => Span::from_millis(self.rng.i64(-30_000..30_000)),
        };
        let me: Me = self.relay.join(role, self.now, &mut self.rng)?;
        let device = me.device;
        let store = MemoryStore::default();
        let mut phone = Phone::default().with_sizes(self.sizes);
        let batch = phone.join(me, self.now + skew);
        store.commit_now(&batch).map_err(|e| e.to_string())?;
        let backup = store.image();
        self.phones.push(SimPhone {
            role,
            device,
            phone: Some(phone),
            store,
            backup,
            skew,
            away: Moment::default(),
        });
        Ok(())
    }
}
