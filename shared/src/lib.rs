//! What phones and relay share: the words of the field, the documents, who may read and write
//! them, and the messages between them.
//!
//! Nothing here does I/O, reads a clock or rolls dice: the time and the randomness are passed in,
//! so a phone predicts what the relay will decide with the very function that decides it, and a
//! simulation replays both from one seed.
#![forbid(unsafe_code)]

pub mod api;
pub mod aside;
pub mod bytes;
pub mod documents;
pub mod domain;
pub mod ids;
pub mod intent;
pub mod limits;
pub mod policy;
pub mod sync;
pub mod time;
