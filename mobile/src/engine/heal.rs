//! Helping a relay that lost something: its journal was restored from an old backup.

use super::{Phone, sync::PUSH_BYTES};
use crate::platform::store::Batch;
use automerge::ChangeHash;
use kith_shared::{
    bytes::Array,
    limits,
    sync::{Given, Heal, Level},
};
use std::collections::BTreeSet;

/// Whether this phone is helping a relay that lost something. While it is, receipts without a
/// confirmed place say so in the store as well, so a phone that crashes goes on with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Healing {
    /// No.
    #[default]
    No,
    /// The relay's journal is not the one that I know: say what I have.
    Tell {
        /// How many changes the relay lacked when I last gave it some.
        lacked: Option<usize>,
    },
    /// The relay asked for these.
    Give(Vec<Array<8>>),
}

/// How many changes go back to a relay in one request, beside those that wait.
pub(super) const GIVE: usize = limits::CHANGES_PER_PUSH / 2;

impl Phone {
    /// What goes with the next request.
    pub(super) fn heal(&self) -> Option<Heal> {
        match &self.healing {
            Healing::No => None,
            Healing::Tell { .. } => {
                let have = self
                    .held
                    .values()
                    .flat_map(|h| h.accepted().map(short))
                    .collect();
                Some(Heal {
                    have,
                    give: Vec::new(),
                    knew: self.place.knew,
                })
            }
            Healing::Give(wanted) => {
                let wanted: BTreeSet<_> = wanted.iter().collect();
                let (mut give, mut bytes) = (Vec::new(), 0);
                for (document, held) in &self.held {
                    // In the order of the document, so that each follows what it depends on.
                    for change in held.vetted().changes() {
                        bytes += change.raw_bytes().len();
                        let room = bytes <= PUSH_BYTES && give.len() < GIVE;
                        if wanted.contains(&short(&change.hash()))
                            && room
                            && let Some(entry) = held.entry(&change.hash())
                        {
                            give.push(Given {
                                document: *document,
                                entry,
                            });
                        }
                    }
                }
                Some(Heal {
                    have: Vec::new(),
                    give,
                    knew: None,
                })
            }
        }
    }

    /// Goes on with what a crash interrupted.
    pub(super) fn heal_on(&mut self) {
        self.place.cursor = None;
        self.healing = Healing::Tell { lacked: None };
    }

    pub(super) fn start_healing(&mut self, batch: &mut Batch) {
        self.heal_on();
        self.doubt_all(batch);
    }

    fn doubt_all(&mut self, batch: &mut Batch) {
        let ids: Vec<_> = self.held.keys().copied().collect();
        for id in ids {
            self.hold(id).doubt();
            self.put_held(id, batch);
        }
    }

    /// What the reply means for healing.
    pub(super) fn heal_further(&mut self, level: &Level, lost: bool, batch: &mut Batch) {
        match std::mem::take(&mut self.healing) {
            Healing::No if lost => self.start_healing(batch),
            Healing::No => {}
            healing => match next(healing, level) {
                Some(next) => self.healing = next,
                None if level.more => self.healing = Healing::Tell { lacked: None },
                None => self.let_go_of_doubted(batch),
            },
        }
    }

    /// The reply does not fit on what I have. First the relay gets all that it lacks; then I let go
    /// of what is in doubt, and fetch the relay's own from the beginning.
    pub(super) fn heal_apart(&mut self, level: &Level, batch: &mut Batch) {
        match std::mem::take(&mut self.healing) {
            Healing::No => self.start_healing(batch),
            healing => {
                self.healing = next(healing, level).unwrap_or_else(|| {
                    self.let_go_of_doubted(batch);
                    Healing::Tell { lacked: None }
                });
                self.place.cursor = None;
                // A relay that was put back meanwhile has confirmed places in a past that is gone,
                // and what does not fit is let go of only while it is in doubt.
                self.doubt_all(batch);
            }
        }
    }

    /// The relay has all that it could take back. What it has no place for was forked off by a
    /// past that came back from a backup; the relay has written its records anew, and the changes
    /// that carried them go.
    fn let_go_of_doubted(&mut self, batch: &mut Batch) {
        let forked: Vec<_> = self
            .held
            .iter()
            .filter(|(_, h)| h.is_doubted())
            .map(|(id, _)| *id)
            .collect();
        for id in forked {
            self.hold(id).drop_doubted();
            self.put_held(id, batch);
            self.replay(id, batch);
        }
    }
}

/// The next stage, or `None` when the relay has all that it takes.
fn next(healing: Healing, level: &Level) -> Option<Healing> {
    match healing {
        Healing::No => None,
        Healing::Give(wanted) => Some(Healing::Tell {
            lacked: Some(wanted.len()),
        }),
        Healing::Tell { lacked } => {
            let less = lacked.is_none_or(|before| level.want.len() < before);
            let more = !level.want.is_empty() && less;
            more.then(|| Healing::Give(level.want.clone()))
        }
    }
}

fn short(hash: &ChangeHash) -> Array<8> {
    let mut eight = [0; 8];
    eight.copy_from_slice(&hash.0[..8]);
    Array(eight)
}
