//! What is agreed with a PA, as far as the rules on working time ask for it.

use crate::time::{Day, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Stretches of days: the first day of each, and the last (included); no last, when it goes on.
pub type Days = BTreeMap<Day, Option<Day>>;

/// What is agreed with a PA.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Contract {
    /// The first day of work; when nobody says, long ago.
    pub started: Option<Day>,
    /// When an agreement in writing that the limit of the average week does not apply is in force
    /// (Working Time Regulations 1998, reg. 5). Who cancels it writes the day on which the notice
    /// runs out as the last.
    pub opted_out: Days,
    /// Employed by the person alone, in their household: outside the limits of the average week
    /// and of night work (Working Time Regulations 1998, reg. 19).
    pub household: bool,
    /// Work for others, a week on average. It counts for the average week.
    pub elsewhere_per_week: Span,
    /// The most that the PA wants to work here from a Monday to the Sunday.
    pub most_per_week: Option<Span>,
    /// Leave and sickness: days that do not count for the average week (Working Time Regulations
    /// 1998, reg. 4(7)). Not part of the agreement, so not stored with it; who knows of the days
    /// fills them in.
    #[serde(skip)]
    pub away: Days,
}
