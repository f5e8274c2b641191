//! The `availability` document of a PA: written by them alone.

use super::Whole;
use crate::{
    domain::{
        availability::{Availability, Leave, Parts},
        working_time::Contract,
    },
    ids::RecordId,
    time::Day,
};
use serde::{Deserialize, Serialize};

/// A record of the availability. A later record about the same thing replaces the earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum AvailabilityRecord {
    /// A day of every week.
    Weekday {
        /// 0 for Monday to 6 for Sunday.
        weekday: u8,
        /// How its parts suit.
        parts: Parts,
    },
    /// One day, other than its weekday; as its weekday again when nothing is said.
    Day {
        /// Which.
        day: Day,
        /// How its parts suit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parts: Option<Parts>,
    },
    /// Leave is booked.
    Leave {
        /// From when to when.
        #[serde(flatten)]
        leave: Leave,
    },
    /// Leave is not taken after all.
    NoLeave {
        /// The record that booked it.
        leave: RecordId,
    },
    /// Limits on working time, and work elsewhere.
    Contract {
        /// As they are from now on.
        contract: Contract,
    },
}

/// The availability as its document tells it.
pub fn availability<'a>(whole: impl Into<Whole<'a>>) -> Availability {
    let mut availability = Availability::default();
    for record in whole.into().records().0 {
        match record.body {
            AvailabilityRecord::Weekday { weekday, parts } => {
                availability.week.insert(weekday.min(6), parts);
            }
            AvailabilityRecord::Day {
                day,
                parts: Some(parts),
            } => drop(availability.days.insert(day, parts)),
            AvailabilityRecord::Day { day, parts: None } => {
                drop(availability.days.remove(&day));
            }
            AvailabilityRecord::Leave { leave } => availability.leave.push(Leave {
                id: record.id,
                ..leave
            }),
            AvailabilityRecord::NoLeave { leave } => {
                availability.leave.retain(|l| l.id != leave);
            }
            AvailabilityRecord::Contract { contract } => availability.contract = contract,
        }
    }
    availability
}
