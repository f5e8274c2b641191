//! The Kith app: one crate for web, Android, iOS and desktop.
//!
//! Downhill: `screens` show what `view` works out from the documents that `engine` holds; `engine`
//! says what to store and what to send, and `platform` does it.
#![forbid(unsafe_code)]

pub mod engine;
pub mod platform;
pub mod view;
