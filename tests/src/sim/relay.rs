//! The relay of the simulation: its core and its journal in memory.

use automerge::ChangeHash;
use fastrand::Rng;
use kith_app::engine::Me;
use kith_relay::{
    journal::{Entry, Journal, MemoryJournal},
    relay::{ProofKey, Ration, Team},
};
use kith_shared::{
    api::{Invite, Joined, Pass},
    bytes::{Array, Bytes},
    documents::{DocumentId, Sizes},
    domain::{cover::Board, team::Role},
    ids::{DeviceId, PersonId, RecordId, TeamId},
    sync::{TeamReply, TeamRequest},
    time::Moment,
};

/// Where the relay's process dies while it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crash {
    /// It does not.
    No,
    /// Decided, not appended: nothing happened.
    BeforeAppend,
    /// Appended, not answered.
    BeforeReply,
}

/// A relay with one team.
pub struct RelaySide {
    id: TeamId,
    key: ProofKey,
    team: Team,
    journal: MemoryJournal,
    backup: Vec<Entry>,
    sizes: Sizes,
    ration: Ration,
}

impl RelaySide {
    pub(super) fn new(now: Moment, rng: &mut Rng) -> Result<Self, String> {
        let (id, key) = (
            TeamId::new(now, rng.u128(..)),
            ProofKey::new([rng.u8(..); 32]),
        );
        let journal = MemoryJournal::default();
        let (team, entries) = Team::found(id, "River team", key.clone(), now, &mut || rng.u128(..))
            .map_err(|e| e.to_string())?;
        journal.append(id, 0, &entries).map_err(|e| e.to_string())?;
        Ok(Self {
            id,
            key,
            team,
            journal,
            backup: Vec::new(),
            sizes: Sizes::default(),
            ration: Ration::default(),
        })
    }

    /// The same, with documents that go on in their next part there.
    pub(super) fn with_sizes(self, sizes: Sizes) -> Self {
        Self {
            team: self.team.with_sizes(sizes),
            sizes,
            ..self
        }
    }

    /// The same, where members may take no more than this in a day.
    pub(super) fn with_ration(self, ration: Ration) -> Self {
        Self {
            team: self.team.with_ration(ration),
            ration,
            ..self
        }
    }

    fn append(&self, entries: &[Entry]) -> Result<(), String> {
        let Some(first) = entries.first() else {
            return Ok(());
        };
        self.journal
            .append(self.id, first.seq - 1, entries)
            .map_err(|e| e.to_string())
    }

    fn invite(
        &mut self,
        role: &str,
        name: &str,
        person: Option<PersonId>,
        now: Moment,
        rng: &mut Rng,
    ) -> Result<kith_relay::relay::Invited, String> {
        let invite = Invite {
            team: self.id,
            role: role.to_owned(),
            name: name.to_owned(),
            person: person.map(|p| p.to_string()),
            member: None,
            address: String::new(),
            goals: vec!["Walk to the shop".to_owned()],
            hours: None,
        };
        let done = self
            .team
            .invite(&invite, now, &mut || rng.u128(..))
            .map_err(|e| e.to_string())?;
        self.append(&done.entries)?;
        Ok(done.reply)
    }

    /// A person whom the team supports.
    pub(super) fn person(
        &mut self,
        name: &str,
        now: Moment,
        rng: &mut Rng,
    ) -> Result<PersonId, String> {
        self.invite("person", name, None, now, rng)?
            .person
            .ok_or_else(|| "no person".to_owned())
    }

    /// A new member with a device.
    pub(super) fn join(&mut self, role: Role, now: Moment, rng: &mut Rng) -> Result<Me, String> {
        let invited = self.invite(role.name(), role.name(), role.person(), now, rng)?;
        let device = DeviceId::new(now, rng.u128(..));
        let key = Array([rng.u8(..); 32]);
        let done = self
            .team
            .join(&invited.code, device, key, now, &mut || rng.u128(..))
            .map_err(|e| e.to_string())?;
        self.append(&done.entries)?;
        let pass = Pass {
            token: String::new(),
            challenge: String::new(),
        };
        let joined = Joined {
            team: self.id,
            team_name: done.reply.team_name,
            member: done.reply.member,
            name: done.reply.name,
            role: done.reply.role,
            credential: Bytes::default(),
            relay: self.key.public(),
            pass,
            now,
        };
        Ok(Me {
            device,
            key,
            joined,
        })
    }

    /// The answer to one team's section, or `None` when the relay died on the way.
    pub(super) fn sync(
        &mut self,
        device: DeviceId,
        request: &TeamRequest,
        now: Moment,
        rng: &mut Rng,
        crash: Crash,
    ) -> Result<Option<TeamReply>, String> {
        let done = self.team.sync(device, request, now, &mut || rng.u128(..));
        if crash == Crash::BeforeAppend {
            self.crash()?;
            return Ok(None);
        }
        self.append(&done.entries)?;
        if crash == Crash::BeforeReply {
            self.crash()?;
            return Ok(None);
        }
        Ok(Some(done.reply.reply))
    }

    /// Time goes by at the relay.
    pub(super) fn tick(&mut self, now: Moment, rng: &mut Rng) -> Result<(), String> {
        let done = self.team.tick(now, &mut || rng.u128(..));
        self.append(&done.entries)
    }

    /// Who is responsible for what.
    pub(super) fn board(&self) -> &Board {
        self.team.board()
    }

    /// The process dies and comes back: all that is left is the journal.
    pub(super) fn crash(&mut self) -> Result<(), String> {
        self.team = Team::replay(self.id, self.key.clone(), self.journal.entries(self.id))
            .map_err(|e| e.to_string())?
            .with_sizes(self.sizes)
            .with_ration(self.ration);
        Ok(())
    }

    /// Someone copies the journal away.
    pub(super) fn back_up(&mut self) {
        self.backup = self
            .journal
            .entries(self.id)
            .filter_map(Result::ok)
            .collect();
    }

    /// Someone puts the copy back.
    pub(super) fn restore(&mut self) -> Result<(), String> {
        self.journal = MemoryJournal::default();
        self.journal
            .append(self.id, 0, &self.backup)
            .map_err(|e| e.to_string())?;
        self.crash()
    }

    /// The documents that it has.
    pub(super) fn documents(&self) -> Vec<DocumentId> {
        self.team.documents().collect()
    }

    /// How many of them are not the first of their parts.
    pub(super) fn later_parts(&self) -> usize {
        let parts = self.team.documents().filter(|id| !id.part().is_first());
        parts.count()
    }

    /// Where a document stands.
    pub(super) fn heads(&self, id: DocumentId) -> Vec<ChangeHash> {
        self.team.document(id).heads()
    }

    /// Whether it has accepted this record, in whichever part of the document.
    pub(super) fn has(&self, id: DocumentId, record: RecordId) -> bool {
        let parts = self.team.documents().filter(|other| other.whole() == id);
        let mut parts = parts.map(|part| self.team.document(part));
        parts.any(|part| part.change_of(record).is_some())
    }

    /// Whether its journal is whole and folds to the state that it answers from.
    pub(super) fn sound(&self) -> Result<(), String> {
        let again = Team::replay(self.id, self.key.clone(), self.journal.entries(self.id))
            .map_err(|e| e.to_string())?;
        if again.end() != self.team.end() {
            return Err("the journal does not end where the relay stands".to_owned());
        }
        for id in self.documents() {
            if again.document(id).heads() != self.heads(id) {
                return Err(format!("{id} is another when read from the journal"));
            }
        }
        Ok(())
    }
}
