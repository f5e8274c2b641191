//! Refused changes that are kept.

use kith_shared::{
    bytes::Bytes,
    ids::{DeviceId, QuarantineId},
    limits,
};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap};

/// What was refused and is kept, each once.
#[derive(Debug, Clone, Default)]
pub struct Quarantine {
    kept: HashMap<[u8; 32], QuarantineId>,
    by_device: BTreeMap<DeviceId, usize>,
}

impl Quarantine {
    /// Where these bytes are kept, if they are.
    pub fn find(&self, bytes: &Bytes) -> Option<QuarantineId> {
        self.kept.get(&name(bytes)).copied()
    }

    /// Whether what `device` sent, `waiting` of which were put aside just now, is kept as well.
    pub fn has_room(&self, device: DeviceId, waiting: usize) -> bool {
        let kept = self.by_device.get(&device).copied().unwrap_or(0);
        kept + waiting < limits::QUARANTINE_PER_DEVICE
    }

    /// Takes in what the journal has.
    pub fn put(&mut self, device: DeviceId, bytes: &Bytes, id: QuarantineId) {
        if self.kept.insert(name(bytes), id).is_none() {
            *self.by_device.entry(device).or_default() += 1;
        }
    }
}

fn name(bytes: &Bytes) -> [u8; 32] {
    Sha256::digest(&bytes.0).into()
}
