//! What screens show, worked out from the book: pure, and testable without a screen.
//!
//! Each file answers the question of one screen: functions of what the phone knows and of now,
//! which return ids, names, times and enums. Words are the screens' part: nothing here is in any
//! language. All are total: a shift, visit or person that is not known makes a smaller answer.

pub mod aside;
pub mod availability;
pub mod colleagues;
pub mod coming;
pub mod cover;
pub mod coverage;
pub mod decisions;
pub mod face;
pub mod fairness;
pub mod hours;
mod log;
pub mod month;
pub mod my_people;
pub mod note;
pub mod notes;
pub mod people;
pub mod plan;
pub mod records;
pub mod rota;
pub mod shift;
pub mod story;
pub mod team;
pub mod timeline;
pub mod today;
pub mod trace;
pub mod waiting;
pub mod when;
pub mod whole;

#[cfg(test)]
mod tests;

use crate::engine::Phone;
use kith_shared::{domain::team::Role, ids::MemberId};

/// Who looks at the screen.
fn me(phone: &Phone) -> Option<MemberId> {
    phone.me().map(|me| me.joined.member)
}

/// In which role.
fn role(phone: &Phone) -> Option<Role> {
    phone.me().map(|me| me.joined.role)
}
