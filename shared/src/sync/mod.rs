//! The one exchange between phone and relay: `POST /v1/sync`.

mod bounded;
pub mod chain;
mod digest;
mod message;
pub mod pack;
mod wire;

pub use digest::{Digest, Proof, change_digest};
pub use message::*;
pub use pack::Known;
pub use wire::{BINARY, Form, Message, NotAMessage, PACKED, WIRE_VERSION};
