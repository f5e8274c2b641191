//! When a PA can work: their own word, and nobody else's.

use super::working_time::Contract;
use crate::{
    ids::RecordId,
    time::{Day, Moment},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// 07:00 to 13:00.
    Morning,
    /// 13:00 to 18:00.
    Afternoon,
    /// 18:00 to 22:00.
    Evening,
    /// 22:00 to 07:00 of the next day.
    Night,
}

impl Part {
    /// All, as the day goes.
    pub const ALL: [Self; 4] = [Self::Morning, Self::Afternoon, Self::Evening, Self::Night];

    /// The part that a moment is in, and the day on which that part began.
    pub fn of(moment: Moment) -> (Day, Self) {
        let day = moment.day();
        match moment.clock().0 {
            7..=12 => (day, Self::Morning),
            13..=17 => (day, Self::Afternoon),
            18..=21 => (day, Self::Evening),
            22.. => (day, Self::Night),
            _ => (day.plus(-1), Self::Night),
        }
    }

    /// When it ends, having begun on `day`.
    pub fn end(self, day: Day) -> Moment {
        match self {
            Self::Morning => Moment::at(day, 13, 0),
            Self::Afternoon => Moment::at(day, 18, 0),
            Self::Evening => Moment::at(day, 22, 0),
            Self::Night => Moment::at(day.plus(1), 7, 0),
        }
    }
}

/// How a part of a day suits.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Can {
    /// Gladly.
    #[default]
    Yes,
    /// If there is nobody else.
    RatherNot,
    /// No.
    No,
}

/// How each part of a day suits; what is not said suits.
pub type Parts = BTreeMap<Part, Can>;

/// Leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// The record that booked it.
    #[serde(skip, default = "crate::documents::nil")]
    pub id: RecordId,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

/// When a PA can work, as their document tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Availability {
    /// By weekday, 0 for Monday.
    pub week: BTreeMap<u8, Parts>,
    /// Days that are other than their weekday.
    pub days: BTreeMap<Day, Parts>,
    /// Leave.
    pub leave: Vec<Leave>,
    /// Limits on working time, and work elsewhere.
    pub contract: Contract,
}

impl Availability {
    /// How one part of a day suits.
    pub fn can(&self, day: Day, part: Part) -> Can {
        let parts = self.days.get(&day).or(self.week.get(&day.weekday()));
        parts
            .and_then(|p| p.get(&part))
            .copied()
            .unwrap_or_default()
    }

    /// How a stretch suits: as the worst of its parts.
    pub fn can_all(&self, start: Moment, end: Moment) -> Can {
        let (mut at, mut worst) = (start, Can::Yes);
        // Longest shifts have 12 parts; a stretch that makes no sense ends as well.
        for _ in 0..32 {
            if at >= end {
                break;
            }
            let (day, part) = Part::of(at);
            worst = worst.max(self.can(day, part));
            at = part.end(day).max(at + crate::time::Span::minutes(1));
        }
        worst
    }
}
