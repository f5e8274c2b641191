//! Shifts: what is planned.

use crate::{
    documents::DocumentId,
    ids::{MemberId, PersonId, PoolId, RecordId, SeriesId, ShiftId},
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
    /// Who holds it: one PA, two for a double-up, none when it is open. In a record, whom the plan
    /// names; in a shift that was resolved, who is responsible now.
    pub pas: Vec<MemberId>,
    /// What kind of work it is.
    pub work: ShiftKind,
    /// The record that this one changes, if it is not the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<RecordId>,
    /// How many PAs it takes: two for a double-up. A plan that names more needs as many.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub needs: u8,
    /// Who comes along to learn: there, and not responsible.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shadows: Vec<MemberId>,
    /// The shifts that it was planned together with, when it repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<SeriesId>,
    /// The pooled visit that it is part of: one PA, several persons, a shift with each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<PoolId>,
}

fn one() -> u8 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_one(needs: &u8) -> bool {
    *needs == 1
}

impl Shift {
    /// How long it lasts by the clock that elapses.
    pub fn length(&self) -> Span {
        self.end - self.start
    }
    /// A shift of one PA that stands alone.
    pub fn plain(
        shift: ShiftId,
        person: PersonId,
        (start, end): (Moment, Moment),
        pas: Vec<MemberId>,
        work: ShiftKind,
    ) -> Self {
        Self {
            shift,
            person,
            start,
            end,
            pas,
            work,
            replaces: None,
            needs: 1,
            shadows: Vec::new(),
            series: None,
            pool: None,
        }
    }
    /// How many PAs it takes.
    pub fn needs(&self) -> usize {
        usize::from(self.needs).max(self.pas.len()).max(1)
    }
    /// Nobody holds it.
    pub fn is_open(&self) -> bool {
        self.pas.is_empty()
    }
    /// The document that its records are in.
    pub fn rota(&self) -> DocumentId {
        DocumentId::rota(self.person, self.start.month())
    }
}
