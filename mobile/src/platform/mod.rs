//! What the engine's shell needs of the world: a store, a relay to talk to, a clock and dice.
//!
//! One of the two worlds is chosen when the crate is built: `web` in a browser, `native` for
//! Android, iOS, desktop and for programs that act as a phone.

pub mod http;
pub mod lock;
pub mod store;
pub mod store_memory;

#[cfg(all(feature = "web", target_arch = "wasm32"))]
mod web;
#[cfg(all(feature = "web", target_arch = "wasm32"))]
pub use web::*;

#[cfg(all(feature = "native", not(target_arch = "wasm32")))]
mod native;
#[cfg(all(feature = "native", not(target_arch = "wasm32")))]
pub use native::*;

use kith_shared::{api::Joined, bytes::Array};

/// The phone's own store, sealed.
#[cfg(any(
    all(feature = "web", target_arch = "wasm32"),
    all(feature = "native", not(target_arch = "wasm32"))
))]
pub type PhoneStore = lock::Sealed<LocalStore, LocalKey>;
/// The phone's own store, closed.
#[cfg(any(
    all(feature = "web", target_arch = "wasm32"),
    all(feature = "native", not(target_arch = "wasm32"))
))]
pub type PhoneVault = lock::Vault<LocalStore, LocalKey>;

/// 128 bits from the operating system's dice. A device without them cannot make keys: there is
/// nothing sensible left to do.
pub fn dice() -> u128 {
    u128::from_le_bytes(random())
}

/// Random bytes from the operating system.
///
/// # Panics
/// On a device without a source of randomness.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("this device has no source of randomness");
    bytes
}

/// The public key of a device whose seed is this.
pub fn public_key(seed: &Array<32>) -> Array<32> {
    Array(
        ed25519_dalek::SigningKey::from_bytes(&seed.0)
            .verifying_key()
            .to_bytes(),
    )
}

/// A header that renews the token on the way: the signed challenge.
fn renewal(seed: &Array<32>, joined: &Joined) -> String {
    use ed25519_dalek::Signer;
    let challenge = &joined.pass.challenge;
    let key = ed25519_dalek::SigningKey::from_bytes(&seed.0);
    let signature = key.sign(&kith_shared::api::to_sign(challenge));
    format!(
        "{challenge}.{}",
        kith_shared::bytes::to_base64(&signature.to_bytes())
    )
}
