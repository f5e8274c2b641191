//! What leaves the relay for people to keep: everything about one person, and who recorded what
//! when.
//!
//! Pure: documents and entries in, texts out.

mod about;
mod audit;
mod html;
mod trail;
mod words;

pub use about::{About, about};
pub use audit::{LATE, csv_of};
pub use html::page;
pub use trail::{Trail, TrailError};
