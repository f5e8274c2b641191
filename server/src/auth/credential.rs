//! What a device keeps so that a relay which lost it lets it in again.

use super::{Keys, keys::mac};
use crate::{problem::Problem, relay::Credential};
use hmac::Mac as _;
use kith_shared::{api::ProblemCode, bytes::Bytes};

const MARK: usize = 16;

impl Keys {
    /// A credential under the relay's mark.
    pub fn seal(&self, credential: &Credential) -> Bytes {
        // Plain data into memory.
        let mut bytes = rmp_serde::to_vec(credential).unwrap_or_default();
        let mark = mac(&self.seal, &bytes).finalize().into_bytes();
        bytes.extend_from_slice(&mark[..MARK]);
        Bytes(bytes)
    }

    /// The credential that this relay once sealed.
    pub fn unseal(&self, sealed: &Bytes) -> Result<Credential, Problem> {
        let open = || {
            let (bytes, mark) = sealed
                .0
                .split_at_checked(sealed.0.len().checked_sub(MARK)?)?;
            mac(&self.seal, bytes).verify_truncated_left(mark).ok()?;
            rmp_serde::from_slice(bytes).ok()
        };
        open().ok_or_else(|| {
            Problem::new(
                ProblemCode::NotAuthorised,
                "This is no credential of this relay. Join again with a new invitation.",
            )
        })
    }
}
