//! What of a sealed store is read before it is opened.

use super::{BackOff, Cost};
use crate::platform::store::StoreError;
use kith_shared::bytes::{Array, Bytes};
use serde::{Deserialize, Serialize};

/// Its name in the store below.
pub(super) const HEADER: &str = "clear/lock";
const VERSION: u8 = 1;

/// The wrapped key of a store, and its lock. In the clear: who can write to the disk can change it,
/// and gains no more by it than by guessing PINs with a program of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    version: u8,
    /// Which store this is: another one was begun when it is not the same.
    pub id: Array<8>,
    /// The store key, under the PIN if there is one, and all that under the device key.
    pub key: Bytes,
    /// The lock, when a PIN is set.
    pub lock: Option<Lock>,
}

/// A lock with a PIN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// Random, for Argon2id.
    pub salt: Array<16>,
    /// What the PIN costs.
    pub cost: Cost,
    /// How many digits the PIN has, so that the pad knows the last one. Who guesses would try the
    /// shorter ones first, and they are together a ninth of these.
    pub digits: u8,
    /// After how many minutes without a touch the app locks itself.
    pub after: u16,
    /// The tries since the last right PIN.
    pub back_off: BackOff,
}

impl Header {
    pub(super) fn new(id: Array<8>, key: Vec<u8>) -> Self {
        Self {
            version: VERSION,
            id,
            key: Bytes(key),
            lock: None,
        }
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, StoreError> {
        let header: Self = serde_json::from_slice(bytes)
            .map_err(|e| StoreError::Damaged(format!("its header: {e}")))?;
        if header.version == VERSION {
            Ok(header)
        } else {
            Err(StoreError::Damaged(format!(
                "its header is of version {}",
                header.version
            )))
        }
    }

    pub(super) fn write(&self) -> Vec<u8> {
        // Plain data into memory cannot fail.
        serde_json::to_vec(self).unwrap_or_default()
    }
}
