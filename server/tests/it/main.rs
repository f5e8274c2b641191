//! The relay over HTTP: a real server on a free port, real stores, phones that speak to it.
#![allow(missing_docs, clippy::missing_panics_doc)]

mod backup;
mod calendar;
mod command;
mod cover;
mod erasing;
mod harness;
mod heal;
mod intents;
mod joining;
mod limits;
mod listening;
mod push;
mod push_service;
mod reading;
mod revoking;
mod roles;
mod roster;
mod secrets;
mod secure;
mod storing;
mod syncing;
mod tokens;
mod watch;
mod web;
