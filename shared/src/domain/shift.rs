//! Shifts: what is planned.

use crate::{
    ids::{MemberId, PersonId, RecordId, ShiftId},
    time::{Moment, Span},
};
use serde::{Deserialize, Serialize};

/// What kind of work a shift is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShiftKind {
    /// Awake and working, by day or evening.
    Day,
    /// Asleep at the person's home, there if needed.
    SleepIn,
    /// Awake through the night.
    WakingNight,
}

/// A planned shift as one record of the rota has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Which shift; the same over all its changes.
    pub shift: ShiftId,
    /// With whom.
    pub person: PersonId,
    /// When it begins.
    pub start: Moment,
    /// When it ends.
    pub end: Moment,
    /// Who holds it: one PA, two for a double-up, none when it is open.
    pub pas: Vec<MemberId>,
    /// What kind of work it is.
    pub work: ShiftKind,
    /// The record that this one changes, if it is not the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<RecordId>,
}

impl Shift {
    /// How long it lasts by the clock that elapses.
    pub fn length(&self) -> Span {
        self.end - self.start
    }
    /// Nobody holds it.
    pub fn is_open(&self) -> bool {
        self.pas.is_empty()
    }
}
