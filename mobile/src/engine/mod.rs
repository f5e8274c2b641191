//! What a phone knows and decides, without doing any of it.
//!
//! [`Phone`] is a state machine: an act, a reply from the relay or a wake-up goes in, a [`Batch`]
//! to store in one transaction comes out. It never waits, reads no clock and rolls no dice.

mod book;
mod held;
mod phone;
mod sync;

pub use book::Book;
pub use held::Held;
pub use phone::{Aside, Draft, Me, Outgoing, Phone, Standing, Unreadable, now_by};
pub use sync::{InFlight, Progress};
