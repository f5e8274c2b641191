//! Each view is drawn as text and compared with what a colleague would expect to read, over
//! phones that joined, received and acted as real ones do.

mod alerts;
mod aside;
mod availability;
mod away;
mod coming;
mod cover;
mod coverage;
mod decisions;
mod draw;
mod fairness;
mod hands;
mod hours;
mod month;
mod my_people;
mod names;
mod news;
mod note;
mod parts;
mod people;
mod plan;
mod records;
mod rota;
mod rota_signs;
mod silent;
mod team;
mod timeline;
mod today;
mod waiting;
mod whole;
mod world;
