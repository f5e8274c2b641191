//! What a phone knows and decides, without doing any of it.
//!
//! [`Phone`] is a state machine: an act, a reply from the relay or a wake-up goes in, a [`Batch`]
//! to store in one transaction comes out. It never waits, reads no clock and rolls no dice.

mod act;
mod book;
mod forget;
mod heal;
mod held;
mod phone;
mod prove;
#[cfg(any(
    all(feature = "web", target_arch = "wasm32"),
    all(feature = "native", not(target_arch = "wasm32"))
))]
mod shell;
mod stored;
mod sync;

pub use book::Book;
pub use held::Held;
pub use phone::{Aside, Doubt, Draft, Found, Gone, Me, Outgoing, Phone, Standing, now_by};
#[cfg(any(
    all(feature = "web", target_arch = "wasm32"),
    all(feature = "native", not(target_arch = "wasm32"))
))]
pub use shell::{ActError, JoinError, Link, Shell};
pub use stored::{Outside, Unreadable};
pub use sync::{InFlight, Progress};
