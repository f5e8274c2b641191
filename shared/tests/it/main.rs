//! What phones and relay rely on, rule by rule. One binary, so that it links once.

mod aside;
mod availability;
mod board;
mod circle;
mod codes;
mod cover;
mod hostile;
mod hours;
mod limits;
mod marks;
mod notes;
mod parts;
mod plan;
mod plan_changes;
mod policy;
mod replicas;
mod roles;
mod shape;
mod support;
mod views;
mod visits;
mod watch;
mod wire;
mod working_time;
mod working_time_averages;
mod working_time_plans;
