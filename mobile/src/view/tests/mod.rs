//! Each view is drawn as text and compared with what a colleague would expect to read, over
//! phones that joined, received and acted as real ones do.

mod away;
mod coming;
mod cover;
mod decisions;
mod draw;
mod hands;
mod hours;
mod names;
mod news;
mod note;
mod people;
mod records;
mod rota;
mod timeline;
mod today;
mod waiting;
mod world;
