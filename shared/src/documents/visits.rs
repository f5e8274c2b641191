//! The `visits` document of a person and month: the shift log.
//!
//! A visit is named by the record of its clock in: their ids have the same bytes.

use crate::{
    ids::{RecordId, ShiftId, VisitId},
    time::Moment,
};
use serde::{Deserialize, Serialize};

/// A record of the shift log. Who and when stand in the record around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum VisitRecord {
    /// A visit begins now.
    ClockIn {
        /// The shift that it works off; none for an unplanned visit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shift: Option<ShiftId>,
        /// Where, if the PA chose to say: once, never followed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
    },
    /// A visit ends now.
    ClockOut {
        /// Which.
        visit: VisitId,
    },
    /// The times of a visit were other than clocked. Clock in and out stay as they are.
    Amendment {
        /// Which visit.
        visit: VisitId,
        /// When it began.
        start: Moment,
        /// When it ended; `None` leaves the end as it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        end: Option<Moment>,
        /// Why.
        reason: String,
    },
}

impl From<RecordId> for VisitId {
    /// The visit that this clock in began.
    fn from(clock_in: RecordId) -> Self {
        Self::from_bytes(clock_in.to_bytes())
    }
}

impl From<VisitId> for RecordId {
    /// The clock in that began this visit.
    fn from(visit: VisitId) -> Self {
        Self::from_bytes(visit.to_bytes())
    }
}
