//! Planning the rota: shifts that stand alone or repeat, changes of what is planned, and the
//! records that say so.
//!
//! What is planned is planned by the wall clock: a night from 22:00 to 06:00 stays that on the
//! nights on which the clocks change, and lasts seven hours or nine.

mod change;
mod fit;
mod series;

pub use change::{As, Change, Scope, about, base, cancel_all, change, drafts, plan, publish, same};
pub use fit::{fits, is_taken};
pub use series::{Clock, Days, Hours, Pattern, PlanError, Work, shifts};

use super::{cover::ShiftRef, shift::Shift};

fn place(shift: &Shift) -> ShiftRef {
    ShiftRef {
        person: shift.person,
        month: shift.start.month(),
        shift: shift.shift,
    }
}
