//! What a phone hands in: vetted, taken in, or put aside.

use super::{
    Dice,
    ahead::Ahead,
    archive::{Archive, Held},
    fold::Team,
    proof::Claim,
    ration::Room,
    scribe::Decided,
};
use crate::{
    journal::Payload,
    vet::{self, Among, Batch, Past, Verdict, Writer, vet},
};
use automerge::ChangeHash;
use kith_shared::{
    bytes::{Array, Bytes},
    documents::{Document, DocumentId},
    domain::team::Member,
    ids::{DeviceId, QuarantineId, RecordId},
    limits,
    policy::{self, Refusal},
    sync::{Outcome, Push, Receipt, Seq},
    time::Moment,
};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashSet},
};

/// What was decided about one change.
#[derive(Debug)]
pub(super) enum Judged {
    /// It will be in the journal.
    Accepted(DocumentId, ChangeHash),
    /// It is in the journal.
    Duplicate(DocumentId, ChangeHash),
    /// It will not be.
    Refused(Refusal, Option<QuarantineId>),
    /// It cannot be decided yet.
    Need(Vec<ChangeHash>),
}

impl Judged {
    /// The change, if the journal has it from now on.
    pub(super) fn settled(&self) -> Option<(DocumentId, ChangeHash)> {
        match self {
            Self::Accepted(document, hash) | Self::Duplicate(document, hash) => {
                Some((*document, *hash))
            }
            Self::Refused(..) | Self::Need(_) => None,
        }
    }
}

/// What was decided about a push.
pub(super) struct Pushed {
    pub(super) decided: Decided,
    /// About each change, in the order of the request.
    pub(super) judged: Vec<Judged>,
    /// The records that are taken in, in the order of the request.
    pub(super) arrived: Vec<RecordId>,
}

/// Who hands in, and when.
#[derive(Clone, Copy)]
pub(super) struct Sender<'a> {
    pub(super) member: &'a Member,
    pub(super) device: DeviceId,
    pub(super) now: Moment,
}

/// Changes by document, and where each of them stands in the request.
pub(super) type ByDocument = BTreeMap<DocumentId, (Vec<usize>, Vec<Bytes>)>;

/// The first `most` changes that are handed in.
pub(super) fn by_document(push: &[Push], most: usize) -> ByDocument {
    let mut documents = ByDocument::new();
    let pushed = push
        .iter()
        .flat_map(|p| p.changes.iter().map(|c| (p.document, c)));
    for (at, (document, change)) in pushed.take(most).enumerate() {
        let (places, changes) = documents.entry(document).or_default();
        places.push(at);
        changes.push(change.clone());
    }
    documents
}

impl Team {
    /// Decides about what `sender` hands in.
    pub(super) fn decide_push(
        &self,
        sender: Sender<'_>,
        changes: ByDocument,
        mut ahead: Ahead,
        dice: Dice<'_>,
    ) -> Pushed {
        let Sender { member, now, .. } = sender;
        let mut decided = Decided::default();
        // Vetted by document, answered in the order of the request.
        let (mut judged, mut arrived) = (BTreeMap::new(), BTreeSet::new());
        for (document, (places, changes)) in changes {
            let batch = ahead.take(self, member, document, changes.len());
            let batch = batch.unwrap_or_else(|| self.vet(&decided, sender, document, &changes));
            let (mut came, mut refused) = (Vec::new(), BTreeSet::new());
            for ((verdict, bytes), place) in batch.verdicts.into_iter().zip(&changes).zip(places) {
                let answer = match verdict {
                    Verdict::Accepted(vetted) => {
                        decided.change(self, now, member.id, &vetted);
                        came.extend(vetted.record_ids().map(|record| (place, record)));
                        Judged::Accepted(document, vetted.hash())
                    }
                    Verdict::Duplicate(hash) => Judged::Duplicate(document, hash),
                    Verdict::Need(hashes) => {
                        let aside = |h: &ChangeHash| refused.contains(h) || self.quarantine.has(h);
                        if !hashes.is_empty() && hashes.iter().all(aside) {
                            // Its phone writes it again; should it not, it is not lost.
                            let why = Refusal::FollowsRefused;
                            self.put_aside(&mut decided, sender, document, bytes, why, dice);
                            refused.extend(vet::name(bytes));
                        }
                        Judged::Need(hashes)
                    }
                    Verdict::Refused(code) => {
                        let kept =
                            self.put_aside(&mut decided, sender, document, bytes, code, dice);
                        if code != Refusal::SequenceTaken {
                            refused.extend(vet::name(bytes));
                        }
                        Judged::Refused(code, kept)
                    }
                };
                judged.insert(place, answer);
            }
            if came.is_empty() {
                continue;
            }
            arrived.extend(came);
            decided.documents.insert(document, batch.document);
        }
        self.written_again(&mut decided, sender, &arrived);
        Pushed {
            decided,
            judged: judged.into_values().collect(),
            arrived: arrived.into_iter().map(|(_, record)| record).collect(),
        }
    }

    /// How many of these changes may be looked at now: those that its member has a ration for.
    pub(super) fn admits(&self, from: Sender<'_>, push: &[Push]) -> usize {
        let changes = push
            .iter()
            .flat_map(|p| p.changes.iter().map(|c| (p.document, c)));
        let at_most = |(document, change): (_, &Bytes)| (document, Room::of(change.0.len(), true));
        let admits = |changes: &mut dyn Iterator<Item = (DocumentId, Room)>| {
            self.rations.admits(from.member.id, from.now, changes)
        };
        // Nearly always there is room even if each were by a new author.
        let all = changes.clone().count();
        if admits(&mut changes.clone().map(at_most)) == all {
            return all;
        }
        let mut lives = HashSet::new();
        let mut exactly = changes.map(|(document, change)| {
            let archive = self.archives.get(&document);
            let known = |archive: &Archive| {
                vet::name(change).is_some_and(|name| archive.find(&name).is_some())
            };
            if archive.is_some_and(known) {
                return (document, Room::default());
            }
            let new = vet::author(change).is_some_and(|author| {
                self.is_new(document, author) && lives.insert((document, author))
            });
            (document, Room::of(change.0.len(), new))
        });
        admits(&mut exactly)
    }

    pub(super) fn vet(
        &self,
        decided: &Decided,
        from: Sender<'_>,
        id: DocumentId,
        changes: &[Bytes],
    ) -> Batch {
        let unbegun = || (!self.is_begun(decided, id)).then_some(Refusal::NotBegun);
        if let Some(code) = self.closed(id).or_else(unbegun) {
            return Batch {
                verdicts: vec![Verdict::Refused(code); changes.len()],
                document: Document::new(id),
            };
        }
        let others = decided.parts(self, id).into_iter();
        let others = others.filter(|other| *other != id && policy::may_write(from.member, id));
        let others: Vec<_> = others
            .filter_map(|other| match decided.documents.get(&other) {
                Some(document) => Some(Cow::Borrowed(document)),
                None => Some(self.archives.get(&other)?.read()),
            })
            .collect();
        let others: Vec<&Document> = others.iter().map(AsRef::as_ref).collect();
        let among = Among {
            others: &others,
            size: self.size(id),
            most: self.sizes.most,
        };
        let writer = Writer::Member {
            member: from.member,
            device: from.device,
            among,
        };
        vet(writer, &self.past(id), changes)
    }

    /// Why nobody writes in this document.
    pub(super) fn closed(&self, id: DocumentId) -> Option<Refusal> {
        let supported = |p| self.board.roster.people.contains_key(&p);
        if self.is_erased(id) {
            Some(Refusal::Erased)
        } else if id.person().is_none_or(supported) {
            None
        } else {
            // Nobody whom this team supports: there is no such document.
            Some(Refusal::OtherDocument)
        }
    }

    /// Whether there is this part of a document, or the one before it is long enough for another.
    pub(super) fn is_begun(&self, decided: &Decided, id: DocumentId) -> bool {
        let Some(before) = id.before().filter(|_| self.size(id).changes == 0) else {
            return true;
        };
        self.sizes.allow(id.part()) && decided.size(self, before).reaches(&self.sizes.rolls)
    }

    /// What came before, for vetting what may come next.
    pub(super) fn past(&self, id: DocumentId) -> Past<'_> {
        match self.archives.get(&id) {
            Some(archive) => archive.past(),
            None => Past {
                document: Cow::Owned(Document::new(id)),
                sequences: Cow::default(),
            },
        }
    }

    /// Keeps a refused change for its author and the manager, once and up to a limit.
    pub(super) fn put_aside(
        &self,
        to: &mut Decided,
        from: Sender<'_>,
        document: DocumentId,
        bytes: &Bytes,
        code: Refusal,
        dice: Dice<'_>,
    ) -> Option<QuarantineId> {
        // The phone writes the same again, in a new life or in another part: nothing to keep.
        let again = match code {
            Refusal::SequenceTaken | Refusal::NotBegun => true,
            Refusal::Full => document.next().is_some_and(|n| self.sizes.allow(n.part())),
            _ => false,
        };
        if again || bytes.0.len() > limits::CHANGE_BYTES {
            return None;
        }
        // Nothing about them is kept any more.
        if self.is_erased(document) {
            return None;
        }
        let aside = |(other, id): (&Bytes, QuarantineId)| (other == bytes).then_some(id);
        let before = self.quarantine.find(bytes);
        if let Some(id) = before.or_else(|| to.put_aside().find_map(aside)) {
            return Some(id);
        }
        let waiting = to.put_aside().map(|(bytes, _)| bytes.0.len());
        let more = waiting.chain([bytes.0.len()]);
        if !self.quarantine.has_room(from.member.id, more) {
            return None;
        }
        let quarantine = QuarantineId::new(from.now, dice());
        let refused = Payload::Refused {
            document,
            bytes: bytes.clone(),
            code,
            quarantine,
        };
        to.note(from.now, from.member.id, from.device, refused);
        Some(quarantine)
    }

    /// A change that has its place in the journal.
    pub(super) fn entry(&self, seq: Seq) -> Option<(DocumentId, &Held)> {
        let (_, document) = self.index.get(usize::try_from(seq.checked_sub(1)?).ok()?)?;
        let held = self.archives.get(&(*document)?)?.since(seq - 1).first()?;
        Some(((*document)?, held))
    }

    /// What the phone is told of a change that it handed in, once it was taken in.
    pub(super) fn outcome(&self, judged: Judged) -> Outcome {
        let receipt = |document, hash| {
            let archive = self.archives.get(&document)?;
            Some(self.receipt(document, archive.find(&hash)?))
        };
        match judged {
            Judged::Accepted(document, hash) => receipt(document, hash).map(Outcome::Accepted),
            Judged::Duplicate(document, hash) => receipt(document, hash).map(Outcome::Duplicate),
            Judged::Refused(code, quarantine) => Some(Outcome::Refused { code, quarantine }),
            Judged::Need(hashes) => Some(Outcome::Need(
                hashes.into_iter().map(|hash| Array(hash.0)).collect(),
            )),
        }
        // Whatever is settled is in its archive; were it not, nothing would have been decided.
        .unwrap_or(Outcome::Need(Vec::new()))
    }

    /// What the relay adds to a change that it has.
    pub(super) fn receipt(&self, document: DocumentId, held: &Held) -> Receipt {
        let proof = self.key.sign(&Claim {
            team: self.id,
            document,
            change: held.name(),
            member: held.member,
            received_at: held.received_at,
        });
        Receipt {
            seq: held.seq,
            received_at: held.received_at,
            member: held.member,
            proof,
        }
    }
}
