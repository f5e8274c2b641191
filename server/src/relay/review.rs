//! A manager looks at what was refused and is kept, and lets it in or leaves it out. What is settled
//! stays settled, and its author is told.

use super::{
    Dice, Done, cover::Arrived, fold::Team, push::Sender, quarantine::Kept, scribe::Decided,
};
use crate::{
    journal::{Entry, Payload},
    problem::Problem,
    vet::{self, Vetted},
};
use kith_shared::{
    api::ProblemCode,
    aside::{self, End, Page, Review, Says},
    documents::{Author, Document},
    domain::team::{Member, Role},
    ids::{DeviceId, MemberId, QuarantineId, RecordId},
    limits,
    policy::Refusal,
    sync::{Look, Settled},
    time::Moment,
};
use std::collections::BTreeSet;

impl Team {
    /// What is kept and not settled, after this one and so many at most, for the manager whose
    /// device this is.
    pub fn kept_aside(
        &self,
        device: DeviceId,
        after: Option<QuarantineId>,
        most: usize,
    ) -> Result<Page, Problem> {
        self.reviewer(device)?;
        let mut open = self.quarantine.open().peekable();
        if let Some(after) = after {
            // What was settled meanwhile has its place still.
            let place = |id| self.quarantine.place(id);
            while open
                .next_if(|kept| place(kept.id) <= place(after))
                .is_some()
            {}
        }
        let most = most.min(limits::QUARANTINE_PER_PAGE);
        let mut bytes = 0;
        let mut page = Vec::new();
        while page.len() < most
            && let Some(kept) = open.next_if(|kept| {
                bytes += kept.bytes.0.len();
                page.is_empty() || bytes <= limits::REPLY_BYTES
            })
        {
            page.push(self.as_words(kept));
        }
        Ok(Page {
            open: self.quarantine.open().count(),
            kept: page,
            more: open.peek().is_some(),
        })
    }

    fn as_words(&self, kept: &Kept) -> aside::Kept {
        let author = Author {
            device: self.relay_device(),
            life: 0,
        };
        let mut scratch = self.document(kept.document);
        aside::Kept {
            quarantine: kept.id,
            document: kept.document,
            member: kept.member,
            received_at: kept.received_at,
            code: kept.code,
            records: vet::kept(kept.document, &kept.bytes),
            bar: self.anew(kept, &mut scratch, author).err(),
        }
    }

    /// What waits for a look, where this is a manager: on this device, since it knows what it showed
    /// itself.
    pub(super) fn to_look_at(&self, me: &Member, device: DeviceId) -> Look {
        if me.role != Role::Manager {
            return Look::default();
        }
        let first = self.doubted().filter(|first| first.device != device);
        Look {
            aside: u32::try_from(self.quarantine.open().count()).unwrap_or(u32::MAX),
            doubted: first.map(|first| first.at),
        }
    }

    /// Whose it was that a manager has settled.
    pub(super) fn author_of_ended(&self, entry: &Entry) -> Option<MemberId> {
        match entry.payload {
            Payload::Released { quarantine } | Payload::Dismissed { quarantine, .. } => {
                Some(self.quarantine.get(quarantine)?.member)
            }
            _ => None,
        }
    }

    /// There is something to look at, by the doing of `by`.
    pub(super) fn wake_managers(&mut self, by: MemberId) {
        let managers = self.roster().present();
        let managers = managers.filter(|m| m.role == Role::Manager && m.id != by);
        let managers: Vec<_> = managers.map(|m| m.id).collect();
        self.wake(managers);
    }

    /// What `kept` says, written anew.
    fn anew(
        &self,
        kept: &Kept,
        document: &mut Document,
        author: Author,
    ) -> Result<Vec<Vetted>, Refusal> {
        if let Some(code) = self.closed(kept.document) {
            return Err(code);
        }
        if !self.is_begun(&Decided::default(), kept.document) {
            return Err(Refusal::NotBegun);
        }
        let others = self.archives.range(kept.document.parts());
        let others = others.filter(|(id, _)| **id != kept.document);
        let others: Vec<_> = others.map(|(_, archive)| archive.read()).collect();
        let others: Vec<&Document> = others.iter().map(AsRef::as_ref).collect();
        let member = self.roster().members.get(&kept.member);
        // They may have left since; what they wrote while they were here is what is looked at.
        let member = Member {
            left: None,
            ..member.cloned().ok_or(Refusal::NotYou)?
        };
        vet::let_in(document, &others, author, &member, &kept.bytes)
    }

    /// A manager says, with this device, what becomes of something that is kept. Where somebody has
    /// said so before, that stands.
    pub fn review(
        &mut self,
        device: DeviceId,
        review: &Review,
        now: Moment,
        dice: Dice<'_>,
    ) -> Result<Done<End>, Problem> {
        let by = self.reviewer(device)?.id;
        let kept = self.quarantine.get(review.quarantine).ok_or_else(|| {
            let help = "Look at the list again: this is not kept here, or its person was erased.";
            Problem::new(ProblemCode::NotFound, help)
        })?;
        if let Some(end) = kept.end.clone() {
            return Ok(Done {
                entries: Vec::new(),
                reply: end,
            });
        }
        let kept = kept.clone();
        let entries = match &review.says {
            Says::LetIn => self.release(&kept, (by, device), now, dice)?,
            Says::LeaveOut { reason } => {
                let reason = given(reason)?;
                let mut decided = Decided::default();
                let dismissed = Payload::dismissed(kept.document, kept.id, reason.to_owned());
                decided.note(now, by, device, dismissed);
                self.enact(decided)
            }
        };
        let end = self.quarantine.get(kept.id).and_then(|k| k.end.clone());
        Ok(Done {
            entries,
            reply: end.ok_or_else(Problem::internal)?,
        })
    }

    fn release(
        &mut self,
        kept: &Kept,
        (by, device): (MemberId, DeviceId),
        now: Moment,
        dice: Dice<'_>,
    ) -> Result<Vec<Entry>, Problem> {
        let mut decided = Decided::default();
        let author = Author {
            device: decided.scribe_for(self, now, dice),
            life: 0,
        };
        let mut document = self.document(kept.document);
        let written = self.anew(kept, &mut document, author).map_err(|refusal| {
            let help = format!(
                "It cannot be let in: {refusal}. Leave it out with a reason, and ask who wrote it \
                 to write it again."
            );
            Problem::new(ProblemCode::NotAllowed, help)
        })?;
        let mut records = Vec::new();
        for vetted in &written {
            decided.change(self, now, kept.member, vetted);
            records.extend(vetted.record_ids());
        }
        let mut documents = BTreeSet::new();
        if !written.is_empty() {
            decided.documents.insert(kept.document, document);
            decided.anew.insert(kept.document);
            documents.insert(kept.document);
        }
        let quarantine = kept.id;
        decided.note(now, by, device, Payload::Released { quarantine });
        let mut entries = self.enact(decided);
        let arrived = Arrived {
            documents,
            records: &records,
            by: None,
        };
        entries.extend(self.settle(arrived, now, dice));
        Ok(entries)
    }

    /// What `from` wrote again is not to be looked at any more.
    pub(super) fn written_again(
        &self,
        to: &mut Decided,
        from: Sender<'_>,
        arrived: &BTreeSet<(usize, RecordId)>,
    ) {
        let arrived: BTreeSet<_> = arrived.iter().map(|(_, record)| *record).collect();
        let kept = arrived.iter().flat_map(|r| self.quarantine.telling(*r));
        let again: BTreeSet<_> = kept
            .filter(|kept| kept.end.is_none() && kept.member == from.member.id)
            .filter(|kept| kept.records.is_subset(&arrived))
            .map(|kept| kept.id)
            .collect();
        for quarantine in again {
            let again = Payload::WrittenAgain { quarantine };
            to.note(from.now, from.member.id, from.device, again);
        }
    }

    /// Which of these records, that their author's phone put aside, are settled, and how.
    pub(super) fn settled(&self, me: &Member, asked: &[RecordId]) -> Vec<Settled> {
        let end = |record: &RecordId| {
            let mut kept = self.quarantine.telling(*record);
            let end = kept.find_map(|k| k.end.clone().filter(|_| k.member == me.id));
            end.map(|end| Settled {
                record: *record,
                end,
            })
        };
        asked.iter().filter_map(end).collect()
    }

    fn reviewer(&self, device: DeviceId) -> Result<&Member, Problem> {
        let me = self.acting(device)?;
        if me.role == Role::Manager {
            return Ok(me);
        }
        let help = "A manager looks at what was put aside.";
        Err(Problem::new(ProblemCode::NotAllowed, help))
    }
}

/// A reason that says something.
fn given(reason: &str) -> Result<&str, Problem> {
    let (reason, most) = (reason.trim(), limits::TEXT_CHARS);
    if !reason.is_empty() && reason.chars().count() <= most {
        return Ok(reason);
    }
    let help = format!("Say why, in 1 to {most} characters: who wrote it reads that.");
    Err(Problem::new(ProblemCode::Malformed, help))
}
