//! Cover: scenes that read like stories, and what holds for any set of records.

mod arbitrary;
mod asks;
mod cast;
mod decisions;
mod offers;
mod people;
mod plans;
mod problems;
mod replicas;
mod silent;
mod sound;
mod stage;
mod swaps;
mod tell;
