//! What tests need and no product does: a world in memory with many phones and a relay, people
//! to fill it with, and a relay process to torment.
#![forbid(unsafe_code)]

pub mod bench;
pub mod crash;
pub mod demo;
pub mod hostile;
pub mod process;
pub mod sim;
