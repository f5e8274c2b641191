//! The screens: one file each, or a folder where one is large.

pub mod amend_times;
pub mod availability;
pub mod clock_in;
pub mod decisions;
pub mod family;
pub mod hours;
pub mod join;
pub mod manager;
pub mod me;
pub mod my_people;
pub mod not_found;
pub mod note;
pub mod people;
pub mod person;
pub mod plan;
pub mod records;
pub mod root;
pub mod rota;
pub mod shift;
pub mod start;
pub mod timeline;
pub mod today;
pub mod visit;
pub mod waiting;
