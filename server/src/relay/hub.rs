//! Who listens for news of a team.

use super::Team;
use crate::journal::Entry;
use kith_shared::{domain::team::Role, ids::DeviceId, limits, sync::Seq};
use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::sync::watch;

/// The open streams of events of one team.
#[derive(Debug, Default)]
pub struct Hub {
    listeners: Mutex<Vec<Listener>>,
}

#[derive(Debug)]
struct Listener {
    device: DeviceId,
    /// Only the latest place counts: who was slow to read misses nothing by it.
    latest: watch::Sender<Seq>,
}

/// Whom news concern.
#[derive(Debug, Default)]
pub struct Concerns {
    /// Where the journal ends with them.
    seq: Seq,
    readers: BTreeSet<DeviceId>,
    revoked: BTreeSet<DeviceId>,
}

/// The device has [`limits::LISTENERS_PER_DEVICE`] streams open already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany;

impl Hub {
    fn listeners(&self) -> MutexGuard<'_, Vec<Listener>> {
        self.listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Listens from `now` on, until the receiver is dropped.
    pub fn listen(&self, device: DeviceId, now: Seq) -> Result<watch::Receiver<Seq>, TooMany> {
        let mut listeners = self.listeners();
        listeners.retain(|l| !l.latest.is_closed());
        if listeners.iter().filter(|l| l.device == device).count() >= limits::LISTENERS_PER_DEVICE {
            return Err(TooMany);
        }
        let (latest, receiver) = watch::channel(now);
        listeners.push(Listener { device, latest });
        Ok(receiver)
    }

    /// Whom it concerns that the team has gone on from `before` with these entries: those who may read
    /// a document that has something new, unless they wrote it, those who may read more or less than
    /// before, and where something was put aside, settled or doubted the managers, and whose it was.
    /// The streams of revoked devices end.
    pub fn concerns(&self, team: &Team, before: Seq, entries: &[Entry]) -> Concerns {
        let news = entries.iter();
        let news: Vec<_> = news
            .filter_map(|e| Some((e.document()?, e.device)))
            .collect();
        let looked_at = entries.iter().any(|e| e.payload.is_for_managers());
        let ended: Vec<_> = entries
            .iter()
            .filter_map(|e| team.author_of_ended(e))
            .collect();
        let mut concerns = Concerns {
            seq: team.end().seq,
            ..Concerns::default()
        };
        for Listener { device, .. } in self.listeners().iter() {
            let Some(member) = team.member_of(*device) else {
                continue;
            };
            let mut news = news.iter();
            if team.is_revoked(*device) {
                concerns.revoked.insert(*device);
            } else if news.any(|(d, by)| by != device && member.may_read(*d))
                || team.is_another_since(member.id, before)
                || looked_at && member.role == Role::Manager
                || ended.contains(&member.id)
            {
                concerns.readers.insert(*device);
            }
        }
        concerns
    }

    /// Says so, once it is durable.
    pub fn say(&self, concerns: &Concerns) {
        self.listeners().retain(|listener| {
            if concerns.readers.contains(&listener.device) {
                listener.latest.send_replace(concerns.seq);
            }
            !concerns.revoked.contains(&listener.device)
        });
    }

    /// These devices have something to ask for.
    pub fn tell(&self, devices: &[DeviceId], seq: Seq) {
        for listener in self.listeners().iter() {
            if devices.contains(&listener.device) {
                listener.latest.send_replace(seq);
            }
        }
    }

    /// How many listen.
    pub fn count(&self) -> usize {
        let mut listeners = self.listeners();
        listeners.retain(|l| !l.latest.is_closed());
        listeners.len()
    }
}
