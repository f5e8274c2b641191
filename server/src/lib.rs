//! The relay: it orders, checks, keeps and passes on what the phones of a team write.
//!
//! `routes` are the HTTP interface, `auth` says who asks, `vet` judges changes, `relay` is the
//! core that folds a team from its journal, `journal` keeps what is true, `vault` has the keys
//! that seal it, `backup` copies it and puts it back, `push` wakes phones.
#![forbid(unsafe_code)]

pub mod auth;
pub mod backup;
pub mod calendar;
pub mod cli;
pub mod config;
pub mod export;
pub mod journal;
pub mod metrics;
pub mod problem;
pub mod push;
pub mod relay;
pub mod retention;
pub mod routes;
pub mod server;
pub mod step;
pub mod vault;
pub mod vet;
