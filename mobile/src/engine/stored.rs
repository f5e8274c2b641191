//! What of a phone lies in its store, under which names, and how it is read again.

use super::{Aside, Book, Held, Outgoing, Phone, forget::STAYS};
use crate::platform::store::{Batch, Image, OUTSIDE};
use automerge::ChangeHash;
use kith_shared::{
    bytes::Array,
    documents::DocumentId,
    ids::{QuarantineId, RecordId, VisitId},
    policy::Refusal,
    sync::Settled,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// A store that cannot be read: which value and why. The rest is not touched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name} in this phone's store cannot be read: {why}")]
pub struct Unreadable {
    /// The value.
    pub name: String,
    /// Why.
    pub why: String,
}

/// What of a phone may be read without opening it: how to speak to who holds it, and how much only
/// it has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outside {
    /// The settings of how this phone speaks and looks.
    pub settings: BTreeMap<String, String>,
    /// How many acts wait to be sent.
    pub waiting: usize,
    /// How many notes are half written.
    pub drafts: usize,
}

impl Outside {
    /// What a store says, as far as it can be read.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

mod name {
    pub(super) const ME: &str = "me";
    pub(super) const GONE: &str = "gone";
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
                name::GONE => phone.gone = Some(from_json(key, bytes)?),
                name::PLACE => phone.place = from_json(key, bytes)?,
                name::SETTINGS => phone.settings = from_json(key, bytes)?,
                OUTSIDE => phone.said_outside = Outside::read(bytes),
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
                        if let Ok(held) = Held::open(id, bytes, receipts) {
                            phone.held.insert(id, Arc::new(held));
                        } else {
                            damaged = true;
                            phone.unread.push(key.clone());
                            phone.unread.push(format!("{}{id}", name::RECEIPTS));
                        }
                    }
                }
            }
        }
        if !image.values.contains_key(name::SETTINGS)
            && let Some(outside) = &phone.said_outside
        {
            // It was wiped: it goes on speaking as it did.
            phone.settings.clone_from(&outside.settings);
        }
        if phone.held.values().any(|held| held.is_doubted()) {
            phone.heal_on();
        }
        if damaged {
            // The relay has the document; the outbox, which only this phone has, lies apart.
            phone.place.cursor = None;
        }
        phone.outbox.sort_by_key(|o| o.record);
        let pending: BTreeSet<_> = phone.outbox.iter().map(Outgoing::document).collect();
        for id in pending {
            phone.replay(id, &mut Batch::default());
        }
        phone.read_all();
        Ok(phone)
    }

    fn outside(&self) -> Outside {
        let mut settings = self.settings.clone();
        settings.retain(|name, _| STAYS.contains(&name.as_str()));
        Outside {
            settings,
            waiting: self.outbox.len(),
            drafts: self.drafts.len(),
        }
    }

    /// Says outside how it stands, where an older version has not.
    pub fn say_outside(&mut self) -> Batch {
        let batch = self.batch();
        self.done(batch)
    }

    /// Reads all that is held.
    pub(super) fn read_all(&mut self) {
        self.book = Book::default();
        let all: BTreeSet<_> = self.held.keys().map(|id| id.whole()).collect();
        for id in all {
            self.read(id);
        }
    }

    pub(super) fn batch(&self) -> Batch {
        Batch {
            from: self.generation,
            changes: BTreeMap::new(),
        }
    }

    /// The state has moved on by this batch.
    pub(super) fn done(&mut self, mut batch: Batch) -> Batch {
        self.generation = batch.from + 1;
        let outside = self.outside();
        if self.said_outside.as_ref() != Some(&outside) {
            batch.put(OUTSIDE, to_json(&outside));
            self.said_outside = Some(outside);
        }
        batch
    }

    pub(super) fn put_me(&self, batch: &mut Batch) {
        if let Some(me) = &self.me {
            batch.put(name::ME, to_json(me));
        }
    }

    pub(super) fn remove_me(batch: &mut Batch) {
        batch.remove(name::ME);
    }

    pub(super) fn put_gone(&self, batch: &mut Batch) {
        match &self.gone {
            Some(gone) => batch.put(name::GONE, to_json(gone)),
            None => batch.remove(name::GONE),
        }
    }

    pub(super) fn put_settings(&self, batch: &mut Batch) {
        batch.put(name::SETTINGS, to_json(&self.settings));
    }

    pub(super) fn put_draft(&self, visit: VisitId, batch: &mut Batch) {
        match self.drafts.get(&visit) {
            Some(draft) => batch.put(format!("{}{visit}", name::DRAFT), to_json(draft)),
            None => Self::remove_draft(visit, batch),
        }
    }

    pub(super) fn remove_draft(visit: VisitId, batch: &mut Batch) {
        batch.remove(format!("{}{visit}", name::DRAFT));
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

    pub(super) fn remove_held(id: DocumentId, batch: &mut Batch) {
        batch.remove(format!("{}{id}", name::DOCUMENT));
        batch.remove(format!("{}{id}", name::RECEIPTS));
    }

    pub(super) fn remove_outgoing(record: RecordId, batch: &mut Batch) {
        batch.remove(format!("{}{record}", name::OUTBOX));
    }

    pub(super) fn put_outgoing(outgoing: &Outgoing, batch: &mut Batch) {
        batch.put(
            format!("{}{}", name::OUTBOX, outgoing.record),
            to_json(outgoing),
        );
    }

    pub(super) fn remove_aside(record: RecordId, batch: &mut Batch) {
        batch.remove(format!("{}{record}", name::ASIDE));
    }

    pub(super) fn settle(&mut self, record: RecordId, batch: &mut Batch) -> Option<Outgoing> {
        let at = self.outbox.iter().position(|o| o.record == record)?;
        Self::remove_outgoing(record, batch);
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
            end: None,
        };
        Self::store_aside(&aside, batch);
        self.aside.insert(record, aside);
    }

    /// The relay says what became of acts that were put aside.
    pub(super) fn settled(&mut self, settled: &[Settled], batch: &mut Batch) {
        for Settled { record, end } in settled {
            if let Some(aside) = self.aside.get_mut(record) {
                aside.end = Some(end.clone());
                Self::store_aside(aside, batch);
            }
        }
    }

    fn store_aside(aside: &Aside, batch: &mut Batch) {
        batch.put(format!("{}{}", name::ASIDE, aside.record), to_json(aside));
    }
}
