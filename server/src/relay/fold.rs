//! The state of a team: a fold over its journal.

use super::{
    archive::Archive,
    presence::Presence,
    proof::ProofKey,
    quarantine::Quarantine,
    ration::{Ration, Rations, Room},
    rights::Rights,
    seal::Otherwise,
};
use crate::journal::{Broken, Chains, Change as Kept, Draft, End, Entry, JournalError, Payload};
use kith_shared::{
    bytes::Array,
    documents::{
        Author, Document, DocumentId, DocumentKind, Size, Sizes, Told, Whole,
        circle::{Circle, circle},
    },
    domain::{
        cover::Board,
        team::{Member, Role, Roster},
    },
    ids::{DeviceId, Epoch, InvitationId, MemberId, PersonId, RecordId, TeamId},
    limits,
    sync::{Hash, Seq},
    time::Moment,
};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, VecDeque},
};

/// A team as its journal tells it.
#[derive(Debug, Clone)]
pub struct Team {
    pub(super) id: TeamId,
    pub(super) key: ProofKey,
    pub(super) name: String,
    pub(super) epoch: Epoch,
    /// As whom the relay writes.
    pub(super) relay: MemberId,
    /// The device as which the relay writes in this run. It is a new one in each, so that a relay
    /// whose journal was restored never says two things in one place of a sequence.
    pub(super) scribe: Option<DeviceId>,
    pub(super) chains: Chains,
    /// For each entry the head after it, and the document that it changed, if it did.
    pub(super) index: Vec<(Hash, Option<DocumentId>)>,
    pub(super) archives: BTreeMap<DocumentId, Archive>,
    pub(super) board: Board,
    /// What each member was to the team, and when.
    pub(super) rights: Rights,
    pub(super) circles: BTreeMap<PersonId, Circle>,
    pub(super) devices: BTreeMap<DeviceId, Device>,
    pub(super) invitations: BTreeMap<InvitationId, Invitation>,
    pub(super) used: BTreeMap<InvitationId, DeviceId>,
    pub(super) quarantine: Quarantine,
    pub(super) presence: Presence,
    /// What members took of the room in documents; nothing in the journal depends on it.
    pub(super) rations: Rations,
    /// Where devices are woken.
    pub(super) endpoints: BTreeMap<DeviceId, String>,
    /// SHA-256 of the secrets in the addresses of calendars.
    pub(super) calendars: BTreeMap<MemberId, Hash>,
    /// Where this relay once signed that the journal stood, and when it came out that it does not.
    pub(super) signed_otherwise: Vec<Otherwise>,
    /// When its journal was put back last, and the moment of the backup.
    restored: Option<(Moment, Moment)>,
    /// How long documents get before they go on in their next part.
    pub(super) sizes: Sizes,
    /// Who is to be woken when what was decided is durable; no part of the journal.
    pub(super) to_wake: BTreeSet<MemberId>,
    /// The loaded documents, the least recently used first.
    recent: VecDeque<DocumentId>,
}

/// A device of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    /// Its Ed25519 public key.
    pub key: Array<32>,
    /// Whose it is.
    pub member: MemberId,
    /// When it joined, by the relay's clock.
    pub joined: Moment,
}

/// An invitation, used or not.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // As in `Payload::Invited`.
pub struct Invitation {
    pub secret: Hash,
    pub member: MemberId,
    pub name: String,
    pub role: Role,
    pub expires: Moment,
}

/// A journal that tells of no team.
#[derive(Debug, thiserror::Error)]
pub enum NotATeam {
    /// It cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// Its entries do not follow each other.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// It does not begin with the team's creation, or begins twice.
    #[error("the journal does not begin with the creation of a team")]
    NoBeginning,
}

impl Team {
    /// The team that these entries tell of.
    pub fn replay(
        id: TeamId,
        key: ProofKey,
        entries: impl IntoIterator<Item = Result<Entry, JournalError>>,
    ) -> Result<Self, NotATeam> {
        let mut team = Self::empty(id, key);
        for entry in entries {
            team.fold(&entry?)?;
        }
        if team.end().seq == 0 {
            return Err(NotATeam::NoBeginning);
        }
        team.read_all();
        Ok(team)
    }

    pub(super) fn empty(id: TeamId, key: ProofKey) -> Self {
        Self {
            id,
            key,
            name: String::new(),
            epoch: Epoch::from_bytes([0; 16]),
            relay: MemberId::from_bytes([0; 16]),
            scribe: None,
            chains: Chains::default(),
            index: Vec::new(),
            archives: BTreeMap::new(),
            board: Board::default(),
            rights: Rights::default(),
            circles: BTreeMap::new(),
            devices: BTreeMap::new(),
            invitations: BTreeMap::new(),
            used: BTreeMap::new(),
            quarantine: Quarantine::default(),
            presence: Presence::default(),
            rations: Rations::default(),
            endpoints: BTreeMap::new(),
            calendars: BTreeMap::new(),
            signed_otherwise: Vec::new(),
            restored: None,
            sizes: Sizes::default(),
            to_wake: BTreeSet::new(),
            recent: VecDeque::new(),
        }
    }

    /// Goes on to the next entry of the journal.
    pub fn evolve(&mut self, entry: &Entry) -> Result<(), NotATeam> {
        self.fold(entry)?;
        if let Some(id) = entry.document() {
            self.read_again(id);
        }
        Ok(())
    }

    /// All of [`Self::evolve`] but the reading of documents, which is enough once after many.
    fn fold(&mut self, entry: &Entry) -> Result<(), NotATeam> {
        let begins = matches!(entry.payload, Payload::TeamCreated { .. });
        if begins != (entry.seq == 1) {
            return Err(NotATeam::NoBeginning);
        }
        self.chains.follow(entry)?;
        self.index.push((self.end().head, entry.document()));
        match &entry.payload {
            Payload::TeamCreated { name, epoch } => {
                self.name.clone_from(name);
                self.epoch = *epoch;
                self.relay = entry.member;
            }
            Payload::Invited {
                invitation,
                secret,
                member,
                name,
                role,
                expires,
            } => {
                let open = Invitation {
                    secret: *secret,
                    member: *member,
                    name: name.clone(),
                    role: *role,
                    expires: *expires,
                };
                self.invitations.insert(*invitation, open);
            }
            Payload::DeviceJoined {
                device,
                key,
                member,
                invitation,
            } => {
                let known = Device {
                    key: *key,
                    member: *member,
                    joined: entry.received_at,
                };
                self.devices.insert(*device, known);
                self.used.insert(*invitation, *device);
            }
            Payload::Change(kept) => {
                let tip = self.chains.tip(Some(kept.document()));
                self.take_room(entry, kept);
                self.archive(kept.document()).push(entry, kept, tip);
            }
            Payload::Refused { .. }
            | Payload::Released { .. }
            | Payload::WrittenAgain { .. }
            | Payload::Dismissed { .. } => self.quarantine.follow(entry),
            Payload::PushOn { device, endpoint } => {
                self.endpoints.insert(*device, endpoint.clone());
            }
            Payload::PushOff { device } => {
                self.endpoints.remove(device);
            }
            Payload::CalendarOn { secret } => {
                self.calendars.insert(entry.member, *secret);
            }
            Payload::SignedOtherwise { cursor } => {
                self.signed_otherwise.push(Otherwise::said(entry, *cursor));
            }
            Payload::CalendarOff => {
                self.calendars.remove(&entry.member);
            }
            Payload::Erased {
                document,
                name,
                refused: None,
            } => {
                let tip = self.chains.tip(Some(*document));
                self.archive(*document).push_erased(entry, *name, tip);
            }
            Payload::Restored { backup } => {
                self.restored = Some((entry.received_at, *backup));
            }
            Payload::Erased { .. } => {}
        }
        Ok(())
    }

    /// Counts what a change takes of its document, for whose act it is.
    fn take_room(&mut self, entry: &Entry, kept: &Kept) {
        let document = kept.document();
        let new = self.is_new(document, kept.author());
        let (room, at) = (Room::of(kept.bytes().0.len(), new), entry.received_at);
        if entry.member == self.relay {
            self.rations.answered(document, room, at);
        } else if self.devices.contains_key(&entry.device) {
            self.rations.took(entry.member, document, room, at);
        }
    }

    /// Whether an author has not written in this part of a document.
    pub(super) fn is_new(&self, document: DocumentId, author: Author) -> bool {
        let archive = self.archives.get(&document);
        archive.is_none_or(|archive| !archive.knows(author))
    }

    /// Gives what happened its places in the journal and goes on to it.
    pub(super) fn commit(&mut self, drafts: Vec<Draft>) -> Vec<Entry> {
        let mut entries = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let entry = self.chains.seal(draft);
            // Sealed by the very chains that it follows, and vetted.
            let folded = self.fold(&entry);
            debug_assert!(folded.is_ok(), "{folded:?}");
            entries.push(entry);
        }
        entries
    }

    fn archive(&mut self, document: DocumentId) -> &mut Archive {
        let archive = self.archives.entry(document);
        archive.or_insert_with(|| Archive::new(document))
    }

    fn read_all(&mut self) {
        let all: BTreeSet<_> = self.archives.keys().map(|id| id.whole()).collect();
        for id in all {
            self.read_again(id);
        }
    }

    fn read_again(&mut self, id: DocumentId) {
        // What was noted decides nothing.
        let notes = matches!(id.kind(), DocumentKind::Notes | DocumentKind::TeamNotes);
        if !notes && !self.is_erased(id) {
            self.load(id);
            self.read(id);
        }
    }

    /// Keeps all parts of a document loaded.
    pub(super) fn load(&mut self, id: DocumentId) {
        let parts = self.archives.range(id.parts());
        let parts: Vec<_> = parts
            .map(|(part, archive)| (*part, archive.is_loaded()))
            .collect();
        for (part, loaded) in parts {
            if !loaded {
                self.keep(self.document(part));
            }
        }
    }

    /// Reads a document that says who works when: all parts of it.
    pub(super) fn read(&mut self, id: DocumentId) {
        let parts = self.archives.range(id.parts());
        let parts: Vec<Cow<'_, Document>> = parts.map(|(_, archive)| archive.read()).collect();
        let Some(whole) = Whole::new(parts.iter().map(AsRef::as_ref)) else {
            return;
        };
        if let DocumentId::Circle(person, _) = id {
            self.circles.insert(person, circle(whole));
            return;
        }
        self.board.read(whole);
        if let (DocumentId::Team, Some(archive)) = (id, self.archives.get(&id)) {
            let erased = &self.board.roster.erased;
            self.circles
                .retain(|person, _| !erased.contains_key(person));
            self.rights = Rights::read(&archive.read(), archive);
        }
    }

    /// Reads the records that a document has more than when it was read before, where it can be
    /// large: whether it is of such a kind. In a circle they are later than all others.
    pub(super) fn read_on(&mut self, document: DocumentId, records: &[(RecordId, Told)]) -> bool {
        match document {
            DocumentId::Rota(..) => {
                for record in records.iter().filter_map(|(id, told)| told.record(*id)) {
                    self.board.add(document, &record);
                }
            }
            DocumentId::Circle(person, _) => {
                let circle = self.circles.entry(person).or_default();
                for record in records.iter().filter_map(|(id, told)| told.record(*id)) {
                    circle.add(&record);
                }
            }
            _ => return false,
        }
        true
    }

    /// Keeps documents loaded that are as the journal has them; the least recently used go.
    pub(super) fn keep(&mut self, document: Document) {
        let id = document.id();
        self.archive(id).keep(document);
        self.recent.retain(|other| *other != id);
        self.recent.push_back(id);
        let counts = |team: &Self, id| team.size(id).bytes + limits::LOADED_EACH;
        let mut taken: usize = self.recent.iter().map(|id| counts(self, *id)).sum();
        // However long it is, the one that was used last stays.
        while taken > limits::LOADED_BYTES
            && self.recent.len() > 1
            && let Some(oldest) = self.recent.pop_front()
        {
            taken -= counts(self, oldest);
            self.archive(oldest).unload();
        }
    }

    /// The team.
    pub fn id(&self) -> TeamId {
        self.id
    }
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// Which life of its journal this is.
    pub fn epoch(&self) -> Epoch {
        self.epoch
    }
    /// When its journal was put back last, and the moment of the backup that it was made from.
    pub fn restored(&self) -> Option<(Moment, Moment)> {
        self.restored
    }
    /// Where its journal ends.
    pub fn end(&self) -> End {
        self.chains.end()
    }
    /// Who belongs to it and whom it supports.
    pub fn roster(&self) -> &Roster {
        &self.board.roster
    }
    /// Who works when, as all documents say.
    pub fn board(&self) -> &Board {
        &self.board
    }
    /// A device that joined.
    pub fn device(&self, device: DeviceId) -> Option<Device> {
        self.devices.get(&device).copied()
    }
    /// The member whose device this is.
    pub fn member_of(&self, device: DeviceId) -> Option<&Member> {
        self.board
            .roster
            .members
            .get(&self.devices.get(&device)?.member)
    }
    /// The documents that have more than their genesis and can be read.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> {
        let here = self.archives.iter().filter(|(_, a)| !a.is_erased());
        here.map(|(id, _)| *id)
    }
    /// A document as it is now.
    pub fn document(&self, id: DocumentId) -> Document {
        match self.archives.get(&id) {
            Some(archive) => archive.document(),
            None => Document::new(id),
        }
    }
    /// How long a part of a document is.
    pub(super) fn size(&self, id: DocumentId) -> Size {
        let archive = self.archives.get(&id);
        archive.map(Archive::size).unwrap_or_default()
    }
    /// Where documents go on in their next part, other than [`limits`] say: to try it out.
    #[must_use]
    pub fn with_sizes(self, sizes: Sizes) -> Self {
        Self { sizes, ..self }
    }
    /// What members may take in a day, other than [`limits`] say: to try it out.
    #[must_use]
    pub fn with_ration(mut self, ration: Ration) -> Self {
        self.rations.set(ration);
        self
    }
    /// The head of the journal after this entry; zeros before the first.
    pub(super) fn head(&self, seq: Seq) -> Option<Hash> {
        let Some(at) = seq.checked_sub(1) else {
            return Some(Hash::default());
        };
        let at = usize::try_from(at).ok()?;
        self.index.get(at).map(|(head, _)| *head)
    }
}
