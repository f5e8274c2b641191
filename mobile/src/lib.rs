//! The Kith app: one crate for web, Android, iOS and desktop.
//!
//! Downhill: `screens` show what `view` works out from the documents that `engine` holds, with
//! `components` and in the words of `i18n`; `engine` says what to store and what to send, and
//! `platform` does it.
#![forbid(unsafe_code)]

#[cfg(feature = "ui")]
#[macro_use]
mod words;

#[cfg(feature = "ui")]
pub mod components;
pub mod engine;
#[cfg(feature = "i18n")]
pub mod i18n;
#[cfg(feature = "ui")]
pub mod page;
pub mod platform;
#[cfg(feature = "ui")]
pub mod route;
#[cfg(feature = "ui")]
pub mod screens;
#[cfg(feature = "ui")]
pub mod state;
pub mod view;
