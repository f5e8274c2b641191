//! Who asks: tokens, the keys of devices, the relay's own keys.

mod challenge;
mod credential;
mod keys;
mod token;
mod vapid;

pub use challenge::Signed;
pub use keys::Keys;
pub use token::{Admin, Bearer, Challenged};
pub use vapid::VapidKey;

#[cfg(test)]
mod tests;
