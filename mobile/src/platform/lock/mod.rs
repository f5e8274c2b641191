//! Encryption at rest, and the app lock.
//!
//! Everything that the engine stores is sealed under one random *store key* ([`Sealed`]), its name
//! too. The store key lies beside it, wrapped by the *device key* ([`DeviceKey`]), which never leaves
//! the device; with a PIN set it is wrapped by that as well, so that neither the disk nor the PIN
//! opens anything alone. What has to be read before that is in a small [`Header`], in the clear.

mod back_off;
mod header;
mod key;
mod names;
mod pin;
mod sealed;
mod vault;

pub use back_off::BackOff;
pub use header::{Header, Lock};
pub use key::{Cost, Key};
pub use pin::Pin;
pub use sealed::Sealed;
pub use vault::{Opening, PinError, Vault, open};

use super::store::StoreError;
use zeroize::Zeroizing;

/// A key that stays on its device. Real ones: one of `WebCrypto` that scripts cannot read, a file
/// that is its owner's alone.
#[allow(async_fn_in_trait)] // Single-threaded by nature, as the store is.
pub trait DeviceKey {
    /// Seals a few bytes; makes the key when there is none.
    async fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, StoreError>;
    /// Opens what it sealed. [`StoreError::KeyGone`] when it did not, or is gone.
    async fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError>;
    /// Destroys it: what it sealed opens never more.
    async fn forget(&self) -> Result<(), StoreError>;
}
