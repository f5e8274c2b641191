//! N phones and a relay in memory, under everything that can go wrong between them.
//!
//! One seed is one schedule: of acts, of messages lost, doubled, late and out of order, of crashes
//! between any two steps, of clocks that are days off, of phones and relays restored from old
//! backups. What runs here is the phones' engine and the relay's core, nothing that stands in for
//! them; only the network, the stores and the clocks are the simulation's.

mod check;
mod cover;
pub mod hostile;
mod people;
mod relay;
mod responsible;
mod stats;
mod world;

pub use stats::Stats;
pub use world::{Failure, Scene, run};
