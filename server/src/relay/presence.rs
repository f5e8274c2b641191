//! Who has seen what, and who was seen when: how far each device has stored the journal, as its
//! requests say. Kept in memory only; after a restart it is known again as soon as the devices ask.

use kith_shared::{
    ids::{DeviceId, MemberId},
    limits,
    sync::Seq,
    time::Moment,
};
use std::collections::{BTreeMap, BTreeSet};

/// What devices said of themselves.
#[derive(Debug, Clone, Default)]
pub struct Presence {
    devices: BTreeMap<DeviceId, Seen>,
    met: BTreeMap<MemberId, Moment>,
}

#[derive(Debug, Clone)]
struct Seen {
    member: MemberId,
    /// Stored up to here.
    up_to: Seq,
    /// Its own entries of which it wants to know whether the team has seen them.
    waiting: BTreeSet<Seq>,
}

impl Presence {
    /// A device of this member is in touch, by the relay's clock.
    pub fn meet(&mut self, member: MemberId, now: Moment) {
        self.met.insert(member, now);
    }

    /// When a device of this member was last in touch; unknown when it was in another run.
    pub fn met(&self, member: MemberId) -> Option<Moment> {
        self.met.get(&member).copied()
    }

    /// A device has stored the journal up to `seq`.
    pub fn stored(&mut self, device: DeviceId, member: MemberId, seq: Seq) {
        let seen = self.devices.entry(device).or_insert(Seen {
            member,
            up_to: 0,
            waiting: BTreeSet::new(),
        });
        // A device whose store was restored from a backup has gone back.
        seen.up_to = seq;
    }

    /// A device waits for these to be seen, and for none that it asked for before.
    pub fn wait(&mut self, device: DeviceId, entries: impl IntoIterator<Item = Seq>) {
        if let Some(seen) = self.devices.get_mut(&device) {
            seen.waiting = entries.into_iter().collect();
            while seen.waiting.len() > limits::UNSEEN_PER_REQUEST {
                seen.waiting.pop_first();
            }
        }
    }

    /// The devices of members other than `author` that have stored the entry.
    pub fn who_has(&self, seq: Seq, author: MemberId) -> impl Iterator<Item = MemberId> {
        let others = self.devices.values().filter(move |d| d.member != author);
        others.filter(move |d| d.up_to >= seq).map(|d| d.member)
    }

    /// The entries for which `device` waits.
    pub fn waiting(&self, device: DeviceId) -> impl Iterator<Item = Seq> {
        let seen = self.devices.get(&device);
        seen.into_iter().flat_map(|d| d.waiting.iter().copied())
    }

    /// All devices that are known, and whose they are.
    pub fn devices(&self) -> impl Iterator<Item = (DeviceId, MemberId)> {
        self.devices.iter().map(|(id, seen)| (*id, seen.member))
    }

    /// `device` was told of this one.
    pub fn told(&mut self, device: DeviceId, seq: Seq) {
        if let Some(seen) = self.devices.get_mut(&device) {
            seen.waiting.remove(&seq);
        }
    }
}
