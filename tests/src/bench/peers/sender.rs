//! A client that hands in what a phone wrote before: it is the relay that is measured, as it is
//! the other servers and not who writes for them.

use super::{load::CHANGES, work::Writer};
use crate::process::Phone;
use anyhow::{Context, Result, bail, ensure};
use automerge::Change;
use kith_app::engine::Me;
use kith_shared::{
    bytes::Bytes,
    documents::Document,
    ids::PersonId,
    limits,
    sync::{Level, Outcome, Push, Seq, SyncRequest, TeamReply, TeamRequest},
};

/// As much of a phone as an exchange needs: where it stands, its document, what it wrote.
pub(super) struct Sender {
    phone: Phone,
    me: Me,
    /// Where it stands.
    place: TeamRequest,
    pub(super) document: Document,
    pub(super) changes: Vec<Bytes>,
    /// Its own entries of which it does not know yet that another has them.
    unseen: Vec<Seq>,
}

impl Sender {
    /// The phone's engine writes all notes; nothing of them is sent yet.
    pub(super) async fn new(phone: &Phone, person: PersonId) -> Result<Self> {
        let (me, place) = {
            let phone = phone.phone();
            let request = phone.request().context("it has joined")?.request;
            (phone.me().cloned().context("it has joined")?, request)
        };
        let mut writer = Writer::new(phone);
        let mut changes = Vec::new();
        for _ in 0..CHANGES {
            changes.push(writer.write_for_family(person).await?);
        }
        let (document, _) = changes.first().context("it wrote something")?;
        Ok(Self {
            phone: phone.clone(),
            me,
            place,
            document: Document::new(*document),
            changes: changes.into_iter().map(|(_, change)| change).collect(),
            unseen: Vec::new(),
        })
    }

    /// Hands everything in, so much at a time, each time after what came before is acknowledged.
    pub(super) async fn send(&mut self, at_once: usize) -> Result<()> {
        let changes = self.changes.clone();
        for some in changes.chunks(at_once) {
            let parsed = some.iter().map(|c| Change::from_bytes(c.0.clone()));
            let parsed = parsed.collect::<Result<Vec<_>, _>>()?;
            // As the clients of the other servers do.
            self.document.apply(parsed.clone())?;
            let request = TeamRequest {
                push: vec![Push {
                    document: self.document.id(),
                    changes: some.to_vec(),
                }],
                unseen: self.unseen.clone(),
                ..self.place.clone()
            };
            let request = SyncRequest::new(vec![request]);
            let relay = self.phone.relay();
            let (reply, _) = relay.sync(&self.me, &request, self.phone.now()).await?;
            let Some(TeamReply::Level(level)) = reply.teams.into_iter().next() else {
                bail!("the relay and the client are not level");
            };
            self.stand_at(&level, &parsed)?;
        }
        Ok(())
    }

    fn stand_at(&mut self, level: &Level, sent: &[Change]) -> Result<()> {
        self.unseen.retain(|seq| !level.seen.contains(seq));
        ensure!(level.outcomes.len() == sent.len(), "not all are answered");
        for (outcome, change) in level.outcomes.iter().zip(sent) {
            let Outcome::Accepted(receipt) = outcome else {
                bail!("a change was not accepted: {outcome:?}");
            };
            self.place.digest.toggle(&change.hash());
            self.unseen.push(receipt.seq);
        }
        let over = self.unseen.len().saturating_sub(limits::UNSEEN_PER_REQUEST);
        self.unseen.drain(..over);
        for entry in level.news.iter().flat_map(|news| &news.entries) {
            let change = Change::from_bytes(entry.change.0.clone())?;
            self.place.digest.toggle(&change.hash());
        }
        self.place.cursor = Some(level.cursor.into());
        Ok(())
    }
}
