//! What screens are made of. Markup and classes are those of the gallery in `assets`.

mod bar;
mod dialog;
mod faces;
mod frame;
mod icon;
mod messages;
mod pad;
mod status;
mod story;

pub use bar::Bar;
pub use dialog::Sheet;
pub use faces::{face, nobody, who};
pub use frame::{Screen, TopStyle};
pub use icon::{brand, icon, icon_with};
pub use messages::{Toast, TroubleNow, UpdateNow, empty};
pub use pad::Pad;
pub use status::{SentSheet, StatusButton, Strip, status_line_row};
pub use story::{
    MissedEntry, StoryDay, VisitEntry, audience, before, day_heading, kind_mark, mark_sign, marks,
    note_card, says, standing, times, trace,
};
