//! Wrapping all keys anew.
//!
//! In this order, so that a crash between any two leaves one root whole with all keys under it: the
//! keys under the new root reach the disk, then the new root, then the old root is overwritten. From
//! there on what sled's log still has of the keys under the old root is of no use to anyone.

use super::{
    super::{AppendError, CannotRenew, Renewal},
    KEY, SledJournal, insert_key,
};
use crate::vault::{Key, KeyFile, KeyFileError, Ring};
use sled::{Batch, Db};
use std::sync::{PoisonError, atomic::Ordering};

/// How far a renewal has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The keys under the new root are on disk.
    Keys,
    /// So is the new root, beside the old one.
    Root,
    /// The old root is gone.
    Settled,
}

impl Step {
    /// As tests call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Keys => "renewed-keys",
            Self::Root => "renewed-root",
            Self::Settled => "renewed-settled",
        }
    }
}

impl SledJournal {
    /// Wraps all keys anew, and says after each step that it is done.
    pub(super) fn renew_watched(
        &self,
        renewal: Renewal,
        mut done: impl FnMut(Step),
    ) -> Result<(), CannotRenew> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody adds a key meanwhile.
        let _ends = self.ends();
        if self.in_doubt.load(Ordering::SeqCst) {
            return Err(AppendError::Store(super::IN_DOUBT.into()).into());
        }
        let master = keys.next_master(renewal.master);
        let (master, root) = (master.map_err(KeyFileError::from)?, Key::fresh());
        let ring = {
            let old = self.ring.read().unwrap_or_else(PoisonError::into_inner);
            old.under(root.clone(), renewal.erase)
        };
        let mut batch = Batch::default();
        ring.rows().for_each(|row| insert_key(&mut batch, &row));
        let written = self.db.apply_batch(batch);
        written.map_err(|e| self.doubt(AppendError::Store(e.to_string())))?;
        let ticket = self.written.fetch_add(1, Ordering::SeqCst) + 1;
        self.sync(ticket)?;
        done(Step::Keys);
        let next = keys.write_next(root, master);
        let next = next.map_err(|e| self.doubt(e))?;
        done(Step::Root);
        next.settle().map_err(|e| self.doubt(e))?;
        done(Step::Settled);
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = ring;
        // What stays of them is of no use, and goes when the store is opened at the latest.
        let removed = remove_others(&self.db, &next);
        *keys = next;
        removed.map_err(|e| self.doubt(AppendError::Store(e.to_string())).into())
    }

    /// Which root is on disk is unknown from here on: no key may be added under either.
    fn doubt<E>(&self, error: E) -> E {
        self.in_doubt.store(true, Ordering::SeqCst);
        error
    }
}

/// Removes what is wrapped by other roots than this.
pub(super) fn remove_others(db: &Db, keys: &KeyFile) -> Result<(), sled::Error> {
    let own = [&[KEY], Ring::prefix(keys.root()).as_slice()].concat();
    let mut batch = Batch::default();
    for key in db.scan_prefix([KEY]).keys() {
        let key = key?;
        if !key.starts_with(&own) {
            batch.remove(key);
        }
    }
    db.apply_batch(batch)
}
