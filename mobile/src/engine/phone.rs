//! The phone of one member of one team.

use super::{Book, Held};
use crate::platform::store::{Batch, Generation};
use automerge::{Change, ChangeHash};
use kith_shared::{
    api::{Joined, Pass},
    aside::End,
    bytes::{Array, Bytes},
    documents::{DocumentId, Part, Sizes},
    domain::{
        note::{Audience, NoteText},
        team::Member,
    },
    ids::{DeviceId, QuarantineId, RecordId, VisitId},
    intent::{Intent, Stamp},
    policy::Refusal,
    sync::{Cursor, Knew, Look, Receipt},
    time::{Moment, Span},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

/// A clock that is off by less than this is taken as right: networks are slow, too.
const CLOCK_TOLERANCE: Span = Span::minutes(2);

/// Who this phone is: made once, when it joins.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// This install.
    pub device: DeviceId,
    /// The seed of its Ed25519 key.
    pub key: Array<32>,
    /// What the relay said when it joined. The token in it is replaced as it is renewed.
    pub joined: Joined,
}

impl std::fmt::Debug for Me {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Me({}, …)", self.device)
    }
}

impl Me {
    /// As a member of the team.
    pub fn member(&self) -> Member {
        let j = &self.joined;
        Member::plain(j.member, j.name.clone(), j.role)
    }
}

/// That this phone belonged to a team and does not any more: all that it shows then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// What the team is called.
    pub team: String,
    /// How many acts had not been sent, and are kept aside for the manager.
    pub handed_in: u32,
    /// When it heard of it, by the relay's clock.
    pub at: Moment,
}

/// Where the phone stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// In the team's journal.
    pub cursor: Option<Cursor>,
    /// Which life this device writes in.
    pub life: u16,
    /// What to add to this device's clock; from the last reply.
    pub skew: Span,
    /// When the relay last answered, by its clock.
    pub heard: Option<Moment>,
    /// How many replies were taken in. One to a request from before the last of them tells of a
    /// past that may be gone.
    #[serde(default)]
    pub taken: u64,
    /// What the relay signed last, and I found true.
    #[serde(default)]
    pub signed: Option<Knew>,
    /// What of that is to go back to a relay whose journal is another one now.
    #[serde(default)]
    pub knew: Option<Knew>,
    /// How many pages in a row were not as the relay signed them.
    #[serde(default)]
    pub unproven: u8,
    /// When the relay's records were not what it had signed.
    #[serde(default)]
    pub doubts: Vec<Doubt>,
    /// What waits for a manager to look at it, as the relay said last.
    #[serde(default)]
    pub look: Look,
}

/// The relay's records were found to be other than it had signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// When, by the relay's clock.
    pub at: Moment,
    /// What was found.
    pub found: Found,
    /// Who has this phone has read so.
    #[serde(default)]
    pub read: bool,
}

/// How records are other than the relay had signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// The journal does not have the place that it signed: it was put back from a backup, cut, or
    /// changed. Phones have given back what they hold.
    OtherPast,
    /// What the relay sent is not what it signed.
    NotAsSigned,
    /// Another phone found [`Self::OtherPast`], and the relay says so to managers.
    ByAnother,
}

/// An act that the relay has not answered yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    /// The record that it became.
    pub record: RecordId,
    /// The act.
    pub intent: Intent,
    /// When it was done.
    pub time: Stamp,
    /// The part of its document that it is written to now.
    #[serde(default, skip_serializing_if = "Part::is_first")]
    pub part: Part,
    /// The change that carries it now.
    pub change: Bytes,
}

impl Outgoing {
    /// The document that it is written to now.
    pub fn document(&self) -> DocumentId {
        self.intent.document().with_part(self.part)
    }

    /// The name of the change that carries it now.
    pub(super) fn hash(&self) -> Option<ChangeHash> {
        Some(Change::from_bytes(self.change.0.clone()).ok()?.hash())
    }
}

/// An act that the relay did not take. Kept until its author has read why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// The record that it was.
    pub record: RecordId,
    /// The act.
    pub intent: Intent,
    /// When it was done.
    pub time: Stamp,
    /// Why not.
    pub code: Refusal,
    /// Where the relay keeps it, when it does.
    pub quarantine: Option<QuarantineId>,
    /// What a manager made of it, once one has.
    #[serde(default)]
    pub end: Option<End>,
}

/// A note that is being written: kept with every pause in typing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// For whom.
    pub audience: Audience,
    /// What it says so far.
    pub says: NoteText,
}

/// How far a record of mine has come. In this order, and never back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// In this phone's store.
    Saved,
    /// The relay has named it.
    Sent,
    /// Another member's device has it.
    Seen,
}

/// The clock of this phone, put right by what the relay showed.
pub fn now_by(device_clock: Moment, skew: Span) -> Moment {
    if skew.millis().abs() > CLOCK_TOLERANCE.millis() {
        device_clock + skew
    } else {
        device_clock
    }
}

/// The phone of one member of one team. A clone is a cheap way to try something out.
#[derive(Debug, Clone, Default)]
pub struct Phone {
    pub(super) generation: Generation,
    pub(super) me: Option<Me>,
    pub(super) gone: Option<Gone>,
    pub(super) place: Place,
    /// Shared between clones until one of them changes it.
    pub(super) held: BTreeMap<DocumentId, Arc<Held>>,
    pub(super) outbox: Vec<Outgoing>,
    pub(super) aside: BTreeMap<RecordId, Aside>,
    /// Records that were sent and that no other member's device has yet, as far as is known.
    pub(super) unseen: BTreeMap<RecordId, (DocumentId, ChangeHash)>,
    pub(super) healing: super::heal::Healing,
    /// The relay has looked at some of what waits, and not at the rest.
    pub(super) held_back: bool,
    pub(super) drafts: BTreeMap<VisitId, Draft>,
    pub(super) settings: BTreeMap<String, String>,
    pub(super) book: Book,
    /// What its store says to those outside of a lock.
    pub(super) said_outside: Option<super::stored::Outside>,
    /// How long documents get before they go on in their next part.
    pub(super) sizes: Sizes,
    /// Names of stored values that could not be read: what they held is fetched anew.
    pub(super) unread: Vec<String>,
}

impl Phone {
    /// How many transactions its store has seen.
    pub fn generation(&self) -> Generation {
        self.generation
    }

    /// Who this phone is; `None` before it has joined.
    pub fn me(&self) -> Option<&Me> {
        self.me.as_ref()
    }

    /// The team that this phone does not belong to any more, until who has it has read so.
    pub fn gone(&self) -> Option<&Gone> {
        self.gone.as_ref()
    }

    /// Who this phone's owner is to the team: as the team's document says, hats included, or as
    /// the relay said at joining where that is not read.
    pub fn member(&self) -> Option<Member> {
        let me = self.me.as_ref()?;
        let told = self.book.board.roster.members.get(&me.joined.member);
        Some(told.cloned().unwrap_or_else(|| me.member()))
    }

    /// What all documents say.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The acts that wait for the relay, in their order.
    pub fn outbox(&self) -> &[Outgoing] {
        &self.outbox
    }

    /// The acts that the relay did not take.
    pub fn aside(&self) -> impl Iterator<Item = &Aside> {
        self.aside.values()
    }

    /// Whether more waits than the relay takes in for now, by what it said last.
    pub fn is_held_back(&self) -> bool {
        self.held_back && !self.outbox.is_empty()
    }

    /// The held documents.
    pub fn held(&self) -> &BTreeMap<DocumentId, Arc<Held>> {
        &self.held
    }

    /// When the relay last answered, by its clock.
    pub fn heard(&self) -> Option<Moment> {
        self.place.heard
    }

    /// When the relay's records were not what it had signed; the latest last.
    pub fn doubts(&self) -> &[Doubt] {
        &self.place.doubts
    }

    /// What waits for a manager to look at it, as the relay said last; nothing for others.
    pub fn to_look_at(&self) -> Look {
        self.place.look
    }

    /// Up to where this phone has checked the relay's signature over all that it holds; `None`
    /// while the last check is open.
    pub fn checked(&self) -> Option<Cursor> {
        let signed = self.place.signed.filter(|_| self.place.unproven == 0);
        signed.map(|knew| knew.cursor)
    }

    /// How far this device's clock is off: what to add to it.
    pub fn skew(&self) -> Span {
        self.place.skew
    }

    /// The time, by this device's clock put right.
    pub fn now(&self, device_clock: Moment) -> Moment {
        now_by(device_clock, self.place.skew)
    }

    /// A choice that was kept on this phone.
    pub fn setting(&self, key: &str) -> Option<&str> {
        self.settings.get(key).map(String::as_str)
    }

    /// The note that was begun for this visit.
    pub fn draft(&self, visit: VisitId) -> Option<&Draft> {
        self.drafts.get(&visit)
    }

    /// How many sent records of mine no other member's device has, as far as is known.
    pub fn unseen(&self) -> usize {
        self.unseen.len()
    }

    /// How far a record of mine has come; `None` for other people's.
    pub fn standing(&self, document: DocumentId, record: RecordId) -> Option<Standing> {
        if self.outbox.iter().any(|o| o.record == record) {
            return Some(Standing::Saved);
        }
        if self.unseen.contains_key(&record) {
            return Some(Standing::Sent);
        }
        let receipt = self.receipt(document, record)?;
        (receipt.member == self.me.as_ref()?.joined.member).then_some(Standing::Seen)
    }

    /// What the relay said to a record, once it has; in whichever part of the document it is.
    pub fn receipt(&self, document: DocumentId, record: RecordId) -> Option<&Receipt> {
        let mut parts = self.held.range(document.parts());
        parts.find_map(|(_, held)| held.receipt(record))
    }

    /// Where documents go on in their next part, other than limits say: to try it out.
    #[must_use]
    pub fn with_sizes(self, sizes: Sizes) -> Self {
        Self { sizes, ..self }
    }

    /// This phone joins.
    pub fn join(&mut self, me: Me, device_clock: Moment) -> Batch {
        self.place = Place {
            skew: me.joined.now - device_clock,
            heard: Some(me.joined.now),
            ..Place::default()
        };
        self.me = Some(me);
        self.gone = None;
        let mut batch = self.batch();
        self.put_me(&mut batch);
        self.put_gone(&mut batch);
        self.put_place(&mut batch);
        self.done(batch)
    }

    /// The relay gave a new token.
    pub fn renew(&mut self, pass: Pass) -> Batch {
        if let Some(me) = &mut self.me {
            me.joined.pass = pass;
        }
        let mut batch = self.batch();
        self.put_me(&mut batch);
        self.done(batch)
    }

    /// A choice to keep on this phone.
    pub fn set(&mut self, key: &str, value: &str) -> Batch {
        self.settings.insert(key.to_owned(), value.to_owned());
        let mut batch = self.batch();
        self.put_settings(&mut batch);
        self.done(batch)
    }

    /// Keeps a half-written note, or lets it go.
    pub fn keep_draft(&mut self, visit: VisitId, draft: Option<Draft>) -> Batch {
        match draft {
            Some(draft) => self.drafts.insert(visit, draft),
            None => self.drafts.remove(&visit),
        };
        let mut batch = self.batch();
        self.put_draft(visit, &mut batch);
        self.done(batch)
    }

    /// Who has this phone has read of all doubts of this kind.
    pub fn read_doubts(&mut self, found: Found) -> Batch {
        for doubt in &mut self.place.doubts {
            doubt.read |= doubt.found == found;
        }
        let mut batch = self.batch();
        self.put_place(&mut batch);
        self.done(batch)
    }

    /// The author has read why an act was put aside, and lets go of it.
    pub fn let_go(&mut self, record: RecordId) -> Batch {
        self.aside.remove(&record);
        let mut batch = self.batch();
        Self::remove_aside(record, &mut batch);
        self.done(batch)
    }
}
