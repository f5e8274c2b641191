//! One document on the phone: what the relay has accepted, and my outbox on top of it.

use automerge::{Change, ChangeHash};
use kith_shared::{
    bytes::{Array, Bytes},
    documents::{Author, Document, DocumentError, DocumentId, Length, Size},
    ids::RecordId,
    sync::{Entry, Hash, Receipt, Seq, chain::Link},
    time::Moment,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

/// A document as a phone holds it. `vetted` and what is pending on top are kept apart: a refused
/// change is taken out by building anew from `vetted`.
#[derive(Debug, Clone)]
pub struct Held {
    vetted: Document,
    /// What the relay said to each accepted change. A `seq` of 0: accepted once, in a past that
    /// the relay may have lost; to be confirmed.
    receipts: BTreeMap<ChangeHash, Receipt>,
    /// The chain of the confirmed ones, in the order of the journal: the last one's place, and
    /// where the chain ends with it; `None` when it is to be worked out anew.
    chain: Option<(Seq, Hash)>,
    /// How long `vetted` is, once somebody asked.
    length: OnceLock<Length>,
    /// `vetted` with the outbox applied; none while the outbox has nothing for it.
    working: Option<Document>,
}

impl Held {
    pub(super) fn new(id: DocumentId) -> Self {
        Self {
            vetted: Document::new(id),
            receipts: BTreeMap::new(),
            chain: Some(Default::default()),
            length: OnceLock::new(),
            working: None,
        }
    }

    pub(super) fn open(id: DocumentId, saved: &[u8], receipts: &[u8]) -> Result<Self, String> {
        let (receipts, chain): (Vec<(Hash, Receipt)>, _) =
            rmp_serde::from_slice(receipts).map_err(|e| e.to_string())?;
        Ok(Self {
            vetted: Document::load(id, saved).map_err(|e| e.to_string())?,
            receipts: receipts
                .into_iter()
                .map(|(h, r)| (ChangeHash(h.0), r))
                .collect(),
            chain,
            length: OnceLock::new(),
            working: None,
        })
    }

    pub(super) fn save(&self) -> (Vec<u8>, Vec<u8>) {
        let receipts: Vec<_> = self.receipts.iter().map(|(h, r)| (Array(h.0), r)).collect();
        // Plain data into memory cannot fail.
        (
            self.vetted.save(),
            rmp_serde::to_vec(&(receipts, self.chain)).unwrap_or_default(),
        )
    }

    /// As it is shown: accepted and pending records together.
    pub fn document(&self) -> &Document {
        self.working.as_ref().unwrap_or(&self.vetted)
    }

    /// What the relay has accepted.
    pub fn vetted(&self) -> &Document {
        &self.vetted
    }

    /// How long what the relay has accepted is.
    pub(super) fn size(&self) -> Size {
        self.length.get_or_init(|| self.vetted.length()).size()
    }

    /// What the relay said to the change that made this record.
    pub fn receipt(&self, record: RecordId) -> Option<&Receipt> {
        self.receipts.get(&self.document().change_of(record)?)
    }

    /// What the relay said to this change.
    pub fn receipt_of(&self, change: &ChangeHash) -> Option<&Receipt> {
        self.receipts.get(change)
    }

    /// When the relay got each change whose place in its journal is confirmed.
    pub fn received(&self) -> impl Iterator<Item = Moment> {
        let confirmed = self.receipts.values().filter(|r| r.seq > 0);
        confirmed.map(|r| r.received_at)
    }

    /// The accepted changes that have a confirmed place in the journal up to `seq`.
    pub(super) fn accepted_up_to(&self, seq: Seq) -> impl Iterator<Item = &ChangeHash> {
        self.receipts
            .iter()
            .filter(move |(_, r)| r.seq > 0 && r.seq <= seq)
            .map(|(hash, _)| hash)
    }

    pub(super) fn accepted(&self) -> impl Iterator<Item = &ChangeHash> {
        self.receipts.keys()
    }

    pub(super) fn set_working(&mut self, working: Option<Document>) {
        self.working = working;
    }

    /// The relay may have lost what it accepted: all places in its journal are open again.
    pub(super) fn doubt(&mut self) {
        self.receipts.values_mut().for_each(|r| r.seq = 0);
        self.chain = Some(Default::default());
    }

    /// Whether any accepted change waits for its place to be confirmed.
    pub(super) fn is_doubted(&self) -> bool {
        self.receipts.values().any(|r| r.seq == 0)
    }

    /// Lets go of accepted changes whose place was not confirmed, and of what follows them: a relay
    /// that was put back in the middle of healing has confirmed some in a past that is gone.
    /// Without their receipts the digest is another one, and all is fetched anew.
    pub(super) fn drop_doubted(&mut self) {
        self.chain = None;
        let mut document = Document::new(self.vetted.id());
        let mut here: BTreeSet<_> = document.heads().into_iter().collect();
        let mut sure = self.vetted.changes();
        sure.retain(|change| {
            let confirmed = self.receipts.get(&change.hash()).is_some_and(|r| r.seq > 0);
            let stays = confirmed && change.deps().iter().all(|dep| here.contains(dep));
            stays && here.insert(change.hash())
        });
        self.receipts.retain(|hash, _| here.contains(hash));
        if document.apply(sure).is_ok() {
            self.length = OnceLock::new();
            self.vetted = document;
        }
    }

    /// Takes in accepted changes with their receipts. Changes that are here already get the new
    /// receipt and nothing else. An error, and nothing is taken, when one follows what is neither
    /// here nor among them: Automerge would keep it waiting unseen.
    pub(super) fn take(&mut self, changes: Vec<(Change, Receipt)>) -> Result<(), DocumentError> {
        let mut new = Vec::new();
        let mut receipts = BTreeMap::new();
        let mut links = Vec::new();
        for (change, receipt) in changes {
            links.extend(link(self.vetted.id(), &change, &receipt));
            receipts.insert(change.hash(), receipt);
            if !self.vetted.has(&change.hash()) {
                new.push(change);
            }
        }
        let here = |dep: &ChangeHash| self.vetted.has(dep) || receipts.contains_key(dep);
        if !new.iter().flat_map(Change::deps).all(here) {
            return Err(DocumentError::Record(
                "it follows what is not here".to_owned(),
            ));
        }
        if !new.is_empty() {
            let longer = self.length.get().cloned();
            let longer = longer.map(|length| new.iter().fold(length, Length::with));
            let mut vetted = self.vetted.clone();
            vetted.apply(new)?;
            self.length = longer.map(OnceLock::from).unwrap_or_default();
            self.vetted = vetted;
        }
        let known = links.iter().any(|l| {
            self.receipts
                .get(&ChangeHash(l.change.0))
                .is_some_and(|r| r.seq > 0)
        });
        self.receipts.extend(receipts);
        links.sort_by_key(|l| l.seq);
        let chain = self.chain.filter(|(last, _)| {
            // Otherwise it came in another way before, or what lies between came later.
            !known && links.first().is_none_or(|first| first.seq > *last)
        });
        self.chain = chain.map(|chain| links.iter().fold(chain, onward));
        Ok(())
    }

    /// Where the chain of what is confirmed ends, by the same rule as the relay's; `None` when
    /// nothing is.
    pub(super) fn tip(&self) -> Option<Hash> {
        let chain = self.chain.unwrap_or_else(|| self.worked_out());
        (chain.0 > 0).then_some(chain.1)
    }

    /// The chain, kept from now on if it was not.
    pub(super) fn keep_chain(&mut self) {
        self.chain = Some(self.worked_out());
    }

    pub(super) fn has_chain(&self) -> bool {
        self.chain.is_some()
    }

    fn worked_out(&self) -> (Seq, Hash) {
        let changes = self.vetted.changes();
        let links = changes.iter().filter_map(|change| {
            let receipt = self.receipts.get(&change.hash()).filter(|r| r.seq > 0)?;
            link(self.vetted.id(), change, receipt)
        });
        let mut links: Vec<_> = links.collect();
        links.sort_by_key(|l| l.seq);
        links.iter().fold(Default::default(), onward)
    }

    /// The entry to hand back to a relay that lost it.
    pub(super) fn entry(&self, hash: &ChangeHash) -> Option<Entry> {
        let receipt = self.receipts.get(hash)?.clone();
        let change = self.vetted.change(hash)?;
        Some(Entry {
            change: Bytes(change.raw_bytes().to_vec()),
            receipt,
        })
    }
}

fn onward(chain: (Seq, Hash), link: &Link) -> (Seq, Hash) {
    (link.seq, link.follow(&chain.1))
}

fn link(document: DocumentId, change: &Change, receipt: &Receipt) -> Option<Link> {
    Some(Link {
        document,
        seq: receipt.seq,
        received_at: receipt.received_at,
        member: receipt.member,
        device: Author::of(change.actor_id())?.device,
        change: Array(change.hash().0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_shared::{
        documents::{Record, availability::AvailabilityRecord},
        ids::{DeviceId, MemberId},
        time::Span,
    };

    fn receipt(seq: Seq) -> Receipt {
        Receipt {
            seq,
            received_at: Moment::default(),
            member: MemberId::from_bytes([1; 16]),
            proof: Array([0; 16]),
        }
    }

    /// Three changes, each after the one before.
    fn written(id: DocumentId) -> Vec<Change> {
        let mut document = Document::new(id);
        let device = DeviceId::from_bytes([2; 16]);
        let write = |n: u8| {
            let body = AvailabilityRecord::Weekday {
                weekday: n,
                parts: BTreeMap::new(),
            };
            let record = Record {
                id: RecordId::from_bytes([n; 16]),
                by: MemberId::from_bytes([1; 16]),
                at: Moment::default(),
                skew: Span::default(),
                body,
            };
            document.write(Author { device, life: 0 }, &record).unwrap()
        };
        (0..3).map(write).collect()
    }

    #[test]
    fn what_follows_a_change_that_was_let_go_goes_with_it() {
        let id = DocumentId::availability(MemberId::from_bytes([1; 16]));
        let changes = written(id);
        for lost in 0..4 {
            let mut held = Held::new(id);
            let all = changes.iter().cloned().zip((1..).map(receipt));
            held.take(all.clone().collect()).unwrap();
            held.doubt();
            let confirmed = all.enumerate().filter(|(n, _)| *n != lost);
            held.take(confirmed.map(|(_, c)| c).collect()).unwrap();
            held.drop_doubted();
            let stays: Vec<_> = changes.iter().take(lost).map(Change::hash).collect();
            let here = held.vetted().changes();
            assert_eq!(here.iter().map(Change::hash).collect::<Vec<_>>(), stays);
            assert_eq!(held.accepted().count(), stays.len());
            assert_eq!(held.tip().is_some(), lost > 0);
        }
    }
}
