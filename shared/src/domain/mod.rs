//! The field in types: who is in a team, what is planned, what happened and what was noted.

pub mod availability;
pub mod cover;
pub mod hours;
pub mod note;
pub mod plan;
pub mod profile;
pub mod shift;
pub mod team;
pub mod visit;
pub mod working_time;
