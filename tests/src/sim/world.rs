//! The world: what happens next, at random.

mod settle;
mod setup;

use super::{Stats, check, cover, people, relay::RelaySide, responsible};
use fastrand::Rng;
use kith_app::{
    engine::{InFlight, Phone},
    platform::{store::Image, store_memory::MemoryStore},
};
use kith_shared::{
    documents::{DocumentId, Sizes},
    domain::{cover::silences, team::Role},
    ids::{DeviceId, PersonId, RecordId},
    intent::{Intent, IntentError},
    policy::Refusal,
    sync::{Form, SyncReply, SyncRequest, WIRE_VERSION},
    time::{Moment, Span},
};
use std::collections::BTreeMap;

/// What the people of a simulation do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// A small team clocks visits and writes notes.
    Days,
    /// A large team finds cover, over weeks, with phones that are away for hours or days.
    Cover,
}

/// A broken promise, and the seed that breaks it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The seed.
    pub seed: u64,
    /// The step at which it showed; the last of all for what is checked at the end.
    pub step: usize,
    /// What broke.
    pub what: String,
}

/// A phone of the simulation.
pub struct SimPhone {
    /// Its user.
    pub role: Role,
    /// Itself.
    pub device: DeviceId,
    /// The app, while it runs.
    pub phone: Option<Phone>,
    /// What it has on its disk.
    pub store: MemoryStore,
    backup: Image,
    /// How far its clock is off.
    skew: Span,
    /// It has no signal until then.
    away: Moment,
}

/// A message on its way.
#[derive(Clone)]
enum Message {
    Request {
        phone: usize,
        sent: InFlight,
        bytes: Vec<u8>,
    },
    Reply {
        phone: usize,
        sent: InFlight,
        bytes: Vec<u8>,
    },
}

/// An act that a phone said it had saved.
#[derive(Debug, Clone, Copy)]
pub struct Saved {
    /// By which phone.
    pub phone: usize,
    /// In which document.
    pub document: DocumentId,
}

/// Everything there is.
pub struct World {
    pub(super) rng: Rng,
    pub(super) now: Moment,
    pub(super) relay: RelaySide,
    pub(super) phones: Vec<SimPhone>,
    pub(super) people: Vec<PersonId>,
    net: Vec<Message>,
    /// Acts that were saved somewhere and must not be lost.
    pub(super) saved: BTreeMap<RecordId, Saved>,
    pub(super) stats: Stats,
    scene: Scene,
    sizes: Sizes,
    /// Phones have to wait until more of what they wrote is taken in.
    patient: bool,
    before: responsible::Before,
}

type Checked = Result<(), String>;

/// Runs one seed.
///
/// # Errors
/// The first broken promise.
pub fn run(scene: Scene, seed: u64, steps: usize) -> Result<Stats, Failure> {
    let mut world = World::new(scene, seed).map_err(|what| Failure {
        seed,
        step: 0,
        what,
    })?;
    for step in 0..steps {
        world.step().map_err(|what| Failure { seed, step, what })?;
    }
    world
        .settle()
        .and_then(|()| check::all(&world))
        .and_then(|()| world.end())
        .map_err(|what| Failure {
            seed,
            step: steps,
            what,
        })?;
    world.stats.parts = world.relay.later_parts();
    Ok(world.stats)
}

impl World {
    fn step(&mut self) -> Checked {
        let longest = match self.scene {
            Scene::Days => 900_000,
            Scene::Cover => 3 * 3_600_000,
        };
        self.now = self.now + Span::from_millis(self.rng.i64(1_000..longest));
        if self.scene == Scene::Cover && self.rng.u8(0..4) == 0 {
            self.relay.tick(self.now, &mut self.rng)?;
            self.look()?;
            self.hear()?;
        }
        match self.rng.u32(0..1000) {
            0..400 => self.act(),
            400..600 => self.send(),
            600..900 => self.deliver(),
            900..930 => {
                self.lose();
                Ok(())
            }
            930..950 => {
                if !self.net.is_empty() {
                    let at = self.rng.usize(..self.net.len());
                    self.net.push(self.net[at].clone());
                }
                Ok(())
            }
            950..965 => {
                let at = self.rng.usize(..self.phones.len());
                self.stop_phone(at);
                Ok(())
            }
            965..975 => {
                self.stats.relay_crashes += 1;
                self.relay.crash()
            }
            975..985 => {
                let at = self.rng.usize(..self.phones.len());
                self.phones[at].backup = self.phones[at].store.image();
                Ok(())
            }
            985..990 => self.restore_phone(),
            990..995 => {
                self.relay.back_up();
                Ok(())
            }
            995..997 => self.restore_relay(),
            997..999 if self.scene == Scene::Cover => {
                // Someone goes where there is no signal.
                let at = self.rng.usize(..self.phones.len());
                self.phones[at].away = self.now + Span::hours(self.rng.i64(2..72));
                Ok(())
            }
            _ => {
                // Someone sets their phone's clock.
                let at = self.rng.usize(..self.phones.len());
                self.phones[at].skew = Span::minutes(self.rng.i64(-3 * 24 * 60..3 * 24 * 60));
                Ok(())
            }
        }
    }

    fn clock(&self, phone: usize) -> Moment {
        self.now + self.phones[phone].skew
    }

    fn act(&mut self) -> Checked {
        let at = self.rng.usize(..self.phones.len());
        let clock = self.clock(at);
        let sim = &self.phones[at];
        let Some(phone) = &sim.phone else {
            return self.start_phone(at);
        };
        let acts = match self.scene {
            Scene::Days => people::act,
            Scene::Cover => cover::act,
        };
        match acts(&mut self.rng, sim, phone, &self.people, clock) {
            Some(intent) => self.does(at, &intent),
            None => Ok(()),
        }
    }

    /// Some look at their phones at once when they are told that somebody may be alone. Chance
    /// would seldom have them do so before the shift is over.
    fn hear(&mut self) -> Checked {
        let board = self.relay.board();
        if !board
            .on()
            .any(|(at, _)| !silences(board, at, self.now).is_empty())
        {
            return Ok(());
        }
        let mut who: Vec<_> = (0..self.phones.len()).collect();
        self.rng.shuffle(&mut who);
        who.retain(|at| {
            let sim = &self.phones[*at];
            sim.role == Role::Pa && sim.away <= self.now && sim.phone.is_some()
        });
        who.truncate(3);
        for at in &who {
            self.exchange(*at)?;
            let clock = self.clock(*at);
            let Some(phone) = &self.phones[*at].phone else {
                continue;
            };
            if let Some(goes) = cover::step_in(&mut self.rng, phone, clock) {
                self.does(*at, &goes)?;
            }
        }
        who.retain(|at| self.phones[*at].phone.is_some());
        who.iter().try_for_each(|at| self.exchange(*at).map(drop))
    }

    fn does(&mut self, at: usize, intent: &Intent) -> Checked {
        let clock = self.clock(at);
        let Some(phone) = &self.phones[at].phone else {
            return Ok(());
        };
        let document = intent.document();
        let mut next = phone.clone();
        let (record, batch) = match next.act(intent.clone(), clock, self.rng.u128(..)) {
            Ok(done) => done,
            // A clock that was set back in the middle of a visit makes an end before its start.
            Err(IntentError::Refused(Refusal::BadTimes)) => return Ok(()),
            Err(e) => return Err(format!("phone {at} could not do {intent:?}: {e}")),
        };
        if self.rng.u8(0..50) == 0 {
            // It crashes before the transaction: nothing was said to be saved.
            self.stop_phone(at);
            return Ok(());
        }
        self.phones[at]
            .store
            .commit_now(&batch)
            .map_err(|e| e.to_string())?;
        self.saved.insert(
            record,
            Saved {
                phone: at,
                document,
            },
        );
        self.stats.acts += 1;
        if self.rng.u8(0..50) == 0 {
            self.stop_phone(at);
            return Ok(());
        }
        self.phones[at].phone = Some(next);
        Ok(())
    }

    fn send(&mut self) -> Checked {
        let at = self.rng.usize(..self.phones.len());
        if self.now < self.phones[at].away {
            return Ok(());
        }
        let Some(phone) = &self.phones[at].phone else {
            return self.start_phone(at);
        };
        let Some(sent) = phone.request() else {
            return Err(format!("phone {at} forgot who it is"));
        };
        let bytes = Form::Binary.encode(&SyncRequest::new(vec![sent.request.clone()]));
        self.net.push(Message::Request {
            phone: at,
            sent,
            bytes,
        });
        Ok(())
    }

    fn lose(&mut self) {
        if !self.net.is_empty() {
            let at = self.rng.usize(..self.net.len());
            self.net.swap_remove(at);
            self.stats.lost += 1;
        }
    }

    fn deliver(&mut self) -> Checked {
        if self.net.is_empty() {
            return Ok(());
        }
        let at = self.rng.usize(..self.net.len());
        match self.net.swap_remove(at) {
            Message::Request { phone, sent, bytes } => {
                if let Some(bytes) = self.answer(phone, &bytes)? {
                    self.net.push(Message::Reply { phone, sent, bytes });
                }
                Ok(())
            }
            Message::Reply { phone, sent, bytes } => {
                self.take(phone, &sent, &bytes, true).map(drop)
            }
        }
    }

    /// The relay's answer, unless it crashes on the way.
    fn answer(&mut self, phone: usize, bytes: &[u8]) -> Result<Option<Vec<u8>>, String> {
        let request: SyncRequest = Form::Binary.decode(bytes).map_err(|e| e.to_string())?;
        if self.scene == Scene::Cover {
            // Steps are hours apart, and the relay looks at its clock three times a minute.
            self.relay.tick(self.now, &mut self.rng)?;
        }
        let crash = match self.rng.u8(0..100) {
            0 => super::relay::Crash::BeforeAppend,
            1 => super::relay::Crash::BeforeReply,
            _ => super::relay::Crash::No,
        };
        let device = self.phones[phone].device;
        let mut teams = Vec::new();
        for team in &request.teams {
            let Some(reply) = self
                .relay
                .sync(device, team, self.now, &mut self.rng, crash)?
            else {
                self.stats.relay_crashes += 1;
                return Ok(None);
            };
            teams.push(reply);
        }
        self.look()?;
        let reply = SyncReply {
            v: WIRE_VERSION,
            now: self.now,
            teams,
        };
        self.stats.exchanges += 1;
        let bytes = Form::Binary.encode(&reply);
        check::no_leak(self.phones[phone].role, &self.people, &reply, &bytes)?;
        Ok(Some(bytes))
    }

    fn take(
        &mut self,
        at: usize,
        sent: &InFlight,
        bytes: &[u8],
        may_crash: bool,
    ) -> Result<bool, String> {
        let clock = self.clock(at);
        let Some(phone) = &self.phones[at].phone else {
            return Ok(false);
        };
        let reply: SyncReply = Form::Binary.decode(bytes).map_err(|e| e.to_string())?;
        let Some(team) = reply.teams.first() else {
            return Err("an empty reply".to_owned());
        };
        let mut next = phone.clone();
        let progress = next.receive(sent, team, reply.now, clock);
        if progress.not_ours {
            return Err(format!("phone {at} was sent away"));
        }
        if may_crash && self.rng.u8(0..50) == 0 {
            self.stop_phone(at);
            return Ok(false);
        }
        self.phones[at]
            .store
            .commit_now(&progress.batch)
            .map_err(|e| e.to_string())?;
        if may_crash && self.rng.u8(0..50) == 0 {
            self.stop_phone(at);
            return Ok(false);
        }
        if self.scene == Scene::Cover {
            responsible::board(&next.book().board)?;
        }
        self.phones[at].phone = Some(next);
        Ok(progress.again)
    }

    /// Who is responsible, as the relay has it now.
    fn look(&mut self) -> Checked {
        if self.scene == Scene::Days {
            return Ok(());
        }
        responsible::relay(self.relay.board(), &mut self.before, self.now)
    }

    /// All agree; and when the last shift is over, everyone who claimed one has an answer.
    fn end(&mut self) -> Checked {
        if self.scene == Scene::Days {
            return Ok(());
        }
        for phone in self.phones.iter().filter_map(|p| p.phone.as_ref()) {
            responsible::agree(self.relay.board(), phone)?;
        }
        self.stats.steps_in = responsible::steps_in(self.relay.board());
        self.now = self.now + Span::days(60);
        self.relay.tick(self.now, &mut self.rng)?;
        responsible::answered(self.relay.board())
    }

    fn stop_phone(&mut self, at: usize) {
        self.phones[at].phone = None;
        self.stats.phone_crashes += 1;
    }

    fn start_phone(&mut self, at: usize) -> Checked {
        let phone = Phone::open(&self.phones[at].store.image()).map_err(|e| e.to_string())?;
        self.phones[at].phone = Some(phone.with_sizes(self.sizes));
        Ok(())
    }

    fn restore_phone(&mut self) -> Checked {
        let at = self.rng.usize(..self.phones.len());
        self.stats.phone_restores += 1;
        let backup = self.phones[at].backup.clone();
        self.phones[at].store = MemoryStore::with(backup);
        self.start_phone(at)?;
        self.drop_what_no_copy_has()
    }

    fn restore_relay(&mut self) -> Checked {
        self.stats.relay_restores += 1;
        self.relay.restore()?;
        // What was decided since is gone, until the phones bring it back.
        self.before = responsible::Before::since(self.now);
        self.drop_what_no_copy_has()
    }

    /// After a restore: what was only in the past that is gone can come back from nowhere.
    fn drop_what_no_copy_has(&mut self) -> Checked {
        let mut copies = Vec::new();
        for sim in &self.phones {
            copies.push(Phone::open(&sim.store.image()).map_err(|e| e.to_string())?);
        }
        let before = self.saved.len();
        let relay = &self.relay;
        self.saved.retain(|record, saved| {
            relay.has(saved.document, *record)
                || copies
                    .iter()
                    .any(|phone| check::holds(phone, saved.document, *record))
        });
        self.stats.gone_with_backups += before - self.saved.len();
        Ok(())
    }
}
