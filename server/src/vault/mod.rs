//! The vault: which keys the records on the relay's disk are sealed with, and who may open them.
//!
//! Each person has a key, and each team has one ([`Ring`]). Those keys are wrapped by one *root*,
//! and the root alone is sealed by the operator's *master key* ([`Master`]), in a small file with
//! two places ([`KeyFile`]). So a new master key means one small write, and a key is destroyed by
//! leaving it out when all others get a new root: a log-structured store never overwrites a wrapped
//! key, but nothing opens what is left of it once the old root is gone.

mod file;
mod key;
mod master;
mod ring;

pub use file::{KeyFile, KeyFileError, NewMaster};
pub use key::{Key, OVERHEAD};
pub use master::{Master, NoMaster, Source};
pub use ring::{NoKey, Owner, Ring, Row};
