//! The phone of one member of one team.

use super::{Book, Held};
use crate::platform::store::{Batch, Generation, Image};
use automerge::{Change, ChangeHash};
use kith_shared::{
    api::Joined,
    bytes::{Array, Bytes},
    documents::{Author, Document, DocumentId},
    domain::{
        note::{Audience, NoteText},
        team::Member,
    },
    ids::{DeviceId, QuarantineId, RecordId, VisitId},
    intent::{Intent, IntentError, Stamp},
    policy::Refusal,
    sync::{Cursor, Receipt},
    time::{Moment, Span},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// A clock that is off by less than this is taken as right: networks are slow, too.
const CLOCK_TOLERANCE: Span = Span::minutes(2);

/// Who this phone is: made once, when it joins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// This install.
    pub device: DeviceId,
    /// The seed of its Ed25519 key.
    pub key: Array<32>,
    /// What the relay said when it joined. The token in it is replaced as it is renewed.
    pub joined: Joined,
}

impl Me {
    /// As a member of the team.
    pub fn member(&self) -> Member {
        let j = &self.joined;
        Member {
            id: j.member,
            name: j.name.clone(),
            role: j.role,
        }
    }
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
    /// The change that carries it now.
    pub change: Bytes,
}

impl Outgoing {
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

/// A store that cannot be read: which value and why. The rest is not touched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name} in this phone's store cannot be read: {why}")]
pub struct Unreadable {
    /// The value.
    pub name: String,
    /// Why.
    pub why: String,
}

/// The phone of one member of one team. A clone is a cheap way to try something out.
#[derive(Debug, Clone, Default)]
pub struct Phone {
    pub(super) generation: Generation,
    pub(super) me: Option<Me>,
    pub(super) place: Place,
    /// Shared between clones until one of them changes it.
    pub(super) held: BTreeMap<DocumentId, Arc<Held>>,
    pub(super) outbox: Vec<Outgoing>,
    pub(super) aside: BTreeMap<RecordId, Aside>,
    /// Records that were sent and that no other member's device has yet, as far as is known.
    pub(super) unseen: BTreeMap<RecordId, (DocumentId, ChangeHash)>,
    pub(super) healing: super::heal::Healing,
    pub(super) drafts: BTreeMap<VisitId, Draft>,
    pub(super) settings: BTreeMap<String, String>,
    book: Book,
}

mod name {
    pub(super) const ME: &str = "me";
    pub(super) const PLACE: &str = "place";
    pub(super) const UNSEEN: &str = "unseen";
    pub(super) const SETTINGS: &str = "settings";
    pub(super) const DOCUMENT: &str = "document/";
    pub(super) const RECEIPTS: &str = "receipts/";
    pub(super) const OUTBOX: &str = "outbox/";
    pub(super) const ASIDE: &str = "aside/";
    pub(super) const DRAFT: &str = "draft/";
}

fn to_json<T: Serialize>(value: &T) -> Vec<u8> {
    // Plain data into memory cannot fail.
    serde_json::to_vec(value).unwrap_or_default()
}

fn from_json<T: DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<T, Unreadable> {
    serde_json::from_slice(bytes).map_err(|e| Unreadable {
        name: name.to_owned(),
        why: e.to_string(),
    })
}

impl Phone {
    /// The phone whose store holds this. A document that cannot be read is fetched again.
    pub fn open(image: &Image) -> Result<Self, Unreadable> {
        let mut phone = Self {
            generation: image.generation,
            ..Self::default()
        };
        let mut damaged = false;
        for (key, bytes) in &image.values {
            let bad = |why: String| Unreadable {
                name: key.clone(),
                why,
            };
            match key.as_str() {
                name::ME => phone.me = Some(from_json(key, bytes)?),
                name::PLACE => phone.place = from_json(key, bytes)?,
                name::SETTINGS => phone.settings = from_json(key, bytes)?,
                name::UNSEEN => {
                    let unseen: Vec<(RecordId, DocumentId, Array<32>)> = from_json(key, bytes)?;
                    phone.unseen = unseen
                        .into_iter()
                        .map(|(r, d, h)| (r, (d, ChangeHash(h.0))))
                        .collect();
                }
                _ => {
                    if key.starts_with(name::OUTBOX) {
                        phone.outbox.push(from_json(key, bytes)?);
                    } else if key.starts_with(name::ASIDE) {
                        let aside: Aside = from_json(key, bytes)?;
                        phone.aside.insert(aside.record, aside);
                    } else if let Some(visit) = key.strip_prefix(name::DRAFT) {
                        let visit = visit.parse().map_err(|e| bad(format!("{e}")))?;
                        phone.drafts.insert(visit, from_json(key, bytes)?);
                    } else if let Some(id) = key.strip_prefix(name::DOCUMENT) {
                        let receipts = image.values.get(&format!("{}{id}", name::RECEIPTS));
                        let receipts = receipts.ok_or_else(|| bad("no receipts".to_owned()))?;
                        let id: DocumentId = id.parse().map_err(|e| bad(format!("{e}")))?;
                        match Held::open(id, bytes, receipts) {
                            Ok(held) => drop(phone.held.insert(id, Arc::new(held))),
                            Err(_) => damaged = true,
                        }
                    }
                }
            }
        }
        if phone.held.values().any(|held| held.is_doubted()) {
            phone.heal_on();
        }
        if damaged {
            // The relay has the document; the outbox, which only this phone has, lies apart.
            phone.place.cursor = None;
        }
        phone.outbox.sort_by_key(|o| o.record);
        let pending: BTreeSet<_> = phone.outbox.iter().map(|o| o.intent.document()).collect();
        for id in pending {
            phone.replay(id, &mut Batch::default());
        }
        for held in phone.held.values() {
            phone.book.read(held.document());
        }
        Ok(phone)
    }

    /// How many transactions its store has seen.
    pub fn generation(&self) -> Generation {
        self.generation
    }

    /// Who this phone is; `None` before it has joined.
    pub fn me(&self) -> Option<&Me> {
        self.me.as_ref()
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

    /// The held documents.
    pub fn held(&self) -> &BTreeMap<DocumentId, Arc<Held>> {
        &self.held
    }

    /// When the relay last answered, by its clock.
    pub fn heard(&self) -> Option<Moment> {
        self.place.heard
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
        let receipt = self.held.get(&document)?.receipt(record)?;
        (receipt.member == self.me.as_ref()?.joined.member).then_some(Standing::Seen)
    }

    /// What the relay said to a record, once it has.
    pub fn receipt(&self, document: DocumentId, record: RecordId) -> Option<&Receipt> {
        self.held.get(&document)?.receipt(record)
    }

    /// This phone joins.
    pub fn join(&mut self, me: Me, device_clock: Moment) -> Batch {
        self.place = Place {
            skew: me.joined.now - device_clock,
            heard: Some(me.joined.now),
            ..Place::default()
        };
        let mut batch = self.batch();
        batch.put(name::ME, to_json(&me));
        self.me = Some(me);
        self.put_place(&mut batch);
        self.done(batch)
    }

    /// The relay gave a new token.
    pub fn renew(&mut self, pass: kith_shared::api::Pass) -> Batch {
        let mut batch = self.batch();
        if let Some(me) = &mut self.me {
            me.joined.pass = pass;
            batch.put(name::ME, to_json(me));
        }
        self.done(batch)
    }

    /// A choice to keep on this phone.
    pub fn set(&mut self, key: &str, value: &str) -> Batch {
        self.settings.insert(key.to_owned(), value.to_owned());
        let mut batch = self.batch();
        batch.put(name::SETTINGS, to_json(&self.settings));
        self.done(batch)
    }

    /// Keeps a half-written note, or lets it go.
    pub fn keep_draft(&mut self, visit: VisitId, draft: Option<Draft>) -> Batch {
        let mut batch = self.batch();
        let key = format!("{}{visit}", name::DRAFT);
        if let Some(draft) = draft {
            batch.put(key, to_json(&draft));
            self.drafts.insert(visit, draft);
        } else {
            batch.remove(key);
            self.drafts.remove(&visit);
        }
        self.done(batch)
    }

    /// The author has read why an act was put aside, and lets go of it.
    pub fn let_go(&mut self, record: RecordId) -> Batch {
        let mut batch = self.batch();
        if self.aside.remove(&record).is_some() {
            batch.remove(format!("{}{record}", name::ASIDE));
        }
        self.done(batch)
    }

    /// Someone does something: it becomes a record, and with the batch it is saved on this phone.
    /// An act that the rules forbid is an error and changes nothing.
    pub fn act(
        &mut self,
        intent: Intent,
        device_clock: Moment,
        dice: u128,
    ) -> Result<(RecordId, Batch), IntentError> {
        let Some(me) = &self.me else {
            return Err(IntentError::Refused(Refusal::NotYou));
        };
        let at = self.now(device_clock);
        let time = Stamp {
            at,
            skew: at - device_clock,
        };
        // Ids sort by the clock, and records must sort as they were made even if it was put back.
        let after = self.outbox.last().map_or(Moment::default(), |o| o.time.at);
        let record = RecordId::new(at.max(after + Span::from_millis(1)), dice);
        let id = intent.document();
        let mut document = self
            .held
            .get(&id)
            .map_or_else(|| Document::new(id), |held| held.document().clone());
        let author = Author {
            device: me.device,
            life: self.place.life,
        };
        let change = intent.write(&mut document, author, &me.member(), record, time)?;
        let outgoing = Outgoing {
            record,
            intent,
            time,
            change: Bytes(change.raw_bytes().to_vec()),
        };
        let mut batch = self.batch();
        batch.put(format!("{}{record}", name::OUTBOX), to_json(&outgoing));
        self.outbox.push(outgoing);
        self.book.read(&document);
        self.hold(id).set_working(Some(document));
        Ok((record, self.done(batch)))
    }

    pub(super) fn batch(&self) -> Batch {
        Batch {
            from: self.generation,
            changes: BTreeMap::new(),
        }
    }

    /// The state has moved on by this batch.
    pub(super) fn done(&mut self, batch: Batch) -> Batch {
        self.generation = batch.from + 1;
        batch
    }

    pub(super) fn put_place(&self, batch: &mut Batch) {
        batch.put(name::PLACE, to_json(&self.place));
    }

    pub(super) fn put_unseen(&self, batch: &mut Batch) {
        let unseen: Vec<_> = self
            .unseen
            .iter()
            .map(|(r, (d, h))| (*r, *d, Array(h.0)))
            .collect();
        batch.put(name::UNSEEN, to_json(&unseen));
    }

    pub(super) fn put_held(&self, id: DocumentId, batch: &mut Batch) {
        if let Some(held) = self.held.get(&id) {
            let (saved, receipts) = held.save();
            batch.put(format!("{}{id}", name::DOCUMENT), saved);
            batch.put(format!("{}{id}", name::RECEIPTS), receipts);
        }
    }

    pub(super) fn settle(&mut self, record: RecordId, batch: &mut Batch) -> Option<Outgoing> {
        let at = self.outbox.iter().position(|o| o.record == record)?;
        batch.remove(format!("{}{record}", name::OUTBOX));
        Some(self.outbox.remove(at))
    }

    pub(super) fn put_aside(
        &mut self,
        outgoing: Outgoing,
        code: Refusal,
        quarantine: Option<QuarantineId>,
        batch: &mut Batch,
    ) {
        let Outgoing {
            record,
            intent,
            time,
            ..
        } = outgoing;
        let aside = Aside {
            record,
            intent,
            time,
            code,
            quarantine,
        };
        batch.put(format!("{}{record}", name::ASIDE), to_json(&aside));
        self.aside.insert(record, aside);
    }

    /// Puts what waits for document `id` on top of what the relay has accepted. Where the changes
    /// still fit they are applied as they are. Where they do not (one of them was refused, or my
    /// own past came back from a backup), all are written again in a new life, and what is no
    /// longer allowed is put aside.
    pub(super) fn replay(&mut self, id: DocumentId, batch: &mut Batch) {
        let waiting = self.waiting_for(id);
        let held = self.hold(id);
        if waiting.is_empty() {
            held.set_working(None);
        } else if let Some(working) = on_top(held.vetted(), &waiting) {
            held.set_working(Some(working));
        } else {
            return self.write_again(id, waiting, batch);
        }
        self.read(id);
    }

    pub(super) fn write_again(
        &mut self,
        id: DocumentId,
        waiting: Vec<Outgoing>,
        batch: &mut Batch,
    ) {
        let Some(me) = self.me.clone() else { return };
        self.place.life = self.place.life.wrapping_add(1);
        self.put_place(batch);
        let author = Author {
            device: me.device,
            life: self.place.life,
        };
        let vetted = self.held.get(&id).map(|held| held.vetted().clone());
        let mut document = vetted.unwrap_or_else(|| Document::new(id));
        for mut outgoing in waiting {
            let mut next = document.clone();
            let written = outgoing.intent.write(
                &mut next,
                author,
                &me.member(),
                outgoing.record,
                outgoing.time,
            );
            match written {
                Ok(change) => {
                    document = next;
                    outgoing.change = Bytes(change.raw_bytes().to_vec());
                    let key = format!("{}{}", name::OUTBOX, outgoing.record);
                    batch.put(key, to_json(&outgoing));
                    if let Some(o) = self.outbox.iter_mut().find(|o| o.record == outgoing.record) {
                        *o = outgoing;
                    }
                }
                Err(error) => {
                    let code = match error {
                        IntentError::Refused(code) => code,
                        IntentError::Document(_) => Refusal::Unreadable,
                    };
                    self.settle(outgoing.record, batch);
                    self.put_aside(outgoing, code, None, batch);
                }
            }
        }
        let pending = self.outbox.iter().any(|o| o.intent.document() == id);
        self.hold(id).set_working(pending.then_some(document));
        self.read(id);
    }

    /// The document, to change it; its beginning when it is not here yet.
    pub(super) fn hold(&mut self, id: DocumentId) -> &mut Held {
        Arc::make_mut(
            self.held
                .entry(id)
                .or_insert_with(|| Arc::new(Held::new(id))),
        )
    }

    fn read(&mut self, id: DocumentId) {
        if let Some(held) = self.held.get(&id) {
            self.book.read(held.document());
        }
    }

    pub(super) fn waiting_for(&self, id: DocumentId) -> Vec<Outgoing> {
        self.outbox
            .iter()
            .filter(|o| o.intent.document() == id)
            .cloned()
            .collect()
    }
}

/// `vetted` with the waiting changes applied, or `None` when they do not fit on it.
fn on_top(vetted: &Document, waiting: &[Outgoing]) -> Option<Document> {
    let mut working = vetted.clone();
    let mut known = BTreeSet::new();
    let mut next = BTreeMap::new();
    let mut changes = Vec::new();
    for outgoing in waiting {
        let change = Change::from_bytes(outgoing.change.0.clone()).ok()?;
        let author = Author::of(change.actor_id())?;
        let seq = next
            .entry((author.device, author.life))
            .or_insert_with(|| vetted.sequence(author));
        *seq += 1;
        let fits = change.seq() == *seq
            && change
                .deps()
                .iter()
                .all(|dep| vetted.has(dep) || known.contains(dep));
        if !fits {
            return None;
        }
        known.insert(change.hash());
        changes.push(change);
    }
    working.apply(changes).ok()?;
    Some(working)
}
