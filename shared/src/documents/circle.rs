//! The `circle` document of a person: faces and names, and who is coming. Family contacts read
//! it, so it holds nothing else.

use super::{Record, Whole};
use crate::{
    domain::{cover::News, shift::ShiftKind},
    ids::{MemberId, RecordId, ShiftId},
    time::Moment,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A record of the circle document; the relay alone writes it, following rota and team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum CircleRecord {
    /// The person is called so.
    Person {
        /// Their name.
        name: String,
    },
    /// A member whom the person may meet.
    Face {
        /// Who.
        member: MemberId,
        /// As people call them.
        name: String,
    },
    /// Who comes to a shift, as it stands now.
    Coming {
        /// Which shift.
        shift: ShiftId,
        /// When it begins.
        start: Moment,
        /// When it ends.
        end: Moment,
        /// Who comes; nobody when the shift is open.
        pas: Vec<MemberId>,
        /// What kind of shift.
        work: ShiftKind,
    },
    /// A shift will not be.
    Cancelled {
        /// Which.
        shift: ShiftId,
    },
    /// Some of the circle who do not read the rota are told something about a shift: whom the
    /// person chose to be told when nobody comes, for one.
    Alert {
        /// Which shift.
        shift: ShiftId,
        /// What they are told.
        news: News,
        /// Who.
        to: Vec<MemberId>,
        /// Whose holding it is about, when it is about one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<MemberId>,
    },
}

/// What some of the circle were told about a shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// What.
    pub news: News,
    /// Who.
    pub to: Vec<MemberId>,
    /// Whose holding it is about, when it is about one.
    pub of: Option<MemberId>,
    /// When, by the relay.
    pub at: Moment,
    /// The shift as it stood then; the circle may have heard of it in a later record only.
    pub about: Option<Coming>,
}

/// A shift as the circle sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // As in `CircleRecord::Coming`.
pub struct Coming {
    pub shift: ShiftId,
    pub start: Moment,
    pub end: Moment,
    pub pas: Vec<MemberId>,
    pub work: ShiftKind,
}

/// The circle as its document tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Circle {
    /// The person's name.
    pub person: String,
    /// Names of those who come.
    pub faces: BTreeMap<MemberId, String>,
    /// The shifts, by id.
    pub coming: BTreeMap<ShiftId, Coming>,
    /// What some of them were told about a shift, by its id; the earliest first.
    pub alerts: BTreeMap<ShiftId, Vec<Alert>>,
    /// The records that it was read from.
    read: BTreeSet<RecordId>,
}

/// The circle as its document tells it.
pub fn circle<'a>(whole: impl Into<Whole<'a>>) -> Circle {
    let mut circle = Circle::default();
    circle.read(whole);
    circle
}

impl Circle {
    /// Reads on in its document. Of two records about one shift the later counts.
    pub fn read<'a>(&mut self, whole: impl Into<Whole<'a>>) {
        let whole = whole.into();
        let latest = self.read.last().copied();
        let follow = |new: &Vec<Record<_>>| new.first().is_none_or(|r| Some(r.id) > latest);
        let new = whole.unread(&mut self.read).filter(follow);
        let new = new.unwrap_or_else(|| {
            // Something is gone, or came in between: the relay lost its last days.
            *self = Self::default();
            whole.unread(&mut self.read).unwrap_or_default()
        });
        for record in new {
            self.add(&record);
        }
    }

    /// Takes in one record more, which is later than all before it.
    pub fn add(&mut self, record: &Record<CircleRecord>) {
        self.read.insert(record.id);
        match record.body.clone() {
            CircleRecord::Person { name } => self.person = name,
            CircleRecord::Face { member, name } => {
                self.faces.insert(member, name);
            }
            CircleRecord::Coming {
                shift,
                start,
                end,
                pas,
                work,
            } => {
                let coming = Coming {
                    shift,
                    start,
                    end,
                    pas,
                    work,
                };
                self.coming.insert(shift, coming);
            }
            CircleRecord::Cancelled { shift } => {
                self.coming.remove(&shift);
            }
            CircleRecord::Alert {
                shift,
                news,
                to,
                of,
            } => {
                let alert = Alert {
                    news,
                    to,
                    of,
                    at: record.at,
                    about: self.coming.get(&shift).cloned(),
                };
                self.alerts.entry(shift).or_default().push(alert);
            }
        }
    }
}
